import { beforeEach, describe, expect, test } from 'vitest'
import { testApp } from '../../../test/support/app.ts'
import { postBestand } from '../../../test/support/bestand.ts'
import { testDatabase } from '../../../test/support/database.ts'
import { openFormulier, postFormulier } from '../../../test/support/formulier.ts'
import { AGB_A, GEMEENTE_A, GEMEENTE_B, laadTestregio, testOmgeving } from '../../../test/support/regio.ts'
import { text } from '../../../test/support/tekst.ts'

/** What somebody did is undone as it was, or refused in words: nothing is said to be undone that is not. */
const db = await testDatabase()
const omgeving = testOmgeving(db)
const { app, login } = await testApp(db, omgeving)
await laadTestregio(omgeving)
const manager = await login('contractmanager')
const analist = await login('controller', { gemeenten: [GEMEENTE_A] })

const open = async (url: string, wie = manager) =>
  app.inject({ url, headers: { ...wie.headers, 'sec-fetch-site': 'same-origin' } })
const read = async (url: string) => text((await open(url)).body)
const SEGMENT = { wet: 'jw', omschrijving: 'Hulp', bron: '003', volgorde: '90' }
const rowPath = (sleutel: string, register = 'segmenten') => `/inrichten/${register}/rij/${sleutel}`

/** Sends a form of a page as it stands now; where that asks first, once more with what was seen. */
async function send(van: string, pad: string, velden: Record<string, string | string[]>) {
  const { body } = await open(van)
  const versie = /name="versie" value="(\d+)"/.exec(body)?.[1] ?? ''
  const doe = await openFormulier(app, van, manager)
  const eerst = await doe(pad, { versie, ...velden })
  const _gezien = /name="_gezien" value="([^"]+)"/.exec(eerst.body)?.[1] ?? ''
  const klaar = _gezien === '' ? eerst : await doe(pad, { versie, ...velden, _gezien })
  return {
    eerst: text(eerst.body),
    status: klaar.statusCode,
    tekst: text(klaar.body),
    html: klaar.body,
    naar: klaar.headers.location,
  }
}
const add = async (code: string, ouder = '') =>
  send('/inrichten/segmenten/nieuw', '/inrichten/segmenten/nieuw', {
    ...SEGMENT,
    code,
    naam: `Deel ${code}`,
    ouder,
  })
const change = (code: string, velden: Record<string, string>) =>
  send(`${rowPath(code)}/wijzig`, `${rowPath(code)}/wijzig`, {
    ...SEGMENT,
    naam: `Deel ${code}`,
    ouder: '',
    ...velden,
  })
const step = (wat: 'ongedaan' | 'verwijder', sleutel: string, register?: string) =>
  send(rowPath(sleutel, register), `${rowPath(sleutel, register)}/${wat}`, {})
const undo = (sleutel: string, register?: string) => step('ongedaan', sleutel, register)

async function bring(register: string, inhoud: string) {
  const pad = `/inrichten/${register}/invoeren`
  const { headers } = await postBestand(app, pad, { naam: 'x.csv', inhoud }, manager)
  const adres = String(headers.location)
  expect((await postFormulier(app, `${adres}/verwerk`, adres, {}, manager)).statusCode).toBe(303)
  return {
    adres,
    ask: () => read(`${adres}/terug`),
    back: async () => {
      const { statusCode, body } = await postFormulier(app, `${adres}/terug`, adres, {}, manager)
      return [statusCode, statusCode === 303 ? '' : text(body), body.includes('>Neem dit terug<')] as const
    },
  }
}
const SEGMENTEN = 'Code;Wet;Naam;Omschrijving;Bron;Onder;Volgorde\n'
const line = (code: string, naam: string, onder = '') => `${code};jw;${naam};Hulp;003;${onder};90\n`
const segment = async (code: string) =>
  (
    await db.owner.query(
      `select s.naam, o.code as onder from contracten.segment s left join contracten.segment o on o.segment_id = s.ouder_id
       where s.code = $1`,
      [code],
    )
  ).rows[0]

let n = 0
const codes = (...namen: string[]) => {
  n += 1
  return namen.map(naam => `${naam}${n}`) as [string, string, string]
}

