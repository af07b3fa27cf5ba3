import type pg from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import { VAN_ONS } from '../../platform/db/schemas.ts'
import { type Deel, type Einde, type Kop, lineOf, type Schrijver, TABEL_UIT, type Taak } from './bestand.ts'
import { KOPIEROL } from './rol.ts'

/** Logins under way: after putting back everybody logs in anew. */
const KORT = ['platform.sessie', 'platform.aanmelding', 'platform.getypt', 'platform.verzending']

interface Tabel {
  tabel: string
  kolommen: string[]
}

/**
 * The whole database as it is at one moment, while others work on: read by the backup role in one transaction. `client` is
 * the owner, for whom `ensureKopierol` was called.
 */
export async function* dumpDatabase(client: pg.Client): Schrijver {
  await client.query('begin isolation level repeatable read read only')
  try {
    // With row_security off a row that would be hidden is an error: nothing is left out in silence.
    await client.query(`set local role ${KOPIEROL}; set local row_security = off`)
    yield lineOf(await readKop(client))
    const rijen: Einde['rijen'] = {}
    for (const tabel of await listTabellen(client)) {
      yield lineOf(tabel)
      const lezer = client.query(copyTo(`copy ${tabel.tabel} (${tabel.kolommen.join(', ')}) to stdout`))
      for await (const deel of lezer) yield deel as Buffer
      yield TABEL_UIT
      rijen[tabel.tabel] = lezer.rowCount ?? 0
    }
    yield lineOf({ reeksen: await listReeksen(client) } satisfies Deel)
    yield lineOf({ taken: await listTaken(client) } satisfies Deel)
    yield lineOf({ einde: true, rijen })
  } finally {
    await client.query('rollback')
  }
}

async function readKop(client: pg.Client): Promise<Kop> {
  const { rows } = await client.query<{ naam: string; checksum: string }>(
    'select naam, checksum from public.migratie order by naam',
  )
  return { samenhang: 1, op: new Date().toISOString(), migraties: rows }
}

async function listTabellen(client: pg.Client): Promise<Tabel[]> {
  const { rows } = await client.query<Tabel>(
    `select format('%I.%I', n.nspname, c.relname) as tabel, array_agg(quote_ident(a.attname) order by a.attnum) as kolommen
     from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid
     where ${VAN_ONS} and c.relkind = 'r' and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
       and n.nspname || '.' || c.relname <> all ($1)
     group by n.nspname, c.relname order by 1`,
    [KORT],
  )
  return rows
}

async function listReeksen(client: pg.Client): Promise<{ naam: string; laatste: string }[]> {
  const { rows } = await client.query<{ naam: string; laatste: string }>(
    `select format('%I.%I', n.nspname, c.relname) as naam, s.last_value::text as laatste
     from pg_sequences s join pg_namespace n on n.nspname = s.schemaname
     join pg_class c on c.relnamespace = n.oid and c.relname = s.sequencename
     where ${VAN_ONS} and s.last_value is not null order by 1`,
  )
  return rows
}

async function listTaken(client: pg.Client): Promise<Taak[]> {
  const { rows } = await client.query<Taak>(
    `select t.identifier as taak, j.payload as gegevens, j.key as sleutel, j.run_at::text as op, j.max_attempts as pogingen
     from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id order by j.id`,
  )
  return rows
}
