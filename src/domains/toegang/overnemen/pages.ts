import type { App } from '../../../platform/http/server.ts'
import { registerInvoerRoutes } from '../../../platform/register/invoer/invoerroutes.ts'
import { registerInvoerPaginas, sheetPage } from '../../../platform/register/pagina/invoerpaginas.tsx'
import { TOEWIJZINGEN } from './actions.ts'
import { VERWIJZINGEN } from './verwijzingen.ts'

export const PAD = '/toewijzingen/overnemen'

export const VERWIJZINGEN_PAD = '/toewijzingen/verwijzingen'

/** Taking over what ran in an older system, and who referred before a toewijzing comes; the same for machines. */
export function registerOvernemenPages(app: App): void {
  registerInvoerPaginas(app, TOEWIJZINGEN, {
    ...sheetPage(PAD),
    titel: 'Toewijzingen overnemen',
    kruimels: [{ naam: 'Toewijzingen', href: '/toewijzingen' }],
  })
  registerInvoerPaginas(app, VERWIJZINGEN, {
    ...sheetPage(VERWIJZINGEN_PAD),
    titel: 'Verwijzingen vastleggen',
    kruimels: [{ naam: 'Toewijzingen', href: '/toewijzingen' }],
  })
  registerInvoerRoutes(app, TOEWIJZINGEN, {
    naam: 'toewijzingen',
    wat: 'toewijzingen met hun inwoners, starts, stops en verwijzingen',
  })
  registerInvoerRoutes(app, VERWIJZINGEN, { naam: 'verwijzingen', wat: 'verwijzingen' })
}
