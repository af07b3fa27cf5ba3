import { beforeAll, describe, expect, it } from 'vitest'
import { testApp } from '../../../../test/support/app.ts'
import { testDatabase } from '../../../../test/support/database.ts'
import { tellInOrder } from '../../../../test/support/verhaal.ts'

tellInOrder()

const db = await testDatabase()
const klok = () => new Date('2026-11-22T12:00:00Z')
const { app, login } = await testApp(db, { ...db, klok })

/**
 * Two municipalities, two providers, three segments. Today is 22 November 2026, so January up to July are complete.
 * Ambulant (1), Aarveld: 2025 January € 1.000 and December € 1.000; 2026 January € 900,10 and July € 299,90 (complete
 * € 1.200,00, so +20%), October € 300,05. Ceiling € 1.400, later raised to € 3.000. Groep (2), Bremerdam: 2026 March € 500,00.
 * Persons: 1 to 6 at De Linde in Aarveld (6 in January, of whom person 1 also in October), 1 also in Groep at Thuisnabij,
 * 7 and 8 in Groep. In 2025 five persons, of whom four in January.
 */
beforeAll(async () => {
  await db.owner.query(`
    insert into contracten.gemeente values ('9001', 'Aarveld'), ('9002', 'Bremerdam');
    insert into aanbieders.aanbieder (agb, naam) values ('00000001', 'De Linde'), ('00000002', 'Thuisnabij');
    insert into contracten.segment (code, wet, naam, omschrijving, bron, volgorde) values
      ('ambulant', 'jw', 'Ambulant', 'Hulp zonder verblijf.', '', 1), ('groep', 'wmo', 'Begeleiding groep', 'x', '', 2),
      ('hh', 'wmo', 'Huishoudelijke hulp', 'x', '', 3);
    insert into sturing.maandcijfer (gemeente, maand, segment_id, aanbieder_id, bedrag, regels, toegewezen) values
      ('9001', '2025-01-01', 1, 1, 100000, 1, 0), ('9001', '2025-12-01', 1, 1, 100000, 1, 0),
      ('9001', '2026-01-01', 1, 1, 90010, 1, 100000), ('9001', '2026-07-01', 1, 1, 29990, 1, 50000),
      ('9001', '2026-10-01', 1, 1, 30005, 1, 50000), ('9002', '2026-03-01', 2, 2, 50000, 1, 60000);
    insert into contracten.budgetplafond (gemeente, segment_id, jaar, versie, bedrag, vastgesteld_op) values
      ('9001', 1, 2026, 1, 140000, '2025-11-01'), ('9001', 1, 2026, 2, 300000, '2026-05-01');
    insert into sturing.clientmaand (gemeente, jaar, segment_id, aanbieder_id, persoon, m1, m10) values
      ('9001', 2026, 1, 1, 1, 1, 1), ('9001', 2026, 1, 1, 2, 1, 0), ('9001', 2026, 1, 1, 3, 1, 0),
      ('9001', 2026, 1, 1, 4, 1, 0), ('9001', 2026, 1, 1, 5, 1, 0), ('9001', 2026, 1, 1, 6, 1, 0),
      ('9001', 2025, 1, 1, 1, 1, 0), ('9001', 2025, 1, 1, 2, 1, 0), ('9001', 2025, 1, 1, 3, 1, 0),
      ('9001', 2025, 1, 1, 4, 1, 0), ('9001', 2025, 1, 1, 5, 0, 1);
    insert into sturing.clientmaand (gemeente, jaar, segment_id, aanbieder_id, persoon, m3) values
      ('9002', 2026, 2, 2, 1, 1), ('9002', 2026, 2, 2, 7, 1), ('9002', 2026, 2, 2, 8, 1), ('9002', 2026, 2, 2, 9, 0);
    insert into sturing.verwijzercijfer (gemeente, maand, segment_id, verwijzer, bedrag, toewijzingen) values
      ('9001', '2026-01-01', 1, '01', 90000, 1), ('9001', '2026-02-01', 1, '02', 30000, 3);
    insert into sturing.afkeurcijfer values ('9001', '2026-01-01', 1, 'jw', '9338', 3, 45000), ('9002', '2026-01-01', 2, 'wmo', '9321', 5, 1000)`)
})

const regio = await login('contractmanager')
const controller = await login('controller', { gemeenten: ['9001'] })

async function open(url: string, { headers } = regio) {
  const antwoord = await app.inject({ url, headers })
  return { status: antwoord.statusCode, body: antwoord.body.replaceAll('\u00a0', ' '), antwoord }
}
async function json<T>(url: string, wie = regio): Promise<T> {
  const antwoord = await app.inject({ url, headers: { ...wie.headers, accept: 'application/json' } })
  expect(antwoord.statusCode).toBe(200)
  return antwoord.json<T>()
}
interface Segmenten {
  completeMaanden: number
  resultaten: Record<string, unknown>[]
}