describe('what a row was must still fit', () => {
  test('a segment whose place is gone keeps its own, and the button goes', async () => {
    const [x, p, q] = codes('x', 'p', 'q')
    for (const code of [p, q]) await add(code)
    await add(x, p)
    expect((await change(x, { ouder: q })).status).toBe(303)
    expect((await step('verwijder', p)).status).toBe(303)
    const { status, tekst, html } = await undo(x)
    expect([status, tekst]).toEqual([
      409,
      expect.stringContaining(
        `Segment ${x} zou weer worden zoals het was, en dat past niet meer bij de rest. ‘${p}’ is hier niet bekend.`,
      ),
    ])
    expect(html).not.toContain('>Maak ongedaan<')
    expect(await segment(x)).toEqual({ naam: `Deel ${x}`, onder: q })
  })

  test('also of what a file did', async () => {
    const [x, p, q] = codes('x', 'p', 'q')
    for (const code of [p, q]) await add(code)
    await add(x, p)
    const { ask, back } = await bring('segmenten', SEGMENTEN + line(x, `Deel ${x}`, q))
    await step('verwijder', p)
    expect(await ask()).toContain(`‘${p}’ is hier niet bekend`)
    expect(await back()).toEqual([409, expect.stringContaining(`‘${p}’ is hier niet bekend`), false])
    expect((await segment(x))?.onder).toBe(q)
  })

  test('a contract whose segment is gone', async () => {
    const [t] = codes('t')
    await add(t)
    const pad = rowPath('TEST-1~2025-01-01', 'contracten')
    const segmenten = ['J-AMB', 'J-VER', 'W-BEG']
    const vast = {
      geldigheidBegin: '01-01-2025',
      geldigheidEind: '31-12-2026',
      gemeenten: [GEMEENTE_A, GEMEENTE_B],
    }
    const put = (lijst: string[]) => send(`${pad}/wijzig`, `${pad}/wijzig`, { ...vast, segmenten: lijst })
    expect(await put([...segmenten, t])).toMatchObject({ status: 303 })
    expect((await put(segmenten)).status).toBe(303)
    expect((await step('verwijder', t)).status).toBe(303)
    const { status, tekst } = await undo('TEST-1~2025-01-01', 'contracten')
    expect([status, tekst]).toEqual([409, expect.stringContaining(`‘${t}’ is hier niet bekend`)])
    expect(await read(pad)).not.toContain('Ongedaan gemaakt')
  })

  test('two segments never come to hang under each other, by an undoing or by a form', async () => {
    const [x, p, q] = codes('x', 'p', 'q')
    for (const code of [p, q]) await add(code)
    await add(x, p)
    await change(x, { ouder: q })
    await change(p, { ouder: x })
    const { status, tekst } = await undo(x)
    expect([status, tekst]).toEqual([409, expect.stringContaining('onder zichzelf')])
    const form = await change(q, { ouder: p })
    expect([form.status, form.tekst]).toEqual([400, expect.stringContaining('onder zichzelf')])
  })
})

