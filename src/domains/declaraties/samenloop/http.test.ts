import { describe, expect, it } from 'vitest'
import type { Inlog } from '../../../../test/support/app.ts'
import { postFormulier } from '../../../../test/support/formulier.ts'
import {
  declaratiebericht,
  GEMEENTE_A,
  GEMEENTE_B,
  GEMEENTEN,
  lever,
  testBsn,
  toewijzingsbericht,
} from '../../../../test/support/regio.ts'
import { regel, testSamenloop } from '../../../../test/support/samenloop.ts'
import { tellInOrder } from '../../../../test/support/verhaal.ts'
import { NOBODY } from '../../../platform/db/database.ts'
import { countTeBeoordelen, listSamenloop } from './store.ts'

tellInOrder()

const { db, omgeving, app, login, wie, later, child, claim, seen, judge, payment, pay } =
  await testSamenloop()

describe('one child, the same month, product and provider at two municipalities', () => {
  it('is seen on both sides whichever came first, without a word about the other', async () => {
    await child(1)
    await claim(GEMEENTE_A, 'A1', regel(1, 'A1.1'))
    expect(await seen(GEMEENTE_A)).toEqual([])
    await claim(GEMEENTE_B, 'B1', regel(1, 'B1.1'))
    expect(await seen(GEMEENTE_A)).toEqual([[GEMEENTE_A, 'A1.1', 'te-beoordelen']])
    expect(await seen(GEMEENTE_B)).toEqual([[GEMEENTE_B, 'B1.1', 'te-beoordelen']])
    const { body } = await app.inject({ url: '/declaraties/samenloop', headers: wie.vanA.headers })
    expect(body).toContain('A1.1')
    for (const geheim of ['B1.1', 'Beekdal', 'Testpersoon', testBsn(1)]) expect(body).not.toContain(geheim)
    expect((await app.inject({ url: '/', headers: wie.vanB.headers })).body).toContain(
      '1 regel is dubbel gedeclareerd',
    )
  })

  it('nobody else sees it', async () => {
    expect(await seen()).toEqual([])
    expect(await db.database.read({ ...NOBODY, gemeentenCijfers: GEMEENTEN }, listSamenloop)).toEqual([])
    expect(await db.database.read({ ...NOBODY, aanbieder: 1 }, listSamenloop)).toEqual([])
  })

  it('the money waits: the rest of the declaratie is paid, the line is set apart', async () => {
    await child(2)
    await child(3)
    await claim(GEMEENTE_B, 'B2', regel(2, 'B2.1'))
    await claim(GEMEENTE_A, 'A2', regel(2, 'A2.1'), regel(3, 'A2.2', { volume: 5 }))
    const page = await app.inject({
      url: `/betalingen/vastleggen?betaling=${GEMEENTE_A}.${(await payment(GEMEENTE_A, 'A2'))[0].id}`,
      headers: wie.vanA.headers,
    })
    expect(page.body).toContain('Daarvan wordt €\u00a0900,00 nu niet betaald.')
    expect(page.body).toContain('Leg €\u00a0450,00 vast als betaald')
    expect((await pay(GEMEENTE_A, 'A2', wie.vanA)).statusCode).toBe(303)
    expect(await payment(GEMEENTE_A, 'A2')).toMatchObject([
      { bedrag: 45_000, regel: null, op: '2026-03-16' },
      { bedrag: 90_000, regel: 1, op: null },
    ])
    const apart = await pay(GEMEENTE_A, 'A2', wie.vanA, 1)
    expect(apart.statusCode).toBe(400)
    expect(apart.body).toContain('Een van de regels is dubbel gedeclareerd. Beoordeel die eerst.')
    expect((await pay(GEMEENTE_B, 'B2', wie.vanB)).statusCode).toBe(400)
  })

  it('who may decides with a reason, for the own side only, and it is in the log', async () => {
    expect((await judge(GEMEENTE_A, 'A2.1', 'betalen', wie.vanA, '')).statusCode).toBe(400)
    expect((await judge(GEMEENTE_A, 'A2.1', '', wie.vanA)).statusCode).toBe(400)
    expect((await judge(GEMEENTE_A, 'A2.1', 'betalen', wie.vanB)).statusCode).toBe(404)
    const backoffice = await login('backoffice', { gemeenten: [GEMEENTE_A] })
    expect((await judge(GEMEENTE_A, 'A2.1', 'betalen', backoffice)).statusCode).toBe(403)
    expect((await judge(GEMEENTE_A, 'A2.1', 'betalen', wie.vanA)).statusCode).toBe(303)
    expect(await seen(GEMEENTE_A, GEMEENTE_B)).toEqual(
      expect.arrayContaining([
        [GEMEENTE_A, 'A2.1', 'betalen'],
        [GEMEENTE_B, 'B2.1', 'te-beoordelen'],
      ]),
    )
    expect((await pay(GEMEENTE_A, 'A2', wie.vanA, 1)).statusCode).toBe(303)
    const { rows } = await db.owner.query(
      `select wie, onderwerp ->> 'oordeel' as oordeel from platform.gebeurtenis
       where actie = 'declaratie.samenloop-beoordeeld'`,
    )
    expect(rows).toEqual([{ wie: `gebruiker:${wie.vanA.gebruikerId}`, oordeel: 'betalen' }])
  })

  it('a line that is not paid stays unpaid until it is credited', async () => {
    expect((await judge(GEMEENTE_B, 'B2.1', 'niet-betalen', wie.vanB)).statusCode).toBe(303)
    expect((await pay(GEMEENTE_B, 'B2', wie.vanB)).statusCode).toBe(400)
    await claim(GEMEENTE_B, 'B2c', regel(2, 'B2.c', { crediteert: 'B2.1' }))
    expect((await seen(GEMEENTE_A, GEMEENTE_B)).filter(([, r]) => r.includes('2.'))).toEqual([])
    expect((await pay(GEMEENTE_B, 'B2', wie.vanB)).statusCode).toBe(303)
    expect([...(await payment(GEMEENTE_B, 'B2')), ...(await payment(GEMEENTE_B, 'B2c'))]).toMatchObject([
      { bedrag: 90_000 },
      { bedrag: -90_000 },
    ])
  })

  it('a credit on one side frees the other, a correction asks for a new judgement', async () => {
    await child(4)
    await claim(GEMEENTE_A, 'A4', regel(4, 'A4.1'))
    await claim(GEMEENTE_B, 'B4', regel(4, 'B4.1'))
    await judge(GEMEENTE_A, 'A4.1', 'betalen', wie.vanA)
    await judge(GEMEENTE_B, 'B4.1', 'niet-betalen', wie.vanB)
    const vier = async () =>
      (await seen(GEMEENTE_A, GEMEENTE_B)).filter(([, r]) => r.includes('4.')).map(([, r, s]) => [r, s])
    // A credits and claims again: what B decided was about a line that is gone, what A decided as well.
    await claim(GEMEENTE_A, 'A4b', regel(4, 'A4.c', { crediteert: 'A4.1' }), regel(4, 'A4.2', { volume: 8 }))
    expect(await vier()).toEqual([
      ['A4.2', 'te-beoordelen'],
      ['B4.1', 'te-beoordelen'],
    ])
    await judge(GEMEENTE_B, 'B4.1', 'niet-betalen', wie.vanB)
    await claim(GEMEENTE_A, 'A4c', regel(4, 'A4.d', { crediteert: 'A4.2', volume: 8 }))
    expect(await vier()).toEqual([['B4.1', 'te-beoordelen']])
    await judge(GEMEENTE_B, 'B4.1', 'betalen', wie.vanB)
    expect(await vier()).toEqual([])
    expect((await pay(GEMEENTE_B, 'B4', wie.vanB)).statusCode).toBe(303)
  })

  it('a child that moved within the month is no doubt: the periods do not overlap', async () => {
    await child(5, '2026-01-31')
    await claim(GEMEENTE_A, 'A5', regel(5, 'A5.1', { maand: '2026-01-01' }))
    await claim(GEMEENTE_B, 'B5', regel(5, 'B5.1'))
    expect((await seen(GEMEENTE_A, GEMEENTE_B)).filter(([, r]) => r.includes('5.'))).toEqual([])
  })
})

