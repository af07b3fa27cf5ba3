import { once } from 'node:events'
import pg from 'pg'
import { expect, test } from 'vitest'
import { projectRoot } from '../src/platform/config.ts'
import { NOBODY } from '../src/platform/db/database.ts'
import { migrate, readMigrations } from '../src/platform/db/migrate.ts'
import { sealAudit } from '../src/platform/zegel.ts'
import {
  asDba,
  type Beheerserver,
  beheerproef,
  jsonOf,
  lastOf,
  listCijfers,
  opdrachtenVan,
} from './support/beheer.ts'
import { declaratiebericht, laadTestregio, lever, toewijzingsbericht } from './support/regio.ts'
import { startWebproces } from './support/webproces.ts'

/**
 * "Bijwerken" of docs/beheer.md, carried out as it stands, from each version that had instructions of its own: an
 * installation that works, with the roles that its DBA made, gets the program of now.
 */
const SLEUTEL = Buffer.alloc(32, 5)
const proef = await beheerproef(SLEUTEL)
const nu = await proef.freshServer('nu')
await asDba(nu.dba, opdrachtenVan('rollen'))
await proef.walk(nu, 'inrichten')
const omgeving = proef.openOmgeving(nu)
await laadTestregio(omgeving)
await lever(omgeving, toewijzingsbericht({ identificatie: 'T1', nummer: 1 }))
await lever(
  omgeving,
  declaratiebericht({
    identificatie: 'D1',
    nummer: 'D1',
    maand: '2026-01-01',
    regels: [{ nummer: 1, referentie: 'R1' }],
  }),
)

const MIGRATIES = (await readMigrations(projectRoot())).map(m => m.naam)
/** What a column held that is no more, from what `r`, a row of now, holds. */
const TOEN: Readonly<Record<string, string>> = {
  'contracten.tarief.product_id': `(select p.product_id from contracten.product p
    where p.wet = (r ->> 'wet') and p.code = (r ->> 'code')
      and p.geldigheid @> lower((r ->> 'geldigheid')::daterange))`,
  // As the contracts of the test region run.
  'contracten.contract.geldigheid': `daterange '[2025-01-01,2027-01-01)'`,
  'platform.gebeurtenis.tx': 'pg_current_xact_id()',
  'aanbieders.aanbieder.testdata': 'true',
}
/** Seals count from the beginning again; jobs are made when they are asked for. */
const NIET_MEE = ['platform.zegel', 'platform.zegel_tx', 'platform.sleutel', 'public.migratie']

