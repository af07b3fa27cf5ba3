import type { Datum } from '../../../platform/dates.ts'
import type { Deelgebied, Richting } from '../bereik/rules.ts'

export const SOORTEN = ['visie', 'doel', 'resultaat', 'indicator', 'inzet'] as const
export type Soort = (typeof SOORTEN)[number]

export const SOORTNAAM: Readonly<Record<Soort, string>> = {
  visie: 'Visie',
  doel: 'Doel',
  resultaat: 'Resultaat',
  indicator: 'Indicator',
  inzet: 'Inzet',
}

/** A goal as it stands in the tree. */
export interface Doel extends Deelgebied {
  doelId: number
  /** Null: of the region. */
  gemeente: string | null
  boom: string
  ouderId: number | null
  soort: Soort
  tekst: string
  toelichting: string | null
  bron: string | null
  volgorde: number
  indicator: string | null
  richting: Richting | null
  /** In the unit of the indicator. */
  streefwaarde: number | null
  streefOp: Datum | null
  ontbreekt: string | null
  versie: number
  beeindigdOp: Date | null
  beeindigdReden: string | null
}

type Meetbaar = Pick<Doel, 'soort' | 'indicator' | 'richting' | 'ontbreekt'>

/**
 * Which fields must still be filled in to say how a goal is measured; for the form and a preset alike. Only an indicator is
 * measured: by what is read and which way is better, or, as long as nothing can be read, by which data is missing.
 */
export function listMeetgebreken({
  soort,
  indicator,
  richting,
  ontbreekt,
}: Meetbaar): ('richting' | 'ontbreekt')[] {
  if (soort !== 'indicator') return []
  if (indicator === null) return ontbreekt === null ? ['ontbreekt'] : []
  return richting === null ? ['richting'] : []
}

export interface Knoop<D extends Doel = Doel> {
  doel: D
  kinderen: Knoop<D>[]
}

export interface Boom<D extends Doel = Doel> {
  gemeente: string | null
  naam: string
  wortels: Knoop<D>[]
}

/**
 * The trees, those of the region first; within a parent by `volgorde`. A goal whose parent is not among `doelen` (ended,
 * or filtered out) stands at the top of its tree: nothing is lost from sight.
 */
export function buildBomen<D extends Doel>(doelen: readonly D[]): Boom<D>[] {
  const kinderenVan = new Map<number | null, D[]>()
  const bekend = new Set(doelen.map(doel => doel.doelId))
  for (const doel of doelen.toSorted((a, b) => a.volgorde - b.volgorde || a.doelId - b.doelId)) {
    const ouder = doel.ouderId !== null && bekend.has(doel.ouderId) ? doel.ouderId : null
    kinderenVan.set(ouder, [...(kinderenVan.get(ouder) ?? []), doel])
  }
  const knoop = (doel: D): Knoop<D> => ({
    doel,
    kinderen: (kinderenVan.get(doel.doelId) ?? []).map(knoop),
  })
  const bomen = new Map<string, Boom<D>>()
  for (const wortel of kinderenVan.get(null) ?? []) {
    const sleutel = `${wortel.gemeente ?? ''} ${wortel.boom}`
    const boom = bomen.get(sleutel) ?? { gemeente: wortel.gemeente, naam: wortel.boom, wortels: [] }
    boom.wortels.push(knoop(wortel))
    bomen.set(sleutel, boom)
  }
  return [...bomen.values()].sort((a, b) =>
    `${a.gemeente ?? ''} ${a.naam}`.localeCompare(`${b.gemeente ?? ''} ${b.naam}`, 'nl'),
  )
}

/** A tree as rows from top to bottom, each with how deep it lies (from 1). */
export function platteBoom<D extends Doel>(
  knopen: readonly Knoop<D>[],
  diepte = 1,
): { doel: D; diepte: number }[] {
  return knopen.flatMap(({ doel, kinderen }) => [{ doel, diepte }, ...platteBoom(kinderen, diepte + 1)])
}

const RANG: Readonly<Record<Soort, number>> = { visie: 0, doel: 1, resultaat: 2, indicator: 3, inzet: 3 }

