import { formatPercentage } from '../ui/invoer.ts'
import { Balken, Grafiek, type GrafiekProps } from './grafiek.tsx'
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

/** Horizontal bars, each with its name above it and its value beside it, in the order given. */
export function Staafdiagram({ staven, format, koppen, grensNaam, ...frame }: StaafdiagramProps) {
  const schaal = makeSchaal(staven.flatMap(s => (s.grens === undefined ? [s.waarde] : [s.waarde, s.grens])))
  const grens = (grensNaam ?? 'grens').toLowerCase()
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
      <Balken
        label={frame.titel}
        balken={staven.map(staaf => {
          const over = staaf.grens !== undefined && staaf.waarde > staaf.grens
          return {
            naam: staaf.naam,
            href: staaf.href,
            waarde: over ? `${format(staaf.waarde)} (boven ${grens})` : format(staaf.waarde),
            omschrijving:
              staaf.grens === undefined || staaf.grens === 0
                ? `${formatPercentage(grootste === 0 ? 0 : staaf.waarde / grootste)} van de langste balk`
                : `${formatPercentage(staaf.waarde / staaf.grens)} van ${grens}`,
            beeld: (
              <>
                <rect
                  className={over ? 'sam-g-over' : 'sam-g-0'}
                  x="0"
                  y="3"
                  width={lengte(staaf.waarde)}
                  height="12"
                  rx="2"
                />
                {staaf.grens === undefined ? null : (
                  <line
                    className="sam-g-grens"
                    x1={lengte(staaf.grens)}
                    x2={lengte(staaf.grens)}
                    y1="0"
                    y2="18"
                  />
                )}
              </>
            ),
          }
        })}
      />
      {grensNaam === undefined ? null : (
        <p className="sam-grafiek-lezing sam-grafiek-noot">Streep in de balk: {grens}.</p>
      )}
    </Grafiek>
  )
}
