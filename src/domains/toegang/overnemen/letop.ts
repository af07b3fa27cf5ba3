import { type Eurocent, formatEuro } from '../../../platform/money.ts'
import type { Opgemerkt, Opmerking } from '../../../platform/register/letop.ts'
import { formatGetal } from '../../../platform/ui/invoer.ts'
import { CODELIJSTEN } from '../../istandaard/index.ts'
import type { Bekeken } from './rules.ts'
import type { Rij } from './velden.ts'

/** What was agreed on the first day of a row. */
export interface Agreed {
  /** The product as the catalogue has it on that day; undefined when it has none, or when the row names none. */
  product: { categorie: string; eenheid: string; tarief: number | null } | undefined
  /** A contract of the provider covers it in that municipality on that day. */
  contract: boolean
}

export interface Letopfeiten {
  /** The name by `Bekeken.persoon`, of who is known. */
  namen: ReadonlyMap<string, string>
  agreed: (rij: Rij) => Agreed
}

/**
 * What is worth a look in rows that can be taken over. None of it is a fault: what ran in an older system may well be so. But what is claimed
 * on it later is refused, or paid at a price that nobody agreed.
 */
export function checkLetOp(rijen: readonly Bekeken[], { namen, agreed }: Letopfeiten): Opgemerkt[] {
  const bekend = new Map(namen)
  return rijen.flatMap(({ nummer, rij, persoon }) => {
    const naam = bekend.get(persoon)
    bekend.set(persoon, naam ?? rij.naam)
    const opmerkingen = [
      ...(naam !== undefined && bare(naam) !== bare(rij.naam) ? [ANDERE_NAAM] : []),
      ...(rij.eenheid === EURO && rij.volume !== null ? [sayEurocenten(rij.volume)] : []),
      ...checkAfspraak(rij, agreed(rij)),
    ]
    return opmerkingen.map(opmerking => ({ nummer, gegevens: rij, ...opmerking }))
  })
}

/** Not which: who guesses would learn it. */
export const ANDERE_NAAM: Opmerking = {
  veld: 'naam',
  melding: 'Onder dit BSN staat hier een andere naam. Die blijft staan; deze naam wordt niet overgenomen.',
  verwacht: 'de naam die bij dit BSN hoort; kijk BSN en naam na',
}

/** Every other amount is typed in euros: whoever does so here assigns a hundredth of it. */
const sayEurocenten = (volume: Eurocent): Opmerking => ({
  veld: 'volume',
  melding: `Een volume in euro’s staat in eurocenten: dit is ${formatEuro(volume)}.`,
  soort: 'Een volume in euro’s staat in eurocenten. Kijk na of het bedrag klopt.',
  verwacht: `${formatGetal(volume)} voor ${formatEuro(volume)}; ${formatGetal(volume * 100)} als het ${formatEuro(volume * 100)} moet zijn`,
})

/** Without capitals, accents, spaces and signs: a name is not written the same everywhere. */
const bare = (naam: string) =>
  naam
    .normalize('NFD')
    .toLowerCase()
    .replaceAll(/[^\p{L}]/gu, '')

function checkAfspraak(rij: Rij, { product, contract }: Agreed): Opmerking[] {
  if (rij.product !== null && product === undefined)
    return [
      {
        veld: 'product',
        melding: 'Dit product staat op de ingangsdatum niet in de catalogus.',
        verwacht: 'een product dat dan in de catalogus staat',
      },
    ]
  const uit: Opmerking[] = []
  if (!contract)
    uit.push({
      veld: 'aanbieder',
      melding: 'Deze aanbieder heeft op de ingangsdatum in deze gemeente geen contract voor deze hulp.',
      verwacht: 'een aanbieder die er dan een contract voor heeft',
    })
  if (product === undefined) return uit
  if (contract && product.tarief === null && product.eenheid !== EURO)
    uit.push({
      veld: 'product',
      melding: 'In het contract van deze aanbieder staat op de ingangsdatum geen tarief voor dit product.',
      verwacht: 'een product met een tarief op die dag',
    })
  if (rij.categorie !== product.categorie)
    uit.push({
      veld: 'categorie',
      melding: 'Dit product staat in de catalogus onder een andere categorie.',
      verwacht: product.categorie,
    })
  const mag = unitsOf(product.eenheid)
  if (rij.eenheid !== null && !mag.includes(rij.eenheid))
    uit.push({
      veld: 'eenheid',
      melding: 'Dit product wordt in een andere eenheid geleverd.',
      verwacht: mag
        .map(eenheid => (CODELIJSTEN.WJ756 as Record<string, string>)[eenheid] ?? eenheid)
        .join(' of '),
    })
  return uit
}

const EURO = '83'
const [MINUUT, UUR] = ['01', '04']

/** In which it can be assigned: only hours and minutes are told in each other (iJw/iWmo 3.2 IV081). */
const unitsOf = (eenheid: string) =>
  eenheid === MINUUT || eenheid === UUR ? [eenheid, eenheid === UUR ? MINUUT : UUR] : [eenheid]
