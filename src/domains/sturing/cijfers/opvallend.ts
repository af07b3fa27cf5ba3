import { type Eurocent, formatMiljoen } from '../../../platform/money.ts'

/** What the rule looks at: one segment, municipality or other part of the selection. */
export interface Deel {
  naam: string
  besteed: Eurocent
  plafond: Eurocent | null
  doorgerekend: Eurocent | null
  /** Over the complete months, in eurocents. */
  compleet: Eurocent
  vorigCompleet: Eurocent
  /** More was spent in it than its ceiling is about: `besteed` and `doorgerekend` are of what that covers. */
  deels?: boolean
  /** It is counted in another part as well, as a segment in the one it hangs under. */
  inAnder?: boolean
}

/** The largest provider of one market. */
export interface Marktleider {
  markt: string
  aanbieder: string
  /** Share in euros, 0 to 1. */
  deel: number
}

/** How a part stands towards its ceiling: beyond it, on its way beyond it, or within it. */
export type Plafondstand = 'over' | 'dreigt' | 'binnen'

/** Null without a ceiling. Exactly at the ceiling is within it. */
export function judgePlafond({
  besteed,
  plafond,
  doorgerekend,
}: Pick<Deel, 'besteed' | 'plafond' | 'doorgerekend'>): Plafondstand | null {
  if (plafond === null) return null
  return besteed > plafond ? 'over' : (doorgerekend ?? 0) > plafond ? 'dreigt' : 'binnen'
}

export interface Opvallend {
  soort: 'leeg' | 'over' | 'dreigt' | 'groei' | 'concentratie' | 'rustig' | 'zonder-plafond'
  zin: string
  /** How it was found, for who asks. */
  uitleg: string
}

/** From this growth on a part stands out; below it is within what indexation and lag explain. */
export const GROEI = 0.1
/** A rise smaller than this share of the whole selection is no news, however steep. */
const GEWICHT = 0.01
/** Grondslag: sturing I60, region depends on one provider. */
const ALARM = 0.2

const VOLGORDE =
  'Eerst: wat al over het plafond heen is, en wat er doorgerekend boven uitkomt, allemaal geteld. Anders: de grootste stijging vanaf 10%, als die minstens 1% van het geheel is. Dan: een aanbieder met 20% of meer van de uitgaven. Genoemd wordt waar het om het meeste geld gaat.'

const deelTekst = new Intl.NumberFormat('nl-NL', { style: 'percent', maximumFractionDigits: 0 })

/** The parts of a selection that have ceilings of their own: a page shows one or both. */
export interface Delen {
  segmenten: readonly Deel[]
  gemeenten: readonly Deel[]
}

/**
 * What stands on top of a page: the most serious thing first (beyond the ceiling and on its way there, all of them
 * counted; strong growth; dependence on one provider), and within one kind the one with most euros at stake. It states
 * sums that are on the page itself, and forecasts nothing.
 */
export function whatStandsOut(
  { segmenten, gemeenten }: Delen,
  marktleiders: readonly Marktleider[],
): Opvallend {
  const uitleg = VOLGORDE
  // Growth is told of one kind of part only: both kinds are the same euros.
  const delen = segmenten.length > 0 ? segmenten : gemeenten
  if (delen.every(d => d.besteed === 0))
    return { soort: 'leeg', zin: 'In deze periode is nog niets gedeclareerd en goedgekeurd.', uitleg }

  const plafonds = tellPlafonds({ segmenten, gemeenten })
  if (plafonds !== null) return { ...plafonds, uitleg }
  const vorig = delen.reduce((som, d) => som + (d.inAnder ? 0 : d.vorigCompleet), 0)
  const groei = most(
    delen.filter(
      d =>
        d.vorigCompleet > 0 &&
        d.compleet / d.vorigCompleet >= 1 + GROEI &&
        d.compleet - d.vorigCompleet >= vorig * GEWICHT,
    ),
    d => d.compleet - d.vorigCompleet,
  )
  if (groei)
    return {
      soort: 'groei',
      zin: `${groei.naam} stijgt het meest: ${deelTekst.format(groei.compleet / groei.vorigCompleet - 1)} (${formatMiljoen(groei.compleet - groei.vorigCompleet)}) meer dan in dezelfde maanden van vorig jaar.`,
      uitleg,
    }
  const leider = [...marktleiders].sort((a, b) => b.deel - a.deel)[0]
  if (leider && leider.deel >= ALARM)
    return {
      soort: 'concentratie',
      zin: `${leider.aanbieder} ontvangt ${deelTekst.format(leider.deel)} van het geld voor ${leider.markt}: de regio is van deze aanbieder afhankelijk.`,
      uitleg,
    }
  if ([...segmenten, ...gemeenten].every(d => d.plafond === null))
    return {
      soort: 'zonder-plafond',
      zin: 'Er is geen plafond vastgesteld voor deze selectie, en niets stijgt met 10% of meer.',
      uitleg,
    }
  // Segments and municipalities are the same euros: of one kind without any ceiling the other says it.
  const zonder = [segmenten, gemeenten].some(
    soort =>
      soort.some(d => d.plafond !== null) &&
      soort.some(d => d.deels || (d.plafond === null && d.besteed > 0)),
  )
  const wat = zonder ? 'Wat een plafond heeft, blijft erbinnen' : 'Alles blijft binnen het plafond'
  return { soort: 'rustig', zin: `${wat} en niets stijgt met 10% of meer.`, uitleg }
}

