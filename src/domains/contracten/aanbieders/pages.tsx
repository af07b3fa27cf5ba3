import type { ReactNode } from 'react'
import type { Db } from '../../../platform/db/tables.ts'
import type { Ctx } from '../../../platform/http/ctx.ts'
import type { Exportkolom } from '../../../platform/http/export.ts'
import { lijst } from '../../../platform/http/lijst.tsx'
import { sendPagina } from '../../../platform/http/pagina.tsx'
import type { App } from '../../../platform/http/server.ts'
import { readId } from '../../../platform/http/vraag.ts'
import { notFound } from '../../../platform/problem.ts'
import {
  Alinea,
  Badge,
  Beschrijvingslijst,
  formatGetal,
  KnopLink,
  type Kolom,
  Kop,
  LegeStaat,
  Link,
  Onbekend,
  Tabel,
} from '../../../platform/ui/index.ts'
import { AANBIEDERS, type Aanbieder, findAanbieder, listLocaties, listSegmenten } from './store.ts'

const WETTEN = [
  { waarde: 'jw', naam: 'Jeugdwet' },
  { waarde: 'wmo', naam: 'Wmo' },
]
const CONTRACT = [
  { waarde: 'ja', naam: 'Met lopend contract' },
  { waarde: 'nee', naam: 'Zonder lopend contract' },
]

/** What another feature adds to the page of a provider. */
export type Aanvulling = (db: Db, ctx: Ctx, aanbiederId: number) => Promise<ReactNode>

/** The parts of the page of a provider that others make. */
interface Aanvullingen {
  plafonds: Aanvulling
  contracten: Aanvulling
}

/** The register of providers and the page of one. */
export function registerAanbiedersPages(app: App, bij: Aanvullingen): void {
  const config = { recht: 'aanbieders.lezen' } as const
  const schema = { hide: true }
  lijst(app, '/aanbieders', {
    ...config,
    inwoners: null,
    naam: 'aanbieders',
    bron: ({ vandaag }) => AANBIEDERS(vandaag),
    orde: { kolom: 'naam', richting: 'op' },
    feiten: listSegmenten,
    filters: segmenten => ({
      zoek: { soort: 'zoek', hulp: 'Naam, AGB-code of KvK-nummer' },
      wet: { soort: 'keuze', label: 'Wet', opties: WETTEN },
      segment: { soort: 'keuze', label: 'Segment', opties: segmenten },
      contract: { soort: 'keuze', label: 'Contract', opties: CONTRACT },
    }),
    sleutel: rij => String(rij.aanbiederId),
    kolommen: () => COLUMNS,
    bestand: () => EXPORT,
    blad: ({ ctx }, { totaal }) => ({
      titel: 'Aanbieders',
      inleiding:
        ctx.wie.scope.aanbieder === null
          ? `${formatGetal(totaal)} ${totaal === 1 ? 'aanbieder' : 'aanbieders'} van jeugdhulp en Wmo-ondersteuning.`
          : 'Dit is wat er bij de regio over u is vastgelegd.',
      leeg: <LegeStaat kop="Er zijn nog geen aanbieders" />,
    }),
  })

  app.get('/aanbieders/:id', { config, schema }, async (request, reply) => {
    const { ctx } = request
    const id = readId(request, 'Aanbieder')
    const { aanbieder, locaties, plafonds, contracten } = await ctx.read(async db => {
      const gevonden = await findAanbieder(db, id, ctx.vandaag)
      if (!gevonden) throw notFound('Aanbieder')
      return {
        aanbieder: gevonden,
        locaties: await listLocaties(db, id),
        plafonds: await bij.plafonds(db, ctx, id),
        contracten: await bij.contracten(db, ctx, id),
      }
    })
    return sendPagina(request, reply, {
      titel: aanbieder.naam,
      inleiding: zin(aanbieder),
      kruimels: [
        { naam: 'Start', href: '/' },
        { naam: 'Aanbieders', href: '/aanbieders' },
      ],
      acties: <Wegen ctx={ctx} aanbieder={aanbieder} />,
      children: (
        <>
          <Beschrijvingslijst
            items={[
              { naam: 'AGB-code', waarde: aanbieder.agb },
              { naam: 'KvK-nummer', waarde: aanbieder.kvk },
              { naam: 'Segmenten', waarde: aanbieder.segmenten.join(', ') },
            ]}
          />
          <Kop niveau={2}>Locaties</Kop>
          <Tabel
            bijschrift="Locaties"
            rijen={locaties}
            sleutel={locatie => String(locatie.volgnummer)}
            leeg={<Alinea>Er is geen locatie vastgelegd.</Alinea>}
            kolommen={[
              { kop: 'Locatie', rijkop: true, cel: locatie => locatie.naam },
              { kop: 'Postcode', heel: true, cel: locatie => locatie.postcode ?? <Onbekend /> },
              { kop: 'Plaats', cel: locatie => locatie.plaats },
            ]}
          />
          {plafonds}
          {contracten}
        </>
      ),
    })
  })
}

