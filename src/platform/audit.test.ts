import { expect, test } from 'vitest'
import { testDatabase } from '../../test/support/database.ts'
import { audit, checkAudit, sealAudit } from './audit.ts'
import { makeCtx, systeem } from './http/ctx.ts'

const { database, owner, kluis } = await testDatabase()
const ctx = makeCtx({ database, kluis, klok: () => new Date('2026-11-22T10:00:00Z') }, systeem('proef', []))

const note = (n: number) =>
  ctx.write(tx => audit(tx, ctx, 'proef', 'Beheer van de toepassing', { nummer: n }))

test('sealed events check out; what came after is counted apart', async () => {
  await note(1)
  await note(2)
  expect(await ctx.write(sealAudit)).toBe(2)
  expect(await ctx.write(sealAudit)).toBe(0)
  await note(3)
  expect(await ctx.read(checkAudit)).toEqual({ goed: true, zegels: 1, gebeurtenissen: 2, nietVerzegeld: 1 })
})

test('an event of a transaction that is still open is sealed later, not lost', async () => {
  let seal: number | undefined
  await ctx.write(async tx => {
    await audit(tx, ctx, 'proef', 'Beheer van de toepassing', { nummer: 4 })
    seal = await ctx.write(sealAudit)
  })
  expect(seal).toBe(1) // number 3; number 4 was not committed yet
  expect(await ctx.write(sealAudit)).toBe(1)
  expect((await ctx.read(checkAudit)).goed).toBe(true)
})

test('the application role can neither change nor remove an event', async () => {
  await expect(
    ctx.write(tx => tx.updateTable('platform.gebeurtenis').set({ actie: 'anders' }).execute()),
  ).rejects.toMatchObject({ status: 403 })
  await expect(ctx.write(tx => tx.deleteFrom('platform.gebeurtenis').execute())).rejects.toMatchObject({
    status: 403,
  })
})

test.each([
  [
    'changed',
    "update platform.gebeurtenis set actie = 'anders' where gebeurtenis_id = 2",
    "update platform.gebeurtenis set actie = 'proef' where gebeurtenis_id = 2",
  ],
  ['removed', 'delete from platform.gebeurtenis where gebeurtenis_id = 2', undefined],
])('an event %s by the owner breaks the chain', async (_, tamper, restore) => {
  expect((await ctx.read(checkAudit)).goed).toBe(true)
  await owner.query(tamper)
  expect((await ctx.read(checkAudit)).gebroken).toBe(1)
  if (restore) await owner.query(restore)
})
