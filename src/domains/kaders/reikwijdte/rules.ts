import type { Datum } from '../../../platform/dates.ts'

export const WETTEN = ['jw', 'wmo', 'pw', 'wlz', 'zvw', 'onderwijs'] as const
export type Wet = (typeof WETTEN)[number]

export const WETNAAM: Readonly<Record<Wet, string>> = {
  jw: 'Jeugdwet',
  wmo: 'Wmo 2015',
  pw: 'Participatiewet',
  wlz: 'Grens met de Wlz',
  zvw: 'Grens met de Zvw',
  onderwijs: 'Grens met onderwijs',
}

export const OORDELEN = ['wel', 'soms', 'niet'] as const
/** Whether the gemeente buys it: always, in some cases, or never. */
export type Oordeel = (typeof OORDELEN)[number]

export const OORDEELNAAM: Readonly<Record<Oordeel, string>> = {
  wel: 'Kopen we in',
  soms: 'Soms',
  niet: 'Kopen we niet in',
}

/** What was laid down for a period; `eind` is the last day, null when it still holds. */
export interface Versie {
  begin: Datum
  eind: Datum | null
  oordeel: Oordeel
  wel: string | null
  niet: string | null
  voorbeeldenWel: string[]
  voorbeeldenNiet: string[]
  normaliseren: string | null
  grond: string
}

/** What held on a day; undefined when nothing did. */
export function versieOp<V extends Pick<Versie, 'begin' | 'eind'>>(
  versies: readonly V[],
  dag: Datum,
): V | undefined {
  return versies.find(v => v.begin <= dag && (v.eind === null || dag <= v.eind))
}

/** The first version that begins after a day. */
export function volgendeNa<V extends Pick<Versie, 'begin'>>(
  versies: readonly V[],
  dag: Datum,
): V | undefined {
  return versies.filter(v => v.begin > dag).toSorted((a, b) => (a.begin < b.begin ? -1 : 1))[0]
}

/**
 * Why a change cannot begin on `vanaf`; an empty text when it can. What held before is history: a change comes after the
 * first day of the last version, and where that has ended, after its last day.
 */
export function waaromNietVanaf(versies: readonly Pick<Versie, 'begin' | 'eind'>[], vanaf: Datum): string {
  const laatste = versies.toSorted((a, b) => (a.begin < b.begin ? 1 : -1))[0]
  if (laatste === undefined) return ''
  if (vanaf <= laatste.begin) return 'Kies een dag na de dag waarop de laatste versie inging.'
  return laatste.eind !== null && vanaf <= laatste.eind
    ? 'Kies een dag na het einde van de laatste versie.'
    : ''
}

/** As far as it was filled in well. */
type Uitleg = { [K in 'oordeel' | 'wel' | 'niet']?: Versie[K] | undefined }

/** What a judgement must say: one that does not say what falls under it helps nobody at the kitchen table. */
export function checkUitleg({ oordeel, wel, niet }: Uitleg): { pad: string; melding: string }[] {
  const fouten: { pad: string; melding: string }[] = []
  if (oordeel === undefined) return fouten
  if (oordeel !== 'niet' && wel === null)
    fouten.push({ pad: 'wel', melding: 'Schrijf op wat de gemeente wel inkoopt.' })
  if (oordeel !== 'wel' && niet === null)
    fouten.push({ pad: 'niet', melding: 'Schrijf op wat de gemeente niet inkoopt.' })
  return fouten
}
