import type pg from 'pg'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { testApp } from '../../test/support/app.ts'
import { samenhang } from '../../test/support/cli.ts'
import { testDatabase } from '../../test/support/database.ts'
import { NU, testOmgeving } from '../../test/support/regio.ts'
import { audit } from '../platform/audit.ts'
import { NOBODY } from '../platform/db/database.ts'
import { SLOT } from '../platform/db/sloten.ts'
import { makeCtx, systeem } from '../platform/http/ctx.ts'
import { checkAudit } from '../platform/zegel.ts'
import { UITERLIJK_MINUTEN } from '../platform/zegeluitstel.ts'
import { makeVerzegelen } from './verzegelen.ts'

const db = await testDatabase()
let nu = NU
const omgeving = { ...testOmgeving(db), klok: () => nu }
const later = (minuten: number) => {
  nu = new Date(nu.getTime() + minuten * 60_000)
}
const note = (wie = 'proef') => {
  const ctx = makeCtx(omgeving, systeem(wie, []))
  return ctx.write(tx => audit(tx, ctx, 'proef', 'Beheer van de toepassing', { nummer: 1 }))
}
const log: string[] = []
const verzegel = makeVerzegelen(omgeving, (niveau, tekst) => log.push(`${niveau} ${tekst}`))
const check = () => db.database.read(NOBODY, lees => checkAudit(lees, { ...omgeving, nu }))
const { app, login } = await testApp(db, omgeving)
const page = async (url: string, rol: 'beheerder' | 'privacy-officer') =>
  (await app.inject({ url, headers: (await login(rol)).headers })).body

// Whoever has the application role can do this, by mistake or not: a seal needs one, a writer holds the other.
describe.each([
  ['the lock of who seals', `pg_advisory_lock(${SLOT.zegel})`],
  ['the lock of a writer who never ends', `pg_advisory_lock_shared(${SLOT.zegel}::bigint << 40)`],
])('somebody holds %s', (_, slot) => {
  let houder: pg.PoolClient
  beforeEach(async () => {
    log.length = 0
    houder = await db.owner.connect()
    await houder.query(`set role samenhang_app; select ${slot}`)
  })
  afterEach(async () => {
    await houder.query('select pg_advisory_unlock_all(); reset role')
    houder.release()
    // Once it is gone, everything is sealed by itself.
    log.length = 0
    await verzegel()
    expect(log).toEqual([expect.stringMatching(/^info audit: zegel /)])
    expect(await check()).toMatchObject({ goed: true, nietVerzegeld: 0 })
  })

  test('nobody waits for it, and after some minutes it is an alarm everywhere', async () => {
    // As docs/beheer.md and ADR 17 say.
    expect(UITERLIJK_MINUTEN).toBe(10)
    await note()
    later(UITERLIJK_MINUTEN)
    await verzegel()
    expect(log.filter(regel => regel.startsWith('error'))).toEqual([])
    expect(await check()).toMatchObject({ goed: true, nietVerzegeld: 1 })
    expect(await page('/', 'beheerder')).not.toContain('Het inzagelogboek wordt niet meer verzegeld')

    const sinds = new Date(nu.getTime() - UITERLIJK_MINUTEN * 60_000)
    later(1)
    await verzegel()
    expect(log.filter(regel => regel.startsWith('error'))).toEqual([
      expect.stringContaining('zijn gebeurtenissen in het inzagelogboek niet verzegeld'),
    ])
    expect(await check()).toMatchObject({ goed: false, uitgesteld: sinds })
    expect(await page('/', 'beheerder')).toContain('Het inzagelogboek wordt niet meer verzegeld')
    const controle = await page('/audit/controle', 'privacy-officer')
    expect(controle).toContain('Het logboek wordt niet meer verzegeld.')
    expect(controle).not.toContain('aangetast')
  })

  test('audit controleer sees it once the log went on, and not of a service that stands still', async () => {
    const controleer = () => samenhang(db, ['audit', 'controleer'])
    await note()
    later(UITERLIJK_MINUTEN + 1)
    await note('cli')
    expect((await controleer()).status).toBe(0)
    await note()
    const { status, regels } = await controleer()
    expect([status, regels[0]]).toEqual([1, expect.objectContaining({ goed: false, nietVerzegeld: 3 })])
    expect(regels[0]).toHaveProperty('uitgesteld')
  })
})
