import { sql } from 'kysely'
import { audit } from '../audit.ts'
import { gebruikerIdOf } from '../auth/gebruikers.ts'
import { formatDatumKort } from '../dates.ts'
import { codeOf } from '../db/codes.ts'
import { takeTurn } from '../db/dubbel.ts'
import { findLaatste } from '../db/laatste.ts'
import { findRow, listWhere } from '../db/lijst.ts'
import { attempt } from '../db/savepoint.ts'
import type { Db, Tx } from '../db/tables.ts'
import type { Ctx } from '../http/ctx.ts'
import { Botsing, type Fout, invalid, notFound, Problem } from '../problem.ts'
import { formNames, type Keuzes, toInvoer, tryGegevens } from '../velden/formulier.ts'
import { listGaten } from './aaneen.ts'
import { countOnce, ernaAsRaakt, ernaStays, listErna } from './erna.ts'
import { findLetOp } from './letop.ts'
import { asRaakt, findMeegaand } from './meegaand.ts'
import { withOpgevolgd } from './opgevolgd.ts'
import { planChanges, type Wijziging } from './plan.ts'
import { findKomt, findRaakt, type Raak, Raaktiets, Raakverbod, signOf } from './raakt.ts'
import { keyOf, periodeOf, type Register, type Registerrij, type Rijgegevens, stemOf } from './register.ts'
import { Rijweigering, writeRows } from './wegschrijven.ts'

const NIET_OPGESLAGEN = 'Dit is niet opgeslagen'

/** Everything that stands in a register. */
export const listAll = (db: Db, { bron }: Register): Promise<Registerrij[]> => listWhere(db, bron)

/** What the fields that name another row can be. */
export async function loadKeuzes(db: Db, { keuzes }: Pick<Register, 'keuzes'>): Promise<Keuzes> {
  return (await keuzes?.(db)) ?? {}
}

/** All rows of one key, through time. */
export async function listStem(db: Db, { bron, periode }: Register, stam: string): Promise<Registerrij[]> {
  const eis =
    periode === undefined ? sql`${bron.sleutel} = ${stam}` : sql`starts_with(${bron.sleutel}, ${`${stam}~`})`
  return listWhere(db, bron, eis)
}

/** 'dit tarief' without the word that points at it. */
export const nounOf = ({ deze }: Pick<Register, 'deze'>) => deze.replace(/^\S+ /, '')

/** One row by its key. Throws 404. */
export async function loadRow(db: Db, { bron, deze }: Register, sleutel: string): Promise<Registerrij> {
  const rij = await findRow(db, bron, sleutel)
  if (rij === undefined) throw notFound(nounOf({ deze }))
  return rij
}

/**
 * One after the other, in all registers together: what is planned on what stands in them must still stand there when it is written, and
 * one is judged by another (a product by its segment, and a segment by its products). The first of the turns of a change (ADR 27).
 */
export async function takeRegisters(tx: Tx): Promise<void> {
  await takeTurn(tx, 'registers')
}

/**
 * For whatever waits for the turn of the registers, or for the messages that are being judged: in a place, so that connections are left
 * for others while a long file has it.
 */
export const writeInTurn = <T>(ctx: Ctx, fn: (tx: Tx) => Promise<T>): Promise<T> =>
  ctx.waiting(() => ctx.write(fn))

/** How a row is saved: by somebody who opened a form, or by a machine. */
export interface Opslag {
  /**
   * The version that a form was opened at. Without one the row must be new: what is there stays as it is. 'altijd': whatever is there,
   * as a machine puts a row by its key.
   */
  versie?: number | 'altijd'
  /** The row that the form was opened on, where its days can make it another. */
  van?: string
  /** What `Raaktiets` gave, once it was shown. */
  gezien?: Gezien
}

/** Whoever is no person is not asked whether it saw what its change touches; no text, that a form could send. */
export const ONGEVRAAGD = Symbol('ongevraagd')
export type Gezien = string | typeof ONGEVRAAGD

