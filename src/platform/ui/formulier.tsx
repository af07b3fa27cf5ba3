import { Button } from '@amsterdam/design-system-react'
import type { ReactNode } from 'react'
import type { Fout } from '../problem.ts'
import { veldId } from './adres.ts'
import { Icoon } from './iconen.tsx'
import { capital } from './invoer.ts'
import { VOOROP } from './tekst.tsx'

export interface KnopProps {
  children: ReactNode
  soort?: 'hoofd' | 'tweede' | 'gevaar'
  /** Sent with the form when this button is used. */
  naam?: string
  waarde?: string
  /** Says more than the visible text where that repeats on the page. */
  label?: string
}

/** Button that sends the form it stands in. */
export function Knop({ children, soort = 'hoofd', naam, waarde, label }: KnopProps) {
  return (
    <Button
      type="submit"
      variant={soort === 'tweede' ? 'secondary' : 'primary'}
      {...(soort === 'gevaar' ? { className: 'sam-knop-gevaar' } : {})}
      {...(naam === undefined ? {} : { name: naam })}
      {...(waarde === undefined ? {} : { value: waarde })}
      {...(label === undefined ? {} : { 'aria-label': label })}
    >
      {children}
    </Button>
  )
}

/** Link with the weight of a button: for going somewhere, never for changing something. */
export function KnopLink({
  href,
  soort = 'tweede',
  nieuwTabblad = false,
  children,
}: {
  href: string
  soort?: 'hoofd' | 'tweede'
  /** Only when leaving the page would lose what is on it; the text must say so. */
  nieuwTabblad?: boolean
  children: ReactNode
}) {
  return (
    <a
      className={`ams-button ams-button--${soort === 'hoofd' ? 'primary' : 'secondary'} sam-knoplink`}
      href={href}
      {...(nieuwTabblad ? { target: '_blank', rel: 'noopener' } : {})}
    >
      {children}
    </a>
  )
}

/** Buttons beside each other; the most used first. */
export function Knoppen({ children }: { children: ReactNode }) {
  return <div className="sam-knoppen">{children}</div>
}

export interface FormulierProps {
  actie: string
  csrf: string
  /** Multipart, for forms with a `Bestandveld`. */
  bestanden?: boolean
  fouten?: readonly Fout[]
  /** A sample in the catalogue: nothing was refused, so its summary does not take the focus. */
  voorbeeld?: boolean
  children: ReactNode
}

/** POST form with the CSRF token and, when refused, the error summary on top. */
export function Formulier({ actie, csrf, bestanden, fouten = [], voorbeeld, children }: FormulierProps) {
  return (
    <form
      className="sam-formulier"
      method="post"
      action={actie}
      noValidate
      {...(bestanden === true ? { encType: 'multipart/form-data' } : {})}
    >
      <input type="hidden" name="_csrf" value={csrf} />
      <Foutsamenvatting fouten={fouten} voorbeeld={voorbeeld} />
      {children}
    </form>
  )
}

/** One button that is a whole form: for a step in a list or at the top of a page. */
export function Actie({
  actie,
  csrf,
  velden = {},
  ...knop
}: { actie: string; csrf: string; velden?: Readonly<Record<string, string>> } & KnopProps) {
  return (
    <form className="sam-actie" method="post" action={actie}>
      <input type="hidden" name="_csrf" value={csrf} />
      {Object.entries(velden).map(([naam, waarde]) => (
        <input key={naam} type="hidden" name={naam} value={waarde} />
      ))}
      <Knop {...knop} />
    </form>
  )
}

