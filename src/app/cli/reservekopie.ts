import { resolve } from 'node:path'
import { NOBODY } from '../../platform/db/database.ts'
import { loadConfig } from '../../platform/instellingen.ts'
import { checkAudit } from '../../platform/zegel.ts'
import { findDatabaseId, makeZegelgeheugen } from '../../platform/zegelgeheugen.ts'
import { rebuildCijfers } from '../cijfers.ts'
import type { Opdracht } from '../cli.ts'
import { asOwner } from '../omgeving.ts'
import { checkKopie, makeKopie, restoreKopie } from '../reservekopie/index.ts'
import { ensureKopierol } from '../reservekopie/rol.ts'
import { orExplain, printRegel, withPlek, withWerkplek, wrongUse } from './werkplek.ts'

const HELP = `Gebruik:
  samenhang reservekopie maak BESTAND         maakt een kopie van de hele database; Samenhang kan doorwerken
  samenhang reservekopie controleer BESTAND   leest een kopie tot het einde
  samenhang reservekopie zet-terug BESTAND    zet een kopie terug in een nieuwe, lege database
  samenhang reservekopie controleer           bewijst dat de database heel is: sleutel, inzagelogboek en cijfers
  samenhang reservekopie rol                  maakt de rol samenhang_kopie, die alles leest en niets verandert

Een kopie is versleuteld met de hoofdsleutel: zonder die sleutel is zij niets waard, dus bewaar hem, en ergens anders. Wie
is ingelogd, staat er niet in. Terugzetten kan met dezelfde of een nieuwere versie van het programma, op elke server.
Uitgang: 0 gelukt of heel, 1 niet heel, 2 verkeerd gebruik of geweigerd.
`

/** A backup takes the log back to when it was made: nothing is sealed until somebody says that this was meant. */
const DAARNA =
  'Deze machine kent het logboek van voor het terugzetten. Voer uit voordat u Samenhang start: ' +
  'bin/samenhang audit aanvaard REDEN\n'

export const opdracht: Opdracht = {
  help: HELP,
  gebruik: {
    maak: { argumenten: ['BESTAND'] },
    controleer: { argumenten: ['[BESTAND]'] },
    'zet-terug': { argumenten: ['BESTAND'] },
    rol: {},
  },
  async run([wat, pad, ...rest]) {
    if (rest.length > 0) return wrongUse(HELP)
    if (wat === 'rol' && pad === undefined)
      return withPlek(async plek => {
        await asOwner(plek, ensureKopierol)
        printRegel({ rol: 'samenhang_kopie' })
        return 0
      })
    if (wat === 'controleer' && pad === undefined) return controleerDatabase()
    if (pad === undefined) return wrongUse(HELP)
    const bestand = resolve(pad)
    if (wat === 'maak')
      return withPlek(async (plek, config) => {
        await makeKopie(config, plek, bestand)
        printRegel({ bestand, ...(await checkKopie(config, bestand)) })
        return 0
      })
    if (wat === 'controleer')
      return orExplain(async () => {
        printRegel({ bestand, ...(await checkKopie(loadConfig(), bestand)) })
        return 0
      })
    if (wat === 'zet-terug')
      return withPlek(
        async (plek, config) => {
          printRegel({ teruggezet: bestand, rijen: await restoreKopie(config, plek, bestand) })
          const id = await asOwner(plek, findDatabaseId)
          const bekend = await makeZegelgeheugen(config.data, config.databaseUrl, id).read()
          if (bekend.length > 0) process.stderr.write(DAARNA)
          return 0
        },
        { magNieuw: true },
      )
    return wrongUse(HELP)
  },
}

function controleerDatabase() {
  return withWerkplek('controle', async werkplek => {
    const logboek = await werkplek.database.read(NOBODY, db => checkAudit(db, werkplek))
    const tabellen = await rebuildCijfers(werkplek.database, false)
    const cijfersGelijk = tabellen.every(tabel => tabel.verschillen === 0)
    const heel = logboek.goed && cijfersGelijk
    printRegel({ heel, logboek, cijfersGelijk })
    return heel ? 0 : 1
  })
}
