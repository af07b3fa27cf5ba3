import type { App } from '../../platform/http/server.ts'
import { registerBetalingenPages } from './betalen/pages.tsx'
import { registerVastleggenPages } from './betalen/vastleggen.tsx'
import { registerDeclaratiePage } from './inzien/detail.tsx'
import { registerDeclaratiesPages } from './inzien/pages.tsx'
import { registerSamenloopPages } from './samenloop/pages.tsx'

export { toonGedeclareerd } from './inzien/gedeclareerd.tsx'

/** The pages of declaraties and betalingen. */
export function registerDeclaraties(app: App): void {
  registerDeclaratiesPages(app)
  registerDeclaratiePage(app)
  registerBetalingenPages(app)
  registerVastleggenPages(app)
  registerSamenloopPages(app)
}
