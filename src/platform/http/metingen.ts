import type { FastifyInstance } from 'fastify'
import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client'

/** Measurements in Prometheus form; per process, as Prometheus expects. */
export const metingen = new Registry()
collectDefaultMetrics({ register: metingen })

const duur = new Histogram({
  name: 'samenhang_http_duur_seconden',
  help: 'Tijd per verzoek, naar route en status',
  labelNames: ['methode', 'route', 'status'],
  buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
  registers: [metingen],
})

export const berichtenVerwerkt = new Counter({
  name: 'samenhang_berichten_verwerkt',
  help: 'Verwerkte berichten, naar soort en uitkomst',
  labelNames: ['soort', 'uitkomst'],
  registers: [metingen],
})

export function observeHttp(app: Pick<FastifyInstance, 'addHook'>): void {
  app.addHook('onResponse', async (request, reply) => {
    duur.observe(
      {
        methode: request.method,
        route: request.routeOptions.url ?? 'onbekend',
        status: String(reply.statusCode),
      },
      reply.elapsedTime / 1000,
    )
  })
}
