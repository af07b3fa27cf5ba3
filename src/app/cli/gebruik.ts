import { parseArgs } from 'node:util'

/** What may stand behind one subcommand, besides `--help`. */
export interface Gebruik {
  /** What stands without a name, as the help calls it: `BESTAND` one, `BESTAND…` one or more, `[MAP]` one or none. */
  readonly argumenten?: readonly string[]
  readonly opties?: Readonly<Record<string, Optie>>
}

export interface Optie {
  /** How the help calls its value; an option without one is on or off. */
  readonly waarde?: string
  /** May be given more than once. */
  readonly vaker?: boolean
  /** Must be given. */
  readonly nodig?: boolean
}

/**
 * What is wrong with how a command was given, in Dutch and everything at once; empty when it can be run. `gebruik` has the
 * subcommands by name. What a value may be is for the command itself.
 */
export function checkGebruik(
  gebruik: Readonly<Record<string, Gebruik>>,
  [wat, ...rest]: readonly string[],
): string[] {
  const keuze = `Kies uit: ${Object.keys(gebruik).join(', ')}.`
  if (wat === undefined) return [`Er staat niet bij wat er moet gebeuren. ${keuze}`]
  const vorm = Object.hasOwn(gebruik, wat) ? gebruik[wat] : undefined
  if (!vorm) return [`Onbekend: ${wat}. ${keuze}`]
  const { argumenten = [], opties = {} } = vorm
  const { tokens } = parseArgs({
    args: [...rest],
    strict: false,
    allowPositionals: true,
    tokens: true,
    options: Object.fromEntries(
      Object.entries(opties).map(([naam, { waarde }]) => [naam, { type: waarde ? 'string' : 'boolean' }]),
    ),
  })
  const los = tokens.filter(token => token.kind === 'positional')
  const gegeven = tokens.filter(token => token.kind === 'option')
  return [
    ...gegeven.flatMap(token => checkOptie(token, opties)),
    ...dubbel(gegeven.map(token => token.name))
      .filter(naam => Object.hasOwn(opties, naam) && !opties[naam]?.vaker)
      .map(naam => `--${naam} staat er meer dan eens.`),
    ...Object.entries(opties).flatMap(([naam, { nodig, waarde }]) =>
      nodig && !gegeven.some(token => token.name === naam)
        ? [`--${naam}${waarde ? ` ${waarde}` : ''} ontbreekt.`]
        : [],
    ),
    ...checkLos(
      argumenten,
      los.map(token => token.value),
    ),
  ]
}

function checkOptie(
  { name, rawName, value }: { name: string; rawName: string; value?: string | undefined },
  opties: Readonly<Record<string, Optie>>,
): string[] {
  const optie = Object.hasOwn(opties, name) ? opties[name] : undefined
  if (!optie) return [`Onbekende optie: ${rawName}.`]
  if (optie.waarde === undefined && value !== undefined) return [`Bij ${rawName} hoort geen waarde.`]
  // What begins with a dash is the next option: the value was forgotten.
  if (optie.waarde !== undefined && (value === undefined || value.startsWith('--')))
    return [`Bij ${rawName} hoort een waarde: ${optie.waarde}.`]
  return []
}

function checkLos(argumenten: readonly string[], gegeven: readonly string[]): string[] {
  const missing = argumenten
    .slice(gegeven.length)
    .filter(naam => !naam.startsWith('['))
    .map(naam => `${naam.replace('…', '')} ontbreekt.`)
  const extra = argumenten.some(naam => naam.endsWith('…')) ? [] : gegeven.slice(argumenten.length)
  return [...missing, ...extra.map(waarde => `Te veel: ${waarde}.`)]
}

const dubbel = (namen: readonly string[]) => [
  ...new Set(namen.filter((naam, i) => namen.indexOf(naam) !== i)),
]
