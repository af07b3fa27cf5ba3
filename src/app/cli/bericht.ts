import { closeSync, openSync, readSync } from 'node:fs'
import { text } from 'node:stream/consumers'
import type { Bericht, Berichtnaam } from '../../domains/istandaard/index.ts'
import {
  checkBericht,
  isInhoudBeoordeeld,
  modelMetNaam,
  Schrijffout,
  writeBericht,
} from '../../domains/istandaard/index.ts'
import type { Exitcode, Opdracht } from '../cli.ts'

const HELP = `Gebruik:
  samenhang bericht controleer BESTAND…   controleert structuur (niveau 1) en inhoud (niveau 2)
  samenhang bericht lees BESTAND          geeft het bericht als JSON
  samenhang bericht schrijf BESTAND.json  geeft het bericht als XML
  samenhang bericht verwerk BESTAND… --uit MAP
                                          verwerkt het bericht in de database en schrijft het antwoord in MAP
  samenhang bericht opnieuw GEMEENTE NUMMER
                                          beoordeelt opnieuw wat niet kon worden beoordeeld; NUMMER staat boven de
                                          bladzijde van het bericht, en het kenmerk in haar adres mag ook

Een streepje (-) als bestand leest van de standaardinvoer.
Controleer en verwerk geven één regel JSON per bestand. Bij controleer zegt "inhoud" of niveau 2 is beoordeeld: voor
315 tot en met 320 en de retourberichten nog niet. Uitgang: 0 goed, 1 bevindingen, 2 verkeerd gebruik.
`

/** The input itself cannot be read: no such file, no right to it, a folder. */
class OnleesbaarBestand extends Error {}

const REDENEN: Readonly<Record<string, string>> = {
  ENOENT: 'het bestaat niet',
  EACCES: 'u mag het niet lezen',
  EISDIR: 'het is een map',
}

/** Bytes of a file, or of standard input for '-'. Every part of a file stands in the same array. */
async function* lees(bestand: string): AsyncGenerator<Uint8Array> {
  try {
    if (bestand === '-') yield* process.stdin
    else yield* leesBestand(bestand)
  } catch (fout) {
    const code = fout instanceof Error && 'code' in fout ? String(fout.code) : ''
    throw new OnleesbaarBestand(`Kan ${bestand} niet lezen: ${REDENEN[code] ?? code}.`)
  }
}

function* leesBestand(bestand: string): Generator<Uint8Array> {
  const nummer = openSync(bestand, 'r')
  try {
    const deel = Buffer.allocUnsafe(1 << 18)
    for (;;) {
      const gelezen = readSync(nummer, deel)
      if (gelezen === 0) return
      yield deel.subarray(0, gelezen)
    }
  } finally {
    closeSync(nummer)
  }
}

function print(waarde: unknown, inspring?: number): void {
  process.stdout.write(`${JSON.stringify(waarde, null, inspring)}\n`)
}

async function controleerAlles(bestanden: readonly string[]): Promise<Exitcode> {
  let uitgang: Exitcode = 0
  for (const bestand of bestanden) {
    try {
      const { bericht, domein, niveau, bevindingen } = await checkBericht(lees(bestand))
      const goed = niveau === null
      print({ bestand, bericht, domein, goed, niveau, inhoud: inhoudStand(bericht, niveau), bevindingen })
      if (!goed && uitgang === 0) uitgang = 1
    } catch (fout) {
      if (!(fout instanceof OnleesbaarBestand)) throw fout
      process.stderr.write(`${fout.message}\n`)
      uitgang = 2
    }
  }
  return uitgang
}

/** Whether level 2 was judged: not for a structure that is wrong, and not for messages whose rules are not here yet. */
function inhoudStand(bericht: Berichtnaam | null, niveau: 1 | 2 | null): string {
  const nummer = bericht === null || niveau === 1 ? undefined : modelMetNaam(bericht)?.nummer
  return nummer !== undefined && isInhoudBeoordeeld(nummer) ? 'beoordeeld' : 'niet beoordeeld'
}

async function leesBericht(bestand: string): Promise<Exitcode> {
  const { inhoud, bevindingen } = await checkBericht(lees(bestand))
  if (inhoud === undefined) {
    for (const { regel, pad, melding } of bevindingen) process.stderr.write(`${pad}: ${melding} (${regel})\n`)
    return 1
  }
  print(inhoud, 2)
  return 0
}

async function schrijfBericht(bestand: string): Promise<Exitcode> {
  const tekst = await text(lees(bestand))
  try {
    // Whatever the JSON holds is checked against the model while it is written.
    process.stdout.write(writeBericht(JSON.parse(tekst) as Bericht))
    return 0
  } catch (fout) {
    if (fout instanceof SyntaxError) process.stderr.write(`${bestand} is geen geldige JSON.\n`)
    else if (fout instanceof Schrijffout) process.stderr.write(`${fout.pad}: ${fout.message}\n`)
    else throw fout
    return 1
  }
}

export const opdracht: Opdracht = {
  help: HELP,
  gebruik: {
    controleer: { argumenten: ['BESTAND…'] },
    lees: { argumenten: ['BESTAND'] },
    schrijf: { argumenten: ['BESTAND'] },
    verwerk: { argumenten: ['BESTAND…'], opties: { uit: { waarde: 'MAP', nodig: true } } },
    opnieuw: { argumenten: ['GEMEENTE', 'NUMMER'] },
  },
  async run([wat, ...bestanden]) {
    const [bestand] = bestanden
    if (wat === 'opnieuw') return (await import('./bericht-opnieuw.ts')).opnieuw(bestanden, HELP)
    if (wat === 'verwerk') return (await import('./bericht-verwerk.ts')).processFiles(bestanden, HELP)
    try {
      if (wat === 'controleer' && bestand !== undefined) return await controleerAlles(bestanden)
      if (wat === 'lees' && bestand !== undefined && bestanden.length === 1) return await leesBericht(bestand)
      if (wat === 'schrijf' && bestand !== undefined && bestanden.length === 1)
        return await schrijfBericht(bestand)
    } catch (fout) {
      if (!(fout instanceof OnleesbaarBestand)) throw fout
      process.stderr.write(`${fout.message}\n`)
      return 2
    }
    process.stderr.write(HELP)
    return 2
  },
}
