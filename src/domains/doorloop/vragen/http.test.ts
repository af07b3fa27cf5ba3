import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Inlog } from '../../../../test/support/app.ts'
import { beantwoord, beantwoordWat, maakAanbod, WEGWIJZER } from '../../../../test/support/beleid.ts'
import { doorloopproef } from '../../../../test/support/doorloop.ts'
import { GEMEENTE_A, GEMEENTE_B, GEMEENTEN, testBsn } from '../../../../test/support/regio.ts'
import { untilSomebodyWaits } from '../../../../test/support/wachten.ts'
import { makeCtx, systeem } from '../../../platform/http/ctx.ts'
import { loadMethode } from '../methode/actions.ts'
import type { Methode } from '../methode/rules.ts'

const { db, omgeving, login, bea, get, post, rijen, nieuweDoorloop } = await doorloopproef()
const [bram, bo] = [await login('beleidsadviseur'), await login('beleidsadviseur')]
const consulent = await login('consulent', { gemeenten: [GEMEENTE_A] })

const ANTWOORD = {
  staat: 'beantwoord',
  tekst: 'Iedereen met een indicatie.',
  reden: '',
  bronnen: 'Gesprekken',
  openPunten: '',
  eigenaar: '',
  versie: '0',
}
const antwoord = (pad: string, vraag: string, velden: object, wie: Inlog) =>
  post(`${pad}/vragen/${vraag}`, `${pad}/vragen/${vraag}`, { ...ANTWOORD, ...velden }, wie)

describe('de volgorde van het wiel', () => {
  it('opent niet voordat het aanbod in de inventarisatie staat', async () => {
    const { pad, dossier } = await nieuweDoorloop({ leeg: true })
    const leeg = (await get(pad, bea)).body
    expect(leeg).toContain('Begin met het huidige aanbod')
    expect(leeg).not.toContain('Beantwoord de volgende vraag')
    // Not because of the WAT: a question of the WAT itself is closed as well.
    expect(leeg).toMatch(/aria-label="Vraag 1, [^"]*\(nog leeg, nog niet aan de beurt\)"/)
    const geweigerd = await antwoord(pad, 'k1', {}, bea)
    expect(geweigerd.statusCode).toBe(409)
    await maakAanbod(db, dossier)
    expect((await antwoord(pad, 'k1', {}, bea)).statusCode).toBe(303)
  })

  it('houdt het hoe dicht tot het wat af is, ook als de laatste vraag bewust open blijft', async () => {
    const { pad, doorloop } = await nieuweDoorloop()
    await beantwoordWat(db, doorloop)
    await db.owner.query(
      `update beleid.deel set inhoud = '{"staat": "concept"}' where doorloop_id = $1 and sleutel = 'v5'`,
      [doorloop],
    )
    const dicht = await get(`${pad}/vragen/p1`, bea)
    expect(dicht.body).toContain('er is nog 1 vraag over het wat')
    expect((await antwoord(pad, 'p1', {}, bea)).statusCode).toBe(409)
    const open = { staat: 'open-gelaten', tekst: '', reden: 'Dat beslist de raad.', versie: '1' }
    expect((await antwoord(pad, 'v5', open, bea)).statusCode).toBe(303)
    expect((await antwoord(pad, 'p1', {}, bea)).statusCode).toBe(303)
  })

  it('toont overal dezelfde stand: wiel, lijst en het bestand voor het wiel', async () => {
    const { pad } = await nieuweDoorloop()
    await antwoord(pad, 'k1', {}, bea)
    const { body } = await get(pad, bea)
    expect(body).toContain('1 van 19 vragen is af')
    expect(body).toContain('Kwetsbare inwoners (1 van 6)')
    expect(body).toContain('data-eiland="wiel"')
    const stand = (await get(`${pad}/stand`, bea)).json()
    expect(stand.kwadranten.map((k: { vragen: unknown[] }) => k.vragen.length)).toEqual([6, 5, 5, 3])
    expect(stand.kwadranten[0].vragen[0]).toMatchObject({ nummer: 1, stand: 'beantwoord', open: true })
    expect(stand.kwadranten[2].vragen[0]).toMatchObject({ nummer: 12, stand: 'leeg', open: false })
  })
})

