import { type Eurocent, formatEuro } from '../../../platform/money.ts'
import type { Fout } from '../../../platform/problem.ts'
import type { Gegevens, Keuzes } from '../../../platform/velden/formulier.ts'
import type { Groep } from '../../../platform/velden/groepen.ts'
import {
  bedrag,
  getal,
  keuzes,
  notitie,
  procent,
  reeks,
  tekst,
  verwijzing,
} from '../../../platform/velden/soorten.ts'
import type { Scenario, Scenariomethode } from './store.ts'

const LANG = 5000

export const TERMIJN = {
  kort: 'Korte termijn',
  middellang: 'Middellange termijn',
  lang: 'Lange termijn',
} as const

const termijn = (naam: keyof typeof TERMIJN) =>
  notitie({ label: TERMIJN[naam], noem: `de ${TERMIJN[naam].toLowerCase()}`, max: LANG, regels: 2 })

/** One of the four figures of the worked example: all are filled in, or none. */
const figuur = (label: string, noem: string, max: number, eenheid?: string) =>
  getal({
    label,
    leeg: `Vul ${noem} in als heel getal, hoogstens ${max.toLocaleString('nl-NL')}, of laat alle vier de velden leeg.`,
    min: 1,
    max,
    verplicht: false,
    verplichtBij: 'een rekenvoorbeeld',
    ...(eenheid === undefined ? {} : { eenheid }),
  })
/** Fifty years. */
const MEESTE_MAANDEN = 600

const KORTER = {
  clienten: {
    ...figuur('Aantal cliënten', 'het aantal cliënten', 100_000),
    hulp: 'Vul alle vier de velden in, of geen.',
  },
  maandenNu: figuur('Duur nu', 'de duur nu in maanden', MEESTE_MAANDEN, 'maanden'),
  maandenStraks: figuur('Duur straks', 'de duur straks in maanden', MEESTE_MAANDEN, 'maanden'),
  kostenMaand: bedrag({
    label: 'Kosten per cliënt per maand',
    leeg: 'Vul de kosten per cliënt per maand in, zoals 750,00.',
    min: 1,
    max: 100_000_00,
    verplicht: false,
    verplichtBij: 'een rekenvoorbeeld',
  }),
}
const MEESTE_JAREN = 10

/** What is written of a scenario: the form and what somebody else left follow. Percentages in points; kept in tenths. */
export const SCENARIO = {
  naam: tekst({ label: 'Naam', noem: 'de naam', max: 200 }),
  groepKeuze: verwijzing({
    label: 'Groep inwoners',
    kies: 'Kies een groep uit de lijst.',
    geen: 'Een andere groep',
    verplicht: false,
  }),
  groep: tekst<boolean>({
    label: 'Welke andere groep?',
    kop: 'Andere groep',
    noem: 'de groep',
    max: 200,
    alleenBij: { veld: 'groepKeuze', waarden: [''] },
  }),
  patroon: verwijzing({ label: 'Patroon', kies: 'Kies hoe de kosten verlopen.' }),
  verloop: reeks({
    label: 'Eigen percentages per jaar',
    hulp: 'Tegen het jaar voor het begin, per jaar gescheiden door een puntkomma. Bijvoorbeeld: 5; 2,5; -10. Leeg: zoals het patroon.',
    leeg: `Schrijf per jaar een percentage, gescheiden door een puntkomma, zoals 5; 2,5; -10. Hoogstens ${MEESTE_JAREN} jaren.`,
    deel: procent({ label: 'Percentage', leeg: 'Vul in.', min: -100, max: 500, decimalen: 1 }),
    hoogstens: MEESTE_JAREN,
    verplicht: false,
  }),
  marge: procent({
    label: 'Eigen marge',
    hulp: 'Zo ver mag de werkelijkheid afwijken. Leeg: zoals het patroon.',
    leeg: 'Vul de marge in als percentage van 0 tot en met 100, zoals 5.',
    decimalen: 1,
    verplicht: false,
  }),
  segmenten: keuzes<string>({ label: 'Segmenten', kies: 'Vink minstens één segment aan.' }),
  gemeente: verwijzing({
    label: 'Gemeente',
    kies: 'Kies een gemeente uit de lijst.',
    geen: 'Alle gemeenten',
    verplicht: false,
  }),
  beginjaar: getal({
    label: 'Eerste jaar',
    leeg: 'Vul het eerste jaar in, zoals 2027.',
    min: 2000,
    max: 2100,
    aaneen: true,
  }),
  basis: bedrag({
    label: 'Kosten in het jaar ervoor',
    leeg: 'Vul een bedrag in euro in, zoals 1.250.000.',
    min: 1,
    verplicht: false,
  }),
  basisReden: notitie({
    label: 'Waar komt dit bedrag vandaan?',
    noem: 'de reden',
    max: LANG,
    verplichtBij: 'een ander bedrag dan is besteed',
  }),
  kort: termijn('kort'),
  middellang: termijn('middellang'),
  lang: termijn('lang'),
  aannames: notitie({
    label: 'Aannames',
    noem: 'de aannames',
    hulp: 'Waar rekent u op? Wat moet waar zijn?',
    max: LANG,
    regels: 4,
  }),
  ...KORTER,
}

