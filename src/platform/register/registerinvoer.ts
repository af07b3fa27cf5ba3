import { sql } from 'kysely'
import { attempt } from '../db/savepoint.ts'
import type { Db, Tx } from '../db/tables.ts'
import type { Ctx } from '../http/ctx.ts'
import { Problem } from '../problem.ts'
import { type Blad, readBlad } from './bladbestand.ts'
import { type Invoersoort, markOf, TOON_FOUTEN, type Uitkomst, type Voorbeeld } from './invoer.ts'
import { readRijenSaid } from './kolommen.ts'
import { findLetOp, toLetOpOfRows } from './letop.ts'
import { planChanges, type Wijziging } from './plan.ts'
import { type Raak, Raakverbod, sayRaakt, sumRaakt } from './raakt.ts'
import { type Register, type Rijgegevens, stemOf } from './register.ts'
import { inUse, listAll, loadKeuzes, recordChanges, takeRegisters } from './rijen.ts'
import { kindOf, toVoorbeelden } from './voorbeelden.ts'
import { Rijweigering } from './wegschrijven.ts'

/** The file of a register: its rows, each new, changed or the same. */
export function invoerVan(register: Register): Invoersoort {
  return {
    naam: register.naam,
    recht: register.rechten.schrijven,
    velden: register.velden,
    lees: readBlad,
    async doe(tx, ctx, blad, invoerId) {
      await takeRegisters(tx)
      const { uitkomst, wijzigingen } = await plan(tx, ctx, register, blad)
      if (uitkomst.aantalFouten > 0) return uitkomst
      await ctx.meld({ wat: '', gedaan: blad.rijen.length, van: blad.rijen.length })
      const gedaan = await attempt(tx, () => recordChanges(tx, ctx, register, wijzigingen, { invoerId }))
      if (!gedaan.gelukt) return withRefusal(uitkomst, register, wijzigingen, gedaan.fout)
      const letOp = toLetOpOfRows(register, wijzigingen, await findLetOp(tx, register, wijzigingen))
      return { ...withRaakt(uitkomst, gedaan.waarde), ...(letOp && { letOp }) }
    },
    neemTerug: (tx, ctx, invoerId) => takeBack(tx, ctx, register, invoerId),
    telTerug: true,
  }
}

/** What it touches: of all rows together, and in words of each that is shown. */
function withRaakt(uitkomst: Uitkomst, raakt: readonly Raak[]): Uitkomst {
  if (raakt.length === 0) return uitkomst
  const perRij = Map.groupBy(raakt, ({ sleutel }) => sleutel)
  const voorbeelden = uitkomst.voorbeelden.map(voorbeeld => {
    // A row that ends because it begins stands on its line.
    const { sleutel, volgtOp } = voorbeeld
    const eigen = [sleutel, ...(volgtOp?.eindigt ? [volgtOp.sleutel] : [])].flatMap(s => perRij.get(s) ?? [])
    return eigen.length === 0 ? voorbeeld : { ...voorbeeld, raakt: sumRaakt(eigen).map(sayRaakt).join('; ') }
  })
  return { ...uitkomst, voorbeelden, raakt: { rijen: perRij.size, soorten: sumRaakt(raakt) } }
}

/** What only the database knows is a fault of the file as any other. Throws what says nothing about a row. */
function withRefusal(
  uitkomst: Uitkomst,
  register: Register,
  wijzigingen: readonly Wijziging<Rijgegevens>[],
  fout: unknown,
): Uitkomst {
  if (fout instanceof Rijweigering) {
    const { nummer, melding } = fout
    return { ...uitkomst, aantalFouten: 1, fouten: [{ nummer, melding }] }
  }
  if (!(fout instanceof Raakverbod)) throw fout
  // A row that ends because another begins stands in no row of the file: the one that begins does.
  const nummers = new Map(
    wijzigingen.flatMap(({ nummer, nieuw }) =>
      nummer === null || nieuw === null ? [] : [[stemOf(register, nieuw), nummer]],
    ),
  )
  const nummerVan = ({ nummer, oud }: Wijziging<Rijgegevens>) =>
    nummer ?? (oud === null ? null : (nummers.get(stemOf(register, oud)) ?? null))
  const fouten = wijzigingen
    .flatMap(wijziging => {
      const melding = fout.redenen.get(wijziging.sleutel)
      return melding === undefined ? [] : [{ nummer: nummerVan(wijziging), melding }]
    })
    .sort((a, b) => (a.nummer ?? 0) - (b.nummer ?? 0))
  return { ...uitkomst, aantalFouten: fouten.length, fouten: fouten.slice(0, TOON_FOUTEN) }
}

/** Throws 409 when a row was changed after it, or when something was built on it. */
async function takeBack(tx: Tx, ctx: Ctx, register: Register, invoerId: number): Promise<Raak[]> {
  await takeRegisters(tx)
  const { rows } = await sql<Omgekeerd>`
    select w.register, w.sleutel, w.nieuw as oud, w.oud as nieuw, null::integer as nummer, exists (
      select from platform.wijziging l where l.register = w.register and l.sleutel = w.sleutel
        and l.wijziging_id > w.wijziging_id) as later, i.verwerkt_op as "verwerktOp"
    from platform.wijziging w join platform.invoer i using (invoer_id) where w.invoer_id = ${invoerId}
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
    const terug = eigen[0]?.verwerktOp ?? new Date(0)
    const gedaan = await attempt(tx, () => recordChanges(tx, ctx, deze, eigen, { terug }))
    if (!gedaan.gelukt) throw inUse(gedaan.fout, 'Dit kan niet meer worden teruggenomen')
    raakt.push(...gedaan.waarde)
  }
  return raakt
}

type Omgekeerd = Wijziging<Rijgegevens> & { register: string; later: boolean; verwerktOp: Date | null }

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
    `Na dit bestand is er verder gewerkt: ${eerste}${sleutels.length > 5 ? ` en nog ${sleutels.length - 5}` : ''}.`,
  )
}

/** What must change for this sheet, and that in words. */
async function plan(db: Db, ctx: Ctx, register: Register, blad: Blad) {
  const keuzes = await loadKeuzes(db, register)
  const regel = (await register.regels?.(db)) ?? (() => [])
  const bestaand = await listAll(db, register)
  const gelezen = await readRijenSaid(ctx, register, blad, { keuzes, regel, bestaand })
  const gepland = planChanges<Rijgegevens>(register, bestaand, gelezen.rijen)
  const { wijzigingen, gelijk } = gepland
  const fouten = [...gelezen.fouten, ...gepland.fouten].sort((a, b) => (a.nummer ?? 0) - (b.nummer ?? 0))
  const soorten = wijzigingen.map(kindOf)
  const tel = (soort: Voorbeeld['soort']) => soorten.filter(s => s === soort).length
  const samengevat = register.samengevat?.(wijzigingen)
  const uitkomst: Uitkomst = {
    rijen: blad.rijen.length,
    nieuw: tel('nieuw'),
    gewijzigd: tel('gewijzigd'),
    afgesloten: tel('afgesloten'),
    gelijk,
    // What was changed by hand since the trial changes it.
    teken: markOf(wijzigingen.map(({ sleutel, oud, nieuw }) => [sleutel, oud, nieuw])),
    onbekend: gelezen.onbekend,
    aantalFouten: fouten.length,
    fouten: fouten.slice(0, TOON_FOUTEN),
    voorbeelden: toVoorbeelden(register, keuzes, wijzigingen),
    ...(samengevat && { samengevat }),
  }
  return { uitkomst, wijzigingen }
}
