import type { App } from '../../platform/http/server.ts'
import { registerDeclaratiePage } from './inzien/blad.tsx'
import { registerDeclaratiesPages } from './inzien/pages.tsx'

/** The pages of declaraties and betalingen. */
export function registerDeclaraties(app: App): void {
  registerDeclaratiesPages(app)
  registerDeclaratiePage(app)
}
