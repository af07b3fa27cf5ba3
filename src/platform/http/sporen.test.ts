import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import Fastify from 'fastify'
import { expect, test } from 'vitest'
import { startSporen, traceRequests } from './sporen.ts'

test('a request becomes a span that names the route and not the address', async () => {
  const bodies: string[] = []
  const collector = createServer((request, response) => {
    const delen: Buffer[] = []
    request.on('data', deel => delen.push(deel))
    request.on('end', () => {
      bodies.push(`${request.url} ${Buffer.concat(delen).toString('utf8')}`)
      response.setHeader('content-type', 'application/json').end('{}')
    })
  })
  await new Promise<void>(resolve => collector.listen(0, '127.0.0.1', resolve))
  const { tracer, stop } = await startSporen(`http://127.0.0.1:${(collector.address() as AddressInfo).port}/`)
  const app = Fastify()
  traceRequests(app, tracer)
  app.get('/dossier/:id', async () => ({ ok: true }))
  const address = await app.listen({ port: 0, host: '127.0.0.1' })
  await (await fetch(`${address}/dossier/999900006?q=geheim`)).text()
  await app.close()
  await stop()
  collector.close()
  expect(bodies.join()).toContain('/v1/traces')
  expect(bodies.join()).toContain('GET /dossier/:id')
  expect(bodies.join()).not.toContain('999900006')
  expect(bodies.join()).not.toContain('geheim')
})
