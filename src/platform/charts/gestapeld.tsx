import { useId } from 'react'
import { Beeld, Grafiek, type GrafiekProps, Legenda } from './grafiek.tsx'
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

const RIJ = 44
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
      sleutel={s => s.naam}
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
      <Beeld naam={`${frame.titel}. ${frame.lezing}`} hoogte={stapels.length * RIJ}>
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
        {stapels.map((stapel, rij) => {
          let links = 0
          return (
            <g key={stapel.naam} transform={`translate(0 ${rij * RIJ})`}>
              <text x="0" y="14">
                {stapel.naam}
              </text>
              <text x="100%" y="14" textAnchor="end" className="sam-g-vet">
                {format(totaal(stapel))}
              </text>
              <rect className="sam-g-vlak" x="0" y="20" width="100%" height="14" rx="2" />
              {reeksen.map((reeks, i) => {
                const breedte = opSchaal(schaal, stapel.waarden[i] ?? 0)
                const begin = links
                links += breedte
                return breedte === 0 ? null : (
                  <rect
                    key={reeks}
                    x={procent(begin)}
                    y="20"
                    width={procent(breedte)}
                    height="14"
                    fill={`url(#${id}-${i})`}
                  />
                )
              })}
            </g>
          )
        })}
      </Beeld>
    </Grafiek>
  )
}
