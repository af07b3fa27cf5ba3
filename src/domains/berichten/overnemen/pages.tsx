import type { App } from '../../../platform/http/server.ts'
import { registerInvoerRoutes } from '../../../platform/register/invoer/invoerroutes.ts'
import { registerInvoerPaginas } from '../../../platform/register/pagina/invoerpaginas.tsx'
import { Alinea } from '../../../platform/ui/index.ts'
import { OVERNEMEN_PAD } from '../adres.ts'
import { BERICHTEN } from './actions.ts'
import { MEESTE_BERICHTEN } from './stapel.ts'

/** Taking over the messages of an older system, as history. */
export function registerOvernemenPages(app: App): void {
  registerInvoerPaginas(app, BERICHTEN, {
    pad: OVERNEMEN_PAD,
    titel: 'Oude berichten overnemen',
    kruimels: [{ naam: 'Berichtenverkeer', href: '/berichten' }],
    hulp: `Een ZIP-bestand met XML-berichten, hoogstens 25 MB en ${MEESTE_BERICHTEN} berichten.`,
    accept: '.zip,.xml,application/zip,text/xml',
    vooraf: (
      <Alinea>
        Toewijzingen (301), starts (305), stops (307) en declaraties (323) worden overgenomen zoals zij
        destijds zijn beantwoord. Doe de antwoorden erbij (302, 306, 308 en 325): zonder 325 gaat een
        declaratie niet mee. Er gaat niets uit, en wat is toegekend wordt hier niet nog eens betaald.
      </Alinea>
    ),
  })
  registerInvoerRoutes(app, BERICHTEN, { naam: 'berichten', wat: 'oude berichten met hun antwoorden' })
}
