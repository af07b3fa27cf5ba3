import type { Datum } from '../../platform/dates.ts'
import { STROMEN } from '../basis/ijking.ts'
import { type Kalender, plus, wekenGeraakt } from '../basis/kalender.ts'
import { Worp } from '../basis/willekeur.ts'
import { maandDeel } from '../zorg/volumes.ts'
import type { Opties, Traject } from '../zorg/zorgverloop.ts'

/** What the gemeente sent about a toewijzing and when: the first time, a longer term, an earlier end. */
export interface Versie {
  moment: string
  eind: Datum
  /** RedenWijziging (WMO002/JZ002); absent the first time. */
  reden?: string
}

export interface Toewijzing {
  sleutel: string
  traject: Traject
  /** 0 for the first of a traject; later ones continue the same care. */
  volgnr: number
  /** Unique per gemeente and law. */
  nummer: number
  begin: Datum
  /** The end after all versions. */
  eind: Datum
  vanMaand: number
  totMaand: number
  /** Allocated volume per `frequentie` of the product. */
  volume: number
  versies: Versie[]
  start?: { begindatum: Datum; moment: string }
  stop?: { einddatum: Datum; reden: string; moment: string }
}

/** A moment within office hours on a day; seconds make collisions rare. */
export function moment(worp: Worp, datum: Datum): string {
  const twee = (n: number) => String(n).padStart(2, '0')
  return `${datum}T${twee(worp.tussen(8, 15))}:${twee(worp.getal(60))}:${twee(worp.getal(60))}Z`
}

/** Thousandths of the allocation that is delivered on average (verzilvering), per law. */
const VERZILVERING = { jw: 860, wmo: 840 } as const
/** An allocation is stretched when at least this share (percent) of it would be used. */
const REKBAAR = 80

interface Deel {
  van: number
  tot: number
}

/** All toewijzingen of all trajects, numbered per gemeente and law in order of first sending. */
export function makeToewijzingen(opties: Opties, trajecten: readonly Traject[]): Toewijzing[] {
  const alle = trajecten.flatMap(t => wijsToe(opties, t))
  alle.sort(
    (a, b) =>
      vergelijk(a.versies[0]?.moment ?? '', b.versies[0]?.moment ?? '') || vergelijk(a.sleutel, b.sleutel),
  )
  const teller = new Map<string, number>()
  for (const t of alle) {
    const bak = `${t.traject.gemeente}${t.traject.domein}`
    const nummer = (teller.get(bak) ?? 100_000) + 1
    teller.set(bak, nummer)
    t.nummer = nummer
  }
  return alle
}

