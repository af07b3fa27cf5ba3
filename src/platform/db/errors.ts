import { invalid, Problem } from '../problem.ts'
import { drukteOf, type GEEN_BEURT, isBezet, isWeg } from './codes.ts'

interface PgError {
  code: string
  message: string
  constraint?: string
  table?: string
}

function isPgError(error: unknown): error is PgError {
  return (
    error instanceof Error && 'code' in error && typeof error.code === 'string' && error.code.length === 5
  )
}

/** Why no turn came, in words for who waited: what they can do about it differs. */
const DRUKTE: Record<keyof typeof GEEN_BEURT, readonly [type: string, titel: string, detail: string]> = {
  persoon: [
    'te-veel-tegelijk',
    'Uw vorige vragen lopen nog',
    'U vroeg al een paar dingen tegelijk, en die zijn nog niet klaar. Hiervan is niets vastgelegd. Wacht tot ze klaar zijn en probeer het dan weer.',
  ],
  allen: [
    'te-druk',
    'Het is nu te druk',
    'Er wordt nu meer gevraagd dan Samenhang tegelijk aankan. Er is niets vastgelegd. Probeer het zo weer.',
  ],
}

/**
 * 503 when the database is away for a moment, waits for a change of key, or this process has no turn left to ask it
 * anything: nothing was recorded, and the same request may be sent again.
 */
export function outageProblem(error: unknown): Problem | undefined {
  if (isBezet(error))
    return new Problem(
      503,
      'sleutel-wisselt',
      'Wacht even',
      'De sleutel van de database wordt gewisseld. Er is niets vastgelegd. Probeer het over een paar minuten weer.',
    )
  const drukte = drukteOf(error)
  if (drukte !== undefined) return new Problem(503, ...DRUKTE[drukte])
  if (!isWeg(error)) return undefined
  return new Problem(
    503,
    'database-onbereikbaar',
    'Even niet bereikbaar',
    'De database antwoordt nu niet. Er is niets vastgelegd. Probeer het zo weer.',
  )
}

/**
 * The one place where a refused constraint becomes a Problem; undefined for anything that is a bug or an outage. `leeg`: who asked works
 * for the region, and it has no municipality yet: then it is not their role that stands in the way.
 */
export function constraintProblem(error: unknown, leeg = false): Problem | undefined {
  if (!isPgError(error)) return undefined
  const waar = error.constraint ?? error.table ?? ''
  switch (error.code) {
    case '23505':
      return new Problem(
        409,
        'bestaat-al',
        'Dit bestaat al',
        `Er is al een gegeven met dezelfde sleutel (${waar}).`,
      )
    case '23P01':
      return new Problem(409, 'overlap', 'De periode overlapt', `Er geldt al iets in deze periode (${waar}).`)
    case '23503':
      return new Problem(
        409,
        'verwijzing-ontbreekt',
        'Een verwijzing klopt niet',
        `Waarnaar verwezen wordt, bestaat niet (${waar}).`,
      )
    case '23514':
      return new Problem(
        400,
        'ongeldige-waarde',
        'Een waarde is niet toegestaan',
        `De waarde past niet bij de regel ${waar}.`,
        [{ pad: '', melding: `Een waarde past niet bij de regel ${waar}.` }],
      )
    // What a form lets through and no column can hold. A fault, so that the form comes back with what was typed.
    case '22003':
      return invalid('Een getal is te groot', [{ pad: '', melding: 'Maak het getal kleiner.' }])
    case '22021':
    case '22P05':
      return invalid('Een teken kan niet worden bewaard', [
        { pad: '', melding: 'Er staat een onzichtbaar teken in de tekst. Typ de tekst opnieuw.' },
      ])
    case '42501':
      if (leeg && /row-level security/.test(error.message)) return noGemeenten()
      return new Problem(
        403,
        'niet-toegestaan',
        'Dit mag u niet',
        'Uw rol mag dit gegeven niet vastleggen of wijzigen.',
      )
    case '40001':
    case '40P01':
      return new Problem(
        409,
        'tegelijk-gewijzigd',
        'Hier werd tegelijk iets anders gewijzigd',
        'Probeer het nog een keer.',
      )
    default:
      return undefined
  }
}

function noGemeenten(): Problem {
  const titel = 'Er zijn nog geen gemeenten'
  const eerst =
    'Laat een beheerder eerst de gemeenten van de regio invoeren (Inrichten, Gemeenten). Daarna kan dit.'
  return new Problem(400, 'geen-gemeenten', titel, eerst, [{ pad: '', melding: `${titel}. ${eerst}` }])
}
