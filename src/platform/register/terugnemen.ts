import { type RawBuilder, sql } from 'kysely'
import { findRow } from '../db/lijst.ts'
import { attempt } from '../db/savepoint.ts'
import type { Tx } from '../db/tables.ts'
import type { Ctx } from '../http/ctx.ts'
import { Botsing, Problem } from '../problem.ts'
import type { Wijziging } from './plan.ts'
import { findRaakt, type Raak, signOf } from './raakt.ts'
import type { Register, Rijgegevens } from './register.ts'
import { askFirst, inUse, lastOf, loadRow, recordChanges, takeRegisters, writeInTurn } from './rijen.ts'

/**
 * Undoes changes to rows of a register, and to what went along with them. `welke`: a condition on changes `w`, of one transaction. Call it
 * with the turn of the registers; answers what leans on what becomes of it. Throws 409 when a row was changed after it, or when something
 * was built on it.
 */
export async function takeBack(
  tx: Tx,
  ctx: Ctx,
  register: Register,
  welke: RawBuilder<unknown>,
): Promise<Raak[]> {
  const { rows } = await sql<Omgekeerd>`
    select w.register, w.sleutel, w.nieuw as oud, w.oud as nieuw, null::integer as nummer, exists (
      select from platform.wijziging l where l.register = w.register and l.sleutel = w.sleutel
        and l.wijziging_id > w.wijziging_id) as later, coalesce(i.verwerkt_op, w.op) as gedaan
    from platform.wijziging w left join platform.invoer i using (invoer_id) where ${welke}
    order by w.wijziging_id desc`.execute(tx)
  const later = rows.filter(rij => rij.later)
  if (later.length > 0) throw changedLater(later.map(rij => rij.sleutel))
  const raakt: Raak[] = []
  // First its own rows: what ended with them comes back in the time that they get back.
  for (const deze of [register, register.meegaand?.register]) {
    if (deze === undefined) continue
    const eigen = rows.filter(rij => rij.register === deze.naam)
    const regel = await deze.regels?.(tx)
    for (const { sleutel, nieuw } of eigen)
      for (const { melding } of (nieuw && regel?.(nieuw)) ?? []) throw fitsNoMore(sleutel, melding)
    const terug = eigen[0]?.gedaan ?? new Date(0)
    const gedaan = await attempt(tx, () => recordChanges(tx, ctx, deze, eigen, { terug }))
    if (!gedaan.gelukt) throw inUse(gedaan.fout, 'Dit kan niet meer worden teruggenomen')
    // What leans on its own rows is told once all stands again: what came back with them does not stay behind.
    if (deze !== register) raakt.push(...gedaan.waarde)
  }
  const eigen = rows.filter(rij => rij.register === register.naam)
  return [...(await findRaakt(tx, register, eigen, eigen[0]?.gedaan)), ...raakt]
}

type Omgekeerd = Wijziging<Rijgegevens> & { register: string; later: boolean; gedaan: Date | null }

/** What a row was before may not fit in what other registers say by now. */
function fitsNoMore(sleutel: string, melding: string): Problem {
  const detail = `${sleutel.replaceAll('~', ', ')} zou weer worden zoals het was, en dat past niet meer bij de rest. ${melding}`
  return new Problem(409, 'in-gebruik', 'Dit kan niet meer worden teruggenomen', detail)
}

function changedLater(sleutels: readonly string[]): Problem {
  const eerste = sleutels.slice(0, 5).join(', ')
  return new Problem(
    409,
    'later-gewijzigd',
    'Dit kan niet meer worden teruggenomen',
    `Daarna is er verder gewerkt: ${eerste}${sleutels.length > 5 ? ` en nog ${sleutels.length - 5}` : ''}.`,
  )
}

/**
 * Undoes the last change to a row that was not made by a file, with all that went along: also where it began another period, or ended
 * prices. Answers whether the row is still there. Throws 404, `Botsing` when that was not the last, `Raaktiets` until what it touches was
 * seen, or 409 when something was built on it, or a file did it.
 */
export async function undoLast(
  ctx: Ctx,
  register: Register,
  doel: { sleutel: string; versie: number; gezien?: string },
): Promise<boolean> {
  return writeInTurn(ctx, async tx => {
    await takeRegisters(tx)
    const nu = await loadRow(tx, register, doel.sleutel)
    if (nu.versie !== doel.versie)
      throw new Botsing(register.deze, nu, await lastOf(tx, ctx, register, doel.sleutel))
    const raakt = await takeBack(
      tx,
      ctx,
      register,
      sql`
      (w.samen, w.op) = (select l.samen, l.op from platform.wijziging l where l.wijziging_id = ${doel.versie} and l.invoer_id is null)`,
    )
    askFirst(raakt, signOf(ctx, register, { ongedaan: doel.versie }, raakt), { gezien: doel.gezien })
    return (await findRow(tx, register.bron, doel.sleutel)) !== undefined
  })
}
