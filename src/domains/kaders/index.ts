/** The face of kaders to other domains: what the gemeente does and does not buy, on a day and for a segment. */
export type { Oordeel, Versie, Wet } from './reikwijdte/rules.ts'
export { findReikwijdte, listReikwijdteOp, type Reikwijdte } from './reikwijdte/store.ts'
