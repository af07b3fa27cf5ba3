import { describe, expect, it } from 'vitest'
import { bladproef, CONCLUSIE } from '../../../../test/support/bladproef.ts'
import { GEMEENTE_A } from '../../../../test/support/regio.ts'
import { untilSomebodyWaits } from '../../../../test/support/wachten.ts'

const { db, login, bea, raad, get, post, klareDoorloop, voegToe, geefOpdracht, stap } = await bladproef()

const JA = { orgaan: 'raad', datum: '16-03-2026', uitkomst: 'vastgesteld', kenmerk: '', toelichting: '' }

describe('voorleggen', () => {
  it('noemt alles wat in de weg staat tegelijk', async () => {
    const { pad, doorloop } = await klareDoorloop()
    await db.owner.query(
      `update beleid.deel set inhoud = '{"stand": "niet-voldaan"}' where doorloop_id = $1 and sleutel = 'rk1'`,
      [doorloop],
    )
    await db.owner.query(
      `update beleid.deel set inhoud = '{"staat": "concept"}' where doorloop_id = $1 and sleutel = 'k1'`,
      [doorloop],
    )
    const { body, statusCode } = await stap(pad, 'leg-voor')
    expect(statusCode).toBe(400)
    expect(body).toContain('1 vraag is nog niet beantwoord of bewust opengelaten.')
    expect(body).toContain('Aan 1 randvoorwaarde is niet voldaan en dat is niet gemotiveerd.')
    expect(body).toContain('Er is nog geen conclusie.')
    // Said before the click too, with where each is put right, and never as a fault of the field that cannot solve it.
    const vooraf = (await get(`${pad}/stap/leg-voor`, bea)).body
    for (const html of [body, vooraf]) {
      for (const [naar, naam] of [
        ['/voorwaarden', 'Naar de randvoorwaarden'],
        ['/conclusies', 'Naar de conclusies'],
        ['', 'Naar het vragenwiel'],
      ])
        expect(html).toMatch(new RegExp(`<a[^>]* href="${pad}${naar}"[^>]*>${naam}</a>`))
      expect(html).not.toContain('href="#toelichting"')
      expect(html.split('Er is nog geen conclusie.')).toHaveLength(2)
    }
  })

  it('ziet ook wat op datzelfde moment weer open ging', async () => {
    const { pad, doorloop } = await klareDoorloop()
    await voegToe(pad)
    const ander = await db.owner.connect()
    try {
      await ander.query('begin')
      await ander.query('select from beleid.doorloop where doorloop_id = $1 for share', [doorloop])
      await ander.query(
        `update beleid.deel set inhoud = '{"staat": "concept"}' where doorloop_id = $1 and sleutel = 'k1'`,
        [doorloop],
      )
      const bezig = stap(pad, 'leg-voor')
      await untilSomebodyWaits(db)
      await ander.query('commit')
      const { statusCode, body } = await bezig
      expect(statusCode).toBe(400)
      expect(body).toContain('1 vraag is nog niet beantwoord of bewust opengelaten.')
    } finally {
      ander.release()
    }
  })

  it('kan pas als wie iets inbracht een reactie heeft', async () => {
    const { pad } = await klareDoorloop()
    await voegToe(pad)
    const vraag = `${pad}/vragen/k1`
    const bijdrage = { soort: 'dilemma', bijdrage: 'Wie te trots is, komt niet.' }
    expect((await post(`${vraag}/bijdragen`, vraag, bijdrage)).statusCode).toBe(303)
    expect((await stap(pad, 'leg-voor')).body).toContain('Op 1 bijdrage heeft nog niemand gereageerd.')
    const formulier = /action="([^"]*\/bijdragen\/\d+)"/.exec((await get(vraag, bea)).body)?.[1] ?? ''
    const nummer = formulier.split('/').at(-1)
    const reactie = { [`uitkomst-${nummer}`]: 'meegewogen', [`reactie-${nummer}`]: 'We gaan langs.' }
    expect((await post(formulier, vraag, reactie)).statusCode).toBe(303)
    expect((await stap(pad, 'leg-voor')).statusCode).toBe(303)
  })

  it('kan niet met een keuze die juridisch is uitgesloten', async () => {
    const { pad } = await klareDoorloop()
    await voegToe(pad, { kenmerken: ['inkomen'] })
    expect((await stap(pad, 'leg-voor')).body).toContain('1 conclusie is juridisch uitgesloten.')
  })

  it('bewaart het blad zoals het was; de raad ziet dat, en nooit een concept', async () => {
    const { pad, doorloop } = await klareDoorloop()
    const id = await voegToe(pad)
    expect((await get(`${pad}/blad`, raad)).statusCode).toBe(404)
    expect((await get(`${pad}/blad`, bea)).body).toContain('Dit is een concept')
    expect((await stap(pad, 'leg-voor')).statusCode).toBe(303)
    await db.owner.query(`update beleid.conclusie set tekst = 'Achteraf veranderd' where conclusie_id = $1`, [
      id,
    ])
    const { body } = await get(`${pad}/blad`, raad)
    expect(body).toContain('Zet in op fitheid')
    expect(body).not.toContain('Achteraf veranderd')
    expect((await get(`${pad}/conclusies/nieuw`, bea)).statusCode).toBe(200)
    expect((await post(`${pad}/conclusies/nieuw`, `${pad}/conclusies/nieuw`, CONCLUSIE)).statusCode).toBe(409)
    expect((await stap(pad, 'haal-terug')).statusCode).toBe(303)
    expect((await get(`${pad}/blad?blad=1`, raad)).statusCode).toBe(200)
    const { rows } = await db.owner.query('select stap from beleid.doorloop_stap where doorloop_id = $1', [
      doorloop,
    ])
    expect(rows.map(rij => rij.stap)).toEqual(['leg-voor', 'haal-terug'])
  })
})

