import type { FastifyRequest } from 'fastify'
import { type Datum, formatDatum, formatDatumKort, formatPeriode } from '../../../platform/dates.ts'
import { type Exportkolom, MAX_EXPORT, sendExport } from '../../../platform/http/export.ts'
import { GEMEENTECODE, readFilters } from '../../../platform/http/filter.ts'
import { sendPagina } from '../../../platform/http/pagina.tsx'
import type { App } from '../../../platform/http/server.ts'
import { likePattern, readId, readVraag } from '../../../platform/http/vraag.ts'
import { formatEuro } from '../../../platform/money.ts'
import { notFound } from '../../../platform/problem.ts'
import {
  Alinea,
  Badge,
  Beschrijvingslijst,
  Downloadlinks,
  Filterbalk,
  Filterkeuze,
  Filterzoek,
  formatGetal,
  formatPercentage,
  type Kolom,
  Kop,
  LegeStaat,
  Lijstdeel,
  Link,
  Onbekend,
  Tabel,
  Tekstveld,
} from '../../../platform/ui/index.ts'
import { WETNAAM, WETTEN } from '../afspraken/wet.ts'
import {
  eenheidNaam,
  ingangsdata,
  type Looptijd,
  looptijdOp,
  perProduct,
  type Tarief,
  type Tariefregel,
} from './rules.ts'
import {
  type Contract,
  countContracten,
  findContract,
  listContracten,
  listKeuzes,
  listTarieven,
  SORTEERBAAR,
} from './store.ts'

const PER_PAGINA = 50
const STANDAARD = { kolom: 'aanbieder', richting: 'op' } as const
const FILTERS = ['zoek', 'looptijd', 'wet', 'segment', 'gemeente', 'aanbieder']
const LOOPTIJD: Readonly<Record<Looptijd, { naam: string; toon: 'succes' | 'info' | 'neutraal' }>> = {
  lopend: { naam: 'Loopt', toon: 'succes' },
  toekomstig: { naam: 'Gaat nog in', toon: 'info' },
  afgelopen: { naam: 'Afgelopen', toon: 'neutraal' },
}
const LOOPTIJDEN = Object.keys(LOOPTIJD) as Looptijd[]

