/** Address of the same as a file: a list has one beside it, a page of figures is one itself. */
export function asFile(adres: string, soort: string): string {
  const naam = /\/export(\?|$)/.test(adres) ? 'formaat' : 'als'
  return `${adres}${adres.includes('?') ? '&' : '?'}${naam}=${soort}`
}
