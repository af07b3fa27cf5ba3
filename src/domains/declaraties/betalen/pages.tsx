import type { FastifyRequest } from 'fastify'
import { formatDatumKort, formatMaand } from '../../../platform/dates.ts'
import { type Exportkolom, MAX_EXPORT, sendExport } from '../../../platform/http/export.ts'
import { sendPagina } from '../../../platform/http/pagina.tsx'
import type { App } from '../../../platform/http/server.ts'
import { numberOrNull, oneOf, readVraag, type Vraag } from '../../../platform/http/vraag.ts'
import { formatEuro } from '../../../platform/money.ts'
import type { Fout } from '../../../platform/problem.ts'
import {
  Alinea,
  Badge,
  Datumveld,
  Filterkeuze,
  formatGetal,
  Kengetal,
  Kengetallen,
  Knop,
  type Kolom,
  LegeStaat,
  Lijstdeel,
  Link,
  parseDatumInvoer,
  parsePagina,
  parseSortering,
  Tabs,
  withQuery,
} from '../../../platform/ui/index.ts'
import { listKeuzes } from '../inzien/store.ts'
import {
  type Betalingsregel,
  type Filter,
  listBetalingen,
  listPosten,
  POST_SORTEERBAAR,
  type Post,
  REGEL_SORTEERBAAR,
  type Som,
  sumBetalingen,
} from './store.ts'

const PER_PAGINA = 50
const FILTERS = ['staat', 'van', 'tot', 'gemeente', 'aanbieder']
const STATEN = [
  { waarde: 'open', naam: 'Open' },
  { waarde: 'te-laat', naam: 'Te laat' },
  { waarde: 'betaald', naam: 'Betaald' },
]

