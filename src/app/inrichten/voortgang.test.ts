import { expect, test } from 'vitest'
import { appMaker, type Inlog, testApp } from '../../../test/support/app.ts'
import { postBestand } from '../../../test/support/bestand.ts'
import { testDatabase } from '../../../test/support/database.ts'
import { postFormulier } from '../../../test/support/formulier.ts'
import { AGB_A, GEMEENTE_A, laadTestregio, testOmgeving } from '../../../test/support/regio.ts'
import { text } from '../../../test/support/tekst.ts'
import { clientOf, NOBODY } from '../../platform/db/database.ts'
import { TIJDEN } from '../../platform/http/grenzen.ts'

const db = await testDatabase()
const omgeving = testOmgeving(db)
await laadTestregio(omgeving)
const { app, login } = await testApp(db, omgeving, {}, { tijden: { ...TIJDEN, geduld: 400 } })
const manager = await login('contractmanager')

const get = (url: string, wie: Inlog = manager) => app.inject({ url, headers: wie.headers })
const PAD = '/inrichten/contracten/invoeren'
const file = (nummers: readonly string[]) =>
  `Nummer;Aanbieder;Loopt: eerste dag;Loopt: laatste dag;Segmenten;Gemeenten\n${nummers
    .map(nummer => `${nummer};${AGB_A};01-01-2025;31-12-2028;J-AMB;${GEMEENTE_A}`)
    .join('\n')}`
const choose = (nummers: readonly string[]) =>
  postBestand(app, PAD, { naam: 'contracten.csv', inhoud: file(nummers) }, manager)

/** Holds the turn of the register while `doe` is done: work on it lasts as long as that. */
async function whileHeld(doe: () => Promise<void>): Promise<void> {
  const client = await db.owner.connect()
  try {
    await client.query('begin; lock table contracten.contract in access exclusive mode')
    await doe()
  } finally {
    await client.query('rollback')
    client.release()
  }
}
/** Asks until it is done; answers how that page then answers. */
async function finish(url: string) {
  await expect
    .poll(async () => (await get(url)).body, { timeout: 20_000 })
    .not.toContain('http-equiv="refresh"')
  const { statusCode, headers, body } = await get(url)
  return { statusCode, naar: headers.location, tekst: text(body) }
}

/** Chooses a file; answers the page of it. */
const bring = async (nummers: readonly string[]) => {
  const naar = String((await choose(nummers)).headers.location)
  return naar.startsWith('/voortgang') ? String((await finish(naar)).naar) : naar
}

test('what is done at once is answered at once', async () => {
  const snel = await appMaker(omgeving)({})
  const { headers } = await postBestand(snel, PAD, { naam: 'x.csv', inhoud: file(['KORT-1']) }, manager)
  expect(headers.location).toMatch(/^\/inrichten\/contracten\/invoeren\/\d+$/)
})

test('what takes long is followed on a page of its own, by who began it, and then goes on to what came of it', async () => {
  let adres = ''
  await whileHeld(async () => {
    const { statusCode, headers } = await choose(['LANG-1', 'LANG-2'])
    adres = String(headers.location)
    expect([statusCode, adres]).toEqual([303, expect.stringMatching(/^\/voortgang\?van=/)])
    const bezig = await get(adres)
    expect([bezig.statusCode, text(bezig.body)]).toEqual([
      200,
      expect.stringContaining('Bezig met contracten.csv'),
    ])
    expect(bezig.body).toContain('http-equiv="refresh"')
    // Nobody else sees it, not by the page and not in the database.
    expect(text((await get(adres, await login('contractmanager'))).body)).toContain('Er is niets bezig')
    const gezien = await db.database.read(NOBODY, tx => clientOf(tx).query('select from platform.voortgang'))
    expect(gezien.rowCount).toBe(0)
    expect((await db.owner.query('select from platform.voortgang')).rowCount).toBeGreaterThan(0)
  })
  const { statusCode, naar } = await finish(adres)
  expect([statusCode, naar]).toEqual([303, expect.stringMatching(/^\/inrichten\/contracten\/invoeren\/\d+$/)])
  expect(text((await get(String(naar))).body)).toContain('Dit zou het doen: 2 nieuw.')
})

test('doing it is followed the same way, and sent twice it is done once', async () => {
  const bestand = await bring(['TWEE-1'])
  const ends: string[] = []
  await whileHeld(async () => {
    const pagina = await get(bestand)
    const token = /name="_csrf" value="([^"]+)"/.exec(pagina.body)?.[1] ?? ''
    const geheim = pagina.cookies.find(cookie => cookie.name === '_csrf')?.value ?? ''
    const send = () =>
      app.inject({
        method: 'POST',
        url: `${bestand}/verwerk`,
        headers: {
          ...manager.headers,
          cookie: `${manager.headers.cookie}; _csrf=${geheim}`,
          'content-type': 'application/x-www-form-urlencoded',
        },
        payload: new URLSearchParams({ _csrf: token }).toString(),
      })
    for (const { headers } of await Promise.all([send(), send()])) ends.push(String(headers.location))
    expect(ends.every(adres => adres.startsWith('/voortgang?van='))).toBe(true)
  })
  for (const adres of ends) expect((await finish(adres)).naar).toBe(bestand)
  expect((await db.owner.query("select from contracten.contract where nummer = 'TWEE-1'")).rowCount).toBe(1)
})

test('what is refused after all is said there, and nothing was done', async () => {
  const bestand = await bring(['WEG-1'])
  const ander = await bring(['WEG-1', 'WEG-2'])
  const gedaan = await postFormulier(app, `${ander}/verwerk`, ander, {}, manager)
  expect((await finish(String(gedaan.headers.location))).statusCode).not.toBe(409)
  let adres = ''
  await whileHeld(async () => {
    adres = String((await postFormulier(app, `${bestand}/verwerk`, bestand, {}, manager)).headers.location)
  })
  expect(await finish(adres)).toEqual({
    statusCode: 409,
    naar: undefined,
    tekst: expect.stringMatching(
      /Er is niets veranderd.*Er is intussen iets veranderd.*Terug naar waar u begon/,
    ),
  })
})

test('of work that nothing was heard of it is not said that nothing changed', async () => {
  let adres = ''
  await whileHeld(async () => {
    adres = String((await choose(['STIL-1'])).headers.location)
  })
  await finish(adres)
  // As a process leaves it that was killed: nothing came of it, and it was not heard of since.
  await db.owner.query(
    "update platform.voortgang set naar = null, bij_op = now() - interval '1 minute' where wat = 'contracten.csv'",
  )
  const { body } = await get(adres)
  expect(text(body)).toContain('Kijk eerst of het er al staat. Zo niet, begin dan opnieuw.')
  expect(text(body)).not.toContain('Er is niets veranderd')
})

test('work that was done is not called undone by what goes wrong after it', async () => {
  // The answer of the form cannot be written down: as when the database is away just after the commit.
  await db.owner.query(`
    create function weiger() returns trigger language plpgsql as $$ begin raise exception 'away'; end $$;
    create trigger weiger before update on platform.verzending for each row when (new.status is not null)
      execute function weiger()`)
  try {
    let adres = ''
    await whileHeld(async () => {
      adres = String((await choose(['NA-1'])).headers.location)
    })
    const { statusCode, naar } = await finish(adres)
    expect([statusCode, naar]).toEqual([
      303,
      expect.stringMatching(/^\/inrichten\/contracten\/invoeren\/\d+$/),
    ])
  } finally {
    await db.owner.query('drop trigger weiger on platform.verzending; drop function weiger()')
  }
})
