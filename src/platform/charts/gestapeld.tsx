import { useId } from 'react'
import { Balken, Grafiek, type GrafiekProps, Legenda } from './grafiek.tsx'
import { makeSchaal, opSchaal, procent } from './schaal.ts'

export interface Stapel {
  naam: string
  /** One per series, in the same order; zero or more. */
  waarden: readonly number[]
}

export interface GestapeldProps extends GrafiekProps {
  /** At most four. */
  reeksen: readonly string[]
  stapels: readonly Stapel[]
  format: (waarde: number) => string
  /** Column head of the names: 'Gemeente'. */
  kop: string
}

const HOEK = [0, 45, -45, 90]

/** Horizontal stacked bars with the total beside each. Every series has its own pattern as well as its colour. */
export function Gestapeld({ reeksen, stapels, format, kop, ...frame }: GestapeldProps) {
  const totaal = (s: Stapel) => s.waarden.reduce((som, w) => som + w, 0)
  const schaal = makeSchaal(stapels.map(totaal))
  const id = useId()
  return (
    <Grafiek
      {...frame}
      rijen={stapels}
      sleutel={(s, i) => `${i} ${s.naam}`}
      kolommen={[
        { kop, rijkop: true, cel: s => s.naam },
        ...reeksen.map((reeks, i) => ({
          kop: reeks,
          uitlijning: 'rechts' as const,
          cel: (s: Stapel) => format(s.waarden[i] ?? 0),
        })),
        { kop: 'Totaal', uitlijning: 'rechts', cel: s => format(totaal(s)) },
      ]}
      legenda={
        <Legenda
          items={reeksen.map((reeks, i) => ({
            naam: reeks,
            teken: <rect width="24" height="12" rx="2" fill={`url(#${id}-${i})`} />,
          }))}
        />
      }
    >
      <svg aria-hidden="true" focusable="false" width="0" height="0">
        <defs>
          {reeksen.map((reeks, i) => (
            <pattern
              key={reeks}
              id={`${id}-${i}`}
              width="8"
              height="8"
              patternUnits="userSpaceOnUse"
              patternTransform={`rotate(${HOEK[i % 4]})`}
            >
              <rect className={`sam-g-${i % 4}`} width="8" height="8" />
              {i === 0 ? null : <line className="sam-g-streep" x1="1" x2="1" y1="0" y2="8" />}
            </pattern>
          ))}
        </defs>
      </svg>
      <Balken
        label={frame.titel}
        balken={stapels.map(stapel => {
          let links = 0
          return {
            naam: stapel.naam,
            waarde: format(totaal(stapel)),
            omschrijving: reeksen.map((reeks, i) => `${reeks} ${format(stapel.waarden[i] ?? 0)}`).join(', '),
            beeld: reeksen.map((reeks, i) => {
              const breedte = opSchaal(schaal, stapel.waarden[i] ?? 0)
              const begin = links
              links += breedte
              return breedte === 0 ? null : (
                <rect
                  key={reeks}
                  x={procent(begin)}
                  y="3"
                  width={procent(breedte)}
                  height="12"
                  fill={`url(#${id}-${i})`}
                />
              )
            }),
          }
        })}
      />
    </Grafiek>
  )
}
