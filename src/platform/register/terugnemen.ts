import { type RawBuilder, sql } from 'kysely'
import { findRow, listWhere } from '../db/lijst.ts'
import { attempt } from '../db/savepoint.ts'
import type { Db, Tx } from '../db/tables.ts'
import type { Ctx } from '../http/ctx.ts'
import { Botsing, notFound, Problem } from '../problem.ts'
import { capital } from '../ui/invoer.ts'
import { isSameRow } from './gelijk.ts'
import { findLetOp } from './letop.ts'
import { foldOmgekeerd, listBack, type Omgekeerd, sayLater } from './omgekeerd.ts'
import { findRings } from './plan.ts'
import { findKomt, findRaakt, type Raak, Raakverbod, signOf } from './raakt.ts'
import { keyOf, type Register, type Registerrij, type Rijgegevens, sayRow } from './register.ts'
import {
  askFirst,
  inUse,
  lastOf,
  listAll,
  nounOf,
  readRules,
  recordChanges,
  takeRegisters,
  writeInTurn,
} from './rijen.ts'
import { Rijweigering } from './wegschrijven.ts'

/** What is to be seen of an undoing: what leans on what becomes of it, and what is worth a look in it. */
export interface Teruggang {
  raakt: Raak[]
  letOp: string[]
}

/**
 * Takes back what a file did to rows of a register, and to what went along with them. Call it with the turn of the registers. Throws 409
 * when a row does not stand as the file left it, when what it was does not fit by now, or when something was built on it.
 */
export async function takeBack(tx: Tx, ctx: Ctx, register: Register, invoerId: number): Promise<Teruggang> {
  const rijen = await listOmgekeerd(tx, register, sql`w.invoer_id = ${invoerId}`)
  const waarom = await findWhyNot(tx, register, rijen)
  if (waarom !== undefined) throw refusal(waarom)
  return reverse(tx, ctx, register, rijen)
}

/**
 * Undoes the last change to a row that still counts, with all that went along: also where it began another period, ended prices or took
 * the row out. Answers whether the row is there. Throws 404, `Botsing` when it was changed since it was looked at, `Raaktiets` until what
 * it touches was seen, or 409 when it cannot be undone here, with why.
 */
export async function undoLast(
  ctx: Ctx,
  register: Register,
  doel: { sleutel: string; versie: number; gezien?: string },
): Promise<boolean> {
  return writeInTurn(ctx, async tx => {
    await takeRegisters(tx)
    await demandVersie(tx, ctx, register, doel)
    const stap = await findUndo(tx, register, doel.sleutel)
    if ('waarom' in stap) throw refusal(stap.waarom)
    const { raakt: geraakt, letOp } = await reverse(tx, ctx, register, stap.rijen)
    const eigen = stap.rijen.filter(rij => rij.register === register.naam)
    const raakt = [...geraakt, ...(await findKomt(tx, register, eigen))]
    const teken = signOf(ctx, register, { ongedaan: doel.versie, letOp }, raakt)
    askFirst(raakt, teken, { gezien: doel.gezien, letOp })
    return (await findRow(tx, register.bron, doel.sleutel)) !== undefined
  })
}

async function demandVersie(
  tx: Tx,
  ctx: Ctx,
  register: Register,
  { sleutel, versie }: { sleutel: string; versie: number },
): Promise<void> {
  const nu = await findRow(tx, register.bron, sleutel)
  const laatste = nu?.versie ?? (await lastVersion(tx, register, sleutel))
  if (nu === undefined && laatste === 0) throw notFound(nounOf(register))
  if (laatste === versie) return
  if (nu === undefined)
    throw new Problem(
      409,
      'in-gebruik',
      'Dit is intussen verwijderd',
      'Hieronder staat wanneer, en door wie.',
    )
  throw new Botsing(register.deze, nu, await lastOf(tx, ctx, register, sleutel))
}

/** The number of the last change to a row, also of one that is not there any more; 0 when there was none. */
async function lastVersion(db: Db, { naam }: Register, sleutel: string): Promise<number> {
  const { rows } = await sql<{ versie: number }>`
    select coalesce(max(wijziging_id), 0) as versie from platform.wijziging
    where register = ${naam} and sleutel = ${sleutel}`.execute(db)
  return rows[0]?.versie ?? 0
}

/**
 * What undoing would do to a row that somebody changed by hand, or why it cannot be undone at its page. Undone is the last change that
 * still counts: an undoing does not, nor what it undid, so that what was undone never comes back by the same button.
 */
