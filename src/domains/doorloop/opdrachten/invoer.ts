import { type Fout, invalid } from '../../../platform/problem.ts'
import { parseDatumInvoer } from '../../../platform/ui/invoer.ts'
import { checkTekst } from '../../../platform/vrijetekst.ts'
import { BESTEMMINGEN, type Bestemming } from './rules.ts'
import type { Opdrachtgegevens } from './store.ts'

/** What the form of an opdracht holds, as typed. */
export interface Opdrachtinvoer {
  bestemming: string
  wat: string
  eigenaar: string
  uiterlijk: string
  segment: string
}

interface Bekend {
  eigenaren: readonly number[]
  segmenten: readonly number[]
}

/** What was typed as an opdracht. Throws 400 with every fault at once. */
export function readOpdracht(invoer: Opdrachtinvoer, bekend: Bekend): Opdrachtgegevens {
  const eigenaarId = bekend.eigenaren.find(id => String(id) === invoer.eigenaar)
  const bestemming = (Object.keys(BESTEMMINGEN) as Bestemming[]).find(b => b === invoer.bestemming)
  const uiterlijk = invoer.uiterlijk.trim() === '' ? null : (parseDatumInvoer(invoer.uiterlijk) ?? undefined)
  const fouten: Fout[] = checkTekst({
    pad: 'wat',
    naam: 'wat er moet gebeuren',
    waarde: invoer.wat,
    max: 2000,
  })
  if (bestemming === undefined) fouten.push({ pad: 'bestemming', melding: 'Kies waar dit werk terechtkomt.' })
  if (eigenaarId === undefined) fouten.push({ pad: 'eigenaar', melding: 'Kies wie dit oppakt.' })
  if (uiterlijk === undefined)
    fouten.push({ pad: 'uiterlijk', melding: 'Vul een bestaande datum in, zoals 31-12-2027.' })
  if (bestemming === undefined || eigenaarId === undefined || uiterlijk === undefined || fouten.length > 0)
    throw invalid('De opdracht is niet gegeven', fouten)
  const segmentId = bekend.segmenten.find(id => String(id) === invoer.segment) ?? null
  return { bestemming, wat: invoer.wat.trim(), eigenaarId, uiterlijk, segmentId }
}
