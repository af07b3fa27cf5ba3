import { isDeepStrictEqual } from 'node:util'
import { sql } from 'kysely'
import { gebruikerIdOf } from '../auth/gebruikers.ts'
import type { Recht } from '../auth/rollen.ts'
import { attempt } from '../db/savepoint.ts'
import type { Db, Tx } from '../db/tables.ts'
import type { Ctx } from '../http/ctx.ts'
import type { Upload } from '../http/upload.ts'
import { notFound, Problem } from '../problem.ts'
import { safeName } from './bestandsnaam.ts'
import type { Blad } from './blad.ts'
import type { Celfout } from './kolommen.ts'
import type { Rijfout } from './plan.ts'

/** What a file would do, or did. */
export interface Uitkomst {
  rijen: number
  nieuw: number
  gewijzigd: number
  /** Rows that end because another begins. */
  afgesloten: number
  gelijk: number
  /** Headings that nobody reads. */
  onbekend: string[]
  aantalFouten: number
  /** The first of them, in the order of the file. */
  fouten: (Rijfout | Celfout)[]
  /** The first changes, as people read them. */
  voorbeelden: Voorbeeld[]
  /** What is left out and stops nothing else, with why; absent where one fault stops all. */
  overgeslagen?: { aantal: number; redenen: string[] }
}

export interface Voorbeeld {
  sleutel: string
  soort: 'nieuw' | 'gewijzigd' | 'afgesloten'
  velden: { kop: string; oud: string | null; nieuw: string | null }[]
}

/** Before anything was read. */
export const GEEN_UITKOMST: Uitkomst = {
  rijen: 0,
  nieuw: 0,
  gewijzigd: 0,
  afgesloten: 0,
  gelijk: 0,
  onbekend: [],
  aantalFouten: 0,
  fouten: [],
  voorbeelden: [],
}

/** So many are kept to be shown; the counts are of all. */
export const TOON_FOUTEN = 1000
export const TOON_WIJZIGINGEN = 100

export type Staat = 'beproefd' | 'verwerkt' | 'teruggenomen'

/** A file that was brought in. */
export interface Invoer {
  invoerId: number
  register: string
  bestandsnaam: string
  staat: Staat
  op: Date
  door: string | null
  verwerktOp: Date | null
  verwerktDoor: string | null
  uitkomst: Uitkomst
}

/** Something that comes in as a file: the rows of a register, or what a region takes over from elsewhere. */
export interface Invoersoort<Inhoud = Blad> {
  /** Under this name its files are kept. */
  naam: string
  recht: Recht
  /** The columns of its file, each a field; undefined of what is no sheet. */
  velden?: object
  /** Throws 400 `onleesbaar-bestand`. */
  lees: (bytes: Uint8Array) => Promise<Inhoud>
  /** Holds residents: then only who sees every municipality of whoever brought it in sees the file. */
  inwoners?: boolean
  /**
   * Does what was read, in the transaction of the caller, and answers what came of it. What it did is undone by the caller when it
   * was a trial, and when there are faults.
   */
  doe: (tx: Tx, ctx: Ctx, inhoud: Inhoud, invoerId: number) => Promise<Uitkomst>
  /** Undoes what a file did. Throws 409 when it cannot. Without it nothing can be taken back. */
  neemTerug?: (tx: Tx, ctx: Ctx, invoerId: number) => Promise<void>
}

/** Reads a file and keeps it with what it would do; nothing else changes. Throws 400 when it cannot be read. */
export async function addInvoer<I>(
  ctx: Ctx,
  soort: Invoersoort<I>,
  { naam, bytes }: Upload,
): Promise<number> {
  const inhoud = await soort.lees(bytes)
  return ctx.write(async tx => {
    const invoerId = await insertInvoer(tx, ctx, soort, { naam, bytes })
    const uitkomst = await doWhole(
      tx,
      () => true,
      () => soort.doe(tx, ctx, inhoud, invoerId),
    )
    await updateUitkomst(tx, ctx, { register: soort.naam, invoerId }, uitkomst, 'beproefd')
    return invoerId
  })
}

/**
 * Does what a file says, all of it or nothing, as long as that is what was shown. What it meets may have changed since: then nothing is
 * done, and what it would do now is kept to be shown. With faults nothing was done either. Throws 404, or 409 when it was done already or
 * would do something else.
 */
