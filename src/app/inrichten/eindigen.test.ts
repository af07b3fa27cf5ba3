import { beforeEach, expect, test } from 'vitest'
import { machine, testApp } from '../../../test/support/app.ts'
import { testDatabase } from '../../../test/support/database.ts'
import {
  AGB_A,
  declaratiebericht,
  GEMEENTE_A,
  GEMEENTE_B,
  laadTestregio,
  lever,
  startbericht,
  testOmgeving,
  toewijzingsbericht,
} from '../../../test/support/regio.ts'
import { registerdeuren } from '../../../test/support/registerdeuren.ts'

/** A contract of three versions that ends in the first of them: what comes after goes with it, is shown first, and comes back with it. */
const db = await testDatabase()
const omgeving = testOmgeving(db, new Date('2026-10-16T12:00:00+02:00'))
await laadTestregio(omgeving)
const { app, login } = await testApp(db, omgeving)
const manager = await login('contractmanager')
const { bring, change, read, undo } = registerdeuren(app, manager)
const clienten = Array.from({ length: 7 }, (_, n) => ({ agb: AGB_A, client: n, nummer: 11 + n }) as const)
for (const deel of clienten)
  await lever(
    omgeving,
    toewijzingsbericht({ ...deel, identificatie: `T${deel.nummer}` }),
    startbericht({ ...deel, identificatie: `S${deel.nummer}` }),
  )
let beurt = 0
/** Claims a month, which is approved. */
async function claim(maand: string) {
  beurt += 1
  const [referentie, dagtekening] = [`R${beurt}`, '2026-10-10']
  const kop = { ...clienten[0], identificatie: referentie, nummer: referentie, maand, dagtekening }
  const bericht = declaratiebericht({ ...kop, regels: [{ ...clienten[0], referentie, maand }] } as Parameters<
    typeof declaratiebericht
  >[0])
  const [uit] = await lever(omgeving, bericht)
  expect([uit?.uitkomst, uit?.bevindingen]).toEqual(['verwerkt', []])
}

const EERSTE = 'TEST-1~2025-01-01'
const NU = {
  geldigheidBegin: '01-01-2025',
  geldigheidEind: '30-06-2026',
  segmenten: ['J-AMB', 'J-VER', 'W-BEG'],
  gemeenten: [GEMEENTE_A, GEMEENTE_B],
}
const KOP = 'Nummer;Aanbieder;Loopt: eerste dag;Loopt: laatste dag;Segmenten;Gemeenten\n'
const row = (begin: string, eind: string) =>
  `TEST-1;${AGB_A};${begin};${eind};"J-AMB,J-VER,W-BEG";"${GEMEENTE_A},${GEMEENTE_B}"\n`
const list = async (vraag: string) =>
  (await db.owner.query<{ rij: string }>(vraag)).rows.map(({ rij }) => rij)
const versies = () =>
  list(
    "select geldigheid::text as rij from contracten.contractversie join contracten.contract using (contract_id) where nummer = 'TEST-1' order by 1",
  )
const prijzen = () =>
  list(
    "select code || ' ' || geldigheid as rij from contracten.tarief join contracten.contract using (contract_id) where nummer = 'TEST-1' and code = '45A04' order by 1",
  )
const DRIE = ['[2025-01-01,2026-07-01)', '[2026-07-01,2026-10-01)', '[2026-10-01,2027-01-01)']
const PRIJS = ['45A04 [2025-01-01,2026-10-01)', '45A04 [2026-10-01,2027-01-01)']

beforeEach(async () => {
  await db.owner.query(`
    begin; set constraints all deferred;
    delete from declaraties.bevinding; delete from declaraties.prestatie; delete from declaraties.betaling; delete from declaraties.declaratie;
    delete from contracten.tarief t using contracten.contract c where c.contract_id = t.contract_id and lower(t.geldigheid) > '2025-01-01';
    delete from contracten.contractversie v using contracten.contract c where c.contract_id = v.contract_id and v.begin > '2025-01-01';
    update contracten.contractversie set geldigheid = '[2025-01-01,2027-01-01)';
    update contracten.tarief set geldigheid = '[2025-01-01,2027-01-01)';
    commit`)
  for (const begin of ['01-07-2026', '01-10-2026'])
    expect((await (await bring('contracten', KOP + row(begin, '31-12-2026'))).go()).status).toBe(303)
  const tarief = 'Contract;Wet;Product;Geldig: eerste dag;Geldig: laatste dag;Tarief\n'
  await (await bring('tarieven', `${tarief}TEST-1;jw;45A04;01-10-2026;31-12-2026;95,00\n`)).go()
  expect([await versies(), await prijzen()]).toEqual([DRIE, PRIJS])
})
const end = (geldigheidEind: string) => change('contracten', EERSTE, { ...NU, geldigheidEind })

