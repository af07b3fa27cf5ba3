import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import cookie from '@fastify/cookie'
import csrf from '@fastify/csrf-protection'
import formbody from '@fastify/formbody'
import helmet from '@fastify/helmet'
import multipart from '@fastify/multipart'
import rateLimit from '@fastify/rate-limit'
import fastifyStatic from '@fastify/static'
import swagger from '@fastify/swagger'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import type { Recht } from '../auth/rollen.ts'
import { findWie } from '../auth/wie.ts'
import type { Config } from '../config.ts'
import { Problem } from '../problem.ts'
import { API_VERSIE } from './api.ts'
import { type Ctx, makeCtx, type Omgeving } from './ctx.ts'
import { answerProblem } from './fouten.tsx'
import { observeHttp } from './metingen.ts'
import type { Menu } from './pagina.tsx'
import { startSporen, traceRequests } from './sporen.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What the asker must be allowed to; 'openbaar' for what anyone may see. Every route has one (tested). */
    recht?: Recht | 'openbaar'
  }
  interface FastifyRequest {
    ctx: Ctx
  }
  interface FastifyInstance {
    omgeving: Omgeving
    config: Config
    menu: Menu
    /** Every route that exists, for the sweeps that prove who may see what. */
    routeLijst: Routeregel[]
  }
}

export interface Routeregel {
  methode: string
  pad: string
  recht: Recht | 'openbaar'
}

export type App = FastifyInstance

/** The largest message of the standard (OP179). */
export const MAX_BESTAND = 25 * 1024 * 1024

const API = '/api/'

/** The server with everything that every route shares; domains add their routes to it. */
export async function buildServer(config: Config, omgeving: Omgeving, menu: Menu): Promise<App> {
  const app = Fastify({
    bodyLimit: MAX_BESTAND + 64 * 1024,
    genReqId: () => randomUUID(),
    // What came in while stopping is answered as ever: whoever sent it cannot know.
    return503OnClosing: false,
    requestIdHeader: false,
    trustProxy: config.adres.startsWith('https:'),
    routerOptions: { ignoreTrailingSlash: true },
    // The path pattern, never the URL: a search term or an id in it may say something about a person.
    logger:
      config.log === 'silent'
        ? false
        : {
            level: config.log,
            serializers: {
              req: req => ({ methode: req.method, route: req.routeOptions?.url ?? 'onbekend' }),
              res: res => ({ status: res.statusCode }),
            },
          },
  }).withTypeProvider<TypeBoxTypeProvider>()

  app.decorate('omgeving', omgeving)
  app.decorate('config', config)
  app.decorate('menu', menu)
  app.decorate('routeLijst', [])
  app.decorateRequest('ctx')
  demandRecht(app)

  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        'default-src': ["'none'"],
        'style-src': ["'self'"],
        'font-src': ["'self'"],
        'img-src': ["'self'", 'data:'],
        'script-src': ["'self'"],
        'connect-src': ["'self'"],
        'form-action': ["'self'"],
        'frame-ancestors': ["'none'"],
        'base-uri': ["'none'"],
      },
    },
    strictTransportSecurity: config.adres.startsWith('https:'),
    crossOriginEmbedderPolicy: false,
    referrerPolicy: { policy: 'same-origin' },
  })
  await app.register(rateLimit, { max: 3000, timeWindow: '1 minute', errorResponseBuilder: tooMany })
  await app.register(cookie)
  await app.register(csrf, {
    cookieOpts: { httpOnly: true, sameSite: 'lax', path: '/', secure: config.adres.startsWith('https:') },
    getToken: readCsrf,
  })
  await app.register(formbody)
  await app.register(multipart, { attachFieldsToBody: true, limits: { fileSize: MAX_BESTAND, files: 20 } })
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Samenhang',
        version: '1.0.0',
        description: 'Berichten, declaraties en cijfers van een regio. Volgt de NL API Design Rules.',
        license: { name: 'EUPL-1.2' },
      },
      servers: [{ url: `${config.adres}/api/v1` }],
      components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } } },
      security: [{ token: [] }],
    },
    stripBasePath: true,
  })
  const assets = join(config.wortel, 'dist', 'assets')
  if (existsSync(assets))
    await app.register(fastifyStatic, {
      root: assets,
      prefix: '/assets/',
      immutable: true,
      maxAge: '365d',
      decorateReply: false,
      preCompressed: true,
    })

  if (config.otlp) {
    const { tracer, stop } = await startSporen(config.otlp)
    traceRequests(app, tracer)
    app.addHook('onClose', stop)
  }
  observeHttp(app)
  app.addHook('onRequest', async request => {
    const wie = await findWie(app, request)
    request.ctx = makeCtx(omgeving, wie, request.id)
    checkRecht(request)
  })
  app.addHook('onSend', async (request, reply) => {
    reply.header('x-request-id', request.id)
    if (request.url.startsWith(API)) reply.header('api-version', API_VERSIE)
    if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store')
  })
  app.setErrorHandler((error, request, reply) => answerProblem(app, error, request, reply))
  app.setNotFoundHandler({ preHandler: [] }, (request, reply) =>
    answerProblem(app, new Problem(404, 'niet-gevonden', 'Deze pagina bestaat niet'), request, reply),
  )
  return app as unknown as App
}

