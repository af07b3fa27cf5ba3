import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isElfproef } from '../src/domains/istandaard/inhoudsregels/persoon.ts'
import type { Bericht323 } from '../src/domains/istandaard/model/bericht.ts'
import { writeBericht } from '../src/domains/istandaard/xml/schrijven.ts'

/**
 * Levels 1 and 2 of a JW323 of 20 MB with 26,000 prestaties by the real command, against xmllint with the
 * schema on the same file in the same run: user time including the start of the process, best of several,
 * and the most memory either kept resident. Run: npm run bench:berichten
 */

const PRESTATIES = 26_000
const RONDEN = 7
const GRENS_TIJD = 2.5
const GRENS_GEHEUGEN = 400

const project = join(import.meta.dirname, '..')
const schema = join(project, '../shared/istandaarden/ijw-3.2/xsd/JW323.xsd')

/** Small and repeatable: the same file on every machine. */
function* getallen(zaad: number): Generator<number, never> {
  let x = zaad
  for (;;) {
    x = (Math.imul(x, 1_664_525) + 1_013_904_223) >>> 0
    yield x
  }
}

function* testBsns(): Generator<string> {
  for (let nummer = 999_900_006; nummer > 900_000_000; nummer -= 1) {
    const bsn = String(nummer)
    if (isElfproef(bsn)) yield bsn
  }
}

/** A declaratie as a large provider sends it: several codes, units, tariffs, broken months and credits. */
function maakDeclaratie(): Bericht323 {
  const toeval = getallen(323)
  const kies = <T>(uit: readonly T[]): T => uit[toeval.next().value % uit.length] as T
  const bsns = testBsns()
  const clienten: Bericht323['declaratie']['clienten'] = []
  let totaal = 0
  let nummer = 0
  while (nummer < PRESTATIES) {
    const prestaties: Bericht323['declaratie']['clienten'][number]['prestaties'] = []
    const aantal = Math.min(1 + (toeval.next().value % 3), PRESTATIES - nummer)
    for (let i = 0; i < aantal; i += 1) {
      nummer += 1
      const credit = toeval.next().value % 20 === 0
      const euro = toeval.next().value % 5 === 0
      const tarief = kies([1250, 6435, 9120, 11_050])
      const volume = euro ? kies([48_000, 95_000]) : 1 + (toeval.next().value % 40)
      const bedrag = euro ? volume : volume * tarief
      totaal += credit ? -bedrag : bedrag
      prestaties.push({
        productReferentie: {
          referentieNummer: `R${String(nummer).padStart(9, '0')}`,
          ...(credit ? { vorigReferentieNummer: `V${String(nummer).padStart(9, '0')}` } : {}),
        },
        toewijzingNummer: 100_000 + nummer,
        productCategorie: '45',
        productCode: kies(['45A04', '45A05', '45A48', '45A53']),
        productPeriode: {
          begindatum: kies(['2025-04-01', '2025-04-01', '2025-04-14']),
          einddatum: '2025-04-30',
        },
        geleverdVolume: volume,
        eenheid: euro ? '83' : kies(['01', '04']),
        ...(euro ? {} : { productTarief: tarief }),
        ingediendBedrag: { bedrag, debetCredit: credit ? 'C' : 'D' },
      })
    }
    clienten.push({ bsn: bsns.next().value ?? '', prestaties })
  }
  return {
    bericht: 'JW323',
    domein: 'jw',
    header: {
      berichtCode: '490',
      berichtVersie: 3,
      berichtSubversie: 2,
      afzender: '65656055',
      ontvanger: '0384',
      berichtIdentificatie: { identificatie: 'BENCH', dagtekening: '2025-05-06' },
      xsdVersie: { basisschemaXsdVersie: '1.0.0', berichtXsdVersie: '1.0.0' },
    },
    declaratie: {
      declaratieNummer: 'BENCH',
      declaratiePeriode: { begindatum: '2025-04-01', einddatum: '2025-04-30' },
      declaratieDagtekening: '2025-05-06',
      totaalIngediendBedrag: { totaalBedrag: Math.abs(totaal), debetCredit: totaal < 0 ? 'C' : 'D' },
      clienten,
    },
  }
}

/** User time of one whole process in seconds, as the shell counts it when the process has ended. */
function meetTijd(opdracht: readonly string[]): number {
  const { stderr, status } = spawnSync(
    'bash',
    ['-c', 'TIMEFORMAT=%3U; time "$@" >/dev/null 2>&1', 'bash', ...opdracht],
    {
      encoding: 'utf8',
    },
  )
  if (status !== 0) throw new Error(`${opdracht.join(' ')} gaf ${status}: ${stderr}`)
  return Number(stderr.trim().replace(',', '.'))
}

/** Most resident memory of one process in MB: the high-water mark of the kernel, read until it ends. */
async function meetGeheugen([opdracht = '', ...argumenten]: readonly string[]): Promise<number> {
  const proces = spawn(opdracht, argumenten, { stdio: 'ignore' })
  let kilobyte = 0
  const peil = setInterval(() => {
    try {
      const status = readFileSync(`/proc/${proces.pid}/status`, 'utf8')
      kilobyte = Math.max(kilobyte, Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0))
    } catch {
      // The process has ended between two readings.
    }
  }, 2)
  await new Promise(klaar => proces.on('close', klaar))
  clearInterval(peil)
  return kilobyte / 1024
}

async function main(): Promise<number> {
  if (!existsSync(schema)) {
    process.stdout.write('Overgeslagen: de schema’s van de standaard staan niet naast het project.\n')
    return 0
  }
  const map = mkdtempSync(join(tmpdir(), 'samenhang-bench-'))
  try {
    const bestand = join(map, 'JW323.xml')
    writeFileSync(bestand, writeBericht(maakDeclaratie()))
    const grens = ['xmllint', '--noout', '--schema', schema, bestand]
    const onze = [join(project, 'bin/samenhang'), 'bericht', 'controleer', bestand]
    meetTijd(onze)
    // One after the other, so that a busy machine slows both.
    const tijden = Array.from({ length: RONDEN }, () => ({ grens: meetTijd(grens), onze: meetTijd(onze) }))
    const beste = {
      grens: Math.min(...tijden.map(t => t.grens)),
      onze: Math.min(...tijden.map(t => t.onze)),
    }
    const verhouding = beste.onze / beste.grens
    const geheugen = await meetGeheugen(onze)
    process.stdout.write(
      `${[
        `bestand              ${(statSync(bestand).size / 1e6).toFixed(1)} MB, ${PRESTATIES} prestaties`,
        `xmllint --schema     ${beste.grens.toFixed(3)} s user (beste van ${RONDEN})`,
        `bericht controleer   ${beste.onze.toFixed(3)} s user (beste van ${RONDEN})`,
        `verhouding           ${verhouding.toFixed(2)} (grens ${GRENS_TIJD})`,
        `geheugen             ${geheugen.toFixed(0)} MB (grens ${GRENS_GEHEUGEN})`,
      ].join('\n')}\n`,
    )
    return verhouding <= GRENS_TIJD && geheugen <= GRENS_GEHEUGEN ? 0 : 1
  } finally {
    rmSync(map, { recursive: true })
  }
}

process.exitCode = await main()
