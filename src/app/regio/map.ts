import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Demoregio } from '../../demoregio/index.ts'
import { isDatum } from '../../platform/dates.ts'
import type { Aangeleverd, Laadbron } from './laden.ts'

/** The folder is not one that `regio maak` wrote. `message` is Dutch and says what is missing. */
export class MapFout extends Error {
  override name = 'MapFout'
}

/** Reads a region as `regio maak` wrote it; the messages are read one by one while they are asked for. */
export function readRegioMap(map: string): Laadbron & { peildatum: string } {
  const json = (pad: string): unknown => JSON.parse(read(map, pad))
  const regio = json('referentie/regio.json') as Pick<
    Demoregio['referentie'],
    'naam' | 'eersteJaar' | 'ankerjaar' | 'peildatum'
  >
  const manifest = json('manifest.json') as { opties?: { jaren?: string } }
  const tabel = <T>(naam: string) => json(`referentie/${naam}.json`) as T
  return {
    peildatum: regio.peildatum,
    referentie: {
      ...regio,
      gemeenten: tabel('gemeenten'),
      segmenten: tabel('segmenten'),
      producten: tabel('producten'),
      aanbieders: tabel('aanbieders'),
      contracten: tabel('contracten'),
      tarieven: parseCsv(read(map, 'referentie/tarieven.csv')).map(rij => ({
        contract: rij.contract ?? '',
        wet: toDomein(rij.wet),
        product: rij.product ?? '',
        ingang: rij.ingang ?? '',
        einde: rij.einde ?? '',
        tarief: rij.tarief === '' ? null : Number(rij.tarief),
      })),
      plafonds: parseCsv(read(map, 'referentie/plafonds.csv')).map(rij => ({
        segment: rij.segment ?? '',
        gemeente: rij.gemeente ?? '',
        jaar: Number(rij.jaar),
        bedrag: Number(rij.bedrag),
      })),
    },
    verwijzingen: parseCsv(read(map, 'verwijzingen.csv')).map(rij => ({
      gemeente: rij.gemeente ?? '',
      domein: toDomein(rij.domein),
      toewijzingNummer: Number(rij.toewijzingNummer),
      verwijzer: rij.verwijzer ?? '',
      datum: rij.datum ?? '',
      cluster: rij.cluster ?? '',
      herhaald: rij.herhaald === 'true',
      vervolg: rij.vervolg === 'true',
    })),
    verkeer: listVerkeer(join(map, 'verkeer')),
    ...(manifest.opties?.jaren === 'origineel' ? { eersteDeclaratieDatum: '2016-01-01' } : {}),
  }
}

function toDomein(tekst: string | undefined): 'jw' | 'wmo' {
  if (tekst === 'jw' || tekst === 'wmo') return tekst
  throw new MapFout(`In de map staat een onbekende wet: ${tekst ?? 'leeg'}.`)
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

/** Comma-separated text with a header; quotes double inside quotes. */
export function parseCsv(tekst: string): Record<string, string>[] {
  const [kop = [], ...rijen] = splitCsv(tekst)
  return rijen.map(rij => Object.fromEntries(kop.map((naam, i) => [naam, rij[i] ?? ''])))
}

function splitCsv(tekst: string): string[][] {
  const rijen: string[][] = []
  let rij: string[] = []
  for (const [geheel, geciteerd, kaal, eind] of tekst.matchAll(
    /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/g,
  )) {
    if (geheel === '' && rij.length === 0) break
    rij.push(geciteerd === undefined ? (kaal ?? '') : geciteerd.replaceAll('""', '"'))
    if (eind === ',') continue
    rijen.push(rij)
    rij = []
  }
  return rijen
}
