import { checkGebruik, type Gebruik } from './cli/gebruik.ts'

/** What a command answers: 0 good · 1 findings · 2 wrong use. */
export type Exitcode = 0 | 1 | 2

/** One subcommand of the command line; its module is only loaded when it is called. */
export interface Opdracht {
  readonly help: string
  /** What may be given to each of its subcommands; `run` is only called with that. */
  readonly gebruik: Readonly<Record<string, Gebruik>>
  run(argumenten: readonly string[]): Promise<Exitcode>
}

interface Ingang {
  readonly kort: string
  readonly laad: () => Promise<{ readonly opdracht: Opdracht }>
}

const OPDRACHTEN: ReadonlyMap<string, Ingang> = new Map([
  [
    'bericht',
    {
      kort: 'berichten van iWmo en iJw controleren, lezen, schrijven en verwerken',
      laad: () => import('./cli/bericht.ts'),
    },
  ],
  [
    'regio',
    {
      kort: 'een regio inrichten uit een map met bestanden; de demonstratieregio maken, laden en ijken',
      laad: () => import('./cli/regio.ts'),
    },
  ],
  [
    'beleid',
    {
      kort: 'het beleid laden waarmee een regio begint: doelen, opgaven, interventies, reikwijdte',
      laad: () => import('./cli/beleid.ts'),
    },
  ],
  [
    'audit',
    { kort: 'bewijzen dat het inzagelogboek niet is veranderd', laad: () => import('./cli/audit.ts') },
  ],
  [
    'reservekopie',
    {
      kort: 'een kopie van de database maken, terugzetten en controleren',
      laad: () => import('./cli/reservekopie.ts'),
    },
  ],
  ['sleutel', { kort: 'de hoofdsleutel wisselen', laad: () => import('./cli/sleutel.ts') }],
  ['db', { kort: 'de database bijwerken of leegmaken', laad: () => import('./cli/db.ts') }],
  ['gebruiker', { kort: 'toegang geven en beëindigen', laad: () => import('./cli/gebruiker.ts') }],
  [
    'cijfers',
    {
      kort: 'de maandcijfers opnieuw opbouwen of controleren',
      laad: () => import('./cli/cijfers.ts'),
    },
  ],
])

function overzicht(): string {
  const regels = [...OPDRACHTEN].map(([naam, { kort }]) => `  ${naam.padEnd(14)}${kort}`)
  return `Gebruik: samenhang <opdracht> [opties]

Opdrachten:
${regels.join('\n')}

Hulp bij één opdracht: samenhang <opdracht> --help
`
}

/** Runs one command line and answers its exit code; unknown commands get the overview on standard error. */
async function main(argumenten: readonly string[]): Promise<Exitcode> {
  const [naam, ...rest] = argumenten
  if (naam === '--help' || naam === '-h' || naam === 'help') {
    process.stdout.write(overzicht())
    return 0
  }
  const ingang = OPDRACHTEN.get(naam ?? '')
  if (ingang === undefined) {
    process.stderr.write(naam === undefined ? overzicht() : `Onbekende opdracht: ${naam}\n\n${overzicht()}`)
    return 2
  }
  const { opdracht } = await ingang.laad()
  if (rest.includes('--help') || rest.includes('-h')) {
    process.stdout.write(opdracht.help)
    return 0
  }
  const fouten = checkGebruik(opdracht.gebruik, rest)
  if (fouten.length > 0) {
    process.stderr.write(`${fouten.join('\n')}\n\n${opdracht.help}`)
    return 2
  }
  return opdracht.run(rest)
}

/** Standard output closed by the reader (`| head`) is no fault. */
process.stdout.on('error', (fout: NodeJS.ErrnoException) => {
  if (fout.code === 'EPIPE') process.exit(0)
  throw fout
})

process.exitCode = await main(process.argv.slice(2))
