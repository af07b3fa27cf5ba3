import type { App } from '../../platform/http/server.ts'
import { registerAanleverPages } from './aanleveren/pages.tsx'
import { registerAanleverRoutes } from './aanleveren/routes.ts'
import { registerBerichtPages } from './bericht/pages.tsx'
import { registerBerichtRoutes } from './bericht/routes.ts'
import { registerOvernemenPages } from './overnemen/pages.tsx'
import { registerVerkeerPages } from './verkeer/pages.tsx'
import { registerVerkeerRoutes } from './verkeer/routes.ts'

/** Registers the pages and the API of the message traffic. */
export function registerBerichten(app: App): void {
  registerVerkeerPages(app)
  registerBerichtPages(app)
  registerAanleverPages(app)
  registerOvernemenPages(app)
  registerVerkeerRoutes(app)
  registerBerichtRoutes(app)
  registerAanleverRoutes(app)
}
