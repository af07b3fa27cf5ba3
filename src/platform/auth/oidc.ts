import type { FastifyRequest } from 'fastify'
import * as client from 'openid-client'
import { audit, type Onderwerp } from '../audit.ts'
import type { OidcConfig } from '../config.ts'
import { NOBODY } from '../db/database.ts'
import { gastSleutel } from '../http/csrf.ts'
import type { App } from '../http/server.ts'
import { Problem } from '../problem.ts'
import {
  type Identiteit,
  needsUserinfo,
  type Oorzaak,
  readIdentiteit,
  recognize,
  WEIGERING,
} from './identiteit.ts'
import { cookieNaam, hashSleutel } from './koekje.ts'
import { localPath } from './terug.ts'
import { startSessie } from './wie.ts'

/** Where the login provider sends the browser back to, after login and after logout. */
const TERUG = '/inloggen/terug'
export const UITGELOGD = '/uitgelogd'

/** A login in progress. `browser`: hash of the secret of the browser in which it began. */
interface Aanmelding {
  verifier: string
  nonce: string
  naar: string
  browser: string
}

/** What the rest of the house needs of the provider. */
export interface Inlogdienst {
  /** Where a browser logs out at the provider too; undefined when it offers that nowhere, or does not answer. */
  findAfmeldAdres(): Promise<string | undefined>
}

/**
 * Login by OpenID Connect: authorization code with PKCE, state and nonce. The state of a login in progress is a row,
 * not memory: any web process can finish what another began, and one browser can have several in progress. The provider says
 * who it is; what that person may do is decided here, by the beheerder.
 */
export function registerOidc(app: App, oidc: OidcConfig): Inlogdienst {
  const { database } = app.omgeving
  const { pool } = database
  const { adres } = app.config
  const discover = makeDiscover(oidc)
  // A town hall is one address, and on Monday morning everybody comes in at once.
  const config = { recht: 'openbaar', rateLimit: { max: 1200, timeWindow: '1 minute' } } as const
  const schema = { hide: true }

  app.get('/inloggen/oidc', { config, schema }, async (request, reply) => {
    const configuration = await discover().catch(error => {
      const code = codeOf(error)
      // It answers, and what it says does not go with what is set: waiting does not help.
      const anders = code.startsWith('OAUTH_')
      const oorzaak = anders ? 'inlogdienst-anders-ingesteld' : 'inlogdienst-onbereikbaar'
      request.log.error({ oorzaak, code }, 'inloggen lukt niet')
      throw new Problem(
        503,
        anders ? 'inloggen-verkeerd-ingesteld' : 'inloggen-onbereikbaar',
        'Inloggen lukt nu niet',
        anders
          ? 'De inlogdienst past niet bij wat hier is ingesteld. Meld het bij de beheerder van Samenhang.'
          : 'De inlogdienst antwoordt niet. Probeer het later opnieuw.',
      )
    })
    const verifier = client.randomPKCECodeVerifier()
    const staat = client.randomState()
    const nonce = client.randomNonce()
    const browser = hashSleutel(gastSleutel(request, reply)).toString('base64url')
    const naar = localPath((request.query as { naar?: unknown }).naar, adres)
    const gegevens: Aanmelding = { verifier, nonce, naar, browser }
    await pool.query('delete from platform.aanmelding where verloopt_op < now()')
    await pool.query(
      "insert into platform.aanmelding (staat, gegevens, verloopt_op) values ($1, $2, now() + interval '10 minutes')",
      [staat, JSON.stringify(gegevens)],
    )
    const url = client.buildAuthorizationUrl(configuration, {
      redirect_uri: `${adres}${TERUG}`,
      scope: 'openid email profile',
      code_challenge: await client.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      state: staat,
      nonce,
    })
    return reply.redirect(url.href)
  })

  app.get(TERUG, { config, schema }, async (request, reply) => {
    const { staat, aanmelding } = await takeAanmelding(app, request)
    const identiteit = await askProvider(request, await discover(), oidc, staat, aanmelding, adres)
    const uitkomst = await database.write(NOBODY, async tx => {
      const herkend = await recognize(tx, identiteit)
      const leg = (actie: string, onderwerp: Onderwerp) =>
        audit(tx, request.ctx, actie, 'Beheer van de toepassing', onderwerp)
      if ('oorzaak' in herkend) {
        const { oorzaak, gebruikerId } = herkend
        await leg('inloggen.geweigerd', {
          oorzaak,
          ...(gebruikerId !== undefined && { gebruiker: gebruikerId }),
        })
        return herkend
      }
      const gebruiker = herkend.gebruikerId
      if (herkend.gekoppeld) await leg('gebruiker.gekoppeld', { gebruiker })
      if (herkend.rol)
        await leg('gebruiker.gewijzigd', {
          gebruiker,
          rolOud: herkend.rol.oud,
          rolNieuw: herkend.rol.nieuw,
          door: 'inlogdienst',
        })
      return herkend
    })
    if ('oorzaak' in uitkomst) throw refuse(request, uitkomst.oorzaak)
    // A second tab that comes back later finds the session of the first, and the forms of both keep working.
    if (request.sessie?.gebruikerId !== uitkomst.gebruikerId || uitkomst.rol)
      await startSessie(app, request, reply, uitkomst.gebruikerId)
    return reply.redirect(aanmelding.naar)
  })

  return {
    findAfmeldAdres: async () => {
      const configuration = await discover().catch(() => undefined)
      if (!configuration?.serverMetadata().end_session_endpoint) return undefined
      return client.buildEndSessionUrl(configuration, { post_logout_redirect_uri: `${adres}${UITGELOGD}` })
        .href
    },
  }
}

