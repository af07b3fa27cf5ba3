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

const standIn = (body: string) => /name="_stand" value="(\d+)"/.exec(body)?.[1] ?? ''

const openWindow = async (wie: Inlog, pad = `${NIEUW}?stap=alles`) => {
  const _stand = standIn(await get(pad, wie))
  const send = await openFormulier(app, pad, wie)
  return (velden: Record<string, string>) => send(NIEUW, { _stand, ...velden })
}
const kept = async (wie: Inlog) =>
  /name="naam"[^>]*value="([^"]*)"|value="([^"]*)"[^>]*name="naam"/.exec(
    await get(`${NIEUW}?stap=alles`, wie),
  )

describe('two windows on one form', () => {
  test('the second to write is told, and takes nothing from the first', async () => {
    const wie = await iemand()
    const [een, twee] = [await openWindow(wie), await openWindow(wie)]
    expect((await een({ naam: 'Eerste', _concept: 'vanzelf' })).statusCode).toBe(303)
    for (const wijze of ['vanzelf', 'bewaar']) {
      const { statusCode, body } = await twee({ naam: 'Tweede', _concept: wijze })
      expect([
        statusCode,
        body.includes('In een ander venster is met dit formulier verder gewerkt.'),
      ]).toEqual([400, true])
      expect(body).toContain('value="Tweede"')
    }
    expect((await kept(wie))?.[0]).toContain('Eerste')
    // The first goes on, as often as it likes.
    expect((await een({ naam: 'Eerste, verder', _concept: 'vanzelf', _keer: '2' })).statusCode).toBe(303)
    // What was shown since may be put in its place on purpose.
    expect((await (await openWindow(wie))({ naam: 'Derde', _concept: 'bewaar' })).statusCode).toBe(303)
    expect((await kept(wie))?.[0]).toContain('Derde')
  })

  test('saving in one leaves what was written in the other', async () => {
    const wie = await iemand()
    const [een, twee] = [await openWindow(wie), await openWindow(wie)]
    await twee({ naam: 'Nog niet klaar', _concept: 'bewaar' })
    expect((await een({ ...HEEL, naam: 'Wel klaar' })).headers.location).toMatch(/interventies\/\d+/)
    expect((await kept(wie))?.[0]).toContain('Nog niet klaar')
    expect((await (await openWindow(wie))({ ...HEEL, naam: 'Nu ook klaar' })).statusCode).toBe(303)
    expect((await kept(wie))?.[0] ?? '').not.toContain('klaar')
  })

  test('a window that was saved keeps nothing by itself, and all that is asked for', async () => {
    const wie = await iemand()
    const een = await openWindow(wie)
    await een({ ...HEEL, naam: 'Bewaard' })
    expect((await een({ naam: 'Te laat', _concept: 'vanzelf' })).statusCode).toBe(400)
    expect((await een({ naam: 'Met opzet', _concept: 'bewaar' })).statusCode).toBe(303)
    expect((await kept(wie))?.[0]).toContain('Met opzet')
  })

  test('a list of parts that is out of date saves nothing and shows what there is now', async () => {
    const wie = await iemand()
    const oud = await openWindow(wie, NIEUW)
    const stap = await openWindow(wie, `${NIEUW}?stap=inzet`)
    await stap({ stap: 'inzet', doelgroep: 'Jeugd', inzetbaarDoor: 'School' })
    const { headers } = await oud({ ...HEEL, naam: 'Oude stand', _taken: '1' })
    expect(headers.location).toBe(`${NIEUW}?melding=overtaken`)
    const read = async () =>
      (
        await app.inject({
          url: String(headers.location),
          headers: { ...wie.headers, 'sec-fetch-site': 'same-origin' },
        })
      ).body
    expect(await read()).toContain('In een ander venster is hieraan iets veranderd.')
    expect(await aantal('Oude stand')).toBe(0)
    expect(await get(`${NIEUW}?stap=inzet`, wie)).toContain('Jeugd')
    await (await openFormulier(app, '/', wie))('/concepten/verwijder', { adres: NIEUW })
    expect(await read()).toContain('U hebt dit in een ander venster al opgeslagen.')
  })
})

describe('of a draft that was opened twice', () => {
  test('an old window writes nothing over what came after it was thrown away', async () => {
    const wie = await iemand()
    await (await openWindow(wie))({ naam: 'Oud', _concept: 'bewaar' })
    const oud = await openWindow(wie)
    await (await openFormulier(app, '/', wie))('/concepten/verwijder', { adres: NIEUW })
    await (await openWindow(wie))({ naam: 'Nieuw', _concept: 'bewaar' })
    expect((await oud({ naam: 'Oud, verder', _concept: 'vanzelf' })).statusCode).toBe(400)
    expect((await kept(wie))?.[0]).toContain('Nieuw')
  })

  test('the second to save is told that it was saved, with what it holds, and may still', async () => {
    const wie = await iemand()
    await (await openWindow(wie))({ ...HEEL, naam: 'Samen', _concept: 'bewaar' })
    const [een, twee] = [await openWindow(wie), await openWindow(wie)]
    expect((await een({ ...HEEL, naam: 'Samen' })).headers.location).toMatch(/interventies\/\d+/)
    const later = await twee({ ...HEEL, naam: 'Samen, twee' })
    expect([later.statusCode, later.body]).toEqual([
      400,
      expect.stringContaining('in een ander venster al opgeslagen'),
    ])
    expect(later.body).toContain('value="Samen, twee"')
    expect(await aantal('Samen, twee')).toBe(0)
    const weer = await twee({ ...HEEL, naam: 'Samen, twee', _stand: standIn(later.body) })
    expect(weer.headers.location).toMatch(/interventies\/\d+/)
  })

  test('a second click on the list of parts answers as the first', async () => {
    const wie = await iemand()
    await (await openWindow(wie))({ ...HEEL, naam: 'Twee keer', _concept: 'bewaar' })
    const lijst = await openWindow(wie)
    const velden = { ...HEEL, naam: 'Twee keer', _taken: '1' }
    const eerst = await lijst(velden)
    expect(eerst.headers.location).toMatch(/interventies\/\d+/)
    expect((await lijst(velden)).headers.location).toBe(eerst.headers.location)
    expect(await aantal('Twee keer')).toBe(1)
  })
})

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

  test('is of what the form is about: the same form under another is empty', async () => {
    const wie = await iemand()
    const onder = `${NIEUW}?onder=3`
    const send = await openFormulier(app, `${onder}&stap=alles`, wie)
    expect((await send(onder, { naam: 'Onder drie', _concept: 'bewaar' })).headers.location).toBe(
      `${onder}&stap=alles`,
    )
    expect(await get(`${NIEUW}?stap=alles`, wie)).not.toContain('Onder drie')
    const body = await get(`${onder}&stap=alles`, wie)
    expect(body).toContain('value="Onder drie"')
    expect(body).toContain(`action="${onder}"`)
    const lang = `${NIEUW}?onder=${'a'.repeat(500)}`
    expect((await send(lang, { ...HEEL, naam: 'Lang adres' })).headers.location).toMatch(/interventies\/\d+/)
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
    await send(NIEUW, { naam: 'Wandelen, te laat', _concept: 'vanzelf', _keer: '2' })
    expect(await get(`${NIEUW}?stap=alles`, wie)).not.toContain('concept van')
    expect(await aantal('Wandelen')).toBe(1)
    // The next one is a new form.
    const later = await openFormulier(app, NIEUW, wie)
    await later(NIEUW, { naam: 'Fietsen', _concept: 'bewaar', _stand: standIn(await get(NIEUW, wie)) })
    expect(await get(`${NIEUW}?stap=alles`, wie)).toContain('value="Fietsen"')
  })

  test('of a part is kept as it is, also when it is not right yet', async () => {
    const wie = await iemand()
    const send = await openFormulier(app, `${NIEUW}?stap=inzet`, wie)
    const { headers } = await send(NIEUW, { stap: 'inzet', doelgroep: 'Alleen dit', _concept: 'bewaar' })
    expect(headers.location).toBe(NIEUW)
    expect(await get(`${NIEUW}?stap=inzet`, wie)).toContain('Alleen dit')
  })

  test('is one of twenty at most; of more the oldest goes', async () => {
    const wie = await iemand()
    for (let i = 1; i <= 22; i += 1) {
      const pad = `${NIEUW}?nr=${i}`
      await (await openFormulier(app, pad, wie))(pad, { naam: `Nummer ${i}`, _concept: 'bewaar' })
    }
    const { rows } = await db.owner.query(
      'select adres from platform.concept where gebruiker_id = $1 order by concept_id',
      [wie.gebruikerId],
    )
    expect(rows).toHaveLength(20)
    expect(rows[0].adres).toBe(`${NIEUW}?nr=3`)
  })

  test('is thrown away on the start page, and is not named to who may not open the form any more', async () => {
    const wie = await iemand()
    await (await openFormulier(app, NIEUW, wie))(NIEUW, { naam: 'Schaken', _concept: 'bewaar' })
    expect(await get('/', wie)).toContain('Nog niet opgeslagen')
    const lezer = await login('raad')
    const inhoud = { titel: 'Interventie toevoegen', invoer: {}, versie: 0, was: '' }
    await db.owner.query(
      "insert into platform.concept (gebruiker_id, adres, inhoud, bladzij) values ($1, $2, $3, sha256(''))",
      [lezer.gebruikerId, NIEUW, omgeving.kluis.versleutel(Buffer.from(JSON.stringify(inhoud)))],
    )
    expect(await get('/', lezer)).not.toContain('Nog niet opgeslagen')
    const ander = await iemand()
    await (await openFormulier(app, '/', ander))('/concepten/verwijder', { adres: NIEUW })
    expect(await get('/', wie)).toContain('Nog niet opgeslagen')
    await (await openFormulier(app, '/', wie))('/concepten/verwijder', { adres: NIEUW })
    expect(await get('/', wie)).not.toContain('Nog niet opgeslagen')
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
    const _stand = standIn(await get(NIEUW, wie))
    await (await openFormulier(app, NIEUW, wie))(NIEUW, { _concept: 'weg', _stand })
    expect(await get(`${NIEUW}?stap=alles`, wie)).not.toContain('Schaken')
    const nieuw = await openFormulier(app, NIEUW, wie)
    await nieuw(NIEUW, { naam: 'Dammen', _concept: 'bewaar', _stand: standIn(await get(NIEUW, wie)) })
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
    const stap = async (naam: string, velden: Record<string, string>) => {
      const pad = `${NIEUW}?stap=${naam}`
      const _stand = standIn(await get(pad, wie))
      return (await openFormulier(app, pad, wie))(NIEUW, { stap: naam, _stand, ...velden })
    }
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
