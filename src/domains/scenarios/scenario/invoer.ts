import { type Eurocent, formatEuro } from '../../../platform/money.ts'
import type { Fout } from '../../../platform/problem.ts'
import { formatGetal, parseBedragInvoer, parseGetalInvoer } from '../../../platform/ui/invoer.ts'
import { checkTekst } from '../../../platform/vrijetekst.ts'
import type { Methode } from '../../doorloop/rules.ts'
import type { Doorlooptijd } from './rules.ts'
import type { Invulling, Scenario } from './store.ts'

/** A form as it was typed. */
export type Velden = Readonly<Record<string, string | undefined>>

export interface Bekend {
  methode: Pick<Methode, 'patronen'>
  methodeId: number
  /** Ids as text. */
  segmenten: readonly string[]
  gemeenten: readonly string[]
}

/** Without the base: that can only be judged when it is known what was spent. */
export type Zonderbasis = Omit<Invulling, 'basis' | 'basisWerkelijk'> & { basisTekst: string }

const LANG = 5000
const MEESTE_JAREN = 10
const MEESTE_CLIENTEN = 100_000
/** Fifty years. */
const MEESTE_MAANDEN = 600
const tekst = (velden: Velden, naam: string) => (velden[naam] ?? '').trim()

/** Reads '2,5' or '-10' as tenths of a percent; undefined when it is no such number. */
function parsePromille(invoer: string): number | undefined {
  const schoon = invoer.trim().replace(/%$/, '').trim()
  if (!/^[-+]?\d{1,3}(,\d)?$/.test(schoon)) return undefined
  return Math.round(Number(schoon.replace(',', '.')) * 10)
}

/** `25` → '2,5'. */
export function formatPromille(promille: number): string {
  return (promille / 10).toLocaleString('nl-NL', { maximumFractionDigits: 1 })
}

/** A scenario, or every fault at once. */
export function readScenario(
  velden: Velden,
  gekozen: readonly string[],
  bekend: Bekend,
): { goed: Zonderbasis } | { fouten: Fout[] } {
  const fouten: Fout[] = []
  const eis = (pad: string, naam: string, verplicht: boolean, max = LANG) =>
    fouten.push(...checkTekst({ pad, naam, waarde: velden[pad] ?? '', verplicht, max }))
  eis('naam', 'de naam', true, 200)
  const groep = tekst(velden, 'groep') || tekst(velden, 'groepKeuze')
  if (groep === '') fouten.push({ pad: 'groepKeuze', melding: 'Kies een groep, of schrijf er zelf een.' })
  eis('groep', 'de groep', false, 200)
  const patroon = bekend.methode.patronen.find(p => p.code === velden.patroon)?.code
  if (patroon === undefined) fouten.push({ pad: 'patroon', melding: 'Kies hoe de kosten verlopen.' })
  const verloop = readVerloop(tekst(velden, 'verloop'), fouten)
  const marge = readMarge(tekst(velden, 'marge'), fouten)
  const segmenten = bekend.segmenten.filter(s => gekozen.includes(s)).map(Number)
  if (segmenten.length === 0) fouten.push({ pad: 'segmenten', melding: 'Vink minstens één segment aan.' })
  const gemeente = tekst(velden, 'gemeente')
  if (gemeente !== '' && !bekend.gemeenten.includes(gemeente))
    fouten.push({ pad: 'gemeente', melding: 'Kies een gemeente uit de lijst.' })
  const beginjaar = parseGetalInvoer(velden.beginjaar ?? '')
  if (beginjaar === undefined || beginjaar < 2000 || beginjaar > 2100)
    fouten.push({ pad: 'beginjaar', melding: 'Vul het eerste jaar in, zoals 2027.' })
  for (const [pad, naam] of [
    ['basisReden', 'de reden'],
    ['kort', 'de korte termijn'],
    ['middellang', 'de middellange termijn'],
    ['lang', 'de lange termijn'],
    ['aannames', 'de aannames'],
  ] as const)
    eis(pad, naam, false)
  const doorlooptijd = readDoorlooptijd(velden, fouten)
  if (patroon === undefined || beginjaar === undefined || fouten.length > 0) return { fouten }
  return {
    goed: {
      naam: tekst(velden, 'naam'),
      groep,
      methodeId: bekend.methodeId,
      patroon,
      verloop,
      marge,
      segmenten,
      cijfergemeente: gemeente === '' ? null : gemeente,
      beginjaar,
      basisTekst: tekst(velden, 'basis'),
      basisReden: tekst(velden, 'basisReden'),
      kort: tekst(velden, 'kort'),
      middellang: tekst(velden, 'middellang'),
      lang: tekst(velden, 'lang'),
      aannames: tekst(velden, 'aannames'),
      doorlooptijd,
    },
  }
}

