import type { App } from '../../platform/http/server.ts'
import { registerAanbodPages } from './aanbod/pages.tsx'
import { registerThemaPages } from './aanbod/themas.tsx'
import type { Aanvulling } from './dossier/aanvulling.ts'
import { registerDossierPage } from './dossier/pages.tsx'
import { registerDossiersPages } from './register/pages.tsx'

/** The pages of dossiers; `aanvullingen` is what other domains know of one, in the order of its page. */
export function registerDossiers(app: App, aanvullingen: readonly Aanvulling[]): void {
  registerDossiersPages(app)
  registerDossierPage(app, aanvullingen)
  registerAanbodPages(app)
  registerThemaPages(app)
}
