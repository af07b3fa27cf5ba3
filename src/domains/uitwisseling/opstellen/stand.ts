import type { Eigenschap } from '../../../platform/ui/index.ts'
import { describe } from '../../../platform/velden/formulier.ts'
import { naamVan } from '../gegevens/lijst.ts'
import type { Weging } from '../register/store.ts'
import { dpiavelden, hoofdvelden, toDpia, toHoofd } from './velden.ts'

/** All that the forms of a draft hold: whichever was refused, what the other changed is in it. */
export function watErNuStaat(w: Weging): Eigenschap[] {
  const { lijst, inhoud } = w
  const namen = { gemeente: [{ waarde: w.gemeente ?? '', naam: w.gemeenteNaam ?? '' }] }
  const dossiers = { dossier: [{ waarde: String(w.dossierId), naam: w.dossierNaam ?? '' }] }
  return [
    ...describe(hoofdvelden(lijst, true), toHoofd(w), { ...namen, ...dossiers }),
    ...inhoud.stromen.map((stroom, i) => ({
      naam: `Stroom ${i + 1}`,
      waarde: `${naamVan(lijst.domeinen, stroom.vanDomein)} naar ${stroom.naarOrganisatie}: ${stroom.gegevens
        .map(g => `${naamVan(lijst.gegevens, g.code)} (${g.waarom})`)
        .join(', ')}`,
    })),
    ...describe(dpiavelden(lijst), toDpia(w)),
  ]
}