function readVerloop(invoer: string, fouten: Fout[]): number[] | null {
  if (invoer === '') return null
  const jaren = invoer.split(';').map(parsePromille)
  const goed = jaren.filter(jaar => jaar !== undefined).filter(jaar => jaar >= -1000 && jaar <= 5000)
  if (goed.length === jaren.length && jaren.length <= MEESTE_JAREN) return goed
  fouten.push({
    pad: 'verloop',
    melding: `Schrijf per jaar een percentage, gescheiden door een puntkomma, zoals 5; 2,5; -10. Hoogstens ${MEESTE_JAREN} jaren.`,
  })
  return null
}

function readMarge(invoer: string, fouten: Fout[]): number | null {
  if (invoer === '') return null
  const marge = parsePromille(invoer)
  if (marge !== undefined && marge >= 0 && marge <= 1000) return marge
  fouten.push({ pad: 'marge', melding: 'Vul de marge in als percentage van 0 tot en met 100, zoals 5.' })
  return null
}

function readDoorlooptijd(velden: Velden, fouten: Fout[]): Doorlooptijd | null {
  const namen = ['clienten', 'maandenNu', 'maandenStraks', 'kostenMaand'] as const
  const gevuld = namen.filter(naam => tekst(velden, naam) !== '')
  if (gevuld.length === 0) return null
  const heel = (naam: (typeof namen)[number], wat: string, meest: number) => {
    const getal = parseGetalInvoer(velden[naam] ?? '')
    if (getal !== undefined && getal > 0 && getal <= meest) return getal
    fouten.push({
      pad: naam,
      melding: `Vul ${wat} in als heel getal, hoogstens ${formatGetal(meest)}, of laat alle vier de velden leeg.`,
    })
    return undefined
  }
  const clienten = heel('clienten', 'het aantal cliënten', MEESTE_CLIENTEN)
  const maandenNu = heel('maandenNu', 'de duur nu in maanden', MEESTE_MAANDEN)
  const maandenStraks = heel('maandenStraks', 'de duur straks in maanden', MEESTE_MAANDEN)
  const kostenMaand = parseBedragInvoer(velden.kostenMaand ?? '')
  if (kostenMaand === undefined || kostenMaand <= 0 || kostenMaand > 100_000_00)
    fouten.push({ pad: 'kostenMaand', melding: 'Vul de kosten per cliënt per maand in, zoals 750,00.' })
  if (!clienten || !maandenNu || !maandenStraks || !kostenMaand) return null
  return { clienten, maandenNu, maandenStraks, kostenMaand }
}

const MEESTE = 10_000_000_000_00

/**
 * The base: what was really spent in the year before, unless another amount is typed with a reason. `werkelijk` null: that
 * year is not complete, so an amount and a reason are needed.
 */
export function readBasis(
  { basisTekst, basisReden, beginjaar }: Pick<Zonderbasis, 'basisTekst' | 'basisReden' | 'beginjaar'>,
  werkelijk: Eurocent | null,
): { basis: Eurocent } | { fouten: Fout[] } {
  const voor = beginjaar - 1
  if (basisTekst === '') {
    if (werkelijk !== null && werkelijk > 0) return { basis: werkelijk }
    const melding =
      werkelijk === null
        ? `Vul het bedrag van ${voor} in: dat jaar is nog niet compleet.`
        : `Vul het bedrag van ${voor} in: er is in dat jaar niets besteed in deze segmenten.`
    return { fouten: [{ pad: 'basis', melding }] }
  }
  const basis = parseBedragInvoer(basisTekst)
  if (basis === undefined || basis <= 0 || basis > MEESTE)
    return { fouten: [{ pad: 'basis', melding: 'Vul een bedrag in euro in, zoals 1.250.000.' }] }
  if (basis !== werkelijk && basisReden === '') {
    const anders = werkelijk === null ? '' : ` Er is ${formatEuro(werkelijk)} besteed.`
    return { fouten: [{ pad: 'basisReden', melding: `Vul in waar dit bedrag vandaan komt.${anders}` }] }
  }
  return { basis }
}

/** What is kept, as fields. */
export function scenarioVelden(s: Scenario): Velden {
  const bekend = s.methode.patronen.some(p => p.groepen.includes(s.groep))
  const d = s.doorlooptijd
  const euro = (bedrag: Eurocent) => formatEuro(bedrag).replace(/[€\u00a0]/g, '')
  return {
    naam: s.naam,
    groep: bekend ? '' : s.groep,
    groepKeuze: bekend ? s.groep : '',
    patroon: s.patroon,
    verloop: s.verloop?.map(formatPromille).join('; ') ?? '',
    marge: s.marge === null ? '' : formatPromille(s.marge),
    gemeente: s.cijfergemeente ?? '',
    beginjaar: String(s.beginjaar),
    basis: euro(s.basis),
    basisReden: s.basisReden,
    kort: s.kort,
    middellang: s.middellang,
    lang: s.lang,
    aannames: s.aannames,
    clienten: d === null ? '' : String(d.clienten),
    maandenNu: d === null ? '' : String(d.maandenNu),
    maandenStraks: d === null ? '' : String(d.maandenStraks),
    kostenMaand: d === null ? '' : euro(d.kostenMaand),
  }
}
