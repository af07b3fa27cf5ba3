import { beforeEach, describe, expect, test } from 'vitest'
import { type Inlog, testApp } from '../../../../test/support/app.ts'
import { postBestand } from '../../../../test/support/bestand.ts'
import { testDatabase } from '../../../../test/support/database.ts'
import { postFormulier } from '../../../../test/support/formulier.ts'
import { sheet } from '../../../../test/support/overnemen.ts'
import {
  AGB_B,
  declaratiebericht,
  GEMEENTE_A,
  GEMEENTE_B,
  GEMEENTEN,
  laadTestregio,
  lever,
  stopbericht,
  testBsn,
  testOmgeving,
  toewijzingsbericht,
} from '../../../../test/support/regio.ts'
import { text } from '../../../../test/support/tekst.ts'
import { NOBODY } from '../../../platform/db/database.ts'
import { systeem } from '../../../platform/http/ctx.ts'
import { deleteVanInvoer, listVanInvoer } from './store.ts'

const db = await testDatabase()
const omgeving = testOmgeving(db)
const { app, login } = await testApp(db, omgeving)
await laadTestregio(omgeving)

const PAD = '/toewijzingen/overnemen'
let backoffice: Inlog

beforeEach(async () => {
  backoffice ??= await login('backoffice', { gemeenten: [GEMEENTE_A] })
})

const get = (url: string, wie = backoffice) => app.inject({ url, headers: wie.headers })
const choose = async (inhoud: string, wie = backoffice) => {
  const antwoord = await postBestand(app, `${PAD}`, { naam: 'oud.csv', inhoud }, wie)
  const adres = String(antwoord.headers.location)
  return { adres, status: antwoord.statusCode, proef: text((await get(adres, wie)).body) }
}
const bring = async (inhoud: string) => {
  const { adres, proef } = await choose(inhoud)
  await postFormulier(app, `${adres}/verwerk`, adres, {}, backoffice)
  return { adres, proef, daarna: text((await get(adres)).body) }
}
const one = async <T>(query: string): Promise<T> => (await db.owner.query(query)).rows[0]
const count = () =>
  one<Record<string, number>>(`select (select count(*)::int from toegang.client) as clienten,
    (select count(*)::int from toegang.toewijzing) as toewijzingen,
    (select count(*)::int from toegang.toewijzing_versie) as versies,
    (select count(*)::int from toegang.start_stop) as meldingen,
    (select count(*)::int from toegang.verwijzing) as verwijzingen,
    (select count(*)::int from toegang.woonplaats) as woonplaatsen,
    (select coalesce(sum(toegewezen), 0)::int from sturing.maandcijfer) as waarde,
    (select coalesce(sum(toewijzingen), 0)::int from sturing.verwijzercijfer) as verwezen`)

