import { afterEach, describe, expect, test } from 'vitest'
import { machine, testApp } from '../../../../test/support/app.ts'
import { testDatabase } from '../../../../test/support/database.ts'
import {
  AGB_A,
  declaratiebericht,
  GEMEENTE_A,
  laadTestregio,
  lever,
  type Regelbouw,
  startbericht,
  testOmgeving,
  toewijzingsbericht,
} from '../../../../test/support/regio.ts'

/** A message and the change of a register hold a line against the same: the price in its unit, of the day that counts. */
const db = await testDatabase()
const omgeving = testOmgeving(db)
await laadTestregio(omgeving)
const { app, login } = await testApp(db, omgeving)
const headers = await machine(db, await login('contractmanager'))
const put = async (register: string, sleutel: string, payload: object) => {
  const { statusCode, body } = await app.inject({
    method: 'PUT',
    url: `/api/v1/inrichting/${register}/${encodeURIComponent(sleutel)}`,
    headers,
    payload,
  })
  return [statusCode, body] as const
}
const putPrice = (tarief: number, begin = '2025-01-01', eind = '2026-12-31') =>
  put('tarieven', `TEST-1~jw~45A04~${begin}`, {
    contract: 'TEST-1',
    wet: 'jw',
    product: '45A04',
    geldigheid: { begin, eind },
    tarief,
  })
const putProduct = (eenheid: string, begin: string, eind: string | null = null) =>
  put('producten', `jw~45A04~${begin}`, {
    wet: 'jw',
    code: '45A04',
    geldigheid: { begin, eind },
    categorie: '45',
    naam: 'Jeugdhulp ambulant regulier',
    segment: 'J-AMB',
    eenheid,
    variant: 'inspanning',
    zwaarte: 1,
  })
const REFUSED = [400, expect.stringContaining('al declaratieregels goedgekeurd')]
const DONE = [200, expect.anything()]

let nummer = 20
/** A toewijzing of all of 2026 with one line over February; how that line came out. */
async function claim(regel: Partial<Regelbouw> = {}): Promise<string | undefined> {
  nummer += 1
  const deel = { agb: AGB_A, nummer, client: nummer, identificatie: `B${nummer}` }
  const uit = await lever(
    omgeving,
    toewijzingsbericht(deel),
    startbericht(deel),
    declaratiebericht({
      ...deel,
      nummer: `D${nummer}`,
      regels: [{ ...deel, referentie: `R${nummer}`, ...regel }],
    }),
  )
  return uit.at(-1)?.uitkomst
}

afterEach(async () => {
  await db.owner.query(`
    delete from declaraties.prestatie;
    delete from contracten.tarief where lower(geldigheid) > '2025-01-01' and code = '45A04';
    update contracten.tarief set tarief = 9000, geldigheid = '[2025-01-01,2027-01-01)' where code = '45A04';
    delete from contracten.product where lower(geldigheid) > '2025-01-01' and code = '45A04';
    update contracten.product set eenheid = '04', geldigheid = '[2025-01-01,)' where code = '45A04'`)
})

describe('in the unit in which it was claimed', () => {
  test.each([
    [11_714, 195],
    [8733, 146],
    [8724, 145],
  ])('minutes on %i cents an hour are %i, and keep that price from changing', async (perUur, tarief) => {
    expect(await putPrice(perUur)).toEqual(DONE)
    expect([
      await claim({ perUur, tarief: tarief + 1, volume: 180 }),
      await claim({ perUur, tarief, volume: 180 }),
    ]).toEqual(['afgekeurd', 'verwerkt'])
    expect(await putPrice(19_999)).toEqual(REFUSED)
    // The amount follows from the hour, so that another that comes to the same minute is another price too.
    expect(await putPrice(perUur + 1)).toEqual(REFUSED)
    expect(await putPrice(19_999, '2026-02-02')).toEqual(DONE)
  })

  test('a line of a product per minute keeps the price of a minute', async () => {
    await db.owner.query("update contracten.product set eenheid = '01' where code = '45A04'")
    await putPrice(195)
    const minuten = { perUur: 11_700, tarief: 195, volume: 60 }
    nummer += 1
    const deel = { agb: AGB_A, nummer, client: nummer, identificatie: `B${nummer}` }
    const product = { omvang: { volume: 600, eenheid: '01', frequentie: '4' } }
    const [, , declaratie] = await lever(
      omgeving,
      toewijzingsbericht({ ...deel, product }),
      startbericht(deel),
      declaratiebericht({
        ...deel,
        nummer: `D${nummer}`,
        regels: [{ ...deel, referentie: `R${nummer}`, ...minuten }],
      }),
    )
    expect(declaratie?.uitkomst).toBe('verwerkt')
    expect(await putPrice(200)).toEqual(REFUSED)
  })
})

