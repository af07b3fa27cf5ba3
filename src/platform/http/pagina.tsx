import type { FastifyReply, FastifyRequest } from 'fastify'
import pakket from '../../../package.json' with { type: 'json' }
import type { Recht } from '../auth/rollen.ts'
import { ROL } from '../auth/rollen.ts'
import { Lijst, Melding, type MenuItem, Pagina, type PaginaProps, renderPage } from '../ui/index.ts'
import { csrfToken } from './csrf.ts'
import { listVreemd } from './filter.ts'
import type { App } from './server.ts'

/** A link in the menu, shown to whoever has the right to follow it. */
export interface Menupunt extends MenuItem {
  recht: Recht
}
export type Menu = readonly Menupunt[]

type Frame = Pick<PaginaProps, 'pad' | 'menu' | 'demo' | 'regio'> &
  Pick<Partial<PaginaProps>, 'gebruiker' | 'csrf' | 'versie' | 'zoeken' | 'sessie'>

/** What every page shows around itself: who is logged in, the menu of that role, the demonstration banner. */
export function frame(app: App, request: FastifyRequest, pad: string): Frame {
  const demo = app.config.modus === 'demonstratie'
  const wie = request.ctx?.wie
  const { regio } = app.config
  const base = { pad, demo, versie: pakket.version, ...(regio !== undefined && { regio }) }
  if (wie === undefined || wie.id === 'niemand' || wie.rol === 'systeem') return { ...base, menu: [] }
  return {
    ...base,
    menu: app.menu.filter(punt => wie.rechten.has(punt.recht)).map(({ recht, ...item }) => item),
    zoeken: wie.rechten.has('zoeken'),
    ...(request.sessie && {
      sessie: { eindigtOp: request.sessie.eindigtOp, nu: new Date(), rust: app.config.sessie.rust },
    }),
    gebruiker: { naam: wie.naam, rol: ROL[wie.rol].naam, organisatie: wie.organisatie },
  }
}

type Inhoud = Omit<
  PaginaProps,
  'pad' | 'menu' | 'demo' | 'regio' | 'gebruiker' | 'csrf' | 'versie' | 'sessie'
>

const VRAGEN = new WeakSet<FastifyRequest>()

/** Says that this request is answered with a question: what was sent is to be looked at once more, and nothing of it is wrong. */
export function markVraag(request: FastifyRequest): void {
  VRAGEN.add(request)
}

/**
 * Sends a page in the frame of the house, with a fresh token for its forms. Pages pass their own content and title;
 * `pad` is the menu link they belong to. A page of a status of 400 or more says in its title that something was refused, unless it asks
 * (`markVraag`); a filter of
 * the address that could not be read is named above the page, with status 400.
 */
export function sendPagina(
  request: FastifyRequest,
  reply: FastifyReply,
  inhoud: Inhoud | ((csrf: string) => Inhoud),
  status = 200,
): FastifyReply {
  // Who is not logged in gets a token, and the cookie that goes with it, only with a form.
  const csrf = request.sessie !== undefined || typeof inhoud === 'function' ? csrfToken(request, reply) : ''
  const props = typeof inhoud === 'function' ? inhoud(csrf) : inhoud
  const around = frame(request.server as unknown as App, request, request.url.split('?')[0] ?? '/')
  const vreemd = listVreemd(request)
  const uit = vreemd.length > 0 && status === 200 ? 400 : status
  const html = renderPage(
    <Pagina {...around} csrf={csrf} geweigerd={uit >= 400 && !VRAGEN.has(request)} {...props}>
      {vreemd.length === 0 ? null : (
        <Melding soort="waarschuwing" kop="Dit is niet gefilterd zoals het adres vraagt">
          <Lijst items={vreemd.map(({ pad, melding }) => `${pad}: ${melding}`)} />
        </Melding>
      )}
      {props.children}
    </Pagina>,
  )
  return reply.status(uit).type('text/html; charset=utf-8').send(html)
}
