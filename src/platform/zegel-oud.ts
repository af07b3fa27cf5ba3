import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { PAGINA, readPaginas } from './db/paginas.ts'
import type { Db } from './db/tables.ts'

interface OudZegel {
  zegel_id: number
  vanaf_tx: string
  tot_tx: string
  aantal: number
  vorige_hash: Buffer
  hash: Buffer
}

const BEGIN_HASH = Buffer.alloc(32)

/**
 * Recomputes the chain of before the seals went by number (ADR 0017), over the events that have a transaction id; later
 * ones have none. Undefined when this database never had such a chain.
 */
export async function checkOudeZegels(db: Db): Promise<{ zegels: number; gebroken?: number } | undefined> {
  const { rows: zegels } = await sql<OudZegel>`
    select zegel_id, vanaf_tx::text, tot_tx::text, aantal, vorige_hash, hash from platform.zegel_tx
    order by zegel_id`.execute(db)
  if (zegels.length === 0) return undefined
  let vorige: Buffer = BEGIN_HASH
  let vanaf = '0'
  for (const zegel of zegels) {
    const found = await hashOf(db, zegel.vanaf_tx, zegel.tot_tx, vorige)
    const fits =
      zegel.vanaf_tx === vanaf &&
      zegel.vorige_hash.equals(vorige) &&
      found.aantal === zegel.aantal &&
      found.hash.equals(zegel.hash)
    if (!fits) return { zegels: zegels.length, gebroken: zegel.zegel_id }
    vorige = zegel.hash
    vanaf = zegel.tot_tx
  }
  return { zegels: zegels.length }
}

async function hashOf(
  db: Db,
  vanaf: string,
  tot: string,
  vorige: Buffer,
): Promise<{ aantal: number; hash: Buffer }> {
  const hash = createHash('sha256').update(vorige)
  let aantal = 0
  const regels = readPaginas(
    0,
    na =>
      sql<{ id: number; regel: string }>`
        select gebeurtenis_id as id,
               jsonb_build_array(gebeurtenis_id, extract(epoch from op)::text, wie, rol, actie, grond, onderwerp, verzoek_id, tx::text)::text as regel
        from platform.gebeurtenis
        where tx >= ${vanaf}::xid8 and tx < ${tot}::xid8 and gebeurtenis_id > ${na}
        order by gebeurtenis_id limit ${PAGINA}`.execute(db),
    ({ id }) => id,
  )
  for await (const { regel } of regels) {
    hash.update(regel).update('\n')
    aantal += 1
  }
  return { aantal, hash: hash.digest() }
}
