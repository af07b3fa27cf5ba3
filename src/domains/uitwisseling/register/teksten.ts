import { ROL, ROLLEN } from '../../../platform/auth/rollen.ts'
import { type Datum, formatDatum, formatPeriode } from '../../../platform/dates.ts'
import type { BadgeToon, Toon } from '../../../platform/ui/index.ts'
import { GEEN_GROND, type Gegevenslijst, naamVan } from '../gegevens/lijst.ts'
import type { Besluit, Staat, Stroom } from './rules.ts'
import type { Weging } from './store.ts'

export const STAAT: Readonly<Record<Staat, { naam: string; toon: BadgeToon }>> = {
  concept: { naam: 'Concept', toon: 'neutraal' },
  'ter-advies': { naam: 'Wacht op advies', toon: 'waarschuwing' },
  geadviseerd: { naam: 'Wacht op besluit', toon: 'accent' },
  besloten: { naam: 'Besloten', toon: 'info' },
  herzien: { naam: 'Vervangen', toon: 'neutraal' },
  ingetrokken: { naam: 'Ingetrokken', toon: 'neutraal' },
}
/** A decision in a list. */
export const BESLUITBADGE: Readonly<Record<Besluit, { naam: string; toon: Toon }>> = {
  toegestaan: { naam: 'Toegestaan', toon: 'succes' },
  voorwaarden: { naam: 'Onder voorwaarden', toon: 'succes' },
  'niet-toegestaan': { naam: 'Niet toegestaan', toon: 'fout' },
}

export function rolNaam(rol: string): string {
  const bekend = ROLLEN.find(r => r === rol)
  return bekend === undefined ? rol : ROL[bekend].naam
}

export function ontvanger(stroom: Stroom): string {
  return stroom.naarRol === ''
    ? stroom.naarOrganisatie
    : `${rolNaam(stroom.naarRol)} (${stroom.naarOrganisatie})`
}

export function grondNaam(lijst: Gegevenslijst, code: string): string {
  if (code === GEEN_GROND) return 'Geen grondslag gevonden'
  return lijst.gronden.find(g => g.code === code)?.artikel ?? code
}

export const gegevensVan = (stroom: Stroom, lijst: Gegevenslijst) =>
  stroom.gegevens.map(g => naamVan(lijst.gegevens, g.code))

export const VERLOPEN = { naam: 'Verlopen', toon: 'waarschuwing' } as const

/** True when what was allowed is over. */
export function isVerlopen(w: Weging, datum: Datum): boolean {
  return w.besluit !== null && w.geldigTot !== null && w.geldigTot < datum
}

/** What a weighing allows, in one sentence. */
export function watMag(w: Weging, datum: Datum): { toon: Toon; kop: string; zin: string } {
  const periode = formatPeriode({ begin: w.geldigVanaf, eind: w.geldigTot })
  if (w.staat === 'ingetrokken')
    return { toon: 'waarschuwing', kop: 'Hierop mag niets', zin: 'Deze weging is ingetrokken.' }
  if (w.besluit === null)
    return { toon: 'waarschuwing', kop: 'Nog niet besloten: er mag nog niets', zin: wieAanWie(w, 'zou') }
  if (w.besluit === 'niet-toegestaan')
    return { toon: 'fout', kop: 'Dit is niet toegestaan', zin: wieAanWie(w, 'mag niet') }
  if (isVerlopen(w, datum))
    return {
      toon: 'waarschuwing',
      kop: 'Dit mag niet meer: de periode is voorbij',
      zin: `${wieAanWie(w, 'mocht')} Het gold ${periode}.`,
    }
  if (w.geldigVanaf > datum)
    return {
      toon: 'info',
      kop: `Dit mag vanaf ${formatDatum(w.geldigVanaf)}`,
      zin: wieAanWie(w, 'mag'),
    }
  return {
    toon: 'succes',
    kop: w.besluit === 'voorwaarden' ? 'Dit mag, onder voorwaarden' : 'Dit mag',
    zin: `${wieAanWie(w, 'mag')} Het geldt ${periode}.`,
  }
}

type Wijs = 'mag' | 'mag niet' | 'mocht' | 'zou'

/** 'Met als doel ‘…’ mag Jeugd aan … geven: …; en aan …: ….' */
function wieAanWie(w: Weging, wijs: Wijs): string {
  const doel = naamVan(w.lijst.doelen, w.doel)
  const [werkwoord = '', ontkenning] = wijs.split(' ')
  const voor = wijs === 'zou' ? 'mogen geven' : ontkenning === undefined ? 'geven' : 'niet geven'
  const delen = w.inhoud.stromen.map((stroom, i) => {
    const van = naamVan(w.lijst.domeinen, stroom.vanDomein)
    const wat = gegevensVan(stroom, w.lijst).map(kleineLetter).join(', ')
    return i === 0
      ? `${werkwoord} ${van} aan ${ontvanger(stroom)} ${voor}: ${wat}`
      : `${van} aan ${ontvanger(stroom)}: ${wat}`
  })
  if (delen.length === 0) return `Met als doel ‘${doel}’: er staat nog niet wie wat aan wie geeft.`
  return `Met als doel ‘${doel}’ ${delen.join('; en ')}.`
}

/** Leaves an abbreviation such as BSN as it is. */
function kleineLetter(tekst: string): string {
  return /^[A-Z]{2}/.test(tekst) ? tekst : tekst.charAt(0).toLowerCase() + tekst.slice(1)
}
