import type { FastifyRequest } from 'fastify'
import type { Ctx } from '../../../platform/http/ctx.ts'
import { type Exportkolom, MAX_EXPORT, sendExport } from '../../../platform/http/export.ts'
import { readFilters } from '../../../platform/http/filter.ts'
import { sendPagina } from '../../../platform/http/pagina.tsx'
import type { App } from '../../../platform/http/server.ts'
import {
  Badge,
  Datumveld,
  Downloadlinks,
  Filterbalk,
  Filterkeuze,
  formatGetal,
  formatMoment,
  KnopLink,
  type Kolom,
  LegeStaat,
  Link,
  Onbekend,
  type Optie,
  Paginering,
  parseDatumInvoer,
  Tabel,
  Tekstveld,
  withQuery,
} from '../../../platform/ui/index.ts'
import { OVERNEMEN_PAD } from '../adres.ts'
import { redenZin } from '../herkansing/rules.ts'
import {
  DOMEINNAAM,
  isTeLaat,
  ONBEANTWOORD,
  RICHTINGNAAM,
  readFilter,
  SOORTNAAM,
  STAAT,
  soortNaam,
  TE_LAAT,
  termijnTekst,
  type Vraag,
} from './rules.ts'
import {
  type Berichtregel,
  countBerichten,
  countWachtend,
  listBerichten,
  listKeuzegemeenten,
  MEESTE_GETELD,
  SORTEERBAAR,
} from './store.ts'

const PER_PAGINA = 50
const NAMEN = ['zoek', 'richting', 'soort', 'domein', 'staat', 'gemeente', 'van', 'tot']
const STANDAARD = { kolom: 'ontvangen', richting: 'af' } as const

/** The list of all messages that someone may see, and the same list as a file. */
export function registerVerkeerPages(app: App): void {
  const config = { recht: 'berichten.lezen' } as const
  app.get('/berichten', { config, schema: { hide: true } }, async (request, reply) => {
    const { ctx } = request
    const { vraag, fouten, sortering, selectie } = readSelectie(request)
    const pagina = readFilters(request).pagina()
    const gevonden = await ctx.read(async db => ({
      rijen: await listBerichten(db, selectie, sortering, {
        aantal: PER_PAGINA,
        vanaf: Math.min((pagina - 1) * PER_PAGINA, MEESTE_GETELD),
      }),
      totaal: await countBerichten(db, selectie),
      wacht: await countWachtend(db, selectie),
      gemeenten: await listKeuzegemeenten(db, ctx.wie.scope),
    }))
    const { rijen, totaal, wacht, gemeenten } = gevonden
    const adres = request.url
    const mag = ctx.wie.rechten.has('berichten.aanleveren')
    const actief = NAMEN.some(naam => (vraag[naam] ?? '') !== '')
    return sendPagina(
      request,
      reply,
      {
        titel: 'Berichtenverkeer',
        inleiding: wachtTekst(wacht),
        acties: mag ? (
          <>
            <KnopLink soort="hoofd" href="/berichten/aanleveren">
              Bericht aanleveren
            </KnopLink>
            {ctx.wie.rechten.has('berichten.overnemen') ? (
              <KnopLink href={OVERNEMEN_PAD}>Oude berichten overnemen</KnopLink>
            ) : null}
          </>
        ) : undefined,
        children: (
          <>
            <Filterbalk adres={adres} namen={NAMEN} naam="berichten">
              <Tekstveld
                naam="zoek"
                label="Nummer of aanbieder"
                waarde={vraag.zoek ?? ''}
                verplicht={false}
                maxlengte={100}
              />
              <Keuze naam="richting" label="Richting" vraag={vraag} opties={names(RICHTINGNAAM)} />
              <Keuze naam="soort" label="Soort" vraag={vraag} opties={SOORTEN} />
              <Keuze naam="domein" label="Wet" vraag={vraag} opties={names(DOMEINNAAM)} />
              <Keuze naam="staat" label="Staat" vraag={vraag} opties={STATEN} />
              {gemeenten.length > 1 ? (
                <Keuze
                  naam="gemeente"
                  label="Gemeente"
                  vraag={vraag}
                  opties={gemeenten.map(g => ({ waarde: g.code, naam: g.naam }))}
                />
              ) : null}
              <Datumveld
                naam="van"
                label="Ontvangen vanaf"
                waarde={vraag.van ?? ''}
                fouten={fouten}
                verplicht={false}
              />
              <Datumveld
                naam="tot"
                label="Ontvangen tot en met"
                waarde={vraag.tot ?? ''}
                fouten={fouten}
                verplicht={false}
              />
            </Filterbalk>
            {rijen.length === 0 ? (
              <Leeg actief={actief} mag={mag} />
            ) : (
              <>
                <Downloadlinks
                  naam="berichten"
                  csv={withQuery(adres.replace('/berichten', '/berichten/export'), {
                    formaat: 'csv',
                    pagina: undefined,
                  })}
                  xlsx={withQuery(adres.replace('/berichten', '/berichten/export'), {
                    formaat: 'xlsx',
                    pagina: undefined,
                  })}
                />
                <Tabel
                  bijschrift="Berichten"
                  bijschriftVerborgen
                  adres={adres}
                  sortering={sortering}
                  rijen={rijen}
                  sleutel={rij => rij.berichtId}
                  kolommen={columns(ctx, gemeenten.length > 1)}
                />
                <Paginering
                  adres={adres}
                  pagina={pagina}
                  perPagina={PER_PAGINA}
                  totaal={totaal}
                  naam="berichten"
                />
                {totaal === MEESTE_GETELD ? (
                  <p className="ams-paragraph">
                    Er zijn er meer dan {formatGetal(MEESTE_GETELD)}. Maak de lijst kleiner met een filter.
                  </p>
                ) : null}
              </>
            )}
          </>
        ),
      },
      fouten.length > 0 ? 400 : 200,
    )
  })

  app.get('/berichten/export', { config, schema: { hide: true } }, async (request, reply) => {
    const { sortering, selectie } = readSelectie(request)
    const rijen = await request.ctx.read(db =>
      listBerichten(db, selectie, sortering, { aantal: MAX_EXPORT, vanaf: 0 }),
    )
    return sendExport(reply, `berichten-${request.ctx.vandaag}`, EXPORT, rijen)
  })
}

