import type { App } from '../../platform/http/server.ts'

/** Registers the pages and the API of the message traffic. */
export function registerBerichten(_app: App): void {}
