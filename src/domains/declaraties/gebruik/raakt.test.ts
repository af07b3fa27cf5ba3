import { afterEach, describe, expect, test } from 'vitest'
import { machine, testApp } from '../../../../test/support/app.ts'
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
await laadTestregio(omgeving)
const { app, login } = await testApp(db, omgeving)
const manager = await login('contractmanager')
const beheerder = await login('beheerder')
const partij = { agb: AGB_A, client: 0, nummer: 11 }
const ander = { domein: 'wmo', agb: AGB_A, client: 1, nummer: 12 } as const
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
  toewijzingsbericht({ ...ander, identificatie: 'T2' }),
  startbericht({ ...ander, identificatie: 'S2' }),
  declaratiebericht({
    ...ander,
    identificatie: 'D2',
    nummer: 'D2',
    regels: [{ ...ander, referentie: 'W1' }],
  }),
])
  expect((await lever(omgeving, bericht))[0]?.uitkomst).toBe('verwerkt')

const adres = (register: string, sleutel: string) =>
  `/inrichten/${register}/rij/${encodeURIComponent(sleutel)}`
const row = async (query: string) => (await db.owner.query(query)).rows[0]

/** Opens the form of a row; what it answers to `velden`, and to the same once more with what was shown. */
async function change(
  register: string,
  sleutel: string,
  velden: Record<string, string | string[]>,
  wie = manager,
) {
  const pad = `${adres(register, sleutel)}/wijzig`
  const { body } = await app.inject({ url: pad, headers: wie.headers })
  const versie = /name="versie" value="(\d+)"/.exec(body)?.[1] ?? ''
  const send = await openFormulier(app, pad, wie)
  const eerst = await send(pad, { ...velden, versie })
  const _gezien = /name="_gezien" value="([^"]+)"/.exec(eerst.body)?.[1]
  return {
    status: eerst.statusCode,
    html: eerst.body,
    tekst: text(eerst.body),
    gezien: _gezien !== undefined,
    nogEens: (anders = {}) => send(pad, { ...velden, versie, _gezien: _gezien ?? '', ...anders }),
  }
}
const prijs = (geldigheidBegin: string, geldigheidEind: string, tarief: string) => ({
  geldigheidBegin,
  geldigheidEind,
  tarief,
})
const T1 = 'TEST-1~jw~45A04~2025-01-01'

// Each test begins with the prices that were agreed.
afterEach(async () => {
  await db.owner.query(`
    delete from contracten.tarief where lower(geldigheid) > '2025-01-01';
    update contracten.tarief set geldigheid = '[2025-01-01,2027-01-01)';
    update contracten.tarief t set tarief = case code when '45A04' then 9000 else 6000 end
    from contracten.contract c where c.contract_id = t.contract_id and nummer = 'TEST-1' and code in ('45A04', '02A16')`)
})
const priceOf = () =>
  row(
    `select tarief, tarief.geldigheid::text from contracten.tarief join contracten.contract using (contract_id)
     where nummer = 'TEST-1' and code = '45A04' and lower(tarief.geldigheid) = '2025-01-01'`,
  )
const STOND = { tarief: 9000, geldigheid: '[2025-01-01,2027-01-01)' }