describe('a row that stands as a change left it can be undone, whatever was done between', () => {
  test('a file, after a change that was undone and after a removal that was', async () => {
    const [x] = codes('x')
    const { back } = await bring('segmenten', SEGMENTEN + line(x, 'Eerst'))
    await change(x, { naam: 'Anders' })
    expect(await back()).toEqual([
      409,
      expect.stringContaining(
        `Daarna is er verder gewerkt: segment ${x} is gewijzigd. Maak dat eerst ongedaan.`,
      ),
      false,
    ])
    expect((await undo(x)).status).toBe(303)
    await step('verwijder', x)
    expect(await back()).toEqual([409, expect.stringContaining(`segment ${x} is verwijderd`), false])
    const zet = await undo(x)
    expect([zet.status, zet.naar]).toEqual([303, `${rowPath(x)}?melding=ongedaan`])
    expect((await segment(x))?.naam).toBe('Eerst')
    expect((await back())[0]).toBe(303)
    expect(await segment(x)).toBeUndefined()
  })

  test('a file, when somebody typed by hand what it was', async () => {
    const [x] = codes('x')
    await bring('segmenten', SEGMENTEN + line(x, 'Eerst'))
    const tweede = await bring('segmenten', SEGMENTEN + line(x, 'Tweede'))
    await change(x, { naam: 'Derde' })
    await change(x, { naam: 'Tweede' })
    expect((await tweede.back())[0]).toBe(303)
    expect((await segment(x))?.naam).toBe('Eerst')
    // What stood after it cannot be undone from here: the row is not as that left it.
    expect((await open(rowPath(x))).body).not.toContain('/ongedaan"')
  })

  test('files, the last first: not the first while the second stands', async () => {
    const [x] = codes('x')
    await bring('segmenten', SEGMENTEN + line(x, 'Nul'))
    const eerste = await bring('segmenten', SEGMENTEN + line(x, 'Een'))
    const tweede = await bring('segmenten', SEGMENTEN + line(x, 'Nul'))
    expect(await eerste.back()).toEqual([409, expect.stringContaining(`segment ${x} is gewijzigd`), false])
    expect((await tweede.back())[0]).toBe(303)
    expect((await eerste.back())[0]).toBe(303)
    expect((await segment(x))?.naam).toBe('Nul')
  })

  test('a list stands as it was left in whatever order it is read', async () => {
    const { back } = await bring(
      'contracten',
      `Nummer;Aanbieder;Loopt: eerste dag;Loopt: laatste dag;Segmenten;Gemeenten\nN-1;${AGB_A};01-01-2025;31-12-2026;"W-BEG,J-AMB";"${GEMEENTE_B},${GEMEENTE_A}"\n`,
    )
    await db.owner.query(
      `update contracten.segment set volgorde = 99 - volgorde where code in ('W-BEG', 'J-AMB')`,
    )
    await db.owner.query(
      `update contracten.gemeente set naam = case code when '${GEMEENTE_A}' then 'Zz' else 'Aa' end
       where code in ('${GEMEENTE_A}', '${GEMEENTE_B}')`,
    )
    expect(await back()).toEqual([303, '', false])
  })
})

describe('an undoing', () => {
  let x = ''
  beforeEach(async () => {
    ;[x] = codes('x')
    await bring('segmenten', SEGMENTEN + line(x, 'Een'))
    await change(x, { naam: 'Twee' })
    await change(x, { naam: 'Drie' })
  })

  test('says what the row becomes, goes one further back each time, and never brings a mistake back', async () => {
    expect(await read(rowPath(x))).toContain(
      'Dit gebeurt er dan: Naam: Drie → Twee De geschiedenis blijft staan.',
    )
    expect((await undo(x)).status).toBe(303)
    expect(await read(rowPath(x))).toContain('Dit gebeurt er dan: Naam: Twee → Een')
    expect((await undo(x)).status).toBe(303)
    const { body } = await open(rowPath(x))
    expect(body).not.toContain('/ongedaan"')
    expect(text(body)).toMatch(
      /Geschiedenis .*Ongedaan gemaakt: Naam: Twee → Een .*Ongedaan gemaakt: Naam: Drie → Twee .*[^:] Naam: Twee → Drie/,
    )
    const nog = await undo(x)
    expect([nog.status, nog.tekst]).toEqual([
      409,
      expect.stringMatching(/Dit kwam met bestand \d+\. Neem dat bestand terug/),
    ])
    expect((await segment(x))?.naam).toBe('Een')
  })

  test('of what a file did is refused on the page of the row, and nothing changes', async () => {
    await bring('segmenten', SEGMENTEN + line(x, 'Vier'))
    const voor = (await db.owner.query('select count(*)::int as n from platform.wijziging')).rows[0]
    expect((await open(rowPath(x))).body).not.toContain('/ongedaan"')
    const { status, tekst } = await undo(x)
    expect([status, tekst]).toEqual([409, expect.stringContaining('Neem dat bestand terug')])
    expect(tekst).toContain('Geschiedenis')
    expect((await db.owner.query('select count(*)::int as n from platform.wijziging')).rows[0]).toEqual(voor)
  })

  test('asks what the change asked: a segment that moves counts in years that passed', async () => {
    const [p] = codes('p')
    await add(p)
    await change(x, { naam: 'Drie', ouder: p })
    const { eerst, status } = await undo(x)
    expect([eerst, status]).toEqual([expect.stringContaining('ook van jaren die voorbij zijn'), 303])
    expect((await segment(x))?.onder).toBeNull()
    const { ask } = await bring('segmenten', SEGMENTEN + line(x, 'Drie', p))
    expect(await ask()).toContain('ook van jaren die voorbij zijn')
  })
})

