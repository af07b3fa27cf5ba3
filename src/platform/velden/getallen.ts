import { Type } from 'typebox'
import { type Eurocent, formatEuro } from '../money.ts'
import { formatGetal, HEEL, parseBedragInvoer, parseGetalInvoer, withoutGroups } from '../ui/invoer.ts'
import { type Basis, makeVeld, type OfNull, orFault, type Veld } from './veld.ts'

/** The largest amount that one field holds: ten billion euros. */
const MAX_BEDRAG: Eurocent = 1_000_000_000_000

/** A price that a sheet worked out has more digits than it shows; which way it is to go is not ours to choose. */
const NA_DE_CENTEN = /(?<=,\d\d)\d+(?=\s?€?\s*$)/
const ROND_AF = 'Rond het bedrag af op hele centen: hoogstens twee cijfers achter de komma.'

/** Read once it is rounded, and only then: an amount that is too large has another fault. */
const hasMoreThanCents = (waarde: string) =>
  NA_DE_CENTEN.test(waarde) && parseBedragInvoer(waarde.replace(NA_DE_CENTEN, '')) !== undefined

/** Euros as typed, eurocents as kept; from `min` (0 unless said) to `max`. */
export function bedrag<V extends boolean = true>(
  v: Basis<V> & { leeg: string; min?: Eurocent; max?: Eurocent },
): Veld<OfNull<Eurocent, V>> {
  const { min = 0, max = MAX_BEDRAG } = v
  return makeVeld<Eurocent, V>(v, {
    soort: 'bedrag',
    leeg: v.leeg,
    vorm: 'bedrag in euro’s, zoals 1.250 of 99,50',
    eenheid: '€',
    lees: waarde =>
      orFault(inside(parseBedragInvoer(waarde), min, max), hasMoreThanCents(waarde) ? ROND_AF : v.leeg),
    schrijf: cent =>
      (cent / 100).toLocaleString('nl-NL', {
        minimumFractionDigits: cent % 100 === 0 ? 0 : 2,
        maximumFractionDigits: 2,
      }),
    zeg: formatEuro,
    schema: Type.Integer({ minimum: min, maximum: max }),
  })
}

/** A whole number from `min` (0 unless said) to `max`. `aaneen`: written without points, as a year or the number of something is. */
export function getal<V extends boolean = true>(
  v: Basis<V> & { leeg: string; min?: number; max: number; eenheid?: string; aaneen?: boolean },
): Veld<OfNull<number, V>> {
  const { min = 0, max, aaneen = false } = v
  const schrijf = aaneen ? String : formatGetal
  return makeVeld<number, V>(v, {
    soort: 'getal',
    leeg: v.leeg,
    vorm: `heel getal van ${schrijf(min)} tot en met ${schrijf(max)}`,
    eenheid: v.eenheid,
    lees: waarde => orFault(inside(parseGetalInvoer(waarde), min, max), v.leeg),
    schrijf,
    zeg: schrijf,
    schema: Type.Integer({ minimum: min, maximum: max }),
  })
}

const inside = (n: number | undefined, min: number, max: number) =>
  n !== undefined && n >= min && n <= max ? n : undefined

/** A number with decimals, typed the Dutch way; below and above what twelve digits hold it is refused. */
export function decimaal<V extends boolean = true>(
  v: Basis<V> & { leeg: string; min?: number; max?: number; decimalen?: number; eenheid?: string },
): Veld<OfNull<number, V>> {
  const { decimalen = 6, max = 999_999_999_999, min = -max } = v
  const vorm = new RegExp(`^-?(?:${HEEL})(,\\d{1,${decimalen}})?$`)
  const format = (n: number) => n.toLocaleString('nl-NL', { maximumFractionDigits: decimalen })
  return makeVeld<number, V>(v, {
    soort: 'decimaal',
    leeg: v.leeg,
    vorm: `getal, zoals 1.250 of 42,5`,
    eenheid: v.eenheid,
    lees: waarde => {
      const n = vorm.test(waarde) ? Number(withoutGroups(waarde).replace(',', '.')) : undefined
      return orFault(inside(n, min, max), v.leeg)
    },
    schrijf: format,
    zeg: format,
    schema: Type.Refine(
      Type.Number({ minimum: min, maximum: max }),
      n => Number((n as number).toFixed(decimalen)) === n,
    ),
  })
}

/** A percentage in points, with at most two decimals unless said: 2.5 is '2,5%'. */
export function procent<V extends boolean = true>(
  v: Basis<V> & { leeg: string; min?: number; max?: number; decimalen?: number },
): Veld<OfNull<number, V>> {
  const { min = 0, max = 100, decimalen = 2, ...rest } = v
  const veld = decimaal<V>({ ...rest, min, max, decimalen, eenheid: '%' })
  return {
    ...veld,
    vorm: `percentage van ${formatGetal(min)} tot en met ${formatGetal(max)}, zoals 2,5`,
    read: ([waarde = '', ...meer], pad, opties) =>
      veld.read([waarde.trim().replace(/^\+|\s*%$/g, ''), ...meer], pad, opties),
    zeg: waarde => {
      const gezegd = veld.zeg(waarde)
      return gezegd === null ? null : `${gezegd}%`
    },
  }
}
