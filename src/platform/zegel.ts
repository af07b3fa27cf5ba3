import { createHmac, type Hmac } from 'node:crypto'
import { sql } from 'kysely'
import type { Kluis } from './crypto.ts'
import { PAGINA, readPaginas } from './db/paginas.ts'
import { SLOT } from './db/sloten.ts'
import type { Db, Tx } from './db/tables.ts'
import { beginBewijs, createCommitment, listZegelsleutels } from './sleutel.ts'
import { checkOudeZegels } from './zegel-oud.ts'

declare module './db/tables.ts' {
  interface Tables {
    'platform.zegel': ZegelTable
  }
}

interface ZegelTable {
  zegel_id: number
  sleutel_nr: number
  vanaf: number
  tot: number
  aantal: number
  vorige_hash: Buffer
  hash: Buffer
  bewijs: Buffer
  volgend: Buffer
  op: import('kysely').Generated<Date>
}

type Zegel = Omit<ZegelTable, 'op'>

const BEGIN_HASH = Buffer.alloc(32)
/** Events that one seal covers at most: a first seal over years of them is many. */
const MEESTE = 100_000

/**
 * Seals every finished, not yet sealed event; answers how many. Nobody is waited for: of a transaction that is still
 * open, and of what came after its first event, the seal comes later. Throws when the database was given another key.
 * Grondslag: audit is append-only and provable (ADR 0017).
 */
export async function sealAudit(tx: Tx, kluis: Kluis): Promise<number> {
  await sql`select pg_advisory_xact_lock(${SLOT.zegel})`.execute(tx)
  const sleutels = await listZegelsleutels(tx, kluis)
  const sleutelNr = Math.max(...sleutels.keys())
  const sleutel = sleutels.get(sleutelNr)
  if (!sleutel) throw new Error('no key is registered in this database')
  const grens = await readGrens(tx)
  let laatste = (await sql<Zegel>`select * from platform.zegel order by zegel_id desc limit 1`.execute(tx))
    .rows[0]
  for (let verzegeld = 0; ; ) {
    const zegel = await makeZegel(tx, sleutelNr, sleutel, laatste, grens)
    if (!zegel) return verzegeld
    await tx.insertInto('platform.zegel').values(zegel).execute()
    verzegeld += zegel.aantal
    laatste = zegel
  }
}

/** Up to and including this number every event is finished; two statements, in this order (see 0024_zegel.sql). */
async function readGrens(tx: Tx): Promise<number> {
  const eerst = await sql<{ n: number }>`select platform.laatste_nummer() as n`.execute(tx)
  const dan = await sql<{ n: number }>`select platform.grens(${eerst.rows[0]?.n ?? 0}) as n`.execute(tx)
  return dan.rows[0]?.n ?? 0
}

async function makeZegel(
  tx: Tx,
  sleutelNr: number,
  sleutel: Buffer,
  laatste: Zegel | undefined,
  grens: number,
): Promise<Zegel | undefined> {
  const kop: Kop = {
    zegel_id: (laatste?.zegel_id ?? 0) + 1,
    sleutel_nr: sleutelNr,
    vanaf: laatste?.tot ?? 0,
    vorige_hash: laatste?.hash ?? BEGIN_HASH,
  }
  const hash = beginHash(sleutel, kop)
  let aantal = 0
  let tot = kop.vanaf
  for await (const { id, regel } of readRegels(tx, kop.vanaf, grens)) {
    hash.update(regel)
    aantal += 1
    tot = id
    if (aantal === MEESTE) break
  }
  if (aantal === 0) return undefined
  return {
    ...kop,
    tot,
    aantal,
    hash: endHash(hash, tot, aantal),
    bewijs: bewijsOf(sleutel, kop.zegel_id, laatste?.sleutel_nr === sleutelNr),
    volgend: createCommitment(bewijsOf(sleutel, kop.zegel_id + 1, true)),
  }
}

export interface AuditOordeel {
  goed: boolean
  zegels: number
  gebeurtenissen: number
  /** Number of the first seal that does not fit what is stored now. */
  gebroken?: number
  nietVerzegeld: number
  /** Hash of the last seal, hex: kept outside the database it proves that nothing was cut off the end. */
  laatste?: string
  /** The chain of before the seals went by number, when there is one. */
  oud?: { zegels: number; gebroken?: number }
}

