import type { FastifyReply, FastifyRequest } from 'fastify'
import { Fragment } from 'react'
import { type Exportkolom, sendExport } from '../../../platform/http/export.ts'
import { type Filterlezer, readFilters } from '../../../platform/http/filter.ts'
import { readGedaan } from '../../../platform/http/gedaan.ts'
import { sendPagina } from '../../../platform/http/pagina.tsx'
import type { App } from '../../../platform/http/server.ts'
import { pick, readId } from '../../../platform/http/vraag.ts'
import { notFound, type Problem } from '../../../platform/problem.ts'
import {
  Actie,
  Alinea,
  Beschrijvingslijst,
  Botsingmelding,
  Downloadlinks,
  Filterbalk,
  Filterkeuze,
  Filterzoek,
  Formulier,
  Foutsamenvatting,
  formatMoment,
  Knop,
  KnopLink,
  Kop,
  LegeStaat,
  Lijst,
  Link,
  Melding,
  Tekstveld,
  withQuery,
} from '../../../platform/ui/index.ts'
import { indicatorVan } from '../../sturing/index.ts'
import { gemeenteOpties, mayWrite, naamVanDeelgebied, naamVanGemeente, REGIO } from '../bereik/rules.ts'
import { type GeladenDoelen, loadDoelen } from './actions.ts'
import { BEWEGING, Boomlijst, Koppelingen, Meting, SOORTNAAM } from './boom.tsx'
import { buildBomen, nietOvergenomen, platteBoom, standVan, waaromNietOnder } from './rules.ts'
import type { Doelrij } from './store.ts'

const FILTERS = ['zoek', 'gemeente', 'staat']
export const MELDING: Readonly<Record<string, string>> = {
  opgeslagen: 'Het doel is opgeslagen',
  beeindigd: 'Het doel is beëindigd',
  hersteld: 'Het doel loopt weer',
}

/** The trees of goals, the same as a file, and the page of one goal. */
export function registerDoelen(app: App): void {
  const config = { recht: 'beleid.lezen' } as const
  const schema = { hide: true }

  app.get('/doelen', { config, schema }, async (request, reply) => {
    const lees = readFilters(request)
    const { vraag } = lees
    const { wie } = request.ctx
    const geladen = await loadDoelen(request.ctx)
    const bomen = buildBomen(select(geladen.doelen, lees))
    const delen = { geladen, magCijfers: wie.rechten.has('cijfers.lezen') }
    const open = nietOvergenomen(geladen.doelen, geladen.koppelingen)
    const bestand = (formaat: string) =>
      withQuery(`/doelen/export?${new URLSearchParams(request.url.split('?')[1] ?? '')}`, { formaat })
    return sendPagina(request, reply, {
      titel: 'Doelen',
      inleiding:
        'Van visie naar doel, resultaat en indicator: wat wil de regio bereiken, wat neemt een gemeente over, en gaat het de goede kant op?',
      acties: wie.rechten.has('beleid.schrijven') ? (
        <KnopLink href="/doelen/nieuw" soort="hoofd">
          Boom beginnen
        </KnopLink>
      ) : null,
      children: (
        <>
          <Filterbalk adres={request.url} namen={FILTERS} naam="doelen">
            <Filterzoek waarde={vraag.zoek} hulp="Tekst, toelichting of bron" />
            <Filterkeuze
              naam="gemeente"
              label="Van wie"
              waarde={vraag.gemeente}
              opties={gemeenteOpties(geladen.bereik, false)}
            />
            <Filterkeuze
              naam="staat"
              label="Staat"
              waarde={vraag.staat}
              leeg="Lopend"
              opties={[{ waarde: 'alle', naam: 'Ook beëindigd' }]}
            />
          </Filterbalk>
          {bomen.length === 0 && FILTERS.some(naam => (vraag[naam] ?? '') !== '') ? (
            <LegeStaat
              kop="Er zijn geen doelen die hierbij passen"
              stap={<KnopLink href="/doelen">Toon alle doelen</KnopLink>}
            />
          ) : bomen.length === 0 ? (
            <LegeStaat
              kop="Er staan hier nog geen doelen"
              stap={
                wie.rechten.has('beleid.schrijven') ? (
                  <KnopLink href="/doelen/nieuw">Begin met een visie</KnopLink>
                ) : undefined
              }
            >
              Begin met één visie. Hang daar doelen onder, en onder elk doel wat u wilt meten.
            </LegeStaat>
          ) : (
            <>
              <Downloadlinks naam="doelen" csv={bestand('csv')} xlsx={bestand('xlsx')} />
              {bomen.map(boom => (
                <Fragment key={`${boom.gemeente} ${boom.naam}`}>
                  <Kop niveau={2}>{`${naamVanGemeente(geladen.bereik, boom.gemeente)}: ${boom.naam}`}</Kop>
                  <Boomlijst knopen={boom.wortels} delen={delen} />
                </Fragment>
              ))}
              {open.length === 0 ? null : (
                <>
                  <Kop niveau={2}>Nog door geen gemeente overgenomen</Kop>
                  <Alinea>
                    Voor deze doelen van de regio is bij de gemeenten die u ziet geen eigen doel dat eraan
                    bijdraagt.
                  </Alinea>
                  <Lijst
                    items={open.map(doel => (
                      <Link key={doel.doelId} href={`/doelen/${doel.doelId}`}>
                        {doel.tekst}
                      </Link>
                    ))}
                  />
                </>
              )}
            </>
          )}
        </>
      ),
    })
  })

  app.get('/doelen/export', { config, schema }, async (request, reply) => {
    const lees = readFilters(request)
    const geladen = await loadDoelen(request.ctx)
    const rijen = buildBomen(select(geladen.doelen, lees)).flatMap(boom => platteBoom(boom.wortels))
    return sendExport(reply, `doelen-${request.ctx.vandaag}`, exportColumns(geladen), rijen)
  })

  app.get('/doelen/:id', { config, schema }, (request, reply) => showDoel(request, reply))
}

