import { type Fout, invalid } from '../../../platform/problem.ts'
import { formatGetal, parseBedragInvoer, parseGetalInvoer } from '../../../platform/ui/invoer.ts'
import { checkTekst } from '../../../platform/vrijetekst.ts'
import { AARD, BEWIJS, INSTRUMENT, TOEGANG } from './rules.ts'
import type { Aanbod, Aanbodgegevens } from './store.ts'

/** What the form of an offer holds, as typed. */
export type Aanbodinvoer = Readonly<Record<(typeof VELDEN)[number], string>>

export const VELDEN = [
  'naam',
  'aard',
  'toegang',
  'instrument',
  'partners',
  'doelgroep',
  'gebruikers',
  'kosten',
  'jaar',
  'bewijs',
  'bron',
] as const

export const LEEG: Aanbodinvoer = {
  naam: '',
  aard: '',
  toegang: '',
  instrument: '',
  partners: '',
  doelgroep: '',
  gebruikers: '',
  kosten: '',
  jaar: '',
  bewijs: 'onbekend',
  bron: '',
}

/** More than live in the Netherlands, or than all municipalities spend (in eurocents): a slip of the keyboard. */
const MEESTE_GEBRUIKERS = 20_000_000
const MEESTE_KOSTEN = 100_000_000_000_00

/** The typed value when it is one of the choices. */
function keuze<T extends string>(waarde: string, keuzes: Readonly<Record<T, string>>): T | undefined {
  return (Object.keys(keuzes) as T[]).find(k => k === waarde)
}

/** What was typed as an offer; a figure must say its source. Throws 400 with every fault at once. */
export function readAanbod(invoer: Aanbodinvoer): Aanbodgegevens {
  const fouten: Fout[] = [
    ...checkTekst({ pad: 'naam', naam: 'de naam', waarde: invoer.naam, max: 120 }),
    ...checkTekst({
      pad: 'partners',
      naam: 'de partners',
      waarde: invoer.partners,
      verplicht: false,
      max: 2000,
    }),
    ...checkTekst({
      pad: 'doelgroep',
      naam: 'de doelgroep',
      waarde: invoer.doelgroep,
      verplicht: false,
      max: 200,
    }),
    ...checkTekst({ pad: 'bron', naam: 'de bron', waarde: invoer.bron, verplicht: false, max: 1000 }),
  ]
  const aard = keuze(invoer.aard, AARD)
  const toegang = keuze(invoer.toegang, TOEGANG)
  const instrument = keuze(invoer.instrument, INSTRUMENT)
  const bewijs = keuze(invoer.bewijs, BEWIJS)
  const getal = (
    veld: 'gebruikers' | 'kosten' | 'jaar',
    lees: (tekst: string) => number | undefined,
    meest = Number.MAX_SAFE_INTEGER,
  ) => {
    if (invoer[veld].trim() === '') return null
    const waarde = lees(invoer[veld])
    return waarde !== undefined && waarde >= 0 && waarde <= meest ? waarde : undefined
  }
  const gebruikers = getal('gebruikers', parseGetalInvoer, MEESTE_GEBRUIKERS)
  const kosten = getal('kosten', parseBedragInvoer, MEESTE_KOSTEN)
  const jaar = getal('jaar', parseGetalInvoer)
  const eis = (goed: boolean, pad: string, melding: string) => {
    if (!goed) fouten.push({ pad, melding })
  }
  eis(aard !== undefined, 'aard', 'Kies preventief of curatief.')
  eis(toegang !== undefined, 'toegang', 'Kies hoe iemand erin komt.')
  eis(instrument !== undefined, 'instrument', 'Kies hoe de gemeente dit regelt.')
  eis(bewijs !== undefined, 'bewijs', 'Kies wat er bekend is over de werking.')
  eis(gebruikers !== undefined, 'gebruikers', 'Vul een heel getal in van hoogstens 20.000.000, zoals 1.250.')
  eis(
    kosten !== undefined,
    'kosten',
    'Vul een bedrag in van hoogstens 100 miljard, zoals 125.000 of 1.234,56.',
  )
  eis(
    jaar !== undefined && (jaar === null || (jaar >= 2000 && jaar <= 2100)),
    'jaar',
    'Vul een jaar in, zoals 2026.',
  )
  eis(
    kosten === null || kosten === undefined || jaar !== null,
    'jaar',
    'Vul in over welk jaar de kosten gaan.',
  )
  const cijfers = (gebruikers ?? null) !== null || (kosten ?? null) !== null
  eis(!cijfers || invoer.bron.trim() !== '', 'bron', 'Vul in waar de cijfers vandaan komen.')
  if (
    fouten.length > 0 ||
    aard === undefined ||
    toegang === undefined ||
    instrument === undefined ||
    bewijs === undefined ||
    gebruikers === undefined ||
    kosten === undefined ||
    jaar === undefined
  )
    throw invalid('Het aanbod is niet opgeslagen', fouten)
  return {
    naam: invoer.naam.trim(),
    aard,
    toegang,
    instrument,
    bewijs,
    partners: invoer.partners.trim(),
    doelgroep: invoer.doelgroep.trim(),
    gebruikers,
    kosten,
    jaar,
    bron: invoer.bron.trim(),
    segmentId: null,
  }
}

/** An offer as its form shows it. */
export function toInvoer(a: Aanbodgegevens | Aanbod): Aanbodinvoer {
  return {
    naam: a.naam,
    aard: a.aard,
    toegang: a.toegang,
    instrument: a.instrument,
    partners: a.partners,
    doelgroep: a.doelgroep,
    gebruikers: a.gebruikers === null ? '' : formatGetal(a.gebruikers),
    kosten:
      a.kosten === null
        ? ''
        : `${formatGetal(Math.trunc(a.kosten / 100))},${String(a.kosten % 100).padStart(2, '0')}`,
    jaar: a.jaar === null ? '' : String(a.jaar),
    bewijs: a.bewijs,
    bron: a.bron,
  }
}
