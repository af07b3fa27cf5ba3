/** The face of uitwisseling to other domains: which data may be exchanged for which purpose, with the reason. */
export { type Gewogen, mayExchange } from './doelbinding/actions.ts'
export type { Reden, Uitwisselvraag } from './register/rules.ts'
export { searchWegingen } from './register/store.ts'
