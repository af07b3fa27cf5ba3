import { randomUUID } from 'node:crypto'
import { RECHTEN, type Recht, type Rol } from '../auth/rollen.ts'
import type { Kluis } from '../crypto.ts'
import { type Datum, dateInNederland } from '../dates.ts'
import { nextRang } from '../db/beurt.ts'
import type { Database, Scope, WriteOptions } from '../db/database.ts'
import type { Db, Tx } from '../db/tables.ts'
import type { Voortgang } from '../voortgang.ts'
import type { Zegelgeheugen } from '../zegelgeheugen.ts'

/** Whoever acts: a person, a machine token of a person, or the system itself (a job, the command line). */
export interface Wie {
  /** Stable id for the audit log: 'gebruiker:12', 'token:3', 'systeem:cli'. Never a name. */
  id: string
  naam: string
  rol: Rol | 'systeem'
  organisatie: string
  rechten: ReadonlySet<Recht>
  scope: Scope
  /** The person behind a token: whose work it is, when turns are given out. */
  eigenaar?: string
}

/** What every action gets: who, when, and the only two ways to the database. */
export interface Ctx {
  wie: Wie
  nu: Date
  /** Today in the Netherlands. */
  vandaag: Datum
  verzoekId: string
  kluis: Kluis
  /** Folder where outgoing files are also written, if there is one. */
  uitmap: string | undefined
  /** Throws when the work at hand has taken longer than it may; long loops ask it. Without a limit it does nothing. */
  bewaak(): void
  /** Says how far long work is, to who waits for it, and lets others have a turn; nobody waits: it does nothing. */
  meld(voortgang: Voortgang): Promise<void>
  read<T>(fn: (db: Db) => Promise<T>): Promise<T>
  /** `read`, shared with who asks the same of the same function at the same time; see `Database.readTogether`. */
  readTogether<V, T>(fn: (db: Db, vraag: V) => Promise<T>, vraag: V): Promise<T>
  write<T>(fn: (tx: Tx) => Promise<T>): Promise<T>
  /** Around work that may have to wait long for what another holds; see `Database.waiting`. */
  waiting<T>(fn: () => Promise<T>): Promise<T>
  /**
   * The same person, seeing what the system must see to handle a message of these municipalities. Only for an action
   * that has checked first that this person may deliver that message.
   */
  namens(gemeenten: readonly string[]): Ctx
}

/** What the process has once and every context uses. */
export interface Omgeving {
  database: Database
  kluis: Kluis
  /** The clock; injected so that tests decide what day it is. */
  klok: () => Date
  /** Folder where outgoing files are also written, if there is one. */
  uitmap?: string | undefined
  /** What this machine knows of the seals of the log, outside the database; absent where nothing is sealed. */
  zegelgeheugen?: Zegelgeheugen
  /** How the database server and its disk are, for /klaar and /gezond; absent where nobody asks. */
  toestand?: Toestand
}

/** What is wrong, in Dutch, or undefined. */
export interface Toestand {
  /** Why this process cannot work any more and must be started anew. */
  stuk(): string | undefined
  /** Why this process can take no requests now; may pass. */
  bezet(): Promise<string | undefined>
}

/** The same, where every write begins with `eerst`, in its own transaction. */
export function beforeWrites(ctx: Ctx, eerst: (tx: Tx) => Promise<void>): Ctx {
  return {
    ...ctx,
    namens: gemeenten => beforeWrites(ctx.namens(gemeenten), eerst),
    write: fn =>
      ctx.write(async tx => {
        await eerst(tx)
        return fn(tx)
      }),
  }
}

/** A context for `wie`; all its reads and writes fall under that scope. */
export function makeCtx(
  omgeving: Omgeving,
  wie: Wie,
  verzoekId: string = randomUUID(),
  options?: WriteOptions,
): Ctx {
  const nu = omgeving.klok()
  const vrager = options?.vrager ?? { rang: nextRang(), persoon: personOf(wie) }
  const namens = (gemeenten: readonly string[]) =>
    makeCtx(omgeving, { ...wie, scope: systeem('inname', gemeenten).scope }, verzoekId, {
      vrager,
      ...options,
    })
  return {
    namens,
    wie,
    nu,
    vandaag: dateInNederland(nu),
    verzoekId,
    kluis: omgeving.kluis,
    uitmap: omgeving.uitmap,
    bewaak: () => undefined,
    meld: async () => undefined,
    read: fn => omgeving.database.read(wie.scope, fn, vrager),
    readTogether: (fn, vraag) => omgeving.database.readTogether(wie.scope, fn, vraag, vrager),
    write: fn => omgeving.database.write(wie.scope, fn, { vrager, ...options }),
    waiting: fn => omgeving.database.waiting(vrager, fn),
  }
}

/** For whom work is; the work of the system itself is nobody's. */
export function personOf(wie: Wie): string | undefined {
  return wie.id.startsWith('systeem:') ? undefined : (wie.eigenaar ?? wie.id)
}

/** The system acting for one or more municipalities: a job, or the command line on the server itself. */
export function systeem(naam: string, gemeenten: readonly string[]): Wie {
  const scope: Scope = {
    gemeentenClient: gemeenten,
    gemeentenCijfers: gemeenten,
    gemeentenBeleid: gemeenten,
    aanbieder: null,
  }
  return {
    id: `systeem:${naam}`,
    naam,
    rol: 'systeem',
    organisatie: 'Samenhang',
    rechten: new Set(RECHTEN),
    scope,
  }
}
