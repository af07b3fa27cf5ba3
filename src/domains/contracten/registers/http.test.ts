import { beforeAll, describe, expect, test } from 'vitest'
import { type Inlog, type Koppeling, machine, testApp } from '../../../../test/support/app.ts'
import { postBestand } from '../../../../test/support/bestand.ts'
import { testDatabase } from '../../../../test/support/database.ts'
import { openFormulier, postFormulier } from '../../../../test/support/formulier.ts'
import { testOmgeving } from '../../../../test/support/regio.ts'
import { text } from '../../../../test/support/tekst.ts'
import { tellInOrder } from '../../../../test/support/verhaal.ts'

tellInOrder()

/** A database with nothing in it: everything below goes through the doors of production. */
const db = await testDatabase()
const omgeving = testOmgeving(db)
const { app, login } = await testApp(db, omgeving)

let beheerder: Inlog
let manager: Inlog
let consulent: Inlog

beforeAll(async () => {
  beheerder = await login('beheerder')
  manager = await login('contractmanager')
  consulent = await login('consulent', { gemeenten: ['0355'] })
})

const get = (url: string, wie: Inlog) => app.inject({ url, headers: wie.headers })
/** Brings in a file: dry run, then for real. */
const bring = async (register: string, csv: string, wie = manager) => {
  const proef = await postBestand(
    app,
    `/inrichten/${register}/invoeren`,
    { naam: `${register}.csv`, inhoud: csv },
    wie,
  )
  const adres = String(proef.headers.location)
  const uitkomst = text((await get(adres, wie)).body)
  const klaar = await postFormulier(app, `${adres}/verwerk`, adres, {}, wie)
  return { adres, uitkomst, status: klaar.statusCode, daarna: text((await get(adres, wie)).body) }
}
const rows = async <T>(query: string): Promise<T[]> => (await db.owner.query(query)).rows

const BESTANDEN = {
  gemeenten: 'Code;Naam\n355;Zeist\n0312;Bunnik\n',
  segmenten:
    'Code;Wet;Naam;Omschrijving;Bron;Onder;Volgorde\namb;Jeugdwet;Ambulant;Hulp thuis;003;jeugd;2\njeugd;jw;Jeugd;Alles;003;;1\nwb;Wmo;Begeleiding;Wmo;003;;3\n',
  producten:
    'Wet;Code;Geldig: eerste dag;Categorie;Naam;Segment;Eenheid;Bekostiging;Zwaarte\njw;45A04;01-01-2025;45;Begeleiding;Ambulant;Uur;Inspanning;100\nwmo;02A16;01-01-2025;2;Huishoudelijk;wb;04;inspanning;100\n',
  aanbieders:
    'AGB-code;Naam;IBAN;E-mail\n1000001;Zorg A;NL91 ABNA 0417 1643 00;a@zorg.example\n01000002;Zorg B;;\n',
  contracten:
    'Nummer;Aanbieder;Loopt: eerste dag;Loopt: laatste dag;Segmenten;Gemeenten\nC-1;1000001;01-01-2025;31-12-2028;amb, Begeleiding;355, Bunnik\n',
  tarieven:
    'Contract;Wet;Product;Geldig: eerste dag;Geldig: laatste dag;Tarief\nC-1;jw;45A04;01-01-2025;31-12-2028;90,00\n',
  plafonds: 'Segment;Gemeente;Jaar;Bedrag;Vastgesteld op\namb;355;2026;1.250.000;10-11-2025\n',
  inwonertallen: 'Gemeente;Jaar;Leeftijd;Aantal\n0355;2026;0-17;13.250\n',
  locaties: 'Aanbieder;Volgnummer;Naam;Postcode;Plaats\n01000001;1;Hoofdvestiging;3701 AB;Zeist\n',
}
const MAKER: Readonly<Record<string, () => Inlog>> = { gemeenten: () => beheerder }

