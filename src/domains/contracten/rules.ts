/** What is pure of contracten, for the rules of other domains: which price holds on which day. */
export { type Prijs, prijsOp } from './afspraken/rules.ts'
