import type { App } from '../../platform/http/server.ts'
import { type Aanvulling, registerAanbiedersPages } from './aanbieders/pages.tsx'
import { toonContracten } from './inzien/bij-aanbieder.tsx'
import { registerContractenPages } from './inzien/pages.tsx'

/** The pages of contracten, and of providers with what was agreed with them; `bijAanbieder` is what the figures know of one. */
export function registerContracten(app: App, bijAanbieder: Aanvulling): void {
  registerAanbiedersPages(app, { plafonds: bijAanbieder, contracten: toonContracten })
  registerContractenPages(app)
}
