/** The face of berichten to the app: taking messages in, and handing out what goes back. */
export {
  haalWachtendeIn,
  type Inname,
  type InnameOpties,
  type Levering,
  neemIn,
  ontvang,
  verwerkWachtend,
} from './inname/actions.ts'
export { loadBestand, schrijfWeg, writeWhole } from './wegschrijven/actions.ts'
