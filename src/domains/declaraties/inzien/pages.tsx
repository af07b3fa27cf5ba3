import type { FastifyRequest } from 'fastify'
import { dateInNederland, formatDatumKort, formatMaand } from '../../../platform/dates.ts'
import { type Exportkolom, MAX_EXPORT, sendExport } from '../../../platform/http/export.ts'
import { GEMEENTECODE, readFilters } from '../../../platform/http/filter.ts'
import { sendPagina } from '../../../platform/http/pagina.tsx'
import type { App } from '../../../platform/http/server.ts'
import { likePattern, type Vraag } from '../../../platform/http/vraag.ts'
import { formatEuro } from '../../../platform/money.ts'
import {
  Badge,
  Filterkeuze,
  Filterzoek,
  formatGetal,
  KnopLink,
  type Kolom,
  LegeStaat,
  Lijstdeel,
  Link,
  Tekstveld,
} from '../../../platform/ui/index.ts'
import { WETNAAM, WETTEN } from '../../contracten/index.ts'
import { declaratiePad } from '../adres.ts'
import { type Aangehouden, sumAangehoudenPerDeclaratie } from '../samenloop/store.ts'
import {
  type Declaratieregel,
  type Filter,
  listDeclaraties,
  listKeuzes,
  SORTEERBAAR,
  type Som,
  sumDeclaraties,
} from './store.ts'
import { UITKOMST, type Uitkomst, uitkomstVan } from './uitkomst.ts'

const PER_PAGINA = 50
const STANDAARD = { kolom: 'ontvangen', richting: 'af' } as const
const FILTERS = ['zoek', 'uitkomst', 'maand', 'wet', 'gemeente', 'aanbieder', 'toewijzing', 'regel', 'sinds']
const UITKOMSTEN = Object.keys(UITKOMST) as Uitkomst[]

/** The list of declaraties that someone may see, and the same list as a file. */
export function registerDeclaratiesPages(app: App): void {
  const config = { recht: 'declaraties.lezen' } as const
  const schema = { hide: true }
  app.get('/declaraties', { config, schema }, async (request, reply) => {
    const { ctx } = request
    const { vraag, selectie, sortering } = readSelectie(request)
    const pagina = readFilters(request).pagina()
    const { rijen, som, keuzes } = await ctx.read(async db => ({
      rijen: await listDeclaraties(db, selectie, sortering, {
        aantal: PER_PAGINA,
        vanaf: (pagina - 1) * PER_PAGINA,
      }),
      som: await sumDeclaraties(db, selectie),
      keuzes: await listKeuzes(db, ctx.wie.scope),
    }))
    const isAanbieder = ctx.wie.scope.aanbieder !== null
    return sendPagina(request, reply, {
      titel: 'Declaraties',
      inleiding: intro(som, selectie.filter),
      acties: ctx.wie.rechten.has('samenloop.lezen') ? (
        <KnopLink href="/declaraties/samenloop">Dubbel gedeclareerd</KnopLink>
      ) : undefined,
      children: (
        <Lijstdeel
          adres={request.url}
          naam="declaraties"
          filters={FILTERS}
          velden={<Velden vraag={vraag} keuzes={keuzes} isAanbieder={isAanbieder} />}
          kolommen={columns(keuzes.gemeenten.length > 1, isAanbieder)}
          rijen={rijen}
          sleutel={rij => `${rij.gemeente}.${rij.declaratieId}`}
          sortering={sortering}
          pagina={pagina}
          perPagina={PER_PAGINA}
          totaal={som.aantal}
          exportPad="/declaraties/export"
          leeg={
            <LegeStaat
              kop="Er zijn nog geen declaraties"
              stap={
                ctx.wie.rechten.has('berichten.aanleveren') ? (
                  <KnopLink href="/berichten/aanleveren">Lever een declaratie aan</KnopLink>
                ) : undefined
              }
            >
              Een declaratie komt hier te staan zodra het declaratiebericht (323) is verwerkt.
            </LegeStaat>
          }
        />
      ),
    })
  })

  app.get('/declaraties/export', { config, schema }, async (request, reply) => {
    const { ctx } = request
    const { selectie, sortering } = readSelectie(request)
    const { rijen, aangehouden } = await ctx.read(async db => ({
      rijen: await listDeclaraties(db, selectie, sortering, { aantal: MAX_EXPORT, vanaf: 0 }),
      aangehouden: new Map((await sumAangehoudenPerDeclaratie(db)).map(a => [declaratiePad(a), a])),
    }))
    return sendExport(
      reply,
      `declaraties-${ctx.vandaag}`,
      EXPORT,
      rijen.map(rij => ({ ...rij, ...(aangehouden.get(declaratiePad(rij)) ?? { wacht: 0, niet: 0 }) })),
    )
  })
}

