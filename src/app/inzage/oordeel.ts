import type { AuditOordeel } from '../../platform/zegel.ts'

/** What an audit of the log found, a sentence each; nothing when it is whole. */
export function explainOordeel({ gebroken, gebeurtenissen, oud, buiten, sleutels }: AuditOordeel): string[] {
  return [
    ...(gebroken === undefined
      ? []
      : [
          `Zegel ${gebroken} past niet bij wat er nu staat. Tot en met het zegel ervoor kloppen ${gebeurtenissen.toLocaleString('nl-NL')} gebeurtenissen. Daarna is iets gewijzigd, toegevoegd of verwijderd.`,
        ]),
    ...(oud?.gebroken === undefined ? [] : [`Oud zegel ${oud.gebroken} past niet bij wat er nu staat.`]),
    ...(buiten === undefined ? [] : ['Er zijn gebeurtenissen met een nummer dat nooit is uitgegeven.']),
    ...(sleutels === undefined
      ? []
      : [`De sleutel van de zegels is beschadigd (nummer ${sleutels.join(', ')}).`]),
  ]
}
