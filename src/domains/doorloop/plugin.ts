import type { App } from '../../platform/http/server.ts'
import { registerConclusiesPages } from './conclusies/pages.tsx'
import { type Bijzonder, registerStapPages } from './doorloop/stap.tsx'
import { registerMethodePages } from './methode/pages.tsx'
import { registerOpdrachtenPages } from './opdrachten/pages.tsx'
import { registerWielPage } from './vragen/pages.tsx'
import { registerVraagPages } from './vragen/vraag.tsx'

export { toonDoorlopen } from './doorloop/bij-dossier.tsx'
export { toonOpdrachten } from './opdrachten/bij-dossier.tsx'
export { showHerkomst } from './opdrachten/herkomst.tsx'

/** The pages of a run; `bijzonder` is what a step means to another domain. */
export function registerDoorloop(app: App, bijzonder: Bijzonder): void {
  registerStapPages(app, bijzonder)
  registerWielPage(app)
  registerVraagPages(app)
  registerConclusiesPages(app)
  registerOpdrachtenPages(app)
  registerMethodePages(app)
}