describe('figures that one can count by hand', () => {
  it('per segment: spend, the last ceiling, the year extrapolated, growth over complete months, persons', async () => {
    const { completeMaanden, resultaten } = await json<Segmenten>('/api/v1/cijfers/segmenten')
    expect(completeMaanden).toBe(7)
    expect(resultaten).toEqual([
      {
        code: 'ambulant',
        naam: 'Ambulant',
        ouder: null,
        besteed: 150005,
        plafond: 300000,
        doorgerekend: 240000,
        verandering: 0.2,
        toegewezen: 200000,
        nogTeDeclareren: 49995,
        clienten: 6,
        kostenPerClient: 25001,
      },
      {
        code: 'groep',
        naam: 'Begeleiding groep',
        ouder: null,
        besteed: 50000,
        plafond: null,
        doorgerekend: null,
        verandering: null,
        toegewezen: 60000,
        nogTeDeclareren: 10000,
        clienten: null,
        kostenPerClient: null,
      },
    ])
  })

  it('a controller sees few persons in the own municipality only', async () => {
    const eigen = await json<Segmenten>('/api/v1/cijfers/segmenten?gemeente=9001', controller)
    expect(eigen.resultaten.map(r => r.clienten)).toEqual([6])
    const ander = await json<Segmenten>('/api/v1/cijfers/segmenten?gemeente=9002', controller)
    expect(ander.resultaten.map(r => [r.clienten, r.besteed])).toEqual([[null, 50000]])
  })

  it('per month, with last year beside it', async () => {
    const { resultaten } = await json<Segmenten>('/api/v1/cijfers/maanden?segment=ambulant')
    expect(resultaten).toHaveLength(12)
    expect(resultaten[0]).toEqual({
      maand: '2026-01',
      besteed: 90010,
      besteedVorigJaar: 100000,
      compleet: true,
    })
    expect(resultaten[9]).toEqual({ maand: '2026-10', besteed: 30005, besteedVorigJaar: 0, compleet: false })
    expect(resultaten[8]).toMatchObject({ maand: '2026-09', besteed: 0 })
    expect(resultaten[10]).toMatchObject({ maand: '2026-11', besteed: null })
    expect(resultaten[11]).toEqual({
      maand: '2026-12',
      besteed: null,
      besteedVorigJaar: 100000,
      compleet: false,
    })
  })

  it('providers come in pages that link to each other', async () => {
    type Lijst = Segmenten & { totaal: number; _links: Record<string, { href: string }> }
    const een = await json<Lijst>('/api/v1/cijfers/aanbieders?perPagina=1')
    expect([een.totaal, een.resultaten[0]?.naam, een.resultaten[0]?.besteed]).toEqual([2, 'De Linde', 150005])
    expect(een._links.prev).toBeUndefined()
    const twee = await json<Lijst>(een._links.next?.href ?? '')
    expect([twee.resultaten[0]?.naam, twee.resultaten[0]?.clienten]).toEqual(['Thuisnabij', null])
    expect(twee._links.next).toBeUndefined()
  })

  it('a person in two segments counts once in the total; over the complete months 8 against 4 is 100% more', async () => {
    const { body } = await open('/cijfers')
    const tegel = body.slice(body.indexOf('>Unieke cliënten<'))
    expect(tegel).toMatch(/^>Unieke cliënten<\/p><p class="sam-kengetal-waarde">8</)
    // Four persons last year may not be shown, and neither may what gives them away.
    expect(tegel.slice(0, 300)).not.toContain('meer dan')
    expect(body).toContain('minder dan 5')
  })
})