describe('a file of an older system', () => {
  test('is tried first, brings residents, toewijzingen, deliveries and referrals, and the figures with them', async () => {
    const voor = await count()
    const nieuw = sheet(
      { Toewijzingnummer: '11', BSN: testBsn(11) },
      {
        Toewijzingnummer: '12',
        BSN: testBsn(12),
        'Levering gestopt': '31-01-2026',
        'Reden van de stop': '31',
      },
    )
    const { adres, proef } = await choose(nieuw)
    expect(proef).toContain('Dit zou het doen: 2 nieuw.')
    expect(await count()).toEqual(voor)
    await postFormulier(app, `${adres}/verwerk`, adres, {}, backoffice)
    const na = await count()
    // 20 hours a month at € 90,00 over 2026, and of what was stopped over January.
    expect((na.waarde ?? 0) - (voor.waarde ?? 0)).toBe((12 + 1) * 20 * 9000)
    expect(Object.entries(na).map(([wat, n]) => [wat, n - (voor[wat] ?? 0)])).toEqual([
      ['clienten', 2],
      ['toewijzingen', 2],
      ['versies', 2],
      ['meldingen', 3],
      ['verwijzingen', 2],
      ['woonplaatsen', 2],
      ['waarde', 2_340_000],
      ['verwezen', 2],
    ])
    const weer = await bring(nieuw)
    expect(weer.proef).toContain('Dit bestand verandert niets. 2 staan er al zo.')
    expect(await count()).toEqual(na)
  })

  test('can be taken back while nothing was built on it, and then nothing is left', async () => {
    const voor = await count()
    const { adres } = await bring(sheet({ Toewijzingnummer: '21', BSN: testBsn(21) }))
    expect(await count()).not.toEqual(voor)
    await postFormulier(app, `${adres}/terug`, adres, {}, backoffice)
    expect(text((await get(adres)).body)).toContain('Dit was gedaan en is teruggenomen')
    expect(await count()).toEqual(voor)
  })

  test('what it brought is one toewijzing each, and only of the municipality that it says', async () => {
    const { adres } = await bring(
      sheet(
        // Of each a state and a start, and of one a stop.
        { Toewijzingnummer: '161', BSN: testBsn(81) },
        {
          Toewijzingnummer: '162',
          BSN: testBsn(82),
          'Levering gestopt': '31-01-2026',
          'Reden van de stop': '31',
        },
      ),
    )
    const invoerId = Number(adres.split('/').at(-1))
    // A toewijzing of another municipality whose own number happens to be the same: keys begin with the municipality.
    await lever(
      omgeving,
      toewijzingsbericht({
        identificatie: 'T163',
        nummer: 163,
        client: 83,
        gemeente: GEMEENTE_B,
        agb: AGB_B,
      }),
    )
    await db.owner.query(`
      insert into toegang.toewijzing (gemeente, toewijzing_id, domein, nummer, client_id, aanbieder_id)
      overriding system value
      select b.gemeente, a.toewijzing_id, b.domein, 164, b.client_id, b.aanbieder_id
      from toegang.toewijzing a, toegang.toewijzing b where a.nummer = 161 and b.nummer = 163`)
    const gevonden = await omgeving.database.read(systeem('test', GEMEENTEN).scope, tx =>
      listVanInvoer(tx, invoerId),
    )
    expect(gevonden.sort((a, b) => a.nummer - b.nummer)).toEqual(
      [161, 162].map(nummer => ({ gemeente: GEMEENTE_A, domein: 'jw', nummer })),
    )
    await postFormulier(app, `${adres}/terug`, adres, {}, backoffice)
    expect(
      await one(`select onderwerp from platform.gebeurtenis where actie = 'toewijzingen.teruggenomen'
        and onderwerp @> '{"invoer": ${invoerId}}'`),
    ).toEqual({ onderwerp: { invoer: invoerId, aantal: 2 } })
    await db.owner.query('delete from toegang.toewijzing where nummer = 164')
  })

  test('what is claimed on it is judged and paid, and then it cannot be taken back', async () => {
    const { adres } = await bring(sheet({ Toewijzingnummer: '31', BSN: testBsn(31) }))
    const [inname] = await lever(
      omgeving,
      declaratiebericht({
        identificatie: 'O31',
        nummer: 'O31',
        regels: [{ nummer: 31, referentie: 'O31', client: 31 }],
      }),
    )
    expect(inname?.uitkomst).toBe('verwerkt')
    const voor = await count()
    const terug = await postFormulier(app, `${adres}/terug`, adres, {}, backoffice)
    expect(terug.statusCode).toBe(409)
    expect(text(terug.body)).toContain(
      'Over toewijzing 31 of de inwoner daarvan is daarna een bericht gekomen',
    )
    expect(await count()).toEqual(voor)
  })

  test('a later state of what a message brought follows it, and going back leaves the state of the message', async () => {
    await lever(omgeving, toewijzingsbericht({ identificatie: 'T41', nummer: 41, client: 41 }))
    const voor = await count()
    const later = {
      Toewijzingnummer: '41',
      Toewijzingsdatum: '10-03-2026',
      BSN: testBsn(41),
      Volume: '10',
      Verwijzer: '',
      'Verwezen op': '',
    }
    const { adres, daarna } = await bring(sheet(later))
    expect(daarna).toContain('1 gewijzigd')
    expect((await count()).waarde).toBe((voor.waarde ?? 0) - 12 * 10 * 9000)
    await postFormulier(app, `${adres}/terug`, adres, {}, backoffice)
    expect(await count()).toEqual(voor)
  })

  test('another row for the same decision corrects it, says what, and going back leaves what was', async () => {
    await bring(sheet({ Toewijzingnummer: '43', BSN: testBsn(43) }))
    const voor = await count()
    const { adres, proef } = await choose(sheet({ Toewijzingnummer: '43', BSN: testBsn(43), Volume: '10' }))
    expect(proef).toContain('Dit zou het doen: 1 gewijzigd.')
    expect(proef).toContain('Volume: 20 → 10')
    await postFormulier(app, `${adres}/verwerk`, adres, {}, backoffice)
    expect((await count()).waarde).toBe((voor.waarde ?? 0) - 12 * 10 * 9000)
    await postFormulier(app, `${adres}/terug`, adres, {}, backoffice)
    expect(await count()).toEqual(voor)
  })

  test('what a message said of the same decision is known already, whatever its hour', async () => {
    await lever(omgeving, toewijzingsbericht({ identificatie: 'T46', nummer: 46, client: 46 }))
    const zelfde = {
      Toewijzingnummer: '46',
      BSN: testBsn(46),
      Verwijzer: '',
      'Verwezen op': '',
      'Levering begonnen': '',
      Naam: 'Testpersoon46',
    }
    expect((await choose(sheet(zelfde))).proef).toContain('1 staat er al zo')
    const { proef } = await choose(sheet({ ...zelfde, Naam: 'Anders Genoemd' }))
    expect(proef).toContain('Dit bestand verandert niets.')
    expect(proef).toContain('Let op bij één rij')
    expect(proef).toMatch(
      /Rij .* 2 Naam Anders Genoemd Onder dit BSN staat hier een andere naam\. Die blijft staan/,
    )
    expect(proef).not.toContain('staat er al zo')
  })

  test('what was reported on a delivery since keeps its file from being taken back', async () => {
    const zonder = { Toewijzingnummer: '44', BSN: testBsn(44), 'Levering begonnen': '' }
    await bring(sheet(zonder))
    const { adres } = await bring(sheet({ ...zonder, 'Levering begonnen': '05-01-2026' }))
    await lever(omgeving, stopbericht({ identificatie: 'E44', nummer: 44, client: 44 }))
    const voor = await count()
    expect((await postFormulier(app, `${adres}/terug`, adres, {}, backoffice)).statusCode).toBe(409)
    expect(await count()).toEqual(voor)
  })

  test('all that a row says is kept, and the log names the file', async () => {
    const { adres } = await bring(
      sheet({
        Toewijzingnummer: '45',
        BSN: testBsn(45),
        'Levering gestopt': '31-01-2026',
        'Reden van de stop': '31',
        Probleemcluster: 'angst',
        'Herhaald beroep': 'ja',
      }),
    )
    expect(
      await one(`select t.probleemcluster, t.herhaald, t.verwijzer, s.reden_beeindiging as reden, s.einddatum::text as eind
        from toegang.toewijzing t join toegang.start_stop s using (gemeente, toewijzing_id)
        where t.nummer = 45 and s.soort = 'stop'`),
    ).toEqual({ probleemcluster: 'angst', herhaald: true, verwijzer: '02', reden: '31', eind: '2026-01-31' })
    await postFormulier(app, `${adres}/terug`, adres, {}, backoffice)
    const { rows } = await db.owner.query(
      `select actie from platform.gebeurtenis where actie like 'toewijzingen.%genomen' order by gebeurtenis_id desc limit 2`,
    )
    expect(rows.map(rij => rij.actie)).toEqual(['toewijzingen.teruggenomen', 'toewijzingen.overgenomen'])
  })

  test('the page says where it came from, and the resident keeps the name that a message gave', async () => {
    await lever(omgeving, toewijzingsbericht({ identificatie: 'T51', nummer: 51, client: 51 }))
    await bring(sheet({ Toewijzingnummer: '52', BSN: testBsn(51), Naam: 'Anders Genoemd' }))
    const { id } = await one<{ id: number }>(
      'select toewijzing_id as id from toegang.toewijzing where nummer = 52',
    )
    const pagina = text((await get(`/toewijzingen/${GEMEENTE_A}/${id}`)).body)
    expect(pagina).toContain('Overgenomen uit een eerder systeem.')
    expect(pagina).toContain('Testpersoon51')
    expect(pagina).not.toContain('Anders Genoemd')
  })
})

