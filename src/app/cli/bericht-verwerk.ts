import { mkdir, readFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { type Inname, loadBestand, receiveBerichten, writeWhole } from '../../domains/berichten/index.ts'
import type { Ctx } from '../../platform/http/ctx.ts'
import type { Exitcode } from '../cli.ts'
import { cliCtx, printRegel, withWerkplek, wrongUse } from './werkplek.ts'

const REDENEN: Readonly<Record<string, string>> = {
  ENOENT: 'het bestaat niet',
  EACCES: 'u mag het niet lezen',
  EISDIR: 'het is een map',
}

/** What counts as accepted; the same bytes again are no fault of the second delivery. */
const GOED: ReadonlySet<Inname['uitkomst']> = new Set(['verwerkt', 'aanvaard', 'ontvangen', 'al-ontvangen'])

/**
 * `samenhang bericht verwerk BESTAND… --uit MAP`: takes each file in on all four levels, in the order given, each in a
 * transaction of its own, and writes its answer. Exit 0 all accepted, 1 findings, 2 wrong use or unreadable.
 */
export async function processFiles(argumenten: readonly string[], help: string): Promise<Exitcode> {
  let bestanden: string[]
  let uit: string | undefined
  try {
    const gelezen = parseArgs({
      args: [...argumenten],
      options: { uit: { type: 'string' } },
      allowPositionals: true,
    })
    bestanden = gelezen.positionals
    uit = gelezen.values.uit
  } catch {
    return wrongUse(help)
  }
  const map = uit
  if (bestanden.length === 0 || map === undefined) return wrongUse(help)
  return withWerkplek('verwerk', async werkplek => {
    await mkdir(map, { recursive: true })
    const ctx = await cliCtx(werkplek)
    let uitgang: Exitcode = 0
    for (const bestand of bestanden) {
      const een = await verwerkBestand(ctx, bestand, map)
      uitgang = uitgang === 2 || een === 2 ? 2 : een === 1 ? 1 : uitgang
    }
    return uitgang
  })
}

async function verwerkBestand(ctx: Ctx, bestand: string, map: string): Promise<Exitcode> {
  let bytes: Buffer
  try {
    bytes = await readFile(bestand)
  } catch (fout) {
    const code = fout instanceof Error && 'code' in fout ? String(fout.code) : ''
    return wrongUse(`Kan ${bestand} niet lezen: ${REDENEN[code] ?? code}.`)
  }
  const [inname] = await receiveBerichten(ctx, [{ bytes, ontvangenOp: ctx.nu }])
  if (!inname) throw new Error('a message that was taken in has no outcome')
  const retour = await writeRetour(ctx, map, inname)
  const { soort, uitkomst, niveau, bevindingen } = inname
  printRegel({ bestand, bericht: soort, uitkomst, niveau, bevindingen, retour })
  return GOED.has(uitkomst) ? 0 : 1
}

/** The answer as a file; its path, or null when there is none. */
async function writeRetour(ctx: Ctx, map: string, { gemeente, antwoord }: Inname): Promise<string | null> {
  if (gemeente === undefined || antwoord === undefined) return null
  const bestand = await loadBestand(ctx, { gemeente, berichtId: antwoord.berichtId })
  return bestand ? writeWhole(map, bestand.naam, bestand.bytes) : null
}