function vergelijk(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function wijsToe(opties: Opties, t: Traject): Toewijzing[] {
  const { kalender } = opties
  const worp = new Worp(opties.seed, 'traject', t.id, 'toewijzing')
  const delen = verdeelTermijnen(t, kalender)
  const uit: { deel: Deel; verlengd: Deel[]; volume: number }[] = []
  for (const deel of delen) {
    const vorige = uit.at(-1)
    const samen = vorige && { van: vorige.deel.van, tot: deel.tot }
    if (vorige && samen && rekbaar(kalender, t, vorige.volume, deel)) {
      vorige.deel = samen
      vorige.verlengd.push(deel)
    } else {
      uit.push({ deel, verlengd: [], volume: benodigd(kalender, t, deel) })
    }
  }
  return uit.map((u, k) => bouw(opties, t, worp, u, k, k === uit.length - 1))
}

/** Terms of equal length, ending at month ends; a short rest joins the last term. */
function verdeelTermijnen(t: Traject, kalender: Kalender): Deel[] {
  const termijn = STROMEN[t.stroom].termijn
  const delen: Deel[] = []
  for (let van = t.start; van <= Math.min(t.eind, kalender.maanden - 1); ) {
    let tot = Math.min(t.eind, van + termijn - 1)
    if (t.eind - tot <= 1) tot = t.eind
    delen.push({ van, tot })
    van = tot + 1
  }
  return delen
}

function volumes(t: Traject, deel: Deel): { m: number; v: number }[] {
  const uit: { m: number; v: number }[] = []
  for (let m = deel.van; m <= deel.tot; m++) {
    const v = t.volume[m]
    if (v !== undefined) uit.push({ m, v })
  }
  return uit
}

/** The allocated volume that fits what will be delivered, with the usual slack. Grondslag: TR321, TR322, IV077. */
function benodigd(kalender: Kalender, t: Traject, deel: Deel): number {
  const maanden = volumes(t, deel)
  const som = maanden.reduce((a, x) => a + x.v, 0)
  const deelfactor = VERZILVERING[t.domein]
  const { frequentie, eenheid } = t.product
  if (frequentie === 6) {
    // A term that runs past the region's last month is allocated for its whole length.
    const heel = Math.ceil((som * (deel.tot - deel.van + 1)) / Math.max(1, maanden.length))
    return Math.max(1, Math.ceil((heel * 1000) / deelfactor))
  }
  if (frequentie === 2) {
    const weken = maanden.map(({ m }) => {
      const { begin, eind } = maandDeel(kalender, t, m)
      return wekenGeraakt(begin, eind)
    })
    const piek = Math.max(1, ...maanden.map(({ v }, i) => Math.ceil(v / (weken[i] ?? 1))))
    const { begin } = maandDeel(kalender, t, deel.van)
    const { eind } = maandDeel(kalender, t, maanden.at(-1)?.m ?? deel.van)
    const termijn = wekenGeraakt(begin, eind)
    if (t.stroom === 'H') return Math.max(t.weekuren, piek, Math.ceil(som / termijn))
    return Math.max(piek, Math.ceil(som / termijn), Math.round((som * 1000) / termijn / deelfactor))
  }
  const piek = Math.max(1, ...maanden.map(x => x.v))
  const ruim = Math.round((som * 1000) / Math.max(1, maanden.length) / deelfactor)
  return Math.max(piek, eenheid === '14' ? Math.min(31, ruim) : ruim)
}

/** Whether the next term fits the running allocation: then the end date is stretched. Grondslag: OP380. */
function rekbaar(kalender: Kalender, t: Traject, volume: number, volgend: Deel): boolean {
  if (t.product.frequentie === 6) return false
  const nodig = benodigd(kalender, t, volgend)
  return nodig <= volume && nodig * 100 >= volume * REKBAAR
}

function bouw(
  opties: Opties,
  t: Traject,
  worp: Worp,
  u: { deel: Deel; verlengd: Deel[]; volume: number },
  volgnr: number,
  laatste: boolean,
): Toewijzing {
  const { kalender } = opties
  const begin = volgnr === 0 ? kalender.dag(t.start, t.startDag) : kalender.begin(u.deel.van)
  const stoptZelf = laatste && u.deel.tot === t.eind
  const eind = stoptZelf ? kalender.dag(t.eind, t.eindDag) : kalender.eind(u.deel.tot)
  const eersteEind = u.verlengd[0] ? plus(kalender.begin(u.verlengd[0].van), -1) : eind
  // Known beforehand for running care, usually some days ahead, sometimes granted afterwards.
  const vooraf =
    t.lopend && volgnr === 0
      ? worp.tussen(5, 30)
      : volgnr > 0
        ? worp.tussen(5, 20)
        : worp.kans(120)
          ? -worp.tussen(1, 8)
          : worp.tussen(1, 20)
  const versies: Versie[] = [{ moment: moment(worp, plus(begin, -vooraf)), eind: eersteEind }]
  u.verlengd.forEach((deel, i) => {
    const nieuwEind = u.verlengd[i + 1] ? kalender.eind(deel.tot) : eind
    versies.push({
      moment: moment(worp, plus(kalender.begin(deel.van), -worp.tussen(4, 25))),
      eind: nieuwEind,
      reden: '04',
    })
  })
  const toewijzing: Toewijzing = {
    sleutel: `${t.id}/${String(volgnr).padStart(2, '0')}`,
    traject: t,
    volgnr,
    nummer: 0,
    begin,
    eind,
    vanMaand: u.deel.van,
    totMaand: u.deel.tot,
    volume: ruimGenoeg(kalender, t, u.deel, u.volume, begin, eind),
    versies,
  }
  meldStartEnStop(toewijzing, worp, stoptZelf)
  if (stoptZelf && toewijzing.stop && VOORTIJDIG.has(toewijzing.stop.reden)) verkort(toewijzing, worp)
  return toewijzing
}

/** A stretched weekly allocation also holds over its whole term. Grondslag: TR322, IV077. */
function ruimGenoeg(
  kalender: Kalender,
  t: Traject,
  deel: Deel,
  volume: number,
  begin: Datum,
  eind: Datum,
): number {
  if (t.product.frequentie !== 2) return volume
  const som = volumes(t, deel).reduce((a, x) => a + x.v, 0)
  const tot = eind > kalender.eind(kalender.maanden - 1) ? kalender.eind(kalender.maanden - 1) : eind
  return Math.max(volume, Math.ceil(som / wekenGeraakt(begin, tot)))
}

/** Stop codes before the planned end, with the RedenWijziging of the shortening. */
const VOORTIJDIG = new Map([
  ['21', '05'],
  ['22', '05'],
  ['23', '05'],
  ['32', '05'],
  ['33', '05'],
  ['34', '05'],
  ['02', '02'],
  ['38', '09'],
  ['39', '06'],
])
const STOPREDENEN = {
  jw: [
    ['31', 820],
    ['32', 60],
    ['33', 25],
    ['34', 55],
    ['35', 15],
    ['38', 20],
    ['39', 4],
    ['02', 1],
  ],
  wmo: [
    ['19', 780],
    ['21', 60],
    ['22', 25],
    ['23', 55],
    ['31', 15],
    ['38', 25],
    ['39', 25],
    ['02', 15],
  ],
} as const

function meldStartEnStop(t: Toewijzing, worp: Worp, stoptZelf: boolean): void {
  const { domein } = t.traject
  const verschoven = t.volgnr === 0 && !t.traject.lopend ? Math.min(worp.getal(4), 3) : 0
  const begindatum = plus(t.begin, verschoven) > t.eind ? t.begin : plus(t.begin, verschoven)
  const redenen = STOPREDENEN[domein]
  const reden = stoptZelf
    ? (redenen[worp.gewogen(redenen.map(r => r[1]))]?.[0] ?? '')
    : domein === 'jw'
      ? '31'
      : '19'
  const gemeld = moment(worp, plus(begindatum, worp.tussen(0, 6)))
  const eerste = t.versies[0]?.moment ?? ''
  const startMoment = gemeld > eerste ? gemeld : moment(worp, plus(eerste.slice(0, 10), worp.tussen(1, 4)))
  const stopMoment = moment(worp, plus(t.eind, worp.tussen(1, 5)))
  const mist = worp.getal(1000)
  if (mist >= 20) t.start = { begindatum, moment: startMoment }
  if (mist >= 40) {
    t.stop = {
      einddatum: t.eind,
      reden,
      moment: stopMoment > startMoment ? stopMoment : `${startMoment.slice(0, 17)}59Z`,
    }
  }
}

/** The last version was sent with a later end; the gemeente shortens it when the stop is known (OP258). */
function verkort(t: Toewijzing, worp: Worp): void {
  const laatste = t.versies.at(-1)
  if (!laatste || !t.stop) return
  const gepland = plus(t.eind, worp.tussen(20, 120))
  laatste.eind = gepland
  const dag = plus(t.eind, worp.tussen(0, 3))
  const bericht = moment(worp, dag)
  const na = bericht > laatste.moment ? bericht : moment(worp, plus(laatste.moment.slice(0, 10), 1))
  t.versies.push({ moment: na, eind: t.eind, reden: VOORTIJDIG.get(t.stop.reden) ?? '05' })
}
