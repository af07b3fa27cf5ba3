import type { Datum } from '../../../platform/dates.ts'
import { type Fout, invalid } from '../../../platform/problem.ts'
import { parseDatumInvoer } from '../../../platform/ui/invoer.ts'
import { checkTekst } from '../../../platform/vrijetekst.ts'
import { BESLUITEN, type Besluituitkomst, ORGANEN, type Orgaan } from './rules.ts'
import type { Besluit } from './store.ts'

/** What the form of a decision holds, as typed. */
export interface Besluitinvoer {
  orgaan: string
  gemeente: string
  datum: string
  uitkomst: string
  kenmerk: string
  toelichting: string
}

interface Bekend {
  /** Of a dossier of one municipality; null for the region. */
  gemeente: string | null
  gemeenten: readonly string[]
  vandaag: Datum
}

type Gegevens = Pick<Besluit, 'orgaan' | 'gemeente' | 'datum' | 'uitkomst' | 'kenmerk' | 'toelichting'>

/** What was typed as a decision: never in the future, and explained when it is more than a plain yes. Throws 400. */
export function readBesluit(invoer: Besluitinvoer, bekend: Bekend): Gegevens {
  const gemeente = bekend.gemeente ?? bekend.gemeenten.find(code => code === invoer.gemeente)
  const orgaan = (Object.keys(ORGANEN) as Orgaan[]).find(o => o === invoer.orgaan)
  const uitkomst = (Object.keys(BESLUITEN) as Besluituitkomst[]).find(u => u === invoer.uitkomst)
  const datum = parseDatumInvoer(invoer.datum)
  const fouten: Fout[] = [
    ...checkTekst({
      pad: 'kenmerk',
      naam: 'het kenmerk',
      waarde: invoer.kenmerk,
      verplicht: false,
      max: 200,
    }),
    ...checkTekst({
      pad: 'toelichting',
      naam: 'de toelichting',
      waarde: invoer.toelichting,
      verplicht: uitkomst !== undefined && uitkomst !== 'vastgesteld',
      max: 4000,
    }),
  ]
  if (orgaan === undefined) fouten.push({ pad: 'orgaan', melding: 'Kies wie besloot.' })
  if (uitkomst === undefined) fouten.push({ pad: 'uitkomst', melding: 'Kies wat er is besloten.' })
  if (gemeente === undefined) fouten.push({ pad: 'gemeente', melding: 'Kies van welke gemeente.' })
  if (datum === undefined)
    fouten.push({ pad: 'datum', melding: 'Vul een bestaande datum in, zoals 31-12-2026.' })
  else if (datum > bekend.vandaag)
    fouten.push({ pad: 'datum', melding: 'Een besluit ligt niet in de toekomst.' })
  if (!orgaan || !uitkomst || gemeente === undefined || datum === undefined || fouten.length > 0)
    throw invalid('Het besluit is niet vastgelegd', fouten)
  const { kenmerk, toelichting } = invoer
  return { orgaan, gemeente, datum, uitkomst, kenmerk: kenmerk.trim(), toelichting: toelichting.trim() }
}
