import pg from 'pg'
import { GEMAAKT } from '../platform/db/schemas.ts'
import { inTransaction } from '../platform/db/transactie.ts'

/** Drops every schema of ours, and the list of migrations; extensions stay. */
export async function dropAll(client: pg.ClientBase): Promise<void> {
  const { rows } = await client.query<{ nspname: string }>(
    `select n.nspname from pg_namespace n where ${GEMAAKT}`,
  )
  await inTransaction(client, async () => {
    for (const { nspname } of rows) await client.query(`drop schema ${pg.escapeIdentifier(nspname)} cascade`)
    await client.query('drop table public.migratie')
  })
}
