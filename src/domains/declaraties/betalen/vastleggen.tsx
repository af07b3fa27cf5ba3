import { formatDatum, formatDatumKort } from '../../../platform/dates.ts'
import { sendPagina } from '../../../platform/http/pagina.tsx'
import type { App } from '../../../platform/http/server.ts'
import {
  markGelezen,
  parseSleutel,
  readAlle,
  readSleutel,
  readVelden,
  type Sleutel,
} from '../../../platform/http/vraag.ts'
import { formatEuro } from '../../../platform/money.ts'
import { type Fout, notFound, Problem } from '../../../platform/problem.ts'
import {
  Alinea,
  Beschrijvingslijst,
  Datumveld,
  Formulier,
  formatGetal,
  formatMoment,
  Knop,
  KnopLink,
  Knoppen,
  Kop,
  LegeStaat,
  Link,
  Melding,
  parseDatumInvoer,
  Tabel,
  Tijdlijn,
} from '../../../platform/ui/index.ts'
import { SAMENLOOP } from '../samenloop/pages.tsx'
import { listAangehouden } from '../samenloop/store.ts'
import { recordBetalingen, reverseBetaling } from './actions.ts'
import { type Aangehouden, aangehoudenVan, totaalVan } from './rules.ts'
import { type Betalingsregel, findBetalingen, listGebeurtenissen } from './store.ts'

const KRUIMELS = [
  { naam: 'Start', href: '/' },
  { naam: 'Betalingen', href: '/betalingen' },
]

/** Recording payments and taking that back: each first a page that says what will happen. */
export function registerVastleggenPages(app: App): void {
  const config = { recht: 'betalingen.vastleggen' } as const
  const schema = { hide: true }

  app.get('/betalingen/vastleggen', { config, schema }, async (request, reply) => {
    markGelezen(request, 'betaling')
    return toonVastleggen(request, reply, readSleutels(request.query), request.ctx.vandaag, [])
  })

  app.post('/betalingen/vastleggen', { config, schema }, async (request, reply) => {
    const sleutels = readSleutels(request.body)
    const getypt = readVelden(request).datum ?? ''
    try {
      const { aantal, alBetaald, apart } = await recordBetalingen(
        request.ctx,
        sleutels,
        parseDatumInvoer(getypt),
      )
      return reply.redirect(
        `/betalingen/regels?staat=betaald&gedaan=${aantal}&al=${alBetaald}&apart=${apart}`,
        303,
      )
    } catch (error) {
      if (!(error instanceof Problem) || error.status !== 400) throw error
      return toonVastleggen(request, reply, sleutels, getypt, error.fouten)
    }
  })

  app.get('/betalingen/:gemeente/:id/terugdraaien', { config, schema }, async (request, reply) => {
    const sleutel = readSleutel(request, 'Betaling')
    const { betaling, verleden } = await request.ctx.read(async db => ({
      betaling: (await findBetalingen(db, [sleutel]))[0],
      verleden: await listGebeurtenissen(db, sleutel),
    }))
    if (!betaling) throw notFound('Betaling')
    return sendPagina(request, reply, csrf => ({
      titel: 'Betaling terugdraaien',
      kruimels: KRUIMELS,
      inleiding:
        betaling.betaaldOp === null
          ? 'Deze betaling staat al open.'
          : `De betaling van ${formatEuro(betaling.bedrag)} aan ${betaling.aanbieder} komt weer open te staan.`,
      children: (
        <>
          <Beschrijvingslijst
            items={[
              { naam: 'Declaratie', waarde: betaling.declaratie },
              { naam: 'Aanbieder', waarde: betaling.aanbieder },
              { naam: 'Gemeente', waarde: betaling.gemeenteNaam },
              { naam: 'Bedrag', waarde: formatEuro(betaling.bedrag) },
              { naam: 'Betaald op', waarde: betaling.betaaldOp && formatDatum(betaling.betaaldOp) },
            ]}
          />
          {betaling.betaaldOp === null ? null : (
            <>
              <Melding soort="waarschuwing">
                Doe dit alleen als de betaling niet is gedaan of op de verkeerde datum staat. Het geld zelf
                komt hiermee niet terug. In de geschiedenis blijft staan dat u dit deed.
              </Melding>
              <Formulier
                actie={`/betalingen/${betaling.gemeente}/${betaling.betalingId}/terugdraaien`}
                csrf={csrf}
              >
                <input type="hidden" name="betaaldOp" value={betaling.betaaldOp} />
                <Knoppen>
                  <Knop soort="gevaar">Draai de betaling terug</Knop>
                  <KnopLink href="/betalingen/regels?staat=betaald">Laat staan</KnopLink>
                </Knoppen>
              </Formulier>
            </>
          )}
          {verleden.length === 0 ? null : (
            <>
              <Kop niveau={2}>Wat er met deze betaling gebeurde</Kop>
              <Tijdlijn
                label="Gebeurtenissen, nieuwste eerst"
                gebeurtenissen={verleden.map(g => ({
                  op: g.op.toISOString(),
                  moment: formatMoment(g.op),
                  door: g.door,
                  kop:
                    g.soort === 'betaald'
                      ? `Vastgelegd als betaald op ${formatDatumKort(g.betaaldOp)}`
                      : `Teruggedraaid: was betaald op ${formatDatumKort(g.betaaldOp)}`,
                }))}
              />
            </>
          )}
        </>
      ),
    }))
  })

  app.post('/betalingen/:gemeente/:id/terugdraaien', { config, schema }, async (request, reply) => {
    const sleutel = readSleutel(request, 'Betaling')
    const betaaldOp = parseDatumInvoer(readVelden(request).betaaldOp ?? '')
    if (betaaldOp === undefined) throw notFound('Betaling')
    await reverseBetaling(request.ctx, sleutel, betaaldOp)
    return reply.redirect('/betalingen/regels?gedaan=terug', 303)
  })
}

