import type { App } from '../../platform/http/server.ts'
import { registerVraag } from './doelbinding/pages.tsx'
import { registerVraagRoute } from './doelbinding/routes.ts'
import { registerGegevens } from './gegevens/pages.tsx'
import { registerOpstellen } from './opstellen/pages.tsx'
import { registerRegister } from './register/pages.tsx'
import { registerWeging } from './register/stappen.tsx'

export { loadWegingstart, toonWegingen } from './register/elders.tsx'

/** The pages of uitwisseling, and the question that a program asks. */
export function registerUitwisseling(app: App): void {
  registerRegister(app)
  registerVraag(app)
  registerVraagRoute(app)
  registerGegevens(app)
  registerOpstellen(app)
  registerWeging(app)
}
