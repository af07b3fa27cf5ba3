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
  testOmgeving,
  toewijzingsbericht,
} from '../../../../test/support/regio.ts'
import { tellInOrder } from '../../../../test/support/verhaal.ts'
import { systeem } from '../../../platform/http/ctx.ts'
import { listGroepen, listMaandstanden } from './store.ts'

tellInOrder()

const db = await testDatabase()
const omgeving = testOmgeving(db)
const { app, login } = await testApp(db, omgeving)

let backoffice: Inlog
let anders: Inlog
let aanbiederA: Inlog
let aanbiederB: Inlog
let idVan: (nummer: string) => number

const NBSP = '\u00a0'

beforeAll(async () => {
  const aanbieders = await laadTestregio(omgeving)
  await lever(
    omgeving,
    toewijzingsbericht({ identificatie: 'T1', nummer: 1 }),
    toewijzingsbericht({ identificatie: 'T2', nummer: 2, agb: AGB_B, gemeente: GEMEENTE_B, client: 1 }),
    toewijzingsbericht({ identificatie: 'T3', nummer: 3, client: 2 }),
    // January: 10 hours approved. February: its credit, 12 hours instead, 99 hours (too many) and a strange tarief.
    declaratiebericht({
      identificatie: 'D1',
      nummer: 'JAN',
      maand: '2026-01-01',
      regels: [{ nummer: 1, referentie: 'R1' }],
    }),
  )
  await lever(
    omgeving,
    declaratiebericht({
      identificatie: 'D2',
      nummer: 'FEB',
      regels: [
        { nummer: 1, referentie: 'R2', maand: '2026-01-01', crediteert: 'R1' },
        { nummer: 1, referentie: 'R3', maand: '2026-01-01', volume: 12 },
        { nummer: 1, referentie: 'R4', volume: 99 },
        { nummer: 3, referentie: 'R5', client: 2, tarief: 9100 },
      ],
    }),
    declaratiebericht({ identificatie: 'D3', nummer: 'JAN', regels: [{ nummer: 1, referentie: 'R6' }] }),
  )
  const { rows } = await db.owner.query<{ nummer: string; geldt: boolean; declaratie_id: number }>(
    'select nummer, geldt, declaratie_id::int from declaraties.declaratie',
  )
  idVan = nummer => rows.find(rij => rij.nummer === nummer && rij.geldt)?.declaratie_id ?? 0
  backoffice = await login('backoffice', { gemeenten: [GEMEENTE_A] })
  anders = await login('controller', { gemeenten: [GEMEENTE_B] })
  aanbiederA = await login('aanbieder', { aanbieder: aanbieders.get(AGB_A) ?? 0 })
  aanbiederB = await login('aanbieder', { aanbieder: aanbieders.get(AGB_B) ?? 0 })
})

const get = (url: string, wie: Inlog) => app.inject({ url, headers: wie.headers })
const nummers = (html: string) => [...html.matchAll(/aria-label="Declaratie (\w+)"/g)].map(([, n]) => n)
const pad = (nummer: string) => `/declaraties/${GEMEENTE_A}/${idVan(nummer)}`