function readSelectie(request: FastifyRequest) {
  const { vraag, weiger } = readFilters(request)
  const { filter, fouten } = readFilter(vraag, parseDatumInvoer)
  for (const { pad, melding } of fouten) weiger(pad, melding)
  const { wie, vandaag } = request.ctx
  return {
    vraag,
    fouten,
    sortering: readFilters(request).sortering(SORTEERBAAR, STANDAARD),
    selectie: { filter, scope: wie.scope, vandaag },
  }
}

function wachtTekst({ wachtend, teLaat }: { wachtend: number; teLaat: number }): string {
  if (wachtend === 0) return 'Er wacht geen bericht op antwoord.'
  const wacht =
    wachtend === 1
      ? 'Er wacht 1 bericht op antwoord'
      : `Er wachten ${formatGetal(wachtend)} berichten op antwoord`
  return teLaat === 0
    ? `${wacht}, en niets is te laat.`
    : `${wacht}. Daarvan ${teLaat === 1 ? 'is er 1' : `zijn er ${formatGetal(teLaat)}`} te laat.`
}

function Leeg({ actief, mag }: { actief: boolean; mag: boolean }) {
  if (actief)
    return (
      <LegeStaat
        kop="Er zijn geen berichten die hierbij passen"
        stap={<KnopLink href="/berichten">Toon alle berichten</KnopLink>}
      >
        Maak de filters ruimer, of zoek op een deel van de naam.
      </LegeStaat>
    )
  return (
    <LegeStaat
      kop="Er zijn nog geen berichten"
      stap={mag ? <KnopLink href="/berichten/aanleveren">Lever het eerste bericht aan</KnopLink> : undefined}
    >
      Berichten van iWmo en iJw komen hier te staan zodra ze zijn ontvangen.
    </LegeStaat>
  )
}

const names = (namen: Readonly<Record<string, string>>): Optie[] =>
  Object.entries(namen).map(([waarde, naam]) => ({ waarde, naam }))

const SOORTEN = Object.entries(SOORTNAAM).map(([waarde, naam]) => ({ waarde, naam: `${naam} (${waarde})` }))
const STATEN = [
  { waarde: ONBEANTWOORD, naam: 'Nog geen antwoord' },
  { waarde: TE_LAAT, naam: 'Antwoord te laat' },
  ...Object.entries(STAAT).map(([waarde, { naam }]) => ({ waarde, naam })),
]

