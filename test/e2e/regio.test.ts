import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { loadGemaakt } from '../../src/app/regio/demonstratie.ts'
import { KENMERK, loadVoorvallen } from '../../src/app/regio/voorvallen.ts'
import { makeRegio, type RegioOpties } from '../../src/demoregio/index.ts'
import { listSamenloop } from '../../src/domains/declaraties/samenloop/store.ts'
import { type Recht, ROL, ROLLEN, type Rol } from '../../src/platform/auth/rollen.ts'
import { NOBODY } from '../../src/platform/db/database.ts'
import { makeCtx, systeem } from '../../src/platform/http/ctx.ts'
import { testApp } from '../support/app.ts'
import { BREED, launchBrowser, SMAL, visit } from '../support/browser.ts'
import { testDatabase } from '../support/database.ts'
import { DEUREN, EIGEN_BOEKHOUDING } from '../support/deuren.ts'
import { weigh, weighFirst } from '../support/gewicht.ts'
import { givePlafond, valuesOf } from '../support/registers.ts'
import { tellInOrder } from '../support/verhaal.ts'

tellInOrder()

/**
 * The demonstration region as a newcomer gets it: all its messages through the real intake, the outcome held against
 * what the generator knows to be true, and every page of it opened in a real browser by everyone who may.
 */
const OPTIES: RegioOpties = { seed: 1, schaal: 0.1, jaren: 'verschoven', peildatum: '2026-11-22' }

const db = await testDatabase()
const klok = () => new Date('2026-11-22T12:00:00+01:00')
const omgeving = { database: db.database, kluis: db.kluis, klok }
const regio = makeRegio(OPTIES)

let browser: Browser
let base = ''

await loadGemaakt(omgeving, OPTIES, () => undefined)
await db.owner.query('analyze')
// The browser loads the real style sheet and letter: they must be there before the server starts.
browser = await launchBrowser()
const { app, login } = await testApp(db, omgeving, { contact: 'mailto:beveiliging@voorbeeld.nl' })

beforeAll(async () => {
  base = await app.listen({ port: 0, host: '127.0.0.1' })
})
afterAll(() => browser?.close())

async function rows<T extends object>(sql: string, params: unknown[] = []): Promise<T[]> {
  return (await db.owner.query<T>(sql, params)).rows
}

describe('the messages of the region', () => {
  test('exactly the lines that are wrong are refused', async () => {
    const gevonden = await rows<{ sleutel: string }>(`
      select p.domein || ' ' || a.agb || ' ' || p.gemeente || ' ' || d.nummer || ' ' || p.referentie as sleutel
      from declaraties.prestatie p join declaraties.declaratie d using (gemeente, declaratie_id)
      join aanbieders.aanbieder a on a.aanbieder_id = p.aanbieder_id where not p.goedgekeurd`)
    const verwacht = regio.waarheid.afkeuringen.map(
      a => `${a.domein} ${a.agb} ${a.gemeente} ${a.declaratieNummer} ${a.referentie}`,
    )
    expect(gevonden.map(rij => rij.sleutel).sort()).toEqual(verwacht.sort())
  })

  test('each for a rule that the generator broke on purpose', async () => {
    const gevonden = await rows<{ sleutel: string; regels: string[] }>(`
      select d.nummer || ' ' || p.referentie || ' ' || p.gemeente || ' ' || p.domein || ' ' || a.agb as sleutel, array_agg(b.regelcode) as regels
      from declaraties.prestatie p join declaraties.declaratie d using (gemeente, declaratie_id)
      join declaraties.bevinding b using (gemeente, declaratie_id, regel)
      join aanbieders.aanbieder a on a.aanbieder_id = p.aanbieder_id group by 1`)
    const bekend = new Map(gevonden.map(rij => [rij.sleutel, rij.regels]))
    const anders = regio.waarheid.afkeuringen.filter(a => {
      const regels =
        bekend.get(`${a.declaratieNummer} ${a.referentie} ${a.gemeente} ${a.domein} ${a.agb}`) ?? []
      return !a.regels.some(regel => regels.includes(regel))
    })
    expect(anders).toEqual([])
  })

  test('the figures hit what the documents say of the anchor year, to the cent of the generator', async () => {
    const gevonden = await rows<{ segment: string; jaar: number; bedrag: string }>(`
      select s.code as segment, extract(year from m.maand)::int as jaar, sum(m.bedrag)::text as bedrag
      from sturing.maandcijfer m join contracten.segment s using (segment_id) group by 1, 2 having sum(m.bedrag) <> 0`)
    const verwacht = new Map<string, number>()
    for (const totaal of regio.waarheid.goedgekeurd) {
      const sleutel = `${totaal.segment} ${totaal.jaar}`
      verwacht.set(sleutel, (verwacht.get(sleutel) ?? 0) + totaal.bedrag)
    }
    expect(
      Object.fromEntries(gevonden.map(rij => [`${rij.segment} ${rij.jaar}`, Number(rij.bedrag)])),
    ).toEqual(Object.fromEntries(verwacht))
  })

  test('every outgoing answer is there: one per message that asks for one (IV028)', async () => {
    const [telling] = await rows<{ zonder: string; dubbel: string }>(`
      select count(*) filter (where n = 0)::text as zonder, count(*) filter (where n > 1)::text as dubbel
      from (select b.bericht_id, count(a.bericht_id) as n from berichten.bericht b
            left join berichten.bericht a on a.gemeente = b.gemeente and a.antwoord_op = b.bericht_id
            where b.richting = 'in' group by 1) t`)
    expect(telling).toEqual({ zonder: '0', dubbel: '0' })
  })

  test('all residents are marked as test data, and no provider has a code that can exist', async () => {
    expect(await rows('select from toegang.client where not testdata')).toEqual([])
    expect(await rows("select from aanbieders.aanbieder where agb not like '9999%'")).toEqual([])
  })
})

