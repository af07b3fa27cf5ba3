import { Breadcrumb, SkipLink } from '@amsterdam/design-system-react'
import { Fragment, type ReactNode } from 'react'
import { findAssets } from './assets.ts'
import { Icoon } from './iconen.tsx'
import { formatGetal } from './invoer.ts'
import { Melding, type Toon } from './melding.tsx'
import { type Sessieduur, Sessiemelding, Sessievoet } from './sessie.tsx'

export interface MenuItem {
  href: string
  naam: string
  /** Waiting work; shown behind the name. */
  aantal?: number
  /** Items of one group stand together under this name. */
  groep?: string
}

export interface Kruimel {
  naam: string
  href: string
}

export interface Gebruiker {
  naam: string
  rol: string
  organisatie: string
}

export interface PaginaProps {
  /** The h1, and the title of the browser tab. */
  titel: string
  /** The answer of this page in a sentence, under the h1. */
  inleiding?: ReactNode
  /** The next step: buttons beside the h1. */
  acties?: ReactNode
  gebruiker?: Gebruiker
  /** Path of this page; the longest menu link that it starts with is the current one. */
  pad: string
  menu: readonly MenuItem[]
  /** From the start page down, without the page itself. */
  kruimels?: readonly Kruimel[]
  demo?: boolean
  /** Needed for the log-out button. */
  csrf?: string
  melding?: { soort: Toon; tekst: string }
  /** The page says why something was refused: its title begins with that. */
  geweigerd?: boolean
  zoekterm?: string
  /** False hides the search box, for who may not search. */
  zoeken?: boolean
  regio?: string
  versie?: string
  /** Reload after so many seconds: for a page that follows a job, without script. */
  ververs?: number
  /** When the session of the reader ends; absent for who is not logged in. */
  sessie?: Sessieduur
  children: ReactNode
}

/** The menu link that a path belongs to: the longest one that it equals or lies below. */
export function currentItem(menu: readonly MenuItem[], pad: string): string | undefined {
  return menu
    .map(item => item.href)
    .filter(href => pad === href || (href !== '/' && pad.startsWith(`${href}/`)))
    .sort((a, b) => b.length - a.length)[0]
}

/** The frame of every page: skip link, header with search and menu, the page itself, footer. */
export function Pagina(props: PaginaProps) {
  const {
    titel,
    inleiding,
    acties,
    pad,
    menu,
    kruimels = [],
    demo,
    melding,
    geweigerd,
    ververs,
    sessie,
    children,
  } = props
  const assets = findAssets()
  return (
    <html lang="nl">
      <head>
        <meta charSet="utf-8" />
        <title>{`${geweigerd === true ? 'Fout: ' : ''}${titel} – Samenhang`}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="format-detection" content="telephone=no" />
        {ververs === undefined ? null : <meta httpEquiv="refresh" content={String(ververs)} />}
        <link rel="preload" href={assets.letter} as="font" type="font/woff2" crossOrigin="anonymous" />
        <link rel="stylesheet" href={assets.stijl} />
        <link rel="icon" href={assets.icoon} type="image/svg+xml" />
        {sessie === undefined || assets.terug === undefined ? null : (
          <script type="module" src={assets.terug} />
        )}
      </head>
      <body className="ams-body">
        <SkipLink href="#inhoud">Direct naar de inhoud</SkipLink>
        {demo === true ? (
          <p className="sam-demo">
            <strong>Demonstratie:</strong> alle gegevens zijn verzonnen
          </p>
        ) : null}
        <Kopbalk {...props} />
        <div className={menu.length === 0 ? 'sam-romp sam-romp-smal' : 'sam-romp'}>
          {menu.length === 0 ? null : (
            <nav className="sam-zijmenu" aria-label="Hoofdmenu">
              <MenuLijst menu={menu} pad={pad} />
            </nav>
          )}
          <div className="sam-midden">
            {kruimels.length === 0 ? null : (
              <Breadcrumb>
                {kruimels.map(kruimel => (
                  <Breadcrumb.Link key={kruimel.href} href={kruimel.href}>
                    {kruimel.naam}
                  </Breadcrumb.Link>
                ))}
              </Breadcrumb>
            )}
            <main id="inhoud" tabIndex={-1} className="sam-inhoud">
              <div className="sam-titel">
                <div>
                  <h1 className="ams-heading ams-heading--1">{titel}</h1>
                  {inleiding === undefined ? null : (
                    <div className="ams-paragraph ams-paragraph--large sam-inleiding">{inleiding}</div>
                  )}
                </div>
                {acties === undefined ? null : <div className="sam-knoppen">{acties}</div>}
              </div>
              {sessie === undefined ? null : <Sessiemelding {...sessie} />}
              {melding === undefined ? null : <Melding soort={melding.soort} kop={melding.tekst} />}
              {children}
            </main>
          </div>
        </div>
        <footer className="sam-voet">
          <p>Samenhang {props.versie ?? ''}</p>
          {sessie === undefined ? null : <Sessievoet {...sessie} />}
          <ul>
            <li>
              <a className="ams-link" href="/toegankelijkheid">
                Toegankelijkheid
              </a>
            </li>
            <li>
              <a className="ams-link" href="/bronnen">
                Bronnen en definities
              </a>
            </li>
          </ul>
        </footer>
      </body>
    </html>
  )
}

