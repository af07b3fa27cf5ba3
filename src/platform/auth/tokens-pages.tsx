import type { FastifyReply, FastifyRequest } from 'fastify'
import { dateInNederland, formatDatum } from '../dates.ts'
import { sendPagina } from '../http/pagina.tsx'
import type { App } from '../http/server.ts'
import { readAlle, readId, readVelden } from '../http/vraag.ts'
import { type Fout, Problem } from '../problem.ts'
import {
  Alinea,
  Badge,
  Code,
  Formulier,
  formatMoment,
  Keuzelijst,
  Knop,
  KnopLink,
  Knoppen,
  Kop,
  LegeStaat,
  Lijst,
  Link,
  Melding,
  Tabel,
  Tekstveld,
  Vinkjes,
} from '../ui/index.ts'
import type { Recht } from './rollen.ts'
import {
  createToken,
  GELDIG_DAGEN,
  getToken,
  listTokenrechten,
  listTokens,
  TOKENRECHT,
  type Tokenaanvraag,
  tokenStaat,
  withdrawToken,
} from './tokens.ts'

const PAD = '/beheer/tokens'
const CONFIG = { recht: 'tokens.beheren' } as const
const TITEL = 'Toegang voor programma’s'
const KRUIMELS = [{ naam: TITEL, href: PAD }]
const LEEG: Tokenaanvraag = { naam: '', rechten: [], dagen: 90 }

const rechtNaam = (recht: string) => TOKENRECHT[recht as Recht] ?? recht

/** Tokens with which software of an organisation uses the API: making, seeing and withdrawing them. */
export function registerTokens(app: App): void {
  app.get(PAD, { config: CONFIG, schema: { hide: true } }, (request, reply) =>
    sendLijst(request, reply, LEEG, []),
  )

  app.post(PAD, { config: CONFIG, schema: { hide: true } }, async (request, reply) => {
    const velden = readVelden(request)
    const aanvraag = {
      naam: velden.naam ?? '',
      rechten: readAlle(request.body, 'rechten'),
      dagen: Number(velden.dagen),
    }
    try {
      const { sleutel, verlooptOp } = await createToken(request.ctx, aanvraag)
      // Shown in the answer itself: after a redirect the key would have to be kept somewhere.
      return sendSleutel(request, reply, aanvraag.naam, sleutel, verlooptOp)
    } catch (error) {
      if (error instanceof Problem && error.status === 400)
        return sendLijst(request, reply, aanvraag, error.fouten, 400)
      throw error
    }
  })

  app.get(`${PAD}/:id/intrekken`, { config: CONFIG, schema: { hide: true } }, async (request, reply) => {
    const { ctx } = request
    const token = await ctx.read(db => getToken(db, ctx, readId(request, 'Token')))
    return sendPagina(request, reply, csrf => ({
      titel: `Token ‘${token.naam}’ intrekken`,
      inleiding: 'Een programma dat dit token gebruikt, krijgt daarna meteen geen toegang meer.',
      kruimels: KRUIMELS,
      children: (
        <Formulier actie={`${PAD}/${token.tokenId}/intrekken`} csrf={csrf}>
          <Alinea>Intrekken kan niet ongedaan worden gemaakt. U kunt wel een nieuw token maken.</Alinea>
          <Knoppen>
            <Knop soort="gevaar">Trek het token in</Knop>
            <KnopLink href={PAD}>Terug zonder intrekken</KnopLink>
          </Knoppen>
        </Formulier>
      ),
    }))
  })

  app.post(`${PAD}/:id/intrekken`, { config: CONFIG, schema: { hide: true } }, async (request, reply) => {
    await withdrawToken(request.ctx, readId(request, 'Token'))
    return reply.redirect(PAD, 303)
  })
}

