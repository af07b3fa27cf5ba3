import { beforeAll, expect, it } from 'vitest'
import { ROLLEN, type Rol } from '../src/platform/auth/rollen.ts'
import { type Inlog, testApp } from './support/app.ts'
import { laadWegwijzer, maakDoorloop, maakDossier } from './support/beleid.ts'
import { testDatabase } from './support/database.ts'
import {
  AGB_A,
  declaratiebericht,
  GEMEENTE_A,
  laadTestregio,
  lever,
  testOmgeving,
  toewijzingsbericht,
} from './support/regio.ts'

/** A link says where it goes: on one page no two links have the same name and lead to different places (WCAG 2.4.4). */
const db = await testDatabase()
const omgeving = testOmgeving(db)
const { app, login } = await testApp(db, omgeving)
let aanbieder = 0

beforeAll(async () => {
  aanbieder = (await laadTestregio(omgeving)).get(AGB_A) ?? 0
  await lever(
    omgeving,
    toewijzingsbericht({ identificatie: 'T1', nummer: 11 }),
    toewijzingsbericht({ identificatie: 'T2', nummer: 12, client: 1 }),
    ...['A', 'B'].map((naam, i) =>
      declaratiebericht({
        identificatie: naam,
        nummer: `DECL2026000${naam}`,
        regels: [{ nummer: 11, referentie: naam, maand: i === 0 ? '2026-01-01' : '2026-02-01' }],
      }),
    ),
  )
  const methode = await laadWegwijzer(omgeving)
  const { gebruikerId } = await login('beleidsadviseur')
  for (const naam of ['Huishoudelijke hulp', 'Dagbesteding'])
    await maakDoorloop(
      db,
      await maakDossier(db, gebruikerId, { naam, looptAf: '2026-12-31' }),
      methode,
      gebruikerId,
    )
})

const inlog = (rol: Rol) =>
  login(rol, rol === 'aanbieder' ? { aanbieder } : { gemeenten: rol === 'beheerder' ? [] : [GEMEENTE_A] })
const get = async (url: string, wie: Inlog) => (await app.inject({ url, headers: wie.headers })).body

const LINK = /<a\b([^>]*)\bhref="([^"]*)"([^>]*)>(.*?)<\/a>/gs
/** Name and address of every link in the content of a page. */
function linksOf(body: string): { naam: string; href: string }[] {
  const main = /<main.*<\/main>/s.exec(body)?.[0] ?? ''
  return [...main.matchAll(LINK)].map(([, voor = '', href = '', na = '', inhoud = '']) => ({
    naam: /aria-label="([^"]*)"/.exec(voor + na)?.[1] ?? inhoud.replaceAll(/<[^>]+>/g, '').trim(),
    href,
  }))
}

const gezien = new Set<string>()

it.each(ROLLEN)('gelijke namen leiden naar een en dezelfde plek: %s', async rol => {
  const wie = await inlog(rol)
  const start = await get('/', wie)
  const paden = new Set(['/', ...[...start.matchAll(/href="(\/[a-z/-]+)"/g)].map(m => m[1] ?? '')])
  // Of every list the first row too.
  for (const pad of [...paden]) {
    const rij = /<tbody.*?<a[^>]* href="(\/[^"#?]+)"/s.exec(await get(pad, wie))?.[1]
    if (rij !== undefined) paden.add(rij)
    for (const [, register = ''] of (await get(pad, wie)).matchAll(/href="(\/inrichten\/[a-z]+)"/g))
      paden.add(register)
  }
  const fout: string[] = []
  for (const pad of paden) {
    gezien.add(pad)
    const perNaam = Map.groupBy(linksOf(await get(pad, wie)), link => link.naam)
    for (const [naam, links] of perNaam) {
      const plekken = new Set(links.map(link => link.href))
      if (plekken.size > 1) fout.push(`${pad}: ${naam} → ${[...plekken].join(' , ')}`)
    }
  }
  expect(fout).toEqual([])
})

it('en dat zijn er veel', () => expect(gezien.size).toBeGreaterThan(25))