it('another period on the same toewijzing overlaps too, after the toewijzing was shortened: one of both waits', async () => {
  const bouw = { identificatie: 'T7', nummer: 7, client: 7 }
  await lever(omgeving, toewijzingsbericht(bouw))
  await claim(GEMEENTE_A, 'A7', regel(7, 'A7.1', { volume: 4 }))
  const korter = { toewijzingsdatum: '2026-03-01', einddatum: '2026-02-15', redenWijziging: '05' }
  await lever(
    omgeving,
    toewijzingsbericht({ ...bouw, identificatie: 'T7b', dagtekening: '2026-03-02', product: korter }),
  )
  later()
  const half = declaratiebericht({
    identificatie: 'A7b',
    nummer: 'A7b',
    regels: [regel(7, 'A7.2', { volume: 4 })],
  })
  for (const { prestaties } of half.declaratie.clienten)
    for (const p of prestaties) p.productPeriode.einddatum = '2026-02-15'
  expect((await lever(omgeving, half))[0]?.uitkomst).toBe('verwerkt')
  const zeven = async () => (await seen(GEMEENTE_A)).filter(([, r]) => r.includes('7.'))
  expect(await zeven()).toEqual([[GEMEENTE_A, 'A7.2', 'te-beoordelen']])
  expect((await pay(GEMEENTE_A, 'A7b', wie.vanA)).statusCode).toBe(400)
  await claim(GEMEENTE_A, 'A7c', regel(7, 'A7.c', { volume: 4, crediteert: 'A7.1' }))
  expect(await zeven()).toEqual([])
  expect((await pay(GEMEENTE_A, 'A7b', wie.vanA)).statusCode).toBe(303)
})

