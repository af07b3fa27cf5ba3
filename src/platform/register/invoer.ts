import { sql } from 'kysely'
import { gebruikerIdOf } from '../auth/gebruikers.ts'
import { attempt } from '../db/savepoint.ts'
import type { Db, Tx } from '../db/tables.ts'
import type { Ctx } from '../http/ctx.ts'
import type { Upload } from '../http/upload.ts'
import { notFound, Problem } from '../problem.ts'
import { type Gegevens, type Keuzes, veldenVan } from '../velden/formulier.ts'
import { type Blad, readBlad } from './blad.ts'
import { type Celfout, readRijen } from './kolommen.ts'
import { planChanges, type Rijfout, type Wijziging } from './plan.ts'
import type { Register, Registerrij } from './register.ts'
import { inUse, listAll, loadKeuzes, recordChanges, takeRegister } from './rijen.ts'

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
}

export interface Voorbeeld {
  sleutel: string
  soort: 'nieuw' | 'gewijzigd' | 'afgesloten'
  velden: { kop: string; oud: string | null; nieuw: string | null }[]
}

/** So many are kept to be shown; the counts are of all. */
const TOON_FOUTEN = 1000
const TOON_WIJZIGINGEN = 100

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

/** Reads a file and keeps it with what it would do; nothing in the register changes. Throws 400 when it cannot be read. */
export async function addInvoer<V extends object, Rij extends Registerrij<V>>(
  ctx: Ctx,
  register: Register<V, Rij>,
  { naam, bytes }: Upload,
): Promise<number> {
  const blad = await readBlad(bytes)
  const { uitkomst } = await ctx.read(db => plan(db, register, blad))
  return ctx.write(async tx => {
    const { rows } = await sql<{ id: number }>`
      insert into platform.invoer (register, bestandsnaam, inhoud, uitkomst, op, door)
      values (${register.naam}, ${naam.slice(-200)}, ${ctx.kluis.versleutel(bytes)}, ${seal(ctx, uitkomst)}, ${ctx.nu},
        ${gebruikerIdOf(ctx.wie)})
      returning invoer_id as id`.execute(tx)
    return rows[0]?.id ?? 0
  })
}

/**
 * Does what a file says, all of it or nothing. What it would do is worked out anew: the register may have changed since. Answers
 * what came of it; with faults nothing was done. Throws 404, or 409 when it was done already.
 */
export async function processInvoer<V extends object, Rij extends Registerrij<V>>(
  ctx: Ctx,
  register: Register<V, Rij>,
  invoerId: number,
): Promise<Uitkomst> {
  const { inhoud } = await ctx.read(db => loadInhoud(db, register.naam, invoerId))
  const blad = await readBlad(ctx.kluis.ontsleutel(inhoud))
  return ctx.write(async tx => {
    await takeRegister(tx, register)
    await expectStaat(tx, invoerId, 'beproefd', 'Dit bestand is al verwerkt')
    const { uitkomst, wijzigingen } = await plan(tx, register, blad)
    const klaar = uitkomst.aantalFouten === 0
    if (klaar) await recordChanges(tx, ctx, register, wijzigingen, invoerId)
    await sql`
      update platform.invoer set uitkomst = ${seal(ctx, uitkomst)}, staat = ${klaar ? 'verwerkt' : 'beproefd'},
        verwerkt_op = ${klaar ? ctx.nu : null}, verwerkt_door = ${klaar ? gebruikerIdOf(ctx.wie) : null}
      where invoer_id = ${invoerId}`.execute(tx)
    return uitkomst
  })
}

/**
 * Takes back what a file did, all of it or nothing. Throws 404, 409 when it was not done or taken back already, when a row was
 * changed after it, or when something was built on it.
 */
