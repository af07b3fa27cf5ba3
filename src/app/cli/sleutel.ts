import { migrate } from '../../platform/db/migrate.ts'
import { checkRollen } from '../../platform/db/rollen.ts'
import type { Opdracht } from '../cli.ts'
import { asOwner } from '../omgeving.ts'
import { changeSleutel } from '../sleutel/wissel.ts'
import { printRegel, withPlek, wrongUse } from './werkplek.ts'

const HELP = `Gebruik:
  samenhang sleutel wissel   gaat van de oude hoofdsleutel over op de nieuwe

De oude sleutel is het bestand sleutel.oud in de gegevensmap, of SAMENHANG_SLEUTEL_OUD; de nieuwe het bestand sleutel, of
SAMENHANG_SLEUTEL. Eerst gaan alle cliënten over, in één keer: zolang kan niemand werken, daarna alleen wie Samenhang met
beide sleutels start. Dan de bestanden, terwijl Samenhang draait. Zet voortgang als JSON-regels op standaarduitvoer.
Afgebroken? Voer dezelfde opdracht nog eens uit: zij gaat verder waar zij was. Bewaar de oude sleutel bij de
reservekopieën van voor de wisseling.
Uitgang: 0 gelukt, 2 verkeerd gebruik of geweigerd.
`

export const opdracht: Opdracht = {
  help: HELP,
  gebruik: { wissel: {} },
  async run(argumenten) {
    if (argumenten.length !== 1 || argumenten[0] !== 'wissel') return wrongUse(HELP)
    return withPlek(async (plek, config) => {
      await checkRollen(plek.ownerUrl)
      await migrate(plek.ownerUrl, config.wortel)
      await asOwner(plek, client => changeSleutel(config, client, printRegel))
      return 0
    })
  },
}