describe('a price', () => {
  test('another amount where lines were approved: refused, with the day from which it can', async () => {
    const { status, tekst, html, gezien } = await change(
      'tarieven',
      T1,
      prijs('01-01-2025', '31-12-2026', '95,00'),
    )
    expect([status, tekst, gezien]).toEqual([
      400,
      expect.stringContaining(
        'Voor wat hier verandert, zijn al declaratieregels goedgekeurd (minder dan 5), de laatste naar wat gold in februari 2026. Voor een regel telt de prijs van zijn eerste dag. Laat staan wat toen gold, en kies een eerste dag vanaf 01-03-2026.',
      ),
      false,
    ])
    expect(html).toContain('value="95,00"')
    expect(html).toContain('href="#veld-tarief"')
    expect(await priceOf()).toEqual(STOND)
  })

  test('shorter, past a month that was claimed: refused; up to that month it is asked', async () => {
    const teKort = await change('tarieven', T1, prijs('01-01-2025', '31-01-2026', '90,00'))
    expect([teKort.status, teKort.tekst]).toEqual([
      400,
      expect.stringContaining(
        'Voor wat hier verandert, zijn al declaratieregels goedgekeurd (minder dan 5), de laatste naar wat gold in februari 2026.',
      ),
    ])
    const kan = await change('tarieven', T1, prijs('01-01-2025', '28-02-2026', '90,00'))
    expect([kan.status, kan.gezien, kan.tekst]).toEqual([
      400,
      true,
      expect.stringMatching(
        /toewijzingen die geen tarief meer hebben minder dan 5 01-03-2026 (?!.*declaratieregel)/,
      ),
    ])
    expect(await priceOf()).toEqual(STOND)
  })

  test('a new one from a day: what it touches is seen first, then it is saved; of another amount it is asked again', async () => {
    const { status, gezien, nogEens, tekst } = await change(
      'tarieven',
      T1,
      prijs('01-07-2026', '31-12-2026', '95,00'),
    )
    expect([status, gezien, tekst]).toEqual([400, true, expect.stringContaining('Er is nog niets veranderd')])
    expect(await priceOf()).toEqual(STOND)
    const weer = await nogEens({ tarief: '96,00' })
    expect([weer.statusCode, weer.body]).toEqual([400, expect.stringContaining('_gezien')])
    expect((await nogEens()).statusCode).toBe(303)
    expect(await priceOf()).toEqual({ tarief: 9000, geldigheid: '[2025-01-01,2026-07-01)' })
  })

  test('of a row that a colleague changed meanwhile: what they left is shown, and nothing is saved', async () => {
    const pad = `${adres('tarieven', T1)}/wijzig`
    const send = await openFormulier(app, pad, manager)
    const { body } = await app.inject({ url: pad, headers: manager.headers })
    const versie = /name="versie" value="(\d+)"/.exec(body)?.[1] ?? ''
    const vanaf = (dag: string) => ({ ...prijs(dag, '31-12-2026', '95,00'), versie })
    const ander = await change('tarieven', T1, prijs('01-08-2026', '31-12-2026', '99,00'))
    expect((await ander.nogEens()).statusCode).toBe(303)
    const laat = await send(pad, vanaf('01-07-2026'))
    expect([laat.statusCode, text(laat.body)]).toEqual([
      409,
      expect.stringContaining('intussen zelf gewijzigd'),
    ])
    // Nor does another first day overwrite the row that begins then.
    const nu = await change('tarieven', T1, prijs('01-08-2026', '31-12-2026', '95,00'))
    expect([nu.status, nu.tekst, nu.gezien]).toEqual([400, expect.stringContaining('Dit bestaat al'), false])
    expect(await priceOf()).toEqual({ tarief: 9000, geldigheid: '[2025-01-01,2026-08-01)' })
  })

  test('that touches more by now than was shown: it is asked again', async () => {
    const { gezien, nogEens } = await change('tarieven', T1, prijs('01-07-2026', '31-12-2026', '95,00'))
    // More than was told: 'minder dan 5' becomes '5 of meer'.
    for (const nummer of [21, 22, 23, 24, 25])
      await lever(
        omgeving,
        toewijzingsbericht({ ...partij, client: nummer, nummer, identificatie: `T${nummer}` }),
      )
    const weer = await nogEens()
    await db.owner.query('update toegang.toewijzing set geldt = false where nummer > 20')
    expect([gezien, weer.statusCode, weer.body]).toEqual([true, 400, expect.stringContaining('_gezien')])
  })

  test('nobody relies on: it is changed at once', async () => {
    const { status } = await change(
      'tarieven',
      'TEST-2~jw~45A04~2025-01-01',
      prijs('01-01-2025', '31-12-2026', '95,00'),
    )
    expect(status).toBe(303)
  })

  test('once the lines were credited, it can become another', async () => {
    const later = { domein: 'wmo', agb: AGB_B, client: 3, nummer: 14 } as const
    const claim = (identificatie: string, regel: { referentie: string; crediteert?: string }) =>
      declaratiebericht({ ...later, identificatie, nummer: identificatie, regels: [{ ...later, ...regel }] })
    for (const bericht of [
      toewijzingsbericht({ ...later, identificatie: 'T14' }),
      startbericht({ ...later, identificatie: 'S14' }),
      claim('D14', { referentie: 'W14' }),
    ])
      await lever(omgeving, bericht)
    const terug = claim('D15', { referentie: 'W15', crediteert: 'W14' })
    const wmo = 'TEST-2~wmo~02A16~2025-01-01'
    const voor = await change('tarieven', wmo, prijs('01-01-2025', '31-12-2026', '61,00'))
    expect(voor.tekst).toContain('al declaratieregels goedgekeurd (minder dan 5)')
    expect((await lever(omgeving, terug))[0]?.uitkomst).toBe('verwerkt')
    const na = await change('tarieven', wmo, prijs('01-01-2025', '31-12-2026', '61,00'))
    expect([na.gezien, (await na.nogEens()).statusCode]).toEqual([true, 303])
  })
})