/**
 * Puts one row in, or changes the one that has this key. A row of another day of the same key ends the one before it; what must follow on
 * it goes with one that ends earlier (`listErna`). Throws 400
 * with every fault, `Raaktiets` until what it touches was seen, or `Botsing` when it was changed since `versie`. Answers its key, and
 * what is worth a look in it.
 */
export async function saveRow(
  ctx: Ctx,
  register: Register,
  gegevens: Rijgegevens,
  { versie, van = '', gezien }: Opslag = {},
): Promise<{ sleutel: string; letOp: string[] }> {
  const sleutel = keyOf(register, gegevens)
  return writeInTurn(ctx, async tx => {
    await takeRegisters(tx)
    // What hangs under what is only seen of all rows together.
    const bestaand =
      register.ouder === undefined
        ? await listStem(tx, register, stemOf(register, gegevens))
        : await listAll(tx, register)
    const nu = bestaand.find(rij => keyOf(register, rij) === sleutel)
    const geopend = van === '' || van === sleutel ? nu : bestaand.find(rij => keyOf(register, rij) === van)
    if (van !== '' && geopend === undefined) throw notFound(nounOf(register))
    // Who adds a row, or gives one another first day, means no row that is there.
    if (nu !== undefined && (versie === undefined || nu !== geopend)) throw new Bestaat(register, nu)
    if (geopend !== undefined && versie !== 'altijd' && geopend.versie !== versie)
      throw new Botsing(register.deze, geopend, await lastOf(tx, ctx, register, keyOf(register, geopend)))
    const plan = planChanges<Rijgegevens>(register, bestaand, [{ nummer: 0, gegevens }])
    const fouten = [
      ...(await readRules(tx, register))(gegevens),
      ...checkOvergeslagen(register, bestaand, { geopend, gegevens }),
    ]
    fouten.push(...plan.fouten.map(({ melding }) => ({ pad: `${register.periode ?? ''}Begin`, melding })))
    if (fouten.length > 0) throw invalid(NIET_OPGESLAGEN, fouten)
    const erna = gezien === ONGEVRAAGD ? [] : listErna(register, bestaand, { stond: nu, wordt: gegevens })
    const geraakt = await recordChanges(tx, ctx, register, [...plan.wijzigingen, ...erna]).catch(
      (fout: unknown) => {
        throw ernaStays(register, erna, fout) ?? fout
      },
    )
    const raakt = erna.length === 0 ? geraakt : [...ernaAsRaakt(register, erna), ...countOnce(geraakt)]
    const opgevolgd = await withOpgevolgd(tx, register, plan.wijzigingen)
    const letOp = (await findLetOp(tx, ctx, register, opgevolgd)).map(({ melding }) => melding)
    askFirst(
      raakt,
      signOf(ctx, register, { ...gegevens, letOp, erna: erna.map(({ oud }) => oud?.versie) }, raakt),
      { gezien, letOp },
    )
    return { sleutel, letOp }
  })
}

/**
 * A row that gets another first day stays before the one that follows it: what was opened would else begin again after something that
 * whoever opened it did not see.
 */
function checkOvergeslagen(
  register: Register,
  bestaand: readonly Registerrij[],
  { geopend, gegevens }: { geopend: Registerrij | undefined; gegevens: Rijgegevens },
): Fout[] {
  const [van, naar] = [geopend && periodeOf(register, geopend)?.begin, periodeOf(register, gegevens)?.begin]
  if (van === undefined || naar === undefined) return []
  const later = bestaand.flatMap(rij => periodeOf(register, rij)?.begin ?? []).filter(begin => begin > van)
  const [volgende] = later.sort()
  if (volgende === undefined || naar <= volgende) return []
  const melding = `Vanaf ${formatDatumKort(volgende)} geldt al iets anders. Open dat en wijzig het daar.`
  return [{ pad: `${register.periode}Begin`, melding }]
}

