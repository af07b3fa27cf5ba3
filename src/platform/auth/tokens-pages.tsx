import { randomBytes } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { dateInNederland, formatDatum } from '../dates.ts'
import { post } from '../http/formulierpost.ts'
import { sendPagina } from '../http/pagina.tsx'
import type { App } from '../http/server.ts'
import { readId } from '../http/vraag.ts'
import {
  Alinea,
  Badge,
  Code,
  Formulier,
  formatMoment,
  Knop,
  KnopLink,
  Knoppen,
  Kop,
  LegeStaat,
  Lijst,
  Link,
  Melding,
  Tabel,
} from '../ui/index.ts'
import { type Geweigerd, Invulformulier } from '../velden/invulformulier.tsx'
import type { Recht } from './rollen.ts'
import {
  createToken,
  getToken,
  listTokens,
  type NieuwToken,
  TOKEN,
  TOKENRECHT,
  tokenrechtOpties,
  tokenStaat,
  withdrawToken,
} from './tokens.ts'

const PAD = '/beheer/tokens'
const CONFIG = { recht: 'tokens.beheren' } as const
const TITEL = 'Toegang voor programma’s'
const KRUIMELS = [{ naam: TITEL, href: PAD }]

const rechtNaam = (recht: string) => TOKENRECHT[recht as Recht] ?? recht

/** Tokens with which software of an organisation uses the API: making, seeing and withdrawing them. */
export function registerTokens(app: App): void {
  app.get(PAD, { config: CONFIG, schema: { hide: true } }, (request, reply) => sendLijst(request, reply))

  post(
    app,
    PAD,
    { ...CONFIG, naam: 'token', velden: TOKEN },
    async ({ request, invoer }) => {
      const token = await createToken(request.ctx, invoer, request.verzending?.sleutel ?? randomBytes(32))
      // Shown in the answer itself: after a redirect the key would have to be kept somewhere.
      return reply => sendSleutel(request, reply, token)
    },
    sendLijst,
  )

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
  geweigerd?: Geweigerd,
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
              bijschriftZichtbaar
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
          <Invulformulier
            naam="token"
            velden={TOKEN}
            nu={{ dagen: '90' }}
            keuzes={{ rechten: tokenrechtOpties(ctx) }}
            actie={PAD}
            csrf={csrf}
            knop="Maak token"
            geweigerd={geweigerd}
          />
          <Alinea maat="klein">
            {'Hoe een programma het token gebruikt, staat in de '}
            <Link href="/api/v1/openapi.json">beschrijving van de API</Link>.
          </Alinea>
        </>
      ),
    }),
    geweigerd?.problem.status ?? 200,
  )
}

function Staat({ staat }: { staat: ReturnType<typeof tokenStaat> }) {
  if (staat === 'geldig') return <Badge toon="succes">Geldig</Badge>
  return <Badge>{staat === 'verlopen' ? 'Verlopen' : 'Ingetrokken'}</Badge>
}

function sendSleutel(
  request: FastifyRequest,
  reply: FastifyReply,
  { naam, sleutel, verlooptOp }: NieuwToken,
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
          <Code label={`Token ${naam}`}>{sleutel}</Code>
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