test('what comes after goes with it: said on the form, shown before it is saved, and undone together', async () => {
  expect(await read(`/inrichten/contracten/rij/${EERSTE}/wijzig`)).toContain(
    'Moet dit contract eerder eindigen? Geef het hier die laatste dag. Wat erna komt, vervalt dan; u ziet dat eerst.',
  )
  const { status, tekst, go } = await end('31-05-2026')
  expect([status, tekst]).toEqual([400, expect.stringMatching(/versies die dan vervallen 2 01-07-2026/)])
  // Seven of them, that lean on each of the three.
  expect(tekst).toMatch(/toewijzingen die geen contract of tarief meer hebben 5 of meer 01-06-2026/)
  expect(tekst).toMatch(/tarief dat dan vervalt 1/)
  expect(await versies()).toEqual(DRIE)
  expect((await go()).status).toBe(303)
  expect([await versies(), await prijzen()]).toEqual([
    ['[2025-01-01,2026-06-01)'],
    ['45A04 [2025-01-01,2026-06-01)'],
  ])
  const terug = await undo('contracten', EERSTE)
  expect((await terug.go()).status).toBe(303)
  expect([await versies(), await prijzen()]).toEqual([DRIE, PRIJS])
})

test('not what an approved line leans on', async () => {
  await claim('2026-08-01')
  const { tekst, go } = await end('31-05-2026')
  expect(tekst).toContain('goedgekeurde declaratieregels')
  expect(tekst).toContain('Wat erna komt, kan niet mee vervallen. Op contract TEST-1, vanaf 01-07-2026')
  await go()
  expect([await versies(), await prijzen()]).toEqual([DRIE, PRIJS])
  // In the version itself it can end after that.
  const later = await change('contracten', 'TEST-1~2026-07-01', {
    ...NU,
    geldigheidBegin: '01-07-2026',
    geldigheidEind: '31-08-2026',
  })
  expect(later.tekst).toMatch(/versie die dan vervalt 1 01-10-2026/)
  expect((await later.go()).status).toBe(303)
  expect(await versies()).toEqual([DRIE[0], '[2026-07-01,2026-09-01)'])
})

test('what comes after and was added since it was shown is shown first', async () => {
  const { go } = await end('31-05-2026')
  const extra = KOP + row('01-12-2026', '31-12-2026')
  expect((await (await bring('contracten', extra)).go()).status).toBe(303)
  const weer = await go()
  expect([weer.status, weer.tekst]).toEqual([400, expect.stringMatching(/versies die dan vervallen 3/)])
})

test('and so is one that was changed since: as many, from the same day, and something else', async () => {
  const { go } = await end('31-05-2026')
  const anders = await change('contracten', 'TEST-1~2026-10-01', {
    ...NU,
    geldigheidBegin: '01-10-2026',
    geldigheidEind: '31-12-2026',
    gemeenten: [GEMEENTE_A],
  })
  expect((await anders.go()).status).toBe(303)
  const weer = await go()
  expect([weer.status, weer.tekst]).toEqual([400, expect.stringContaining('versies die dan vervallen 2')])
})

test('a program and a file say it row by row: they are refused, and nothing goes unseen', async () => {
  const headers = await machine(db, manager)
  const url = `/api/v1/inrichting/contracten/${EERSTE}`
  const { gegevens } = (await app.inject({ url, headers })).json()
  const payload = { ...gegevens, geldigheid: { begin: '2025-01-01', eind: '2026-05-31' } }
  const gezet = await app.inject({ method: 'PUT', url, headers, payload })
  expect([gezet.statusCode, gezet.body]).toEqual([400, expect.stringContaining('Dit sluit niet aan')])
  expect((await bring('contracten', KOP + row('01-01-2025', '31-05-2026'))).tekst).toContain(
    'Dit sluit niet aan',
  )
  expect(await versies()).toEqual(DRIE)
})
