import { parseArgs } from 'node:util'
import { ijkrapport, ijktekst, makeRegio, type RegioOpties, writeRegio } from '../../demoregio/index.ts'
import { dateInNederland, isDatum } from '../../platform/dates.ts'
import type { Exitcode, Opdracht } from '../cli.ts'

/** The files of a folder, in the order in which each can name what came before: held against what is read by a test. */
export const BESTANDSNAMEN = [
  'gemeenten, segmenten, producten, aanbieders, contracten',
  'tarieven, plafonds, aanbiederplafonds, inwonertallen, locaties',
  'verwijzingen, toewijzingen (elk .xlsx of .csv), berichten.zip',
]

const HELP = `Gebruik:
  samenhang regio maak --uit MAP [opties]   schrijft de demonstratieregio als bestanden; in
                                            MAP/inrichting staat wat ‘regio inrichten’ neemt
  samenhang regio laad [MAP] [opties]       laadt de regio uit MAP, of maakt haar met deze opties, in de database
  samenhang regio inrichten MAP [--proef] [--json]
                                            legt vast wat in de bestanden van MAP staat. Ze heten:
                                            ${BESTANDSNAMEN.join(',\n                                            ')}
  samenhang regio ijk [opties]              vergelijkt de regio met de cijfers van de nota

Opties:
  --seed GETAL        zelfde getal, zelfde regio (standaard 1)
  --schaal GETAL      1 is de hele regio, minstens 0.1 (standaard 0.1)
  --jaren WOORD       verschoven (standaard) of origineel (2016-2019)
  --peildatum DATUM   jjjj-mm-dd; wat later komt bestaat nog niet (standaard vandaag)
  --proef             zegt wat er zou veranderen, en verandert niets
  --json              zegt het voor een programma: per bestand een regel JSON
Uitgang: 0 goed, 1 een doel is niet gehaald of een bestand heeft fouten, 2 verkeerd gebruik.
`

const OPTIES = {
  seed: { waarde: 'GETAL' },
  schaal: { waarde: 'GETAL' },
  jaren: { waarde: 'WOORD' },
  peildatum: { waarde: 'DATUM' },
}

/** Options of a region from the command line, or what is wrong with them in Dutch. */
export function readRegioOpties(
  waarden: Readonly<Record<string, string | boolean | undefined>>,
  vandaag: string,
): RegioOpties | string {
  const seed = Number(waarden.seed ?? 1)
  const schaal = Number(waarden.schaal ?? 0.1)
  const jaren = waarden.jaren ?? 'verschoven'
  const peildatum = String(waarden.peildatum ?? (jaren === 'origineel' ? '2020-12-31' : vandaag))
  if (!Number.isSafeInteger(seed)) return 'Geef met --seed een geheel getal.'
  if (!(schaal >= 0.1 && schaal <= 10)) return 'Geef met --schaal een getal van 0.1 tot en met 10.'
  if (jaren !== 'verschoven' && jaren !== 'origineel') return 'Kies bij --jaren: verschoven of origineel.'
  if (!isDatum(peildatum)) return 'Geef met --peildatum een datum zoals 2026-11-22.'
  return { seed, schaal, jaren, peildatum }
}

function balk(deel: number): string {
  const vol = Math.min(30, Math.round(deel * 30))
  return `\r[${'#'.repeat(vol)}${'.'.repeat(30 - vol)}] ${String(Math.round(deel * 100)).padStart(3)} %`
}

function maak(opties: RegioOpties, map: string): Exitcode {
  const toon = process.stderr.isTTY
  const regio = makeRegio(opties)
  const eerste = regio.referentie.eersteJaar * 12
  const laatste = +opties.peildatum.slice(0, 4) * 12 + +opties.peildatum.slice(5, 7)
  const manifest = writeRegio(map, regio, maand => {
    if (!toon || maand === '') return
    const nu = +maand.slice(0, 4) * 12 + +maand.slice(5, 7)
    process.stderr.write(balk(Math.max(0, Math.min(1, (nu - eerste) / (laatste - eerste)))))
  })
  if (toon) process.stderr.write('\n')
  const aantal = Object.values(manifest.berichten).reduce((a, b) => a + b, 0)
  const gemist = manifest.doelen.filter(d => !d.goed)
  process.stdout.write(`${aantal} berichten geschreven in ${map}. Vingerafdruk ${manifest.vingerafdruk}.\n`)
  if (gemist.length > 0) process.stdout.write(`${ijktekst(gemist)}\n`)
  return gemist.length === 0 ? 0 : 1
}

export const opdracht: Opdracht = {
  help: HELP,
  gebruik: {
    maak: { opties: { ...OPTIES, uit: { waarde: 'MAP', nodig: true } } },
    laad: { argumenten: ['[MAP]'], opties: OPTIES },
    inrichten: { argumenten: ['MAP'], opties: { proef: {}, json: {} } },
    ijk: { opties: OPTIES },
  },
  async run([wat, ...rest]) {
    if (wat === 'inrichten') {
      const { setUpFromMap } = await import('./regio-inrichten.ts')
      return setUpFromMap(rest.find(deel => !deel.startsWith('--')) ?? '', {
        proef: rest.includes('--proef'),
        json: rest.includes('--json'),
      })
    }
    const tekst = { type: 'string' } as const
    let waarden: Readonly<Record<string, string | boolean | undefined>>
    let mappen: readonly string[]
    try {
      const gelezen = parseArgs({
        args: [...rest],
        allowPositionals: wat === 'laad',
        options: { seed: tekst, schaal: tekst, jaren: tekst, peildatum: tekst, uit: tekst },
      })
      waarden = gelezen.values
      mappen = gelezen.positionals
    } catch {
      process.stderr.write(HELP)
      return 2
    }
    const opties = readRegioOpties(waarden, dateInNederland(new Date()))
    if (typeof opties === 'string') {
      process.stderr.write(`${opties}\n`)
      return 2
    }
    if (wat === 'maak' && typeof waarden.uit === 'string') return maak(opties, waarden.uit)
    const [map] = mappen
    if (wat === 'laad' && mappen.length <= 1 && waarden.uit === undefined) {
      const { loadMap, loadOpties } = await import('./regio-laad.ts')
      return map === undefined ? loadOpties(opties) : loadMap(map)
    }
    if (wat === 'ijk') {
      const regels = ijkrapport(makeRegio(opties), opties.schaal)
      process.stdout.write(`${ijktekst(regels)}\n`)
      return regels.every(r => r.goed) ? 0 : 1
    }
    process.stderr.write(HELP)
    return 2
  },
}
