import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { loadMethode } from '../../domains/doorloop/seed.ts'
import { type Geladen, KADERPRESETS, type Presetlader } from '../../domains/kaders/seed.ts'
import { loadGegevenslijst } from '../../domains/uitwisseling/seed.ts'
import type { Ctx } from '../../platform/http/ctx.ts'
import { Problem } from '../../platform/problem.ts'
import type { Exitcode, Opdracht } from '../cli.ts'
import { cliCtx, printRegel, withWerkplek, wrongUse } from './werkplek.ts'

/** Every file of a folder that this command knows, in the order in which they are loaded. */
const PRESETS: readonly Presetlader[] = [
  {
    bestand: 'wegwijzer.json',
    laad: async (ctx, inhoud) => counted(await loadMethode(ctx, JSON.stringify(inhoud))),
  },
  {
    bestand: 'gegevens.json',
    laad: async (ctx, inhoud) => counted(await loadGegevenslijst(ctx, JSON.stringify(inhoud))),
  },
  ...KADERPRESETS,
]

/** A file that is one thing with versions: new, or the same as the last. */
const counted = (nieuw: unknown): Geladen =>
  nieuw === undefined || nieuw === false ? { nieuw: 0, alAanwezig: 1 } : { nieuw: 1, alAanwezig: 0 }

const HELP = `Gebruik:
  samenhang beleid laad MAP   laadt uit een map het beleid waarmee een regio begint

Bestanden die in de map mogen staan:
${PRESETS.map(preset => `  ${preset.bestand}`).join('\n')}

Voorbeelden staan in de mappen onder regio/. Wat al is geladen, blijft zoals het nu is. Per bestand staat één JSON-regel
op standaarduitvoer: hoeveel nieuw is en hoeveel er al was. Een bestand met een fout wordt in zijn geheel niet geladen.
Uitgang: 0 alles geladen, 1 minstens één bestand geweigerd, 2 verkeerd gebruik.
`

export const opdracht: Opdracht = {
  help: HELP,
  gebruik: { laad: { argumenten: ['MAP'] } },
  async run([wat, map, ...rest]) {
    if (wat !== 'laad' || map === undefined || rest.length > 0) return wrongUse(HELP)
    if (!existsSync(map)) return wrongUse(`De map ${map} bestaat niet.`)
    if (!statSync(map).isDirectory()) return wrongUse(`${map} is geen map.`)
    const gevonden = PRESETS.filter(preset => existsSync(join(map, preset.bestand)))
    if (gevonden.length === 0) return wrongUse(`In ${map} staat geen bestand met beleid.\n\n${HELP}`)
    return withWerkplek('beleid', async werkplek => {
      const ctx = await cliCtx(werkplek)
      if (ctx.wie.scope.gemeentenBeleid.length === 0)
        return wrongUse(
          'Er zijn in deze database nog geen gemeenten, en beleid is altijd van een gemeente of van alle samen. Voer eerst de gemeenten in: in het programma bij Inrichten, Gemeenten, of met `samenhang regio inrichten MAP` en een gemeenten.csv in die map (kolommen Code en Naam). Geef daarna deze opdracht opnieuw.',
        )
      let uitgang: Exitcode = 0
      for (const preset of gevonden) if (!(await laad(ctx, map, preset))) uitgang = 1
      return uitgang
    })
  },
}

/** Loads one file; a refusal goes to standard error with all its reasons. */
async function laad(ctx: Ctx, map: string, preset: Presetlader): Promise<boolean> {
  let inhoud: unknown
  try {
    inhoud = JSON.parse(readFileSync(join(map, preset.bestand), 'utf8'))
  } catch {
    process.stderr.write(`${preset.bestand} is niet geladen: het is geen leesbaar JSON-bestand.\n`)
    return false
  }
  try {
    printRegel({ bestand: preset.bestand, ...(await preset.laad(ctx, inhoud)) })
    return true
  } catch (fout) {
    if (!(fout instanceof Problem)) throw fout
    // A refusal of the database has a cause and no list of places.
    const kop = fout.fouten.length > 0 ? fout.titel : `${preset.bestand} is niet geladen`
    const redenen = fout.fouten.length > 0 ? fout.fouten.map(f => f.melding) : [fout.titel, fout.detail ?? '']
    process.stderr.write(`${[`${kop}:`, ...redenen.map(reden => `  ${reden}`)].join('\n')}\n`)
    return false
  }
}
