/**
 * The level at which a rule is checked: 1 structure (XSD) · 2 content of one message · 3 against earlier
 * messages · 4 against outside sources. Grondslag: iJw 3.2 IV028, column Controleniveau of the rule report.
 */
export type Controleniveau = 1 | 2 | 3 | 4

/** A rule of the standard in our own words; the shape is the same on every level. */
export interface Regel {
  readonly code: string
  /** What is wrong when the rule is broken, as one Dutch sentence without full stop. */
  readonly titel: string
  readonly grond: string
  readonly niveau: Controleniveau
  readonly retourcode: string
  /** What the sender must do, as one or more Dutch sentences. */
  readonly watTeDoen: string
}

/**
 * One breach. `pad` is the place in the XML (`/Bericht/Client/Bsn`, repeated elements numbered from 1);
 * `melding` is plain Dutch and never holds personal data. `retourcode` is null on level 1: a message that
 * breaks its schema gets no retour (IV028).
 */
export interface Bevinding {
  readonly regel: string
  readonly retourcode: string | null
  readonly pad: string
  readonly melding: string
}

/** The breach of `regel` at `pad`; `toelichting` (a sentence, no personal data) goes between fault and advice. */
export function bevinding(regel: Regel, pad: string, toelichting = ''): Bevinding {
  const melding = [`${regel.titel}.`, toelichting, regel.watTeDoen].filter(deel => deel !== '').join(' ')
  return { regel: regel.code, retourcode: regel.retourcode, pad, melding }
}
