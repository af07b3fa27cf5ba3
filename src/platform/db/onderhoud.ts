import pg from 'pg'

/**
 * Tells the database how much there is in every table, after much was loaded at once. It finds that out by itself too, but
 * only after a while, and until then reads whole tables where an index would do.
 */
export async function refreshStatistics(ownerUrl: string): Promise<void> {
  const owner = new pg.Client({ connectionString: ownerUrl })
  owner.on('error', () => undefined)
  await owner.connect()
  try {
    await owner.query('vacuum (analyze)')
  } finally {
    await owner.end()
  }
}