describe('a file', () => {
  const KOP = 'Contract;Wet;Product;Geldig: eerste dag;Geldig: laatste dag;Tarief\n'
  const bring = async (inhoud: string) => {
    const pad = '/inrichten/tarieven/invoeren'
    const { headers } = await postBestand(app, pad, { naam: 'x.csv', inhoud }, manager)
    const { body } = await app.inject({ url: String(headers.location), headers: manager.headers })
    return { adres: String(headers.location), tekst: text(body) }
  }

  test('says in its trial what it touches, together and per row, and is done all the same', async () => {
    const { adres: naar, tekst } = await bring(
      `${KOP}TEST-1;jw;45A04;01-10-2026;31-12-2026;97,00\nTEST-2;jw;44A07;01-10-2026;31-12-2026;1,00\n`,
    )
    expect(tekst).toContain('Dit raakt wat op één rij rekent minder dan 5 toewijzingen ')
    // Of the row that ends, on the line of the one that follows it.
    expect(tekst).toMatch(/volgt op [^(]*\(eindigt daardoor\) .*minder dan 5 toewijzingen/)
    // What comes in all day does not stop it.
    const weer = { ...partij, client: 2, nummer: 13 }
    await lever(omgeving, toewijzingsbericht({ ...weer, identificatie: 'T13' }))
    expect((await postFormulier(app, `${naar}/verwerk`, naar, {}, manager)).statusCode).toBe(303)
  })

  test('that would make paid lines untrue has a fault for each such row', async () => {
    const { tekst } = await bring(
      `${KOP}TEST-1;jw;44A07;01-01-2025;31-12-2026;1,00\nTEST-1;jw;45A04;01-02-2026;31-12-2026;97,00\nTEST-1;wmo;02A16;01-01-2025;31-12-2026;98,00\n`,
    )
    expect(tekst).toContain('Er zijn 2 fouten')
    expect(tekst).toMatch(/Wat er hoort 3, 4 de hele rij Voor wat hier verandert, zijn al declaratieregels /)
  })
})

describe('other records', () => {
  test('a product: another unit is refused, another name is asked', async () => {
    const nu = {
      geldigheidBegin: '01-01-2025',
      categorie: '45',
      naam: 'Jeugdhulp ambulant regulier',
      segment: 'J-AMB',
      eenheid: '04',
      variant: 'inspanning',
      zwaarte: '1',
    }
    const stond = await row(
      `select naam, zwaarte::text, variant from contracten.product where code = '45A04'`,
    )
    const sleutel = 'jw~45A04~2025-01-01'
    const eenheid = await change('producten', sleutel, { ...nu, ...stond, eenheid: '01' })
    expect([eenheid.status, eenheid.tekst]).toEqual([
      400,
      expect.stringContaining('zijn al declaratieregels goedgekeurd'),
    ])
    const naam = await change('producten', sleutel, { ...nu, ...stond, naam: 'Ambulant' })
    expect([naam.gezien, naam.tekst]).toEqual([true, expect.stringMatching(/toewijzingen minder dan 5 /)])
    expect(naam.html).toContain('href="/inrichten/tarieven?zoek=45A04"')
  })

  test('a contract: a municipality with approved lines stays in it', async () => {
    const velden = {
      aanbieder: AGB_A,
      geldigheidBegin: '01-01-2025',
      geldigheidEind: '31-12-2026',
      segmenten: ['J-AMB', 'J-VER', 'W-BEG'],
    }
    const weg = await change('contracten', 'TEST-1~2025-01-01', { ...velden, gemeenten: [GEMEENTE_B] })
    expect([weg.status, weg.tekst]).toEqual([
      400,
      expect.stringMatching(
        /al declaratieregels goedgekeurd.*Het contract kan wel eindigen op 28-02-2026 of later. Wilt u iets weglaten, kies dan een eerste dag vanaf 01-03-2026/,
      ),
    ])
    const segment = await change('contracten', 'TEST-1~2025-01-01', {
      ...velden,
      segmenten: ['J-VER', 'W-BEG'],
      gemeenten: [GEMEENTE_A, GEMEENTE_B],
    })
    expect([segment.status, segment.gezien]).toEqual([400, false])
    const leeg = await change('contracten', 'TEST-1~2025-01-01', { ...velden, gemeenten: [GEMEENTE_A] })
    // Nothing leans on it; that it goes for all days is asked first.
    expect([leeg.gezien, leeg.tekst]).toEqual([true, expect.stringContaining('vervalt voor alle dagen')])
    expect((await leeg.nogEens()).statusCode).toBe(303)
  })

  test('a ceiling: what was claimed of it is shown with its amount', async () => {
    const { gezien, tekst, nogEens } = await change('plafonds', `J-AMB~${GEMEENTE_A}~2026`, {
      bedrag: '90.000,00',
      vastgesteldOp: '01-03-2026',
    })
    expect([gezien, tekst]).toEqual([
      true,
      expect.stringMatching(/goedgekeurde declaratieregels minder dan 5 € [\d.,]+/),
    ])
    expect(tekst).not.toContain('meer dan dit plafond')
    expect((await nogEens()).statusCode).toBe(303)
    const { som } = await row(
      `select sum(bedrag)::text as som from declaraties.prestatie where domein = 'jw'`,
    )
    expect(tekst.replaceAll(/[.,]/g, '')).toContain(`€ ${som}`)
    // The same for all that hangs under a segment; and a ceiling below it is worth a look, also of one provider, of which there was none.
    const onder = (ouder: string) =>
      db.owner.query(`update contracten.segment set ouder_id = ${ouder} where code = 'J-AMB'`)
    await onder(`(select segment_id from contracten.segment where code = 'J-VER')`)
    await db.owner.query(`delete from contracten.budgetplafond b using contracten.segment s
      where s.segment_id = b.segment_id and s.code = 'J-VER' and (b.gemeente, b.jaar) = ('${GEMEENTE_A}', 2026)`)
    const lager = { segment: 'J-VER', gemeente: GEMEENTE_A, jaar: '2026', vastgesteldOp: '01-03-2026' }
    for (const [register, wie] of [['plafonds'], ['aanbiederplafonds', AGB_A]] as const) {
      const add = async (bedrag: string) => {
        const velden = { ...lager, bedrag, ...(wie && { aanbieder: wie }) }
        const pad = `/inrichten/${register}/nieuw`
        const { statusCode, body } = await postFormulier(app, pad, pad, velden, manager)
        return [statusCode, text(body).replaceAll(/[.,]/g, '')]
      }
      const cent = Number(som)
      const zeg = expect.stringMatching(`Over 2026 is al € ${som} goedgekeurd: dat is meer dan dit plafond`)
      expect(await add(((cent - 1) / 100).toFixed(2).replace('.', ','))).toEqual([400, zeg])
      expect(await add((cent / 100).toFixed(2).replace('.', ','))).not.toEqual([400, zeg])
    }
    await onder('null')
  })

  test('a provider: another account is about what is still to be paid, another telephone about nothing', async () => {
    const velden = { naam: 'Zorggroep Eikenrode', kvk: AGB_A }
    const iban = await change('aanbieders', AGB_A, { ...velden, iban: 'NL91ABNA0417164300' })
    expect([iban.gezien, iban.tekst]).toEqual([true, expect.stringMatching(/betaling(en)? die nog open/)])
    expect((await change('aanbieders', AGB_A, { ...velden, telefoon: '030 1234567' })).status).toBe(303)
    expect((await change('aanbieders', AGB_A, { ...velden, naam: 'Eikenrode' })).tekst).toMatch(
      /contract 1 .*toewijzing/,
    )
  })

  test('a segment keeps its law while it has products; a municipality shows what is agreed', async () => {
    const segment = {
      wet: 'wmo',
      naam: 'Ambulante jeugdhulp',
      omschrijving: 'Hulp thuis',
      bron: 'test',
      volgorde: '1',
    }
    expect((await change('segmenten', 'J-AMB', segment)).tekst).toContain(
      'Maak voor de andere wet een nieuw segment.',
    )
    const gemeente = await change('gemeenten', GEMEENTE_A, { naam: 'Aarveld-Zuid' }, beheerder)
    expect([gemeente.gezien, gemeente.tekst]).toEqual([true, expect.stringContaining('toewijzing')])
  })

  test('taking out a ceiling shows it too', async () => {
    const pad = adres('plafonds', `W-BEG~${GEMEENTE_A}~2026`)
    const { body } = await app.inject({ url: pad, headers: manager.headers })
    const versie = /name="versie" value="(\d+)"/.exec(body)?.[1] ?? ''
    const eerst = await postFormulier(app, `${pad}/verwijder`, pad, { versie }, manager)
    const _gezien = /name="_gezien" value="([^"]+)"/.exec(eerst.body)?.[1]
    expect([eerst.statusCode, text(eerst.body)]).toEqual([400, expect.stringContaining('Verwijder het toch')])
    const weer = await postFormulier(
      app,
      `${pad}/verwijder`,
      pad,
      { versie, _gezien: _gezien ?? '' },
      manager,
    )
    expect(weer.statusCode).toBe(303)
  })
})

test('a machine is not asked, and refused all the same', async () => {
  const headers = await machine(db, manager)
  const put = (begin: string, tarief: number) =>
    app.inject({
      method: 'PUT',
      url: `/api/v1/inrichting/tarieven/${encodeURIComponent(`TEST-1~jw~45A04~${begin}`)}`,
      headers,
      payload: {
        contract: 'TEST-1',
        wet: 'jw',
        product: '45A04',
        geldigheid: { begin, eind: '2026-12-31' },
        tarief,
      },
    })
  const nee = await put('2025-01-01', 9900)
  expect([nee.statusCode, nee.body]).toEqual([400, expect.stringContaining('declaratieregels goedgekeurd')])
  expect((await put('2026-11-01', 9900)).statusCode).toBe(200)
})
