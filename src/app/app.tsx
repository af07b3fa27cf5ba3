import { registerLogin } from '../platform/auth/pages.tsx'
import { registerTokens } from '../platform/auth/tokens-pages.tsx'
import type { Config } from '../platform/config.ts'
import type { Omgeving } from '../platform/http/ctx.ts'
import { registerVerder } from '../platform/http/getypt.tsx'
import { type App, type Bijzonder, buildServer } from '../platform/http/server.ts'
import { registerVoortgang } from '../platform/http/voortgang.tsx'
import { registerWeergaven } from '../platform/http/weergaven.tsx'
import { DOMEINEN, MENU } from './domains.ts'
import { registerHuis } from './huis.tsx'

/** The whole application, ready to listen or to be asked with `inject`. */
export async function buildApp(config: Config, omgeving: Omgeving, bijzonder?: Bijzonder): Promise<App> {
  const app = await buildServer(config, omgeving, MENU, bijzonder)
  registerLogin(app)
  registerVerder(app)
  registerVoortgang(app)
  registerTokens(app)
  registerWeergaven(app)
  registerHuis(app)
  for (const register of DOMEINEN) register(app)
  await app.ready()
  return app
}
