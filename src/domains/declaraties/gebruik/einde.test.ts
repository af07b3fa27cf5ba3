import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { testApp } from '../../../../test/support/app.ts'
import { testDatabase } from '../../../../test/support/database.ts'
import { openFormulier } from '../../../../test/support/formulier.ts'
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
import { text } from '../../../../test/support/tekst.ts'

/** What ends with a contract, what stands beside another price, and what is taken back: each changes what claims are held against. */
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
    regels: [{ ...partij, referentie: 'R1' }],
  }),
])
  expect((await lever(omgeving, bericht))[0]?.uitkomst).toBe('verwerkt')

const TARIEVEN = 'Contract;Wet;Product;Geldig: eerste dag;Geldig: laatste dag;Tarief\n'
const CONTRACT = 'Nummer;Aanbieder;Loopt: eerste dag;Loopt: laatste dag;Segmenten;Gemeenten\n'

const { bring, change } = registerdeuren(app, manager)
/** Changes the contract by its form: what is asked first, and doing it after all. */
const changeContract = (velden: Record<string, string | string[]>) =>
  change('contracten', 'TEST-1~2025-01-01', { ...STAAT, ...velden })
const STAAT = {
  geldigheidBegin: '01-01-2025',
  geldigheidEind: '31-12-2026',
  segmenten: ['J-AMB', 'J-VER', 'W-BEG'],
  gemeenten: [GEMEENTE_A, GEMEENTE_B],
}

const listTarieven = async () =>
  (
    await db.owner.query<{ dagen: string }>(
      `select t.code || ' ' || t.geldigheid::text as dagen from contracten.tarief t join contracten.contract using (contract_id)
       where nummer = 'TEST-1' and code = '45A04' order by lower(t.geldigheid)`,
    )
  ).rows.map(({ dagen }) => dagen)
// Each test begins with the prices that were agreed.
beforeEach(async () => {
  await db.owner.query(`
    delete from contracten.tarief t using contracten.contract c
    where c.contract_id = t.contract_id and (lower(t.geldigheid) > '2025-01-01' or c.nummer = 'TEST-9');
    update contracten.contractversie set geldigheid = '[2025-01-01,2027-01-01)'
    where contract_id = (select contract_id from contracten.contract where nummer = 'TEST-1');
    update contracten.tarief set geldigheid = '[2025-01-01,2027-01-01)'`)
})
const STOND = ['45A04 [2025-01-01,2027-01-01)']

