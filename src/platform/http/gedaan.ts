import type { FastifyRequest } from 'fastify'
import { pick, readGezegd } from './vraag.ts'

/**
 * What an address says of an action that was just done, for a message above the page; nothing unless the browser came here
 * from a page of ours. Anybody can make a link to `?melding=opgeslagen`, and who follows it from a mail or another site would
 * read that something was done which was not.
 */
export function readGedaan(request: FastifyRequest): ReturnType<typeof readGezegd> {
  return cameFromOwnPage(request) ? readGezegd(request) : {}
}

/** The message above a page of what was just done, by the word that the address says of it (`naam`); nothing for a word that is not known. */
export function tellGedaan(
  request: FastifyRequest,
  teksten: Readonly<Record<string, string>>,
  naam: 'melding' | 'opgeslagen' = 'melding',
): { melding?: { soort: 'succes'; tekst: string } } {
  const tekst = pick(teksten, readGedaan(request)[naam])
  return tekst === undefined ? {} : { melding: { soort: 'succes', tekst } }
}

/**
 * As the browser itself says, redirects included: by Sec-Fetch-Site, or, where it knows none, by the page it came from. The
 * page of the login is none: where that leads to was in a link.
 */
function cameFromOwnPage(request: FastifyRequest): boolean {
  const { 'sec-fetch-site': site, referer = '', host } = request.headers
  const van = URL.canParse(referer) ? new URL(referer) : undefined
  if (van?.pathname.startsWith('/inloggen')) return false
  return site === undefined ? van?.host === host : site === 'same-origin'
}
