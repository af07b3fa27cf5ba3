import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../../platform/db/tables.ts'
import type { Ctx } from '../../platform/http/ctx.ts'
import type { Presetlader } from './bereik/preset.ts'
import { doelenboomPreset } from './doelen/preset.ts'
import { interventiesPreset } from './interventies/preset.ts'
import { opgavenPreset } from './opgaven/preset.ts'
import { reikwijdtePreset } from './reikwijdte/preset.ts'

export type { Geladen, Presetlader } from './bereik/preset.ts'

/** The files of a preset that kaders can load. */
export const KADERPRESETS: readonly Presetlader[] = [
  doelenboomPreset,
  opgavenPreset,
  interventiesPreset,
  reikwijdtePreset,
]

/** What the demonstration shows, by folder under `regio/`. */
const DEMONSTRATIE = [
  ['achterhoek', 'doelenboom.json'],
  ['zuidoost-utrecht', 'doelenboom.json'],
  ['zuidoost-utrecht', 'opgaven.json'],
  ['leidschendam-voorburg', 'interventies.json'],
  ['zuidoost-utrecht', 'reikwijdte.json'],
] as const

/**
 * Policy for the demonstration region, from the presets in `regiomap` (the folder `regio`). What is there already is left
 * as it is, so that running twice changes nothing.
 */
export async function seedKaders(ctx: Ctx, regiomap: string): Promise<void> {
  for (const [map, bestand] of DEMONSTRATIE) {
    const lader = KADERPRESETS.find(preset => preset.bestand === bestand)
    await lader?.laad(ctx, JSON.parse(readFileSync(join(regiomap, map, bestand), 'utf8')))
  }
  await ctx.write(givePeople)
}

/** The people of the demonstration take up what nobody has: assignments and their actions, by role. */
async function givePeople(tx: Tx): Promise<void> {
  const persoon = (rol: RawBuilder<unknown>) => sql`(
    select gebruiker_id from platform.gebruiker where demonstratie and actief and rol = ${rol} order by 1 limit 1)`
  await sql`update kaders.opgave set trekker = ${persoon(sql`'beleidsadviseur'`)}
    where sleutel is not null and versie = 1 and trekker is null`.execute(tx)
  await sql`update kaders.opgave_actie a set eigenaar = ${persoon(
    sql`case a.hefboom when 'toegang' then 'consulent' when 'inkoop' then 'inkoopadviseur' else 'beleidsadviseur' end`,
  )} where a.door is null and a.versie = 1 and a.eigenaar is null`.execute(tx)
}
