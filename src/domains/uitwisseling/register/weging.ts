import type { Datum } from '../../../platform/dates.ts'
import { GEEN_GROND, type Gegevenslijst, naamVan } from '../gegevens/lijst.ts'

export type Staat = 'concept' | 'ter-advies' | 'geadviseerd' | 'besloten' | 'herzien' | 'ingetrokken'

export const ADVIEZEN = ['positief', 'voorwaarden', 'negatief'] as const
export type Advies = (typeof ADVIEZEN)[number]
export const ADVIES: Readonly<Record<Advies, string>> = {
  positief: 'Positief',
  voorwaarden: 'Positief onder voorwaarden',
  negatief: 'Negatief',
}

export const BESLUITEN = ['toegestaan', 'voorwaarden', 'niet-toegestaan'] as const
export type Besluit = (typeof BESLUITEN)[number]
export const BESLUIT: Readonly<Record<Besluit, string>> = {
  toegestaan: 'Toegestaan',
  voorwaarden: 'Toegestaan onder voorwaarden',
  'niet-toegestaan': 'Niet toegestaan',
}

export const ANTWOORDEN = ['ja', 'nee', 'onbekend'] as const
export type Dpiaantwoord = (typeof ANTWOORDEN)[number]
export const ANTWOORD: Readonly<Record<Dpiaantwoord, string>> = {
  ja: 'Ja',
  nee: 'Nee',
  onbekend: 'Weet ik niet',
}

/** One flow: who gives which data to whom, on what ground. */
export interface Stroom {
  /** Stays the same while the flow is edited: a form finds its flow back when others come or go. */
  sleutel: string
  vanDomein: string
  vanRol: string
  /** A role of this product that gets to see it; '' when the receiver is outside the product. */
  naarRol: string
  naarOrganisatie: string
  /** Code of a ground, or `GEEN_GROND`. */
  grond: string
  grondToelichting: string
  /** Each with why the purpose cannot be reached without it. */
  gegevens: readonly { code: string; waarom: string }[]
  bewaarMaanden: number
  bewaargrond: string
}

/** What is written in a weighing, besides its name, purpose and period. */
export interface Inhoud {
  doelTekst: string
  betrokkenen: string
  alternatieven: { anoniem: string; minst: string; zelf: string }
  /** Consent is asked. It never counts as a ground (AP 2016). */
  toestemming: boolean
  /** Transfer outside the EEA; '' for none. */
  doorgifte: string
  beveiliging: string
  stromen: readonly Stroom[]
  dpia: Readonly<Record<string, { antwoord: Dpiaantwoord; noot: string }>>
  /** Where the DPIA can be found, when one was made. */
  dpiaVerwijzing: string
}

/** The three ways round an exchange that must be considered first. Grondslag: 004 bijlage II; AVG art. 5 lid 1 onder c. */
export const ALTERNATIEVEN = {
  anoniem: 'De casus anoniem bespreken',
  minst: 'Minder of grovere gegevens',
  zelf: 'De inwoner vertelt of brengt het zelf',
} as const

export interface Dpiaoordeel {
  nodig: boolean
  /** Complete sentence with the reason. */
  reden: string
  /** Questions without an answer. */
  open: number
}

const GENOEG = 2

/**
 * Is a DPIA needed? One yes to a decisive question, or two of the others; what is not known counts as yes until it is
 * known. Grondslag: AVG art. 35; WP248 (two of nine criteria).
 */
export function judgeDpia(lijst: Pick<Gegevenslijst, 'dpia'>, dpia: Inhoud['dpia']): Dpiaoordeel {
  const telt = lijst.dpia.filter(({ code }) => ['ja', 'onbekend'].includes(dpia[code]?.antwoord ?? ''))
  const open = lijst.dpia.filter(({ code }) => dpia[code] === undefined).length
  const onbekend = telt.filter(({ code }) => dpia[code]?.antwoord === 'onbekend').length
  const staart = onbekend === 0 ? '' : ` Wat onbekend is, telt als ja (${onbekend}).`
  const doorslag = telt.find(vraag => vraag.doorslag === true)
  if (doorslag !== undefined)
    return {
      nodig: true,
      open,
      reden: `Nodig: bij deze vraag is één ja genoeg: “${doorslag.tekst}”${staart}`,
    }
  if (telt.length >= GENOEG)
    return {
      nodig: true,
      open,
      reden: `Nodig: ${telt.length} van de ${lijst.dpia.length} kenmerken gelden.${staart}`,
    }
  if (open > 0)
    return {
      nodig: false,
      open,
      reden: `Nog niet te zeggen: ${open === 1 ? 'er is nog 1 vraag' : `er zijn nog ${open} vragen`} open.${staart}`,
    }
  const aantal = telt.length === 0 ? 'geen enkel kenmerk geldt' : 'maar één kenmerk geldt'
  return {
    nodig: false,
    open,
    reden: `Niet nodig: ${aantal}; bij ${GENOEG} of meer is een DPIA nodig.${staart}`,
  }
}

