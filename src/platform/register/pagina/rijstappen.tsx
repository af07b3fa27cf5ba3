import type { FastifyRequest } from 'fastify'
import type { ReactNode } from 'react'
import type { Problem } from '../../problem.ts'
import { Actie, Inklap, Lijst } from '../../ui/index.ts'
import { findGeraakt, GEZIEN, Raaktdeel } from './raaktdeel.tsx'

interface Stand {
  request: FastifyRequest
  /** Of the row. */
  pad: string
  csrf: string
  versie: number
  /** Why one of these was just refused: it is shown unfolded. */
  geweigerd: Problem | undefined
}

interface Props extends Stand {
  deze: string
  /** Whether the row is there. */
  staat: boolean
  /** What undoing its last change makes of it, a line each; undefined where that cannot be done. */
  wordt: readonly string[] | undefined
  /** Why not, for who would look for it. */
  waarom: string | undefined
}

/** What can be done with a row as it stands, each asked first: taking it out, and undoing what was last done to it. */
export function Rijstappen({ deze, staat, wordt, waarom, ...stand }: Props) {
  const anders = staat ? ONGEDAAN : TERUG
  return (
    <>
      {wordt === undefined || isRefused(stand) ? null : (
        <Stap {...stand} naam="ongedaan" {...anders}>
          <p>Dit gebeurt er dan:</p>
          <Lijst items={wordt} />
          <p>De geschiedenis blijft staan.</p>
        </Stap>
      )}
      {waarom === undefined || isRefused(stand) ? null : (
        <Inklap kop={anders.kop}>
          <p>Dat kan nu niet. {waarom}</p>
        </Inklap>
      )}
      {staat ? (
        <Stap
          {...stand}
          naam="verwijder"
          kop={`Verwijder ${deze}`}
          knop={['Verwijder', 'Verwijder het toch']}
        >
          <p>
            Dat kan alleen zolang er niets aan hangt. Wat er stond, blijft op deze bladzijde staan. U kunt het
            daar ook terugzetten.
          </p>
        </Stap>
      ) : null}
    </>
  )
}

const ONGEDAAN = {
  kop: 'Maak de laatste wijziging ongedaan',
  knop: ['Maak ongedaan', 'Maak het toch ongedaan'],
} as const
const TERUG = { kop: 'Zet terug', knop: ['Zet terug', 'Zet het toch terug'] } as const

/** What was just refused for good is not offered once more. */
const isRefused = ({ request, geweigerd }: Stand) =>
  geweigerd?.type === 'in-gebruik' && isHere(request, 'ongedaan')

const isHere = (request: FastifyRequest, naam: string) =>
  request.url.split('?')[0]?.endsWith(`/${naam}`) === true

interface Stapvorm extends Stand {
  /** The last part of the address that does it. */
  naam: string
  kop: string
  /** On the button, first and once what it touches was shown. */
  knop: readonly [string, string]
  children: ReactNode
}

function Stap({ request, pad, csrf, versie, geweigerd, naam, kop, knop: [eerst, toch], children }: Stapvorm) {
  const hier = isHere(request, naam)
  const geraakt = hier ? findGeraakt(request) : undefined
  return (
    <Inklap kop={kop} open={geweigerd !== undefined && hier}>
      {children}
      {geraakt === undefined ? null : <Raaktdeel request={request} problem={geraakt} />}
      <Actie
        actie={`${pad}/${naam}`}
        csrf={csrf}
        velden={{ versie: String(versie), ...(geraakt && { [GEZIEN]: geraakt.gezien }) }}
        soort="tweede"
      >
        {geraakt === undefined ? eerst : toch}
      </Actie>
    </Inklap>
  )
}
