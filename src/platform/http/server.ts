import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import cookie from '@fastify/cookie'
import formbody from '@fastify/formbody'
import helmet from '@fastify/helmet'
import rateLimit from '@fastify/rate-limit'
import fastifyStatic from '@fastify/static'
import swagger from '@fastify/swagger'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import type { Recht } from '../auth/rollen.ts'
import { findToegang, NIEMAND, type Sessie } from '../auth/wie.ts'
import type { Config } from '../config.ts'
import { Problem } from '../problem.ts'
import { API_VERSIE, contactOf, describeVersie, VERSIE } from './api.ts'
import { compress } from './compressie.ts'
import { checkCsrf, checkHerkomst, isFromOwnPage } from './csrf.ts'
import { type Ctx, makeCtx, type Omgeving } from './ctx.ts'
import { answerAlike, findAnswer, onlyOnce, rememberAnswer } from './eenmaal.ts'
import { answerProblem, answerUnread, recordRefusal, toProblem } from './fouten.tsx'
import { mayHold, readGetypt, throwHeld } from './getypt.tsx'
import {
  checkAdres,
  cutSlowBody,
  finishBody,
  hasBody,
  MAX_FORMULIER,
  makeDrukte,
  TIJDEN,
  type Tijden,
  tooMany,
} from './grenzen.ts'
import { observeHttp } from './metingen.ts'
import type { Menu } from './pagina.tsx'
import { startSporen, traceRequests } from './sporen.ts'
import { checkSoort, readMultipart } from './upload.ts'
import { checkVoorwaarde } from './voorwaarde.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What the asker must be allowed to; 'openbaar' for what anyone may see. Every route has one (tested). */
    recht?: Recht | 'openbaar'
    /** A form that does no harm to who is not logged in, and then needs no token. */
    zonderSessieVrij?: boolean
  }
  interface FastifyRequest {
    ctx: Ctx
    /** Of the browser that asks, when it is logged in. */
    sessie: Sessie | undefined
  }
  interface FastifyInstance {
    omgeving: Omgeving
    config: Config
    menu: Menu
    /** Every route that exists, for the sweeps that prove who may see what. */
    routeLijst: Routeregel[]
    /** See `Tijden`. */
    geduld: number
  }
}

export interface Routeregel {
  methode: string
  pad: string
  recht: Recht | 'openbaar'
  bodyGrens: number
}

export type App = FastifyInstance

/** What a test has otherwise than a server that runs. */
export interface Bijzonder {
  tijden?: Tijden
  /** What all uploads together may hold, in bytes. */
  samen?: number
  logStream?: { write(regel: string): void }
}

const API = '/api/'
const ASSETS = '/assets/'

/** The server with everything that every route shares; domains add their routes to it. */
export async function buildServer(
  config: Config,
  omgeving: Omgeving,
  menu: Menu,
  { tijden = TIJDEN, samen, logStream }: Bijzonder = {},
): Promise<App> {
  const app = Fastify({
    bodyLimit: MAX_FORMULIER,
    requestTimeout: tijden.bestand,
    http: {
      headersTimeout: Math.min(tijden.kop, tijden.bestand),
      connectionsCheckingInterval: Math.max(100, tijden.kop / 3),
    },
    genReqId: () => randomUUID(),
    // What came in while stopping is answered as ever: whoever sent it cannot know.
    return503OnClosing: false,
    requestIdHeader: false,
    // What is sent and not known is a fault of who sent it, not something to leave out in silence; every fault is said at once.
    ajv: { customOptions: { removeAdditional: false, allErrors: true } },
    // An address that cannot be read reaches none of what stands below.
    frameworkErrors: (error, request, reply) => answerUnread(error, request, reply),
    trustProxy: config.proxies.length === 0 ? false : [...config.proxies],
    routerOptions: { ignoreTrailingSlash: true },
    // The path pattern, never the URL: a search term or an id in it may say something about a person.
    logger:
      config.log === 'silent'
        ? false
        : {
            level: config.log,
            ...(logStream && { stream: logStream }),
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
  app.decorate('geduld', tijden.geduld)
  app.decorateRequest('ctx')
  app.decorateRequest('sessie')
  app.decorateRequest('verzending')
  app.decorateRequest('weigering')
  app.decorateRequest('getypt')
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
  await app.register(rateLimit, { global: false, timeWindow: '1 minute', errorResponseBuilder: tooMany })
  await app.register(cookie)
  // Forms only: a domain that reads something else says so for its own routes.
  app.removeAllContentTypeParsers()
  await app.register(formbody)
  app.addContentTypeParser('multipart/form-data', (request: FastifyRequest) => readMultipart(request, samen))
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Samenhang',
        version: API_VERSIE,
        description: `Berichten, declaraties en cijfers van een regio. Volgt de NL API Design Rules 2.1. Een nieuwe versie met wijzigingen die iets breken krijgt een eigen adres; de oude blijft dan nog een jaar, en dat staat in de lijst van wijzigingen. Van andere sites mag alleen deze beschrijving worden gelezen.`,
        contact: contactOf(config),
        license: { name: 'EUPL-1.2' },
      },
      servers: [{ url: `${config.adres}/api/v1` }],
      components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } } },
      security: [{ token: [] }],
    },
    stripBasePath: true,
    transformObject: beschrijving =>
      'openapiObject' in beschrijving
        ? describeVersie(beschrijving.openapiObject as object)
        : beschrijving.swaggerObject,
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
  decideAccess(app as unknown as App, tijden)
  app.addHook('onSend', async (request, reply) => {
    await rememberAnswer(request, reply)
    finishBody(request, reply)
    reply.header('x-request-id', request.id)
    if (request.url.startsWith(API)) reply.header(VERSIE, API_VERSIE)
    if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store')
  })
  app.addHook('onSend', compress)
  app.setErrorHandler(async (error, request, reply) => {
    const naar = await findAnswer(request, error)
    if (naar !== undefined) return reply.redirect(naar, 303)
    await recordRefusal(request, error)
    return answerProblem(app, error, request, reply)
  })
  return app as unknown as App
}

