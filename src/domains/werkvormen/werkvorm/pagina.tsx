import type { FastifyReply, FastifyRequest } from 'fastify'
import type { ReactNode } from 'react'
import { type Exportkolom, sendExport } from '../../../platform/http/export.ts'
import { post, type Verzonden } from '../../../platform/http/formulierpost.ts'
import { readGedaan } from '../../../platform/http/gedaan.ts'
import { sendPagina } from '../../../platform/http/pagina.tsx'
import type { App } from '../../../platform/http/server.ts'
import { readId, readVelden, readVraag } from '../../../platform/http/vraag.ts'
import type { Problem } from '../../../platform/problem.ts'
import { Downloadlinks, KnopLink, LegeStaat, Link, Melding, withQuery } from '../../../platform/ui/index.ts'
import type { Geweigerd } from '../../../platform/velden/invulformulier.tsx'
import {
  type Doorloop,
  Doorloopkader,
  doorloopKruimels,
  doorloopPad,
  listDelen,
  type Onderdeelpad,
} from '../../doorloop/index.ts'
import type { Werkvorm } from '../../doorloop/rules.ts'
import { getStand, type Stand } from './stand.ts'

/** All of a tool as a file to take along. */
export interface Bestand<Rij> {
  doorloop: Doorloop
  naam: string
  kolommen: readonly Exportkolom<Rij>[]
  rijen: readonly Rij[]
}

export interface Werkvormroutes<Rij> {
  /** The last part of its address. */
  naam: string
  /** Of a form that is described. */
  velden?: object
  toon: (request: FastifyRequest, reply: FastifyReply, geweigerd?: Geweigerd) => Promise<FastifyReply>
  /** Saves the form; answers what the address of the page then asks. */
  bewaar: (verzonden: Verzonden, doorloopId: number) => Promise<Record<string, string>>
  bestand?: (request: FastifyRequest) => Promise<Bestand<Rij>>
}

/** The page of a tool, its form and its file: who contributes reads it, who writes policy fills it in. */
export function registerWerkvorm<Rij>(
  app: App,
  { naam, velden = {}, toon, bewaar, bestand }: Werkvormroutes<Rij>,
): void {
  const lezen = { config: { recht: 'beleid.bijdragen' }, schema: { hide: true } } as const
  const pad = `/beleid/doorlopen/:id/${naam}`
  app.get(pad, lezen, (request, reply) => toon(request, reply))
  if (bestand !== undefined)
    app.get(`${pad}/export`, lezen, async (request, reply) => {
      const { doorloop, naam: file, kolommen, rijen } = await bestand(request)
      return sendExport(reply, `${file}-${doorloop.dossierId}-${doorloop.nummer}`, kolommen, rijen)
    })
  post(
    app,
    pad,
    { recht: 'beleid.schrijven', naam, velden },
    async verzonden => {
      const doorloopId = readId(verzonden.request, 'Doorloop')
      const vraag = await bewaar(verzonden, doorloopId)
      return withQuery(`${doorloopPad({ doorloopId })}/${naam}`, { ...vraag, bewaard: 'ja' })
    },
    toon,
  )
}

/** What a page of a tool is about: of a form that was sent, what it said. */
export function readKeuze(request: FastifyRequest, naam: string): string | undefined {
  return (request.method === 'GET' ? readVraag(request) : readVelden(request))[naam]
}

/** The run with its inventory, and what it keeps of one kind. Throws 404. */
export function loadDelen<Inhoud>(request: FastifyRequest, werkvorm: Werkvorm | null, onderdeel: string) {
  const id = readId(request, 'Doorloop')
  return request.ctx.read(async db => ({
    stand: await getStand(db, id, werkvorm),
    delen: await listDelen<Inhoud>(db, id, onderdeel),
  }))
}

/** May this person fill in this tool now? Otherwise the page shows what is there, without a form. */
export function mayEdit(request: FastifyRequest, { doorloop, open }: Stand): boolean {
  return request.ctx.wie.rechten.has('beleid.schrijven') && doorloop.staat === 'loopt' && open.ok
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

/** Where the file of a tool is; `actie` is the address of the tool. */
export function Tabeldownload({ actie, naam }: { actie: string; naam: string }) {
  return (
    <Downloadlinks naam={naam} csv={`${actie}/export?formaat=csv`} xlsx={`${actie}/export?formaat=xlsx`} />
  )
}
