import { serialize } from 'node:v8'
import { Kysely, PostgresDialect, sql } from 'kysely'
import pg from 'pg'
import { Problem } from '../problem.ts'
import { makeBeurten, nextRang } from './beurt.ts'
import { codeOf, isVol } from './codes.ts'
import { constraintProblem, outageProblem } from './errors.ts'
import type { Db, Tables, Tx } from './tables.ts'

/**
 * What one user, job or command may see; becomes `SET LOCAL` in every transaction and is enforced by row-level
 * security. `gemeentenClient`: rows about residents. `gemeentenCijfers`: totals and contracts. `gemeentenBeleid`: policy
 * of these municipalities, and with at least one also that of the region. `aanbieder`: the rows of one provider.
 */
export interface Scope {
  gemeentenClient: readonly string[]
  gemeentenCijfers: readonly string[]
  gemeentenBeleid: readonly string[]
  aanbieder: number | null
}

export const NOBODY: Scope = {
  gemeentenClient: [],
  gemeentenCijfers: [],
  gemeentenBeleid: [],
  aanbieder: null,
}

export interface Database {
  pool: pg.Pool
  /** Run `fn` in a read-only transaction with the context of `scope`; `rang`: when the work that it belongs to began. */
  read<T>(scope: Scope, fn: (db: Db) => Promise<T>, rang?: number): Promise<T>
  /**
   * `read`, of which the answer is shared by all who ask the same while it has not begun: under load most of the time that
   * a page takes is waiting for a connection. Whoever asks once it has begun gets a read of their own, so that nobody is told
   * anything older than their question. The same is: the same scope, the same function and the same `vraag`, to the letter.
   * A function of a module can use nothing but its `vraag` (the day and rights included); one made on the spot, which could
   * use more, is another each time and shares with nobody. Nobody may change the answer.
   */
  readTogether<V, T>(scope: Scope, fn: (db: Db, vraag: V) => Promise<T>, vraag: V, rang?: number): Promise<T>
  /** Run `fn` in one transaction; commits when it resolves, rolls back when it throws. */
  write<T>(scope: Scope, fn: (tx: Tx) => Promise<T>, options?: WriteOptions): Promise<T>
  /** When the server last said that its disk is full; undefined when it never did. */
  schijfVolOp(): Date | undefined
  /** True once the key of this database was changed under this process: it must be started anew. */
  isSleutelGewisseld(): boolean
  close(): Promise<void>
}

export interface WriteOptions {
  /** False: the commit does not wait for the disk. Only for bulk loads that can be repeated. */
  durable?: boolean
  /** Every query sees the database as it was at the first one. */
  momentopname?: boolean
  /** When the work that this belongs to began (nextRang); now when not given. */
  rang?: number
}

const DATE = 1082
const INT8 = 20
const NUMERIC = 1700
const DATERANGE = 3912
const TIMESTAMP = 1114

/** A `date` stays the string it is; an int8 must be a safe integer: amounts and ids are never approximated. */
function typeParsers(): pg.CustomTypesConfig {
  const int8 = (value: string) => {
    const n = Number(value)
    if (!Number.isSafeInteger(n)) throw new Error(`int8 out of range: ${value.length} digits`)
    return n
  }
  const parsers = new Map<number, (value: string) => unknown>([
    [DATE, v => v],
    [TIMESTAMP, v => v.replace(' ', 'T')],
    [INT8, int8],
    [NUMERIC, Number],
    [DATERANGE, v => v],
  ])
  return {
    getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
      (format !== 'binary' && parsers.get(oid)) ||
      pg.types.getTypeParser(oid, format as 'text')) as pg.CustomTypesConfig['getTypeParser'],
  }
}

export interface PoolOpties {
  max?: number
  /** How the connections are called in the database. */
  naam?: string
  /** Number of the key this process works with; every transaction checks that it still is the newest. */
  sleutelNr?: number
}

/** Before every work that ever began (nextRang). */
const VOOR_ALLEN = 0

/** How long somebody waits for a turn, and then for a connection, in milliseconds. */
const GEDULD_MS = 15_000

/** How long one statement may take for the server, and how long its answer may stay away, in milliseconds. */
const LANGST_MS = 120_000
const STIL_MS = LANGST_MS + 10_000

/** What the driver says when an answer stays away: nothing more may be asked of that connection. */
const ZWIJGT = 'Query read timeout'