/** All faults at once, each a link to its field; one of the whole form (`pad` '') is text. Nothing is shown when there are none. */
export function Foutsamenvatting({
  fouten,
  voorbeeld = false,
}: {
  fouten: readonly Fout[]
  voorbeeld?: boolean | undefined
}) {
  if (fouten.length === 0) return null
  const kop =
    fouten.length === 1
      ? 'Er is 1 ding dat u moet aanpassen'
      : `Er zijn ${fouten.length} dingen die u moet aanpassen`
  return (
    <section
      className="ams-alert ams-alert--error"
      aria-labelledby="foutsamenvatting"
      role="alert"
      {...(voorbeeld ? {} : VOOROP)}
    >
      <div className="ams-alert__severity-indicator">
        <Icoon naam="fout" />
      </div>
      <div className="ams-alert__content">
        <h2 className="ams-heading ams-heading--3" id="foutsamenvatting">
          {kop}
        </h2>
        <ul className="sam-foutlijst">
          {fouten.map(fout => (
            <li key={`${fout.pad} ${fout.melding}`}>
              {fout.pad === '' ? (
                fout.melding
              ) : (
                <a className="ams-link" href={`#${veldId(fout.pad)}`}>
                  {fout.melding}
                </a>
              )}
            </li>
          ))}
        </ul>
      </div>
    </section>
  )
}

/** Names and values of a form as they were sent, in their order. */
export type Vervolgvelden = readonly (readonly [string, string])[]

export interface VervolgProps {
  actie: string
  velden: Vervolgvelden
  csrf: string
  knop?: string
  soort?: KnopProps['soort']
  /** Shows the form again, filled, instead of handling it. */
  toon?: boolean
  /** What will happen, for a page that says it above the button. */
  uitleg?: string
}

/** What happens when somebody goes on with a form: it is shown first, handled at once, or sent again as it was. */
export const EERST_ZIEN = 'U ziet het formulier eerst zelf terug; er wordt nog niets opgeslagen.'
export const METEEN = 'Als u het alsnog verstuurt, wordt het meteen verwerkt.'
export const EEN_KEER = 'Het wordt één keer verwerkt, ook als het de eerste keer toch was gelukt.'

/** Goes on with a form that could not be handled, with all that was typed. */
export function Vervolg(props: VervolgProps) {
  const { actie, velden, csrf, knop = 'Probeer het opnieuw', soort, toon = false } = props
  const over = velden.filter(([naam]) => naam !== '_csrf' && naam !== '_verder')
  return (
    <form className="sam-actie" method="post" action={actie}>
      <input type="hidden" name="_csrf" value={csrf} />
      {toon ? <input type="hidden" name="_verder" value="1" /> : null}
      {keyed(over).map(({ sleutel, naam, waarde }) => (
        <input key={sleutel} type="hidden" name={naam} value={waarde} />
      ))}
      <Knop {...(soort === undefined ? {} : { soort })}>{knop}</Knop>
    </form>
  )
}

/** What was typed in a form that will not be handled, to copy. */
export function Getypt({ velden }: { velden: Vervolgvelden }) {
  const over = velden.filter(([naam, waarde]) => !naam.startsWith('_') && naam !== 'versie' && waarde !== '')
  if (over.length === 0) return null
  return (
    <>
      <h2 className="ams-heading ams-heading--3">Wat u had ingevuld</h2>
      <dl className="sam-getypt">
        {keyed(over).map(({ sleutel, naam, waarde }) => (
          <div key={sleutel}>
            <dt>{inWoorden(naam)}</dt>
            <dd>{waarde}</dd>
          </div>
        ))}
      </dl>
    </>
  )
}

/** Fields may repeat: their place tells them apart. */
const keyed = (velden: Vervolgvelden) =>
  velden.map(([naam, waarde], i) => ({ sleutel: `${i} ${naam}`, naam, waarde }))

/** 'bewijsToelichting' as somebody reads it: 'Bewijs toelichting'. */
function inWoorden(naam: string): string {
  const woorden = naam.replaceAll(/([A-Z])/g, hoofd => ` ${hoofd.toLowerCase()}`).replaceAll(/[._-]/g, ' ')
  return capital(woorden)
}
