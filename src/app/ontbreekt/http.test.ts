import { beforeAll, expect, test } from 'vitest'
import { type Inlog, testApp } from '../../../test/support/app.ts'
import { testDatabase } from '../../../test/support/database.ts'
import { postFormulier } from '../../../test/support/formulier.ts'
import { ALLE, BEIDE, versie } from '../../../test/support/ontbreekt.ts'
import {
  AGB_A,
  GEMEENTE_A,
  laadTestregio,
  lever,
  testOmgeving,
  toewijzingsbericht,
} from '../../../test/support/regio.ts'
import { text } from '../../../test/support/tekst.ts'
import { ROL, ROLLEN } from '../../platform/auth/rollen.ts'

/** A region in which something of everything stands, and not all: a price that one provider has not, with seven toewijzingen on it, and more. */
const db = await testDatabase()
const omgeving = testOmgeving(db)
const { app, login } = await testApp(db, omgeving)
const heel = await testDatabase()
const heleRegio = testOmgeving(heel)
let manager: Inlog
let beheerder: Inlog
let aanbieder = 0

beforeAll(async () => {
  await laadTestregio(heleRegio)
  aanbieder = (await laadTestregio(omgeving)).get(AGB_A) ?? 0
  for (let nummer = 1; nummer <= 7; nummer++)
    await lever(omgeving, toewijzingsbericht({ identificatie: `T${nummer}`, nummer, client: nummer }))
  await db.owner.query(
    `delete from contracten.tarief t using contracten.contract c
     where c.contract_id = t.contract_id and (t.code = '45A01' or (t.code = '45A04' and c.nummer = 'TEST-1'))`,
  )
  await db.owner.query(
    `update contracten.product set geldigheid = daterange(lower(geldigheid), '2026-07-01') where code = '44A07'`,
  )
  manager = await login('contractmanager')
  beheerder = await login('beheerder')
})

const PAD = '/inrichten/ontbreekt'
const get = async (url: string, wie: Inlog, waar = app) => {
  const { statusCode, body } = await waar.inject({ url, headers: wie.headers })
  return { statusCode, body: body.replaceAll('\u00a0', ' ') }
}
const found = (body: string) => /sam-paginering-tekst">([^<]*)</.exec(body)?.[1]
const soorten = (body: string) =>
  [...body.matchAll(/<th scope="row"[^>]*>(?:<[^>]+>)*([^<]+)</g)].map(([, naam]) => naam)

test('no green light while something is missing: so many as the list has, which it opens', async () => {
  for (const wie of [manager, beheerder]) {
    const { body } = await get('/inrichten', wie)
    expect(body).not.toContain('Alle afspraken die nodig zijn om te werken, staan er.')
    expect(text(body)).toContain('5 dingen ontbreken nog.')
    expect(body).toContain(`href="${PAD}"`)
    const lijst = (await get(PAD, wie)).body
    expect(text(lijst)).toContain('5 dingen ontbreken nog.')
    expect(found(lijst)).toContain('van 5')
  }
})

test('the start page of who keeps the contracts says the same, and opens it', async () => {
  const { body } = await get('/', manager)
  expect(/sam-inleiding">([^<]*)</.exec(body)?.[1]).toContain('5 dingen ontbreken nog.')
  expect(body).toContain(`href="${PAD}"`)
})

test('the light is green when nothing is', async () => {
  const { app: ander, login: inlog } = await testApp(heel, heleRegio)
  const wie = await inlog('contractmanager')
  const { body } = await get('/inrichten', wie, ander)
  expect(body).toContain('Alle afspraken die nodig zijn om te werken, staan er.')
  expect(body).not.toContain(`href="${PAD}"`)
  expect((await get(PAD, wie, ander)).body).toContain('Er ontbreekt niets in de afspraken')
  expect((await get('/', wie, ander)).body).not.toContain('nog ontbreekt')
})

test('each is said with what it is about, what matters most first, and a way to mend it that is there', async () => {
  const { body } = await get(PAD, manager)
  expect(soorten(body)).toEqual([
    'Toewijzing zonder tarief',
    'Product zonder tarief',
    'Tarief buiten de catalogus',
    'Tarief buiten de catalogus',
    'Segment van een contract zonder tarief',
  ])
  const regels = text(body)
  expect(regels).toMatch(
    /Toewijzing zonder tarief Zorggroep Eikenrode TEST-1 Jeugdhulp ambulant regulier 45A04 · Jeugdwet .* nu, sinds 01-01-2025 5 of meer/,
  )
  expect(regels).toMatch(/Product zonder tarief Jeugdhulp ambulant traject 45A01/)
  expect(regels).toMatch(
    /Tarief buiten de catalogus Zorggroep Eikenrode TEST-1 Pleegzorg 44A07 .* 01-07-2026/,
  )
  expect(regels).toMatch(
    /Segment van een contract zonder tarief Zorggroep Eikenrode TEST-1 Ambulante jeugdhulp Aarveld, Beekdal nu, sinds 01-01-2025/,
  )
  const stappen = [...body.matchAll(/href="(\/inrichten\/(?:tarieven|contracten|producten)\/[^"]+)"/g)].map(
    ([, href = '']) => href.replaceAll('&amp;', '&'),
  )
  expect(stappen).toHaveLength(7)
  for (const href of stappen) {
    const { statusCode, body } = await get(href, manager)
    // Straight to the form, in which what is known stands already.
    expect([href, statusCode, body.includes('<form')]).toEqual([href, 200, true])
    for (const [naam, waarde] of new URL(href, 'https://x').searchParams)
      expect([href, naam, filled(body, naam)]).toEqual([href, naam, sayDag(waarde)])
  }
})

