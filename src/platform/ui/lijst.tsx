import type { ReactNode } from 'react'
import { splitAdres, withQuery } from './adres.ts'
import { Knop } from './formulier.tsx'
import { formatGetal } from './invoer.ts'

export interface PagineringProps {
  /** Path and query of this page; the links change only `pagina`. */
  adres: string
  /** From 1. */
  pagina: number
  perPagina: number
  totaal: number
  /** What is counted, in the plural: 'berichten'. */
  naam?: string
}

/** The page numbers to show: first, last, and those around the current one; null is a gap. */
export function pageNumbers(pagina: number, laatste: number): (number | null)[] {
  const bij = [1, pagina - 1, pagina, pagina + 1, laatste].filter(n => n >= 1 && n <= laatste)
  const uniek = [...new Set(bij)].sort((a, b) => a - b)
  return uniek.flatMap((n, i) => {
    const vorige = uniek[i - 1]
    if (vorige === undefined || n - vorige === 1) return [n]
    return n - vorige === 2 ? [n - 1, n] : [null, n]
  })
}

/** Which part of the list this is, and links to the rest. Only the count when all fits on one page. */
export function Paginering({ adres, pagina, perPagina, totaal, naam = '' }: PagineringProps) {
  const laatste = Math.max(1, Math.ceil(totaal / perPagina))
  const van = totaal === 0 ? 0 : (pagina - 1) * perPagina + 1
  const tot = Math.min(totaal, pagina * perPagina)
  const tekst =
    totaal === 1
      ? 'Eén gevonden'
      : `${formatGetal(van)}–${formatGetal(tot)} van ${formatGetal(totaal)}${naam === '' ? '' : ` ${naam}`}`
  const naar = (n: number) => withQuery(adres, { pagina: n === 1 ? undefined : String(n) })
  return (
    <div className="sam-paginering">
      <p className="sam-paginering-tekst">{tekst}</p>
      {laatste === 1 ? null : (
        <nav aria-label={naam === '' ? "Pagina's" : `Pagina's met ${naam}`}>
          <ul>
            {pagina > 1 ? (
              <li>
                <a rel="prev" href={naar(pagina - 1)}>
                  Vorige
                </a>
              </li>
            ) : null}
            {pageNumbers(pagina, laatste).map((n, i, alle) =>
              n === null ? (
                <li key={`na ${alle[i - 1]}`} aria-hidden="true" className="sam-gat">
                  …
                </li>
              ) : (
                <li key={n}>
                  <a
                    href={naar(n)}
                    aria-label={`Pagina ${formatGetal(n)}`}
                    {...(n === pagina ? { 'aria-current': 'page' as const } : {})}
                  >
                    {formatGetal(n)}
                  </a>
                </li>
              ),
            )}
            {pagina < laatste ? (
              <li>
                <a rel="next" href={naar(pagina + 1)}>
                  Volgende
                </a>
              </li>
            ) : null}
          </ul>
        </nav>
      )}
    </div>
  )
}

export interface FilterbalkProps {
  /** Path and query of this page. */
  adres: string
  /** Form names of the fields inside; every other parameter but `pagina` is kept. */
  namen: readonly string[]
  /** What is filtered: 'berichten'. */
  naam: string
  knop?: string
  children: ReactNode
}

/** Filter fields above a list: a GET form, so that a filtered list has an address. */
export function Filterbalk({ adres, namen, naam, knop = 'Filter', children }: FilterbalkProps) {
  const [pad, zoek] = splitAdres(adres)
  const query = new URLSearchParams(zoek)
  const bewaard = [...query].filter(([n]) => !namen.includes(n) && n !== 'pagina')
  const actief = namen.some(n => (query.get(n) ?? '') !== '')
  const leeg = Object.fromEntries([...namen, 'pagina'].map(n => [n, undefined]))
  return (
    <form className="sam-filterbalk" method="get" action={pad} aria-label={`Filter ${naam}`}>
      {bewaard.map(([n, waarde]) => (
        <input key={`${n} ${waarde}`} type="hidden" name={n} value={waarde} />
      ))}
      {children}
      <div className="sam-filterbalk-knoppen">
        <Knop soort="tweede">{knop}</Knop>
        {actief ? (
          <a className="ams-link" href={withQuery(adres, leeg)}>
            {knop === 'Filter' ? 'Wis filters' : 'Maak leeg'}
          </a>
        ) : null}
      </div>
    </form>
  )
}

export interface DownloadlinksProps {
  /** What is downloaded: 'berichten'. */
  naam: string
  csv?: string
  xlsx?: string
}

/** The same list as a file. */
export function Downloadlinks({ naam, csv, xlsx }: DownloadlinksProps) {
  const link = (soort: string, href: string | undefined) =>
    href === undefined ? null : (
      <a className="ams-link" href={href} aria-label={`Download ${naam} als ${soort}`} download="">
        {soort}
      </a>
    )
  return (
    <p className="sam-downloads">
      <span aria-hidden="true">Download</span> {link('CSV', csv)} {link('XLSX', xlsx)}
    </p>
  )
}

export interface Tab {
  naam: string
  href: string
  aantal?: number
}

/** Parts of one subject, each with its own address. */
export function Tabs({ label, tabs, huidig }: { label: string; tabs: readonly Tab[]; huidig: string }) {
  return (
    <nav className="sam-tabs" aria-label={label}>
      <ul>
        {tabs.map(tab => (
          <li key={tab.href}>
            <a href={tab.href} {...(tab.href === huidig ? { 'aria-current': 'page' as const } : {})}>
              {tab.naam}
              {tab.aantal === undefined ? null : (
                <span className="sam-aantal">{formatGetal(tab.aantal)}</span>
              )}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}
