import { Problem } from '../../platform/problem.ts'
import type { Exitcode } from '../cli.ts'
import { listOngelezen, setUpMap } from '../inrichten/map.ts'
import { cliCtx, printRegel, withWerkplek, wrongUse } from './werkplek.ts'

/** `samenhang regio inrichten MAP [--proef]`: a line for each file with what it changed, or what is wrong with it; the last with what lies in the folder and was not read. */
export async function setUpFromMap(map: string, proef: boolean): Promise<Exitcode> {
  return withWerkplek('regio', async werkplek => {
    try {
      const uitkomsten = await setUpMap(await cliCtx(werkplek), map, { proef })
      for (const { bestand, uitkomst } of uitkomsten) {
        const { voorbeelden, ...telling } = uitkomst
        printRegel({ bestand, proef, ...telling })
      }
      const nietGelezen = listOngelezen(map)
      if (nietGelezen.length > 0) printRegel({ nietGelezen })
      return uitkomsten.some(({ uitkomst }) => uitkomst.aantalFouten > 0) ? 1 : 0
    } catch (fout) {
      if (fout instanceof Problem) return wrongUse(`${fout.titel}\n${fout.detail ?? ''}\n`)
      throw fout
    }
  })
}
