import { addDays, formatDatumKort } from '../dates.ts'
import { attempt } from '../db/savepoint.ts'
import type { Ctx } from '../http/ctx.ts'
import { Botsing } from '../problem.ts'
import { capital } from '../ui/invoer.ts'
import { signOf } from './raakt.ts'
import { periodeOf, type Register, type Sleutelregels, stemOf } from './register.ts'
import {
  askFirst,
  type Gezien,
  inUse,
  lastOf,
  listStem,
  loadRow,
  recordChanges,
  takeRegisters,
  writeInTurn,
} from './rijen.ts'

/**
 * Takes a row out that nothing hangs on, and answers what is worth a look in that. Throws 404, `Botsing`, `Raaktiets` until it was
 * seen, or 409 `in-gebruik`.
 */
export async function removeRow(
  ctx: Ctx,
  register: Register,
  doel: { sleutel: string; versie: number; gezien?: Gezien | undefined },
): Promise<{ letOp: string[] }> {
  return writeInTurn(ctx, async tx => {
    await takeRegisters(tx)
    const oud = await loadRow(tx, register, doel.sleutel)
    if (oud.versie !== doel.versie)
      throw new Botsing(register.deze, oud, await lastOf(tx, ctx, register, doel.sleutel))
    const gat = sayGat(register, await listStem(tx, register, stemOf(register, oud)), oud)
    const letOp = gat === undefined ? [] : [gat]
    const weg = [{ sleutel: doel.sleutel, nummer: null, oud, nieuw: null }]
    const gedaan = await attempt(tx, () => recordChanges(tx, ctx, register, weg))
    if (!gedaan.gelukt) throw inUse(gedaan.fout, `${capital(register.deze)} wordt nog gebruikt`)
    askFirst(gedaan.waarde, signOf(ctx, register, { weg: doel.sleutel, letOp }, gedaan.waarde), {
      gezien: doel.gezien,
      letOp,
    })
    return { letOp }
  })
}

/**
 * The days that a row leaves without an answer, in a sentence: what held before it goes on ending where it began. Undefined where nothing
 * did. `rijen`: all of its key.
 */
export function sayGat(register: Sleutelregels, rijen: readonly object[], weg: object): string | undefined {
  const dagen = periodeOf(register, weg)
  if (dagen === undefined) return undefined
  const tot = addDays(dagen.begin, -1)
  if (!rijen.some(rij => periodeOf(register, rij)?.eind === tot)) return undefined
  const [begin, eind] = [formatDatumKort(dagen.begin), dagen.eind && formatDatumKort(dagen.eind)]
  const wanneer = eind === null ? `Vanaf ${begin}` : `Van ${begin} tot en met ${eind}`
  return `${wanneer} geldt er dan niets. Wat ervoor gold, eindigt op ${formatDatumKort(tot)}. Wilt u dat het doorloopt, maak dan de wijziging ongedaan of geef het een latere laatste dag.`
}