test('a price is for the unit of its first day: what is counted otherwise from a day costs other prices', async () => {
  const prices = async () =>
    (
      await db.owner.query(`
        select p.eenheid || ' ' || d.tarief || ' ' || d.rang || ' ' || d.dagen as rij
        from contracten.prijsdagen d join contracten.product p using (product_id) join contracten.contract c using (contract_id)
        where c.nummer = 'TEST-1' and p.code = '45A04' and d.gemeente = '${GEMEENTE_A}' order by 1`)
    ).rows.map(({ rij }) => rij)
  expect(await claim()).toBe('verwerkt')
  // From 1 July it is counted in minutes; the price per hour runs on, for what was assigned before.
  expect(await putProduct('01', '2026-07-01')).toEqual(DONE)
  expect(await prices()).toEqual(['04 9000 1 [2025-01-01,2027-01-01)', '04 9000 2 [2026-07-01,2027-01-01)'])
  // The price of a minute is not that of an hour that was assigned before: that keeps its last.
  expect(await putPrice(150, '2026-07-01')).toEqual(DONE)
  expect(await prices()).toEqual([
    '01 150 1 [2026-07-01,2027-01-01)',
    '04 9000 1 [2025-01-01,2026-07-01)',
    '04 9000 2 [2026-07-01,2027-01-01)',
  ])
})

test('a product gets no other unit from a day where lines were paid at prices that begin then', async () => {
  expect(await putPrice(9500, '2026-02-01')).toEqual(DONE)
  expect(await claim({ tarief: 9500 })).toBe('verwerkt')
  expect(await putProduct('01', '2026-02-01')).toEqual(REFUSED)
  expect(await putProduct('01', '2026-02-02')).toEqual(DONE)
})

describe('by the day that counts for a line', () => {
  test('a price: its first day; the refusal names the month after it, and the day after it is taken', async () => {
    expect(await claim()).toBe('verwerkt')
    expect(await putPrice(9500, '2026-02-01')).toEqual([
      400,
      expect.stringContaining(
        'de laatste naar wat gold in februari 2026. Voor een regel telt de prijs van zijn eerste dag. Laat staan wat toen gold, en kies een eerste dag vanaf 01-03-2026.',
      ),
    ])
    expect(await putPrice(9500, '2026-02-02')).toEqual(DONE)
    // A message says the same of the month in which the price changed.
    expect([await claim(), await claim({ tarief: 9500 })]).toEqual(['verwerkt', 'afgekeurd'])
  })

  test('the catalogue: the day on which the toewijzing began that names its code', async () => {
    expect(await claim()).toBe('verwerkt')
    expect(await putProduct('14', '2025-01-01')).toEqual([
      400,
      expect.stringContaining('kies een eerste dag vanaf 01-02-2026'),
    ])
    expect(await putProduct('04', '2026-02-01')).toEqual(DONE)
    // On no day of the line, but on the day by which it was judged.
    expect(await putProduct('14', '2026-01-01', '2026-01-31')).toEqual(REFUSED)
    // On every day of the line, and it is not judged by that.
    expect(await putProduct('14', '2026-02-01')).toEqual(DONE)
    expect(await claim()).toBe('verwerkt')
  })

  test('one that begins within a month counts on every day of it: on which of them help began is not to be found', async () => {
    expect(await claim()).toBe('verwerkt')
    await db.owner.query("update declaraties.prestatie set begin = '2026-02-11'")
    for (const dag of ['2026-02-02', '2026-02-11', '2026-02-12', '2026-02-28'])
      expect([dag, ...(await putPrice(9500, dag))]).toEqual([dag, ...REFUSED])
    expect(await putPrice(9500, '2026-03-01')).toEqual(DONE)
    await db.owner.query("update toegang.toewijzing_versie set ingang = '2026-01-11'")
    for (const dag of ['2026-01-02', '2026-01-11', '2026-01-12', '2026-01-31'])
      expect([dag, ...(await putProduct('14', dag))]).toEqual([dag, ...REFUSED])
    await db.owner.query("update toegang.toewijzing_versie set ingang = '2026-01-01'")
    expect(await putProduct('14', '2026-02-01')).toEqual(DONE)
  })

  test('a price of what has left the catalogue: the last that was agreed while it was in it', async () => {
    await db.owner.query(`
      update contracten.product set geldigheid = '[2025-01-01,2026-02-01)' where code = '45A04';
      update contracten.tarief set geldigheid = '[2025-01-01,2026-02-01)' where code = '45A04'`)
    expect(await claim()).toBe('verwerkt')
    expect(await putPrice(9500, '2025-01-01', '2026-01-31')).toEqual(REFUSED)
    expect(await putPrice(9500, '2026-01-31', '2026-01-31')).toEqual(REFUSED)
  })
})
