import { sayStand } from '../../platform/http/voortgang.tsx'
import { Problem } from '../../platform/problem.ts'
import { type Voortgang, withMeld } from '../../platform/voortgang.ts'
import type { Exitcode } from '../cli.ts'
import { listOngelezen, setUpMap } from '../inrichten/map.ts'
import { sayUitkomsten, toMachine } from './inrichtregels.ts'
import { cliCtx, printRegel, withWerkplek, wrongUse } from './werkplek.ts'

export interface Inrichtopties {
  proef: boolean
  /** For a program: a line of JSON for each file, and the last with what was not read. */
  json: boolean
}

/** `samenhang regio inrichten MAP [--proef] [--json]`: what each file in the folder changed, what is wrong with it, and what was not read. */
export async function setUpFromMap(map: string, { proef, json }: Inrichtopties): Promise<Exitcode> {
  return withWerkplek('regio', async werkplek => {
    try {
      const uitkomsten = await setUpMap(withMeld(await cliCtx(werkplek), sayNowAndThen(proef)), map, {
        proef,
      })
      const gedaan = { proef, uitkomsten, nietGelezen: listOngelezen(map) }
      if (json) for (const regel of toMachine(gedaan)) printRegel(regel)
      else process.stdout.write(`${sayUitkomsten(gedaan).join('\n')}\n`)
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

/** What is said last, and what a trial says there. */
const GEDULD = 'Nog even geduld.'
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
      `${voortgang.wat}: ${proef ? sayStand(voortgang).replace(GEDULD, NIETS) : sayStand(voortgang)}\n`,
    )
  }
}
