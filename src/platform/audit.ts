import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Db, Tx } from './db/tables.ts'
import type { Ctx } from './http/ctx.ts'

declare module './db/tables.ts' {
  interface Tables {
    'platform.gebeurtenis': GebeurtenisTable
    'platform.zegel': ZegelTable
  }
}

interface GebeurtenisTable {
  gebeurtenis_id: import('kysely').Generated<number>
  op: import('kysely').Generated<Date>
  wie: string
  rol: string
  actie: string
  grond: string
  onderwerp: unknown
  verzoek_id: string
  tx: import('kysely').Generated<string>
}

interface ZegelTable {
  zegel_id: import('kysely').Generated<number>
  vanaf_tx: string
  tot_tx: string
  aantal: number
  vorige_hash: Buffer
  hash: Buffer
  op: import('kysely').Generated<Date>
}

/** Ids only: numbers, codes, uuids. The type keeps names and free text out as far as a type can. */
export type Onderwerp = Record<string, string | number | readonly (string | number)[]>

/** On which ground personal data are read or changed (doelbinding). */
export type Grond =
  | 'Jeugdwet art. 2.15 en Wmo 2015 art. 2.6.7a: berichtenverkeer'
  | 'Wmo 2015 art. 5.1.1 en Jeugdwet art. 7.4.1: uitvoering toewijzing'
  | 'Wmo 2015 art. 2.6.4 en Jeugdwet art. 2.18: controle en betaling'
  | 'Jeugdwet art. 2.2 en Wmo 2015 art. 2.1.2: gemeentelijk plan'
  | 'AVG art. 5, 24 en 35: verantwoording van gegevensuitwisseling'
  | 'Beheer van de toepassing'

/** Writes one audit event in the transaction of what it is about: without it, that does not happen either. */
export async function audit(
  tx: Tx,
  ctx: Ctx,
  actie: string,
  grond: Grond,
  onderwerp: Onderwerp,
): Promise<void> {
  await tx
    .insertInto('platform.gebeurtenis')
    .values({
      wie: ctx.wie.id,
      rol: ctx.wie.rol,
      actie,
      grond,
      onderwerp: JSON.stringify(onderwerp),
      verzoek_id: ctx.verzoekId,
      op: ctx.nu,
    })
    .execute()
}

const BEGIN_HASH = Buffer.alloc(32)

interface Zegel {
  vanaf_tx: string
  tot_tx: string
  aantal: number
  vorige_hash: Buffer
  hash: Buffer
}

/** Seals every finished, not yet sealed event; answers how many. Grondslag: audit is append-only and provable. */
export async function sealAudit(tx: Tx): Promise<number> {
  await sql`select pg_advisory_xact_lock(7264362)`.execute(tx)
  const laatste = (await sql<Zegel>`select * from platform.zegel order by zegel_id desc limit 1`.execute(tx))
    .rows[0]
  const vanaf = laatste?.tot_tx ?? '0'
  const { rows } = await sql<{
    tot: string
  }>`select pg_snapshot_xmin(pg_current_snapshot())::text as tot`.execute(tx)
  const tot = rows[0]?.tot ?? vanaf
  const vorige = laatste?.hash ?? BEGIN_HASH
  const { aantal, hash } = await hashOf(tx, vanaf, tot, vorige)
  if (aantal === 0) return 0
  await sql`insert into platform.zegel (vanaf_tx, tot_tx, aantal, vorige_hash, hash)
    values (${vanaf}::xid8, ${tot}::xid8, ${aantal}, ${vorige}, ${hash})`.execute(tx)
  return aantal
}

export interface AuditOordeel {
  goed: boolean
  zegels: number
  gebeurtenissen: number
  /** Number of the first seal that does not fit what is stored now. */
  gebroken?: number
  nietVerzegeld: number
}

/** Recomputes every seal from the events. A changed, removed or added event breaks the chain from there on. */
export async function checkAudit(db: Db): Promise<AuditOordeel> {
  const { rows: zegels } = await sql<Zegel & { zegel_id: number }>`
    select zegel_id, vanaf_tx::text, tot_tx::text, aantal, vorige_hash, hash from platform.zegel order by zegel_id`.execute(
    db,
  )
  let vorige: Buffer = BEGIN_HASH
  let vanaf = '0'
  let gebeurtenissen = 0
  const rest = async () => {
    const { rows } = await sql<{ n: number }>`
      select count(*) as n from platform.gebeurtenis where tx >= ${vanaf}::xid8`.execute(db)
    return rows[0]?.n ?? 0
  }
  for (const zegel of zegels) {
    const found = await hashOf(db, zegel.vanaf_tx, zegel.tot_tx, vorige)
    const fits =
      zegel.vanaf_tx === vanaf &&
      zegel.vorige_hash.equals(vorige) &&
      found.aantal === zegel.aantal &&
      found.hash.equals(zegel.hash)
    if (!fits)
      return {
        goed: false,
        zegels: zegels.length,
        gebeurtenissen,
        gebroken: zegel.zegel_id,
        nietVerzegeld: await rest(),
      }
    gebeurtenissen += zegel.aantal
    vorige = zegel.hash
    vanaf = zegel.tot_tx
  }
  return { goed: true, zegels: zegels.length, gebeurtenissen, nietVerzegeld: await rest() }
}

/** In pages of 10,000, so that a log of years does not have to fit in memory. */
async function hashOf(
  db: Db,
  vanaf: string,
  tot: string,
  vorige: Buffer,
): Promise<{ aantal: number; hash: Buffer }> {
  const hash = createHash('sha256').update(vorige)
  let aantal = 0
  for (let na = 0; ; ) {
    const { rows } = await sql<{ id: number; regel: string }>`
      select gebeurtenis_id as id,
             jsonb_build_array(gebeurtenis_id, extract(epoch from op)::text, wie, rol, actie, grond, onderwerp, verzoek_id, tx::text)::text as regel
      from platform.gebeurtenis
      where tx >= ${vanaf}::xid8 and tx < ${tot}::xid8 and gebeurtenis_id > ${na}
      order by gebeurtenis_id limit 10000`.execute(db)
    for (const row of rows) hash.update(row.regel).update('\n')
    aantal += rows.length
    const last = rows.at(-1)
    if (!last || rows.length < 10_000) return { aantal, hash: hash.digest() }
    na = last.id
  }
}