function zin({ contracten, segmenten, gemeenten, plaats }: Aanbieder): string {
  const waar = plaats === null ? '' : ` uit ${plaats}`
  if (contracten === 0) return `Aanbieder${waar}, zonder lopend contract.`
  const segment = segmenten.length === 1 ? '1 segment' : `${segmenten.length} segmenten`
  const gemeente = gemeenten === 1 ? '1 gemeente' : `${gemeenten} gemeenten`
  return `Aanbieder${waar} met een lopend contract voor ${segment} in ${gemeente}.`
}

/** Where else this provider can be looked at, as far as the rights go. */
function Wegen({ ctx, aanbieder }: { ctx: Ctx; aanbieder: Aanbieder }) {
  const { rechten } = ctx.wie
  const { aanbiederId: id, agb } = aanbieder
  return (
    <>
      {rechten.has('cijfers.lezen') ? <KnopLink href={`/cijfers/aanbieders/${id}`}>Cijfers</KnopLink> : null}
      {rechten.has('declaraties.lezen') ? (
        <KnopLink href={`/declaraties?aanbieder=${id}`}>Declaraties</KnopLink>
      ) : null}
      {rechten.has('berichten.lezen') ? <KnopLink href={`/berichten?zoek=${agb}`}>Berichten</KnopLink> : null}
      {rechten.has('contracten.beheren') ? (
        <KnopLink href={`/inrichten/aanbieders/rij/${agb}/wijzig`}>Wijzig deze aanbieder</KnopLink>
      ) : null}
    </>
  )
}

const COLUMNS: readonly Kolom<Aanbieder>[] = [
  {
    kop: 'Aanbieder',
    rijkop: true,
    sorteer: 'naam',
    cel: rij => <Link href={`/aanbieders/${rij.aanbiederId}`}>{rij.naam}</Link>,
  },
  { kop: 'AGB-code', sorteer: 'agb', heel: true, cel: rij => rij.agb },
  { kop: 'KvK', heel: true, cel: rij => rij.kvk ?? <Onbekend /> },
  { kop: 'Plaats', sorteer: 'plaats', cel: rij => rij.plaats ?? <Onbekend /> },
  { kop: 'Segmenten', cel: rij => (rij.segmenten.length === 0 ? <Onbekend /> : rij.segmenten.join(', ')) },
  { kop: 'Gemeenten', sorteer: 'gemeenten', uitlijning: 'rechts', cel: rij => formatGetal(rij.gemeenten) },
  {
    kop: 'Contract',
    sorteer: 'contracten',
    heel: true,
    cel: rij => (rij.contracten > 0 ? <Badge toon="succes">Loopt</Badge> : <Badge>Geen</Badge>),
  },
]

const EXPORT: readonly Exportkolom<Aanbieder>[] = [
  { kop: 'AGB-code', waarde: rij => rij.agb },
  { kop: 'KvK-nummer', waarde: rij => rij.kvk },
  { kop: 'Naam', waarde: rij => rij.naam },
  { kop: 'Plaats', waarde: rij => rij.plaats },
  { kop: 'Segmenten', waarde: rij => rij.segmenten.join(', ') },
  { kop: 'Gemeenten', soort: 'getal', waarde: rij => rij.gemeenten },
  { kop: 'Lopende contracten', soort: 'getal', waarde: rij => rij.contracten },
]
