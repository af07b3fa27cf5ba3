import { isDeepStrictEqual } from 'node:util'
import { veldenVan } from '../velden/formulier.ts'

/** True when two rows say the same, field by field, or neither is there. A list is the same in any order: it stands in that of what it names. */
export function isSameRow({ velden }: { velden: object }, een: object | null, ander: object | null): boolean {
  if (een === null || ander === null) return een === ander
  return veldenVan(velden).every(([naam]) => isDeepStrictEqual(contentOf(een, naam), contentOf(ander, naam)))
}

function contentOf(rij: object, naam: string): unknown {
  const waarde = (rij as Record<string, unknown>)[naam] ?? null
  return Array.isArray(waarde) ? waarde.toSorted() : waarde
}
