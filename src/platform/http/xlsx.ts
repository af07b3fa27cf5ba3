import writeXlsxFile from 'write-excel-file/node'

/** A workbook before it is made: of each column its heading and kind, and the values of the rows. */
export interface Bladinhoud {
  koppen: string[]
  /** 'bedrag': eurocents; 'datum': ISO date; 'getal': a number, or a text instead of one. */
  soorten: ('tekst' | 'getal' | 'bedrag' | 'datum')[]
  rijen: (string | number | null)[][]
  /** A second sheet of texts beside the one that is filled in, its heading first. */
  uitleg?: string[][]
}

/** The bytes of the workbook. */
export async function writeBlad({ koppen, soorten, rijen, uitleg }: Bladinhoud): Promise<Uint8Array> {
  const data = rijen.map(rij => rij.map((waarde, i) => cellOf(soorten[i], waarde)))
  const breedtes = koppen.map(kop => ({ width: Math.max(12, kop.length + 2) }))
  const blad = { columns: breedtes, stickyRowsCount: 1 }
  if (uitleg === undefined) return writeXlsxFile([bold(koppen), ...data], blad).toBuffer()
  const [kop = [], ...regels] = uitleg
  const naast = regels.map(rij => rij.map(value => ({ type: String, value, wrap: true })))
  return writeXlsxFile([
    { ...blad, sheet: 'Invullen', data: [bold(koppen), ...data] },
    { sheet: 'Uitleg', columns: UITLEGBREEDTES, stickyRowsCount: 1, data: [bold(kop), ...naast] },
  ]).toBuffer()
}

const UITLEGBREEDTES = [{ width: 30 }, { width: 10 }, { width: 90 }]
const bold = (koppen: readonly string[]) => koppen.map(value => ({ value, fontWeight: 'bold' as const }))

function cellOf(soort: Bladinhoud['soorten'][number] | undefined, waarde: string | number | null) {
  if (waarde === null) return null
  if (soort === 'bedrag') return { type: Number, value: Number(waarde) / 100, format: '#,##0.00' }
  if (soort === 'getal' && typeof waarde === 'number') return { type: Number, value: waarde }
  if (soort === 'datum') return { type: Date, value: new Date(`${waarde}T00:00:00Z`), format: 'dd-mm-yyyy' }
  return { type: String, value: String(waarde) }
}
