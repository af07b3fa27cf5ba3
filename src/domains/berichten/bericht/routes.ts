import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { API, orNull, problemen } from '../../../platform/http/api.ts'
import type { App } from '../../../platform/http/server.ts'
import { retryBericht } from '../herkansing/actions.ts'
import { bestandsnaam } from '../post/rules.ts'
import { regelUitleg } from '../uitleg/uitleg.ts'
import { BERICHT, berichtHref, toBericht } from '../verkeer/schema.ts'
import { type Berichtinzage, collectBericht, openBericht, openBestand } from './actions.ts'

const Sleutel = Type.Object({
  gemeente: Type.String({ description: 'CBS-code van de gemeente' }),
  id: Type.String({ description: 'Kenmerk van het bericht' }),
})

const Bevinding = Type.Object({
  niveau: Type.Integer({ minimum: 1, maximum: 4 }),
  regel: Type.String(),
  retourcode: orNull(Type.String()),
  pad: Type.String({ description: 'Plaats in het bericht' }),
  melding: Type.String(),
  titel: orNull(Type.String()),
  grond: orNull(Type.String()),
  watTeDoen: orNull(Type.String()),
})

const Kaart = Type.Object(
  {
    ...BERICHT.properties,
    bevindingen: Type.Array(Bevinding, { description: 'De eerste honderd' }),
    gebeurtenissen: Type.Array(
      Type.Object({ soort: Type.String(), op: Type.String({ format: 'date-time' }) }),
      { description: 'Wat er met het bericht gebeurde, de oudste eerst' },
    ),
  },
  { title: 'Bericht met bevindingen' },
)

/** One message for machines, its file, and that it was fetched. */
export function registerBerichtRoutes(app: App): void {
  const api = app.withTypeProvider<TypeBoxTypeProvider>()
  const { adres } = app.config
  const pad = `${API}/berichten/:gemeente/:id`

  api.get(
    pad,
    {
      config: { recht: 'berichten.lezen' },
      schema: {
        tags: ['Berichten'],
        operationId: 'getBericht',
        summary: 'Eén bericht met bevindingen en verloop',
        params: Sleutel,
        response: { 200: Kaart, ...problemen(404) },
      },
    },
    async request => {
      const { gemeente, id } = request.params
      return toKaart(adres, await openBericht(request.ctx, gemeente, id))
    },
  )

  api.get(
    `${pad}/bestand`,
    {
      config: { recht: 'berichten.lezen' },
      schema: {
        tags: ['Berichten'],
        operationId: 'getBerichtBestand',
        summary: 'Het bericht als XML, byte voor byte',
        description: 'Haalt de ontvanger een klaargezet bericht op, dan krijgt het de staat opgehaald.',
        params: Sleutel,
        response: {
          200: {
            description: 'Het bericht',
            content: { 'application/xml': { schema: Type.String({ format: 'binary' }) } },
          },
          ...problemen(404),
        },
      },
    },
    async (request, reply) => {
      const { gemeente, id } = request.params
      const { bericht, bytes } = await openBestand(request.ctx, gemeente, id)
      return reply
        .header('content-disposition', `attachment; filename="${bestandsnaam(bericht)}"`)
        .type('application/xml; charset=utf-8')
        .send(bytes as never)
    },
  )

  api.post(
    `${pad}/opgehaald`,
    {
      config: { recht: 'berichten.lezen' },
      schema: {
        tags: ['Berichten'],
        operationId: 'markBerichtOpgehaald',
        summary: 'Melden dat een bericht is opgehaald',
        description: 'Alleen de ontvanger van een hier gemaakt bericht. Nog een keer melden verandert niets.',
        params: Sleutel,
        response: { 200: BERICHT, ...problemen(404, 409) },
      },
    },
    async request => {
      const { gemeente, id } = request.params
      return toBericht(adres, await collectBericht(request.ctx, gemeente, id))
    },
  )

  api.post(
    `${pad}/opnieuw`,
    {
      config: { recht: 'berichten.herkansen' },
      schema: {
        tags: ['Berichten'],
        operationId: 'retryBericht',
        summary: 'Een bericht opnieuw laten beoordelen',
        description:
          'Alleen een bericht met de staat niet-te-beoordelen. Het beoordelen begint daarna vanzelf.',
        params: Sleutel,
        response: { 200: BERICHT, ...problemen(404, 409) },
      },
    },
    async request => {
      const { gemeente, id } = request.params
      await retryBericht(request.ctx, { gemeente, berichtId: id })
      return toBericht(adres, (await openBericht(request.ctx, gemeente, id)).bericht)
    },
  )
}

function toKaart(adres: string, inzage: Berichtinzage) {
  const basis = toBericht(adres, inzage.bericht)
  const { gemeente } = inzage.bericht
  const link = (verwant: { berichtId: string } | undefined) =>
    verwant && { href: berichtHref(adres, gemeente, verwant.berichtId) }
  const antwoord = link(inzage.antwoord)
  const antwoordOp = link(inzage.antwoordOp)
  return {
    ...basis,
    _links: { ...basis._links, ...(antwoord && { antwoord }), ...(antwoordOp && { antwoordOp }) },
    bevindingen: inzage.bevindingen.map(b => {
      const uitleg = regelUitleg(b.regel)
      return {
        ...b,
        titel: uitleg?.titel ?? null,
        grond: uitleg?.grond ?? null,
        watTeDoen: uitleg?.watTeDoen ?? null,
      }
    }),
    gebeurtenissen: inzage.gebeurtenissen.map(({ soort, op }) => ({ soort, op: op.toISOString() })),
  }
}
