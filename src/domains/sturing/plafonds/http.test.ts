import { describe, expect, test } from 'vitest'
import { type Inlog, testApp } from '../../../../test/support/app.ts'
import { postBestand } from '../../../../test/support/bestand.ts'
import { testDatabase } from '../../../../test/support/database.ts'
import { openFormulier, postFormulier } from '../../../../test/support/formulier.ts'
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
const ids = await laadTestregio(omgeving)
const { app, login } = await testApp(db, omgeving)
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
const { rows } = await db.owner.query('select sum(bedrag)::int as som from declaraties.prestatie')
const BESTEED: number = rows[0].som

const manager = await login('contractmanager')
const controller = await login('controller', { gemeenten: [GEMEENTE_A] })
const consulent = await login('consulent', { gemeenten: [GEMEENTE_A] })
const zelf = await login('aanbieder', { aanbieder: ids.get(AGB_A) ?? 0 })
const ander = await login('aanbieder', { aanbieder: ids.get(AGB_B) ?? 0 })

const PAD = '/inrichten/aanbiederplafonds'
const open = async (url: string, wie: Inlog) => {
  const { statusCode, body } = await app.inject({ url, headers: wie.headers })
  return { statusCode, tekst: text(body), html: body }
}
const page = async (wie: Inlog) => (await open(`/aanbieders/${ids.get(AGB_A)}`, wie)).tekst
const euro = (cent: number) => (cent / 100).toFixed(2).replace('.', ',')
const clear = () => db.owner.query('delete from contracten.aanbiederplafond')
/** Puts one in; one that is below what was approved is asked about first. */
async function put(velden: Record<string, string>) {
  const send = await openFormulier(app, `${PAD}/nieuw`, manager)
  const plafond = {
    aanbieder: AGB_A,
    segment: 'J-AMB',
    gemeente: GEMEENTE_A,
    jaar: '2026',
    vastgesteldOp: '01-12-2025',
    ...velden,
  }
  const eerst = await send(`${PAD}/nieuw`, plafond)
  const _gezien = /name="_gezien" value="([^"]+)"/.exec(eerst.body)?.[1]
  return _gezien === undefined ? eerst : send(`${PAD}/nieuw`, { ...plafond, _gezien })
}

describe('the page of a provider', () => {
  test('has no ceilings until one was decided', async () => {
    await clear()
    expect(await page(manager)).not.toContain('Plafonds')
  })

  test('shows of each what was approved, how much that is, and what is left', async () => {
    await clear()
    expect((await put({ bedrag: euro(BESTEED * 4) })).statusCode).toBe(303)
    expect((await put({ bedrag: '50,00', jaar: '2025' })).statusCode).toBe(303)
    const tekst = await page(controller)
    expect(tekst).toMatch(/Plafonds in 2026 .* 25,0% nog € /)
    expect(tekst).toMatch(/Plafonds in 2025 .* € 50,00 € 0,00 0,0% nog € 50,00/)
    expect(tekst).toContain('verandert niets aan de plicht van de gemeente: een inwoner die hulp nodig heeft')
    expect((await open(`/aanbieders/${ids.get(AGB_A)}`, manager)).html).toMatch(
      /<details[^>]* open=""[^>]*><summary[^>]*>Plafonds in 2026/,
    )
  })

  test('of a ceiling that was decided twice the last one counts', async () => {
    await clear()
    expect((await put({ bedrag: euro(BESTEED * 4) })).statusCode).toBe(303)
    await db.owner.query(`
      insert into contracten.aanbiederplafond (aanbieder_id, segment_id, gemeente, jaar, versie, bedrag, vastgesteld_op)
      select aanbieder_id, segment_id, gemeente, jaar, versie + 1, bedrag / 2, '2026-03-01' from contracten.aanbiederplafond`)
    expect(await page(controller)).toMatch(/Plafonds in 2026 .* 50,0% nog € /)
  })

  test('what another provider claimed does not count in it', async () => {
    await clear()
    expect((await put({ bedrag: euro(BESTEED * 4) })).statusCode).toBe(303)
    await db.owner.query(
      `insert into sturing.maandcijfer
       select (jsonb_populate_record(m, jsonb_build_object('aanbieder_id', $2::integer))).* from sturing.maandcijfer m
       where m.aanbieder_id = $1`,
      [ids.get(AGB_A), ids.get(AGB_B)],
    )
    try {
      expect(await page(controller)).toMatch(/Plafonds in 2026 .* 25,0% nog € /)
    } finally {
      await db.owner.query('delete from sturing.maandcijfer where aanbieder_id = $1', [ids.get(AGB_B)])
    }
  })

  test('says in words that one is passed, not on its last cent', async () => {
    await clear()
    await put({ bedrag: euro(BESTEED) })
    expect(await page(manager)).toMatch(/100,0% nog € 0,00/)
    await clear()
    await put({ bedrag: euro(BESTEED - 1) })
    await put({ bedrag: '10,00', gemeente: GEMEENTE_B })
    const tekst = await page(manager)
    expect(tekst).toContain('Plafonds in 2026: 1 van 2 overschreden')
    expect(tekst).toContain('€ 0,01 over het plafond')
  })

  test('the ceiling of a segment counts what hangs under it', async () => {
    await clear()
    await db.owner.query(`
      insert into contracten.segment (code, wet, naam, omschrijving, bron, volgorde) values ('J-ALLE', 'jw', 'Alle jeugdhulp', 'x', '', 9);
      update contracten.segment set ouder_id = (select segment_id from contracten.segment where code = 'J-ALLE') where code = 'J-AMB'`)
    await put({ bedrag: euro(BESTEED * 2), segment: 'J-ALLE' })
    expect(await page(manager)).toMatch(/Alle jeugdhulp .* 50,0%/)
    const { nogEens, tekst } = await change(`${AGB_A}~J-ALLE~${GEMEENTE_A}~2026`, '1,00')
    expect(tekst).toMatch(/goedgekeurde declaratieregels minder dan 5/)
    expect((await nogEens()).statusCode).toBe(303)
  })

  test('is for who may see figures, and for the provider itself', async () => {
    await clear()
    await put({ bedrag: euro(BESTEED - 1) })
    expect(await page(zelf)).toContain('€ 0,01 over het plafond')
    expect(await page(consulent)).not.toContain('over het plafond')
    expect((await open(`/aanbieders/${ids.get(AGB_A)}`, ander)).statusCode).toBe(404)
  })
})

