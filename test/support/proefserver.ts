import { hashSleutel, newSleutel } from '../../src/platform/auth/wie.ts'
import type { Rol } from '../../src/platform/auth/rollen.ts'
import { readConfig } from '../../src/platform/config.ts'
import { type App, buildServer } from '../../src/platform/http/server.ts'
import type { TestDatabase } from './database.ts'

/** The real server with the routes of one domain, on a clock that stands at noon of `vandaag`. */
export async function proefserver(
  { database, kluis }: TestDatabase,
  vandaag: string,
  register: (app: App) => void,
): Promise<App> {
  const config = readConfig({ SAMENHANG_LOG: 'silent' })
  const klok = () => new Date(`${vandaag}T12:00:00Z`)
  const app = await buildServer(config, { database, kluis, klok }, [])
  register(app)
  await app.ready()
  return app
}

/** Logs someone in without a browser: answers the cookie of a session. */
export async function logIn(
  { owner }: TestDatabase,
  rol: Rol,
  { gemeenten = [], aanbieder = null }: { gemeenten?: readonly string[]; aanbieder?: number | null } = {},
): Promise<{ samenhang: string }> {
  const sleutel = newSleutel()
  const { rows } = await owner.query<{ gebruiker_id: number }>(
    `insert into platform.gebruiker (naam, email, organisatie, rol, gemeenten, voor_aanbieder)
     values ($1, $2, 'Proef', $1, $3, $4) returning gebruiker_id`,
    [rol, `${sleutel}@voorbeeld.invalid`, gemeenten, aanbieder],
  )
  await owner.query(
    `insert into platform.sessie (sleutel_hash, gebruiker_id, verloopt_op) values ($1, $2, now() + interval '1 hour')`,
    [hashSleutel(sleutel), rows[0]?.gebruiker_id],
  )
  return { samenhang: sleutel }
}