export type Scenariogegevens = Gegevens<typeof SCENARIO>

const { groepKeuze, gemeente, clienten, ...KOLOMMEN } = SCENARIO

/** What is kept under its own name. */
export { KOLOMMEN }

/** A new one is long: it is asked by subject. */
export const ONDERDELEN: readonly Groep<typeof SCENARIO>[] = [
  { naam: 'groep', kop: 'Over wie gaat het?', velden: ['naam', 'groepKeuze', 'groep'] },
  { naam: 'verloop', kop: 'Hoe lopen de kosten?', velden: ['patroon', 'verloop', 'marge'] },
  {
    naam: 'vergelijking',
    kop: 'Waarmee vergelijkt u?',
    velden: ['segmenten', 'gemeente', 'beginjaar', 'basis', 'basisReden'],
  },
  { naam: 'geld', kop: 'Waar komt het geld vandaan?', velden: ['kort', 'middellang', 'lang', 'aannames'] },
  {
    naam: 'korter',
    kop: 'Rekenvoorbeeld: korter helpen',
    velden: ['clienten', 'maandenNu', 'maandenStraks', 'kostenMaand'],
  },
]

export const EINDE = {
  reden: tekst({
    label: 'Waarom stopt dit scenario?',
    noem: 'de reden',
    hulp: 'Een beëindigd scenario geeft geen alarm meer. Het blijft te lezen en kan terug.',
    max: 2000,
    regels: 3,
  }),
}

/** The same fields with what is known of them: what the method says of money, and what was spent (`besteed`). */
export function explainVelden({ financiering }: Scenariomethode, besteed: string): typeof SCENARIO {
  const routes = (['kort', 'middellang', 'lang'] as const).map((naam, i) => {
    const route = financiering[i]?.route
    return [naam, { ...SCENARIO[naam], hulp: route && `De methode zegt: ${route}` }]
  })
  const hulp = `Leeg: wat er in dat jaar is besteed in deze segmenten.${besteed}`
  return { ...SCENARIO, basis: { ...SCENARIO.basis, hulp }, ...Object.fromEntries(routes) }
}

/** What can be chosen: groups and patterns of the method, segments and municipalities of the region. */
export const keuzesVan = ({ patronen }: Scenariomethode, regio: Keuzes): Keuzes => ({
  ...regio,
  groepKeuze: [...new Set(patronen.flatMap(p => p.groepen))].map(groep => ({ waarde: groep, naam: groep })),
  patroon: patronen.map(p => ({ waarde: p.code, naam: p.naam })),
})

/** The figures of the worked example that are left out of it. */
export function checkKorter(gegevens: Partial<Scenariogegevens>): Fout[] {
  const namen = Object.keys(KORTER) as (keyof typeof KORTER)[]
  const open = namen.filter(naam => gegevens[naam] === null)
  if (open.length === namen.length) return []
  return open.map(naam => ({
    pad: naam,
    melding: `Vul ook ‘${KORTER[naam].label}’ in, of laat alle vier de velden leeg.`,
  }))
}

/**
 * The base is what was really spent in the year before, unless another amount is typed with a reason. `werkelijk` null: that year
 * is not complete, so both are needed; undefined: it is not known yet of what.
 */
export function checkBasis(
  { basis, basisReden, beginjaar = 0 }: Partial<Scenariogegevens>,
  werkelijk: Eurocent | null | undefined,
): Fout[] {
  if (werkelijk === undefined || basis === undefined) return []
  if (basis === null) {
    if (werkelijk !== null && werkelijk > 0) return []
    const waarom =
      werkelijk === null
        ? 'dat jaar is nog niet compleet'
        : 'er is in dat jaar niets besteed in deze segmenten'
    return [{ pad: 'basis', melding: `Vul het bedrag van ${beginjaar - 1} in: ${waarom}.` }]
  }
  if (basis === werkelijk || basisReden !== '') return []
  const anders = werkelijk === null ? '' : ` Er is ${formatEuro(werkelijk)} besteed.`
  return [{ pad: 'basisReden', melding: `Vul in waar dit bedrag vandaan komt.${anders}` }]
}

/** A scenario as its form has it. */
export function toGegevens(s: Scenario): Scenariogegevens & { versie: number } {
  const bekend = s.methode.patronen.some(p => p.groepen.includes(s.groep))
  return {
    ...s,
    groepKeuze: bekend ? s.groep : null,
    groep: bekend ? null : s.groep,
    verloop: s.verloop?.map(tiende => tiende / 10) ?? null,
    marge: s.marge === null ? null : s.marge / 10,
    segmenten: s.segmenten.map(String),
  }
}

/** The same as its row keeps it; `werkelijk` is what was spent in the year before. */
export function toRij(gegevens: Scenariogegevens, werkelijk: Eurocent | null) {
  const { groepKeuze, groep, verloop, marge, gemeente, clienten, basis, ...rest } = gegevens
  const tienden = (punten: number) => Math.round(punten * 10)
  return {
    ...rest,
    groep: groepKeuze ?? groep,
    verloop: verloop?.map(tienden) ?? null,
    marge: marge === null ? null : tienden(marge),
    cijfergemeente: gemeente,
    basis: basis ?? werkelijk,
    basisWerkelijk: werkelijk,
    aantal: clienten,
  }
}
