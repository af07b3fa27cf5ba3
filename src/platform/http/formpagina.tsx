import type { FastifyReply, FastifyRequest } from 'fastify'
import type { ReactNode } from 'react'
import type { Recht } from '../auth/rollen.ts'
import type { PaginaProps } from '../ui/index.ts'
import type { Gegevens, Keuzes } from '../velden/formulier.ts'
import { type Geweigerd, Invulformulier } from '../velden/invulformulier.tsx'
import { sendPagina } from './pagina.tsx'
import { post, type Verzonden } from './post.ts'
import type { App } from './server.ts'

/** What stands around the form. */
export interface Formulierblad<V extends object> {
  titel: string
  inleiding: string
  kruimels: readonly { naam: string; href: string }[]
  /** Where to go without saving. */
  terug: string
  /** What is kept; left out for something new. */
  nu?: Partial<Gegevens<V>> & { versie?: number }
  /** Which of the fields are asked here; all, unless said. */
  velden?: Partial<V>
  keuzes?: Keuzes
  knop?: string
  /** Other buttons that save it. */
  knoppen?: ReactNode
  melding?: NonNullable<PaginaProps['melding']>
  /** What stands above the fields. */
  boven?: ReactNode
}

/** A page that is one form: GET shows it, POST saves and goes on to the address that `save` answers. */
export function formPagina<V extends object>(
  app: App,
  pad: string,
  { recht, velden }: { recht: Recht; velden: V },
  load: (request: FastifyRequest) => Promise<Formulierblad<V>>,
  save: (verzonden: Verzonden) => Promise<string>,
): void {
  const show = async (request: FastifyRequest, reply: FastifyReply, geweigerd?: Geweigerd) => {
    const { terug, nu = null, keuzes = {}, knop = 'Opslaan', knoppen, boven, ...rest } = await load(request)
    const { velden: gevraagd = velden, ...blad } = rest
    return sendPagina(
      request,
      reply,
      csrf => ({
        ...blad,
        children: (
          <Invulformulier
            naam="formulier"
            velden={gevraagd as V}
            actie={request.url.split('?')[0] ?? ''}
            csrf={csrf}
            knop={knop}
            knoppen={knoppen}
            nu={nu}
            keuzes={keuzes}
            geweigerd={geweigerd}
            terug={terug}
          >
            {boven}
          </Invulformulier>
        ),
      }),
      geweigerd?.problem.status ?? 200,
    )
  }
  app.get(pad, { config: { recht }, schema: { hide: true } }, (request, reply) => show(request, reply))
  post(app, pad, { recht, velden, naam: 'formulier' }, save, show)
}
