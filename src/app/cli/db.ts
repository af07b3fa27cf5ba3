import { isMigrated, migrate } from '../../platform/db/migrate.ts'
import { listGeweigerd } from '../../platform/db/ongetoetst.ts'
import { loadConfig } from '../../platform/instellingen.ts'
import type { Opdracht } from '../cli.ts'
import { dropAll } from '../leegmaken.ts'
import { asOwner, type Werkplek } from '../omgeving.ts'
import { orExplain, printRegel, whichDatabase, withWerkplek, wrongUse } from './werkplek.ts'

const HELP = `Gebruik:
  samenhang db migreer     werkt de database bij tot deze versie van het programma
  samenhang db leeg --ja   gooit alle gegevens weg en begint met een lege database
  samenhang db teksten     noemt teksten van vroeger die nu worden geweigerd, zoals een met een BSN: tabel, kolommen en
                           sleutel van de rij, nooit de tekst

Leeg kan niet bij een database die voor echt wordt gebruikt. Stop eerst Samenhang zelf.
Uitgang: 0 gelukt, 1 er zijn zulke teksten, 2 verkeerd gebruik of geweigerd.
`

export const opdracht: Opdracht = {
  help: HELP,
  gebruik: { migreer: {}, leeg: { opties: { ja: {} } }, teksten: {} },
  async run([wat, ...rest]) {
    if (wat === 'migreer' && rest.length === 0)
      return withWerkplek('migreer', async ({ database, config }) => {
        printRegel({ gemigreerd: await isMigrated(database.pool, config.wortel) })
        return 0
      })
    if (wat === 'teksten' && rest.length === 0)
      return withWerkplek('teksten', async werkplek => {
        const geweigerd = await asOwner(werkplek, listGeweigerd)
        for (const rij of geweigerd) printRegel(rij)
        return geweigerd.length === 0 ? 0 : 1
      })
    if (wat === 'leeg' && rest.every(optie => optie === '--ja')) {
      if (rest.length === 0)
        return orExplain(async () =>
          wrongUse(
            `Dit gooit alle gegevens weg van de ${whichDatabase(loadConfig())}. Weet u het zeker? Geef dan ook de optie --ja.`,
          ),
        )
      return withWerkplek('leeg', async werkplek => {
        if (await isProductie(werkplek))
          return wrongUse('Deze database wordt voor echt gebruikt. Leegmaken kan hier niet.')
        await asOwner(werkplek, dropAll)
        await migrate(werkplek.ownerUrl, werkplek.config.wortel)
        await werkplek.zegelgeheugen.write(undefined)
        printRegel({ leeg: true })
        return 0
      })
    }
    return wrongUse(HELP)
  },
}

/** Either side is enough: how this process was set up, or what the database was first used for. */
async function isProductie({ config, database }: Werkplek): Promise<boolean> {
  if (config.modus === 'productie') return true
  const { rows } = await database.pool.query<{ waarde: string }>(
    "select waarde from platform.instelling where sleutel = 'modus'",
  )
  return rows[0]?.waarde === 'productie'
}
