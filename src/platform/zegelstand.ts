import { sql } from 'kysely'
import type { Db } from './db/tables.ts'

/** Number and hash (hex) of a seal of the log. */
export interface Zegelstand {
  nummer: number
  hash: string
}

/** Reads NUMBER:HASH, as `audit controleer` shows it; undefined for anything else. */
export function parseStand(tekst: string): Zegelstand | undefined {
  const delen = /^([1-9]\d{0,8}):([0-9a-f]{64})$/.exec(tekst.trim())
  return delen === null ? undefined : { nummer: Number(delen[1]), hash: delen[2] ?? '' }
}

export function formatStand({ nummer, hash }: Zegelstand): string {
  return `${nummer}:${hash}`
}

/** The last seal there is; undefined when nothing was sealed yet. */
export async function findStand(db: Db): Promise<Zegelstand | undefined> {
  const { rows } = await sql<Zegelstand>`
    select zegel_id as nummer, encode(hash, 'hex') as hash from platform.zegel order by zegel_id desc limit 1`.execute(
    db,
  )
  return rows[0]
}

/** The first of these seals that is not there any more, or is another than it was. */
export async function findVerdwenen(db: Db, bekend: readonly Zegelstand[]): Promise<Zegelstand | undefined> {
  for (const stand of bekend) {
    const { rows } = await sql`
      select from platform.zegel where zegel_id = ${stand.nummer} and hash = decode(${stand.hash}, 'hex')`.execute(
      db,
    )
    if (rows.length === 0) return stand
  }
  return undefined
}

/** What is the matter, in Dutch, when this seal was known and is not there any more, and what can be done. */
export function explainTerugzetting(nummer: number): string {
  return (
    `Zegel ${nummer} van het inzagelogboek is er niet meer, of is een ander dan deze machine kent. Is er een ` +
    'reservekopie teruggezet, voer dan uit: bin/samenhang audit aanvaard REDEN. Is dat niet zo, dan is er buiten het ' +
    'programma om iets veranderd: bewaar een kopie van de database.'
  )
}
