import { findBeletsel } from '../platform/db/beletsel.ts'
import { readMigrations } from '../platform/db/migrate.ts'
import { csrfToken } from '../platform/http/csrf.ts'
import { metingen } from '../platform/http/metingen.ts'
import { frame } from '../platform/http/pagina.tsx'
import type { App } from '../platform/http/server.ts'
import { notFound, Problem } from '../platform/problem.ts'
import { ComponentenPagina, renderPage } from '../platform/ui/index.ts'

/** Whom to tell about a weakness (RFC 9116); what it says holds for half a year, and is said anew at every request. */
function securityTxt(contact: string, adres: string, nu: Date): string {
  const tot = new Date(nu.getTime() + 180 * 86_400_000)
  return [
    `Contact: ${contact}`,
    `Expires: ${tot.toISOString()}`,
    'Preferred-Languages: nl, en',
    `Canonical: ${adres}/.well-known/security.txt`,
    '',
  ].join('\n')
}

/** Asks at most once a second, however many want to know; meanwhile they get the same answer. */
function onceASecond<T>(ask: () => Promise<T>): () => Promise<T> {
  let antwoord: Promise<T> | undefined
  let tot = 0
  return () => {
    const nu = performance.now()
    if (antwoord === undefined || nu >= tot) {
      antwoord = ask()
      tot = nu + 1_000
    }
    return antwoord
  }
}

/** What belongs to no domain: health, measurements, the description of the API, the components. */
export function registerHuis(app: App): void {
  const { database } = app.omgeving
  const hidden = { hide: true }
  const beletsel = onceASecond(async () =>
    findBeletsel(database, (await readMigrations(app.config.wortel)).length),
  )

  app.get('/gezond', { config: { recht: 'openbaar', rateLimit: false }, schema: hidden }, async () => {
    const reden = app.omgeving.toestand?.stuk()
    if (reden !== undefined) throw new Problem(503, 'niet-gezond', 'Start Samenhang opnieuw', reden)
    return { status: 'gezond' }
  })

  // Not counted: behind a proxy that we do not know, a stranger would use up what is for who watches over us.
  app.get('/klaar', { config: { recht: 'openbaar', rateLimit: false }, schema: hidden }, async () => {
    const reden = (await beletsel()) ?? (await app.omgeving.toestand?.bezet())
    if (reden !== undefined) throw new Problem(503, 'niet-klaar', 'Nog niet klaar', reden)
    return { status: 'klaar' }
  })

  app.get(
    '/.well-known/security.txt',
    { config: { recht: 'openbaar' }, schema: hidden },
    async (request, reply) => {
      const { contact, adres } = app.config
      if (contact === undefined) throw notFound('Een contact voor beveiliging')
      return reply.type('text/plain; charset=utf-8').send(securityTxt(contact, adres, request.ctx.nu))
    },
  )

  app.get('/metrics', { config: { recht: 'metingen.lezen' }, schema: hidden }, async (_, reply) =>
    reply.type(metingen.contentType).send(await metingen.metrics()),
  )

  app.get('/api/v1/openapi.json', { config: { recht: 'openbaar' }, schema: hidden }, async (_, reply) =>
    reply
      .header('cache-control', 'public, max-age=3600')
      .header('access-control-allow-origin', '*')
      .send(app.swagger()),
  )

  app.get('/componenten', { config: { recht: 'openbaar' }, schema: hidden }, async (request, reply) => {
    const around = frame(app, request, '/componenten')
    const html = renderPage(
      <ComponentenPagina adres={request.url} {...around} csrf={csrfToken(request, reply)} />,
    )
    return reply.type('text/html; charset=utf-8').send(html)
  })
}
