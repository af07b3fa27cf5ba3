import { useId } from 'react'
import { Beeld, Grafiek, type GrafiekProps, Legenda, MetAs, Vlak } from './grafiek.tsx'
import { makeSchaal, opSchaal, procent, roundCijfer } from './schaal.ts'

export interface Lijn {
  /** '2026'. */
  naam: string
  /** One per label; null where there is no figure (yet). */
  waarden: readonly (number | null)[]
  /** From this index on the figures are not complete: drawn dotted over a hatched band. */
  voorlopigVanaf?: number
}

/** Between two lines, one value per label: where something is expected to stay. */
export interface Marge {
  naam: string
  onder: readonly number[]
  boven: readonly number[]
}

export interface LijndiagramProps extends GrafiekProps {
  /** Below the axis: 'jan', 'feb', … */
  labels: readonly string[]
  /** Drawn behind the lines. */
  marge?: Marge
  /** At most three; the first is the one it is about, the others are dashed. */
  lijnen: readonly Lijn[]
  /** In the table and at the end of the lines. */
  format: (waarde: number) => string
  /** On the axis, shorter; `format` by default. */
  formatAs?: (waarde: number) => string
  /** Column head of the labels: 'Maand'. */
  kop: string
}

const BOVEN = 20
const HOOGTE = 200
const ONDER = 24

interface Punt {
  index: number
  waarde: number
}

const KLASSE = ['', 'sam-g-lijn-1', 'sam-g-lijn-2']

/** More labels than this do not fit; then only every so many are written. The table has them all. */
const MEESTE_LABELS = 12

/** Lines over the months, this year against earlier years; months that are not complete are marked as such. */
export function Lijndiagram(props: LijndiagramProps) {
  const { labels, lijnen, marge, format, formatAs = format, kop, ...frame } = props
  const getoond = lijnen.slice(0, 3)
  const stap = Math.ceil(labels.length / MEESTE_LABELS)
  const schaal = makeSchaal([
    ...getoond.flatMap(l => l.waarden.filter(w => w !== null)),
    ...(marge === undefined ? [] : [...marge.onder, ...marge.boven]),
  ])
  const x = (index: number) => (index + 0.5) / Math.max(1, labels.length)
  const y = (waarde: number) => 1 - opSchaal(schaal, waarde)
  const pixel = (waarde: number) => roundCijfer(BOVEN + y(waarde) * HOOGTE)
  const voorlopig = getoond[0]?.voorlopigVanaf
  const hatch = useId()
  return (
    <Grafiek
      {...frame}
      rijen={labels.map((label, index) => ({ label, index }))}
      sleutel={r => r.label}
      kolommen={[
        {
          kop,
          rijkop: true,
          cel: r =>
            voorlopig !== undefined && r.index >= voorlopig ? `${r.label} (nog niet compleet)` : r.label,
        },
        ...lijnen.map(lijn => ({
          kop: lijn.naam,
          uitlijning: 'rechts' as const,
          cel: (r: { index: number }) => {
            const waarde = lijn.waarden[r.index]
            return waarde === undefined || waarde === null ? '–' : format(waarde)
          },
        })),
        ...(marge === undefined
          ? []
          : (['onder', 'boven'] as const).map(kant => ({
              kop: `${marge.naam}: ${kant}kant`,
              uitlijning: 'rechts' as const,
              cel: (r: { index: number }) => format(marge[kant][r.index] ?? 0),
            }))),
      ]}
      legenda={
        <Legenda
          items={[
            ...getoond.map((lijn, i) => ({
              naam: lijn.naam,
              teken: <line className={`sam-g-lijn ${KLASSE[i] ?? ''}`} x1="0" x2="24" y1="6" y2="6" />,
            })),
            ...(marge === undefined
              ? []
              : [
                  {
                    naam: marge.naam,
                    teken: <rect className="sam-g-marge" x="0.5" y="0.5" width="23" height="11" />,
                  },
                ]),
            ...(voorlopig === undefined
              ? []
              : [
                  {
                    naam: 'nog niet compleet',
                    teken: <line className="sam-g-lijn sam-g-voorlopig" x1="2" x2="24" y1="6" y2="6" />,
                  },
                ]),
          ]}
        />
      }
    >
      <MetAs
        hoogte={BOVEN + HOOGTE + ONDER}
        strepen={schaal.stappen.map(stap => ({ tekst: formatAs(stap), y: pixel(stap) }))}
      >
        <Beeld naam={`${frame.titel}. ${frame.lezing}`} hoogte={BOVEN + HOOGTE + ONDER}>
          {voorlopig === undefined || voorlopig >= labels.length ? null : (
            <>
              <pattern
                id={hatch}
                width="7"
                height="7"
                patternUnits="userSpaceOnUse"
                patternTransform="rotate(45)"
              >
                <line className="sam-g-band" x1="0" x2="0" y1="0" y2="7" />
              </pattern>
              <rect
                x={procent(voorlopig / labels.length)}
                y={BOVEN}
                width={procent(1 - voorlopig / labels.length)}
                height={HOOGTE}
                fill={`url(#${hatch})`}
              />
            </>
          )}
          {schaal.stappen.map(stap => (
            <line
              key={stap}
              className={stap === 0 ? 'sam-g-as' : 'sam-g-raster'}
              x1="0"
              x2="100%"
              y1={pixel(stap)}
              y2={pixel(stap)}
            />
          ))}
          {labels.map((label, i) =>
            i % stap !== 0 ? null : (
              <text
                key={label}
                className={
                  (i / stap) % 2 === 1 && labels.length > 6 ? 'sam-g-zacht sam-g-oneven' : 'sam-g-zacht'
                }
                x={procent(x(i))}
                y={BOVEN + HOOGTE + 17}
                textAnchor="middle"
              >
                {label}
              </text>
            ),
          )}
          <Vlak boven={BOVEN} hoogte={HOOGTE}>
            {marge === undefined ? null : (
              <path className="sam-g-marge" d={vlakTussen(marge, x, y)} vectorEffect="non-scaling-stroke" />
            )}
            {getoond
              .map((lijn, i) => {
                const punten = puntenVan(lijn)
                const grens = lijn.voorlopigVanaf ?? labels.length
                const zeker = punten.filter(p => p.index < grens)
                const onzeker = punten.filter(p => p.index >= grens - 1)
                const klasse = `sam-g-lijn ${KLASSE[i] ?? ''}`
                return (
                  <g key={lijn.naam}>
                    <path className={klasse} d={pad(zeker, x, y)} vectorEffect="non-scaling-stroke" />
                    {onzeker.length < 2 ? null : (
                      <path
                        className={`${klasse} sam-g-voorlopig`}
                        d={pad(onzeker, x, y)}
                        vectorEffect="non-scaling-stroke"
                      />
                    )}
                  </g>
                )
              })
              .reverse()}
          </Vlak>
          {(getoond[0] === undefined ? [] : puntenVan(getoond[0])).map(p => (
            <circle
              key={p.index}
              className="sam-g-punt"
              cx={procent(x(p.index))}
              cy={pixel(p.waarde)}
              r="4"
            />
          ))}
          {eindlabels(getoond).map(({ naam, punt, onder }) => (
            <text
              key={naam}
              className="sam-g-vet"
              x={procent(x(punt.index))}
              y={pixel(punt.waarde) + (onder ? 19 : -10)}
              textAnchor={punt.index >= labels.length - 2 ? 'end' : 'middle'}
            >
              {naam}
            </text>
          ))}
        </Beeld>
      </MetAs>
    </Grafiek>
  )
}

