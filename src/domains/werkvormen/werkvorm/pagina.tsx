import type { FastifyReply, FastifyRequest } from 'fastify'
import type { ReactNode } from 'react'
import { type Exportkolom, sendExport } from '../../../platform/http/export.ts'
import { readGedaan } from '../../../platform/http/gedaan.ts'
import { sendPagina } from '../../../platform/http/pagina.tsx'
import { isCorrectable, type Problem } from '../../../platform/problem.ts'
import { Downloadlinks, KnopLink, LegeStaat, Link, Melding } from '../../../platform/ui/index.ts'
import {
  type Doorloop,
  Doorloopkader,
  doorloopKruimels,
  doorloopPad,
  type Onderdeelpad,
} from '../../doorloop/index.ts'
import type { Stand } from './stand.ts'

/** Rights of a tool: who contributes reads it, who writes policy fills it in. */
export const LEZEN = { config: { recht: 'beleid.bijdragen' }, schema: { hide: true } } as const
export const SCHRIJVEN = { config: { recht: 'beleid.schrijven' }, schema: { hide: true } } as const

/** May this person fill in this tool now? Otherwise the page shows what is there, without a form. */
export function mayEdit(request: FastifyRequest, { doorloop, open }: Stand): boolean {
  return request.ctx.wie.rechten.has('beleid.schrijven') && doorloop.staat === 'loopt' && open.ok
}

/** Runs an action of a form: on to `naar` when it went well, the form again when it can be put right. */
export async function attempt(
  reply: FastifyReply,
  doen: () => Promise<void>,
  naar: string,
  opnieuw: (problem: Problem) => Promise<FastifyReply>,
): Promise<FastifyReply> {
  try {
    await doen()
  } catch (problem) {
    if (!isCorrectable(problem)) throw problem
    return opnieuw(problem)
  }
  return reply.redirect(naar, 303)
}

export interface Werkvormpagina {
  doorloop: Doorloop
  huidig: Onderdeelpad
  titel: string
  inleiding?: ReactNode
  problem?: Problem | undefined
  children: (csrf: string) => ReactNode
}

/** A page of a run, in its frame; says that something was saved when the address does. */
export function sendWerkvorm(
  request: FastifyRequest,
  reply: FastifyReply,
  { doorloop, huidig, titel, inleiding, problem, children }: Werkvormpagina,
): FastifyReply {
  const bewaard = request.method === 'GET' && readGedaan(request).bewaard !== undefined
  return sendPagina(
    request,
    reply,
    csrf => ({
      titel,
      ...(inleiding === undefined ? {} : { inleiding }),
      kruimels: doorloopKruimels(doorloop, true),
      ...(bewaard ? { melding: { soort: 'succes' as const, tekst: 'Bewaard' } } : {}),
      children: (
        <Doorloopkader doorloop={doorloop} huidig={huidig}>
          {children(csrf)}
        </Doorloopkader>
      ),
    }),
    problem?.status ?? 200,
  )
}

/** The inventory comes first: what to do when there is no offer yet. */
export function GeenAanbod({ doorloop }: { doorloop: Doorloop }) {
  return (
    <LegeStaat
      kop="Er staat nog geen aanbod in de inventarisatie"
      stap={
        <KnopLink href={`/beleid/dossiers/${doorloop.dossierId}/aanbod`} soort="hoofd">
          Naar de inventarisatie
        </KnopLink>
      }
    >
      Zet eerst het huidige aanbod van dit dossier in de inventarisatie. Daarna vult u hier per aanbod in.
    </LegeStaat>
  )
}

/** Why a tool cannot be filled in yet. Nothing when it can. */
export function NogNiet({ stand: { open, doorloop } }: { stand: Stand }) {
  return open.ok ? null : (
    <Melding soort="info" kop="Dit is nog niet aan de beurt">
      {open.reden} <Link href={doorloopPad(doorloop)}>Naar het vragenwiel</Link>
    </Melding>
  )
}

/** What all of a tool says together, as a file to take along. */
export function sendTabel<Rij>(
  _request: FastifyRequest,
  reply: FastifyReply,
  { dossierId, nummer }: Doorloop,
  naam: string,
  kolommen: readonly Exportkolom<Rij>[],
  rijen: readonly Rij[],
): Promise<FastifyReply> {
  return sendExport(reply, `${naam}-${dossierId}-${nummer}`, kolommen, rijen)
}

/** Where that file is; `actie` is the address of the tool. */
export function Tabeldownload({ actie, naam }: { actie: string; naam: string }) {
  return (
    <Downloadlinks naam={naam} csv={`${actie}/export?formaat=csv`} xlsx={`${actie}/export?formaat=xlsx`} />
  )
}