describe('pages', () => {
  it('the region page says what stands out first, and which months are not complete', async () => {
    const { status, body } = await open('/cijfers')
    expect(status).toBe(200)
    expect(body).toContain(
      'Ambulant stijgt het meest: 20% (€ 200) meer dan in dezelfde maanden van vorig jaar.',
    )
    expect(body).toContain('Augustus t/m november 2026 zijn nog niet compleet')
    expect(body).toContain('70,0% meer dan in 2025 (januari t/m juli)')
    expect(body).toContain('Geen toewijzing met dit nummer (9338)')
    // Groep has no ceiling: what is spent there says nothing about the ceiling of Ambulant.
    expect(body).toContain('€ 1.500 daarvan heeft een plafond: 50,0% van € 3.000. € 500 heeft er geen.')
    expect(body).toContain('€ 2.400 daarvan heeft een plafond: € 600 onder dat')
  })

  it('shows euros and toewijzingen of referrers in two charts, never in one (sturing 1.7, trap 1)', async () => {
    const { body } = await open('/cijfers')
    const grafieken = body.split('<figure').slice(1)
    const euro = grafieken.filter(g => g.includes('Aandeel in de euro’s'))
    const toewijzingen = grafieken.filter(g => g.includes('Aandeel in de toewijzingen'))
    expect([euro.length, toewijzingen.length]).toEqual([1, 1])
    expect(euro).not.toEqual(toewijzingen)
    expect(euro[0]).toContain('75,0%')
    expect(toewijzingen[0]).toContain('75,0%')
    expect(euro[0]).toContain('Gemeente: 75,0%')
    expect(toewijzingen[0]).toContain('Huisarts: 75,0%')
  })

  it.each([
    ['/cijfers/segmenten/ambulant', 'Ambulant'],
    ['/cijfers/gemeenten/9001', 'Aarveld in cijfers'],
    ['/cijfers/aanbieders/1', 'De Linde'],
    ['/cijfers/aanbieders', 'Aanbieders in cijfers'],
    ['/bronnen', 'Bronnen en definities'],
  ])('%s has the heading %s', async (url, kop) => {
    const { status, body } = await open(url)
    expect(status).toBe(200)
    expect(body).toContain(`<h1 class="ams-heading ams-heading--1">${kop}</h1>`)
  })

  it('a provider page says how much the region depends on it', async () => {
    const { body } = await open('/cijfers/aanbieders/1')
    expect(body).toContain('Van Ambulant; vanaf 20% is de regio van deze aanbieder afhankelijk')
    expect(body).not.toContain('Thuisnabij')
  })

  it.each([
    '/cijfers/segmenten/bestaat-niet',
    '/cijfers/gemeenten/0000',
    '/cijfers/aanbieders/99',
    '/cijfers/aanbieders/x',
  ])('%s is not found', async url => {
    expect((await open(url)).status).toBe(404)
  })

  it('a year without figures says what to do', async () => {
    const { body } = await open('/cijfers?segment=hh')
    expect(body).toContain('Er zijn nog geen cijfers')
    expect(body).toContain('Bekijk 2025')
  })

  it('finds a provider by part of the name, and treats % as a character', async () => {
    expect((await open('/cijfers/aanbieders?zoek=linde')).body).not.toContain('Thuisnabij')
    expect((await open('/cijfers/aanbieders?zoek=%25')).body).toContain('Geen aanbieder gevonden')
  })

  it('the number of providers with turnover opens exactly those, of the same municipality', async () => {
    const { body } = await open('/cijfers?gemeente=9001')
    const [, href = ''] = /href="(\/cijfers\/aanbieders\?[^"]*omzet=ja[^"]*)"/.exec(body) ?? []
    expect(href.split('?')[1]?.split('&amp;').sort()).toEqual(['gemeente=9001', 'jaar=2026', 'omzet=ja'])
    await db.owner.query(
      `insert into aanbieders.aanbieder (agb, naam) values ('00000003', 'Alleen Toegewezen');
       insert into sturing.maandcijfer (gemeente, maand, segment_id, aanbieder_id, bedrag, regels, toegewezen)
       select '9001', '2026-02-01', 1, aanbieder_id, 0, 0, 5000 from aanbieders.aanbieder where agb = '00000003'`,
    )
    try {
      expect((await open('/cijfers/aanbieders?gemeente=9001')).body).toContain('Alleen Toegewezen')
      const lijst = (await open(href.replaceAll('&amp;', '&'))).body
      expect(lijst).toContain('De Linde')
      expect(lijst).not.toMatch(/Alleen Toegewezen|Thuisnabij/)
    } finally {
      await db.owner.query(
        `delete from sturing.maandcijfer where aanbieder_id = (select aanbieder_id from aanbieders.aanbieder where agb = '00000003');
         delete from aanbieders.aanbieder where agb = '00000003'`,
      )
    }
  })

  it('without permission there are no figures', async () => {
    const aanbieder = await login('aanbieder', { aanbieder: 1 })
    expect((await open('/cijfers', aanbieder)).status).toBe(403)
    expect((await app.inject({ url: '/api/v1/cijfers/maanden' })).statusCode).toBe(401)
  })
})

describe('files', () => {
  it('hold the same figures, to the cent, and hide what the page hides', async () => {
    const { body, antwoord } = await open('/cijfers?als=csv&deel=segmenten')
    expect(antwoord.headers['content-disposition']).toContain('segmenten-2026.csv')
    const [, ambulant, groep] = body.split('\r\n')
    expect(ambulant).toBe(
      'ambulant;Ambulant;1500,05;1500,05;3000,00;50;2400,00;1200,00;1000,00;20;2000,00;499,95;6;250,01;',
    )
    expect(groep).toBe('groep;Begeleiding groep;500,00;0,00;;;;500,00;0,00;;600,00;100,00;minder dan 5;;')
  })
  it('of providers follow search and order', async () => {
    const { body } = await open('/cijfers/aanbieders?als=csv&sorteer=naam')
    expect(
      body
        .split('\r\n')
        .slice(1, 3)
        .map(r => r.split(';')[0]),
    ).toEqual(['De Linde', 'Thuisnabij'])
  })
})

