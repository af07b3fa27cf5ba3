import type { App } from '../../platform/http/server.ts'

/** The pages of kaders. */
export function registerKaders(_app: App): void {}
