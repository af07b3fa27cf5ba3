/** The face of sturing to the domains whose facts it counts: they book in the transaction of the fact. */
export {
  type AfkeurBoeking,
  bookAfkeur,
  bookPrestaties,
  bookToegewezen,
  bookVerwijzingen,
  type PrestatieBoeking,
  type ToegewezenBoeking,
  type VerwijzingBoeking,
} from './boeken/store.ts'
export { moveVerwijzingen, type Verwezen } from './boeken/verplaatsen.ts'
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
/** For goals and plans: what the monthly figures can answer, and spend per month. */
export {
  type Indicatoren,
  type Reeksmaand,
  type Reeksvraag,
  readIndicatoren,
  readMaandreeks,
  readMaandreeksen,
} from './indicator/lezen.ts'
export {
  type Eenheid,
  formatVenster,
  INDICATOREN,
  type Indicator,
  type IndicatorCode,
  type Indicatorvraag,
  type Indicatorwaarde,
  indicatorVan,
  vensterOp,
} from './indicator/rules.ts'
export { listSegmentjaren, type Segmentjaar } from './segmentjaar/store.ts'
