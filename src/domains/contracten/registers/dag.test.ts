import { expect, test } from 'vitest'
import { testApp } from '../../../../test/support/app.ts'
import { testDatabase } from '../../../../test/support/database.ts'
import { AGB_A, GEMEENTE_A, laadTestregio, testOmgeving } from '../../../../test/support/regio.ts'
import { registerdeuren } from '../../../../test/support/registerdeuren.ts'
import { text } from '../../../../test/support/tekst.ts'

/** A list of what counts within days can be narrowed to one day. */
const db = await testDatabase()
const omgeving = testOmgeving(db)
await laadTestregio(omgeving)
const { app, login } = await testApp(db, omgeving)
const manager = await login('contractmanager')
const { bring } = registerdeuren(app, manager)
for (const [register, inhoud] of [
  [
    'tarieven',
    'Contract;Wet;Product;Geldig: eerste dag;Geldig: laatste dag;Tarief\nTEST-1;jw;45A04;01-03-2026;31-12-2026;91,23\n',
  ],
  [
    'producten',
    'Wet;Code;Geldig: eerste dag;Categorie;Naam;Segment;Eenheid;Bekostiging;Zwaarte\njw;45A04;01-03-2026;45;Naam van later;J-AMB;04;inspanning;100\n',
  ],
  [
    'contracten',
    `Nummer;Aanbieder;Loopt: eerste dag;Loopt: laatste dag;Segmenten;Gemeenten\nTEST-9;${AGB_A};01-03-2026;31-12-2026;J-VER;${GEMEENTE_A}\n`,
  ],
  [
    'plafonds',
    `Segment;Gemeente;Jaar;Bedrag;Vastgesteld op\nJ-AMB;${GEMEENTE_A};2026;1.234.567;10-11-2025\n`,
  ],
  [
    'aanbiederplafonds',
    `Aanbieder;Segment;Gemeente;Jaar;Bedrag;Vastgesteld op\n${AGB_A};J-AMB;${GEMEENTE_A};2026;7.654.321;10-11-2025\n`,
  ],
] as const)
  expect([register, (await (await bring(register, inhoud)).go()).status]).toEqual([register, 303])

const get = async (url: string) => app.inject({ url, headers: manager.headers })

/** What a register lists of this row on its first and last day, and on the day before and after; its file the same. */
test.each([
  ['tarieven', '91,23', ['28-02-2026', '01-03-2026', '31-12-2026', '01-01-2027']],
  ['contracten', 'TEST-9', ['28-02-2026', '01-03-2026', '31-12-2026', '01-01-2027']],
  ['plafonds', '1.234.567', ['31-12-2025', '01-01-2026', '31-12-2026', '01-01-2027']],
  ['aanbiederplafonds', '7.654.321', ['31-12-2025', '01-01-2026', '31-12-2026', '01-01-2027']],
])('%s', async (register, wat, dagen) => {
  const zonder = text((await get(`/inrichten/${register}`)).body)
  expect(zonder).toContain('Geldt op')
  expect(zonder).toContain(wat)
  for (const [i, verwacht] of [false, true, true, false].entries()) {
    const { statusCode, body } = await get(`/inrichten/${register}?geldtOp=${dagen[i]}`)
    expect([dagen[i], statusCode, text(body).includes(wat)]).toEqual([dagen[i], 200, verwacht])
    expect(body).toContain(`Geldt op ${dagen[i]}`)
    const bestand = await get(`/inrichten/${register}/export?formaat=csv&geldtOp=${dagen[i]}`)
    expect([dagen[i], bestand.body.includes(wat.replaceAll('.', ''))]).toEqual([dagen[i], verwacht])
  }
})

test('of what has no last day, and of two that follow each other the one of that day', async () => {
  const named = async (dag: string) =>
    text((await get(`/inrichten/producten?zoek=45A04&geldtOp=${dag}`)).body).includes('Naam van later')
  expect([await named('28-02-2026'), await named('01-03-2026'), await named('01-01-2050')]).toEqual([
    false,
    true,
    true,
  ])
  expect(text((await get('/inrichten/producten?zoek=45A04&geldtOp=01-03-2026')).body)).toContain('1 product')
})

test('no day is said, and what counts always has no such filter', async () => {
  expect((await get('/inrichten/tarieven?geldtOp=31-02-2026')).statusCode).toBe(400)
  expect(text((await get('/inrichten/segmenten')).body)).not.toContain('Geldt op')
})
