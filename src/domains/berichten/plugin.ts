import type { App } from '../../platform/http/server.ts'
import { registerBerichtPages } from './bericht/pages.tsx'
import { registerVerkeerPages } from './verkeer/pages.tsx'

/** Registers the pages and the API of the message traffic. */
export function registerBerichten(app: App): void {
  registerVerkeerPages(app)
  registerBerichtPages(app)
}