function readSleutels(bron: unknown): Sleutel[] {
  return readAlle(bron, 'betaling').flatMap(tekst => parseSleutel(tekst) ?? [])
}

async function toonVastleggen(
  request: Parameters<typeof sendPagina>[0],
  reply: Parameters<typeof sendPagina>[1],
  sleutels: readonly Sleutel[],
  datum: string,
  fouten: readonly Fout[],
) {
  const { open, apart, leeg } = await request.ctx.read(async db => {
    const gekozen = (await findBetalingen(db, sleutels)).filter(betaling => betaling.betaaldOp === null)
    const aangehouden = await listAangehouden(db, gekozen)
    const wachtend = gekozen.flatMap(b => (b.regel === null ? aangehoudenVan(b, aangehouden) : []))
    const open = gekozen.map(b => withoutApart(b, wachtend)).filter(b => b.bedrag !== 0)
    return { apart: wachtend, open, leeg: gekozen.length === 0 }
  })
  const totaal = formatEuro(totaalVan(open))
  return sendPagina(
    request,
    reply,
    csrf => ({
      titel: 'Betalingen vastleggen',
      kruimels: KRUIMELS,
      inleiding:
        open.length === 0
          ? leeg
            ? 'U hebt niets gekozen dat nog open staat.'
            : 'In wat u hebt gekozen is nu niets te betalen.'
          : `U legt vast dat ${open.length === 1 ? '1 betaling is' : `${formatGetal(open.length)} betalingen zijn`} gedaan, samen ${totaal}.`,
      children:
        open.length === 0 ? (
          <>
            <Apart regels={apart} />
            <LegeStaat
              kop="Kies eerst betalingen"
              stap={<KnopLink href="/betalingen/regels">Naar de open betalingen</KnopLink>}
            >
              Zet een vinkje bij de betalingen die zijn gedaan.
            </LegeStaat>
          </>
        ) : (
          <Formulier actie="/betalingen/vastleggen" csrf={csrf} fouten={fouten}>
            {open.map(({ gemeente, betalingId }) => (
              <input
                key={`${gemeente}.${betalingId}`}
                type="hidden"
                name="betaling"
                value={`${gemeente}.${betalingId}`}
              />
            ))}
            <Apart regels={apart} />
            <Gekozen betalingen={open} />
            <Alinea>
              Deze declaraties komen op betaald te staan; de aanbieder ziet dat ook. Het geld zelf maakt u
              over in uw eigen betaalsysteem.
            </Alinea>
            <Datumveld naam="datum" label="Betaald op" waarde={datum} fouten={fouten} />
            <Knoppen>
              <Knop>{`Leg ${totaal} vast als betaald`}</Knop>
              <KnopLink href="/betalingen/regels">Terug zonder vastleggen</KnopLink>
            </Knoppen>
          </Formulier>
        ),
    }),
    fouten.length > 0 ? 400 : 200,
  )
}

/** The payment as it will be recorded: what waits is not in it. */
function withoutApart(betaling: Betalingsregel, apart: readonly Aangehouden[]): Betalingsregel {
  const eigen = betaling.regel === null ? aangehoudenVan(betaling, apart) : []
  return { ...betaling, bedrag: betaling.bedrag - totaalVan(eigen) }
}

/** What of the chosen payments is not paid now: that waits for a judgement, and that was judged not to be paid. */
function Apart({ regels }: { regels: readonly Aangehouden[] }) {
  const wacht = regels.filter(regel => regel.stand === 'te-beoordelen')
  const niet = regels.filter(regel => regel.stand === 'niet-betalen')
  return (
    <>
      {wacht.length === 0 ? null : (
        <Melding
          soort="waarschuwing"
          kop={`${wacht.length === 1 ? '1 regel is' : `${formatGetal(wacht.length)} regels zijn`} dubbel gedeclareerd`}
        >
          {`Daarvan wordt ${formatEuro(totaalVan(wacht))} nu niet betaald. `}
          <Link href={SAMENLOOP}>Beoordeel die regels</Link>
        </Melding>
      )}
      {niet.length === 0 ? null : (
        <Melding
          soort="info"
          kop={`${niet.length === 1 ? '1 regel wordt' : `${formatGetal(niet.length)} regels worden`} niet betaald`}
        >
          {`Zo is beoordeeld; het gaat om ${formatEuro(totaalVan(niet))}. `}
          <Link href={SAMENLOOP}>Bekijk het oordeel</Link>
        </Melding>
      )}
    </>
  )
}

function Gekozen({ betalingen }: { betalingen: readonly Betalingsregel[] }) {
  return (
    <Tabel
      bijschrift="Gekozen betalingen"
      bijschriftZichtbaar
      rijen={betalingen}
      sleutel={b => `${b.gemeente}.${b.betalingId}`}
      kolommen={[
        { kop: 'Declaratie', rijkop: true, totaal: 'Totaal', cel: b => b.declaratie },
        { kop: 'Aanbieder', cel: b => b.aanbieder },
        { kop: 'Gemeente', cel: b => b.gemeenteNaam },
        { kop: 'Vervalt', heel: true, cel: b => b.vervaltOp && formatDatumKort(b.vervaltOp) },
        {
          kop: 'Bedrag',
          uitlijning: 'rechts',
          heel: true,
          totaal: formatEuro(totaalVan(betalingen)),
          cel: b => formatEuro(b.bedrag),
        },
      ]}
    />
  )
}
