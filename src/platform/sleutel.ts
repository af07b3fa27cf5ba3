import { createHash, createHmac, randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import type pg from 'pg'
import { ConfigFout } from './config.ts'
import type { Kluis } from './crypto.ts'
import { dateInNederland, formatDatumKort } from './dates.ts'
import type { Db } from './db/tables.ts'

declare module './db/tables.ts' {
  interface Tables {
    'platform.sleutel': SleutelTable
  }
}

interface SleutelTable {
  sleutel_nr: number
  zegelsleutel: Buffer
  zegel_begin: Buffer
  op: import('kysely').Generated<Date>
  voortgang: unknown
  klaar_op: Date | null
}

/** The newest key a database knows: its number, the check value, and whether nothing needs an earlier key any more. */
export interface Sleutelstaat {
  nr: number
  zegelsleutel: Buffer
  /** When it came into use. */
  op: Date
  klaar: boolean
}

export async function findSleutel(client: pg.ClientBase): Promise<Sleutelstaat | undefined> {
  const { rows } = await client.query<Sleutelstaat>(
    `select sleutel_nr as nr, zegelsleutel, op, klaar_op is not null as klaar
     from platform.sleutel order by sleutel_nr desc limit 1`,
  )
  return rows[0]
}

/**
 * Whether something in this database may depend on a key: then none is ever made for it. Looks at what row-level
 * security does not hide, since the owner may fall under it too.
 */
export async function isInGebruik(client: pg.ClientBase): Promise<boolean> {
  const { rows } = await client.query<{ ja: boolean }>(
    `select exists (select from platform.sleutel) or exists (select from platform.gebeurtenis)
       or exists (select from platform.instelling where sleutel = 'modus') as ja`,
  )
  return rows[0]?.ja ?? true
}

/** True when this kluis opens these bytes. */
export function opens(kluis: Kluis, bytes: Uint8Array): boolean {
  try {
    kluis.ontsleutel(bytes)
    return true
  } catch {
    return false
  }
}

const ALLEEN_DAARMEE = 'Maak geen nieuwe: BSN’s en berichten zijn alleen daarmee te lezen.'
const WAAR = 'in het bestand `sleutel` in de gegevensmap, of in SAMENHANG_SLEUTEL'
const VREEMD = 'De sleutel hoort niet bij deze database.'

/** Of a database that never changed its key: the one it began with; of another: that of after the change, by number and day. */
function explainVreemd(staat: Sleutelstaat | undefined): string {
  const welke =
    staat === undefined || staat.nr === 1
      ? 'de sleutel terug waarmee zij is begonnen'
      : `de sleutel van na de laatste wisseling, op ${formatDatumKort(dateInNederland(staat.op))} (nummer ${staat.nr})`
  return `${VREEMD} Zet ${welke}, ${WAAR}. ${ALLEEN_DAARMEE}`
}

/**
 * The number of the key in use, after the check that this is that key; a database without data gets it as its first.
 * `vorige` is the key of before a change, when it was given. Throws ConfigFout that says what to do otherwise.
 * `proef`: bytes that were encrypted before keys had a check value.
 */
export async function checkSleutel(
  client: pg.ClientBase,
  kluis: Kluis,
  { vorige, proef }: { vorige?: Kluis | undefined; proef?: Uint8Array | undefined } = {},
): Promise<number> {
  let staat = await findSleutel(client)
  if (!staat) {
    if (proef && !opens(kluis, proef)) throw new ConfigFout(explainVreemd(undefined))
    await insertSleutel(client, kluis, 1, true)
    staat = await findSleutel(client)
    if (!staat) throw new Error('the key was not registered')
  }
  if (!opens(kluis, staat.zegelsleutel)) {
    if (vorige && opens(vorige, staat.zegelsleutel))
      throw new ConfigFout(
        'Deze database gebruikt nog de oude sleutel. Voer eerst uit: bin/samenhang sleutel wissel',
      )
    throw new ConfigFout(explainVreemd(staat))
  }
  if (!staat.klaar && !vorige)
    throw new ConfigFout(
      'De wisseling van sleutel is nog niet af: een deel van de berichten is alleen met de oude sleutel te lezen. Geef die ' +
        'erbij (`sleutel.oud` in de gegevensmap, of SAMENHANG_SLEUTEL_OUD) en voer uit: bin/samenhang sleutel wissel',
    )
  return staat.nr
}

/** Records a key with a seal key of its own; a second process that does the same at once changes nothing. */
export async function insertSleutel(
  client: pg.ClientBase,
  kluis: Kluis,
  nr: number,
  klaar: boolean,
): Promise<void> {
  const zegelsleutel = randomBytes(32)
  await client.query(
    `insert into platform.sleutel (sleutel_nr, zegelsleutel, zegel_begin, klaar_op)
     values ($1, $2, $3, case when $4 then now() end) on conflict do nothing`,
    [nr, kluis.versleutel(zegelsleutel), createCommitment(beginBewijs(zegelsleutel)), klaar],
  )
}

export interface Zegelsleutels {
  /** Per number of the master key under which seals were made; only those that can be read. */
  sleutels: Map<number, Buffer>
  /** Numbers of the keys that cannot be read, or do not fit what was published of them. */
  beschadigd: number[]
}

/** The keys of the seals. One that is damaged is named and stops nobody from looking at the others. */
export async function readZegelsleutels(db: Db, kluis: Kluis): Promise<Zegelsleutels> {
  const { rows } = await sql<{ nr: number; zegelsleutel: Buffer; begin: Buffer }>`
    select sleutel_nr as nr, zegelsleutel, zegel_begin as begin from platform.sleutel order by 1`.execute(db)
  const gelezen = rows.map(rij => ({
    ...rij,
    sleutel: opens(kluis, rij.zegelsleutel) ? kluis.ontsleutel(rij.zegelsleutel) : undefined,
  }))
  return {
    sleutels: new Map(gelezen.flatMap(({ nr, sleutel }) => (sleutel ? [[nr, sleutel]] : []))),
    beschadigd: gelezen
      .filter(({ sleutel, begin }) => !sleutel || !createCommitment(beginBewijs(sleutel)).equals(begin))
      .map(({ nr }) => nr),
  }
}

/** The secret that proves the first seal under a key. */
export function beginBewijs(zegelsleutel: Buffer): Buffer {
  return createHmac('sha256', zegelsleutel).update('begin').digest()
}

/** What the database may know of a secret beforehand. */
export function createCommitment(bewijs: Buffer): Buffer {
  return createHash('sha256').update(bewijs).digest()
}
