import { createHash, type Hash } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import { sql } from 'kysely'
import { gebruikerIdOf } from '../../auth/gebruikers.ts'
import type { Recht } from '../../auth/rollen.ts'
import type { Db, Tx } from '../../db/tables.ts'
import type { Ctx } from '../../http/ctx.ts'
import type { Exportkolom } from '../../http/export.ts'
import type { Upload } from '../../http/upload.ts'
import { notFound, Problem } from '../../problem.ts'
import { safeName } from '../bladen/bestandsnaam.ts'
import type { Blad } from '../bladen/bladbestand.ts'
import type { LetOp } from '../letop.ts'
import type { Rijfout } from '../plan.ts'
import type { Raaksom } from '../raakt.ts'
import type { Teruggang } from '../terugnemen.ts'
import type { Celfout } from './kolommen.ts'
import type { Regel } from './regels.ts'

/** What a file would do, or did. */
export interface Uitkomst {
  rijen: number
  nieuw: number
  gewijzigd: number
  /** Rows that end because another begins. */
  afgesloten: number
  gelijk: number
  /** Rows that say the same as one above them; absent where none does. */
  dubbel?: number
  /** Headings that nobody reads. */
  onbekend: string[]
  aantalFouten: number
  /** The first of them, in the order of the file. */
  fouten: (Rijfout | Celfout)[]
  /** The first changes, as people read them. */
  voorbeelden: Voorbeeld[]
  /** What is left out and stops nothing else, with why; absent where one fault stops all. */
  overgeslagen?: { aantal: number; redenen: string[] }
  /** What it does to each row (`markOf`), also beyond what is shown of it. */
  teken?: string
  /** What leans on rows that change: of how many rows, and how much of each kind; absent where nothing does. */
  raakt?: { rijen: number; soorten: Raaksom[] }
  /** What it does to all rows together, in the words of its register. */
  samengevat?: string
  /** What is worth a look and stops nothing; absent where nothing is. */
  letOp?: LetOp
  /** What is new by kind, where more than one kind comes in a file: 'JW301', in the order in which they are told. */
  perSoort?: { soort: string; aantal: number }[]
}

export interface Voorbeeld {
  sleutel: string
  /** The same as people read it; the key itself, unless said. */
  wat?: string
  soort: 'nieuw' | 'gewijzigd' | 'afgesloten'
  /** `verschil`: between two amounts, '+4,96%'. */
  velden: { kop: string; oud: string | null; nieuw: string | null; verschil?: string }[]
  /** Of a new row the one before it in time, when that held: '01-01-2026 t/m 31-12-2026'; `eindigt`: it ends because this one begins. */
  volgtOp?: { sleutel: string; wanneer: string; eindigt: boolean }
  /** What leans on it, in words. */
  raakt?: string
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
  teruggenomenOp: Date | null
  teruggenomenDoor: string | null
  /** The files that it was chosen with, if it was. */
  bundelId: number | null
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
  lees: (bytes: Uint8Array, ctx: Ctx) => Promise<Inhoud>
  /** Holds residents: then only who sees every municipality of whoever brought it in sees the file. */
  inwoners?: boolean
  /**
   * Does what was read, in the transaction of the caller, and answers what came of it. What it did is undone by the caller when it
   * was a trial, and when there are faults.
   */
  doe: (tx: Tx, ctx: Ctx, inhoud: Inhoud, invoerId: number) => Promise<Uitkomst>
  /** All that a file does or did to its rows, as a file: beyond what its page shows. */
  wijzigingen?: {
    kolommen: readonly Exportkolom<Regel>[]
    list: (ctx: Ctx, invoer: Pick<Invoer, 'invoerId' | 'staat'>, inhoud: Inhoud) => Promise<Regel[]>
  }
  /** Undoes what a file did; answers what is to be seen of that. Throws 409 when it cannot. Without it nothing can be taken back. */
  neemTerug?: (tx: Tx, ctx: Ctx, invoerId: number) => Promise<Teruggang>
  /** Why what it did cannot be taken back, for who is about to do it. */
  blijft?: string
  /** It is tried before it is asked, so that what leans on it, or keeps it from being taken back, is shown: messages wait as long as that takes, as for doing it. */
  telTerug?: true
}

/** A mark of what a file does to each of its rows: where one of them is another, it is another. */
export const markOf = (rijen: readonly unknown[]): string =>
  rijen
    .reduce<Hash>((hash, rij) => hash.update(`${JSON.stringify(rij)}\n`), createHash('sha256'))
    .digest('base64url')

/** True when something becomes different. */
export const hasChanges = (u: Uitkomst) => u.nieuw + u.gewijzigd + u.afgesloten > 0

