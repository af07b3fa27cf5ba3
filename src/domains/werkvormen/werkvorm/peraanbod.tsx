import type { FastifyRequest } from 'fastify'
import type { ReactNode } from 'react'
import type { App } from '../../../platform/http/server.ts'
import { formVersie, numberOrNull, readVelden } from '../../../platform/http/vraag.ts'
import { notFound, type Problem } from '../../../platform/problem.ts'
import {
  Botsingmelding,
  type Eigenschap,
  Formulier,
  Keuzelijst,
  Knop,
  KnopLink,
  Knoppen,
  Kop,
} from '../../../platform/ui/index.ts'
import { type Deel, doorloopPad } from '../../doorloop/index.ts'
import type { Aanbod } from '../../dossiers/index.ts'
import {
  GeenAanbod,
  loadDelen,
  NogNiet,
  readKeuze,
  registerWerkvorm,
  type Werkvormroutes,
} from './pagina.tsx'
import type { Stand } from './stand.ts'

/** A tool that is filled in offer by offer. */
export interface Aanbodwerkvorm<Rij> extends Omit<Werkvormroutes<Rij>, 'bewaar'> {
  naam: Naam
  bewaar: (request: FastifyRequest, doorloopId: number, doel: Doel) => Promise<void>
}
type Naam = 'cirkel' | 'risico' | 'instrumenten'

export interface Doel {
  aanbodId: number
  /** Of the piece when the form was opened. */
  versie: number
}

export function registerPerAanbod<Rij>(app: App, { bewaar, ...rest }: Aanbodwerkvorm<Rij>): void {
  registerWerkvorm(app, {
    ...rest,
    async bewaar({ request, versie }, doorloopId) {
      const aanbodId = numberOrNull(readVelden(request).aanbod)
      if (aanbodId === null) throw notFound('Aanbod')
      await bewaar(request, doorloopId, { aanbodId, versie })
      return { aanbod: String(aanbodId) }
    },
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
  naam: Naam,
  onderdeel: string,
): Promise<PerAanbod<Inhoud>> {
  const { stand, delen } = await loadDelen<Inhoud>(request, naam, onderdeel)
  const van = (aanbodId: number) => delen.find(deel => deel.aanbodId === aanbodId)
  const actie = `${doorloopPad(stand.doorloop)}/${naam}`
  return { stand, actie, van, gekozen: choose(request, stand, van) }
}

/** The offer that the address names, else the first to work on: one without a piece, or with one when all is done. */
function choose(
  request: FastifyRequest,
  { aanbod, doorloop }: Stand,
  van: PerAanbod<unknown>['van'],
): Aanbod | undefined {
  const gevraagd = numberOrNull(readKeuze(request, 'aanbod'))
  const zoekt = doorloop.staat !== 'loopt'
  return (
    aanbod.find(a => a.aanbodId === gevraagd) ??
    aanbod.find(a => (van(a.aanbodId) !== undefined) === zoekt) ??
    aanbod.at(0)
  )
}

/** The offer on the page, for who works on it. */
export interface Bezig<Inhoud> {
  request: FastifyRequest
  geladen: PerAanbod<Inhoud>
  csrf: string
  gekozen: Aanbod
  problem: Problem | undefined
}

/** The form of that offer, and on to the first that is still empty. `toon`: what a colleague left, beside it. */
export function Aanbodformulier<Inhoud>({
  request,
  geladen: { stand, actie, van },
  csrf,
  gekozen: { aanbodId },
  problem,
  knop,
  toon,
  children,
}: Bezig<Inhoud> & { knop: string; toon: (inhoud: Inhoud) => readonly Eigenschap[]; children: ReactNode }) {
  const deel = van(aanbodId)
  const volgende = stand.aanbod.find(a => van(a.aanbodId) === undefined)
  return (
    <>
      <Botsingmelding
        problem={problem}
        toon={(nu: Deel<Inhoud>) => [{ naam: 'Bewaard door', waarde: nu.door }, ...toon(nu.inhoud)]}
      />
      <Formulier actie={actie} csrf={csrf} fouten={problem?.fouten ?? []}>
        <input type="hidden" name="versie" value={formVersie(request, deel, problem)} />
        <input type="hidden" name="aanbod" value={aanbodId} />
        {children}
        <Knoppen>
          <Knop>{knop}</Knop>
          {deel === undefined || volgende === undefined ? null : (
            <KnopLink href={`${actie}?aanbod=${volgende.aanbodId}`}>{`Verder met ${volgende.naam}`}</KnopLink>
          )}
        </Knoppen>
      </Formulier>
    </>
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