test('whatever the demonstration filled, a form of production fills too', async () => {
  const tabellen = await rows<{ naam: string }>(`
    select n.nspname || '.' || c.relname as naam from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'r' and n.nspname !~ '^pg_|information_schema|graphile' order by 1`)
  const gevuld: string[] = []
  for (const { naam } of tabellen)
    if ((await rows(`select from ${naam} limit 1`)).length > 0) gevuld.push(naam)
  expect(gevuld.length).toBeGreaterThan(40)
  const metDeur = new Set([...Object.values(DEUREN).flat(), ...EIGEN_BOEKHOUDING])
  expect(gevuld.filter(naam => !metDeur.has(naam))).toEqual([])
  const routes = new Set(app.routeLijst.filter(r => r.methode === 'POST').map(r => r.pad))
  expect(Object.keys(DEUREN).filter(pad => !routes.has(pad))).toEqual([])
})

describe('what the demonstration shows beside those figures', () => {
  test('one line claimed twice on either side, and one message that could not be judged', async () => {
    await loadVoorvallen(omgeving)
    const codes = regio.referentie.gemeenten.map(g => g.code)
    const oordelen = await db.database.read(
      { ...NOBODY, gemeentenClient: codes, gemeentenCijfers: codes },
      listSamenloop,
    )
    expect(oordelen.map(s => s.stand)).toEqual(['te-beoordelen', 'te-beoordelen'])
    expect(oordelen.map(s => s.gemeente)).toContain(codes[0])
    expect(await rows("select reden from berichten.bericht where staat = 'niet-te-beoordelen'")).toEqual([
      { reden: 'tijd' },
    ])
  })
})

/** Who looks: each role at the organisation where there is most to see. */
async function eigenVan(rol: Rol): Promise<{ gemeenten?: string[]; aanbieder?: number }> {
  if (ROL[rol].bereik === 'gemeente') return { gemeenten: [await topGemeente()] }
  if (ROL[rol].bereik === 'aanbieder') return { aanbieder: await topAanbieder() }
  return {}
}

/** Asked for every page and the same for all: the messages of the region do not change any more. */
function eenmaal<T>(vraag: () => Promise<T>): () => Promise<T> {
  let antwoord: Promise<T> | undefined
  return () => {
    antwoord ??= vraag()
    return antwoord
  }
}

const topGemeente = eenmaal(async () => {
  const [rij] = await rows<{ gemeente: string }>(
    'select gemeente from declaraties.prestatie group by 1 order by count(*) desc limit 1',
  )
  return rij?.gemeente ?? ''
})

const topAanbieder = eenmaal(async () => {
  const [rij] = await rows<{ id: number }>(
    'select aanbieder_id as id from declaraties.prestatie where gemeente = $1 group by 1 order by count(*) filter (where not goedgekeurd) desc, 1 limit 1',
    [await topGemeente()],
  )
  return rij?.id ?? 0
})

