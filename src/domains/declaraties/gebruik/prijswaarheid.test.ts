import { beforeEach, expect, test } from 'vitest'
import { testApp } from '../../../../test/support/app.ts'
import { testDatabase } from '../../../../test/support/database.ts'
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
} from '../../../../test/support/regio.ts'
import { registerdeuren } from '../../../../test/support/registerdeuren.ts'

/**
 * Product 45A04 left the catalogue at the end of January, with its price of € 90 in TEST-1. What was allocated before is paid on at that, and
 * March is claimed and approved. Whatever is done after that in any register, it keeps its price.
 */
const db = await testDatabase()
const omgeving = testOmgeving(db, new Date('2026-06-16T12:00:00+02:00'))
await laadTestregio(omgeving)
const { app, login } = await testApp(db, omgeving)
const { bring, change, remove, undo } = registerdeuren(app, await login('contractmanager'))
const partij = { agb: AGB_A, client: 0, nummer: 11 } as const
await lever(
  omgeving,
  toewijzingsbericht({ ...partij, identificatie: 'T11' }),
  startbericht({ ...partij, identificatie: 'S11' }),
)
const NIEUW = 'TEST-1~jw~45A04~2026-02-01'
const done = async (wat: Promise<{ go: () => Promise<{ status: number; tekst: string }> }>) => {
  const { status, tekst } = await (await wat).go()
  expect([status, status === 303 ? '' : tekst]).toEqual([303, ''])
}

const prices = (...rijen: string[]) =>
  bring(
    'tarieven',
    `Contract;Wet;Product;Geldig: eerste dag;Geldig: laatste dag;Tarief\n${rijen.join('\n')}\n`,
  )
const contracts = (rij: string) =>
  bring('contracten', `Nummer;Aanbieder;Loopt: eerste dag;Loopt: laatste dag;Segmenten;Gemeenten\n${rij}\n`)
const segments = (...rijen: string[]) =>
  bring('segmenten', `Code;Wet;Naam;Omschrijving;Bron;Onder;Volgorde\n${rijen.join('\n')}\n`)
/** The product through its last day, as a file has it; or another period of it, the same in all. */
const product = (eind: string, begin = '01-01-2025') =>
  bring(
    'producten',
    `Wet;Code;Geldig: eerste dag;Geldig: laatste dag;Categorie;Naam;Segment;Eenheid;Bekostiging;Zwaarte
jw;45A04;${begin};${eind};45;Jeugdhulp ambulant regulier;J-AMB;04;inspanning;100\n`,
  )

let beurt = 0
/** Claims ten hours, or `minuten` at the price of an hour. */
async function claim(maand = '2026-03-01', tarief?: number, minuten?: number) {
  beurt += 1
  const [referentie, dagtekening] = [`R${beurt}`, '2026-06-10']
  const wat = minuten === undefined ? tarief && { tarief } : { perUur: 9000, volume: minuten }
  const regel = { ...partij, referentie, maand, ...(wat || {}) }
  const kop = { ...partij, identificatie: referentie, nummer: referentie, maand, dagtekening }
  const [uit] = await lever(omgeving, declaratiebericht({ ...kop, regels: [regel] }))
  return uit?.bevindingen.map(({ regel }) => regel)
}
/**
 * Approved lines of which the price that would judge them now is another, or comes to another amount: by the catalogue of the day on which the
 * toewijzing began, and minutes at the price of an hour, rounded once (IV081).
 */
const untrue = async () =>
  (
    await db.owner.query(`
      select r.begin::text, r.tarief, nu.tarief as nu from declaraties.prestatie r
      join toegang.toewijzing_versie v on (v.gemeente, v.toewijzing_id) = (r.gemeente, r.toewijzing_id)
      left join contracten.product p on (p.wet, p.code) = (r.domein, r.code) and p.geldigheid @> v.ingang
      left join lateral (
        select d.tarief from contracten.prijsdagen d
        where (d.product_id, d.aanbieder_id, d.gemeente) = (p.product_id, r.aanbieder_id, r.gemeente) and d.dagen @> r.begin
        order by d.rang, d.contract_id limit 1) nu on true
      where r.goedgekeurd and (r.tarief, r.bedrag) is distinct from (
        case when r.eenheid = '01' then round(nu.tarief / 60.0) else nu.tarief end,
        case when r.eenheid = '01' then round(nu.tarief * r.volume / 60.0) else nu.tarief * r.volume end)`)
  ).rows