async function sendLijst(
  request: FastifyRequest,
  reply: FastifyReply,
  ingevuld: Tokenaanvraag,
  fouten: readonly Fout[],
  status = 200,
): Promise<FastifyReply> {
  const { ctx } = request
  const tokens = await ctx.read(db => listTokens(db, ctx))
  const nu = new Date()
  return sendPagina(
    request,
    reply,
    csrf => ({
      titel: TITEL,
      inleiding:
        'Met een token haalt uw eigen software berichten op, of levert ze aan, zonder dat iemand inlogt.',
      children: (
        <>
          {tokens.length === 0 ? (
            <LegeStaat kop="Er zijn nog geen tokens">Maak hieronder het eerste token.</LegeStaat>
          ) : (
            <Tabel
              bijschrift="Tokens van uw organisatie"
              rijen={tokens}
              sleutel={t => String(t.tokenId)}
              kolommen={[
                { kop: 'Naam', rijkop: true, cel: t => t.naam },
                { kop: 'Mag', cel: t => t.rechten.map(rechtNaam).join(', ') },
                { kop: 'Gemaakt door', cel: t => `${t.eigenaar}, ${formatMoment(t.aangemaaktOp)}` },
                { kop: 'Geldig tot', heel: true, cel: t => formatDatum(dateInNederland(t.verlooptOp)) },
                { kop: 'Staat', heel: true, cel: t => <Staat staat={tokenStaat(t, nu)} /> },
                {
                  kop: 'Intrekken',
                  heel: true,
                  cel: t =>
                    tokenStaat(t, nu) === 'geldig' ? (
                      <Link href={`${PAD}/${t.tokenId}/intrekken`} label={`Trek in: ${t.naam}`}>
                        Trek in
                      </Link>
                    ) : (
                      ''
                    ),
                },
              ]}
            />
          )}
          <Kop niveau={2}>Nieuw token</Kop>
          <Formulier actie={PAD} csrf={csrf} fouten={fouten}>
            <Tekstveld
              naam="naam"
              label="Naam"
              hulp="Waar u het voor gebruikt, bijvoorbeeld de naam van het programma"
              waarde={ingevuld.naam}
              maxlengte={80}
              breedte="half"
              fouten={fouten}
            />
            <Vinkjes
              naam="rechten"
              label="Wat het programma mag"
              hulp="Kies niet meer dan nodig is"
              opties={listTokenrechten(ctx).map(recht => ({ waarde: recht, naam: rechtNaam(recht) }))}
              waarden={ingevuld.rechten}
              fouten={fouten}
            />
            <Keuzelijst
              naam="dagen"
              label="Hoe lang het geldig is"
              opties={GELDIG_DAGEN.map(d => ({
                waarde: String(d),
                naam: d === 365 ? '1 jaar' : `${d} dagen`,
              }))}
              waarde={String(ingevuld.dagen)}
              fouten={fouten}
            />
            <Knop>Maak token</Knop>
          </Formulier>
          <Alinea maat="klein">
            {'Hoe een programma het token gebruikt, staat in de '}
            <Link href="/api/v1/openapi.json">beschrijving van de API</Link>.
          </Alinea>
        </>
      ),
    }),
    status,
  )
}

function Staat({ staat }: { staat: ReturnType<typeof tokenStaat> }) {
  if (staat === 'geldig') return <Badge toon="succes">Geldig</Badge>
  return <Badge>{staat === 'verlopen' ? 'Verlopen' : 'Ingetrokken'}</Badge>
}

function sendSleutel(
  request: FastifyRequest,
  reply: FastifyReply,
  naam: string,
  sleutel: string,
  verlooptOp: Date,
): FastifyReply {
  return sendPagina(
    request,
    reply,
    {
      titel: 'Uw nieuwe token',
      inleiding: 'Kopieer het nu: het wordt hierna nergens meer getoond.',
      kruimels: KRUIMELS,
      children: (
        <>
          <Melding soort="waarschuwing" kop="Bewaar het token als een wachtwoord">
            Wie het heeft, kan doen wat het token mag.
          </Melding>
          <Code label={`Token ${naam.trim()}`}>{sleutel}</Code>
          <Lijst
            items={[
              `Geldig tot ${formatDatum(dateInNederland(verlooptOp))}`,
              'Stuur het mee in de kop van elk verzoek: Authorization: Bearer, en dan het token',
            ]}
          />
          <KnopLink href={PAD}>Naar alle tokens</KnopLink>
        </>
      ),
    },
    201,
  )
}
