import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { audit } from '../../audit.ts'
import { API, LINK, orNull, problemen } from '../../http/api.ts'
import type { Ctx } from '../../http/ctx.ts'
import { MAX_BESTAND } from '../../http/grenzen.ts'
import type { App } from '../../http/server.ts'
import { readId } from '../../http/vraag.ts'
import { Problem } from '../../problem.ts'
import { capital } from '../../ui/index.ts'
import { bringOne } from './doorvoeren.ts'
import { type Invoersoort, loadInvoer, type Uitkomst } from './invoer.ts'

/** How a file can be sent, and the ending that its name then gets. */
const SOORTEN: Readonly<Record<string, string>> = {
  'text/csv': 'csv',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'xlsx',
  'application/zip': 'zip',
  'application/xml': 'xml',
}

const Aantal = (description: string) => Type.Integer({ description })
const Uit = Type.Object(
  {
    id: orNull(
      Type.Integer({ description: 'Nummer van het bestand; leeg na een proef, of als er niets verandert' }),
    ),
    staat: Type.String({ description: 'beproefd, verwerkt, of teruggenomen' }),
    rijen: Aantal('Rijen, of berichten'),
    nieuw: Aantal('Wat erbij komt'),
    gewijzigd: Aantal('Wat anders wordt'),
    afgesloten: Aantal('Wat eindigt omdat iets anders begint'),
    gelijk: Aantal('Wat er al zo stond'),
    onbekend: Type.Array(Type.String(), { description: 'Koppen van kolommen die niemand leest' }),
    overgeslagen: Type.Array(Type.String(), { description: 'Wat is weggelaten, en waarom' }),
    letOp: Type.Array(
      Type.Object({
        rij: orNull(Type.Integer()),
        kolom: Type.String(),
        waarde: Type.String(),
        melding: Type.String(),
        verwacht: Type.String(),
      }),
      { description: 'Wat niets tegenhoudt en een blik waard is; de eerste 100' },
    ),
    aantalFouten: Aantal('Alle fouten; de eerste 1000 staan erbij'),
    fouten: Type.Array(
      Type.Object({
        rij: orNull(Type.Integer({ description: 'Zoals een rekenblad telt; leeg bij de koppen' })),
        kolom: orNull(Type.String()),
        waarde: orNull(Type.String()),
        melding: Type.String(),
        verwacht: orNull(Type.String()),
      }),
    ),
    _links: Type.Object({ self: Type.Optional(LINK) }),
  },
  { title: 'Uitkomst van een bestand' },
)

/** One kind of file for machines. */
export interface Invoerroute {
  /** Under `/api/v1/overnames/`: 'toewijzingen'. */
  naam: string
  /** What it is, in the plural, for who reads the description: 'toewijzingen met hun inwoners, starts en stops'. */
  wat: string
}

/**
 * Bringing in a file for machines: the file is the body, and it is done at once, or with `proef=true` only tried. The same again
 * changes nothing. With a fault nothing was done (400, every fault); a trial answers its faults with 200.
 */
