import type { App } from '../../platform/http/server.ts'
import { registerDoelen } from './doelen/pages.tsx'
import { registerInterventies } from './interventies/pages.tsx'
import { registerOpgaven } from './opgaven/pages.tsx'
import { registerReikwijdte } from './reikwijdte/pages.tsx'

/** The pages of kaders. */
export function registerKaders(app: App): void {
  registerDoelen(app)
  registerOpgaven(app)
  registerInterventies(app)
  registerReikwijdte(app)
}
