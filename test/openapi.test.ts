import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { projectRoot } from '../src/platform/config.ts'
import { appMaker, testApp } from './support/app.ts'
import { testDatabase } from './support/database.ts'
import { testOmgeving } from './support/regio.ts'

const db = await testDatabase()
const omgeving = testOmgeving(db)
const { app } = await testApp(db, omgeving)
const make = appMaker(omgeving)

interface Schema {
  properties?: Record<string, Schema>
  format?: string
}

interface Operatie {
  summary?: string
  operationId?: string
  tags?: string[]
  parameters?: { in: string; name: string }[]
  requestBody?: unknown
  responses: Record<
    string,
    { description: string; headers?: Record<string, unknown>; content?: Record<string, { schema?: Schema }> }
  >
}

interface OpenApi {
  openapi: string
  info: { version: string; contact?: Record<string, string> }
  servers: { url: string }[]
  paths: Record<string, Record<string, Operatie>>
}

const antwoord = await app.inject({ url: '/api/v1/openapi.json' })
const spec = antwoord.json() as OpenApi
const operaties = Object.entries(spec.paths).flatMap(([pad, per]) =>
  Object.entries(per).map(([methode, operatie]) => ({
    naam: `${methode.toUpperCase()} ${pad}`,
    methode,
    pad,
    operatie,
  })),
)

describe('/api/v1/openapi.json', () => {
  it('is OpenAPI 3.1, open voor iedereen, en mag van elke site worden gelezen', () => {
    expect(spec.openapi).toMatch(/^3\.1/)
    expect(antwoord.headers['access-control-allow-origin']).toBe('*')
    expect(antwoord.headers['api-version']).toMatch(/^\d+\.\d+\.\d+$/)
    expect(spec.servers[0]?.url).toMatch(/\/api\/v1$/)
  })

  it('beschrijft elke route van de API, en geen andere', () => {
    const echt = app.routeLijst
      .filter(
        ({ methode, pad }) => pad.startsWith('/api/v1/') && methode !== 'HEAD' && !pad.endsWith('.json'),
      )
      .map(({ methode, pad }) => `${methode} ${pad.replace('/api/v1', '').replaceAll(/:(\w+)/g, '{$1}')}`)
    expect(echt.length).toBeGreaterThan(4)
    expect(operaties.map(o => o.naam).sort()).toEqual(echt.sort())
  })

  it.each(operaties)('$naam heeft een naam, een uitleg en alle weigeringen', ({ operatie }) => {
    expect(operatie.summary).toMatch(/^[A-Z]/)
    expect(operatie.operationId).toMatch(/^[a-z][A-Za-z]+$/)
    expect(operatie.tags?.length).toBe(1)
    for (const status of Object.keys(operatie.responses).filter(s => /^[45]/.test(s)))
      expect(Object.keys(operatie.responses[status]?.content ?? {})).toEqual(['application/problem+json'])
    expect(Object.keys(operatie.responses)).toEqual(expect.arrayContaining(['400', '401', '403', '429']))
    expect(Object.keys(operatie.responses).some(status => status.startsWith('2'))).toBe(true)
  })

  it.each(operaties)('$naam volgt de NL API Design Rules voor namen', ({ pad }) => {
    expect(pad).toMatch(/^(\/([a-z]+(-[a-z]+)*|\{[a-z][A-Za-z]*\}))+$/)
    expect(pad.endsWith('/')).toBe(false)
  })

  it('geeft elke operatie een eigen naam', () => {
    const namen = operaties.map(o => o.operatie.operationId)
    expect(new Set(namen).size).toBe(namen.length)
  })
})

/** A value for each parameter of a path, that no route minds. */
const adresVan = (pad: string) => `/api/v1${pad.replaceAll(/\{\w+\}/g, '1')}`
const SEMVER = /^\d+\.\d+\.\d+$/

