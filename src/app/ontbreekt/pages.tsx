import { WETNAAM, WETTEN } from '../../domains/contracten/index.ts'
import { formatDatumKort } from '../../platform/dates.ts'
import type { Ctx } from '../../platform/http/ctx.ts'
import type { Exportkolom } from '../../platform/http/export.ts'
import { lijst } from '../../platform/http/lijst.tsx'
import type { App } from '../../platform/http/server.ts'
import { countInSteps } from '../../platform/register/raakt.ts'
import { Inklap, type Kolom, LegeStaat, Lijst, Link } from '../../platform/ui/index.ts'
import { sayFillers } from '../inrichten/registers.ts'
import { mendOf, ONTBREEKT_PAD, SOORT, SOORTEN, sayOntbreekt } from './rules.ts'
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
    feiten: listKeuzes,
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
    blad: (_request, { totaal }) => ({
      titel: 'Wat nog ontbreekt',
      inleiding:
        totaal === 0
          ? 'Hier staat wat in de afspraken nog ontbreekt, en waar u het verhelpt.'
          : `${sayOntbreekt(totaal)}. Het belangrijkste staat bovenaan.`,
      kruimels: [
        { naam: 'Start', href: '/' },
        { naam: 'Inrichten', href: '/inrichten' },
      ],
      leeg: <LegeStaat kop="Er ontbreekt niets in de afspraken" />,
      onder: (
        <Inklap kop="Wat hier kan staan">
          <Lijst items={SOORTEN.map(soort => `${SOORT[soort].naam}: ${SOORT[soort].waarom}.`)} />
        </Inklap>
      ),
    }),
  })
}

const sayVanaf = ({ vanaf }: Ontbrekend, { vandaag }: Pick<Ctx, 'vandaag'>) =>
  vanaf <= vandaag ? 'nu' : formatDatumKort(vanaf)

const sayToewijzingen = ({ toewijzingen }: Ontbrekend) =>
  toewijzingen === null ? null : countInSteps(toewijzingen)

function columns(ctx: Ctx): Kolom<Ontbrekend>[] {
  const { rechten } = ctx.wie
  const vanContract: Kolom<Ontbrekend>[] = [
    {
      kop: 'Aanbieder',
      sorteer: 'aanbieder',
      cel: ({ aanbieder, aanbiederId }) =>
        aanbieder === null ? null : <Link href={`/aanbieders/${aanbiederId}`}>{aanbieder}</Link>,
    },
    { kop: 'Contract', sorteer: 'contract', heel: true, cel: rij => rij.contract },
  ]
  return [
    { kop: 'Wat ontbreekt', sorteer: 'soort', rijkop: true, cel: ({ soort }) => SOORT[soort].naam },
    ...(rechten.has('contracten.lezen') ? vanContract : []),
    {
      kop: 'Product',
      sorteer: 'product',
      cel: ({ product, productnaam }) =>
        product === null ? null : (
          <>
            {productnaam ?? product}
            <br />
            <small>{product}</small>
          </>
        ),
    },
    { kop: 'Wet', cel: ({ wet }) => wet && WETNAAM[wet] },
    { kop: 'Segment', sorteer: 'segment', cel: rij => rij.segment },
    { kop: 'Gemeente', sorteer: 'gemeente', cel: rij => rij.gemeente },
    { kop: 'Vanaf', sorteer: 'vanaf', heel: true, cel: rij => sayVanaf(rij, ctx) },
    { kop: 'Toewijzingen', sorteer: 'toewijzingen', heel: true, cel: sayToewijzingen },
    {
      kop: 'Verhelpen',
      actie: true,
      cel: rij => {
        if (!rechten.has(MENDS)) return sayFillers(MENDS)
        const { doe, href } = mendOf(rij)
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
const nameOf = ({ soort, contract, aanbieder, product, begin, segment, gemeente }: Ontbrekend) =>
  [SOORT[soort].naam, contract, aanbieder, product, begin, segment, gemeente].filter(Boolean).join(', ')

const EXPORT: readonly Exportkolom<Ontbrekend>[] = [
  { kop: 'Wat ontbreekt', waarde: ({ soort }) => SOORT[soort].naam },
  { kop: 'AGB-code', waarde: rij => rij.agb },
  { kop: 'Aanbieder', waarde: rij => rij.aanbieder },
  { kop: 'Contract', waarde: rij => rij.contract },
  { kop: 'Wet', waarde: ({ wet }) => wet && WETNAAM[wet] },
  { kop: 'Productcode', waarde: rij => rij.product },
  { kop: 'Product', waarde: rij => rij.productnaam },
  { kop: 'Geldt vanaf', soort: 'datum', waarde: rij => rij.begin },
  { kop: 'Segment', waarde: rij => rij.segment },
  { kop: 'Gemeente', waarde: rij => rij.gemeente },
  { kop: 'Ontbreekt vanaf', soort: 'datum', waarde: rij => rij.vanaf },
  { kop: 'Lopende toewijzingen', waarde: sayToewijzingen },
]