describe('money that waits', () => {
  const get = async (url: string, door: Inlog) => app.inject({ url, headers: door.headers })
  /** What the export says is to be paid by municipality A, what is late, and what waits. */
  const sums = async (door: Inlog) => {
    const { body } = await get('/betalingen/export?gemeente=9101', door)
    const velden = body.trim().split('\r\n')[1]?.split(';') ?? []
    return [4, 5, 7].map(i => Math.round(Number(velden[i]?.replaceAll('.', '').replace(',', '.')) * 100))
  }
  const rowOf = (html: string, nummer: string) =>
    html.split('<tr').find(rij => rij.includes(`>${nummer}</a>`)) ?? ''
  const declaratie = async (nummer: string) => {
    const { rows } = await db.owner.query(
      'select declaratie_id as id from declaraties.declaratie where nummer = $1',
      [nummer],
    )
    return `/declaraties/${GEMEENTE_A}/${rows[0].id}`
  }

  it('is in no sum, and its provider reads that it waits and nothing more', async () => {
    const before = await sums(wie.vanA)
    await child(8)
    await claim(GEMEENTE_A, 'A8', regel(8, 'A8.1'))
    await claim(GEMEENTE_B, 'B8', regel(8, 'B8.1'))
    for (const door of [wie.vanA, wie.aanbieder]) {
      const [bedrag, laat, wacht] = await sums(door)
      expect([bedrag, laat]).toEqual([before[0], before[1]])
      expect(wacht).toBe((before[2] ?? 0) + 90_000)
      const { body } = await get('/betalingen/regels', door)
      expect(rowOf(body, 'A8')).toContain('Wacht op beoordeling')
    }
    const { body } = await get(await declaratie('A8'), wie.aanbieder)
    expect(body).toContain('wacht op beoordeling')
    for (const geheim of ['/declaraties/samenloop', 'Dubbel', 'te betalen uiterlijk'])
      expect(body).not.toContain(geheim)
    expect((await get('/declaraties/samenloop', wie.aanbieder)).statusCode).toBe(403)
    expect((await get('/declaraties', wie.aanbieder)).body).not.toContain('/declaraties/samenloop')
    expect((await get('/declaraties', wie.vanA)).body).toContain('href="/declaraties/samenloop"')
  })

  it('leaves no payment of nothing behind, and the declaratie is paid when its line is', async () => {
    await child(9)
    await claim(GEMEENTE_A, 'A9', regel(9, 'A9.1', { volume: 3 }))
    const betaling = await Promise.all(
      ['A8', 'A9'].map(async naam => `${GEMEENTE_A}.${(await payment(GEMEENTE_A, naam))[0].id}`),
    )
    const velden = { betaling, datum: '16-03-2026' }
    const antwoord = await postFormulier(app, '/betalingen/vastleggen', '/', velden, wie.vanA)
    expect(antwoord.statusCode).toBe(303)
    const open = await get('/betalingen/regels', wie.vanA)
    expect(rowOf(open.body, 'A8')).toBe('')
    expect(rowOf(open.body, 'A8 regel 1')).toContain('Wacht op beoordeling')
    expect((await get(await declaratie('A8'), wie.vanA)).body).toContain('wacht op beoordeling')

    expect((await judge(GEMEENTE_A, 'A8.1', 'betalen', wie.vanA)).statusCode).toBe(303)
    expect(rowOf((await get('/betalingen/regels', wie.vanA)).body, 'A8 regel 1')).not.toContain('Wacht')
    expect((await pay(GEMEENTE_A, 'A8', wie.vanA, 1)).statusCode).toBe(303)
    expect((await get(await declaratie('A8'), wie.vanA)).body).toContain('900,00 betaald op 16 maart 2026')
  })
})

