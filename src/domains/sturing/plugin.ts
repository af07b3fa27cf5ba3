import type { App } from '../../platform/http/server.ts'
import { registerAanbiederlijst } from './aanbiederlijst/pages.tsx'
import { registerCijferRoutes } from './api/routes.ts'
import { type Aanvulling, registerBeeldPages } from './beeld/pages.tsx'
import { registerBronnenPage } from './bronnen/pages.tsx'

export { loadStartcijfers, type Startcijfers } from './beeld/start.tsx'
export { showPlafonds } from './plafonds/bij-aanbieder.tsx'

/** Everything of sturing that a browser or a machine can ask for; `bijSegment` is what beleid knows of a segment. */
export function registerSturing(app: App, bijSegment: Aanvulling): void {
  registerBeeldPages(app, bijSegment)
  registerAanbiederlijst(app)
  registerCijferRoutes(app)
  registerBronnenPage(app)
}
