import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Inlog, testApp } from '../../../../test/support/app.ts'
import { testDatabase } from '../../../../test/support/database.ts'
import { postFormulier } from '../../../../test/support/formulier.ts'
import { expectLogged } from '../../../../test/support/logboek.ts'
import {
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
import type { Rol } from '../../../platform/auth/rollen.ts'
import { makeCtx, systeem } from '../../../platform/http/ctx.ts'
import { recordBetalingen, reverseBetaling } from './actions.ts'

tellInOrder()

const db = await testDatabase()
const omgeving = testOmgeving(db)
const { app, login } = await testApp(db, omgeving)
const NBSP = '\u00a0'

let controller: Inlog
let backoffice: Inlog
let andereGemeente: Inlog
let aanbiederB: Inlog
let betalingen: { sleutel: string; gemeente: string; id: number; nummer: string }[]

beforeAll(async () => {
  const aanbieders = await laadTestregio(omgeving)
  await lever(
    omgeving,
    toewijzingsbericht({ identificatie: 'T1', nummer: 1 }),
    toewijzingsbericht({ identificatie: 'T2', nummer: 2, agb: AGB_B, gemeente: GEMEENTE_B, client: 1 }),
    declaratiebericht({
      identificatie: 'D1',
      nummer: 'JAN',
      maand: '2026-01-01',
      dagtekening: '2026-02-05',
      regels: [{ nummer: 1, referentie: 'R1' }],
    }),
    declaratiebericht({
      identificatie: 'D2',
      nummer: 'FEB',
      regels: [{ nummer: 1, referentie: 'R2', volume: 4 }],
    }),
    declaratiebericht({
      identificatie: 'D3',
      nummer: 'ANDER',
      agb: AGB_B,
      gemeente: GEMEENTE_B,
      regels: [{ nummer: 2, client: 1, referentie: 'R1' }],
    }),
  )
  // A month later only the credit of February: 360 euros to be settled.
  await lever(
    { ...omgeving, klok: () => new Date('2026-03-16T13:00:00+01:00') },
    declaratiebericht({
      identificatie: 'D4',
      nummer: 'CREDIT',
      regels: [{ nummer: 1, referentie: 'R3', crediteert: 'R2', volume: 4 }],
    }),
  )
  const { rows } = await db.owner.query<{ gemeente: string; id: number; nummer: string }>(
    `select gemeente, betaling_id::int as id, nummer
     from declaraties.betaling join declaraties.declaratie using (gemeente, declaratie_id)`,
  )
  betalingen = rows.map(rij => ({ ...rij, sleutel: `${rij.gemeente}.${rij.id}` }))
  controller = await login('controller', { gemeenten: [GEMEENTE_A] })
  backoffice = await login('backoffice', { gemeenten: [GEMEENTE_A] })
  andereGemeente = await login('controller', { gemeenten: [GEMEENTE_B] })
  aanbiederB = await login('aanbieder', { aanbieder: aanbieders.get(AGB_B) ?? 0 })
})

beforeEach(async () => {
  await db.owner.query('update declaraties.betaling set betaald_op = null, betaald_door = null')
  await db.owner.query('delete from declaraties.betaling_gebeurtenis')
})

const get = (url: string, wie: Inlog) => app.inject({ url, headers: wie.headers })
const van = (nummer: string) => {
  const gevonden = betalingen.find(b => b.nummer === nummer)
  if (!gevonden) throw new Error(`no payment for ${nummer}`)
  return gevonden
}
const staat = async (nummer: string) =>
  (
    await db.owner.query(
      'select betaald_op::text, betaald_door from declaraties.betaling where betaling_id = $1',
      [van(nummer).id],
    )
  ).rows[0]
const verleden = async () =>
  (
    await db.owner.query(
      'select soort, betaald_op::text, bedrag::int, door from declaraties.betaling_gebeurtenis order by volgnummer',
    )
  ).rows
const ctxVan = (naam: string) => makeCtx(omgeving, systeem(naam, [GEMEENTE_A]))
const sleutels = (...namen: string[]) =>
  namen.map(naam => ({ gemeente: van(naam).gemeente, id: van(naam).id }))

describe('/betalingen', () => {
  it('telt per aanbieder en gemeente wat open staat, wat te laat is en wat te verrekenen is', async () => {
    const { body, statusCode } = await get('/betalingen', controller)
    expect(statusCode).toBe(200)
    // 900 due on 7 March, 360 due on 4 April, and 360 to be settled.
    expect(body).toContain(
      `3 betalingen, samen €${NBSP}900,00. Daarvan had al €${NBSP}900,00 betaald moeten zijn.`,
    )
    expect(body).toContain('Zorggroep Eikenrode')
    expect(body).not.toContain('Waterlelie</a>')
    const csv = await get('/betalingen/export', controller)
    expect(csv.body.trim().split('\r\n')[1]).toBe(
      'Zorggroep Eikenrode;"=""9101""";Aarveld;3;900,00;900,00;-360,00;0,00;0,00;07-03-2026',
    )
  })

  it.each([
    ['', 3],
    ['staat=te-laat', 1],
    ['staat=betaald', 0],
    ['van=01-04-2026', 2],
    ['tot=01-04-2026', 1],
  ])('filtert de regels op %s', async (query, aantal) => {
    const { body } = await get(`/betalingen/regels?${query}`, controller)
    expect([...body.matchAll(/name="betaling"/g)]).toHaveLength(aantal)
  })

  it('weigert een datum die niet bestaat', async () => {
    const { statusCode, body } = await get('/betalingen?van=31-02-2026', controller)
    expect(statusCode).toBe(400)
    expect(body).toContain('Vul een bestaande datum in')
  })

  it('toont een aanbieder alleen de eigen betalingen, zonder vinkjes', async () => {
    const { body } = await get('/betalingen/regels', aanbiederB)
    expect(body).toContain('ANDER')
    expect(body).not.toContain('JAN')
    expect(body).not.toContain('name="betaling"')
    expect((await get('/betalingen/regels', backoffice)).body).not.toContain('name="betaling"')
  })

  it.each(['consulent', 'toezichthouder', 'contractmanager', 'bestuur', 'beheerder'] as const)(
    'is er niet voor %s',
    async rol => {
      const wie = await login(rol, { gemeenten: [GEMEENTE_A] })
      for (const url of [
        '/betalingen',
        '/betalingen/regels',
        '/betalingen/export',
        '/betalingen/regels/export',
      ])
        expect((await get(url, wie)).statusCode).toBe(403)
    },
  )
})

describe('vastleggen', () => {
  const formulier = '/betalingen/vastleggen'

  it('zegt eerst wat er gaat gebeuren, en dan wat er gebeurd is', async () => {
    const keuze = `${formulier}?betaling=${van('JAN').sleutel}&betaling=${van('FEB').sleutel}`
    const bevestig = await get(keuze, controller)
    expect(bevestig.body).toContain(`U legt vast dat 2 betalingen zijn gedaan, samen €${NBSP}1.260,00.`)
    expect(await staat('JAN')).toEqual({ betaald_op: null, betaald_door: null })
    const antwoord = await postFormulier(
      app,
      formulier,
      keuze,
      { betaling: [van('JAN').sleutel, van('FEB').sleutel], datum: '16-03-2026' },
      controller,
    )
    expect(antwoord.statusCode).toBe(303)
    const na = await get(String(antwoord.headers.location), controller)
    expect(na.body).toContain('2 betalingen zijn vastgelegd')
    const door = `gebruiker:${controller.gebruikerId}`
    expect(await staat('JAN')).toEqual({ betaald_op: '2026-03-16', betaald_door: door })
    expect((await verleden()).map(g => [g.soort, g.bedrag, g.door])).toEqual(
      expect.arrayContaining([
        ['betaald', 90_000, door],
        ['betaald', 36_000, door],
      ]),
    )
    const { rows } = await db.owner.query(
      'select actie, wie from platform.gebeurtenis order by gebeurtenis_id desc limit 1',
    )
    expect(rows[0]).toEqual({ actie: 'betaling.vastgelegd', wie: door })
  })

  it('weigert een dag in de toekomst, met wat er stond', async () => {
    const keuze = `${formulier}?betaling=${van('JAN').sleutel}`
    const velden = { betaling: van('JAN').sleutel, datum: '17-03-2026' }
    const antwoord = await postFormulier(app, formulier, keuze, velden, controller)
    expect(antwoord.statusCode).toBe(400)
    expect(antwoord.body).toContain('De betaaldatum ligt in de toekomst')
    expect(antwoord.body).toContain('value="17-03-2026"')
    expect(await staat('JAN')).toEqual({ betaald_op: null, betaald_door: null })
  })

  it('raakt niets van een andere gemeente', async () => {
    const keuze = `${formulier}?betaling=${van('ANDER').sleutel}`
    expect((await get(keuze, controller)).body).toContain('U hebt niets gekozen dat nog open staat.')
    const velden = { betaling: van('ANDER').sleutel, datum: '16-03-2026' }
    const antwoord = await postFormulier(app, formulier, '/betalingen', velden, controller)
    expect(antwoord.statusCode).toBe(400)
    expect(await staat('ANDER')).toEqual({ betaald_op: null, betaald_door: null })
    expect((await get(keuze, andereGemeente)).body).toContain('U legt vast dat 1 betaling is gedaan')
  })

  it.each<Rol>(['backoffice', 'toezichthouder'])('mag een %s niet', async rol => {
    const wie = await login(rol, { gemeenten: [GEMEENTE_A] })
    expect((await get(`${formulier}?betaling=${van('JAN').sleutel}`, wie)).statusCode).toBe(403)
    const antwoord = await postFormulier(app, formulier, '/', { betaling: van('JAN').sleutel }, wie)
    expect(antwoord.statusCode).toBe(403)
  })

  it('betaalt niets dubbel als twee mensen tegelijk vastleggen', async () => {
    const uitkomsten = await Promise.all(
      ['een', 'twee', 'drie', 'vier'].map(naam =>
        recordBetalingen(ctxVan(naam), sleutels('JAN', 'FEB'), '2026-03-16').catch(() => ({ aantal: 0 })),
      ),
    )
    expect(uitkomsten.reduce((som, u) => som + u.aantal, 0)).toBe(2)
    expect(await verleden()).toHaveLength(2)
  })

  it('telt wat een ander al had vastgelegd, en laat dat staan', async () => {
    await recordBetalingen(ctxVan('eerst'), sleutels('JAN'), '2026-03-10')
    expect(await recordBetalingen(ctxVan('later'), sleutels('JAN', 'FEB'), '2026-03-16')).toEqual({
      aantal: 1,
      bedrag: 36_000,
      apart: 0,
      alBetaald: 1,
    })
    expect(await staat('JAN')).toEqual({ betaald_op: '2026-03-10', betaald_door: 'systeem:eerst' })
  })
})

it('toont bij wat betaald is het laatste bovenaan: daar staat wat iemand wil terugdraaien', async () => {
  await recordBetalingen(ctxVan('eerst'), sleutels('JAN'), '2026-03-10')
  await recordBetalingen(ctxVan('later'), sleutels('FEB'), '2026-03-16')
  const { body } = await get('/betalingen/regels?staat=betaald', controller)
  expect(body.match(/Draai terug: declaratie (JAN|FEB)/g)).toEqual([
    'Draai terug: declaratie FEB',
    'Draai terug: declaratie JAN',
  ])
})

describe('terugdraaien', () => {
  it('zet de betaling weer open, en bewaart dat dat is gebeurd', async () => {
    await recordBetalingen(ctxVan('eerst'), sleutels('JAN'), '2026-03-10')
    const pad = `/betalingen/${GEMEENTE_A}/${van('JAN').id}/terugdraaien`
    const pagina = await get(pad, controller)
    expect(pagina.body).toContain(
      `De betaling van €${NBSP}900,00 aan Zorggroep Eikenrode komt weer open te staan.`,
    )
    const antwoord = await postFormulier(app, pad, pad, { betaaldOp: '2026-03-10' }, controller)
    expect(antwoord.statusCode).toBe(303)
    expect(await staat('JAN')).toEqual({ betaald_op: null, betaald_door: null })
    expect((await verleden()).map(g => [g.soort, g.betaald_op])).toEqual([
      ['betaald', '2026-03-10'],
      ['teruggedraaid', '2026-03-10'],
    ])
    expect((await get(pad, controller)).body).toContain('Teruggedraaid: was betaald op 10-03-2026')
  })

  it('weigert als de betaling intussen anders staat, en voor wie haar niet mag zien', async () => {
    await recordBetalingen(ctxVan('eerst'), sleutels('JAN'), '2026-03-10')
    const [jan] = sleutels('JAN')
    if (!jan) throw new Error('no key')
    await expect(reverseBetaling(ctxVan('x'), jan, '2026-03-11')).rejects.toMatchObject({ status: 409 })
    const vreemd = makeCtx(omgeving, systeem('x', [GEMEENTE_B]))
    await expect(reverseBetaling(vreemd, jan, '2026-03-10')).rejects.toMatchObject({ status: 404 })
    expect(await staat('JAN')).toMatchObject({ betaald_op: '2026-03-10' })
  })
})

it('noemt elke betaling anders, ook als twee aanbieders hetzelfde nummer gebruiken', async () => {
  await db.owner.query("update declaraties.declaratie set nummer = 'JAN' where nummer = 'ANDER'")
  const wie = await login('controller', { gemeenten: [GEMEENTE_A, GEMEENTE_B] })
  const { body } = await app.inject({ url: '/betalingen/regels?staat=', headers: wie.headers })
  const namen = [...body.matchAll(/aria-label="((?:Kies de betaling|Draai terug)[^"]+)"/g)].map(m => m[1])
  expect(namen.filter(naam => naam?.includes(' JAN '))).toHaveLength(2)
  expect(new Set(namen).size).toBe(namen.length)
})

it('wat hier is gedaan, staat in het logboek', async () => {
  await expectLogged(db, ['betaling.teruggedraaid'])
})