beforeEach(async () => {
  await db.owner.query(`
    begin; set constraints all deferred;
    delete from declaraties.bevinding; delete from declaraties.prestatie; delete from declaraties.betaling; delete from declaraties.declaratie;
    delete from platform.wijziging;
    delete from contracten.tarief t using contracten.contract c where c.contract_id = t.contract_id
      and (c.nummer not like 'TEST-_' or lower(t.geldigheid) > '2025-01-01');
    delete from contracten.contractversie v using contracten.contract c where c.contract_id = v.contract_id
      and (c.nummer not like 'TEST-_' or v.begin > '2025-01-01');
    delete from contracten.contract where nummer not like 'TEST-_';
    update contracten.contractversie set geldigheid = '[2025-01-01,2027-01-01)';
    update contracten.tarief set geldigheid = '[2025-01-01,2027-01-01)', tarief = 9000
      where code = '45A04' and aanbieder_id = (select aanbieder_id from aanbieders.aanbieder where agb = '${AGB_A}');
    delete from contracten.product where lower(geldigheid) > '2025-01-01';
    update contracten.product set geldigheid = '[2025-01-01,)';
    update contracten.segment set ouder_id = null;
    update contracten.contract_segment set segment_id = (select segment_id from contracten.segment where code = 'J-AMB')
      where segment_id = (select segment_id from contracten.segment where code = 'J-TOP');
    insert into contracten.contract_gemeente (contract_id, begin, aanbieder_id, gemeente)
      select contract_id, begin, aanbieder_id, '${GEMEENTE_B}' from contracten.contractversie join contracten.contract using (contract_id, aanbieder_id)
      where nummer = 'TEST-1' on conflict do nothing;
    commit`)
})

/** It leaves, by the doors, and March is approved. */
async function leaves() {
  const bestand = await product('31-01-2026')
  expect((await bestand.go()).status).toBe(303)
  await done(change('tarieven', 'TEST-1~jw~45A04~2025-01-01', { ...PRIJS, geldigheidEind: '31-01-2026' }))
  return bestand
}
const PRIJS = {
  contract: 'TEST-1',
  wet: 'jw',
  product: '45A04',
  geldigheidBegin: '01-01-2025',
  tarief: '90,00',
}

type Poging = () => Promise<{ tekst: string; go: () => Promise<{ status: number; tekst: string }> }>

/** Goes through with it, and is refused by what was approved, at the door or in the trial. */
async function isRefused(poging: Poging) {
  expect(await untrue()).toEqual([])
  const vraag = await poging()
  const { tekst } = await vraag.go()
  expect(vraag.tekst + tekst).toMatch(/declaratieregels goedgekeurd|goedgekeurde declaratieregels/)
  expect(await untrue()).toEqual([])
}

test.each<[string, Poging]>([
  ['a new price, by file', () => prices('TEST-1;jw;45A04;01-02-2026;31-12-2026;100,00')],
  ['the product longer again', () => product('')],
])('%s', async (_, poging) => {
  await leaves()
  expect(await claim()).toEqual([])
  await isRefused(poging)
})

test('the file by which it left, taken back', async () => {
  const bestand = await leaves()
  expect(await claim()).toEqual([])
  await isRefused(async () => {
    const terug = await bestand.back()
    return { ...terug, go: async () => terug }
  })
})

test('a price of another contract of the provider', async () => {
  await leaves()
  expect(await claim()).toEqual([])
  await done(contracts(`NAAST;${AGB_A};01-01-2025;31-12-2026;J-AMB;${GEMEENTE_A}`))
  await isRefused(() => prices('NAAST;jw;45A04;01-02-2026;31-12-2026;80,00'))
})

test('a contract of another price that gets the municipality', async () => {
  const alleenA = { geldigheidBegin: '01-01-2025', geldigheidEind: '31-12-2026', gemeenten: [GEMEENTE_A] }
  await leaves()
  await done(
    change('contracten', 'TEST-1~2025-01-01', { ...alleenA, segmenten: ['J-AMB', 'J-VER', 'W-BEG'] }),
  )
  await done(contracts(`NAAST;${AGB_A};01-01-2025;31-12-2026;J-AMB;${GEMEENTE_B}`))
  await done(prices('NAAST;jw;45A04;01-01-2025;31-12-2026;80,00'))
  expect(await claim()).toEqual([])
  await isRefused(() =>
    change('contracten', 'NAAST~2025-01-01', {
      ...{ geldigheidBegin: '01-02-2026', geldigheidEind: '31-12-2026' },
      ...{ segmenten: ['J-AMB'], gemeenten: [GEMEENTE_A, GEMEENTE_B] },
    }),
  )
})

test('a price that was taken out, put back', async () => {
  await leaves()
  await done(prices('TEST-1;jw;45A04;01-02-2026;31-12-2026;100,00'))
  await done(remove('tarieven', NIEUW))
  expect(await claim()).toEqual([])
  await isRefused(() => undo('tarieven', NIEUW))
})

test('the refusal names the month of the last of them, and the first day after it', async () => {
  await leaves()
  expect([await claim('2026-03-01'), await claim('2026-04-01')]).toEqual([[], []])
  const vraag = await prices('TEST-1;jw;45A04;01-02-2026;31-12-2026;100,00')
  expect(vraag.tekst).toContain('de laatste naar wat gold in april 2026.')
  expect(vraag.tekst).toContain('kies een eerste dag vanaf 01-05-2026.')
})

