import type { App } from '../../platform/http/server.ts'

/** The pages of beleid. */
export function registerBeleid(_app: App): void {}
