import { type Static, Type } from 'typebox'
import { problemen } from '../../../platform/http/api.ts'
import { demandFilters } from '../../../platform/http/filter.ts'
import type { App } from '../../../platform/http/server.ts'
import { withQuery } from '../../../platform/ui/index.ts'
import { loadAanbieders } from '../aanbiederlijst/actions.ts'
import { loadBeeld } from '../beeld/actions.ts'
import { checkVraag } from '../beeld/keuzes.tsx'
import type { Aantal } from '../cijfers/rules.ts'

const Filtervelden = {
  jaar: Type.Optional(
    Type.Integer({ minimum: 2000, maximum: 2100, description: 'Standaard het lopende jaar' }),
  ),
  wet: Type.Optional(Type.Union([Type.Literal('jw'), Type.Literal('wmo')])),
  segment: Type.Optional(Type.String({ maxLength: 60, description: 'Code van het segment' })),
  gemeente: Type.Optional(Type.String({ pattern: '^[0-9]{4}$', description: 'CBS-code' })),
}
const Filtervraag = Type.Object(Filtervelden, { additionalProperties: false })
const Lijstvraag = Type.Object(
  {
    ...Filtervelden,
    zoek: Type.Optional(Type.String({ maxLength: 100 })),
    pagina: Type.Optional(Type.Integer({ minimum: 1, maximum: 100_000, default: 1 })),
    perPagina: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: 50 })),
  },
  { additionalProperties: false },
)

const Bedrag = Type.Integer({ description: 'Hele eurocenten' })
const Deel = Type.Union([Type.Number(), Type.Null()], { description: 'Aandeel: 0.041 is 4,1 procent' })
const BedragOfNiets = Type.Union([Bedrag, Type.Null()])
const Clienten = Type.Union([Type.Integer(), Type.Null()], {
  description: 'Unieke cliënten; null als het er 1 tot en met 4 zijn en u geen cliëntgegevens mag zien',
})
const Verwijzing = Type.Object({ href: Type.String() })
const Links = Type.Object({
  self: Verwijzing,
  next: Type.Optional(Verwijzing),
  prev: Type.Optional(Verwijzing),
})
const Kop = {
  jaar: Type.Integer(),
  completeMaanden: Type.Integer({ description: 'Januari tot en met deze maand is compleet; 0 is geen' }),
  _links: Links,
}

const Maand = Type.Object({
  maand: Type.String({ description: 'jjjj-mm' }),
  besteed: BedragOfNiets,
  besteedVorigJaar: BedragOfNiets,
  compleet: Type.Boolean(),
})
const SegmentStand = Type.Object({
  code: Type.String(),
  naam: Type.String(),
  ouder: Type.Union([Type.String(), Type.Null()], {
    description:
      'Code van het segment waar dit onder valt. De cijfers daarvan zijn met die van dit segment: tel ze niet samen',
  }),
  besteed: Bedrag,
  plafond: BedragOfNiets,
  doorgerekend: BedragOfNiets,
  verandering: Deel,
  toegewezen: Bedrag,
  nogTeDeclareren: Bedrag,
  clienten: Clienten,
  kostenPerClient: BedragOfNiets,
})
const AanbiederStand = Type.Object({
  aanbiederId: Type.Integer(),
  agbCode: Type.String(),
  naam: Type.String(),
  besteed: Bedrag,
  toegewezen: Bedrag,
  nogTeDeclareren: Bedrag,
  verandering: Deel,
  clienten: Clienten,
})

const lijstVan = <T extends Parameters<typeof Type.Array>[0]>(soort: T) =>
  Type.Object({ ...Kop, resultaten: Type.Array(soort) })
const MaandenUit = lijstVan(Maand)
const SegmentenUit = lijstVan(SegmentStand)
const AanbiedersUit = Type.Object({
  ...Kop,
  totaal: Type.Integer(),
  resultaten: Type.Array(AanbiederStand),
})

const RECHT = { recht: 'cijfers.lezen' } as const

