import type { ReactNode } from 'react'
import { Badge, type BadgeToon } from './melding.tsx'
import { Tabel } from './tabel.tsx'
import { Beschrijvingslijst } from './tekst.tsx'

/** A folded part. The summary must say what is inside. */
export function Inklap({ kop, open, children }: { kop: string; open?: boolean; children: ReactNode }) {
  return (
    <details className="sam-inklap" open={open === true}>
      <summary>{kop}</summary>
      <div className="sam-inklap-inhoud">{children}</div>
    </details>
  )
}

export interface Gebeurtenis {
  /** Machine form for `<time>`: ISO date or moment. */
  op: string
  /** Shown form. */
  moment: string
  kop: string
  /** Who or what did it. */
  door?: string
  toelichting?: ReactNode
  toon?: BadgeToon
  status?: string
}

/** What happened, in the order given (newest first is usual). */
export function Tijdlijn({
  label,
  gebeurtenissen,
}: {
  label: string
  gebeurtenissen: readonly Gebeurtenis[]
}) {
  return (
    <ol className="sam-tijdlijn" aria-label={label}>
      {gebeurtenissen.map(g => (
        <li key={`${g.op} ${g.kop}`}>
          <p className="sam-tijdlijn-moment">
            <time dateTime={g.op}>{g.moment}</time>
            {g.door === undefined ? null : <span> · {g.door}</span>}
          </p>
          <p className="sam-tijdlijn-kop">
            {g.kop} {g.status === undefined ? null : <Badge toon={g.toon ?? 'neutraal'}>{g.status}</Badge>}
          </p>
          {g.toelichting === undefined ? null : <div className="ams-paragraph">{g.toelichting}</div>}
        </li>
      ))}
    </ol>
  )
}

export interface Feit {
  naam: string
  /** What was found, e.g. in the message. */
  gevonden: ReactNode
  /** What it was compared with, e.g. in the toewijzing. */
  verwacht: ReactNode
  klopt: boolean
}

export interface WaaromProps {
  /** What was judged, in one sentence: 'Regel 3 is afgekeurd'. */
  oordeel: string
  /** Code and title of the rule. */
  regel: string
  /** Law, standard or contract that the rule comes from. */
  grond: string
  feiten: readonly Feit[]
  /** Names of the two columns of facts. */
  bronnen?: readonly [string, string]
  watNu: ReactNode
  open?: boolean
}

/** Why the system judged so: the rule, its ground, the facts side by side, and what to do now. */
export function Waarom({
  oordeel,
  regel,
  grond,
  feiten,
  bronnen = ['Gevonden', 'Verwacht'],
  watNu,
  open,
}: WaaromProps) {
  return (
    <details className="sam-waarom" open={open === true}>
      <summary>
        Waarom?<span className="ams-visually-hidden"> {oordeel}</span>
      </summary>
      <div className="sam-inklap-inhoud">
        <p className="sam-waarom-oordeel">{oordeel}</p>
        <Beschrijvingslijst
          items={[
            { naam: 'Regel', waarde: regel },
            { naam: 'Grond', waarde: grond },
          ]}
        />
        {feiten.length === 0 ? null : (
          <Tabel
            bijschrift="Gebruikte feiten"
            bijschriftZichtbaar
            kolommen={[
              { kop: 'Feit', rijkop: true, cel: (f: Feit) => f.naam },
              { kop: bronnen[0], cel: f => f.gevonden },
              { kop: bronnen[1], cel: f => f.verwacht },
              {
                kop: 'Klopt',
                heel: true,
                cel: f => <Badge toon={f.klopt ? 'succes' : 'fout'}>{f.klopt ? 'Ja' : 'Nee'}</Badge>,
              },
            ]}
            rijen={feiten}
            sleutel={f => f.naam}
          />
        )}
        <p className="sam-waarom-kop">Wat kunt u doen?</p>
        <div className="ams-paragraph">{watNu}</div>
      </div>
    </details>
  )
}

export interface Stap {
  naam: string
  staat: 'klaar' | 'nu' | 'straks'
  href?: string
  toelichting?: string
}

const STAAT: Record<Stap['staat'], string> = { klaar: 'klaar', nu: 'nu bezig', straks: 'nog te doen' }

/** Where you are in a journey of several pages; steps with a number in their name (`eigenNummer`) get no other. */
export function Stappen({
  label,
  stappen,
  eigenNummer = false,
}: {
  label: string
  stappen: readonly Stap[]
  eigenNummer?: boolean
}) {
  return (
    <ol className={eigenNummer ? 'sam-stappen sam-stappen-eigen' : 'sam-stappen'} aria-label={label}>
      {stappen.map(stap => (
        <li
          key={stap.naam}
          className={`sam-stap-${stap.staat}`}
          {...(stap.staat === 'nu' ? { 'aria-current': 'step' as const } : {})}
        >
          <span className="sam-stap-naam">
            {stap.href === undefined ? (
              stap.naam
            ) : (
              <a className="ams-link" href={stap.href}>
                {stap.naam}
              </a>
            )}
            <span className="ams-visually-hidden">: {STAAT[stap.staat]}</span>
          </span>
          {stap.toelichting === undefined ? null : <span className="sam-stap-noot">{stap.toelichting}</span>}
        </li>
      ))}
    </ol>
  )
}
