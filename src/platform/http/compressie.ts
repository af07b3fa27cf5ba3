import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import { negotiate } from '@fastify/accept-negotiator'
import type { FastifyReply, FastifyRequest } from 'fastify'

const brotli = promisify(brotliCompress)
const zip = promisify(gzip)

/** Smaller answers fit in one packet anyway. */
const KLEINSTE = 1024
const TEKST = /^(text\/|application\/(problem\+)?json|image\/svg\+xml|application\/xml)/

/**
 * Compresses a text answer when the browser takes it and nobody else can have chosen what stands in it. Levels that cost a
 * few milliseconds: pages are made once and sent once. What is a file on disk was compressed by the build.
 */
export async function compress(
  request: FastifyRequest,
  reply: FastifyReply,
  payload: unknown,
): Promise<unknown> {
  if (typeof payload !== 'string' && !Buffer.isBuffer(payload)) return payload
  if (reply.hasHeader('content-encoding') || !TEKST.test(String(reply.getHeader('content-type') ?? '')))
    return payload
  reply.header('vary', 'accept-encoding')
  if (payload.length < KLEINSTE || mayBeSteered(request)) return payload
  const wijze = negotiate(request.headers['accept-encoding'] ?? 'identity', ['br', 'gzip'])
  if (wijze === null) return payload
  const bytes = Buffer.from(payload as string)
  const klein =
    wijze === 'br'
      ? await brotli(bytes, {
          params: {
            [constants.BROTLI_PARAM_QUALITY]: 4,
            [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
          },
        })
      : await zip(bytes, { level: 6 })
  reply.header('content-encoding', wijze).removeHeader('content-length')
  return klein
}

/**
 * True when another site may have chosen a part of this answer (BREACH): it was asked with a query or a form, and the browser
 * does not say that our own page or its user asked. The length of such an answer, compressed, would tell what else is on the
 * page. Decision: docs/adr/0015-compression.md.
 */
export function mayBeSteered(request: FastifyRequest): boolean {
  const getypt = request.url.includes('?') || request.method === 'POST'
  const site = request.headers['sec-fetch-site']
  const vanElders = site === 'cross-site' || site === 'same-site'
  return vanElders || (getypt && site !== 'same-origin' && site !== 'none')
}
