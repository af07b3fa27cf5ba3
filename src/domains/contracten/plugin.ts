import type { App } from '../../platform/http/server.ts'
import { registerAanbiedersPages } from './aanbieders/pages.tsx'
import { toonContracten } from './inzien/bij-aanbieder.tsx'
import { registerContractenPages } from './inzien/pages.tsx'

/** The pages of contracten, and of providers with what was agreed with them. */
export function registerContracten(app: App): void {
  registerAanbiedersPages(app, toonContracten)
  registerContractenPages(app)
}