describe('/declaraties', () => {
  it('toont wat is ingediend en toegekend, opgeteld over de hele lijst', async () => {
    const { body, statusCode } = await get('/declaraties', backoffice)
    expect(statusCode).toBe(200)
    expect(nummers(body).sort()).toEqual(['FEB', 'JAN', 'JAN'])
    // 900 + (−900 + 1080 + 8910 + 910) + 900; granted 900 + (−900 + 1080).
    expect(body).toContain(`3 declaraties: €${NBSP}11.800,00 ingediend, waarvan €${NBSP}1.080,00 toegekend.`)
  })

  it.each([
    ['uitkomst=goedgekeurd', ['JAN']],
    ['uitkomst=deels', ['FEB']],
    ['uitkomst=geweigerd', ['JAN']],
    ['uitkomst=afgekeurd', []],
    ['maand=2026-01', ['JAN']],
    ['maand=onzin', ['FEB', 'JAN', 'JAN']],
    ['zoek=feb', ['FEB']],
    ['zoek=eikenrode', ['FEB', 'JAN', 'JAN']],
    ['regel=TR321', ['FEB']],
    ['wet=wmo', []],
    ['sinds=2026-03-16', ['FEB', 'JAN', 'JAN']],
    ['sinds=2026-03-17', []],
  ])('filtert op %s', async (query, verwacht) => {
    expect(nummers((await get(`/declaraties?${query}`, backoffice)).body).sort()).toEqual(verwacht)
  })

  it('vindt declaraties bij een toewijzing, ook als de regel is afgekeurd', async () => {
    const { rows } = await db.owner.query<{ id: number; nummer: number }>(
      'select toewijzing_id::int as id, nummer::int from toegang.toewijzing',
    )
    const bij = async (nummer: number) =>
      nummers(
        (await get(`/declaraties?toewijzing=9101.${rows.find(r => r.nummer === nummer)?.id}`, backoffice))
          .body,
      ).sort()
    expect(await bij(1)).toContain('JAN')
    expect(await bij(3)).toEqual(['FEB'])
  })

  it('toont niets van een andere gemeente of aanbieder', async () => {
    expect(nummers((await get('/declaraties', anders)).body)).toEqual([])
    expect(nummers((await get('/declaraties', aanbiederB)).body)).toEqual([])
    expect(nummers((await get('/declaraties', aanbiederA)).body).length).toBe(3)
    expect((await get('/declaraties', anders)).body).toContain('Er zijn nog geen declaraties')
  })

  it('geeft dezelfde lijst als bestand', async () => {
    const csv = await get('/declaraties/export?uitkomst=deels', backoffice)
    expect(csv.body.trim().split('\r\n')[1]).toBe(
      'FEB;Jeugdwet;"=""9101""";Aarveld;Zorggroep Eikenrode;01-02-2026;05-03-2026;4;2;10000,00;180,00;Deels goedgekeurd;180,00;0,00;0,00;0,00;04-04-2026;',
    )
  })

  it.each(['consulent', 'contractmanager', 'bestuur', 'privacy-officer', 'beheerder'] as const)(
    'is er niet voor %s',
    async rol => {
      const wie = await login(rol, { gemeenten: [GEMEENTE_A] })
      for (const url of ['/declaraties', '/declaraties/export', pad('JAN'), `${pad('JAN')}/export`])
        expect((await get(url, wie)).statusCode).toBe(403)
    },
  )
})

