import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { samenhang } from '../../../test/support/cli.ts'
import { testDatabase } from '../../../test/support/database.ts'
import {
  declaratiebericht,
  laadTestregio,
  startbericht,
  testOmgeving,
  toBytes,
  toewijzingsbericht,
} from '../../../test/support/regio.ts'
import { tellInOrder } from '../../../test/support/verhaal.ts'
import { checkBytes } from '../../domains/istandaard/index.ts'

tellInOrder()

const db = await testDatabase()
let map = ''
const bestand = (naam: string) => join(map, naam)

beforeAll(async () => {
  await laadTestregio(testOmgeving(db))
  map = mkdtempSync(join(tmpdir(), 'samenhang-verwerk-'))
  writeFileSync(bestand('t.xml'), toBytes(toewijzingsbericht({ identificatie: 'T1', nummer: 1 })))
  writeFileSync(bestand('s.xml'), toBytes(startbericht({ identificatie: 'S1', nummer: 1 })))
  const regels = [
    { nummer: 1, referentie: 'R1', volume: 5 },
    { nummer: 1, referentie: 'R2', volume: 99, maand: '2026-01-01' },
  ]
  writeFileSync(bestand('d.xml'), toBytes(declaratiebericht({ identificatie: 'D1', nummer: 'N1', regels })))
  writeFileSync(bestand('kapot.xml'), '<kapot>')
})
afterAll(() => rmSync(map, { recursive: true, force: true }))

const verwerk = (...namen: string[]) =>
  samenhang(db, ['bericht', 'verwerk', ...namen.map(bestand), '--uit', bestand('uit')])

describe('samenhang bericht verwerk', () => {
  it('verwerkt op volgorde en schrijft bij elk bericht het antwoord, met uitgang 0', async () => {
    const { status, regels, stderr } = await verwerk('t.xml', 's.xml')
    expect(stderr).toBe('')
    expect(status).toBe(0)
    expect(regels).toEqual([
      {
        bestand: bestand('t.xml'),
        bericht: 'JW301',
        uitkomst: 'verwerkt',
        niveau: null,
        bevindingen: [],
        retour: expect.stringMatching(/uit\/JW302_9101_98000001_S\d{11}\.xml$/),
      },
      {
        bestand: bestand('s.xml'),
        bericht: 'JW305',
        uitkomst: 'verwerkt',
        niveau: null,
        bevindingen: [],
        retour: expect.stringMatching(/uit\/JW306_98000001_9101_S\d{11}\.xml$/),
      },
    ])
    for (const { retour } of regels) expect(checkBytes(readFileSync(String(retour))).bevindingen).toEqual([])
  })

  it('geeft bij bevindingen uitgang 1 en een 325 met de afgekeurde regel', async () => {
    const { status, regels } = await verwerk('d.xml')
    expect(status).toBe(1)
    expect(regels[0]).toMatchObject({
      bericht: 'JW323',
      uitkomst: 'deels-afgekeurd',
      niveau: 3,
      bevindingen: [
        {
          regel: 'TR321',
          retourcode: '9321',
          pad: '/Bericht/Declaratie/Clienten/Client[1]/Prestaties/Prestatie[2]',
        },
      ],
    })
    const { inhoud } = checkBytes(readFileSync(String(regels[0]?.retour)))
    expect(inhoud).toMatchObject({
      bericht: 'JW325',
      declaratieAntwoord: { totaalToegekendBedrag: { totaalBedrag: 45_000, debetCredit: 'D' } },
    })
  })

  it('geeft bij dezelfde bytes hetzelfde antwoord en boekt niets dubbel', async () => {
    const voor = readdirSync(bestand('uit')).length
    const { status, regels } = await verwerk('d.xml')
    expect(status).toBe(0)
    expect(regels[0]).toMatchObject({ uitkomst: 'al-ontvangen', retour: expect.stringContaining('JW325') })
    expect(readdirSync(bestand('uit'))).toHaveLength(voor)
    const { rows } = await db.owner.query('select count(*)::int as n from declaraties.declaratie')
    expect(rows[0]?.n).toBe(1)
  })

  it('meldt wat aan de deur is geweigerd en gaat door met de rest', async () => {
    const { status, regels } = await verwerk('kapot.xml', 's.xml')
    expect(status).toBe(1)
    expect(regels.map(r => [r.uitkomst, r.niveau, r.retour !== null])).toEqual([
      ['geweigerd-aan-de-deur', 1, false],
      ['al-ontvangen', null, true],
    ])
  })

  it('geeft uitgang 2 bij een bestand dat er niet is, zonder map en zonder bestand', async () => {
    const weg = await verwerk('weg.xml', 's.xml')
    expect(weg.status).toBe(2)
    expect(weg.stderr).toContain('het bestaat niet')
    expect(weg.regels).toHaveLength(1)
    const zonderMap = await samenhang(db, ['bericht', 'verwerk', bestand('s.xml')])
    expect([zonderMap.status, zonderMap.stdout]).toEqual([2, ''])
    expect(zonderMap.stderr).toContain('Gebruik:')
    expect((await samenhang(db, ['bericht', 'verwerk', '--uit', map])).status).toBe(2)
  })

  it('legt uit hoe het moet met --help', async () => {
    const { status, stdout } = await samenhang(db, ['bericht', '--help'])
    expect(status).toBe(0)
    expect(stdout).toContain('samenhang bericht verwerk BESTAND… --uit MAP')
  })

  it('laat geen halve bestanden achter', () => {
    expect(readdirSync(bestand('uit')).filter(naam => !naam.endsWith('.xml'))).toEqual([])
    expect(existsSync(bestand('uit'))).toBe(true)
  })
})