describe('a contract that ends earlier', () => {
  test('takes its prices along: they are counted first, end or go, and each keeps its history', async () => {
    await (await bring('tarieven', `${TARIEVEN}TEST-1;jw;45A04;01-10-2026;31-12-2026;95,00\n`)).go()
    const eerste = `/inrichten/tarieven/rij/${encodeURIComponent('TEST-1~jw~45A04~2025-01-01')}`
    const blad = await app.inject({ url: eerste, headers: manager.headers })
    expect(text(blad.body)).toMatch(
      /Door de tijd .*01-01-2025 tot en met 30-09-2026 € 90,00 .*01-10-2026 tot en met 31-12-2026 € 95,00/,
    )
    expect(blad.body).toContain(`href="${eerste.replace('2025-01-01', '2026-10-01')}"`)
    const { status, tekst, go } = await changeContract({ geldigheidEind: '30-06-2026' })
    expect([status, tekst]).toEqual([
      400,
      expect.stringMatching(/\d tarieven die dan ook eindigen|tarieven die dan ook eindigen \d/),
    ])
    expect(tekst).toMatch(/toewijzingen die geen contract of tarief meer hebben minder dan 5 01-07-2026/)
    expect((await go()).status).toBe(303)
    expect(await listTarieven()).toEqual(['45A04 [2025-01-01,2026-07-01)'])
    const { body } = await app.inject({
      url: `/inrichten/tarieven/rij/${encodeURIComponent('TEST-1~jw~45A04~2025-01-01')}`,
      headers: manager.headers,
    })
    expect(text(body)).toMatch(/31-12-2026|30-09-2026/)
    const terug = await changeContract({})
    // What ended does not begin again by itself, and that is said.
    expect(terug.tekst).toMatch(/tarieven die niet mee veranderen/)
    expect((await terug.go()).status).toBe(303)
    await (await bring('tarieven', `${TARIEVEN}TEST-1;jw;45A04;01-01-2025;31-12-2026;90,00\n`)).go()
    expect(await listTarieven()).toEqual(STOND)
  })

  test('not before the last approved line: refused at its last day, with the month that can', async () => {
    const { status, html, tekst } = await changeContract({ geldigheidEind: '31-01-2026' })
    expect([status, tekst]).toEqual([
      400,
      expect.stringMatching(
        /al declaratieregels goedgekeurd.*Het contract kan wel eindigen op 28-02-2026 of later. Wilt u iets weglaten, kies dan een eerste dag vanaf 01-03-2026/,
      ),
    ])
    expect(html).toContain('href="#veld-geldigheideind"')
    expect(await listTarieven()).toEqual(STOND)
  })

  test('by a file: the trial says it, and taking it back brings the prices back', async () => {
    const file = await bring(
      'contracten',
      `${CONTRACT}TEST-1;${AGB_A};01-01-2025;30-06-2026;"J-AMB,J-VER,W-BEG";"${GEMEENTE_A},${GEMEENTE_B}"\n`,
    )
    expect(file.tekst).toContain('tarieven die dan ook eindigen')
    expect((await file.go()).status).toBe(303)
    expect(await listTarieven()).toEqual(['45A04 [2025-01-01,2026-07-01)'])
    const gevraagd = await file.askBack()
    expect(gevraagd).toContain('Neem x.csv terug')
    // They come back with it: none stays behind.
    expect(gevraagd).not.toContain('niet mee verander')
    expect((await file.back()).status).toBe(303)
    expect(await listTarieven()).toEqual(STOND)
  })

  test('nor is a price that ended on that day by itself said to stay behind when it is taken back', async () => {
    await db.owner.query(
      "update contracten.tarief set geldigheid = '[2025-01-01,2026-07-01)' where code = '44A07'",
    )
    const file = await bring(
      'contracten',
      `${CONTRACT}TEST-1;${AGB_A};01-01-2025;30-06-2026;"J-AMB,J-VER,W-BEG";"${GEMEENTE_A},${GEMEENTE_B}"\n`,
    )
    expect((await file.go()).status).toBe(303)
    expect(await file.askBack()).not.toContain('niet mee verander')
    expect((await file.back()).status).toBe(303)
  })
})

