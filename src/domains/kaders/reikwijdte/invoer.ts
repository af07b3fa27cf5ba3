import type { Datum } from '../../../platform/dates.ts'
import type { Fout } from '../../../platform/problem.ts'
import { parseDatumInvoer } from '../../../platform/ui/invoer.ts'
import { checkTekst } from '../../../platform/vrijetekst.ts'
import { leegIsNull } from '../bereik/getal.ts'
import type { Bereik } from '../bereik/rules.ts'
import { OORDELEN, type Versie, WETTEN, type Wet, waaromNietVanaf } from './rules.ts'
import type { Onderwerp } from './store.ts'

/** The form of a subject and what holds from a day, as typed. */
export interface Invoer {
  gemeente: string
  wet: string
  onderwerp: string
  segmenten: readonly string[]
  vanaf: string
  oordeel: string
  wel: string
  niet: string
  /** One example a line. */
  voorbeeldenWel: string
  voorbeeldenNiet: string
  normaliseren: string
  grond: string
}

export interface Gelezen {
  wet: Wet
  onderwerp: string
  segmenten: number[]
  versie: Versie
}

/** What was typed, or every fault at once. `eerder`: the versions that the subject has; none for a new one. */
export function readReikwijdte(
  invoer: Invoer,
  bereik: Bereik,
  eerder: readonly Pick<Versie, 'begin' | 'eind'>[],
): Gelezen | { fouten: Fout[] } {
  const tekst = (
    pad: Exclude<keyof Invoer, 'segmenten'>,
    naam: string,
    verplicht = false,
    max = 4000,
  ): Fout[] => checkTekst({ pad, naam, waarde: invoer[pad], verplicht, max })
  const fouten = [
    ...tekst('onderwerp', 'het onderwerp', true, 200),
    ...tekst('wel', 'wat de gemeente wel inkoopt'),
    ...tekst('niet', 'wat de gemeente niet inkoopt'),
    ...tekst('voorbeeldenWel', 'de voorbeelden van wel'),
    ...tekst('voorbeeldenNiet', 'de voorbeelden van niet'),
    ...tekst('normaliseren', 'wat eerst kan'),
    ...tekst('grond', 'de grond', true, 1000),
  ]
  const wet = WETTEN.find(w => w === invoer.wet)
  if (wet === undefined) fouten.push({ pad: 'wet', melding: 'Kies bij welke wet dit hoort.' })
  const oordeel = OORDELEN.find(o => o === invoer.oordeel)
  if (oordeel === undefined) fouten.push({ pad: 'oordeel', melding: 'Kies of de gemeente dit inkoopt.' })
  else fouten.push(...checkUitleg(oordeel, invoer))
  const vanaf = readVanaf(invoer.vanaf, eerder, fouten)
  if (fouten.length > 0 || !wet || !oordeel || vanaf === undefined) return { fouten }
  return {
    wet,
    onderwerp: invoer.onderwerp.trim(),
    segmenten: bereik.segmenten.map(s => s.segmentId).filter(id => invoer.segmenten.includes(String(id))),
    versie: {
      begin: vanaf,
      eind: null,
      oordeel,
      wel: leegIsNull(invoer.wel),
      niet: leegIsNull(invoer.niet),
      voorbeeldenWel: regels(invoer.voorbeeldenWel),
      voorbeeldenNiet: regels(invoer.voorbeeldenNiet),
      normaliseren: leegIsNull(invoer.normaliseren),
      grond: invoer.grond.trim(),
    },
  }
}

/** A judgement that does not say what falls under it helps nobody at the kitchen table. */
function checkUitleg(oordeel: Versie['oordeel'], invoer: Invoer): Fout[] {
  const fouten: Fout[] = []
  if (oordeel !== 'niet' && invoer.wel.trim() === '')
    fouten.push({ pad: 'wel', melding: 'Schrijf op wat de gemeente wel inkoopt.' })
  if (oordeel !== 'wel' && invoer.niet.trim() === '')
    fouten.push({ pad: 'niet', melding: 'Schrijf op wat de gemeente niet inkoopt.' })
  return fouten
}

/** The first day as typed; adds to `fouten` what is wrong with it. */
export function readVanaf(
  tekst: string,
  eerder: readonly Pick<Versie, 'begin' | 'eind'>[],
  fouten: Fout[],
): Datum | undefined {
  const vanaf = parseDatumInvoer(tekst)
  const melding =
    vanaf === undefined ? 'Vul een bestaande datum in, zoals 01-01-2027.' : waaromNietVanaf(eerder, vanaf)
  if (melding !== '') fouten.push({ pad: 'vanaf', melding })
  return vanaf
}

/** A subject and a version as the form shows them; the first day is for the user to choose. */
export function toInvoer(onderwerp: Onderwerp, versie: Versie | undefined): Invoer {
  return {
    gemeente: onderwerp.gemeente ?? 'regio',
    wet: onderwerp.wet,
    onderwerp: onderwerp.onderwerp,
    segmenten: onderwerp.segmenten.map(String),
    vanaf: '',
    oordeel: versie?.oordeel ?? '',
    wel: versie?.wel ?? '',
    niet: versie?.niet ?? '',
    voorbeeldenWel: (versie?.voorbeeldenWel ?? []).join('\n'),
    voorbeeldenNiet: (versie?.voorbeeldenNiet ?? []).join('\n'),
    normaliseren: versie?.normaliseren ?? '',
    grond: versie?.grond ?? '',
  }
}

function regels(tekst: string): string[] {
  return tekst
    .split('\n')
    .map(regel => regel.trim())
    .filter(regel => regel !== '')
}