function Keuze({
  naam,
  label,
  vraag,
  opties,
}: {
  naam: string
  label: string
  vraag: Vraag
  opties: Optie[]
}) {
  return <Filterkeuze naam={naam} label={label} waarde={vraag[naam]} opties={opties} />
}

/** Address of the page of one message. */
export function berichtPad({ gemeente, berichtId }: { gemeente: string; berichtId: string }): string {
  return `/berichten/${gemeente}/${berichtId}`
}

/** The state as people read it; late answers stand out. */
export function Staatbadge({ staat }: { staat: Berichtregel['staat'] }) {
  return <Badge toon={STAAT[staat].toon}>{STAAT[staat].naam}</Badge>
}

function columns({ vandaag }: Ctx, metGemeente: boolean): Kolom<Berichtregel>[] {
  const gemeente: Kolom<Berichtregel> = {
    kop: 'Gemeente',
    sorteer: 'gemeente',
    cel: rij => rij.gemeenteNaam,
  }
  return [
    {
      kop: 'Bericht',
      rijkop: true,
      heel: true,
      sorteer: 'soort',
      cel: rij => (
        <>
          <Link href={berichtPad(rij)} label={`${soortNaam(rij.soort)} ${rij.identificatie}`}>
            {soortNaam(rij.soort)}
          </Link>
          <br />
          <small>
            {rij.soort} · {rij.identificatie}
          </small>
        </>
      ),
    },
    { kop: 'Staat', sorteer: 'staat', heel: true, cel: rij => <Staatbadge staat={rij.staat} /> },
    {
      kop: 'Aanbieder',
      sorteer: 'aanbieder',
      cel: rij => (
        <>
          {rij.aanbieder ?? <Onbekend />}
          <br />
          <small>{rij.agb}</small>
        </>
      ),
    },
    ...(metGemeente ? [gemeente] : []),
    { kop: 'Richting', cel: rij => RICHTINGNAAM[rij.richting] ?? rij.richting },
    { kop: 'Datum', sorteer: 'ontvangen', heel: true, cel: rij => formatMoment(rij.ontvangenOp) },
    { kop: 'Antwoord', sorteer: 'termijn', heel: true, cel: rij => <Termijn rij={rij} vandaag={vandaag} /> },
    {
      kop: 'Bevindingen',
      sorteer: 'bevindingen',
      uitlijning: 'rechts',
      cel: rij => (rij.bevindingen === 0 ? '0' : formatGetal(rij.bevindingen)),
    },
  ]
}

function Termijn({ rij, vandaag }: { rij: Berichtregel; vandaag: string }) {
  const tekst = termijnTekst(rij, vandaag)
  if (tekst === undefined) return rij.antwoordVoor === null ? 'Niet nodig' : 'Gegeven'
  return isTeLaat(rij.staat, rij.antwoordVoor, vandaag) ? <Badge toon="fout">{tekst}</Badge> : tekst
}

const EXPORT: readonly Exportkolom<Berichtregel>[] = [
  { kop: 'Soort', waarde: rij => rij.soort },
  { kop: 'Omschrijving', waarde: rij => soortNaam(rij.soort) },
  { kop: 'Richting', waarde: rij => RICHTINGNAAM[rij.richting] ?? rij.richting },
  { kop: 'Wet', waarde: rij => DOMEINNAAM[rij.domein] ?? rij.domein },
  { kop: 'Gemeentecode', waarde: rij => rij.gemeente },
  { kop: 'Gemeente', waarde: rij => rij.gemeenteNaam },
  { kop: 'AGB-code', waarde: rij => rij.agb },
  { kop: 'Aanbieder', waarde: rij => rij.aanbieder },
  { kop: 'Identificatie', waarde: rij => rij.identificatie },
  { kop: 'Dagtekening', soort: 'datum', waarde: rij => rij.dagtekening },
  { kop: 'Ontvangen', waarde: rij => formatMoment(rij.ontvangenOp) },
  { kop: 'Staat', waarde: rij => STAAT[rij.staat].naam },
  { kop: 'Reden', waarde: rij => rij.reden && redenZin(rij.reden) },
  { kop: 'Antwoord uiterlijk', soort: 'datum', waarde: rij => rij.antwoordVoor },
  { kop: 'Regels', soort: 'getal', waarde: rij => rij.regels },
  { kop: 'Bevindingen', soort: 'getal', waarde: rij => rij.bevindingen },
]
