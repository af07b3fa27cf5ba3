import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { GEMEENTEN } from '../../domains/contracten/index.ts'
import type { Ctx } from '../../platform/http/ctx.ts'
import type { Upload } from '../../platform/http/upload.ts'
import { Problem } from '../../platform/problem.ts'
import { safeName } from '../../platform/register/bestandsnaam.ts'
import type { Blad } from '../../platform/register/blad.ts'
import { bringIn, type Invoersoort, type Uitkomst } from '../../platform/register/invoer.ts'
import { readRijen } from '../../platform/register/kolommen.ts'
import { BESTANDEN } from './registers.ts'

/** What came of one file of a folder. */
export interface Bestandsuitkomst {
  bestand: string
  uitkomst: Uitkomst
}

/** Undoes what was done in a transaction, and brings out what came of it. */
class Teruggedraaid extends Error {
  readonly uitkomsten: Bestandsuitkomst[]
  constructor(uitkomsten: Bestandsuitkomst[]) {
    super('undone')
    this.uitkomsten = uitkomsten
  }
}

/** The names that a folder can hold, in the order in which they are brought in. */
const LEESBAAR = BESTANDEN.flatMap(({ soort, achter }) => achter.map(einde => `${soort.naam}.${einde}`))

/** What else lies in the folder, by name: most often a file that was called otherwise by mistake. */
export function listOngelezen(map: string): string[] {
  return readdirSync(map)
    .filter(naam => !naam.startsWith('.') && !LEESBAAR.includes(naam))
    .map(safeName)
    .sort()
}

/**
 * Does what the files in a folder say, all of them or nothing: `gemeenten.xlsx`, `segmenten.csv` and so on, each what the page of
 * that register takes. The same folder again changes nothing. Throws 400 when a file cannot be read, or when there is none.
 */
export async function inrichtMap(
  ctx: Ctx,
  map: string,
  opties: { proef: boolean },
): Promise<Bestandsuitkomst[]> {
  const namen = LEESBAAR.filter(naam => existsSync(join(map, naam)))
  if (namen.length === 0)
    throw new Problem(
      400,
      'geen-bestanden',
      `In ${map} staat geen bestand dat hier past`,
      `Verwacht wordt bijvoorbeeld ${BESTANDEN[0]?.soort.naam}.xlsx. Een leeg bestand staat in het programma onder Inrichten.`,
    )
  return inrichtBestanden(
    ctx,
    namen.map(naam => ({ naam, bytes: readFileSync(join(map, naam)) })),
    opties,
  )
}

/**
 * The same for files that are given, in the order given. `proef` does it and then undoes it, so that a file may name what another
 * brings. Throws 400 when a file cannot be read.
 */
export async function inrichtBestanden(
  ctx: Ctx,
  gegeven: readonly Upload[],
  { proef }: { proef: boolean },
): Promise<Bestandsuitkomst[]> {
  const bestanden: (Upload & { soort: Invoersoort<unknown>; inhoud: unknown })[] = []
  for (const { naam, bytes } of gegeven) {
    const { soort } = BESTANDEN.find(b => naam.startsWith(`${b.soort.naam}.`)) ?? unknownFile(naam)
    bestanden.push({ soort, naam, bytes, inhoud: await soort.lees(bytes) })
  }
  // Who works for the region works for the municipalities that come with it too.
  const straks = [...ctx.wie.scope.gemeentenCijfers, ...bestanden.flatMap(newGemeenten)]
  const breed = ctx.namens([...new Set(straks)])
  try {
    return await breed.write(async tx => {
      const uitkomsten: Bestandsuitkomst[] = []
      for (const { soort, ...bestand } of bestanden)
        uitkomsten.push({ bestand: bestand.naam, uitkomst: await bringIn(tx, breed, soort, bestand) })
      if (proef || uitkomsten.some(({ uitkomst }) => uitkomst.aantalFouten > 0))
        throw new Teruggedraaid(uitkomsten)
      return uitkomsten
    })
  } catch (fout) {
    if (fout instanceof Teruggedraaid) return fout.uitkomsten
    throw fout
  }
}

function unknownFile(naam: string): never {
  throw new Error(`no file of a region is called ${naam}`)
}

function newGemeenten({ soort, inhoud }: { soort: Invoersoort<unknown>; inhoud: unknown }): string[] {
  if (soort.naam !== GEMEENTEN.naam) return []
  const { rijen } = readRijen(GEMEENTEN, inhoud as Blad, { keuzes: {}, regel: () => [], bestaand: [] })
  return rijen.map(({ gegevens }) => String(gegevens.code))
}
