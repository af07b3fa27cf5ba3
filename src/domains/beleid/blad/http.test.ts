import { strFromU8, unzipSync } from 'fflate'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Inlog, testApp } from '../../../../test/support/app.ts'
import {
  beantwoordWat,
  laadWegwijzer,
  maakAanbod,
  maakDoorloop,
  maakDossier,
} from '../../../../test/support/beleid.ts'
import { testDatabase } from '../../../../test/support/database.ts'
import { postFormulier } from '../../../../test/support/formulier.ts'
import { GEMEENTE_A, laadTestregio, testOmgeving } from '../../../../test/support/regio.ts'
import { untilSomebodyWaits } from '../../../../test/support/wachten.ts'

const db = await testDatabase()
const omgeving = testOmgeving(db)
const { app, login } = await testApp(db, omgeving)

let bea: Inlog
let raad: Inlog
let inkoop: Inlog
let methodeId: number

beforeAll(async () => {
  await laadTestregio(omgeving)
  methodeId = await laadWegwijzer(omgeving)
  bea = await login('beleidsadviseur')
  raad = await login('raad')
  inkoop = await login('inkoopadviseur')
})

const get = (url: string, wie: Inlog) => app.inject({ url, headers: wie.headers })
const post = (url: string, van: string, velden: Record<string, string | string[]>, wie = bea) =>
  postFormulier(app, url, van, velden, wie)

let teller = 0
/** A run of which every question is answered and every precondition met; answers its address. */
async function klareDoorloop(gemeente: string | null = GEMEENTE_A) {
  teller += 1
  const dossier = await maakDossier(db, bea.gebruikerId, { naam: `Dossier ${teller}`, gemeente })
  await maakAanbod(db, dossier)
  const doorloop = await maakDoorloop(db, dossier, methodeId, bea.gebruikerId)
  await beantwoordWat(db, doorloop)
  await db.owner.query(
    `insert into beleid.deel (doorloop_id, dossier_id, onderdeel, sleutel, inhoud)
     select l.doorloop_id, l.dossier_id, 'antwoord', v ->> 'code', '{"staat": "open-gelaten", "tekst": "", "reden": "Later"}'
     from beleid.doorloop l join beleid.methode m using (methode_id),
          jsonb_array_elements(m.inhoud -> 'kwadranten') k, jsonb_array_elements(k -> 'vragen') v
     where l.doorloop_id = $1 and k ->> 'fase' = 'hoe'`,
    [doorloop],
  )
  await db.owner.query(
    `insert into beleid.deel (doorloop_id, dossier_id, onderdeel, sleutel, inhoud)
     select l.doorloop_id, l.dossier_id, 'voorwaarde', v ->> 'code', '{"stand": "voldaan"}'
     from beleid.doorloop l join beleid.methode m using (methode_id),
          jsonb_array_elements(m.inhoud -> 'kwadranten') k, jsonb_array_elements(k -> 'randvoorwaarden') v
     where l.doorloop_id = $1`,
    [doorloop],
  )
  return { dossier, doorloop, pad: `/beleid/doorlopen/${doorloop}` }
}

const CONCLUSIE = {
  tekst: 'Zet in op fitheid',
  kwadrant: 'vangnet',
  richting: 'versterken',
  aanbod: '',
  raakt: 'nieuw',
  versie: '0',
}

async function voegToe(pad: string, velden: Record<string, string | string[]> = {}) {
  const antwoord = await post(
    `${pad}/conclusies/nieuw`,
    `${pad}/conclusies/nieuw`,
    { ...CONCLUSIE, ...velden },
    bea,
  )
  expect(antwoord.statusCode, antwoord.body).toBe(303)
  return Number(/conclusies\/(\d+)/.exec(String(antwoord.headers.location))?.[1])
}

/** What a conclusion becomes: work for the buyer. Answers what the form got. */
async function geefOpdracht(pad: string, conclusie: number) {
  const van = `${pad}/conclusies/${conclusie}`
  return post(`${van}/opdrachten`, van, {
    bestemming: 'inkoop',
    wat: 'Neem het op in de inkoopstrategie',
    eigenaar: String(inkoop.gebruikerId),
    uiterlijk: '31-12-2026',
    segment: '',
  })
}