test('a ceiling, of which each change is a version beside the others, goes back to what was decided first', async () => {
  await bring(
    'plafonds',
    `Segment;Gemeente;Jaar;Bedrag;Vastgesteld op\nJ-AMB;${GEMEENTE_A};2030;153.700;01-11-2026\n`,
  )
  const sleutel = `J-AMB~${GEMEENTE_A}~2030`
  const pad = rowPath(sleutel, 'plafonds')
  for (const bedrag of ['160.000', '170.000'])
    expect(
      await send(`${pad}/wijzig`, `${pad}/wijzig`, { bedrag, vastgesteldOp: '01-11-2026' }),
    ).toMatchObject({ status: 303 })
  for (const bedrag of ['160.000,00', '153.700,00']) {
    expect(await undo(sleutel, 'plafonds')).toMatchObject({ status: 303 })
    expect(await read(pad)).toMatch(new RegExp(`Bedrag €.${bedrag.replace('.', '\\.')} `))
  }
  expect((await open(pad)).body).not.toContain('/ongedaan"')
})

describe('a row that was taken out', () => {
  test('is seen at its own address, by who may put it back, and is put back', async () => {
    const [x] = codes('x')
    await add(x)
    const { naar } = await step('verwijder', x)
    const lijst = await open(String(naar))
    expect(lijst.body).toContain(`href="${rowPath(x)}"`)
    const weg = await read(rowPath(x))
    expect(weg).toMatch(
      /Dit is verwijderd Op .* door Test contractmanager.* Naam Deel .* Zet terug .*Geschiedenis .*Verwijderd .*Toegevoegd/,
    )
    expect(weg).not.toContain('Wijzig dit')
    expect((await open(rowPath(x), analist)).statusCode).not.toBe(200)
    expect((await open(rowPath('nooit'))).statusCode).toBe(404)
    expect((await undo(x)).status).toBe(303)
    expect(await read(rowPath(x))).toContain('Ongedaan gemaakt: het verwijderen')
    expect(await segment(x)).toBeDefined()
  })

  test('is not put back under what is gone too, nor twice', async () => {
    const [x, p] = codes('x', 'p')
    await add(p)
    await add(x, p)
    await step('verwijder', x)
    await step('verwijder', p)
    expect(await undo(x)).toMatchObject({
      status: 409,
      tekst: expect.stringContaining(`‘${p}’ is hier niet bekend`),
    })
    const van = await openFormulier(app, rowPath(p), manager)
    const versie = /name="versie" value="(\d+)"/.exec((await open(rowPath(p))).body)?.[1] ?? ''
    expect((await van(`${rowPath(p)}/ongedaan`, { versie })).statusCode).toBe(303)
    expect((await van(`${rowPath(p)}/ongedaan`, { versie, _gezien: 'x' })).statusCode).toBe(409)
  })

  test('by undoing that it was added stays out until it is added anew', async () => {
    const [x] = codes('x')
    await add(x)
    expect(await undo(x)).toMatchObject({ status: 303, naar: '/inrichten/segmenten?melding=ongedaan' })
    const { body } = await open(rowPath(x))
    expect(text(body)).toContain('Ongedaan gemaakt: het toevoegen')
    expect(body).not.toContain('/ongedaan"')
    expect(text(body)).toContain('Zet terug Het toevoegen is ongedaan gemaakt.')
    expect(await again(body)).toContain(`value="Deel ${x}"`)
  })

  const again = async (body: string) => {
    const [, naar = ''] = /href="([^"]+)"[^>]*>Voeg dit opnieuw toe/.exec(body) ?? []
    return (await open(naar.replaceAll('&amp;', '&'))).body
  }

  test('by taking back the file that it came with says so, and opens the form with what it was', async () => {
    const nummer = `N-${codes('')[0]}`
    const { adres, back } = await bring(
      'contracten',
      `Nummer;Aanbieder;Loopt: eerste dag;Loopt: laatste dag;Segmenten;Gemeenten\n${nummer};${AGB_A};01-01-2025;31-12-2026;"J-AMB,W-BEG";${GEMEENTE_A}\n`,
    )
    expect((await back())[0]).toBe(303)
    const { body } = await open(rowPath(`${nummer}~2025-01-01`, 'contracten'))
    expect(text(body)).toMatch(/Zet terug Dit kwam met bestand \d+ , en dat bestand is teruggenomen\./)
    expect(body).toContain(`href="${adres}"`)
    const form = await again(body)
    for (const deel of [nummer, '01-01-2025', '31-12-2026']) expect(form).toContain(`value="${deel}"`)
    for (const gekozen of ['J-AMB', 'W-BEG', GEMEENTE_A])
      expect(form).toMatch(
        new RegExp(`(checked="" [^>]*value="${gekozen}"|value="${gekozen}"[^>]* checked="")`),
      )
  })

  test('opens a form of which the address does not say where money went', async () => {
    const { back } = await bring('aanbieders', 'AGB-code;Naam;IBAN\n01000009;Zorg Weg;NL20INGB0001234567\n')
    expect((await back())[0]).toBe(303)
    const { body } = await open(rowPath('01000009', 'aanbieders'))
    expect(await again(body)).toContain('value="Zorg Weg"')
    expect(body).not.toMatch(/href="[^"]*NL20/)
  })
})

