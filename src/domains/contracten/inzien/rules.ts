import type { Datum } from '../../../platform/dates.ts'
import type { Eurocent } from '../../../platform/money.ts'

/** A price as agreed for a period; `eind` is the last day, null when open. Eurocents per unit of the product. */
export interface Tarief {
  productId: number
  product: string
  code: string
  wet: 'jw' | 'wmo'
  eenheid: string
  segment: string
  vanaf: Datum
  eind: Datum | null
  tarief: Eurocent
}

export interface Tariefstap {
  tarief: Eurocent
  vanaf: Datum
  eind: Datum | null
  /** Change from the price before it as a share (0.031 is 3.1% more); null for the first. */
  wijziging: number | null
}

export interface Tariefregel extends Omit<Tarief, 'vanaf' | 'eind' | 'tarief'> {
  /** By first day. */
  stappen: ReadonlyMap<Datum, Tariefstap>
}

/** One row per product with its prices by first day, each with the change from the one before. Order as given. */
export function perProduct(tarieven: readonly Tarief[]): Tariefregel[] {
  const regels = new Map<number, Tarief[]>()
  for (const tarief of tarieven)
    regels.set(tarief.productId, [...(regels.get(tarief.productId) ?? []), tarief])
  return [...regels.values()].flatMap(alle => {
    const [eerste] = alle
    if (eerste === undefined) return []
    const opVolgorde = alle.toSorted((a, b) => (a.vanaf < b.vanaf ? -1 : 1))
    const stappen = new Map(
      opVolgorde.map(({ vanaf, eind, tarief }, i) => {
        const vorige = opVolgorde[i - 1]
        return [vanaf, { tarief, vanaf, eind, wijziging: vorige ? tarief / vorige.tarief - 1 : null }]
      }),
    )
    const { vanaf, eind, tarief, ...product } = eerste
    return [{ ...product, stappen }]
  })
}

/** Every first day on which some price changes, oldest first. */
export function ingangsdata(tarieven: readonly Tarief[]): Datum[] {
  return [...new Set(tarieven.map(tarief => tarief.vanaf))].sort()
}

export type Looptijd = 'lopend' | 'toekomstig' | 'afgelopen'

/** Where a contract stands on a day; both ends are inside its term. */
export function looptijdOp(contract: { begin: Datum; eind: Datum | null }, dag: Datum): Looptijd {
  if (contract.begin > dag) return 'toekomstig'
  return contract.eind !== null && contract.eind < dag ? 'afgelopen' : 'lopend'
}

const EENHEID: Readonly<Record<string, string>> = {
  '01': 'minuut',
  '04': 'uur',
  '14': 'etmaal',
  '16': 'dagdeel',
  '82': 'stuk',
  '83': 'euro',
  '84': 'stuk',
}

/** 'uur' for '04'. */
export function eenheidNaam(eenheid: string): string {
  return EENHEID[eenheid] ?? eenheid
}