describe('who referred, put in before the toewijzing comes', () => {
  const VERWIJZINGEN = '/toewijzingen/verwijzingen'
  const refer = async (...rijen: string[]) => {
    const inhoud = ['Gemeente;Wet;Toewijzingnummer;Verwijzer;Verwezen op', ...rijen].join('\n')
    const gekozen = await postBestand(app, VERWIJZINGEN, { naam: 'v.csv', inhoud }, backoffice)
    const adres = String(gekozen.headers.location)
    const proef = text((await get(adres)).body)
    await postFormulier(app, `${adres}/verwerk`, adres, {}, backoffice)
    return proef
  }
  const verwijzerVan = (nummer: number) =>
    one(`select verwijzer from toegang.toewijzing where domein = 'jw' and nummer = ${nummer}`)

  test('counts when its 301 comes, and changes nothing twice', async () => {
    const rij = `${GEMEENTE_A};jw;61;Huisarts;01-12-2025`
    expect(await refer(rij)).toContain('Dit zou het doen: 1 nieuw.')
    expect(await refer(rij)).toContain('1 staat er al zo.')
    await lever(omgeving, toewijzingsbericht({ identificatie: 'T61', nummer: 61, client: 61 }))
    expect(await verwijzerVan(61)).toEqual({ verwijzer: '02' })
    const { rows } = await db.owner.query(
      "select onderwerp ->> 'aantal' as aantal from platform.gebeurtenis where actie = 'verwijzingen.vastgelegd' and onderwerp ->> 'invoer' = (select invoer_id::text from toegang.verwijzing where nummer = 61)",
    )
    expect(rows).toEqual([{ aantal: '1' }])
  })
  test('is seen by nobody of another municipality', async () => {
    await refer(`${GEMEENTE_A};jw;65;Huisarts;01-12-2025`)
    const buren = await login('backoffice', { gemeenten: [GEMEENTE_B] })
    expect(text((await get(VERWIJZINGEN)).body)).toContain('v.csv')
    expect(text((await get(VERWIJZINGEN, buren)).body)).not.toContain('v.csv')
  })
  test('is refused when another is known', async () => {
    expect(
      await refer(`${GEMEENTE_A};jw;63;Huisarts;01-12-2025`, `${GEMEENTE_A};jw;63;Gemeente;01-12-2025`),
    ).toContain('staat al een andere verwijzer')
    expect(await refer(`${GEMEENTE_B};jw;64;Huisarts;01-12-2025`)).toContain(
      'Kies een gemeente die u mag zien',
    )
  })
})

