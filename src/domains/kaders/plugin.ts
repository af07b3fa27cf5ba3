import type { App } from '../../platform/http/server.ts'
import { registerVraag } from './doelbinding/pages.tsx'
import { registerVraagRoute } from './doelbinding/routes.ts'
import { registerGegevens } from './gegevens/pages.tsx'
import { registerOpstellen } from './opstellen/pages.tsx'
import { registerRegister } from './uitwisseling/pages.tsx'
import { registerWeging } from './uitwisseling/stappen.tsx'

/** The pages of kaders. */
export function registerKaders(app: App): void {
  for (const register of UITWISSELING) register(app)
}

const UITWISSELING = [
  registerRegister,
  registerVraag,
  registerVraagRoute,
  registerGegevens,
  registerOpstellen,
  registerWeging,
]
