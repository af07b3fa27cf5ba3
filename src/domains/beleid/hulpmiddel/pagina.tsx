import type { FastifyReply, FastifyRequest } from 'fastify'
import type { ReactNode } from 'react'
import { sendPagina } from '../../../platform/http/pagina.tsx'
import { numberOrNull, readVelden, readVraag } from '../../../platform/http/vraag.ts'
import { Botsing, isCorrectable, type Problem } from '../../../platform/problem.ts'
import { Keuzelijst, Knop, KnopLink, LegeStaat, Melding } from '../../../platform/ui/index.ts'
import type { Aanbod } from '../aanbod/store.ts'
import { Doorloopkader, doorloopKruimels, doorloopPad, type Onderdeelpad } from '../doorloop/kader.tsx'
import type { Deel, Doorloop } from '../doorloop/store.ts'
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

/**
 * The version that a form carries. After an ordinary refusal it stays at the one it was opened at; after a collision it
 * follows the other, so that a deliberate second try goes through.
 */
export function formVersion(
  request: FastifyRequest,
  problem: Problem | undefined,
  deel: Pick<Deel<unknown>, 'versie'> | undefined,
): number {
  if (problem instanceof Botsing) return problem.nu.versie
  if (problem === undefined) return deel?.versie ?? 0
  return Number(readVelden(request).versie) || 0
}

export interface Hulpmiddelpagina {
  doorloop: Doorloop
  huidig: Onderdeelpad
  titel: string
  inleiding?: ReactNode
  problem?: Problem | undefined
  children: (csrf: string) => ReactNode
}

/** A page of a run, in its frame; says that something was saved when the address does. */
export function sendHulpmiddel(
  request: FastifyRequest,
  reply: FastifyReply,
  { doorloop, huidig, titel, inleiding, problem, children }: Hulpmiddelpagina,
): FastifyReply {
  const bewaard = request.method === 'GET' && readVraag(request).bewaard !== undefined
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
      {open.reden} <a href={doorloopPad(doorloop)}>Naar het vragenwiel</a>
    </Melding>
  )
}

/** The offer that the address names, else the first to work on: one without a piece, or with one when all is done. */
export function chosenAanbod(
  request: FastifyRequest,
  { aanbod, doorloop }: Stand,
  ingevuld: (aanbodId: number) => boolean,
): Aanbod | undefined {
  const velden = request.method === 'GET' ? readVraag(request) : readVelden(request)
  const gevraagd = numberOrNull(velden.aanbod)
  const zoekt = doorloop.staat !== 'loopt'
  return (
    aanbod.find(a => a.aanbodId === gevraagd) ??
    aanbod.find(a => ingevuld(a.aanbodId) === zoekt) ??
    aanbod.at(0)
  )
}

/** Choose which offer to fill in or look at; says which are still empty. */
export function Aanbodkeuze({
  actie,
  aanbod,
  gekozen,
  ingevuld,
}: {
  actie: string
  aanbod: readonly Aanbod[]
  gekozen: Aanbod
  ingevuld: (aanbodId: number) => boolean
}) {
  if (aanbod.length < 2) return null
  return (
    <form className="sam-filterbalk sam-aanbodkeuze" method="get" action={actie} aria-label="Kies een aanbod">
      <Keuzelijst
        naam="aanbod"
        label="Aanbod"
        waarde={String(gekozen.aanbodId)}
        opties={aanbod.map(a => ({
          waarde: String(a.aanbodId),
          naam: ingevuld(a.aanbodId) ? a.naam : `${a.naam} (nog leeg)`,
        }))}
      />
      <div className="sam-filterbalk-knoppen">
        <Knop soort="tweede">Toon dit aanbod</Knop>
      </div>
    </form>
  )
}

/** After saving: on to the first offer that is still empty. Nothing when all are done. */
export function VolgendAanbod({
  actie,
  aanbod,
  gekozen,
  ingevuld,
}: {
  actie: string
  aanbod: readonly Aanbod[]
  gekozen: Aanbod
  ingevuld: (aanbodId: number) => boolean
}) {
  const volgende = aanbod.find(a => a.aanbodId !== gekozen.aanbodId && !ingevuld(a.aanbodId))
  return volgende === undefined ? null : (
    <KnopLink href={`${actie}?aanbod=${volgende.aanbodId}`}>{`Verder met ${volgende.naam}`}</KnopLink>
  )
}
