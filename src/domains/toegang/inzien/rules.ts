import { addDays, contains, type Datum, dateInNederland, formatDatum } from '../../../platform/dates.ts'
import { type Eurocent, formatEuro } from '../../../platform/money.ts'
import { type Prijs, prijsOp } from '../../contracten/rules.ts'
import { CODELIJSTEN } from '../../istandaard/index.ts'
import { convertTarief, type Versie } from '../toewijzen/rules.ts'
import { isVerwijderd } from '../waarde/rules.ts'

/** Singular and plural of the units a volume is counted in (code list WJ756). */
const EENHEID: Readonly<Record<string, readonly [string, string]>> = {
  '01': ['minuut', 'minuten'],
  '04': ['uur', 'uur'],
  '14': ['etmaal', 'etmalen'],
  '16': ['dagdeel', 'dagdelen'],
  '82': ['stuk', 'stuks'],
  '84': ['stuk', 'stuks'],
}

const PER: Readonly<Record<string, string>> = {
  '1': 'per dag',
  '2': 'per week',
  '4': 'per maand',
  '6': 'in totaal, over de hele looptijd',
}

/** `4, '04'` → '4 uur'; with unit 83 the volume is eurocents and becomes an amount. */
export function describeVolume(volume: number, eenheid: string): string {
  if (eenheid === '83') return formatEuro(volume)
  const [enkel, meer] = EENHEID[eenheid] ?? ['', '']
  return `${volume.toLocaleString('nl-NL')} ${volume === 1 ? enkel : meer}`.trim()
}

/** What one unit is called after a price: '€ 90,00 per uur'. */
export function eenheidNaam(eenheid: string): string {
  return EENHEID[eenheid]?.[0] ?? 'euro'
}

type Toegewezen = Pick<Versie, 'volume' | 'eenheid' | 'frequentie' | 'budget'>

/**
 * How much was allocated, in plain Dutch: '4 uur per week', 'een budget van € 5.000,00 over de hele looptijd'.
 * Grondslag: iJw/iWmo 3.2 CD077, CD078 (omvang and budget exclude each other; neither is an open allocation).
 */
export function describeOmvang({ volume, eenheid, frequentie, budget }: Toegewezen): string {
  if (budget !== null) return `een budget van ${formatEuro(budget)} over de hele looptijd`
  if (volume === null || eenheid === null || frequentie === null) return 'geen omvang afgesproken'
  return `${eenheid === '01' ? inUren(volume) : describeVolume(volume, eenheid)} ${PER[frequentie] ?? ''}`.trim()
}

/** What people plan in: `1974` → '32 uur en 54 minuten'. A line that was claimed keeps its minutes, as the message has them. */
function inUren(minuten: number): string {
  const [uur, rest] = [Math.floor(minuten / 60), minuten % 60]
  if (uur === 0) return describeVolume(minuten, '01')
  return rest === 0
    ? describeVolume(uur, '04')
    : `${describeVolume(uur, '04')} en ${describeVolume(rest, '01')}`
}

/**
 * What a unit costs on a day, since when, until when where it ends before the toewijzing does and no other follows the day after (its
 * municipality leaves the contract), and the next price that is known. Before it begins its first day counts, after it ended its
 * last one. `prijzen`: of its product, per `prijseenheid`. Undefined where nothing was agreed.
 */
export function describeTarief(
  { ingang, eind, eenheid }: Pick<Versie, 'ingang' | 'eind' | 'eenheid'>,
  { prijzen, eenheid: prijseenheid }: { prijzen: readonly Prijs[]; eenheid: string },
  dag: Datum,
): string | undefined {
  if (eenheid === '83') return 'in euro’s toegewezen, zonder tarief'
  const op = dag < ingang ? ingang : eind !== null && eind < dag ? eind : dag
  const per = eenheid === null ? '' : ` per ${eenheidNaam(eenheid)}`
  const zeg = ({ tarief }: Prijs) =>
    `${formatEuro(eenheid === null ? tarief : convertTarief(tarief, prijseenheid, eenheid))}${per}`
  const prijs = prijsOp(prijzen, op)
  const later = prijzen.find(({ begin }) => begin > op && (eind === null || begin <= eind))
  const straks = later === undefined ? '' : `${formatDatum(later.begin)}: ${zeg(later)}`
  if (prijs === undefined) return straks === '' ? undefined : `nog geen tarief; vanaf ${straks}`
  const stopt = prijs.eind !== null && (eind === null || prijs.eind < eind) ? prijs.eind : null
  const tot = stopt === null || later?.begin === addDays(stopt, 1) ? '' : ` tot en met ${formatDatum(stopt)}`
  const nu = contains(prijs, op)
    ? `${zeg(prijs)}, contracttarief dat geldt vanaf ${formatDatum(prijs.begin)}${tot}`
    : `${zeg(prijs)} was het laatste tarief; het gold tot en met ${formatDatum(prijs.eind ?? op)}`
  return straks === '' ? nu : `${nu}; vanaf ${straks}`
}