/** The state in which a weighing shows the most of this page; every form is only there in one of them. */
function wegingstaat(pad: string): string {
  if (/wijzigen|dpia|stromen|intrekken/.test(pad)) return 'concept'
  return pad.endsWith('/advies') ? 'ter-advies' : pad.endsWith('/besluit') ? 'geadviseerd' : 'besloten'
}

/** The run that shows the most: what is laid before the raad of the one that is decided, all else of one under way. */
function doorloopVoor(pad: string): string {
  const staat = /\/blad(\/|$)|vergelijk$/.test(pad) ? 'vastgesteld' : 'loopt'
  return `(select doorloop_id, dossier_id from beleid.doorloop where staat = '${staat}' order by 1 limit 1) l`
}

/** One address for a path: the richest row that everyone in these tests may see. */
/** New rights that wait for a second beheerder, so that their page has something to show. */
async function maakVoorstel(): Promise<string> {
  const { rows: gemaakt } = await db.owner.query(
    `insert into platform.gebruiker_voorstel (versie, alleen_login, gegevens, door)
     select 0, false, jsonb_build_object('naam', naam, 'email', email, 'organisatie', organisatie, 'rol', rol, 'gemeenten', '[]'::jsonb,
       'voorAanbieder', null, 'actief', true, 'loskoppelen', false), gebruiker_id
     from platform.gebruiker where rol = 'bestuur' limit 1 returning voorstel_id::text as id`,
  )
  return gemaakt[0]?.id ?? '0'
}

/** The line of that municipality that is claimed twice: the only one that the demonstration added. */
const DUBBEL = `from declaraties.prestatie p join declaraties.declaratie d using (gemeente, declaratie_id)
  where p.gemeente = $1 and d.nummer = '${KENMERK}' and $2::int is not null`

