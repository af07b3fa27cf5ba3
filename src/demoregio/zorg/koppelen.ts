import { AANDEEL_HO, STROMEN, UNIEK } from '../basis/ijking.ts'
import type { Kalender } from '../basis/kalender.ts'
import type { Domein, Stroom } from '../basis/preset.ts'
import { Worp } from '../basis/willekeur.ts'
import { leeftijdOp, makePersoon, Nummervoorraad, type Persoon } from './personen.ts'
import type { Traject } from './zorgverloop.ts'

/** Everyone who ever gets care in the region, in order of first appearance. */
export class Personen {
  readonly lijst: Persoon[] = []
  readonly nummers = new Nummervoorraad()
  private readonly seed: number

  constructor(seed: number) {
    this.seed = seed
  }

  nieuw(gemeente: number, opDatum: string, leeftijd: number): number {
    const nr = this.lijst.length
    this.lijst.push(makePersoon(this.seed, nr, this.nummers.volgend(), gemeente, opDatum, leeftijd))
    return nr
  }
}

/** Youngest and oldest age at the start of care. */
const LEEFTIJD: Record<Stroom, readonly [number, number]> = {
  V: [9, 16],
  W: [2, 15],
  D: [1, 13],
  A: [4, 16],
  G: [5, 16],
  C: [2, 16],
  I: [19, 84],
  K: [30, 93],
  KV: [25, 90],
  H: [58, 94],
}
/** Share of starts by somebody who had youth care before, thousandths. */
const HERHAALD = 240

interface Jaarcontext {
  seed: number
  jaar: number
  schaal: number
  kalender: Kalender
}

/**
 * Couple the year's new trajects to persons so that the number of unique clients per law is the year's
 * target: some go to somebody who already has another kind of care this year, some to an earlier client,
 * the rest to new people. Then huishoudelijke ondersteuning, of which a fixed part goes to
 * begeleidingscliënten.
 */
export function linkPersonen(
  ctx: Jaarcontext,
  gebleven: readonly Traject[],
  nieuw: readonly Traject[],
  personen: Personen,
): void {
  for (const domein of ['jw', 'wmo'] as const) {
    const soort = (t: Traject) => t.domein === domein && t.stroom !== 'H'
    koppelDomein(ctx, domein, gebleven.filter(soort), nieuw.filter(soort), personen)
  }
  koppelHuishoudelijk(ctx, gebleven, nieuw, personen)
}

function koppelDomein(
  ctx: Jaarcontext,
  domein: Domein,
  gebleven: readonly Traject[],
  nieuw: readonly Traject[],
  personen: Personen,
): void {
  const { jaar, schaal, kalender } = ctx
  const worp = new Worp(ctx.seed, 'koppelen', jaar, domein)
  const groei = STROMEN[domein === 'jw' ? 'A' : 'I'].groei[jaar] ?? 1000
  const doel = Math.round((UNIEK[domein] * schaal * groei) / 1000)
  const stromen = new Map<number, Set<Stroom>>()
  const neem = (t: Traject, persoon: number) => {
    t.persoon = persoon
    const bij = stromen.get(persoon)
    if (bij) bij.add(t.stroom)
    else stromen.set(persoon, new Set([t.stroom]))
  }
  for (const t of gebleven) neem(t, t.persoon)
  const eigen = Math.max(0, Math.min(nieuw.length, doel - stromen.size))
  const geschud = worp.schud(nieuw)
  const eerder = worp.schud(
    personen.lijst.filter(
      p =>
        !stromen.has(p.nr) &&
        leeftijdOp(p.geboortedatum, kalender.begin(jaar * 12)) < 19 === (domein === 'jw'),
    ),
  )
  const perGemeente = Map.groupBy(eerder, p => p.gemeente)
  for (const t of geschud.slice(0, eigen)) {
    const vaker = worp.kans(HERHAALD)
    const bekend = vaker && jaar > 0 ? vindPassend(perGemeente.get(t.gemeente) ?? [], t, kalender) : undefined
    t.herhaald = vaker
    neem(t, bekend?.nr ?? nieuwePersoon(ctx, t, personen))
  }
  const inJaar = Map.groupBy(
    worp.schud([...stromen.keys()].sort((a, b) => a - b)).flatMap(nr => personen.lijst[nr] ?? []),
    p => p.gemeente,
  )
  for (const t of geschud.slice(eigen)) {
    const rij = inJaar.get(t.gemeente) ?? []
    const i = rij.findIndex(p => past(p, t, kalender) && !stromen.get(p.nr)?.has(t.stroom))
    t.herhaald = worp.kans(HERHAALD)
    const [bekend] = i < 0 ? [] : rij.splice(i, 1)
    if (bekend) rij.push(bekend)
    neem(t, bekend?.nr ?? nieuwePersoon(ctx, t, personen))
  }
}

function koppelHuishoudelijk(
  ctx: Jaarcontext,
  gebleven: readonly Traject[],
  nieuw: readonly Traject[],
  personen: Personen,
): void {
  const { jaar, kalender } = ctx
  const worp = new Worp(ctx.seed, 'koppelen', jaar, 'huishoudelijk')
  const begeleiding = new Set(
    [...gebleven, ...nieuw].filter(t => t.domein === 'wmo' && t.stroom !== 'H').map(t => t.persoon),
  )
  const bezet = new Set(gebleven.filter(t => t.stroom === 'H').map(t => t.persoon))
  let over =
    Math.round((begeleiding.size * AANDEEL_HO) / 1000) - [...bezet].filter(p => begeleiding.has(p)).length
  const kandidaten = Map.groupBy(
    worp
      .schud([...begeleiding].filter(p => !bezet.has(p)).sort((a, b) => a - b))
      .flatMap(nr => personen.lijst[nr] ?? []),
    p => p.gemeente,
  )
  for (const t of worp.schud(nieuw.filter(x => x.stroom === 'H'))) {
    // Younger begeleidingscliënten have household help too; only children are left out.
    const rij = over > 0 ? (kandidaten.get(t.gemeente) ?? []) : []
    const i = rij.findIndex(p => leeftijdOp(p.geboortedatum, kalender.begin(t.start)) >= 19)
    const [bekend] = i < 0 ? [] : rij.splice(i, 1)
    if (bekend) over -= 1
    t.persoon = bekend?.nr ?? nieuwePersoon(ctx, t, personen)
  }
}

function past(p: Persoon, t: Traject, kalender: Kalender): boolean {
  const leeftijd = leeftijdOp(p.geboortedatum, kalender.begin(t.start))
  const [van, tot] = LEEFTIJD[t.stroom]
  return leeftijd >= van && leeftijd <= tot + 1
}

function vindPassend(rij: Persoon[], t: Traject, kalender: Kalender): Persoon | undefined {
  const i = rij.findIndex(p => past(p, t, kalender))
  return i < 0 ? undefined : rij.splice(i, 1)[0]
}

function nieuwePersoon(ctx: Jaarcontext, t: Traject, personen: Personen): number {
  const worp = new Worp(ctx.seed, 'traject', t.id, 'leeftijd')
  const [van, tot] = LEEFTIJD[t.stroom]
  const a = worp.tussen(van, tot)
  // Wmo care is concentrated among the old: the higher of two draws.
  const leeftijd = t.domein === 'jw' || t.stroom === 'I' ? a : Math.max(a, worp.tussen(van, tot))
  return personen.nieuw(t.gemeente, ctx.kalender.dag(t.start, t.startDag), leeftijd)
}
