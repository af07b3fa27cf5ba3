import type { App } from '../../../platform/http/server.ts'
import { registerInvoerPaginas, sheetPage } from '../../../platform/register/invoerpaginas.tsx'
import { TOEWIJZINGEN } from './actions.ts'

export const PAD = '/toewijzingen/overnemen'

/** Taking over what ran in an older system. */
export function registerOvernemenPages(app: App): void {
  registerInvoerPaginas(app, TOEWIJZINGEN, {
    ...sheetPage(PAD),
    titel: 'Toewijzingen overnemen',
    kruimels: [{ naam: 'Toewijzingen', href: '/toewijzingen' }],
  })
}
