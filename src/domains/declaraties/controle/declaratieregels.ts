import { type Datum, formatMaand } from '../../../platform/dates.ts'
import type { Regel } from '../../istandaard/index.ts'
import type { RegelBevinding } from './rules.ts'

export interface DeclaratieFeiten {
  nummer: string
  /** First day of the claimed month. */
  maand: Datum
  nummerBekend: boolean
  /** First day of the latest month claimed before at this municipality in this law; undefined for the first. */
  laatsteMaand: Datum | undefined
}

interface DeclaratieRegel extends Regel {
  breekt(
    feiten: DeclaratieFeiten,
  ): readonly [wat: string, gedeclareerd: string, afgesproken: string] | undefined
}

/** Levels 3 and 4 for a Declaratie as a whole and for a Client in it. */
export const DECLARATIE_REGELS: readonly DeclaratieRegel[] = [
  {
    code: 'TR333',
    titel: 'Dit declaratienummer is al gebruikt',
    grond: 'iJw/iWmo 3.2 TR333, OP349',
    niveau: 3,
    retourcode: '9333',
    watTeDoen: 'Geef de declaratie een nieuw nummer.',
    breekt: f => (f.nummerBekend ? ['Declaratienummer', f.nummer, 'nog niet gebruikt'] : undefined),
  },
  {
    // A second declaratie for the latest month is allowed (IV090); months without care may be skipped.
    code: 'TR318',
    titel: 'De declaratieperiode ligt voor een eerder ingediende periode',
    grond: 'iJw/iWmo 3.2 TR318, OP284, IV090',
    niveau: 3,
    retourcode: '8214',
    watTeDoen: 'Neem regels over een eerdere maand op in de declaratie van de laatste maand.',
    breekt: f =>
      f.laatsteMaand !== undefined && f.maand < f.laatsteMaand
        ? ['Declaratieperiode', formatMaand(f.maand), `${formatMaand(f.laatsteMaand)} of later`]
        : undefined,
  },
]

export const CLIENT_ONBEKEND: Regel = {
  code: 'TR304',
  titel: 'Deze cliënt is bij de gemeente niet bekend',
  grond: 'iJw/iWmo 3.2 TR304',
  niveau: 3,
  retourcode: '8187',
  watTeDoen: 'Controleer het BSN en dien de regels van deze cliënt opnieuw in.',
}

/** Every reason to refuse the declaratie whole; then none of its lines is judged. */
export function checkDeclaratie(feiten: DeclaratieFeiten): RegelBevinding[] {
  return DECLARATIE_REGELS.flatMap(regel => breaks(regel, feiten))
}

/**
 * The same for one that was answered elsewhere: what was answered holds. What stands in the way of keeping it is added: its number is
 * taken, or a line that was approved belongs to no toewijzing that is known (`kent`).
 */
export function checkElders<R extends { prestatie: { referentie: string; toewijzingNummer: number } }>(
  { heel, regels }: { heel: readonly RegelBevinding[]; regels: ReadonlyMap<string, unknown> },
  feiten: DeclaratieFeiten,
  alle: readonly R[],
  kent: (regel: R) => boolean,
): readonly RegelBevinding[] {
  if (heel.length > 0) return heel
  const dubbel = DECLARATIE_REGELS.filter(({ code }) => code === 'TR333').flatMap(regel =>
    breaks(regel, feiten),
  )
  const los = alle.find(regel => !regels.has(regel.prestatie.referentie) && !kent(regel))
  if (los === undefined) return dubbel
  return [
    ...dubbel,
    {
      regel: TOEWIJZING_ONBEKEND.code,
      retourcode: TOEWIJZING_ONBEKEND.retourcode,
      melding: `${TOEWIJZING_ONBEKEND.titel}. ${TOEWIJZING_ONBEKEND.watTeDoen}`,
      feiten: [
        {
          wat: 'Toewijzingnummer',
          gedeclareerd: String(los.prestatie.toewijzingNummer),
          afgesproken: 'niet bekend',
        },
      ],
    },
  ]
}

const TOEWIJZING_ONBEKEND = {
  code: 'Samenhang',
  titel: 'Een goedgekeurde regel hoort bij een toewijzing die hier niet bekend is',
  watTeDoen: 'Neem eerst de toewijzingen over.',
  retourcode: '',
}

function breaks(regel: DeclaratieRegel, feiten: DeclaratieFeiten): RegelBevinding[] {
  const gebroken = regel.breekt(feiten)
  if (!gebroken) return []
  const [wat, gedeclareerd, afgesproken] = gebroken
  return [
    {
      regel: regel.code,
      retourcode: regel.retourcode,
      melding: `${regel.titel}. ${regel.watTeDoen}`,
      feiten: [{ wat, gedeclareerd, afgesproken }],
    },
  ]
}
