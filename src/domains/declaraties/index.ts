/** The face of declaraties to other domains: judging and recording what was claimed. */

export { type Post, sumBetalingen } from './betalen/store.ts'
export { type BeoordeeldeRegel, type Declaratieoordeel, judgeDeclaraties } from './controle/actions.ts'
export { CLIENT_ONBEKEND, DECLARATIE_REGELS, isStrijd } from './controle/declaratieregels.ts'
export type { Declaratiebericht, Elders } from './controle/feiten.ts'
export { PRESTATIE_REGELS } from './controle/prestatieregels.ts'
export type { Prestatie, RegelBevinding } from './controle/rules.ts'
export { hasGoedgekeurdeRegels } from './controle/store.ts'
export * from './gebruik/plafonds.ts'
export {
  rangeOfContract,
  rangeOfProduct,
  rangeOfSegment,
  rangeOfTarief,
  watchPrijzen,
} from './gebruik/prijswaarheid.ts'
export * from './gebruik/store.ts'
export { findUitloop } from './gebruik/uitloop.ts'
export * from './gebruik/verdringing.ts'
export { type Afgekeurd, type Declaratieregel, listAfgekeurd, listByNummer } from './inzien/store.ts'
export { findRegel } from './inzien/uitkomst.ts'
export { countTeBeoordelen } from './samenloop/store.ts'
