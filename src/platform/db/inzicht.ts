import type pg from 'pg'

const CONTEXT = ['app.gemeenten_client', 'app.gemeenten_cijfers', 'app.gemeenten_beleid']

/** The table is not there before the third migration; then there is nothing to see either. */
const OPEN = `do $$
  declare alle text := '{}';
  begin
    if to_regclass('contracten.gemeente') is not null then
      select coalesce(array_agg(code), '{}')::text into alle from contracten.gemeente;
    end if;
    ${CONTEXT.map(naam => `perform set_config('${naam}', alle, false);`).join(' ')}
  end $$`

const DICHT = `select ${CONTEXT.map(naam => `set_config('${naam}', '', false)`).join(', ')}`

/**
 * Runs `fn` while the owner sees the rows of every municipality. Row-level security is forced: an owner that is no superuser
 * finds every table empty otherwise, and without an error. Every row hangs on a municipality of contracten.gemeente by a
 * foreign key, so this is all of them; where those keys are off (a restore) it is not. May be called inside a transaction
 * or around one; locks nothing.
 */
export async function seeingAll<T>(client: pg.ClientBase, fn: () => Promise<T>): Promise<T> {
  await client.query(OPEN)
  try {
    return await fn()
  } finally {
    // In a transaction that failed this is refused, and its rollback takes the context away as well.
    await client.query(DICHT).catch(() => undefined)
  }
}
