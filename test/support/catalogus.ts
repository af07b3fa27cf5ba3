import type pg from 'pg'
import { GEBRACHT, type Vraag } from './rijtypen.ts'

/** A column of an answer, as PostgreSQL says it. */
export interface Kolom {
  naam: string
  soort: string
  /** True when it may be empty, false when it may not, undefined when nothing says so. */
  leeg: boolean | undefined
}

interface Veld {
  name: string
  tableID: number
  columnID: number
  dataTypeID: number
}

/** What the database makes of a type, as `openDatabase` and the driver read it. */
const SOORT: Readonly<Record<string, string>> = {
  bool: 'boolean',
  int2: 'number',
  int4: 'number',
  int8: 'number',
  float4: 'number',
  float8: 'number',
  numeric: 'number',
  text: 'string',
  varchar: 'string',
  bpchar: 'string',
  name: 'string',
  uuid: 'string',
  date: 'string',
  timestamp: 'string',
  daterange: 'string',
  timestamptz: 'Date',
  bytea: 'Buffer',
  json: 'any',
  jsonb: 'any',
}

/** The columns of the answer to a statement, without running it; or why PostgreSQL does not take it. */
export async function describeVraag(client: pg.ClientBase, sql: string): Promise<Kolom[] | string> {
  let velden: Veld[] | string = []
  for (const deel of sql.includes(GEBRACHT) ? ['null', 'true', 'current_date', 'null::daterange'] : ['']) {
    velden = await describeStatement(client, sql.replaceAll(GEBRACHT, deel))
    if (typeof velden !== 'string') break
  }
  if (typeof velden === 'string') return velden
  if (velden.length === 0) return 'it answers no columns before it runs'
  const namen = velden.map(v => v.name)
  const { rows } = await client.query<{ soort: string; verplicht: boolean | null; tabel: string | null }>(
    `select t.typname as soort, (a.attnotnull or d.typnotnull) as verplicht, c.oid::regclass::text as tabel
     from unnest($1::oid[], $2::int[], $3::oid[]) with ordinality f(tabel, kolom, type, n)
     join pg_type t on t.oid = f.type
     left join pg_class c on c.oid = f.tabel
     left join pg_attribute a on a.attrelid = f.tabel and a.attnum = f.kolom
     left join pg_type d on d.oid = a.atttypid order by f.n`,
    [velden.map(v => v.tableID), velden.map(v => v.columnID), velden.map(v => v.dataTypeID)],
  )
  return rows.map(({ soort, verplicht, tabel }, i) => ({
    naam: namen[i] ?? '',
    soort: soort.startsWith('_') ? 'array' : (SOORT[soort] ?? soort),
    // The catalogue itself says of its views that everything may be empty.
    leeg:
      tabel === null || tabel.startsWith('pg_')
        ? undefined
        : isEmptied(sql, namen[i] ?? '', { tabel, verplicht }),
  }))
}

/** Parses and describes: the extended protocol without its last step. */
function describeStatement(client: pg.ClientBase, sql: string): Promise<Veld[] | string> {
  return new Promise(resolve => {
    let velden: Veld[] = []
    client.query({
      submit(connection: pg.Connection) {
        connection.parse({ name: '', text: sql, types: [] }, true)
        connection.describe({ type: 'S', name: '' }, true)
        connection.sync()
      },
      handleRowDescription: (bericht: { fields: Veld[] }) => {
        velden = bericht.fields
      },
      handleError: (bericht: Error) => {
        resolve(bericht.message)
      },
      handleReadyForQuery: () => resolve(velden),
    } as unknown as pg.Submittable)
  })
}

/** May this column be empty: as its table says, unless an outer join brings it or a condition keeps the empty ones out. */
function isEmptied(
  sql: string,
  naam: string,
  { tabel, verplicht }: { tabel: string; verplicht: boolean | null },
): boolean | undefined {
  const kolom =
    new RegExp(`\\b(\\w+\\.)?\\w+ as "?${naam}"?(?![\\w"])`).exec(sql)?.[0].split(' as ')[0] ?? naam
  if (sql.includes(`${kolom} is not null`)) return undefined
  const namen = [
    ...sql.matchAll(new RegExp(`(?:from|join) ${tabel.replace('.', '\\.')}(?: as)? (\\w+)`, 'g')),
  ].map(([, alias = '']) => alias)
  const links = leftJoined(sql)
  const [alias] = kolom.includes('.') ? kolom.split('.') : []
  if (
    alias !== undefined && namen.includes(alias)
      ? links.has(alias)
      : namen.length > 0 && namen.every(n => links.has(n))
  )
    return true
  return verplicht !== true
}

/** The aliases that a left join brings. */
function leftJoined(sql: string): Set<string> {
  const namen = new Set<string>()
  for (const m of sql.matchAll(/left join (?:lateral )?/g)) {
    let i = m.index + m[0].length
    if (sql[i] === '(') {
      let diep = 0
      do {
        if (sql[i] === '(') diep += 1
        if (sql[i] === ')') diep -= 1
        i += 1
      } while (diep > 0 && i < sql.length)
      namen.add(/^\s*(?:as )?(\w+)/.exec(sql.slice(i))?.[1] ?? '')
    } else namen.add(/^[\w.]+(?:\s+as)?\s+(?!on\b|using\b)(\w+)/.exec(sql.slice(i))?.[1] ?? '')
  }
  return namen
}

/** What a row type promises and the columns do not keep. */
export function compareRij({ leden = [] }: Vraag, kolommen: readonly Kolom[]): string[] {
  const perNaam = new Map(kolommen.map(kolom => [kolom.naam, kolom]))
  const bekend = new Set(leden.map(lid => lid.naam))
  return [
    ...leden.flatMap(lid => {
      const kolom = perNaam.get(lid.naam)
      if (kolom === undefined) return lid.optioneel ? [] : [`${lid.naam} is no column`]
      const soort =
        lid.soort === 'any' || kolom.soort === 'any' || lid.soort === kolom.soort
          ? []
          : [`${lid.naam} is ${kolom.soort}, not ${lid.soort}`]
      return lid.leeg || kolom.leeg !== true ? soort : [...soort, `${lid.naam} may be empty`]
    }),
    ...kolommen.filter(kolom => !bekend.has(kolom.naam)).map(kolom => `${kolom.naam} is no member`),
  ]
}
