/** One fault in what was sent: `pad` names the field (form name or JSON pointer), `melding` is Dutch and plain. */
export interface Fout {
  pad: string
  melding: string
  /** The rule that was broken, where a published rule has a code. */
  code?: string
}

/** A place as machines read it, whatever notation it was named in: '/tarief'; '' for all that was sent. */
const asPointer = (pad: string) => (pad === '' || pad.startsWith('/') ? pad : `/${pad}`)

/**
 * The one way to refuse (RFC 9457). Machines get it as `application/problem+json`, people as a page or as
 * their own form with an error summary. `titel` and `detail` are Dutch and free of personal data.
 */
export class Problem extends Error {
  readonly status: number
  readonly type: string
  readonly titel: string
  readonly detail: string | undefined
  readonly fouten: readonly Fout[]

  constructor(status: number, type: string, titel: string, detail?: string, fouten: readonly Fout[] = []) {
    super(`${status} ${type}`)
    this.name = 'Problem'
    this.status = status
    this.type = type
    this.titel = titel
    this.detail = detail
    this.fouten = fouten
  }

  toJSON() {
    return {
      type: `urn:samenhang:probleem:${this.type}`,
      title: this.titel,
      status: this.status,
      ...(this.detail === undefined ? {} : { detail: this.detail }),
      ...(this.fouten.length === 0
        ? {}
        : {
            errors: this.fouten.map(f => ({
              pointer: asPointer(f.pad),
              detail: f.melding,
              ...(f.code === undefined ? {} : { code: f.code }),
            })),
          }),
    }
  }
}

/** Who changed something last, and when; see `findLaatste`. Not known of what was brought in without a user. */
export interface Laatste {
  /** Whoever asks did it themselves, in another window. */
  zelf: boolean
  naam: string | null
  op: Date | null
}

/**
 * 409: the same thing was changed since it was opened. `nu` is how it was left, so that the page can show it beside what was
 * typed; `laatste` by whom. Words of its own where it was not the thing itself that was changed.
 */
export class Botsing<T> extends Problem {
  readonly nu: T
  /** For the page only: what goes to machines names nobody. */
  readonly laatste: Laatste | undefined

  constructor(wat: string, nu: T, hoe: Laatste | { titel: string; detail: string }) {
    const woorden = 'titel' in hoe ? hoe : wordsOf(wat, hoe)
    super(409, 'intussen-gewijzigd', woorden.titel, woorden.detail)
    this.nu = nu
    this.laatste = 'titel' in hoe ? undefined : hoe
  }
}

const wordsOf = (wat: string, { zelf }: Laatste) => ({
  titel: zelf
    ? `U hebt ${wat} intussen zelf gewijzigd, in een ander venster`
    : `Iemand anders heeft ${wat} intussen gewijzigd`,
  detail: 'Bekijk hieronder wat er nu staat. Opslaan vervangt dat door wat in het formulier staat.',
})

/**
 * 409: this can no longer be done with a thing. Who asks for the form of it is led to its page (`naar`), that says so; who sends it
 * reads these words.
 */
export class Voorbij extends Problem {
  readonly naar: string

  constructor(type: string, naar: string, titel: string, detail: string) {
    super(409, type, titel, detail)
    this.naar = naar
  }
}

/** 404: also for what the asker may not know exists. */
export function notFound(wat: string): Problem {
  return new Problem(
    404,
    'niet-gevonden',
    `${wat} niet gevonden`,
    'Het bestaat niet, of u mag het niet zien.',
  )
}

/** 400 with all faults at once. */
export function invalid(titel: string, fouten: readonly Fout[]): Problem {
  return new Problem(400, 'ongeldige-invoer', titel, undefined, fouten)
}

/** True when something hangs on what would go: said on the page of the thing, where one sees what it is. */
export const isInUse = (error: unknown): error is Problem =>
  error instanceof Problem && error.type === 'in-gebruik'

/** True for what the user can put right on the same form: faults in what was typed, or a change by somebody else. */
export function isCorrectable(error: unknown): error is Problem {
  return error instanceof Problem && (error.status === 400 || error instanceof Botsing)
}

/** A name or key that exists already (409 of the database) becomes a fault of the field where it was typed. */
export async function orTaken<T>(bezig: Promise<T>, pad: string, melding: string): Promise<T> {
  return bezig.catch(error => {
    throw isTaken(error) ? invalid('Dit is niet opgeslagen', [{ pad, melding }]) : error
  })
}

/** The same for a button without a form: 409 with what is in the way, in words. */
export async function orInTheWay<T>(bezig: Promise<T>, detail: string): Promise<T> {
  return bezig.catch(error => {
    throw isTaken(error) ? new Problem(409, 'naam-bezet', 'Deze naam is al in gebruik', detail) : error
  })
}

function isTaken(error: unknown): boolean {
  return error instanceof Problem && error.type === 'bestaat-al'
}
