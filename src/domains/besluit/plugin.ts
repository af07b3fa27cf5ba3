import type { App } from '../../platform/http/server.ts'
import type { Bijzonder } from '../doorloop/index.ts'
import { adopt, layBefore, listBlokkades, listOnaf } from './blad/actions.ts'
import { registerBladPages } from './blad/pages.tsx'
import { registerVergelijkPage } from './blad/vergelijk.tsx'

export { loadBeleidstart } from './start/beleidstart.tsx'

/** What laying a run before college and raad, and adopting it, means here. */
export const BESLUITSTAPPEN: Bijzonder = {
  'leg-voor': {
    doe: (request, doorloopId, invoer) => layBefore(request.ctx, doorloopId, invoer),
    beletsels: listBlokkades,
  },
  'stel-vast': {
    doe: (request, doorloopId, invoer) => adopt(request.ctx, doorloopId, invoer),
    beletsels: listOnaf,
  },
}

/** The sheet of conclusions, and comparing two. */
export function registerBesluit(app: App): void {
  registerBladPages(app)
  registerVergelijkPage(app)
}