/** The list of contracts and the page of one, with its prices over the years. */
export function registerContractenPages(app: App): void {
  const config = { recht: 'contracten.lezen' } as const
  const schema = { hide: true }
  app.get('/contracten', { config, schema }, async (request, reply) => {
    const { ctx } = request
    const { vraag, selectie, sortering } = readSelectie(request)
    const pagina = readFilters(request).pagina()
    const { rijen, totaal, keuzes } = await ctx.read(async db => ({
      rijen: await listContracten(db, selectie, sortering, {
        aantal: PER_PAGINA,
        vanaf: (pagina - 1) * PER_PAGINA,
      }),
      totaal: await countContracten(db, selectie),
      keuzes: await listKeuzes(db),
    }))
    return sendPagina(request, reply, {
      titel: 'Contracten',
      inleiding: `${formatGetal(totaal)} ${totaal === 1 ? 'contract' : 'contracten'} met aanbieders, met de tarieven van elk jaar.`,
      children: (
        <Lijstdeel
          adres={request.url}
          naam="contracten"
          filters={FILTERS}
          velden={
            <>
              <Filterzoek waarde={vraag.zoek} hulp="Contractnummer, AGB-code of naam van de aanbieder" />
              <Filterkeuze
                naam="looptijd"
                label="Looptijd"
                waarde={vraag.looptijd}
                opties={LOOPTIJDEN.map(waarde => ({ waarde, naam: LOOPTIJD[waarde].naam }))}
              />
              <Filterkeuze naam="wet" label="Wet" waarde={vraag.wet} opties={WETTEN} />
              <Filterkeuze naam="segment" label="Segment" waarde={vraag.segment} opties={keuzes.segmenten} />
              <Filterkeuze
                naam="gemeente"
                label="Gemeente"
                waarde={vraag.gemeente}
                opties={keuzes.gemeenten}
              />
            </>
          }
          kolommen={columns(ctx.vandaag)}
          rijen={rijen}
          sleutel={rij => String(rij.contractId)}
          sortering={sortering}
          pagina={pagina}
          perPagina={PER_PAGINA}
          totaal={totaal}
          exportPad="/contracten/export"
          leeg={<LegeStaat kop="Er zijn nog geen contracten" />}
        />
      ),
    })
  })

  app.get('/contracten/export', { config, schema }, async (request, reply) => {
    const { selectie, sortering } = readSelectie(request)
    const rijen = await request.ctx.read(db =>
      listContracten(db, selectie, sortering, { aantal: MAX_EXPORT, vanaf: 0 }),
    )
    return sendExport(reply, `contracten-${request.ctx.vandaag}`, EXPORT, rijen)
  })

  app.get('/contracten/:id', { config, schema }, async (request, reply) => {
    const { ctx } = request
    const id = readId(request, 'Contract')
    const vraag = readVraag(request)
    const { contract, tarieven } = await ctx.read(async db => ({
      contract: await findContract(db, id),
      tarieven: await listTarieven(db, id, likePattern(vraag.product)),
    }))
    if (!contract) throw notFound('Contract')
    const pad = `/contracten/${contract.contractId}`
    return sendPagina(request, reply, {
      titel: `Contract ${contract.nummer}`,
      inleiding: `${contract.aanbieder}, ${formatPeriode(contract)}: ${formatGetal(contract.producten)} ${contract.producten === 1 ? 'product' : 'producten'} in ${formatGetal(contract.segmenten.length)} ${contract.segmenten.length === 1 ? 'segment' : 'segmenten'}.`,
      kruimels: [
        { naam: 'Start', href: '/' },
        { naam: 'Contracten', href: '/contracten' },
      ],
      children: (
        <>
          <Beschrijvingslijst
            items={[
              { naam: 'Stand', waarde: <Looptijdbadge contract={contract} vandaag={ctx.vandaag} /> },
              {
                naam: 'Aanbieder',
                waarde: <Link href={`/aanbieders/${contract.aanbiederId}`}>{contract.aanbieder}</Link>,
              },
              { naam: 'Looptijd', waarde: formatPeriode(contract) },
              { naam: 'Segmenten', waarde: contract.segmenten.join(', ') },
              { naam: 'Gemeenten', waarde: contract.gemeenten.join(', ') },
            ]}
          />
          <Kop niveau={2}>Tarieven</Kop>
          <Filterbalk adres={request.url} namen={['product']} naam="tarieven" knop="Zoek">
            <Tekstveld
              naam="product"
              label="Zoek een product"
              hulp="Naam of code"
              waarde={vraag.product ?? ''}
              verplicht={false}
              maxlengte={100}
            />
          </Filterbalk>
          <Tarieftabel tarieven={tarieven} vandaag={ctx.vandaag} />
          <Downloadlinks
            naam="tarieven"
            csv={`${pad}/export?formaat=csv`}
            xlsx={`${pad}/export?formaat=xlsx`}
          />
        </>
      ),
    })
  })

  app.get('/contracten/:id/export', { config, schema }, async (request, reply) => {
    const id = readId(request, 'Contract')
    const { contract, tarieven } = await request.ctx.read(async db => ({
      contract: await findContract(db, id),
      tarieven: await listTarieven(db, id, null),
    }))
    if (!contract) throw notFound('Contract')
    return sendExport(reply, `tarieven-${contract.nummer}`, TARIEF_EXPORT, tarieven)
  })
}

function readSelectie(request: FastifyRequest) {
  const lees = readFilters(request)
  const { vraag } = lees
  return {
    vraag,
    sortering: lees.sortering(SORTEERBAAR, STANDAARD),
    selectie: {
      vandaag: request.ctx.vandaag,
      filter: {
        zoek: likePattern(vraag.zoek),
        wet: lees.keuze('wet', ['jw', 'wmo']),
        segment: lees.getal('segment'),
        gemeente: lees.code('gemeente', GEMEENTECODE),
        aanbieder: lees.getal('aanbieder'),
        looptijd: lees.keuze('looptijd', LOOPTIJDEN),
      },
    },
  }
}

/** Where a contract stands today. */
export function Looptijdbadge({
  contract,
  vandaag,
}: {
  contract: Pick<Contract, 'begin' | 'eind'>
  vandaag: Datum
}) {
  const { naam, toon } = LOOPTIJD[looptijdOp(contract, vandaag)]
  return <Badge toon={toon}>{naam}</Badge>
}

