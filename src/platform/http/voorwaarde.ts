import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { Problem } from '../problem.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Heeds what a program says that it starts from, in the head of its request; any other route refuses to be asked. */
    voorwaarde?: true
  }
}

/** What a program may ask before it changes a thing (RFC 9110, 13.1). */
export const VOORWAARDEN = Type.Object({
  'if-match': Type.Optional(
    Type.String({
      description: 'De ETag van wat u las: is het intussen veranderd, dan gebeurt er niets (412)',
    }),
  ),
  'if-none-match': Type.Optional(Type.String({ description: '*: alleen als het er nog niet is (412)' })),
})

/** How a version stands in the head of an answer. */
export const etagOf = ({ versie }: { versie: number }): string => `"${versie}"`

const KOPPEN = ['if-match', 'if-none-match', 'if-unmodified-since', 'if-modified-since'] as const

/** Throws 400 where a change would be made whatever a program says that it starts from: it would think itself safe. */
export function checkVoorwaarde({ headers, routeOptions }: FastifyRequest): void {
  const kent = routeOptions.config.voorwaarde === true ? ['if-match', 'if-none-match'] : []
  const vreemd = KOPPEN.find(kop => headers[kop] !== undefined && !kent.includes(kop))
  if (vreemd !== undefined)
    throw new Problem(
      400,
      'voorwaarde-onbekend',
      'Deze voorwaarde kan hier niet',
      `Laat de kop ${vreemd} weg. Er is niets veranderd.`,
    )
}

/** What a program says that it starts from: nothing at all, that there is no row yet, or the row that it read. */
export type Uitgangspunt = 'ongezegd' | 'nieuw' | 'gelezen'

/**
 * Holds what there is (undefined for nothing) against what a program says that it starts from; answers what it said, which must still
 * hold when it is saved. Throws 412 when it is something else, 400 for what can not be read.
 */
export function holdVoorwaarde(
  { headers }: FastifyRequest,
  nu: { versie: number } | undefined,
): Uitgangspunt {
  const { 'if-match': gelijk, 'if-none-match': geen } = headers
  if (geen !== undefined && geen.trim() !== '*')
    throw new Problem(
      400,
      'voorwaarde-onbekend',
      'Deze voorwaarde kan hier niet',
      'If-None-Match kan hier alleen * zijn.',
    )
  if (geen !== undefined && nu !== undefined) throw changed(BESTAAT)
  if (gelijk === undefined) return geen === undefined ? 'ongezegd' : 'nieuw'
  const genoemd = gelijk.split(',').map(deel => deel.trim())
  if (nu === undefined || !(genoemd.includes('*') || genoemd.includes(etagOf(nu))))
    throw changed('Haal op wat er nu staat, en beslis opnieuw.')
  return 'gelezen'
}

export const BESTAAT = 'Het bestaat al.'

/** 412: nothing was changed. */
export const changed = (detail: string): Problem =>
  new Problem(
    412,
    'intussen-gewijzigd',
    'Er staat iets anders dan waar u van uitgaat',
    `${detail} Er is niets veranderd.`,
  )
