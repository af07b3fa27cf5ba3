/** A number as typed the Dutch way, with up to six decimals: '1.250', '42,5', '-3'; undefined for anything else. */
export function parseGetal(tekst: string): number | undefined {
  const schoon = tekst.trim()
  if (!/^-?(\d{1,3}(\.\d{3})+|\d{1,12})(,\d{1,6})?$/.test(schoon)) return undefined
  return Number(schoon.replaceAll('.', '').replace(',', '.'))
}

const DECIMAAL = new Intl.NumberFormat('nl-NL', { maximumFractionDigits: 6 })

/** The same number as people read it. */
export function formatDecimaal(getal: number): string {
  return DECIMAAL.format(getal)
}

/** What was typed without spaces around it; null when nothing was. */
export function leegIsNull(tekst: string): string | null {
  const schoon = tekst.trim()
  return schoon === '' ? null : schoon
}
