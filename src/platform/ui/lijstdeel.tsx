import type { ReactNode } from 'react'
import { type Sortering, splitAdres, withQuery } from './adres.ts'
import { KnopLink } from './formulier.tsx'
import { capital } from './invoer.ts'
import { chosenColumns, Kolomkeuze } from './kolomkeuze.tsx'
import { Downloadlinks, Filterbalk, Paginering } from './lijst.tsx'
import { LegeStaat } from './melding.tsx'
import { type Kolom, Tabel } from './tabel.tsx'
import { Keuzelijst, type Optie, Tekstveld } from './velden.tsx'

export interface LijstdeelProps<Rij> {
  /** Path and query of this page. */
  adres: string
  /** What is listed, in the plural: 'toewijzingen'. */
  naam: string
  /** Form names of the filters. */
  filters: readonly string[]
  /** The filter fields. */
  velden: ReactNode
  /** Every filter that is used, in words: shown above the list, each with a way to take it off. */
  actief?: readonly { naam: string; tekst: string }[]
  kolommen: readonly Kolom<Rij>[]
  rijen: readonly Rij[]
  sleutel: (rij: Rij) => string
  sortering: Sortering
  pagina: number
  perPagina: number
  totaal: number
  /** Path that gives the same list as a file; without it there is no download. */
  exportPad?: string
  /** What to say when there is nothing at all, also without a filter. */
  leeg: ReactNode
  /** The views that somebody kept of this list. */
  weergaven?: ReactNode
}

/** A list as every list in the house: filters, downloads, table, pages; and what to do when nothing is found, also on a page after the last. */
export function Lijstdeel<Rij>(props: LijstdeelProps<Rij>) {
  const { adres, naam, filters, velden, kolommen, rijen, sleutel, sortering, pagina, totaal } = props
  const [pad, zoek] = splitAdres(adres)
  const query = new URLSearchParams(zoek)
  const actief = filters.some(filter => (query.get(filter) ?? '') !== '')
  const bestand = (formaat: string) =>
    withQuery(`${props.exportPad ?? ''}?${query}`, { formaat, pagina: undefined })
  return (
    <>
      {props.weergaven}
      <Filterbalk adres={adres} namen={filters} naam={naam}>
        {velden}
      </Filterbalk>
      <Filterchips adres={adres} actief={props.actief ?? []} />
      {rijen.length === 0 && (actief || totaal > 0) ? (
        <LegeStaat
          kop={`Er zijn geen ${naam} die hierbij passen`}
          stap={<KnopLink href={pad}>Toon alle {naam}</KnopLink>}
        >
          Maak de filters ruimer, of zoek op een deel van de naam.
        </LegeStaat>
      ) : rijen.length === 0 ? (
        props.leeg
      ) : (
        <>
          {props.exportPad === undefined ? null : (
            <Downloadlinks naam={naam} csv={bestand('csv')} xlsx={bestand('xlsx')} />
          )}
          <Tabel
            bijschrift={capital(naam)}
            adres={adres}
            sortering={sortering}
            rijen={rijen}
            sleutel={sleutel}
            kolommen={chosenColumns(kolommen, adres)}
          />
          <Paginering adres={adres} pagina={pagina} perPagina={props.perPagina} totaal={totaal} naam={naam} />
          <Kolomkeuze adres={adres} naam={naam} kolommen={kolommen} />
        </>
      )}
    </>
  )
}

function Filterchips({
  adres,
  actief,
}: {
  adres: string
  actief: readonly { naam: string; tekst: string }[]
}) {
  if (actief.length === 0) return null
  return (
    <ul className="sam-chips" aria-label="Gebruikte filters">
      {actief.map(({ naam, tekst }) => (
        <li key={naam}>
          <a
            href={withQuery(adres, { [naam]: undefined, pagina: undefined })}
            aria-label={`${tekst}: haal dit filter weg`}
          >
            {tekst} <span aria-hidden="true">×</span>
          </a>
        </li>
      ))}
    </ul>
  )
}

/** The filter to look for words with; `hulp` says in what. Read it with `likePattern`. */
export function Filterzoek({
  naam = 'zoek',
  waarde,
  label = 'Zoek',
  hulp,
}: {
  naam?: string
  waarde: string | undefined
  label?: string
  hulp?: string
}) {
  return (
    <Tekstveld
      naam={naam}
      label={label}
      {...(hulp === undefined ? {} : { hulp })}
      waarde={waarde ?? ''}
      verplicht={false}
      maxlengte={100}
    />
  )
}

/**
 * A filter with a few choices; the empty one shows all. What the address asks and is no choice here (mistyped, or gone since)
 * is said, not passed over.
 */
export function Filterkeuze({
  naam,
  label,
  waarde,
  opties,
  leeg = 'Alle',
}: {
  naam: string
  label: string
  waarde: string | undefined
  opties: readonly Optie[]
  leeg?: string
}) {
  const onbekend = (waarde ?? '') !== '' && !opties.some(optie => optie.waarde === waarde)
  return (
    <Keuzelijst
      naam={naam}
      label={label}
      waarde={onbekend ? '' : (waarde ?? '')}
      {...(onbekend && { fouten: [{ pad: naam, melding: `‘${waarde}’ is hier geen keuze.` }] })}
      leeg={leeg}
      opties={opties}
      verplicht={false}
    />
  )
}