export async function findUndo(
  db: Db,
  register: Register,
  sleutel: string,
): Promise<{ rijen: Omgekeerd[] } | Kanniet> {
  const { rows } = await sql<{ samen: string; op: Date; invoerId: number | null }>`
    select w.samen::text as samen, w.op, w.invoer_id as "invoerId" from platform.wijziging w
    where w.register = ${register.naam} and w.sleutel = ${sleutel} and w.ongedaan is null and not exists (
      select from platform.wijziging v join platform.wijziging u on u.ongedaan = v.wijziging_id
      where (v.register, v.sleutel, v.samen, v.op) = (w.register, w.sleutel, w.samen, w.op)
        and v.invoer_id is not distinct from w.invoer_id)
    order by w.wijziging_id desc limit 1`.execute(db)
  const [laatste] = rows
  if (laatste === undefined) return NIETS
  const { samen, op, invoerId } = laatste
  if (invoerId !== null)
    return {
      waarom: `Dit kwam met bestand ${invoerId}. Neem dat bestand terug, of wijzig het hier.`,
      zeg: false,
    }
  const rijen = await listOmgekeerd(db, register, sql`(w.samen, w.op) = (${samen}::bigint, ${op})`)
  // What was changed and changed back at once came to nothing.
  if (rijen.length === 0) return NIETS
  const waarom = await findWhyNot(db, register, rijen)
  return waarom === undefined ? { rijen } : { waarom, zeg: true }
}

const NIETS = { waarom: 'Er is hier niets dat ongedaan kan worden gemaakt.', zeg: false }

/** Why nothing can be undone; `zeg`: somebody changed it by hand, and would look here for the way back. */
interface Kanniet {
  waarom: string
  zeg: boolean
}

/** A register with that of which rows go along. */
const partsOf = (register: Register): Register[] =>
  [register, register.meegaand?.register].filter(deel => deel !== undefined)

/** Changes turned around, newest first. `welke`: a condition on changes `w`, all of one transaction. */
async function listOmgekeerd(db: Db, register: Register, welke: RawBuilder<unknown>): Promise<Omgekeerd[]> {
  const { rows } = await sql<Omgekeerd>`
    select w.register, w.sleutel, w.nieuw as oud, w.oud as nieuw, null::integer as nummer, w.wijziging_id as ongedaan,
      coalesce(i.verwerkt_op, w.op) as gedaan
    from platform.wijziging w left join platform.invoer i using (invoer_id) where ${welke}
    order by w.wijziging_id desc`.execute(db)
  const velden = Object.fromEntries(partsOf(register).map(deel => [deel.naam, deel.velden]))
  return foldOmgekeerd(velden, rows)
}

/** Why changes cannot be undone: they went along with another, or a row does not stand now as they left it. Whatever happened between. */
async function findWhyNot(
  db: Db,
  register: Register,
  rijen: readonly Omgekeerd[],
): Promise<string | undefined> {
  const delen = partsOf(register)
  const elders = rijen.find(rij => delen.every(({ naam }) => naam !== rij.register))
  if (elders !== undefined)
    return `Dit veranderde mee met een wijziging bij ${elders.register}. Maak die daar ongedaan.`
  const anders = []
  for (const deel of delen) {
    const eigen = rijen.filter(rij => rij.register === deel.naam)
    const nu = await mapRows(db, deel, eigen)
    for (const rij of eigen) {
      const stand = nu.get(rij.sleutel) ?? null
      if (!isSameRow(deel, stand, rij.oud)) anders.push({ register: deel, rij, nu: stand })
    }
  }
  return anders.length === 0 ? undefined : sayLater(anders)
}

/** The rows of these keys that are there, by their keys. */
async function mapRows(
  db: Db,
  register: Register,
  rijen: readonly { sleutel: string }[],
): Promise<Map<string, Registerrij>> {
  if (rijen.length === 0) return new Map()
  const { bron } = register
  const rows = await listWhere(db, bron, sql`${bron.sleutel} = any (${rijen.map(r => r.sleutel)})`)
  return new Map(rows.map(rij => [keyOf(register, rij), rij]))
}

