import type { FastifySchemaCompiler, FastifySchemaValidationError } from 'fastify'
import { type TSchema, Type } from 'typebox'
import Value from 'typebox/value'
import { countRows, findRow, listRows } from '../../db/lijst.ts'
import { API, LINK, problemen } from '../../http/api.ts'
import type { App } from '../../http/server.ts'
import {
  BESTAAT,
  changed,
  etagOf,
  holdVoorwaarde,
  type Uitgangspunt,
  VOORWAARDEN,
} from '../../http/voorwaarde.ts'
import { Botsing, invalid, Problem } from '../../problem.ts'
import { capital, withQuery } from '../../ui/index.ts'
import {
  complete,
  readGegevens,
  rowSchema,
  toInvoer,
  type Velden,
  veldenVan,
} from '../../velden/formulier.ts'
import { keyOf, type Register, type Registerrij, type Rijgegevens } from '../register.ts'
import { Bestaat, loadKeuzes, loadRow, ONGEVRAAGD, type Opslag, saveRow } from '../rijen.ts'
import { removeRow } from '../weghalen.ts'

const Sleutel = Type.Object({
  sleutel: Type.String({ minLength: 1, maxLength: 300, description: 'De sleutel, delen gescheiden door ~' }),
})
const NIET_OPGESLAGEN = 'Dit is niet opgeslagen'
const LETOP = Type.Array(Type.String(), { description: 'Wat niets tegenhoudt en een blik waard is' })
const Vraag = Type.Object(
  {
    zoek: Type.Optional(Type.String({ maxLength: 100 })),
    pagina: Type.Optional(Type.Integer({ minimum: 1, maximum: 100_000, default: 1 })),
    perPagina: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, default: 100 })),
  },
  { additionalProperties: false },
)

/** Where a register stands for machines. */
export const apiPad = ({ naam }: Pick<Register, 'naam'>) => `${API}/inrichting/${naam}`

/**
 * A register for machines: the list, one row by its natural key, and putting in, changing and taking out. The same row again
 * changes nothing. Ground: NL API Design Rules 2.x.
 */
export function registerRoutes(app: App, register: Register): void {
  const { velden, bron, rechten, naam, een } = register
  const pad = apiPad(register)
  const rij = rowSchema(velden, {})
  const uit = { sleutel: Type.String(), gegevens: rij, _links: Type.Object({ self: LINK }) }
  const Uit = Type.Object(uit)
  const Opgeslagen = Type.Object({
    ...uit,
    letOp: LETOP,
  })
  const address = (sleutel: string) => `${pad}/${encodeURIComponent(sleutel)}`
  const show = (gevonden: Registerrij) => {
    const sleutel = keyOf(register, gevonden)
    return { sleutel, gegevens: only(velden, gevonden), _links: { self: { href: basis + address(sleutel) } } }
  }
  const Naam = capital(naam)
  const Een = een.replaceAll(/(^|[ -])\w/g, deel => deel.trim().replace('-', '').toUpperCase())
  const tags = ['Inrichting']
  const lezen = { recht: rechten.lezen } as const
  const schrijven = { recht: rechten.schrijven, voorwaarde: true } as const
  const basis = app.config.adres

  app.get<{ Querystring: { zoek?: string; pagina?: number; perPagina?: number } }>(
    pad,
    {
      config: lezen,
      schema: {
        tags,
        operationId: `list${Naam}`,
        summary: `Alle ${naam}`,
        querystring: Vraag,
        response: {
          200: Type.Object({
            totaal: Type.Integer(),
            resultaten: Type.Array(Uit),
            _links: Type.Object({ self: LINK, next: Type.Optional(LINK), prev: Type.Optional(LINK) }),
          }),
          ...problemen(400),
        },
      },
    },
    async request => {
      const { zoek = '', pagina = 1, perPagina = 100 } = request.query
      const filter = { zoek }
      const { rijen, totaal } = await request.ctx.read(async db => ({
        rijen: await listRows(
          db,
          bron,
          filter,
          { kolom: '', richting: 'op' },
          { aantal: perPagina, vanaf: (pagina - 1) * perPagina },
        ),
        totaal: await countRows(db, bron, filter),
      }))
      const naar = (p: number) => ({ href: basis + withQuery(request.url, { pagina: String(p) }) })
      return {
        totaal,
        resultaten: rijen.map(gevonden => show(gevonden)),
        _links: {
          self: { href: basis + request.url },
          ...(pagina * perPagina < totaal ? { next: naar(pagina + 1) } : {}),
          ...(pagina > 1 ? { prev: naar(pagina - 1) } : {}),
        },
      }
    },
  )
  app.get<{ Params: { sleutel: string } }>(
    `${pad}/:sleutel`,
    {
      config: lezen,
      schema: {
        tags,
        operationId: `get${Een}`,
        summary: `Eén ${een}`,
        params: Sleutel,
        response: { 200: Uit, ...problemen(400, 404) },
      },
    },
    async (request, reply) => {
      const gevonden = await request.ctx.read(db => loadRow(db, register, request.params.sleutel))
      return reply.header('etag', etagOf(gevonden)).send(show(gevonden))
    },
  )
  // Reads JSON, which no page does: its parser stays within these routes. What is sent is held against its form as it is: made a number
  // first, nothing at all would be a ceiling of € 0.
  app.register(async scope => {
    scope.setValidatorCompiler(holdAsSent)
    scope.addContentTypeParser(
      'application/json',
      { parseAs: 'string' },
      scope.getDefaultJsonParser('error', 'error'),
    )
    scope.put<{ Params: { sleutel: string } }>(
      `${pad}/:sleutel`,
      {
        config: schrijven,
        schema: {
          tags,
          operationId: `put${Een}`,
          summary: `Zet één ${een} neer, of wijzig wat er staat`,
          params: Sleutel,
          headers: VOORWAARDEN,
          body: rij,
          response: { 200: Opgeslagen, ...problemen(400, 404, 409, 412) },
        },
      },
      async (request, reply) => {
        const { sleutel } = request.params
        const { keuzes, nu } = await request.ctx.read(async db => ({
          keuzes: await loadKeuzes(db, register),
          nu: await findRow(db, bron, sleutel),
        }))
        const vanuit = holdVoorwaarde(request, nu)
        const { letOp } = await withPointers(velden, async () => {
          const invoer = toInvoer(velden, complete(velden, request.body as Partial<Rijgegevens>))
          const gegevens = readGegevens(NIET_OPGESLAGEN, velden, invoer, { keuzes })
          demandSleutel(register, gegevens, sleutel)
          const opslag = OPSLAG[vanuit](nu?.versie ?? 0, sleutel)
          const gedaan = saveRow(request.ctx, register, gegevens, { ...opslag, gezien: ONGEVRAAGD })
          return gedaan.catch((fout: unknown) => {
            throw vanuit === 'nieuw' && fout instanceof Bestaat ? changed(BESTAAT) : fout
          })
        })
        const gevonden = await request.ctx.read(db => loadRow(db, register, sleutel))
        return reply.header('etag', etagOf(gevonden)).send({ ...show(gevonden), letOp })
      },
    )
  })
  app.delete<{ Params: { sleutel: string } }>(
    `${pad}/:sleutel`,
    {
      config: schrijven,
      schema: {
        tags,
        operationId: `delete${Een}`,
        summary: `Haal één ${een} weg, zolang er niets aan hangt`,
        params: Sleutel,
        headers: VOORWAARDEN,
        response: {
          200: Type.Object({ letOp: LETOP }, { description: 'Weg, met wat een blik waard is' }),
          204: Type.Null({ description: 'Weg' }),
          ...problemen(400, 404, 409, 412),
        },
      },
    },
    async (request, reply) => {
      const { sleutel } = request.params
      const nu = await request.ctx.read(db => loadRow(db, register, sleutel))
      const vanuit = holdVoorwaarde(request, nu)
      const doel = { sleutel, versie: nu.versie, gezien: ONGEVRAAGD } as const
      const { letOp } = await removeRow(request.ctx, register, doel).catch((fout: unknown) => {
        throw vanuit === 'ongezegd' ? fout : orChanged(fout)
      })
      return letOp.length === 0 ? reply.status(204).send(null) : reply.send({ letOp })
    },
  )
}