/** What is due, per provider and municipality and line by line, and the same as files. */
export function registerBetalingenPages(app: App): void {
  const config = { recht: 'betalingen.lezen' } as const
  const schema = { hide: true }
  app.get('/betalingen', { config, schema }, async (request, reply) => {
    const { ctx } = request
    const { vraag, selectie, fouten } = readSelectie(request)
    const sortering = parseSortering(vraag.sorteer, POST_SORTEERBAAR, { kolom: 'vervalt', richting: 'op' })
    const pagina = parsePagina(vraag.pagina)
    const { rijen, som, keuzes } = await ctx.read(async db => ({
      rijen: await listPosten(db, selectie, sortering, {
        aantal: PER_PAGINA,
        vanaf: (pagina - 1) * PER_PAGINA,
      }),
      som: await sumBetalingen(db, selectie),
      keuzes: await listKeuzes(db, ctx.wie.scope),
    }))
    const isAanbieder = ctx.wie.scope.aanbieder !== null
    return sendPagina(
      request,
      reply,
      {
        titel: 'Betalingen',
        inleiding: intro(som, isAanbieder),
        children: (
          <>
            <Delen adres={request.url} huidig="/betalingen" />
            <Totalen som={som} />
            <Lijstdeel
              adres={request.url}
              naam="betalingen"
              filters={FILTERS}
              velden={<Velden vraag={vraag} keuzes={keuzes} isAanbieder={isAanbieder} fouten={fouten} />}
              kolommen={postColumns(request.url, isAanbieder, keuzes.gemeenten.length > 1)}
              rijen={rijen}
              sleutel={post => `${post.gemeente}.${post.aanbiederId}`}
              sortering={sortering}
              pagina={pagina}
              perPagina={PER_PAGINA}
              totaal={som.posten}
              exportPad="/betalingen/export"
              leeg={<Leeg />}
            />
          </>
        ),
      },
      fouten.length > 0 ? 400 : 200,
    )
  })

  app.get('/betalingen/regels', { config, schema }, async (request, reply) => {
    const { ctx } = request
    const { vraag, selectie, fouten } = readSelectie(request)
    const sortering = parseSortering(vraag.sorteer, REGEL_SORTEERBAAR, { kolom: 'vervalt', richting: 'op' })
    const pagina = parsePagina(vraag.pagina)
    const { rijen, som, keuzes } = await ctx.read(async db => ({
      rijen: await listBetalingen(db, selectie, sortering, {
        aantal: PER_PAGINA,
        vanaf: (pagina - 1) * PER_PAGINA,
      }),
      som: await sumBetalingen(db, selectie),
      keuzes: await listKeuzes(db, ctx.wie.scope),
    }))
    const isAanbieder = ctx.wie.scope.aanbieder !== null
    const mag = ctx.wie.rechten.has('betalingen.vastleggen')
    return sendPagina(
      request,
      reply,
      {
        titel: 'Betalingen per declaratie',
        inleiding: intro(som, isAanbieder),
        kruimels: [
          { naam: 'Start', href: '/' },
          { naam: 'Betalingen', href: '/betalingen' },
        ],
        ...(vraag.gedaan === undefined
          ? {}
          : { melding: { soort: 'succes' as const, tekst: gedaanTekst(vraag.gedaan, vraag.al) } }),
        children: (
          <>
            <Delen adres={request.url} huidig="/betalingen/regels" />
            <Totalen som={som} />
            <Lijstdeel
              adres={request.url}
              naam="betalingen"
              filters={FILTERS}
              velden={<Velden vraag={vraag} keuzes={keuzes} isAanbieder={isAanbieder} fouten={fouten} />}
              kolommen={regelColumns(mag, isAanbieder, keuzes.gemeenten.length > 1, ctx.vandaag)}
              rijen={rijen}
              sleutel={rij => `${rij.gemeente}.${rij.betalingId}`}
              sortering={sortering}
              pagina={pagina}
              perPagina={PER_PAGINA}
              totaal={som.aantal}
              exportPad="/betalingen/regels/export"
              leeg={<Leeg />}
            />
            {mag && rijen.some(rij => rij.betaaldOp === null) ? (
              <form id="vastleggen" method="get" action="/betalingen/vastleggen">
                <Alinea>
                  Kies betalingen met de vinkjes in de tabel. U ziet eerst het totaal voordat er iets gebeurt.
                </Alinea>
                <Knop>Leg gekozen betalingen vast</Knop>
              </form>
            ) : null}
          </>
        ),
      },
      fouten.length > 0 ? 400 : 200,
    )
  })

  app.get('/betalingen/export', { config, schema }, async (request, reply) => {
    const { vraag, selectie } = readSelectie(request)
    const sortering = parseSortering(vraag.sorteer, POST_SORTEERBAAR, { kolom: 'vervalt', richting: 'op' })
    const rijen = await request.ctx.read(db =>
      listPosten(db, selectie, sortering, { aantal: MAX_EXPORT, vanaf: 0 }),
    )
    const formaat = vraag.formaat === 'xlsx' ? 'xlsx' : 'csv'
    return sendExport(reply, formaat, `betalingen-${request.ctx.vandaag}`, POST_EXPORT, rijen)
  })

  app.get('/betalingen/regels/export', { config, schema }, async (request, reply) => {
    const { vraag, selectie } = readSelectie(request)
    const sortering = parseSortering(vraag.sorteer, REGEL_SORTEERBAAR, { kolom: 'vervalt', richting: 'op' })
    const rijen = await request.ctx.read(db =>
      listBetalingen(db, selectie, sortering, { aantal: MAX_EXPORT, vanaf: 0 }),
    )
    const formaat = vraag.formaat === 'xlsx' ? 'xlsx' : 'csv'
    return sendExport(reply, formaat, `betalingen-per-declaratie-${request.ctx.vandaag}`, REGEL_EXPORT, rijen)
  })
}

function gedaanTekst(gedaan: string, al: string | undefined): string {
  if (gedaan === 'terug') return 'De betaling staat weer open'
  const n = numberOrNull(gedaan) ?? 0
  const klaar = n === 1 ? '1 betaling is vastgelegd' : `${formatGetal(n)} betalingen zijn vastgelegd`
  const eerder = numberOrNull(al) ?? 0
  return eerder === 0 ? klaar : `${klaar}; ${formatGetal(eerder)} had een ander al vastgelegd`
}

function intro({ aantal, bedrag, teLaat }: Som, isAanbieder: boolean): string {
  if (aantal === 0) return 'Er zijn geen betalingen in deze selectie.'
  const wat = `${formatGetal(aantal)} ${aantal === 1 ? 'betaling' : 'betalingen'}, samen ${formatEuro(bedrag)}.`
  if (teLaat === 0) return `${wat} Niets is te laat.`
  return `${wat} ${isAanbieder ? 'U had daarvan al' : 'Daarvan had al'} ${formatEuro(teLaat)} ${isAanbieder ? 'moeten ontvangen' : 'betaald moeten zijn'}.`
}

