import { expect, test } from 'vitest'
import { testApp } from '../../../test/support/app.ts'
import { testDatabase } from '../../../test/support/database.ts'
import { ALLE, BEIDE, versie } from '../../../test/support/ontbreekt.ts'
import { AGB_A, laadTestregio, testOmgeving } from '../../../test/support/regio.ts'
import { text } from '../../../test/support/tekst.ts'
import { INRICHTINGEN } from './registers.ts'

/** Who sees to it that a region is put in sees what stands, what is missing, and who is to do it. */
const db = await testDatabase()
const omgeving = testOmgeving(db)
const { app, login } = await testApp(db, omgeving)
const beheerder = await login('beheerder')
const html = async (wie = beheerder) => (await app.inject({ url: '/inrichten', headers: wie.headers })).body
const read = async (wie = beheerder) => {
  const body = await html(wie)
  return text(body)
}

test('the administrator is led from what is empty to who can fill it, and sees how much stands', async () => {
  expect(await read()).toContain('Nog in te richten: gemeenten.')
  await db.owner.query(
    `insert into contracten.gemeente (code, naam) values ('9101', 'Eerste') on conflict do nothing`,
  )
  const zonder = await read()
  expect(zonder).toContain('Nog in te richten: segmenten.')
  expect(zonder).toContain('Segmenten voert iemand in met de rol Contractmanager')
  expect(zonder).toContain('Nog niemand heeft die rol: voeg een gebruiker toe')
  const nieuw = '/beheer/gebruikers/nieuw?rol=contractmanager'
  expect((await html()).split(`href="${nieuw}"`)).toHaveLength(3)
  const formulier = await app.inject({ url: nieuw, headers: beheerder.headers })
  expect(formulier.body).toMatch(/value="contractmanager"[^>]*(?:selected|checked)/)
  expect(zonder).toMatch(/Contractmanager 0 ontbreekt afspraken met aanbieders in te voeren/)
  const manager = await login('contractmanager')
  const met = await read()
  expect(met).not.toContain('Nog niemand heeft die rol')
  expect(met).toMatch(/Contractmanager 1 afspraken met aanbieders in te voeren/)
  expect(await read(manager)).toContain('Voer segmenten in')

  // Counted the same for who may read the rows and for who may not.
  await db.owner.query('delete from contracten.gemeente')
  await laadTestregio(omgeving)
  expect(await read()).toContain('Alle afspraken die nodig zijn om te werken, staan er.')
  const tabel = (tekst: string) =>
    /Wat er staat .*?(?= Wie ermee werkt| Bestanden| Meer bestanden)/.exec(tekst)?.[0] ?? tekst
  const rijen = ['Gemeenten', 'Segmenten', 'Producten', 'Aanbieders', 'Contracten', 'Tarieven', 'Plafonds']
  const aantal = (tekst: string, naam: string) => new RegExp(`${naam} ([\\d.]+)`).exec(tabel(tekst))?.[1]
  for (const naam of rijen) {
    const { body } = await app.inject({ url: `/inrichten/${naam.toLowerCase()}`, headers: manager.headers })
    const op = naam === 'Gemeenten' ? undefined : /<p>([\d.]+) \w+<\/p>/.exec(body)?.[1]
    const gezegd = aantal(await read(), naam)
    expect([naam, gezegd]).toEqual([naam, op ?? gezegd])
    expect(gezegd).not.toBe('0')
  }
})

test('of a contract with two versions the number and the list that it opens say the same', async () => {
  const nieuw = await testDatabase()
  const regio = testOmgeving(nieuw)
  const { app: ander, login: inlog } = await testApp(nieuw, regio)
  await laadTestregio(regio)
  const wie = await inlog('contractmanager')
  const lees = async (url: string) => text((await ander.inject({ url, headers: wie.headers })).body)
  expect(await lees('/inrichten')).toContain('Contracten 2 te weten wie')
  expect(await lees('/inrichten/contracten')).toContain(' 2 contracten ')
  await nieuw.owner.query(`
    begin; set constraints all deferred;
    update contracten.contractversie v set geldigheid = '[2025-01-01,2026-07-01)' from contracten.contract c
    where c.contract_id = v.contract_id and c.nummer = 'TEST-1';
    ${versie('TEST-1', '[2026-07-01,2027-01-01)', ALLE, BEIDE)}
    commit`)
  expect(await lees('/inrichten')).toContain('Contracten 2 3 versies te weten wie')
  const lijst = await lees('/inrichten/contracten')
  expect(lijst).toContain(' 3 versies van 2 contracten ')
  expect(lijst).toContain('1–3 van 3 versies van contracten')
  expect(await lees(`/inrichten/contracten?aanbieder=${AGB_A}`)).toContain(' 2 versies van 1 contract ')
})

test('of inhabitants it is said how many of this year stand there, and how many should', async () => {
  const nieuw = await testDatabase()
  const regio = testOmgeving(nieuw)
  const { app: ander, login: inlog } = await testApp(nieuw, regio)
  await laadTestregio(regio)
  await nieuw.owner.query('delete from contracten.inwonertal')
  const wie = await inlog('beheerder')
  const stand = async () => {
    const { body } = await ander.inject({ url: '/inrichten', headers: wie.headers })
    return /Inwonertallen \d+ (.*?) ?cijfers/.exec(text(body))?.[1]
  }
  const insert = (jaar: number, leeftijden: string) =>
    nieuw.owner.query(
      `insert into contracten.inwonertal select code, ${jaar}, l, 1 from contracten.gemeente, unnest($1::text[]) l`,
      [leeftijden.split(' ')],
    )
  expect(await stand()).toBe('mag later')
  await insert(2025, '0-17 18-64 65+')
  expect(await stand()).toBe('2026: 0 van 6')
  await insert(2026, '0-17')
  expect(await stand()).toBe('2026: 2 van 6')
  await insert(2026, '18-64 65+')
  expect(await stand()).toBe('')
})

test('every register is counted', async () => {
  const { rows } = await db.owner.query<{ register: string }>(
    'select register from contracten.tel_inrichting()',
  )
  expect(
    rows.map(({ register }) => register).sort(),
    'a line in contracten.tel_inrichting, as in 0051',
  ).toEqual(INRICHTINGEN.map(({ register }) => register.naam).sort())
})