/** Opens the form of a row; what it answers to another amount, and to the same once more with what was shown. */
async function change(sleutel: string, bedrag: string) {
  const pad = `${PAD}/rij/${encodeURIComponent(sleutel)}/wijzig`
  const { html } = await open(pad, manager)
  const velden = {
    bedrag,
    vastgesteldOp: '01-03-2026',
    versie: /name="versie" value="(\d+)"/.exec(html)?.[1] ?? '',
  }
  const send = await openFormulier(app, pad, manager)
  const { statusCode, body } = await send(pad, velden)
  const _gezien = /name="_gezien" value="([^"]+)"/.exec(body)?.[1] ?? ''
  return { statusCode, tekst: text(body), nogEens: () => send(pad, { ...velden, _gezien }) }
}

describe('the register', () => {
  test('a change shows what was claimed against it; what stood there stays', async () => {
    await clear()
    await put({ bedrag: '1.000,00' })
    const { statusCode, tekst, nogEens } = await change(`${AGB_A}~J-AMB~${GEMEENTE_A}~2026`, '900,00')
    expect([statusCode, tekst]).toEqual([
      400,
      expect.stringMatching(/goedgekeurde declaratieregels minder dan 5 € [\d.,]+/),
    ])
    expect(tekst.replaceAll(/[.,]/g, '')).toContain(`€ ${BESTEED}`)
    expect((await nogEens()).statusCode).toBe(303)
    const { rows: versies } = await db.owner.query(
      'select versie, bedrag::int from contracten.aanbiederplafond order by versie',
    )
    expect(versies).toEqual([
      { versie: 1, bedrag: 100_000 },
      { versie: 2, bedrag: 90_000 },
    ])
    expect((await open(PAD, manager)).tekst).toMatch(/1 aanbiederplafond .*€ 900,00/)
    expect(await page(manager)).toContain('€ 900,00')
  })

  test('that goes leaves that of another year', async () => {
    await clear()
    await put({ bedrag: '50,00', jaar: '2025' })
    await put({ bedrag: '60,00' })
    const pad = `${PAD}/rij/${encodeURIComponent(`${AGB_A}~J-AMB~${GEMEENTE_A}~2026`)}`
    const { html } = await open(`${pad}/wijzig`, manager)
    const versie = /name="versie" value="(\d+)"/.exec(html)?.[1] ?? ''
    const send = await openFormulier(app, pad, manager)
    const eerst = await send(`${pad}/verwijder`, { versie })
    const _gezien = /name="_gezien" value="([^"]+)"/.exec(eerst.body)?.[1] ?? ''
    if (eerst.statusCode !== 303)
      expect((await send(`${pad}/verwijder`, { versie, _gezien })).statusCode).toBe(303)
    const { rows: over } = await db.owner.query('select jaar from contracten.aanbiederplafond')
    expect(over).toEqual([{ jaar: 2025 }])
  })

  test('a provider reads its own and writes none; a file comes in and is taken back', async () => {
    await clear()
    const inhoud = `Aanbieder;Segment;Gemeente;Jaar;Bedrag;Vastgesteld op\n${[AGB_A, AGB_B]
      .map(agb => `${agb};J-AMB;${GEMEENTE_A};2026;1.000;01-12-2025\n`)
      .join('')}`
    const { headers } = await postBestand(app, `${PAD}/invoeren`, { naam: 'p.csv', inhoud }, manager)
    const adres = String(headers.location)
    expect((await open(adres, manager)).tekst).toContain('Dit zou het doen: 2 nieuw.')
    expect((await postFormulier(app, `${adres}/verwerk`, adres, {}, manager)).statusCode).toBe(303)
    expect((await open(PAD, zelf)).tekst).toMatch(/1 aanbiederplafond .*Zorggroep Eikenrode/)
    expect((await open(`${PAD}/nieuw`, zelf)).statusCode).toBe(403)
    expect((await postFormulier(app, `${adres}/terug`, adres, {}, manager)).statusCode).toBe(303)
    expect((await open(PAD, manager)).tekst).toContain('Er zijn nog geen aanbiederplafonds')
  })
})
