const DECIMAAL = new Intl.NumberFormat('nl-NL', { maximumFractionDigits: 6 })

/** A number as people read it, with up to six decimals. */
export function formatDecimaal(getal: number): string {
  return DECIMAAL.format(getal)
}
