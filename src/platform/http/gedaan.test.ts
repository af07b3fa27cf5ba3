import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { testApp } from '../../../test/support/app.ts'
import { testDatabase } from '../../../test/support/database.ts'
import { GEMEENTE_A, laadTestregio, testOmgeving } from '../../../test/support/regio.ts'
import { projectRoot } from '../config.ts'
import { GEDAAN } from '../ui/adres.ts'

const db = await testDatabase()
const omgeving = testOmgeving(db)
const { app, login } = await testApp(db, omgeving)
await laadTestregio(omgeving)

const GEVALLEN = [
  ['controller', '/declaraties/samenloop?gedaan=naam', 'In uw reden staat een naam van de cliënt'],
  ['controller', '/betalingen/regels?gedaan=3', '3 betalingen'],
  ['beheerder', '/beheer/gebruikers?opgeslagen=ja', 'De gebruiker is opgeslagen'],
  ['beleidsadviseur', '/beleid/methoden?melding=nieuw', 'De nieuwe versie is bewaard'],
] as const

test.each(GEVALLEN)('%s: %s says nothing to who follows a link from elsewhere', async (rol, url, tekst) => {
  const gemeenten = rol === 'controller' ? [GEMEENTE_A] : []
  const { headers } = await login(rol, { gemeenten })
  const { cookie, accept } = headers
  const read = async (eigen: Record<string, string>) =>
    (await app.inject({ url, headers: { cookie, accept, host: 'samenhang.example', ...eigen } })).body
  const zonder = await read({ 'sec-fetch-site': 'none' })
  expect(zonder).toContain('<h1')
  expect(zonder).not.toContain(tekst)
  const elders = [
    {},
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { referer: 'https://elders.example/' },
    { 'sec-fetch-site': 'cross-site', referer: 'https://samenhang.example/' },
    { 'sec-fetch-site': 'same-origin', referer: 'https://samenhang.example/inloggen?naar=/x' },
  ]
  for (const eigen of elders) expect(await read(eigen), JSON.stringify(eigen)).not.toContain(tekst)
  for (const eigen of [{ 'sec-fetch-site': 'same-origin' }, { referer: 'https://samenhang.example/x' }])
    expect(await read(eigen), JSON.stringify(eigen)).toContain(tekst)
})

test('what was said once is not carried on by our own links', async () => {
  const { headers } = await login('controller', { gemeenten: [GEMEENTE_A] })
  for (const url of [
    '/betalingen/regels?gedaan=4711&al=3&staat=open',
    '/betalingen/regels?al=3&gedaan=2&sorteer=bedrag',
  ]) {
    const { body } = await app.inject({ url, headers: { ...headers, 'sec-fetch-site': 'none' } })
    const links = [...body.matchAll(/href="([^"]*)"/g)].map(([, href = '']) => href)
    expect(links.filter(href => /[?&](?:amp;)?(?:gedaan|al)=/.test(href))).toEqual([])
  }
})

/** What an address may carry besides: what somebody looks at, or where they go next. */
const VRAAG =
  'aanbod als bericht client code dag dossier formaat groep kwadrant naar op pagina sorteer staat van versies'.split(
    ' ',
  )

describe('no page reads a message from its address by itself', () => {
  const src = join(projectRoot(), 'src')
  const bestanden = readdirSync(src, { recursive: true, encoding: 'utf8' })
    .filter(naam => /\.tsx?$/.test(naam) && !naam.includes('.test.'))
    .map(naam => [naam, readFileSync(join(src, naam), 'utf8')] as const)

  test('what an action says in the address where it sends somebody is not part of what a page is asked', () => {
    const genoemd = bestanden.flatMap(([naam, tekst]) =>
      tekst
        .split('\n')
        .filter(regel => !/href|^\s*(?:\*|\/\/)/.test(regel))
        .flatMap(regel => [...regel.matchAll(/[`'"][^`'"]*[?&][a-z]+=[^`'"]*/g)])
        .flatMap(([tekst]) => [...tekst.matchAll(/[?&]([a-z]+)=/g)])
        .map(([, sleutel = '']) => [naam, sleutel] as const),
    )
    expect(genoemd.filter(([, sleutel]) => sleutel === 'melding').length).toBeGreaterThan(10)
    const bekend = new Set<string>([...GEDAAN, ...VRAAG])
    expect(genoemd.filter(([, sleutel]) => !bekend.has(sleutel))).toEqual([])
    expect(VRAAG.filter(sleutel => (GEDAAN as readonly string[]).includes(sleutel))).toEqual([])
  })

  test('and only readGedaan, which asks where somebody came from, reads it', () => {
    const readers = bestanden.filter(([, tekst]) => /\breadGezegd\b/.test(tekst)).map(([naam]) => naam)
    expect(readers.sort()).toEqual(['platform/http/gedaan.ts', 'platform/http/vraag.ts'])
    const wrong = bestanden.filter(([, tekst]) =>
      [...tekst.matchAll(/request\.query\b[^\n]*/g)].some(([regel]) =>
        GEDAAN.some(sleutel => new RegExp(`\\b${sleutel}\\b`).test(regel)),
      ),
    )
    expect(wrong.map(([naam]) => naam)).toEqual([])
  })
})
