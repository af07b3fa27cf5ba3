import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Inlog, testApp } from '../../../../test/support/app.ts'
import { laadWegwijzer, WEGWIJZER } from '../../../../test/support/beleid.ts'
import { testDatabase } from '../../../../test/support/database.ts'
import { GEMEENTE_A, laadTestregio, testOmgeving } from '../../../../test/support/regio.ts'
import { readMethode } from './actions.ts'
import type { Methode } from './rules.ts'

const db = await testDatabase()
const omgeving = testOmgeving(db)
const { app, login } = await testApp(db, omgeving)
const PAD = '/beleid/methoden'
const TEKST = readFileSync(WEGWIJZER, 'utf8')
const wegwijzer = () => JSON.parse(TEKST) as Methode

let bea: Inlog
let methodeId: number

beforeAll(async () => {
  await laadTestregio(omgeving)
  methodeId = await laadWegwijzer(omgeving)
  bea = await login('beleidsadviseur')
})

const get = (url: string, wie = bea) => app.inject({ url, headers: wie.headers })

/** Puts a file back as a browser does. */
async function zetTerug(tekst: string, wie = bea) {
  const formulier = await get(PAD, wie)
  const csrf = /name="_csrf" value="([^"]+)"/.exec(formulier.body)?.[1] ?? ''
  const cookies = formulier.cookies.map(c => `${c.name}=${c.value}`)
  const grens = 'grens123456'
  const deel = (kop: string, inhoud: string) =>
    `--${grens}\r\ncontent-disposition: form-data; ${kop}\r\n\r\n${inhoud}\r\n`
  return app.inject({
    method: 'POST',
    url: PAD,
    headers: {
      ...wie.headers,
      cookie: [wie.headers.cookie, ...cookies].join('; '),
      'content-type': `multipart/form-data; boundary=${grens}`,
    },
    payload: `${deel('name="_csrf"', csrf)}${deel('name="bestand"; filename="wegwijzer.json"', tekst)}--${grens}--\r\n`,
  })
}

describe('een vragenset', () => {
  it('is mee te nemen en terug te zetten: precies gelijk is geen nieuwe versie', async () => {
    const bestand = await get(`${PAD}/${methodeId}/bestand`)
    expect(bestand.headers['content-disposition']).toContain('-versie-1.json')
    expect((await zetTerug(bestand.body)).headers.location).toBe(`${PAD}?melding=gelijk`)
    // As Notepad of Windows saves it.
    expect((await zetTerug(`\uFEFF${bestand.body}`)).headers.location).toBe(`${PAD}?melding=gelijk`)
    const anders = { ...wegwijzer(), naam: 'De Wegwijzer, aangescherpt' }
    expect((await zetTerug(JSON.stringify(anders))).headers.location).toBe(`${PAD}?melding=nieuw`)
    expect((await get(PAD)).body).toContain('De Wegwijzer, aangescherpt, versie 2')
  })

  it.each([
    ['geen JSON', 'zomaar tekst', 'Kies een bestand zoals u dat hier kunt downloaden.'],
    ['een lege keuze', '', 'Kies een bestand zoals u dat hier kunt downloaden.'],
    [
      'een dubbele code',
      JSON.stringify({ ...wegwijzer(), kenmerken: [...wegwijzer().kenmerken, ...wegwijzer().kenmerken] }),
      'de code inkomen staat er meer dan één keer',
    ],
  ])('met %s wordt geweigerd op de pagina zelf', async (_, tekst, melding) => {
    const { body, statusCode } = await zetTerug(tekst)
    expect(statusCode).toBe(400)
    expect(body).toContain(melding)
  })

  it.each(['\\ud800', '\\u0000'])('is geweigerd met %s in een tekst, en zegt waar', async teken => {
    const { statusCode, body } = await zetTerug(TEKST.replace(/"naam": "/, `"naam": "${teken}`))
    expect(statusCode).toBe(400)
    expect(body).toContain('/naam: er staat een teken in dat niet kan worden bewaard')
  })

  it('wordt alleen vervangen door wie voor alle gemeenten werkt: iedereen begint ermee', async () => {
    const lokaal = await login('beleidsadviseur', { gemeenten: [GEMEENTE_A] })
    expect((await get(PAD)).body).toContain('Bewaar versie')
    expect((await get(PAD, lokaal)).body).not.toContain('Bewaar versie')
    const anders = JSON.stringify({ ...wegwijzer(), naam: 'Van één gemeente' })
    const geweigerd = await zetTerug(anders, lokaal)
    expect(geweigerd.statusCode).toBe(403)
    expect(geweigerd.body).toContain('Alleen wie voor alle gemeenten werkt')
    expect((await get(PAD)).body).not.toContain('Van één gemeente')
  })
})

describe('wat niet klopt', () => {
  const fouten = (methode: Methode): string[] => {
    try {
      readMethode(JSON.stringify(methode))
    } catch (problem) {
      return (problem as { fouten: { melding: string }[] }).fouten.map(fout => fout.melding)
    }
    return []
  }

  it('is een juridische regel van een dag die niet bestaat: elk blad met die regel zou omvallen', () => {
    const methode = wegwijzer()
    const [regel] = methode.juridisch
    if (regel) regel.datum = '2023-02-30'
    expect(fouten(methode)).toEqual(['juridisch j-nieuw: de dag 2023-02-30 bestaat niet.'])
  })

  it('is een hoe dat voor het wat staat', () => {
    const methode = wegwijzer()
    expect(fouten({ ...methode, kwadranten: methode.kwadranten.toReversed() })).toEqual([
      'kwadranten: zet het wat voor het hoe, en neem van beide minstens één kwadrant op.',
    ])
  })
})
