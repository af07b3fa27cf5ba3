import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isDatum } from '../../platform/dates.ts'
import { type Aangeleverd, INRICHTING, type Laadbron } from './laden.ts'

/** The folder is not one that `regio maak` wrote. `message` is Dutch and says what is missing. */
export class MapFout extends Error {
  override name = 'MapFout'
}

/** Reads a region as `regio maak` wrote it; the messages are read one by one while they are asked for. */
export function readRegioMap(map: string): Laadbron & { peildatum: string } {
  const { naam, peildatum } = JSON.parse(read(map, 'regio.json')) as { naam: string; peildatum: string }
  const { opties } = JSON.parse(read(map, 'manifest.json')) as { opties?: { jaren?: string } }
  return {
    naam,
    peildatum,
    inrichting: INRICHTING.map(bestand => ({
      naam: bestand,
      bytes: Buffer.from(read(map, `inrichting/${bestand}.csv`)),
    })),
    verkeer: listVerkeer(join(map, 'verkeer')),
    ...(opties?.jaren === 'origineel' ? { eersteDeclaratieDatum: '2016-01-01' } : {}),
  }
}

function read(map: string, pad: string): string {
  try {
    return readFileSync(join(map, pad), 'utf8')
  } catch {
    throw new MapFout(`In ${map} ontbreekt ${pad}. Maak de map met samenhang regio maak.`)
  }
}

/** Message files in order of receipt: their names sort that way. */
function* listVerkeer(map: string): Generator<Aangeleverd> {
  for (const maand of readdirSync(map).sort())
    for (const naam of readdirSync(join(map, maand)).sort())
      yield { ontvangenOp: parseMoment(naam), bytes: readFileSync(join(map, maand, naam)) }
}

/** '20260131T080544Z-000001-JW301.xml' → '2026-01-31T08:05:44Z'. */
export function parseMoment(bestandsnaam: string): string {
  const [, j, m, d, uur, min, sec] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z-/.exec(bestandsnaam) ?? []
  const dag = `${j}-${m}-${d}`
  if (!isDatum(dag)) throw new MapFout(`De naam ${bestandsnaam} begint niet met het moment van ontvangst.`)
  return `${dag}T${uur}:${min}:${sec}Z`
}
