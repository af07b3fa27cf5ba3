import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { berichtVan, MODELLEN } from '../../../test/support/berichten.ts'
import { declaratie } from '../../../test/support/inhoudsregels.ts'
import { writeBericht } from '../../domains/istandaard/index.ts'

const SAMENHANG = join(import.meta.dirname, '../../../bin/samenhang')

/** The real command, from a folder that is not the project. */
function samenhang(argumenten: readonly string[], invoer = '', via = SAMENHANG) {
  const { status, stdout, stderr } = spawnSync(via, argumenten, {
    cwd: tmpdir(),
    input: invoer,
    encoding: 'utf8',
  })
  return { status, stdout, stderr }
}

describe('samenhang bericht', () => {
  let map = ''
  const goed = declaratie()
  const fout = declaratie()
  fout.declaratie.totaalIngediendBedrag.totaalBedrag = 1
  const bestand = (naam: string) => join(map, naam)

  beforeAll(() => {
    map = mkdtempSync(join(tmpdir(), 'samenhang-cli-'))
    writeFileSync(bestand('goed.xml'), writeBericht(goed))
    writeFileSync(bestand('fout.xml'), writeBericht(fout))
    writeFileSync(bestand('kapot.xml'), '<kapot>')
    writeFileSync(bestand('goed.json'), JSON.stringify(goed))
  }, 600_000)
  afterAll(() => rmSync(map, { recursive: true }))

  it('controleer geeft één regel JSON per bestand en uitgang 0 als alles goed is', () => {
    const { status, stdout } = samenhang(['bericht', 'controleer', bestand('goed.xml')])
    expect(status).toBe(0)
    expect(
      stdout
        .trimEnd()
        .split('\n')
        .map(regel => JSON.parse(regel)),
    ).toEqual([
      {
        bestand: bestand('goed.xml'),
        bericht: 'JW323',
        domein: 'jw',
        goed: true,
        niveau: null,
        inhoud: 'beoordeeld',
        bevindingen: [],
      },
    ])
  })

  it.each([
    ['JW301', 'beoordeeld'],
    ['JW315', 'niet beoordeeld'],
    ['JW302', 'niet beoordeeld'],
  ])('controleer zegt van een %s dat de inhoud is %s', (naam, inhoud) => {
    const model = MODELLEN.find(m => m.naam === naam)
    if (model === undefined) throw new Error('geen model')
    const [bericht] = fc.sample(berichtVan(model), { numRuns: 1, seed: 7 })
    if (bericht === undefined) throw new Error('geen bericht')
    writeFileSync(bestand(`${naam}.xml`), writeBericht(bericht))
    const { stdout } = samenhang(['bericht', 'controleer', bestand(`${naam}.xml`)])
    expect(JSON.parse(stdout)).toMatchObject({ bericht: naam, inhoud })
  })

  it('controleer zegt van een bericht dat zijn schema breekt dat de inhoud niet is beoordeeld', () => {
    const { stdout } = samenhang(['bericht', 'controleer', bestand('kapot.xml')])
    expect(JSON.parse(stdout)).toMatchObject({ niveau: 1, inhoud: 'niet beoordeeld' })
  })

  it('controleer noemt niveau, regel, retourcode, pad en melding, en gaat door na een fout bestand', () => {
    const { status, stdout } = samenhang(['bericht', 'controleer', bestand('kapot.xml'), bestand('fout.xml')])
    expect(status).toBe(1)
    expect(
      stdout
        .trimEnd()
        .split('\n')
        .map(regel => JSON.parse(regel)),
    ).toMatchObject([
      {
        bericht: null,
        domein: null,
        goed: false,
        niveau: 1,
        bevindingen: [{ regel: 'XSD', retourcode: null }],
      },
      {
        bericht: 'JW323',
        goed: false,
        niveau: 2,
        bevindingen: [
          { regel: 'TR358', retourcode: '0001', pad: '/Bericht/Declaratie/TotaalIngediendBedrag' },
        ],
      },
    ])
  })

  it('lees en schrijf zijn elkaars omgekeerde', () => {
    const gelezen = samenhang(['bericht', 'lees', bestand('goed.xml')])
    expect(JSON.parse(gelezen.stdout)).toEqual(goed)
    const geschreven = samenhang(['bericht', 'schrijf', bestand('goed.json')])
    expect(geschreven).toEqual({ status: 0, stdout: writeBericht(goed), stderr: '' })
  })

  it('een streepje leest van de standaardinvoer', () => {
    expect(samenhang(['bericht', 'schrijf', '-'], JSON.stringify(goed)).stdout).toBe(writeBericht(goed))
    expect(samenhang(['bericht', 'controleer', '-'], writeBericht(goed)).status).toBe(0)
  })

  it('werkt via een symbolische koppeling', () => {
    symlinkSync(SAMENHANG, bestand('koppeling'))
    expect(samenhang(['bericht', 'controleer', bestand('goed.xml')], '', bestand('koppeling')).status).toBe(0)
  })

  it.each([
    [['bericht', 'lees', 'kapot.xml'], 1, 'Dit is geen'],
    [['bericht', 'schrijf', 'kapot.xml'], 1, 'geen geldige JSON'],
    [['bericht', 'controleer', 'weg.xml'], 2, 'het bestaat niet'],
    [['bericht', 'controleer', '.'], 2, 'het is een map'],
    [['bericht', 'lees', 'weg.xml'], 2, 'het bestaat niet'],
    [['bericht', 'controleer'], 2, 'Gebruik'],
    [['bericht', 'bestaat-niet'], 2, 'Gebruik'],
    [['bestaat-niet'], 2, 'Onbekende opdracht'],
    [[], 2, 'Gebruik'],
  ])('%j geeft uitgang %i en zegt waarom', (argumenten, uitgang, melding) => {
    const volledig = argumenten.map((deel, i) => (i === 2 ? bestand(deel) : deel))
    const { status, stdout, stderr } = samenhang(volledig)
    expect({ status, stdout }).toEqual({ status: uitgang, stdout: '' })
    expect(stderr).toContain(melding)
  })

  it.each([[['--help']], [['bericht', '--help']]])('%j geeft hulp en uitgang 0', argumenten => {
    expect(samenhang(argumenten)).toMatchObject({ status: 0, stdout: expect.stringContaining('Gebruik') })
  })
})
