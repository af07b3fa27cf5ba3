import { NOBODY } from '../../platform/db/database.ts'
import { checkAudit } from '../../platform/zegel.ts'
import type { Opdracht } from '../cli.ts'
import { printRegel, withWerkplek, wrongUse } from './werkplek.ts'

const HELP = `Gebruik:
  samenhang audit controleer   bewijst dat het inzagelogboek niet is veranderd

Rekent elk zegel opnieuw uit. Zet één JSON-regel op standaarduitvoer: goed, zegels, gebeurtenissen, nietVerzegeld en,
als het niet klopt, gebroken (het eerste zegel dat niet past). Bewaar laatste (de hash van het laatste zegel) buiten de
database: staat die later niet meer in platform.zegel, dan is er aan het eind iets afgehaald.
Uitgang: 0 het klopt, 1 er is iets veranderd, 2 verkeerd gebruik.
`

export const opdracht: Opdracht = {
  help: HELP,
  gebruik: { controleer: {} },
  async run(argumenten) {
    if (argumenten.length !== 1 || argumenten[0] !== 'controleer') return wrongUse(HELP)
    return withWerkplek('audit', async ({ database, kluis }) => {
      const oordeel = await database.read(NOBODY, db => checkAudit(db, kluis))
      printRegel(oordeel)
      return oordeel.goed ? 0 : 1
    })
  },
}