/** Refuses at start any route without a permission, and protects every form post against forgery. */
function demandRecht(app: FastifyInstance<never> | { addHook: FastifyInstance['addHook'] }): void {
  ;(app as FastifyInstance).addHook('onRoute', route => {
    if (route.url.startsWith('/assets/')) {
      route.config = { ...route.config, recht: 'openbaar' }
      return
    }
    const recht = route.config?.recht
    if (!recht) throw new Error(`route ${String(route.method)} ${route.url} names no recht`)
    const methods = [route.method].flat()
    for (const methode of methods)
      (app as FastifyInstance).routeLijst.push({ methode, pad: route.url, recht })
    const changes = methods.some(method => !['GET', 'HEAD', 'OPTIONS'].includes(method))
    if (changes && !route.url.startsWith(API)) {
      const own = route.preHandler === undefined ? [] : [route.preHandler].flat()
      route.preHandler = [
        (request, reply, done) => request.server.csrfProtection(request, reply, done),
        ...own,
      ]
    }
  })
}

function checkRecht(request: FastifyRequest): void {
  const recht = request.routeOptions.config.recht
  if (recht === undefined || recht === 'openbaar') return
  const { wie } = request.ctx
  if (wie.id === 'niemand')
    throw new Problem(401, 'niet-ingelogd', 'U bent niet ingelogd', 'Log in om deze pagina te zien.')
  if (!wie.rechten.has(recht))
    throw new Problem(
      403,
      'niet-toegestaan',
      'Dit hoort niet bij uw rol',
      'Vraag de beheerder als u dit wel nodig heeft.',
    )
  // A browser session may read the API (downloads), but only a token may change anything through it.
  const changes = !['GET', 'HEAD'].includes(request.method)
  if (changes && request.url.startsWith(API) && !wie.id.startsWith('token:'))
    throw new Problem(
      401,
      'token-nodig',
      'Hiervoor is een token nodig',
      'Stuur een token mee in de kop Authorization.',
    )
}

/** From a form: a plain field, or a part of a multipart body. */
function readCsrf(request: FastifyRequest): string | undefined {
  const field = (request.body as Record<string, unknown> | undefined)?._csrf
  if (typeof field === 'string') return field
  const value = (field as { value?: unknown } | undefined)?.value
  return typeof value === 'string' ? value : undefined
}

function tooMany(): Problem {
  return new Problem(
    429,
    'te-veel-vragen',
    'Te veel vragen achter elkaar',
    'Wacht een minuut en probeer het dan opnieuw.',
  )
}

/** HTML out; the type is set here so that no page can forget it. */
export function sendHtml(reply: FastifyReply, html: string, status = 200): FastifyReply {
  return reply.status(status).type('text/html; charset=utf-8').send(html)
}
