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
  const nieuwe = new Set(wijzigingen.flatMap(({ sleutel, oud }) => (oud === null ? [sleutel] : [])))
  const perStam = Map.groupBy(straks.values(), rij => stemOf(register, rij))
  return wijzigingen.flatMap(wijziging => {
    const verbod = sayGap(register, perStam.get(stamVan(wijziging)) ?? [], nieuwe)
    return verbod === undefined ? [] : [{ sleutel: wijziging.sleutel, verbod }]
  })
}

/** `nieuwe`: the keys of rows that come. What stood there already was meant, unless what it follows ends for good. */
function sayGap(
  register: Register,
  rijen: readonly Rijgegevens[],
  nieuwe: ReadonlySet<string>,
): string | undefined {
  const delen = rijen
    .flatMap(rij => {
      const periode = periodeOf(register, rij)
      return periode === undefined ? [] : [{ ...periode, nieuw: nieuwe.has(keyOf(register, rij)) }]
    })
    .sort((a, b) => (a.begin < b.begin ? -1 : 1))
  for (const [i, { eind }] of delen.entries()) {
    const volgende = delen[i + 1]
    if (volgende === undefined || eind === null || addDays(eind, 1) >= volgende.begin) continue
    const [tot, vanaf] = [formatDatumKort(eind), formatDatumKort(volgende.begin)]
    const wat = `Dit sluit niet aan: een deel van ${register.deze} eindigt op ${tot}, en het volgende begint pas op ${vanaf}.`
    const hoe = 'Laat het volgende de dag erna beginnen, of gebruik een nieuw nummer.'
    return volgende.nieuw
      ? `${wat} ${hoe}`
      : `${wat} Moet ${register.deze} op ${tot} eindigen? Wijzig dat dan op zijn bladzijde: wat er vanaf ${vanaf} staat, vervalt dan mee. Anders: laat het volgende de dag erna beginnen, of gebruik een nieuw nummer.`
  }
  return undefined
}