/**
 * Says everything that is wrong with a row, by the rule of each field, what can be chosen and what goes over more of them. Read with the
 * turn: what a row names may have gone since it was read.
 */
export async function readRules(
  tx: Tx,
  register: Register,
): Promise<(gegevens: Rijgegevens) => readonly Fout[]> {
  const { velden } = register
  const keuzes = await loadKeuzes(tx, register)
  const ook = (await register.regels?.(tx)) ?? (() => [])
  return gegevens => tryGegevens(velden, toInvoer(velden, gegevens), { keuzes, ook }).fouten
}

/** Throws `Raaktiets`, which undoes it, unless who does it saw what it touches and what is worth a look, or there is nothing of both. */
export function askFirst(
  raakt: readonly Raak[],
  teken: string,
  { gezien, letOp = [] }: { gezien: Gezien | undefined; letOp?: readonly string[] },
): void {
  if (raakt.length + letOp.length === 0 || gezien === ONGEVRAAGD || gezien === teken) return
  throw new Raaktiets(raakt, teken, letOp)
}

/** 400: whoever adds a row does not mean to change another, so it is no collision: a second try must not overwrite it either. */
export class Bestaat extends Problem {
  constructor({ sleutel, velden, deze }: Register, nu: Registerrij) {
    const [naam = ''] = sleutel
    const veld = velden[naam]
    const wat = typeof nu.naam === 'string' ? `‘${nu.naam}’` : deze
    super(400, 'ongeldige-invoer', NIET_OPGESLAGEN, undefined, [
      {
        pad: (veld && formNames(naam, veld)[0]) ?? naam,
        melding: `Dit bestaat al. Open ${wat} en wijzig het daar.`,
      },
    ])
  }
}

export const lastOf = (tx: Tx, ctx: Ctx, { naam }: Pick<Register, 'naam'>, sleutel: string) =>
  findLaatste(tx, ctx, ['platform.wijziging', { register: naam, sleutel }])

/**
 * Writes changes and keeps what stood there before; answers what leans on the rows that changed. First what goes and what becomes shorter,
 * then what comes: periods of one key never overlap in between. Call it with the turn of the registers. Throws `Raakverbod` with what
 * would become untrue, or `Rijweigering` when the database refuses a row.
 */
export async function recordChanges(
  tx: Tx,
  ctx: Ctx,
  register: Register,
  wijzigingen: readonly Wijziging<Rijgegevens>[],
  { invoerId = null, terug = null }: Waardoor = {},
): Promise<Raak[]> {
  // Before the first row is written, so that nobody who is held up by that keeps us waiting. On what only comes nothing leans yet, but
  // what is counted by it does change.
  if (wijzigingen.some(({ oud }) => oud !== null || register.volgt !== undefined))
    await register.houdStil?.(tx)
  const volg = await register.volgt?.(
    tx,
    wijzigingen.flatMap(({ oud, nieuw }) => [oud, nieuw].filter(rij => rij !== null)),
  )
  // What was built on a file keeps it from being taken back; it does not end with it.
  const gangen = terug === null ? await findMeegaand(tx, register, wijzigingen) : []
  const mee = gangen.flatMap(gang => gang.wijzigingen)
  const gaten = await listGaten(tx, register, wijzigingen)
  const bewaking = await register.bewaakt?.(tx, wijzigingen)
  const geschreven = await attempt(tx, async () => {
    if (register.meegaand !== undefined) await writeRows(tx, register.meegaand.register, mee)
    await writeRows(tx, register, wijzigingen)
  })
  const raakt = [
    ...asRaakt(register, gangen),
    ...(await findRaakt(tx, register, wijzigingen, { sinds: terug, mee })),
  ]
  // Beside what else it stands is only seen once it is written.
  const strijdig = geschreven.gelukt ? await listStrijdig(tx, register, wijzigingen) : []
  // What leans on the rows may have said it already.
  const gezegd = raakt.some(({ inwoners = false, verbod }) => inwoners && verbod !== undefined)
  const onwaar = geschreven.gelukt && !gezegd ? ((await bewaking?.()) ?? []) : []
  const verboden = [...raakt, ...gaten, ...strijdig, ...onwaar].filter(({ verbod }) => verbod !== undefined)
  if (verboden.length > 0) throw new Raakverbod(register, wijzigingen, verboden)
  if (!geschreven.gelukt) throw geschreven.fout
  // What is undone was for it before: who asks to undo one change is told apart (`undoLast`).
  if (terug === null) raakt.push(...(await findKomt(tx, register, wijzigingen)))
  await volg?.()
  if (register.meegaand !== undefined) await keepHistory(tx, ctx, register.meegaand.register, mee, invoerId)
  await keepHistory(tx, ctx, register, wijzigingen, invoerId)
  return raakt
}

