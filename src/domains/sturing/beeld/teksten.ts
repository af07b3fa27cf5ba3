import { type Eurocent, formatHeleEuro, formatMiljoen } from '../../../platform/money.ts'
import {
  formatGetal,
  formatMoment,
  formatPercentage,
  type UitlegProps,
  type Wijziging,
} from '../../../platform/ui/index.ts'
import { capital } from '../../../platform/ui/invoer.ts'
import { DEFINITIES, type DefinitieId } from '../cijfers/definities.ts'
import { type Aantal, type Aantalgroei, GROEI } from '../cijfers/rules.ts'
import type { Beeld, Stand } from './rules.ts'
import { isGeheel } from './standen.ts'

export const MAANDEN = ['jan', 'feb', 'mrt', 'apr', 'mei', 'jun', 'jul', 'aug', 'sep', 'okt', 'nov', 'dec']
const VOLUIT = [
  'januari',
  'februari',
  'maart',
  'april',
  'mei',
  'juni',
  'juli',
  'augustus',
  'september',
  'oktober',
  'november',
  'december',
]

/** What retourcodes of rejected lines mean, short; the provider sees the full explanation at its own line. */
const AFKEUR: Readonly<Record<string, string>> = {
  '0611': 'Tarief anders dan in het contract',
  '8017': 'Creditregel zonder goedgekeurde regel',
  '8021': 'Referentienummer al gebruikt',
  '8187': 'Cliënt onbekend bij de gemeente',
  '9307': 'Periode begint voor de toewijzing',
  '9308': 'Periode eindigt na de toewijzing',
  '9319': 'Periode ligt na de declaratieperiode',
  '9321': 'Meer dan in deze periode mag',
  '9322': 'Meer dan in totaal is toegewezen',
  '9338': 'Geen toewijzing met dit nummer',
  '9339': 'Andere productcategorie dan toegewezen',
  '9340': 'Andere productcode dan toegewezen',
  '9341': 'Eenheid past niet bij de toewijzing',
  '9346': 'Bedrag is niet volume maal tarief',
  '9369': 'Budget van de toewijzing is op',
  '9384': 'Toewijzing is verwijderd',
  '9387': 'Begint niet op de eerste van de maand',
  '9388': 'Eindigt niet op de laatste van de maand',
  '9389': 'Dubbel: al een regel goedgekeurd',
  '9390': 'Al eerder gecrediteerd',
  S329: 'Productcode past niet bij de categorie',
}

export function afkeurReden(retourcode: string): string {
  const naam = AFKEUR[retourcode]
  return naam === undefined ? `Retourcode ${retourcode}` : `${naam} (${retourcode})`
}

type Begrensd = Pick<Stand, 'besteed' | 'doorgerekend' | 'toegewezen' | 'plafond' | 'benutting' | 'binnen'>

/** How much of the ceiling is spent, and what of that spending it is about; undefined without a ceiling. */
export function sayBenutting(stand: Begrensd): string | undefined {
  const { besteed, plafond, benutting, binnen } = stand
  if (plafond === null) return undefined
  const deel = benutting === null ? '' : `${formatPercentage(benutting)} van `
  const zonder = besteed - binnen.besteed
  if (zonder !== 0) {
    const met = `${formatMiljoen(binnen.besteed)} daarvan heeft een plafond: ${deel}${formatMiljoen(plafond)}`
    return `${met}. ${formatMiljoen(zonder)} heeft er geen.`
  }
  const zin =
    deel === ''
      ? `Het plafond is ${formatMiljoen(plafond)}`
      : `${deel}het plafond van ${formatMiljoen(plafond)}`
  return isGeheel(stand) ? zin : `${zin}. Niet alles heeft een plafond.`
}

/** The same in a table: '79,2%', or '79,2% (over € 593.933)' where more was spent than it is about. */
export function formatBenut({ besteed, benutting, binnen }: Begrensd): string {
  const deel = formatOfStreep(benutting, formatPercentage)
  return benutting === null || besteed === binnen.besteed
    ? deel
    : `${deel} (over ${formatHeleEuro(binnen.besteed)})`
}

const ZOALS_VORIG = 'als het jaar verder verloopt zoals vorig jaar'