describe('the database itself', () => {
  it('lets a provider count its own clients only, and nobody without context anything', async () => {
    const vraag = (
      scope: string,
    ) => `begin read only; ${scope} select per, sleutel, aantal::int, aantal_maanden::int
      from sturing.tel_clienten(2026, 127, '{0,1,2}') order by 1, 2; commit`
    const rijen = async (scope: string) => {
      const client = await db.database.pool.connect()
      try {
        const uit = (await client.query(vraag(scope))) as unknown as { command: string; rows: unknown[] }[]
        return uit.find(u => u.command === 'SELECT')?.rows
      } finally {
        client.release()
      }
    }
    expect(await rijen('')).toEqual([])
    expect(await rijen(`set local app.aanbieder = '2';`)).toEqual([
      { per: 'aanbieder', sleutel: '1|2', aantal: 3, aantal_maanden: 3 },
      { per: 'gemeente', sleutel: '9002', aantal: 3, aantal_maanden: 3 },
      { per: 'segment', sleutel: '2', aantal: 3, aantal_maanden: 3 },
      { per: 'totaal', sleutel: '', aantal: 3, aantal_maanden: 3 },
    ])
    expect(await rijen(`set local app.gemeenten_cijfers = '{9001,9002}';`)).toContainEqual({
      per: 'totaal',
      sleutel: '',
      aantal: 8,
      aantal_maanden: 8,
    })
  })

  it('month n is bit n−1 of the mask, for every month', async () => {
    const m = Array.from({ length: 12 }, (_, i) => `m${i + 1}`)
    for (const [i, kolom] of m.entries())
      await db.owner.query(
        `insert into sturing.clientmaand (gemeente, jaar, segment_id, aanbieder_id, persoon, ${kolom}) values ('9001', 2020, 1, 1, $1, 2)`,
        [i],
      )
    const { rows } = await db.owner.query(
      'select maanden from sturing.clientmaand where jaar = 2020 order by persoon',
    )
    expect(rows.map(r => r.maanden)).toEqual(m.map((_, i) => 2 ** i))
  })
})

describe('a bar opens a page with the same amount', () => {
  beforeAll(async () => {
    await db.owner.query(
      `insert into sturing.maandcijfer (gemeente, maand, segment_id, aanbieder_id, bedrag, regels, toegewezen)
       values ('9002', '2026-04-01', 1, 2, 70000, 1, 0)`,
    )
  })
  const BALK = /<li><p><a class="ams-link" href="([^"]+)">[^<]*<\/a><span class="sam-balk-waarde">(€ [\d.]+)/g
  const BESTEED = /Besteed in 2026(?:<\/[^>]+>|<[^>]+>)*?<p class="sam-kengetal-waarde">(€ [\d.]+)/

  it.each([
    ['the start page of a controller', '/', controller],
    ['a municipality', '/cijfers/gemeenten/9001', controller],
    ['a segment', '/cijfers/segmenten/ambulant', regio],
    ['the region', '/cijfers', regio],
    ['one law', '/cijfers?wet=wmo', regio],
  ])('%s', async (_naam, pad, wie) => {
    const balken = [...(await open(pad, wie)).body.matchAll(BALK)].map(m => ({
      href: (m[1] ?? '').replaceAll('&amp;', '&'),
      bedrag: m[2],
    }))
    expect(balken.length).toBeGreaterThan(0)
    for (const { href, bedrag } of balken)
      expect([href, BESTEED.exec((await open(href, wie)).body)?.[1]]).toEqual([href, bedrag])
  })

  it('of one provider a row opens that part of what this provider received', async () => {
    const RIJ =
      /<th scope="row"[^>]*><div><a[^>]* href="(\/cijfers\/[^"]+)"[^>]*>[^<]*<\/a>.*?<\/th><td[^>]*>([^<]*)</g
    const TOTAAL = /<tfoot><tr><td[^>]*>Totaal<\/td><td[^>]*>([^<]*)</
    const rijen = [...(await open('/cijfers/aanbieders/2', regio)).body.matchAll(RIJ)]
    expect(rijen.length).toBeGreaterThan(1)
    for (const [, pad = '', besteed] of rijen) {
      const href = pad.replaceAll('&amp;', '&')
      expect(href).toMatch(/^\/cijfers\/aanbieders\/2\?/)
      expect([href, TOTAAL.exec((await open(href, regio)).body)?.[1]]).toEqual([href, besteed])
    }
  })
})
