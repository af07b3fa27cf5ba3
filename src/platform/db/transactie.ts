import type pg from 'pg'

/** Runs `fn` in one transaction on a connection of the owner; commits when it resolves, rolls back when it throws. */
export async function inTransaction<T>(client: pg.ClientBase, fn: () => Promise<T>): Promise<T> {
  await client.query('begin')
  try {
    const answer = await fn()
    await client.query('commit')
    return answer
  } catch (error) {
    await client.query('rollback')
    throw error
  }
}
