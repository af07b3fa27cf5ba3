import { sayStand } from '../../platform/http/voortgang.tsx'
import { Problem } from '../../platform/problem.ts'
import { type Voortgang, withMeld } from '../../platform/voortgang.ts'
import type { Exitcode } from '../cli.ts'
import { listOngelezen, setUpMap } from '../inrichten/map.ts'
import { cliCtx, printRegel, withWerkplek, wrongUse } from './werkplek.ts'

/** `samenhang regio inrichten MAP [--proef]`: a line for each file with what it changed, or what is wrong with it; the last with what lies in the folder and was not read. */
export async function setUpFromMap(map: string, proef: boolean): Promise<Exitcode> {
  return withWerkplek('regio', async werkplek => {
    try {
      const uitkomsten = await setUpMap(withMeld(await cliCtx(werkplek), sayNowAndThen(proef)), map, {
        proef,
      })
      for (const { bestand, uitkomst } of uitkomsten) {
        const { voorbeelden, ...telling } = uitkomst
        printRegel({ bestand, proef, ...telling })
      }
      const nietGelezen = listOngelezen(map)
      if (nietGelezen.length > 0) printRegel({ nietGelezen })
      return uitkomsten.some(({ uitkomst }) => uitkomst.aantalFouten > 0) ? 1 : 0
    } catch (fout) {
      if (fout instanceof Problem)
        return wrongUse(
          `${fout.titel}\n${fout.detail ?? fout.fouten.map(({ melding }) => melding).join('\n')}\n`,
        )
      throw fout
    }
  })
}

/** What a trial does not do. */
const VASTLEGGEN = 'Nu wordt het vastgelegd.'
const NIETS = 'Er wordt niets vastgelegd: dit is een proef.'

/** As often it is said how far it is, in milliseconds; what is done sooner says nothing. */
const STAP = 2000

/** How far it is, on standard error. */
function sayNowAndThen(proef: boolean): (voortgang: Voortgang) => void {
  let gezegd = Date.now()
  return voortgang => {
    if (Date.now() - gezegd < STAP) return
    gezegd = Date.now()
    process.stderr.write(
      `${voortgang.wat}: ${proef ? sayStand(voortgang).replace(VASTLEGGEN, NIETS) : sayStand(voortgang)}\n`,
    )
  }
}
