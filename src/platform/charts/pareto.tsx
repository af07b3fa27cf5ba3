import { capital, formatGetal, formatPercentage } from '../ui/invoer.ts'
import { Beeld, Grafiek, type GrafiekProps, MetAs, Vlak } from './grafiek.tsx'
import { type Aandeel, lorenz, partiesFor, procent, roundCijfer } from './schaal.ts'

export interface ParetoProps extends GrafiekProps {
  /** Every party with its amount; sorted here. */
  aandelen: readonly Aandeel[]
  /** One party: 'aanbieder'; several: 'aanbieders'. */
  eenheid: readonly [enkel: string, meer: string]
  format: (waarde: number) => string
  /** The share whose crossing is marked, 0 to 1. */
  merk?: number
}

const BOVEN = 20
const HOOGTE = 200
const ONDER = 36
const RASTER = [0, 0.25, 0.5, 0.75, 1]

/** Concentration: which share of the whole the largest parties hold together, from large to small. */
export function Pareto({ aandelen, eenheid, format, merk = 0.8, ...frame }: ParetoProps) {
  const punten = lorenz(aandelen)
  const nodig = partiesFor(punten, merk)
  const bij = punten[nodig - 1]
  const pixel = (deel: number) => roundCijfer(BOVEN + (1 - deel) * HOOGTE)
  const lijn = `M0 100${punten.map(p => `L${roundCijfer(p.partijen * 100)} ${roundCijfer(100 - p.samen * 100)}`).join('')}`
  const [enkel, meer] = eenheid
  return (
    <Grafiek
      {...frame}
      rijen={punten.slice(0, 50)}
      sleutel={(p, i) => `${i} ${p.naam}`}
      kolommen={[
        { kop: capital(enkel), rijkop: true, cel: p => p.naam },
        { kop: 'Bedrag', uitlijning: 'rechts', cel: p => format(p.waarde) },
        { kop: 'Aandeel', uitlijning: 'rechts', cel: p => formatPercentage(p.deel) },
        { kop: 'Samen', uitlijning: 'rechts', cel: p => formatPercentage(p.samen) },
      ]}
    >
      <MetAs
        hoogte={BOVEN + HOOGTE + ONDER}
        strepen={RASTER.map(deel => ({ tekst: `${deel * 100}%`, y: pixel(deel) }))}
      >
        <Beeld naam={`${frame.titel}. ${frame.lezing}`} hoogte={BOVEN + HOOGTE + ONDER}>
          {RASTER.map(deel => (
            <line
              key={deel}
              className={deel === 0 ? 'sam-g-as' : 'sam-g-raster'}
              x1="0"
              x2="100%"
              y1={pixel(deel)}
              y2={pixel(deel)}
            />
          ))}
          <Vlak boven={BOVEN} hoogte={HOOGTE}>
            <path className="sam-g-oppervlak" d={`${lijn}L100 100Z`} fillOpacity="0.7" />
            <path className="sam-g-lijn sam-g-lijn-1" d="M0 100L100 0" vectorEffect="non-scaling-stroke" />
            <path className="sam-g-lijn" d={lijn} vectorEffect="non-scaling-stroke" />
          </Vlak>
          {bij === undefined ? null : (
            <>
              <circle className="sam-g-punt" cx={procent(bij.partijen)} cy={pixel(bij.samen)} r="5" />
              <text
                className="sam-g-vet"
                x={procent(Math.min(bij.partijen + 0.03, 0.97))}
                y={pixel(bij.samen) + 20}
                textAnchor={bij.partijen > 0.4 ? 'end' : 'start'}
              >
                {`${formatGetal(nodig)} ${nodig === 1 ? enkel : meer}: ${formatPercentage(bij.samen)}`}
              </text>
            </>
          )}
          <text className="sam-g-zacht" x="0" y={BOVEN + HOOGTE + 18}>
            grootste
          </text>
          <text className="sam-g-zacht" x="100%" y={BOVEN + HOOGTE + 18} textAnchor="end">
            {`alle ${formatGetal(punten.length)} ${meer}`}
          </text>
          <text className="sam-g-zacht" x="0" y={BOVEN + HOOGTE + 34}>
            {`streeplijn: alle ${meer} even groot`}
          </text>
        </Beeld>
      </MetAs>
    </Grafiek>
  )
}
