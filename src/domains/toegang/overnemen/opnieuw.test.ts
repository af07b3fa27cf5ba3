import { expect, test } from 'vitest'
import { testApp } from '../../../../test/support/app.ts'
import { postBestand } from '../../../../test/support/bestand.ts'
import { testDatabase } from '../../../../test/support/database.ts'
import { postFormulier } from '../../../../test/support/formulier.ts'
import { sheet } from '../../../../test/support/overnemen.ts'
import {
  GEMEENTE_A,
  laadTestregio,
  lever,
  startbericht,
  stopbericht,
  testBsn,
  testOmgeving,
  toewijzingsbericht,
} from '../../../../test/support/regio.ts'
import { text } from '../../../../test/support/tekst.ts'
import { rebuildCijfers } from '../../../app/cijfers.ts'

/** A file that is brought in again after another: what it says is held against what stands today, not against what stood before. */
const db = await testDatabase()
const omgeving = testOmgeving(db)
const { app, login } = await testApp(db, omgeving)
await laadTestregio(omgeving)
const backoffice = await login('backoffice', { gemeenten: [GEMEENTE_A] })

const PAD = '/toewijzingen/overnemen'
const post = (adres: string, wat: 'verwerk' | 'terug') =>
  postFormulier(app, `${adres}/${wat}`, adres, {}, backoffice)
const choose = async (inhoud: string) => {
  const { headers } = await postBestand(app, PAD, { naam: 'oud.csv', inhoud }, backoffice)
  const adres = String(headers.location)
  return { adres, proef: text((await app.inject({ url: adres, headers: backoffice.headers })).body) }
}
const bring = async (inhoud: string) => {
  const gekozen = await choose(inhoud)
  await post(gekozen.adres, 'verwerk')
  return gekozen
}
const row = (nummer: number, anders: Record<string, string> = {}) => ({
  Toewijzingnummer: String(nummer),
  BSN: testBsn(nummer),
  Naam: `Testpersoon${nummer}`,
  Verwijzer: '',
  'Verwezen op': '',
  ...anders,
})
const STOP = { 'Levering gestopt': '15-02-2026', 'Reden van de stop': '31' }
const SHORT = { 'Geldig: laatste dag': '30-06-2026' }
const NOTHING = 'Dit bestand verandert niets.'
/** What stands of these toewijzingen now, and what all is worth. */
const standing = async (...nummers: number[]) =>
  (
    await db.owner.query(
      `select t.nummer, v.eind::text as eind,
         (select coalesce(sum(case status_aanlevering when '1' then 1 else -1 end), 0)::int from toegang.start_stop s
          where s.gemeente = t.gemeente and s.toewijzing_id = t.toewijzing_id and s.soort = 'stop') as stops,
         (select sum(toegewezen)::int from sturing.maandcijfer) as waarde
       from toegang.toewijzing t join toegang.toewijzing_versie v
         on v.gemeente = t.gemeente and v.toewijzing_id = t.toewijzing_id and v.versie = t.actuele_versie
       where t.nummer = any($1) order by t.nummer`,
      [nummers],
    )
  ).rows

test('the first file after a second one says what it changes back, does so, and can be taken back', async () => {
  const eerste = sheet(row(3), row(10))
  await bring(eerste)
  const zoals = await standing(3, 10)
  expect(zoals).toMatchObject([
    { eind: '2026-12-31', stops: 0 },
    { eind: '2026-12-31', stops: 0 },
  ])
  const tweede = await bring(sheet(row(3, SHORT), row(10, STOP)))
  const anders = await standing(3, 10)
  expect(anders).toMatchObject([
    { eind: '2026-06-30', stops: 0 },
    { eind: '2026-12-31', stops: 1 },
  ])
  expect((await choose(sheet(row(3, SHORT), row(10, STOP)))).proef).toContain(`${NOTHING} 2 staan er al zo.`)
  const { adres, proef } = await choose(eerste)
  expect(proef).toContain('Dit zou het doen: 2 gewijzigd.')
  expect(proef).toContain(
    'Gewijzigd Geldig: 01-01-2026 tot en met 30-06-2026 → 01-01-2026 tot en met 31-12-2026',
  )
  expect(proef).toContain('Gewijzigd Levering gestopt: 15-02-2026 → leeg Reden van de stop: 31 → leeg')
  await post(adres, 'verwerk')
  expect(await standing(3, 10)).toEqual(zoals)
  // Counted anew it comes to the same.
  expect((await rebuildCijfers(db.database, false)).filter(v => v.verschillen > 0)).toEqual([])
  expect((await choose(eerste)).proef).toContain(`${NOTHING} 2 staan er al zo.`)
  // What the second file said is not gone: it is what the third one corrects.
  expect((await post(tweede.adres, 'terug')).statusCode).toBe(409)
  expect((await post(adres, 'terug')).statusCode).toBe(303)
  expect(await standing(3, 10)).toEqual(anders)
  expect((await post(tweede.adres, 'terug')).statusCode).toBe(303)
  expect(await standing(3, 10)).toEqual(zoals)
})

