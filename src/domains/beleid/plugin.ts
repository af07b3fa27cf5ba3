import type { App } from '../../platform/http/server.ts'
import { registerHulpmiddelen } from './hulpmiddelen.ts'

/** The pages of beleid. */
export function registerBeleid(app: App): void {
  registerHulpmiddelen(app)
}
