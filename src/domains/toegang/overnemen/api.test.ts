import { describe, expect, test } from 'vitest'
import { machine, testApp } from '../../../../test/support/app.ts'
import { testDatabase } from '../../../../test/support/database.ts'
import { sheet } from '../../../../test/support/overnemen.ts'
import { GEMEENTE_A, laadTestregio, testBsn, testOmgeving } from '../../../../test/support/regio.ts'
import type { Recht } from '../../../platform/auth/rollen.ts'

const db = await testDatabase()
const omgeving = testOmgeving(db)
await laadTestregio(omgeving)
const { app, login } = await testApp(db, omgeving)

/** A program of somebody in the back office of one municipality, with these rights. */
const program = async (rechten: readonly Recht[], gemeenten: string[] = [GEMEENTE_A]) =>
  machine(db, await login('backoffice', { gemeenten }), rechten)
const PAD = '/api/v1/overnames/toewijzingen'
const koppeling = await program(['toewijzingen.overnemen'])
const send = (payload: string | Buffer, { url = PAD, soort = 'text/csv', wie = koppeling } = {}) =>
  app.inject({
    method: 'POST',
    url,
    payload,
    headers: { ...wie, 'content-type': soort },
  })
const count = async (van: string) =>
  (await db.owner.query(`select count(*)::integer as n from ${van}`)).rows[0].n as number
const standing = async () =>
  Promise.all(
    [
      'toegang.toewijzing',
      'toegang.client',
      'toegang.start_stop',
      'toegang.verwijzing',
      'platform.invoer',
    ].map(count),
  )

describe('taking over by a machine', () => {
  test('a trial says what it would do, and nothing happens', async () => {
    const voor = await standing()
    const proef = await send(sheet({ Toewijzingnummer: '501', BSN: testBsn(51) }), {
      url: `${PAD}?proef=true`,
    })
    expect([proef.statusCode, proef.json()]).toEqual([
      200,
      expect.objectContaining({ id: null, staat: 'beproefd', rijen: 1, nieuw: 1, aantalFouten: 0 }),
    ])
    expect(await standing()).toEqual(voor)
    // Who is known here was asked: that stays.
    const { rows } = await db.owner.query(
      "select onderwerp from platform.gebeurtenis where actie = 'overname.beproefd'",
    )
    expect(rows.map(rij => rij.onderwerp)).toContainEqual({ soort: 'toewijzingen', rijen: 1 })
  })

  test('what is worth a look stands in its answer, and stops nothing', async () => {
    const anders = sheet({ Toewijzingnummer: '506', BSN: testBsn(56), Eenheid: 'Etmaal' })
    const proef = await send(anders, { url: `${PAD}?proef=true` })
    expect([proef.statusCode, proef.json()]).toEqual([
      200,
      expect.objectContaining({
        nieuw: 1,
        aantalFouten: 0,
        letOp: [
          {
            rij: 2,
            kolom: 'Eenheid',
            waarde: 'Etmaal',
            melding: 'Dit product wordt in een andere eenheid geleverd.',
            verwacht: 'Uur of Minuut',
          },
        ],
      }),
    ])
  })

  test('then it is done, once: the same again changes nothing', async () => {
    const voor = await standing()
    const bestand = sheet({ Toewijzingnummer: '502', BSN: testBsn(52) })
    const gedaan = await send(bestand)
    expect([gedaan.statusCode, gedaan.json()]).toEqual([
      201,
      expect.objectContaining({ staat: 'verwerkt', nieuw: 1 }),
    ])
    const na = await standing()
    expect(na).toEqual(voor.map(n => n + 1))
    const { pathname } = new URL(String(gedaan.headers.location))
    const later = await app.inject({ url: pathname, headers: koppeling })
    expect(later.json()).toEqual(gedaan.json())
    const weer = await send(bestand)
    expect([weer.statusCode, weer.json()]).toEqual([
      200,
      expect.objectContaining({ id: null, nieuw: 0, gelijk: 1 }),
    ])
    expect(await standing()).toEqual(na)
  })

  test('with faults nothing is done, and each is named; a trial answers them', async () => {
    const voor = await standing()
    const fout = sheet(
      { Toewijzingnummer: '503', BSN: testBsn(53) },
      { Toewijzingnummer: 'veel', BSN: '123456789' },
    )
    const nee = await send(fout)
    expect(nee.statusCode).toBe(400)
    const { type, errors } = nee.json() as { type: string; errors: { pointer: string }[] }
    expect([type, errors.map(e => e.pointer)]).toEqual([
      expect.stringContaining('fouten-in-bestand'),
      expect.arrayContaining(['/rij/3/Toewijzingnummer', '/rij/3/BSN']),
    ])
    const proef = await send(fout, { url: `${PAD}?proef=true` })
    expect([proef.statusCode, proef.json().aantalFouten, proef.json().fouten[0].rij]).toEqual([
      200,
      errors.length,
      3,
    ])
    expect(await standing()).toEqual(voor)
  })

  test.each([
    ['nothing', '', 'text/csv', 400],
    ['no sheet', 'PK\u0003\u0004 en verder niets', 'text/csv', 400],
    ['another kind', '{}', 'application/json', 415],
  ])('%s is refused', async (_, inhoud, soort, status) => {
    expect((await send(inhoud, { soort })).statusCode).toBe(status)
  })

  test('needs the right of the page, and sees what its owner sees', async () => {
    const zonder = await program(['toewijzingen.lezen'])
    expect((await send(sheet({}), { wie: zonder })).statusCode).toBe(403)
    const elders = await program(['toewijzingen.overnemen'], ['9102'])
    const nee = await send(sheet({ Toewijzingnummer: '504', BSN: testBsn(54) }), { wie: elders })
    expect([nee.statusCode, nee.body]).toEqual([400, expect.stringContaining('/rij/2/Gemeente')])
    const eigen = await send(sheet({ Toewijzingnummer: '505', BSN: testBsn(55) }))
    const { pathname } = new URL(String(eigen.headers.location))
    const kijk = await app.inject({ url: pathname, headers: elders })
    expect(kijk.statusCode).toBe(404)
  })
})

test('referrals and old messages come in by the same door', async () => {
  const url = '/api/v1/overnames/verwijzingen'
  const kop = 'Gemeente;Wet;Toewijzingnummer;Verwijzer;Verwezen op\n'
  const uit = await send(`${kop}${GEMEENTE_A};jw;777;Huisarts;01-12-2025\n`, { url })
  expect([uit.statusCode, uit.json()]).toEqual([201, expect.objectContaining({ nieuw: 1 })])
  const oud = await program(['berichten.overnemen'])
  const leeg = await send(Buffer.from('<iets/>'), {
    url: '/api/v1/overnames/berichten?proef=true',
    soort: 'application/xml',
    wie: oud,
  })
  expect([leeg.statusCode, leeg.json().aantalFouten + leeg.json().overgeslagen.length]).toEqual([200, 1])
})
