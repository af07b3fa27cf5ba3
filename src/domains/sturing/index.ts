/** The face of sturing to the domains whose facts it counts: they book in the transaction of the fact. */
export {
  type AfkeurBoeking,
  boekAfkeur,
  boekPrestaties,
  boekToegewezen,
  boekVerwijzingen,
  type PrestatieBoeking,
  type ToegewezenBoeking,
  type VerwijzingBoeking,
} from './boeken/store.ts'
/** For the command that rebuilds all figures from the facts. */
export {
  addToegewezen,
  compareTelling,
  countFeiten,
  replaceCijfers,
  startTelling,
  type Vergelijking,
  type Verschil,
} from './herbereken/store.ts'
/** The line of what was really spent, for what was expected to be compared with. */
export { type Maandreeks, type Reeksmaand, readMaandreeks } from './maandreeks/store.ts'
