import type { FastifyRequest } from 'fastify'
import { Fragment } from 'react'
import { WETNAAM, WETTEN } from '../../domains/contracten/index.ts'
import { formatDatumKort } from '../../platform/dates.ts'
import type { Ctx } from '../../platform/http/ctx.ts'
import { type Exportkolom, sendExport } from '../../platform/http/export.ts'
import { demandFilters, readFilters } from '../../platform/http/filter.ts'
import { formPagina } from '../../platform/http/formpagina.tsx'
import { tellGedaan } from '../../platform/http/gedaan.ts'
import { lijst } from '../../platform/http/lijst.tsx'
import { type Filtervelden, readValues } from '../../platform/http/lijstfilters.tsx'
import type { App } from '../../platform/http/server.ts'
import { readVraag } from '../../platform/http/vraag.ts'
import { countInSteps } from '../../platform/register/raakt.ts'
import {
  Beschrijvingslijst,
  Downloadlinks,
  formatGetal,
  formatMoment,
  Inklap,
  type Kolom,
  LegeStaat,
  Lijst,
  Link,
} from '../../platform/ui/index.ts'
import { listMissing } from '../inrichten/pages.tsx'
import { sayFillers } from '../inrichten/registers.ts'
import { Inrichtmelding, inTeRichten } from '../start/beheer.tsx'
import { BESLUIT, decide, getOpen, undecide } from './actions.ts'
import { INVULBAAR, invulbaar, listInvulrijen } from './invullen.ts'
import {
  besluitPad,
  invulPad,
  mendOf,
  ONTBREEKT_PAD,
  SOORT,
  SOORTEN,
  sayNaam,
  sayOntbreekt,
  sayProducten,
  terugPad,
} from './rules.ts'
import { listKeuzes, ONTBREEKT, type Ontbrekend } from './store.ts'

const MENDS = 'contracten.beheren'
const INRICHTEN = [
  { naam: 'Start', href: '/' },
  { naam: 'Inrichten', href: '/inrichten' },
]
const GEDAAN = {
  besloten: 'Het besluit is vastgelegd. Het staat niet meer bij wat ontbreekt.',
  'te-doen': 'Het staat weer bij wat ontbreekt.',
}

/** What is missing in what was agreed, with where it is mended. Who may see no contract sees that one is meant, and not which. */
export function registerOntbreekt(app: App): void {
  registerBesluit(app)
  registerInvullen(app)
  lijst(app, ONTBREEKT_PAD, {
    recht: 'inrichten',
    inwoners: null,
    naam: 'ontbrekende afspraken',
    bron: ({ vandaag }) => ONTBREEKT(vandaag),
    orde: { kolom: 'soort', richting: 'op' },
    feiten: async (db, { ctx }) => ({ ...(await listKeuzes(db)), eerst: await listMissing(ctx, db) }),
    filters,
    sleutel: rij => rij.sleutel,
    kolommen: (_keuzes, request) => columns(request),
    bestand: (_keuzes, request) => (showsBesluit(request) ? [...EXPORT, ...BESLOTEN] : EXPORT),
    blad: (request, { totaal, filter, feiten: { eerst } }) => ({
      ...tellGedaan(request, GEDAAN),
      titel: 'Wat nog ontbreekt',
      inleiding: [
        eerst.length > 0 ? `${inTeRichten(eerst)}.` : '',
        isBesloten(request)
          ? 'Van dit alles is besloten dat het zo is: het telt niet mee bij wat ontbreekt.'
          : totaal > 0
            ? `${sayOntbreekt(totaal)}. Het belangrijkste staat bovenaan.`
            : 'Hier staat wat in de afspraken nog ontbreekt, en waar u het verhelpt.',
      ]
        .filter(Boolean)
        .join(' '),
      kruimels: INRICHTEN,
      boven: (
        <>
          <Inrichtmelding ontbreekt={eerst} />
          {totaal > 0 ? <Invullen request={request} filter={filter} /> : null}
        </>
      ),
      leeg: (
        <LegeStaat
          kop={
            // Of what is not there nothing is missing: that is not the same as that all is there.
            eerst.length > 0
              ? 'Richt de regio eerst in: daarna staat hier wat nog ontbreekt'
              : 'Er ontbreekt niets in de afspraken'
          }
        />
      ),
      onder: (
        <Inklap kop="Wat hier kan staan">
          <Lijst items={SOORTEN.map(soort => `${SOORT[soort].naam}: ${SOORT[soort].waarom}.`)} />
        </Inklap>
      ),
    }),
  })
}

