import { sql } from 'kysely'
import type { Db } from './db/tables.ts'

/**
 * How many minutes an event may stay unsealed: sealing is the work of every minute, and a large delivery holds it up for a few.
 * After that somebody or something holds it off, and what was not sealed can still be changed (ADR 0017).
 */
export const UITERLIJK_MINUTEN = 10

/**
 * Since when events wait for a seal, when that is too long; undefined when it is not. Seen from `nu`, or, for a command that
 * may run where nothing seals, from the last event that the service itself wrote: a log that stands still is not held off.
 */
export async function findUitstel(db: Db, nu?: Date): Promise<Date | undefined> {
  const { rows } = await sql<{ sinds: Date | null; gezien: Date | null }>`
    select min(op) as sinds, max(op) filter (where wie <> 'systeem:cli') as gezien from platform.gebeurtenis
    where gebeurtenis_id > coalesce((select max(tot) from platform.zegel), 0)`.execute(db)
  const { sinds = null, gezien = null } = rows[0] ?? {}
  const tot = nu ?? gezien
  if (sinds === null || tot === null) return undefined
  return tot.getTime() - sinds.getTime() > UITERLIJK_MINUTEN * 60_000 ? sinds : undefined
}

/** What is the matter, in Dutch, when nothing was sealed since then, and what can be done. */
export function explainUitstel(sinds: Date): string {
  return (
    `Sinds ${MOMENT.format(sinds)} zijn gebeurtenissen in het inzagelogboek niet verzegeld. Dat hoort binnen ` +
    `${UITERLIJK_MINUTEN} minuten te gebeuren. Iets houdt het tegen: een slot dat in de database wordt vastgehouden, of het werk ` +
    'van elke minuut dat niet meer loopt. Kijk in het log, en in de database wie er een slot vasthoudt (pg_locks).'
  )
}

const MOMENT = new Intl.DateTimeFormat('nl-NL', {
  dateStyle: 'long',
  timeStyle: 'short',
  timeZone: 'Europe/Amsterdam',
})