async function addressOf(pad: string, gebruikerId: number, rol: Rol): Promise<string> {
  // A view is of a list.
  if (pad === '/weergaven/nieuw')
    return `${pad}?van=/${rol === 'aanbieder' ? 'aanbieders' : 'uitwisselingen'}%3Fzoek=a`
  const gemeenten = regio.referentie.gemeenten.map(g => g.code)
  // A row of the provider if there is one: who sees all sees that too.
  const alles = { ...systeem('test', gemeenten), rechten: new Set<Recht>(ROL[rol].rechten) }
  const eigen = { ...alles, scope: { ...NOBODY, aanbieder: await topAanbieder() } }
  for (const wie of [eigen, alles]) {
    const rijen = await valuesOf(makeCtx(omgeving, wie), pad)
    if (rijen?.[0] !== undefined) return pad.replace(/:\w+/, rijen[0])
  }
  const gemeente = await topGemeente()
  const aanbieder = await topAanbieder()
  const kies = async (sql: string) => (await rows<{ id: string }>(sql, [gemeente, aanbieder]))[0]?.id ?? '0'
  const first = async (tabel: string, sleutel: string, waarde = sleutel) =>
    (await rows<{ id: string }>(`select ${waarde}::text as id from ${tabel} order by ${sleutel} limit 1`))[0]
      ?.id ?? '0'
  const perNaam: Record<string, () => Promise<string>> = {
    berichten: () =>
      kies(
        'select bericht_id::text as id from berichten.bericht where gemeente = $1 and aanbieder_id = $2 order by bevindingen desc, ontvangen_op limit 1',
      ),
    regels: () => kies(`select p.regel::text as id ${DUBBEL}`),
    declaraties: () =>
      kies(
        pad.endsWith('/oordeel')
          ? `select p.declaratie_id::text as id ${DUBBEL}`
          : 'select declaratie_id::text as id from declaraties.declaratie where gemeente = $1 and aanbieder_id = $2 order by regels_afgekeurd desc, 1 limit 1',
      ),
    toewijzingen: () =>
      kies(
        'select toewijzing_id::text as id from toegang.toewijzing where gemeente = $1 and aanbieder_id = $2 order by actuele_versie desc, 1 limit 1',
      ),
    betalingen: () =>
      kies(
        'select betaling_id::text as id from declaraties.betaling where gemeente = $1 and aanbieder_id = $2 order by 1 limit 1',
      ),
    aanbieders: async () => String(aanbieder),
    contracten: () =>
      kies(
        'select contract_id::text as id from contracten.contract where aanbieder_id = $2::int and $1::text is not null',
      ),
    segmenten: () =>
      kies(
        'select code as id from contracten.segment where $1::text is not null and $2::int is not null order by volgorde limit 1',
      ),
    doorlopen: () => first(doorloopVoor(pad), 'doorloop_id'),
    stap: async () => 'pauzeer',
    voorstellen: maakVoorstel,
    scenarios: () => first('beleid.scenario', 'scenario_id'),
    dossiers: async () =>
      pad.includes('/scenarios/')
        ? first('beleid.scenario', 'scenario_id', 'dossier_id')
        : first(doorloopVoor(pad), 'doorloop_id', 'dossier_id'),
    aanbod: () => first(`${doorloopVoor(pad)} join beleid.aanbod using (dossier_id)`, 'aanbod_id'),
    vragen: () =>
      first(
        `${doorloopVoor(pad)} join beleid.deel using (doorloop_id)`,
        "onderdeel <> 'antwoord', sleutel",
        'sleutel',
      ),
    conclusies: () =>
      first(
        `${doorloopVoor(pad)} join beleid.conclusie using (doorloop_id)`,
        'geschrapt_op nulls first, conclusie_id',
        'conclusie_id',
      ),
    opdrachten: () => first('beleid.opdracht', 'opdracht_id'),
    methoden: () => first('beleid.methode', 'methode_id'),
    uitwisselingen: () =>
      kies(`select weging_id::text as id from uitwisseling.weging
      where $1::text is not null and $2::int is not null order by staat <> '${wegingstaat(pad)}', 1 limit 1`),
    stromen: async () => '1',
    gemeenten: async () => gemeente,
    doelen: () => first('kaders.doel', 'doel_id'),
    opgaven: () => first('kaders.opgave', 'opgave_id'),
    acties: () => first('kaders.opgave_actie', 'actie_id'),
    interventies: () => first('kaders.interventie', 'interventie_id'),
    reikwijdte: () => first('kaders.reikwijdte', 'reikwijdte_id'),
    gebruikers: async () => String(gebruikerId),
    tokens: async () =>
      (
        await rows<{ id: string }>(
          'select token_id::text as id from platform.token where gebruiker_id = $1',
          [gebruikerId],
        )
      )[0]?.id ?? '0',
  }
  const delen = pad.split('/')
  const uit: string[] = []
  for (const [i, deel] of delen.entries()) {
    const naam = delen.slice(0, i).findLast(d => d in perNaam) ?? ''
    if (deel.startsWith(':') && deel !== ':gemeente' && !perNaam[naam])
      throw new Error(`${pad}: say which row ${deel} is`)
    uit.push(
      !deel.startsWith(':') ? deel : deel === ':gemeente' ? gemeente : ((await perNaam[naam]?.()) ?? ''),
    )
  }
  // The demonstration decided once: a run stands beside itself then.
  return pad.endsWith('/vergelijk') ? `${uit.join('/')}?met=${uit[3]}` : uit.join('/')
}

/** A machine token to look at, so that its pages have something to show. */
async function giveToken(gebruikerId: number): Promise<void> {
  await rows(
    "insert into platform.token (sleutel_hash, naam, gebruiker_id, rechten, verloopt_op) values (sha256($2::text::bytea), 'Koppeling', $1::int, '{berichten.lezen}', now() + interval '90 days')",
    [gebruikerId, `token ${gebruikerId}`],
  )
}

const isPage = (pad: string) =>
  !pad.startsWith('/api/') &&
  !/^\/(gezond|klaar|metrics)$|\*|\/bestand$|\/inloggen\/|\/export|\/(sjabloon|wijzigingen)$/.test(pad)

/** First load: everything the browser fetches; next pages: the HTML alone, since style and letter are kept. */
const EERSTE = 100_000
const MET_EILAND = 180_000
const VOLGENDE = 30_000

const KOP = /<h1[^>]*>(.*?)<\/h1>/s
const text = (html: string) =>
  html
    .replace(/<[^>]+>/g, '')
    .replaceAll('&amp;', '&')
    .replaceAll('&#x27;', "'")
    .replaceAll('&quot;', '"')
    .trim()

