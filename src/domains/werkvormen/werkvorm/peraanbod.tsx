import type { FastifyReply, FastifyRequest } from 'fastify'
import type { ReactNode } from 'react'
import type { Db } from '../../../platform/db/tables.ts'
import type { App } from '../../../platform/http/server.ts'
import { numberOrNull, readId, readVelden, readVersie, readVraag } from '../../../platform/http/vraag.ts'
import { notFound, type Problem } from '../../../platform/problem.ts'
import { Keuzelijst, Knop, KnopLink, Kop } from '../../../platform/ui/index.ts'
import { type Deel, doorloopPad, listDelen } from '../../doorloop/index.ts'
import type { Aanbod } from '../../dossiers/index.ts'
import { attempt, GeenAanbod, LEZEN, NogNiet, SCHRIJVEN } from './pagina.tsx'
import { getStand, type Stand } from './stand.ts'

/** A tool that is filled in offer by offer. Its name is the last part of its address. */
export interface Aanbodwerkvorm {
  naam: 'cirkel' | 'risico' | 'instrumenten'
  toon: (request: FastifyRequest, reply: FastifyReply, problem?: Problem) => Promise<FastifyReply>
  bewaar: (request: FastifyRequest, doorloopId: number, doel: Doel) => Promise<void>
  exporteer: (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>
}

export interface Doel {
  aanbodId: number
  /** Of the piece when the form was opened. */
  versie: number
}

/** The page of such a tool, its form, and all of it as a file. */
export function registerPerAanbod(app: App, { naam, toon, bewaar, exporteer }: Aanbodwerkvorm): void {
  const pad = `/beleid/doorlopen/:id/${naam}` as const
  app.get(pad, LEZEN, (request, reply) => toon(request, reply))
  app.get(`${pad}/export`, LEZEN, exporteer)
  app.post(pad, SCHRIJVEN, (request, reply) => {
    const id = readId(request, 'Doorloop')
    const aanbodId = numberOrNull(readVelden(request).aanbod)
    if (aanbodId === null) throw notFound('Aanbod')
    return attempt(
      reply,
      () => bewaar(request, id, { aanbodId, versie: readVersie(request) }),
      `/beleid/doorlopen/${id}/${naam}?aanbod=${aanbodId}&bewaard=ja`,
      problem => toon(request, reply, problem),
    )
  })
}

/** A run with what a tool keeps of each of its offers. */
export interface PerAanbod<Inhoud> {
  stand: Stand
  /** Address of the tool. */
  actie: string
  van: (aanbodId: number) => Deel<Inhoud> | undefined
  /** The offer on the page; undefined when the inventory is empty. */
  gekozen: Aanbod | undefined
}

/** Throws 404. */
export async function loadPerAanbod<Inhoud>(
  request: FastifyRequest,
  db: Db,
  naam: Aanbodwerkvorm['naam'],
  onderdeel: string,
): Promise<PerAanbod<Inhoud>> {
  const id = readId(request, 'Doorloop')
  const stand = await getStand(db, id, naam)
  const delen = await listDelen<Inhoud>(db, id, onderdeel)
  const van = (aanbodId: number) => delen.find(deel => deel.aanbodId === aanbodId)
  return {
    stand,
    actie: `${doorloopPad(stand.doorloop)}/${naam}`,
    van,
    gekozen: choose(request, stand, van),
  }
}

/** The offer that the address names, else the first to work on: one without a piece, or with one when all is done. */
function choose(
  request: FastifyRequest,
  { aanbod, doorloop }: Stand,
  van: PerAanbod<unknown>['van'],
): Aanbod | undefined {
  const velden = request.method === 'GET' ? readVraag(request) : readVelden(request)
  const gevraagd = numberOrNull(velden.aanbod)
  const zoekt = doorloop.staat !== 'loopt'
  return (
    aanbod.find(a => a.aanbodId === gevraagd) ??
    aanbod.find(a => (van(a.aanbodId) !== undefined) === zoekt) ??
    aanbod.at(0)
  )
}

/** The chosen offer with the way to the others; or what to do first when there is none or it is not yet the turn. */
export function EenVoorEen({
  geladen: { stand, actie, van, gekozen },
  children,
}: {
  geladen: PerAanbod<unknown>
  children: (gekozen: Aanbod) => ReactNode
}) {
  if (gekozen === undefined) return <GeenAanbod doorloop={stand.doorloop} />
  return (
    <>
      <NogNiet stand={stand} />
      {stand.aanbod.length < 2 ? null : (
        <form
          className="sam-filterbalk sam-aanbodkeuze"
          method="get"
          action={actie}
          aria-label="Kies een aanbod"
        >
          <Keuzelijst
            naam="aanbod"
            label="Aanbod"
            waarde={String(gekozen.aanbodId)}
            opties={stand.aanbod.map(({ aanbodId, naam }) => ({
              waarde: String(aanbodId),
              naam: van(aanbodId) === undefined ? `${naam} (nog leeg)` : naam,
            }))}
          />
          <div className="sam-filterbalk-knoppen">
            <Knop soort="tweede">Toon dit aanbod</Knop>
          </div>
        </form>
      )}
      <Kop niveau={2}>{gekozen.naam}</Kop>
      {children(gekozen)}
    </>
  )
}

/** After saving an offer: on to the first that is still empty. Nothing when all are done. */
export function VolgendAanbod({ geladen: { stand, actie, van, gekozen } }: { geladen: PerAanbod<unknown> }) {
  if (gekozen === undefined || van(gekozen.aanbodId) === undefined) return null
  const volgende = stand.aanbod.find(a => van(a.aanbodId) === undefined)
  return volgende === undefined ? null : (
    <KnopLink href={`${actie}?aanbod=${volgende.aanbodId}`}>{`Verder met ${volgende.naam}`}</KnopLink>
  )
}
