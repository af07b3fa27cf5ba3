import { beforeAll, describe, expect, test } from 'vitest'
import { type Inlog, testApp } from '../../../test/support/app.ts'
import { testDatabase } from '../../../test/support/database.ts'
import { openFormulier } from '../../../test/support/formulier.ts'
import { GEMEENTE_A, laadTestregio, testBsn, testOmgeving } from '../../../test/support/regio.ts'

/** A list as somebody likes to see it: kept, found back above it, and theirs alone. */
const db = await testDatabase()
const omgeving = testOmgeving(db)
const { app, login } = await testApp(db, omgeving)
const STERK = '/interventies?bewijs=onbewezen&sorteer=-naam&kolom=bewijs'
const keepAt = (van: string) => `/weergaven/nieuw?van=${encodeURIComponent(van)}`

beforeAll(async () => {
  await laadTestregio(omgeving)
})
const iemand = () => login('beleidsadviseur')
const get = async (url: string, wie: Inlog) => (await app.inject({ url, headers: wie.headers })).body
/** What stands above a list: every link with its address. */
const chips = (body: string) =>
  [
    ...(body.split('class="sam-weergaven"')[1]?.split('</nav>')[0] ?? '').matchAll(
      /<a[^>]*href="([^"]+)".*?<\/a>/g,
    ),
  ].map(([link, href = '']) => `${link.replaceAll(/<[^>]+>/g, '')}: ${href.replaceAll('&amp;', '&')}`)
async function keep(wie: Inlog, van: string, naam: string) {
  const send = await openFormulier(app, keepAt(van), wie)
  return send('/weergaven/nieuw', { van, naam })
}

