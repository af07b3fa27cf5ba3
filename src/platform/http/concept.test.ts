import { beforeAll, describe, expect, test } from 'vitest'
import { type Inlog, testApp } from '../../../test/support/app.ts'
import { testDatabase } from '../../../test/support/database.ts'
import { openFormulier } from '../../../test/support/formulier.ts'
import { laadTestregio, testOmgeving } from '../../../test/support/regio.ts'
import { clientOf, NOBODY } from '../db/database.ts'
import { asSelf } from '../db/zelf.ts'
import { forgetConcepten } from './concept.ts'

/** A form that is not finished is kept for who left it, asked in parts, and forgotten once it was saved. */
const db = await testDatabase()
const omgeving = testOmgeving(db)
const { app, login } = await testApp(db, omgeving)
const NIEUW = '/interventies/nieuw'
const HEEL = {
  gemeente: 'regio',
  omschrijving: 'Samen wandelen',
  bewijs: 'onbewezen',
  doelgroep: 'Ouderen',
  inzetbaarDoor: 'Wijkteams',
}

let adviseur: Inlog
beforeAll(async () => {
  await laadTestregio(omgeving)
})

/** Everybody is somebody else, so that no test finds what another left. */
const iemand = () => login('beleidsadviseur')
const get = async (url: string, wie: Inlog) => (await app.inject({ url, headers: wie.headers })).body
const aantal = async (naam: string) => {
  const { rows } = await db.owner.query('select count(*)::int as n from kaders.interventie where naam = $1', [
    naam,
  ])
  return rows[0].n as number
}

describe('a form that is left', () => {
  test('comes back as it was, for who left it and nobody else, and says so on the start page', async () => {
    adviseur = await iemand()
    const send = await openFormulier(app, `${NIEUW}?stap=alles`, adviseur)
    const { statusCode, headers } = await send(NIEUW, { naam: 'Half "af" <1>', _concept: 'bewaar' })
    expect([statusCode, headers.location]).toEqual([303, `${NIEUW}?stap=alles`])
    const body = await get(`${NIEUW}?stap=alles`, adviseur)
    expect(body).toContain('Dit is uw concept van')
    expect(body).toContain('value="Half &quot;af&quot; &lt;1&gt;"')
    expect(await get('/', adviseur)).toContain(`href="${NIEUW}"`)
    const ander = await iemand()
    expect(await get(`${NIEUW}?stap=alles`, ander)).not.toContain('Half')
    expect(await get('/', ander)).not.toContain(`href="${NIEUW}"`)
    expect(await aantal('Half "af" <1>')).toBe(0)
  })

  test('is unreadable in the database', async () => {
    const wie = await iemand()
    const send = await openFormulier(app, NIEUW, wie)
    await send(NIEUW, { naam: 'Geheimschrift', _concept: 'bewaar' })
    const { rows } = await db.owner.query('select inhoud from platform.concept where gebruiker_id = $1', [
      wie.gebruikerId,
    ])
    expect(rows[0].inhoud.includes('Geheimschrift')).toBe(false)
  })

  test('is seen by nobody else in the database either', async () => {
    const wie = await iemand()
    await (await openFormulier(app, NIEUW, wie))(NIEUW, { naam: 'Van mij', _concept: 'bewaar' })
    const sees = (id: string) =>
      omgeving.database.read(NOBODY, async tx => {
        await asSelf(tx, { id })
        const { rows } = await clientOf(tx).query('select gebruiker_id as id from platform.concept')
        return rows.map(rij => rij.id)
      })
    expect(await sees(`gebruiker:${wie.gebruikerId}`)).toEqual([wie.gebruikerId])
    expect(await sees(`gebruiker:${(await iemand()).gebruikerId}`)).toEqual([])
    expect(await sees('')).toEqual([])
  })

  test('is forgotten when it is saved, and what the saved page still sends by itself keeps nothing', async () => {
    const wie = await iemand()
    const send = await openFormulier(app, NIEUW, wie)
    await send(NIEUW, { naam: 'Wandelen', _concept: 'bewaar' })
    expect((await send(NIEUW, { ...HEEL, naam: 'Wandelen' })).headers.location).toMatch(/interventies\/\d+/)
    await send(NIEUW, { naam: 'Wandelen, te laat', _concept: 'bewaar', _keer: '2' })
    expect(await get(`${NIEUW}?stap=alles`, wie)).not.toContain('concept van')
    expect(await aantal('Wandelen')).toBe(1)
    // The next one is a new form.
    const later = await openFormulier(app, NIEUW, wie)
    await later(NIEUW, { naam: 'Fietsen', _concept: 'bewaar' })
    expect(await get(`${NIEUW}?stap=alles`, wie)).toContain('value="Fietsen"')
  })

  test('stays when saving is refused', async () => {
    const wie = await iemand()
    const send = await openFormulier(app, NIEUW, wie)
    await send(NIEUW, { naam: 'Zwemmen', _concept: 'bewaar' })
    expect((await send(NIEUW, { ...HEEL, naam: '' })).statusCode).toBe(400)
    expect(await get(`${NIEUW}?stap=alles`, wie)).toContain('value="Zwemmen"')
  })

  test('can be thrown away, and goes by itself after thirty days', async () => {
    const wie = await iemand()
    const send = await openFormulier(app, NIEUW, wie)
    await send(NIEUW, { naam: 'Schaken', _concept: 'bewaar' })
    await (await openFormulier(app, NIEUW, wie))(NIEUW, { _concept: 'weg' })
    expect(await get(`${NIEUW}?stap=alles`, wie)).not.toContain('Schaken')
    await (await openFormulier(app, NIEUW, wie))(NIEUW, { naam: 'Dammen', _concept: 'bewaar' })
    const set = (dagen: number) =>
      db.owner.query(
        `update platform.concept set op = now() - $1 * interval '1 day' where gebruiker_id = $2`,
        [dagen, wie.gebruikerId],
      )
    await set(29)
    await omgeving.database.write(NOBODY, forgetConcepten)
    expect(await get(`${NIEUW}?stap=alles`, wie)).toContain('value="Dammen"')
    await set(31)
    await omgeving.database.write(NOBODY, forgetConcepten)
    expect(await get(`${NIEUW}?stap=alles`, wie)).not.toContain('Dammen')
  })

  test('of what a colleague changed meanwhile is shown beside theirs before it is saved', async () => {
    const wie = await iemand()
    const nieuw = await (await openFormulier(app, NIEUW, wie))(NIEUW, { ...HEEL, naam: 'Koken' })
    const pad = `${String(nieuw.headers.location).split('?')[0]}/wijzig`
    const send = await openFormulier(app, pad, wie)
    await send(pad, { ...HEEL, naam: 'Samen koken', versie: '1', _concept: 'bewaar' })
    const collega = await iemand()
    await (await openFormulier(app, pad, collega))(pad, { ...HEEL, naam: 'Koken!', versie: '1' })
    const body = await get(pad, wie)
    expect(body).toContain('value="Samen koken"')
    expect(body).toContain('name="versie" value="1"')
    const antwoord = await (await openFormulier(app, pad, wie))(pad, {
      ...HEEL,
      naam: 'Samen koken',
      versie: '1',
    })
    expect(antwoord.statusCode).toBe(409)
  })
})

