/** What a sheet can hold at most; and what one of ours holds: what fits in neither, nobody typed there. */
const BLAD = { rij: 1_048_576, kolom: 16_384 }
/** So many places between the first cell and the furthest that holds anything: a reader makes all of them. */
const MAX_PLAATSEN = 20_000_000

/**
 * A row or cell as it stands in a part, whatever its prefix and whatever it stands in, with what comes after it. A prefix, its attributes
 * and the text after it hold no '<', so that every sign is looked at a few times at most.
 */
const ELEMENT = /<(?:[^\s<>"'/:]*:)?(row|c)(?=[\s/>])([^<>]*)(>?)(?=(\s*<\/)?)/g
/** Its attributes as every spreadsheet writes them. Of another spelling two readers need not read the same. */
const ATTRIBUTEN = /^(?:\s+[^\s=<>"'/]+\s*=\s*(?:"[^"<>]*"|'[^'<>]*'))*\s*\/?$/
const PLAATS = /\s(?!xmlns:)(?:[^\s=<>"'/:]*:)?r\s*=\s*(?:"([^"]*)"|'([^']*)')/g
const CEL = /^([A-Z]{1,3})([1-9]\d{0,6})$/

/**
 * Why the cells of a part stand where no cell can stand, or so far apart that reading them would take all memory; undefined for nothing.
 * `tekst`: any part of a workbook, with a sign for each byte.
 */
export function findBuitenBlad(tekst: string): string | undefined {
  const verste = { rij: 0, kolom: 0 }
  for (const [, soort, attributen = '', slot, leeg] of tekst.matchAll(ELEMENT)) {
    if (slot === '' || !ATTRIBUTEN.test(attributen)) return ANDERS
    for (const [, dubbel, enkel] of attributen.matchAll(PLAATS)) {
      const plaats = dubbel ?? enkel ?? ''
      const [, letters = 'A', cijfers = ''] = CEL.exec(soort === 'row' ? `A${plaats}` : plaats) ?? []
      const [rij, kolom] = [Number(cijfers), columnOf(letters)]
      if (cijfers === '' || rij > BLAD.rij || kolom > BLAD.kolom) return sayBuiten(plaats)
      // A cell that only has a colour takes no place.
      if (soort === 'row' || attributen.endsWith('/') || leeg !== undefined) continue
      verste.rij = Math.max(verste.rij, rij)
      verste.kolom = Math.max(verste.kolom, kolom)
      if (verste.rij * verste.kolom > MAX_PLAATSEN) return sayVer(plaats)
    }
  }
  return undefined
}

const columnOf = (letters: string) =>
  [...letters].reduce((n, letter) => n * 26 + letter.charCodeAt(0) - 64, 0)

const ANDERS = 'Er staan cellen in zoals geen rekenblad ze schrijft. Sla het bestand opnieuw op als XLSX.'
const sayBuiten = (plaats: string) =>
  `Er staat iets in cel ${plaats.slice(0, 20)}, en die kan een rekenblad niet hebben. Sla het bestand opnieuw op als XLSX.`
const sayVer = (plaats: string) =>
  `Er staat iets in cel ${plaats}, ver buiten de tabel. Maak die cel leeg, en kies het bestand opnieuw.`
