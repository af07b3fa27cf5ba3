/** The face of kaders to other domains: which data may be exchanged for which purpose, and what the gemeente does and does not buy, on a day and for a segment. */

export { type Gewogen, mayExchange } from './doelbinding/actions.ts'
export type { Oordeel, Versie, Wet } from './reikwijdte/rules.ts'
export { findReikwijdte, listReikwijdteOp, type Reikwijdte } from './reikwijdte/store.ts'
export type { Reden, Uitwisselvraag } from './uitwisseling/rules.ts'