export async function processInvoer<I>(ctx: Ctx, soort: Invoersoort<I>, invoerId: number): Promise<void> {
  const doel = { register: soort.naam, invoerId }
  const { inhoud: verzegeld } = await ctx.read(db => loadInhoud(db, doel))
  const inhoud = await soort.lees(ctx.kluis.ontsleutel(verzegeld))
  const zelfde = await ctx.write(async tx => {
    const getoond = unseal(ctx, await takeInvoer(tx, doel, 'beproefd', 'Dit bestand is al verwerkt'))
    const isShown = (uitkomst: Uitkomst) => isDeepStrictEqual(unseal(ctx, seal(ctx, uitkomst)), getoond)
    const uitkomst = await doWhole(
      tx,
      u => !isShown(u),
      () => soort.doe(tx, ctx, inhoud, invoerId),
    )
    const gedaan = isShown(uitkomst) && uitkomst.aantalFouten === 0
    await updateUitkomst(tx, ctx, doel, uitkomst, gedaan ? 'verwerkt' : 'beproefd')
    return isShown(uitkomst)
  })
  if (!zelfde)
    throw new Problem(
      409,
      'intussen-veranderd',
      'Er is intussen iets veranderd',
      'Bekijk opnieuw wat dit bestand doet. Er is nog niets gebeurd.',
    )
}

/** Takes back what a file did, all of it or nothing. Throws 404, or 409 when it was not done, or when something was built on it. */
export async function undoInvoer<I>(ctx: Ctx, soort: Invoersoort<I>, invoerId: number): Promise<void> {
  await ctx.write(async tx => {
    const doel = { register: soort.naam, invoerId }
    await takeInvoer(tx, doel, 'verwerkt', 'Dit bestand is niet verwerkt')
    if (soort.neemTerug === undefined) throw notFound('Bestand')
    await soort.neemTerug(tx, ctx, invoerId)
    await sql`update platform.invoer set staat = 'teruggenomen' where ${thisOne(doel)}`.execute(tx)
  })
}

/**
 * Does what a file says inside a transaction that somebody else ends, and keeps the file with what came of it. With faults, or when
 * nothing changes, nothing was done.
 */
export async function bringIn<I>(
  tx: Tx,
  ctx: Ctx,
  soort: Invoersoort<I>,
  { naam, bytes, inhoud }: Upload & { inhoud: I },
): Promise<Uitkomst> {
  return doWhole(
    tx,
    () => false,
    async () => {
      const invoerId = await insertInvoer(tx, ctx, soort, { naam, bytes })
      const uitkomst = await soort.doe(tx, ctx, inhoud, invoerId)
      await updateUitkomst(tx, ctx, { register: soort.naam, invoerId }, uitkomst, 'verwerkt')
      return uitkomst
    },
  )
}

/** True when something becomes different. */
export const verandert = (u: Uitkomst) => u.nieuw + u.gewijzigd + u.afgesloten > 0

/** Runs it in a savepoint that is undone when there is a fault, when nothing changes, or when `niet` says so. */
async function doWhole(
  tx: Tx,
  niet: (uitkomst: Uitkomst) => boolean,
  doe: () => Promise<Uitkomst>,
): Promise<Uitkomst> {
  const gedaan = await attempt(tx, doe, { undo: u => u.aantalFouten > 0 || !verandert(u) || niet(u) })
  if (!gedaan.gelukt) throw gedaan.fout
  return gedaan.waarde
}