function puntenVan(lijn: Lijn): Punt[] {
  return lijn.waarden.flatMap((waarde, index) => (waarde === null ? [] : [{ index, waarde }]))
}

/** A path through the points; a gap in the months is a gap in the line. */
function pad(punten: readonly Punt[], x: (index: number) => number, y: (waarde: number) => number): string {
  return punten
    .map((p, i) => {
      const verder = i > 0 && punten[i - 1]?.index === p.index - 1
      return `${verder ? 'L' : 'M'}${roundCijfer(x(p.index) * 100)} ${roundCijfer(y(p.waarde) * 100)}`
    })
    .join('')
}

/** The area between two lines as one closed path: along the top and back along the bottom. */
function vlakTussen(
  { onder, boven }: Marge,
  x: (index: number) => number,
  y: (waarde: number) => number,
): string {
  const heen = boven.map((waarde, index) => ({ index, waarde }))
  const terug = onder.map((waarde, index) => ({ index, waarde })).reverse()
  const punten = [...heen, ...terug].map(
    p => `${roundCijfer(x(p.index) * 100)} ${roundCijfer(y(p.waarde) * 100)}`,
  )
  return punten.length === 0 ? '' : `M${punten.join('L')}Z`
}

/** Name at the last point of each line: above it, or below it where another line ends higher in that month. */
function eindlabels(lijnen: readonly Lijn[]): { naam: string; punt: Punt; onder: boolean }[] {
  return lijnen.flatMap(lijn => {
    const punt = puntenVan(lijn).at(-1)
    if (punt === undefined) return []
    const onder = lijnen.some(ander => {
      const waarde = ander === lijn ? undefined : ander.waarden[punt.index]
      return waarde !== undefined && waarde !== null && waarde > punt.waarde
    })
    return [{ naam: lijn.naam, punt, onder }]
  })
}
