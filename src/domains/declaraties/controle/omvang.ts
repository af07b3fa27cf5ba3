import { addDays, type Datum, dayNumber, daysIn, monthsBetween, weekday } from '../../../platform/dates.ts'

/** The Omvang of a toewijzing and what decides how it may be claimed. */
export interface Omvang {
  volume: number
  eenheid: string
  frequentie: string
  ingang: Datum
  eind: Datum | null
  variant: 'inspanning' | 'output' | 'taak'
  domein: 'jw' | 'wmo'
  categorie: string
}

const PER_DAG = '1'
const PER_WEEK = '2'
const PER_MAAND = '4'

/** Wmo hulp bij het huishouden may move hours between weeks: up to six weeks' worth in one month (TR321). */
const WEKEN_HUISHOUDEN = 6

/**
 * The most that may be claimed for one ProductPeriode, in units of the toewijzing.
 * Grondslag: iJw/iWmo 3.2 TR321; IV077 (weeks); IV078 (a broken month keeps its full monthly volume).
 */
export function maxVoorPeriode(omvang: Omvang, begin: Datum, eind: Datum): number {
  switch (omvang.frequentie) {
    case PER_DAG:
      return omvang.volume * daysIn(begin, eind)
    case PER_WEEK:
      if (omvang.domein === 'wmo' && omvang.categorie === '01') return omvang.volume * WEKEN_HUISHOUDEN
      return (
        omvang.volume *
        (omvang.variant === 'output' ? outputWeken(omvang, begin, eind) : calendarWeeks(begin, eind))
      )
    default:
      return omvang.volume
  }
}

/**
 * The most that may be claimed over the whole term, in units of the toewijzing; undefined for an open-ended toewijzing
 * per day or month, which has no end to count to. Per week, output-based or not makes no difference over the whole term:
 * its Sundays and the week left over are the weeks it touches. Grondslag: iJw/iWmo 3.2 TR322, IV077.
 */
export function maxVoorLooptijd(omvang: Omvang): number | undefined {
  const { volume, frequentie, ingang, eind } = omvang
  if (frequentie !== PER_DAG && frequentie !== PER_WEEK && frequentie !== PER_MAAND) return volume
  if (eind === null) return undefined
  if (frequentie === PER_DAG) return volume * daysIn(ingang, eind)
  if (frequentie === PER_MAAND) return volume * (monthsBetween(ingang, eind) + 1)
  return volume * calendarWeeks(ingang, eind)
}

/** Calendar weeks (Monday to Sunday) that a period touches. */
export function calendarWeeks(begin: Datum, eind: Datum): number {
  if (eind < begin) return 0
  const sunday = (datum: Datum) => dayNumber(datum) - weekday(datum)
  return (sunday(eind) - sunday(begin)) / 7 + 1
}

export function sundays(begin: Datum, eind: Datum): number {
  const first = addDays(begin, 7 - weekday(begin))
  return eind < first ? 0 : Math.floor((dayNumber(eind) - dayNumber(first)) / 7) + 1
}

/**
 * Weeks of an output-based toewijzing in a period: its Sundays, plus the week that is left over at the end when the
 * toewijzing does not end on a Sunday. That week goes with the period that holds the last Sunday (or the end, when the
 * toewijzing has no Sunday at all).
 */
function outputWeken({ ingang, eind }: Omvang, begin: Datum, periodeEind: Datum): number {
  const weken = sundays(begin, periodeEind)
  if (eind === null || weekday(eind) === 7) return weken
  const laatste = addDays(eind, -weekday(eind))
  const anker = laatste >= ingang ? laatste : eind
  return weken + (begin <= anker && anker <= periodeEind ? 1 : 0)
}

const UUR = '04'
const MINUUT = '01'

/** A volume in the smallest unit, so that hours and minutes compare (TR341 lets minutes be claimed on hours). */
export function inKleinsteEenheid(volume: number, eenheid: string): number {
  return eenheid === UUR ? volume * 60 : volume
}

/** TR341: the same unit, or minutes on a toewijzing in hours. */
export function isPassendeEenheid(gedeclareerd: string, toegewezen: string): boolean {
  return gedeclareerd === toegewezen || (gedeclareerd === MINUUT && toegewezen === UUR)
}

/** IV079: minutes of a period claimed as whole hours; under half an hour down, from half an hour up, at least one. */
export function toHeleUren(minuten: number): number {
  return Math.max(1, Math.floor((minuten + 30) / 60))
}
