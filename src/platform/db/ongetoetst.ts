import pg from 'pg'
import { seeingAll } from './inzicht.ts'

/** A row that was kept before a check was made stricter. Says where it is, and never what it says. */
export interface Geweigerd {
  tabel: string
  kolommen: string[]
  /** Its primary key. */
  sleutel: Record<string, unknown>
}

interface Toets {
  tabel: string
  kolommen: string[]
  /** What must be true of a row. */
  regel: string
  sleutel: string[]
}

/**
 * Every kept row that a check refuses now which was never held against it (`not valid` in the catalogue): of one table, or
 * of a domain and every column that has it. `client` is the owner.
 */
export async function listGeweigerd(client: pg.ClientBase): Promise<Geweigerd[]> {
  const { rows: toetsen } = await client.query<Toets>(TOETSEN)
  return seeingAll(client, async () => {
    const gevonden: Geweigerd[] = []
    for (const { tabel, kolommen, regel, sleutel } of toetsen) {
      const delen = sleutel.map(naam => `${pg.escapeLiteral(naam)}, ${pg.escapeIdentifier(naam)}`)
      const { rows } = await client.query<{ sleutel: Record<string, unknown> }>(
        `select jsonb_build_object(${delen.join(', ')}) as sleutel from ${tabel} where not (${regel}) order by 1`,
      )
      gevonden.push(...rows.map(row => ({ tabel, kolommen, sleutel: row.sleutel })))
    }
    return gevonden
  })
}

/** The rule of a domain speaks of VALUE; here it speaks of the column. A key is never a free text. */
const TOETSEN = String.raw`
  select t.tabel::regclass::text as tabel, t.kolommen, t.regel, array(
    select a.attname::text from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = any (i.indkey)
    where i.indrelid = t.tabel and i.indisprimary order by a.attnum) as sleutel
  from (
    select k.conrelid as tabel, pg_get_expr(k.conbin, k.conrelid) as regel, array(
      select a.attname::text from pg_attribute a where a.attrelid = k.conrelid and a.attnum = any (k.conkey)
      order by a.attnum) as kolommen
    from pg_constraint k where k.contype = 'c' and k.conrelid <> 0 and not k.convalidated
    union all
    select a.attrelid, regexp_replace(pg_get_expr(k.conbin, 0), '\mVALUE\M', format('%I', a.attname), 'g'),
      array[a.attname::text]
    from pg_constraint k join pg_attribute a on a.atttypid = k.contypid and not a.attisdropped
    join pg_class c on c.oid = a.attrelid and c.relkind = 'r'
    where k.contype = 'c' and k.contypid <> 0 and not k.convalidated) t
  order by 1, 2`
