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

/** Why a line that an older system granted cannot be kept: it would count, or be paid, without ground or twice. */
export type Strijd = 'toewijzing-onbekend' | 'al-gedeclareerd' | 'credit-zonder-oorsprong'

const STRIJD: Readonly<Record<Strijd, string>> = {
  'toewijzing-onbekend':
    'Een goedgekeurde regel hoort bij een toewijzing die hier niet bekend is. Neem eerst de toewijzingen over.',
  'al-gedeclareerd':
    'Een goedgekeurde regel is hier al gedeclareerd: over hetzelfde, in dezelfde periode. Hij zou dubbel tellen.',
  'credit-zonder-oorsprong':
    'Een creditregel hoort niet bij een regel die is overgenomen. Neem eerst de declaratie over die hij crediteert.',
}

/** The same for one that was answered elsewhere: what was answered holds, unless its number is taken or a line cannot be kept. */
export function checkElders(
  heel: readonly RegelBevinding[],
  feiten: DeclaratieFeiten,
  strijd: Strijd | undefined,
): readonly RegelBevinding[] {
  if (heel.length > 0) return heel
  const dubbel = DECLARATIE_REGELS.filter(({ code }) => code === 'TR333').flatMap(regel =>
    breaks(regel, feiten),
  )
  if (strijd === undefined) return dubbel
  return [...dubbel, { regel: strijd, retourcode: '', melding: STRIJD[strijd], feiten: [] }]
}

/** Whether this finding says that an old declaratie cannot be kept, and not how it was answered. */
export function isStrijd({ regel }: { regel: string }): boolean {
  return regel === 'TR333' || regel in STRIJD
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
