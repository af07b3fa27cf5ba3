/** The face of kaders: what the gemeente does and does not buy, on a day and for a segment; and what is called like a word. */
export { searchKaders, type Vondst } from './bereik/store.ts'
export type { Oordeel, Versie, Wet } from './reikwijdte/rules.ts'
export { findReikwijdte, listReikwijdteOp, type Reikwijdte } from './reikwijdte/store.ts'
