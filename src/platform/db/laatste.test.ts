import { expect, test } from 'vitest'
import { testDatabase } from '../../../test/support/database.ts'
import { testOmgeving } from '../../../test/support/regio.ts'
import { makeCtx, systeem } from '../http/ctx.ts'
import { findLaatste } from './laatste.ts'

const db = await testDatabase()
const ctx = makeCtx(testOmgeving(db), systeem('test', []))
const person = async (naam: string): Promise<number> =>
  (
    await db.owner.query(
      "insert into platform.gebruiker (naam, email, organisatie, rol) values ($1, $1 || '@voorbeeld.nl', 'x', 'beheerder') returning gebruiker_id",
      [naam],
    )
  ).rows[0].gebruiker_id
const [an, bea] = [await person('An'), await person('Bea')]
const record = async (sleutel: string, ...keren: readonly (readonly [op: string, door: number])[]) => {
  for (const [op, door] of keren)
    await db.owner.query(
      "insert into platform.wijziging (register, sleutel, nieuw, op, door) values ('proef', $1, '{}', $2, $3)",
      [sleutel, op, door],
    )
  return ['platform.wijziging', { register: 'proef', sleutel }] as const
}
const last = async (spoor: Awaited<ReturnType<typeof record>>, wie = `gebruiker:${an}`) =>
  ctx.read(tx => findLaatste(tx, { wie: { id: wie } }, spoor))

test('the latest moment counts, whatever came into the table last', async () => {
  const spoor = await record('moment', ['2026-03-02T10:00:00Z', bea], ['2026-03-01T10:00:00Z', an])
  expect(await last(spoor)).toEqual({ zelf: false, naam: 'Bea', op: new Date('2026-03-02T10:00:00Z') })
  expect(await last(spoor, `gebruiker:${bea}`)).toMatchObject({ zelf: true })
})

test('of one moment the last that came', async () => {
  const spoor = await record('gelijk', ['2026-03-01T10:00:00Z', bea], ['2026-03-01T10:00:00Z', an])
  expect(await last(spoor)).toMatchObject({ naam: 'An' })
})

test('nobody is known where nothing was written down', async () => {
  expect(await last(await record('niets'))).toEqual({ zelf: false, naam: null, op: null })
})