function Kopbalk({ pad, menu, gebruiker, csrf, zoekterm, zoeken, regio }: PaginaProps) {
  return (
    <header className="sam-kopbalk">
      <div className="sam-kopbalk-rij">
        <a className="sam-merk" href="/">
          <svg viewBox="0 0 32 32" width="28" height="28" aria-hidden="true" focusable="false">
            <g fill="none" stroke="currentColor" strokeWidth="3.4">
              <circle cx="11.5" cy="12" r="7.5" />
              <circle cx="20.5" cy="12" r="7.5" />
              <circle cx="16" cy="20" r="7.5" />
            </g>
          </svg>
          <span>
            <span className="sam-merk-naam">Samenhang</span>
            {regio === undefined ? null : <span className="sam-merk-regio">{regio}</span>}
          </span>
        </a>
        {gebruiker === undefined ? null : (
          <>
            {zoeken === false ? null : (
              <search className="sam-zoek">
                <form method="get" action="/zoeken">
                  <label className="ams-visually-hidden" htmlFor="zoek">
                    Zoek een aanbieder, contract, product, bericht of toewijzing
                  </label>
                  <input
                    id="zoek"
                    name="q"
                    type="search"
                    autoComplete="off"
                    placeholder="Zoek aanbieder, contract, bericht"
                    defaultValue={zoekterm ?? ''}
                  />
                  <button type="submit">
                    <Icoon naam="zoek" />
                    <span className="ams-visually-hidden">Zoek</span>
                  </button>
                </form>
              </search>
            )}
            <div className="sam-gebruiker">
              <p>
                <span className="sam-gebruiker-naam">{gebruiker.naam}</span>
                <span className="sam-gebruiker-rol">
                  {gebruiker.rol} · {gebruiker.organisatie}
                </span>
              </p>
              {csrf === undefined ? null : (
                <form method="post" action="/uitloggen">
                  <input type="hidden" name="_csrf" value={csrf} />
                  <button className="sam-uitloggen" type="submit">
                    Uitloggen
                  </button>
                </form>
              )}
            </div>
          </>
        )}
      </div>
      {menu.length === 0 ? null : (
        <details className="sam-mobielmenu">
          <summary>Menu</summary>
          <nav aria-label="Hoofdmenu">
            <MenuLijst menu={menu} pad={pad} />
          </nav>
        </details>
      )}
    </header>
  )
}

function MenuLijst({ menu, pad }: { menu: readonly MenuItem[]; pad: string }) {
  const huidig = currentItem(menu, pad)
  const groepen = [...new Set(menu.map(item => item.groep ?? ''))]
  return groepen.map(groep => (
    <Fragment key={groep}>
      {groep === '' ? null : <p className="sam-menugroep">{groep}</p>}
      <ul className="sam-menu">
        {menu
          .filter(item => (item.groep ?? '') === groep)
          .map(item => (
            <li key={item.href}>
              <a href={item.href} {...(item.href === huidig ? { 'aria-current': 'page' as const } : {})}>
                <span>{item.naam}</span>
                {item.aantal === undefined || item.aantal === 0 ? null : (
                  <span className="sam-aantal">{formatGetal(item.aantal)}</span>
                )}
              </a>
            </li>
          ))}
      </ul>
    </Fragment>
  ))
}
