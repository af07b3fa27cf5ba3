import { expect, test } from 'vitest'
import { machine, testApp } from '../../../test/support/app.ts'
import { postBestand } from '../../../test/support/bestand.ts'
import { testDatabase } from '../../../test/support/database.ts'
import { postFormulier } from '../../../test/support/formulier.ts'
import {
  AGB_A,
  AGB_B,
  declaratiebericht,
  GEMEENTE_A,
  laadTestregio,
  lever,
  startbericht,
  testOmgeving,
  toewijzingsbericht,
} from '../../../test/support/regio.ts'
import { untilSomebodyWaits, whileHeld } from '../../../test/support/wachten.ts'
import { lockPartijen } from '../../domains/toegang/index.ts'
import { clientOf, NOBODY } from '../../platform/db/database.ts'
import type { Tx } from '../../platform/db/tables.ts'
import { takeRegisters } from '../../platform/register/rijen.ts'

/** What is judged by something else waits for who changes that, and the other way round: no order of events leaves what is untrue. */
const db = await testDatabase()
const omgeving = testOmgeving(db)
const { app, login } = await testApp(db, omgeving)
const aanbieders = await laadTestregio(omgeving)
const manager = await login('contractmanager')
const backoffice = await login('backoffice', { gemeenten: [GEMEENTE_A] })
const koppeling = await machine(db, manager)

/** A race is lost now and then. */
const TIMES = Array.from({ length: 10 }, (_, i) => i)
const put = (register: string, sleutel: string, payload: object) =>
  app.inject({
    method: 'PUT',
    url: `/api/v1/inrichting/${register}/${encodeURIComponent(sleutel)}`,
    headers: koppeling,
    payload,
  })
const putPrice = (product: string, tarief: number, wet = 'jw') =>
  put('tarieven', `TEST-1~${wet}~${product}~2025-01-01`, {
    contract: 'TEST-1',
    wet,
    product,
    geldigheid: { begin: '2025-01-01', eind: '2026-12-31' },
    tarief,
  })
const putSegment = (code: string, wet: 'jw' | 'wmo', naam: string = code) =>
  put('segmenten', code, { code, wet, naam, omschrijving: 'Hulp thuis', bron: 'test', volgorde: 9 })
const putProduct = (code: string, segment: string) =>
  put('producten', `jw~${code}~2025-01-01`, {
    wet: 'jw',
    code,
    geldigheid: { begin: '2025-01-01', eind: null },
    categorie: '45',
    naam: code,
    segment,
    eenheid: '04',
    variant: 'inspanning',
    zwaarte: 100,
  })
const query = async (vraag: string) => (await db.owner.query(vraag)).rows
const lock = (tabel: string) => (tx: Tx) =>
  clientOf(tx).query(`lock table ${tabel} in share row exclusive mode`)
const messages = (tx: Tx) =>
  lockPartijen(tx, [{ gemeente: GEMEENTE_A, aanbiederId: aanbieders.get(AGB_A) ?? 0 }])

/** A toewijzing, begun, and the claim that is still to be delivered. */
async function prepare(nummer: number, domein: 'jw' | 'wmo' = 'jw') {
  const deel = { domein, agb: AGB_A, nummer, client: nummer, identificatie: `B${nummer}` }
  await lever(omgeving, toewijzingsbericht(deel), startbericht(deel))
  return declaratiebericht({
    ...deel,
    nummer: `D${nummer}`,
    regels: [{ ...deel, referentie: `R${nummer}` }],
  })
}
/** Lines that were approved at another price than stands. */
const untrue = () =>
  query(`select p.code, p.tarief from declaraties.prestatie p
    join contracten.tarief t on (t.aanbieder_id, t.wet, t.code) = (p.aanbieder_id, p.domein, p.code) and t.geldigheid @> p.begin
    where p.goedgekeurd and p.tarief <> t.tarief`)

test('a price that is changed waits for the message that is being judged by it, and is refused for its line', async () => {
  const claim = await prepare(11)
  let saved: ReturnType<typeof putPrice> | undefined
  const [inname] = await whileHeld(
    db,
    lock('sturing.maandcijfer'),
    () => lever(omgeving, claim),
    async () => {
      saved = putPrice('45A04', 9500)
      await untilSomebodyWaits(db, 2)
    },
  )
  expect(inname?.uitkomst).toBe('verwerkt')
  expect([(await saved)?.statusCode, (await saved)?.body]).toEqual([
    400,
    expect.stringContaining('al declaratieregels goedgekeurd'),
  ])
  expect(await untrue()).toEqual([])
})

/** Runs `actie` up to where what it checked is written down, then `intussen`, and lets it go on. */
async function whileChecked<T>(actie: () => Promise<T>, intussen: () => Promise<unknown>): Promise<T> {
  const slot = await db.owner.connect()
  await slot.query('begin; lock table platform.wijziging in share mode')
  try {
    const bezig = actie()
    await untilSomebodyWaits(db)
    await intussen()
    await slot.query('commit')
    return await bezig
  } finally {
    slot.release(true)
  }
}
const KOP = 'Contract;Wet;Product;Geldig: eerste dag;Geldig: laatste dag;Tarief'
const savePrice = async () => (await putPrice('02A16', 6500, 'wmo')).statusCode === 200
const bringPrices = async () => {
  const pad = '/inrichten/tarieven/invoeren'
  const inhoud = `${KOP}\nTEST-1;wmo;02A16;01-01-2025;31-12-2026;67,00\n`
  const { headers } = await postBestand(app, pad, { naam: 'x.csv', inhoud }, manager)
  const adres = String(headers.location)
  return async () => (await postFormulier(app, `${adres}/verwerk`, adres, {}, manager)).statusCode === 303
}

