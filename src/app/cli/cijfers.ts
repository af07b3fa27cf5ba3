import { ConfigFout, readConfig } from '../../platform/config.ts'
import { herbereken } from '../cijfers.ts'
import type { Opdracht } from '../cli.ts'
import { openWerkplek } from '../omgeving.ts'

const HELP = `Gebruik:
  samenhang cijfers herbereken                bouwt alle cijfers opnieuw op uit toewijzingen en declaraties
  samenhang cijfers herbereken --controleer   vergelijkt alleen, schrijft niets

Zet één JSON-regel op standaarduitvoer: per tabel het aantal rijen, het aantal verschillen en voorbeelden ervan.
Uitgang: 0 cijfers en feiten zijn gelijk (of gelijk gemaakt), 1 er zijn verschillen, 2 verkeerd gebruik.
`

export const opdracht: Opdracht = {
  help: HELP,
  async run([wat, ...rest]) {
    const controleer = rest.includes('--controleer')
    if (wat !== 'herbereken' || rest.some(r => r !== '--controleer')) {
      process.stderr.write(HELP)
      return 2
    }
    try {
      const plek = await openWerkplek(readConfig(process.env), { naam: 'samenhang-cijfers' })
      try {
        const tabellen = await herbereken(plek.database, !controleer)
        const gelijk = tabellen.every(t => t.verschillen === 0)
        process.stdout.write(`${JSON.stringify({ gelijk, geschreven: !controleer && !gelijk, tabellen })}\n`)
        return gelijk || !controleer ? 0 : 1
      } finally {
        await plek.sluit()
      }
    } catch (fout) {
      if (!(fout instanceof ConfigFout)) throw fout
      process.stderr.write(`${fout.message}\n`)
      return 2
    }
  },
}