describe('een antwoord', () => {
  it('wordt geweigerd met alle fouten tegelijk, en wat er stond blijft staan', async () => {
    const { pad } = await nieuweDoorloop()
    const velden = { tekst: '', bronnen: `Gesprek met ${testBsn(1)}` }
    const { body, statusCode } = await antwoord(pad, 'k1', velden, bea)
    expect(statusCode).toBe(400)
    expect(body).toContain('Er zijn 2 dingen die u moet aanpassen')
    expect(body).toContain('Vul het antwoord in.')
    expect(body).toContain('Haal het burgerservicenummer uit de bronnen')
    expect(body).toContain('Gesprek met')
  })

  it('leidt na het bewaren naar de volgende vraag, tot alles af is', async () => {
    const { pad, doorloop } = await nieuweDoorloop()
    const na = async (vraag: string, velden: object = {}) =>
      (await get(String((await antwoord(pad, vraag, velden, bea)).headers.location), bea)).body
    const naar = (body: string) =>
      /href="([^"]+)"[^>]*>(?:<[^>]+>)*Beantwoord de volgende vraag/.exec(body)?.[1]
    // An earlier question that is still empty waits: people go on from where they are.
    const k3 = await na('k3')
    expect(k3).toContain('Het antwoord is opgeslagen')
    expect(naar(k3)).toBe(`${pad}/vragen/k4`)
    expect(naar((await get(`${pad}/vragen/k3`, bea)).body)).toBeUndefined()
    await beantwoordWat(db, doorloop)
    expect(naar(await na('v5', { versie: '1' }))).toBe(`${pad}/vragen/p1`)
    // As a concept it keeps the HOE closed: then there is nowhere else to go.
    const concept = await na('v5', { versie: '2', staat: 'concept' })
    expect(naar(concept)).toBeUndefined()
    expect(concept).not.toContain('Verder met de conclusies')
    await beantwoord(db, doorloop, 'hoe')
    const klaar = await na('v5', { versie: '3' })
    expect(naar(klaar)).toBeUndefined()
    expect(klaar).toContain('Verder met de conclusies')
  })

  it('toont van wat vaak is bewaard de laatste versies, en de oudste op verzoek', async () => {
    const { pad, doorloop } = await nieuweDoorloop()
    for (let versie = 0; versie < 14; versie += 1)
      await antwoord(pad, 'k1', { tekst: `Stand ${versie + 1}.`, versie: String(versie) }, bea)
    const { body } = await get(`${pad}/vragen/k1`, bea)
    expect(body).toContain('Eerdere versies (13)')
    expect(body).toContain('Stand 4.')
    expect(body).not.toContain('Stand 3.')
    expect(body).toContain('Toon ook de 3 oudste versies')
    const alle = await get(`/beleid/doorlopen/${doorloop}/vragen/k1?versies=alle`, bea)
    expect(alle.body).toContain('Stand 1.')
    expect(alle.body).not.toContain('Toon ook')
  })

  it('houdt zijn eigenaar als die hier niet meer werkt, tot iemand een ander kiest', async () => {
    const { pad } = await nieuweDoorloop()
    const weg = await login('contractmanager')
    const eigenaar = String(weg.gebruikerId)
    await antwoord(pad, 'k1', { eigenaar }, bea)
    await db.owner.query('update platform.gebruiker set actief = false where gebruiker_id = $1', [eigenaar])
    expect((await get(`${pad}/vragen/k1`, bea)).body).toMatch(
      new RegExp(
        `<option[^>]*value="${eigenaar}"[^>]*>Test contractmanager \\(werkt niet meer aan dit beleid\\)<`,
      ),
    )
    const bewaard = async (velden: object) => {
      await antwoord(pad, 'k1', velden, bea)
      const [rij] = await rijen(
        `select inhoud ->> 'eigenaar' as naam from beleid.deel where sleutel = 'k1' order by doorloop_id desc limit 1`,
      )
      return rij.naam
    }
    expect(await bewaard({ eigenaar, tekst: 'Aangevuld.', versie: '1' })).toBe('Test contractmanager')
    expect(await bewaard({ eigenaar: '', tekst: 'Van niemand.', versie: '2' })).toBeNull()
    expect(await bewaard({ eigenaar, tekst: 'Niet terug.', versie: '3' })).toBeNull()
  })

  it('bewaart bij een concept ook de reden die er al staat, en vergeet haar bij een antwoord', async () => {
    const { pad } = await nieuweDoorloop()
    await antwoord(pad, 'k1', { staat: 'concept', reden: 'De raad beslist in mei.' }, bea)
    expect((await get(`${pad}/vragen/k1`, bea)).body).toMatch(/name="reden"[^>]*>De raad beslist in mei\.</)
    await antwoord(pad, 'k1', { reden: 'De raad beslist in mei.', versie: '1' }, bea)
    expect((await get(`${pad}/vragen/k1`, bea)).body).not.toMatch(/name="reden"[^>]*>De raad/)
  })

  it('vraagt een reden om een vraag open te laten', async () => {
    const { pad } = await nieuweDoorloop()
    const { body, statusCode } = await antwoord(pad, 'k1', { staat: 'open-gelaten', tekst: '' }, bea)
    expect(statusCode).toBe(400)
    expect(body).toContain('Vul de reden om de vraag open te laten in.')
  })

  it('van drie mensen tegelijk gaat niet verloren: één wint, de anderen zien het en kunnen verder', async () => {
    const { pad, doorloop } = await nieuweDoorloop()
    const mensen = [bea, bram, bo] as const
    const antwoorden = await Promise.all(
      mensen.map((wie, i) => antwoord(pad, 'k1', { tekst: `Antwoord van ${i}` }, wie)),
    )
    expect(antwoorden.map(a => a.statusCode).sort()).toEqual([303, 409, 409])
    const winnaar = antwoorden.findIndex(a => a.statusCode === 303)
    for (const [i, botsing] of antwoorden.entries()) {
      if (i === winnaar) continue
      expect(botsing.body).toContain('Iemand anders heeft dit antwoord intussen gewijzigd')
      expect(botsing.body).toContain(`Antwoord van ${winnaar}`)
      expect(botsing.body).toContain(`Antwoord van ${i}`)
      expect(botsing.body).toContain('name="versie" value="1"')
    }
    const verliezer = winnaar === 0 ? 1 : 0
    const opnieuw = { tekst: 'Samengevoegd', versie: '1' }
    expect((await antwoord(pad, 'k1', opnieuw, mensen[verliezer])).statusCode).toBe(303)
    const versies = await rijen(
      `select versie, inhoud ->> 'tekst' as tekst, door from beleid.deel_versie where doorloop_id = $1 order by versie`,
      doorloop,
    )
    expect(versies).toEqual([
      { versie: 1, tekst: `Antwoord van ${winnaar}`, door: mensen[winnaar]?.gebruikerId },
      { versie: 2, tekst: 'Samengevoegd', door: mensen[verliezer].gebruikerId },
    ])
    expect((await get(`${pad}/vragen/k1`, bea)).body).toContain('Eerdere versies (1)')
  })

  it('twee keer bewaard met één druk te veel is geen botsing met uzelf', async () => {
    const { pad, doorloop } = await nieuweDoorloop()
    const uit = await Promise.all([antwoord(pad, 'k1', {}, bea), antwoord(pad, 'k1', {}, bea)])
    expect(uit.map(a => a.statusCode)).toEqual([303, 303])
    expect(await rijen('select versie from beleid.deel_versie where doorloop_id = $1', doorloop)).toEqual([
      { versie: 1 },
    ])
  })

  it('op verschillende vragen tegelijk komt allemaal aan', async () => {
    const { pad, doorloop } = await nieuweDoorloop()
    const vragen = ['k1', 'k2', 'k3', 'k4', 'k5', 'k6']
    const mensen = [bea, bram, bo]
    const uit = await Promise.all(
      vragen.map((vraag, i) => antwoord(pad, vraag, { tekst: `Over ${vraag}` }, mensen[i % 3] ?? bea)),
    )
    expect(uit.map(a => a.statusCode)).toEqual(vragen.map(() => 303))
    const bewaard = await rijen(
      `select inhoud ->> 'tekst' as tekst from beleid.deel where doorloop_id = $1 order by sleutel`,
      doorloop,
    )
    expect(bewaard.map(rij => rij.tekst)).toEqual(vragen.map(vraag => `Over ${vraag}`))
  })

  it('mag alleen wie beleid schrijft', async () => {
    const { pad } = await nieuweDoorloop()
    expect((await get(`${pad}/vragen/k1`, consulent)).body).not.toContain('Bewaar antwoord')
    expect((await get(pad, bea)).body).toContain('Beantwoord de volgende vraag')
    expect((await get(pad, consulent)).body).not.toContain('Beantwoord de volgende vraag')
    expect((await antwoord(pad, 'k1', {}, consulent)).statusCode).toBe(403)
  })

  it('glipt niet achter een blad dat op hetzelfde moment wordt voorgelegd', async () => {
    const { pad, doorloop } = await nieuweDoorloop()
    const ander = await db.owner.connect()
    try {
      await ander.query('begin')
      await ander.query(`update beleid.doorloop set staat = 'voorgelegd' where doorloop_id = $1`, [doorloop])
      const bezig = antwoord(pad, 'k1', {}, bea)
      await untilSomebodyWaits(db)
      await ander.query('commit')
      expect((await bezig).statusCode).toBe(409)
    } finally {
      ander.release(true)
    }
    expect(await rijen('select from beleid.deel where doorloop_id = $1', doorloop)).toEqual([])
  })

  it('kan niet als de doorloop stilstaat', async () => {
    const { pad, doorloop } = await nieuweDoorloop()
    await db.owner.query(`update beleid.doorloop set staat = 'gepauzeerd' where doorloop_id = $1`, [doorloop])
    expect((await get(`${pad}/vragen/k1`, bea)).body).not.toContain('Bewaar antwoord')
    expect((await antwoord(pad, 'k1', {}, bea)).statusCode).toBe(409)
  })
})