/**
 * Everything that is decided before a byte of the body is read: who asks, whether they ask too much, whether they may, and
 * whether this can be read here at all. Files that everybody gets need none of it.
 */
function decideAccess(app: App, tijden: Tijden): void {
  const tel = makeDrukte(app, app.config)
  app.addHook('onRequest', async (request, reply) => {
    cutSlowBody(request, tijden)
    if (request.routeOptions.url?.startsWith(ASSETS)) return
    try {
      await admit(request, reply)
    } catch (weigering) {
      if (!mayHold(request, weigering, toProblem(weigering).status)) throw weigering
      request.weigering = weigering
      request.ctx ??= makeCtx(app.omgeving, NIEMAND, request.id)
    }
  })
  const admit = async (request: FastifyRequest, reply: FastifyReply) => {
    const { wie, sessie, sleutel, ongeldig } = await findToegang(app, request)
    request.ctx = makeCtx(app.omgeving, wie, request.id)
    request.sessie = sessie
    await tel(request, sleutel)
    checkAdres(request)
    if (ongeldig !== undefined) throw ongeldig
    if (request.is404 || hasSlashBehind(request)) throw otherMethod(app, request, reply) ?? notHere()
    checkRecht(request)
    if (request.url.startsWith(API) && isChange(request)) checkVoorwaarde(request)
    if (hasBody(request)) checkSoort(request)
  }
  app.setNotFoundHandler(async (request, reply) => {
    // A file that is not there: the only thing that was not counted yet.
    if (request.ctx === undefined) await tel(request, undefined)
    return answerProblem(app, otherMethod(app, request, reply) ?? notHere(), request, reply)
  })
}

/** A machine asks for one address, and only that is there (/core/no-trailing-slash); people's links are taken with it. */
const hasSlashBehind = ({ url }: FastifyRequest) => url.startsWith(API) && pathOf(url).endsWith('/')

const pathOf = (url: string) => url.split('?')[0] ?? ''

/** 405 with what can be asked of an address of the API that another method asks for (/core/http-methods). */
function otherMethod(app: App, { url }: FastifyRequest, reply: FastifyReply): Problem | undefined {
  if (!url.startsWith(API)) return undefined
  const kan = app.routeLijst
    .filter(({ pad }) =>
      new RegExp(`^${pad.replaceAll('.', '\\.').replaceAll(/:\w+/g, '[^/]+')}$`).test(pathOf(url)),
    )
    .map(({ methode }) => methode)
  if (kan.length === 0) return undefined
  reply.header('allow', kan.join(', '))
  return new Problem(405, 'andere-methode', 'Dit kan met dit adres niet', `Wel: ${kan.join(', ')}.`)
}

const notHere = () => new Problem(404, 'niet-gevonden', 'Deze pagina bestaat niet')

/** What an API call may ask, and nothing else. */
const onlyThese = (vraag: unknown) => ({
  type: 'object',
  properties: {},
  ...(vraag as object | undefined),
  additionalProperties: false,
})

/** Refuses at start any route without a permission, and protects every form post against forgery. */
function demandRecht(app: FastifyInstance<never> | { addHook: FastifyInstance['addHook'] }): void {
  ;(app as FastifyInstance).addHook('onRoute', route => {
    if (route.url.startsWith(ASSETS)) {
      route.config = { ...route.config, recht: 'openbaar' }
      return
    }
    const recht = route.config?.recht
    if (!recht) throw new Error(`route ${String(route.method)} ${route.url} names no recht`)
    const methods = [route.method].flat()
    if (route.url.startsWith(API))
      route.schema = { ...route.schema, querystring: onlyThese(route.schema?.querystring) }
    const bodyGrens = route.bodyLimit ?? MAX_FORMULIER
    for (const methode of methods)
      (app as FastifyInstance).routeLijst.push({ methode, pad: route.url, recht, bodyGrens })
    const changes = methods.some(method => !['GET', 'HEAD', 'OPTIONS'].includes(method))
    if (!changes || route.url.startsWith(API)) return
    const before = [route.onRequest ?? []].flat()
    route.onRequest = [async request => checkHerkomst(request), ...before]
    // A form with files was judged when its first field came in.
    const own = [route.preHandler ?? []].flat()
    route.preHandler = [
      async request => {
        throwHeld(request)
        checkFormulier(request)
        onlyOnce(request)
      },
      ...own,
    ]
    route.handler = answerAlike(route.handler)
  })
}

function checkFormulier(request: FastifyRequest): void {
  const vrij = request.routeOptions.config.zonderSessieVrij === true && request.ctx.wie.id === 'niemand'
  // A form that has expired is shown again with what was typed: it stood on a page of ours, says the browser itself.
  if (isFromOwnPage(request)) request.getypt = readGetypt(request.body)
  if (!vrij) checkCsrf(request, (request.body as Record<string, unknown> | undefined)?._csrf)
  request.getypt = readGetypt(request.body)
}

const isChange = ({ method }: FastifyRequest) => !['GET', 'HEAD'].includes(method)

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
      'Vraag de beheerder als u dit wel nodig hebt.',
    )
  // A browser session may read the API (downloads), but only a token may change anything through it.
  if (isChange(request) && request.url.startsWith(API) && !wie.id.startsWith('token:'))
    throw new Problem(
      401,
      'token-nodig',
      'Hiervoor is een token nodig',
      'Stuur een token mee in de kop Authorization.',
    )
}
