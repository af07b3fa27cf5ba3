/** The face of berichten to the app: taking messages in, and handing out what goes back. */
export { retryBericht } from './herkansing/actions.ts'
export { redenZin } from './herkansing/rules.ts'
export { countNietTeBeoordelen, findStaat, listKenmerken } from './herkansing/store.ts'
export {
  catchUp,
  type Inname,
  type InnameOpties,
  judgeWaiting,
  type Levering,
  receiveBerichten,
  receiveForLater,
} from './inname/actions.ts'
export { BERICHTEN } from './overnemen/actions.ts'
export { SOORTNAAM, STAAT as BERICHTSTAAT, soortNaam } from './verkeer/rules.ts'
export { type Berichtregel, countWachtend, listBerichten, type Wachtend } from './verkeer/store.ts'
export { loadBestand, writeOut, writeWhole } from './wegschrijven/actions.ts'
export { listByIdentificatie } from './zoeken/store.ts'
