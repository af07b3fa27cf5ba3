import { type ReactNode, useId } from 'react'
import { Icoon } from './iconen.tsx'
import { Beschrijvingslijst } from './tekst.tsx'

export interface UitlegProps {
  /** What is explained; makes the summary unique for screen readers. */
  over: string
  definitie: string
  bron: string
  /** As text: 'vandaag 14:05' or '31 januari 2026'. */
  bijgewerkt: string
  formule?: string
}

/** How a figure is calculated: folded, one click away. */
export function Uitleg({ over, definitie, bron, bijgewerkt, formule }: UitlegProps) {
  return (
    <details className="sam-uitleg">
      <summary>
        Hoe is dit berekend?<span className="ams-visually-hidden"> ({over})</span>
      </summary>
      <Beschrijvingslijst
        items={[
          { naam: 'Definitie', waarde: definitie },
          ...(formule === undefined ? [] : [{ naam: 'Formule', waarde: formule }]),
          { naam: 'Bron', waarde: bron },
          { naam: 'Laatst bijgewerkt', waarde: bijgewerkt },
        ]}
      />
    </details>
  )
}

export interface Wijziging {
  /** '3,1% meer dan vorig jaar': says the direction in words. */
  tekst: string
  richting: 'op' | 'af' | 'gelijk'
  /** Whether this is good news; a rise in cost is not. */
  oordeel?: 'goed' | 'slecht' | 'neutraal'
}

export interface KengetalProps {
  label: string
  /** Already formatted. */
  waarde: string
  wijziging?: Wijziging
  toelichting?: ReactNode
  uitleg?: Omit<UitlegProps, 'over'>
  /** Where the figure is worked out further. */
  href?: string
}

/** One figure with its name, its change and its explanation. */
export function Kengetal({ label, waarde, wijziging, toelichting, uitleg, href }: KengetalProps) {
  const id = useId()
  return (
    <section className="sam-kengetal" aria-labelledby={id}>
      <p className="sam-kengetal-label" id={id}>
        {href === undefined ? (
          label
        ) : (
          <a className="ams-link" href={href}>
            {label}
          </a>
        )}
      </p>
      <p className="sam-kengetal-waarde">{waarde}</p>
      {wijziging === undefined ? null : (
        <p className={`sam-wijziging sam-wijziging-${wijziging.oordeel ?? 'neutraal'}`}>
          {wijziging.richting === 'gelijk' ? null : <Icoon naam={wijziging.richting} />}
          {wijziging.tekst}
        </p>
      )}
      {toelichting === undefined ? null : <p className="sam-kengetal-noot">{toelichting}</p>}
      {uitleg === undefined ? null : <Uitleg over={label} {...uitleg} />}
    </section>
  )
}

/** Figures beside each other; as many on a line as fit. */
export function Kengetallen({ children }: { children: ReactNode }) {
  return <div className="sam-kengetallen">{children}</div>
}

export interface KaartProps {
  kop: string
  niveau?: 2 | 3
  /** Makes the heading a link. */
  href?: string
  /** Right of the heading: a badge or link. */
  naast?: ReactNode
  children?: ReactNode
}

/** A bordered part of a page with a heading. */
export function Kaart({ kop, niveau = 2, href, naast, children }: KaartProps) {
  const id = useId()
  const H = `h${niveau}` as const
  return (
    <section className="sam-kaart" aria-labelledby={id}>
      <div className="sam-kaart-kop">
        <H className="ams-heading ams-heading--3" id={id}>
          {href === undefined ? (
            kop
          ) : (
            <a className="ams-link" href={href}>
              {kop}
            </a>
          )}
        </H>
        {naast}
      </div>
      {children}
    </section>
  )
}

/** Cards or charts beside each other: two or three on a wide screen, one on a phone. */
export function Raster({ kolommen = 2, children }: { kolommen?: 2 | 3; children: ReactNode }) {
  return <div className={`sam-raster sam-raster-${kolommen}`}>{children}</div>
}
