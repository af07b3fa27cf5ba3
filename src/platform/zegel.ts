import { createHash, createHmac, type Hash, type Hmac } from 'node:crypto'
import { type RawBuilder, sql } from 'kysely'
import type { Kluis } from './crypto.ts'
import { PAGINA, readPaginas } from './db/paginas.ts'
import { SLOT } from './db/sloten.ts'
import type { Db, Tx } from './db/tables.ts'
import { beginBewijs, createCommitment, readZegelsleutels } from './sleutel.ts'
import { checkOudeZegels } from './zegel-oud.ts'
import { highest, readBekend, type Zegelgeheugen } from './zegelgeheugen.ts'
import { findVerdwenen, formatStand, type Zegelstand } from './zegelstand.ts'
import { findUitstel } from './zegeluitstel.ts'

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

/** A seal as it is read; `micros` is when it was made, whole microseconds since 1970 as text. */
type Zegel = Omit<ZegelTable, 'op'> & { micros: string }

const BEGIN_HASH = Buffer.alloc(32)
/** Events that one seal covers at most: a first seal over years of them is many. */
const MEESTE = 100_000

/**
 * Seals every finished, not yet sealed event; answers how many. Nobody is waited for: of a transaction that is still
 * open, and of what came after its first event, the seal comes later; and who finds another at it leaves it to them: waiting
 * would take the place of other work for as long as somebody holds the lock. Throws when the database was given another key.
 * Grondslag: audit is append-only and provable (ADR 0017).
 */
