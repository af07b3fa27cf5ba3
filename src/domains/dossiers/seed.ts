import type demonstratie from '../../../regio/leidschendam-voorburg/demonstratie.json'
import { addDays } from '../../platform/dates.ts'
import { countRows } from '../../platform/db/lijst.ts'
import type { Ctx } from '../../platform/http/ctx.ts'
import { toInvoer } from '../../platform/velden/formulier.ts'
import { acceptVoorstellen, addAanbod, changeAanbod } from './aanbod/actions.ts'
import { listAanbodVanDossier } from './aanbod/store.ts'
import { AANBOD } from './aanbod/velden.ts'
import { addDossier } from './register/actions.ts'
import type { Wet } from './register/rules.ts'
import { DOSSIERS, findDossier, listKeuzes } from './register/store.ts'
import { DOSSIER, REGIO } from './register/velden.ts'
import type { Toneel } from './toneel.ts'

type Dossier = (typeof demonstratie.dossiers)[number]

/** Is there a dossier already? */
export async function hasDossiers(ctx: Ctx): Promise<boolean> {
  return (await ctx.read(db => countRows(db, DOSSIERS(ctx.vandaag), {}))) > 0
}

/** One dossier with its inventory; answers its id. */
export async function seedDossier(toneel: Toneel, d: Dossier): Promise<number> {
  const ctx = toneel.speel('beleidsadviseur', 480)
  const { segmenten } = await ctx.read(listKeuzes)
  const codes = await toneel.segmentcodes()
  const gegevens = {
    naam: d.naam,
    thema: d.thema,
    wetten: d.wetten as Wet[],
    gemeente: d.gemeente ? (toneel.gemeenten[0] ?? REGIO) : REGIO,
    toelichting: d.toelichting,
    eigenaar: toneel.idVan('beleidsadviseur'),
    looptAf: addDays(toneel.vandaag, d.looptAfOverDagen),
    segmenten: segmenten.map(s => s.waarde).filter(id => d.segmenten.includes(codes.get(id) ?? '')),
  }
  const dossierId = await addDossier(ctx, toInvoer(DOSSIER, gegevens))
  await seedAanbod(toneel, dossierId, d)
  return dossierId
}

/** Offers of a segment take their figures from the system, the others say theirs. */
async function seedAanbod(toneel: Toneel, dossierId: number, d: Dossier): Promise<void> {
  const ctx = toneel.speel('beleidsadviseur', 470)
  const jaar = Number(toneel.vandaag.slice(0, 4)) - 1
  const dossier = await ctx.read(db => findDossier(db, dossierId))
  if (d.aanbod.length > 0) await acceptVoorstellen(ctx, dossierId, jaar, dossier?.segmenten ?? [])
  const codes = await toneel.segmentcodes()
  const bestaand = await ctx.read(db => listAanbodVanDossier(db, dossierId))
  for (const a of d.aanbod) {
    const { uitSegment, ...velden } = { uitSegment: undefined, ...a }
    const invoer = Object.fromEntries(Object.entries(velden).map(([veld, waarde]) => [veld, [waarde]]))
    const eigen = bestaand.find(b => b.segmentId !== null && codes.get(String(b.segmentId)) === uitSegment)
    if (eigen === undefined) {
      const jaren = 'kosten' in velden ? [String(jaar)] : []
      await addAanbod(ctx, dossierId, { ...invoer, jaar: jaren })
    } else {
      const { partners, ...rest } = invoer
      const doel = { id: eigen.aanbodId, versie: eigen.versie }
      await changeAanbod(ctx, dossierId, doel, { ...toInvoer(AANBOD, eigen), ...rest })
    }
  }
}
