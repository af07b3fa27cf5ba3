import type { Datum } from '../platform/dates.ts'
import { JAREN } from './basis/ijking.ts'
import { Kalender } from './basis/kalender.ts'
import { PRODUCTEN, tariefReeks } from './basis/preset.ts'
import { makeReferentie, makeVerwijzingen, type Regio, type Verwijzing } from './uitkomst/referentie.ts'
import { makeWaarheid, type Waarheid } from './uitkomst/waarheid.ts'
import { makeDeclaraties } from './verkeer/declareren.ts'
import { makeToewijzingen } from './verkeer/toewijzen.ts'
import { makeVerkeer, type Ontvangst } from './verkeer/verkeer.ts'
import { makeAanbieders } from './zorg/aanbieders.ts'
import { Personen } from './zorg/koppelen.ts'
import { makeZorgverloop } from './zorg/zorgverloop.ts'

export type { Contract } from './uitkomst/contracten.ts'
export { type Ijkregel, ijkrapport, ijktekst } from './uitkomst/ijkrapport.ts'
export { type Tabel, toCsv, toTabellen } from './uitkomst/inrichting.ts'
export type {
  Budgetplafond,
  Contracttarief,
  Gemeente,
  Regio,
  RegioAanbieder,
  Verwijzing,
} from './uitkomst/referentie.ts'
export { type Bestand, bestanden, type Manifest, makeManifest, writeRegio } from './uitkomst/schrijven.ts'
export type { VerwachteAfkeuring, VerwachtTotaal, Waarheid } from './uitkomst/waarheid.ts'
export type { DemoBericht } from './verkeer/bericht.ts'
export type { Ontvangst } from './verkeer/verkeer.ts'

export interface RegioOpties {
  /** Whole number; the same seed gives the same region, byte for byte. */
  seed: number
  /** 1 = the region of the document; at least 0.1, so that every provider with turnover has a client. */
  schaal: number
  /** 'verschoven': the peildatum falls in the last of the four years; 'origineel': 2016–2019. */
  jaren: 'verschoven' | 'origineel'
  /** Messages received after this day do not exist yet. */
  peildatum: Datum
}

export interface Demoregio {
  opties: RegioOpties
  referentie: Regio
  verwijzingen: Verwijzing[]
  /** All messages in order of receipt; may be asked more than once and answers the same each time. */
  verkeer(): Iterable<Ontvangst>
  waarheid: Waarheid
  /** Invented people, and how many have a BSN outside the official test range. */
  personen: { aantal: number; buitenTestreeks: number }
}

/**
 * The demonstration region: reference data, referrals, and four years of messages between gemeenten and
 * providers, calibrated on the figures of document 003. Pure: the same options give the same answer on every
 * machine; nothing is read or written. Throws a RangeError for a scale below 0.1 or a seed that is not whole.
 */
export function makeRegio(opties: RegioOpties): Demoregio {
  const { seed, schaal, jaren, peildatum } = opties
  if (!Number.isSafeInteger(seed)) throw new RangeError('seed must be a whole number')
  if (!(schaal >= 0.1)) throw new RangeError('schaal must be at least 0.1')
  const kalender = new Kalender(jaren === 'origineel' ? 2016 : +peildatum.slice(0, 4) - (JAREN - 1), JAREN)
  const context = {
    seed,
    schaal,
    kalender,
    tarieven: new Map(PRODUCTEN.map(product => [product, tariefReeks(product, jaren)])),
  }
  const aanbieders = makeAanbieders(seed, schaal)
  const personen = new Personen(seed)
  const trajecten = makeZorgverloop(context, aanbieders, personen)
  const toewijzingen = makeToewijzingen(context, trajecten)
  const declaraties = makeDeclaraties(context, toewijzingen, aanbieders)
  const agb = aanbieders.map(a => a.agb)
  const boek = { kalender, personen: personen.lijst, agb, reserve: personen.nummers.reserve }
  return {
    opties,
    referentie: makeReferentie(context, kalender, peildatum, aanbieders, trajecten),
    verwijzingen: makeVerwijzingen(
      context,
      toewijzingen.filter(t => (t.versies[0]?.moment ?? '').slice(0, 10) <= peildatum),
    ),
    verkeer: () => makeVerkeer(boek, toewijzingen, declaraties, peildatum),
    waarheid: makeWaarheid(kalender, declaraties, agb, peildatum),
    personen: {
      aantal: personen.lijst.length,
      buitenTestreeks: Math.max(0, personen.lijst.length - personen.nummers.inReeks),
    },
  }
}
