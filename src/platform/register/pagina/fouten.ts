import type { Celfout } from '../invoer/kolommen.ts'
import type { Rijfout } from '../plan.ts'
import { listRijen } from '../rijnummers.ts'

/** Faults that say the same, as one line: of which rows, and what stands there. */
export interface Foutregel {
  /** '3 t/m 52'; 'alle' of what is wrong with the file itself. */
  rijen: string
  kolom: string
  waarde: string
  melding: string
  verwacht: string
}

/** So many different values of one line are shown. */
const TOON = 3

/** The faults of a file as people read them, in their order: those that say the same together. */
export function groupFouten(fouten: readonly (Rijfout | Celfout)[]): Foutregel[] {
  const groepen = Map.groupBy(fouten, fout =>
    JSON.stringify([
      fout.nummer === null,
      fout.melding,
      'kolom' in fout ? [fout.kolom, fout.verwacht] : null,
    ]),
  )
  return [...groepen.values()].map(zelfde => {
    const [eerste] = zelfde as [Rijfout | Celfout]
    const nummers = zelfde.flatMap(({ nummer }) => (nummer === null ? [] : [nummer]))
    const cel = 'kolom' in eerste ? eerste : undefined
    return {
      rijen: nummers.length === 0 ? 'alle' : listRijen(nummers),
      kolom: cel?.kolom ?? (nummers.length === 0 ? 'het hele bestand' : 'de hele rij'),
      waarde: cel === undefined ? '' : sayWaarden(zelfde.map(fout => ('waarde' in fout ? fout.waarde : ''))),
      melding: eerste.melding,
      verwacht: cel?.verwacht ?? '',
    }
  })
}

function sayWaarden(waarden: readonly string[]): string {
  const alle = [...new Set(waarden.map(waarde => waarde || 'niets'))]
  const rest = alle.length - TOON
  return `${alle.slice(0, TOON).join(' / ')}${rest > 0 ? ` en nog ${rest}` : ''}`
}
