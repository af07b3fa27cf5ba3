import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Inlog, testApp } from './support/app.ts'
import { BREED, launchBrowser } from './support/browser.ts'
import { testDatabase } from './support/database.ts'
import { laadTestregio, testOmgeving } from './support/regio.ts'

/** What a person meets who saves what was changed meanwhile: once, once more, and by themselves. */
const db = await testDatabase()
const omgeving = testOmgeving(db)
const { app, login } = await testApp(db, omgeving)
let browser: Browser
let base = ''

beforeAll(async () => {
  browser = await launchBrowser()
  await laadTestregio(omgeving)
  base = await app.listen({ port: 0, host: '127.0.0.1' })
})
afterAll(() => browser?.close())

async function open(wie: Inlog): Promise<Page> {
  const [name = '', value = ''] = wie.headers.cookie.split('=')
  const context = await browser.newContext({ viewport: BREED })
  await context.addCookies([{ name, value, url: base }])
  return context.newPage()
}

const eerste = async (sql: string) => String((await db.owner.query(sql)).rows[0].id)

/** Of each way in which the house keeps what stands there: the form, the field that is typed in, and how it stands in the database. */
const FORMULIEREN = [
  {
    wat: 'deze interventie',
    rol: 'beleidsadviseur',
    veld: 'naam',
    staat: 'select naam as id from kaders.interventie',
    pad: async () =>
      `/interventies/${await eerste(`insert into kaders.interventie (naam, omschrijving, doelgroep, inzetbaar_door, bewijs)
        values ('Buurtsport', 'Samen bewegen', 'Jeugd', 'Een trainer', 'praktijk') returning interventie_id as id`)}/wijzig`,
  },
  {
    wat: 'dit doel',
    rol: 'beleidsadviseur',
    veld: 'tekst',
    staat: 'select tekst as id from kaders.doel',
    pad: async () =>
      `/doelen/${await eerste(`insert into kaders.doel (boom, soort, tekst, volgorde)
        values ('Proef', 'visie', 'Iedereen doet mee', 1) returning doel_id as id`)}/wijzig`,
  },
  {
    wat: 'dit segment',
    rol: 'contractmanager',
    veld: 'naam',
    staat: 'select naam as id from contracten.segment order by code limit 1',
    pad: async () =>
      `/inrichten/segmenten/rij/${await eerste('select code as id from contracten.segment order by code limit 1')}/wijzig`,
  },
  {
    wat: 'deze gebruiker',
    rol: 'beheerder',
    veld: 'naam',
    staat: "select naam as id from platform.gebruiker where rol = 'raad'",
    pad: async () => `/beheer/gebruikers/${(await login('raad')).gebruikerId}`,
  },
] as const

it.each(FORMULIEREN)('$wat: twice too late, and nothing is lost', async ({ wat, rol, veld, staat, pad }) => {
  const ik = await login(rol)
  const mijn = await open(ik)
  const pagina = {
    ik: mijn,
    anderVenster: await mijn.context().newPage(),
    collega: await open(await login(rol)),
  }
  const formulier = `${base}${await pad()}`
  const typ = async (wie: keyof typeof pagina, tekst: string) => {
    await pagina[wie].locator(`[name=${veld}]`).fill(tekst)
    await Promise.all([
      pagina[wie].waitForEvent('load'),
      pagina[wie].getByRole('button', { name: 'Opslaan' }).click(),
    ])
    // What leans on it is seen first; a collision is said before that.
    const toch = pagina[wie].getByRole('button', { name: 'Sla het toch op' })
    if ((await toch.count()) > 0) await Promise.all([pagina[wie].waitForEvent('load'), toch.click()])
  }
  const getypt = () => pagina.ik.locator(`[name=${veld}]`).inputValue()
  const gezegd = () => pagina.ik.locator('main .ams-alert').first().innerText()
  for (const page of Object.values(pagina)) await page.goto(formulier)

  await typ('collega', 'Van de collega')
  expect(await eerste(staat)).toBe('Van de collega')
  await typ('ik', 'Van mij')
  expect(await gezegd()).toContain(`Iemand anders heeft ${wat} intussen gewijzigd`)
  expect(await gezegd()).toMatch(new RegExp(`Dat was Test ${rol}, op \\d`))
  expect(await pagina.ik.locator('main dl').first().innerText()).toContain('Van de collega')
  expect(await getypt()).toBe('Van mij')

  // The colleague goes on: what I would overwrite now is not what I was shown.
  await pagina.collega.goto(formulier)
  await typ('collega', 'Nog eens van de collega')
  await typ('ik', 'Van mij')
  expect(await gezegd()).toContain(`Iemand anders heeft ${wat} intussen gewijzigd`)
  expect(await pagina.ik.locator('main dl').first().innerText()).toContain('Nog eens van de collega')
  expect(await getypt()).toBe('Van mij')
  expect(await eerste(staat)).toBe('Nog eens van de collega')

  await typ('ik', 'Van mij')
  expect(await eerste(staat)).toBe('Van mij')

  // The window that stood open all the time is too late by myself.
  await typ('anderVenster', 'Uit het andere venster')
  pagina.ik = pagina.anderVenster
  expect(await gezegd()).toContain(`U hebt ${wat} intussen zelf gewijzigd, in een ander venster`)
  expect(await getypt()).toBe('Uit het andere venster')
  expect(await eerste(staat)).toBe('Van mij')
  await typ('ik', 'Uit het andere venster')
  expect(await eerste(staat)).toBe('Uit het andere venster')
  for (const page of [pagina.ik, pagina.collega]) await page.context().close()
})

it('a field in which nobody typed follows what the other left, and saving again keeps both', async () => {
  const pad = await FORMULIEREN[0].pad()
  const [mijn, collega] = [
    await open(await login('beleidsadviseur')),
    await open(await login('beleidsadviseur')),
  ]
  for (const page of [mijn, collega]) await page.goto(`${base}${pad}`)
  const save = async (page: Page, veld: string, tekst: string) => {
    await page.locator(`[name=${veld}]`).fill(tekst)
    await Promise.all([page.waitForEvent('load'), page.getByRole('button', { name: 'Opslaan' }).click()])
  }
  await save(collega, 'doelgroep', 'Jeugd tot 12')
  await save(mijn, 'naam', 'Wijksport')
  expect(await mijn.locator('[name=doelgroep]').inputValue()).toBe('Jeugd tot 12')
  expect(await mijn.locator('main').innerText()).toContain('staat in het formulier wat er nu staat: ')
  // A refusal in between does not forget with what the form was opened.
  await save(mijn, 'naam', '')
  await save(mijn, 'naam', 'Wijksport')
  const { rows } = await db.owner.query("select doelgroep from kaders.interventie where naam = 'Wijksport'")
  expect(rows).toEqual([{ doelgroep: 'Jeugd tot 12' }])
  for (const page of [mijn, collega]) await page.context().close()
})