/** The page of one goal; `geweigerd` is what was typed to end it and why that could not be. */
export async function showDoel(
  request: FastifyRequest,
  reply: FastifyReply,
  geweigerd?: { reden: string; problem: Problem },
) {
  const id = readId(request, 'Doel')
  const { wie } = request.ctx
  const geladen = await loadDoelen(request.ctx)
  const doel = geladen.doelen.find(d => d.doelId === id)
  if (!doel) throw notFound('Doel')
  const mag = wie.rechten.has('beleid.schrijven') && mayWrite(geladen.bereik, doel.gemeente)
  const melding = pick(MELDING, readGedaan(request).melding)
  return sendPagina(
    request,
    reply,
    csrf => ({
      titel: doel.tekst,
      inleiding: `${SOORTNAAM[doel.soort]} van ${doel.gemeente === null ? 'de regio' : naamVanGemeente(geladen.bereik, doel.gemeente)}, in ‘${doel.boom}’.`,
      kruimels: [
        { naam: 'Start', href: '/' },
        { naam: 'Doelen', href: '/doelen' },
      ],
      acties: mag && doel.beeindigdOp === null ? <Stappen doel={doel} /> : null,
      ...(melding === undefined ? {} : { melding: { soort: 'succes' as const, tekst: melding } }),
      children: (
        <>
          <Doelblad doel={doel} geladen={geladen} magCijfers={wie.rechten.has('cijfers.lezen')} />
          {mag ? <Einde doel={doel} csrf={csrf} {...(geweigerd ?? {})} /> : null}
        </>
      ),
    }),
    geweigerd?.problem.status ?? 200,
  )
}

function Stappen({ doel }: { doel: Doelrij }) {
  return (
    <>
      <KnopLink href={`/doelen/${doel.doelId}/wijzig`} soort="hoofd">
        Wijzig of verplaats
      </KnopLink>
      {waaromNietOnder('indicator', doel) === '' ? (
        <KnopLink href={`/doelen/nieuw?ouder=${doel.doelId}`}>Voeg eronder toe</KnopLink>
      ) : null}
    </>
  )
}

interface DoelbladProps {
  doel: Doelrij
  geladen: GeladenDoelen
  magCijfers: boolean
}

function Doelblad({ doel, geladen, magCijfers }: DoelbladProps) {
  const ouder = geladen.doelen.find(d => d.doelId === doel.ouderId)
  const onder = geladen.doelen.filter(d => d.ouderId === doel.doelId && d.beeindigdOp === null)
  return (
    <>
      {doel.beeindigdOp === null ? null : (
        <Melding soort="info" kop={`Beëindigd op ${formatMoment(doel.beeindigdOp)}`}>
          {doel.beeindigdReden}
          {doel.beeindigdDoor === null ? '' : ` (${doel.beeindigdDoor})`}
        </Melding>
      )}
      {doel.toelichting === null ? null : <Alinea>{doel.toelichting}</Alinea>}
      {doel.soort === 'indicator' ? <Meting doel={doel} delen={{ geladen, magCijfers }} /> : null}
      <Koppelingen doel={doel} geladen={geladen} />
      <Beschrijvingslijst
        items={[
          {
            naam: 'Hangt onder',
            waarde: ouder && <Link href={`/doelen/${ouder.doelId}`}>{ouder.tekst}</Link>,
          },
          ...(doel.segmentId === null && doel.wet === null
            ? []
            : [{ naam: 'Gaat over', waarde: naamVanDeelgebied(geladen.bereik, doel) }]),
          { naam: 'Bron', waarde: doel.bron },
          {
            naam: 'Laatst gewijzigd',
            waarde: `${formatMoment(doel.gewijzigdOp)}, ${doel.gewijzigdDoor ?? 'bij het laden van de gegevens'}`,
          },
        ]}
      />
      {onder.length === 0 ? null : (
        <>
          <Kop niveau={2}>Hieronder</Kop>
          <Lijst
            items={onder.map(d => (
              <Link key={d.doelId} href={`/doelen/${d.doelId}`}>
                {`${SOORTNAAM[d.soort]}: ${d.tekst}`}
              </Link>
            ))}
          />
        </>
      )}
    </>
  )
}

