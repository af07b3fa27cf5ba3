import { describe, expect, it } from 'vitest'
import { testApp } from './support/app.ts'
import { testDatabase } from './support/database.ts'
import { testOmgeving } from './support/regio.ts'

const db = await testDatabase()
const { app } = await testApp(db, testOmgeving(db))

interface Operatie {
  summary?: string
  operationId?: string
  tags?: string[]
  responses: Record<string, { description: string; content?: Record<string, unknown> }>
}

interface OpenApi {
  openapi: string
  servers: { url: string }[]
  paths: Record<string, Record<string, Operatie>>
}

const antwoord = await app.inject({ url: '/api/v1/openapi.json' })
const spec = antwoord.json() as OpenApi
const operaties = Object.entries(spec.paths).flatMap(([pad, per]) =>
  Object.entries(per).map(([methode, operatie]) => ({
    naam: `${methode.toUpperCase()} ${pad}`,
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
    for (const status of ['401', '403', '429'])
      expect(Object.keys(operatie.responses[status]?.content ?? {})).toEqual(['application/problem+json'])
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
