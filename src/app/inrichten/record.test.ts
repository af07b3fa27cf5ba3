import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { machine, testApp } from '../../../test/support/app.ts'
import { postBestand } from '../../../test/support/bestand.ts'
import { testDatabase } from '../../../test/support/database.ts'
import { postFormulier } from '../../../test/support/formulier.ts'
import { AGB_A, laadTestregio, testOmgeving } from '../../../test/support/regio.ts'
import { text } from '../../../test/support/tekst.ts'
import { projectRoot } from '../../platform/config.ts'
import type { Register } from '../../platform/register/register.ts'
import { INRICHTINGEN, type Inrichting } from './registers.ts'

/** The record that CONTRIBUTING.md shows, built from its text: its migration, its file and its line in the list. */
const TEKST = readFileSync(join(projectRoot(), 'CONTRIBUTING.md'), 'utf8')
const blok = (taal: string, kop: string) => {
  const gevonden = [...TEKST.matchAll(/```(\w+)\n(.*?)```/gs)].find(
    ([, soort, inhoud = '']) => soort === taal && inhoud.split('\n')[0]?.includes(kop),
  )
  return (gevonden?.[2] ?? '').split('\n').slice(1).join('\n')
}
const MIGRATIE = blok('sql', 'NNNN_wachttijden.sql')
const BESTAND = blok('ts', 'registers/wachttijden.ts')
const REGEL = blok('ts', 'in INRICHTINGEN')

/** The file as it would stand in its folder, from a folder of its own: what it imports is what it would import there. */
async function loadRecord(): Promise<Register> {
  const hier = join(projectRoot(), 'src/domains/contracten/registers')
  const bron = BESTAND.replaceAll(/from '([^']+)'/g, (_, doel: string) =>
    doel.startsWith('.') ? `from '${resolve(hier, doel)}'` : `from '${import.meta.resolve(doel)}'`,
  )
  const map = mkdtempSync(join(tmpdir(), 'samenhang-record-'))
  afterAll(() => rmSync(map, { recursive: true }))
  const pad = join(map, 'wachttijden.ts')
  writeFileSync(pad, bron)
  const { WACHTTIJDEN } = (await import(/* @vite-ignore */ pad)) as { WACHTTIJDEN: Register }
  return WACHTTIJDEN
}

const db = await testDatabase()
const omgeving = testOmgeving(db)
await laadTestregio(omgeving)
await db.owner.query(MIGRATIE)
const lijst = INRICHTINGEN as Inrichting[]
lijst.push({ register: await loadRecord() })
const { app, login } = await testApp(db, omgeving)
const manager = await login('contractmanager')

const PAD = '/inrichten/wachttijden'
const get = (url: string) => app.inject({ url, headers: manager.headers })
const clear = () => db.owner.query('delete from contracten.wachttijd')
const add = (geldigheidBegin: string, weken: string) =>
  postFormulier(
    app,
    `${PAD}/nieuw`,
    `${PAD}/nieuw`,
    { aanbieder: AGB_A, segment: 'J-AMB', geldigheidBegin, weken },
    manager,
  )
const stands = async () =>
  (await db.owner.query('select geldigheid::text, weken from contracten.wachttijd order by 1')).rows

describe('the record that CONTRIBUTING shows', () => {
  test('is a migration, a file of at most 60 lines, and one line', () => {
    expect(BESTAND.trimEnd().split('\n').length).toBeGreaterThan(30)
    expect(BESTAND.trimEnd().split('\n').length).toBeLessThanOrEqual(60)
    expect(REGEL.trim()).toBe('{ register: WACHTTIJDEN },')
    expect(dirname(PAD)).toBe('/inrichten')
  })

  test('is written as our code is: who copies it has nothing to format', () => {
    const kop = '// src/domains/contracten/registers/wachttijden.ts\n'
    const biome = join(projectRoot(), 'node_modules/.bin/biome')
    const pad = '--stdin-file-path=src/domains/contracten/registers/wachttijden.ts'
    const uit = execFileSync(biome, ['format', pad], { input: kop + BESTAND, cwd: projectRoot() })
    expect(uit.toString()).toBe(kop + BESTAND)
  })

  test('is counted where all are, for who may read it; for who may not nobody says that there is none', async () => {
    await clear()
    expect((await add('01-01-2026', '6')).statusCode).toBe(303)
    expect(text((await get('/inrichten')).body)).toMatch(/Wachttijden 1 /)
    const beheerder = await login('beheerder')
    const { body } = await app.inject({ url: '/inrichten', headers: beheerder.headers })
    expect(text(body)).toMatch(/Wachttijden – –/)
  })

  test('has a list, a form, a page of one with its history, and changes from a day', async () => {
    await clear()
    expect(text((await get(PAD)).body)).toContain('Er zijn nog geen wachttijden')
    const fout = await add('01-01-2026', '900')
    expect([fout.statusCode, fout.body]).toEqual([400, expect.stringContaining('value="900"')])
    const { statusCode, headers } = await add('01-01-2026', '6')
    expect(statusCode).toBe(303)
    expect(text((await get(PAD)).body)).toMatch(/1 wachttijd .*Zorggroep Eikenrode/)
    const rij = String(headers.location).split('?')[0] ?? ''
    expect(text((await get(rij)).body)).toMatch(/Weken 6 .*Geschiedenis .*Toegevoegd/)
    expect((await add('01-07-2026', '9')).statusCode).toBe(303)
    expect(await stands()).toEqual([
      { geldigheid: '[2026-01-01,2026-07-01)', weken: 6 },
      { geldigheid: '[2026-07-01,)', weken: 9 },
    ])
  })

  test('goes out as a file that comes in again: tried, done, and taken back', async () => {
    await clear()
    await add('01-01-2026', '6')
    const { body: csv } = await get(`${PAD}/export?formaat=csv`)
    const bring = async (inhoud: string) => {
      const { headers } = await postBestand(app, `${PAD}/invoeren`, { naam: 'w.csv', inhoud }, manager)
      const adres = String(headers.location)
      return { adres, proef: text((await get(adres)).body) }
    }
    expect((await bring(csv)).proef).toContain('Dit bestand verandert niets.')
    const { adres, proef } = await bring(csv.replace(/6(\r?\n|$)/, '7$1'))
    expect(proef).toContain('Dit zou het doen: 1 gewijzigd.')
    expect((await postFormulier(app, `${adres}/verwerk`, adres, {}, manager)).statusCode).toBe(303)
    expect((await stands())[0]?.weken).toBe(7)
    expect((await postFormulier(app, `${adres}/terug`, adres, {}, manager)).statusCode).toBe(303)
    expect((await stands())[0]?.weken).toBe(6)
  })

  test('is put, read and described for machines', async () => {
    await clear()
    const url = `/api/v1/inrichting/wachttijden/${encodeURIComponent(`${AGB_A}~J-AMB~2026-01-01`)}`
    const headers = await machine(db, manager)
    const payload = {
      aanbieder: AGB_A,
      segment: 'J-AMB',
      geldigheid: { begin: '2026-01-01', eind: null },
      weken: 4,
    }
    expect((await app.inject({ method: 'PUT', url, headers, payload })).statusCode).toBe(200)
    expect((await app.inject({ url, headers })).json().gegevens).toEqual(payload)
    const { paths } = (await app.inject({ url: '/api/v1/openapi.json' })).json()
    expect(paths['/inrichting/wachttijden'].get.operationId).toBe('listWachttijden')
    expect((await app.inject({ method: 'DELETE', url, headers })).statusCode).toBe(204)
    expect(await stands()).toEqual([])
  })
})
