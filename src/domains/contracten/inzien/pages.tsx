import { Fragment } from 'react'
import { contains, type Datum, formatDatumKort, formatPeriode } from '../../../platform/dates.ts'
import { type Exportkolom, sendExport } from '../../../platform/http/export.ts'
import { lijst } from '../../../platform/http/lijst.tsx'
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
  formatGetal,
  formatVerschil,
  KnopLink,
  type Kolom,
  Kop,
  LegeStaat,
  Link,
  Tabel,
  Tekstveld,
} from '../../../platform/ui/index.ts'
import { eenheidNaam } from '../afspraken/eenheid.ts'
import { WETNAAM, WETTEN } from '../afspraken/wet.ts'
import {
  type Looptijd,
  looptijdOp,
  sayAnders,
  sayNu,
  sayVergeleken,
  type Tarief,
  type Tariefcel,
  type Tariefkolom,
  type Tariefregel,
  tarieventabel,
  type Versie,
  type Vorigen,
} from './rules.ts'
import {
  CONTRACTEN,
  type Contract,
  findContract,
  listKeuzes,
  listTarieven,
  listVersies,
  mapVorigen,
} from './store.ts'

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
  lijst(app, '/contracten', {
    ...config,
    inwoners: null,
    naam: 'contracten',
    bron: ({ vandaag }) => CONTRACTEN(vandaag),
    orde: { kolom: 'aanbieder', richting: 'op' },
    feiten: listKeuzes,
    filters: ({ segmenten, gemeenten, aanbieders }) => ({
      zoek: { soort: 'zoek', hulp: 'Contractnummer, AGB-code of naam van de aanbieder' },
      looptijd: {
        soort: 'keuze',
        label: 'Looptijd',
        opties: LOOPTIJDEN.map(waarde => ({ waarde, naam: LOOPTIJD[waarde].naam })),
      },
      wet: { soort: 'keuze', label: 'Wet', opties: WETTEN },
      segment: { soort: 'keuze', label: 'Segment', opties: segmenten },
      gemeente: { soort: 'keuze', label: 'Gemeente', opties: gemeenten },
      aanbieder: { soort: 'keuze', label: 'Aanbieder', opties: aanbieders },
    }),
    sleutel: rij => String(rij.contractId),
    kolommen: (_keuzes, { ctx }) => columns(ctx.vandaag),
    bestand: () => EXPORT,
    blad: (_request, { totaal }) => ({
      titel: 'Contracten',
      inleiding: `${formatGetal(totaal)} ${totaal === 1 ? 'contract' : 'contracten'} met aanbieders, met de tarieven van elk jaar.`,
      leeg: <LegeStaat kop="Er zijn nog geen contracten" />,
    }),
  })

  app.get('/contracten/:id', { config, schema }, async (request, reply) => {
    const { ctx } = request
    const id = readId(request, 'Contract')
    const vraag = readVraag(request)
    const { contract, versies, tarieven, vorigen } = await ctx.read(async db => {
      const contract = await findContract(db, id, ctx.vandaag)
      if (!contract) throw notFound('Contract')
      const tarieven = await listTarieven(db, id, likePattern(vraag.product))
      return {
        contract,
        versies: await listVersies(db, [id]),
        tarieven,
        vorigen: await mapVorigen(db, contract.nummer, tarieven),
      }
    })
    const pad = `/contracten/${contract.contractId}`
    const isDeel = likePattern(vraag.product) !== null
    const mag = ctx.wie.rechten.has('contracten.beheren')
    return sendPagina(request, reply, {
      titel: `Contract ${contract.nummer}`,
      inleiding: `${contract.aanbieder}, ${formatPeriode(contract)}: ${formatGetal(contract.producten)} ${contract.producten === 1 ? 'product' : 'producten'} in ${formatGetal(contract.segmenten.length)} ${contract.segmenten.length === 1 ? 'segment' : 'segmenten'}.${isDeel ? '' : ` ${sayNu(tarieven, ctx.vandaag)}`}`,
      kruimels: [
        { naam: 'Start', href: '/' },
        { naam: 'Contracten', href: '/contracten' },
      ],
      acties: mag ? <Wijzigen nummer={contract.nummer} versie={contract.versie} /> : null,
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
          {mag ? <Latere nummer={contract.nummer} versies={versies} na={contract.versie} /> : null}
          {versies.length > 1 ? (
            <Versietabel nummer={contract.nummer} versies={versies} vandaag={ctx.vandaag} mag={mag} />
          ) : null}
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
          <Tarieftabel
            tarieven={tarieven}
            vorigen={vorigen}
            vandaag={ctx.vandaag}
            deel={isDeel}
            boven={!isDeel}
          />
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
    const { ctx } = request
    const { contract, tarieven } = await ctx.read(async db => ({
      contract: await findContract(db, id, ctx.vandaag),
      tarieven: await listTarieven(db, id, null),
    }))
    if (!contract) throw notFound('Contract')
    return sendExport(reply, `tarieven-${contract.nummer}`, TARIEF_EXPORT, tarieven)
  })
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

interface Tarieven {
  tarieven: readonly Tarief[]
  vorigen: Vorigen
  vandaag: Datum
  /** True for those that were searched for, of more. */
  deel?: boolean
  /** True where the page said since when they hold already. */
  boven?: boolean
}

/** Prices of one contract: what holds of each product from one day to the next, with the change from the price before, also where that stood in the contract before. */
export function Tarieftabel({ tarieven, vorigen, vandaag, deel = false, boven = false }: Tarieven) {
  const { kolommen, regels } = tarieventabel(tarieven, vandaag, vorigen)
  return (
    <>
      <Tabel
        bijschrift="Tarieven per product en ingangsdatum"
        rijen={regels}
        sleutel={rij => `${rij.productId}~${rij.eenheid}`}
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
          ...kolommen.map(
            (kolom, i): Kolom<Tariefregel> => ({
              kop: headingOf(kolom),
              uitlijning: 'rechts',
              cel: rij => <Cel cel={rij.cellen[i] ?? null} />,
            }),
          ),
        ]}
      />
      <Alinea maat="klein">
        {sayVergeleken(vorigen)} {boven ? '' : sayNu(tarieven, vandaag, deel)}
      </Alinea>
    </>
  )
}