const filters = ({ segmenten, gemeenten }: Awaited<ReturnType<typeof listKeuzes>>): Filtervelden => ({
  zoek: { soort: 'zoek', hulp: 'Contract, aanbieder, product, segment of gemeente' },
  soort: {
    soort: 'keuze',
    label: 'Wat ontbreekt',
    opties: SOORTEN.map(waarde => ({ waarde, naam: SOORT[waarde].naam })),
  },
  staat: {
    soort: 'keuze',
    label: 'Staat',
    leeg: 'Nog te doen',
    opties: [{ waarde: 'besloten', naam: 'Besloten' }],
  },
  wet: { soort: 'keuze', label: 'Wet', opties: WETTEN },
  segment: { soort: 'keuze', label: 'Segment', opties: segmenten },
  gemeente: { soort: 'keuze', label: 'Gemeente', opties: gemeenten },
})

/** The same rows as a file of the register in which they are mended: hundreds are not put in one by one. */
function registerInvullen(app: App): void {
  for (const bestand of INVULBAAR)
    app.get(
      invulPad(bestand.naam),
      { config: { recht: MENDS }, schema: { hide: true } },
      async (request, reply) => {
        const { ctx } = request
        const lees = readFilters(request)
        const rijen = await ctx.read(async db => {
          const velden = filters(await listKeuzes(db))
          lees.alleen(['formaat', ...Object.keys(velden)])
          const filter = readValues(velden, lees)
          demandFilters(request)
          return listInvulrijen(db, ctx, filter, bestand)
        })
        return sendExport(reply, `${bestand.naam}-in-te-vullen-${ctx.vandaag}`, bestand.kolommen, rijen)
      },
    )
}

/** Where that file is, of one kind that is mended by rows of one register. */
function Invullen({ request, filter }: { request: FastifyRequest; filter: Record<string, string> }) {
  const bestand = invulbaar(filter.soort)
  if (bestand === undefined || isBesloten(request) || !request.ctx.wie.rechten.has(MENDS)) return null
  const vraag = Object.entries(filter).filter(([, waarde]) => waarde !== '')
  const naar = (formaat: string) =>
    `${invulPad(bestand.naam)}?${new URLSearchParams([...vraag, ['formaat', formaat]])}`
  return (
    <>
      <p>
        Veel tegelijk? Download dit als {bestand.naam} om in te vullen: {bestand.wat}. Vul ze aan en{' '}
        <Link href={`/inrichten/${bestand.naam}/invoeren`}>voer het bestand in</Link>.
      </p>
      <Downloadlinks naam={`${bestand.naam} om in te vullen`} csv={naar('csv')} xlsx={naar('xlsx')} />
    </>
  )
}

const isBesloten = (request: FastifyRequest) => readVraag(request).staat === 'besloten'
/** A reason may name a contract. */
const showsBesluit = (request: FastifyRequest) =>
  isBesloten(request) && request.ctx.wie.rechten.has('contracten.lezen')

