import { type Ctx, personOf } from '../../http/ctx.ts'
import { runApart } from '../../kindproces.ts'
import { Problem } from '../../problem.ts'

/** One row of a file as texts, each as people type it: '31-01-2026', '12,50', 'ja'. `nummer` counts as a spreadsheet does. */
export interface Bladrij {
  nummer: number
  cellen: string[]
}

/** The first sheet of a file: its headings, and the rows that hold anything. */
export interface Blad {
  koppen: string[]
  rijen: Bladrij[]
}

/** What the reader answers: the sheet, or in words why there is none. */
export type Bladantwoord = Blad | { onleesbaar: string }

/** What reading one file may take: a small file can be made that unfolds without end. */
const GRENZEN = { geheugenMb: 768, tijdMs: 30_000 }
const TE_ZWAAR = {
  onleesbaar: 'Het bestand is te groot of te ingewikkeld om te lezen. Splits het in kleinere bestanden.',
}

/** Reads the first sheet of an XLSX or CSV file for somebody, whatever its name says it is. Throws 400 `onleesbaar-bestand`. */
export async function readBlad(bytes: Uint8Array, { wie }: Pick<Ctx, 'wie'>): Promise<Blad> {
  const antwoord = (await runApart<Bladantwoord>('bladlezer', bytes, GRENZEN, personOf(wie))) ?? TE_ZWAAR
  if ('onleesbaar' in antwoord)
    throw new Problem(400, 'onleesbaar-bestand', 'Dit bestand kan niet worden gelezen', antwoord.onleesbaar)
  return antwoord
}
