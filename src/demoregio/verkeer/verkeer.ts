import { GEMEENTEN } from '../basis/preset.ts'
import {
  type Adresboek,
  bericht301,
  bericht323,
  berichtStartStop,
  type DemoBericht,
  type Verteld,
} from './bericht.ts'
import type { Declaratie } from './declareren.ts'
import type { Toewijzing } from './toewijzen.ts'

/** One message at the moment the receiver gets it. */
export interface Ontvangst {
  /** ISO moment. */
  ontvangenOp: string
  bericht: DemoBericht
}

interface Gebeurtenis {
  moment: string
  /** 301 before 305 before 307 before 323 at the same moment. */
  soort: 301 | 305 | 307 | 323
  sleutel: string
  toewijzingen: readonly Toewijzing[]
  declaratie?: Declaratie
}

/** Moments at which something about one client at one provider was sent. */
function gebeurtenissen301(groep: readonly Toewijzing[], sleutel: string): Gebeurtenis[] {
  const momenten = [...new Set(groep.flatMap(t => t.versies.map(v => v.moment)))].sort()
  return momenten.map(moment => ({ moment, soort: 301, sleutel, toewijzingen: groep }))
}

/** What a 301 sent at `moment` tells: the changed toewijzingen and all that are still valid that day. */
function vertel(groep: readonly Toewijzing[], moment: string): Verteld[] {
  return groep.flatMap(toewijzing => {
    const versie = toewijzing.versies.filter(v => v.moment <= moment).at(-1)
    if (!versie) return []
    const gewijzigd = versie.moment === moment
    return gewijzigd || versie.eind >= moment.slice(0, 10) ? [{ toewijzing, versie, gewijzigd }] : []
  })
}

function maandsleutel(moment: string): string {
  return moment.slice(0, 7)
}

/** All messages in order of receipt, built month by month; nothing received after `peildatum`. */
export function* makeVerkeer(
  boek: Adresboek,
  toewijzingen: readonly Toewijzing[],
  declaraties: readonly Declaratie[],
  peildatum: string,
): Generator<Ontvangst> {
  const bakken = new Map<string, Gebeurtenis[]>()
  const leg = (g: Gebeurtenis) => {
    if (g.moment.slice(0, 10) > peildatum) return
    const bak = bakken.get(maandsleutel(g.moment))
    if (bak) bak.push(g)
    else bakken.set(maandsleutel(g.moment), [g])
  }
  const groepen = Map.groupBy(
    toewijzingen,
    t => `${t.traject.domein}/${t.traject.persoon}/${t.traject.aanbieder}`,
  )
  for (const [sleutel, groep] of groepen) for (const g of gebeurtenissen301(groep, sleutel)) leg(g)
  for (const t of toewijzingen) {
    if (t.start) leg({ moment: t.start.moment, soort: 305, sleutel: t.sleutel, toewijzingen: [t] })
    if (t.start && t.stop) leg({ moment: t.stop.moment, soort: 307, sleutel: t.sleutel, toewijzingen: [t] })
  }
  for (const d of declaraties) {
    leg({
      moment: d.ontvangen,
      soort: 323,
      sleutel: `${d.aanbieder}/${d.gemeente}/${d.domein}`,
      toewijzingen: [],
      declaratie: d,
    })
  }
  const tellers = new Map<string, number>()
  const identificatie = (afzender: string, soort: number, domein: string) => {
    const sleutel = `${afzender}/${soort}/${domein}`
    const nummer = (tellers.get(sleutel) ?? 0) + 1
    tellers.set(sleutel, nummer)
    return `${domein === 'jw' ? 'J' : 'W'}${String(nummer).padStart(9, '0')}`
  }
  for (const maand of [...bakken.keys()].sort()) {
    const bak = bakken.get(maand) ?? []
    bakken.delete(maand)
    bak.sort((a, b) => vergelijk(a.moment, b.moment) || a.soort - b.soort || vergelijk(a.sleutel, b.sleutel))
    for (const g of bak) {
      const bericht = bouw(boek, g, identificatie)
      if (bericht) yield { ontvangenOp: g.moment, bericht }
    }
  }
}

function vergelijk(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function bouw(
  boek: Adresboek,
  g: Gebeurtenis,
  identificatie: (afzender: string, soort: number, domein: string) => string,
): DemoBericht | undefined {
  if (g.declaratie) {
    const { aanbieder, domein } = g.declaratie
    return bericht323(boek, g.declaratie, identificatie(boek.agb[aanbieder] ?? '', 323, domein))
  }
  const eerste = g.toewijzingen[0]
  if (!eerste) return undefined
  const { aanbieder, gemeente, domein } = eerste.traject
  const dag = g.moment.slice(0, 10)
  if (g.soort === 301) {
    return bericht301(
      boek,
      vertel(g.toewijzingen, g.moment),
      identificatie(GEMEENTEN[gemeente]?.code ?? '', 301, domein),
      dag,
    )
  }
  const soort = g.soort === 305 ? 305 : 307
  return berichtStartStop(boek, soort, eerste, identificatie(boek.agb[aanbieder] ?? '', soort, domein), dag)
}
