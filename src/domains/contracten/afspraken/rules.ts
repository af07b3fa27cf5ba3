import { addDays, type Datum, gaps, type Periode } from '../../../platform/dates.ts'
import type { Eurocent } from '../../../platform/money.ts'

/** A price and the days on which it is the one that holds. */
export interface Prijs extends Periode {
  /** Eurocents per unit of the product. */
  tarief: Eurocent
}

/** What a product costs through time, at one provider for one municipality. */
export interface Prijslijst {
  /** The unit in which the product is priced. */
  eenheid: string
  /** By their days; no two of them overlap. */
  prijzen: readonly Prijs[]
}

/**
 * Of prices that hold on the same day the first one counts, as for a line that is claimed (`mapAfspraken`). What goes on at the same
 * price is one price.
 */
export function orderPrijzen(kandidaten: readonly Prijs[]): Prijs[] {
  const uit: Prijs[] = []
  for (const { tarief, ...dagen } of kandidaten)
    uit.push(...gaps(dagen, [...uit]).map(deel => ({ ...deel, tarief })))
  const samen: Prijs[] = []
  for (const prijs of uit.sort((a, b) => (a.begin < b.begin ? -1 : 1))) {
    const vorige = samen.at(-1)
    const sluitAan = vorige?.eind != null && addDays(vorige.eind, 1) === prijs.begin
    if (vorige && sluitAan && vorige.tarief === prijs.tarief) vorige.eind = prijs.eind
    else samen.push(prijs)
  }
  return samen
}

/**
 * The price of a day. Where none was agreed (yet) for that day, the last one before it goes on: who is entitled to help stays so, and
 * no price is no help for nothing. Undefined before the first.
 */
export function prijsOp(prijzen: readonly Prijs[], dag: Datum): Prijs | undefined {
  return prijzen.findLast(({ begin }) => begin <= dag)
}
