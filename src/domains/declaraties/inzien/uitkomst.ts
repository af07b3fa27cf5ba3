import { type Datum, lastOfMonth, maandenVan } from '../../../platform/dates.ts'
import type { Eurocent } from '../../../platform/money.ts'
import type { Regel } from '../../istandaard/index.ts'
import { CLIENT_ONBEKEND, DECLARATIE_REGELS } from '../controle/declaratieregels.ts'
import { inKleinsteEenheid, maxVoorPeriode, type Omvang } from '../controle/omvang.ts'
import { PRESTATIE_REGELS } from '../controle/prestatieregels.ts'

const REGELS: ReadonlyMap<string, Regel> = new Map(
  [...PRESTATIE_REGELS, ...DECLARATIE_REGELS, CLIENT_ONBEKEND].map(regel => [regel.code, regel]),
)

/** Title, ground and advice of a rule by its code; undefined for a rule of another message. */
export function findRegel(code: string): Regel | undefined {
  return REGELS.get(code)
}

export type Uitkomst = 'goedgekeurd' | 'deels' | 'afgekeurd' | 'geweigerd'

/** How a declaratie ended. `geweigerd`: refused as a whole, no line was judged (9333, 8214 or its header). */
export function uitkomstVan(declaratie: { geldt: boolean; regels: number; afgekeurd: number }): Uitkomst {
  if (!declaratie.geldt) return 'geweigerd'
  if (declaratie.afgekeurd === 0) return 'goedgekeurd'
  return declaratie.afgekeurd === declaratie.regels ? 'afgekeurd' : 'deels'
}

export const UITKOMST: Readonly<
  Record<Uitkomst, { naam: string; toon: 'succes' | 'waarschuwing' | 'fout' }>
> = {
  goedgekeurd: { naam: 'Goedgekeurd', toon: 'succes' },
  deels: { naam: 'Deels goedgekeurd', toon: 'waarschuwing' },
  afgekeurd: { naam: 'Afgekeurd', toon: 'fout' },
  geweigerd: { naam: 'Geheel geweigerd', toon: 'fout' },
}

/** One month of one toewijzing: approved and refused, net of credits. */
export interface Maandstand {
  maand: Datum
  /** In the smallest unit (minutes for hours), and only of lines that count in the unit of the toewijzing. */
  geleverd: number
  goedgekeurd: Eurocent
  afgekeurd: Eurocent
  regels: number
}

export interface Maandregel extends Maandstand {
  /** The most that may be claimed in the month, in the smallest unit; null without an omvang. */
  maximum: number | null
}

/**
 * Every month from the first day of the toewijzing up to `tot` (or its last day), with what was claimed and the most
 * that may be; months before or after that were claimed all the same are there too. A month with no claim counts zero.
 * Grondslag: iJw/iWmo 3.2 TR321, IV077.
 */
export function perMaand(
  standen: readonly Maandstand[],
  toewijzing: { ingang: Datum; eind: Datum | null; omvang: Omvang | null },
  tot: Datum,
): Maandregel[] {
  const perMaand = new Map(standen.map(stand => [stand.maand, stand]))
  const { ingang, omvang } = toewijzing
  const eind = toewijzing.eind !== null && toewijzing.eind < tot ? toewijzing.eind : tot
  for (const maand of maandenVan(ingang, eind))
    if (!perMaand.has(maand))
      perMaand.set(maand, { maand, geleverd: 0, goedgekeurd: 0, afgekeurd: 0, regels: 0 })
  return [...perMaand.values()]
    .sort((a, b) => (a.maand < b.maand ? -1 : 1))
    .map(stand => {
      const begin = stand.maand < ingang ? ingang : stand.maand
      const laatste = lastOfMonth(stand.maand)
      const slot = toewijzing.eind !== null && toewijzing.eind < laatste ? toewijzing.eind : laatste
      return {
        ...stand,
        maximum:
          omvang === null || slot < begin || !isPerPeriode(omvang)
            ? null
            : inKleinsteEenheid(maxVoorPeriode(omvang, begin, slot), omvang.eenheid),
      }
    })
}

/** True for a volume per day, week or month; a volume for the whole term has no maximum per month. */
export function isPerPeriode(omvang: Pick<Omvang, 'frequentie'>): boolean {
  return omvang.frequentie !== '6'
}