describe('the last change by hand', () => {
  /** Undoes it as the page of the row offers it; with what it touches seen, where it touches anything. */
  async function undo(rij: string) {
    const { body } = await app.inject({ url: rij, headers: manager.headers })
    // Of its form, or where it offers none of what else can be done with it.
    const versie = /name="versie" value="(\d+)"/.exec(body)?.[1] ?? ''
    const send = await openFormulier(app, rij, manager)
    const eerst = await send(`${rij}/ongedaan`, { versie })
    const _gezien = /name="_gezien" value="([^"]+)"/.exec(eerst.body)?.[1] ?? ''
    return {
      versie,
      send,
      eerst: text(eerst.body),
      antwoord: _gezien === '' ? eerst : await send(`${rij}/ongedaan`, { versie, _gezien }),
    }
  }

  test('that ended a contract is undone with all prices that ended with it', async () => {
    await (await bring('tarieven', `${TARIEVEN}TEST-1;jw;45A04;01-10-2026;31-12-2026;95,00\n`)).go()
    const stond = await listTarieven()
    await (await changeContract({ geldigheidEind: '30-06-2026' })).go()
    expect(await listTarieven()).toEqual(['45A04 [2025-01-01,2026-07-01)'])
    const { antwoord, versie, send } = await undo('/inrichten/contracten/rij/TEST-1~2025-01-01')
    expect([antwoord.statusCode, antwoord.headers.location]).toEqual([
      303,
      '/inrichten/contracten/rij/TEST-1~2025-01-01?melding=ongedaan',
    ])
    expect(await listTarieven()).toEqual(stond)
    // What was undone is not the last change any more: the same again from an old window changes nothing.
    const weer = await send('/inrichten/contracten/rij/TEST-1~2025-01-01/ongedaan', { versie, _gezien: 'x' })
    expect(weer.statusCode).toBe(409)
    expect(await listTarieven()).toEqual(stond)
  })

  const CONTRACT_1 = '/inrichten/contracten/rij/TEST-1~2025-01-01'
  const PRIJS = '/inrichten/tarieven/rij/TEST-1~jw~45A04~2025-01-01'
  /** Changes the amount of the first price by its form. */
  async function changePrice(tarief: string) {
    const { body } = await app.inject({ url: `${PRIJS}/wijzig`, headers: manager.headers })
    const versie = /name="versie" value="(\d+)"/.exec(body)?.[1] ?? ''
    const velden = { geldigheidBegin: '01-01-2025', geldigheidEind: '30-06-2026', tarief, versie }
    const send = await openFormulier(app, `${PRIJS}/wijzig`, manager)
    const eerst = await send(`${PRIJS}/wijzig`, velden)
    const _gezien = /name="_gezien" value="([^"]+)"/.exec(eerst.body)?.[1] ?? ''
    return eerst.statusCode === 303 ? eerst : send(`${PRIJS}/wijzig`, { ...velden, _gezien })
  }

  test('that ended a contract counts what ends, what goes, and what comes back', async () => {
    await (await bring('tarieven', `${TARIEVEN}TEST-1;jw;45A04;01-10-2026;31-12-2026;95,00\n`)).go()
    const { tekst, go } = await changeContract({ geldigheidEind: '30-06-2026' })
    expect(tekst).toMatch(/tarieven die dan ook eindigen 4 tarief dat dan vervalt 1/)
    await go()
    const page = text((await app.inject({ url: CONTRACT_1, headers: manager.headers })).body)
    expect(page).toMatch(
      /Dit gebeurt er dan: Loopt: 01-01-2025 tot en met 30-06-2026 → 01-01-2025 tot en met 31-12-2026 5 tarieven die weer doorlopen/,
    )
    // They ended with the contract, so it is there that they come back.
    const { body: prijs } = await app.inject({ url: PRIJS, headers: manager.headers })
    expect(text(prijs)).toContain('Dat kan nu niet. Dit veranderde mee met een wijziging bij contracten.')
    expect(prijs).not.toContain('/ongedaan"')
    const { eerst, antwoord } = await undo(CONTRACT_1)
    expect(eerst).toMatch(/tarieven die weer doorlopen 5/)
    expect(eerst).toMatch(/toewijzingen die eronder gaan vallen minder dan 5/)
    expect(eerst).not.toContain('niet mee verander')
    expect(antwoord.statusCode).toBe(303)
    const price = await undo(PRIJS)
    expect(price.antwoord.statusCode).toBe(409)
  })

  test('that ended a contract waits for a price that changed since, and says which; once that is undone it goes', async () => {
    await (await bring('tarieven', `${TARIEVEN}TEST-1;jw;45A04;01-01-2025;31-12-2026;90,00\n`)).go()
    const stond = await listTarieven()
    await (await changeContract({ geldigheidEind: '30-06-2026' })).go()
    const gewijzigd = await changePrice('91,00')
    // What was approved at the price stays: of this one the amount cannot change. Another price of the contract can.
    expect(gewijzigd.statusCode).toBe(400)
    const WMO = '/inrichten/tarieven/rij/TEST-1~wmo~02A16~2025-01-01'
    const { body } = await app.inject({ url: `${WMO}/wijzig`, headers: manager.headers })
    const versie = /name="versie" value="(\d+)"/.exec(body)?.[1] ?? ''
    const velden = { geldigheidBegin: '01-01-2025', geldigheidEind: '30-06-2026', tarief: '41,00', versie }
    const send = await openFormulier(app, `${WMO}/wijzig`, manager)
    const eerst = await send(`${WMO}/wijzig`, velden)
    const _gezien = /name="_gezien" value="([^"]+)"/.exec(eerst.body)?.[1] ?? ''
    if (eerst.statusCode !== 303) await send(`${WMO}/wijzig`, { ...velden, _gezien })

    expect(text((await app.inject({ url: CONTRACT_1, headers: manager.headers })).body)).toContain(
      'Dat kan nu niet. Daarna is er verder gewerkt: tarief TEST-1, Wmo, 02A16, vanaf 01-01-2025 is gewijzigd.',
    )
    const refused = await undo(CONTRACT_1)
    expect([refused.antwoord.statusCode, text(refused.antwoord.body)]).toEqual([
      409,
      expect.stringContaining(
        'Daarna is er verder gewerkt: tarief TEST-1, Wmo, 02A16, vanaf 01-01-2025 is gewijzigd. Maak dat eerst ongedaan.',
      ),
    ])
    expect(text(refused.antwoord.body)).toContain('Geschiedenis')
    expect(refused.antwoord.body).not.toContain('>Maak ongedaan<')
    expect((await undo(WMO)).antwoord.statusCode).toBe(303)
    expect((await undo(CONTRACT_1)).antwoord.statusCode).toBe(303)
    expect(await listTarieven()).toEqual(stond)
  })

  test('and at once undone does not keep a file of prices from being taken back', async () => {
    const file = await bring('tarieven', `${TARIEVEN}TEST-1;jw;45A04;01-10-2026;31-12-2026;95,00\n`)
    await file.go()
    await (await changeContract({ geldigheidEind: '30-06-2026' })).go()
    expect((await file.back()).tekst).toContain(
      'tarief TEST-1, Jeugdwet, 45A04, vanaf 01-10-2026 is verwijderd',
    )
    expect((await undo(CONTRACT_1)).antwoord.statusCode).toBe(303)
    expect((await file.back()).status).toBe(303)
    expect(await listTarieven()).toEqual(STOND)
  })

  test('that began a version of a contract is undone with the end of the one before it', async () => {
    const versions = async () =>
      (
        await db.owner.query<{ dagen: string }>(
          `select v.geldigheid::text || ' ' || count(*) as dagen from contracten.contractversie v join contracten.contract using (contract_id)
           join contracten.contract_gemeente g on (g.contract_id, g.begin) = (v.contract_id, v.begin)
           where nummer = 'TEST-1' group by v.geldigheid order by 1`,
        )
      ).rows.map(({ dagen }) => dagen)
    const stond = await versions()
    await (await changeContract({ geldigheidBegin: '01-12-2026', gemeenten: [GEMEENTE_A] })).go()
    expect(await versions()).toEqual(['[2025-01-01,2026-12-01) 2', '[2026-12-01,2027-01-01) 1'])
    const versie = '/inrichten/contracten/rij/TEST-1~2026-12-01'
    const blad = text((await app.inject({ url: versie, headers: manager.headers })).body)
    expect(blad).toMatch(/het verdwijnt contract TEST-1, vanaf 01-01-2025: Loopt: .* → .*31-12-2026/)
    expect((await undo(versie)).antwoord.statusCode).toBe(303)
    expect(await versions()).toEqual(stond)
  })

  test('that began a price is undone with the end of the one before it; what a file brought is not', async () => {
    const eerste = '/inrichten/tarieven/rij/TEST-1~jw~45A04~2025-01-01'
    const { body } = await app.inject({ url: `${eerste}/wijzig`, headers: manager.headers })
    const versie = /name="versie" value="(\d+)"/.exec(body)?.[1] ?? ''
    const send = await openFormulier(app, `${eerste}/wijzig`, manager)
    const nieuw = { geldigheidBegin: '01-10-2026', geldigheidEind: '31-12-2026', tarief: '95,00', versie }
    const vraag = await send(`${eerste}/wijzig`, nieuw)
    const _gezien = /name="_gezien" value="([^"]+)"/.exec(vraag.body)?.[1] ?? ''
    if (vraag.statusCode !== 303) await send(`${eerste}/wijzig`, { ...nieuw, _gezien })
    expect(await listTarieven()).toHaveLength(2)
    const { antwoord } = await undo('/inrichten/tarieven/rij/TEST-1~jw~45A04~2026-10-01')
    expect([antwoord.statusCode, antwoord.headers.location]).toEqual([
      303,
      '/inrichten/tarieven?melding=ongedaan',
    ])
    expect(await listTarieven()).toEqual(STOND)

    await (await bring('tarieven', `${TARIEVEN}TEST-1;jw;45A04;01-11-2026;31-12-2026;96,00\n`)).go()
    const vanBestand = '/inrichten/tarieven/rij/TEST-1~jw~45A04~2026-11-01'
    expect((await app.inject({ url: vanBestand, headers: manager.headers })).body).not.toContain('ongedaan')
  })
})

