import { type Datum, dayNumber, daysIn, fromDayNumber, lastOfMonth } from '../../platform/dates.ts'

/** Months are counted from January of the first year of the region: 0 … 47. */
export class Kalender {
  readonly eersteJaar: number
  readonly maanden: number

  constructor(eersteJaar: number, jaren: number) {
    this.eersteJaar = eersteJaar
    this.maanden = jaren * 12
  }

  /** First day of month `m`; `m` may lie before or after the region's years. */
  begin(m: number): Datum {
    const jaar = this.eersteJaar + Math.floor(m / 12)
    return `${jaar}-${String((((m % 12) + 12) % 12) + 1).padStart(2, '0')}-01`
  }

  /** Last day of month `m`. */
  eind(m: number): Datum {
    return lastOfMonth(this.begin(m))
  }

  /** Day `dag` of month `m`, not beyond its last day. */
  dag(m: number, dag: number): Datum {
    const eind = this.eind(m)
    const datum = `${eind.slice(0, 8)}${String(dag).padStart(2, '0')}`
    return datum > eind ? eind : datum
  }

  /** The month of a date. */
  maand(datum: Datum): number {
    return (+datum.slice(0, 4) - this.eersteJaar) * 12 + (+datum.slice(5, 7) - 1)
  }
}

/** Distinct calendar weeks (Monday to Sunday) that a closed period touches. Grondslag: IV077. */
export function wekenGeraakt(begin: Datum, eind: Datum): number {
  if (daysIn(begin, eind) === 0) return 0
  return Math.floor((dayNumber(eind) + 3) / 7) - Math.floor((dayNumber(begin) + 3) / 7) + 1
}

/** `dagen` later than `datum`. */
export function plus(datum: Datum, dagen: number): Datum {
  return fromDayNumber(dayNumber(datum) + dagen)
}
