/** What a precondition holds. */
export type { Voorwaarde } from './voorwaarden/rules.ts'
