import type { App } from '../../platform/http/server.ts'
import { registerContractenPages } from './inzien/pages.tsx'

export { toonContracten } from './inzien/bij-aanbieder.tsx'

/** The pages of contracten. */
export function registerContracten(app: App): void {
  registerContractenPages(app)
}
