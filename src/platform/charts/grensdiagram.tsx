import { formatPercentage } from '../ui/invoer.ts'
import { Balken, Grafiek, type GrafiekProps } from './grafiek.tsx'
import { procent } from './schaal.ts'

export interface Grensstaaf {
  naam: string
  /** Zero or more, in what `format` shows. */
  waarde: number
  /** More than zero: what the bar is a share of. */
  grens: number
  /** Where the limit covers only a part: the whole of which `waarde` is what it covers. */
  geheel?: number
  /** Where the value goes to by the end; null when nothing can be said of it. */
  verwacht: number | null
  /** What stands out of this bar, in words; undefined when nothing does. */
  oordeel?: string
  /** Where this bar is worked out further. */
  href?: string
}

export interface GrensdiagramProps extends GrafiekProps {
  staven: readonly Grensstaaf[]
  format: (waarde: number) => string
  /** Column heads of the table: 'Gemeente', 'Besteed', 'Plafond'. */
  koppen: readonly [naam: string, waarde: string, grens: string]
}

/** A bar beyond this many times its limit is cut off: its figure says how much it is, and the others stay readable. */
const HOOGSTENS = 2

const deel = (staaf: Grensstaaf) => staaf.waarde / staaf.grens
const verwachtDeel = ({ verwacht, grens }: Grensstaaf) => (verwacht === null ? null : verwacht / grens)

/**
 * Horizontal bars, each a share of its own limit, so that what is nearly used up stands out however small it is; the
 * limit is one line through all of them, a diamond says where each is going. In the order given.
 */
export function Grensdiagram({ staven, format, koppen, ...frame }: GrensdiagramProps) {
  const grens = koppen[2].toLowerCase()
  const hoogste = Math.max(1.1, ...staven.flatMap(s => [deel(s), verwachtDeel(s) ?? 0]))
  const plek = (share: number) => procent(Math.min(share / Math.min(hoogste, HOOGSTENS), 1))
  return (
    <Grafiek
      {...frame}
      rijen={staven}
      sleutel={(s, i) => `${i} ${s.naam}`}
      kolommen={[
        { kop: koppen[0], rijkop: true, cel: s => s.naam },
        { kop: koppen[1], uitlijning: 'rechts', cel: s => format(s.waarde) },
        { kop: koppen[2], uitlijning: 'rechts', cel: s => format(s.grens) },
        { kop: 'Deel', uitlijning: 'rechts', cel: s => formatPercentage(deel(s)) },
        { kop: 'Verwacht', uitlijning: 'rechts', cel: s => formatVerwacht(s) },
        { kop: 'Wat opvalt', cel: s => s.oordeel ?? '' },
      ]}
    >
      <Balken
        label={frame.titel}
        balken={staven.map(staaf => ({
          naam: staaf.naam,
          href: staaf.href,
          waarde: sayStaaf(staaf, format),
          omschrijving: describe(staaf, grens),
          beeld: (
            <>
              <rect
                className={staaf.waarde > staaf.grens ? 'sam-g-over' : 'sam-g-0'}
                x="0"
                y="3"
                width={plek(Math.max(0, deel(staaf)))}
                height="12"
                rx="2"
              />
              <line className="sam-g-grens" x1={plek(1)} x2={plek(1)} y1="0" y2="18" />
              <Verwacht share={verwachtDeel(staaf)} plek={plek} />
            </>
          ),
        }))}
      />
      <p className="sam-grafiek-lezing sam-grafiek-noot">
        Streep: {grens}.
        {staven.some(s => s.verwacht !== null) ? ' Ruit: waar het heen gaat aan het eind van het jaar.' : ''}
      </p>
    </Grafiek>
  )
}

/** '€ 80 van € 100 (80,0%)', and what stands out of it. */
function sayStaaf(staaf: Grensstaaf, format: (waarde: number) => string): string {
  const { waarde, grens, geheel, oordeel } = staaf
  const vooraf = geheel === undefined ? '' : `${format(geheel)}, waarvan `
  const achteraf = oordeel === undefined ? '' : `: ${oordeel}`
  return `${vooraf}${format(waarde)} van ${format(grens)} (${formatPercentage(deel(staaf))})${achteraf}`
}

function Verwacht({ share, plek }: { share: number | null; plek: (share: number) => string }) {
  if (share === null) return null
  return (
    <svg x={plek(Math.max(0, share))} y="9" overflow="visible" aria-hidden="true">
      <path className={share > 1 ? 'sam-g-ruit sam-g-over' : 'sam-g-ruit'} d="M0-5 5 0 0 5-5 0z" />
    </svg>
  )
}

const formatVerwacht = (staaf: Grensstaaf) => {
  const share = verwachtDeel(staaf)
  return share === null ? '' : formatPercentage(share)
}

function describe(staaf: Grensstaaf, grens: string): string {
  const nu = `${formatPercentage(deel(staaf))} van ${grens}`
  return staaf.verwacht === null ? nu : `${nu}, verwacht ${formatVerwacht(staaf)}`
}
