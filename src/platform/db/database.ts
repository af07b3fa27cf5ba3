import { serialize } from 'node:v8'
import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import { DB_TIJDEN } from '../config.ts'
import { Problem } from '../problem.ts'
import { makeBeurten, nextRang, type Vrager } from './beurt.ts'
import { codeOf, drukteOf, isVol, isZwijgt, zwijgt } from './codes.ts'
import { constraintProblem } from './errors.ts'
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
  /** Run `fn` in a read-only transaction with the context of `scope`; `vrager`: for whom, and when their work began. */
  read<T>(scope: Scope, fn: (db: Db) => Promise<T>, vrager?: Vrager): Promise<T>
  /**
   * `read`, of which the answer is shared by all who ask the same while it has not begun: under load most of the time that
   * a page takes is waiting for a connection. Whoever asks once it has begun gets a read of their own, so that nobody is told
   * anything older than their question. The same is: the same scope, the same function and the same `vraag`, to the letter.
   * A function of a module can use nothing but its `vraag` (the day and rights included); one made on the spot, which could
   * use more, is another each time and shares with nobody. Nobody may change the answer.
   */
  readTogether<V, T>(
    scope: Scope,
    fn: (db: Db, vraag: V) => Promise<T>,
    vraag: V,
    vrager?: Vrager,
  ): Promise<T>
  /** Run `fn` in one transaction; commits when it resolves, rolls back when it throws. */
  write<T>(scope: Scope, fn: (tx: Tx) => Promise<T>, options?: WriteOptions): Promise<T>
  /**
   * Does work that may have to wait long for what another holds, when there is a place for it: so many wait that connections are left
   * for others, and of one person so few that a turn is left for what else they do. Never one within the other.
   */
  waiting<T>(vrager: Vrager, fn: () => Promise<T>): Promise<T>
  /** When the server last said that its disk is full; undefined when it never did. */
  schijfVolOp(): Date | undefined
  /** True once the key of this database was changed under this process: it must be started anew. */
  isSleutelGewisseld(): boolean
  /**
   * For how long nothing came back at all, in milliseconds, since the first question that got no answer; 0 when nothing is
   * asked, or the last was answered. That the server is not there, or stops, is an answer.
   */
  zwijgtMs(): number
  /** What is behind this error: who had no turn because nobody got an answer any more, waited for a database that is silent. */
  oorzaakOf(error: unknown): unknown
  /**
   * Asks the server for a sign of life, or these statements, in one transaction and before all other work; who asks the same
   * meanwhile asks along. Answers the rows of the last. A connection that stays silent for this long is replaced, and the
   * server too gives up by then, so that who asks again and again leaves nothing waiting there.
   */
  proef(ms: number, vragen?: string): Promise<pg.QueryResultRow[]>
  close(): Promise<void>
}

export interface WriteOptions {
  /** False: the commit does not wait for the disk. Only for bulk loads that can be repeated. */
  durable?: boolean
  /** Every query sees the database as it was at the first one. */
  momentopname?: boolean
  /** For whom this is, and when the work that it belongs to began; the house itself, and now, when not given. */
  vrager?: Vrager
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
  /** How long one statement may take for the server, and how much longer its answer may stay away, in seconds. */
  tijden?: { tijd: number; stilte: number }
}

/** Before every work that ever began (nextRang). */
const VOOR_ALLEN: Vrager = { rang: 0 }

/** Which part of the turns one person may have at a time: a few, so that others come in between. */
const DEEL_PER_PERSOON = 0.3

/** The server gives up a little before we do: then it says so itself. */
const DEEL_VAN_PROEF = 0.8

/** How long somebody waits for a turn, and then for a connection, in milliseconds. */
const GEDULD_MS = 15_000