describe('a view of a list', () => {
  test('is kept from the list, found back above it, and its link opens the same list', async () => {
    const wie = await iemand()
    expect(chips(await get('/interventies', wie))).toEqual([])
    expect(chips(await get(STERK, wie))).toEqual([`Bewaar deze weergave: ${keepAt(STERK)}`])
    expect((await keep(wie, STERK, 'Nog te bewijzen')).headers.location).toBe(STERK)
    const body = await get('/interventies', wie)
    expect(chips(body)).toEqual([`Nog te bewijzen: ${STERK}`, 'Beheer uw weergaven: /weergaven'])
    const open = await get(STERK, wie)
    expect(chips(open)).toEqual(chips(body))
    expect(open).toContain('aria-current="page">Nog te bewijzen')
    // Of this list only, and of this person only.
    expect(chips(await get('/reikwijdte', wie))).toEqual([])
    expect(chips(await get('/interventies', await iemand()))).toEqual([])
  })

  test('under the same name takes the place of the one before', async () => {
    const wie = await iemand()
    await keep(wie, STERK, 'Mijn lijst')
    await keep(wie, '/interventies?zoek=ouderen', 'Mijn lijst')
    expect(chips(await get('/interventies', wie))).toEqual([
      'Mijn lijst: /interventies?zoek=ouderen',
      'Beheer uw weergaven: /weergaven',
    ])
  })

  test('of what is not there is not kept: it would open on a refusal, and may hold a name', async () => {
    const wie = await iemand()
    for (const [vraag, wat] of [
      ['onzin=Jansen', 'onzin: zo’n filter is er hier niet.'],
      ['bewijs=onzin', 'bewijs: ‘onzin’ is hier geen keuze.'],
      ['sorteer=onzin', 'sorteer: ‘onzin’ is hier geen keuze.'],
      ['kolom=onzin', 'kolom: ‘onzin’ is hier geen kolom.'],
    ]) {
      const antwoord = await keep(wie, `/interventies?${vraag}`, 'Niet')
      expect([vraag, antwoord.statusCode, antwoord.body.includes(wat ?? '')]).toEqual([vraag, 400, true])
    }
    expect(chips(await get('/interventies', wie))).toEqual([])
  })

  test('of the log of one resident is not kept', async () => {
    const wie = await login('privacy-officer')
    const van = '/audit?onderwerp=0310.12&actie=toewijzing.ingezien'
    expect(chips(await get(van, wie))).toEqual([])
    expect((await keep(wie, van, 'Van één')).statusCode).toBe(400)
  })

  test('of one case is not kept, whatever it is called, nor of a list that one may not open', async () => {
    const backoffice = await login('backoffice', { gemeenten: [GEMEENTE_A] })
    for (const van of ['/toewijzingen?zoek=100715', '/declaraties?zoek=R1', '/berichten?zoek=123']) {
      expect(chips(await get(van, backoffice))).toEqual([])
      const { statusCode, body } = await keep(backoffice, van, 'Een inwoner')
      expect([van, statusCode, body]).toEqual([van, 400, expect.stringContaining('van één inwoner')])
    }
    expect((await keep(backoffice, '/berichten?zoek=zorg', 'Zorg')).statusCode).toBe(303)
    const adviseur = await iemand()
    const ander = await app.inject({ url: keepAt('/toewijzingen?staat=open'), headers: adviseur.headers })
    expect(ander.statusCode).toBe(404)
    expect((await keep(await iemand(), '/interventies?123456782=1', 'Een naam')).statusCode).toBe(400)
  })

  test('of many at once no more than twenty stay', async () => {
    const wie = await iemand()
    const send = await openFormulier(app, keepAt(STERK), wie)
    await Promise.all(
      Array.from({ length: 26 }, (_, i) => send('/weergaven/nieuw', { van: STERK, naam: `Nummer ${i}` })),
    )
    const { rowCount } = await db.owner.query('select from platform.weergave where gebruiker_id = $1', [
      wie.gebruikerId,
    ])
    expect(rowCount).toBe(20)
  })

  test('is thrown away by who kept it, and by nobody else', async () => {
    const wie = await iemand()
    await keep(wie, STERK, 'Weg hiermee')
    const { rows } = await db.owner.query('select weergave_id as id from platform.weergave where naam = $1', [
      'Weg hiermee',
    ])
    const pad = `/weergaven/${rows[0].id}/verwijder`
    const ander = await iemand()
    await keep(ander, STERK, 'Van een ander')
    await (await openFormulier(app, '/weergaven', ander))(pad, {})
    expect(await get('/weergaven', wie)).toContain('Weg hiermee')
    await (await openFormulier(app, '/weergaven', wie))(pad, {})
    expect(await get('/weergaven', wie)).toContain('U hebt nog geen weergave bewaard')
    expect(await get('/weergaven', ander)).toContain('Van een ander')
  })

  test.each([
    ['https://elders.nl/interventies?x=1'],
    ['//elders.nl/interventies?x=1'],
    ['/uitloggen?x=1'],
    ['/interventies'],
    ['interventies?x=1'],
    ['http://['],
    ['//'],
    [`/interventies?zoek=${'a'.repeat(2001)}`],
    [''],
  ])('of %.40s is none', async van => {
    const wie = await iemand()
    expect((await app.inject({ url: keepAt(van), headers: wie.headers })).statusCode).toBe(404)
  })

  test('of one resident is not kept, a strange sign in it hurts nobody, and twenty of one list are enough', async () => {
    const wie = await iemand()
    const backoffice = await login('backoffice', { gemeenten: [GEMEENTE_A] })
    for (const zoek of ['client=9101.1', 'bewijs=onbewezen&toewijzing=9101.2']) {
      const { statusCode, body } = await keep(backoffice, `/toewijzingen?${zoek}`, 'Sem')
      expect([statusCode, body.includes('Een lijst van één inwoner')]).toEqual([400, true])
    }
    expect((await keep(wie, '/interventies?zoek=100%', 'Procent')).statusCode).toBe(303)
    for (let i = 2; i <= 20; i += 1)
      expect((await keep(wie, `/interventies?zoek=${i}`, `Nummer ${i}`)).statusCode).toBe(303)
    const teveel = await keep(wie, '/interventies?zoek=21', 'Nummer 21')
    expect([teveel.statusCode, teveel.body.includes('20 weergaven bewaren')]).toEqual([400, true])
    expect((await keep(wie, '/interventies?zoek=22', 'Nummer 2')).statusCode).toBe(303)
    expect((await keep(wie, '/reikwijdte?zoek=x', 'Van een andere lijst')).statusCode).toBe(303)
  })

  test('asks for a name, and keeps no number of a resident', async () => {
    const wie = await iemand()
    const leeg = await keep(wie, STERK, '')
    expect([leeg.statusCode, leeg.body.includes('Vul een naam in.')]).toEqual([400, true])
    expect(leeg.body).toContain('name="van" value="/interventies?bewijs=')
    for (const bsn of [testBsn(1), [...testBsn(1)].join('+')]) {
      const { statusCode, body } = await keep(wie, `/interventies?zoek=${bsn}`, 'Van iemand')
      expect([statusCode, body.includes('Alleen een lijst zonder')]).toEqual([400, true])
    }
  })
})

describe('the columns of a list', () => {
  const koppen = (body: string) =>
    [...body.matchAll(/<th scope="col"[^>]*>(?:<a[^>]*>)?([^<]+)/g)].map(([, kop]) => kop)

  test('are those that the address names, with the one that names the row; an address that names none shows all', async () => {
    const wie = await iemand()
    const send = await openFormulier(app, '/interventies/nieuw', wie)
    await send('/interventies/nieuw', {
      gemeente: 'regio',
      naam: 'Wandelen',
      omschrijving: 'Samen',
      bewijs: 'onbewezen',
      doelgroep: 'Ouderen',
      inzetbaarDoor: 'Wijkteam',
    })
    const alle = ['Interventie', 'Bewijs', 'Voor wie', 'In te zetten door', 'Licentie', 'Laatste resultaat']
    expect(koppen(await get('/interventies', wie))).toEqual(alle)
    expect(koppen(await get('/interventies?kolom=in-te-zetten-door&kolom=bewijs', wie))).toEqual([
      'Interventie',
      'Bewijs',
      'In te zetten door',
    ])
    expect(koppen(await get('/interventies?kolom=verzonnen', wie))).toEqual(alle)
    const body = await get('/interventies?kolom=bewijs&sorteer=-naam', wie)
    expect(body).toContain('Kies kolommen (1 van 5 te zien)')
    // What was chosen stays with sorting and filtering.
    expect(body).toMatch(/href="\/interventies\?kolom=bewijs&amp;sorteer=naam"/)
    expect(body.match(/type="hidden" name="kolom" value="bewijs"/g)).toHaveLength(1)
  })
})
