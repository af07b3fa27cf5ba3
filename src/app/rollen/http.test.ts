import { beforeAll, describe, expect, it } from 'vitest'
import { type Inlog, testApp } from '../../../test/support/app.ts'
import { testDatabase } from '../../../test/support/database.ts'
import { GEMEENTE_A, laadTestregio, testOmgeving } from '../../../test/support/regio.ts'

const db = await testDatabase()
const omgeving = testOmgeving(db, new Date('2026-03-20T12:00:00+01:00'))
const { app, login } = await testApp(db, omgeving)

let beheerder: Inlog
let officer: Inlog
let iemand: number

beforeAll(async () => {
  await laadTestregio(omgeving)
  beheerder = await login('beheerder')
  officer = await login('privacy-officer')
  // Consulent from 1 March, controller from 10 March at noon, out on 20 March; by any hand, also without the application.
  const { rows } = await db.owner.query(
    `insert into platform.gebruiker (naam, email, organisatie, rol, gemeenten)
     values ('Wisselaar', 'wissel@test.example', 'Gemeente Aarveld', 'consulent', $1) returning gebruiker_id`,
    [[GEMEENTE_A]],
  )
  iemand = rows[0].gebruiker_id
  await db.owner.query(`update platform.gebruiker set rol = 'controller' where gebruiker_id = $1`, [iemand])
  await db.owner.query(`update platform.gebruiker set naam = 'Wisselaar' where gebruiker_id = $1`, [iemand])
  await db.owner.query('update platform.gebruiker set actief = false where gebruiker_id = $1', [iemand])
  const momenten = ['2026-03-01 09:00', '2026-03-10 12:00', '2026-03-20 00:00']
  for (const [i, moment] of momenten.entries())
    await db.owner.query(
      `update platform.gebruiker_stand set vanaf = $2::timestamp at time zone 'Europe/Amsterdam'
       where stand_id = (select stand_id from platform.gebruiker_stand where gebruiker_id = $1 order by stand_id offset $3 limit 1)`,
      [iemand, moment, i],
    )
})

const get = (url: string, wie: Inlog) => app.inject({ url, headers: wie.headers })
const rollenOp = async (dag: string) =>
  (await get(`/beheer/rollen/export?dag=${dag}&formaat=csv`, beheerder)).body
    .split('\r\n')
    .map(regel => regel.split(';'))
    .filter(([nummer]) => nummer === String(iemand))
    .map(delen => `${delen[2]} ${delen[5]}`)

describe('wie had welke rol', () => {
  it.each([
    ['28-02-2026', []],
    ['01-03-2026', ['Consulent ja']],
    ['09-03-2026', ['Consulent ja']],
    ['10-03-2026', ['Consulent ja', 'Controller ja']],
    ['19-03-2026', ['Controller ja']],
    ['20-03-2026', ['Controller nee']],
    ['2026-03-10', ['Consulent ja', 'Controller ja']],
  ])('op %s: %j', async (dag, rollen) => expect(await rollenOp(dag)).toEqual(rollen))

  it.each([
    ['21-03-2026', 'Deze dag moet nog komen.'],
    ['31-02-2026', 'Vul een bestaande datum in'],
  ])('zegt op %s wat er mis is, ook in de export', async (dag, zin) => {
    for (const pad of ['/beheer/rollen', '/beheer/rollen/export']) {
      const { statusCode, body } = await get(`${pad}?dag=${dag}`, beheerder)
      expect([statusCode, body.includes(zin)]).toEqual([400, true])
    }
  })

  it('staat op een bladzijde voor de beheerder en voor de privacy officer, en voor niemand anders', async () => {
    for (const [pad, wie] of [
      ['/beheer/rollen', beheerder],
      ['/audit/rollen', officer],
    ] as const) {
      const { statusCode, body } = await get(`${pad}?dag=10-03-2026`, wie)
      expect(statusCode).toBe(200)
      expect(body).toContain('Op 10 maart 2026')
      expect(body.match(/Wisselaar/g)).toHaveLength(2)
      expect((await get(pad, await login('bestuur'))).statusCode).toBe(403)
    }
  })

  it('vraagt om een dag die bestaat', async () => {
    const { statusCode, body } = await get('/beheer/rollen?dag=31-02-2026', beheerder)
    expect(statusCode).toBe(400)
    expect(body).toContain('Vul een bestaande datum in')
  })

  it('kan de toepassing alleen aanvullen', async () => {
    for (const wat of [
      'update platform.gebruiker_stand set actief = true',
      'delete from platform.gebruiker_stand',
    ])
      await expect(db.database.pool.query(wat)).rejects.toThrow('permission denied')
  })
})
