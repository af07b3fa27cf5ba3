import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { WEGWIJZER } from './support/beleid.ts'
import { testDatabase } from './support/database.ts'
import { MAY_USE, TABLES_OF_POLICY } from './support/may-use.ts'

/**
 * The circle of self-reliance exists for policy only. In 2018 the Autoriteit Persoonsgegevens found that two
 * municipalities recorded more than necessary by scoring every domain of a resident. So: no way from it to a person.
 */
const { owner } = await testDatabase()

async function list(sql: string): Promise<string[]> {
  const { rows } = await owner.query<{ naam: string }>(sql)
  return rows.map(row => row.naam)
}

const PERSONEN = ['toegang', 'berichten', 'declaraties']
const POLICY = Object.keys(TABLES_OF_POLICY)

describe('the circle cannot be filled in for a resident', () => {
  test('no other schema refers to the pieces of a run', async () => {
    expect(
      await list(`
        select k.conrelid::regclass::text as naam from pg_constraint k
        join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
        where k.contype = 'f' and n.nspname <> 'beleid'
          and k.confrelid in ('beleid.deel'::regclass, 'beleid.deel_versie'::regclass)`),
    ).toEqual([])
  })

  test('nothing in policy refers to what is known of residents, or has a column for one', async () => {
    expect(
      await list(`
        select k.conrelid::regclass || ' → ' || k.confrelid::regclass as naam from pg_constraint k
        join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
        join pg_class d on d.oid = k.confrelid join pg_namespace m on m.oid = d.relnamespace
        where k.contype = 'f' and n.nspname = 'beleid' and m.nspname in ('toegang', 'berichten', 'declaraties')`),
    ).toEqual([])
    expect(
      await list(`
        select table_name || '.' || column_name as naam from information_schema.columns
        where table_schema = 'beleid' and column_name ~ '(client|persoon|inwoner|bsn|toewijzing)'`),
    ).toEqual([])
  })

  test('no table elsewhere has a column for the circle, one of its domains or a score', async () => {
    const { cirkel } = JSON.parse(readFileSync(WEGWIJZER, 'utf8')) as {
      cirkel: { domeinen: { code: string }[] }
    }
    // 'huishouden' and the like may be products; a table with a column per life domain is what may not exist.
    const namen = ['cirkel', 'zelfredzaamheid', 'levensdomein', 'zrm', ...cirkel.domeinen.map(d => d.code)]
    expect(
      await list(`
        select table_schema || '.' || table_name || '.' || column_name as naam from information_schema.columns
        where table_schema not in ('beleid', 'pg_catalog', 'information_schema')
          and column_name ~ '^(${namen.join('|')})'`),
    ).toEqual([])
  })

  test('what handles residents may not use policy, by any way', () => {
    const reach = (naam: string): string[] => [
      naam,
      ...(MAY_USE[naam] ?? []).flatMap(volgende => reach(volgende)),
    ]
    for (const domein of PERSONEN)
      expect(
        reach(domein).filter(naam => POLICY.includes(naam)),
        domein,
      ).toEqual([])
  })
})
