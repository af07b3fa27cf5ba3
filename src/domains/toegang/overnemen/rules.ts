import { type Datum, formatDatumKort } from '../../../platform/dates.ts'
import type { Melding } from '../levering/rules.ts'
import type { ToegewezenProduct } from '../toewijzen/rules.ts'
import type { Rij } from './velden.ts'

/** A row with what it is known by. */
export interface Bekeken {
  nummer: number | null
  rij: Rij
  /** Of the state: one decision about one toewijzing. */
  sleutel: string
  /** Of the toewijzing. */
  toewijzing: string
  /** Of the resident at this municipality. */
  persoon: string
}

/** What stands here already, for as far as the rows of a file meet it. */
export interface Bekend {
  /** Birth date by `Bekeken.persoon`. */
  geboren: ReadonlyMap<string, string>
  /** The same of the name. */
  namen: ReadonlyMap<string, string>
  /** Every product code of a law that the catalogue ever had: 'jw|45A04'. */
  producten: ReadonlySet<string>
  /** The toewijzingen that are there, by `Bekeken.toewijzing`. */
  staat: ReadonlySet<string>
  /** Who referred, by `Bekeken.toewijzing`, of what has a toewijzing or a referral already; null when nobody is known to. */
  verwijzers: ReadonlyMap<string, string | null>
}

/** What is wrong with rows as seen beside each other and beside what stands here. */
export function checkSamen(rijen: readonly Bekeken[], bekend: Bekend, vandaag: Datum) {
  const rijVan = new Map<string, Bekeken>()
  const geboren = new Map(bekend.geboren)
  const verwijzers = new Map(bekend.verwijzers)
  const ingangen = new Map<string, Datum>()
  for (const { toewijzing, rij } of rijen) {
    const eerder = ingangen.get(toewijzing)
    if (eerder === undefined || rij.geldig.begin < eerder) ingangen.set(toewijzing, rij.geldig.begin)
  }
  return rijen.flatMap(bekeken => {
    const { nummer, rij, sleutel, toewijzing, persoon } = bekeken
    const fouten: string[] = []
    const zelfde = rijVan.get(sleutel)
    if (zelfde !== undefined)
      fouten.push(`Dit toewijzingnummer staat met dezelfde toewijzingsdatum ook op rij ${zelfde.nummer}.`)
    rijVan.set(sleutel, bekeken)
    const bekendAls = geboren.get(persoon) ?? rij.geboortedatum
    if (bekendAls !== rij.geboortedatum)
      // Not which: who guesses would learn it.
      fouten.push(
        'Onder dit BSN is iemand met een andere geboortedatum bekend. Kijk BSN en geboortedatum na.',
      )
    geboren.set(persoon, bekendAls)
    if (rij.product !== null && !bekend.producten.has(`${rij.wet}|${rij.product}`))
      fouten.push(unknownProduct(rij.product, rij.wet, bekend))
    const verwijzer = verwijzers.get(toewijzing)
    if (rij.verwijzer !== null && verwijzer !== undefined && verwijzer !== rij.verwijzer)
      fouten.push(
        verwijzer === null
          ? 'Deze toewijzing staat er al, zonder verwijzer. Haal de verwijzer weg uit deze rij, en leg haar vast onder Verwijzingen.'
          : 'Bij deze toewijzing staat al een andere verwijzer.',
      )
    if (verwijzer === undefined && rij.verwijzer !== null) verwijzers.set(toewijzing, rij.verwijzer)
    for (const dag of [rij.toegewezenOp, rij.geboortedatum, rij.verwezenOp, rij.begin, rij.gestopt])
      if (dag !== null && dag > vandaag) fouten.push(`${formatDatumKort(dag)} ligt in de toekomst.`)
    const ingang = ingangen.get(toewijzing) ?? rij.geldig.begin
    if (rij.begin !== null && rij.begin < ingang && !bekend.staat.has(toewijzing))
      fouten.push('De levering begon vóór de toewijzing inging. Kijk beide datums na.')
    return fouten.map(melding => ({ nummer, melding }))
  })
}

const NAAM = { jw: 'Jeugdwet', wmo: 'Wmo' } as const

/** A product that is not there, or that is one of the other law. */
function unknownProduct(code: string, wet: Rij['wet'], { producten }: Pick<Bekend, 'producten'>): string {
  const andere = wet === 'jw' ? 'wmo' : 'jw'
  return producten.has(`${andere}|${code}`)
    ? `Productcode ${code} is een product van de ${NAAM[andere]}, en in deze rij staat ${NAAM[wet]}. Kijk de wet en de code na.`
    : `Productcode ${code} is hier niet bekend. De contractmanager neemt het op, onder Inrichten.`
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

/** The row as the product of the 301 that once said it. */
export function toProduct(rij: Rij): ToegewezenProduct {
  const { toegewezenOp, volume, eenheid, frequentie, budget, geldig } = rij
  const omvang =
    volume === null || eenheid === null || frequentie === null ? null : { volume, eenheid, frequentie }
  return {
    toewijzingNummer: rij.nummer,
    ...productVan(rij),
    toewijzingsdatum: toegewezenOp,
    toewijzingstijd: '00:00:00',
    ingangsdatum: geldig.begin,
    ...(geldig.eind === null ? {} : { einddatum: geldig.eind }),
    ...(omvang === null ? {} : { omvang }),
    ...(budget === null ? {} : { budget }),
  }
}

/** The product as the standard names it; nothing for a generic toewijzing. */
export function productVan({ categorie, product }: Pick<Rij, 'categorie' | 'product'>) {
  if (categorie === null) return {}
  return { product: { categorie, ...(product === null ? {} : { code: product }) } }
}
