import { afterEach, beforeAll, expect, test } from 'vitest'
import { type Inlog, testApp } from '../../../test/support/app.ts'
import { testDatabase } from '../../../test/support/database.ts'
import { openFormulier, postFormulier } from '../../../test/support/formulier.ts'
import { GEMEENTE_B, laadTestregio, testOmgeving } from '../../../test/support/regio.ts'
import { text } from '../../../test/support/tekst.ts'

/** One of two contracts ends within six months, and one of two municipalities has no contract for anything. */
const db = await testDatabase()
const omgeving = testOmgeving(db, new Date('2026-12-15T12:00:00Z'))
const { app, login } = await testApp(db, omgeving)
const later = testOmgeving(db, new Date('2026-12-16T12:00:00Z'))
const { app: morgen } = await testApp(db, later)
let manager: Inlog
let beheerder: Inlog

const PAD = '/inrichten/ontbreekt'
const REDEN = 'Dit segment wordt landelijk ingekocht.'

beforeAll(async () => {
  await laadTestregio(omgeving)
  await db.owner.query(`
    delete from contracten.contract_gemeente where gemeente = '${GEMEENTE_B}';
    update contracten.contractversie set geldigheid = '[2025-01-01,2030-01-01)'
    where contract_id <> (select contract_id from contracten.contract where nummer = 'TEST-1');
    update contracten.tarief set geldigheid = '[2025-01-01,2030-01-01)'
    where contract_id <> (select contract_id from contracten.contract where nummer = 'TEST-1')`)
  manager = await login('contractmanager')
  beheerder = await login('beheerder')
})

afterEach(async () => {
  await db.owner.query('delete from contracten.ontbreekt_besluit')
})

const get = async (url: string, wie = manager, waar = app) => {
  const { statusCode, body } = await waar.inject({ url, headers: wie.headers })
  return { statusCode, body: body.replaceAll('\u00a0', ' '), tekst: text(body) }
}
const forms = async (soort: string, staat = '', wie = manager, waar = app) =>
  [
    ...(await get(`${PAD}?soort=${soort}${staat}`, wie, waar)).body.matchAll(
      /href="([^"]+\/(?:besluit|terug))"/g,
    ),
  ].map(([, href = '']) => href)
const decide = (href: string) => postFormulier(app, href, href, { reden: REDEN }, manager)
const SEGMENT = 'segment-zonder-contract'
const EINDE = 'contract-eindigt'
const BESLOTEN = '&staat=besloten'

test('each thing that is missing can be said to be decided, on a page that says what it is about', async () => {
  expect(await forms(SEGMENT)).toHaveLength(3)
  expect(await forms(EINDE)).toHaveLength(3)
  const [een = ''] = await forms(EINDE)
  const { statusCode, tekst } = await get(een)
  expect(statusCode).toBe(200)
  expect(tekst).toMatch(
    /Afspraak eindigt zonder opvolger .* Zorggroep Eikenrode Contract TEST-1 .* 01-01-2027/,
  )
})

test.each([
  ['without a reason', '', 'Vul de reden in.'],
  ['with a BSN in it', 'Gaat om 999990019 en niemand anders.', 'Haal het burgerservicenummer uit'],
])('%s it is not', async (_, reden, melding) => {
  const [een = ''] = await forms(SEGMENT)
  const { statusCode, body } = await postFormulier(app, een, een, { reden }, manager)
  expect([statusCode, text(body).includes(melding)]).toEqual([400, true])
  expect(await forms(SEGMENT)).toHaveLength(3)
})

test.each([SEGMENT, EINDE])(
  '%s: then it is missing nowhere, on no day, and stands with its reason',
  async soort => {
    const eerst = await forms(soort)
    const [een = ''] = eerst
    const aantal = async (pad: string, wie = manager, waar = app) =>
      Number(/([\d.]+) ding(?:en)? ontbre/.exec((await get(pad, wie, waar)).tekst)?.[1] ?? 0)
    const was = await aantal(PAD)
    const gedaan = await decide(een)
    expect([gedaan.statusCode, gedaan.headers.location]).toEqual([303, `${PAD}?melding=besloten`])
    expect((await get(`${PAD}?melding=besloten`)).tekst).toContain('Het besluit is vastgelegd.')
    expect(await forms(soort)).toEqual(eerst.filter(href => href !== een))
    for (const pad of [PAD, '/', '/inrichten']) expect([pad, await aantal(pad)]).toEqual([pad, was - 1])
    // Who may see no contract counts the same, and so does who looks a day later.
    expect(await aantal(PAD, beheerder)).toBe(was - 1)
    expect(await aantal(PAD, manager, morgen)).toBe(was - 1)
    const { tekst } = await get(`${PAD}?soort=${soort}${BESLOTEN}`)
    expect(tekst).toMatch(/landelijk ingekocht\. door Test contractmanager, 15-12-2026/)
    expect(await forms(soort, BESLOTEN)).toEqual([een.replace(/besluit$/, 'terug')])
    const bestand = await get(`${PAD}/export?formaat=csv&soort=${soort}${BESLOTEN}`)
    expect(bestand.body).toMatch(/;Dit segment wordt landelijk ingekocht\.;Test contractmanager;/)
  },
)

