import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { isMoment } from '../../../platform/dates.ts'
import { API, decodeCursor, encodeCursor, LINK, problemen } from '../../../platform/http/api.ts'
import type { App } from '../../../platform/http/server.ts'
import { type Fout, invalid } from '../../../platform/problem.ts'
import { isBerichtId } from '../post/rules.ts'
import { DOMEINNAAM, ONBEANTWOORD, RICHTINGNAAM, SOORTNAAM, STAAT, TE_LAAT } from './rules.ts'
import { BERICHT, toBericht } from './schema.ts'
import { listBerichtenNa, type Plaats, selectieVan } from './store.ts'

const Vraag = Type.Object({
  zoek: Type.Optional(
    Type.String({ maxLength: 100, description: 'Begin van identificatie of AGB-code, of deel van de naam' }),
  ),
  richting: Type.Optional(Type.String({ enum: Object.keys(RICHTINGNAAM) })),
  soort: Type.Optional(
    Type.String({ enum: Object.keys(SOORTNAAM), description: 'Nummer van het bericht, zoals 323' }),
  ),
  domein: Type.Optional(Type.String({ enum: Object.keys(DOMEINNAAM) })),
  staat: Type.Optional(Type.String({ enum: [ONBEANTWOORD, TE_LAAT, ...Object.keys(STAAT)] })),
  gemeente: Type.Optional(Type.String({ pattern: '^[0-9]{4}$' })),
  van: Type.Optional(Type.String({ format: 'date', description: 'Ontvangen op of na deze dag' })),
  tot: Type.Optional(Type.String({ format: 'date', description: 'Ontvangen op of voor deze dag' })),
  aantal: Type.Integer({ minimum: 1, maximum: 100, default: 50, description: 'Berichten per keer' }),
  na: Type.Optional(
    Type.String({ maxLength: 200, description: 'Uit de link `volgende` van het vorige antwoord' }),
  ),
})

const Lijst = Type.Object(
  {
    berichten: Type.Array(BERICHT),
    _links: Type.Object({ self: LINK, volgende: Type.Optional(LINK) }),
  },
  { title: 'Berichten', description: 'De nieuwste eerst' },
)

/** The list of messages for machines. */
export function registerVerkeerRoutes(app: App): void {
  app.withTypeProvider<TypeBoxTypeProvider>().get(
    `${API}/berichten`,
    {
      config: { recht: 'berichten.lezen' },
      schema: {
        tags: ['Berichten'],
        operationId: 'listBerichten',
        summary: 'Berichten zoeken',
        description: 'Alle berichten van of voor uw organisatie, de nieuwste eerst.',
        querystring: Vraag,
        response: { 200: Lijst, ...problemen(400) },
      },
    },
    async request => {
      const { ctx, query } = request
      const { aantal, na, ...vraag } = query
      const plaats = na === undefined ? undefined : readPlaats(na)
      const fouten: Fout[] = []
      if (na !== undefined && !plaats)
        fouten.push({ pad: '/na', melding: 'Neem de link volgende over zoals hij is.' })
      if (vraag.van !== undefined && vraag.tot !== undefined && vraag.tot < vraag.van)
        fouten.push({ pad: '/tot', melding: 'Kies een laatste dag die niet voor de eerste ligt.' })
      if (fouten.length > 0) throw invalid('De vraag klopt niet', fouten)
      const selectie = selectieVan({ filter: vraag, scope: ctx.wie.scope, vandaag: ctx.vandaag })
      const rijen = await ctx.read(db => listBerichtenNa(db, selectie, plaats, aantal + 1))
      const { adres } = app.config
      const self = new URL(request.url, adres)
      const laatste = rijen[aantal - 1]
      const volgende = new URL(self)
      if (laatste) volgende.searchParams.set('na', encodeCursor([laatste.plaats, laatste.berichtId]))
      return {
        berichten: rijen.slice(0, aantal).map(rij => toBericht(adres, rij)),
        _links: {
          self: { href: self.href },
          ...(rijen.length > aantal ? { volgende: { href: volgende.href } } : {}),
        },
      }
    },
  )
}

function readPlaats(na: string): Plaats | undefined {
  const [ontvangenOp = '', berichtId = ''] = decodeCursor(na, 2) ?? []
  return isMoment(ontvangenOp) && isBerichtId(berichtId) ? { ontvangenOp, berichtId } : undefined
}
