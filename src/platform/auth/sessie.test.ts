import { beforeAll, describe, expect, it } from 'vitest'
import { type Inlog, testApp } from '../../../test/support/app.ts'
import { launchBrowser, visit } from '../../../test/support/browser.ts'
import { testDatabase } from '../../../test/support/database.ts'
import { openFormulier } from '../../../test/support/formulier.ts'
import { laadTestregio, testOmgeving } from '../../../test/support/regio.ts'

const browser = await launchBrowser()
const db = await testDatabase()
const omgeving = testOmgeving(db)
const { app, login } = await testApp(db, omgeving)

beforeAll(() => laadTestregio(omgeving))

const get = (wie: Inlog, url = '/') => app.inject({ url, headers: wie.headers })
const zet = (wie: Inlog, wat: string) =>
  db.owner.query(`update platform.sessie set ${wat} where gebruiker_id = $1`, [wie.gebruikerId])

describe('een sessie', () => {
  it.each([
    ["gezien_op = now() - interval '29 minutes'", 200],
    ["gezien_op = now() - interval '31 minutes'", 302],
    ["verloopt_op = now() - interval '1 second'", 302],
  ])('met %s geeft %i', async (wat, status) => {
    const wie = await login('bestuur')
    await zet(wie, wat)
    expect((await get(wie)).statusCode).toBe(status)
    const zonderScherm = await app.inject({
      url: '/sessie',
      headers: { ...wie.headers, accept: 'application/json' },
    })
    expect(zonderScherm.statusCode).toBe(status === 200 ? 200 : 401)
  })

  it('begint opnieuw te tellen bij elke vraag', async () => {
    const wie = await login('bestuur')
    for (let i = 0; i < 3; i++) {
      await zet(wie, "gezien_op = gezien_op - interval '20 minutes'")
      expect((await get(wie)).statusCode).toBe(200)
    }
  })

  it('zegt op elke bladzijde wanneer zij eindigt, ook zonder script, en waarschuwt in het laatste kwartier', async () => {
    const wie = await login('bestuur')
    const vroeg = (await get(wie)).body
    expect(vroeg).toMatch(/U bent ingelogd tot \d\d:\d\d, of tot u 30 minuten niets doet/)
    expect(vroeg).not.toContain('Uw sessie eindigt om')
    await zet(wie, "verloopt_op = now() + interval '14 minutes'")
    expect((await get(wie)).body).toMatch(/Uw sessie eindigt om \d\d:\d\d/)
    expect((await app.inject({ url: '/inloggen' })).body).not.toContain('U bent ingelogd tot')
  })

  it('waarschuwt in de browser voor het einde, laat blijven, en zegt wanneer het voorbij is', async () => {
    const wie = await login('bestuur')
    const base = await app.listen({ port: 0, host: '127.0.0.1' })
    const context = await browser.newContext({ viewport: { width: 390, height: 800 } })
    const [name = '', value = ''] = wie.headers.cookie.split('=')
    await context.addCookies([{ name, value, url: base }])
    const page = await context.newPage()
    await page.clock.install()
    expect(await visit(page, `${base}/toegankelijkheid`, { kop: 'Toegankelijkheid' })).toEqual([])
    const vak = page.locator('#sessie')
    const blijf = page.getByRole('button', { name: 'Blijf ingelogd' })
    await page.clock.fastForward('27:50')
    expect(await vak.isVisible()).toBe(false)
    await page.clock.fastForward('00:20')
    expect(await vak.innerText()).toContain('U wordt over 2 minuten uitgelogd')
    expect(await vak.innerText()).not.toContain('Log opnieuw in')
    await zet(wie, "gezien_op = now() - interval '28 minutes'")
    await Promise.all([page.waitForResponse(`${base}/sessie`), blijf.click()])
    await vak.waitFor({ state: 'hidden' })
    expect((await get(wie)).statusCode).toBe(200)
    await page.clock.fastForward('31:00')
    expect(await vak.innerText()).toContain('U bent uitgelogd')
    expect(await blijf.isVisible()).toBe(false)
    expect(await vak.innerText()).not.toContain('kopieer')
    const inloggen = vak.getByRole('link', { name: 'Log opnieuw in' })
    expect(await inloggen.getAttribute('href')).toBe(
      `/inloggen?naar=${encodeURIComponent(new URL(page.url()).pathname)}`,
    )
    await context.close()
    await browser.close()
  })
})

describe('inloggen en uitloggen', () => {
  const gebeurtenissen = async (actie: string) =>
    (
      await db.owner.query<{ wie: string; onderwerp: unknown }>(
        'select wie, onderwerp from platform.gebeurtenis where actie = $1 order by gebeurtenis_id desc',
        [actie],
      )
    ).rows

  it.each([
    ['/aanbieders?zoek=a', '/aanbieders?zoek=a'],
    ['//elders.example/', '/'],
    ['https://elders.example/', '/'],
    ['/\\elders.example/', '/'],
    ['/\t/elders.example/', '/'],
    ['javascript:alert(1)', '/'],
  ])('wie als voorbeeldpersoon inlogt met %j, komt op %s', async (naar, waar) => {
    const { rows } = await db.owner.query(
      `insert into platform.gebruiker (naam, email, organisatie, rol, demonstratie)
       values ('Voor Beeld', gen_random_uuid() || '@test.example', 'Test', 'bestuur', true) returning gebruiker_id`,
    )
    const pagina = await app.inject({
      url: `/inloggen?naar=${encodeURIComponent(naar)}`,
      headers: { accept: 'text/html' },
    })
    // The page keeps no address of elsewhere in its form either.
    expect(pagina.body).toContain(`name="naar" value="${waar}"`)
    const antwoord = await app.inject({
      method: 'POST',
      url: '/inloggen/demonstratie',
      headers: {
        cookie: pagina.cookies.map(({ name, value }) => `${name}=${value}`).join('; '),
        'content-type': 'application/x-www-form-urlencoded',
      },
      payload: new URLSearchParams({
        _csrf: /name="_csrf" value="([^"]+)"/.exec(pagina.body)?.[1] ?? '',
        gebruiker: String(rows[0].gebruiker_id),
        naar,
      }).toString(),
    })
    expect([antwoord.statusCode, antwoord.headers.location]).toEqual([303, waar])
  })

  it('legt vast wie uitlogt, en van wie de sessie was', async () => {
    const wie = await login('bestuur')
    const ander = await login('raad')
    const send = await openFormulier(app, '/toegankelijkheid', wie)
    expect((await send('/uitloggen', {})).statusCode).toBe(303)
    expect((await gebeurtenissen('sessie.beeindigd'))[0]).toEqual({
      wie: `gebruiker:${wie.gebruikerId}`,
      onderwerp: { gebruiker: wie.gebruikerId },
    })
    expect((await get(wie)).statusCode).toBe(302)
    expect((await get(ander)).statusCode).toBe(200)
  })
})
