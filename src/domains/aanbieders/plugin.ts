import type { App } from '../../platform/http/server.ts'
import { type Aanvulling, registerAanbiedersPages } from './inzien/pages.tsx'

/** The pages of aanbieders; `aanvulling` is what contracten knows of a provider. */
export function registerAanbieders(app: App, aanvulling: Aanvulling): void {
  registerAanbiedersPages(app, aanvulling)
}