/** Whether a goal of this kind may hang under `ouder` (null: at the top of a tree); an empty text when it may. */
export function waaromNietOnder(soort: Soort, ouder: Pick<Doel, 'soort'> | null): string {
  if (ouder === null) return RANG[soort] <= 1 ? '' : 'Bovenaan een boom staat een visie of een doel.'
  if (RANG[ouder.soort] === 3) return 'Onder een indicator of inzet kan niets meer hangen.'
  if (RANG[soort] > RANG[ouder.soort]) return ''
  return soort === ouder.soort && soort === 'doel' ? '' : `Onder een ${ouder.soort} past geen ${soort}.`
}

/** True when `kandidaat` is `doel` itself or hangs somewhere under it: then `doel` cannot hang under `kandidaat`. */
export function liesUnder(
  doelen: readonly Pick<Doel, 'doelId' | 'ouderId'>[],
  kandidaat: number,
  doel: number,
): boolean {
  const ouderVan = new Map(doelen.map(d => [d.doelId, d.ouderId]))
  const gezien = new Set<number>()
  for (let nu: number | null = kandidaat; nu !== null && !gezien.has(nu); nu = ouderVan.get(nu) ?? null) {
    if (nu === doel) return true
    gezien.add(nu)
  }
  return false
}

/** A goal that is put somewhere: in whose tree, and which it is when it stands there already. */
type Geplaatst = Pick<Doel, 'gemeente' | 'boom'> & { doelId: number | null }

/** Why a goal cannot hang under `ouder` (null: at the top) as the tree is now; an empty text when it can. */
export function waaromNietHier(
  { doelId, gemeente, boom }: Geplaatst,
  ouder: Doel | null,
  soort: Soort | undefined,
  doelen: readonly Doel[],
): string {
  if (ouder !== null && (ouder.gemeente !== gemeente || ouder.boom !== boom))
    return 'Kies een plek in dezelfde boom.'
  if (ouder !== null && ouder.beeindigdOp !== null) return 'Kies een plek onder een doel dat nog loopt.'
  if (ouder !== null && doelId !== null && liesUnder(doelen, ouder.doelId, doelId))
    return 'Een doel kan niet onder zichzelf hangen.'
  return soort === undefined ? '' : waaromNietOnder(soort, ouder)
}

/** Whether all that runs under a goal may still hang there when it is of this kind. */
export function keepsChildren(soort: Soort, doelId: number, doelen: readonly Doel[]): boolean {
  return doelen
    .filter(kind => kind.ouderId === doelId && kind.beeindigdOp === null)
    .every(kind => waaromNietOnder(kind.soort, { soort }) === '')
}

/** Less than this share up or down counts as no movement. */
const STIL = 0.005

export interface Stand {
  /** Which way it went against the period before, in view of which way is better. */
  beweging: 'goed' | 'verkeerd' | 'gelijk' | 'onbekend'
  /** Share of change: 0.05 is 5% more; null when there is nothing to compare with. */
  verandering: number | null
  /** Null without a target or a value. */
  gehaald: boolean | null
}

/** Where a measured goal stands. All values in the unit of its indicator. */
export function standVan(
  doel: Pick<Doel, 'richting' | 'streefwaarde'>,
  gemeten: { waarde: number | null; vorig: number | null },
): Stand {
  const { richting, streefwaarde } = doel
  const { waarde, vorig } = gemeten
  const verandering = waarde !== null && vorig !== null && vorig > 0 ? (waarde - vorig) / vorig : null
  const gehaald =
    waarde === null || streefwaarde === null || richting === null
      ? null
      : richting === 'lager'
        ? waarde <= streefwaarde
        : waarde >= streefwaarde
  if (verandering === null || richting === null) return { beweging: 'onbekend', verandering, gehaald }
  if (Math.abs(verandering) < STIL) return { beweging: 'gelijk', verandering, gehaald }
  return { beweging: verandering > 0 === (richting === 'hoger') ? 'goed' : 'verkeerd', verandering, gehaald }
}

export interface Koppeling {
  doelId: number
  regionaalId: number
}

/** Running goals of the region that no running local goal takes over; visions and results follow their goals. */
export function nietOvergenomen<D extends Doel>(
  doelen: readonly D[],
  koppelingen: readonly Koppeling[],
): D[] {
  const lopend = new Set(doelen.filter(d => d.beeindigdOp === null).map(d => d.doelId))
  const overgenomen = new Set(koppelingen.filter(k => lopend.has(k.doelId)).map(k => k.regionaalId))
  return doelen.filter(
    d => d.gemeente === null && d.soort === 'doel' && d.beeindigdOp === null && !overgenomen.has(d.doelId),
  )
}
