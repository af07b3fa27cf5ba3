import { sql } from 'kysely'
import { addDays, formatDatumKort } from '../dates.ts'
import { listWhere } from '../db/lijst.ts'
import type { Db } from '../db/tables.ts'
import type { Wijziging } from './plan.ts'
import type { Raak } from './raakt.ts'
import { keyOf, periodeOf, type Register, type Rijgegevens, stemOf } from './register.ts'

/**
 * Why rows of one key would no longer follow on each other, where they must (`aaneen`). Asked before they are written: what leans on both
 * sides of a gap is refused by the database, that cannot say why.
 */
export async function listGaten(
  db: Db,
  register: Register,
  wijzigingen: readonly Wijziging<Rijgegevens>[],
): Promise<Pick<Raak, 'sleutel' | 'verbod'>[]> {
  if (register.aaneen !== true) return []
  const { bron } = register
  const stamVan = ({ oud, nieuw }: Wijziging<Rijgegevens>) => stemOf(register, nieuw ?? oud ?? {})
  const staat: readonly Rijgegevens[] = await listWhere(
    db,
    bron,
    sql`regexp_replace(${bron.sleutel}, '~[^~]*$', '') = any (${[...new Set(wijzigingen.map(stamVan))]}::text[])`,
  )
  const straks = new Map(staat.map(rij => [keyOf(register, rij), rij]))
  for (const { sleutel, nieuw } of wijzigingen)
    if (nieuw === null) straks.delete(sleutel)
    else straks.set(sleutel, nieuw)
  const perStam = Map.groupBy(straks.values(), rij => stemOf(register, rij))
  return wijzigingen.flatMap(wijziging => {
    const verbod = sayGap(register, perStam.get(stamVan(wijziging)) ?? [])
    return verbod === undefined ? [] : [{ sleutel: wijziging.sleutel, verbod }]
  })
}

function sayGap(register: Register, rijen: readonly Rijgegevens[]): string | undefined {
  const dagen = rijen
    .flatMap(rij => periodeOf(register, rij) ?? [])
    .sort((a, b) => (a.begin < b.begin ? -1 : 1))
  const voor = dagen.find(({ eind }, i) => {
    const volgende = dagen[i + 1]
    return volgende !== undefined && eind !== null && addDays(eind, 1) < volgende.begin
  })
  if (voor?.eind == null) return undefined
  return `Dit sluit niet aan: een deel van ${register.deze} eindigt op ${formatDatumKort(voor.eind)}, en de dag erna geldt niets. Laat het volgende de dag erna beginnen, of gebruik een nieuw nummer.`
}
