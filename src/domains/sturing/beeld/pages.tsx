import type { FastifyReply, FastifyRequest } from 'fastify'
import type { ReactNode } from 'react'
import type { Db } from '../../../platform/db/tables.ts'
import type { Ctx } from '../../../platform/http/ctx.ts'
import { readFilters } from '../../../platform/http/filter.ts'
import { sendPagina } from '../../../platform/http/pagina.tsx'
import type { App } from '../../../platform/http/server.ts'
import {
  Alinea,
  formatMoment,
  KnopLink,
  Kop,
  type Kruimel,
  LegeStaat,
  LosseLink,
  Melding,
  Raster,
  Uitleg,
  withQuery,
} from '../../../platform/ui/index.ts'
import type { Vraag } from '../cijfers/filter.ts'
import { type Geladen, loadBeeld } from './actions.ts'
import { DELEN, type Deel, sendDeel } from './export.ts'
import { Kern, PerMaand, TegenPlafond } from './kern.tsx'
import { checkVraag, Filters, metJaar } from './keuzes.tsx'
import { Afkeur, Concentraties, GrootsteAanbieders, Standen, Verwijzers } from './overzichten.tsx'
import { onvolledig } from './teksten.ts'

interface Adres {
  Params: { code?: string; id?: string }
}

/** What another domain knows of a segment: a part of its page. */
export type Aanvulling = (db: Db, ctx: Ctx, segmentId: number) => Promise<ReactNode>

/** The pages with figures: region, segment, municipality, provider. Each is the same selection of the same figures. */
export function registerBeeldPages(app: App, bijSegment: Aanvulling): void {
  const page = (pad: string, vastVan: (params: Adres['Params']) => Vraag) =>
    app.get<Adres>(pad, { config: { recht: 'cijfers.lezen' }, schema: { hide: true } }, (request, reply) =>
      showBeeld(request, reply, vastVan(request.params), bijSegment),
    )
  page('/cijfers', () => ({}))
  page('/cijfers/segmenten/:code', ({ code }) => ({ segment: code ?? '' }))
  page('/cijfers/gemeenten/:code', ({ code }) => ({ gemeente: code ?? '' }))
  page('/cijfers/aanbieders/:id', ({ id }) => ({
    aanbieder: /^[1-9]\d{0,8}$/.test(id ?? '') ? Number(id) : 0,
  }))
}

async function showBeeld(
  request: FastifyRequest<Adres>,
  reply: FastifyReply,
  vast: Vraag,
  bijSegment: Aanvulling,
) {
  // A provider has a page of its own.
  const lees = readFilters(request)
  const { aanbieder: _geen, ...vraag } = lees.vraag
  lees.alleen(['als', 'deel', 'jaar', 'wet', 'segment', 'gemeente'])
  const als = lees.keuze('als', ['csv', 'xlsx'])
  const deel = lees.keuze('deel', DELEN)
  const geladen = await loadBeeld(request.ctx, vraag, vast)
  checkVraag(request, geladen.stam)
  if (als !== null) return sendDeel(reply, als, deel ?? standaardDeel(vast), geladen.beeld)
  const adres = withQuery(request.url, { als: undefined, deel: undefined })
  const { segment } = geladen.beeld.filter
  const erbij =
    segment && vast.segment !== undefined
      ? await request.ctx.read(db => bijSegment(db, request.ctx, segment.segmentId))
      : null
  return sendPagina(request, reply, {
    titel: titelVan(geladen, vast),
    inleiding: geladen.beeld.opvallend.zin,
    kruimels: kruimelsVan(vast, geladen),
    children: (
      <>
        <Inhoud geladen={geladen} vast={vast} adres={adres} vandaag={request.ctx.vandaag} />
        {erbij}
      </>
    ),
  })
}

function standaardDeel(vast: Vraag): Deel {
  return vast.segment === undefined ? 'segmenten' : 'gemeenten'
}

function titelVan({ beeld, aanbieder }: Geladen, vast: Vraag): string {
  if (aanbieder) return aanbieder.naam
  if (vast.segment !== undefined) return beeld.filter.segment?.naam ?? ''
  if (vast.gemeente !== undefined) return `${beeld.filter.gemeente?.naam ?? ''} in cijfers`
  return 'Regio in cijfers'
}