/** That something is missing on purpose, with why; and that it is missing after all. */
function registerBesluit(app: App): void {
  const overIn = (request: FastifyRequest) => (request.params as { over: string }).over
  const load =
    (besloten: boolean, blad: { titel: string; inleiding: string; knop: string }) =>
    async (request: FastifyRequest) => {
      const { ctx } = request
      const rij = await ctx.read(db => getOpen(db, ctx, overIn(request), besloten))
      return {
        ...blad,
        kruimels: [...INRICHTEN, { naam: 'Wat nog ontbreekt', href: ONTBREEKT_PAD }],
        terug: besloten ? `${ONTBREEKT_PAD}?staat=besloten` : ONTBREEKT_PAD,
        boven: <Beschrijvingslijst items={describe(rij, ctx)} />,
      }
    }
  formPagina(
    app,
    besluitPad(':over'),
    { recht: MENDS, velden: BESLUIT },
    load(false, {
      titel: 'Dit is besloten',
      inleiding:
        'U zegt hiermee dat dit zo hoort. Het telt dan niet meer mee bij wat ontbreekt; onder Besloten blijft het staan.',
      knop: 'Leg vast dat dit is besloten',
    }),
    async ({ request, invoer }) => {
      await decide(request.ctx, overIn(request), invoer)
      return `${ONTBREEKT_PAD}?melding=besloten`
    },
  )
  formPagina(
    app,
    terugPad(':over'),
    { recht: MENDS, velden: {} },
    load(true, {
      titel: 'Toch nog te doen',
      inleiding: 'Het besluit vervalt. Dit staat dan weer bij wat ontbreekt.',
      knop: 'Toch nog te doen',
    }),
    async ({ request }) => {
      await undecide(request.ctx, overIn(request))
      return `${ONTBREEKT_PAD}?melding=te-doen`
    },
  )
}

/** What it is about, for who decides. */
const describe = (rij: Ontbrekend, ctx: Ctx) =>
  [
    { naam: 'Wat ontbreekt', waarde: SOORT[rij.soort].naam },
    { naam: 'Aanbieder', waarde: rij.aanbieder },
    { naam: 'Contract', waarde: sayContract(rij) },
    { naam: 'Product', waarde: rij.productnaam ?? sayProducten(rij.producten) },
    { naam: 'Segment', waarde: rij.segment },
    { naam: 'Gemeente', waarde: rij.gemeente },
    { naam: 'Vanaf', waarde: sayVanaf(rij, ctx) },
    { naam: 'Lopende toewijzingen', waarde: sayToewijzingen(rij) },
    { naam: 'Reden', waarde: rij.reden },
    { naam: 'Besloten', waarde: sayBesloten(rij) },
  ].filter(({ waarde }) => waarde !== null && waarde !== '')

const sayBesloten = ({ door, op }: Ontbrekend) => (op === null ? null : `door ${door}, ${formatMoment(op)}`)

const sayVanaf = ({ vanaf }: Ontbrekend, { vandaag }: Pick<Ctx, 'vandaag'>) =>
  vanaf > vandaag
    ? formatDatumKort(vanaf)
    : `nu${vanaf === vandaag ? '' : `, sinds ${formatDatumKort(vanaf)}`}`

/** All of a region by their number: their names say no more, and make every row six lines. */
const sayGemeenten = ({ gemeente, alleGemeenten }: Ontbrekend) =>
  alleGemeenten === null || alleGemeenten < 3 ? gemeente : `Alle ${alleGemeenten} gemeenten`

const sayToewijzingen = ({ toewijzingen }: Ontbrekend) =>
  toewijzingen === null ? null : countInSteps(toewijzingen)

/** With the one that takes its place, where prices end with it. */
const sayContract = ({ soort, contract, herstel }: Ontbrekend) =>
  soort === 'tarieven-eindigen' && herstel !== null ? `${contract}, opgevolgd door ${herstel}` : contract

