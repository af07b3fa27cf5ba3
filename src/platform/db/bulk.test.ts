import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { testDatabase } from '../../../test/support/database.ts'
import { insertBulk, queryKeys } from './bulk.ts'
import { NOBODY } from './database.ts'

const { database } = await testDatabase()
const KOLOMMEN = { sleutel: 'text', waarde: 'jsonb' }

test.each([10, 2500])(
  '%i rows come out as they went in, also with tabs, newlines and backslashes',
  async aantal => {
    const lastig = 'a\tb\nc\\N\\'
    await database.write(NOBODY, async tx => {
      const rijen = Array.from({ length: aantal }, (_, i) => [
        `${aantal}-${i}-${lastig}`,
        JSON.stringify({ i }),
      ])
      await insertBulk(tx, 'platform.instelling', KOLOMMEN, rijen)
    })
    const found = await database.read(NOBODY, db =>
      queryKeys<{ n: number }>(
        db,
        { sleutel: 'text' },
        [[`${aantal}-7-${lastig}`], ['bestaat niet']],
        "select (waarde->>'i')::int8 as n from vraag join platform.instelling using (sleutel)",
      ),
    )
    expect(found).toEqual([{ n: 7 }])
  },
)

test('an upsert adds to what was there', async () => {
  const optel =
    'on conflict (sleutel) do update set waarde = to_jsonb((doel.waarde)::text::int + (excluded.waarde)::text::int)'
  await database.write(NOBODY, tx => insertBulk(tx, 'platform.instelling', KOLOMMEN, [['som', '2']], optel))
  await database.write(NOBODY, tx => insertBulk(tx, 'platform.instelling', KOLOMMEN, [['som', '3']], optel))
  const { rows } = await database.read(NOBODY, db =>
    sql<{ waarde: number }>`select waarde from platform.instelling where sleutel = 'som'`.execute(db),
  )
  expect(rows[0]?.waarde).toBe(5)
})
