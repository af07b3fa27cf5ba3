import { isDatum } from '../../../platform/dates.ts'
import type { Kwadrant, Methode, Vraag } from './schema.ts'

export type {
  JuridischeRegel,
  Kwadrant,
  Methode,
  Patroon,
  Raakt,
  Risico,
  Vraag,
  Werkvorm,
} from './schema.ts'

/** A question with the quadrant it stands in. */
export interface GeplaatsteVraag {
  kwadrant: Kwadrant
  vraag: Vraag
}

/** All questions in the order of the method: the WAT before the HOE. */
export function listVragen(methode: Methode): GeplaatsteVraag[] {
  return methode.kwadranten.flatMap(kwadrant => kwadrant.vragen.map(vraag => ({ kwadrant, vraag })))
}

export function findVraag(methode: Methode, code: string): GeplaatsteVraag | undefined {
  return listVragen(methode).find(({ vraag }) => vraag.code === code)
}

/**
 * What is wrong with a method that has the right form: codes that occur twice, a HOE before the WAT (004 chapter 3: the
 * order is binding), a legal rule about a mark or of a day that does not exist. Empty means that it can be used.
 */
export function checkMethode(methode: Methode): string[] {
  const fouten: string[] = []
  const uniek = (wat: string, codes: readonly string[]) => {
    const dubbel = codes.filter((code, i) => codes.indexOf(code) !== i)
    for (const code of new Set(dubbel)) fouten.push(`${wat}: de code ${code} staat er meer dan één keer.`)
  }
  uniek(
    'kwadranten',
    methode.kwadranten.map(k => k.code),
  )
  uniek(
    'vragen',
    listVragen(methode).map(({ vraag }) => vraag.code),
  )
  uniek(
    'randvoorwaarden',
    methode.kwadranten.flatMap(k => k.randvoorwaarden.map(r => r.code)),
  )
  const lijsten = {
    'cirkel.domeinen': methode.cirkel.domeinen,
    'cirkel.ringen': methode.cirkel.ringen,
    'risicomatrix.groepen': methode.risicomatrix.groepen,
    'risicomatrix.factoren': methode.risicomatrix.factoren,
    'verschuiving.rollen': methode.verschuiving.rollen,
    knoppen: methode.knoppen,
    'instrumentmix.criteria': methode.instrumentmix.criteria,
    'instrumentmix.instrumenten': methode.instrumentmix.instrumenten,
    kenmerken: methode.kenmerken,
    juridisch: methode.juridisch,
    patronen: methode.patronen,
  }
  for (const [wat, rijen] of Object.entries(lijsten))
    uniek(
      wat,
      rijen.map(rij => rij.code),
    )
  const fasen = methode.kwadranten.map(k => k.fase)
  if (fasen.indexOf('wat') < 0 || fasen.lastIndexOf('wat') > fasen.indexOf('hoe'))
    fouten.push('kwadranten: zet het wat voor het hoe, en neem van beide minstens één kwadrant op.')
  const kenmerken = new Set(methode.kenmerken.map(k => k.code))
  for (const regel of methode.juridisch) {
    if (!isDatum(regel.datum)) fouten.push(`juridisch ${regel.code}: de dag ${regel.datum} bestaat niet.`)
    if (regel.als.kenmerk !== undefined && !kenmerken.has(regel.als.kenmerk))
      fouten.push(`juridisch ${regel.code}: het kenmerk ${regel.als.kenmerk} bestaat niet.`)
  }
  const { instrumenten = [], rijen = [] } = methode.instrumentvergelijking ?? {}
  for (const rij of rijen)
    if (rij.waarden.length !== instrumenten.length)
      fouten.push(
        `instrumentvergelijking ${rij.kenmerk}: er zijn ${instrumenten.length} instrumenten en ${rij.waarden.length} waarden.`,
      )
  return fouten
}