describe('wie wat ziet', () => {
  it('een doorloop van een andere gemeente bestaat niet', async () => {
    const { pad } = await nieuweDoorloop({ gemeente: GEMEENTE_B })
    expect((await get(pad, consulent)).statusCode).toBe(404)
    const elders = await login('beleidsadviseur', { gemeenten: [GEMEENTE_A] })
    expect((await get(`${pad}/vragen/k1`, elders)).statusCode).toBe(404)
    const vraag = '/beleid/dossiers/nieuw'
    expect((await post(`${pad}/vragen/k1`, vraag, ANTWOORD, elders)).statusCode).toBe(404)
    expect((await get(pad, await login('beleidsadviseur', { gemeenten: [GEMEENTE_B] }))).statusCode).toBe(200)
  })

  it.each(['raad', 'backoffice', 'toezichthouder'] as const)('%s leest geen werkpapieren', async rol => {
    const { pad } = await nieuweDoorloop()
    const wie = await login(rol, rol === 'raad' ? {} : { gemeenten: [GEMEENTE_A] })
    for (const url of [pad, `${pad}/vragen/k1`, `${pad}/conclusies`, `${pad}/stand`])
      expect((await get(url, wie)).statusCode, url).toBe(403)
  })
})

it('een regio met andere vragen, kwadranten en codes werkt zonder code', async () => {
  const methode = JSON.parse(readFileSync(WEGWIJZER, 'utf8')) as Methode
  const anders: Methode = {
    ...methode,
    code: 'kompas-oost',
    naam: 'Kompas Oost',
    kwadranten: [
      {
        code: 'mensen',
        naam: 'Mensen',
        inleiding: 'Om wie gaat het?',
        fase: 'wat',
        vragen: [
          { code: 'm-1', tekst: 'Wie bereiken we niet?' },
          { code: 'm-2', tekst: 'Waarom niet?' },
        ],
        randvoorwaarden: [],
      },
      {
        code: 'geld',
        naam: 'Geld',
        inleiding: 'Wat kost het?',
        fase: 'hoe',
        vragen: [{ code: 'g-1', tekst: 'Wat mag het kosten?' }],
        randvoorwaarden: [{ code: 'rg', tekst: 'Er is dekking.' }],
      },
    ],
  }
  const geladen = await loadMethode(makeCtx(omgeving, systeem('test', GEMEENTEN)), JSON.stringify(anders))
  const { pad } = await nieuweDoorloop({ methode: geladen?.methodeId ?? 0 })
  const { body } = await get(pad, bea)
  expect(body).toContain('0 van 3 vragen zijn af')
  expect(body).toContain('Wie bereiken we niet?')
  expect((await antwoord(pad, 'g-1', {}, bea)).statusCode).toBe(409)
  for (const vraag of ['m-1', 'm-2']) expect((await antwoord(pad, vraag, {}, bea)).statusCode).toBe(303)
  expect((await antwoord(pad, 'g-1', {}, bea)).statusCode).toBe(303)
  expect((await get(pad, bea)).body).toContain('Alle 3 vragen zijn af')
  expect((await get(`${pad}/vragen/k1`, bea)).statusCode).toBe(404)
})
