import type { Fout } from '../../../platform/problem.ts'
import type { Gegevens } from '../../../platform/velden/formulier.ts'
import { keuze, tekst } from '../../../platform/velden/soorten.ts'
import { ADVIES, ADVIEZEN, BESLUIT, BESLUITEN, isTegenAdvies, listBlokkades, momentOf } from './rules.ts'
import type { Weging } from './store.ts'

/** Why a weighing is withdrawn. */
export const REDEN = { reden: tekst({ label: 'Waarom?', noem: 'de reden', max: 2000, regels: 3 }) }

export const ADVIESVELDEN = {
  advies: keuze({
    label: 'Wat adviseert u?',
    kies: 'Kies wat u adviseert.',
    opties: ADVIEZEN.map(waarde => ({ waarde, naam: ADVIES[waarde] })),
  }),
  tekst: tekst({
    label: 'Uw advies',
    noem: 'het advies',
    hulp: 'Waarom? Welke voorwaarden zijn nodig?',
    max: 10_000,
    regels: 6,
  }),
}

export const BESLUITVELDEN = {
  besluit: keuze({
    label: 'Wat besluit u?',
    kies: 'Kies een besluit.',
    opties: BESLUITEN.map(waarde => ({ waarde, naam: BESLUIT[waarde] })),
  }),
  voorwaarden: tekst({
    label: 'Voorwaarden',
    noem: 'de voorwaarden',
    max: 5000,
    regels: 3,
    verplicht: false,
    verplichtBij: 'toestaan onder voorwaarden',
  }),
  motivering: tekst({
    label: 'Motivering',
    noem: 'de motivering',
    max: 5000,
    regels: 3,
    verplicht: false,
    verplichtBij: 'een besluit dat afwijkt van het advies',
  }),
}

/** Without a ground in force it can only be a refusal; conditions are written down, and against the advice it must say why. */
export function checkBesluit(
  { besluit, voorwaarden, motivering }: Partial<Gegevens<typeof BESLUITVELDEN>>,
  w: Weging,
  vandaag: string,
): Fout[] {
  if (besluit === undefined) return []
  const fouten: Fout[] = []
  if (besluit !== 'niet-toegestaan')
    for (const melding of listBlokkades(w.inhoud, w.lijst, momentOf(w, vandaag)))
      fouten.push({ pad: 'besluit', melding: `Toestaan kan niet. ${melding}` })
  if (besluit === 'voorwaarden' && voorwaarden === null)
    fouten.push({ pad: 'voorwaarden', melding: 'Vul de voorwaarden in.' })
  if (motivering === null && w.advies !== null && isTegenAdvies(w.advies, besluit))
    fouten.push({
      pad: 'motivering',
      melding: 'Vul de motivering in: het besluit wijkt af van het advies.',
    })
  return fouten
}
