/** An amount in whole eurocents; may be negative. */
export type Eurocent = number

/** Made at first use: loading the data of a locale costs a short command much of its time. */
let euro: Intl.NumberFormat | undefined
let helEuro: Intl.NumberFormat | undefined

/** `123456` → `€ 1.234,56` (no-break space after the sign). */
export function formatEuro(bedrag: Eurocent): string {
  euro ??= new Intl.NumberFormat('nl-NL', { style: 'currency', currency: 'EUR' })
  return euro.format(bedrag / 100)
}

/** `12345678` → `€ 123.457`; for totals on dashboards, never for a line or a payment. */
export function formatHeleEuro(bedrag: Eurocent): string {
  helEuro ??= new Intl.NumberFormat('nl-NL', { style: 'currency', currency: 'EUR', maximumFractionDigits: 0 })
  return helEuro.format(bedrag / 100)
}

/** `3812345600` cents → `€ 38,1 mln`; `€ 61.200` stays whole below a million. */
export function formatMiljoen(bedrag: Eurocent): string {
  if (Math.abs(bedrag) < 100_000_000) return formatHeleEuro(bedrag)
  const miljoen = (bedrag / 100_000_000).toLocaleString('nl-NL', {
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
  })
  return `€\u00a0${miljoen}\u00a0mln`
}

/**
 * numerator / denominator rounded half away from zero, exact for safe integers.
 * Grondslag: TR346/IV081 (1,455 → 1,46; 1,454 → 1,45).
 */
export function divideRounded(numerator: number, denominator: number): number {
  const n = BigInt(numerator)
  const d = BigInt(denominator)
  const negative = n < 0n !== d < 0n
  const absN = n < 0n ? -n : n
  const absD = d < 0n ? -d : d
  const quotient = (2n * absN + absD) / (2n * absD)
  return Number(negative ? -quotient : quotient)
}

/**
 * Split `total` over `weights` in whole cents so that the parts sum to the total exactly
 * (largest remainder; ties go to the lower index).
 */
export function apportion(total: number, weights: readonly number[]): number[] {
  const sum = weights.reduce((a, b) => a + b, 0)
  if (sum <= 0) return weights.map(() => 0)
  // By what is left of each share, which is exact where a share itself, a fraction, is not: else it is chance who of two equals gets the cent.
  const rests = weights.map(w => (((total * w) % sum) + sum) % sum)
  const parts = weights.map((w, i) => Math.round((total * w - (rests[i] ?? 0)) / sum))
  const rest = total - parts.reduce((a, b) => a + b, 0)
  const order = rests.map((left, i) => ({ i, left })).sort((a, b) => b.left - a.left || a.i - b.i)
  for (const { i } of order.slice(0, rest)) parts[i] = (parts[i] ?? 0) + 1
  return parts
}
