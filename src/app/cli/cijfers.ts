import { rebuildCijfers } from '../cijfers.ts'
import type { Opdracht } from '../cli.ts'
import { printRegel, withWerkplek, wrongUse } from './werkplek.ts'

const HELP = `Gebruik:
  samenhang cijfers herbereken                bouwt alle cijfers opnieuw op uit toewijzingen en declaraties
  samenhang cijfers herbereken --controleer   vergelijkt alleen, schrijft niets

Zet één JSON-regel op standaarduitvoer: per tabel het aantal rijen, het aantal verschillen en voorbeelden ervan.
Uitgang: 0 cijfers en feiten zijn gelijk (of gelijk gemaakt), 1 er zijn verschillen, 2 verkeerd gebruik.
`

export const opdracht: Opdracht = {
  help: HELP,
  gebruik: { herbereken: { opties: { controleer: {} } } },
  async run([wat, ...rest]) {
    const controleer = rest.includes('--controleer')
    if (wat !== 'herbereken' || rest.some(r => r !== '--controleer')) return wrongUse(HELP)
    return withWerkplek('cijfers', async ({ database }) => {
      const tabellen = await rebuildCijfers(database, !controleer)
      const gelijk = tabellen.every(t => t.verschillen === 0)
      printRegel({ gelijk, geschreven: !controleer && !gelijk, tabellen })
      return gelijk || !controleer ? 0 : 1
    })
  },
}
