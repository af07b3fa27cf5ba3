import { describe, expect, test } from 'vitest'
import { testApp } from '../../../../test/support/app.ts'
import { postBestand } from '../../../../test/support/bestand.ts'
import { testDatabase } from '../../../../test/support/database.ts'
import { postFormulier } from '../../../../test/support/formulier.ts'
import {
  AGB_A,
  AGB_B,
  declaratiebericht,
  GEMEENTE_A,
  GEMEENTE_B,
  laadTestregio,
  lever,
  startbericht,
  testOmgeving,
  toewijzingsbericht,
} from '../../../../test/support/regio.ts'
import { text } from '../../../../test/support/tekst.ts'

const db = await testDatabase()
const omgeving = testOmgeving(db)
await laadTestregio(omgeving)
const { app, login } = await testApp(db, omgeving)
const manager = await login('contractmanager')
const partij = { agb: AGB_A, client: 0, nummer: 11 }
for (const bericht of [
  toewijzingsbericht({ ...partij, identificatie: 'T' }),
  startbericht({ ...partij, identificatie: 'S' }),
  declaratiebericht({
    ...partij,
    identificatie: 'D',
    nummer: 'D',
    regels: [
      { ...partij, referentie: 'R1' },
      { ...partij, referentie: 'R2', maand: '2026-01-01' },
    ],
  }),
])
  expect((await lever(omgeving, bericht))[0]?.uitkomst).toBe('verwerkt')

const send = async (url: string, velden = {}, van = url.replace(/\/\w+$/, '')) => {
  const { statusCode, body } = await postFormulier(app, url, van, velden, manager)
  return { statusCode, body: text(body) }
}
const remove = async (register: string, sleutel: string) => {
  const pad = `/inrichten/${register}/rij/${encodeURIComponent(sleutel)}`
  const { body } = await app.inject({ url: pad, headers: manager.headers })
  const versie = /name="versie" value="(\d+)"/.exec(body)?.[1] ?? ''
  return send(`${pad}/verwijder`, { versie })
}
const bring = async (register: string, inhoud: string) => {
  const pad = `/inrichten/${register}/invoeren`
  const { headers } = await postBestand(app, pad, { naam: 'x.csv', inhoud }, manager)
  const adres = String(headers.location)
  expect((await send(`${adres}/verwerk`, {}, adres)).statusCode).toBe(303)
  return adres
}
const stands = async (contract: string, code: string, vanaf: string) =>
  (
    await db.owner.query(
      `select from contracten.tarief join contracten.contract using (contract_id)
       where nummer = $1 and code = $2 and lower(tarief.geldigheid) = $3`,
      [contract, code, vanaf],
    )
  ).rowCount
/** 31-07-2026 as a key has it. */
const parseDag = (dag: string) => dag.split('-').reverse().join('-')
const TARIEVEN = 'Contract;Wet;Product;Geldig: eerste dag;Geldig: laatste dag;Tarief\n'