export async function undoInvoer<V extends object, Rij extends Registerrij<V>>(
  ctx: Ctx,
  register: Register<V, Rij>,
  invoerId: number,
): Promise<void> {
  await ctx.write(async tx => {
    await takeRegister(tx, register)
    await expectStaat(tx, invoerId, 'verwerkt', 'Dit bestand is niet verwerkt')
    const { rows } = await sql<Omgekeerd<V>>`
      select w.sleutel, w.nieuw as oud, w.oud as nieuw, null::integer as nummer, exists (
        select from platform.wijziging l where l.register = w.register and l.sleutel = w.sleutel
          and l.wijziging_id > w.wijziging_id) as later
      from platform.wijziging w where w.invoer_id = ${invoerId} order by w.wijziging_id desc`.execute(tx)
    const later = rows.filter(rij => rij.later)
    if (later.length > 0) throw changedLater(later.map(rij => rij.sleutel))
    const gedaan = await attempt(tx, () => recordChanges(tx, ctx, register, rows, null))
    if (!gedaan.gelukt) throw inUse(gedaan.fout, 'Dit kan niet meer worden teruggenomen')
    await sql`update platform.invoer set staat = 'teruggenomen' where invoer_id = ${invoerId}`.execute(tx)
  })
}

type Omgekeerd<V> = Wijziging<Gegevens<V>> & { later: boolean }

function changedLater(sleutels: readonly string[]): Problem {
  const eerste = sleutels.slice(0, 5).join(', ')
  return new Problem(
    409,
    'later-gewijzigd',
    'Dit kan niet meer worden teruggenomen',
    `Na dit bestand is er verder gewerkt: ${eerste}${sleutels.length > 5 ? ` en nog ${sleutels.length - 5}` : ''}.`,
  )
}

async function expectStaat(tx: Tx, invoerId: number, staat: Staat, titel: string): Promise<void> {
  const { rows } = await sql<{ staat: Staat }>`
    select staat from platform.invoer where invoer_id = ${invoerId} for update`.execute(tx)
  if (rows[0]?.staat !== staat)
    throw new Problem(
      409,
      'andere-staat',
      titel,
      'Dit is intussen al gedaan. Bekijk hoe het er nu voor staat.',
    )
}

/**
 * Does what a sheet says inside a transaction that somebody else ends, and keeps the file with what came of it. With faults nothing
 * was done.
 */
export async function bringIn<V extends object, Rij extends Registerrij<V>>(
  tx: Tx,
  ctx: Ctx,
  register: Register<V, Rij>,
  { naam, bytes, blad }: Upload & { blad: Blad },
): Promise<Uitkomst> {
  await takeRegister(tx, register)
  const { uitkomst, wijzigingen } = await plan(tx, register, blad)
  if (uitkomst.aantalFouten > 0 || wijzigingen.length === 0) return uitkomst
  const { rows } = await sql<{ id: number }>`
    insert into platform.invoer (register, bestandsnaam, inhoud, uitkomst, staat, op, verwerkt_op)
    values (${register.naam}, ${naam.slice(-200)}, ${ctx.kluis.versleutel(bytes)}, ${seal(ctx, uitkomst)}, 'verwerkt', ${ctx.nu}, ${ctx.nu})
    returning invoer_id as id`.execute(tx)
  await recordChanges(tx, ctx, register, wijzigingen, rows[0]?.id ?? null)
  return uitkomst
}

/** What must change for this sheet, and that in words. */
async function plan<V extends object, Rij extends Registerrij<V>>(
  db: Db,
  register: Register<V, Rij>,
  blad: Blad,
) {
  const keuzes = await loadKeuzes(db, register)
  const regel = (await register.regels?.(db)) ?? (() => [])
  const bestaand = await listAll(db, register)
  const gelezen = readRijen<V>(register, blad, { keuzes, regel, bestaand })
  const gepland = planChanges<Gegevens<V>>(register, bestaand, gelezen.rijen)
  const { wijzigingen, gelijk } = gepland
  const fouten = [...gelezen.fouten, ...gepland.fouten].sort((a, b) => (a.nummer ?? 0) - (b.nummer ?? 0))
  const soorten = wijzigingen.map(kindOf)
  const tel = (soort: Voorbeeld['soort']) => soorten.filter(s => s === soort).length
  const uitkomst: Uitkomst = {
    rijen: blad.rijen.length,
    nieuw: tel('nieuw'),
    gewijzigd: tel('gewijzigd'),
    afgesloten: tel('afgesloten'),
    gelijk,
    onbekend: gelezen.onbekend,
    aantalFouten: fouten.length,
    fouten: fouten.slice(0, TOON_FOUTEN),
    voorbeelden: wijzigingen.slice(0, TOON_WIJZIGINGEN).map(w => toVoorbeeld(register, keuzes, w)),
  }
  return { uitkomst, wijzigingen }
}