/** Opens a pool as the application role: `samenhang_app` has no DDL rights and falls under row-level security. */
export function openDatabase(url: string, options: PoolOpties = {}): Database {
  const max = options.max ?? 10
  const pool = new pg.Pool({
    connectionString: url,
    max,
    application_name: options.naam ?? 'samenhang',
    connectionTimeoutMillis: GEDULD_MS,
    // A connection that fell silent (a network that drops it, a host that is gone) must not be waited for for ever.
    keepAlive: true,
    query_timeout: STIL_MS,
    options: `-c role=samenhang_app -c timezone=Europe/Amsterdam -c statement_timeout=${LANGST_MS}`,
    types: typeParsers(),
  })
  // A broken connection is replaced by the pool, and the query that was on it reports it.
  pool.on('error', () => undefined)
  pool.on('connect', client => client.on('error', () => undefined))

  const eis = options.sleutelNr === undefined ? '' : `; select platform.eis_sleutel(${options.sleutelNr})`
  let vol: Date | undefined
  let gewisseld = false
  const notice = (error: unknown) => {
    if (isVol(error)) vol = new Date()
    if (codeOf(error) !== SLEUTEL_GEWISSELD) return error
    gewisseld = true
    return opnieuwStarten()
  }

  const beurten = makeBeurten(max, GEDULD_MS)

  async function inTransaction<T>(begin: string, fn: (db: Db) => Promise<T>, rang = nextRang()): Promise<T> {
    await beurten.neem(rang)
    return onConnection(begin, fn).finally(beurten.geef)
  }

  async function onConnection<T>(begin: string, fn: (db: Db) => Promise<T>): Promise<T> {
    const client = await pool.connect()
    let broken: Error | undefined
    try {
      await client.query(`${begin}${eis}`)
      const result = await fn(onClient(client))
      await client.query('commit')
      return result
    } catch (error) {
      if (error instanceof Error && error.message === ZWIJGT) broken = error
      else
        await client.query('rollback').catch(failed => {
          broken = failed
        })
      throw notice(error)
    } finally {
      client.release(broken)
    }
  }

  const read: Database['read'] = async (scope, fn, rang) =>
    inTransaction(`begin read only; ${contextSql(scope)}`, fn, rang)
  const wachtend = new WeakMap<object, Map<string, Promise<unknown>>>()

  return {
    pool,
    read,
    readTogether: <V, T>(scope: Scope, fn: (db: Db, vraag: V) => Promise<T>, vraag: V, rang?: number) => {
      const sleutel = keyOf(scope, vraag)
      const vragers = wachtend.get(fn) ?? new Map<string, Promise<unknown>>()
      wachtend.set(fn, vragers)
      const gedeeld = vragers.get(sleutel)
      if (gedeeld) return gedeeld as Promise<T>
      const begin = () => {
        if (vragers.get(sleutel) === antwoord) vragers.delete(sleutel)
      }
      const antwoord: Promise<T> = read(
        scope,
        db => {
          begin()
          return fn(db, vraag)
        },
        rang,
      )
      vragers.set(sleutel, antwoord)
      // What never began, for want of a connection, may not be waited for either.
      antwoord.catch(begin)
      return antwoord
    },
    write: async (scope, fn, { durable = true, momentopname = false, rang } = {}) =>
      inTransaction(
        `begin${momentopname ? ' isolation level repeatable read' : ''}; ${contextSql(scope)}${durable ? '' : '; set local synchronous_commit = off'}`,
        db => fn(db as Tx),
        rang,
      ).catch(error => {
        throw constraintProblem(error) ?? error
      }),
    schijfVolOp: () => vol,
    isSleutelGewisseld: () => gewisseld,
    close: () => pool.end(),
  }
}

/** Tells apart what JSON takes for the same (undefined and null, an empty Map and Set); a function in it is refused. */
function keyOf(scope: Scope, vraag: unknown): string {
  return serialize([contextSql(scope), vraag]).toString('latin1')
}

/** Raised by platform.eis_sleutel. */
const SLEUTEL_GEWISSELD = 'SL001'

function opnieuwStarten(): Problem {
  return new Problem(
    503,
    'sleutel-gewisseld',
    'Samenhang moet opnieuw worden gestart',
    'De sleutel van de database is gewisseld. De beheerder moet Samenhang met de nieuwe sleutel starten.',
  )
}

const clients = new WeakMap<Db, pg.PoolClient>()

/** Kysely on exactly this connection, so that every query of one transaction runs in it. */
function onClient(client: pg.PoolClient): Db {
  const facade = { query: client.query.bind(client), release: () => undefined }
  const pool = { connect: async () => facade, end: async () => undefined }
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: pool as unknown as pg.Pool }) })
  clients.set(db, client)
  return db
}

/** The driver connection under a transaction, for what Kysely has no words for: COPY. */
export function clientOf(db: Db): pg.PoolClient {
  const client = clients.get(db)
  if (!client) throw new Error('not a connection of this module')
  return client
}

/** One round trip with BEGIN. The values are codes and numbers; anything else is refused. */
function contextSql(scope: Scope): string {
  const codes = (gemeenten: readonly string[]) => {
    if (gemeenten.some(code => !/^[0-9]{4}$/.test(code))) throw new Error('scope: not a municipality code')
    return `'{${gemeenten.join(',')}}'`
  }
  if (scope.aanbieder !== null && !Number.isInteger(scope.aanbieder))
    throw new Error('scope: not a provider id')
  return [
    `set local app.gemeenten_client = ${codes(scope.gemeentenClient)}`,
    `set local app.gemeenten_cijfers = ${codes(scope.gemeentenCijfers)}`,
    `set local app.gemeenten_beleid = ${codes(scope.gemeentenBeleid)}`,
    `set local app.aanbieder = '${scope.aanbieder ?? ''}'`,
  ].join('; ')
}

/**
 * Why the database does not take work now, in words for who watches over us; undefined when it does, within three seconds.
 * For GET /klaar. What answers too late is not away: who changes the key holds everybody up.
 */
export async function findBeletsel(database: Database): Promise<string | undefined> {
  const answer = database
    // Before all other work: being busy is no reason to be taken for away.
    .read(NOBODY, db => sql`select 1`.execute(db), VOOR_ALLEN)
    .then(
      () => undefined,
      error => outageOf(error)?.detail ?? 'De database geeft een fout.',
    )
  const late = new Promise<string>(resolve => setTimeout(resolve, 3000, TE_LAAT).unref())
  return Promise.race([answer, late])
}

const TE_LAAT =
  'De database antwoordt niet binnen drie seconden: zij heeft het druk, of haar sleutel wordt gewisseld.'

function outageOf(error: unknown): Problem | undefined {
  return error instanceof Problem ? error : outageProblem(error)
}