it('a reason that names the client is kept, and its writer is told', async () => {
  await child(10)
  await claim(GEMEENTE_A, 'A10', regel(10, 'A10.1'))
  await claim(GEMEENTE_B, 'B10', regel(10, 'B10.1'))
  const zonder = await judge(GEMEENTE_A, 'A10.1', 'niet-betalen', wie.vanA, 'Het kind woont hier niet.')
  expect(zonder.headers.location).toBe('/declaraties/samenloop?gedaan=oordeel')
  const klaar = await app.inject({ url: String(zonder.headers.location), headers: wie.vanA.headers })
  expect(klaar.body).toContain('Het oordeel is vastgelegd')
  const met = await judge(GEMEENTE_A, 'A10.1', 'niet-betalen', wie.vanA, 'testpersoon10 woont hier niet.')
  expect([met.statusCode, met.headers.location]).toEqual([303, '/declaraties/samenloop?gedaan=naam'])
  const { body } = await app.inject({ url: String(met.headers.location), headers: wie.vanA.headers })
  expect(body).toContain('In uw reden staat een naam van de cliënt.')
  expect(body).not.toContain('estpersoon10')
})

it('a reason with a BSN is refused by the page and by the database', async () => {
  const metBsn = await judge(GEMEENTE_A, 'A10.1', 'betalen', wie.vanA, `Kind ${testBsn(10)} woont hier.`)
  expect(metBsn.statusCode).toBe(400)
  const insert = db.owner.query(
    `insert into declaraties.samenloop_oordeel (gemeente, declaratie_id, regel, oordeel, reden, door, op)
     select gemeente, declaratie_id, regel, 'betalen', 'Kind ' || $1, 'test', now()
     from declaraties.prestatie where referentie = 'A10.1'`,
    [testBsn(10)],
  )
  await expect(insert).rejects.toThrow(/tekst/)
})

it('by key and by count it is the same as the list', async () => {
  const scope = { ...NOBODY, gemeentenClient: GEMEENTEN, gemeentenCijfers: GEMEENTEN }
  await db.database.read(scope, async tx => {
    const alle = await listSamenloop(tx)
    expect(alle.length).toBeGreaterThan(3)
    for (const van of alle)
      expect(await listSamenloop(tx, [van])).toEqual(
        alle.filter(r => r.gemeente === van.gemeente && r.declaratieId === van.declaratieId),
      )
    expect(await listSamenloop(tx, [])).toEqual([])
    const open = alle.filter(r => r.stand === 'te-beoordelen')
    expect(await countTeBeoordelen(tx)).toEqual({
      aantal: open.length,
      bedrag: open.reduce((som, r) => som + r.bedrag, 0),
    })
  })
  const [van] = await db.database.read(scope, listSamenloop)
  const vreemd = { ...NOBODY, gemeentenClient: GEMEENTEN.filter(g => g !== van?.gemeente) }
  expect(await db.database.read(vreemd, tx => listSamenloop(tx, van && [van]))).toEqual([])
})
