import type { FastifyRequest } from 'fastify'
import { MAX_EXPORT, sendExport } from '../../../platform/http/export.ts'
import { GEMEENTECODE, readFilters } from '../../../platform/http/filter.ts'
import { readGedaan } from '../../../platform/http/gedaan.ts'
import { sendPagina } from '../../../platform/http/pagina.tsx'
import type { App } from '../../../platform/http/server.ts'
import { numberOrNull, type Vraag } from '../../../platform/http/vraag.ts'
import { formatEuro } from '../../../platform/money.ts'
import type { Fout } from '../../../platform/problem.ts'
import {
  Alinea,
  Datumveld,
  Filterkeuze,
  formatGetal,
  Kengetal,
  Kengetallen,
  Knop,
  LegeStaat,
  Lijstdeel,
  Tabs,
} from '../../../platform/ui/index.ts'
import { listKeuzes } from '../inzien/store.ts'
import { POST_EXPORT, postColumns, REGEL_EXPORT, regelColumns } from './kolommen.tsx'
import { werkVan } from './rules.ts'
import {
  type Filter,
  listBetalingen,
  listPosten,
  POST_SORTEERBAAR,
  REGEL_SORTEERBAAR,
  type Som,
  type Staat,
  sumBetalingen,
} from './store.ts'

const PER_PAGINA = 50
const FILTERS = ['staat', 'van', 'tot', 'gemeente', 'aanbieder']
const STATEN = [
  { waarde: 'open', naam: 'Open' },
  { waarde: 'te-laat', naam: 'Te laat' },
  { waarde: 'betaald', naam: 'Betaald' },
  { waarde: 'niet', naam: 'Wordt niet betaald' },
]

/** What is due, per provider and municipality and line by line, and the same as files. */
export function registerBetalingenPages(app: App): void {
  const config = { recht: 'betalingen.lezen' } as const
  const schema = { hide: true }
  app.get('/betalingen', { config, schema }, async (request, reply) => {
    const { ctx } = request
    const { vraag, selectie, fouten } = readSelectie(request)
    const sortering = readFilters(request).sortering(POST_SORTEERBAAR, { kolom: 'vervalt', richting: 'op' })
    const pagina = readFilters(request).pagina()
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
        inleiding: intro(som, selectie.filter.staat, isAanbieder),
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
    // What was paid is looked up to see what was just done, or to undo it.
    const vanzelf =
      selectie.filter.staat === 'betaald'
        ? ({ kolom: 'betaald', richting: 'af' } as const)
        : ({ kolom: 'vervalt', richting: 'op' } as const)
    const sortering = readFilters(request).sortering(REGEL_SORTEERBAAR, vanzelf)
    const pagina = readFilters(request).pagina()
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
    const { gedaan, al, apart } = readGedaan(request)
    return sendPagina(
      request,
      reply,
      {
        titel: 'Betalingen per declaratie',
        inleiding: intro(som, selectie.filter.staat, isAanbieder),
        kruimels: [
          { naam: 'Start', href: '/' },
          { naam: 'Betalingen', href: '/betalingen' },
        ],
        ...(gedaan === undefined
          ? {}
          : { melding: { soort: 'succes' as const, tekst: gedaanTekst(gedaan, al, apart) } }),
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
            {mag && rijen.some(rij => rij.betaaldOp === null && werkVan(rij) === 'betalen') ? (
              <form id="vastleggen" className="sam-formulier" method="get" action="/betalingen/vastleggen">
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
    const { selectie } = readSelectie(request)
    const sortering = readFilters(request).sortering(POST_SORTEERBAAR, { kolom: 'vervalt', richting: 'op' })
    const rijen = await request.ctx.read(db =>
      listPosten(db, selectie, sortering, { aantal: MAX_EXPORT, vanaf: 0 }),
    )
    return sendExport(reply, `betalingen-${request.ctx.vandaag}`, POST_EXPORT, rijen)
  })

  app.get('/betalingen/regels/export', { config, schema }, async (request, reply) => {
    const { selectie } = readSelectie(request)
    const sortering = readFilters(request).sortering(REGEL_SORTEERBAAR, { kolom: 'vervalt', richting: 'op' })
    const rijen = await request.ctx.read(db =>
      listBetalingen(db, selectie, sortering, { aantal: MAX_EXPORT, vanaf: 0 }),
    )
    return sendExport(reply, `betalingen-per-declaratie-${request.ctx.vandaag}`, REGEL_EXPORT, rijen)
  })
}

function gedaanTekst(gedaan: string, al: string | undefined, apart: string | undefined): string {
  if (gedaan === 'terug') return 'De betaling staat weer open'
  const n = numberOrNull(gedaan) ?? 0
  const klaar = n === 1 ? '1 betaling is vastgelegd' : `${formatGetal(n)} betalingen zijn vastgelegd`
  const eerder = numberOrNull(al) ?? 0
  const wacht = numberOrNull(apart) ?? 0
  return [
    klaar,
    ...(eerder === 0 ? [] : [`${formatGetal(eerder)} had een ander al vastgelegd`]),
    ...(wacht === 0 ? [] : [`regels die dubbel zijn gedeclareerd en nog open staan: ${formatGetal(wacht)}`]),
  ].join('; ')
}

function intro({ aantal, bedrag, teLaat, niet }: Som, staat: Staat | null, isAanbieder: boolean): string {
  if (aantal === 0) return 'Er zijn geen betalingen in deze selectie.'
  if (staat === 'niet')
    return `${formatEuro(niet)} wordt niet betaald: zo is beoordeeld. ${isAanbieder ? 'Crediteer deze regels.' : 'U hoeft hier niets mee te doen.'}`
  const wat = `${formatGetal(aantal)} ${aantal === 1 ? 'betaling' : 'betalingen'}, samen ${formatEuro(bedrag)}.`
  if (teLaat === 0) return `${wat} Niets is te laat.`
  return `${wat} ${isAanbieder ? 'U had daarvan al' : 'Daarvan had al'} ${formatEuro(teLaat)} ${isAanbieder ? 'moeten ontvangen' : 'betaald moeten zijn'}.`
}

function readSelectie(request: FastifyRequest) {
  const lees = readFilters(request)
  const { vraag } = lees
  const filter: Filter = {
    // Without a choice the list shows what still has to be done.
    staat:
      vraag.staat === '' ? null : (lees.keuze('staat', ['open', 'te-laat', 'betaald', 'niet']) ?? 'open'),
    van: lees.dag('van'),
    tot: lees.dag('tot'),
    aanbieder: lees.getal('aanbieder'),
    gemeente: lees.code('gemeente', GEMEENTECODE),
  }
  const { wie, vandaag } = request.ctx
  return { vraag, fouten: lees.fouten, selectie: { filter, scope: wie.scope, vandaag } }
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
      {som.wacht === 0 ? null : (
        <Kengetal
          label="Wacht op beoordeling"
          waarde={formatEuro(som.wacht)}
          toelichting="Dubbel gedeclareerd, en niet bij de andere bedragen geteld"
        />
      )}
      {som.niet === 0 ? null : (
        <Kengetal
          label="Wordt niet betaald"
          waarde={formatEuro(som.niet)}
          toelichting="Zo is beoordeeld, en niet bij de andere bedragen geteld"
        />
      )}
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
      <Filterkeuze naam="staat" label="Staat" waarde={vraag.staat ?? 'open'} opties={STATEN} leeg="Alle" />
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
