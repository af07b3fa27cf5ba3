import { readdirSync, readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { ROL, ROLLEN, type Rol } from '../src/platform/auth/rollen.ts'
import { type Inlog, testApp } from './support/app.ts'
import { testDatabase } from './support/database.ts'
import { AGB_A, GEMEENTE_A, laadTestregio, testOmgeving } from './support/regio.ts'

/** A filter that asks for what is no choice is said on the page: on every list that somebody reaches from the start page. */
const db = await testDatabase()
const omgeving = testOmgeving(db)
const { app, login } = await testApp(db, omgeving)
let aanbieder = 0
beforeAll(async () => {
  aanbieder = (await laadTestregio(omgeving)).get(AGB_A) ?? 0
})

/** Words that are looked for: everything can be asked. */
const WOORDEN = new Set(['zoek', 'onderwerp'])
const get = async (url: string, wie: Inlog) => app.inject({ url, headers: wie.headers })
const inlog = (rol: Rol) =>
  login(rol, rol === 'aanbieder' ? { aanbieder } : { gemeenten: rol === 'beheerder' ? [] : [GEMEENTE_A] })
const seen = new Set<string>()
/** No value of any kind of filter. */
const VREEMD = 'dat is er niet!'
const isGezegd = (body: string) => body.includes(`‘${VREEMD}’ is `)

it.each(ROLLEN)('een onbekende keuze in een filter wordt gezegd: %s', async rol => {
  const wie = await inlog(rol)
  const start = (await get('/', wie)).body
  const links = new Set([...start.matchAll(/href="(\/[a-z/-]+)"/g)].map(m => m[1] ?? ''))
  if (links.has('/cijfers')) links.add('/cijfers/aanbieders')
  for (const pad of links) {
    const { body, statusCode } = await get(pad, wie)
    const balk = statusCode === 200 ? /<form class="sam-filterbalk".*?<\/form>/s.exec(body)?.[0] : undefined
    for (const [, naam = ''] of balk?.matchAll(
      /<(?:select|input)(?![^>]*type="hidden")[^>]* name="(\w+)"/g,
    ) ?? []) {
      if (WOORDEN.has(naam)) continue
      seen.add(`${pad}?${naam}`)
      const anders = await get(`${pad}?${naam}=${encodeURIComponent(VREEMD)}`, wie)
      expect([pad, naam, isGezegd(anders.body)]).toEqual([pad, naam, true])
    }
  }
})

/** Every filter that the code of a page reads, also those of links without a field, and the addresses that page answers. */
const GELEZEN = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter(naam => naam.endsWith('.tsx'))
  .flatMap(naam => {
    const bron = readFileSync(`src/${naam}`, 'utf8')
    const paden = [...bron.matchAll(/app\.get\(\s*'(\/[a-z/-]+)'/g)].map(m => m[1] ?? '')
    const filters = [...bron.matchAll(/lees\s*\.(?!tekst\b)\w+(?:<\w+>)?\(\s*'(\w+)'/g)].map(m => m[1] ?? '')
    return paden.length === 0 || filters.length === 0 ? [] : [{ naam, paden, filters: [...new Set(filters)] }]
  })

it.each(GELEZEN)(
  'elk filter dat $naam leest wordt gezegd, en een bestand zonder dat filter is er niet',
  async ({ paden, filters }) => {
    const beurten = await Promise.all(ROLLEN.map(inlog))
    for (const filter of filters) {
      const antwoorden: { pad: string; status: number; gezegd: boolean }[] = []
      for (const pad of paden) {
        for (const wie of beurten) {
          if ((await get(pad, wie)).statusCode !== 200) continue
          const { body, statusCode } = await get(`${pad}?${filter}=${encodeURIComponent(VREEMD)}`, wie)
          antwoorden.push({ pad, status: statusCode, gezegd: isGezegd(body) })
          break
        }
      }
      const lijsten = antwoorden.filter(({ pad }) => antwoorden.length === 1 || !pad.endsWith('/nieuw'))
      expect([filter, lijsten.filter(({ gezegd, status }) => gezegd && status === 400).length]).not.toEqual([
        filter,
        0,
      ])
      for (const { pad, gezegd } of lijsten)
        if (pad.endsWith('/export')) expect([pad, filter, gezegd]).toEqual([pad, filter, true])
    }
  },
)

it('leest geen filter uit een adres buiten de lezer om', () => {
  const fout = readdirSync('src', { recursive: true, encoding: 'utf8' })
    .filter(naam => /\.tsx?$/.test(naam) && !naam.includes('.test.') && !naam.startsWith('platform/http/'))
    .filter(naam =>
      /(?:oneOf|numberOrNull|parseSleutel|isDatum|parseDatumInvoer|Number|\.test)\(\s*(?:readVraag\(request\)|vraag)\.\w+/.test(
        readFileSync(`src/${naam}`, 'utf8'),
      ),
    )
  // Its readers are pure and name the faults themselves; the year is checked against the years that there are.
  expect(fout).toEqual(['domains/sturing/cijfers/filter.ts'])
})

it.each([
  ['/declaraties', 'sinds', '32-13-2026', 'geen datum'],
  ['/declaraties', 'sinds', '2026-02-31', 'geen datum'],
  ['/declaraties', 'maand', '2026-13', 'geen maand'],
  ['/declaraties', 'regel', 'xx', 'hier geen keuze'],
  ['/declaraties', 'toewijzing', 'abc', 'hier geen keuze'],
  ['/cijfers', 'jaar', '1800', 'hier geen keuze'],
  ['/cijfers/aanbieders', 'jaar', '1800', 'hier geen keuze'],
])('%s?%s=%s: %s', async (pad, naam, waarde, wat) => {
  const { body, statusCode } = await get(`${pad}?${naam}=${waarde}`, await inlog('controller'))
  expect([statusCode, body.includes(`${naam}: ‘${waarde}’ is ${wat}.`)]).toEqual([400, true])
})

afterAll(() => {
  expect(seen).toContain('/berichten?staat')
  expect(seen).toContain('/betalingen?staat')
  expect(seen.size).toBeGreaterThan(12)
})

/** Every list with a file beside it, by its address. */
const LIJSTEN = app.routeLijst
  .filter(r => r.methode === 'GET' && r.pad.endsWith('/export') && !r.pad.includes(':'))
  // A list of data of one kind only: JSON, to be loaded elsewhere.
  .filter(r => r.pad !== '/uitwisselingen/gegevens/export')
  .map(r => ({ pad: r.pad.replace(/\/export$/, ''), recht: r.recht }))

it.each(LIJSTEN)(
  'een volgorde, een pagina of een soort bestand die er niet is, zegt $pad',
  async ({ pad, recht }) => {
    const rol = ROLLEN.find(r => (ROL[r].rechten as readonly string[]).includes(recht)) ?? 'beheerder'
    const wie = await inlog(rol)
    const gezegd = async (url: string, naam: string) => {
      const { body, statusCode } = await get(url, wie)
      return [url, statusCode, body.includes(`${naam}: ‘`) || body.includes('is hier geen keuze.')]
    }
    const { body, statusCode } = await get(pad, wie)
    const over = statusCode === 200 ? ['sorteer', 'pagina'] : []
    // What a page has none of, its address does not mean anything by.
    const kan = { sorteer: 'class="sam-sorteer"', pagina: 'sam-paginering' } as Record<string, string>
    for (const naam of over.filter(n => body.includes(kan[n] ?? '')))
      for (const waarde of ['xxx', '-', '0'])
        expect(await gezegd(`${pad}?${naam}=${waarde}`, naam)).toEqual([
          `${pad}?${naam}=${waarde}`,
          400,
          true,
        ])
    expect(await gezegd(`${pad}/export?formaat=pdf`, 'formaat')).toEqual([
      `${pad}/export?formaat=pdf`,
      400,
      true,
    ])
  },
)

it.each(LIJSTEN)(
  'een filter dat er niet is, dat er twee keer staat, of een kolom die er niet is, zegt $pad',
  async ({ pad, recht }) => {
    const rol = ROLLEN.find(r => (ROL[r].rechten as readonly string[]).includes(recht)) ?? 'beheerder'
    const wie = await inlog(rol)
    const { body, statusCode } = await get(pad, wie)
    if (statusCode !== 200 || !body.includes('class="sam-filterbalk"')) return
    const says = async (vraag: string, tekst: string) => {
      const antwoord = await get(`${pad}?${vraag}`, wie)
      expect([pad, vraag, antwoord.statusCode, antwoord.body.includes(tekst)]).toEqual([
        pad,
        vraag,
        400,
        true,
      ])
    }
    await says('zeker=ja', 'zeker: zo’n filter is er hier niet.')
    if (body.includes('name="zoek"')) await says('zoek=a&zoek=b', 'zoek: staat meer dan één keer')
    expect((await get(`${pad}?zeker=ja`, wie)).body).not.toMatch(
      /href="[^"]*\/(?:export|weergaven)[^"]*zeker/,
    )
    const file = await get(`${pad}/export?zeker=ja`, wie)
    expect([pad, file.statusCode]).toEqual([pad, 400])
    if (body.includes('class="sam-kolomkeuze"'))
      await says('kolom=dat-is-er-niet', '‘dat-is-er-niet’ is hier geen kolom')
    const kolom = await get(`${pad}/export?kolom=dat-is-er-niet`, wie)
    expect([pad, kolom.statusCode]).toEqual([pad, 400])
  },
)

it('een geweigerd bestand is niet meegenomen: het staat niet in het logboek', async () => {
  const wie = await inlog('backoffice')
  const taken = async () =>
    (await db.owner.query("select from platform.gebeurtenis where actie = 'toewijzingen.geexporteerd'"))
      .rowCount
  const before = await taken()
  expect((await get('/toewijzingen/export?zeker=ja', wie)).statusCode).toBe(400)
  expect(await taken()).toBe(before)
  expect((await get('/toewijzingen/export', wie)).statusCode).toBe(200)
  expect(await taken()).toBe((before ?? 0) + 1)
})

it.each(['/opgaven', '/doelen'])('een gemeente die er niet is, weigert %s en het bestand', async pad => {
  const wie = await inlog('beleidsadviseur')
  for (const url of [pad, `${pad}/export`]) {
    const { statusCode, body } = await get(`${url}?gemeente=9999`, wie)
    expect([url, statusCode, body.includes('gemeente: ‘9999’ is hier geen keuze.')]).toEqual([url, 400, true])
  }
})

it('een tweede vraagteken hoort bij wat gevraagd wordt', async () => {
  const { body } = await get('/aanbieders?zoek=a?b', await inlog('contractmanager'))
  expect(body).toContain('Zoekt naar ‘a?b’')
  expect(body).toContain('zoek%3Da%253Fb')
})

it('niets kiest zelf een volgorde, pagina of soort bestand uit een adres', () => {
  const fout = readdirSync('src', { recursive: true, encoding: 'utf8' })
    .filter(naam => /\.tsx?$/.test(naam) && !naam.includes('.test.') && !naam.includes('catalogus'))
    .filter(naam => !['platform/http/filter.ts', 'platform/ui/adres.ts'].includes(naam))
    .filter(naam =>
      /\bparse(?:Sortering|Pagina)\(|(?:\bvraag|readVraag\(request\))\.(?:formaat|sorteer|pagina|als)\b/.test(
        readFileSync(`src/${naam}`, 'utf8'),
      ),
    )
  expect(fout).toEqual([])
})

it.each([
  ['segment', 'bestaat-niet'],
  ['gemeente', '0001'],
  ['jaar', '2001'],
  ['wet', 'wlz'],
  ['jaar', 'vorig'],
])('de cijfers voor machines weigeren %s=%s bij de naam', async (naam, waarde) => {
  const { headers } = await inlog('controller')
  for (const pad of ['maanden', 'segmenten', 'aanbieders']) {
    const antwoord = await app.inject({
      url: `/api/v1/cijfers/${pad}?${naam}=${waarde}`,
      headers: { cookie: headers.cookie },
    })
    expect([pad, antwoord.statusCode, antwoord.json().errors[0].pointer.replace('/', '')]).toEqual([
      pad,
      400,
      naam,
    ])
  }
})

/** Everything machines can ask, with somebody who may. */
const VRAGEN = app.routeLijst.filter(({ methode, pad }) => methode === 'GET' && pad.startsWith('/api/v1/'))

it.each(VRAGEN)('een machine hoort dat $pad niet vraagt wat er niet is', async ({ pad, recht }) => {
  const rol = ROLLEN.find(r => (ROL[r].rechten as readonly string[]).includes(recht)) ?? 'beheerder'
  const { headers } = await inlog(rol)
  const url = `${pad.replaceAll(/:\w+/g, '1')}?zeker=ja`
  const antwoord = await app.inject({ url, headers: { cookie: headers.cookie } })
  expect([url, antwoord.statusCode, antwoord.json().errors]).toEqual([
    url,
    400,
    expect.arrayContaining([{ pointer: '/zeker', detail: 'Hier hoort geen zeker.' }]),
  ])
})
