import { context, propagation, SpanKind, SpanStatusCode, type Tracer, trace } from '@opentelemetry/api'
import type { FastifyInstance } from 'fastify'

/**
 * Traces of requests to an OpenTelemetry collector, when `endpoint` is set (OTEL_EXPORTER_OTLP_ENDPOINT). A span names the
 * route pattern, never the address: an id or a search term in it may say something about a person. Answers what flushes
 * and stops it. The packages are only loaded when tracing is on.
 */
export async function startSporen(endpoint: string): Promise<{ tracer: Tracer; stop: () => Promise<void> }> {
  const { NodeTracerProvider, BatchSpanProcessor } = await import('@opentelemetry/sdk-trace-node')
  const { OTLPTraceExporter } = await import('@opentelemetry/exporter-trace-otlp-http')
  const { resourceFromAttributes } = await import('@opentelemetry/resources')
  const provider = new NodeTracerProvider({
    resource: resourceFromAttributes({ 'service.name': 'samenhang' }),
    spanProcessors: [
      new BatchSpanProcessor(new OTLPTraceExporter({ url: `${endpoint.replace(/\/+$/, '')}/v1/traces` })),
    ],
  })
  provider.register()
  return { tracer: provider.getTracer('samenhang'), stop: () => provider.shutdown() }
}

export function traceRequests(app: Pick<FastifyInstance, 'addHook'>, tracer: Tracer): void {
  app.addHook('onRequest', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'onbekend'
    const parent = propagation.extract(context.active(), request.headers)
    const span = tracer.startSpan(
      `${request.method} ${route}`,
      {
        kind: SpanKind.SERVER,
        attributes: {
          'http.request.method': request.method,
          'http.route': route,
          'samenhang.verzoek': request.id,
        },
      },
      parent,
    )
    reply.raw.once('close', () => {
      span.setAttribute('http.response.status_code', reply.statusCode)
      if (reply.statusCode >= 500) span.setStatus({ code: SpanStatusCode.ERROR })
      span.end()
    })
    context.with(trace.setSpan(parent, span), done)
  })
}
