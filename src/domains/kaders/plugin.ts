import type { App } from '../../platform/http/server.ts'
import { registerVraag } from './doelbinding/pages.tsx'
import { registerVraagRoute } from './doelbinding/routes.ts'
import { registerDoelenBewerken } from './doelen/bewerken.tsx'
import { registerDoelen } from './doelen/pages.tsx'
import { registerGegevens } from './gegevens/pages.tsx'
import { registerInterventiesBewerken } from './interventies/bewerken.tsx'
import { registerInterventies } from './interventies/pages.tsx'
import { registerOpgavenBewerken } from './opgaven/bewerken.tsx'
import { registerOpgaven } from './opgaven/pages.tsx'
import { registerOpstellen } from './opstellen/pages.tsx'
import { registerReikwijdteBewerken } from './reikwijdte/bewerken.tsx'
import { registerReikwijdte } from './reikwijdte/pages.tsx'
import { registerRegister } from './uitwisseling/pages.tsx'
import { registerWeging } from './uitwisseling/stappen.tsx'

export { toonWegingen } from './uitwisseling/bij-dossier.tsx'
export { loadWegingstart } from './uitwisseling/start.tsx'

/** The pages of kaders. */
export function registerKaders(app: App): void {
  registerDoelen(app)
  registerDoelenBewerken(app)
  registerOpgaven(app)
  registerOpgavenBewerken(app)
  registerInterventies(app)
  registerInterventiesBewerken(app)
  registerReikwijdte(app)
  registerReikwijdteBewerken(app)
  registerRegister(app)
  registerVraag(app)
  registerVraagRoute(app)
  registerGegevens(app)
  registerOpstellen(app)
  registerWeging(app)
}