/** Keeps a file, before anything was done with it; `bundelId`: with which others it was chosen. */
export async function insertInvoer(
  tx: Tx,
  ctx: Ctx,
  { naam: soort, inwoners = false }: Pick<Invoersoort, 'naam' | 'inwoners'>,
  { naam, bytes, bundelId = null }: Upload & { bundelId?: number | null },
): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    insert into platform.invoer (register, bestandsnaam, inhoud, uitkomst, gemeenten, op, door, bundel_id)
    values (${soort}, ${safeName(naam)}, ${ctx.kluis.versleutel(bytes)}, ${seal(ctx, GEEN_UITKOMST)},
      ${inwoners ? [...ctx.wie.scope.gemeentenClient] : []}::text[], ${ctx.nu}, ${gebruikerIdOf(ctx.wie)}, ${bundelId})
    returning invoer_id as id`.execute(tx)
  return rows[0]?.id ?? 0
}

/** One file: its number says nothing without the kind it came in as, which is what somebody may or may not do. */
export interface Doel {
  register: string
  invoerId: number
}

const thisOne = ({ register, invoerId }: Doel) => sql`invoer_id = ${invoerId} and register = ${register}`

/** Keeps what came of a file, and when that was done. */
export async function updateUitkomst(
  tx: Tx,
  ctx: Ctx,
  doel: Doel,
  { uitkomst, staat }: { uitkomst: Uitkomst; staat: Staat },
): Promise<void> {
  const klaar = staat === 'verwerkt'
  await sql`
    update platform.invoer set uitkomst = ${seal(ctx, uitkomst)}, staat = ${staat},
      verwerkt_op = ${klaar ? ctx.nu : null}, verwerkt_door = ${klaar ? gebruikerIdOf(ctx.wie) : null}
    where ${thisOne(doel)}`.execute(tx)
}

/** Keeps that it was taken back. */
export async function updateTeruggenomen(tx: Tx, ctx: Ctx, doel: Doel): Promise<void> {
  await sql`
    update platform.invoer set staat = 'teruggenomen', teruggenomen_op = ${ctx.nu},
      teruggenomen_door = ${gebruikerIdOf(ctx.wie)}
    where ${thisOne(doel)}`.execute(tx)
}

/**
 * Holds it until the end of the transaction, and answers what was kept of its outcome. `bundelId`: with which others it is to be done,
 * null for alone. Throws 404, or 409 with `titel` in another state or with others.
 */
export async function takeInvoer(
  tx: Tx,
  ctx: Ctx,
  doel: Doel,
  { staat, titel, bundelId }: { staat: Staat; titel: string; bundelId?: number | null },
): Promise<Uitkomst> {
  const { rows } = await sql<{ staat: Staat; uitkomst: Buffer; bundel: number | null }>`
    select staat, uitkomst, bundel_id as bundel from platform.invoer where ${thisOne(doel)} for update`.execute(
    tx,
  )
  if (rows[0] === undefined) throw notFound('Bestand')
  if (rows[0].staat !== staat)
    throw new Problem(
      409,
      'andere-staat',
      titel,
      'Dit is intussen al gedaan. Bekijk hoe het er nu voor staat.',
    )
  if (bundelId !== undefined && rows[0].bundel !== bundelId)
    throw new Problem(
      409,
      'samen-gekozen',
      'Dit bestand is samen met andere gekozen',
      'Voer ze samen door, of kies dit bestand nog eens alleen.',
    )
  return unseal(ctx, rows[0].uitkomst)
}

/** What came of a file can name residents: kept as the file itself is. */
const seal = (ctx: Ctx, uitkomst: Uitkomst) => ctx.kluis.versleutel(Buffer.from(JSON.stringify(uitkomst)))
const unseal = (ctx: Ctx, verzegeld: Buffer): Uitkomst =>
  JSON.parse(ctx.kluis.ontsleutel(verzegeld).toString())

/**
 * True when this is what was kept of it: as it would come back from the database. How much leans on it may be more by now, and what is
 * worth a look less: what comes in all day changes nothing of what the file does.
 */
export const isSame = (uitkomst: Uitkomst, bewaard: Uitkomst): boolean =>
  isDeepStrictEqual(whatItDoes(JSON.parse(JSON.stringify(uitkomst))), whatItDoes(bewaard))

function whatItDoes({ raakt: _, letOp: ___, voorbeelden, ...rest }: Uitkomst): object {
  return { ...rest, voorbeelden: voorbeelden.map(({ raakt: __, ...voorbeeld }) => voorbeeld) }
}

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
  i.verwerkt_op as "verwerktOp", v.naam as "verwerktDoor", i.bundel_id as "bundelId", i.uitkomst as verzegeld, i.teruggenomen_op as "teruggenomenOp", t.naam as "teruggenomenDoor"`
const BRON = sql`platform.invoer i left join platform.gebruiker d on d.gebruiker_id = i.door
  left join platform.gebruiker v on v.gebruiker_id = i.verwerkt_door
  left join platform.gebruiker t on t.gebruiker_id = i.teruggenomen_door`

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

/** The files that were chosen together, in the order in which they are done; only those that the asker may see. */
export async function listVanBundel(ctx: Ctx, bundelId: number): Promise<Invoer[]> {
  const { rows } = await ctx.read(db =>
    sql<Rij>`
      select ${KOLOMMEN} from ${BRON} where i.bundel_id = ${bundelId} order by i.invoer_id`.execute(db),
  )
  return rows.map(rij => toInvoer(ctx, rij))
}

/** A name that was kept before names were looked at is not shown either. */
const toInvoer = (ctx: Ctx, { verzegeld, ...invoer }: Rij): Invoer => ({
  ...invoer,
  bestandsnaam: safeName(invoer.bestandsnaam),
  uitkomst: unseal(ctx, verzegeld),
})
