import * as client from 'openid-client'
import type { Config } from '../config.ts'
import type { App } from '../http/server.ts'
import { Problem } from '../problem.ts'
import { startSessie } from './wie.ts'

/** Where the login provider sends the browser back to. */
const TERUG = '/inloggen/terug'

/**
 * Login by OpenID Connect: authorization code with PKCE, state and nonce. The state of a login in progress is a row,
 * not memory: any web process can finish what another began. The provider says who it is (verified e-mail address);
 * what that person may do is decided here, by the beheerder.
 */
export function registerOidc(app: App, oidc: NonNullable<Config['oidc']>): void {
  let found: Promise<client.Configuration> | undefined
  const discover = () => {
    const insecure = oidc.issuer.startsWith('http://127.0.0.1') || oidc.issuer.startsWith('http://localhost')
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
  const { pool } = app.omgeving.database
  const limit = { rateLimit: { max: 30, timeWindow: '1 minute' } }

  app.get(
    '/inloggen/oidc',
    { config: { recht: 'openbaar', ...limit }, schema: { hide: true } },
    async (request, reply) => {
      const configuration = await discover().catch(() => {
        throw new Problem(
          503,
          'inloggen-onbereikbaar',
          'Inloggen lukt nu niet',
          'De inlogdienst antwoordt niet. Probeer het later opnieuw.',
        )
      })
      const verifier = client.randomPKCECodeVerifier()
      const staat = client.randomState()
      const nonce = client.randomNonce()
      const naar = localPath((request.query as { naar?: string }).naar)
      await pool.query('delete from platform.aanmelding where verloopt_op < now()')
      await pool.query(
        "insert into platform.aanmelding (staat, gegevens, verloopt_op) values ($1, $2, now() + interval '10 minutes')",
        [staat, JSON.stringify({ verifier, nonce, naar })],
      )
      reply.setCookie('samenhang-aanmelding', staat, {
        path: TERUG,
        httpOnly: true,
        sameSite: 'lax',
        secure: app.config.adres.startsWith('https:'),
        maxAge: 600,
      })
      const url = client.buildAuthorizationUrl(configuration, {
        redirect_uri: `${app.config.adres}${TERUG}`,
        scope: 'openid email profile',
        code_challenge: await client.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        state: staat,
        nonce,
      })
      return reply.redirect(url.href)
    },
  )

  app.get(
    TERUG,
    { config: { recht: 'openbaar', ...limit }, schema: { hide: true } },
    async (request, reply) => {
      const staat = request.cookies['samenhang-aanmelding'] ?? ''
      const { rows } = await pool.query<{ gegevens: { verifier: string; nonce: string; naar: string } }>(
        'delete from platform.aanmelding where staat = $1 and verloopt_op > now() returning gegevens',
        [staat],
      )
      const aanmelding = rows[0]?.gegevens
      if (!aanmelding)
        throw refused('De aanmelding is verlopen of in een andere browser begonnen. Begin opnieuw.')
      const tokens = await client
        .authorizationCodeGrant(await discover(), new URL(request.url, app.config.adres), {
          pkceCodeVerifier: aanmelding.verifier,
          expectedState: staat,
          expectedNonce: aanmelding.nonce,
        })
        .catch(() => {
          throw refused('De inlogdienst heeft de aanmelding niet bevestigd.')
        })
      const claims = tokens.claims()
      if (typeof claims?.email !== 'string' || claims.email_verified === false)
        throw refused('De inlogdienst geeft geen bevestigd e-mailadres door.')
      const known = await pool.query<{ gebruiker_id: number }>(
        'select gebruiker_id from platform.gebruiker where lower(email) = lower($1) and actief and not demonstratie',
        [claims.email],
      )
      const gebruiker = known.rows[0]
      if (!gebruiker)
        throw refused(
          'U bent bekend bij de inlogdienst, maar heeft nog geen rol in Samenhang. Vraag de beheerder.',
        )
      await startSessie(app, request, reply, gebruiker.gebruiker_id)
      return reply.clearCookie('samenhang-aanmelding', { path: TERUG }).redirect(aanmelding.naar)
    },
  )
}

function refused(detail: string): Problem {
  return new Problem(403, 'inloggen-geweigerd', 'Inloggen is niet gelukt', detail)
}

/** Only a path of our own: never a way to send someone elsewhere after login. */
export function localPath(naar: string | undefined): string {
  return naar !== undefined && /^\/(?![/\\])/.test(naar) && !naar.startsWith('/inloggen') ? naar : '/'
}
