import { sql } from 'kysely'
import { gebruikerIdOf } from '../../auth/gebruikers.ts'
import type { Tx } from '../../db/tables.ts'
import type { Ctx } from '../../http/ctx.ts'
import { notFound } from '../../problem.ts'
import { safeName } from './bestandsnaam.ts'

/** Files that were chosen together. */
export interface Bundel {
  bundelId: number
  /** What was sent with them and is read by nobody, by name. */
  nietGelezen: string[]
  aantal: number
  op: Date
  door: string | null
}

/** Where the files that were chosen together are shown. */
export const bundelPad = (bundelId: number | ':id') => `/inrichten/bestanden/${bundelId}`

export async function insertBundel(
  tx: Tx,
  ctx: Ctx,
  { aantal, nietGelezen }: Pick<Bundel, 'aantal' | 'nietGelezen'>,
): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    insert into platform.bundel (aantal, niet_gelezen, op, door)
    values (${aantal}, ${nietGelezen.map(safeName)}::text[], ${ctx.nu}, ${gebruikerIdOf(ctx.wie)})
    returning bundel_id as id`.execute(tx)
  return rows[0]?.id ?? 0
}

const KOLOMMEN = sql`b.bundel_id as "bundelId", b.aantal, b.niet_gelezen as "nietGelezen", b.op, g.naam as door`
const BRON = sql`platform.bundel b left join platform.gebruiker g on g.gebruiker_id = b.door`

/** Throws 404. */
export async function loadBundel(ctx: Ctx, bundelId: number): Promise<Bundel> {
  const { rows } = await ctx.read(db =>
    sql<Bundel>`select ${KOLOMMEN} from ${BRON} where b.bundel_id = ${bundelId}`.execute(db),
  )
  if (rows[0] === undefined) throw notFound('Bestanden')
  return rows[0]
}

/** A bundle in a list: of which kinds its files are, and how they stand. */
export interface Bundelregel extends Bundel {
  registers: string[]
  staten: string[]
}

/** The newest, of which all files come in as one of these kinds. */
export async function listBundels(ctx: Ctx, registers: readonly string[]): Promise<Bundelregel[]> {
  const { rows } = await ctx.read(db =>
    sql<Bundelregel>`
      select ${KOLOMMEN}, array_agg(i.register order by i.invoer_id) as registers, array_agg(i.staat) as staten
      from ${BRON} join platform.invoer i using (bundel_id)
      group by b.bundel_id, g.naam having bool_and(i.register = any (${[...registers]}::text[]))
      order by b.bundel_id desc limit 20`.execute(db),
  )
  return rows
}
