import { Beeld, Grafiek, type GrafiekProps } from './grafiek.tsx'
import { makeSchaal, opSchaal, procent } from './schaal.ts'

export interface Staaf {
  naam: string
  /** Zero or more. */
  waarde: number
  /** A mark on the bar: ceiling, last year. */
  grens?: number
  /** Where this bar is worked out further. */
  href?: string
}

export interface StaafdiagramProps extends GrafiekProps {
  staven: readonly Staaf[]
  /** Shown behind the bar and in the table. */
  format: (waarde: number) => string
  /** Column heads of the table: 'Gemeente', 'Besteed'. */
  koppen: readonly [naam: string, waarde: string]
  /** What the mark means: 'Plafond'. A bar beyond its mark gets another colour and the words 'boven plafond'. */
  grensNaam?: string
}

const RIJ = 44

/** Horizontal bars, each with its name above it and its value beside it, in the order given. */
export function Staafdiagram({ staven, format, koppen, grensNaam, ...frame }: StaafdiagramProps) {
  const schaal = makeSchaal(staven.flatMap(s => (s.grens === undefined ? [s.waarde] : [s.waarde, s.grens])))
  const lengte = (waarde: number) => procent(opSchaal(schaal, Math.max(0, waarde)))
  return (
    <Grafiek
      {...frame}
      rijen={staven}
      sleutel={s => s.naam}
      kolommen={[
        { kop: koppen[0], rijkop: true, cel: s => s.naam },
        { kop: koppen[1], uitlijning: 'rechts', cel: s => format(s.waarde) },
        ...(grensNaam === undefined
          ? []
          : [
              {
                kop: grensNaam,
                uitlijning: 'rechts' as const,
                cel: (s: Staaf) => (s.grens === undefined ? '' : format(s.grens)),
              },
            ]),
      ]}
    >
      <Beeld naam={`${frame.titel}. ${frame.lezing}`} hoogte={staven.length * RIJ}>
        {staven.map((staaf, i) => {
          const over = staaf.grens !== undefined && staaf.waarde > staaf.grens
          return (
            <g key={staaf.naam} transform={`translate(0 ${i * RIJ})`}>
              <text x="0" y="14">
                {staaf.naam}
              </text>
              <text x="100%" y="14" textAnchor="end" className="sam-g-vet">
                {format(staaf.waarde)}
                {over ? ` (boven ${(grensNaam ?? 'grens').toLowerCase()})` : ''}
              </text>
              <rect className="sam-g-vlak" x="0" y="20" width="100%" height="12" rx="2" />
              <rect
                className={over ? 'sam-g-over' : 'sam-g-0'}
                x="0"
                y="20"
                width={lengte(staaf.waarde)}
                height="12"
                rx="2"
              />
              {staaf.grens === undefined ? null : (
                <line
                  className="sam-g-grens"
                  x1={lengte(staaf.grens)}
                  x2={lengte(staaf.grens)}
                  y1="17"
                  y2="35"
                />
              )}
            </g>
          )
        })}
      </Beeld>
      {grensNaam === undefined ? null : (
        <p className="sam-grafiek-lezing">Streep in de balk: {grensNaam.toLowerCase()}.</p>
      )}
    </Grafiek>
  )
}
