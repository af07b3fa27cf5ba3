/** The face of kaders to other domains. */
export { type Gewogen, mayExchange } from './doelbinding/actions.ts'
export type { Reden, Uitwisselvraag } from './uitwisseling/rules.ts'