describe('what a toewijzing or a claim relies on is not taken out', () => {
  test('a price: refused with what hangs on it', async () => {
    const { statusCode, body } = await remove('tarieven', 'TEST-1~jw~45A04~2025-01-01')
    expect([statusCode, body]).toEqual([
      409,
      expect.stringContaining(
        'Op tarief TEST-1, Jeugdwet, 45A04, vanaf 01-01-2025 rekenen minder dan 5 toewijzingen en minder dan 5 goedgekeurde declaratieregels.',
      ),
    ])
    expect(body).not.toContain('Testpersoon')
    expect(await stands('TEST-1', '45A04', '2025-01-01')).toBe(1)
  })

  test('a product: the same, where it was the catalogue of the day', async () => {
    const { statusCode, body } = await remove('producten', 'jw~45A04~2025-01-01')
    expect([statusCode, body]).toEqual([
      409,
      expect.stringContaining(
        'rekenen minder dan 5 toewijzingen en minder dan 5 goedgekeurde declaratieregels',
      ),
    ])
  })

  test('a price and a product that nobody relies on go', async () => {
    for (const nummer of ['TEST-1', 'TEST-2'])
      expect((await remove('tarieven', `${nummer}~jw~44A07~2025-01-01`)).statusCode).toBe(303)
    expect((await remove('producten', 'jw~44A07~2025-01-01')).statusCode).toBe(303)
  })

  test('a price of another municipality leaves nobody here with one', async () => {
    const contract = 'Nummer;Aanbieder;Loopt: eerste dag;Loopt: laatste dag;Segmenten;Gemeenten\n'
    // Two prices for one municipality do not stand beside each other.
    const keep = (gemeenten: string) =>
      bring(
        'contracten',
        `${contract}TEST-1;${AGB_A};01-01-2025;31-12-2026;"J-AMB,J-VER,W-BEG";"${gemeenten}"\n`,
      )
    await keep(GEMEENTE_A)
    await bring('contracten', `${contract}TEST-9;${AGB_A};01-01-2025;31-12-2026;J-AMB;${GEMEENTE_B}\n`)
    await bring('tarieven', `${TARIEVEN}TEST-9;jw;45A04;01-01-2025;31-12-2026;90,00\n`)
    expect((await remove('tarieven', 'TEST-1~jw~45A04~2025-01-01')).statusCode).toBe(409)
    expect((await remove('tarieven', 'TEST-9~jw~45A04~2025-01-01')).statusCode).toBe(303)
    expect((await remove('contracten', 'TEST-9~2025-01-01')).statusCode).toBe(303)
    await keep(`${GEMEENTE_A},${GEMEENTE_B}`)
  })

  test('asked of one day after the other, the answer changes with the month: no last day of a resident is told', async () => {
    await db.owner.query(`
      update toegang.toewijzing_versie set eind = '2026-07-11';
      update contracten.tarief set geldigheid = '[2025-01-01,2026-07-01)' where code = '45A04'`)
    const answers = []
    for (const dag of ['10-07-2026', '11-07-2026', '12-07-2026', '31-07-2026', '01-08-2026']) {
      await bring('tarieven', `${TARIEVEN}TEST-1;jw;45A04;${dag};${dag};90,00\n`)
      answers.push((await remove('tarieven', `TEST-1~jw~45A04~${parseDag(dag)}`)).statusCode)
      await db.owner.query("delete from contracten.tarief where lower(geldigheid) >= '2026-07-01'")
    }
    expect(answers).toEqual([409, 409, 409, 409, 303])
    await db.owner.query(`
      update toegang.toewijzing_versie set eind = '2026-12-31';
      update contracten.tarief set geldigheid = '[2025-01-01,2027-01-01)' where code = '45A04'`)
  })

  test('the price of another provider goes, though it is of the same product', async () => {
    expect((await remove('tarieven', 'TEST-2~jw~45A04~2025-01-01')).statusCode).toBe(303)
    await bring('tarieven', `${TARIEVEN}TEST-2;jw;45A04;01-01-2025;31-12-2026;90,00\n`)
  })
})

test('a price list that was put in by mistake is taken back while running toewijzingen keep a price', async () => {
  const adres = await bring('tarieven', `${TARIEVEN}TEST-1;jw;45A04;01-04-2026;31-12-2026;95,00\n`)
  const { body } = await app.inject({ url: `${adres}/terug`, headers: manager.headers })
  // It is asked with what leans on it, and asking changes nothing.
  expect(body).toContain('Dit raakt wat erop rekent')
  expect(body).toContain('minder dan 5 toewijzingen')
  expect(body).toContain('Neem dit toch terug')
  expect(await stands('TEST-1', '45A04', '2026-04-01')).toBe(1)
  expect((await send(`${adres}/terug`)).statusCode).toBe(303)
  expect(await stands('TEST-1', '45A04', '2026-04-01')).toBe(0)
})

test('but not once a line was approved at that price', async () => {
  const adres = await bring('tarieven', `${TARIEVEN}TEST-2;wmo;02A16;01-02-2026;31-12-2026;95,00\n`)
  const ander = { domein: 'wmo', agb: AGB_B, client: 1, nummer: 12 } as const
  const uit = await lever(
    omgeving,
    toewijzingsbericht({ ...ander, identificatie: 'T2' }),
    startbericht({ ...ander, identificatie: 'S2' }),
    declaratiebericht({
      ...ander,
      identificatie: 'D2',
      nummer: 'D2',
      regels: [{ ...ander, referentie: 'R3', tarief: 9500 }],
    }),
  )
  expect(uit.map(({ uitkomst }) => uitkomst)).toEqual(['verwerkt', 'verwerkt', 'verwerkt'])
  const asked = await app.inject({ url: `${adres}/terug`, headers: manager.headers })
  for (const { statusCode, body } of [asked, await send(`${adres}/terug`)])
    expect([statusCode, body]).toEqual([
      409,
      expect.stringContaining(
        'Op tarief TEST-2, Wmo, 02A16, vanaf 01-02-2026 rekenen minder dan 5 goedgekeurde declaratieregels.',
      ),
    ])
  expect(await stands('TEST-2', '02A16', '2026-02-01')).toBe(1)
})
