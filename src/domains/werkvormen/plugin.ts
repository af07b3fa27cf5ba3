import type { App } from '../../platform/http/server.ts'
import { registerCirkel } from './cirkel/pages.tsx'
import { registerKnoppen } from './draaiknoppen/pages.tsx'
import { registerInstrumenten } from './instrumenten/pages.tsx'
import { registerAantallen } from './risico/aantallen.tsx'
import { registerRisico } from './risico/pages.tsx'
import { registerVerschuiving } from './verschuiving/pages.tsx'
import { registerVoorwaarden } from './voorwaarden/pages.tsx'

/** The tools of a run: circle, matrices, map, knobs, instruments, preconditions. */
export function registerWerkvormen(app: App): void {
  registerCirkel(app)
  registerRisico(app)
  registerAantallen(app)
  registerVerschuiving(app)
  registerVoorwaarden(app)
  registerKnoppen(app)
  registerInstrumenten(app)
}
