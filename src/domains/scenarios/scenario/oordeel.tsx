import type { ComponentProps } from 'react'
import {
  Badge,
  type BadgeToon,
  formatPercentage,
  type Kolom,
  type Kruimel,
  LegeStaat,
  Link,
  Melding,
  Tabel,
} from '../../../platform/ui/index.ts'
import type { Vergeleken } from './actions.ts'
import { explain, type Oordeel, scenarioPad } from './rules.ts'

/** How each judgement is said: in short as a badge, and as a message. */
interface Woorden {
  naam: string
  toon: BadgeToon
  soort: ComponentProps<typeof Melding>['soort']
  kop?: string
}
const OORDEEL: Readonly<Record<Oordeel['soort'], Woorden>> = {
  'geen-cijfers': { naam: 'Nog geen cijfers', toon: 'neutraal', soort: 'info' },
  'op-koers': { naam: 'Op koers', toon: 'succes', soort: 'succes' },
  boven: { naam: 'Bijsturen', toon: 'fout', soort: 'fout', kop: 'Bijsturing nodig' },
  onder: { naam: 'Lager dan verwacht', toon: 'waarschuwing', soort: 'waarschuwing' },
}

const GEEN_CIJFERS = 'Met uw rol ziet u geen cijfers, dus ook niet of het scenario uitkomt.'

/** The way back from a page of a scenario. */
export function kruimels({ dossierId, naam }: { dossierId: number; naam: string }): Kruimel[] {
  return [
    { naam: 'Beleidsdossiers', href: '/beleid' },
    { naam, href: `/beleid/dossiers/${dossierId}` },
  ]
}

/** How a scenario goes, as a badge; ended ones say only that. */
export function Oordeelbadge({ v }: { v: Vergeleken }) {
  if (v.scenario.beeindigdOp !== null) return <Badge>Beëindigd</Badge>
  if (!v.magCijfers) return <Badge>Geen cijfers</Badge>
  const { naam, toon } = OORDEEL[v.oordeel.soort]
  return <Badge toon={toon}>{naam}</Badge>
}

/** The judgement of a scenario as a message: needs steering, or how it goes. */
export function Oordeelmelding({ v }: { v: Vergeleken }) {
  if (!v.magCijfers) return <Melding soort="info">{GEEN_CIJFERS}</Melding>
  const { soort, naam, kop = naam } = OORDEEL[v.oordeel.soort]
  return (
    <Melding soort={soort} kop={kop}>
      {explain(v.oordeel)}
    </Melding>
  )
}

const COLUMNS: readonly Kolom<Vergeleken>[] = [
  {
    kop: 'Scenario',
    rijkop: true,
    cel: ({ scenario }) => <Link href={scenarioPad(scenario)}>{scenario.naam}</Link>,
  },
  { kop: 'Stand', heel: true, cel: v => <Oordeelbadge v={v} /> },
  { kop: 'Groep', cel: ({ scenario }) => scenario.groep },
  {
    kop: 'Patroon',
    cel: ({ scenario }) =>
      scenario.methode.patronen.find(p => p.code === scenario.patroon)?.naam ?? scenario.patroon,
  },
  { kop: 'Vanaf', heel: true, cel: ({ scenario }) => String(scenario.beginjaar) },
  {
    kop: 'Verschil tot nu',
    uitlijning: 'rechts',
    cel: ({ oordeel, magCijfers }) =>
      !magCijfers || oordeel.soort === 'geen-cijfers' || oordeel.deel === null
        ? '–'
        : `${oordeel.deel > 0 ? '+' : ''}${formatPercentage(oordeel.deel)}`,
  },
]

/**
 * The scenarios of a dossier in short: name, group, how it goes, with an alarm on top when one needs steering. For the page
 * of the dossier; `scenarios` comes from `loadScenarios`.
 */
export function Scenariodeel({ scenarios }: { scenarios: readonly Vergeleken[] }) {
  const alarm = scenarios.filter(v => v.scenario.beeindigdOp === null && v.oordeel.soort === 'boven')
  return (
    <>
      {alarm.map(v => (
        <Melding key={v.scenario.scenarioId} soort="fout" kop={`Bijsturing nodig: ${v.scenario.naam}`}>
          {explain(v.oordeel)}
        </Melding>
      ))}
      <Tabel
        bijschrift="Scenario’s van dit dossier"
        rijen={scenarios}
        sleutel={v => String(v.scenario.scenarioId)}
        kolommen={COLUMNS}
        leeg={
          <LegeStaat kop="Er is nog geen scenario">
            Een scenario zegt wat een groep de komende jaren kost. Daarna ziet u of de werkelijkheid daarvan
            afwijkt.
          </LegeStaat>
        }
      />
    </>
  )
}
