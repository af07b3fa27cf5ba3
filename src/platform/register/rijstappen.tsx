import type { FastifyRequest } from 'fastify'
import type { ReactNode } from 'react'
import { Actie, Inklap } from '../ui/index.ts'
import type { Historie } from './geschiedenis.tsx'
import { findGeraakt, GEZIEN, Raaktdeel } from './raaktdeel.tsx'

interface Stand {
  request: FastifyRequest
  /** Of the row. */
  pad: string
  csrf: string
  versie: number
  /** One of these was just refused: it is shown unfolded. */
  open: boolean
}

/** What can be done with a row as it stands, each asked first: taking it out, and undoing what was last done to it. */
export function Rijstappen({
  deze,
  wijzigingen,
  ...stand
}: Stand & { deze: string; wijzigingen: readonly Historie[] }) {
  const [laatste] = wijzigingen
  return (
    <>
      {laatste === undefined || laatste.invoerId !== null ? null : (
        <Stap
          {...stand}
          naam="ongedaan"
          kop="Maak de laatste wijziging ongedaan"
          knop={['Maak ongedaan', 'Maak het toch ongedaan']}
        >
          Alles wat met die wijziging meeging, wordt ook weer zoals het was. Dat kan zolang er daarna niets op
          is gebouwd. De geschiedenis blijft staan.
        </Stap>
      )}
      <Stap {...stand} naam="verwijder" kop={`Verwijder ${deze}`} knop={['Verwijder', 'Verwijder het toch']}>
        Dat kan alleen zolang er niets aan hangt. Wat er stond, blijft in de geschiedenis staan.
      </Stap>
    </>
  )
}

interface Stapvorm extends Stand {
  /** The last part of the address that does it. */
  naam: string
  kop: string
  /** On the button, first and once what it touches was shown. */
  knop: readonly [string, string]
  children: ReactNode
}

function Stap({ request, pad, csrf, versie, open, naam, kop, knop: [eerst, toch], children }: Stapvorm) {
  const hier = request.url.split('?')[0]?.endsWith(`/${naam}`) === true
  const geraakt = hier ? findGeraakt(request) : undefined
  return (
    <Inklap kop={kop} open={open && hier}>
      <p>{children}</p>
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
