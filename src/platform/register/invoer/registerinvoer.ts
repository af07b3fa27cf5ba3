import { attempt } from '../../db/savepoint.ts'
import type { Db, Tx } from '../../db/tables.ts'
import type { Ctx } from '../../http/ctx.ts'
import { type Blad, readBlad } from '../bladen/bladbestand.ts'
import { findLetOp, type Rijopmerking, toLetOpOfRows } from '../letop.ts'
import { withOpgevolgd } from '../opgevolgd.ts'
import { planChanges, type Rijfout, type Wijziging } from '../plan.ts'
import { type Raak, Raakverbod, sayRaakt, sumRaakt } from '../raakt.ts'
import { type Register, type Rijgegevens, stemOf } from '../register.ts'
import { listAll, loadKeuzes, recordChanges, takeRegisters } from '../rijen.ts'
import { takeBack } from '../terugnemen.ts'
import { kindOf, toVoorbeelden } from '../voorbeelden.ts'
import { Rijweigering, writeRows } from '../wegschrijven.ts'
import { type Invoersoort, markOf, TOON_FOUTEN, type Uitkomst, type Voorbeeld } from './invoer.ts'
import { readRijenSaid } from './kolommen.ts'
import { changeColumns, listRegels } from './regels.ts'

/** The file of a register: its rows, each new, changed or the same. */
export function invoerVan(register: Register): Invoersoort {
  return {
    naam: register.naam,
    recht: register.rechten.schrijven,
    velden: register.velden,
    lees: readBlad,
    async doe(tx, ctx, blad, invoerId) {
      await takeRegisters(tx)
      const gepland = await plan(tx, ctx, register, blad)
      const { uitkomst, wijzigingen } = gepland
      if (uitkomst.aantalFouten > 0)
        return withLetOp(uitkomst, register, gepland, await tryLetOp(tx, ctx, register, gepland))
      await ctx.meld({ wat: '', gedaan: blad.rijen.length, van: blad.rijen.length })
      const gedaan = await attempt(tx, () => recordChanges(tx, ctx, register, wijzigingen, { invoerId }))
      if (gedaan.gelukt)
        return withLetOp(
          withRaakt(uitkomst, gedaan.waarde),
          register,
          gepland,
          await findLetOp(tx, ctx, register, wijzigingen),
        )
      const geweigerd = withRefusal(uitkomst, register, wijzigingen, gedaan.fout)
      return withLetOp(geweigerd, register, gepland, await tryLetOp(tx, ctx, register, gepland))
    },
    neemTerug: async (tx, ctx, invoerId) => {
      await takeRegisters(tx)
      return takeBack(tx, ctx, register, invoerId)
    },
    telTerug: true,
    wijzigingen: {
      kolommen: changeColumns(register),
      list: (ctx, { invoerId, staat }, blad) =>
        ctx.read(async db =>
          staat === 'beproefd'
            ? (await plan(db, ctx, register, blad)).wijzigingen
            : listRegels(db, register, invoerId),
        ),
    },
  }
}

type Gepland = Awaited<ReturnType<typeof plan>>

/** With what is worth a look in its rows, also beside its faults: both can then be mended in one round. */
function withLetOp(
  uitkomst: Uitkomst,
  register: Register,
  { wijzigingen, aangevuld }: Gepland,
  opmerkingen: readonly Rijopmerking[],
): Uitkomst {
  const letOp = toLetOpOfRows(register, wijzigingen, opmerkingen, aangevuld)
  return letOp === undefined ? uitkomst : { ...uitkomst, letOp }
}

/**
 * What is worth a look in a file that cannot be done: asked, as of any other, once its rows stand, as far as they can, which is undone at
 * once.
 */
async function tryLetOp(
  tx: Tx,
  ctx: Ctx,
  register: Register,
  { wijzigingen, mis }: Gepland,
): Promise<Rijopmerking[]> {
  if (register.letOp === undefined) return []
  const gevraagd = await attempt(
    tx,
    async () => {
      // Rows that stand are about to change, also when that is undone (ADR 27).
      await register.houdStil?.(tx)
      await attempt(tx, () =>
        writeRows(
          tx,
          register,
          wijzigingen.filter(({ nummer }) => nummer === null || !mis.has(nummer)),
        ),
      )
      return findLetOp(tx, ctx, register, wijzigingen)
    },
    { undo: () => true },
  )
  if (!gevraagd.gelukt) throw gevraagd.fout
  return gevraagd.waarde
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
    return withFouten(
      uitkomst,
      fout.rijen.map(({ nummer, melding }) => ({ nummer, melding })),
    )
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
  const fouten = wijzigingen.flatMap(wijziging => {
    const nummer = nummerVan(wijziging)
    return (fout.redenen.get(wijziging.sleutel) ?? []).map(melding => ({ nummer, melding }))
  })
  return withFouten(uitkomst, fouten)
}

function withFouten(uitkomst: Uitkomst, fouten: readonly Rijfout[]): Uitkomst {
  const opVolgorde = inOrder(fouten)
  return { ...uitkomst, aantalFouten: fouten.length, fouten: opVolgorde.slice(0, TOON_FOUTEN) }
}

/** As they stand in the file. */
const inOrder = <R extends { nummer: number | null }>(rijen: readonly R[]) =>
  rijen.toSorted((a, b) => (a.nummer ?? 0) - (b.nummer ?? 0))

/** What must change for this sheet, and that in words. */
async function plan(db: Db, ctx: Ctx, register: Register, blad: Blad) {
  const keuzes = await loadKeuzes(db, register)
  const regel = (await register.regels?.(db)) ?? (() => [])
  const bestaand = await listAll(db, register)
  const gelezen = await readRijenSaid(ctx, register, blad, { keuzes, regel, bestaand })
  const gepland = planChanges<Rijgegevens>(register, bestaand, gelezen.rijen)
  // Where a row with a fault stands beside others is known by its key: what is wrong with that is said in the same round.
  const samen =
    gelezen.half.length === 0
      ? gepland
      : planChanges<Rijgegevens>(register, bestaand, inOrder([...gelezen.rijen, ...gelezen.half]))
  const { gelijk, dubbel } = gepland
  const wijzigingen = await withOpgevolgd(db, register, gepland.wijzigingen)
  const fouten = inOrder([...gelezen.fouten, ...samen.fouten])
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
    ...(dubbel > 0 && { dubbel }),
    ...(samengevat && { samengevat }),
  }
  // Of rows that stand there so already it says nothing.
  const nummers = new Set(wijzigingen.map(({ nummer }) => nummer))
  return {
    uitkomst,
    wijzigingen,
    aangevuld: gelezen.aangevuld.filter(({ nummer }) => nummers.has(nummer)),
    /** The rows with a fault. */
    mis: new Set(fouten.map(({ nummer }) => nummer)),
  }
}
