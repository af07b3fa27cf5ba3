import { readFileSync } from 'node:fs'
import { join } from 'node:path'
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
}