export type Geldigheid = 'geldig' | 'toekomstig' | 'verlopen' | 'verwijderd'

/** Where a toewijzing stands on a day; both ends of its term are inside it. */
export function geldigheidOp(
  versie: Pick<Versie, 'ingang' | 'eind' | 'redenWijziging'>,
  dag: Datum,
): Geldigheid {
  if (isVerwijderd(versie)) return 'verwijderd'
  if (versie.ingang > dag) return 'toekomstig'
  return versie.eind !== null && versie.eind < dag ? 'verlopen' : 'geldig'
}

export interface Verschil {
  wat: string
  was: string
  wordt: string
}

/** What differs between two states of one toewijzing, as a reader would say it; empty when nothing does. */
export function compareVersies(oud: Versie, nieuw: Versie): Verschil[] {
  const tarief = (v: Versie) => (v.tarief === null ? 'geen tarief' : formatEuro(v.tarief as Eurocent))
  const eind = (v: Versie) => (v.eind === null ? 'zonder einddatum' : formatDatum(v.eind))
  const product = (v: Versie) =>
    v.code ?? (v.categorie === null ? 'geen product' : `categorie ${v.categorie}`)
  const paren: readonly [string, string, string][] = [
    ['Product', product(oud), product(nieuw)],
    ['Ingangsdatum', formatDatum(oud.ingang), formatDatum(nieuw.ingang)],
    ['Einddatum', eind(oud), eind(nieuw)],
    ['Omvang', describeOmvang(oud), describeOmvang(nieuw)],
    ['Tarief', tarief(oud), tarief(nieuw)],
    ['Verwijderd', isVerwijderd(oud) ? 'ja' : 'nee', isVerwijderd(nieuw) ? 'ja' : 'nee'],
  ]
  return paren.filter(([, was, wordt]) => was !== wordt).map(([wat, was, wordt]) => ({ wat, was, wordt }))
}

/** 'Herbeoordeling: verlenging toewijzing' for '04'; undefined when no reason was given. */
export function redenNaam(reden: string | null): string | undefined {
  return reden === null ? undefined : (CODELIJSTEN.WJ002 as Readonly<Record<string, string>>)[reden]
}

export function verwijzerNaam(verwijzer: string | null): string | undefined {
  return verwijzer === null ? undefined : (CODELIJSTEN.COD327 as Readonly<Record<string, string>>)[verwijzer]
}

/** A state with the moment at which we received it and the moment at which we recorded it. */
export interface Stand extends Versie {
  nummer: number
  /** Null for what was taken over from an earlier system. */
  berichtId: string | null
  ontvangenOp: Date
  vastgelegdOp: Date
  /** When the provider let know that it could not process this; from then on it counts as not sent (OP286). */
  ingetrokkenOp: Date | null
}

/** The states among these that still count at the end of a day. */
export function nietIngetrokken(standen: readonly Stand[], dag: Datum): Stand[] {
  return standen.filter(({ ingetrokkenOp: op }) => op === null || dateInNederland(op) > dag)
}

/** What had been received at the end of a day (in the Netherlands). */
export function bekendOp<T extends { ontvangenOp: Date }>(feiten: readonly T[], dag: Datum): T[] {
  return feiten.filter(feit => dateInNederland(feit.ontvangenOp) <= dag)
}

/**
 * The state that counts among those that are known: the one decided last, and of two decided at the same moment the
 * one recorded last. Undefined when nothing is known. Grondslag: iJw/iWmo 3.2 IV013, OP080.
 */
export function geldendeStand(standen: readonly Stand[]): Stand | undefined {
  return standen.reduce<Stand | undefined>(
    (beste, stand) =>
      beste === undefined ||
      stand.toegewezenOp > beste.toegewezenOp ||
      (stand.toegewezenOp === beste.toegewezenOp && stand.nummer > beste.nummer)
        ? stand
        : beste,
    undefined,
  )
}
