import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { projectRoot } from '../src/platform/config.ts'
import { NOBODY } from '../src/platform/db/database.ts'
import { testDatabase } from './support/database.ts'

const { database, owner } = await testDatabase()

const DOMEINEN =
  "'aanbieders', 'contracten', 'toegang', 'berichten', 'declaraties', 'sturing', 'beleid', 'kaders', 'uitwisseling'"

async function list(sql: string): Promise<string[]> {
  const { rows } = await owner.query<{ naam: string }>(sql)
  return rows.map(row => row.naam)
}

describe('row-level security', () => {
  test('is enabled and forced on every table with gemeente or aanbieder_id', async () => {
    const open = await list(`
      select distinct n.nspname || '.' || c.relname as naam
      from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid
      where n.nspname in (${DOMEINEN}, 'platform') and c.relkind in ('r', 'p') and a.attnum > 0 and not a.attisdropped
        and a.attname in ('gemeente', 'aanbieder_id') and not (c.relrowsecurity and c.relforcerowsecurity)`)
    expect(open).toEqual([])
  })

  test('no view and no function runs past it, but for counting persons and for finding what was claimed twice', async () => {
    const views = await list(`
      select n.nspname || '.' || c.relname as naam from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname in (${DOMEINEN}) and c.relkind in ('v', 'm')
        and coalesce(array_to_string(c.reloptions, ','), '') not like '%security_invoker=true%'`)
    expect(views).toEqual([])
    const definers = await list(`
      select n.nspname || '.' || p.proname || ' as ' || pg_get_userbyid(p.proowner) as naam
      from pg_proc p join pg_namespace n on n.oid = p.pronamespace
      where n.nspname in (${DOMEINEN}, 'platform', 'app') and p.prosecdef
        and not ((n.nspname = 'sturing' or p.proname = 'list_samenloop') and pg_get_userbyid(p.proowner) = 'samenhang_teller')`)
    expect(definers).toEqual([])
    // Whoever counts sees one table, and only rows within the caller's own scope.
    expect(
      await list(`select table_schema || '.' || table_name as naam from information_schema.table_privileges
        where grantee = 'samenhang_teller'`),
    ).toEqual(['sturing.clientmaand'])
    // And to find the same care at two municipalities these columns: none that says who somebody is.
    expect(
      await list(`select table_schema || '.' || table_name || ': ' || string_agg(column_name, ' ' order by column_name) as naam
        from information_schema.column_privileges where grantee = 'samenhang_teller' and table_schema <> 'sturing'
        group by table_schema, table_name order by 1`),
    ).toEqual([
      'declaraties.overlap: declaratie_id gemeente regel',
      'declaraties.prestatie: begin besloten_op categorie code debet declaratie_id eind gemeente goedgekeurd keten regel toewijzing_id',
      'declaraties.samenloop_oordeel: declaratie_id gemeente oordeel op regel volgnummer',
      'toegang.client: client_id gemeente persoon',
      'toegang.toewijzing: aanbieder_id client_id domein gemeente toewijzing_id',
    ])
  })

  test('every policy evaluates its context once per query, in a sub-select', async () => {
    const slow = await list(`
      select schemaname || '.' || tablename as naam from pg_policies
      where schemaname in (${DOMEINEN}) and qual ~ 'app\\.' and qual !~ 'SELECT app\\.'`)
    expect(slow).toEqual([])
  })

  test('without context the application role sees no row of any domain table', async () => {
    const tables = await list(`
      select n.nspname || '.' || c.relname as naam from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname in (${DOMEINEN}) and c.relkind = 'r' and c.relrowsecurity`)
    expect(tables.length).toBeGreaterThan(20)
    for (const table of tables) {
      const { rows } = await database.read(NOBODY, async () =>
        database.pool.query(`select count(*)::int as n from ${table}`),
      )
      expect(rows[0].n, table).toBe(0)
    }
  })
})

describe('rights of the application role', () => {
  test('what happened can only be added to', async () => {
    const changeable = await list(`
      select table_schema || '.' || table_name as naam from information_schema.table_privileges
      where grantee = 'samenhang_app' and privilege_type in ('UPDATE', 'DELETE') and table_schema in (${DOMEINEN}, 'platform')
        and table_schema || '.' || table_name in ('platform.gebeurtenis', 'platform.zegel', 'toegang.toewijzing_versie',
          'toegang.start_stop', 'toegang.client', 'declaraties.prestatie', 'declaraties.declaratie', 'declaraties.bevinding',
          'berichten.bestand', 'berichten.bevinding', 'berichten.gebeurtenis', 'contracten.tarief', 'contracten.budgetplafond',
          'platform.gebruiker_stand', 'kaders.opgave_voortgang', 'kaders.opgave_staat', 'kaders.interventie_resultaat')`)
    expect(changeable).toEqual([])
  })

  test('it owns nothing and may create nothing', async () => {
    expect(
      await list(`select nspname as naam from pg_namespace where nspname in (${DOMEINEN}, 'platform', 'app', 'public')
        and has_schema_privilege('samenhang_app', oid, 'CREATE')`),
    ).toEqual([])
  })
})

