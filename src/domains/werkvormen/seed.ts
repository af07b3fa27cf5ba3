import type demonstratie from '../../../regio/leidschendam-voorburg/demonstratie.json'
import type { Ctx } from '../../platform/http/ctx.ts'
import { getDoorloop } from '../doorloop/index.ts'
import { listAanbodVanDossier } from '../dossiers/index.ts'
import { saveCirkel } from './cirkel/actions.ts'
import { saveKnoppen } from './draaiknoppen/actions.ts'
import { saveWeging } from './instrumenten/actions.ts'
import { saveAantal, saveRisico } from './risico/actions.ts'
import { saveVerschuiving } from './verschuiving/actions.ts'

type Doorloop = (typeof demonstratie.dossiers)[number]['doorlopen'][number]
type PerNaam<T> = Readonly<Record<string, T>>

/** What a run of the demonstration says on its circle, matrices, map, knobs and instruments, by the name of the offer. */
interface Werkvormen {
  cirkel?: PerNaam<PerNaam<string>>
  risico?: PerNaam<PerNaam<readonly string[]>>
  aantallen?: PerNaam<string>
  verschuiving?: PerNaam<readonly string[]>
  knoppen?: PerNaam<string>
  instrumenten?: PerNaam<{ scores: readonly number[]; mix: readonly string[]; motivering: string }>
}

/** Fills the tools of a run through the same actions as their pages. */
export async function seedWerkvormen(ctx: Ctx, doorloopId: number, d: Doorloop): Promise<void> {
  const h: Werkvormen = 'hulpmiddelen' in d ? (d.hulpmiddelen as Werkvormen) : {}
  const { methode, aanbod } = await ctx.read(async db => {
    const doorloop = await getDoorloop(db, doorloopId)
    return { methode: doorloop.methode, aanbod: await listAanbodVanDossier(db, doorloop.dossierId) }
  })
  const perAanbod = async <T>(
    bron: PerNaam<T> | undefined,
    bewaar: (id: number, waarde: T) => Promise<void>,
  ) => {
    for (const { aanbodId, naam } of aanbod) {
      const waarde = bron?.[naam]
      if (waarde !== undefined) await bewaar(aanbodId, waarde)
    }
  }
  await perAanbod(h.cirkel, (aanbodId, ringen) =>
    saveCirkel(ctx, doorloopId, { aanbodId, versie: 0 }, domein => ringen[domein] ?? 'niet'),
  )
  await perAanbod(h.risico, (aanbodId, cellen) =>
    saveRisico(ctx, doorloopId, { aanbodId, versie: 0 }, groep => cellen[groep] ?? []),
  )
  for (const [groep, aantal] of Object.entries(h.aantallen ?? {}))
    await saveAantal(
      ctx,
      doorloopId,
      { groep, versie: 0 },
      { aantal, bron: 'Verzonnen voor de demonstratie', jaar: String(Number(ctx.vandaag.slice(0, 4)) - 1) },
    )
  await saveVerschuiving(ctx, doorloopId, aanbodId => {
    const plek = h.verschuiving?.[aanbod.find(a => a.aanbodId === aanbodId)?.naam ?? '']
    if (plek === undefined) return undefined
    const [x = '', y = '', rol = '', naarX = '', naarY = '', naarRol = ''] = plek
    return { versie: 0, nu: { x, y, rol }, wens: { x: naarX, y: naarY, rol: naarRol } }
  })
  const { knoppen } = h
  if (knoppen !== undefined)
    await saveKnoppen(ctx, doorloopId, code => {
      const stand = knoppen[code]
      return stand === undefined ? undefined : { versie: 0, stand, opmerking: () => '' }
    })
  await perAanbod(h.instrumenten, (aanbodId, { scores, mix, motivering }) =>
    saveWeging(
      ctx,
      doorloopId,
      { aanbodId, versie: 0 },
      {
        score: code => String(scores[methode.instrumentmix.criteria.findIndex(c => c.code === code)] ?? 3),
        uitleg: () => '',
        mix,
        motivering,
      },
    ),
  )
}
