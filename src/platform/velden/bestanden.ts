import { Type } from 'typebox'
import type { Basis, Veld } from './veld.ts'

/**
 * One or more files (`meer`), by their names: what is in them is read where they are taken in (`readUploads`). `soorten` are the
 * ends of a name that may be sent, '.json'; `max` what all of them may hold together, in bytes. A browser never gives a file back,
 * so that after a refusal it is chosen again.
 */
export function bestand(
  v: Basis<true> & { kies: string; soorten: readonly string[]; max: number; meer?: boolean },
): Veld<string[]> {
  const { kies, soorten, max, meer = false, ...basis } = v
  const mag = soorten.join(' of ')
  const isGoed = (naam: string) => soorten.some(einde => naam.toLowerCase().endsWith(einde))
  return {
    ...basis,
    soort: 'bestand',
    bestand: { soorten, max, meer },
    kop: v.kop ?? v.label,
    verplicht: true,
    vorm: `${meer ? 'een of meer bestanden' : 'een bestand'} (${mag})`,
    read(namen) {
      const anders = namen.filter(naam => !isGoed(naam))
      const meldingen = anders.map(naam => `‘${naam}’ kan hier niet: kies een bestand dat eindigt op ${mag}.`)
      if (namen.length === 0) meldingen.push(kies)
      if (namen.length > 1 && !meer) meldingen.push('Kies één bestand.')
      return meldingen.length > 0 ? { meldingen } : { waarde: [...namen] }
    },
    type: () => [],
    zeg: namen => (namen.length === 0 ? null : namen.join(', ')),
    schema: Type.Array(
      Type.Refine(Type.String(), naam => isGoed(naam as string)),
      { minItems: 1, ...(meer ? {} : { maxItems: 1 }) },
    ),
  }
}