test('the product shorter, so that another price is its last', async () => {
  await done(change('tarieven', 'TEST-1~jw~45A04~2025-01-01', { ...PRIJS, geldigheidEind: '28-02-2026' }))
  await done(prices('TEST-1;jw;45A04;01-03-2026;31-03-2026;100,00'))
  await done(product('31-03-2026'))
  expect(await claim('2026-04-01', 10_000)).toEqual([])
  await isRefused(() => product('28-02-2026'))
})

test('a segment that moves from under the one its contract names', async () => {
  await done(segments('J-TOP;jw;Alle jeugd;x;x;;8', 'J-AND;jw;Andere;x;x;;9'))
  const onder = (ouder: string) => segments(`J-AMB;jw;Ambulante jeugdhulp;Hulp thuis;test;${ouder};1`)
  await done(onder('J-TOP'))
  await db.owner.query(`
    update contracten.tarief set geldigheid = '[2025-01-01,2026-02-01)' where wet = 'jw';
    update contracten.product set geldigheid = '[2025-01-01,2026-02-01)' where code = '45A04';
    update contracten.contract_segment set segment_id = (select segment_id from contracten.segment where code = 'J-TOP')
    where segment_id = (select segment_id from contracten.segment where code = 'J-AMB')`)
  expect(await claim()).toEqual([])
  await isRefused(() => onder('J-AND'))
})

test('also one above it that moves: its products lie below', async () => {
  await done(segments('J-TOP;jw;Alle jeugd;x;x;;8', 'J-MID;jw;Midden;x;x;J-TOP;9', 'J-AND;jw;Andere;x;x;;10'))
  await done(segments('J-AMB;jw;Ambulante jeugdhulp;Hulp thuis;test;J-MID;1'))
  await db.owner.query(`
    update contracten.tarief set geldigheid = '[2025-01-01,2026-02-01)' where wet = 'jw';
    update contracten.product set geldigheid = '[2025-01-01,2026-02-01)' where code = '45A04';
    update contracten.contract_segment set segment_id = (select segment_id from contracten.segment where code = 'J-TOP')
    where segment_id = (select segment_id from contracten.segment where code = 'J-AMB')`)
  expect(await claim()).toEqual([])
  await isRefused(() => segments('J-MID;jw;Midden;x;x;J-AND;9'))
})

test('another row of the catalogue takes the day on which help began: nothing pays what was paid on', async () => {
  await leaves()
  expect(await claim()).toEqual([])
  await isRefused(() => product('31-12-2026', '01-01-2026'))
})

test('or another price is the last in it', async () => {
  await leaves()
  await done(prices('TEST-1;jw;45A04;01-02-2026;28-02-2026;100,00'))
  expect(await claim()).toEqual([])
  await isRefused(() => product('28-02-2026', '01-01-2026'))
})

test.each<[number, string, boolean]>([
  [1000, '90,29', false],
  [1000, '90,00', true],
  // Said as € 1,50 a minute as well, and ten minutes of it come to the same.
  [10, '90,02', true],
  [10, '90,03', false],
])(
  'of %d minutes the price of an hour stays: another that is %s may hold: %s',
  async (minuten, tarief, mag) => {
    await leaves()
    await done(prices(`TEST-1;jw;45A04;01-02-2026;28-02-2026;${tarief}`))
    expect(await claim('2026-03-01', undefined, minuten)).toEqual([])
    const poging = () => product('28-02-2026', '01-01-2026')
    await (mag ? done(poging()) : isRefused(poging))
    expect(await untrue()).toEqual([])
  },
)

test('the catalogue cut while it is in it, and then its prices: none of the steps changes what March was paid', async () => {
  expect(await claim()).toEqual([])
  await done(product('31-01-2026', '01-01-2026'))
  expect(await untrue()).toEqual([])
  await isRefused(() =>
    change('tarieven', 'TEST-1~jw~45A04~2025-01-01', { ...PRIJS, geldigheidEind: '31-12-2025' }),
  )
})

test('a line that was booked under a row of the catalogue that is gone', async () => {
  const bestand = await product('', '01-01-2026')
  await done(Promise.resolve(bestand))
  expect(await claim()).toEqual([])
  expect((await bestand.back()).status).toBe(303)
  expect(await untrue()).toEqual([])
  const anders = { ...PRIJS, geldigheidEind: '31-12-2026', tarief: '120,00' }
  await isRefused(() => change('tarieven', 'TEST-1~jw~45A04~2025-01-01', anders))
})

test('what changes no price that was paid on may change', async () => {
  await leaves()
  expect(await claim()).toEqual([])
  // The same price by name, in the catalogue or out of it.
  await done(prices('TEST-1;jw;45A04;01-02-2026;31-12-2026;90,00'))
  expect(await untrue()).toEqual([])
})

test('nothing was approved yet: each of these is allowed', async () => {
  await leaves()
  await done(prices('TEST-1;jw;45A04;01-02-2026;31-12-2026;100,00'))
  await done(product(''))
})