test('no link fills in where money goes', async () => {
  const { body } = await open('/inrichten/aanbieders/nieuw?naam=Zorg+X&iban=NL20INGB0001234567')
  expect(body).toContain('value="Zorg X"')
  expect(body).not.toContain('value="NL20')
})

test('the later part of a dated row: that it leaves days without an answer is asked first', async () => {
  const eerste = rowPath('TEST-1~jw~45A04~2025-01-01', 'tarieven')
  const nieuw = { geldigheidBegin: '01-12-2026', geldigheidEind: '31-12-2026', tarief: '91,00' }
  expect((await send(`${eerste}/wijzig`, `${eerste}/wijzig`, nieuw)).status).toBe(303)
  const { eerst, status } = await step('verwijder', 'TEST-1~jw~45A04~2026-12-01', 'tarieven')
  expect([eerst, status]).toEqual([
    expect.stringContaining(
      'Van 01-12-2026 tot en met 31-12-2026 geldt er dan niets. Wat ervoor gold, eindigt op 30-11-2026.',
    ),
    303,
  ])
  const terug = await undo('TEST-1~jw~45A04~2026-12-01', 'tarieven')
  expect(terug.status).toBe(303)
})

test('of a contract of which an end is undone no price is said to stay behind', async () => {
  const nummer = `N-${codes('')[0]}`
  const rij = `${nummer};${AGB_A};01-01-2025;31-12-2026;J-AMB;${GEMEENTE_A}\n`
  await bring(
    'contracten',
    `Nummer;Aanbieder;Loopt: eerste dag;Loopt: laatste dag;Segmenten;Gemeenten\n${rij}`,
  )
  const prijs = { contract: nummer, wet: 'jw', product: '45E99' }
  await bring(
    'producten',
    'Wet;Code;Geldig: eerste dag;Categorie;Naam;Segment;Eenheid;Bekostiging;Zwaarte\njw;45E99;01-01-2025;45;E;J-AMB;04;inspanning;100\n',
  )
  const nieuw = '/inrichten/tarieven/nieuw'
  const dagen = { geldigheidBegin: '01-01-2025', geldigheidEind: '30-06-2026' }
  expect((await send(nieuw, nieuw, { ...prijs, ...dagen, tarief: '9,00' })).status).toBe(303)
  const sleutel = `${nummer}~2025-01-01`
  const pad = `${rowPath(sleutel, 'contracten')}/wijzig`
  const korter = { ...dagen, segmenten: ['J-AMB'], gemeenten: [GEMEENTE_A] }
  expect((await send(pad, pad, korter)).status).toBe(303)
  const terug = await undo(sleutel, 'contracten')
  expect([terug.status, terug.eerst]).toEqual([303, expect.not.stringContaining('niet mee')])
})