describe('besluiten', () => {
  it('worden vastgelegd per orgaan; pas na een ja is de doorloop af', async () => {
    const { pad } = await klareDoorloop()
    await geefOpdracht(pad, await voegToe(pad))
    await stap(pad, 'leg-voor')
    const besluit = {
      orgaan: 'college',
      datum: '16-03-2026',
      uitkomst: 'aangehouden',
      kenmerk: '',
      toelichting: '',
    }
    const zonder = await post(`${pad}/blad/besluiten`, `${pad}/blad`, besluit)
    expect(zonder.body).toContain('Vul de toelichting in.')
    const later = await post(`${pad}/blad/besluiten`, `${pad}/blad`, { ...besluit, datum: '17-03-2026' })
    expect(later.body).toContain('Een besluit ligt niet in de toekomst.')
    const toelichting = 'Eerst een gesprek'
    await post(`${pad}/blad/besluiten`, `${pad}/blad`, { ...besluit, toelichting })
    expect((await stap(pad, 'stel-vast')).statusCode).toBe(400)
    await post(`${pad}/blad/besluiten`, `${pad}/blad`, {
      ...besluit,
      orgaan: 'raad',
      uitkomst: 'vastgesteld',
    })
    expect((await stap(pad, 'stel-vast')).statusCode).toBe(303)
    const { body } = await get(`${pad}/blad`, raad)
    expect(body).toMatch(/College Aarveld.*Aangehouden.*Raad Aarveld.*Vastgesteld/s)
  })
})