test.each([
  ['a price', 12, async () => savePrice],
  ['a file of prices', 22, bringPrices],
])('messages wait for %s that is changed, and are judged by what it became', async (_, eerste, begin) => {
  const claims = [await prepare(eerste, 'wmo'), await prepare(eerste + 1, 'wmo')]
  const change = await begin()
  let judged: ReturnType<typeof lever>[] = []
  const done = await whileChecked(change, async () => {
    judged = claims.map(claim => lever(omgeving, claim))
    await untilSomebodyWaits(db, 3)
  })
  expect(done).toBe(true)
  expect((await Promise.all(judged)).flat().map(({ uitkomst }) => uitkomst)).toEqual([
    'afgekeurd',
    'afgekeurd',
  ])
  expect(await untrue()).toEqual([])
})

test.each(TIMES)('a segment of another law and a product in it: one of both (%i)', async keer => {
  const [segment, code] = [`s${keer}`, `4${String(keer).padStart(4, '0')}`]
  expect((await putSegment(segment, 'jw')).statusCode).toBe(200)
  const samen = await Promise.all([putSegment(segment, 'wmo'), putProduct(code, segment)])
  expect(samen.map(({ statusCode }) => statusCode).sort()).toEqual([200, 400])
  expect(
    await query(
      'select p.code from contracten.product p join contracten.segment s using (segment_id) where p.wet <> s.wet',
    ),
  ).toEqual([])
})

test('a row is refused that names what went while it waited for its turn', async () => {
  expect((await putSegment('weg', 'jw')).statusCode).toBe(200)
  const ceiling = {
    segment: 'weg',
    gemeente: GEMEENTE_A,
    jaar: 2026,
    bedrag: 100,
    vastgesteldOp: '2026-01-01',
  }
  const { statusCode, body } = await whileHeld(
    db,
    takeRegisters,
    () => put('plafonds', `weg~${GEMEENTE_A}~2026`, ceiling),
    () => query("delete from contracten.segment where code = 'weg'"),
  )
  expect([statusCode, body]).toEqual([400, expect.stringContaining('is hier niet bekend')])
})

test('a file is not taken back to what no longer fits in another register', async () => {
  for (const code of ['heen', 'weer']) expect((await putSegment(code, 'jw')).statusCode).toBe(200)
  expect((await putProduct('49A01', 'heen')).statusCode).toBe(200)
  const pad = '/inrichten/producten/invoeren'
  const inhoud =
    'Wet;Code;Geldig: eerste dag;Categorie;Naam;Segment;Eenheid;Bekostiging;Zwaarte\njw;49A01;01-01-2025;45;49A01;weer;04;inspanning;100\n'
  const { headers } = await postBestand(app, pad, { naam: 'x.csv', inhoud }, manager)
  const adres = String(headers.location)
  expect((await postFormulier(app, `${adres}/verwerk`, adres, {}, manager)).statusCode).toBe(303)
  expect((await putSegment('heen', 'wmo')).statusCode).toBe(200)
  const terug = await postFormulier(app, `${adres}/terug`, adres, {}, manager)
  expect([terug.statusCode, terug.body]).toEqual([
    409,
    expect.stringContaining('Kies een segment van dezelfde wet.'),
  ])
})

test('while changes wait for a message, pages and what only adds go on; then all that waited is done', async () => {
  for (const code of ['a', 'b', 'c']) await putSegment(code, 'jw')
  const ander = { agb: AGB_B, nummer: 40, client: 40, identificatie: 'B40' }
  let achter: ReturnType<typeof lever> | undefined
  const uit = await whileHeld(
    db,
    messages,
    () => Promise.all(['a', 'b', 'c'].map(code => putSegment(code, 'jw', 'Anders'))),
    async () => {
      // Who comes after them waits too, and not for ever.
      achter = lever(omgeving, toewijzingsbericht(ander))
      await untilSomebodyWaits(db, 2)
      for (const url of ['/toewijzingen', '/', '/klaar'])
        expect([url, (await app.inject({ url, headers: backoffice.headers })).statusCode]).toEqual([url, 200])
    },
  )
  expect(uit.map(({ statusCode }) => statusCode)).toEqual([200, 200, 200])
  expect((await achter)?.map(({ uitkomst }) => uitkomst)).toEqual(['verwerkt'])
})

test('what only adds to a register waits for no message', async () => {
  await db.database.write(NOBODY, async tx => {
    await messages(tx)
    expect((await putSegment('nieuw', 'jw')).statusCode).toBe(200)
  })
})

test.each(TIMES)(
  'changes of registers, folders and messages at once do not wait in a circle (%i)',
  async keer => {
    const claim = await prepare(50 + keer)
    const uit = await Promise.all([
      putPrice('45A04', 9100 + keer),
      lever(omgeving, claim),
      putSegment('J-AMB', 'jw', `Ambulant ${keer}`),
      putPrice('44A07', 15_100 + keer),
      lever(
        omgeving,
        toewijzingsbericht({ agb: AGB_B, nummer: 70 + keer, client: 70 + keer, identificatie: `C${keer}` }),
      ),
    ])
    expect([uit[0].statusCode, uit[1][0]?.uitkomst]).toBeOneOf([
      [200, 'afgekeurd'],
      [400, 'verwerkt'],
    ])
    expect([uit[2].statusCode, uit[3].statusCode, uit[4][0]?.uitkomst]).toEqual([200, 200, 'verwerkt'])
    expect(await untrue()).toEqual([])
  },
)