function readSelectie(request: FastifyRequest) {
  const vraag = readVraag(request)
  const fouten: Fout[] = []
  const dag = (naam: 'van' | 'tot') => {
    const tekst = vraag[naam]?.trim() ?? ''
    const gelezen = tekst === '' ? null : parseDatumInvoer(tekst)
    if (gelezen === undefined)
      fouten.push({ pad: naam, melding: 'Vul een bestaande datum in, zoals 31-01-2026.' })
    return gelezen ?? null
  }
  const filter: Filter = {
    // Without a choice the list shows what still has to be done.
    staat: vraag.staat === '' ? null : (oneOf(vraag.staat, ['open', 'te-laat', 'betaald']) ?? 'open'),
    van: dag('van'),
    tot: dag('tot'),
    aanbieder: numberOrNull(vraag.aanbieder),
    gemeente: /^\d{4}$/.test(vraag.gemeente ?? '') ? (vraag.gemeente ?? null) : null,
  }
  const { wie, vandaag } = request.ctx
  return { vraag, fouten, selectie: { filter, scope: wie.scope, vandaag } }
}

function Delen({ adres, huidig }: { adres: string; huidig: string }) {
  const query = new URLSearchParams(adres.split('?', 2)[1] ?? '')
  for (const naam of ['sorteer', 'pagina', 'gedaan', 'al']) query.delete(naam)
  const met = (pad: string) => (query.size === 0 ? pad : `${pad}?${query}`)
  return (
    <Tabs
      label="Betalingen"
      huidig={met(huidig)}
      tabs={[
        { naam: 'Per aanbieder en gemeente', href: met('/betalingen') },
        { naam: 'Per declaratie', href: met('/betalingen/regels') },
      ]}
    />
  )
}

function Totalen({ som }: { som: Som }) {
  return (
    <Kengetallen>
      <Kengetal label="Samen" waarde={formatEuro(som.bedrag)} />
      <Kengetal label="Te laat" waarde={formatEuro(som.teLaat)} />
      <Kengetal
        label="Te verrekenen"
        waarde={formatEuro(som.teVerrekenen)}
        toelichting="Declaraties waarop meer is gecrediteerd dan gedeclareerd"
      />
    </Kengetallen>
  )
}

function Velden({
  vraag,
  keuzes,
  isAanbieder,
  fouten,
}: {
  vraag: Vraag
  keuzes: Awaited<ReturnType<typeof listKeuzes>>
  isAanbieder: boolean
  fouten: readonly Fout[]
}) {
  return (
    <>
      <Filterkeuze
        naam="staat"
        label="Staat"
        waarde={vraag.staat ?? 'open'}
        opties={STATEN}
        leeg="Open en betaald"
      />
      <Datumveld
        naam="van"
        label="Vervalt vanaf"
        waarde={vraag.van ?? ''}
        fouten={fouten}
        verplicht={false}
      />
      <Datumveld
        naam="tot"
        label="Vervalt tot en met"
        waarde={vraag.tot ?? ''}
        fouten={fouten}
        verplicht={false}
      />
      {keuzes.gemeenten.length > 1 ? (
        <Filterkeuze naam="gemeente" label="Gemeente" waarde={vraag.gemeente} opties={keuzes.gemeenten} />
      ) : null}
      {isAanbieder ? null : (
        <Filterkeuze naam="aanbieder" label="Aanbieder" waarde={vraag.aanbieder} opties={keuzes.aanbieders} />
      )}
    </>
  )
}

function Leeg() {
  return (
    <LegeStaat kop="Er staat niets open">
      Een betaling komt hier te staan zodra een declaratie is goedgekeurd.
    </LegeStaat>
  )
}

function postColumns(adres: string, isAanbieder: boolean, metGemeente: boolean): Kolom<Post>[] {
  const query = adres.split('?', 2)[1] ?? ''
  const naar = (post: Post) =>
    withQuery(`/betalingen/regels?${query}`, {
      aanbieder: String(post.aanbiederId),
      gemeente: post.gemeente,
      pagina: undefined,
      sorteer: undefined,
    })
  const naam: Kolom<Post> = isAanbieder
    ? {
        kop: 'Gemeente',
        rijkop: true,
        sorteer: 'gemeente',
        cel: p => <Link href={naar(p)}>{p.gemeenteNaam}</Link>,
      }
    : {
        kop: 'Aanbieder',
        rijkop: true,
        sorteer: 'aanbieder',
        cel: p => <Link href={naar(p)}>{p.aanbieder}</Link>,
      }
  const gemeente: Kolom<Post> = { kop: 'Gemeente', sorteer: 'gemeente', cel: p => p.gemeenteNaam }
  return [
    naam,
    ...(metGemeente && !isAanbieder ? [gemeente] : []),
    { kop: 'Declaraties', sorteer: 'aantal', uitlijning: 'rechts', cel: p => formatGetal(p.aantal) },
    { kop: 'Bedrag', sorteer: 'bedrag', uitlijning: 'rechts', heel: true, cel: p => formatEuro(p.bedrag) },
    {
      kop: 'Waarvan te laat',
      sorteer: 'laat',
      uitlijning: 'rechts',
      heel: true,
      cel: p => formatEuro(p.teLaat),
    },
    { kop: 'Waarvan te verrekenen', uitlijning: 'rechts', heel: true, cel: p => formatEuro(p.teVerrekenen) },
    { kop: 'Eerste vervaldatum', sorteer: 'vervalt', heel: true, cel: p => formatDatumKort(p.eerste) },
  ]
}