function intro({ aantal, ingediend, toegekend }: Som, { toewijzing, regel, sinds }: Filter): string {
  const wat = `${formatGetal(aantal)} ${aantal === 1 ? 'declaratie' : 'declaraties'}`
  const waarop =
    toewijzing !== null
      ? ' met regels op deze toewijzing'
      : regel !== null
        ? ` met regels geweigerd op ${regel}`
        : ''
  const vanaf = sinds === null ? '' : `, ontvangen sinds ${formatDatumKort(sinds)}`
  return `${wat}${waarop}${vanaf}: ${formatEuro(ingediend)} ingediend, waarvan ${formatEuro(toegekend)} toegekend.`
}

function readSelectie(request: FastifyRequest) {
  const lees = readFilters(request)
  const { vraag } = lees
  const filter: Filter = {
    zoek: likePattern(vraag.zoek),
    wet: lees.keuze('wet', ['jw', 'wmo']),
    uitkomst: lees.keuze('uitkomst', UITKOMSTEN),
    gemeente: lees.code('gemeente', GEMEENTECODE),
    aanbieder: lees.getal('aanbieder'),
    maand: lees.maand('maand'),
    toewijzing: lees.sleutel('toewijzing'),
    regel: lees.code('regel', /^[A-Z]{2}\d{3}$/),
    sinds: lees.dag('sinds'),
  }
  return {
    vraag,
    selectie: { filter, scope: request.ctx.wie.scope },
    sortering: readFilters(request).sortering(SORTEERBAAR, STANDAARD),
  }
}

function Velden({
  vraag,
  keuzes,
  isAanbieder,
}: {
  vraag: Vraag
  keuzes: Awaited<ReturnType<typeof listKeuzes>>
  isAanbieder: boolean
}) {
  return (
    <>
      <Filterzoek
        waarde={vraag.zoek}
        hulp={isAanbieder ? 'Declaratienummer' : 'Declaratienummer, AGB-code of naam van de aanbieder'}
      />
      <Filterkeuze
        naam="uitkomst"
        label="Uitkomst"
        waarde={vraag.uitkomst}
        opties={UITKOMSTEN.map(waarde => ({ waarde, naam: UITKOMST[waarde].naam }))}
      />
      <Tekstveld
        naam="maand"
        label="Maand"
        hulp="Zoals 2026-03"
        breedte="kort"
        maxlengte={7}
        waarde={vraag.maand ?? ''}
        verplicht={false}
      />
      <Filterkeuze naam="wet" label="Wet" waarde={vraag.wet} opties={WETTEN} />
      {keuzes.gemeenten.length > 1 ? (
        <Filterkeuze naam="gemeente" label="Gemeente" waarde={vraag.gemeente} opties={keuzes.gemeenten} />
      ) : null}
      {isAanbieder ? null : (
        <Filterkeuze naam="aanbieder" label="Aanbieder" waarde={vraag.aanbieder} opties={keuzes.aanbieders} />
      )}
    </>
  )
}

/** How a declaratie ended, as a badge. */
export function Uitkomstbadge({ rij }: { rij: Pick<Declaratieregel, 'geldt' | 'regels' | 'afgekeurd'> }) {
  const { naam, toon } = UITKOMST[uitkomstVan(rij)]
  return <Badge toon={toon}>{naam}</Badge>
}

