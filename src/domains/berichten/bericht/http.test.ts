import { beforeAll, describe, expect, it } from 'vitest'
import { type Inlog, testApp } from '../../../../test/support/app.ts'
import { testDatabase } from '../../../../test/support/database.ts'
import {
  AGB_A,
  AGB_B,
  declaratiebericht,
  GEMEENTE_A,
  GEMEENTE_B,
  laadTestregio,
  lever,
  startbericht,
  stopbericht,
  testBsn,
  testOmgeving,
  toBytes,
  toewijzingsbericht,
} from '../../../../test/support/regio.ts'
import { text as tekst } from '../../../../test/support/tekst.ts'
import type { Inname } from '../inname/actions.ts'

const db = await testDatabase()
const omgeving = testOmgeving(db)
const { app, login } = await testApp(db, omgeving)

let backoffice: Inlog
let andereGemeente: Inlog
let aanbieder: Inlog
let andereAanbieder: Inlog
const toewijzing = toewijzingsbericht({ identificatie: 'T1', nummer: 1 })
let innames: Inname[] = []

beforeAll(async () => {
  const aanbieders = await laadTestregio(omgeving)
  innames = await lever(
    omgeving,
    toewijzing,
    startbericht({ identificatie: 'S1', nummer: 1 }),
    stopbericht({ identificatie: 'P1', nummer: 1 }),
    declaratiebericht({
      identificatie: 'D1',
      nummer: 'N1',
      regels: [
        { nummer: 1, referentie: 'R1', volume: 10 },
        { nummer: 1, referentie: 'R2', volume: 99, maand: '2026-01-01' },
      ],
    }),
  )
  backoffice = await login('backoffice', { gemeenten: [GEMEENTE_A] })
  andereGemeente = await login('backoffice', { gemeenten: [GEMEENTE_B] })
  aanbieder = await login('aanbieder', { aanbieder: aanbieders.get(AGB_A) ?? 0 })
  andereAanbieder = await login('aanbieder', { aanbieder: aanbieders.get(AGB_B) ?? 0 })
})

const pad = (i: number) => `/berichten/${GEMEENTE_A}/${innames[i]?.berichtId}`
const antwoordPad = (i: number) => `/berichten/${GEMEENTE_A}/${innames[i]?.antwoord?.berichtId}`
const get = (url: string, wie: Inlog) => app.inject({ url, headers: wie.headers })

describe('één bericht', () => {
  it('zegt van een toewijzing wie wat krijgt', async () => {
    const { body, statusCode } = await get(pad(0), backoffice)
    expect(statusCode).toBe(200)
    const t = tekst(body)
    expect(t).toContain('Gemeente Aarveld wijst 1 product toe aan Zorggroep Eikenrode.')
    expect(t).toContain(testBsn(0))
    expect(t).toContain('Testgegevens')
    expect(t).toContain('20 × uur, per maand')
    expect(body).toContain(antwoordPad(0))
  })

  it('zegt van een start en een stop wat er gebeurde', async () => {
    expect(tekst((await get(pad(1), backoffice)).body)).toContain('meldt dat de hulp is gestart')
    expect(tekst((await get(pad(2), backoffice)).body)).toContain('27-02-2026')
  })

  it('geeft van een declaratie het totaal, de bevindingen met regel en grond, en de weg naar de regels', async () => {
    const { body } = await get(pad(3), aanbieder)
    const t = tekst(body)
    expect(t).toContain('declareert € 9.810,00 bij gemeente Aarveld over februari 2026')
    expect(t).toContain('1 van 2 regels is afgekeurd')
    expect(t).toContain('Er is meer gedeclareerd dan in deze periode mag')
    expect(t).toMatch(/TR321 \(iJw\/iWmo 3\.2 TR321/)
    expect(t).toContain('cliënt 1, prestatie 2')
    expect(body).toMatch(/href="\/declaraties\/9101\/\d+"/)
  })

  it('zegt van een antwoord wat eruit kwam, en welk bericht het beantwoordt', async () => {
    const t = tekst((await get(antwoordPad(3), backoffice)).body)
    expect(t).toContain('keurt € 900,00 goed van € 9.810,00')
    expect(t).toContain('Het bericht dat dit beantwoordt: declaratie D1')
    expect(tekst((await get(antwoordPad(0), backoffice)).body)).toContain('heeft geen opmerkingen')
  })

  it('laat het verloop zien zonder namen van personen', async () => {
    const t = tekst((await get(pad(0), backoffice)).body)
    expect(t).toMatch(/Beoordeeld.*Ontvangen/)
    expect(t).not.toContain('systeem:')
  })

  it('bestaat niet voor een andere gemeente of aanbieder, en niet bij een onzinnig adres', async () => {
    for (const wie of [andereGemeente, andereAanbieder])
      for (const url of [pad(0), `${pad(0)}/bestand`, antwoordPad(3), `${antwoordPad(3)}/bestand`]) {
        const antwoord = await get(url, wie)
        expect(antwoord.statusCode).toBe(404)
        expect(antwoord.body).not.toContain(testBsn(0))
      }
    expect((await get(`/berichten/${GEMEENTE_B}/${innames[0]?.berichtId}`, backoffice)).statusCode).toBe(404)
    expect((await get('/berichten/xxxx/geen-uuid', backoffice)).statusCode).toBe(404)
  })

  it('legt vast wie het heeft ingezien, met alleen kenmerken', async () => {
    const telling = async () =>
      (
        await db.owner.query(
          `select wie, onderwerp from platform.gebeurtenis where actie = 'bericht.ingezien' order by gebeurtenis_id`,
        )
      ).rows
    const voor = (await telling()).length
    await get(pad(0), backoffice)
    const na = await telling()
    expect(na.length).toBe(voor + 1)
    expect(na.at(-1)).toEqual({
      wie: `gebruiker:${backoffice.gebruikerId}`,
      onderwerp: { gemeente: GEMEENTE_A, berichten: [innames[0]?.berichtId] },
    })
  })
})

describe('het bestand', () => {
  it('is byte voor byte wat er kwam, met een naam die zegt wat het is', async () => {
    const { rawPayload, headers } = await get(`${pad(0)}/bestand`, backoffice)
    expect(rawPayload.equals(toBytes(toewijzing))).toBe(true)
    expect(headers['content-type']).toBe('application/xml; charset=utf-8')
    expect(headers['content-disposition']).toBe(`attachment; filename="JW301_${GEMEENTE_A}_${AGB_A}_T1.xml"`)
  })

  it('is opgehaald zodra de ontvanger het haalt, één keer; een ander verandert niets', async () => {
    const staat = async () =>
      (
        await db.owner.query('select staat from berichten.bericht where bericht_id = $1', [
          innames[3]?.antwoord?.berichtId,
        ])
      ).rows[0]?.staat
    const keren = async () =>
      (
        await db.owner.query(
          `select count(*)::int as n from berichten.gebeurtenis where bericht_id = $1 and soort = 'opgehaald'`,
          [innames[3]?.antwoord?.berichtId],
        )
      ).rows[0]?.n
    await get(`${antwoordPad(3)}/bestand`, backoffice)
    expect([await staat(), await keren()]).toEqual(['klaar', 0])
    await Promise.all([1, 2, 3].map(() => get(`${antwoordPad(3)}/bestand`, aanbieder)))
    expect([await staat(), await keren()]).toEqual(['opgehaald', 1])
  })
})