function kruimelsVan(vast: Vraag, { beeld }: Geladen): Kruimel[] {
  const regio = { naam: 'Regio in cijfers', href: metJaar('/cijfers', beeld) }
  if (vast.aanbieder !== undefined)
    return [regio, { naam: 'Aanbieders', href: metJaar('/cijfers/aanbieders', beeld) }]
  return vast.segment === undefined && vast.gemeente === undefined ? [] : [regio]
}

function Inhoud({
  geladen: { beeld, stam },
  vast,
  adres,
  vandaag,
}: {
  geladen: Geladen
  vast: Vraag
  adres: string
  vandaag: string
}) {
  const props = { beeld, adres }
  const filters = <Filters {...props} stam={stam} vast={vast} vandaag={vandaag} />
  const komend = beeld.verstreken === 0
  if (
    beeld.opvallend.soort === 'leeg' &&
    beeld.totaal.toegewezen === 0 &&
    !(komend && beeld.totaal.plafond !== null)
  )
    return (
      <>
        {filters}
        <LegeStaat
          kop="Er zijn nog geen cijfers"
          stap={
            <>
              <KnopLink href={withQuery(adres, { jaar: String(beeld.filter.jaar - 1) })}>
                {`Bekijk ${beeld.filter.jaar - 1}`}
              </KnopLink>
              <KnopLink href="/bronnen">Hoe worden cijfers berekend?</KnopLink>
            </>
          }
        >
          Cijfers ontstaan vanzelf als toewijzingen en declaraties binnenkomen. Kies een ander jaar of een
          ruimer filter, of kijk later nog eens.
        </LegeStaat>
      </>
    )
  const isAanbieder = vast.aanbieder !== undefined
  const gat = onvolledig(beeld)
  return (
    <>
      {beeld.filter.segment && vast.segment !== undefined ? (
        <Alinea>{beeld.filter.segment.omschrijving}</Alinea>
      ) : null}
      <Uitleg
        over="wat opvalt"
        definitie={beeld.opvallend.uitleg}
        bron="De tabellen op deze pagina"
        bijgewerkt={beeld.bijgewerkt === null ? 'nog niet' : formatMoment(beeld.bijgewerkt)}
      />
      {filters}
      <Kern {...props} />
      {komend ? (
        <Melding soort="info" kop={`${beeld.filter.jaar} moet nog beginnen`}>
          Er is in dat jaar nog niets geleverd. U ziet wat er al voor is toegewezen en welke plafonds al zijn
          vastgesteld. Elke maand telt tegen het tarief dat dan geldt. Is daarvoor nog geen tarief
          afgesproken, dan telt het laatste ervoor.
        </Melding>
      ) : null}
      {gat === undefined ? null : (
        <Melding soort="info" kop={gat}>
          Declaraties over die maanden komen nog binnen. Vergelijkingen met vorig jaar gaan daarom alleen over
          maanden die wel compleet zijn.
        </Melding>
      )}
      <Raster>
        <PerMaand {...props} />
        {isAanbieder ? null : beeld.filter.segment ? (
          <TegenPlafond {...props} rijen={beeld.perGemeente} kop="Gemeente" deel="gemeenten" />
        ) : (
          <TegenPlafond {...props} rijen={beeld.perSegment} kop="Segment" deel="segmenten" />
        )}
      </Raster>
      {beeld.filter.segment && beeld.perSegment.length < 2 ? null : (
        <Standen {...props} kop="Segment" deel="segmenten" rijen={beeld.perSegment} />
      )}
      {beeld.filter.gemeente ? null : (
        <Standen {...props} kop="Gemeente" deel="gemeenten" rijen={beeld.perGemeente} />
      )}
      {isAanbieder ? null : (
        <>
          <Concentraties {...props} />
          <GrootsteAanbieders {...props} />
          <Verwijzers {...props} />
        </>
      )}
      <Afkeur {...props} />
      <Kop niveau={2}>Verder</Kop>
      <LosseLink href={metJaar('/cijfers/aanbieders', beeld)}>Alle aanbieders in cijfers</LosseLink>
      <LosseLink href="/bronnen">Bronnen en definities</LosseLink>
    </>
  )
}