function columns(request: FastifyRequest): Kolom<Ontbrekend>[] {
  const { ctx } = request
  const { rechten } = ctx.wie
  const besluit: Kolom<Ontbrekend> = {
    kop: 'Besloten',
    cel: rij => (
      <>
        {rij.reden}
        <br />
        <small>{sayBesloten(rij)}</small>
      </>
    ),
  }
  const vanContract: Kolom<Ontbrekend>[] = [
    {
      kop: 'Aanbieder',
      sorteer: 'aanbieder',
      cel: ({ aanbieder, aanbiederId }) =>
        aanbieder === null ? null : <Link href={`/aanbieders/${aanbiederId}`}>{aanbieder}</Link>,
    },
    { kop: 'Contract', sorteer: 'contract', heel: true, cel: sayContract },
  ]
  return [
    { kop: 'Wat ontbreekt', sorteer: 'soort', rijkop: true, cel: ({ soort }) => SOORT[soort].naam },
    ...(rechten.has('contracten.lezen') ? vanContract : []),
    {
      kop: 'Product',
      sorteer: 'product',
      cel: ({ wet, product, productnaam, tarieven, producten }) => {
        const [een] = producten
        if (product === null)
          return tarieven === null ? null : (
            <>
              {`${formatGetal(tarieven)} tarieven`}
              <br />
              <small>{sayProducten(producten)}</small>
            </>
          )
        return (
          <>
            {een === undefined ? (productnaam ?? product) : sayNaam(een)}
            <br />
            <small>{wet === null ? product : `${product} · ${WETNAAM[wet]}`}</small>
          </>
        )
      },
    },
    { kop: 'Segment', sorteer: 'segment', cel: rij => rij.segment },
    { kop: 'Gemeente', sorteer: 'gemeente', cel: sayGemeenten },
    { kop: 'Vanaf', sorteer: 'vanaf', heel: true, cel: rij => sayVanaf(rij, ctx) },
    { kop: 'Toewijzingen', sorteer: 'toewijzingen', heel: true, cel: sayToewijzingen },
    ...(showsBesluit(request) ? [besluit] : []),
    {
      kop: 'Verhelpen',
      actie: true,
      cel: rij => {
        if (!rechten.has(MENDS)) return sayFillers(MENDS)
        if (isBesloten(request))
          return (
            <Link href={terugPad(rij.over)} label={`Toch nog te doen: ${nameOf(rij)}`}>
              Toch nog te doen
            </Link>
          )
        const stap = mendOf(rij, ctx.vandaag)
        return (
          <>
            {[stap, ...(stap.of === undefined ? [] : [stap.of])].map(({ doe, href }) => (
              <Fragment key={href}>
                <Link href={href} label={`${doe}: ${nameOf(rij)}`}>
                  {doe}
                </Link>
                <br />
              </Fragment>
            ))}
            <Link href={besluitPad(rij.over)} label={`Dit is besloten: ${nameOf(rij)}`}>
              Dit is besloten
            </Link>
          </>
        )
      },
    },
  ]
}

/** What tells a row from the others, for who hears the links one after another. */
const nameOf = ({ soort, contract, aanbieder, product, begin, segment, gemeente, vanaf }: Ontbrekend) =>
  [SOORT[soort].naam, contract, aanbieder, product, begin, segment, gemeente, formatDatumKort(vanaf)]
    .filter(Boolean)
    .join(', ')

const EXPORT: readonly Exportkolom<Ontbrekend>[] = [
  { kop: 'Wat ontbreekt', waarde: ({ soort }) => SOORT[soort].naam },
  { kop: 'AGB-code', waarde: rij => rij.agb },
  { kop: 'Aanbieder', waarde: rij => rij.aanbieder },
  { kop: 'Contract', waarde: sayContract },
  { kop: 'Wet', waarde: ({ wet }) => wet && WETNAAM[wet] },
  { kop: 'Productcode', waarde: rij => rij.product ?? rij.producten.map(({ code }) => code).join(', ') },
  { kop: 'Product', waarde: rij => rij.producten.map(sayNaam).join(', ') || rij.productnaam },
  { kop: 'Geldt vanaf', soort: 'datum', waarde: rij => rij.begin },
  { kop: 'Segment', waarde: rij => rij.segment },
  { kop: 'Gemeente', waarde: rij => rij.gemeente },
  { kop: 'Tarieven', soort: 'getal', waarde: rij => rij.tarieven },
  { kop: 'Ontbreekt vanaf', soort: 'datum', waarde: rij => rij.vanaf },
  { kop: 'Lopende toewijzingen', waarde: sayToewijzingen },
]

const BESLOTEN: readonly Exportkolom<Ontbrekend>[] = [
  { kop: 'Reden', waarde: rij => rij.reden },
  { kop: 'Besloten door', waarde: rij => rij.door },
  { kop: 'Besloten op', waarde: rij => rij.op && formatMoment(rij.op) },
]
