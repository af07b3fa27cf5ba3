import { plus } from '../basis/kalender.ts'
import { Worp } from '../basis/willekeur.ts'
import type { Aanbieder } from '../zorg/aanbieders.ts'
import { maandDeel, prijs } from '../zorg/volumes.ts'
import type { Opties } from '../zorg/zorgverloop.ts'
import { chooseFout } from './fouten.ts'
import { metVolume, type Regel, referentie } from './regel.ts'
import type { Toewijzing } from './toewijzen.ts'

/** Everything one provider sends to one gemeente for one law in one month. */
export interface Declaratie {
  aanbieder: number
  gemeente: number
  domein: 'jw' | 'wmo'
  /** DeclaratiePeriode: the month before it is sent. */
  maand: number
  ontvangen: string
  regels: Regel[]
}

/** Thousandths of lines per number of months later than the first possible month. */
const VERTRAGING: Record<Aanbieder['tempo'], readonly number[]> = {
  vlot: [790, 130, 30, 12, 10, 8, 8, 12],
  gemiddeld: [680, 170, 60, 25, 20, 15, 12, 18],
  traag: [450, 280, 120, 50, 35, 25, 20, 20],
}
/** Thousandths of lines that are first sent with a mistake; and sent too low, credited and corrected. */
const FOUT = 31
const CREDIT = 20

/** All declarations in the order of month, provider, gemeente and law. */
export function makeDeclaraties(
  opties: Opties,
  toewijzingen: readonly Toewijzing[],
  aanbieders: readonly Aanbieder[],
): Declaratie[] {
  const bakken = new Map<string, Declaratie>()
  const leg = (regel: Regel, maand: number) => {
    const { aanbieder, gemeente, domein } = regel.toewijzing.traject
    const sleutel = `${String(maand).padStart(3, '0')}/${String(aanbieder).padStart(3, '0')}/${gemeente}/${domein}`
    let bak = bakken.get(sleutel)
    if (!bak) {
      bak = {
        aanbieder,
        gemeente,
        domein,
        maand,
        ontvangen: ontvangst(opties, aanbieder, gemeente, domein, maand),
        regels: [],
      }
      bakken.set(sleutel, bak)
    }
    bak.regels.push(regel)
  }
  for (const t of toewijzingen) {
    for (let m = t.vanMaand; m <= t.totMaand; m++) {
      if ((t.traject.volume[m] ?? 0) > 0)
        declareer(opties, t, m, aanbieders[t.traject.aanbieder]?.tempo ?? 'vlot', leg)
    }
  }
  return [...bakken].sort((a, b) => (a[0] < b[0] ? -1 : 1)).map(([, d]) => d)
}

function ontvangst(
  opties: Opties,
  aanbieder: number,
  gemeente: number,
  domein: string,
  maand: number,
): string {
  const worp = new Worp(opties.seed, 'declaratie', aanbieder, `${domein}${gemeente}/${maand}`)
  const twee = (n: number) => String(n).padStart(2, '0')
  // After the fifth, when the last 301 over the month is in; before the 21st.
  const dag = plus(opties.kalender.begin(maand + 1), 5 + worp.getal(15))
  return `${dag}T${twee(worp.tussen(8, 15))}:${twee(worp.getal(60))}:${twee(worp.getal(60))}Z`
}

/** Months of delay of the first line over a month; the same answer whenever it is asked. */
export function vertraging(opties: Opties, t: Toewijzing, m: number, tempo: Aanbieder['tempo']): number {
  return new Worp(opties.seed, 'regel', `${t.sleutel}/${m}`, 'vertraging').gewogen(VERTRAGING[tempo])
}

function declareer(
  opties: Opties,
  t: Toewijzing,
  m: number,
  tempo: Aanbieder['tempo'],
  leg: (regel: Regel, maand: number) => void,
): void {
  const goed = goedeRegel(opties, t, m, 'A')
  const later = vertraging(opties, t, m, tempo)
  const worp = lotVan(opties, t, m)
  const lot = worp.getal(1000)
  if (lot < FOUT) {
    const fout = chooseFout({
      opties,
      toewijzing: t,
      goed,
      worp,
      vorige: vorigeRef(opties, t, m, later, tempo),
    })
    if (fout.afwijking?.soort === 'dubbel') {
      leg(goed, m + later)
      leg(fout, m + later + 1)
    } else {
      leg(fout, m + later)
      leg({ ...goed, ref: referentie(opties, t, m, 'B') }, m + later + 1)
    }
    return
  }
  const minder = goed.tarief === null ? Math.floor(goed.volume / 10) : Math.ceil(goed.volume / 8)
  if (lot < FOUT + CREDIT && minder > 0 && goed.volume - minder > 0) {
    const laag = metVolume(goed, goed.volume - minder)
    leg(laag, m + later)
    leg({ ...laag, credit: true, ref: referentie(opties, t, m, 'C'), vorige: laag.ref }, m + later + 2)
    leg({ ...goed, ref: referentie(opties, t, m, 'D') }, m + later + 2)
    return
  }
  leg(goed, m + later)
}

/** Draws what happens to the line over month `m`: the first number decides between wrong, credited and good. */
function lotVan(opties: Opties, t: Toewijzing, m: number): Worp {
  return new Worp(opties.seed, 'regel', `${t.sleutel}/${m}`, 'lot')
}

/** The reference of the line over the month before, when it certainly was sent in an earlier message. */
function vorigeRef(
  opties: Opties,
  t: Toewijzing,
  m: number,
  later: number,
  tempo: Aanbieder['tempo'],
): string | undefined {
  if (m - 1 < t.vanMaand || (t.traject.volume[m - 1] ?? 0) === 0) return undefined
  // A line that was wrong itself may never have carried its own reference.
  if (lotVan(opties, t, m - 1).getal(1000) < FOUT) return undefined
  return m - 1 + vertraging(opties, t, m - 1, tempo) < m + later
    ? referentie(opties, t, m - 1, 'A')
    : undefined
}

/** The line as it should be: month clipped to the toewijzing, volume × contract tarief. Grondslag: IV089, TR346. */
function goedeRegel(opties: Opties, t: Toewijzing, m: number, letter: string): Regel {
  const { begin, eind } = maandDeel(opties.kalender, t.traject, m)
  const volume = t.traject.volume[m] ?? 0
  const { product } = t.traject
  const p = prijs(opties.tarieven, product, Math.floor(m / 12))
  return {
    toewijzing: t,
    maand: m,
    begin,
    eind,
    volume,
    tarief: product.tarief === null ? null : p,
    bedrag: volume * p,
    credit: false,
    ref: referentie(opties, t, m, letter),
  }
}