/** Ending a goal, or taking that back. */
function Einde(props: { doel: Doelrij; csrf: string; reden?: string; problem?: Problem }) {
  const { doel, csrf, reden, problem } = props
  const pad = `/doelen/${doel.doelId}`
  const velden = { versie: String(doel.versie) }
  const fouten = problem?.fouten ?? []
  const botsing = (
    <Botsingmelding
      problem={problem}
      toon={(nu: Doelrij) => [
        { naam: 'Tekst', waarde: nu.tekst },
        { naam: 'Toelichting', waarde: nu.toelichting },
      ]}
    />
  )
  if (doel.beeindigdOp !== null)
    return (
      <>
        {botsing}
        <Foutsamenvatting fouten={fouten} />
        <Actie actie={`${pad}/herstel`} csrf={csrf} velden={velden} soort="tweede">
          Laat dit doel weer lopen
        </Actie>
      </>
    )
  return (
    <>
      <Kop niveau={2}>Beëindigen</Kop>
      {botsing}
      <Formulier actie={`${pad}/beeindig`} csrf={csrf} fouten={fouten}>
        <input type="hidden" name="versie" value={doel.versie} />
        <Tekstveld
          naam="reden"
          label="Waarom stopt dit doel?"
          hulp="Het doel blijft bewaard en kan later weer worden hersteld."
          regels={2}
          waarde={reden ?? ''}
          fouten={fouten}
        />
        <Knop soort="tweede">Beëindig dit doel</Knop>
      </Formulier>
    </>
  )
}

/** The goals that fit; of a goal that is found without its parent the tree shows it at the top. */
const VAN_WIE = /^(\d{4}|regio)$/

function select(doelen: readonly Doelrij[], lees: Filterlezer): Doelrij[] {
  const zoek = (lees.vraag.zoek ?? '').trim().toLowerCase()
  const alle = lees.keuze('staat', ['alle']) !== null
  const gemeente = lees.code('gemeente', VAN_WIE)
  return doelen.filter(
    doel =>
      (alle || doel.beeindigdOp === null) &&
      (gemeente === null || (doel.gemeente ?? REGIO) === gemeente) &&
      [doel.tekst, doel.toelichting, doel.bron].some(tekst => tekst?.toLowerCase().includes(zoek)),
  )
}

type Rij = { doel: Doelrij; diepte: number }

function exportColumns(geladen: GeladenDoelen): Exportkolom<Rij>[] {
  const { bereik, waarden, doelen, koppelingen } = geladen
  const gemeten = (doel: Doelrij) => waarden.get(doel.doelId) ?? { waarde: null, vorig: null }
  const getal = (doel: Doelrij, waarde: number | null) =>
    waarde === null || indicatorVan(doel.indicator)?.eenheid === 'personen' ? waarde : waarde / 100
  const eenheid = { eurocent: 'euro', personen: 'personen', tienduizendsten: 'procent' } as const
  return [
    { kop: 'Van', waarde: r => naamVanGemeente(bereik, r.doel.gemeente) },
    { kop: 'Boom', waarde: r => r.doel.boom },
    { kop: 'Niveau', soort: 'getal', waarde: r => r.diepte },
    { kop: 'Soort', waarde: r => SOORTNAAM[r.doel.soort] },
    { kop: 'Tekst', waarde: r => r.doel.tekst },
    { kop: 'Toelichting', waarde: r => r.doel.toelichting },
    { kop: 'Bron', waarde: r => r.doel.bron },
    { kop: 'Indicator', waarde: r => indicatorVan(r.doel.indicator)?.naam ?? null },
    {
      kop: 'Over',
      waarde: r =>
        r.doel.indicator === null && r.doel.segmentId === null ? null : naamVanDeelgebied(bereik, r.doel),
    },
    { kop: 'Waarde', soort: 'getal', waarde: r => getal(r.doel, gemeten(r.doel).waarde) },
    { kop: 'Een jaar eerder', soort: 'getal', waarde: r => getal(r.doel, gemeten(r.doel).vorig) },
    { kop: 'Streefwaarde', soort: 'getal', waarde: r => getal(r.doel, r.doel.streefwaarde) },
    {
      kop: 'Eenheid',
      waarde: r => {
        const indicator = indicatorVan(r.doel.indicator)
        return indicator === undefined ? null : eenheid[indicator.eenheid]
      },
    },
    { kop: 'Beter is', waarde: r => r.doel.richting },
    { kop: 'Streefdatum', soort: 'datum', waarde: r => r.doel.streefOp },
    {
      kop: 'Beweging',
      waarde: r =>
        r.doel.indicator === null ? null : BEWEGING[standVan(r.doel, gemeten(r.doel)).beweging].naam,
    },
    { kop: 'Ontbreekt', waarde: r => r.doel.ontbreekt },
    {
      kop: 'Draagt bij aan regionaal doel',
      waarde: r =>
        koppelingen
          .filter(k => k.doelId === r.doel.doelId)
          .map(k => doelen.find(d => d.doelId === k.regionaalId)?.tekst ?? '')
          .join('; '),
    },
    { kop: 'Beëindigd om', waarde: r => r.doel.beeindigdReden },
  ]
}
