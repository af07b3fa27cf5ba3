import { beforeAll, describe, expect, test } from 'vitest'
import { type Inlog, testApp } from '../../../../test/support/app.ts'
import { postBestand } from '../../../../test/support/bestand.ts'
import { testDatabase } from '../../../../test/support/database.ts'
import { postFormulier } from '../../../../test/support/formulier.ts'
import { testOmgeving } from '../../../../test/support/regio.ts'

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
const text = (html: string) => html.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ')
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
    'Nummer;Aanbieder;Loopt: eerste dag;Loopt: laatste dag;Segmenten;Gemeenten\nC-1;01000001;01-01-2025;31-12-2028;amb, Begeleiding;0355, Bunnik\n',
  tarieven:
    'Contract;Wet;Product;Geldig: eerste dag;Geldig: laatste dag;Tarief\nC-1;jw;45A04;01-01-2025;31-12-2028;90,00\n',
  plafonds: 'Segment;Gemeente;Jaar;Bedrag;Vastgesteld op\namb;0355;2026;1.250.000;10-11-2025\n',
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

describe('who may', () => {
  test.each([
    ['/inrichten/gemeenten', () => manager],
    ['/inrichten/tarieven/invoeren', () => consulent],
    ['/inrichten/aanbieders', () => consulent],
  ] as const)('%s is not for everybody', async (url, wie) => {
    expect((await get(url, wie())).statusCode).toBe(403)
  })
})