test('of an ending the day was decided: one on another day is missing', async () => {
  const [een = ''] = await forms(EINDE)
  await decide(een)
  expect(await forms(EINDE, BESLOTEN)).toHaveLength(1)
  // Every day of the region one earlier, or later again.
  const shift = (dagen: number) =>
    db.owner.query(`
      begin; set constraints all deferred;
      update contracten.tarief set geldigheid = daterange(lower(geldigheid), upper(geldigheid) + ${dagen});
      update contracten.contractversie set geldigheid = daterange(lower(geldigheid), upper(geldigheid) + ${dagen});
      commit`)
  await shift(-1)
  expect([(await forms(EINDE)).length, await forms(EINDE, BESLOTEN)]).toEqual([3, []])
  await shift(1)
  expect([(await forms(EINDE)).length, (await forms(EINDE, BESLOTEN)).length]).toEqual([2, 1])
})

test('of a ceiling its year was decided: that of the next one is missing still', async () => {
  const PLAFOND = 'segment-zonder-plafond'
  await db.owner.query(`create table bewaard as select * from contracten.budgetplafond;
    delete from contracten.budgetplafond b using contracten.segment s where s.segment_id = b.segment_id and s.code = 'J-AMB' and b.jaar >= 2026`)
  const jaren = async (staat = '') =>
    [...(await get(`${PAD}?soort=${PLAFOND}&segment=J-AMB${staat}`)).body.matchAll(/01-01-(202[67])/g)].map(
      ([, jaar]) => jaar,
    )
  expect(new Set(await jaren())).toEqual(new Set(['2026', '2027']))
  const { body } = await get(`${PAD}?soort=${PLAFOND}&segment=J-AMB`)
  const rij = body.split('<tr').find(een => een.includes('01-01-2026')) ?? ''
  expect((await decide(/href="([^"]+\/besluit)"/.exec(rij)?.[1] ?? '')).statusCode).toBe(303)
  expect([new Set(await jaren()), new Set(await jaren(BESLOTEN))]).toEqual([
    new Set(['2027']),
    new Set(['2026']),
  ])
  await db.owner.query(
    'delete from contracten.budgetplafond; insert into contracten.budgetplafond select * from bewaard',
  )
})

test('taken back by six colleagues at once, it was by one', async () => {
  const [een = ''] = await forms(SEGMENT)
  await decide(een)
  const [terug = ''] = await forms(SEGMENT, BESLOTEN)
  const allen = await Promise.all(
    Array.from({ length: 6 }, async () => openFormulier(app, terug, await login('contractmanager'))),
  )
  const uit = await Promise.all(allen.map(stuur => stuur(terug, {})))
  expect(uit.map(({ statusCode }) => statusCode).sort()).toEqual([303, 409, 409, 409, 409, 409])
})

test('its form is closed then, and who opened it before is told', async () => {
  const [een = ''] = await forms(SEGMENT)
  const collega = await openFormulier(app, een, await login('contractmanager'))
  await decide(een)
  const { statusCode, body } = await collega(een, { reden: 'Ook zo.' })
  expect([statusCode, text(body).includes('Hierover is al besloten')]).toEqual([409, true])
  expect((await get(een)).statusCode).toBe(303)
  expect((await get(een.replace(/[0-9a-f]{64}/, 'f'.repeat(64)))).statusCode).toBe(404)
})

test('it can be taken back, and is missing again; who did what is written down, without the reason', async () => {
  const eerst = await forms(SEGMENT)
  for (const href of eerst.slice(0, 2)) await decide(href)
  const [terug = '', nog = ''] = await forms(SEGMENT, BESLOTEN)
  expect((await get(terug)).tekst).toMatch(/Reden Dit segment wordt landelijk ingekocht\./)
  const wijze = await openFormulier(app, terug, manager)
  const { statusCode, headers } = await wijze(terug, {})
  expect([statusCode, headers.location]).toEqual([303, `${PAD}?melding=te-doen`])
  expect(await forms(SEGMENT, BESLOTEN)).toEqual([nog])
  expect(await forms(SEGMENT)).toEqual(eerst.filter(href => href.replace('besluit', 'terug') !== nog))
  const { rows } = await db.owner.query(
    `select actie, onderwerp::text from platform.gebeurtenis where actie like 'ontbreekt.%'
     order by gebeurtenis_id desc limit 2`,
  )
  expect(rows.map(({ actie }) => actie)).toEqual(['ontbreekt.te-doen', 'ontbreekt.besloten'])
  expect(JSON.stringify(rows)).not.toContain('landelijk')
})

test('who does not keep the contracts decides nothing about them, and reads no reason', async () => {
  const [een = ''] = await forms(SEGMENT)
  await decide(een)
  const { body, tekst } = await get(`${PAD}?staat=besloten`, beheerder)
  expect(tekst).toContain('Segment zonder contract')
  expect(body).not.toMatch(/landelijk|\/(?:besluit|terug)"/)
  expect((await get(`${PAD}/export?formaat=csv&staat=besloten`, beheerder)).body).not.toContain('landelijk')
  for (const href of [een, een.replace('besluit', 'terug')])
    expect((await get(href, beheerder)).statusCode).toBe(403)
})