describe('big tables can be spread by municipality', () => {
  const BIG =
    "'toegang.toewijzing','toegang.toewijzing_versie','toegang.start_stop','toegang.client','berichten.bericht','berichten.bestand','berichten.bevinding','berichten.gebeurtenis','declaraties.declaratie','declaraties.prestatie','declaraties.bevinding','declaraties.betaling','sturing.maandcijfer','sturing.verwijzercijfer','sturing.afkeurcijfer','sturing.clientmaand'"

  test('gemeente is the first column of every primary and unique key', async () => {
    const wrong = await list(`
      select i.indexrelid::regclass::text as naam from pg_index i
      join pg_class c on c.oid = i.indrelid join pg_namespace n on n.oid = c.relnamespace
      join pg_attribute a on a.attrelid = c.oid and a.attnum = i.indkey[0]
      where i.indisunique and n.nspname || '.' || c.relname in (${BIG}) and a.attname <> 'gemeente'`)
    expect(wrong).toEqual([])
  })

  test('and of every foreign key to another such table', async () => {
    const wrong = await list(`
      select k.conname as naam from pg_constraint k
      join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
      join pg_class d on d.oid = k.confrelid join pg_namespace m on m.oid = d.relnamespace
      join pg_attribute a on a.attrelid = c.oid and a.attnum = k.conkey[1]
      where k.contype = 'f' and n.nspname || '.' || c.relname in (${BIG}) and m.nspname || '.' || d.relname in (${BIG})
        and a.attname <> 'gemeente'`)
    expect(wrong).toEqual([])
  })
})

test('whatever somebody types is app.tekst: plain text is a code, a key, or comes from a message or a register', async () => {
  const { rows } = await owner.query<{ schema: string; kolommen: string }>(`
    select table_schema as schema, string_agg(distinct column_name, ' ' order by column_name) as kolommen
    from information_schema.columns join information_schema.tables using (table_schema, table_name)
    where table_schema in (${DOMEINEN}) and table_type = 'BASE TABLE' and domain_name is null
      and data_type in ('text', 'character varying', 'character') group by 1`)
  expect(Object.fromEntries(rows.map(r => [r.schema, r.kolommen]))).toEqual({
    aanbieders: 'agb kvk naam plaats postcode',
    beleid:
      'aard bestemming bewijs cijfergemeente code gemeente instrument kwadrant naam onderdeel orgaan patroon raakt richting sleutel soort staat stap toegang uitkomst vraag',
    berichten:
      'afzender domein door gemeente identificatie melding ontvanger pad reden regel retourcode richting soort staat',
    contracten: 'bron categorie code eenheid gemeente leeftijd naam nummer omschrijving variant wet',
    declaraties:
      'betaald_door categorie code domein door eenheid gemeente melding nummer oordeel referentie regelcode retourcode soort vorige_referentie',
    kaders: 'bewijs gemeente hefboom indicator oordeel richting sleutel soort staat wet',
    sturing: 'domein gemeente retourcode verwijzer',
    toegang:
      'categorie code domein eenheid frequentie gegevens_volgens gemeente geslacht identificatie naam probleemcluster reden_beeindiging reden_wijziging soort status_aanlevering verantwoordelijke_gemeente verwijzer woonplaats',
    uitwisseling: 'advies besluit doel gemeente staat stap',
  })
})

test('every foreign key that is looked up from the other side has an index to follow', async () => {
  const bare = await list(`
    select k.conrelid::regclass || '.' || k.conname as naam from pg_constraint k
    join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
    where k.contype = 'f' and n.nspname in ('toegang', 'declaraties', 'berichten')
      and k.confrelid in ('toegang.client'::regclass, 'toegang.toewijzing'::regclass, 'declaraties.declaratie'::regclass)
      and not exists (select from pg_index i where i.indrelid = k.conrelid
        and (i.indkey::int2[])[0:cardinality(k.conkey) - 1] @> k.conkey)`)
  // A start or stop is never looked up by its client, only by its toewijzing.
  expect(bare).toEqual(['toegang.start_stop.start_stop_gemeente_client_id_fkey'])
})

test('the row types in the code are the columns of the tables', async () => {
  const { rows } = await owner.query<{ naam: string; kolommen: string[] }>(`
    select table_schema || '.' || table_name as naam, array_agg(column_name::text order by column_name) as kolommen
    from information_schema.columns where table_schema in (${DOMEINEN}, 'platform') group by 1`)
  const catalogue = new Map(rows.map(row => [row.naam, row.kolommen]))
  const declared = listTableTypes()
  expect(declared.length).toBeGreaterThan(0)
  for (const { tabel, kolommen, waar } of declared)
    expect(kolommen, `${tabel} in ${waar}`).toEqual(catalogue.get(tabel))
})

/** Reads `'schema.table': XTable` and the interface XTable from the sources: types are gone at run time. */
function listTableTypes(): { tabel: string; kolommen: string[]; waar: string }[] {
  const src = join(projectRoot(), 'src')
  return readdirSync(src, { recursive: true, encoding: 'utf8' })
    .filter(path => /\.ts$/.test(path) && !/\.test\.ts$/.test(path))
    .flatMap(waar => {
      const text = readFileSync(join(src, waar), 'utf8')
      return [...text.matchAll(/^ +'([a-z]+\.[a-z_]+)': (\w+)$/gm)].map(([, tabel = '', type = '']) => {
        const body = new RegExp(`interface ${type} \\{([^}]*)\\}`).exec(text)?.[1] ?? ''
        const kolommen = [...body.matchAll(/^ +([a-z0-9_]+)\??:/gm)].map(([, naam = '']) => naam).sort()
        return { tabel, kolommen, waar }
      })
    })
}
