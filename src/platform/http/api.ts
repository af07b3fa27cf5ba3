import { type TSchema, Type } from 'typebox'

/** Version of the API as its description and its answers name it (/core/semver, /core/version-header). */
export const API_VERSIE = '1.0.0'

export const API = '/api/v1'

/** RFC 9457. Errors point into what was sent; `code` is the rule of the standard that was broken. */
export const PROBLEEM = Type.Object(
  {
    type: Type.String({ description: 'Vaste naam van dit soort probleem' }),
    title: Type.String({ description: 'Wat er mis is, in één zin' }),
    status: Type.Integer(),
    detail: Type.Optional(Type.String({ description: 'Wat u kunt doen' })),
    instance: Type.Optional(
      Type.String({ description: 'Kenmerk van dit verzoek; noem het als u hulp vraagt' }),
    ),
    errors: Type.Optional(
      Type.Array(
        Type.Object({
          pointer: Type.String({ description: 'Plaats van de fout' }),
          detail: Type.String({ description: 'Wat er mis is en wat u kunt doen' }),
          code: Type.Optional(Type.String({ description: 'Regel van de standaard' })),
        }),
      ),
    ),
  },
  { title: 'Probleem' },
)

const REDEN: Readonly<Record<number, string>> = {
  400: 'De aanvraag klopt niet',
  401: 'Geen geldig token',
  403: 'Dit hoort niet bij uw rol',
  404: 'Bestaat niet, of u mag het niet zien',
  405: 'Dit kan met dit adres niet',
  409: 'Dit kan niet in deze toestand',
  412: 'Er staat iets anders dan waar u van uitgaat',
  413: 'Het bericht is te groot',
  415: 'Dit soort inhoud kan hier niet',
  422: 'Het bericht is niet aangenomen',
  429: 'Te veel vragen achter elkaar',
}

/** Describes refusals in the OpenAPI of a route: every route can be refused for its address, for lack of a token or right, or of calm. */
export function problemen(...statussen: readonly number[]): Record<number, unknown> {
  return Object.fromEntries(
    [400, 401, 403, 429, ...statussen].map(status => [
      status,
      {
        description: REDEN[status] ?? 'Geweigerd',
        content: { 'application/problem+json': { schema: PROBLEEM } },
      },
    ]),
  )
}

interface Beschrijving {
  paths?: Record<string, Record<string, { responses?: Record<string, { headers?: object }> }>>
}

/** The header that says it, of every answer. */
export const VERSIE = 'API-Version'

const VERSIEKOP = {
  [VERSIE]: {
    description: 'Volledige versie van de API',
    schema: { type: 'string', examples: [API_VERSIE] },
  },
}

/** The description with what every answer has, whatever the route says of it: the full version (/core/version-header). */
export function describeVersie<B extends Beschrijving>(beschrijving: B): B {
  for (const pad of Object.values(beschrijving.paths ?? {}))
    for (const { responses = {} } of Object.values(pad))
      for (const antwoord of Object.values(responses))
        antwoord.headers = { ...antwoord.headers, ...VERSIEKOP }
  return beschrijving
}

/** Who made it: the contact of `publiccode.yml` (a test compares them). */
const MAKER = {
  name: 'Team Samenhang',
  email: 'veiligheid@example.org',
  url: 'https://example.org/samenhang',
}

/** Whom to ask about this API (/core/doc-openapi): who runs it when they can be mailed, else who made it. */
export function contactOf({ contact, adres }: { contact: string | undefined; adres: string }) {
  const email = /^mailto:(.+)$/.exec(contact ?? '')?.[1]
  return email === undefined ? MAKER : { name: 'Beheer van deze Samenhang', email, url: adres }
}

/** A link to another resource, by its full address. */
export const LINK = Type.Object({ href: Type.String({ format: 'uri' }) })

/** A value that may be absent; then it is null, so that every answer has the same keys. */
export function orNull<T extends TSchema>(schema: T) {
  return Type.Union([schema, Type.Null()])
}

/** Where a page of a list ended, in a form that says nothing to who should not read it as such. */
export function encodeCursor(plaats: readonly string[]): string {
  return Buffer.from(JSON.stringify(plaats)).toString('base64url')
}

/** Reads what `encodeCursor` wrote; undefined for anything else. */
export function decodeCursor(tekst: string, delen: number): string[] | undefined {
  try {
    const waarde: unknown = JSON.parse(Buffer.from(tekst, 'base64url').toString())
    const goed =
      Array.isArray(waarde) && waarde.length === delen && waarde.every(deel => typeof deel === 'string')
    return goed ? waarde : undefined
  } catch {
    return undefined
  }
}