describe('a long form in parts', () => {
  test('says how far each is, keeps each by itself, and saves all of it at once', async () => {
    const wie = await iemand()
    const states = async () =>
      [...(await get(NIEUW, wie)).matchAll(/\?stap=(\w+)"[^>]*>[^<]*<\/a><span[^>]*>([^<]+)/g)].map(
        ([, naam, staat]) => `${naam}: ${staat}`,
      )
    expect(await states()).toEqual([
      'wat: Nog invullen',
      'bewijs: Nog invullen',
      'inzet: Nog invullen',
      'kosten: Mag leeg blijven',
    ])
    const stap = async (naam: string, velden: Record<string, string>) =>
      (await openFormulier(app, `${NIEUW}?stap=${naam}`, wie))(NIEUW, { stap: naam, ...velden })
    const { gemeente, omschrijving, bewijs, doelgroep, inzetbaarDoor } = HEEL
    const leeg = await stap('wat', { gemeente, omschrijving })
    expect(leeg.statusCode).toBe(400)
    expect(leeg.body).toContain('Vul de naam in.')
    // Only this part, with what was typed in it.
    expect(leeg.body).toContain('Samen wandelen')
    expect(leeg.body).not.toContain('name="doelgroep"')
    expect((await stap('wat', { gemeente, omschrijving, naam: 'In delen' })).headers.location).toBe(
      `${NIEUW}?stap=bewijs`,
    )
    await stap('inzet', { doelgroep, inzetbaarDoor })
    expect((await stap('kosten', { licentiekosten: '1.250' })).headers.location).toBe(NIEUW)
    expect(await states()).toEqual([
      'wat: Ingevuld',
      'bewijs: Nog invullen',
      'inzet: Ingevuld',
      'kosten: Ingevuld',
    ])
    await stap('bewijs', { bewijs })
    const send = await openFormulier(app, NIEUW, wie)
    const form = (await get(NIEUW, wie)).split('<form').find(deel => deel.includes('name="_was"')) ?? ''
    const verborgen = [...form.matchAll(/type="hidden" name="(\w+)" value="([^"]*)"/g)].map(
      ([, naam = '', waarde = '']) => [naam, waarde] as const,
    )
    const klaar = await send(NIEUW, Object.fromEntries(verborgen.filter(([naam]) => naam !== '_csrf')))
    expect(klaar.headers.location).toMatch(/interventies\/\d+/)
    const { rows } = await db.owner.query(
      'select omschrijving, bewijs, doelgroep, licentiekosten::int as kosten from kaders.interventie where naam = $1',
      ['In delen'],
    )
    expect(rows).toEqual([{ omschrijving, bewijs, doelgroep, kosten: 125_000 }])
  })

  test('saving before all parts are there shows every fault on one page', async () => {
    const wie = await iemand()
    const { statusCode, body } = await (await openFormulier(app, NIEUW, wie))(NIEUW, {})
    expect(statusCode).toBe(400)
    for (const melding of ['Vul de naam in.', 'Kies hoe sterk het bewijs is.', 'Vul de doelgroep in.'])
      expect(body).toContain(melding)
  })

  test('a part that does not exist is named', async () => {
    const wie = await iemand()
    const { statusCode, body } = await app.inject({ url: `${NIEUW}?stap=nergens`, headers: wie.headers })
    expect(statusCode).toBe(400)
    expect(body).toContain('‘nergens’ is hier geen keuze.')
    const gestuurd = await (await openFormulier(app, NIEUW, wie))(NIEUW, { stap: 'nergens' })
    expect(gestuurd.statusCode).toBe(400)
  })
})