const stap = async (pad: string, naam: string) => {
  const pagina = await get(`${pad}/stap/${naam}`, bea)
  const versie = /name="versie" value="(\d+)"/.exec(pagina.body)?.[1] ?? ''
  return post(`${pad}/stap/${naam}`, `${pad}/stap/${naam}`, { versie, toelichting: 'Omdat het moet' })
}

describe('conclusies', () => {
  it('dragen het juridische risico waar de keuze wordt gemaakt', async () => {
    const { pad } = await klareDoorloop()
    await voegToe(pad)
    await voegToe(pad, { tekst: 'Zet lopende hulp om', raakt: 'bestaand' })
    await voegToe(pad, { tekst: 'Laat inkomen meetellen', kenmerken: ['inkomen'] })
    const { body } = await get(`${pad}/conclusies`, bea)
    expect(body).toMatch(/Zet in op fitheid.*Juridisch risico laag/s)
    expect(body).toMatch(/Zet lopende hulp om.*Juridisch risico hoger/s)
    expect(body).toMatch(/Laat inkomen meetellen.*Juridisch uitgesloten.*Leusden.*1 februari 2023/s)
  })

  it('worden iets met een eigenaar, en zijn van daar terug te vinden', async () => {
    const { pad } = await klareDoorloop()
    const id = await voegToe(pad)
    const [segment] = (
      await db.owner.query(`select segment_id::text as id from contracten.segment where code = 'W-BEG'`)
    ).rows
    const van = `${pad}/conclusies/${id}`
    const opdracht = {
      bestemming: 'inkoop',
      wat: 'Neem het op in de inkoopstrategie',
      eigenaar: String(inkoop.gebruikerId),
      uiterlijk: '31-12-2026',
      segment: segment.id,
    }
    const fout = await post(`${van}/opdrachten`, van, { ...opdracht, wat: '', uiterlijk: '31-02-2026' })
    expect(fout.statusCode).toBe(400)
    expect(fout.body).toContain('Er zijn 2 dingen die u moet aanpassen')
    expect((await post(`${van}/opdrachten`, van, opdracht)).statusCode).toBe(303)
    const lijst = await get('/opdrachten?van=mij', inkoop)
    expect(lijst.body).toContain('Neem het op in de inkoopstrategie')
    const pagina = /\/opdrachten\/(\d+)/.exec(lijst.body)?.[0] ?? ''
    const een = await get(pagina, inkoop)
    expect(een.body).toContain('Zet in op fitheid')
    expect(een.body).toContain(`href="${pad}"`)
    const klaar = { staat: 'klaar', eigenaar: String(inkoop.gebruikerId), toelichting: '', versie: '1' }
    const zonder = await post(pagina, pagina, { ...klaar, resultaat: '' }, inkoop)
    expect(zonder.body).toContain('Schrijf op wat ervan is gekomen.')
    expect((await post(pagina, pagina, { ...klaar, resultaat: 'Staat erin' }, inkoop)).statusCode).toBe(303)
    expect((await post(pagina, pagina, { ...klaar, resultaat: 'Nogmaals' }, inkoop)).statusCode).toBe(409)
    expect((await get(pagina, inkoop)).body).toContain('Staat erin')
  })

  it('zijn te schrappen en terug te zetten', async () => {
    const { pad } = await klareDoorloop()
    const id = await voegToe(pad)
    await post(`${pad}/conclusies/${id}/schrap`, `${pad}/conclusies/${id}`, {})
    expect((await get(`${pad}/conclusies`, bea)).body).toContain('Geschrapte conclusies (1)')
    await post(`${pad}/conclusies/${id}/schrap`, `${pad}/conclusies`, { schrap: 'nee' })
    expect((await get(`${pad}/conclusies`, bea)).body).not.toContain('Geschrapte conclusies')
  })

  it('van een andere doorloop bestaan hier niet', async () => {
    const een = await klareDoorloop()
    const ander = await klareDoorloop()
    const id = await voegToe(een.pad)
    expect((await get(`${ander.pad}/conclusies/${id}`, bea)).statusCode).toBe(404)
  })
})

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