test.each([
  ['of the standard only, before policy', '0013'],
  ['with policy, before it stood up to attacks', '0018'],
  ['before a region could put itself in', '0030'],
  ['before what a contract covers had days', '0053'],
])('an installation %s (%s) is brought up to date, and works', async (_, tot) => {
  const oud = await proef.freshServer(`van-${tot}`)
  await asDba(oud.dba, opdrachtenVan('rollen'))
  const eigenaar = `postgresql://samenhang_eigenaar:KIES-ZELF-1@127.0.0.1:${oud.port}/samenhang`
  const toen = MIGRATIES.filter(naam => naam.slice(0, 4) <= tot)
  expect(await migrate(eigenaar, projectRoot(), new Set(toen))).toEqual(toen)
  await copyRows(nu, oud)
  if (tot >= '0031') await changeContract(oud)
  expect(await listCijfers(oud)).toHaveLength((await listCijfers(nu)).length)

  const uit = await proef.walk(oud, 'bijwerken')
  expect(jsonOf(uit)[0]).toEqual({ gemigreerd: true })
  expect(lastOf(uit)).toMatchObject({ heel: true, cijfersGelijk: true, logboek: { goed: true } })
  expect(await listCijfers(oud)).toEqual(await listCijfers(nu))

  if (tot >= '0031')
    expect(await listContractwijzigingen(oud)).toEqual([
      'TEST-1~2025-01-01',
      // A contract that was taken out has one history, whatever its first day was.
      'WEG~2025-03-01',
      'WEG~2025-03-01',
      'WEG~2025-03-01',
      // What took a file back says of which change; of what was typed again nobody knows whether it was an undoing.
      'BESTAND~2025-01-01',
      'BESTAND~2025-01-01 ongedaan',
      'BESTAND~2025-01-01',
      'EERDER~2025-01-01',
      'EERDER~2025-01-01 ongedaan',
      'HAND~2025-01-01',
      'HAND~2025-01-01',
    ])

  // It knows what came in before, goes on with it, and seals its log.
  const bijgewerkt = proef.openOmgeving(oud)
  const [opnieuw] = await lever(bijgewerkt, toewijzingsbericht({ identificatie: 'T1', nummer: 1 }))
  expect(opnieuw?.uitkomst).toBe('al-ontvangen')
  const [declaratie] = await lever(
    bijgewerkt,
    declaratiebericht({
      identificatie: 'D2',
      nummer: 'D2',
      regels: [{ nummer: 1, referentie: 'R2' }],
    }),
  )
  expect(declaratie).toMatchObject({ uitkomst: 'verwerkt', bevindingen: [] })
  expect(await bijgewerkt.database.write(NOBODY, tx => sealAudit(tx, bijgewerkt.kluis))).toBeGreaterThan(0)
  const controle = await proef.walkTekst(oud, 'bin/samenhang reservekopie controleer')
  expect(lastOf(controle)).toMatchObject({ heel: true, cijfersGelijk: true })

  // And the service itself starts on it, with the two logins of the document.
  const proces = await startWebproces({
    databaseUrl: eigenaar,
    sleutel: SLEUTEL,
    data: `${proef.map}/gegevens-${tot}`,
    env: {
      DATABASE_URL_APP: eigenaar.replace('samenhang_eigenaar:KIES-ZELF-1', 'samenhang_web:KIES-ZELF-2'),
      OIDC_ISSUER: 'https://inloggen.voorbeeld.example',
      OIDC_CLIENT_ID: 'samenhang',
      OIDC_CLIENT_SECRET: 'geheim',
    },
  })
  const einde = once(proces.child, 'exit')
  proces.child.kill('SIGTERM')
  expect(await einde).toEqual([0, null])
})

/** What stands in `van`, into the tables and columns that `naar` has: as an installation of then would hold it. */
async function copyRows(van: Beheerserver, naar: Beheerserver): Promise<void> {
  const [bron, doel] = [await superuser(van), await superuser(naar)]
  try {
    // In any order: references are not looked at while they are filled.
    await doel.query('set session_replication_role = replica')
    for (const { tabel, kolommen } of await listTabellen(doel)) {
      if (NIET_MEE.includes(tabel)) continue
      const { rows } = await bron.query(`select to_jsonb(t) as rij from ${tabel} t`)
      const waarden = kolommen.map(k => TOEN[`${tabel}.${k}`] ?? `p."${k}"`)
      await doel.query(
        `insert into ${tabel} (${kolommen.map(k => `"${k}"`)}) overriding system value
         select ${waarden} from jsonb_array_elements($1::jsonb) r, jsonb_populate_record(null::${tabel}, r) p`,
        [JSON.stringify(rows.map(({ rij }) => rij))],
      )
    }
    await doel.query(NUMMERS_VERDER)
  } finally {
    await bron.end()
    await doel.end()
  }
}

async function superuser({ dba }: Beheerserver): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: dba.replace(/postgres$/, 'samenhang') })
  await client.connect()
  return client
}

/** Parents of partitions and what holds rows itself; without what the database works out. */
async function listTabellen(client: pg.Client): Promise<{ tabel: string; kolommen: string[] }[]> {
  const { rows } = await client.query(
    `select c.relnamespace::regnamespace || '.' || c.relname as tabel, array_agg(a.attname::text order by a.attnum) as kolommen
     from pg_class c join pg_attribute a on a.attrelid = c.oid
     where c.relkind in ('r', 'p') and not c.relispartition and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
       and c.relnamespace::regnamespace::text not in ('pg_catalog', 'information_schema', 'graphile_worker')
     group by 1 order by 1`,
  )
  return rows
}

