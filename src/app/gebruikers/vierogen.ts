import { ROL } from '../../platform/auth/rollen.ts'
import { formatMoment } from '../../platform/ui/index.ts'
import type { Gegevens } from './velden.ts'

/** Why a change of rights took effect; written in the audit log as it stands here. */
export type VierOgen = 'niet-nodig' | 'bevestigd' | 'enige-beheerder' | 'opdrachtregel'

/** For how many days nobody gives rights alone after another beheerder was put out. */
export const ALLEEN_DAGEN = 7

/**
 * True when `nieuw` lets somebody do or see what `oud` (null: no user yet) did not, or lets somebody else in with it: another
 * e-mail address, another account. Taking away is never new, so that it can be done at once.
 */
export function givesRights(oud: Gegevens | null, nieuw: Gegevens): boolean {
  if (!nieuw.actief) return false
  if (oud === null || !oud.actief) return true
  return (
    nieuw.loskoppelen ||
    oud.email.toLowerCase() !== nieuw.email.toLowerCase() ||
    ROL[oud.rol].bereik !== ROL[nieuw.rol].bereik ||
    ROL[nieuw.rol].rechten.some(recht => !ROL[oud.rol].rechten.includes(recht)) ||
    (nieuw.voorAanbieder !== null && nieuw.voorAanbieder !== oud.voorAanbieder) ||
    seesMore(oud.gemeenten, nieuw.gemeenten)
  )
}

/** True when `nieuw` gives nothing new to the person of `oud`, so that only another login remains to be confirmed. */
export function changesLoginOnly(oud: Gegevens | null, nieuw: Gegevens): boolean {
  return oud !== null && !givesRights(oud, { ...nieuw, email: oud.email, loskoppelen: false })
}

/** No municipality chosen means all of them, for policy. */
function seesMore(oud: readonly string[], nieuw: readonly string[]): boolean {
  if (oud.length === 0) return false
  return nieuw.length === 0 || nieuw.some(gemeente => !oud.includes(gemeente))
}

/** What is known about the other beheerders. */
export interface Anderen {
  /** Active beheerders besides who asks. */
  aantal: number
  /** When another beheerder was last put out, or lost that role. */
  laatsteWeg: Date | null
}

/** How new rights take effect; `vanaf`: not before that moment. */
export type Wijze = 'vraag-bevestiging' | 'enige-beheerder' | 'opdrachtregel' | { vanaf: Date }

/**
 * How new rights take effect: a second beheerder confirms; alone, at once and openly, unless somebody became alone only just
 * now (`vanaf`: when it can be done again). Who works on the server itself has all rights already.
 */
export function decideVierOgen(wie: string, { aantal, laatsteWeg }: Anderen, nu: Date): Wijze {
  if (wie.startsWith('systeem:')) return 'opdrachtregel'
  if (aantal > 0) return 'vraag-bevestiging'
  const vanaf = laatsteWeg && new Date(laatsteWeg.getTime() + ALLEEN_DAGEN * 86_400_000)
  return vanaf !== null && vanaf > nu ? { vanaf } : 'enige-beheerder'
}

/** What a beheerder reads of it beforehand, and when it is refused. `kop`: for what is not the usual course. */
export function explainWijze(wijze: Wijze): { kop?: string; tekst: string } {
  if (typeof wijze === 'object')
    return {
      kop: 'U kunt nu geen nieuwe rechten geven',
      tekst: `Er is kort geleden een andere beheerder uitgezet. Daarna geeft ${ALLEEN_DAGEN} dagen niemand alleen nieuwe rechten. Het kan weer vanaf ${formatMoment(wijze.vanaf)}, of op de server met samenhang gebruiker maak.`,
    }
  if (wijze === 'enige-beheerder')
    return {
      kop: 'U bent de enige beheerder',
      tekst:
        'Nieuwe rechten gaan daarom meteen in, zonder tweede paar ogen. Dat staat zo in het inzagelogboek. Maak een ' +
        'tweede beheerder: dan bevestigt de een wat de ander vraagt.',
    }
  if (wijze === 'opdrachtregel') return { tekst: 'Nieuwe rechten gaan meteen in.' }
  return {
    tekst:
      'Nieuwe rechten gaan in als een andere beheerder ze bevestigt. Een ander e-mailadres of account van een ' +
      'beheerder bevestigt die zelf, of een derde.',
  }
}
