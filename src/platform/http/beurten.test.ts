import { expect, test } from 'vitest'
import { testApp } from '../../../test/support/app.ts'
import { testDatabase } from '../../../test/support/database.ts'
import { laadTestregio, testOmgeving } from '../../../test/support/regio.ts'
import { makeCtx, systeem } from './ctx.ts'

const db = await testDatabase()
const omgeving = testOmgeving(db)
const { app, login } = await testApp(db, omgeving)

test('twenty exports of one session at once: somebody else’s page comes before any of them is done', async () => {
  await laadTestregio(omgeving)
  const veel = await login('privacy-officer')
  const ander = await login('beleidsadviseur')
  const slot = await db.owner.connect()
  // Until this lock goes, an export that was given a turn keeps it.
  await slot.query('begin; lock table platform.gebeurtenis in access exclusive mode')
  let klaar = 0
  const exports = Array.from({ length: 20 }, async () => {
    const { statusCode } = await app.inject({ url: '/audit/export?formaat=csv', headers: veel.headers })
    klaar += 1
    return statusCode
  })
  try {
    // Every turn that can be had is taken.
    await expect.poll(async () => waiting()).toBeGreaterThan(0)
    for (const pad of ['/doelen', '/opgaven']) {
      const { statusCode } = await app.inject({ url: pad, headers: ander.headers })
      expect([statusCode, klaar]).toEqual([200, 0])
    }
  } finally {
    await slot.query('rollback')
    slot.release()
  }
  expect(new Set(await Promise.all(exports))).toEqual(new Set([200]))
})

test('a session and the tokens of one person have their turns together', async () => {
  const zelf = { ...systeem('proef', []), id: 'gebruiker:1' }
  const wie = [zelf, ...[1, 2, 3].map(n => ({ ...zelf, id: `token:${n}`, eigenaar: 'gebruiker:1' }))]
  let bezig = 0
  let verder: () => void = () => undefined
  const poort = new Promise<void>(open => {
    verder = open
  })
  const lezen = wie.map(w =>
    makeCtx(omgeving, w).read(async () => {
      bezig += 1
      await poort
    }),
  )
  await expect.poll(() => bezig).toBe(2)
  // What comes after them comes before the rest of theirs: by then all that may go have gone.
  await makeCtx(omgeving, { ...zelf, id: 'gebruiker:2' }).read(async () => undefined)
  expect(bezig).toBe(2)
  verder()
  await Promise.all(lezen)
  expect(bezig).toBe(4)
})

/** How many connections wait for the lock. */
async function waiting(): Promise<number> {
  const { rows } = await db.owner.query(
    `select count(*)::int as n from pg_locks where relation = 'platform.gebeurtenis'::regclass and not granted`,
  )
  return rows[0].n
}
