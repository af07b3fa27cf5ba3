import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Ctx } from '../../platform/http/ctx.ts'
import { Problem } from '../../platform/problem.ts'
import { safeName } from '../../platform/register/bladen/bestandsnaam.ts'
import { type Bestandsuitkomst, demandBestanden, setUpBestanden } from './bestanden.ts'

/** Throws 400 when it is no folder, when there is none of ours in it, or when two are of one kind. */
const filesOf = (map: string) =>
  demandBestanden(
    readdirSync(demandMap(map))
      .sort()
      .map(naam => ({ naam })),
    map,
  )

function demandMap(map: string): string {
  if (statSync(map, { throwIfNoEntry: false })?.isDirectory() === true) return map
  throw new Problem(
    400,
    'geen-map',
    'Er is niets ingevoerd',
    `Er is geen map ${map}. Geef de map waarin de bestanden staan.`,
  )
}

/** Throws 400 of what is called as a file of ours and is none: a folder cannot be read, and what waits for a writer is waited for in vain. */
function demandBestand(pad: string, naam: string): string {
  if (statSync(pad, { throwIfNoEntry: false })?.isFile() === true) return pad
  throw new Problem(
    400,
    'geen-bestand',
    'Er is niets ingevoerd',
    `${safeName(naam)} is geen gewoon bestand. Zet er een bestand neer, of geef het een andere naam.`,
  )
}

/** What else lies in the folder, by name: most often a file that was called otherwise by mistake. */
export function listOngelezen(map: string): string[] {
  return filesOf(map).nietGelezen.map(safeName).sort()
}

/**
 * Does what the files in a folder say, all of them or nothing: `gemeenten.xlsx`, `segmenten.csv` and so on, each what the page of
 * that register takes. The same folder again changes nothing. Throws 400 when a file cannot be read, or when there is none.
 */
export async function setUpMap(
  ctx: Ctx,
  map: string,
  opties: { proef: boolean },
): Promise<Bestandsuitkomst[]> {
  const { herkend } = filesOf(map)
  return setUpBestanden(
    ctx,
    herkend.map(({ naam }) => ({ naam, bytes: readFileSync(demandBestand(join(map, naam), naam)) })),
    opties,
  )
}
