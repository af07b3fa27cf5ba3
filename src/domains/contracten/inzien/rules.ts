import {
  addDays,
  contains,
  type Datum,
  formatDatum,
  formatDatumKort,
  LAATSTE_DAG,
  type Periode,
} from '../../../platform/dates.ts'
import type { Eurocent } from '../../../platform/money.ts'

/** A price as agreed for a period; `eind` is the last day, null when open. Eurocents per unit of the product. */
export interface Tarief {
  productId: number
  product: string
  code: string
  wet: 'jw' | 'wmo'
  eenheid: string
  segment: string
  vanaf: Datum
  eind: Datum | null
  tarief: Eurocent
  /** First day on which the catalogue has the product no more; null while it has. */
  uit: Datum | null
  /** The days after the price on which it is still paid for what was toegewezen by then: it is the last in the catalogue. */
  naloop: Periode | null
}

/** What a contract covers in a period: names, in the order of lists. */
export interface Versie {
  begin: Datum
  /** Last day, null when open. */
  eind: Datum | null
  segmenten: readonly string[]
  gemeenten: readonly string[]
}

/** 'Erbij: Zeist. Eraf: Verblijf.' Of the first version nothing. */
export function sayAnders(vorige: Versie | undefined, deze: Versie): string {
  if (vorige === undefined) return ''
  const [van, naar] = [vorige, deze].map(({ segmenten, gemeenten }) => [...segmenten, ...gemeenten])
  const say = (kop: string, namen: readonly string[] = [], zonder: readonly string[] = []) => {
    const over = namen.filter(naam => !zonder.includes(naam))
    return over.length === 0 ? [] : [`${kop}: ${over.join(', ')}.`]
  }
  return [...say('Erbij', naar, van), ...say('Eraf', van, naar)].join(' ') || 'Niets.'
}

/** A contract of a provider, with its versions in the order of time. */
export interface Opvolgbaar {
  nummer: string
  versies: readonly Versie[]
}

/**
 * Of a contract that begins after today and takes over from another of the same provider, that ends the day before: which, and what changes
 * with it. What another contract covers by then is not gone. By number.
 */
export function mapOpvolging(contracten: readonly Opvolgbaar[], vandaag: Datum): Map<string, string> {
  const uit = new Map<string, string>()
  for (const { nummer, versies } of contracten) {
    const [eerste] = versies
    if (eerste === undefined || eerste.begin <= vandaag) continue
    const anderen = contracten.filter(ander => ander.nummer !== nummer)
    const voor = anderen.flatMap(ander => {
      const laatste = ander.versies.at(-1)
      return laatste?.eind != null && addDays(laatste.eind, 1) === eerste.begin && sharesWith(laatste, eerste)
        ? [{ nummer: ander.nummer, ...laatste }]
        : []
    })
    const [vorige] = voor
    if (vorige === undefined) continue
    const elders = anderen.flatMap(ander => ander.versies.filter(versie => contains(versie, eerste.begin)))
    const say = (wat: 'segmenten' | 'gemeenten') => {
      const was = [...new Set(voor.flatMap(v => v[wat]))]
      return was.filter(
        naam => eerste[wat].includes(naam) || !elders.some(versie => versie[wat].includes(naam)),
      )
    }
    const anders = sayAnders({ ...vorige, segmenten: say('segmenten'), gemeenten: say('gemeenten') }, eerste)
    const wie = voor.map(v => v.nummer).join(', ')
    uit.set(
      nummer,
      `Volgt vanaf ${formatDatumKort(eerste.begin)} op ${wie}. ${anders === 'Niets.' ? 'Zelfde segmenten en gemeenten.' : anders}`,
    )
  }
  return uit
}

const sharesWith = (a: Versie, b: Versie) =>
  a.segmenten.some(naam => b.segmenten.includes(naam)) && a.gemeenten.some(naam => b.gemeenten.includes(naam))

/** What changes in a contract from a day after today: 'Vanaf 01-07-2026 erbij: Zeist.' In the order of time. */
export function sayStraks(versies: readonly Versie[], vandaag: Datum): string[] {
  return versies.flatMap((versie, i) => {
    if (i === 0 || versie.begin <= vandaag) return []
    const anders = sayAnders(versies[i - 1], versie)
    return [`Vanaf ${formatDatumKort(versie.begin)} ${anders.charAt(0).toLowerCase()}${anders.slice(1)}`]
  })
}

/** The price that the first one of a product in a contract follows, in another contract of the same provider. */
export interface Vorige {
  contract: string
  tarief: Eurocent
}

/** By product. */
export type Vorigen = ReadonlyMap<number, Vorige>

/** From this day on the same prices hold, until the next column. */
export interface Tariefkolom {
  vanaf: Datum
  /** Last day; only where nothing follows on the day after it. */
  tot: Datum | null
  /** True when its prices hold today. */
  nu: boolean
}

/** What holds on the first day of a column. */
export interface Tariefcel {
  tarief: Eurocent
  /** Change from the price that held before, as a share (0.031 is 3.1% more); null where there was none, and where it holds on unchanged. */
  wijziging: number | null
  /** It holds only for what was toegewezen while the catalogue had the product. */
  alleenLopend?: true
}

export interface Tariefregel extends Omit<Tarief, 'vanaf' | 'eind' | 'tarief' | 'uit' | 'naloop'> {
  /** By column; null where no price holds. */
  cellen: readonly (Tariefcel | null)[]
}

export interface Tarieventabel {
  kolommen: readonly Tariefkolom[]
  regels: readonly Tariefregel[]
}

