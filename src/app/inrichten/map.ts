import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Ctx } from '../../platform/http/ctx.ts'
import { Problem } from '../../platform/problem.ts'
import { safeName } from '../../platform/register/bestandsnaam.ts'
import { type Bestandsuitkomst, setUpBestanden, sortBestanden } from './bestanden.ts'
import { BESTANDEN } from './registers.ts'

const filesOf = (map: string) =>
  sortBestanden(
    readdirSync(map)
      .filter(naam => !naam.startsWith('.'))
      .sort()
      .map(naam => ({ naam })),
  )

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
  if (herkend.length === 0)
    throw new Problem(
      400,
      'geen-bestanden',
      `In ${map} staat geen bestand dat hier past`,
      `Verwacht wordt bijvoorbeeld ${BESTANDEN[0]?.soort.naam}.xlsx. Een leeg bestand staat in het programma onder Inrichten.`,
    )
  return setUpBestanden(
    ctx,
    herkend.map(({ naam }) => ({ naam, bytes: readFileSync(join(map, naam)) })),
    opties,
  )
}
