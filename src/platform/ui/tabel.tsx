import { Fragment, type ReactNode, useId } from 'react'
import { type Sortering, withQuery } from './adres.ts'
import { Icoon } from './iconen.tsx'
import { SCROLLT } from './tekst.tsx'

export interface Kolom<Rij> {
  kop: string
  cel: (rij: Rij) => ReactNode
  /** 'rechts' for numbers and amounts: also makes the digits equally wide. */
  uitlijning?: 'rechts'
  /** Name of this column in `?sorteer=`; without it the column cannot be sorted. */
  sorteer?: string
  /** The cell that names the row; at most one column. */
  rijkop?: boolean
  /** Never breaks over two lines: dates, codes, states. */
  heel?: boolean
  /** What can be done with the row: stays in sight at the end while a wide table scrolls sideways. At most one, the last. */
  actie?: boolean
  /** What stands in the last row, below this column. */
  totaal?: ReactNode
}

export interface TabelProps<Rij> {
  bijschrift: string
  /** Shows the caption, where no heading above says it already; else it only names the table. */
  bijschriftZichtbaar?: boolean
  kolommen: readonly Kolom<Rij>[]
  rijen: readonly Rij[]
  sleutel: (rij: Rij, index: number) => string
  /** Path and query of this page; needed for sorting. */
  adres?: string
  sortering?: Sortering
  /** Shown in place of the rows when there are none. */
  leeg?: ReactNode
  /** What stands below a row over its whole width, such as an explanation; undefined for a row without. */
  onder?: (rij: Rij) => ReactNode | undefined
}

/** With more columns than this a telephone shows a row as a list of heading and value, not as a line that scrolls sideways. */
const NAAST_ELKAAR = 2

/**
 * Table that scrolls sideways in its own region, with sorting by links. Sorting keeps every other parameter
 * but goes back to the first page. On a telephone a table of many columns stacks its cells, so that none lies out of sight.
 */
export function Tabel<Rij>(props: TabelProps<Rij>) {
  const { bijschrift, bijschriftZichtbaar, kolommen, rijen, sleutel, adres, sortering, leeg, onder } = props
  const id = useId()
  const stapelt = kolommen.length > NAAST_ELKAAR
  const kop = (kolom: Kolom<Rij>) => (stapelt ? { 'data-kop': kolom.kop } : {})
  if (rijen.length === 0)
    return (
      <div className="sam-tabel-leeg">
        {leeg ?? <p className="ams-paragraph">{bijschrift}: er is niets.</p>}
      </div>
    )
  return (
    <section
      className={`ams-table sam-tabel${stapelt ? ' sam-stapelt' : ''}`}
      aria-labelledby={id}
      {...SCROLLT}
    >
      <table className="ams-table__table">
        <caption
          id={id}
          className={bijschriftZichtbaar === true ? 'ams-table__caption' : 'ams-visually-hidden'}
        >
          {bijschrift}
        </caption>
        <thead className="ams-table__header">
          <tr>
            {kolommen.map(kolom => (
              <Kopcel key={kolom.kop} kolom={kolom} adres={adres} sortering={sortering} />
            ))}
          </tr>
        </thead>
        <tbody>
          {rijen.map((rij, i) => {
            const uitleg = onder?.(rij)
            return (
              <Fragment key={sleutel(rij, i)}>
                <tr className={uitleg === undefined ? undefined : 'sam-met-onder'}>
                  {kolommen.map(kolom =>
                    kolom.rijkop === true ? (
                      <th key={kolom.kop} scope="row" className={celKlasse(kolom, true)}>
                        {kolom.cel(rij)}
                      </th>
                    ) : (
                      <td key={kolom.kop} className={celKlasse(kolom, false)} {...kop(kolom)}>
                        {kolom.cel(rij)}
                      </td>
                    ),
                  )}
                </tr>
                {uitleg === undefined ? null : (
                  <tr className="sam-onder">
                    <td className="ams-table__cell" colSpan={kolommen.length}>
                      <div>{uitleg}</div>
                    </td>
                  </tr>
                )}
              </Fragment>
            )
          })}
        </tbody>
        {kolommen.some(kolom => kolom.totaal !== undefined) ? (
          <tfoot>
            <tr>
              {kolommen.map(kolom => (
                <td key={kolom.kop} className={celKlasse(kolom, false)} {...kop(kolom)}>
                  {kolom.totaal}
                </td>
              ))}
            </tr>
          </tfoot>
        ) : null}
      </table>
    </section>
  )
}

function celKlasse<Rij>(kolom: Kolom<Rij>, kop: boolean): string {
  return [
    kop ? 'ams-table__header-cell sam-rijkop' : 'ams-table__cell',
    kolom.uitlijning === 'rechts' ? 'sam-rechts' : '',
    kolom.heel === true ? 'sam-heel' : '',
    kolom.actie === true ? 'sam-actiekolom' : '',
  ]
    .filter(klasse => klasse !== '')
    .join(' ')
}

function Kopcel<Rij>({
  kolom,
  adres,
  sortering,
}: {
  kolom: Kolom<Rij>
  adres: string | undefined
  sortering: Sortering | undefined
}) {
  const klasse = `ams-table__header-cell${kolom.uitlijning === 'rechts' ? ' sam-rechts' : ''}${kolom.actie === true ? ' sam-actiekolom' : ''}`
  if (kolom.sorteer === undefined || adres === undefined)
    return (
      <th scope="col" className={klasse}>
        {kolom.kop}
      </th>
    )
  const nu = sortering?.kolom === kolom.sorteer ? sortering.richting : undefined
  const naar = nu === 'op' ? `-${kolom.sorteer}` : kolom.sorteer
  return (
    <th
      scope="col"
      className={klasse}
      {...(nu === undefined ? {} : { 'aria-sort': nu === 'op' ? 'ascending' : 'descending' })}
    >
      <a className="sam-sorteer" href={withQuery(adres, { sorteer: naar, pagina: undefined })}>
        {kolom.kop}
        {nu === undefined ? null : <Icoon naam={nu} />}
      </a>
    </th>
  )
}