export async function sealAudit(tx: Tx, kluis: Kluis): Promise<number> {
  const slot = await sql<{ vrij: boolean }>`select pg_try_advisory_xact_lock(${SLOT.zegel}) as vrij`.execute(
    tx,
  )
  if (!slot.rows[0]?.vrij) return 0
  const { rows } = await sql<{ nr: number; ms: number }>`
    select max(sleutel_nr) as nr, floor(extract(epoch from now()) * 1000)::bigint as ms from platform.sleutel`.execute(
    tx,
  )
  const { nr = 0, ms = 0 } = rows[0] ?? {}
  const sleutel = (await readZegelsleutels(tx, kluis)).sleutels.get(nr)
  if (!sleutel) throw new Error('the seal key of this database cannot be read')
  const grens = await readGrens(tx)
  let laatste = await findLaatste(tx)
  for (let verzegeld = 0; ; ) {
    const zegel = await makeZegel(tx, nr, sleutel, laatste, grens, `${ms}000`)
    if (!zegel) return verzegeld
    const { micros, ...rij } = zegel
    await tx
      .insertInto('platform.zegel')
      .values({ ...rij, op: new Date(ms) })
      .execute()
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
  micros: string,
): Promise<Zegel | undefined> {
  const kop: Kop = {
    zegel_id: (laatste?.zegel_id ?? 0) + 1,
    sleutel_nr: sleutelNr,
    vanaf: laatste?.tot ?? 0,
    vorige_hash: laatste?.hash ?? BEGIN_HASH,
  }
  const inhoud = beginInhoud(sleutel, kop)
  let tot = kop.vanaf
  for await (const regel of readRegels(tx, kop.vanaf, grens)) {
    addRegel(inhoud, regel)
    tot = regel.id
    if (inhoud.aantal === MEESTE) break
  }
  if (inhoud.aantal === 0) return undefined
  return {
    ...kop,
    tot,
    aantal: inhoud.aantal,
    hash: endHash(sleutel, inhoud, tot, micros).hash,
    ...bewijzenOf(sleutel, kop, laatste),
    micros,
  }
}

/** Why a log is not whole: each is absent when it is not so. Whoever explains it has a sentence for every one. */
export interface Oorzaken {
  /** Number of the first seal that does not fit what is stored now. */
  gebroken?: number
  /** How many events have a number that was never given out. */
  buiten?: number
  /** Numbers of the keys of seals that are damaged. */
  sleutels?: readonly number[]
  /** The number of a seal that was known outside the database and is not there any more, or is another. */
  teruggezet?: number
  /** Why what this machine knew of the seals cannot be read, in Dutch. */
  onleesbaar?: string
  /** Since when events wait for a seal, when that is longer than it may be. */
  uitgesteld?: Date
  /** The chain of before the seals went by number, when there is one; `gebroken` as above. */
  oud?: { zegels: number; gebroken?: number }
}

export interface AuditOordeel extends Oorzaken {
  goed: boolean
  zegels: number
  gebeurtenissen: number
  nietVerzegeld: number
  /** Number of the seal that this machine knew itself; null when it knows none. */
  bekend: number | null
  /** Number and hash of the last seal: kept outside the database it proves that nothing was cut off the end. */
  laatste?: string
}

/**
 * Recomputes every seal from the events, in pages. A changed, removed or added event breaks the chain from there on, and
 * so does a seal that was changed in any column, or not made with the key. What this machine knows of the seals is always
 * looked at, so that everybody who asks hears the same; `elders`: seals that were kept somewhere else; `nu`: see `findUitstel`.
 */
export async function checkAudit(
  db: Db,
  { kluis, zegelgeheugen, nu }: { kluis: Kluis; zegelgeheugen?: Zegelgeheugen; nu?: Date },
  elders: readonly Zegelstand[] = [],
): Promise<AuditOordeel> {
  const { sleutels, beschadigd } = await readZegelsleutels(db, kluis)
  const { rows } = await sql<{ zegels: number; laatste: number; tot: number }>`
    select count(*) as zegels, coalesce(max(zegel_id), 0) as laatste, ${clamped(sql`coalesce(max(tot), 0)`)} as tot
    from platform.zegel`.execute(db)
  const { zegels = 0, laatste = 0, tot = 0 } = rows[0] ?? {}
  const regels = readRegels(db, 0, tot)
  let volgende = await regels.next()
  let vorige: Zegel | undefined
  let gebeurtenissen = 0
  let gebroken: number | undefined
  for await (const zegel of readZegels(db, laatste)) {
    const sleutel = sleutels.get(zegel.sleutel_nr)
    const inhoud = sleutel && beginInhoud(sleutel, zegel)
    while (!volgende.done && volgende.value.id <= zegel.tot) {
      if (inhoud) addRegel(inhoud, volgende.value)
      volgende = await regels.next()
    }
    if (!sleutel || !inhoud || !fits(sleutel, inhoud, zegel, vorige)) {
      gebroken = zegel.zegel_id
      break
    }
    gebeurtenissen += inhoud.aantal
    vorige = zegel
  }
  const oud = await checkOudeZegels(db)
  const { los, buiten } = await countLos(db, vorige?.tot ?? 0)
  const { bekend, onleesbaar } = await readBekend(zegelgeheugen)
  const teruggezet = await findVerdwenen(db, [...elders, ...bekend])
  const uitgesteld = await findUitstel(db, nu)
  const nieuw: Oorzaken = {
    ...(gebroken === undefined ? {} : { gebroken }),
    ...(buiten === 0 ? {} : { buiten }),
    ...(beschadigd.length === 0 ? {} : { sleutels: beschadigd }),
    ...(teruggezet ? { teruggezet: teruggezet.nummer } : {}),
    ...(onleesbaar === undefined ? {} : { onleesbaar }),
    ...(uitgesteld === undefined ? {} : { uitgesteld }),
  }
  return {
    goed: Object.keys(nieuw).length === 0 && oud?.gebroken === undefined,
    zegels,
    gebeurtenissen,
    nietVerzegeld: los,
    bekend: highest(bekend),
    ...nieuw,
    ...(vorige
      ? { laatste: formatStand({ nummer: vorige.zegel_id, hash: vorige.hash.toString('hex') }) }
      : {}),
    ...(oud ? { oud } : {}),
  }
}

/** Whether a seal is what the holder of the key made of these events, in every column. */
function fits(sleutel: Buffer, inhoud: Inhoud, zegel: Zegel, vorige: Zegel | undefined): boolean {
  const { hash, zonderTijd } = endHash(sleutel, inhoud, zegel.tot, zegel.micros)
  const { bewijs, volgend } = bewijzenOf(sleutel, zegel, vorige)
  return (
    zegel.vorige_hash.equals(vorige?.hash ?? BEGIN_HASH) &&
    // Which seal it is, and from where to where, is in its hash; the count that was stored beside it is not.
    inhoud.aantal === zegel.aantal &&
    bewijs.equals(zegel.bewijs) &&
    volgend.equals(zegel.volgend) &&
    // Seals of before ADR 0023 do not say when they were made. None of now can be made to look like one of then.
    (hash.equals(zegel.hash) || zonderTijd.equals(zegel.hash))
  )
}

/** Events that no seal covers (yet), and those that no seal will ever cover: their number was never given out. */
async function countLos(db: Db, tot: number): Promise<{ los: number; buiten: number }> {
  const { rows } = await sql<{ los: number; buiten: number }>`
    select count(*) filter (where gebeurtenis_id > ${tot}) as los,
      count(*) filter (where gebeurtenis_id < 1 or gebeurtenis_id > platform.laatste_nummer()) as buiten
    from platform.gebeurtenis where gebeurtenis_id > ${tot} or gebeurtenis_id < 1`.execute(db)
  return rows[0] ?? { los: 0, buiten: 0 }
}

type Kop = Pick<Zegel, 'zegel_id' | 'sleutel_nr' | 'vanaf' | 'vorige_hash'>

/** What a seal covers, as far as it was read. */
interface Inhoud {
  hash: Hmac
  /** Of the transaction ids, which only events of before this chain have: a later one must not get one. */
  transacties: Hash
  aantal: number
}

function beginInhoud(sleutel: Buffer, kop: Kop): Inhoud {
  const hash = createHmac('sha256', sleutel)
    .update(`zegel ${kop.zegel_id} ${kop.sleutel_nr} ${kop.vanaf}\n`)
    .update(kop.vorige_hash)
  return { hash, transacties: createHash('sha256'), aantal: 0 }
}

function addRegel(inhoud: Inhoud, { id, regel, tx }: Regel): void {
  inhoud.hash.update(regel)
  if (tx !== null) inhoud.transacties.update(`${id} ${tx}\n`)
  inhoud.aantal += 1
}

/** The hash of a seal, and as it was made before seals said when they were made. */
function endHash(
  sleutel: Buffer,
  { hash, transacties, aantal }: Inhoud,
  tot: number,
  micros: string,
): { hash: Buffer; zonderTijd: Buffer } {
  const zonderTijd = hash.update(`tot ${tot} ${aantal}`).digest()
  const geheel = createHmac('sha256', sleutel).update(`op ${micros}\n`).update(zonderTijd)
  return { hash: geheel.update(transacties.digest()).digest(), zonderTijd }
}

/** What shows that the maker of a seal has the key, and what is published for the next. */
function bewijzenOf(
  sleutel: Buffer,
  { zegel_id, sleutel_nr }: Kop,
  vorige: Zegel | undefined,
): Pick<Zegel, 'bewijs' | 'volgend'> {
  return {
    bewijs: bewijsOf(sleutel, zegel_id, vorige?.sleutel_nr === sleutel_nr),
    volgend: createCommitment(bewijsOf(sleutel, zegel_id + 1, true)),
  }
}

/** What shows that the maker of this seal has the key; the first one under a key is called `begin`. */
function bewijsOf(sleutel: Buffer, zegelId: number, vervolg: boolean): Buffer {
  return vervolg ? createHmac('sha256', sleutel).update(`bewijs ${zegelId}`).digest() : beginBewijs(sleutel)
}

interface Regel {
  id: number
  regel: string
  tx: string | null
}

function readRegels(db: Db, vanaf: number, tot: number): AsyncGenerator<Regel> {
  return readPaginas(
    vanaf,
    na =>
      sql<Regel>`
        select gebeurtenis_id as id, jsonb_build_array(gebeurtenis_id, extract(epoch from op)::text, wie, rol, actie,
                 grond, onderwerp, verzoek_id)::text || E'\n' as regel, tx::text
        from platform.gebeurtenis where gebeurtenis_id > ${na} and gebeurtenis_id <= ${tot}
        order by gebeurtenis_id limit ${PAGINA}`.execute(db),
    ({ id }) => id,
  )
}

/** A number that the owner made larger than ours go is as wrong as any other: it must be reported, not thrown over. */
const clamped = (getal: RawBuilder<unknown>) =>
  sql`greatest(least(${getal}, ${Number.MAX_SAFE_INTEGER}::bigint), ${Number.MIN_SAFE_INTEGER}::bigint)`

const ZEGEL = sql`zegel_id, sleutel_nr, ${clamped(sql`vanaf`)} as vanaf, ${clamped(sql`tot`)} as tot, aantal, vorige_hash, hash,
  bewijs, volgend, trunc(extract(epoch from op) * 1000000)::text as micros`

function readZegels(db: Db, laatste: number): AsyncGenerator<Zegel> {
  return readPaginas(
    Number.MIN_SAFE_INTEGER,
    na =>
      sql<Zegel>`
        select ${ZEGEL} from platform.zegel where zegel_id > ${na}::bigint and zegel_id <= ${laatste}::bigint
        order by zegel_id limit ${PAGINA}`.execute(db),
    zegel => zegel.zegel_id,
  )
}

async function findLaatste(db: Db): Promise<Zegel | undefined> {
  const { rows } =
    await sql<Zegel>`select ${ZEGEL} from platform.zegel order by zegel_id desc limit 1`.execute(db)
  return rows[0]
}
