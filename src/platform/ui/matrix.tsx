import { type ReactNode, useId } from 'react'
import type { Fout } from '../problem.ts'
import { veldId } from './adres.ts'
import { SCROLLT } from './tekst.tsx'

export interface Matrixrij {
  /** Form name of the row; the chosen columns are its values. */
  naam: string
  kop: ReactNode
}

export interface Matrixkolom {
  waarde: string
  kop: string
  uitleg?: string
}

export interface MatrixProps {
  bijschrift: string
  /** Name of the column of row headings. */
  hoek: string
  /** One choice per row, or any number. */
  soort: 'een' | 'meer'
  rijen: readonly Matrixrij[]
  kolommen: readonly Matrixkolom[]
  gekozen: (rij: string, kolom: string) => boolean
  fouten?: readonly Fout[]
}

/**
 * Choices in a real table: every input is named by its row and its column, both stay in sight while the table scrolls in
 * its own region. The first input of a row carries the id that the error summary links to.
 */
export function Matrix({ bijschrift, hoek, soort, rijen, kolommen, gekozen, fouten = [] }: MatrixProps) {
  const id = useId()
  return (
    <section className="ams-table sam-tabel sam-matrix" aria-labelledby={id} {...SCROLLT}>
      <table className="ams-table__table">
        <caption id={id} className="ams-visually-hidden">
          {bijschrift}
        </caption>
        <thead className="ams-table__header">
          <tr>
            <th scope="col" className="ams-table__header-cell sam-rijkop">
              {hoek}
            </th>
            {kolommen.map((kolom, k) => (
              <th
                key={kolom.waarde}
                scope="col"
                className="ams-table__header-cell"
                id={`${id}-k${k}`}
                {...(kolom.uitleg === undefined ? {} : { title: kolom.uitleg })}
              >
                {kolom.kop}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rijen.map((rij, r) => (
            <tr key={rij.naam}>
              <th scope="row" className="ams-table__header-cell sam-rijkop" id={`${id}-r${r}`}>
                {rij.kop}
                <Rijfout id={`${veldId(rij.naam)}-fout`} naam={rij.naam} fouten={fouten} />
              </th>
              {kolommen.map((kolom, k) => (
                <td key={kolom.waarde} className="ams-table__cell">
                  <label className="sam-matrix-cel">
                    <input
                      id={k === 0 ? veldId(rij.naam) : `${veldId(rij.naam)}-${k}`}
                      type={soort === 'een' ? 'radio' : 'checkbox'}
                      name={rij.naam}
                      value={kolom.waarde}
                      defaultChecked={gekozen(rij.naam, kolom.waarde)}
                      aria-labelledby={`${id}-r${r} ${id}-k${k}`}
                    />
                  </label>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function Rijfout({ id, naam, fouten }: { id: string; naam: string; fouten: readonly Fout[] }) {
  const eigen = fouten.filter(fout => veldId(fout.pad) === veldId(naam))
  return eigen.length === 0 ? null : (
    <span className="sam-matrix-fout" id={id}>
      {eigen.map(fout => fout.melding).join(' ')}
    </span>
  )
}