function columns(metGemeente: boolean, isAanbieder: boolean): Kolom<Declaratieregel>[] {
  const alle: (Kolom<Declaratieregel> & { weg?: boolean })[] = [
    {
      kop: 'Declaratie',
      rijkop: true,
      heel: true,
      sorteer: 'nummer',
      cel: rij => (
        <>
          <Link href={declaratiePad(rij)} label={`Declaratie ${rij.nummer}`}>
            {rij.nummer}
          </Link>
          <br />
          <small>{WETNAAM[rij.domein]}</small>
        </>
      ),
    },
    { kop: 'Aanbieder', sorteer: 'aanbieder', weg: isAanbieder, cel: rij => rij.aanbieder },
    { kop: 'Gemeente', sorteer: 'gemeente', weg: !metGemeente, cel: rij => rij.gemeenteNaam },
    { kop: 'Maand', sorteer: 'maand', heel: true, cel: rij => formatMaand(rij.maand) },
    {
      kop: 'Ontvangen',
      sorteer: 'ontvangen',
      heel: true,
      cel: rij => formatDatumKort(dateInNederland(rij.ontvangenOp)),
    },
    { kop: 'Regels', uitlijning: 'rechts', cel: rij => formatGetal(rij.regels) },
    {
      kop: 'Afgekeurd',
      sorteer: 'afgekeurd',
      uitlijning: 'rechts',
      cel: rij => formatGetal(rij.afgekeurd),
    },
    {
      kop: 'Ingediend',
      sorteer: 'ingediend',
      uitlijning: 'rechts',
      heel: true,
      cel: rij => formatEuro(rij.ingediend),
    },
    {
      kop: 'Toegekend',
      sorteer: 'toegekend',
      uitlijning: 'rechts',
      heel: true,
      cel: rij => formatEuro(rij.toegekend),
    },
    { kop: 'Uitkomst', heel: true, cel: rij => <Uitkomstbadge rij={rij} /> },
  ]
  return alle.filter(kolom => kolom.weg !== true).map(({ weg, ...kolom }) => kolom)
}

/** What of a declaratie is open, and what of it is paid, waits or is not paid: nothing stands in two columns. */
const openOf = ({ betaling, betaald, wacht, niet }: Declaratieregel & Aangehouden) =>
  betaling === null ? null : betaling - betaald - wacht - niet

const EXPORT: readonly Exportkolom<Declaratieregel & Aangehouden>[] = [
  { kop: 'Declaratienummer', waarde: rij => rij.nummer },
  { kop: 'Wet', waarde: rij => WETNAAM[rij.domein] },
  { kop: 'Gemeentecode', waarde: rij => rij.gemeente },
  { kop: 'Gemeente', waarde: rij => rij.gemeenteNaam },
  { kop: 'Aanbieder', waarde: rij => rij.aanbieder },
  { kop: 'Maand', soort: 'datum', waarde: rij => rij.maand },
  { kop: 'Dagtekening', soort: 'datum', waarde: rij => rij.dagtekening },
  { kop: 'Regels', soort: 'getal', waarde: rij => rij.regels },
  { kop: 'Regels afgekeurd', soort: 'getal', waarde: rij => rij.afgekeurd },
  { kop: 'Ingediend', soort: 'bedrag', waarde: rij => rij.ingediend },
  { kop: 'Toegekend', soort: 'bedrag', waarde: rij => rij.toegekend },
  { kop: 'Uitkomst', waarde: rij => UITKOMST[uitkomstVan(rij)].naam },
  { kop: 'Te betalen', soort: 'bedrag', waarde: openOf },
  { kop: 'Wacht op beoordeling', soort: 'bedrag', waarde: rij => rij.wacht },
  { kop: 'Wordt niet betaald', soort: 'bedrag', waarde: rij => rij.niet },
  { kop: 'Betaald', soort: 'bedrag', waarde: rij => (rij.betaling === null ? null : rij.betaald) },
  {
    kop: 'Betaald in een eerder systeem',
    soort: 'bedrag',
    waarde: rij => (rij.overgenomen ? rij.toegekend : null),
  },
  // What is not paid falls due on no day.
  {
    kop: 'Vervalt op',
    soort: 'datum',
    waarde: rij => (rij.niet !== 0 && openOf(rij) === 0 && rij.wacht === 0 ? null : rij.vervaltOp),
  },
  { kop: 'Betaald op', soort: 'datum', waarde: rij => rij.betaaldOp },
]