describe('an empty region', () => {
  test('is filled with files, each dry first', async () => {
    for (const [register, csv] of Object.entries(BESTANDEN)) {
      const wie = MAKER[register]?.() ?? manager
      const { uitkomst, status, daarna } = await bring(register, csv, wie)
      expect([register, uitkomst]).toEqual([register, expect.stringContaining('Dit zou het doen')])
      expect([register, status]).toEqual([register, 303])
      expect([register, daarna]).toEqual([register, expect.stringContaining('Dit is gedaan')])
    }
    expect(await rows('select code, naam from contracten.gemeente order by 1')).toEqual([
      { code: '0312', naam: 'Bunnik' },
      { code: '0355', naam: 'Zeist' },
    ])
    expect(
      await rows(
        'select c.nummer, t.code, t.geldigheid::text, t.tarief from contracten.tarief t join contracten.contract c using (contract_id)',
      ),
    ).toEqual([{ nummer: 'C-1', code: '45A04', geldigheid: '[2025-01-01,2029-01-01)', tarief: 9000 }])
    expect(
      await rows(
        'select o.code as ouder from contracten.segment s join contracten.segment o on o.segment_id = s.ouder_id',
      ),
    ).toEqual([{ ouder: 'jeugd' }])
    expect(await rows('select count(*)::int as n from contracten.contract_gemeente')).toEqual([{ n: 2 }])
    expect(await rows('select iban from aanbieders.aanbieder order by agb')).toEqual([
      { iban: 'NL91ABNA0417164300' },
      { iban: null },
    ])
  })

  test('the same files again change nothing, nor does what a list exports', async () => {
    for (const [register, csv] of Object.entries(BESTANDEN)) {
      const wie = MAKER[register]?.() ?? manager
      const weer = await postBestand(
        app,
        `/inrichten/${register}/invoeren`,
        { naam: 'x.csv', inhoud: csv },
        wie,
      )
      expect([register, text((await get(String(weer.headers.location), wie)).body)]).toEqual([
        register,
        expect.stringContaining('Dit bestand verandert niets'),
      ])
      for (const formaat of ['csv', 'xlsx']) {
        const { rawPayload } = await get(`/inrichten/${register}/export?formaat=${formaat}`, wie)
        const terug = await postBestand(
          app,
          `/inrichten/${register}/invoeren`,
          { naam: 'x', inhoud: rawPayload },
          wie,
        )
        expect([register, formaat, text((await get(String(terug.headers.location), wie)).body)]).toEqual([
          register,
          formaat,
          expect.stringContaining('Dit bestand verandert niets'),
        ])
      }
    }
  })

  test('a template has every column and nothing else', async () => {
    const { body } = await get('/inrichten/tarieven/invoeren/sjabloon?formaat=csv', manager)
    expect(body.trim()).toBe('Contract;Wet;Product;Geldig: eerste dag;Geldig: laatste dag;Tarief')
  })
})

describe('a price that changes', () => {
  const rij = '/inrichten/tarieven/rij/C-1~jw~45A04~2025-01-01'
  test('begins a new row on its day, and what stood there ends the day before', async () => {
    const { statusCode, headers } = await postFormulier(
      app,
      `${rij}/wijzig`,
      `${rij}/wijzig`,
      {
        versie: await versieOf(`${rij}/wijzig`),
        geldigheidBegin: '01-01-2027',
        geldigheidEind: '31-12-2028',
        tarief: '93,15',
      },
      manager,
    )
    expect([statusCode, headers.location]).toEqual([
      303,
      '/inrichten/tarieven/rij/C-1~jw~45A04~2027-01-01?melding=opgeslagen',
    ])
    expect(await rows('select geldigheid::text, tarief from contracten.tarief order by 1')).toEqual([
      { geldigheid: '[2025-01-01,2027-01-01)', tarief: 9000 },
      { geldigheid: '[2027-01-01,2029-01-01)', tarief: 9315 },
    ])
    const { body } = await get(rij, manager)
    expect(text(body)).toContain(
      'Geldig: 01-01-2025 tot en met 31-12-2028 → 01-01-2025 tot en met 31-12-2026',
    )
  })
  const versieOf = async (url: string) =>
    /name="versie" value="(\d+)"/.exec((await get(url, manager)).body)?.[1] ?? ''
})

