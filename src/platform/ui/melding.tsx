import { Badge as AmsBadge } from '@amsterdam/design-system-react'
import { type ReactNode, useId } from 'react'
import { Icoon } from './iconen.tsx'
import { VOOROP } from './tekst.tsx'

export type Toon = 'info' | 'succes' | 'waarschuwing' | 'fout'

const KLASSE: Record<Toon, string> = {
  info: 'sam-melding-info',
  succes: 'ams-alert--success',
  waarschuwing: 'ams-alert--warning',
  fout: 'ams-alert--error',
}

const VOORAF: Record<Toon, string> = {
  info: 'Ter informatie',
  succes: 'Gelukt',
  waarschuwing: 'Let op',
  fout: 'Fout',
}

export interface MeldingProps {
  soort: Toon
  /** Short; without it the kind of message is the heading for screen readers only. */
  kop?: string
  /** It says why something was refused. */
  weigering?: boolean
  children?: ReactNode
}

/** A message about this page or what was just done. */
export function Melding({ soort, kop, weigering = false, children }: MeldingProps) {
  const id = useId()
  return (
    <section
      className={`ams-alert ${KLASSE[soort]} sam-melding`}
      aria-labelledby={id}
      {...(weigering ? VOOROP : {})}
    >
      <div className="ams-alert__severity-indicator">
        <Icoon naam={soort} />
      </div>
      <div className="ams-alert__content">
        <p id={id} className={kop === undefined ? 'ams-visually-hidden' : 'sam-melding-kop'}>
          {kop ?? VOORAF[soort]}
        </p>
        {children === undefined ? null : <div className="ams-paragraph">{children}</div>}
      </div>
    </section>
  )
}

export type BadgeToon = 'neutraal' | Toon | 'accent'

/** A state in one or two words. The text carries the meaning, the colour only supports it. */
export function Badge({ toon = 'neutraal', children }: { toon?: BadgeToon; children: string }) {
  return <AmsBadge className={`sam-badge sam-badge-${toon}`} label={children} />
}

export interface LegeStaatProps {
  kop: string
  children?: ReactNode
  /** The button or link for what to do first. */
  stap?: ReactNode
}

/** What to say where there is nothing yet: why, and what to do first. */
export function LegeStaat({ kop, children, stap }: LegeStaatProps) {
  return (
    <div className="sam-leeg">
      <p className="sam-leeg-kop">{kop}</p>
      {children === undefined ? null : <div className="ams-paragraph">{children}</div>}
      {stap === undefined ? null : <div className="sam-knoppen">{stap}</div>}
    </div>
  )
}

/** How far a job is, as bar and as text. `klaar` ≤ `totaal`. */
export function Voortgang({ label, klaar, totaal }: { label: string; klaar: number; totaal: number }) {
  const id = useId()
  const getal = new Intl.NumberFormat('nl-NL')
  return (
    <div className="sam-voortgang">
      <p className="sam-voortgang-tekst" id={id}>
        <span>{label}</span>
        <span>
          {getal.format(klaar)} van {getal.format(totaal)}
        </span>
      </p>
      <progress value={klaar} max={Math.max(totaal, 1)} aria-labelledby={id} />
    </div>
  )
}
