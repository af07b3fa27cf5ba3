import { formNames, type Invoer, type Keuzes, tryGegevens, veldenVan } from './formulier.ts'

/** A part of a long form that is asked on a page of its own: one subject. */
export interface Groep<V> {
  /** In the address of its page. */
  naam: string
  kop: string
  velden: readonly (keyof V & string)[]
}

/** How far a part is; `leeg` may stay so. */
export type Groepstaat = 'klaar' | 'open' | 'leeg'

/** The fields of one part. */
export function fieldsOf<V extends object>(velden: V, groep: Groep<V>): Partial<V> {
  const namen: readonly string[] = groep.velden
  return Object.fromEntries(veldenVan(velden).filter(([naam]) => namen.includes(naam))) as Partial<V>
}

/** The faults of what is filled in that stand in this part. */
export function faultsOf<V extends object>(velden: V, groep: Groep<V>, invoer: Invoer, keuzes: Keuzes) {
  const eigen = new Set(veldenVan(fieldsOf(velden, groep)).flatMap(([naam, veld]) => formNames(naam, veld)))
  return tryGegevens(velden, invoer, { keuzes }).fouten.filter(({ pad }) => eigen.has(pad))
}

/** How far a part is, by all that is filled in. */
export function stateOf<V extends object>(
  velden: V,
  groep: Groep<V>,
  invoer: Invoer,
  keuzes: Keuzes,
): Groepstaat {
  if (faultsOf(velden, groep, invoer, keuzes).length > 0) return 'open'
  const ingevuld = groep.velden.some(naam => (invoer[naam] ?? []).some(tekst => tekst.trim() !== ''))
  return ingevuld ? 'klaar' : 'leeg'
}

/**
 * Throws when a field stands in no part, or in more than one, so that it would never be asked, or asked twice; or apart from the
 * field that it hangs on.
 */
export function checkGroepen<V extends object>(velden: V, groepen: readonly Groep<V>[]): void {
  const gedeeld = groepen.flatMap(groep => groep.velden).sort()
  const alle = veldenVan(velden).map(([naam]) => naam)
  if (gedeeld.join() !== alle.toSorted().join())
    throw new Error(`the parts of this form hold ${gedeeld.join(', ')}, and it has ${alle.join(', ')}`)
  for (const groep of groepen)
    for (const [naam, { alleenBij }] of veldenVan(fieldsOf(velden, groep)))
      if (alleenBij !== undefined && !(groep.velden as readonly string[]).includes(alleenBij.veld))
        throw new Error(`${naam} hangs on ${alleenBij.veld}, which stands in another part`)
}
