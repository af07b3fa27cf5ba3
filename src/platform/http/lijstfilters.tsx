import { type Datum, formatDatumKort, formatMaand } from '../dates.ts'
import type { Fout } from '../problem.ts'
import { Datumveld, Filterkeuze, Filterzoek, type Optie, Tekstveld } from '../ui/index.ts'
import type { Filterlezer } from './filter.ts'

/** A filter as it is asked. */
export type Filterveld =
  | { soort: 'zoek'; label?: string; hulp?: string }
  /** A day; `standaard` is what the list shows without asking, and it may not lie before the day of the filter `nietVoor`. */
  | { soort: 'datum'; label: string; standaard?: Datum; nietVoor?: string }
  /** A month, as its first day. */
  | { soort: 'maand'; label: string }
  | {
      soort: 'keuze'
      label: string
      /** What the empty choice says: 'Alle', or what a list shows without asking. */
      leeg?: string
      /** What the list shows without asking; then the empty choice is asked by name, '?staat='. */
      standaard?: string
      opties: readonly Optie[]
      /** Not asked where there is nothing to choose; a link may still name it, and that can be seen and taken off. */
      verborgen?: boolean
    }
  /** Asked by a link only; what is filtered can be seen and taken off. `zeg`: how it reads there. */
  | { soort: 'vast'; vorm: RegExp; zeg: (waarde: string) => string }

/** The key of a row of one municipality, '0355.12'. */
export const SLEUTEL = /^\d{4}\.[1-9]\d{0,14}$/

/** Several of those, with a comma between them. */
export const SLEUTELS = /^\d{4}\.[1-9]\d{0,14}(?:,\d{4}\.[1-9]\d{0,14})*$/

export type Filtervelden = Readonly<Record<string, Filterveld>>

/** What is looked for: of a choice only what can be chosen, so that nothing that does not exist filters. */
export function readValues(velden: Filtervelden, lees: Filterlezer): Record<string, string> {
  return Object.fromEntries(Object.entries(velden).map(([naam, veld]) => [naam, readValue(naam, veld, lees)]))
}

function readValue(naam: string, veld: Filterveld, lees: Filterlezer): string {
  switch (veld.soort) {
    case 'zoek':
      return lees.tekst(naam)
    case 'datum': {
      const dag = lees.dag(naam) ?? veld.standaard ?? ''
      const eerst = veld.nietVoor === undefined ? null : lees.dag(veld.nietVoor)
      if (dag !== '' && eerst !== null && dag < eerst)
        lees.weiger(naam, 'Kies een laatste dag die niet voor de eerste ligt.')
      return dag
    }
    case 'maand':
      return lees.maand(naam) ?? ''
    case 'vast':
      return lees.code(naam, veld.vorm) ?? ''
    case 'keuze': {
      const gekozen = lees.keuze(
        naam,
        veld.opties.map(optie => optie.waarde),
      )
      return gekozen ?? (lees.vraag[naam] === '' ? '' : (veld.standaard ?? ''))
    }
  }
}

/** Every filter that is used, in words. */
export function activeFilters(velden: Filtervelden, filter: Record<string, string>) {
  return Object.entries(velden).flatMap(([naam, veld]) => {
    const waarde = filter[naam]?.trim() ?? ''
    const vanzelf = 'standaard' in veld ? (veld.standaard ?? '') : ''
    return waarde === '' || waarde === vanzelf ? [] : [{ naam, tekst: inWords(veld, waarde) }]
  })
}

function inWords(veld: Filterveld, waarde: string): string {
  switch (veld.soort) {
    case 'zoek':
      return veld.label === undefined ? `Zoekt naar ‘${waarde}’` : `${veld.label}: ${waarde}`
    case 'datum':
      return `${veld.label} ${formatDatumKort(waarde)}`
    case 'maand':
      return `${veld.label}: ${formatMaand(waarde)}`
    case 'vast':
      return veld.zeg(waarde)
    case 'keuze':
      return `${veld.label}: ${veld.opties.find(optie => optie.waarde === waarde)?.naam ?? waarde}`
  }
}

/** The field that asks a filter; none for one that only a link asks. */
export function Filtervraag({
  naam,
  veld,
  waarde,
  fouten,
}: {
  naam: string
  veld: Filterveld
  waarde: string | undefined
  fouten: readonly Fout[]
}) {
  switch (veld.soort) {
    case 'zoek':
      return <Filterzoek naam={naam} waarde={waarde} {...veld} />
    case 'datum':
      return (
        <Datumveld naam={naam} label={veld.label} waarde={waarde ?? ''} fouten={fouten} verplicht={false} />
      )
    case 'maand':
      return (
        <Tekstveld
          naam={naam}
          label={veld.label}
          hulp="Zoals maart 2026"
          breedte="kort"
          maxlengte={20}
          waarde={waarde ?? ''}
          fouten={fouten}
          verplicht={false}
        />
      )
    case 'vast':
      return null
    case 'keuze':
      return veld.verborgen === true ? null : (
        <Filterkeuze
          naam={naam}
          label={veld.label}
          waarde={waarde ?? veld.standaard}
          opties={veld.opties}
          leeg={veld.leeg ?? 'Alle'}
        />
      )
  }
}