/** The form of a message as it is sent. What a field asks beyond its form it says itself, in its own words. */
const holdAsSent: FastifySchemaCompiler<TSchema> =
  ({ schema }) =>
  (waarde: unknown) => {
    const fouten = Value.Errors(schema, waarde).filter(({ keyword }) => keyword !== '~refine')
    return fouten.length === 0 ? { value: waarde } : { error: fouten as FastifySchemaValidationError[] }
  }

/** How a row is saved by what a program starts from; held once more with the turn, where another may have come first. */
const OPSLAG: Record<Uitgangspunt, (versie: number, sleutel: string) => Opslag> = {
  ongezegd: () => ({ versie: 'altijd' }),
  nieuw: () => ({}),
  gelezen: (versie, van) => ({ versie, van }),
}

/** Throws 400 when a row has another key than its address. */
function demandSleutel(register: Register, gegevens: Rijgegevens, gevraagd: string): void {
  const sleutel = keyOf(register, gegevens)
  if (sleutel === gevraagd) return
  const melding = `De sleutel in het adres is niet die van de inhoud: ${sleutel}.`
  throw invalid(NIET_OPGESLAGEN, [{ pad: register.sleutel[0] ?? '', melding }])
}

/** The same, where each fault is at its place in the message and not on a form: of a period, its first or last day. */
async function withPointers<T>(velden: Velden, doe: () => Promise<T>): Promise<T> {
  const plaatsen = new Map(
    veldenVan(velden).flatMap(([naam, { delen = [] }]) =>
      delen.map(({ achter }) => [`${naam}${achter}`, `/${naam}/${achter.toLowerCase()}`]),
    ),
  )
  return doe().catch((fout: unknown) => {
    if (!(fout instanceof Problem) || fout.fouten.length === 0) throw orChanged(fout)
    const { status, type, titel, detail, fouten } = fout
    throw new Problem(
      status,
      type,
      titel,
      detail,
      fouten.map(f => ({ ...f, pad: plaatsen.get(f.pad) ?? f.pad })),
    )
  })
}

/** What changed between looking and saving is what a program asked not to happen. */
const orChanged = (fout: unknown): unknown =>
  fout instanceof Botsing ? changed('Het is zojuist gewijzigd.') : fout

function only(velden: Velden, rij: Rijgegevens): Rijgegevens {
  return Object.fromEntries(Object.keys(velden).map(naam => [naam, rij[naam] ?? null]))
}
