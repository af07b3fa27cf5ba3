import { beforeAll, expect, test } from 'vitest'
import { testDatabase } from '../../../test/support/database.ts'
import { testOmgeving } from '../../../test/support/regio.ts'
import { makeCtx, systeem } from '../../platform/http/ctx.ts'
import { setUpBestanden } from './bestanden.ts'

/** What is wrong with a file is said in one round: nobody mends it, and then hears the next. */
const db = await testDatabase()
const ctx = makeCtx(testOmgeving(db), systeem('test', ['0355', '0312']))

const set = async (bestanden: Record<string, string>, proef = true) => {
  const gegeven = Object.entries(bestanden).map(([naam, inhoud]) => ({
    naam: `${naam}.csv`,
    bytes: Buffer.from(inhoud),
  }))
  const uit = await setUpBestanden(ctx, gegeven, { proef })
  return uit.flatMap(({ uitkomst }) => uitkomst.fouten.map(({ nummer, melding }) => [nummer, melding]))
}

const SEGMENT = 'Code;Wet;Naam;Omschrijving;Bron;Onder;Volgorde\n'
const PRODUCT =
  'Wet;Code;Geldig: eerste dag;Geldig: laatste dag;Categorie;Naam;Segment;Eenheid;Bekostiging;Zwaarte\n'
const CONTRACT = 'Nummer;Aanbieder;Loopt: eerste dag;Loopt: laatste dag;Segmenten;Gemeenten\n'
const TARIEF = 'Contract;Wet;Product;Geldig: eerste dag;Geldig: laatste dag;Tarief\n'

beforeAll(async () => {
  expect(
    await set(
      {
        gemeenten: 'Code;Naam\n0355;Zeist\n0312;Bunnik\n',
        segmenten: `${SEGMENT}amb;jw;Ambulant;x;003;;1\nver;jw;Verblijf;x;003;;2\n`,
        producten: `${PRODUCT}jw;45A04;01-01-2025;;45;A;amb;04;inspanning;100\njw;44A08;01-01-2025;;44;V;ver;14;inspanning;100\n`,
        aanbieders: 'AGB-code;Naam\n01000001;Zorg A\n',
        contracten: `${CONTRACT}C-1;01000001;01-01-2026;31-12-2026;amb;0355\nC-2;01000001;01-01-2026;31-12-2026;amb;0312\n`,
        tarieven: `${TARIEF}C-1;jw;45A04;01-01-2026;31-12-2026;90,00\nC-2;jw;45A04;01-01-2026;31-12-2026;91,00\n`,
      },
      false,
    ),
  ).toEqual([])
})

test('of a price that its days and its segment are both not those of the contract', async () => {
  expect(await set({ tarieven: `${TARIEF}C-1;jw;44A08;01-01-2025;31-12-2027;90,00\n` })).toEqual([
    [2, expect.stringContaining('Kies een eerste dag daarin.')],
    [2, expect.stringContaining('Vul hier die laatste dag in')],
    [2, expect.stringContaining('een segment dat niet in het contract staat')],
  ])
})

test('of a row with a fault in it that it does not go with another either', async () => {
  const rijen = ['45B01;01-01-2025;31-12-2026;veel', '45B01;01-06-2026;;100', '45b01;01-01-2028;;100']
  const regels = rijen.map(rij => {
    const [code, begin, eind, zwaarte] = rij.split(';')
    return `jw;${code};${begin};${eind};45;B;amb;04;inspanning;${zwaarte}\n`
  })
  expect(await set({ producten: PRODUCT + regels.join('') })).toEqual([
    [2, expect.stringContaining('Vul een getal van 1')],
    [3, expect.stringContaining('Deze periode valt samen met die van rij 2')],
    [4, expect.stringContaining('‘45b01’ lijkt te veel op ‘45B01’ op rij 2')],
  ])
})

test('of versions of a contract that one does not follow on and that another has the same price', async () => {
  const rijen = 'C-1;01000001;01-03-2027;;amb;0355\nC-2;01000001;01-01-2026;31-12-2026;amb;0312, 0355\n'
  expect(await set({ contracten: CONTRACT + rijen })).toEqual([
    [2, expect.stringContaining('Dit sluit niet aan')],
    [2, expect.stringContaining('in contract C-2')],
    [3, expect.stringContaining('in contract C-1')],
  ])
})

test('of every row that the database refuses, and of two that only do not go together', async () => {
  const namen = ['De Bilt', 'Zeist', 'Lopik', 'Bunnik', 'Soest']
  const regels = namen.map((naam, i) => `900${i};${naam}\n`)
  const dubbel = 'Er is al iets met hetzelfde nummer of dezelfde naam, en dat mag maar één keer.'
  expect(await set({ gemeenten: `Code;Naam\n${regels.join('')}` })).toEqual([
    [3, dubbel],
    [5, dubbel],
  ])
  expect(await set({ gemeenten: 'Code;Naam\n9001;Soest\n9002;Lopik\n9003;Soest\n' })).toEqual([[4, dubbel]])
})

test('of so many rows that the database refuses that it takes no longer than a hundred of them', async () => {
  const regels = Array.from({ length: 130 }, (_, i) => `${9000 + i};Zeist\n`)
  expect(await set({ gemeenten: `Code;Naam\n${regels.join('')}` })).toHaveLength(100)
})
