import { sql } from 'kysely'
import type { Tx } from './tables.ts'

interface Zicht {
  client: string | null
  cijfers: string | null
  beleid: string | null
  aanbieder: string | null
}

/**
 * Runs `fn` in this transaction while it sees the rows of every municipality, as the system does when a message is judged; after it the
 * transaction sees again what it saw. Only for keeping up what follows from a change that its maker may make, and whose rows they may
 * not see themselves (a price, and the residents who get help at it): nothing of what was read may reach them. When `fn` throws, the
 * savepoint or transaction that is undone takes the sight with it.
 */
export async function seeingAllHere<T>(tx: Tx, fn: () => Promise<T>): Promise<T> {
  const { rows } = await sql<Zicht>`
    select current_setting('app.gemeenten_client', true) as client, current_setting('app.gemeenten_cijfers', true) as cijfers,
      current_setting('app.gemeenten_beleid', true) as beleid, current_setting('app.aanbieder', true) as aanbieder`.execute(
    tx,
  )
  const eerst = rows[0]
  await sql`
    select set_config('app.gemeenten_client', alle, true), set_config('app.gemeenten_cijfers', alle, true),
      set_config('app.gemeenten_beleid', alle, true), set_config('app.aanbieder', '', true)
    from (select app.alle_gemeenten()::text as alle) g`.execute(tx)
  const waarde = await fn()
  await sql`
    select set_config('app.gemeenten_client', ${eerst?.client ?? ''}, true),
      set_config('app.gemeenten_cijfers', ${eerst?.cijfers ?? ''}, true),
      set_config('app.gemeenten_beleid', ${eerst?.beleid ?? ''}, true),
      set_config('app.aanbieder', ${eerst?.aanbieder ?? ''}, true)`.execute(tx)
  return waarde
}
