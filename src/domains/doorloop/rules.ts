/** The rules of a run that others need, without a database. */
export {
  compareConclusies,
  listZonderOpdracht,
  RICHTINGEN,
  type Richting,
  type Verschil,
} from './conclusies/rules.ts'
export {
  type Beletsel,
  blokkades,
  type Mag,
  mayAnswer,
  type Standen,
  type Voorwaardestand,
  type Vraagstand,
} from './doorloop/rules.ts'
export { highlight, isUitgesloten } from './juridisch/rules.ts'
export { listVragen, type Methode, type Raakt, type Risico, type Werkvorm } from './methode/rules.ts'
export { BESTEMMINGEN, type Bestemming } from './opdrachten/rules.ts'
