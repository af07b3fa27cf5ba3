import writeXlsxFile from 'write-excel-file/node'

/** A workbook before it is made: of each column its heading and kind, and the values of the rows. */
export interface Bladinhoud {
  koppen: string[]
  /** 'bedrag': eurocents; 'datum': ISO date; 'getal': a number, or a text instead of one. */
  soorten: ('tekst' | 'getal' | 'bedrag' | 'datum')[]
  rijen: (string | number | null)[][]
}

/** The bytes of the workbook. */
export async function writeBlad({ koppen, soorten, rijen }: Bladinhoud): Promise<Uint8Array> {
  const kop = koppen.map(value => ({ value, fontWeight: 'bold' as const }))
  const data = rijen.map(rij => rij.map((waarde, i) => cellOf(soorten[i], waarde)))
  const breedtes = koppen.map(kop => ({ width: Math.max(12, kop.length + 2) }))
  return writeXlsxFile([kop, ...data], { columns: breedtes, stickyRowsCount: 1 }).toBuffer()
}

function cellOf(soort: Bladinhoud['soorten'][number] | undefined, waarde: string | number | null) {
  if (waarde === null) return null
  if (soort === 'bedrag') return { type: Number, value: Number(waarde) / 100, format: '#,##0.00' }
  if (soort === 'getal' && typeof waarde === 'number') return { type: Number, value: waarde }
  if (soort === 'datum') return { type: Date, value: new Date(`${waarde}T00:00:00Z`), format: 'dd-mm-yyyy' }
  return { type: String, value: String(waarde) }
}
