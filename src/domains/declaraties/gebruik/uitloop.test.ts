import { beforeEach, expect, test } from 'vitest'
import { testApp } from '../../../../test/support/app.ts'
import { testDatabase } from '../../../../test/support/database.ts'
import {
  AGB_A,
  laadTestregio,
  lever,
  testOmgeving,
  toewijzingsbericht,
} from '../../../../test/support/regio.ts'
import { registerdeuren } from '../../../../test/support/registerdeuren.ts'

/** A product that gets a last day: what was allocated is paid on at its last price, and who ends it is told. */
const db = await testDatabase()
const omgeving = testOmgeving(db, new Date('2026-06-16T12:00:00+02:00'))
await laadTestregio(omgeving)
const { app, login } = await testApp(db, omgeving)
const { bring, change } = registerdeuren(app, await login('contractmanager'))
// Six of them, of which each lasts to the end of the year.
for (let n = 0; n < 6; n += 1)
  await lever(omgeving, toewijzingsbericht({ agb: AGB_A, client: n, nummer: 11 + n, identificatie: `T${n}` }))

const KOP =
  'Wet;Code;Geldig: eerste dag;Geldig: laatste dag;Categorie;Naam;Segment;Eenheid;Bekostiging;Zwaarte\n'
const row = (begin: string, eind: string, zwaarte = 100) =>
  `jw;45A04;${begin};${eind};45;Jeugdhulp ambulant regulier;J-AMB;04;inspanning;${zwaarte}\n`
const NU = {
  geldigheidBegin: '01-01-2025',
  categorie: '45',
  naam: 'Jeugdhulp ambulant regulier',
  segment: 'J-AMB',
  eenheid: '04',
  variant: 'inspanning',
  zwaarte: '100',
}
beforeEach(async () => {
  await db.owner.query(`
    delete from contracten.product where lower(geldigheid) > '2025-01-01';
    update contracten.product set geldigheid = '[2025-01-01,)'`)
})

test('is told on the form, in steps, before it is saved', async () => {
  const { status, tekst, go } = await change('producten', 'jw~45A04~2025-01-01', {
    ...NU,
    geldigheidEind: '30-06-2026',
  })
  expect([status, tekst]).toEqual([
    400,
    expect.stringMatching(/toewijzingen die hun laatste tarief houden 5 of meer 01-07-2026/),
  ])
  expect((await go()).status).toBe(303)
})

test('and in the trial of a file', async () => {
  const { tekst } = await bring('producten', `${KOP}${row('01-01-2025', '30-06-2026')}`)
  expect(tekst).toContain('5 of meer toewijzingen die hun laatste tarief houden (vanaf 01-07-2026)')
})

test('not of those that end before it does, nor of a product that goes on as another', async () => {
  const erna = await bring('producten', `${KOP}${row('01-01-2025', '31-12-2026')}`)
  expect(erna.tekst).not.toContain('laatste tarief')
  const anders = await bring('producten', `${KOP}${row('01-07-2026', '', 120)}`)
  expect(anders.tekst).toContain('eindigt daardoor')
  expect(anders.tekst).not.toContain('laatste tarief')
})

test('nor where no contract holds a price for them', async () => {
  await db.owner.query(`
    create table bewaard as select * from contracten.tarief where code = '45A04';
    delete from contracten.tarief where code = '45A04'`)
  const { tekst } = await bring('producten', `${KOP}${row('01-01-2025', '30-06-2026')}`)
  expect(tekst).toContain('5 of meer toewijzingen (vanaf 01-07-2026)')
  expect(tekst).not.toContain('laatste tarief')
  await db.owner.query('insert into contracten.tarief select * from bewaard; drop table bewaard')
})