describe('/declaraties/:gemeente/:id', () => {
  it('groepeert de regels naar bevinding, samen precies het geheel', async () => {
    const groepen = await omgeving.database.read(systeem('test', [GEMEENTE_A]).scope, tx =>
      listGroepen(tx, { gemeente: GEMEENTE_A, id: idVan('FEB') }),
    )
    expect(groepen).toEqual([
      { regelcode: 'TR321', retourcode: '9321', regels: 1, bedrag: 891_000 },
      { regelcode: 'TR418', retourcode: '0611', regels: 1, bedrag: 91_000 },
      { regelcode: null, retourcode: null, regels: 2, bedrag: 18_000 },
    ])
    const { body } = await get(pad('FEB'), backoffice)
    expect(body).toContain('Declaratie FEB</h1>')
    expect(body).toContain(`4 regels, waarvan 2 afgekeurd (€${NBSP}9.820,00).`)
    expect(body).toContain(`€${NBSP}180,00 te betalen uiterlijk 4 april 2026`)
  })

  it('zegt per regel waarom, met de feiten naast elkaar', async () => {
    const { body } = await get(`${pad('FEB')}?groep=TR418`, backoffice)
    expect(body).toContain('Regel R5: Het tarief is anders dan in het contract')
    expect(body).toContain('TR418, retourcode 0611')
    expect(body).toContain('iJw/iWmo 3.2 TR418, OP262, OP263')
    expect(body).toMatch(/Gedeclareerd.*Afgesproken.*Tarief.*€\u00a091,00.*€\u00a090,00/s)
    expect(body).not.toContain('Regel R4:')
    expect(body).toContain('Eén gevonden')
  })

  it('toont de keten van een regel en zijn credit, in beide richtingen', async () => {
    const feb = (await get(pad('FEB'), backoffice)).body
    expect(feb).toMatch(new RegExp(`Crediteert <a[^>]*href="${pad('JAN')}"[^>]*>R1 in JAN</a>`))
    const jan = (await get(pad('JAN'), backoffice)).body
    expect(jan).toMatch(new RegExp(`Gecrediteerd door <a[^>]*href="${pad('FEB')}"[^>]*>R2 in FEB</a>`))
  })

  it('legt uit dat een dubbel nummer als geheel is geweigerd', async () => {
    const { rows } = await db.owner.query<{ id: number }>(
      'select declaratie_id::int as id from declaraties.declaratie where not geldt',
    )
    const { body } = await get(`/declaraties/${GEMEENTE_A}/${rows[0]?.id}`, aanbiederA)
    expect(body).toContain('Deze declaratie is als geheel geweigerd')
    expect(body).toContain('Er is niets te betalen')
    expect(body).not.toContain('Wat is er met de regels gebeurd')
  })

  it('telt per maand wat op een toewijzing is gedeclareerd, na aftrek van credits en zoals toen bekend', async () => {
    const { rows } = await db.owner.query<{ id: number }>(
      'select toewijzing_id::int as id from toegang.toewijzing where nummer = 1',
    )
    const op = (dag: string) =>
      omgeving.database.read(systeem('test', [GEMEENTE_A]).scope, tx =>
        listMaandstanden(tx, { gemeente: GEMEENTE_A, id: rows[0]?.id ?? 0 }, dag),
      )
    expect((await op('2026-03-16'))[0]).toEqual({
      maand: '2026-01-01',
      geleverd: 12 * 60,
      goedgekeurd: 108_000,
      afgekeurd: 0,
      regels: 3,
    })
    expect((await op('2026-03-16'))[1]).toMatchObject({ maand: '2026-02-01', geleverd: 0, goedgekeurd: 0 })
    expect(await op('2026-03-15')).toEqual([])
  })

  it('geeft de regels als bestand, en schrijft op wie keek', async () => {
    const csv = await get(`${pad('FEB')}/export?formaat=csv`, backoffice)
    const regels = csv.body.trim().split('\r\n')
    expect(regels).toHaveLength(5)
    expect(regels[1]).toContain(';afgekeurd;"=""9321""";')
    const { rows } = await db.owner.query(
      'select actie, onderwerp from platform.gebeurtenis order by gebeurtenis_id desc limit 1',
    )
    expect(rows[0]).toEqual({
      actie: 'declaratie.geexporteerd',
      onderwerp: { gemeente: GEMEENTE_A, declaratie: idVan('FEB') },
    })
  })

  it('bestaat niet voor een andere gemeente of aanbieder', async () => {
    for (const wie of [anders, aanbiederB])
      for (const url of [pad('FEB'), `${pad('FEB')}/export`])
        expect((await get(url, wie)).statusCode).toBe(404)
    expect((await get(pad('FEB'), aanbiederA)).statusCode).toBe(200)
  })
})

describe('wat als eerste afkeurde', () => {
  it('telt bij een filter op regel, zoals ook wordt opgeteld: wat daarna kwam niet', async () => {
    const { rows } = await db.owner.query<{ regelcode: string }>(
      `insert into declaraties.bevinding
       select (jsonb_populate_record(f, '{"volgnummer": 2, "regelcode": "TR399"}')).* from declaraties.bevinding f
       where f.volgnummer = 1 order by f.declaratie_id, f.regel limit 1 returning regelcode`,
    )
    expect(rows).toEqual([{ regelcode: 'TR399' }])
    expect(nummers((await get('/declaraties?regel=TR399', backoffice)).body)).toEqual([])
  })
})