describe('two prices for the same', () => {
  beforeAll(async () => {
    await (
      await bring('contracten', `${CONTRACT}TEST-9;${AGB_A};01-01-2025;31-12-2026;J-AMB;${GEMEENTE_B}\n`)
    ).go()
  })

  test('in two contracts: refused, with the other contract and the day', async () => {
    const from = (begin: string) => bring('tarieven', `${TARIEVEN}TEST-9;jw;45A04;${begin};31-12-2026;1,23\n`)
    const { tekst } = await from('01-06-2025')
    expect(tekst).toContain('geldt vanaf 01-06-2025 al een tarief met deze aanbieder, in contract TEST-1')
    await db.owner.query(
      `update contracten.tarief set geldigheid = '[2025-01-01,2026-07-01)' where geldigheid @> date '2026-07-01'`,
    )
    expect((await from('30-06-2026')).tekst).toContain('in contract TEST-1')
    // The day after is beside it, not on it.
    expect((await from('01-07-2026')).tekst).toContain('Dit zou het doen: 1 nieuw.')
  })

  test('by a municipality that comes to the contract: refused too', async () => {
    expect((await (await changeContract({ gemeenten: [GEMEENTE_A] })).go()).status).toBe(303)
    expect(
      (await (await bring('tarieven', `${TARIEVEN}TEST-9;jw;45A04;01-06-2025;31-12-2026;1,23\n`)).go())
        .status,
    ).toBe(303)
    const { status, tekst } = await changeContract({})
    expect([status, tekst]).toEqual([
      400,
      expect.stringContaining('al een tarief met deze aanbieder, in contract TEST-9'),
    ])
    await db.owner.query(
      `delete from contracten.tarief where contract_id = (select contract_id from contracten.contract where nummer = 'TEST-9')`,
    )
    expect((await (await changeContract({})).go()).status).toBe(303)
  })
})

test('a price list that is taken back goes, though toewijzingen run that had no price there before it; not once one came after it', async () => {
  const LATER = `${TARIEVEN}TEST-1;jw;45A04;01-07-2026;31-12-2026;95,00\n`
  await (await bring('tarieven', `${TARIEVEN}TEST-1;jw;45A04;01-01-2025;30-06-2026;90,00\n`)).go()
  const file = await bring('tarieven', LATER)
  expect([(await file.go()).status, (await file.back()).status]).toEqual([303, 303])
  expect(await listTarieven()).toEqual(['45A04 [2025-01-01,2026-07-01)'])

  const weer = await bring('tarieven', LATER)
  expect((await weer.go()).status).toBe(303)
  const nog = { ...partij, client: 4, nummer: 15, identificatie: 'T15' }
  const eenUurLater = testOmgeving(db, new Date(omgeving.klok().getTime() + 3_600_000))
  expect((await lever(eenUurLater, toewijzingsbericht(nog)))[0]?.uitkomst).toBe('verwerkt')
  const { status, tekst } = await weer.back()
  expect([status, tekst]).toEqual([409, expect.stringContaining('rekenen minder dan 5 toewijzingen')])
  expect(await listTarieven()).toHaveLength(2)
})
