import type { App } from '../../platform/http/server.ts'
import { registerAanbodPages } from './aanbod/pages.tsx'
import { registerThemaPages } from './aanbod/themas.tsx'
import { adopt, layBefore } from './blad/actions.ts'
import { registerBladPages } from './blad/pages.tsx'
import { registerVergelijkPage } from './blad/vergelijk.tsx'
import { registerConclusiesPages } from './conclusies/pages.tsx'
import { registerStapPages } from './doorloop/stap.tsx'
import { type Aanvulling, registerDossierPage } from './dossier/pages.tsx'
import { registerDossiersPages } from './dossiers/pages.tsx'
import { registerHulpmiddelen } from './hulpmiddelen.ts'
import { registerMethodePages } from './methode/pages.tsx'
import { showHerkomst } from './opdrachten/herkomst.tsx'
import { registerOpdrachtenPages } from './opdrachten/pages.tsx'
import { registerScenarios } from './scenarios/pages.tsx'
import { registerWielPage } from './vragen/pages.tsx'
import { registerVraagPages } from './vragen/vraag.tsx'

export { loadBeleidstart } from './start/deel.tsx'
export { showHerkomst }

/** The pages of beleid; `aanvullingen` is what other domains know of a dossier. */
export function registerBeleid(app: App, aanvullingen: readonly Aanvulling[]): void {
  registerDossiersPages(app)
  registerDossierPage(app, aanvullingen)
  registerAanbodPages(app)
  registerThemaPages(app)
  registerStapPages(app, {
    'leg-voor': (request, doorloopId, invoer) => layBefore(request.ctx, doorloopId, invoer),
    'stel-vast': (request, doorloopId, invoer) => adopt(request.ctx, doorloopId, invoer),
  })
  registerWielPage(app)
  registerHulpmiddelen(app)
  registerVraagPages(app)
  registerConclusiesPages(app)
  registerBladPages(app)
  registerVergelijkPage(app)
  registerOpdrachtenPages(app)
  registerMethodePages(app)
  registerScenarios(app)
}
