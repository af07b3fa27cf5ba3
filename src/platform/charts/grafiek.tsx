import type { ReactNode } from 'react'
import { type Kolom, Tabel } from '../ui/tabel.tsx'
import { procent } from './schaal.ts'

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
              <Tabel
                bijschrift={titel}
                bijschriftVerborgen
                kolommen={kolommen}
                rijen={rijen}
                sleutel={sleutel}
              />
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
export function Vlak({
  links,
  boven,
  hoogte,
  children,
}: {
  /** Share of the width left of the plot, for the figures on the axis. */
  links: number
  boven: number
  hoogte: number
  children: ReactNode
}) {
  return (
    <svg
      aria-hidden="true"
      x={procent(links)}
      y={boven}
      width={procent(1 - links)}
      height={hoogte}
      viewBox="0 0 100 100"
      preserveAspectRatio="none"
    >
      {children}
    </svg>
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