async function reverse(tx: Tx, ctx: Ctx, register: Register, alle: readonly Omgekeerd[]): Promise<Teruggang> {
  const delen = partsOf(register).flatMap(deel => {
    const rijen = alle.filter(rij => rij.register === deel.naam)
    return rijen.length === 0 ? [] : [{ deel, rijen }]
  })
  const raakt: Raak[] = []
  // First its own rows: what ended with them comes back in the time that they get back.
  for (const { deel, rijen } of delen) {
    await demandFits(tx, deel, rijen)
    const terug = rijen[0]?.gedaan ?? new Date(0)
    const gedaan = await attempt(tx, () => recordChanges(tx, ctx, deel, rijen, { terug }))
    if (!gedaan.gelukt) throw asRefusal(gedaan.fout)
    await demandStands(tx, deel, rijen)
    // What leans on its own rows is told once all stands again: what came back with them does not stay behind.
    if (deel !== register || delen.length === 1) raakt.push(...gedaan.waarde)
  }
  const eigen = delen.find(({ deel }) => deel === register)?.rijen ?? []
  const gaan =
    delen.length === 1 ? [] : await findRaakt(tx, register, eigen, { sinds: eigen[0]?.gedaan ?? null })
  const letOp = await findLetOp(tx, ctx, register, eigen)
  return {
    raakt: [...asBack(register, alle), ...gaan, ...raakt],
    letOp: [...new Set(letOp.map(({ melding }) => melding))],
  }
}

/** What ended with rows comes back with them, and is counted as that. */
function asBack({ naam, meegaand }: Register, rijen: readonly Omgekeerd[]): Raak[] {
  const aantal = listBack(rijen.filter(rij => rij.register !== naam)).length
  if (meegaand === undefined || aantal === 0) return []
  return [{ sleutel: rijen.find(rij => rij.register === naam)?.sleutel ?? '', naam: meegaand.terug, aantal }]
}

/** What comes back is held against what can be chosen today, as what somebody types is. Throws 409 with what does not fit. */
async function demandFits(tx: Tx, register: Register, rijen: readonly Omgekeerd[]): Promise<void> {
  const terug = rijen.flatMap(({ nieuw, sleutel }) => (nieuw === null ? [] : [{ sleutel, nieuw }]))
  if (terug.length === 0) return
  const rules = await readRules(tx, register)
  for (const { nieuw } of terug) {
    const fouten = rules(nieuw)
    if (fouten.length > 0) throw fitsNoMore(register, nieuw, fouten.map(({ melding }) => melding).join(' '))
  }
  if (register.ouder === undefined) return
  const straks = new Map(
    (await listAll(tx, register)).map(rij => [
      keyOf(register, rij),
      { nummer: null as number | null, gegevens: rij as Rijgegevens },
    ]),
  )
  for (const { sleutel } of rijen) straks.delete(sleutel)
  for (const [nummer, { sleutel, nieuw }] of terug.entries()) straks.set(sleutel, { nummer, gegevens: nieuw })
  const [ring] = findRings(register, straks)
  if (ring !== undefined) throw fitsNoMore(register, terug[ring.nummer ?? 0]?.nieuw ?? {}, ring.melding)
}

/** Nothing is said to be undone that is not: each row stands as it stood before. Throws 409. */
async function demandStands(tx: Tx, register: Register, rijen: readonly Omgekeerd[]): Promise<void> {
  const nu = await mapRows(tx, register, rijen)
  for (const { sleutel, oud, nieuw } of rijen)
    if (!isSameRow(register, nu.get(sleutel) ?? null, nieuw))
      throw fitsNoMore(register, nieuw ?? oud ?? {}, 'Wijzig het zelf zoals het moet worden.')
}

const KAN_NIET = 'Dit kan niet meer worden teruggenomen'

/** On the page of the row or of the file, which then does not offer it once more. */
const refusal = (detail: string) => new Problem(409, 'in-gebruik', KAN_NIET, detail)

/** What a row was before may not fit in what stands around it by now. */
const fitsNoMore = (register: Register, rij: object, melding: string) =>
  refusal(
    `${capital(sayRow(register, rij))} zou weer worden zoals het was, en dat past niet meer bij de rest. ${melding}`,
  )

/** Why rows could not be written, in words: who undoes typed nothing that could be put right. What says nothing about a row stays. */
function asRefusal(fout: unknown): unknown {
  const inGebruik = inUse(fout, KAN_NIET)
  if (inGebruik !== fout) return inGebruik
  if (fout instanceof Raakverbod)
    return refusal(fout.detail ?? `${capital(fout.wie)}: ${fout.fouten.map(f => f.melding).join(' ')}`)
  if (!(fout instanceof Rijweigering)) return fout
  return refusal([...new Set(fout.rijen.map(({ melding }) => melding))].join(' '))
}
