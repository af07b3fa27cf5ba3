/** The face of berichten to the app: taking messages in. */
export {
  type Inname,
  type InnameOpties,
  type Levering,
  neemIn,
  ontvang,
  verwerkWachtend,
} from './inname/actions.ts'
