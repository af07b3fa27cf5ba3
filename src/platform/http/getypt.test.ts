import { beforeAll, describe, expect, test } from 'vitest'
import { type Inlog, openSessie, testApp } from '../../../test/support/app.ts'
import { testDatabase } from '../../../test/support/database.ts'
import { openFormulier } from '../../../test/support/formulier.ts'
import { laadTestregio, testOmgeving } from '../../../test/support/regio.ts'
import { newSleutel } from '../auth/koekje.ts'

/** Nothing typed is lost: a form of which the session, the token, the right or the database has gone meanwhile. */
const db = await testDatabase()
const omgeving = testOmgeving(db)
const { app, login } = await testApp(db, omgeving)
const NIEUW = '/interventies/nieuw'
const VELDEN = { gemeente: 'regio', naam: 'Een lange naam', omschrijving: 'Regel 1\nRegel "2" & <3>' }

let adviseur: Inlog
beforeAll(async () => {
  await laadTestregio(omgeving)
  adviseur = await login('beleidsadviseur')
})

const get = (url: string, cookie: string) => app.inject({ url, headers: { cookie, accept: 'text/html' } })
const post = (url: string, cookie: string, velden: Record<string, string>, meer = {}) =>
  app.inject({
    method: 'POST',
    url,
    headers: { cookie, accept: 'text/html', 'content-type': 'application/x-www-form-urlencoded', ...meer },
    payload: new URLSearchParams(velden).toString(),
  })
/** The hidden fields of the form on a page that goes on with what was typed. */
function vervolgVan(body: string): Record<string, string> {
  const form = body.split('<form').find(deel => deel.includes(`action="${NIEUW}"`)) ?? ''
  const velden = form.matchAll(/name="([^"]+)" value="([^"]*)"/g)
  return Object.fromEntries(
    [...velden].map(([, naam, waarde = '']) => [
      naam,
      waarde
        .replaceAll('&quot;', '"')
        .replaceAll('&lt;', '<')
        .replaceAll('&gt;', '>')
        .replaceAll('&amp;', '&'),
    ]),
  )
}
const count = async (tabel: string) => {
  const { rows } = await db.owner.query(`select count(*)::int as n from ${tabel}`)
  return rows[0].n as number
}
const endSessies = ({ gebruikerId }: Inlog) =>
  db.owner.query(
    `update platform.sessie set verloopt_op = now() - interval '1 minute' where gebruiker_id = $1`,
    [gebruikerId],
  )

describe('the session has ended', () => {
  test('after logging in again the form comes back filled, and only then is it saved', async () => {
    const send = await openFormulier(app, NIEUW, adviseur)
    await endSessies(adviseur)
    const antwoord = await send(NIEUW, VELDEN)
    expect([antwoord.statusCode, antwoord.headers.location]).toEqual([303, '/inloggen?naar=/verder'])
    const [koekje] = antwoord.cookies
    expect(koekje).toMatchObject({ name: 'samenhang-verder', httpOnly: true })
    const { rows } = await db.owner.query('select inhoud from platform.getypt')
    expect(rows[0].inhoud.toString('latin1')).not.toContain('lange naam')

    const opnieuw = { ...adviseur, headers: { ...adviseur.headers, cookie: `samenhang=${newSleutel()}` } }
    await openSessie(db, opnieuw)
    const cookie = `${opnieuw.headers.cookie}; samenhang-verder=${koekje?.value}`
    const velden = vervolgVan((await get('/verder', cookie)).body)
    expect(velden).toMatchObject({ ...VELDEN, _verder: '1' })
    const terug = await post(NIEUW, cookie, velden)
    expect(terug.statusCode).toBe(200)
    expect(terug.body).toContain('value="Een lange naam"')
    expect(terug.body).toContain('Regel 1\nRegel &quot;2&quot; &amp; &lt;3&gt;</textarea>')
    expect(terug.body).toContain('Wat u had ingevuld, staat er nog')
    expect(await count('kaders.interventie')).toBe(0)

    const ander = await login('beleidsadviseur')
    const vreemd = await get('/verder', `${ander.headers.cookie}; samenhang-verder=${koekje?.value}`)
    expect(vreemd.body).toContain('Er is niets bewaard')
    expect(vreemd.body).not.toContain('lange naam')
  })

  test.each([
    ['of a browser that was never logged in', () => `samenhang=${newSleutel()}`],
    ['without a cookie', () => ''],
  ])('a form %s is kept nowhere', async (_wie, cookieVan) => {
    const voor = await count('platform.getypt')
    const antwoord = await post(NIEUW, cookieVan(), { ...VELDEN, _csrf: 'x' })
    expect(antwoord.statusCode).toBe(401)
    expect(antwoord.body).not.toContain('lange naam')
    expect(await count('platform.getypt')).toBe(voor)
  })

  test('a form that another site made is not kept', async () => {
    const wie = await login('beleidsadviseur')
    await endSessies(wie)
    const voor = await count('platform.getypt')
    for (const meer of [{ 'sec-fetch-site': 'cross-site' }, {}])
      expect([401, 403]).toContain(
        (await post(NIEUW, wie.headers.cookie, { ...VELDEN, _csrf: 'x' }, meer)).statusCode,
      )
    expect(await count('platform.getypt')).toBe(voor)
  })
})

