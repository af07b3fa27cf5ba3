import {
  Link as AmsLink,
  DescriptionList,
  Heading,
  OrderedList,
  Paragraph,
  StandaloneLink,
  UnorderedList,
} from '@amsterdam/design-system-react'
import type { ReactNode } from 'react'

export interface KopProps {
  /** The h1 belongs to `Pagina`, so a heading in the page starts at 2. */
  niveau: 2 | 3 | 4
  id?: string
  children: ReactNode
}

/** Heading of a section. */
export function Kop({ niveau, id, children }: KopProps) {
  return (
    <Heading level={niveau} {...(id === undefined ? {} : { id })}>
      {children}
    </Heading>
  )
}

/** Paragraph; `groot` for the one sentence that says what a page found, `klein` for a note. */
export function Alinea({ maat, children }: { maat?: 'groot' | 'klein'; children: ReactNode }) {
  const size = maat === 'groot' ? 'large' : maat === 'klein' ? 'small' : undefined
  return <Paragraph {...(size === undefined ? {} : { size })}>{children}</Paragraph>
}

export interface LinkProps {
  href: string
  /** Says more than the visible text, and contains it, where that repeats on the page ('Bekijk' → 'Bekijk bericht 12'). */
  label?: string
  children: ReactNode
}

/** Link inside text or a table cell. */
export function Link({ href, label, children }: LinkProps) {
  return (
    <AmsLink href={href} {...(label === undefined ? {} : { 'aria-label': label })}>
      {children}
    </AmsLink>
  )
}

/** Link on a line of its own, with an arrow. */
export function LosseLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <StandaloneLink href={href} icon={<PijlRechts />}>
      {children}
    </StandaloneLink>
  )
}

function PijlRechts() {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d="m8.6 4 8 8-8 8L7 18.4l6.4-6.4L7 5.6z" />
    </svg>
  )
}

/** Bulleted or numbered list. */
export function Lijst({ genummerd, items }: { genummerd?: boolean; items: readonly ReactNode[] }) {
  const Soort = genummerd === true ? OrderedList : UnorderedList
  return (
    <Soort>
      {items.map((item, i) => (
        <Soort.Item key={String(i)}>{item}</Soort.Item>
      ))}
    </Soort>
  )
}

export interface Eigenschap {
  naam: string
  waarde: ReactNode
}

/** Names and values of one thing. An empty value is shown as a dash that screen readers call 'niet ingevuld'. */
export function Beschrijvingslijst({ items }: { items: readonly Eigenschap[] }) {
  return (
    <div className="sam-eigenschappen">
      <DescriptionList termsWidth="narrow">
        {items.map(({ naam, waarde }) => (
          <DescriptionList.Section key={naam}>
            <DescriptionList.Term>{naam}</DescriptionList.Term>
            <DescriptionList.Description>
              {waarde === undefined || waarde === null || waarde === '' ? (
                <Onbekend woord="niet ingevuld" />
              ) : (
                waarde
              )}
            </DescriptionList.Description>
          </DescriptionList.Section>
        ))}
      </DescriptionList>
    </div>
  )
}

/** A dash for what is not known, or what `woord` says to who hears it. */
export function Onbekend({ woord = 'onbekend' }: { woord?: string }) {
  return (
    <>
      <span aria-hidden="true">–</span>
      <span className="ams-visually-hidden">{woord}</span>
    </>
  )
}

/** A region that scrolls must be reachable by keyboard (WCAG 2.1.1). */
export const SCROLLT = { tabIndex: 0 } as const

/**
 * What a refusal says takes the focus when the page opens: it is read first and scrolls into sight, also in a folded part at the
 * end of a page and without script.
 */
export const VOOROP = { tabIndex: -1, autoFocus: true } as const

/** Raw text such as an XML message: scrolls in its own region, reachable by keyboard. */
export function Code({ label, children }: { label: string; children: string }) {
  return (
    <section className="sam-code" aria-label={label} {...SCROLLT}>
      <pre>
        <code>{children}</code>
      </pre>
    </section>
  )
}

/** Text for screen readers only. */
export function Verborgen({ children }: { children: ReactNode }) {
  return <span className="ams-visually-hidden">{children}</span>
}
