import type { ReactNode } from 'react'
import { type Kolom, Tabel } from '../ui/tabel.tsx'

export interface GrafiekProps {
  titel: string
  /** One sentence that says what there is to see; also the accessible name of the picture. */
  lezing: string
  /** CSV of the same query. */
  csv?: string
}

/** Frame of every chart: title, reading, picture, the same data as a table, and the file. */
export function Grafiek<Rij>({
  titel,
  lezing,
  csv,
  kolommen,
  rijen,
  sleutel,
  legenda,
  children,
}: GrafiekProps & {
  kolommen: readonly Kolom<Rij>[]
  rijen: readonly Rij[]
  sleutel: (rij: Rij, index: number) => string
  legenda?: ReactNode
  children: ReactNode
}) {
  return (
    <figure className="sam-grafiek">
      <figcaption>
        <p className="sam-grafiek-titel">{titel}</p>
        <p className="sam-grafiek-lezing">{lezing}</p>
      </figcaption>
      {rijen.length === 0 ? (
        <p className="sam-grafiek-lezing">Er zijn nog geen gegevens voor deze grafiek.</p>
      ) : (
        <>
          {legenda}
          {children}
          <div className="sam-grafiek-onder">
            <details>
              <summary>
                Bekijk als tabel<span className="ams-visually-hidden">: {titel}</span>
              </summary>
              <Tabel bijschrift={titel} kolommen={kolommen} rijen={rijen} sleutel={sleutel} />
            </details>
            {csv === undefined ? null : (
              <a className="ams-link" href={csv} download="" aria-label={`Download ${titel} als CSV`}>
                CSV
              </a>
            )}
          </div>
        </>
      )}
    </figure>
  )
}

/** The picture: no viewBox, so that percentages follow the width and text keeps its size. */
export function Beeld({ naam, hoogte, children }: { naam: string; hoogte: number; children: ReactNode }) {
  return (
    <svg role="img" aria-label={naam} width="100%" height={hoogte} focusable="false">
      {children}
    </svg>
  )
}

/**
 * A layer in which a path can be drawn in percentages: 100 by 100 units stretched over the plot. Line widths and
 * dashes stay in pixels (`vectorEffect="non-scaling-stroke"` on each path).
 */
export function Vlak({ boven, hoogte, children }: { boven: number; hoogte: number; children: ReactNode }) {
  return (
    <svg
      aria-hidden="true"
      x="0"
      y={boven}
      width="100%"
      height={hoogte}
      viewBox="0 0 100 100"
      preserveAspectRatio="none"
    >
      {children}
    </svg>
  )
}

export interface Streep {
  tekst: string
  /** Pixels from the top. */
  y: number
}

/** Average width of a character of the axis, in pixels, rounded up. */
const TEKEN = 7

/**
 * A plot with the figures of its axis in a column of their own, just wide enough for them, so that they never lie
 * under the lines however narrow the page is.
 */
export function MetAs({
  strepen,
  hoogte,
  children,
}: {
  strepen: readonly Streep[]
  hoogte: number
  children: ReactNode
}) {
  const breedte = Math.max(...strepen.map(streep => streep.tekst.length)) * TEKEN + 8
  return (
    <div className="sam-plot">
      <svg aria-hidden="true" focusable="false" width={breedte} height={hoogte}>
        {strepen.map(streep => (
          <text key={streep.y} className="sam-g-zacht" x={breedte - 8} y={streep.y + 4} textAnchor="end">
            {streep.tekst}
          </text>
        ))}
      </svg>
      {children}
    </div>
  )
}

export interface Balk {
  naam: string
  href?: string | undefined
  /** Behind the name, right. */
  waarde: string
  /** What the bar shows, for who cannot see it: '89,1% van het plafond'. */
  omschrijving: string
  beeld: ReactNode
}

/** Bars below each other: name and value are text that may wrap, only the bar is drawn. */
export function Balken({ label, balken }: { label: string; balken: readonly Balk[] }) {
  return (
    <ul className="sam-balken" aria-label={label}>
      {balken.map((balk, i) => (
        <li key={String(i)}>
          <p>
            {balk.href === undefined ? (
              <span>{balk.naam}</span>
            ) : (
              <a className="ams-link" href={balk.href}>
                {balk.naam}
              </a>
            )}
            <span className="sam-balk-waarde">{balk.waarde}</span>
          </p>
          <Beeld naam={balk.omschrijving} hoogte={18}>
            <rect className="sam-g-vlak" x="0" y="3" width="100%" height="12" rx="2" />
            {balk.beeld}
          </Beeld>
        </li>
      ))}
    </ul>
  )
}

export interface LegendaItem {
  naam: string
  teken: ReactNode
}

/** What each line or pattern stands for. The signs repeat the pattern, not only the colour. */
export function Legenda({ items }: { items: readonly LegendaItem[] }) {
  return (
    <ul className="sam-legenda">
      {items.map(item => (
        <li key={item.naam}>
          <svg width="24" height="12" aria-hidden="true" focusable="false">
            {item.teken}
          </svg>
          {item.naam}
        </li>
      ))}
    </ul>
  )
}