/** By what rows change; by a form or a machine unless said. */
interface Waardoor {
  /** By a file. */
  invoerId?: number | null
  /** By undoing what was done then. */
  terug?: Date | null
}

/** Why rows cannot stand beside others. */
async function listStrijdig(
  tx: Tx,
  register: Register,
  wijzigingen: readonly Wijziging<Rijgegevens>[],
): Promise<Pick<Raak, 'sleutel' | 'verbod'>[]> {
  // Also of what goes: what is left may not fit without it.
  const rijen = wijzigingen.map(({ sleutel, oud, nieuw }) => ({ ...(nieuw ?? oud), sleutel }))
  if (register.strijdig === undefined || rijen.length === 0) return []
  return (await register.strijdig(tx, rijen)).map(({ sleutel, reden }) => ({ sleutel, verbod: reden }))
}

/** What stood there before, what stands there now, and that it was done. */
async function keepHistory(
  tx: Tx,
  ctx: Ctx,
  { velden, naam, grond }: Register,
  wijzigingen: readonly Wijziging<Rijgegevens>[],
  invoerId: number | null,
): Promise<void> {
  if (wijzigingen.length === 0) return
  const log = wijzigingen.map(w => ({
    sleutel: w.sleutel,
    oud: only(velden, w.oud),
    nieuw: only(velden, w.nieuw),
    ongedaan: w.ongedaan ?? null,
  }))
  await sql`
    insert into platform.wijziging (register, sleutel, oud, nieuw, op, door, invoer_id, ongedaan)
    select ${naam}, w.sleutel, w.oud, w.nieuw, ${ctx.nu}, ${gebruikerIdOf(ctx.wie)}, ${invoerId}, w.ongedaan
    from jsonb_to_recordset(${JSON.stringify(log)}::jsonb) as w (sleutel text, oud jsonb, nieuw jsonb, ongedaan bigint)`.execute(
    tx,
  )
  await audit(tx, ctx, 'register.gewijzigd', grond, {
    register: naam,
    aantal: wijzigingen.length,
    ...(invoerId === null ? {} : { invoer: invoerId }),
  })
}

const GEBRUIKT =
  'Er is al iets op gebouwd, zoals een contract, een tarief of een toewijzing, of wat verder bij dit gegeven hoort. Haal dat eerst weg.'

/** 409 when something hangs on what would go; any other fault stays what it is. */
export function inUse(fout: unknown, titel: string, uitleg = GEBRUIKT): unknown {
  const code = codeOf(fout instanceof Rijweigering ? fout.cause : fout)
  if (code !== '23503' && code !== '23001') return fout
  return new Problem(409, 'in-gebruik', titel, uitleg)
}

/** The fields of a row, without what it was read with. */
function only(velden: object, rij: object | null): object | null {
  if (rij === null) return null
  const waarden = rij as Record<string, unknown>
  return Object.fromEntries(Object.keys(velden).map(naam => [naam, waarden[naam] ?? null]))
}