function headingOf({ vanaf, tot, nu }: Tariefkolom): string {
  if (nu) return `Vanaf ${formatDatumKort(vanaf)} (nu)`
  return `Vanaf ${formatDatumKort(vanaf)}${tot === null ? '' : ` t/m ${formatDatumKort(tot)}`}`
}

function Cel({ cel }: { cel: Tariefcel | null }) {
  if (cel === null) return <small>geldt niet</small>
  const { tarief, wijziging, alleenLopend } = cel
  return (
    <>
      {formatEuro(tarief)}
      {alleenLopend ? (
        <>
          <br />
          <small>alleen nog voor wat toen al was toegewezen</small>
        </>
      ) : null}
      {wijziging === null ? null : (
        <>
          <br />
          <small>{formatVerschil(wijziging)}</small>
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

const versieAdres = (nummer: string, begin: Datum) =>
  `/inrichten/contracten/rij/${encodeURIComponent(`${nummer}~${begin}`)}`

interface Versietabelvelden {
  nummer: string
  versies: readonly Versie[]
  vandaag: Datum
  /** They may be changed. */
  mag: boolean
}

/** What it covers from one day to the next, and what that changed; each can be opened. */
function Versietabel({ nummer, versies, vandaag, mag }: Versietabelvelden) {
  return (
    <>
      <Kop niveau={2}>Wat wanneer geldt</Kop>
      <Tabel
        bijschrift="Segmenten en gemeenten van dit contract, door de tijd"
        rijen={versies.map((versie, i) => ({ ...versie, anders: sayAnders(versies[i - 1], versie) }))}
        sleutel={rij => rij.begin}
        leeg={null}
        kolommen={[
          {
            kop: 'Geldt',
            rijkop: true,
            cel: rij => {
              const wanneer = `${formatPeriode(rij)}${contains(rij, vandaag) ? ' (nu)' : ''}`
              return mag ? <Link href={versieAdres(nummer, rij.begin)}>{wanneer}</Link> : wanneer
            },
          },
          // Before what it covers: on a small screen the rest is beside it, out of sight.
          { kop: 'Wat anders werd', cel: rij => rij.anders },
          { kop: 'Segmenten', cel: rij => rij.segmenten.join(', ') },
          { kop: 'Gemeenten', cel: rij => rij.gemeenten.join(', ') },
        ]}
      />
    </>
  )
}

/** What begins after the version that the button opens, and goes when the contract ends before it. */
function Latere({ nummer, versies, na }: Pick<Versietabelvelden, 'nummer' | 'versies'> & { na: Datum }) {
  const later = versies.filter(({ begin }) => begin > na)
  if (later.length === 0) return null
  return (
    <Alinea>
      {'Met de knop wijzigt u wat nu geldt. Apart staat wat later begint: '}
      {later.map(({ begin }, i) => (
        <Fragment key={begin}>
          {i === 0 ? '' : ', '}
          <Link href={versieAdres(nummer, begin)}>vanaf {formatDatumKort(begin)}</Link>
        </Fragment>
      ))}
      {'. Eindigt het contract eerder? Dan vervalt dat mee; u ziet dat eerst.'}
    </Alinea>
  )
}

/** Changes the version of today; ending the contract is changing its last day. What holds before or after that is opened at its line. */
function Wijzigen({ nummer, versie }: Pick<Contract, 'nummer' | 'versie'>) {
  return (
    <>
      <KnopLink href={`${versieAdres(nummer, versie)}/wijzig`}>Wijzig of beëindig dit contract</KnopLink>
      <KnopLink href={`/inrichten/tarieven?contract=${encodeURIComponent(nummer)}`}>
        Wijzig de tarieven
      </KnopLink>
    </>
  )
}