test('a price outside the catalogue is mended with what the link filled in, which counts as typed and not as what stood', async () => {
  const pad = '/inrichten/tarieven/rij/TEST-1~jw~44A07~2025-01-01/wijzig'
  const vraag = '?geldigheidBegin=2025-01-01&geldigheidEind=2026-06-30'
  const { body } = await get(pad + vraag, manager)
  expect(text(body)).toContain('Al ingevuld: geldig. Er is nog niets gewijzigd.')
  expect([filled(body, 'geldigheidEind'), filled(body, 'tarief')]).toEqual(['30-06-2026', '150'])
  expect(filled((await get(pad, manager)).body, 'geldigheidEind')).toBe('31-12-2026')
  const versie = /name="versie" value="(\d+)"/.exec(body)?.[1] ?? ''
  const was = /name="_was" value="([^"]*)"/.exec(body)?.[1]
  expect(was).toBe(/name="_was" value="([^"]*)"/.exec((await get(pad, manager)).body)?.[1])
  const velden = { versie, geldigheidBegin: '01-01-2025', geldigheidEind: '30-06-2026', tarief: '150,00' }
  const antwoord = await postFormulier(app, pad + vraag, pad + vraag, velden, manager)
  // Nobody leans on it: it is saved at once.
  expect(antwoord.statusCode).toBe(303)
  expect((await get(`${PAD}?soort=tarief-buiten-catalogus`, manager)).body).not.toContain('TEST-1')
  await db.owner.query(
    "update contracten.tarief set geldigheid = '[2025-01-01,2027-01-01)' where code = '44A07'",
  )
})

test('that a link filled something in is said of every register, also of one that knows no days', async () => {
  const { body } = await get('/inrichten/gemeenten/rij/9101/wijzig?naam=Derde', beheerder)
  expect([text(body).includes('Al ingevuld: naam.'), filled(body, 'naam')]).toEqual([true, 'Derde'])
  expect(text((await get('/inrichten/gemeenten/rij/9101/wijzig', beheerder)).body)).not.toContain(
    'Al ingevuld',
  )
})

const sayDag = (waarde: string) => waarde.replace(/^(\d{4})-(\d\d)-(\d\d)$/, '$3-$2-$1')
/** What a form shows in a field: what is typed, or chosen. */
function filled(body: string, naam: string): string | undefined {
  const select = new RegExp(`<select[^>]*name="${naam}".*?</select>`, 's').exec(body)?.[0]
  if (select !== undefined) return /<option[^>]*value="([^"]*)"[^>]*selected/.exec(select)?.[1]
  const invoer = [...body.matchAll(new RegExp(`<input[^>]*name="${naam}"[^>]*>`, 'g'))].map(([veld]) => veld)
  const gekozen =
    invoer.find(veld => veld.includes('checked')) ??
    invoer.find(veld => !/type="(radio|checkbox)"/.test(veld))
  return /value="([^"]*)"/.exec(gekozen ?? '')?.[1]
}

