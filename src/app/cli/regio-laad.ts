import type { RegioOpties } from '../../demoregio/index.ts'
import { dayNumber } from '../../platform/dates.ts'
import { refreshStatistics } from '../../platform/db/onderhoud.ts'
import type { Exitcode } from '../cli.ts'
import type { Werkplek } from '../omgeving.ts'
import { loadGemaakt } from '../regio/demonstratie.ts'
import { isGeladen, type Laadresultaat, loadRegio } from '../regio/laden.ts'
import { MapFout, readRegioMap } from '../regio/map.ts'
import { checkModus } from '../startproeven.ts'
import { printRegel, withWerkplek, wrongUse } from './werkplek.ts'

/** `samenhang regio laad MAP`: a region as `regio maak` wrote it. */
export async function loadMap(map: string): Promise<Exitcode> {
  try {
    const { peildatum, ...bron } = readRegioMap(map)
    return await laad(peildatum, (werkplek, voortgang) => loadRegio(werkplek, bron, voortgang))
  } catch (fout) {
    if (fout instanceof MapFout) return wrongUse(fout.message)
    throw fout
  }
}

/** `samenhang regio laad`: the region that `regio maak` would write with the same options, without the files. */
export async function loadOpties(opties: RegioOpties): Promise<Exitcode> {
  return laad(opties.peildatum, (werkplek, voortgang) => loadGemaakt(werkplek, opties, voortgang))
}

type Lader = (werkplek: Werkplek, voortgang: (moment: string) => void) => Promise<Laadresultaat>

async function laad(peildatum: string, lader: Lader): Promise<Exitcode> {
  return withWerkplek('regio', async werkplek => {
    if (werkplek.config.modus === 'productie')
      return wrongUse('Een demonstratieregio hoort niet in een database die voor echt wordt gebruikt.')
    await checkModus(werkplek)
    if (await isGeladen(werkplek.database))
      return wrongUse('Er is al een regio geladen. Maak de database eerst leeg met: samenhang db leeg --ja')
    const { berichten, perUitkomst } = await lader(werkplek, showProgress(peildatum))
    await refreshStatistics(werkplek.ownerUrl)
    printRegel({ berichten, perUitkomst })
    return 0
  })
}

/** On standard error, and only for a person: standard output is for the result. */
function showProgress(peildatum: string): (moment: string) => void {
  if (!process.stderr.isTTY) return () => undefined
  const eind = dayNumber(peildatum)
  const begin = dayNumber(`${+peildatum.slice(0, 4) - 3}-01-01`)
  let getoond = -1
  return moment => {
    const deel = Math.min(1, Math.max(0, (dayNumber(moment.slice(0, 10)) - begin) / (eind - begin)))
    const procent = Math.round(deel * 100)
    if (procent === getoond) return
    getoond = procent
    process.stderr.write(`\r${procent} % ${moment.slice(0, 7)}`)
    if (procent === 100) process.stderr.write('\n')
  }
}
