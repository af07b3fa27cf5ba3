import { formatDatumKort } from '../../../platform/dates.ts'
import type { Melding } from '../volgen/rules.ts'
import type { Rij } from './velden.ts'

/** A row with what it is known by. */
export interface Bekeken {
  nummer: number | null
  rij: Rij
  /** Of the state: one decision about one toewijzing. */
  sleutel: string
  /** Of the resident at this municipality. */
  persoon: string
}

/** What stands here already, for as far as the rows of a file meet it. */
export interface Bekend {
  /** Birth date by `Bekeken.persoon`. */
  geboren: ReadonlyMap<string, string>
  /** Every product code of a law that the catalogue ever had: 'jw|45A04'. */
  producten: ReadonlySet<string>
  /** Who referred, by `toewijzingSleutel`, of what has a toewijzing or a referral already; null when nobody is known to. */
  verwijzers: ReadonlyMap<string, string | null>
}

/** What is wrong with rows as seen beside each other and beside what stands here. */
export function checkSamen(rijen: readonly Bekeken[], bekend: Bekend) {
  const eerder = new Map<string, Bekeken>()
  const geboren = new Map(bekend.geboren)
  return rijen.flatMap(bekeken => {
    const { nummer, rij, sleutel, persoon } = bekeken
    const fouten: string[] = []
    const zelfde = eerder.get(sleutel)
    if (zelfde !== undefined)
      fouten.push(`Dit toewijzingnummer staat met dezelfde toewijzingsdatum ook op rij ${zelfde.nummer}.`)
    eerder.set(sleutel, bekeken)
    const bekendAls = geboren.get(persoon) ?? rij.geboortedatum
    if (bekendAls !== rij.geboortedatum)
      fouten.push(
        `Onder dit BSN is iemand bekend die op ${formatDatumKort(bekendAls)} is geboren. Kijk BSN en geboortedatum na.`,
      )
    geboren.set(persoon, bekendAls)
    if (rij.product !== null && !bekend.producten.has(`${rij.wet}|${rij.product}`))
      fouten.push(
        `Productcode ${rij.product} is hier niet bekend. Neem het product eerst op onder Inrichten.`,
      )
    const verwijzer = bekend.verwijzers.get(`${rij.gemeente}|${rij.wet}|${rij.nummer}`)
    if (verwijzer !== undefined && rij.verwijzer !== null && verwijzer !== rij.verwijzer)
      fouten.push('Deze toewijzing staat hier al, met een andere verwijzer.')
    return fouten.map(melding => ({ nummer, melding }))
  })
}

/** How delivery began and ended, as the messages of a provider would have said it. */
export function meldingenVan(rij: Rij): Melding[] {
  if (rij.begin === null) return []
  const basis = {
    toewijzingNummer: rij.nummer,
    ...productVan(rij),
    begindatum: rij.begin,
    statusAanlevering: '1',
  }
  const start: Melding = { soort: 'start', ...basis }
  if (rij.gestopt === null || rij.redenStop === null) return [start]
  return [start, { soort: 'stop', ...basis, einddatum: rij.gestopt, redenBeeindiging: rij.redenStop }]
}

/** The product as the standard names it; nothing for a generic toewijzing. */
export function productVan({ categorie, product }: Pick<Rij, 'categorie' | 'product'>) {
  if (categorie === null) return {}
  return { product: { categorie, ...(product === null ? {} : { code: product }) } }
}
