import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { VAN_DE_SLEUTEL } from '../src/app/sleutel/kolommen.ts'
import { projectRoot } from '../src/platform/config.ts'
import { clientOf, NOBODY } from '../src/platform/db/database.ts'
import { seeingAll } from '../src/platform/db/inzicht.ts'
import { laadWegwijzer, maakAanbod, maakDoorloop, maakDossier } from './support/beleid.ts'
import { testDatabase } from './support/database.ts'
import { declaratiebericht, laadTestregio, lever, testOmgeving, toewijzingsbericht } from './support/regio.ts'

const db = await testDatabase()
const { database, owner } = db

const DOMEINEN =
  "'aanbieders', 'contracten', 'toegang', 'berichten', 'declaraties', 'sturing', 'beleid', 'kaders', 'uitwisseling'"

/**
 * Tables that say what happened: a row is never changed and never goes away. What was agreed may change; what it was before then
 * stands in `platform.wijziging`, which may not.
 */
const VERLEDEN = [
  'beleid.besluit',
  'beleid.blad',
  'beleid.deel_versie',
  'beleid.doorloop_stap',
  'beleid.methode',
  'beleid.opdracht_stap',
  'beleid.scenario_stap',
  'berichten.bestand',
  'berichten.bevinding',
  'berichten.gebeurtenis',
  'declaraties.betaling_gebeurtenis',
  'declaraties.bevinding',
  'declaraties.declaratie',
  'declaraties.overlap',
  'declaraties.prestatie',
  'declaraties.samenloop_oordeel',
  'kaders.interventie_resultaat',
  'kaders.opgave_staat',
  'kaders.opgave_voortgang',
  'platform.bundel',
  'platform.gebeurtenis',
  'platform.wijziging',
  'platform.gebruiker_stand',
  'platform.sleutel',
  'platform.zegel',
  'platform.zegel_tx',
  'toegang.client',
  'toegang.client_gegevens',
  'toegang.start_stop',
  'toegang.toewijzing_versie',
  'toegang.versie_ingetrokken',
  'toegang.verwijzing',
  'uitwisseling.gegevenslijst',
  'uitwisseling.weging_stap',
]

/** But for these: what a client is called now, of which toegang.client_gegevens keeps every state. */
const BIJGEWERKT = [
  ...['geboortedatum', 'gegevens_van', 'gegevens_volgens', 'geslacht', 'naam'].map(
    kolom => `toegang.client.${kolom}`,
  ),
  // That a message was judged after what a file said.
  'toegang.start_stop.beantwoord',
  'toegang.toewijzing_versie.beantwoord',
]

/** Under row-level security too, and not filled here: most have the policy of one that is, made in the same loop. */
const LEEG = [
  'beleid.besluit',
  'beleid.bijdrage',
  'beleid.blad',
  'beleid.conclusie',
  'beleid.deel',
  'beleid.deel_versie',
  'beleid.doorloop_stap',
  'beleid.dossier_segment',
  'beleid.opdracht',
  'beleid.opdracht_stap',
  'beleid.scenario',
  'beleid.scenario_stap',
  'berichten.bevinding',
  'declaraties.betaling_gebeurtenis',
  'declaraties.bevinding',
  'kaders.doel_koppeling',
  'kaders.interventie',
  'kaders.interventie_resultaat',
  'kaders.opgave',
  'kaders.opgave_actie',
  'kaders.opgave_segment',
  'kaders.opgave_staat',
  'kaders.opgave_voortgang',
  'kaders.reikwijdte',
  'kaders.reikwijdte_segment',
  'kaders.reikwijdte_versie',
  'sturing.afkeurcijfer',
  'toegang.start_stop',
  'toegang.verwijzing',
  'uitwisseling.weging',
  'uitwisseling.weging_stap',
]

async function list(sql: string): Promise<string[]> {
  const { rows } = await owner.query<{ naam: string }>(sql)
  return rows.map(row => row.naam)
}