/** The history of contracts as it was kept by their number alone, and nothing said what was an undoing. */
async function changeContract(server: Beheerserver): Promise<void> {
  const stand = (nummer: string, begin: string) =>
    `'{"nummer": "${nummer}", "geldigheid": {"begin": "${begin}", "eind": null}}'`
  const [weg, verschoven] = [stand('WEG', '2025-01-01'), stand('WEG', '2025-03-01')]
  const [bestand, eerder] = [stand('BESTAND', '2025-01-01'), stand('EERDER', '2025-01-01')]
  await ask(
    server,
    `insert into platform.wijziging (register, sleutel, oud, nieuw, op) values
       ('contracten', 'TEST-1', null, '{"nummer": "TEST-1"}', now()), ('contracten', 'WEG', null, ${weg}, now()),
       ('contracten', 'WEG', ${weg}, ${verschoven}, now()), ('contracten', 'WEG', ${verschoven}, null, now());
     insert into platform.invoer (register, bestandsnaam, inhoud, staat, uitkomst, op, verwerkt_op, teruggenomen_op)
     values ('contracten', 'x.csv', '', 'teruggenomen', '', '2026-01-01', '2026-01-01', '2026-01-02'),
       ('contracten', 'eerder.csv', '', 'teruggenomen', '', '2025-01-01', '2025-01-01', null);
     insert into platform.wijziging (register, sleutel, oud, nieuw, op, invoer_id) select 'contracten', 'BESTAND',
       null, ${bestand}, '2026-01-01', invoer_id from platform.invoer where bestandsnaam = 'x.csv';
     insert into platform.wijziging (register, sleutel, oud, nieuw, op) values
       ('contracten', 'BESTAND', ${bestand}, null, '2026-01-02'), ('contracten', 'BESTAND', null, ${bestand}, '2026-01-03');
     insert into platform.wijziging (register, sleutel, oud, nieuw, op, invoer_id) select 'contracten', 'EERDER',
       null, ${eerder}, '2025-01-01', invoer_id from platform.invoer where bestandsnaam = 'eerder.csv';
     insert into platform.wijziging (register, sleutel, oud, nieuw, op) values
       ('contracten', 'EERDER', ${eerder}, null, '2025-01-02'),
       ('contracten', 'HAND', null, ${stand('HAND', '2025-01-01')}, '2026-01-01'),
       ('contracten', 'HAND', ${stand('HAND', '2025-01-01')}, null, '2026-01-02')`,
  )
}
const listContractwijzigingen = async (server: Beheerserver) =>
  (
    await ask(
      server,
      `select concat_ws(' ', w.sleutel, case when v.sleutel = w.sleutel then 'ongedaan' end) as wat
       from platform.wijziging w left join platform.wijziging v on v.wijziging_id = w.ongedaan
       where w.register = 'contracten' order by w.wijziging_id`,
    )
  ).map(({ wat }) => wat)

async function ask(server: Beheerserver, vraag: string): Promise<Record<string, unknown>[]> {
  const client = await superuser(server)
  try {
    return (await client.query(vraag)).rows
  } finally {
    await client.end()
  }
}

/** Every number that counts by itself goes on after the highest that is there. */
const NUMMERS_VERDER = `do $$ declare k record; begin
  for k in select c.oid::regclass as tabel, a.attname as kolom from pg_class c join pg_attribute a on a.attrelid = c.oid
    where a.attidentity <> '' and not c.relispartition loop
    execute format('select setval(pg_get_serial_sequence(%L, %L), coalesce(max(%I), 0) + 1, false) from %s',
      k.tabel, k.kolom, k.kolom, k.tabel);
  end loop;
end $$`