/** What is left of the ceiling if the year goes on so, and of what of it. */
export function sayRuimte(stand: Begrensd): string {
  const { plafond, binnen } = stand
  if (plafond === null || binnen.doorgerekend === null) return `${capital(ZOALS_VORIG)}.`
  const ruimte = plafond - binnen.doorgerekend
  const zin = `${formatMiljoen(Math.abs(ruimte))} ${ruimte < 0 ? 'boven' : 'onder'}`
  return isGeheel(stand)
    ? `${zin} het plafond, ${ZOALS_VORIG}`
    : `${formatMiljoen(binnen.doorgerekend)} daarvan heeft een plafond: ${zin} dat, ${ZOALS_VORIG}`
}

/** '4.318' or 'minder dan 5'. */
export function formatAantal(aantal: Aantal): string {
  return aantal.soort === 'getal' ? formatGetal(aantal.aantal) : 'minder dan 5'
}

/** The same for a file: a number, or the text that hides it. */
export function aantalInCel(aantal: Aantal): number | string {
  return aantal.soort === 'getal' ? aantal.aantal : formatAantal(aantal)
}

export function formatOfStreep(
  waarde: number | null,
  format: (getal: number) => string = formatHeleEuro,
): string {
  return waarde === null ? '–' : format(waarde)
}

/** Eurocents in thousands of euros, for wide tables: 12.540 is € 12,54 mln. */
export function formatDuizend(bedrag: Eurocent): string {
  return formatGetal(Math.round(bedrag / 100_000))
}

/** Whole euros without the sign, where the column head has it. */
export function formatEuros(bedrag: Eurocent): string {
  return formatGetal(Math.round(bedrag / 100))
}

/** '+4,1%', '−1,2%', '0,0%' or a dash. */
export function formatVerandering(deel: number | null): string {
  if (deel === null) return '–'
  const tekst = formatPercentage(Math.abs(deel))
  if (/^0,0%$/.test(tekst)) return tekst
  return `${deel > 0 ? '+' : '−'}${tekst}`
}

/** The period that a change is about: 'januari t/m juli'. */
export function compareMonths(compleet: number): string {
  return compleet === 1 ? 'januari' : `januari t/m ${VOLUIT[compleet - 1] ?? ''}`
}

/** The year and the months that a change is held against: '2025 (januari t/m juli)'. */
function saySinds({ compleet, filter }: Beeld): string {
  const jaar = String(filter.jaar - 1)
  return compleet === 12 ? jaar : `${jaar} (${compareMonths(compleet)})`
}

/**
 * A change in words, with the months it is about; undefined where nothing can be compared. No verdict on what indexing and late claims
 * explain: only from `GROEI` on a change for the worse is said to be one.
 */
export function wijziging(deel: number | null, beeld: Beeld, slechtAls?: 'op' | 'af'): Wijziging | undefined {
  if (deel === null || beeld.compleet === 0) return undefined
  const tekst = formatPercentage(Math.abs(deel))
  if (tekst === '0,0%') return { richting: 'gelijk', tekst: `even veel als in ${beeld.filter.jaar - 1}` }
  const richting = deel > 0 ? 'op' : 'af'
  return {
    richting,
    tekst: `${tekst} ${richting === 'op' ? 'meer' : 'minder'} dan in ${saySinds(beeld)}`,
    oordeel: richting === slechtAls && Math.abs(deel) >= GROEI ? 'slecht' : 'neutraal',
  }
}

/** The same of a count of persons: what chance explains is about as many. */
export function wijzigingVanAantal(groei: Aantalgroei | null, beeld: Beeld): Wijziging | undefined {
  if (groei === null || beeld.compleet === 0) return undefined
  if (groei.toeval) return { richting: 'gelijk', tekst: `ongeveer even veel als in ${saySinds(beeld)}` }
  return wijziging(groei.deel, beeld)
}

/** Which months are not complete, in words; undefined when all are. */
export function onvolledig({ compleet, verstreken, filter }: Beeld): string | undefined {
  if (compleet >= verstreken) return undefined
  const van = VOLUIT[compleet] ?? ''
  const tot = VOLUIT[verstreken - 1] ?? ''
  const wie = van === tot ? `${van} ${filter.jaar} is` : `${van} t/m ${tot} ${filter.jaar} zijn`
  return `${wie.charAt(0).toUpperCase()}${wie.slice(1)} nog niet compleet`
}

/** The explanation of a figure as a tile shows it. */
export function uitlegVan(id: DefinitieId, bijgewerkt: Date | null): Omit<UitlegProps, 'over'> {
  const { definitie, formule, bron, valkuilen } = DEFINITIES[id]
  return {
    definitie: [definitie, ...valkuilen.slice(0, 1)].join(' '),
    formule,
    bron,
    bijgewerkt: bijgewerkt === null ? 'nog niet' : formatMoment(bijgewerkt),
  }
}
