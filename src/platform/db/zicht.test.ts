import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { testDatabase } from '../../../test/support/database.ts'
import {
  GEMEENTE_A,
  GEMEENTE_B,
  GEMEENTEN,
  laadTestregio,
  testOmgeving,
} from '../../../test/support/regio.ts'
import { makeCtx, systeem } from '../http/ctx.ts'
import type { Tx } from './tables.ts'
import { seeingAllHere } from './zicht.ts'

const db = await testDatabase()
const omgeving = testOmgeving(db)
await laadTestregio(omgeving)

const SCOPE = {
  gemeentenClient: [GEMEENTE_A],
  gemeentenCijfers: [GEMEENTE_B],
  gemeentenBeleid: [],
  aanbieder: 7,
}

/** What the policies look at. */
async function sight(tx: Tx): Promise<unknown> {
  const { rows } = await sql`
    select current_setting('app.gemeenten_client', true) as client, current_setting('app.gemeenten_cijfers', true) as cijfers,
      current_setting('app.gemeenten_beleid', true) as beleid, current_setting('app.aanbieder', true) as aanbieder`.execute(
    tx,
  )
  return rows[0]
}

test('all is seen while it lasts, and after it no more than before', async () => {
  const manager = systeem('manager', GEMEENTEN)
  const ctx = makeCtx(omgeving, { ...manager, scope: { ...manager.scope, ...SCOPE } })
  const [voor, binnen, na] = await ctx.write(async tx => [
    await sight(tx),
    await seeingAllHere(tx, () => sight(tx)),
    await sight(tx),
  ])
  const alle = expect.stringContaining(GEMEENTE_A)
  expect(voor).toMatchObject({
    client: `{${GEMEENTE_A}}`,
    cijfers: `{${GEMEENTE_B}}`,
    beleid: '{}',
    aanbieder: '7',
  })
  expect(binnen).toEqual({ client: alle, cijfers: alle, beleid: alle, aanbieder: '' })
  expect(na).toEqual(voor)
})