describe('a file that was processed', () => {
  const prijs = (bedrag: string) =>
    `Contract;Wet;Product;Geldig: eerste dag;Geldig: laatste dag;Tarief\nC-1;jw;45A04;01-01-2028;31-12-2028;${bedrag}\n`
  const standing = () => rows('select geldigheid::text, tarief from contracten.tarief order by 1')

  test('is taken back as it was, once', async () => {
    const voor = await standing()
    const { adres } = await bring('tarieven', prijs('99,00'))
    expect(await standing()).toHaveLength(voor.length + 1)
    const terug = () => postFormulier(app, `${adres}/terug`, adres, {}, manager)
    expect((await terug()).statusCode).toBe(303)
    expect(await standing()).toEqual(voor)
    const nogEens = await postFormulier(app, `${adres}/terug?`, adres, {}, manager)
    expect([nogEens.statusCode, text(nogEens.body)]).toEqual([
      409,
      expect.stringContaining('is niet verwerkt'),
    ])
    expect(text((await get(adres, manager)).body)).toContain('Dit was gedaan en is teruggenomen')
  })

  test('is not taken back over what was changed after it', async () => {
    const { adres } = await bring('tarieven', prijs('99,00'))
    await bring('tarieven', prijs('98,00'))
    const terug = await postFormulier(app, `${adres}/terug`, adres, {}, manager)
    expect([terug.statusCode, text(terug.body)]).toEqual([
      409,
      expect.stringContaining('Daarna is er verder gewerkt'),
    ])
  })

  test('is not taken back when something was built on it', async () => {
    const { adres } = await bring('segmenten', 'Code;Wet;Naam;Omschrijving;Bron;Volgorde\nx;jw;X;X;003;9\n')
    await bring(
      'producten',
      'Wet;Code;Geldig: eerste dag;Categorie;Naam;Segment;Eenheid;Bekostiging;Zwaarte\njw;50X01;01-01-2025;50;X;x;04;output;100\n',
    )
    const terug = await postFormulier(app, `${adres}/terug`, adres, {}, manager)
    expect([terug.statusCode, text(terug.body)]).toEqual([409, expect.stringContaining('al iets op gebouwd')])
    expect(await rows("select 1 as een from contracten.segment where code = 'x'")).toHaveLength(1)
  })

  test('with one fault does nothing, and says every fault', async () => {
    const voor = await standing()
    const csv = `${prijs('99,00')}C-9;jw;45A04;01-01-2028;;veel\nC-1;wmo;45A04;01-01-2030;;1\n`
    const { uitkomst, daarna } = await bring('tarieven', csv)
    expect(uitkomst).toContain('Er zijn 4 fouten')
    expect(uitkomst).toContain('3 Contract C-9 ‘C-9’ is hier niet bekend. Kies een contract.')
    expect(uitkomst).toContain('3 Tarief veel Vul een tarief in')
    expect(uitkomst).toContain(
      '4 Geldig: eerste dag 01-01-2030 Het contract loopt van 01-01-2025 tot en met 31-12-2028. Kies een eerste dag daarin.',
    )
    expect(uitkomst).toContain('4 Product 45A04 Kies een product van deze wet.')
    expect(daarna).toContain('Er zijn 4 fouten')
    expect(await standing()).toEqual(voor)
  })

  test('of two at once each is done on what the other left', async () => {
    const adressen = await Promise.all(
      ['97,00', '96,00'].map(async bedrag => {
        const proef = await postBestand(
          app,
          '/inrichten/tarieven/invoeren',
          { naam: 'x.csv', inhoud: prijs(bedrag) },
          manager,
        )
        return String(proef.headers.location)
      }),
    )
    const klaar = await Promise.all(
      adressen.map(adres => postFormulier(app, `${adres}/verwerk`, adres, {}, manager)),
    )
    // The other is shown first what it does now.
    expect(klaar.map(k => k.statusCode).sort()).toEqual([303, 409])
    const over = adressen[klaar.findIndex(k => k.statusCode === 409)] ?? ''
    expect((await postFormulier(app, `${over}/verwerk`, over, {}, manager)).statusCode).toBe(303)
    const nu = await rows<{ oud: { tarief: number }; nieuw: { tarief: number } }>(
      "select oud, nieuw from platform.wijziging where sleutel = 'C-1~jw~45A04~2028-01-01' order by wijziging_id desc limit 2",
    )
    expect(nu[0]?.oud.tarief).toBe(nu[1]?.nieuw.tarief)
  })
})