test('an expired form that stood on a page of ours comes back with a token of now; else not', async () => {
  const wie = await login('beleidsadviseur')
  const oud = { ...VELDEN, _csrf: 'van een vorige sessie' }
  const vreemd = await post(NIEUW, wie.headers.cookie, oud)
  expect([vreemd.statusCode, vreemd.body.includes('lange naam')]).toEqual([403, false])
  const eigen = await post(NIEUW, wie.headers.cookie, oud, { 'sec-fetch-site': 'same-origin' })
  expect(eigen.statusCode).toBe(403)
  // Nothing on the page sends away from what was typed.
  for (const raad of ['Ga terug', 'ververs', 'juiste rol']) expect(eigen.body).not.toContain(raad)
  expect(eigen.body).toContain('Wat u had ingevuld, staat er nog.')
  const terug = await post(NIEUW, wie.headers.cookie, vervolgVan(eigen.body))
  expect([terug.statusCode, terug.body.includes('value="Een lange naam"')]).toEqual([200, true])
})

test('who logged out in another tab logs in on another, and goes on with what they typed', async () => {
  const eigen = { 'sec-fetch-site': 'same-origin', referer: `${app.config.adres}${NIEUW}?a=1` }
  const voor = await count('platform.getypt')
  const antwoord = await post(NIEUW, '', VELDEN, eigen)
  expect(antwoord.statusCode).toBe(401)
  expect(antwoord.body).toContain('href="/inloggen" target="_blank"')
  // Nobody knows whose it is: it is kept on the page alone.
  expect(await count('platform.getypt')).toBe(voor)
  const velden = vervolgVan(antwoord.body)
  expect(velden).toMatchObject(VELDEN)
  // Pressed before logging in it is all still there.
  const teVroeg = await post(NIEUW, '', velden, eigen)
  expect([teVroeg.statusCode, vervolgVan(teVroeg.body)]).toEqual([
    401,
    { ...velden, _csrf: expect.any(String) },
  ])
  const { cookie } = (await login('beleidsadviseur')).headers
  const verlopen = await post(NIEUW, cookie, velden, eigen)
  expect(verlopen.statusCode).toBe(403)
  const terug = await post(NIEUW, cookie, vervolgVan(verlopen.body), eigen)
  expect([terug.statusCode, terug.body.includes('value="Een lange naam"')]).toEqual([200, true])
})

test('of a form that nobody typed nothing is shown, so that its page keeps nobody waiting', async () => {
  const eigen = { 'sec-fetch-site': 'same-origin', accept: 'text/html' }
  const send = (aantal: number) =>
    app.inject({
      method: 'POST',
      url: NIEUW,
      headers: { ...eigen, 'content-type': 'application/x-www-form-urlencoded' },
      payload: 'a=x&'.repeat(aantal),
    })
  expect((await send(1000)).body.match(/name="a"/g)).toHaveLength(1000)
  expect((await send(1001)).body).not.toContain('name="a"')
})

test('who chose a file logs in with the way back to where they were', async () => {
  const meer = { 'content-type': 'multipart/form-data; boundary=x', 'sec-fetch-site': 'same-origin' }
  const antwoord = await post(
    '/toewijzingen/overnemen',
    '',
    {},
    {
      ...meer,
      referer: `${app.config.adres}/toewijzingen/overnemen?a=1`,
    },
  )
  expect(antwoord.statusCode).toBe(401)
  expect(antwoord.body).toContain('href="/inloggen?naar=%2Ftoewijzingen%2Fovernemen%3Fa%3D1"')
  expect(antwoord.body).toContain('Had u bestanden gekozen? Die bewaren wij niet')
  const vreemd = await post(NIEUW, '', VELDEN, { referer: 'https://elders.example/x' })
  expect(vreemd.body).toContain('href="/inloggen"')
})

test('who may not any more can copy what was typed', async () => {
  const wie = await login('beleidsadviseur')
  const send = await openFormulier(app, NIEUW, wie)
  await db.owner.query("update platform.gebruiker set rol = 'bestuur' where gebruiker_id = $1", [
    wie.gebruikerId,
  ])
  const [koekje] = (await send(NIEUW, VELDEN)).cookies
  await openSessie(db, wie)
  const cookie = `${wie.headers.cookie}; samenhang-verder=${koekje?.value}`
  const antwoord = await post(NIEUW, cookie, vervolgVan((await get('/verder', cookie)).body))
  expect(antwoord.statusCode).toBe(403)
  expect(antwoord.body).toContain('Wat u had ingevuld')
  expect(antwoord.body).toContain('<dd>Een lange naam</dd>')
})

test('while the database is away the form can be sent again as it was, and is done once', async () => {
  const wie = await login('beleidsadviseur')
  const send = await openFormulier(app, NIEUW, wie)
  const { pool } = omgeving.database
  const connect = pool.connect
  const query = pool.query
  const weg = () => Promise.reject(Object.assign(new Error('away'), { code: 'ECONNREFUSED' }))
  Object.assign(pool, { connect: weg, query: weg })
  const antwoord = await send(NIEUW, VELDEN).finally(() => Object.assign(pool, { connect, query }))
  expect(antwoord.statusCode).toBe(503)
  expect(vervolgVan(antwoord.body)).toMatchObject({ ...VELDEN, _csrf: expect.stringMatching(/.{20}/) })
})