/** What is beyond its ceiling or on its way there: named when it is one, counted when they are more; null when nothing is. */
function tellPlafonds({ segmenten, gemeenten }: Delen): Omit<Opvallend, 'uitleg'> | null {
  const wie = (stand: Plafondstand) => {
    const s = segmenten.filter(d => judgePlafond(d) === stand)
    const g = gemeenten.filter(d => judgePlafond(d) === stand)
    const woorden = [count(s, 'segment', 'segmenten'), count(g, 'gemeente', 'gemeenten')].filter(
      w => w !== '',
    )
    return { delen: [...s, ...g], woorden: woorden.join(' en ') }
  }
  const [over, dreigt] = [wie('over'), wie('dreigt')]
  const [ergste] = [...over.delen, ...dreigt.delen].sort((a, b) => beyond(b) - beyond(a))
  if (!ergste) return null
  const soort = over.delen.length > 0 ? 'over' : 'dreigt'
  if (over.delen.length + dreigt.delen.length === 1)
    return {
      soort,
      zin: `${ergste.naam} ${soort === 'over' ? 'is over het plafond heen' : DREIGT('komt')}: ${sayPlafond(ergste)}.`,
    }
  const zinnen = [
    ...(over.delen.length > 0
      ? [`${over.woorden} ${over.delen.length === 1 ? 'is' : 'zijn'} over het plafond heen`]
      : []),
    ...(dreigt.delen.length > 0
      ? [`${dreigt.woorden} ${DREIGT(dreigt.delen.length === 1 ? 'komt' : 'komen')}`]
      : []),
  ]
  return { soort, zin: `${zinnen.join('; ')}. Het meest ${ergste.naam}: ${sayPlafond(ergste)}.` }
}

const DREIGT = (werkwoord: string) =>
  `${werkwoord} boven het plafond uit als het jaar verder verloopt zoals vorig jaar`

const count = (delen: readonly Deel[], een: string, meer: string) =>
  delen.length === 0 ? '' : `${delen.length} ${delen.length === 1 ? een : meer}`

/** Eurocents beyond the ceiling, of what is spent when that is beyond it, else of where it goes to. */
const beyond = (deel: Deel) => reached(deel) - (deel.plafond ?? 0)
const reached = (deel: Deel) =>
  judgePlafond(deel) === 'over' ? deel.besteed : (deel.doorgerekend ?? deel.besteed)

function sayPlafond(deel: Deel): string {
  const bedrag = formatMiljoen(reached(deel))
  const besteed = judgePlafond(deel) === 'over' ? `${bedrag} besteed` : bedrag
  const plafond = deel.plafond ?? 0
  return plafond === 0
    ? `${besteed}, bij een plafond van nul`
    : `${besteed}, dat is ${deelTekst.format(reached(deel) / plafond)} van ${formatMiljoen(plafond)}`
}

/** One provider as a whole, and the segment in which it weighs most. */
export interface Aanbiederbeeld {
  jaar: number
  besteed: Eurocent
  compleet: Eurocent
  vorigCompleet: Eurocent
  marktaandeel: { segment: string; deel: number } | null
}

/** The one sentence about one provider: dependence on it first, otherwise what it received and how that changed. */
export function whatStandsOutOf({
  jaar,
  besteed,
  compleet,
  vorigCompleet,
  marktaandeel,
}: Aanbiederbeeld): Opvallend {
  const uitleg =
    'Eerst: of de regio in een segment voor 20% of meer van deze aanbieder afhankelijk is. Anders: wat is besteed, en de verandering over complete maanden.'
  if (besteed === 0)
    return {
      soort: 'leeg',
      zin: `Van deze aanbieder is in ${jaar} nog niets gedeclareerd en goedgekeurd.`,
      uitleg,
    }
  if (marktaandeel && marktaandeel.deel >= ALARM)
    return {
      soort: 'concentratie',
      zin: `Van het geld voor ${marktaandeel.segment} gaat ${deelTekst.format(marktaandeel.deel)} naar deze aanbieder: de regio is ervan afhankelijk.`,
      uitleg,
    }
  const deel = vorigCompleet > 0 ? compleet / vorigCompleet - 1 : null
  const verschil =
    deel === null || compleet === 0
      ? ''
      : `; ${deelTekst.format(Math.abs(deel))} ${deel < 0 ? 'minder' : 'meer'} dan in dezelfde maanden van ${jaar - 1}`
  return {
    soort: deel !== null && deel >= GROEI ? 'groei' : 'rustig',
    zin: `Deze aanbieder ontving in ${jaar} tot nu toe ${formatMiljoen(besteed)}${verschil}.`,
    uitleg,
  }
}

/** The part with the largest positive measure; the first one on a tie. */
function most(delen: readonly Deel[], maat: (deel: Deel) => number): Deel | undefined {
  let beste: Deel | undefined
  for (const deel of delen)
    if (maat(deel) > 0 && (beste === undefined || maat(deel) > maat(beste))) beste = deel
  return beste
}
