import { WETNAAM, WETTEN } from '../../domains/contracten/index.ts'
import { formatDatumKort } from '../../platform/dates.ts'
import type { Ctx } from '../../platform/http/ctx.ts'
import type { Exportkolom } from '../../platform/http/export.ts'
import { lijst } from '../../platform/http/lijst.tsx'
import type { App } from '../../platform/http/server.ts'
import { countInSteps } from '../../platform/register/raakt.ts'
import { formatGetal, Inklap, type Kolom, LegeStaat, Lijst, Link } from '../../platform/ui/index.ts'
import { listMissing } from '../inrichten/pages.tsx'
import { sayFillers } from '../inrichten/registers.ts'
import { Inrichtmelding, inTeRichten } from '../start/beheer.tsx'
import { mendOf, ONTBREEKT_PAD, SOORT, SOORTEN, sayNaam, sayOntbreekt, sayProducten } from './rules.ts'
import { listKeuzes, ONTBREEKT, type Ontbrekend } from './store.ts'

const MENDS = 'contracten.beheren'

/** What is missing in what was agreed, with where it is mended. Who may see no contract sees that one is meant, and not which. */
export function registerOntbreekt(app: App): void {
  lijst(app, ONTBREEKT_PAD, {
    recht: 'inrichten',
    inwoners: null,
    naam: 'ontbrekende afspraken',
    bron: ({ vandaag }) => ONTBREEKT(vandaag),
    orde: { kolom: 'soort', richting: 'op' },
    feiten: async (db, { ctx }) => ({ ...(await listKeuzes(db)), eerst: await listMissing(ctx, db) }),
    filters: ({ segmenten, gemeenten }) => ({
      zoek: { soort: 'zoek', hulp: 'Contract, aanbieder, product, segment of gemeente' },
      soort: {
        soort: 'keuze',
        label: 'Wat ontbreekt',
        opties: SOORTEN.map(waarde => ({ waarde, naam: SOORT[waarde].naam })),
      },
      wet: { soort: 'keuze', label: 'Wet', opties: WETTEN },
      segment: { soort: 'keuze', label: 'Segment', opties: segmenten },
      gemeente: { soort: 'keuze', label: 'Gemeente', opties: gemeenten },
    }),
    sleutel: rij => rij.sleutel,
    kolommen: (_keuzes, { ctx }) => columns(ctx),
    bestand: () => EXPORT,
    blad: (_request, { totaal, feiten: { eerst } }) => ({
      titel: 'Wat nog ontbreekt',
      inleiding: [
        eerst.length > 0 ? `${inTeRichten(eerst)}.` : '',
        totaal > 0
          ? `${sayOntbreekt(totaal)}. Het belangrijkste staat bovenaan.`
          : 'Hier staat wat in de afspraken nog ontbreekt, en waar u het verhelpt.',
      ]
        .filter(Boolean)
        .join(' '),
      kruimels: [
        { naam: 'Start', href: '/' },
        { naam: 'Inrichten', href: '/inrichten' },
      ],
      boven: <Inrichtmelding ontbreekt={eerst} />,
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

function columns(ctx: Ctx): Kolom<Ontbrekend>[] {
  const { rechten } = ctx.wie
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
    {
      kop: 'Verhelpen',
      actie: true,
      cel: rij => {
        if (!rechten.has(MENDS)) return sayFillers(MENDS)
        const { doe, href } = mendOf(rij, ctx.vandaag)
        return (
          <Link href={href} label={`${doe}: ${nameOf(rij)}`}>
            {doe}
          </Link>
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