/**
 * Prices side by side: a row per product and unit, in the order as given, and a column for every day on which one of them begins or has ended, or is
 * only for what runs by then, oldest first. A cell is the price that holds on the first day of its column, whenever that began. From a day on which none of them holds
 * there is no column: the one before it says its last day.
 */
export function tarieventabel(
  tarieven: readonly Tarief[],
  vandaag: Datum,
  vorigen: Vorigen = new Map(),
): Tarieventabel {
  const grenzen = tarieven.flatMap(tarief => [
    tarief.vanaf,
    ...[tarief.eind, tarief.naloop?.eind ?? null].flatMap(eind =>
      eind === null || eind >= LAATSTE_DAG ? [] : [addDays(eind, 1)],
    ),
    ...(tarief.uit !== null && holdsOn(tarief, tarief.uit) ? [tarief.uit] : []),
  ])
  const dagen = [...new Set(grenzen)].sort()
  const kolommen = dagen.flatMap((vanaf, i): Tariefkolom[] => {
    if (!tarieven.some(tarief => holdsOn(tarief, vanaf))) return []
    const volgende = dagen[i + 1]
    const dood = volgende !== undefined && !tarieven.some(tarief => holdsOn(tarief, volgende))
    const nu = vanaf <= vandaag && (volgende === undefined || vandaag < volgende)
    return [{ vanaf, tot: dood ? addDays(volgende, -1) : null, nu }]
  })
  // What is counted otherwise from a day is another row: no share says how an hour compares with a minute.
  const perEenheid = Map.groupBy(tarieven, ({ productId, eenheid }) => `${productId}~${eenheid}`)
  const geteld = new Set<number>()
  const regels = [...perEenheid.values()].flatMap(alle => {
    const [eerste] = alle
    if (eerste === undefined) return []
    const elders = geteld.has(eerste.productId) ? undefined : vorigen.get(eerste.productId)
    geteld.add(eerste.productId)
    const opVolgorde = alle.toSorted((a, b) => (a.vanaf < b.vanaf ? -1 : 1))
    const { vanaf: _, eind: __, tarief: ___, uit: ____, naloop: _____, ...product } = eerste
    return [
      {
        ...product,
        cellen: kolommen.map(({ vanaf }) => cellOn(opVolgorde, vanaf, elders)),
      },
    ]
  })
  return { kolommen, regels }
}

/** Whether it is paid on a day, also when that is only for what runs. */
const holdsOn = (tarief: Tarief, dag: Datum) =>
  isAgreed(tarief, dag) || (tarief.naloop !== null && contains(tarief.naloop, dag))

const isAgreed = ({ vanaf, eind }: Tarief, dag: Datum) => contains({ begin: vanaf, eind }, dag)

/** The price of a day, of one product; prices in the order of time. */
function cellOn(prijzen: readonly Tarief[], dag: Datum, elders: Vorige | undefined): Tariefcel | null {
  const i = prijzen.findLastIndex(prijs => holdsOn(prijs, dag))
  const [deze, vorige] = [prijzen[i], prijzen[i - 1] ?? elders]
  if (deze === undefined) return null
  const begint = deze.vanaf === dag && vorige !== undefined
  return {
    tarief: deze.tarief,
    wijziging: begint ? deze.tarief / vorige.tarief - 1 : null,
    ...(deze.uit !== null && dag >= deze.uit && { alleenLopend: true as const }),
  }
}

/** With what each percentage compares: 'het tarief ervoor', and of the first of a product that of the contract before. */
export function sayVergeleken(vorigen: Vorigen): string {
  const contracten = [...new Set([...vorigen.values()].map(({ contract }) => contract))].sort()
  const eerste =
    contracten.length === 0
      ? ''
      : `, en bij het eerste tarief van een product ten opzichte van dat in contract ${contracten.join(', ')}`
  return `Het percentage is de wijziging ten opzichte van het tarief ervoor (de indexering)${eerste}.`
}

/** Since when the prices stand as they do today; when none holds, until when the last did and from when the next do. Empty without prices. `deel`: these are not all there are. */
export function sayNu(tarieven: readonly Tarief[], vandaag: Datum, deel = false): string {
  const { kolommen } = tarieventabel(tarieven, vandaag)
  const nu = kolommen.find(kolom => kolom.nu)
  if (nu !== undefined)
    return `De tarieven zoals ze nu zijn, gelden vanaf ${formatDatum(nu.vanaf)}${nu.tot === null ? '' : ` tot en met ${formatDatum(nu.tot)}`}.`
  const laatste = kolommen.findLast(({ tot }) => tot !== null && tot < vandaag)?.tot
  const eerste = kolommen.find(({ vanaf }) => vanaf > vandaag)?.vanaf
  const delen = [
    ...(laatste == null ? [] : [`de laatste golden tot en met ${formatDatum(laatste)}`]),
    ...(eerste === undefined
      ? []
      : [`de ${laatste == null ? 'eerste' : 'volgende'} gaan in op ${formatDatum(eerste)}`]),
  ]
  return delen.length === 0
    ? ''
    : `Er gelden nu geen tarieven${deel ? ' die hierbij passen' : ''}; ${delen.join(', ')}.`
}

export type Looptijd = 'lopend' | 'toekomstig' | 'afgelopen'

/** Where a contract stands on a day; both ends are inside its term. */
export function looptijdOp(contract: { begin: Datum; eind: Datum | null }, dag: Datum): Looptijd {
  if (contract.begin > dag) return 'toekomstig'
  return contract.eind !== null && contract.eind < dag ? 'afgelopen' : 'lopend'
}