/** The rules that can be tested, by their name (NL API Design Rules 2.1); https is the address of a real installation. */
describe('NL API Design Rules', () => {
  it('doc-openapi: zegt wie te vragen is, met naam, adres en e-mail', async () => {
    const { maintenance } = Object.fromEntries(
      [
        ...readFileSync(join(projectRoot(), 'publiccode.yml'), 'utf8').matchAll(
          /- name: (Team.*)\n\s+email: (.*)/g,
        ),
      ].map(([, name, email]) => ['maintenance', { name, email }]),
    )
    expect(spec.info.contact).toEqual({ ...maintenance, url: expect.stringMatching(/^https:/) })
    const eigen = await make({
      contact: 'mailto:api@regio.example',
      adres: 'https://samenhang.regio.example',
    })
    const { info, servers } = (await eigen.inject({ url: '/api/v1/openapi.json' })).json() as OpenApi
    expect(info.contact).toEqual({
      name: 'Beheer van deze Samenhang',
      email: 'api@regio.example',
      url: 'https://samenhang.regio.example',
    })
    // uri-version and transport-security
    expect(servers).toEqual([{ url: 'https://samenhang.regio.example/api/v1' }])
    const antwoord = await eigen.inject({ url: '/api/v1/berichten' })
    expect(antwoord.headers['strict-transport-security']).toMatch(/max-age=\d{7,}/)
    expect(antwoord.headers['access-control-allow-origin']).toBeUndefined()
  })

  it('semver: beschrijving en kop zeggen dezelfde volledige versie', () => {
    expect(spec.info.version).toMatch(SEMVER)
    expect(antwoord.headers['api-version']).toBe(spec.info.version)
  })

  it.each(operaties)('version-header: $naam beschrijft de kop bij elk antwoord', ({ operatie }) => {
    for (const [status, { headers }] of Object.entries(operatie.responses))
      expect([status, Object.keys(headers ?? {})]).toEqual([status, expect.arrayContaining(['API-Version'])])
  })

  it.each(operaties)(
    'version-header: $naam stuurt hem echt, ook bij een weigering',
    async ({ methode, pad }) => {
      const { statusCode, headers } = await app.inject({ method: methode as 'get', url: adresVan(pad) })
      expect([statusCode >= 400, headers['api-version'], headers['content-type']]).toEqual([
        true,
        spec.info.version,
        'application/problem+json; charset=utf-8',
      ])
    },
  )

  it.each([
    '/api/v1',
    '/api/v1/',
    '/api/v1/bestaat-niet',
    '/api/v1/berichten/',
    '/api/v1/%zz',
    '/api/v1/a%00b',
  ])('version-header: ook %s', async url => {
    const { statusCode, headers } = await app.inject({ url })
    expect([statusCode, headers['api-version']]).toEqual([
      expect.toSatisfy((s: number) => s === 400 || s === 404),
      spec.info.version,
    ])
  })

  it.each(operaties)(
    'no-trailing-slash: $naam is er niet met een streep erachter',
    async ({ methode, pad }) => {
      const { statusCode } = await app.inject({ method: methode as 'get', url: `${adresVan(pad)}/` })
      expect(statusCode).toBe(404)
    },
  )

  it.each(operaties)(
    'http-methods: $naam, en een andere methode krijgt 405 met wat wel kan',
    async ({ methode, pad }) => {
      expect(['get', 'post', 'put', 'patch', 'delete']).toContain(methode)
      const kan = operaties.filter(o => o.pad === pad).map(o => o.methode.toUpperCase())
      const anders = await app.inject({ method: 'PATCH', url: adresVan(pad) })
      expect([anders.statusCode, anders.headers['content-type']]).toEqual([
        405,
        'application/problem+json; charset=utf-8',
      ])
      const mag = String(anders.headers.allow).split(', ')
      expect(mag.filter(m => m !== 'HEAD').sort()).toEqual(kan.sort())
    },
  )

  it.each(operaties)('query-keys: $naam vraagt in camelCase', ({ operatie }) => {
    // A header has the name that HTTP gives it.
    for (const { name } of (operatie.parameters ?? []).filter(p => p.in !== 'header'))
      expect(name).toMatch(/^[a-z][a-zA-Z0-9]*$/)
  })

  it.each(operaties)('problem-details en datums: $naam', ({ operatie }) => {
    for (const [status, { content = {} }] of Object.entries(operatie.responses)) {
      if (/^[45]/.test(status))
        expect(Object.keys(content['application/problem+json']?.schema?.properties ?? {})).toEqual(
          expect.arrayContaining(['status', 'title', 'detail']),
        )
      for (const { schema } of Object.values(content)) expect(datesWithoutFormat(schema)).toEqual([])
    }
  })
})

/** Fields that are called a day and do not say so. */
function datesWithoutFormat(schema: Schema | undefined): string[] {
  if (schema === null || typeof schema !== 'object') return []
  const eigen = Object.entries(schema.properties ?? {}).flatMap(([naam, veld]) =>
    /^(date|datum)$|\w(D|_d)(ate|atum)/.test(naam) && !JSON.stringify(veld).includes('"format":"date"')
      ? [naam]
      : [],
  )
  return [...eigen, ...Object.values(schema).flatMap(deel => datesWithoutFormat(deel as Schema))]
}