/** Residents, care, money and policy: what nobody sees without a context must be there to be seen. */
async function fill(): Promise<void> {
  const omgeving = testOmgeving(db)
  await laadTestregio(omgeving)
  await lever(omgeving, toewijzingsbericht({ identificatie: 'T1', nummer: 1 }))
  await lever(
    omgeving,
    declaratiebericht({ identificatie: 'D1', nummer: 'D1', regels: [{ nummer: 1, referentie: 'R1' }] }),
  )
  const { rows } = await owner.query<{ id: number }>(
    `insert into platform.gebruiker (naam, email, organisatie, rol)
     values ('Bea', 'bea@voorbeeld.nl', 'Regio', 'beleidsadviseur') returning gebruiker_id as id`,
  )
  const bea = rows[0]?.id ?? 0
  const dossier = await maakDossier(db, bea)
  await maakAanbod(db, dossier)
  await maakDoorloop(db, dossier, await laadWegwijzer(omgeving), bea)
  await owner.query(`
    insert into kaders.doel (boom, soort, tekst, volgorde) values ('Boom', 'doel', 'Gezond opgroeien', 1);
    insert into toegang.versie_ingetrokken (gemeente, toewijzing_id, versie, aanbieder_id, retour_id, op)
      select gemeente, toewijzing_id, versie, aanbieder_id, gen_random_uuid(), now() from toegang.toewijzing_versie;
    insert into declaraties.overlap (gemeente, declaratie_id, regel)
      select gemeente, declaratie_id, regel from declaraties.prestatie;
    insert into declaraties.samenloop_oordeel (gemeente, declaratie_id, regel, oordeel, reden, door, op)
      select gemeente, declaratie_id, regel, 'betalen', 'Proef', 'Bea', now() from declaraties.prestatie;
    insert into contracten.aanbiederplafond (aanbieder_id, segment_id, gemeente, jaar, bedrag, vastgesteld_op)
      select aanbieder_id, segment_id, '9101', 2026, 1, date '2025-12-01' from aanbieders.aanbieder, contracten.segment;
    insert into contracten.ontbreekt_besluit (over, reden, door, op) values (repeat('a', 64), 'Proef', 'Bea', now());`)
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

  test('no view and no function runs past it, but for counting and for finding what was claimed twice', async () => {
    const views = await list(`
      select n.nspname || '.' || c.relname as naam from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname in (${DOMEINEN}) and c.relkind in ('v', 'm')
        and coalesce(array_to_string(c.reloptions, ','), '') not like '%security_invoker=true%'`)
    expect(views).toEqual([])
    const definers = await list(`
      select n.nspname || '.' || p.proname || ' as ' || pg_get_userbyid(p.proowner) as naam
      from pg_proc p join pg_namespace n on n.oid = p.pronamespace
      where n.nspname in (${DOMEINEN}, 'platform', 'app') and p.prosecdef
        and not ((n.nspname = 'sturing' or p.proname in ('list_samenloop', 'tel_raakt', 'beoordeelde_regels', 'tel_openstaand', 'tel_inrichting', 'tel_inwonertallen', 'list_ontbreekt', 'list_zonder_plafond', 'zoek_onderwerp')) and pg_get_userbyid(p.proowner) = 'samenhang_teller')
        -- Deletes what one file brought, for who sees all of that file (toegang/overnemen/http.test.ts).
        and p.oid::regprocedure::text <> 'toegang.verwijder_overname(integer)'`)
    expect(definers).toEqual([])
    // Whoever counts sees one table, and only rows within the caller's own scope.
    expect(
      await list(`select table_schema || '.' || table_name as naam from information_schema.table_privileges
        where grantee = 'samenhang_teller'`),
    ).toEqual(['sturing.clientmaand'])
    // And to find the same care at two municipalities, or what leans on what is agreed, or how much that is, these columns: none that says who somebody is.
    expect(
      await list(`select table_schema || '.' || table_name || ': ' || string_agg(column_name, ' ' order by column_name) as naam
        from information_schema.column_privileges where grantee = 'samenhang_teller' and table_schema <> 'sturing'
        group by table_schema, table_name order by 1`),
      'what is counted over all is counted by these columns: weigh a new one, and name it here',
    ).toEqual([
      'aanbieders.aanbieder: aanbieder_id',
      'aanbieders.locatie: aanbieder_id',
      'contracten.aanbiederplafond: aanbieder_id gemeente jaar segment_id',
      'contracten.budgetplafond: gemeente jaar segment_id',
      'contracten.contract: aanbieder_id contract_id',
      'contracten.contract_gemeente: begin contract_id gemeente',
      'contracten.contract_segment: begin contract_id segment_id',
      'contracten.contractversie: aanbieder_id begin contract_id geldigheid',
      'contracten.gemeente: code',
      'contracten.inwonertal: gemeente jaar',
      'contracten.prijsdagen: aanbieder_id dagen gemeente product_id rang',
      'contracten.product: categorie code eenheid geldigheid product_id segment_id wet',
      'contracten.segment: ouder_id segment_id wet',
      'contracten.segmentketen: boven_id segment_id',
      'contracten.tarief: aanbieder_id code contract_id geldigheid tarief wet',
      'declaraties.betaling: aanbieder_id bedrag betaald_op',
      // By the number on a letter the log is searched: which id that is (app/inzage/onderwerp.test.ts).
      'declaraties.declaratie: declaratie_id gemeente nummer',
      'declaraties.overlap: declaratie_id gemeente regel',
      'declaraties.prestatie: aanbieder_id bedrag begin besloten_op categorie code debet declaratie_id domein eenheid eind gemeente goedgekeurd keten product_id regel segment_id tarief toewijzing_id volume',
      'declaraties.samenloop_oordeel: declaratie_id gemeente oordeel op over regel volgnummer',
      'toegang.client: client_id gemeente persoon',
      'toegang.toewijzing: aanbieder_id actuele_versie client_id domein geldt gemeente nummer toewijzing_id',
      'toegang.toewijzing_versie: categorie code eind gemeente ingang segment_id toewijzing_id vastgelegd_op versie',
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
    await fill()
    const gevuld = new Map<string, number>()
    for (const table of tables) {
      const { rows } = await owner.query<{ n: number }>(`select count(*)::int as n from ${table}`)
      if (rows[0]?.n) gevuld.set(table, rows[0].n)
    }
    // A table that is empty proves nothing.
    const wat = 'a table that the test region does not fill stands in LEEG, another does not'
    expect(tables.filter(table => !gevuld.has(table)).sort(), wat).toEqual(LEEG)
    for (const table of gevuld.keys())
      await database.read(NOBODY, async db => {
        const { rows } = await clientOf(db).query(`select count(*)::int as n from ${table}`)
        expect(rows[0].n, table).toBe(0)
      })
    // And who sees to all, such as the owner that migrates, misses none: the same policies hold for the application role.
    await database.read(NOBODY, db =>
      seeingAll(clientOf(db), async () => {
        for (const [table, n] of gevuld) {
          const { rows } = await clientOf(db).query(`select count(*)::int as n from ${table}`)
          expect(rows[0].n, table).toBe(n)
        }
      }),
    )
  })
})

describe('rights of the application role', () => {
  test('what happened can only be added to', async () => {
    expect(
      await list(`
        select c.oid::regclass || coalesce('.' || a.attname, ' (delete)') as naam
        from pg_class c join pg_namespace n on n.oid = c.relnamespace
        left join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
          and has_column_privilege('samenhang_app', c.oid, a.attnum, 'update')
        where c.relkind = 'r' and n.nspname in (${DOMEINEN}, 'platform')
          and (a.attname is not null or has_table_privilege('samenhang_app', c.oid, 'delete'))
          and c.oid::regclass::text in (${VERLEDEN.map(tabel => `'${tabel}'`).join(', ')}) order by 1`),
    ).toEqual(BIJGEWERKT)
    expect(
      await list(`select naam from unnest(array[${VERLEDEN.map(t => `'${t}'`).join(', ')}]) as naam
        where to_regclass(naam) is null`),
    ).toEqual([])
  })

  test('and no other table lacks every right to change it: it would belong in that list', async () => {
    expect(
      await list(`
        select c.oid::regclass::text as naam from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where c.relkind = 'r' and n.nspname in (${DOMEINEN}, 'platform')
          and not has_any_column_privilege('samenhang_app', c.oid, 'update')
          and not has_table_privilege('samenhang_app', c.oid, 'delete')
          and c.oid::regclass::text not in (${VERLEDEN.map(tabel => `'${tabel}'`).join(', ')}) order by 1`),
    ).toEqual([])
  })

  test('it owns nothing and may create nothing', async () => {
    expect(
      await list(`select nspname as naam from pg_namespace where nspname in (${DOMEINEN}, 'platform', 'app', 'public')
        and has_schema_privilege('samenhang_app', oid, 'CREATE')`),
    ).toEqual([])
  })
})

test('whatever depends on the master key is changed with it', async () => {
  const kolommen = await list(`
    select c.oid::regclass || '.' || a.attname as naam from pg_class c join pg_namespace n on n.oid = c.relnamespace
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    where c.relkind = 'r' and n.nspname in (${DOMEINEN}, 'platform')
      and (a.atttypid = 'bytea'::regtype or a.attname = 'persoon') order by 1`)
  expect(kolommen).toEqual([...VAN_DE_SLEUTEL, ...Object.keys(ZONDER_SLEUTEL)].sort())
})

/** Bytes that no master key made, and why a change of key leaves them alone. */
const ZONDER_SLEUTEL = {
  'platform.getypt.sleutel_hash': 'SHA-256 of a random secret that only the browser has',
  'platform.getypt.inhoud': 'encrypted with a key that follows from that secret, and kept one day',
  'declaraties.samenloop_oordeel.over': 'SHA-256 of numbers of lines, which stay',
  'platform.concept.bladzij': 'SHA-256 of the token of a form that was sent, and kept thirty days',
  'platform.verzending.sleutel': 'SHA-256 of a form that was sent, and kept two days',
  'platform.voortgang.sleutel_hash': 'SHA-256 of a random secret that only the browser has',
  'platform.voortgang.fout': 'encrypted with a key that follows from that secret, and kept one day',
  'platform.sessie.sleutel_hash': 'SHA-256 of a random secret that only the browser has',
  'platform.token.sleutel_hash': 'SHA-256 of a random secret that only its owner has',
  'platform.sleutel.zegel_begin': 'SHA-256 of a secret that follows from the seal key, which stays',
  'platform.zegel.vorige_hash': 'keyed with the seal key, which stays the same and is encrypted anew',
  'platform.zegel.hash': 'keyed with the seal key',
  'platform.zegel.bewijs': 'keyed with the seal key, and worth nothing once used',
  'platform.zegel.volgend': 'SHA-256 of a secret that follows from the seal key',
  'platform.zegel_tx.vorige_hash': 'SHA-256 of before seals had a key (ADR 0017)',
  'platform.zegel_tx.hash': 'SHA-256 of before seals had a key (ADR 0017)',
}

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
  const wat = 'what somebody types is app.tekst; a code, a choice or a key is named here'
  expect(Object.fromEntries(rows.map(r => [r.schema, r.kolommen])), wat).toEqual({
    aanbieders: 'agb email iban kvk postcode telefoon',
    beleid:
      'aard bestemming bewijs cijfergemeente code gemeente instrument kwadrant naam onderdeel orgaan patroon raakt richting sleutel soort staat stap toegang uitkomst vraag',
    berichten:
      'afzender domein door gemeente identificatie melding ontvanger pad reden regel retourcode richting soort staat',
    contracten: 'categorie code door eenheid gemeente leeftijd nummer over variant wet',
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