describe('one row', () => {
  const rij = '/inrichten/segmenten/rij/amb'
  const velden = {
    wet: 'jw',
    naam: 'Ambulante hulp',
    omschrijving: 'Hulp thuis',
    bron: '003',
    ouder: 'jeugd',
    volgorde: '2',
  }

  test('that somebody else changed meanwhile is shown beside what was typed', async () => {
    const send = await openFormulier(app, `${rij}/wijzig`, manager)
    const versie = /name="versie" value="(\d+)"/.exec((await get(`${rij}/wijzig`, manager)).body)?.[1] ?? ''
    // First what it touches is shown; saving goes on from there.
    const eerst = await send(`${rij}/wijzig`, { ...velden, versie })
    expect(eerst.body).toMatch(/Kijk eerst wat dit raakt.*href="\/inrichten\/producten\?segment=amb"/s)
    const _gezien = /name="_gezien" value="([^"]+)"/.exec(eerst.body)?.[1] ?? ''
    expect((await send(`${rij}/wijzig`, { ...velden, versie, _gezien })).statusCode).toBe(303)
    const laat = await send(`${rij}/wijzig`, { ...velden, naam: 'Anders', versie })
    expect([laat.statusCode, text(laat.body)]).toEqual([409, expect.stringContaining('Ambulante hulp')])
    expect(laat.body).toContain('value="Anders"')
  })

  test('goes only while nothing hangs on it', async () => {
    const versie = /name="versie" value="(\d+)"/.exec((await get(rij, manager)).body)?.[1] ?? ''
    const weg = await postFormulier(app, `${rij}/verwijder`, rij, { versie }, manager)
    expect([weg.statusCode, text(weg.body)]).toEqual([409, expect.stringContaining('wordt nog gebruikt')])
    // On the page of the row, with what stands there.
    expect(text(weg.body)).toContain('Geschiedenis')
    expect(weg.body).toContain(`href="${rij}/wijzig"`)
  })

  test('that somebody else changed meanwhile stays', async () => {
    const pad = '/inrichten/segmenten/rij/gaat'
    await postFormulier(
      app,
      '/inrichten/segmenten/nieuw',
      '/inrichten/segmenten/nieuw',
      { ...velden, code: 'gaat' },
      manager,
    )
    const versieVan = async () =>
      /name="versie" value="(\d+)"/.exec((await get(pad, manager)).body)?.[1] ?? ''
    const versie = await versieVan()
    await postFormulier(
      app,
      `${pad}/wijzig`,
      `${pad}/wijzig`,
      { ...velden, naam: 'Gaat niet', versie },
      manager,
    )
    const weg = (met: string) => postFormulier(app, `${pad}/verwijder`, pad, { versie: met }, manager)
    expect((await weg(versie)).statusCode).toBe(409)
    expect((await get(pad, manager)).body).toContain('Gaat niet')
    expect((await weg(await versieVan())).statusCode).toBe(303)
    // Its page says so, and what it was.
    expect(text((await get(pad, manager)).body)).toMatch(/Dit is verwijderd .*Gaat niet/)
    expect((await get(`${pad}/wijzig`, manager)).statusCode).toBe(404)
  })

  test('that is new cannot be one that is there', async () => {
    const dubbel = await postFormulier(
      app,
      '/inrichten/segmenten/nieuw',
      '/inrichten/segmenten/nieuw',
      { ...velden, code: 'amb' },
      manager,
    )
    expect([dubbel.statusCode, text(dubbel.body)]).toEqual([
      400,
      expect.stringContaining('Open ‘Ambulante hulp’ en wijzig het daar'),
    ])
  })
})

