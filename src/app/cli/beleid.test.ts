import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { samenhang } from '../../../test/support/cli.ts'
import { testDatabase } from '../../../test/support/database.ts'
import { laadTestregio, testOmgeving } from '../../../test/support/regio.ts'
import { projectRoot } from '../../platform/config.ts'

const db = await testDatabase()
let map = ''

beforeAll(async () => {
  await laadTestregio(testOmgeving(db))
  map = mkdtempSync(join(tmpdir(), 'samenhang-beleid-'))
})
afterAll(() => rmSync(map, { recursive: true, force: true }))

const laad = (waar: string) => samenhang(db, ['beleid', 'laad', waar])

describe('samenhang beleid laad', () => {
  it('laadt wat er in de map staat, en de tweede keer niets', async () => {
    const achterhoek = join(projectRoot(), 'regio/achterhoek')
    const eerst = await laad(achterhoek)
    expect([eerst.status, eerst.stderr]).toEqual([0, ''])
    expect(eerst.regels.map(r => [r.bestand, Number(r.nieuw) > 0, r.alAanwezig])).toEqual([
      ['doelenboom.json', true, 0],
      ['opgaven.json', true, 0],
    ])
    const weer = await laad(achterhoek)
    expect(weer.regels.map(r => r.nieuw)).toEqual([0, 0])
  }, 600_000)

  it('weigert een bestand met alle redenen, en laadt de andere', async () => {
    writeFileSync(join(map, 'opgaven.json'), JSON.stringify({ regio: 'x', opgaven: [] }))
    writeFileSync(join(map, 'doelenboom.json'), 'geen json')
    writeFileSync(join(map, 'reikwijdte.json'), JSON.stringify({ regio: 'x', bron: 'x', onderwerpen: [] }))
    writeFileSync(join(map, 'interventies.json'), '{ "regio": "x\\ud800" }')
    const { status, regels, stderr } = await laad(map)
    expect(status).toBe(1)
    expect(stderr).toContain('/regio: er staat een teken in dat niet kan worden bewaard')
    expect(regels).toEqual([{ bestand: 'reikwijdte.json', nieuw: 0, alAanwezig: 0 }])
    expect(stderr).toContain('doelenboom.json is niet geladen: het is geen leesbaar JSON-bestand.')
    expect(stderr).toContain('opgaven.json is niet geladen:')
  })

  it('zegt dat een map er niet is, of geen map is', async () => {
    const weg = await laad(join(map, 'weg'))
    expect([weg.status, weg.stderr]).toEqual([2, `De map ${join(map, 'weg')} bestaat niet.\n`])
    const bestand = join(projectRoot(), 'package.json')
    expect((await laad(bestand)).stderr).toBe(`${bestand} is geen map.\n`)
  })

  it('zegt wat er in een map mag staan', async () => {
    const { status, stderr } = await laad(join(projectRoot(), 'docs'))
    expect(status).toBe(2)
    expect(stderr).toContain('interventies.json')
  })
})
