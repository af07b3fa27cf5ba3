import { apportion } from '../../platform/money.ts'
import { GEMEENTE_BUDGET, VERWIJZERS } from '../basis/ijking.ts'
import type { Stroom } from '../basis/preset.ts'
import { Worp } from '../basis/willekeur.ts'
import { prijs } from './volumes.ts'
import type { Opties, Traject } from './zorgverloop.ts'

/** Who referred (code of COD327) and with which problem; part of a separate registration, not of the 301. */
export interface Verwijzing0 {
  type: string
  cluster: string
}

const CLUSTERS: Record<Stroom, readonly (readonly [string, number])[]> = {
  V: [
    ['ggz', 45],
    ['jeugd-en-opvoeding', 35],
    ['lvb', 20],
  ],
  W: [
    ['jeugd-en-opvoeding', 70],
    ['lvb', 30],
  ],
  D: [
    ['lvb', 45],
    ['jeugd-en-opvoeding', 30],
    ['ggz', 25],
  ],
  A: [
    ['jeugd-en-opvoeding', 60],
    ['lvb', 18],
    ['ggz', 22],
  ],
  G: [['ggz', 100]],
  C: [
    ['jeugd-en-opvoeding', 60],
    ['ggz', 40],
  ],
  I: [
    ['ggz', 50],
    ['lvb', 20],
    ['somatisch', 14],
    ['ouderdom', 16],
  ],
  K: [
    ['ouderdom', 52],
    ['lvb', 20],
    ['ggz', 16],
    ['somatisch', 12],
  ],
  KV: [
    ['ouderdom', 50],
    ['lvb', 30],
    ['somatisch', 20],
  ],
  H: [
    ['ouderdom', 70],
    ['somatisch', 24],
    ['ggz', 6],
  ],
}

/** Spend of a traject in a year, eurocents. */
export function bedragInJaar(opties: Opties, t: Traject, jaar: number): number {
  const p = prijs(opties.tarieven, t.product, jaar)
  let som = 0
  for (let m = jaar * 12; m < jaar * 12 + 12; m++) som += (t.volume[m] ?? 0) * p
  return som
}

/**
 * Referrers of the year's new trajects: exact counts per type (huisarts 40 % of referrals), and within those
 * counts the gemeente gets the trajects that bring its share of the youth budget to the year's target.
 * Grondslag: 003 Bijlage 1 § 4 (two shares with a different base).
 */
export function chooseVerwijzers(
  opties: Opties,
  jaar: number,
  gebleven: readonly Traject[],
  nieuw: readonly Traject[],
): void {
  for (const t of nieuw) {
    const worp = new Worp(opties.seed, 'traject', t.id, 'cluster')
    const keuze = CLUSTERS[t.stroom]
    const cluster = t.product.naam.startsWith('Dyslexie')
      ? 'dyslexie'
      : (keuze[worp.gewogen(keuze.map(k => k[1]))]?.[0] ?? '')
    t.verwijzing = { type: '01', cluster }
  }
  const jeugd = nieuw.filter(t => t.domein === 'jw')
  const aantallen = apportion(
    jeugd.length,
    VERWIJZERS.map(v => v[1]),
  )
  const worp = new Worp(opties.seed, 'verwijzers', jaar, 'jeugd')
  const geschud = worp.schud(jeugd)
  let i = 0
  VERWIJZERS.forEach(([type], k) => {
    for (let n = 0; n < (aantallen[k] ?? 0); n++) {
      const t = geschud[i++]
      if (t) t.verwijzing.type = type
    }
  })
  const bedrag = new Map(jeugd.map(t => [t, bedragInJaar(opties, t, jaar)]))
  const oud = gebleven.filter(t => t.domein === 'jw')
  const oudBedrag = oud.map(t => bedragInJaar(opties, t, jaar))
  const totaal = [...bedrag.values(), ...oudBedrag].reduce((a, b) => a + b, 0)
  const alGemeente = oud.reduce((a, t, k) => a + (t.verwijzing.type === '01' ? (oudBedrag[k] ?? 0) : 0), 0)
  const gemeente = geschud.filter(t => t.verwijzing.type === '01')
  const anders = geschud.filter(t => t.verwijzing.type !== '01')
  if (gemeente.length === 0 || anders.length === 0) return
  let verschil =
    (totaal * (GEMEENTE_BUDGET[jaar] ?? 0)) / 1000 -
    alGemeente -
    gemeente.reduce((a, t) => a + (bedrag.get(t) ?? 0), 0)
  for (let poging = 0; poging < 200_000 && Math.abs(verschil) > totaal / 5000; poging++) {
    const g = worp.getal(gemeente.length)
    const a = worp.getal(anders.length)
    const van = gemeente[g]
    const naar = anders[a]
    if (!van || !naar) break
    const stap = (bedrag.get(naar) ?? 0) - (bedrag.get(van) ?? 0)
    if (Math.abs(verschil - stap) >= Math.abs(verschil)) continue
    const type = naar.verwijzing.type
    naar.verwijzing.type = '01'
    van.verwijzing.type = type
    gemeente[g] = naar
    anders[a] = van
    verschil -= stap
  }
}
