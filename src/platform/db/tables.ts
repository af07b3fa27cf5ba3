import type { Kysely } from 'kysely'

/** Row types of all tables; each store.ts adds its own by declaration merging. Keys are `schema.table`. */
// biome-ignore lint/suspicious/noEmptyInterface: filled by declaration merging
export interface Tables {}

declare const writable: unique symbol

/** A connection on which the context of one user is set: reads see only what that user may see. */
export type Db = Kysely<Tables>

/** A `Db` inside a transaction that will be committed: the only thing writes accept. */
export type Tx = Db & { readonly [writable]: true }
