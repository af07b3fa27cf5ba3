import { isBsn } from '../../platform/crypto.ts'
import type { Datum } from '../../platform/dates.ts'
import { GEMEENTEN } from '../basis/preset.ts'
import { Worp } from '../basis/willekeur.ts'

/** An invented inhabitant; the name always says that it is a test. */
export interface Persoon {
  nr: number
  bsn: string
  geboortedatum: Datum
  geslacht: '1' | '2'
  achternaam: string
  voornaam: string
  gemeente: number
  straat: string
  huisnummer: number
  postcode: string
  plaats: string
  telefoon: string
}

/** Range for test messages in the chain; see the standard's page on test BSNs. */
export const TESTREEKS = [999_900_006, 999_999_990] as const
/** The first numbers of the range are never a person: wrong lines use them. */
const RESERVE = 100

function geldigeNummers(van: number, tot: number): string[] {
  const uit: string[] = []
  for (let n = van; n <= tot; n++) {
    const bsn = String(n)
    if (isBsn(bsn)) uit.push(bsn)
  }
  return uit
}

/**
 * BSNs for persons in order: first the official test range, then numbers directly below it. A region at
 * full scale has more people than the 9,091 valid test numbers; the neighbours also start with 9, far above
 * what has ever been issued, so they cannot be anybody's number either. The manifest counts them.
 */
export class Nummervoorraad {
  private readonly voorraad: string[]
  private onder = TESTREEKS[0] - 1
  private volgende = 0
  readonly reserve: readonly string[]
  readonly inReeks: number

  constructor() {
    const alle = geldigeNummers(TESTREEKS[0], TESTREEKS[1])
    this.reserve = alle.slice(0, RESERVE)
    this.voorraad = alle.slice(RESERVE)
    this.inReeks = this.voorraad.length
  }

  volgend(): string {
    if (this.volgende >= this.voorraad.length) {
      this.voorraad.push(...geldigeNummers(this.onder - 20_000, this.onder).reverse())
      this.onder -= 20_001
    }
    const bsn = this.voorraad[this.volgende++]
    if (bsn === undefined) throw new Error('no BSN left')
    return bsn
  }
}

const ACHTERNAMEN = [
  'duinroos',
  'berkenhof',
  'waterlelie',
  'zonneveld',
  'korenmolen',
  'hazelaar',
  'vlinderdal',
  'regenboog',
  'kiezelpad',
  'rietland',
  'sterrenbos',
  'kastanje',
  'wolkenveld',
  'bosrand',
  'lindelaan',
  'morgenrood',
  'veldbloem',
  'zeewind',
] as const
const JONGENS = [
  'Abel',
  'Bram',
  'Cas',
  'Daan',
  'Elias',
  'Finn',
  'Gijs',
  'Hugo',
  'Imran',
  'Joris',
  'Kees',
  'Levi',
  'Mees',
  'Noud',
] as const
const MEISJES = [
  'Anna',
  'Bo',
  'Céline',
  'Dina',
  'Eva',
  'Fleur',
  'Gwen',
  'Hanna',
  'Ilse',
  'Julia',
  'Kiki',
  'Lena',
  'Mila',
  'Noor',
] as const
const STRATEN = [
  'Teststraat',
  'Voorbeeldlaan',
  'Demonstratieweg',
  'Oefenplein',
  'Proefhof',
  'Testdreef',
] as const

/** A person of `leeftijd` years on `opDatum` in gemeente index `gemeente`. */
export function makePersoon(
  seed: number,
  nr: number,
  bsn: string,
  gemeente: number,
  opDatum: Datum,
  leeftijd: number,
): Persoon {
  const worp = new Worp(seed, 'persoon', nr, 'kenmerken')
  const vrouw = worp.kans(500)
  const plaatsen = GEMEENTEN[gemeente]?.plaatsen ?? []
  const plaats = plaatsen[worp.getal(plaatsen.length)]
  const namen = vrouw ? MEISJES : JONGENS
  const maand = String(worp.tussen(1, 12)).padStart(2, '0')
  const dag = String(worp.tussen(1, 28)).padStart(2, '0')
  // Birthday already had this year or not: the age is meant to the year.
  const jaar = +opDatum.slice(0, 4) - leeftijd - (`${maand}-${dag}` > opDatum.slice(5) ? 1 : 0)
  return {
    nr,
    bsn,
    geboortedatum: `${jaar}-${maand}-${dag}`,
    geslacht: vrouw ? '2' : '1',
    achternaam: `Test${ACHTERNAMEN[worp.getal(ACHTERNAMEN.length)]}`,
    voornaam: namen[worp.getal(namen.length)] ?? '',
    gemeente,
    straat: STRATEN[worp.getal(STRATEN.length)] ?? '',
    huisnummer: worp.tussen(1, 250),
    postcode: `${plaats?.[1] ?? 3701}${['XX', 'ZZ', 'XZ', 'ZX'][worp.getal(4)]}`,
    plaats: plaats?.[0] ?? '',
    telefoon: `06000${String(worp.getal(100_000)).padStart(5, '0')}`,
  }
}

/** Whole years of age on a day. */
export function leeftijdOp(geboortedatum: Datum, datum: Datum): number {
  return +datum.slice(0, 4) - +geboortedatum.slice(0, 4) - (datum.slice(5) < geboortedatum.slice(5) ? 1 : 0)
}
