import { CODELIJSTEN, type Codelijst } from './codelijsten.ts'
import { DATATYPEN, type Datatype } from './datatypen.ts'
import type { Domein } from './structuur.ts'

/** Names in plain Dutch for codes and elements, so that a page can show a message. */

const landen = new Intl.DisplayNames('nl', { type: 'region' })

/**
 * The label of a code under a law: `codeNaam('jw', 'RedenBeeindiging', '36')`. `soort` is the name of the
 * simple type without LDT_. Answers the code itself where there is no label.
 */
export function codeNaam(domein: Domein, soort: string, code: string): string {
  const lijst = codelijst(domein, `LDT_${soort}`)
  if (lijst === undefined || !(code in CODELIJSTEN[lijst])) return code
  if (lijst === 'COD032') return landen.of(code) ?? code
  return new Map(Object.entries<string>(CODELIJSTEN[lijst])).get(code) ?? code
}

/** The code list behind a simple type of the model ('LDT_Eenheid'), or undefined. */
export function codelijst(domein: Domein, type: string): Codelijst | undefined {
  const datatype: Datatype | undefined = new Map<string, Datatype>(Object.entries(DATATYPEN)).get(type)
  if (datatype?.soort !== 'code') return undefined
  return typeof datatype.lijst === 'string' ? datatype.lijst : datatype.lijst[domein]
}

/** Elements whose name does not speak for itself once it is split into words. */
const ELEMENTNAMEN: Readonly<Record<string, string>> = {
  Bsn: 'Burgerservicenummer',
  Client: 'Cliënt',
  Clienten: 'Cliënten',
  Emailadres: 'E-mailadres',
  RedenBeeindiging: 'Reden beëindiging',
  Soort: 'Soort',
  Telefoon01: 'Eerste telefoon',
  Telefoon02: 'Tweede telefoon',
  TeWijzigenProducten: 'Te wijzigen producten',
  Volgorde: 'Volgorde van benaderen',
}

/** 'ToewijzingNummer' → 'Toewijzing nummer': the name of an element for a reader. */
export function elementNaam(element: string): string {
  const eigen = new Map(Object.entries(ELEMENTNAMEN)).get(element)
  if (eigen !== undefined) return eigen
  const woorden = element.replace(
    /([a-z])([A-Z])/g,
    (_, voor: string, na: string) => `${voor} ${na.toLowerCase()}`,
  )
  return woorden.charAt(0).toUpperCase() + woorden.slice(1)
}
