import { expect, test } from 'vitest'
import { testDatabase } from '../../../test/support/database.ts'
import { SLOT } from './sloten.ts'

const { owner } = await testDatabase()

test('the database locks under the numbers of the code, and under no other', async () => {
  const { rows } = await owner.query<{ naam: string; nummers: string[] }>(
    String.raw`select p.proname as naam, array(select distinct m[1] from regexp_matches(p.prosrc, '\m(\d{6,})\M', 'g') m) as nummers
     from pg_proc p join pg_namespace n on n.oid = p.pronamespace
     where n.nspname not like 'pg\_%' and n.nspname <> 'graphile_worker' and p.prosrc ~ 'advisory' and p.prolang <>
       (select oid from pg_language where lanname = 'c') order by 1`,
  )
  const zegel = [String(SLOT.zegel)]
  expect(rows).toEqual([
    { naam: 'eis_sleutel', nummers: [String(SLOT.sleutel)] },
    { naam: 'grens', nummers: zegel },
    { naam: 'meld_schrijver', nummers: zegel },
    { naam: 'toets_zegel', nummers: zegel },
  ])
  expect(new Set(Object.values(SLOT)).size).toBe(Object.keys(SLOT).length)
})