/** What axe has looked at: nine tenths of the time goes there, and many roles get the same page. */
const gezien = new Set<string>()

/**
 * True when the content of a page, or what stands around it, was not looked at before, letter for letter but for tokens and
 * the clock. Both are looked at in full, for every role; what is left out is a content and a frame that are both known.
 */
function isNieuw(html: string): boolean {
  const kaal = html
    .replaceAll(/ value="[\w-]{16,}(\.[\w-]+)*"/g, '')
    .replaceAll(/ data-over="\d+"|ingelogd tot \d\d:\d\d/g, '')
  const [, voor = '', inhoud = kaal, na = ''] = /^(.*?)(<main.*<\/main>)(.*)$/s.exec(kaal) ?? []
  const delen = [inhoud, voor.replace(/<title>.*?<\/title>/s, '') + na]
  const nieuw = delen.some(deel => !gezien.has(deel))
  for (const deel of delen) gezien.add(deel)
  return nieuw
}

describe.each(ROLLEN)('%s', rol => {
  // Once more where one role is tested by itself; the same bytes change nothing.
  beforeAll(() => loadVoorvallen(omgeving).then(async () => givePlafond(db, await topAanbieder())))
  test('every page of this role: readable without script, no axe violation at 1280 and 390 px, small', {
    timeout: 600_000,
  }, async () => {
    const { headers, gebruikerId } = await login(rol, await eigenVan(rol))
    await giveToken(gebruikerId)
    const [naam = '', waarde = ''] = headers.cookie.split('=')
    const paden = [
      ...new Set(
        app.routeLijst
          .filter(r => r.methode === 'GET' && isPage(r.pad))
          .filter(r =>
            r.recht === 'openbaar'
              ? rol === 'bestuur'
              : (ROL[rol].rechten as readonly string[]).includes(r.recht),
          )
          .map(r => r.pad),
      ),
    ]
    expect(paden.length).toBeGreaterThan(0)
    const context = await browser.newContext({ viewport: BREED, javaScriptEnabled: true })
    await context.addCookies([{ name: naam, value: waarde, url: base }])
    const page = await context.newPage()
    for (const pad of paden) {
      const url = await addressOf(pad, gebruikerId, rol)
      const html = await weigh(app, url, headers)
      if (html.statusCode >= 300 && html.statusCode < 400) continue
      expect(html.statusCode, url).toBe(200)
      if (!String(html.headers['content-type']).startsWith('text/html')) continue
      expect(html.gewicht, `${url} is too heavy`).toBeLessThanOrEqual(VOLGENDE)
      // Only the island of a page, which is whole without it, and the warning before a session ends.
      const scripts = html.body.replaceAll(/<script type="module" src="\/assets\/[^"]+"><\/script>/g, '')
      expect(scripts.includes('<script'), `${url} has a script`).toBe(false)
      const kop = text(KOP.exec(html.body)?.[1] ?? '')
      const bezoek = { kop, vensters: [BREED, SMAL], metAxe: isNieuw(html.body) }
      expect(await visit(page, `${base}${url}`, bezoek), `${rol} ${url}`).toEqual([])
    }
    await context.close()
  })
})

test(`the first page of a visit costs at most ${EERSTE / 1000} kB in all, compressed`, async () => {
  const { headers } = await login('contractmanager')
  expect(await weighFirst(app, '/cijfers', headers)).toBeLessThanOrEqual(EERSTE)
})

test(`and at most ${MET_EILAND / 1000} kB when it is the heaviest page with an island`, async () => {
  const { headers, gebruikerId } = await login('beleidsadviseur')
  const gewichten: Record<string, number> = {}
  for (const { methode, pad, recht } of app.routeLijst) {
    if (methode !== 'GET' || !isPage(pad) || !ROL.beleidsadviseur.rechten.some(r => r === recht)) continue
    const url = await addressOf(pad, gebruikerId, 'beleidsadviseur')
    const { body } = await app.inject({ url, headers })
    if (body.includes('data-eiland=')) gewichten[pad] = await weighFirst(app, url, headers)
  }
  expect(Object.keys(gewichten).length).toBeGreaterThanOrEqual(2)
  for (const [pad, gewicht] of Object.entries(gewichten)) expect(gewicht, pad).toBeLessThanOrEqual(MET_EILAND)
})