function columns(vandaag: Datum): Kolom<Contract>[] {
  return [
    {
      kop: 'Contract',
      rijkop: true,
      heel: true,
      sorteer: 'nummer',
      cel: rij => <Link href={`/contracten/${rij.contractId}`}>{rij.nummer}</Link>,
    },
    {
      kop: 'Aanbieder',
      sorteer: 'aanbieder',
      cel: rij => <Link href={`/aanbieders/${rij.aanbiederId}`}>{rij.aanbieder}</Link>,
    },
    { kop: 'Wet', cel: rij => rij.wetten.map(wet => WETNAAM[wet]).join(', ') },
    { kop: 'Segmenten', cel: rij => rij.segmenten.join(', ') },
    { kop: 'Gemeenten', uitlijning: 'rechts', cel: rij => formatGetal(rij.gemeenten.length) },
    {
      kop: 'Producten',
      sorteer: 'producten',
      uitlijning: 'rechts',
      cel: rij => formatGetal(rij.producten),
    },
    { kop: 'Begin', sorteer: 'begin', heel: true, cel: rij => formatDatumKort(rij.begin) },
    {
      kop: 'Eind',
      sorteer: 'eind',
      heel: true,
      cel: rij => (rij.eind === null ? 'geen' : formatDatumKort(rij.eind)),
    },
    { kop: 'Stand', heel: true, cel: rij => <Looptijdbadge contract={rij} vandaag={vandaag} /> },
  ]
}

/** Prices of one contract: a row per product, a column per first day, the change from the price before beside it. */
export function Tarieftabel({ tarieven, vandaag }: { tarieven: readonly Tarief[]; vandaag: Datum }) {
  const data = ingangsdata(tarieven)
  const nu = data.findLast(datum => datum <= vandaag)
  return (
    <>
      <Tabel
        bijschrift="Tarieven per product en ingangsdatum"
        bijschriftVerborgen
        rijen={perProduct(tarieven)}
        sleutel={rij => String(rij.productId)}
        leeg={<Alinea>Er is geen product met een tarief dat hierbij past.</Alinea>}
        kolommen={[
          {
            kop: 'Product',
            rijkop: true,
            cel: rij => (
              <>
                {rij.product}
                <br />
                <small>
                  {rij.code} · {rij.segment}
                </small>
              </>
            ),
          },
          { kop: 'Per', cel: rij => eenheidNaam(rij.eenheid) },
          ...data.map(
            (datum): Kolom<Tariefregel> => ({
              kop: `Vanaf ${formatDatumKort(datum)}${datum === nu ? ' (nu)' : ''}`,
              uitlijning: 'rechts',
              cel: rij => <Stap stap={rij.stappen.get(datum)} />,
            }),
          ),
        ]}
      />
      <Alinea maat="klein">
        Het percentage is de wijziging ten opzichte van het tarief ervoor (de indexering).
        {nu === undefined ? '' : ` De tarieven van nu gelden vanaf ${formatDatum(nu)}.`}
      </Alinea>
    </>
  )
}

function Stap({ stap }: { stap: { tarief: number; wijziging: number | null } | undefined }) {
  if (stap === undefined) return <Onbekend />
  const { tarief, wijziging } = stap
  return (
    <>
      {formatEuro(tarief)}
      {wijziging === null ? null : (
        <>
          <br />
          <small>
            {wijziging > 0 ? '+' : ''}
            {formatPercentage(wijziging)}
          </small>
        </>
      )}
    </>
  )
}

const EXPORT: readonly Exportkolom<Contract>[] = [
  { kop: 'Contractnummer', waarde: rij => rij.nummer },
  { kop: 'AGB-code', waarde: rij => rij.agb },
  { kop: 'Aanbieder', waarde: rij => rij.aanbieder },
  { kop: 'Wet', waarde: rij => rij.wetten.map(wet => WETNAAM[wet]).join(', ') },
  { kop: 'Segmenten', waarde: rij => rij.segmenten.join(', ') },
  { kop: 'Gemeenten', waarde: rij => rij.gemeenten.join(', ') },
  { kop: 'Producten', soort: 'getal', waarde: rij => rij.producten },
  { kop: 'Begin', soort: 'datum', waarde: rij => rij.begin },
  { kop: 'Eind', soort: 'datum', waarde: rij => rij.eind },
]

const TARIEF_EXPORT: readonly Exportkolom<Tarief>[] = [
  { kop: 'Segment', waarde: rij => rij.segment },
  { kop: 'Wet', waarde: rij => WETNAAM[rij.wet] },
  { kop: 'Productcode', waarde: rij => rij.code },
  { kop: 'Product', waarde: rij => rij.product },
  { kop: 'Eenheid', waarde: rij => eenheidNaam(rij.eenheid) },
  { kop: 'Vanaf', soort: 'datum', waarde: rij => rij.vanaf },
  { kop: 'Tot en met', soort: 'datum', waarde: rij => rij.eind },
  { kop: 'Tarief', soort: 'bedrag', waarde: rij => rij.tarief },
]
