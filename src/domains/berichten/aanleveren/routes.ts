import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { API, LINK, orNull, problemen } from '../../../platform/http/api.ts'
import { MAX_BESTAND } from '../../../platform/http/grenzen.ts'
import type { App } from '../../../platform/http/server.ts'
import { Problem } from '../../../platform/problem.ts'
import type { Inname } from '../inname/actions.ts'
import { regelUitleg } from '../uitleg/uitleg.ts'
import { STAAT } from '../verkeer/rules.ts'
import { berichtHref } from '../verkeer/schema.ts'
import { deliverOne, deurReden, METEEN } from './actions.ts'

const Uitkomst = Type.Object(
  {
    uitkomst: Type.String({
      enum: [...Object.keys(STAAT), 'al-ontvangen'],
      description: 'Staat van het bericht; ontvangen: de beoordeling volgt nog',
    }),
    soort: orNull(Type.String()),
    gemeente: Type.String(),
    id: Type.String({ format: 'uuid' }),
    niveau: orNull(Type.Integer({ description: 'Controleniveau waarop het bericht is afgekeurd' })),
    bevindingen: Type.Array(
      Type.Object({
        regel: Type.String(),
        retourcode: orNull(Type.String()),
        pad: Type.String(),
        melding: Type.String(),
        titel: orNull(Type.String()),
      }),
    ),
    _links: Type.Object({
      bericht: LINK,
      antwoord: Type.Optional(LINK),
      antwoordBestand: Type.Optional(LINK),
    }),
  },
  { title: 'Uitkomst van een aanlevering' },
)

/** Delivery by machines: the raw message as body. The only route that reads XML, so its parser stays within it. */
export function registerAanleverRoutes(app: App): void {
  app.register(async scope => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser(
      ['application/xml', 'text/xml'],
      { parseAs: 'buffer', bodyLimit: MAX_BESTAND },
      (_request, body, done) => done(null, body),
    )
    const api = scope.withTypeProvider<TypeBoxTypeProvider>()
    api.post(
      `${API}/berichten`,
      {
        config: { recht: 'berichten.aanleveren' },
        bodyLimit: MAX_BESTAND,
        schema: {
          tags: ['Berichten'],
          operationId: 'createBericht',
          summary: 'Een bericht aanleveren',
          description:
            'Stuur het bericht zelf als inhoud, hoogstens 25 MB. Tot 1 MB wordt het meteen beoordeeld en beantwoord (201); een groter bericht wordt ontvangen en daarna beoordeeld (202). Dezelfde bytes nog eens sturen kan geen kwaad (200).',
          consumes: ['application/xml', 'text/xml'],
          response: { 200: Uitkomst, 201: Uitkomst, 202: Uitkomst, ...problemen(400, 413, 415, 422) },
        },
      },
      async (request, reply) => {
        const body: unknown = request.body
        if (!Buffer.isBuffer(body) || body.length === 0)
          throw new Problem(
            400,
            'leeg-bericht',
            'Er is geen bericht meegestuurd',
            'Stuur het bericht als inhoud, met de kop Content-Type: application/xml.',
          )
        const inname = await deliverOne(request.ctx, body)
        if (inname.uitkomst === 'geweigerd-aan-de-deur') throw refused(inname)
        const uit = toUitkomst(app.config.adres, inname)
        const job = inname.uitkomst === 'ontvangen' && body.length > METEEN
        const status = inname.uitkomst === 'al-ontvangen' ? 200 : job ? 202 : 201
        return reply.header('location', uit._links.bericht.href).status(status).send(uit)
      },
    )
  })
}

function refused({ niveau, bevindingen }: Inname): Problem {
  return new Problem(
    422,
    'bericht-geweigerd',
    'Dit bericht is niet aangenomen',
    `${deurReden(niveau)} Het bericht is niet bewaard en krijgt geen antwoordbericht.`,
    bevindingen.map(({ pad, melding, regel }) => ({ pad, melding, code: regel })),
  )
}

function toUitkomst(adres: string, inname: Inname) {
  const { uitkomst, soort, gemeente = '', berichtId = '', niveau, bevindingen, antwoord } = inname
  const bericht = berichtHref(adres, gemeente, berichtId)
  const terug = antwoord && berichtHref(adres, gemeente, antwoord.berichtId)
  return {
    uitkomst,
    soort,
    gemeente,
    id: berichtId,
    niveau,
    bevindingen: bevindingen.map(b => ({ ...b, titel: regelUitleg(b.regel)?.titel ?? null })),
    _links: {
      bericht: { href: bericht },
      ...(terug && { antwoord: { href: terug }, antwoordBestand: { href: `${terug}/bestand` } }),
    },
  }
}