/**
 * Recomputes every seal from the events, in pages. A changed, removed or added event breaks the chain from there on, and
 * so does a seal that was not made with the key.
 */
export async function checkAudit(db: Db, kluis: Kluis): Promise<AuditOordeel> {
  const sleutels = await listZegelsleutels(db, kluis)
  const { rows } = await sql<{ zegels: number; tot: number }>`
    select count(*) as zegels, coalesce(max(tot), 0) as tot from platform.zegel`.execute(db)
  const { zegels = 0, tot = 0 } = rows[0] ?? {}
  const regels = readRegels(db, Number.MIN_SAFE_INTEGER, tot)
  let volgende = await regels.next()
  let vorige: Zegel | undefined
  let gebeurtenissen = 0
  let gebroken: number | undefined
  for await (const zegel of readZegels(db, tot)) {
    const sleutel = sleutels.get(zegel.sleutel_nr)
    const hash = sleutel && beginHash(sleutel, zegel)
    let aantal = 0
    while (!volgende.done && volgende.value.id <= zegel.tot) {
      hash?.update(volgende.value.regel)
      aantal += 1
      volgende = await regels.next()
    }
    // Which seal it is, and from where to where, is in its hash; the count that was stored beside it is not.
    const fits =
      hash !== undefined &&
      zegel.vorige_hash.equals(vorige?.hash ?? BEGIN_HASH) &&
      aantal === zegel.aantal &&
      endHash(hash, zegel.tot, aantal).equals(zegel.hash)
    if (!fits) {
      gebroken = zegel.zegel_id
      break
    }
    gebeurtenissen += aantal
    vorige = zegel
  }
  const oud = await checkOudeZegels(db)
  const rest = await sql<{ n: number }>`
    select count(*) as n from platform.gebeurtenis where gebeurtenis_id > ${vorige?.tot ?? 0}`.execute(db)
  return {
    goed: gebroken === undefined && oud?.gebroken === undefined,
    zegels,
    gebeurtenissen,
    ...(gebroken === undefined ? {} : { gebroken }),
    nietVerzegeld: rest.rows[0]?.n ?? 0,
    ...(vorige ? { laatste: vorige.hash.toString('hex') } : {}),
    ...(oud ? { oud } : {}),
  }
}

type Kop = Pick<Zegel, 'zegel_id' | 'sleutel_nr' | 'vanaf' | 'vorige_hash'>

function beginHash(sleutel: Buffer, kop: Kop): Hmac {
  return createHmac('sha256', sleutel)
    .update(`zegel ${kop.zegel_id} ${kop.sleutel_nr} ${kop.vanaf}\n`)
    .update(kop.vorige_hash)
}

function endHash(hash: Hmac, tot: number, aantal: number): Buffer {
  return hash.update(`tot ${tot} ${aantal}`).digest()
}

/** What shows that the maker of this seal has the key; the first one under a key is called `begin`. */
function bewijsOf(sleutel: Buffer, zegelId: number, vervolg: boolean): Buffer {
  return vervolg ? createHmac('sha256', sleutel).update(`bewijs ${zegelId}`).digest() : beginBewijs(sleutel)
}

interface Regel {
  id: number
  regel: string
}

function readRegels(db: Db, vanaf: number, tot: number): AsyncGenerator<Regel> {
  return readPaginas(
    vanaf,
    na =>
      sql<Regel>`
        select gebeurtenis_id as id, jsonb_build_array(gebeurtenis_id, extract(epoch from op)::text, wie, rol, actie,
                 grond, onderwerp, verzoek_id)::text || E'\n' as regel
        from platform.gebeurtenis where gebeurtenis_id > ${na} and gebeurtenis_id <= ${tot}
        order by gebeurtenis_id limit ${PAGINA}`.execute(db),
    ({ id }) => id,
  )
}

function readZegels(db: Db, tot: number): AsyncGenerator<Zegel> {
  return readPaginas(
    0,
    na =>
      sql<Zegel>`
        select * from platform.zegel where zegel_id > ${na} and tot <= ${tot}
        order by zegel_id limit ${PAGINA}`.execute(db),
    zegel => zegel.zegel_id,
  )
}
