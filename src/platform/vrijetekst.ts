import { isBsn } from './crypto.ts'
import type { Fout } from './problem.ts'

/** What the domain `app.tekst` holds at most, in characters. */
export const MAX_TEKST = 20_000

export interface Tekstinvoer {
  /** Form name of the field. */
  pad: string
  /** How the field is called in a sentence: 'het antwoord'. */
  naam: string
  waarde: string
  verplicht?: boolean
  max?: number
}

/**
 * What is wrong with a text that someone typed: empty, too long, or with a number that can be a BSN. Free text is about
 * policy and never about one resident; the database refuses such a number as well (domain `app.tekst`).
 */
export function checkTekst({ pad, naam, waarde, verplicht = true, max = MAX_TEKST }: Tekstinvoer): Fout[] {
  const tekst = waarde.trim()
  if (tekst === '') return verplicht ? [{ pad, melding: `Vul ${naam} in.` }] : []
  const fouten: Fout[] = []
  if (tekst.length > max)
    fouten.push({
      pad,
      melding: `Maak ${naam} korter: hoogstens ${max.toLocaleString('nl-NL')} tekens, nu ${tekst.length.toLocaleString('nl-NL')}.`,
    })
  if (bevatBsn(tekst))
    fouten.push({
      pad,
      melding: `Haal het burgerservicenummer uit ${naam}: hier schrijft u over beleid, niet over één inwoner.`,
    })
  return fouten
}

/** True when nine digits in a row can be a BSN. */
export function bevatBsn(tekst: string): boolean {
  return [...tekst.matchAll(/(?<!\d)\d{9}(?!\d)/g)].some(([getal]) => isBsn(getal))
}
