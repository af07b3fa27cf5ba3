/**
 * What an address may say of what was just done, after a form was sent: only `readGedaan` reads these, and they go along to no other
 * page.
 */
export const GEDAAN = [
  'al',
  'apart',
  'bewaard',
  'gedaan',
  'geladen',
  'melding',
  'opgeslagen',
  'opnieuw',
] as const

/** An address before and after its first question mark; a second one belongs to what is asked. */
export function splitAdres(adres: string): [pad: string, zoek: string] {
  const plek = adres.indexOf('?')
  return plek === -1 ? [adres, ''] : [adres.slice(0, plek), adres.slice(plek + 1)]
}

/**
 * The same address with some query parameters changed. `undefined` and '' remove a parameter; all others
 * stay as they are, in order, so that filter, sorting and page never lose each other. Only what was just done is left out.
 */
export function withQuery(adres: string, wijzigingen: Readonly<Record<string, string | undefined>>): string {
  const [pad, zoek] = splitAdres(adres)
  const query = new URLSearchParams(zoek)
  for (const naam of GEDAAN) query.delete(naam)
  for (const [naam, waarde] of Object.entries(wijzigingen)) {
    if (waarde === undefined || waarde === '') query.delete(naam)
    else query.set(naam, waarde)
  }
  const tekst = query.toString()
  return tekst === '' ? pad : `${pad}?${tekst}`
}

export interface Sortering {
  kolom: string
  richting: 'op' | 'af'
}

/**
 * Reads `?sorteer=naam` (ascending) or `?sorteer=-naam` (descending). A column that is not in `toegestaan`
 * answers `standaard`: the value comes from outside and ends up in an ORDER BY.
 */
export function parseSortering(waarde: string, toegestaan: readonly string[]): Sortering | null {
  const af = waarde.startsWith('-')
  const kolom = af ? waarde.slice(1) : waarde
  return toegestaan.includes(kolom) ? { kolom, richting: af ? 'af' : 'op' } : null
}

/** Reads `?pagina=3`; null for anything that is no whole number from 1 up. */
export function parsePagina(waarde: string): number | null {
  return /^[1-9]\d{0,6}$/.test(waarde) ? Number(waarde) : null
}

/** The id of the input for a field path of `Fout`: form name 'einddatum' or JSON pointer '/regels/0/bedrag'. */
export function veldId(pad: string): string {
  return `veld-${pad
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '')}`
}
