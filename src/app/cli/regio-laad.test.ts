import { mkdtempSync, rmSync, unlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { samenhang } from '../../../test/support/cli.ts'
import { testDatabase } from '../../../test/support/database.ts'
import { tellInOrder } from '../../../test/support/verhaal.ts'
import { makeRegio, toCsv, toTabellen, writeRegio } from '../../demoregio/index.ts'
import { parseMoment, readRegioMap } from '../regio/map.ts'

tellInOrder()

/** Two months of the original years: the same region, and few messages. */
const OPTIES = { seed: 1, schaal: 0.1, jaren: 'origineel', peildatum: '2016-02-29' } as const
const ARGUMENTEN = ['--jaren', 'origineel', '--peildatum', '2016-02-29']

const db = await testDatabase()
const regio = makeRegio(OPTIES)
let map = ''

beforeAll(() => {
  map = mkdtempSync(join(tmpdir(), 'samenhang-regio-'))
  writeRegio(map, regio)
})
afterAll(() => rmSync(map, { recursive: true, force: true }))

describe('een map van regio maak', () => {
  it('leest terug wat erin is geschreven', () => {
    const { naam, inrichting, verkeer, eersteDeclaratieDatum, peildatum } = readRegioMap(map)
    expect(naam).toBe(regio.referentie.naam)
    const tabellen = toTabellen(regio.referentie, regio.verwijzingen)
    expect(inrichting.map(b => [b.naam, b.bytes.toString()])).toEqual(tabellen.map(t => [t.naam, toCsv(t)]))
    expect([eersteDeclaratieDatum, peildatum]).toEqual(['2016-01-01', '2016-02-29'])
    const momenten = [...(verkeer as Iterable<{ ontvangenOp: string }>)].map(o => o.ontvangenOp)
    expect(momenten).toEqual([...regio.verkeer()].map(o => o.ontvangenOp))
  })

  it('weigert een bestandsnaam zonder moment', () => {
    expect(() => parseMoment('JW301.xml')).toThrow('begint niet met het moment')
    expect(parseMoment('20160131T080544Z-000001-JW301.xml')).toBe('2016-01-31T08:05:44Z')
  })
})

describe('samenhang regio laad', () => {
  const stand = async () =>
    (
      await db.owner.query(
        `select soort, staat, count(*)::int as n from berichten.bericht group by 1, 2 order by 1, 2`,
      )
    ).rows

  it('laadt een map, weigert een tweede keer, en laadt uit opties precies hetzelfde', async () => {
    const eerste = await samenhang(db, ['regio', 'laad', map])
    expect([eerste.status, eerste.stderr]).toEqual([0, ''])
    const aantal = [...regio.verkeer()].length
    expect(aantal).toBeGreaterThan(50)
    expect(eerste.regels[0]).toMatchObject({ berichten: aantal })
    const uitMap = await stand()
    const weer = await samenhang(db, ['regio', 'laad', map])
    expect([weer.status, weer.stderr]).toEqual([2, expect.stringContaining('al een regio geladen')])
    expect((await samenhang(db, ['db', 'leeg', '--ja'])).status).toBe(0)
    const uitOpties = await samenhang(db, ['regio', 'laad', ...ARGUMENTEN])
    expect([uitOpties.status, uitOpties.regels]).toEqual([0, eerste.regels])
    expect(await stand()).toEqual(uitMap)
  }, 600_000)

  it('zegt wat er aan een map ontbreekt', async () => {
    unlinkSync(join(map, 'inrichting', 'tarieven.csv'))
    const { status, stderr } = await samenhang(db, ['regio', 'laad', map])
    expect([status, stderr]).toEqual([2, expect.stringContaining('ontbreekt inrichting/tarieven.csv')])
  })
})