/**
 * Why this may not be allowed, whatever the advice; empty when nothing stands in the way. A flow needs a ground that is in
 * force on `datum` and holds for the domain that gives; consent repairs nothing. Grondslag: AVG art. 6; AP 2016.
 */
export function listBlokkades(inhoud: Inhoud, lijst: Gegevenslijst, datum: Datum): string[] {
  const uit = inhoud.stromen.flatMap((stroom, i) => {
    const reden = whyNoGrond(stroom, lijst, datum)
    return reden === undefined ? [] : [`Stroom ${i + 1}: ${reden}`]
  })
  if (inhoud.stromen.length === 0) uit.push('Er is nog geen stroom: wie geeft wat aan wie?')
  const { nodig } = judgeDpia(lijst, inhoud.dpia)
  if (nodig && inhoud.dpiaVerwijzing === '')
    uit.push('Er is een DPIA nodig, maar er staat niet waar die te vinden is.')
  return uit
}

/** The day for which a weighing is judged: today, or its first day when that is still to come. */
export const momentOf = ({ geldigVanaf }: { geldigVanaf: Datum }, vandaag: Datum): Datum =>
  geldigVanaf > vandaag ? geldigVanaf : vandaag

/** Why a flow has no ground on a day; undefined when it has one. */
export function whyNoGrond(stroom: Stroom, lijst: Gegevenslijst, datum: Datum): string | undefined {
  if (stroom.grond === GEEN_GROND) return 'er is geen wettelijke grond gevonden.'
  const grond = lijst.gronden.find(g => g.code === stroom.grond)
  if (grond === undefined) return 'de grond staat niet in de lijst.'
  if (!grond.domeinen.includes(stroom.vanDomein))
    return `${grond.artikel} geldt niet voor het domein ${naamVan(lijst.domeinen, stroom.vanDomein)}.`
  if (grond.vanaf === null || grond.vanaf > datum) return `${grond.artikel} is niet in werking.`
  if (grond.tot !== undefined && grond.tot < datum) return `${grond.artikel} geldt niet meer.`
  return undefined
}

/** True when a flow holds data for which the law asks more than a ground alone (AVG art. 9 and 10, BSN). */
export function isGevoelig(
  stroom: Pick<Stroom, 'gegevens'>,
  lijst: Pick<Gegevenslijst, 'gegevens'>,
): boolean {
  return stroom.gegevens.some(
    ({ code }) => (lijst.gegevens.find(g => g.code === code)?.aard ?? 'gewoon') !== 'gewoon',
  )
}

/**
 * What must still be written before the privacy officer is asked; empty when it can go. A revision is weighed with the
 * newest list: what that no longer knows cannot be advised on.
 */
export function listOpen({ doel, inhoud }: { doel: string; inhoud: Inhoud }, lijst: Gegevenslijst): string[] {
  const uit: string[] = []
  if (!lijst.doelen.some(d => d.code === doel))
    uit.push(`Kies een ander doel: ${doel} staat niet in de lijst van nu.`)
  for (const [i, { gegevens }] of inhoud.stromen.entries())
    for (const { code } of gegevens)
      if (!lijst.gegevens.some(g => g.code === code))
        uit.push(`Wijzig stroom ${i + 1}: het gegeven ${code} staat niet in de lijst van nu.`)
  if (inhoud.stromen.length === 0) uit.push('Voeg minstens één stroom toe: wie geeft wat aan wie?')
  const { open } = judgeDpia(lijst, inhoud.dpia)
  if (open > 0)
    uit.push(
      `Beantwoord de vragen voor de DPIA: ${open === 1 ? 'er is er nog 1' : `er zijn er nog ${open}`} open.`,
    )
  return uit
}