describe('een besluit', () => {
  it('is pas af als elke conclusie een opdracht heeft; die mag ook na het ja komen', async () => {
    const { pad } = await klareDoorloop()
    const id = await voegToe(pad)
    await stap(pad, 'leg-voor')
    await post(`${pad}/blad/besluiten`, `${pad}/blad`, JA)
    const zonder = await stap(pad, 'stel-vast')
    expect(zonder.statusCode).toBe(400)
    expect(zonder.body).toContain('1 conclusie heeft nog geen opdracht.')
    expect((await get(`${pad}/stap/stel-vast`, bea)).body).toContain('1 conclusie heeft nog geen opdracht.')
    expect((await geefOpdracht(pad, id)).statusCode).toBe(303)
    expect((await stap(pad, 'stel-vast')).statusCode).toBe(303)
  })
})

describe('wie twee keer drukt', () => {
  const tegelijk = <T>(doe: () => Promise<T>) => Promise.all([doe(), doe()])

  it('krijgt één conclusie, één opdracht en één besluit', async () => {
    const { pad, doorloop } = await klareDoorloop()
    const [een = 0, twee = 0] = await tegelijk(() => voegToe(pad))
    expect(een).toBe(twee)
    for (const antwoord of await tegelijk(() => geefOpdracht(pad, een))) expect(antwoord.statusCode).toBe(303)
    await stap(pad, 'leg-voor')
    for (const antwoord of await tegelijk(() => post(`${pad}/blad/besluiten`, `${pad}/blad`, JA)))
      expect(antwoord.statusCode).toBe(303)
    const { rows } = await db.owner.query(
      `select (select count(*)::int from beleid.conclusie where doorloop_id = $1) as conclusies,
         (select count(*)::int from beleid.opdracht where conclusie_id = $2) as opdrachten,
         (select count(*)::int from beleid.besluit where doorloop_id = $1) as besluiten`,
      [doorloop, een],
    )
    expect(rows).toEqual([{ conclusies: 1, opdrachten: 1, besluiten: 1 }])
  })
})

describe('een ja', () => {
  it('over een blad dat is teruggehaald, geldt niet voor het volgende', async () => {
    const { pad } = await klareDoorloop()
    await geefOpdracht(pad, await voegToe(pad))
    await stap(pad, 'leg-voor')
    await post(`${pad}/blad/besluiten`, `${pad}/blad`, JA)
    await stap(pad, 'haal-terug')
    await geefOpdracht(pad, await voegToe(pad, { tekst: 'Laat nog iets los', richting: 'loslaten' }))
    await stap(pad, 'leg-voor')
    expect((await stap(pad, 'stel-vast')).statusCode).toBe(400)
    await post(`${pad}/blad/besluiten`, `${pad}/blad`, JA)
    expect((await stap(pad, 'stel-vast')).statusCode).toBe(303)
  })
})

describe('een blad dat niet meer geldt', () => {
  it('zegt dat tegen wie het leest', async () => {
    const { pad } = await klareDoorloop()
    await voegToe(pad)
    await stap(pad, 'leg-voor')
    await stap(pad, 'haal-terug')
    expect((await get(`${pad}/blad`, raad)).body).toContain('Dit blad is teruggehaald')
    await stap(pad, 'leg-voor')
    const eerste = await get(`${pad}/blad?blad=1`, raad)
    expect(eerste.body).toContain('Er is een nieuwer blad')
    expect((await get(`${pad}/blad`, raad)).body).not.toContain('Er is een nieuwer blad')
    await stap(pad, 'trek-in')
    expect((await get(`${pad}/blad`, raad)).body).toContain('Deze doorloop is ingetrokken')
  })
})

describe('beleid van de regio', () => {
  it('toont wie het niet mag voorleggen ook geen knop daarvoor', async () => {
    const { pad } = await klareDoorloop(null)
    await voegToe(pad)
    const vanA = await login('beleidsadviseur', { gemeenten: [GEMEENTE_A] })
    const naar = `href="${pad}/stap/leg-voor"`
    expect((await get(`${pad}/blad`, bea)).body).toContain(naar)
    const { body } = await get(`${pad}/blad`, vanA)
    expect(body).toContain('De doorloop kan worden voorgelegd')
    expect(body).not.toContain(naar)
  })
})