/** Opens a pool as the application role: `samenhang_app` has no DDL rights and falls under row-level security. */
export function openDatabase(url: string, options: PoolOpties = {}): Database {
  const max = options.max ?? 10
  const { tijd, stilte } = options.tijden ?? DB_TIJDEN
  const stil = (tijd + stilte) * 1000
  const geduld = Math.min(GEDULD_MS, stil)
  const pool = new pg.Pool({
    connectionString: url,
    max,
    application_name: options.naam ?? 'samenhang',
    connectionTimeoutMillis: geduld,
    // A connection that fell silent (a network that drops it, a host that is gone) must not be waited for for ever.
    keepAlive: true,
    query_timeout: stil,
    options: `-c role=samenhang_app -c timezone=Europe/Amsterdam -c statement_timeout=${tijd * 1000}`,
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

  const zwijgen = makeStilte()
  const perPersoon = Math.ceil(max * DEEL_PER_PERSOON)
  // Whoever waits leaves connections for others, and a turn for what else they do themselves.
  const wachtplaatsen = makeBeurten(Math.max(1, max - perPersoon), stil, Math.max(1, perPersoon - 1))
  const beurten = makeBeurten(max, geduld, perPersoon)
  // Half of the patience: the last answer may have come after this one began to wait.
  const oorzaakOf = (error: unknown) =>
    drukteOf(error) !== undefined && zwijgen.duurMs() > geduld / 2 ? zwijgt(error) : error

  async function inTransaction<T>(
    begin: string,
    fn: (db: Db) => Promise<T>,
    vrager: Vrager = { rang: nextRang() },
  ): Promise<T> {
    const end = await beurten.neem(vrager).catch(error => {
      throw oorzaakOf(error)
    })
    return onConnection(begin, fn).finally(end)
  }

  async function onConnection<T>(opening: string, fn: (db: Db) => Promise<T>): Promise<T> {
    const client = await zwijgen.luister(begin(opening)).catch(error => {
      throw notice(error)
    })
    let broken: Error | undefined
    try {
      const result = await fn(onClient(client))
      await client.query('commit')
      return result
    } catch (error) {
      broken = await undo(client, error)
      throw notice(error)
    } finally {
      client.release(broken)
    }
  }

  /** A connection with its transaction begun. */
  async function begin(opening: string): Promise<pg.PoolClient> {
    const client = await pool.connect()
    try {
      await client.query(`${opening}${eis}`)
      return client
    } catch (error) {
      client.release(await undo(client, error))
      throw error
    }
  }

  /** A whole transaction in one round trip; see `Database.proef`. */
  async function askAtOnce(vragen: string, ms: number): Promise<pg.QueryResultRow[]> {
    const wacht = Math.min(ms, stil)
    const client = await pool.connect()
    const grens = `set local statement_timeout = ${Math.ceil(wacht * DEEL_VAN_PROEF)}`
    const text = `begin; ${grens}; ${contextSql(NOBODY)}${eis}; ${vragen}; commit`
    const vraag = { text, query_timeout: wacht }
    let broken: Error | undefined
    try {
      const antwoord: pg.QueryResult | pg.QueryResult[] = await client.query(vraag)
      return [antwoord].flat().at(-2)?.rows ?? []
    } catch (error) {
      broken = await undo(client, error)
      throw error
    } finally {
      client.release(broken)
    }
  }

  const read: Database['read'] = async (scope, fn, vrager) =>
    inTransaction(`begin read only; ${contextSql(scope)}`, fn, vrager)
  const proeven = new Map<string, Promise<pg.QueryResultRow[]>>()
  type Gedeeld = { antwoord: Promise<unknown>; vrager: Vrager }
  const wachtend = new WeakMap<object, Map<string, Gedeeld>>()

  return {
    pool,
    read,
    readTogether: <V, T>(
      scope: Scope,
      fn: (db: Db, vraag: V) => Promise<T>,
      vraag: V,
      { rang, persoon }: Vrager = { rang: nextRang() },
    ) => {
      const sleutel = keyOf(scope, vraag)
      const vragers = wachtend.get(fn) ?? new Map<string, Gedeeld>()
      wachtend.set(fn, vragers)
      const gedeeld = vragers.get(sleutel)
      if (gedeeld) {
        if (gedeeld.vrager.persoon !== persoon) beurten.deel(gedeeld.vrager)
        return gedeeld.antwoord as Promise<T>
      }
      const vrager = { rang, persoon }
      const begin = () => {
        if (vragers.get(sleutel)?.vrager === vrager) vragers.delete(sleutel)
      }
      const antwoord: Promise<T> = read(
        scope,
        db => {
          begin()
          return fn(db, vraag)
        },
        vrager,
      )
      vragers.set(sleutel, { antwoord, vrager })
      // What never began, for want of a connection, may not be waited for either.
      antwoord.catch(begin)
      return antwoord
    },
    waiting: async (vrager, fn) => {
      const end = await wachtplaatsen.neem(vrager)
      return fn().finally(end)
    },
    write: async (scope, fn, { durable = true, momentopname = false, vrager } = {}) =>
      inTransaction(
        `begin${momentopname ? ' isolation level repeatable read' : ''}; ${contextSql(scope)}${durable ? '' : '; set local synchronous_commit = off'}`,
        db => fn(db as Tx),
        vrager,
      ).catch(error => {
        // Who works for the region sees what is of all its municipalities: nothing, where there is none.
        const leeg = scope.gemeentenBeleid.length === 0 && scope.aanbieder === null
        throw constraintProblem(error, leeg) ?? error
      }),
    schijfVolOp: () => vol,
    isSleutelGewisseld: () => gewisseld,
    zwijgtMs: zwijgen.duurMs,
    oorzaakOf,
    proef: (ms, vragen = 'select') => {
      const bezig = proeven.get(vragen)
      if (bezig) return bezig
      const proef = beurten
        .neem(VOOR_ALLEN)
        .then(end => zwijgen.luister(askAtOnce(vragen, ms)).finally(end))
        .catch(error => {
          throw notice(error)
        })
        .finally(() => proeven.delete(vragen))
      proeven.set(vragen, proef)
      return proef
    },
    close: () => pool.end(),
  }
}

/** Ends what went wrong on this connection; answers why nothing more can be asked of it, when that is so. */
async function undo(client: pg.PoolClient, error: unknown): Promise<Error | undefined> {
  if (isZwijgt(error)) return error
  return client.query('rollback').then(
    () => undefined,
    failed => failed,
  )
}

/** Keeps for how long a server has answered nothing. */
function makeStilte(nu: () => number = () => performance.now()) {
  let sinds: number | undefined
  return {
    duurMs: () => (sinds === undefined ? 0 : nu() - sinds),
    /** The same, after writing down whether something came back. */
    async luister<T>(vraag: Promise<T>): Promise<T> {
      sinds ??= nu()
      try {
        const antwoord = await vraag
        sinds = undefined
        return antwoord
      } catch (error) {
        // An error with a code is the word of the server, or of the network that it is not there.
        if (codeOf(error) !== '') sinds = undefined
        throw error
      }
    },
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
