import { type Eurocent, formatEuro } from '../../../platform/money.ts'
import type { Opmerking } from '../../../platform/register/letop.ts'
import type { Maatwissel } from '../../../platform/register/plan.ts'
import { formatGetal, formatVerschil } from '../../../platform/ui/invoer.ts'
import { namesBeside } from './eenheid.ts'

/** A price that differs more than this from the one before is worth a look: no indexing goes that far. A share. */
const GRENS = 0.25

/** A price that becomes another, in eurocents per unit of the product. */
export interface Stap {
  was: Eurocent
  wordt: Eurocent
}

type Tariefwijziging = Readonly<Record<'oud' | 'nieuw', { tarief?: unknown } | null>> & {
  volgtOp?: { gegevens: { tarief?: unknown }; andereMaat?: Maatwissel }
}

/**
 * From which price to which a row goes: from the one that it replaces, or else from the one that it follows. Undefined of a first price, and of
 * one that is per another unit than the one before: no share says how an hour compares with a minute.
 */
export function stepOf({ oud, nieuw, volgtOp }: Tariefwijziging): Stap | undefined {
  if (oud === null && volgtOp?.andereMaat?.tarief) return undefined
  const [was, wordt] = [(oud ?? volgtOp?.gegevens)?.tarief, nieuw?.tarief]
  return typeof was === 'number' && was > 0 && typeof wordt === 'number' ? { was, wordt } : undefined
}

/** What is worth a look in a price; undefined within what is usual. */
export function judgeStap({ was, wordt }: Stap): Omit<Opmerking, 'veld'> | undefined {
  const deel = wordt / was - 1
  if (Math.abs(deel) <= GRENS) return undefined
  return {
    melding: `Dit tarief is ${sayHowMuch(was, wordt)} het vorige, ${formatEuro(was)}.`,
    verwacht: `een tarief van ${formatEuro(Math.ceil(was * (1 - GRENS)))} tot en met ${formatEuro(Math.floor(was * (1 + GRENS)))}`,
    soort: 'Dit tarief verschilt meer dan 25% van het vorige.',
  }
}

/** The same of a price that is per another unit than the one before, `was`; units as in the standard (WJ756). */
export function judgeEenheidstap(was: Eurocent, { van, naar }: Maatwissel[string]): Omit<Opmerking, 'veld'> {
  const [wasPer, per] = namesBeside(van, naar)
  const keer = UUR_IN[`${van}~${naar}`]
  const zelfde = keer === undefined ? '' : `, dat is ${formatEuro(Math.round(was * keer))} per ${per}`
  return {
    melding: `Dit tarief is per ${per}. Het vorige, ${formatEuro(was)}, is per ${wasPer}${zelfde}.`,
    verwacht: `een tarief per ${per}`,
    soort: 'Dit tarief is per een andere eenheid dan het vorige.',
  }
}

/** How many times as much an hour costs as a minute, and the reverse. */
const UUR_IN: Readonly<Record<string, number>> = { '01~04': 60, '04~01': 1 / 60 }

/** A ceiling that differs more than this from that of the year before is more often a slip of the hand than a decision. A share. */
const GRENS_PLAFOND = 0.5

/** What is worth a look in a ceiling beside that of the year before; undefined within what is usual. */
export function judgePlafondstap({ was, wordt }: Stap, jaar: number): Omit<Opmerking, 'veld'> | undefined {
  if (was === 0 || Math.abs(wordt / was - 1) <= GRENS_PLAFOND) return undefined
  return {
    melding: `Dit plafond is ${sayHowMuch(was, wordt)} dat van ${jaar - 1}, ${formatEuro(was)}.`,
    verwacht: `een plafond van ${formatEuro(Math.ceil(was * (1 - GRENS_PLAFOND)))} tot en met ${formatEuro(Math.floor(was * (1 + GRENS_PLAFOND)))}`,
    soort: 'Dit plafond verschilt meer dan de helft van dat van het jaar ervoor.',
  }
}

/** '12 keer zo hoog als', '40% hoger dan', '92% lager dan'. */
function sayHowMuch(was: Eurocent, wordt: Eurocent): string {
  if (wordt >= 2 * was) return `${timesOf(wordt / was)} keer zo hoog als`
  const procent = formatVerschil(wordt / was - 1).replace(/^[+-]|,00(?=%)/g, '')
  return `${procent} ${wordt > was ? 'hoger' : 'lager'} dan`
}

/** Whole from ten on: '2,4', '12'. */
const timesOf = (keer: number) =>
  keer >= 10 ? formatGetal(keer) : keer.toLocaleString('nl-NL', { maximumFractionDigits: 1 })

/**
 * How many prices rise, fall and stay, and by how much: '3 tarieven stijgen, 1 tarief daalt: van -2,10% tot +4,96%.' Empty where
 * there is none.
 */
export function sayStappen(stappen: readonly Stap[]): string {
  const delen = stappen.map(({ was, wordt }) => wordt / was - 1)
  const anders = delen.filter(deel => deel !== 0)
  const omhoog = anders.filter(deel => deel > 0).length
  const wat = [
    [omhoog, 'stijgt', 'stijgen'],
    [anders.length - omhoog, 'daalt', 'dalen'],
    [delen.length - anders.length, 'blijft gelijk', 'blijven gelijk'],
  ] as const
  const gezegd = wat
    .filter(([aantal]) => aantal > 0)
    .map(([n, een, meer]) => `${n === 1 ? `1 tarief ${een}` : `${formatGetal(n)} tarieven ${meer}`}`)
    .join(', ')
  if (anders.length === 0) return gezegd && `${gezegd}.`
  // By hand: a list of thousands does not fit in the arguments of Math.min.
  const kleinste = formatVerschil(anders.reduce((a, b) => Math.min(a, b)))
  const grootste = formatVerschil(anders.reduce((a, b) => Math.max(a, b)))
  return `${gezegd}: ${kleinste === grootste ? kleinste : `van ${kleinste} tot ${grootste}`}.`
}