async function insertInvoer<I>(
  tx: Tx,
  ctx: Ctx,
  { naam: soort, inwoners = false }: Invoersoort<I>,
  { naam, bytes }: Upload,
): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    insert into platform.invoer (register, bestandsnaam, inhoud, uitkomst, gemeenten, op, door)
    values (${soort}, ${safeName(naam)}, ${ctx.kluis.versleutel(bytes)}, ${seal(ctx, GEEN_UITKOMST)},
      ${inwoners ? [...ctx.wie.scope.gemeentenClient] : []}::text[], ${ctx.nu}, ${gebruikerIdOf(ctx.wie)})
    returning invoer_id as id`.execute(tx)
  return rows[0]?.id ?? 0
}

/** One file: its number says nothing without the kind it came in as, which is what somebody may or may not do. */
interface Doel {
  register: string
  invoerId: number
}

const thisOne = ({ register, invoerId }: Doel) => sql`invoer_id = ${invoerId} and register = ${register}`

async function updateUitkomst(tx: Tx, ctx: Ctx, doel: Doel, uitkomst: Uitkomst, staat: Staat) {
  const klaar = staat === 'verwerkt'
  await sql`
    update platform.invoer set uitkomst = ${seal(ctx, uitkomst)}, staat = ${staat},
      verwerkt_op = ${klaar ? ctx.nu : null}, verwerkt_door = ${klaar ? gebruikerIdOf(ctx.wie) : null}
    where ${thisOne(doel)}`.execute(tx)
}

/** Holds it until the end of the transaction, and answers what was kept of its outcome. Throws 404, or 409 with `titel` in another state. */
async function takeInvoer(tx: Tx, doel: Doel, staat: Staat, titel: string): Promise<Buffer> {
  const { rows } = await sql<{ staat: Staat; uitkomst: Buffer }>`
    select staat, uitkomst from platform.invoer where ${thisOne(doel)} for update`.execute(tx)
  if (rows[0] === undefined) throw notFound('Bestand')
  if (rows[0].staat !== staat)
    throw new Problem(
      409,
      'andere-staat',
      titel,
      'Dit is intussen al gedaan. Bekijk hoe het er nu voor staat.',
    )
  return rows[0].uitkomst
}

/** What came of a file can name residents: kept as the file itself is. */
const seal = (ctx: Ctx, uitkomst: Uitkomst) => ctx.kluis.versleutel(Buffer.from(JSON.stringify(uitkomst)))
const unseal = (ctx: Ctx, verzegeld: Buffer): Uitkomst =>
  JSON.parse(ctx.kluis.ontsleutel(verzegeld).toString())

async function loadInhoud(db: Db, doel: Doel): Promise<{ inhoud: Buffer; bestandsnaam: string }> {
  const { rows } = await sql<{ inhoud: Buffer; bestandsnaam: string }>`
    select inhoud, bestandsnaam from platform.invoer where ${thisOne(doel)}`.execute(db)
  if (rows[0] === undefined) throw notFound('Bestand')
  return rows[0]
}

/** The file as it was brought in. Throws 404. */
export async function loadBestand(ctx: Ctx, register: string, invoerId: number): Promise<Upload> {
  const { inhoud, bestandsnaam } = await ctx.read(db => loadInhoud(db, { register, invoerId }))
  return { naam: safeName(bestandsnaam), bytes: ctx.kluis.ontsleutel(inhoud) }
}

const KOLOMMEN = sql`i.invoer_id as "invoerId", i.register, i.bestandsnaam, i.staat, i.op, d.naam as door,
  i.verwerkt_op as "verwerktOp", v.naam as "verwerktDoor", i.uitkomst as verzegeld`
const BRON = sql`platform.invoer i left join platform.gebruiker d on d.gebruiker_id = i.door
  left join platform.gebruiker v on v.gebruiker_id = i.verwerkt_door`

type Rij = Omit<Invoer, 'uitkomst'> & { verzegeld: Buffer }

/** One file with what it would do, or did. Throws 404. */
export async function loadInvoer(ctx: Ctx, register: string, invoerId: number): Promise<Invoer> {
  const rij = await ctx.read(async db => {
    const { rows } = await sql<Rij>`
      select ${KOLOMMEN} from ${BRON} where i.invoer_id = ${invoerId} and i.register = ${register}`.execute(
      db,
    )
    return rows[0]
  })
  if (rij === undefined) throw notFound('Bestand')
  return toInvoer(ctx, rij)
}

/** The files that were brought into a register, newest first. */
export async function listInvoer(ctx: Ctx, register: string): Promise<Invoer[]> {
  const { rows } = await ctx.read(db =>
    sql<Rij>`
      select ${KOLOMMEN} from ${BRON} where i.register = ${register}
      order by i.invoer_id desc limit 50`.execute(db),
  )
  return rows.map(rij => toInvoer(ctx, rij))
}

/** A name that was kept before names were looked at is not shown either. */
const toInvoer = (ctx: Ctx, { verzegeld, ...invoer }: Rij): Invoer => ({
  ...invoer,
  bestandsnaam: safeName(invoer.bestandsnaam),
  uitkomst: unseal(ctx, verzegeld),
})
