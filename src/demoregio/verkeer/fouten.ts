import { lastOfMonth } from '../../platform/dates.ts'
import { plus, wekenGeraakt } from '../basis/kalender.ts'
import { PRODUCTEN } from '../basis/preset.ts'
import type { Worp } from '../basis/willekeur.ts'
import type { Opties } from '../zorg/zorgverloop.ts'
import { type Afwijking, type Foutsoort, metVolume, type Regel, referentie } from './regel.ts'
import type { Toewijzing } from './toewijzen.ts'

interface Vraag {
  opties: Opties
  toewijzing: Toewijzing
  goed: Regel
  worp: Worp
  vorige: string | undefined
}

const KANSEN: readonly (readonly [Foutsoort, number])[] = [
  ['tarief', 22],
  ['volume', 20],
  ['voor-begin', 8],
  ['na-eind', 8],
  ['onbekend', 9],
  ['eenheid', 6],
  ['code', 6],
  ['referentie', 5],
  ['bedrag', 4],
  ['periode', 4],
  ['bsn', 3],
  ['dubbel', 5],
]

/** A wrong version of a line; when the drawn kind is not possible for it, a wrong number of the toewijzing. */
export function chooseFout(vraag: Vraag): Regel {
  const soort = KANSEN[vraag.worp.gewogen(KANSEN.map(k => k[1]))]?.[0] ?? 'onbekend'
  return maak(vraag, soort) ?? onbekend(vraag)
}

function onbekend({ toewijzing, goed }: Vraag): Regel {
  return {
    ...goed,
    afwijking: { soort: 'onbekend', regels: ['TR338'], nummer: toewijzing.nummer + 500_000_000 },
  }
}

function maak(vraag: Vraag, soort: Foutsoort): Regel | undefined {
  const { opties, toewijzing, goed, worp } = vraag
  const { product } = toewijzing.traject
  const { kalender } = opties
  const met = (regels: readonly string[], meer: Partial<Afwijking> = {}): Afwijking => ({
    soort,
    regels,
    ...meer,
  })
  switch (soort) {
    case 'tarief': {
      if (goed.tarief === null) return undefined
      const tarief = goed.tarief + worp.tussen(1, 9) * (worp.kans(700) ? 1 : -1)
      return { ...goed, tarief, bedrag: goed.volume * tarief, afwijking: met(['TR418']) }
    }
    case 'volume':
      return {
        ...metVolume(goed, ruimte(toewijzing, goed) + worp.tussen(1, 5)),
        afwijking: met(['TR321', 'TR322']),
      }
    case 'voor-begin': {
      if (toewijzing.vanMaand === 0) return undefined
      const begin = kalender.begin(toewijzing.vanMaand - 1)
      return { ...goed, begin, eind: lastOfMonth(begin), afwijking: met(['TR307']) }
    }
    case 'na-eind': {
      // The first month after the end, if it is over by the time the line is sent with the last month's line.
      if (goed.maand !== toewijzing.totMaand || goed.eind === lastOfMonth(goed.eind)) return undefined
      return { ...goed, eind: lastOfMonth(goed.eind), afwijking: met(['TR308', 'TR388']) }
    }
    case 'eenheid': {
      if (goed.tarief === null) return undefined
      return { ...goed, afwijking: met(['TR341'], { eenheid: product.eenheid === '04' ? '16' : '04' }) }
    }
    case 'code': {
      const ander = PRODUCTEN.find(
        p => p.wet === product.wet && p.categorie === product.categorie && p.code !== product.code,
      )
      return ander && { ...goed, afwijking: met(['TR340'], { code: ander.code }) }
    }
    case 'referentie':
      return vraag.vorige === undefined
        ? undefined
        : { ...goed, ref: vraag.vorige, afwijking: met(['TR314']) }
    case 'bedrag':
      return goed.tarief === null
        ? undefined
        : { ...goed, bedrag: goed.bedrag + worp.tussen(1, 999), afwijking: met(['TR346']) }
    case 'periode':
      if (goed.begin.slice(8) !== '01' || goed.begin === toewijzing.begin || goed.eind <= plus(goed.begin, 1))
        return undefined
      return { ...goed, begin: plus(goed.begin, 1), afwijking: met(['TR387']) }
    case 'bsn':
      return { ...goed, afwijking: met(['TR304'], { bsn: worp.getal(100) }) }
    case 'dubbel':
      return { ...goed, ref: referentie(opties, toewijzing, goed.maand, 'X'), afwijking: met(['TR389']) }
    case 'onbekend':
      return onbekend(vraag)
  }
}

/** Most that the toewijzing allows in the period of the line. Grondslag: TR321, TR322, IV077. */
function ruimte(t: Toewijzing, regel: Regel): number {
  if (t.traject.product.frequentie !== 2) return t.volume
  const weken = wekenGeraakt(regel.begin, regel.eind)
  // Household help may use up to six weeks in one period.
  return t.volume * (t.traject.stroom === 'H' ? Math.max(6, weken) : weken)
}