const JA = { orgaan: 'raad', datum: '16-03-2026', uitkomst: 'vastgesteld', kenmerk: '', toelichting: '' }

describe('een besluit', () => {
  it('is pas af als elke conclusie een opdracht heeft; die mag ook na het ja komen', async () => {
    const { pad } = await klareDoorloop()
    const id = await voegToe(pad)
    await stap(pad, 'leg-voor')
    await post(`${pad}/blad/besluiten`, `${pad}/blad`, JA)
    const zonder = await stap(pad, 'stel-vast')
    expect(zonder.statusCode).toBe(400)
    expect(zonder.body).toContain('1 conclusie heeft nog geen opdracht.')
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

describe('het blad als document', () => {
  it('zegt dat het een concept is, en over welk blad een besluit ging', async () => {
    const { pad } = await klareDoorloop()
    await voegToe(pad)
    const tekst = async () => {
      const bestanden = unzipSync((await get(`${pad}/blad/docx`, bea)).rawPayload)
      const xml = strFromU8(bestanden['word/document.xml'] ?? new Uint8Array())
      return xml.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ')
    }
    expect(await tekst()).toContain('Concept: niet voorgelegd')
    await stap(pad, 'leg-voor')
    await post(`${pad}/blad/besluiten`, `${pad}/blad`, {
      ...{ orgaan: 'raad', datum: '16-03-2026', uitkomst: 'aangehouden', kenmerk: '' },
      toelichting: 'Eerst een gesprek',
    })
    expect(await tekst()).not.toContain('Concept')
    await stap(pad, 'haal-terug')
    expect(await tekst()).toMatch(/Concept: .* Aangehouden Blad 1 /)
  })

  it('is een Word-bestand met koppen, de vakken, de keuzes en hun grond', async () => {
    const { pad } = await klareDoorloop()
    await voegToe(pad)
    const { rawPayload, headers, statusCode } = await get(`${pad}/blad/docx`, bea)
    expect(statusCode).toBe(200)
    expect(headers['content-type']).toContain('wordprocessingml')
    const bestanden = unzipSync(rawPayload)
    const xml = strFromU8(bestanden['word/document.xml'] ?? new Uint8Array())
    const tekst = xml.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ')
    for (const deel of [
      'Alle keuzes op een rij',
      'Kwetsbare inwoners',
      'Preventief versterken',
      'Zet in op fitheid',
    ])
      expect(tekst).toContain(deel)
    expect(tekst).toContain('Juridisch risico laag: De keuze geldt alleen voor nieuwe aanvragen.')
    expect(xml).toContain('w:val="Heading1"')
    expect(strFromU8(bestanden['word/styles.xml'] ?? new Uint8Array())).toContain('nl-NL')
  })
})

describe('vergelijken met een vorige doorloop', () => {
  it('zegt wat nieuw is, wat bleef en wat verdween', async () => {
    const eerste = await klareDoorloop()
    await voegToe(eerste.pad)
    await voegToe(eerste.pad, { tekst: 'Houd de klussendienst' })
    await db.owner.query(`update beleid.doorloop set staat = 'vastgesteld' where doorloop_id = $1`, [
      eerste.doorloop,
    ])
    const tweede = await maakDoorloop(db, eerste.dossier, methodeId, bea.gebruikerId)
    const pad = `/beleid/doorlopen/${tweede}`
    await voegToe(pad)
    await voegToe(pad, { tekst: 'Begin een gesprek' })
    const { body } = await get(`${pad}/vergelijk`, bea)
    expect(body).toContain('2 conclusies zijn anders dan in doorloop 1.')
    expect(body).toMatch(
      /Gebleven<.*Zet in op fitheid.*Nieuw<.*Begin een gesprek.*Verdwenen<.*Houd de klussendienst/s,
    )
    expect((await get(`${eerste.pad}/vergelijk`, bea)).statusCode).toBe(404)
  })
})
