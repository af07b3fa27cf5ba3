import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { testDatabase } from '../../../test/support/database.ts'
import { GEMEENTE_A, GEMEENTE_B, laadTestregio, testOmgeving } from '../../../test/support/regio.ts'
import { makeCtx, systeem } from '../../platform/http/ctx.ts'
import { recordChanges, takeRegisters } from '../../platform/register/rijen.ts'
import { findUndo, undoLast } from '../../platform/register/terugnemen.ts'
import { INRICHTINGEN } from './registers.ts'

/** What no page can bring about and an undoing must still stand: below the pages, on a real register. */
const omgeving = testOmgeving(await testDatabase())
await laadTestregio(omgeving)

describe('what is said to be undone', () => {
  const ctx = makeCtx(omgeving, systeem('test', [GEMEENTE_A, GEMEENTE_B]))
  const register = (() => {
    const found = INRICHTINGEN.find(({ register: { naam } }) => naam === 'inwonertallen')
    if (found === undefined) throw new Error('no such register')
    return found.register
  })()
  const first = () =>
    ctx.read(async tx => {
      const { rows } = await sql<Record<string, never>>`
        select ${register.bron.sleutel} as sleutel, ${register.bron.kolommen} from ${register.bron.van} order by 1 limit 1`.execute(
        tx,
      )
      const [{ sleutel, versie, ...rij }] = rows as unknown as [{ sleutel: string; versie: number }]
      return { sleutel, versie, rij: rij as Record<string, never> }
    })

  test('stands as it stood: a register that does not write it is not believed', async () => {
    const { sleutel, rij } = await first()
    const anders = { ...rij, aantal: 1 } as unknown as typeof rij
    await ctx.write(tx =>
      recordChanges(tx, ctx, register, [{ sleutel, nummer: null, oud: rij, nieuw: anders }]),
    )
    const { versie } = await first()
    const doof = { ...register, update: async () => {} }
    await expect(undoLast(ctx, doof, { sleutel, versie, gezien: 'x' })).rejects.toMatchObject({
      status: 409,
      detail: expect.stringContaining('past niet meer bij de rest'),
    })
    await undoLast(ctx, register, { sleutel, versie })
    expect((await first()).rij).toEqual(rij)
  })

  test('came to something: what was changed and changed back at once is no change to undo', async () => {
    const { sleutel, rij } = await first()
    const anders = { ...rij, aantal: 2 } as unknown as typeof rij
    await ctx.write(async tx => {
      await takeRegisters(tx)
      await recordChanges(tx, ctx, register, [{ sleutel, nummer: null, oud: rij, nieuw: anders }])
      await recordChanges(tx, ctx, register, [{ sleutel, nummer: null, oud: anders, nieuw: rij }])
    })
    expect(await ctx.read(tx => findUndo(tx, register, sleutel))).toMatchObject({
      waarom: 'Er is hier niets dat ongedaan kan worden gemaakt.',
    })
  })
})
