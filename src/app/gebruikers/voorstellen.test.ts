import { expect, it } from 'vitest'
import { testDatabase } from '../../../test/support/database.ts'
import { NOBODY } from '../../platform/db/database.ts'
import { countDerden, findAnderen, type Voorstel } from './voorstellen.ts'

const db = await testDatabase()

async function beheerder(demonstratie: boolean): Promise<number> {
  const { rows } = await db.owner.query(
    `insert into platform.gebruiker (naam, email, organisatie, rol, gemeenten, demonstratie)
     values ('Test', gen_random_uuid() || '@test.example', 'Test', 'beheerder', '{}', $1) returning gebruiker_id as id`,
    [demonstratie],
  )
  return rows[0].id
}

it('users of the demonstration are beheerders for each other only', async () => {
  const echt = await beheerder(false)
  const demo = [await beheerder(true), await beheerder(true), await beheerder(true)]
  const [een = 0, twee = 0] = demo
  const anderen = async (id: number) => (await db.database.read(NOBODY, tx => findAnderen(tx, id))).aantal
  const derden = async (door: number, gebruikerId: number | null) =>
    db.database.read(NOBODY, tx => countDerden(tx, { door, gebruikerId } as Voorstel))
  expect([await anderen(echt), await anderen(een)]).toEqual([0, 2])
  expect([await derden(echt, null), await derden(een, null), await derden(een, twee)]).toEqual([0, 2, 1])
  await db.owner.query(`update platform.gebruiker set actief = false where gebruiker_id = $1`, [twee])
  expect(await anderen(een)).toBe(1)
  expect((await db.database.read(NOBODY, tx => findAnderen(tx, echt))).laatsteWeg).toBeNull()
  expect((await db.database.read(NOBODY, tx => findAnderen(tx, een))).laatsteWeg).not.toBeNull()
})
