import { numberOrNull } from '../../../platform/http/vraag.ts'
import { type Fout, invalid } from '../../../platform/problem.ts'
import { parseDatumInvoer } from '../../../platform/ui/invoer.ts'
import { checkTekst } from '../../../platform/vrijetekst.ts'
import type { Wet } from './rules.ts'
import type { Dossier, Dossiergegevens } from './store.ts'

/** What the form of a dossier holds, as typed. */
export interface Dossierinvoer {
  naam: string
  thema: string
  wetten: readonly string[]
  /** 'regio', or the code of a municipality. */
  gemeente: string
  toelichting: string
  eigenaar: string
  looptAf: string
  segmenten: readonly string[]
}

export const WETTEN: readonly { waarde: Wet; naam: string }[] = [
  { waarde: 'wmo', naam: 'Wmo 2015' },
  { waarde: 'jw', naam: 'Jeugdwet' },
  { waarde: 'pw', naam: 'Participatiewet' },
]

/** Laws as they are named in a list. */
export function wetNamen(wetten: readonly Wet[]): string {
  return WETTEN.filter(wet => wetten.includes(wet.waarde))
    .map(wet => wet.naam)
    .join(', ')
}

interface Bekend {
  /** May write policy of the region. */
  regionaal: boolean
  gemeenten: readonly string[]
  eigenaren: readonly number[]
}

/** What was typed as a dossier. Throws 400 with every fault at once. */
export function readDossier(invoer: Dossierinvoer, bekend: Bekend): Dossiergegevens {
  const looptAf = invoer.looptAf.trim() === '' ? null : (parseDatumInvoer(invoer.looptAf) ?? undefined)
  const eigenaarId = bekend.eigenaren.find(id => String(id) === invoer.eigenaar)
  const wetten = WETTEN.map(wet => wet.waarde).filter(wet => invoer.wetten.includes(wet))
  const fouten: Fout[] = [
    ...checkTekst({ pad: 'naam', naam: 'de naam', waarde: invoer.naam, max: 120 }),
    ...checkTekst({ pad: 'thema', naam: 'het thema', waarde: invoer.thema, max: 120 }),
    ...checkTekst({
      pad: 'toelichting',
      naam: 'de toelichting',
      waarde: invoer.toelichting,
      verplicht: false,
      max: 4000,
    }),
  ]
  if (wetten.length === 0) fouten.push({ pad: 'wetten', melding: 'Kies minstens één wet.' })
  if (invoer.gemeente === 'regio' ? !bekend.regionaal : !bekend.gemeenten.includes(invoer.gemeente))
    fouten.push({ pad: 'gemeente', melding: 'Kies van wie dit beleid is.' })
  if (eigenaarId === undefined)
    fouten.push({
      pad: 'eigenaar',
      melding:
        invoer.eigenaar === ''
          ? 'Kies wie het dossier beheert.'
          : invoer.gemeente === 'regio'
            ? 'Kies als eigenaar een collega die voor alle gemeenten werkt.'
            : 'Kies als eigenaar een collega die voor deze gemeente werkt.',
    })
  if (looptAf === undefined)
    fouten.push({ pad: 'looptAf', melding: 'Vul een bestaande datum in, zoals 31-12-2027.' })
  if (fouten.length > 0 || eigenaarId === undefined || looptAf === undefined)
    throw invalid('Het dossier is niet opgeslagen', fouten)
  return {
    naam: invoer.naam.trim(),
    thema: invoer.thema.trim(),
    wetten,
    gemeente: invoer.gemeente === 'regio' ? null : invoer.gemeente,
    toelichting: invoer.toelichting.trim(),
    eigenaarId,
    looptAf,
    segmenten: invoer.segmenten.map(numberOrNull).filter(id => id !== null),
  }
}

/** A dossier as its form shows it. */
export function toInvoer(d: Dossier): Dossierinvoer {
  return {
    naam: d.naam,
    thema: d.thema,
    wetten: d.wetten,
    gemeente: d.gemeente ?? 'regio',
    toelichting: d.toelichting,
    eigenaar: String(d.eigenaarId),
    looptAf: d.looptAf ?? '',
    segmenten: d.segmenten.map(String),
  }
}