test('a form of a new row heeds what its address says of a field, and only that', async () => {
  const pad = '/inrichten/contracten/nieuw'
  const goed = await get(
    `${pad}?aanbieder=${AGB_A}&gemeenten=9101&gemeenten=9102&geldigheidBegin=2026-03-16`,
    manager,
  )
  expect(goed.statusCode).toBe(200)
  expect(goed.body.match(/name="gemeenten"[^>]*checked|checked[^>]*name="gemeenten"/g)).toHaveLength(2)
  expect(filled(goed.body, 'geldigheidBegin')).toBe('16-03-2026')
  // What cannot be read is nobody's fault who only followed a link.
  const fout = await get(`${pad}?aanbieder=1&gemeenten=9999&geldigheidBegin=morgen`, manager)
  expect([fout.statusCode, filled(fout.body, 'geldigheidBegin')]).toEqual([200, ''])
  expect(fout.body).not.toMatch(/sam-fout|Kies een aanbieder\./)
  expect((await get(`${pad}?gemeente=9101`, manager)).statusCode).toBe(400)
  // What was typed counts, not the address to which it is sent.
  expect((await get('/inrichten/gemeenten/nieuw?code=9103&naam=Derde', beheerder)).body).toContain(
    'value="Derde"',
  )
})

test('where prices end the list names them and what comes after them, and opens where they are mended', async () => {
  const straks = await testDatabase()
  const later = testOmgeving(straks, new Date('2026-12-01T12:00:00Z'))
  await laadTestregio(later)
  await straks.owner.query(
    `update contracten.contractversie set geldigheid = '[2025-01-01,2028-01-01)'
     where contract_id in (select contract_id from contracten.contract where nummer = 'TEST-2')`,
  )
  const verder = await testApp(straks, later)
  const wie = await verder.login('contractmanager')
  const { body } = await get(`${PAD}?soort=tarieven-eindigen`, wie, verder.app)
  expect(text(body)).toMatch(
    /Tarieven eindigen zonder opvolger .* TEST-2 4 tarieven Begeleiding [^(]*\(02A16\), .* en 1 ander product .* 01-01-2027 minder dan 5/,
  )
  expect(body).toContain('href="/inrichten/tarieven?contract=TEST-2"')

  // The contract ends, another took its place, and one price was left out, of a product that goes on under another name.
  await straks.owner.query(`
    begin;
    update contracten.contractversie set geldigheid = '[2025-01-01,2027-01-01)'
    where contract_id in (select contract_id from contracten.contract where nummer = 'TEST-2');
    insert into contracten.contract (aanbieder_id, nummer)
    select aanbieder_id, 'TEST-3' from contracten.contract where nummer = 'TEST-2';
    ${versie('TEST-3', '[2027-01-01,2028-01-01)', ALLE, BEIDE)}
    insert into contracten.tarief (contract_id, aanbieder_id, wet, code, geldigheid, tarief)
    select n.contract_id, t.aanbieder_id, t.wet, t.code, '[2027-01-01,2028-01-01)', t.tarief
    from contracten.contract n, contracten.tarief t join contracten.contract o using (contract_id)
    where n.nummer = 'TEST-3' and o.nummer = 'TEST-2' and t.code <> '44A07';
    update contracten.product set geldigheid = daterange(lower(geldigheid), '2027-01-01') where code = '44A07';
    insert into contracten.product (wet, code, categorie, naam, eenheid, variant, segment_id, geldigheid)
    select wet, code, categorie, 'Gezinshuis', eenheid, variant, segment_id, '[2027-01-01,)' from contracten.product where code = '44A07';
    commit`)
  const een = (await get(`${PAD}?soort=tarieven-eindigen`, wie, verder.app)).body
  expect(text(een)).toMatch(/ TEST-2, opgevolgd door TEST-3 Pleegzorg, daarna Gezinshuis 44A07 · Jeugdwet /)
  expect(een.replaceAll('&amp;', '&')).toContain(
    '/inrichten/tarieven/nieuw?contract=TEST-3&wet=jw&product=44A07&geldigheidBegin=2027-01-01"',
  )
  const { body: bestand } = await get(`${PAD}/export?formaat=csv&zoek=gezinshuis`, wie, verder.app)
  expect(bestand).toContain(';TEST-2, opgevolgd door TEST-3;Jeugdwet;44A07;Pleegzorg, daarna Gezinshuis;')
})

test('of a region in which nothing stands yet it is said what to do first, not that nothing is missing', async () => {
  const leeg = await testDatabase()
  const { app: ander, login: inlog } = await testApp(leeg, testOmgeving(leeg))
  const wie = await inlog('contractmanager')
  await leeg.owner.query('delete from contracten.gemeente')
  const { body } = await get(PAD, wie, ander)
  expect(body).not.toContain('Er ontbreekt niets')
  expect(text(body)).toContain('Nog in te richten: gemeenten, segmenten')
  expect(body).toContain('href="/inrichten"')
})

test('never how many residents exactly, also not in a file', async () => {
  for (const url of [PAD, `${PAD}/export?formaat=csv`]) {
    const { body } = await get(url, manager)
    expect(text(body)).toContain('5 of meer')
    expect(text(body)).not.toMatch(/(?<![\d-])7 toewijzingen|;7\r/)
  }
})

test('who may see no contract sees that something is missing, who mends it, and not of whom', async () => {
  const { body } = await get(PAD, beheerder)
  expect(text(body)).toContain('Contractmanager')
  for (const url of [PAD, `${PAD}/export?formaat=csv`]) {
    const { body } = await get(url, beheerder)
    expect(body).toContain('Tarief buiten de catalogus')
    expect(body).not.toMatch(/TEST-1|Eikenrode|98000001/)
  }
  expect(body).not.toContain('href="/inrichten/tarieven')
})

test.each([
  ['soort=product-zonder-tarief', ['Product zonder tarief']],
  [
    'zoek=eikenrode',
    ['Toewijzing zonder tarief', 'Tarief buiten de catalogus', 'Segment van een contract zonder tarief'],
  ],
  ['zoek=buiten+de+catalogus', ['Tarief buiten de catalogus', 'Tarief buiten de catalogus']],
  ['zoek=TEST-2', ['Tarief buiten de catalogus']],
  ['zoek=45A01', ['Product zonder tarief']],
  ['wet=wmo', []],
  ['segment=J-VER', ['Tarief buiten de catalogus', 'Tarief buiten de catalogus']],
  ['gemeente=9101', ['Toewijzing zonder tarief', 'Segment van een contract zonder tarief']],
  ['gemeente=9102', ['Segment van een contract zonder tarief']],
  [
    'sorteer=-product&zoek=ambulant',
    ['Toewijzing zonder tarief', 'Product zonder tarief', 'Segment van een contract zonder tarief'],
  ],
])('by %s', async (vraag, verwacht) => {
  const { statusCode, body } = await get(`${PAD}?${vraag}`, manager)
  expect([statusCode, soorten(body)]).toEqual([200, verwacht])
})

test('of one kind first what most toewijzingen lean on, then what is missing longest', async () => {
  const orde = await testDatabase()
  const eigen = testOmgeving(orde)
  await laadTestregio(eigen)
  for (const nummer of [1, 2, 3, 4, 5, 6]) {
    const code = nummer === 1 ? '44A07' : '45A04'
    await lever(eigen, toewijzingsbericht({ identificatie: `T${nummer}`, nummer, client: nummer, code }))
  }
  await orde.owner.query(`
    delete from contracten.tarief where code in ('45A04', '44A07');
    update contracten.product set geldigheid = '[2025-02-01,)' where code = '45A04'`)
  const { app: ander, login: inlog } = await testApp(orde, eigen)
  const lijst = (await get(`${PAD}?soort=toewijzing-zonder-tarief`, await inlog('contractmanager'), ander))
    .body
  expect(text(lijst).match(/4\dA\d\d · Jeugdwet/g)).toEqual(['45A04 · Jeugdwet', '44A07 · Jeugdwet'])
  const product = (await get(`${PAD}?soort=product-zonder-tarief`, await inlog('contractmanager'), ander))
    .body
  expect(text(product).match(/4\dA\d\d · Jeugdwet/g)).toEqual(['44A07 · Jeugdwet', '45A04 · Jeugdwet'])
})

test('the file has the same rows', async () => {
  const { body } = await get(`${PAD}/export?formaat=csv&soort=tarief-buiten-catalogus&zoek=TEST-1`, manager)
  expect(body.trim().split('\r\n').slice(1)).toEqual([
    `Tarief buiten de catalogus;"=""${AGB_A}""";Zorggroep Eikenrode;TEST-1;Jeugdwet;44A07;Pleegzorg;01-01-2025;Jeugdhulp met verblijf;;;01-07-2026;`,
  ])
})

test.each(ROLLEN.filter(rol => !ROL[rol].rechten.includes('inrichten')))('is not for %s', async rol => {
  const { bereik } = ROL[rol]
  const wie = await login(
    rol,
    bereik === 'aanbieder' ? { aanbieder } : bereik === 'gemeente' ? { gemeenten: [GEMEENTE_A] } : {},
  )
  for (const url of [PAD, `${PAD}/export`]) expect((await get(url, wie)).statusCode).toBe(403)
})
