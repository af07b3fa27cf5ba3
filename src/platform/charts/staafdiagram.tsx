import { formatPercentage } from '../ui/invoer.ts'
import { Balken, Grafiek, type GrafiekProps } from './grafiek.tsx'
import { makeSchaal, opSchaal, procent } from './schaal.ts'

export interface Staaf {
  naam: string
  /** Zero or more. */
  waarde: number
  /** Where this bar is worked out further. */
  href?: string
}

export interface StaafdiagramProps extends GrafiekProps {
  staven: readonly Staaf[]
  /** Shown behind the bar and in the table. */
  format: (waarde: number) => string
  /** Column heads of the table: 'Gemeente', 'Besteed'. */
  koppen: readonly [naam: string, waarde: string]
}

/** Horizontal bars, each with its name above it and its value beside it, in the order given. */
export function Staafdiagram({ staven, format, koppen, ...frame }: StaafdiagramProps) {
  const schaal = makeSchaal(staven.map(s => s.waarde))
  const grootste = Math.max(0, ...staven.map(s => s.waarde))
  const lengte = (waarde: number) => procent(opSchaal(schaal, Math.max(0, waarde)))
  return (
    <Grafiek
      {...frame}
      rijen={staven}
      sleutel={(s, i) => `${i} ${s.naam}`}
      kolommen={[
        { kop: koppen[0], rijkop: true, cel: s => s.naam },
        { kop: koppen[1], uitlijning: 'rechts', cel: s => format(s.waarde) },
      ]}
    >
      <Balken
        label={frame.titel}
        balken={staven.map(({ naam, href, waarde }) => ({
          naam,
          href,
          waarde: format(waarde),
          omschrijving: `${formatPercentage(grootste === 0 ? 0 : waarde / grootste)} van de langste balk`,
          beeld: <rect className="sam-g-0" x="0" y="3" width={lengte(waarde)} height="12" rx="2" />,
        }))}
      />
    </Grafiek>
  )
}