function kindOf({ oud, nummer }: Wijziging<object>): Voorbeeld['soort'] {
  if (nummer === null) return 'afgesloten'
  return oud === null ? 'nieuw' : 'gewijzigd'
}

/** Of something new all that is filled in, of a change what differs. */
function toVoorbeeld<V extends object>(
  { velden }: { velden: V },
  keuzes: Keuzes,
  wijziging: Wijziging<Gegevens<V>>,
): Voorbeeld {
  const zeg = (rij: object | null, naam: string) => {
    const waarde = (rij as Record<string, unknown> | null)?.[naam] ?? null
    const veld = veldenVan(velden).find(([n]) => n === naam)?.[1]
    return waarde === null || veld === undefined ? null : veld.zeg(waarde, keuzes[naam])
  }
  return {
    sleutel: wijziging.sleutel,
    soort: kindOf(wijziging),
    velden: veldenVan(velden)
      .map(([naam, { kop }]) => ({ kop, oud: zeg(wijziging.oud, naam), nieuw: zeg(wijziging.nieuw, naam) }))
      .filter(({ oud, nieuw }) => oud !== nieuw),
  }
}

/** What came of a file can name residents: kept as the file itself is. */
const seal = (ctx: Ctx, uitkomst: Uitkomst) => ctx.kluis.versleutel(Buffer.from(JSON.stringify(uitkomst)))

async function loadInhoud(
  db: Db,
  register: string,
  invoerId: number,
): Promise<{ inhoud: Buffer; bestandsnaam: string }> {
  const { rows } = await sql<{ inhoud: Buffer; bestandsnaam: string }>`
    select inhoud, bestandsnaam from platform.invoer
    where invoer_id = ${invoerId} and register = ${register}`.execute(db)
  if (rows[0] === undefined) throw notFound('Bestand')
  return rows[0]
}

/** The file as it was brought in. Throws 404. */
export async function loadBestand(ctx: Ctx, register: string, invoerId: number): Promise<Upload> {
  const { inhoud, bestandsnaam } = await ctx.read(db => loadInhoud(db, register, invoerId))
  return { naam: bestandsnaam, bytes: ctx.kluis.ontsleutel(inhoud) }
}

const KOLOMMEN = sql`i.invoer_id as "invoerId", i.register, i.bestandsnaam, i.staat, i.op, d.naam as door,
  i.verwerkt_op as "verwerktOp", v.naam as "verwerktDoor"`
const BRON = sql`platform.invoer i left join platform.gebruiker d on d.gebruiker_id = i.door
  left join platform.gebruiker v on v.gebruiker_id = i.verwerkt_door`

/** One file with what it would do, or did. Throws 404. */
export async function loadInvoer(ctx: Ctx, register: string, invoerId: number): Promise<Invoer> {
  const rij = await ctx.read(async db => {
    const { rows } = await sql<Omit<Invoer, 'uitkomst'> & { verzegeld: Buffer }>`
      select ${KOLOMMEN}, i.uitkomst as verzegeld from ${BRON}
      where i.invoer_id = ${invoerId} and i.register = ${register}`.execute(db)
    return rows[0]
  })
  if (rij === undefined) throw notFound('Bestand')
  const { verzegeld, ...invoer } = rij
  return { ...invoer, uitkomst: JSON.parse(ctx.kluis.ontsleutel(verzegeld).toString()) }
}

/** The files that were brought into a register, newest first. */
export async function listInvoer(db: Db, register: string): Promise<Omit<Invoer, 'uitkomst'>[]> {
  const { rows } = await sql<Omit<Invoer, 'uitkomst'>>`
    select ${KOLOMMEN} from ${BRON} where i.register = ${register} order by i.invoer_id desc limit 50`.execute(
    db,
  )
  return rows
}
