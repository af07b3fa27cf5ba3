import type { App } from '../../platform/http/server.ts'
import { type Aanvulling, registerToewijzingPage } from './inzien/detail.tsx'
import { registerToewijzingenPages } from './inzien/pages.tsx'
import { registerOvernemenPages } from './overnemen/pages.ts'

/** The pages of toegang; `aanvulling` is what declaraties knows of a toewijzing. */
export function registerToegang(app: App, aanvulling: Aanvulling): void {
  registerToewijzingenPages(app)
  registerOvernemenPages(app)
  registerToewijzingPage(app, aanvulling)
}