export function registerInvoerRoutes<I>(app: App, soort: Invoersoort<I>, { naam, wat }: Invoerroute): void {
  const pad = `${API}/overnames/${naam}`
  const tags = ['Overnemen']
  const config = { recht: soort.recht } as const
  const href = (id: number) => `${app.config.adres}${pad}/${id}`
  app.register(async scope => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser(
      Object.keys(SOORTEN),
      { parseAs: 'buffer', bodyLimit: MAX_BESTAND },
      (_request, body, done) => done(null, body),
    )
    scope.withTypeProvider<TypeBoxTypeProvider>().post(
      pad,
      {
        config,
        bodyLimit: MAX_BESTAND,
        schema: {
          tags,
          operationId: `create${capital(naam)}Overname`,
          summary: `Neem ${wat} over uit een bestand`,
          description:
            'Stuur het bestand zelf als inhoud, hoogstens 25 MB: hetzelfde dat de bladzijde neemt. Alles gaat door (201), of niets (400, met alle fouten). Hetzelfde bestand nog eens verandert niets (200).',
          consumes: Object.keys(SOORTEN),
          querystring: Type.Object({
            proef: Type.Optional(
              Type.Boolean({
                description: 'Alleen zeggen wat het zou doen, met alle fouten (200)',
                default: false,
              }),
            ),
          }),
          response: { 200: Uit, 201: Uit, ...problemen(409, 413, 415) },
        },
      },
      async (request, reply) => {
        const bytes: unknown = request.body
        if (!Buffer.isBuffer(bytes) || bytes.length === 0) throw nothingSent()
        const proef = request.query.proef ?? false
        const achter =
          SOORTEN[(request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '']
        const bestand = { naam: `${naam}.${achter ?? 'csv'}`, bytes }
        const { uitkomst, invoerId } = await bringOne(request.ctx, soort, bestand, { proef })
        if (soort.inwoners === true && invoerId === null) await recordAsked(request.ctx, naam, uitkomst.rijen)
        if (uitkomst.aantalFouten > 0 && !proef) throw withFaults(uitkomst)
        if (invoerId === null)
          return reply.send(toUit(uitkomst, { staat: proef ? 'beproefd' : 'verwerkt', id: null }))
        return reply
          .status(201)
          .header('location', href(invoerId))
          .send(toUit(uitkomst, { staat: 'verwerkt', id: invoerId, self: href(invoerId) }))
      },
    )
  })
  app.get(
    `${pad}/:id`,
    {
      config,
      schema: {
        tags,
        operationId: `get${capital(naam)}Overname`,
        summary: `Wat één bestand met ${wat} deed`,
        params: Type.Object({ id: Type.Integer({ minimum: 1 }) }),
        response: { 200: Uit, ...problemen(404) },
      },
    },
    async request => {
      const { uitkomst, staat, invoerId } = await loadInvoer(
        request.ctx,
        soort.naam,
        readId(request, 'Bestand'),
      )
      return toUit(uitkomst, { staat, id: invoerId, self: href(invoerId) })
    },
  )
}

/** A file of residents that changed nothing still says who is known: that it was asked is written down, beside what was undone. */
async function recordAsked(ctx: Ctx, soort: string, rijen: number): Promise<void> {
  await ctx.write(tx =>
    audit(tx, ctx, 'overname.beproefd', 'Wmo 2015 art. 5.1.1 en Jeugdwet art. 7.4.1: uitvoering toewijzing', {
      soort,
      rijen,
    }),
  )
}

const nothingSent = () =>
  new Problem(
    400,
    'leeg-bestand',
    'Er is geen bestand meegestuurd',
    'Stuur het bestand als inhoud, met zijn soort in de kop Content-Type, zoals text/csv.',
  )

/** Every fault at its place: row and column. */
const withFaults = ({ fouten, aantalFouten }: Uitkomst) =>
  new Problem(
    400,
    'fouten-in-bestand',
    'Er is niets overgenomen',
    `Fouten in het bestand: ${aantalFouten}. Verbeter het en stuur het opnieuw.`,
    fouten.map(({ nummer, melding, ...rest }) => ({
      pad: `/rij/${nummer ?? 'kop'}${'kolom' in rest ? `/${rest.kolom}` : ''}`,
      melding,
    })),
  )

function toUit(u: Uitkomst, { staat, id, self }: { staat: string; id: number | null; self?: string }) {
  const { rijen, nieuw, gewijzigd, afgesloten, gelijk, onbekend, aantalFouten } = u
  return {
    id,
    staat,
    rijen,
    nieuw,
    gewijzigd,
    afgesloten,
    gelijk,
    onbekend,
    overgeslagen: u.overgeslagen?.redenen ?? [],
    letOp: (u.letOp?.eerste ?? []).map(({ nummer, ...cel }) => ({ rij: nummer, ...cel })),
    aantalFouten,
    fouten: u.fouten.map(fout => ({
      rij: fout.nummer,
      melding: fout.melding,
      kolom: 'kolom' in fout ? fout.kolom : null,
      waarde: 'waarde' in fout ? fout.waarde : null,
      verwacht: 'verwacht' in fout ? fout.verwacht : null,
    })),
    _links: self === undefined ? {} : { self: { href: self } },
  }
}