function regelColumns(
  mag: boolean,
  isAanbieder: boolean,
  metGemeente: boolean,
  vandaag: string,
): Kolom<Betalingsregel>[] {
  const alle: (Kolom<Betalingsregel> & { weg?: boolean })[] = [
    {
      kop: 'Kies',
      weg: !mag,
      cel: rij =>
        rij.betaaldOp === null ? (
          <input
            type="checkbox"
            name="betaling"
            form="vastleggen"
            value={`${rij.gemeente}.${rij.betalingId}`}
            aria-label={`Kies de betaling van declaratie ${rij.declaratie}`}
          />
        ) : null,
    },
    {
      kop: 'Declaratie',
      rijkop: true,
      heel: true,
      sorteer: 'declaratie',
      cel: rij => <Link href={`/declaraties/${rij.gemeente}/${rij.declaratieId}`}>{rij.declaratie}</Link>,
    },
    { kop: 'Aanbieder', sorteer: 'aanbieder', weg: isAanbieder, cel: rij => rij.aanbieder },
    { kop: 'Gemeente', sorteer: 'gemeente', weg: !metGemeente, cel: rij => rij.gemeenteNaam },
    { kop: 'Maand', sorteer: 'maand', heel: true, cel: rij => formatMaand(rij.maand) },
    {
      kop: 'Bedrag',
      sorteer: 'bedrag',
      uitlijning: 'rechts',
      heel: true,
      cel: rij => formatEuro(rij.bedrag),
    },
    { kop: 'Vervalt', sorteer: 'vervalt', heel: true, cel: rij => formatDatumKort(rij.vervaltOp) },
    {
      kop: 'Staat',
      sorteer: 'betaald',
      cel: rij =>
        rij.betaaldOp !== null ? (
          <>
            <Badge toon="succes">{`Betaald ${formatDatumKort(rij.betaaldOp)}`}</Badge>
            {mag ? (
              <>
                <br />
                <Link
                  href={`/betalingen/${rij.gemeente}/${rij.betalingId}/terugdraaien`}
                  label={`Draai terug: declaratie ${rij.declaratie}`}
                >
                  Draai terug
                </Link>
              </>
            ) : null}
          </>
        ) : rij.bedrag < 0 ? (
          <Badge toon="info">Te verrekenen</Badge>
        ) : rij.vervaltOp < vandaag ? (
          <Badge toon="fout">Te laat</Badge>
        ) : (
          <Badge>Open</Badge>
        ),
    },
  ]
  return alle.filter(kolom => kolom.weg !== true).map(({ weg, ...kolom }) => kolom)
}

const POST_EXPORT: readonly Exportkolom<Post>[] = [
  { kop: 'Aanbieder', waarde: p => p.aanbieder },
  { kop: 'Gemeentecode', waarde: p => p.gemeente },
  { kop: 'Gemeente', waarde: p => p.gemeenteNaam },
  { kop: 'Declaraties', soort: 'getal', waarde: p => p.aantal },
  { kop: 'Bedrag', soort: 'bedrag', waarde: p => p.bedrag },
  { kop: 'Waarvan te laat', soort: 'bedrag', waarde: p => p.teLaat },
  { kop: 'Waarvan te verrekenen', soort: 'bedrag', waarde: p => p.teVerrekenen },
  { kop: 'Eerste vervaldatum', soort: 'datum', waarde: p => p.eerste },
]

const REGEL_EXPORT: readonly Exportkolom<Betalingsregel>[] = [
  { kop: 'Declaratienummer', waarde: rij => rij.declaratie },
  { kop: 'AGB-code', waarde: rij => rij.agb },
  { kop: 'Aanbieder', waarde: rij => rij.aanbieder },
  { kop: 'Gemeentecode', waarde: rij => rij.gemeente },
  { kop: 'Gemeente', waarde: rij => rij.gemeenteNaam },
  { kop: 'Maand', soort: 'datum', waarde: rij => rij.maand },
  { kop: 'Bedrag', soort: 'bedrag', waarde: rij => rij.bedrag },
  { kop: 'Vervalt op', soort: 'datum', waarde: rij => rij.vervaltOp },
  { kop: 'Betaald op', soort: 'datum', waarde: rij => rij.betaaldOp },
]