describe('for machines', () => {
  const pad = '/api/v1/inrichting/tarieven'
  const sleutel = encodeURIComponent('C-1~jw~45A04~2025-01-01')
  let koppeling: Koppeling
  beforeAll(async () => {
    koppeling = await machine(db, manager)
  })
  const api = (method: 'GET' | 'PUT' | 'DELETE', url: string, payload?: object) =>
    app.inject({
      method,
      url,
      headers: { ...koppeling, accept: 'application/json' },
      ...(payload ? { payload } : {}),
    })

  test('a list and one row say what the page says', async () => {
    const lijst = (await api('GET', `${pad}?perPagina=1`)).json()
    expect([lijst.totaal > 1, lijst.resultaten.length, lijst._links.next.href]).toEqual([
      true,
      1,
      expect.stringContaining('pagina=2'),
    ])
    const een = (await api('GET', `${pad}/${sleutel}`)).json()
    expect(een).toMatchObject({
      sleutel: 'C-1~jw~45A04~2025-01-01',
      gegevens: {
        contract: 'C-1',
        wet: 'jw',
        product: '45A04',
        tarief: 9000,
        geldigheid: { begin: '2025-01-01' },
      },
    })
    expect((await api('GET', `${pad}/bestaat~niet`)).statusCode).toBe(404)
  })

  test('a row is put by its key: the same again changes nothing, another key in the address is refused', async () => {
    const { gegevens } = (await api('GET', `${pad}/${sleutel}`)).json()
    const voor = await rows('select count(*)::int as n from platform.wijziging')
    expect((await api('PUT', `${pad}/${sleutel}`, gegevens)).json()).toMatchObject({ gegevens })
    expect(await rows('select count(*)::int as n from platform.wijziging')).toEqual(voor)
    expect(
      (await api('PUT', `${pad}/${sleutel}`, { ...gegevens, tarief: 9100 })).json().gegevens.tarief,
    ).toBe(9100)
    const anders = await api('PUT', `${pad}/${sleutel}`, { ...gegevens, wet: 'wmo' })
    expect([anders.statusCode, anders.headers['content-type']]).toEqual([
      400,
      expect.stringContaining('application/problem+json'),
    ])
    const fout = await api('PUT', `${pad}/${sleutel}`, { ...gegevens, contract: 'C-9', tarief: -1 })
    expect(fout.statusCode).toBe(400)
  })

  test('a row goes only while nothing hangs on it', async () => {
    expect((await api('DELETE', '/api/v1/inrichting/segmenten/amb')).statusCode).toBe(409)
    const weg = encodeURIComponent('C-1~jw~45A04~2028-01-01')
    const gat = await api('DELETE', `${pad}/${weg}`)
    expect([gat.statusCode, gat.json().letOp]).toEqual([
      200,
      [expect.stringContaining('Wat ervoor gold, eindigt op 31-12-2027')],
    ])
    expect((await api('GET', `${pad}/${weg}`)).statusCode).toBe(404)
  })
})

describe('what is still to be put in', () => {
  test('is said with the next step, to who can take it', async () => {
    // Something of everything stands here, and not all: what is missing is listed (app/ontbreekt), and no light is green.
    expect(text((await get('/inrichten', manager)).body)).toMatch(/\d+ dingen ontbreken nog\./)
    expect(text((await get('/inrichten', beheerder)).body)).toContain('Gemeenten 2')
    expect((await get('/inrichten', consulent)).statusCode).toBe(403)
  })
})

describe('who may', () => {
  test.each([
    ['/inrichten/gemeenten', () => manager],
    ['/inrichten/tarieven/invoeren', () => consulent],
    ['/inrichten/aanbieders', () => consulent],
  ] as const)('%s is not for everybody', async (url, wie) => {
    expect((await get(url, wie())).statusCode).toBe(403)
  })
})