/** Asks the provider once where everything is; again when it did not answer. */
function makeDiscover(oidc: OidcConfig): () => Promise<client.Configuration> {
  let found: Promise<client.Configuration> | undefined
  return () => {
    const insecure = /^http:\/\/(127\.0\.0\.1|localhost)(:|\/|$)/.test(oidc.issuer)
    found ??= client
      .discovery(new URL(oidc.issuer), oidc.clientId, oidc.clientSecret, undefined, {
        execute: insecure ? [client.allowInsecureRequests] : [],
      })
      .catch(error => {
        found = undefined // the provider may be back at the next attempt
        throw error
      })
    return found
  }
}

/** The login that this return belongs to; it can be used once, and only in the browser where it began. Throws 403. */
async function takeAanmelding(
  app: App,
  request: FastifyRequest,
): Promise<{ staat: string; aanmelding: Aanmelding }> {
  const { state } = request.query as { state?: unknown }
  const geheim = request.cookies[cookieNaam(app, 'gast')]
  if (typeof state !== 'string' || geheim === undefined) throw refuse(request, 'aanmelding-onbekend')
  const { rows } = await app.omgeving.database.pool.query<{ gegevens: Aanmelding }>(
    `delete from platform.aanmelding where staat = $1 and verloopt_op > now() and gegevens->>'browser' = $2
     returning gegevens`,
    [state, hashSleutel(geheim).toString('base64url')],
  )
  const aanmelding = rows[0]?.gegevens
  if (!aanmelding) throw refuse(request, 'aanmelding-onbekend')
  return { staat: state, aanmelding }
}

/** Who the provider says it is, from the ID token and, for what that leaves open, from userinfo. Throws 403. */
async function askProvider(
  request: FastifyRequest,
  configuration: client.Configuration,
  oidc: OidcConfig,
  staat: string,
  { verifier, nonce }: Aanmelding,
  adres: string,
): Promise<Identiteit> {
  try {
    const tokens = await client.authorizationCodeGrant(configuration, new URL(request.url, adres), {
      pkceCodeVerifier: verifier,
      expectedState: staat,
      expectedNonce: nonce,
      idTokenExpected: true,
    })
    const claims = tokens.claims()
    if (!claims) throw new Error('no ID token')
    const vragen =
      configuration.serverMetadata().userinfo_endpoint !== undefined && needsUserinfo(claims, oidc)
    const meer = vragen ? await client.fetchUserInfo(configuration, tokens.access_token, claims.sub) : {}
    return readIdentiteit({ ...meer, ...claims }, oidc)
  } catch (error) {
    const afgebroken = error instanceof client.AuthorizationResponseError && error.error === 'access_denied'
    throw refuse(request, afgebroken ? 'afgebroken' : 'niet-bevestigd', codeOf(error))
  }
}

/** Logs why, without who, and answers the refusal in plain words. */
function refuse(request: FastifyRequest, oorzaak: Oorzaak, code?: string): Problem {
  request.log.warn({ oorzaak, ...(code !== undefined && { code }) }, 'inloggen geweigerd')
  const { contact } = request.server.config
  const hulp = contact === undefined ? '' : ` U bereikt ons via ${contact.replace(/^(mailto|tel):/, '')}.`
  return new Problem(403, 'inloggen-geweigerd', 'Inloggen is niet gelukt', `${WEIGERING[oorzaak]}${hulp}`)
}

/** The kind of fault, never its text: that may repeat what the provider said about a person. */
function codeOf(error: unknown): string {
  if (error instanceof client.AuthorizationResponseError || error instanceof client.ResponseBodyError)
    return error.error
  return innermostCode(error) ?? (error instanceof Error ? error.name : 'onbekend')
}

/** The code of what lies under it all: fetch wraps 'ECONNREFUSED' in a TypeError, and of several tries in a list. */
function innermostCode(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined
  const onder = error instanceof AggregateError ? error.errors[0] : error.cause
  const { code } = error as { code?: unknown }
  return innermostCode(onder) ?? (code === undefined ? undefined : String(code))
}