/** The same figures for machines. Grondslag: NL API Design Rules 2.x. */
export function registerCijferRoutes(app: App): void {
  app.get<{ Querystring: Static<typeof Filtervraag> }>(
    '/api/v1/cijfers/maanden',
    {
      config: RECHT,
      schema: {
        tags: ['Cijfers'],
        operationId: 'listMaandcijfers',
        summary: 'Besteed per maand, met dezelfde maand van vorig jaar',
        querystring: Filtervraag,
        response: { 200: MaandenUit, ...problemen(400) },
      },
    },
    async (request): Promise<Static<typeof MaandenUit>> => {
      const { beeld, stam } = await loadBeeld(request.ctx, request.query)
      checkVraag(request, stam)
      demandFilters(request)
      return {
        jaar: beeld.filter.jaar,
        completeMaanden: beeld.compleet,
        resultaten: beeld.maanden.map(m => ({
          maand: `${beeld.filter.jaar}-${String(m.maand).padStart(2, '0')}`,
          besteed: m.dit,
          besteedVorigJaar: m.vorig,
          compleet: m.maand <= beeld.compleet,
        })),
        _links: { self: { href: request.url } },
      }
    },
  )
  app.get<{ Querystring: Static<typeof Filtervraag> }>(
    '/api/v1/cijfers/segmenten',
    {
      config: RECHT,
      schema: {
        tags: ['Cijfers'],
        operationId: 'listSegmentcijfers',
        summary: 'Besteed, plafond, toegewezen en cliënten per segment',
        querystring: Filtervraag,
        response: { 200: SegmentenUit, ...problemen(400) },
      },
    },
    async (request): Promise<Static<typeof SegmentenUit>> => {
      const { beeld, stam } = await loadBeeld(request.ctx, request.query)
      checkVraag(request, stam)
      demandFilters(request)
      return {
        jaar: beeld.filter.jaar,
        completeMaanden: beeld.compleet,
        resultaten: beeld.perSegment.map(s => ({
          code: s.sleutel,
          naam: s.naam,
          ouder: s.ouder,
          besteed: s.besteed,
          plafond: s.plafond,
          doorgerekend: s.doorgerekend,
          verandering: s.verandering,
          toegewezen: s.toegewezen,
          nogTeDeclareren: s.nogTeDeclareren,
          clienten: toGetal(s.clienten),
          kostenPerClient: s.kostenPerClient,
        })),
        _links: { self: { href: request.url } },
      }
    },
  )
  app.get<{ Querystring: Static<typeof Lijstvraag> }>(
    '/api/v1/cijfers/aanbieders',
    {
      config: RECHT,
      schema: {
        tags: ['Cijfers'],
        operationId: 'listAanbiedercijfers',
        summary: 'Besteed, toegewezen en cliënten per aanbieder, de grootste eerst',
        querystring: Lijstvraag,
        response: { 200: AanbiedersUit, ...problemen(400) },
      },
    },
    async (request): Promise<Static<typeof AanbiedersUit>> => {
      const { zoek = '', pagina = 1, perPagina = 50, ...vraag } = request.query
      const lijst = await loadAanbieders(request.ctx, vraag, {
        zoek,
        metOmzet: false,
        sorteer: 'besteed',
        richting: 'af',
        vanaf: (pagina - 1) * perPagina,
        aantal: perPagina,
      })
      checkVraag(request, lijst.stam)
      demandFilters(request)
      const naar = (n: number) => ({ href: withQuery(request.url, { pagina: String(n) }) })
      return {
        jaar: lijst.filter.jaar,
        completeMaanden: lijst.compleet,
        totaal: lijst.totaal,
        resultaten: lijst.regels.map(r => ({
          aanbiederId: r.aanbiederId,
          agbCode: r.agb,
          naam: r.naam,
          besteed: r.besteed,
          toegewezen: r.toegewezen,
          nogTeDeclareren: r.nogTeDeclareren,
          verandering: r.verandering,
          clienten: toGetal(r.clienten),
        })),
        _links: {
          self: { href: request.url },
          ...(pagina * perPagina < lijst.totaal ? { next: naar(pagina + 1) } : {}),
          ...(pagina > 1 ? { prev: naar(pagina - 1) } : {}),
        },
      }
    },
  )
}

function toGetal(aantal: Aantal): number | null {
  return aantal.soort === 'getal' ? aantal.aantal : null
}
