import type { App } from '../../platform/http/server.ts'
import { registerScenarios } from './scenarios/pages.tsx'

/** The pages of beleid. */
export function registerBeleid(app: App): void {
  registerScenarios(app)
}