test('a changed row is named as people read it', async () => {
  await bring(sheet(row(21)))
  const { proef } = await choose(sheet(row(21, { Volume: '10' })))
  const { rows } = await db.owner.query('select naam from contracten.gemeente where code = $1', [GEMEENTE_A])
  expect(proef).toContain(` ${rows[0].naam}, Jeugdwet, 21, 15-12-2025 Gewijzigd `)
})

test('of a changed row only what differs is told, from what to what', async () => {
  await bring(sheet(row(20)))
  const { proef } = await choose(sheet(row(20, { Volume: '10', ...STOP })))
  expect(proef).toMatch(
    / Gewijzigd Volume: 20 → 10 Levering gestopt: 15-02-2026 Reden van de stop: 31 (?!\w+:)/,
  )
  const later = await choose(sheet(row(20, { Toewijzingsdatum: '10-02-2026', ...SHORT })))
  expect(later.proef).toContain(
    'Gewijzigd Toewijzingsdatum: 15-12-2025 → 10-02-2026 Geldig: 01-01-2026 tot en met 31-12-2026 → 01-01-2026 tot en met 30-06-2026',
  )
  expect(later.proef).not.toContain('Volume:')
})

test('a row of an older decision says what stands since; with the later row it is history', async () => {
  const later = row(30, { Toewijzingsdatum: '10-02-2026', ...SHORT })
  await bring(sheet(row(30)))
  await bring(sheet(later))
  const voor = await standing(30)
  const { proef } = await choose(sheet(row(30)))
  expect(proef).toContain(NOTHING)
  expect(proef).not.toContain('al zo')
  expect(proef).toContain('1 keer: Dit is een oudere stand: daarna is anders besloten, en dat blijft gelden.')
  expect(proef).toContain(
    'wat er nu staat: Toewijzingsdatum 10-02-2026, Geldig 01-01-2026 tot en met 30-06-2026',
  )
  const samen = await choose(sheet(row(30), later))
  expect(samen.proef).toContain(`${NOTHING} 2 staan er al zo.`)
  expect(samen.proef).not.toContain('oudere stand')
  expect(await standing(30)).toEqual(voor)
})

test('what a message said of the same decision is not overruled, and that is said', async () => {
  await bring(sheet(row(40)))
  await lever(
    omgeving,
    toewijzingsbericht({
      identificatie: 'T40',
      nummer: 40,
      client: 40,
      product: { einddatum: '2026-06-30' },
    }),
  )
  const voor = await standing(40)
  expect(voor).toMatchObject([{ eind: '2026-06-30' }])
  const { proef } = await bring(sheet(row(40)))
  expect(proef).toContain(NOTHING)
  expect(proef).not.toContain('al zo')
  expect(proef).toContain('Over dit besluit staat hier iets anders uit een bericht')
  expect(proef).toContain('wat er nu staat: Geldig 01-01-2026 tot en met 30-06-2026')
  expect(await standing(40)).toEqual(voor)
})

test.each<[string, number, (nummer: number) => Promise<unknown>]>([
  [
    'that a message reported',
    50,
    nummer => lever(omgeving, stopbericht({ identificatie: `E${nummer}`, nummer, client: nummer })),
  ],
  [
    'by which a message was judged',
    51,
    async nummer => {
      await bring(sheet(row(nummer, STOP)))
      const start = startbericht({ identificatie: `S${nummer}`, nummer, client: nummer })
      expect(await lever(omgeving, start)).toMatchObject([{ uitkomst: 'afgekeurd' }])
    },
  ],
])('a stop %s stays, and that is said', async (_, nummer, daarna) => {
  await bring(sheet(row(nummer)))
  await daarna(nummer)
  const voor = await standing(nummer)
  expect(voor).toMatchObject([{ stops: 1 }])
  const { proef } = await bring(sheet(row(nummer)))
  expect(proef).toContain(NOTHING)
  expect(proef).not.toContain('al zo')
  expect(proef).toContain('Volgens deze rij loopt de levering, maar hier is zij gestopt.')
  expect(proef).toMatch(/wat er nu staat: gestopt op \d\d-02-2026/)
  expect(await standing(nummer)).toEqual(voor)
})

test('a wrong day of a stop is mended in two files: first without it, then with the right one', async () => {
  await bring(sheet(row(60, STOP)))
  const goed = sheet(row(60, { ...STOP, 'Levering gestopt': '28-02-2026' }))
  expect((await choose(goed)).proef).toContain('breng deze rij dan eerst in zonder stop')
  await bring(sheet(row(60)))
  await bring(goed)
  expect((await choose(goed)).proef).toContain('1 staat er al zo')
  expect((await choose(sheet(row(60, STOP)))).proef).toContain('breng deze rij dan eerst in zonder stop')
})

test('what stands is not told to who names the number of somebody else', async () => {
  await lever(omgeving, toewijzingsbericht({ identificatie: 'T70', nummer: 70, client: 70 }))
  const ander = { Volume: '5', 'Levering begonnen': '' }
  expect((await choose(sheet(row(70, ander)))).proef).toContain('wat er nu staat: Volume 20')
  const { proef } = await choose(sheet(row(70, { ...ander, BSN: testBsn(71) })))
  expect(proef).toContain('Dit toewijzingnummer is al in gebruik')
  expect(proef).not.toContain('wat er nu staat')
})
