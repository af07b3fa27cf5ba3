import { afterAll } from 'vitest'
import { buildApp } from '../../src/app/app.tsx'
import { hashSleutel, newSleutel } from '../../src/platform/auth/koekje.ts'
import type { Recht, Rol } from '../../src/platform/auth/rollen.ts'
import { type Config, readConfig } from '../../src/platform/config.ts'
import type { Omgeving } from '../../src/platform/http/ctx.ts'
import { TIJDEN } from '../../src/platform/http/grenzen.ts'
import type { App, Bijzonder } from '../../src/platform/http/server.ts'
import type { TestDatabase } from './database.ts'

export interface Testapp {
  app: App
  /** A new user in this role with a session; answers the headers that make a request theirs. */
  login(rol: Rol, eigen?: Eigen): Promise<Inlog>
}

export interface Eigen {
  gemeenten?: readonly string[]
  aanbieder?: number
}

export interface Inlog {
  gebruikerId: number
  headers: { cookie: string; accept: string; 'sec-fetch-site'?: string }
}

/** However slow a machine is that runs the tests: what is asked is answered, never followed on a page of its own. */
const IN_EEN_KEER = { ...TIJDEN, geduld: 120_000 }

/** Makes applications with settings of their own, all closed after the file; nothing listens. */
export function appMaker(omgeving: Omgeving) {
  const open: App[] = []
  afterAll(async () => {
    for (const app of open) await app.close()
  })
  return async (config: Partial<Config>, bijzonder: Bijzonder = {}, eigen = omgeving): Promise<App> => {
    const app = await buildApp({ ...readConfig({ SAMENHANG_LOG: 'silent' }), ...config }, eigen, {
      tijden: IN_EEN_KEER,
      ...bijzonder,
    })
    open.push(app)
    return app
  }
}

/** The whole application on a test database, closed after the file; nothing listens. */
export async function testApp(
  db: TestDatabase,
  omgeving: Omgeving,
  config: Partial<Config> = {},
  bijzonder: Bijzonder = {},
): Promise<Testapp> {
  const app = await appMaker(omgeving)(config, bijzonder)
  let aantal = 0
  return {
    app,
    async login(rol, { gemeenten = [], aanbieder } = {}) {
      aantal += 1
      const sleutel = newSleutel()
      const { rows } = await db.owner.query<{ gebruiker_id: number }>(
        `insert into platform.gebruiker (naam, email, organisatie, rol, gemeenten, voor_aanbieder)
         values ($1, $2, 'Test', $3, $4, $5) returning gebruiker_id`,
        [`Test ${rol}`, `${rol}${aantal}@test.example`, rol, [...gemeenten], aanbieder ?? null],
      )
      const gebruikerId = rows[0]?.gebruiker_id ?? 0
      const headers = {
        cookie: `samenhang=${sleutel}`,
        accept: 'text/html',
        // As a browser that follows a link on one of our pages, or sends a form on it.
        'sec-fetch-site': 'same-origin',
      }
      const wie = { gebruikerId, headers }
      await openSessie(db, wie)
      return wie
    },
  }
}

export type Koppeling = { authorization: string }

/** The headers of a program that works for somebody, by a token of theirs. It may look at registers and keep them unless said. */
export async function machine(
  db: TestDatabase,
  { gebruikerId }: Pick<Inlog, 'gebruikerId'>,
  rechten: readonly Recht[] = ['contracten.lezen', 'contracten.beheren'],
): Promise<Koppeling> {
  const sleutel = newSleutel()
  await db.owner.query(
    `insert into platform.token (sleutel_hash, naam, gebruiker_id, rechten, verloopt_op)
     values ($1, 'Koppeling', $2, $3, now() + interval '1 day')`,
    [hashSleutel(sleutel), gebruikerId, rechten],
  )
  return { authorization: `Bearer ${sleutel}` }
}

/** Logs somebody in again, in the same browser, after a change of role or access ended the session. */
export async function openSessie(db: TestDatabase, { gebruikerId, headers }: Inlog): Promise<void> {
  await db.owner.query(
    `insert into platform.sessie (sleutel_hash, gebruiker_id, verloopt_op) values ($1, $2, now() + interval '1 hour')
     on conflict (sleutel_hash) do update set verloopt_op = excluded.verloopt_op, gezien_op = now()`,
    [hashSleutel(headers.cookie.replace('samenhang=', '')), gebruikerId],
  )
}