describe('what cannot be', () => {
  test.each([
    ['a municipality of others', { Gemeente: GEMEENTE_B }, 'Kies een gemeente die u mag zien'],
    ['no BSN', { BSN: '123456789' }, 'burgerservicenummer'],
    [
      'a provider nobody knows',
      { Aanbieder: '99999999' },
      'Deze aanbieder staat er nog niet in. De contractmanager neemt hem op',
    ],
    ['a product nobody knows', { Productcode: '99X99' }, 'De contractmanager neemt het op'],
    [
      'a product of the other law',
      { Productcategorie: '02', Productcode: '02A16' },
      'Productcode 02A16 is een product van de Wmo, en in deze rij staat Jeugdwet',
    ],
    ['half an omvang', { Eenheid: '' }, 'alle drie'],
    ['omvang and budget', { Budget: '100' }, 'niet allebei'],
    ['before there was a law', { 'Geldig: eerste dag': '01-01-2014' }, '1 januari 2015'],
    [
      'a stop without a start',
      { 'Levering begonnen': '', 'Levering gestopt': '01-02-2026' },
      'wanneer de levering begon',
    ],
    [
      'a reason of the other law',
      { 'Levering gestopt': '01-02-2026', 'Reden van de stop': '99' },
      'voor deze wet',
    ],
    ['a birth date to come', { Geboortedatum: '01-01-2090' }, 'ligt in de toekomst'],
    ['a decision to come', { Toewijzingsdatum: '01-01-2030' }, 'ligt in de toekomst'],
    ['a delivery before its toewijzing', { 'Levering begonnen': '01-02-2020' }, 'vóór de toewijzing inging'],
    ['a BSN among what is no BSN', { Probleemcluster: `x ${testBsn(3)}` }, 'het hoort hier niet'],
    ['a referral without a day', { 'Verwezen op': '' }, 'dag van de verwijzing'],
  ])('%s', async (_, rij, melding) => {
    const { proef } = await choose(sheet({ Toewijzingnummer: '90', BSN: testBsn(60), ...rij }))
    expect(proef).toContain(melding)
    expect(proef).toContain('er is niets veranderd')
  })

  test('two persons under one BSN, the same state twice, and the number of somebody else', async () => {
    await bring(sheet({ Toewijzingnummer: '71', BSN: testBsn(71) }))
    const { proef } = await choose(
      sheet(
        { Toewijzingnummer: '72', BSN: testBsn(71), Geboortedatum: '01-01-2001' },
        { Toewijzingnummer: '73', BSN: testBsn(72) },
        { Toewijzingnummer: '73', BSN: testBsn(72), Volume: '3' },
      ),
    )
    expect(proef).toContain('Onder dit BSN is iemand met een andere geboortedatum bekend.')
    expect(proef).not.toContain('05-04-2012 is geboren')
    expect(proef).toContain('ook op rij 3')
    const anderEind = { 'Levering gestopt': '28-02-2026', 'Reden van de stop': '31' }
    await bring(
      sheet({ Toewijzingnummer: '74', BSN: testBsn(71), ...anderEind, 'Levering gestopt': '31-01-2026' }),
    )
    expect((await choose(sheet({ Toewijzingnummer: '74', BSN: testBsn(71), ...anderEind }))).proef).toContain(
      'al een ander begin of eind van de levering',
    )
    expect((await choose(sheet({ Toewijzingnummer: '71', BSN: testBsn(73) }))).proef).toContain(
      'Dit toewijzingnummer is al in gebruik',
    )
    expect(
      (await choose(sheet({ Toewijzingnummer: '71', BSN: testBsn(71), Aanbieder: AGB_B }))).proef,
    ).toContain('Dit toewijzingnummer is al in gebruik')
  })

  test('a file is seen by nobody of another municipality, and by nobody without the right', async () => {
    const { adres } = await bring(sheet({ Toewijzingnummer: '81', BSN: testBsn(74) }))
    const buren = await login('backoffice', { gemeenten: [GEMEENTE_B] })
    expect((await get(adres, buren)).statusCode).toBe(404)
    expect((await get(`${adres}/bestand`, buren)).statusCode).toBe(404)
    expect(text((await get(PAD, buren)).body)).not.toContain('oud.csv')
    expect((await get(PAD, await login('consulent', { gemeenten: [GEMEENTE_A] }))).statusCode).toBe(403)
    expect((await get(adres)).statusCode).toBe(200)
    const nummer = Number(adres.split('/').at(-1))
    const scope = { ...NOBODY, gemeentenClient: [GEMEENTE_B] }
    await expect(db.database.write(scope, tx => deleteVanInvoer(tx, nummer))).rejects.toMatchObject({
      status: 403,
    })
  })
})
