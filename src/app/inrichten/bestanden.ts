import { GEMEENTEN } from '../../domains/contracten/index.ts'
import type { Ctx } from '../../platform/http/ctx.ts'
import { MAX_BESTAND, MAX_BESTANDEN } from '../../platform/http/grenzen.ts'
import type { Upload } from '../../platform/http/upload.ts'
import { type Fout, invalid, notFound, Problem } from '../../platform/problem.ts'
import type { Blad } from '../../platform/register/bladen/bladbestand.ts'
import { type Bundel, loadBundel } from '../../platform/register/bladen/bundel.ts'
import { unpackZip } from '../../platform/register/bladen/zip.ts'
import { addBundel, bringIn, type Gelezen, processAll } from '../../platform/register/invoer/doorvoeren.ts'
import {
  type Invoer,
  type Invoersoort,
  listVanBundel,
  type Uitkomst,
} from '../../platform/register/invoer/invoer.ts'
import { readRijen } from '../../platform/register/invoer/kolommen.ts'
import { BESTANDEN, type Mapbestand, sayFillers } from './registers.ts'

/** What came of one file of a folder. */
export interface Bestandsuitkomst {
  bestand: string
  uitkomst: Uitkomst
}

/** As a browser calls what it saved before: 'tarieven (1).xlsx'. */
const NAAM = /^(?<wat>[a-z]+)(?: ?\(\d+\))?\.(?<achter>[a-z]+)$/

/** Which of the files of a region this is, by its name; -1 for none. */
function kindOf(naam: string): number {
  const { wat, achter = '' } = NAAM.exec(baseOf(naam).toLowerCase())?.groups ?? {}
  return BESTANDEN.findIndex(b => b.soort.naam === wat && b.achter.includes(achter))
}

/** What a system puts beside the files of a folder or an archive: nobody chose it. */
const VAN_HET_SYSTEEM = /(^|\/)(__MACOSX(\/|$)|\.DS_Store$|Thumbs\.db$|desktop\.ini$)/i

const baseOf = (naam: string) => naam.replace(/^.*\//, '')

interface Gesorteerd<B> {
  herkend: (B & { soort: Invoersoort<unknown> })[]
  nietGelezen: string[]
}

/**
 * The one rule of which files are read, of a folder, an archive or a form: each by its name, wherever it lies, at most one of a kind, in
 * the order in which each can name what came before; and what is none, by name. Throws 400 with every reason why not.
 */
export function demandBestanden<B extends { naam: string }>(alle: readonly B[], map?: string): Gesorteerd<B> {
  const gegeven = alle.filter(({ naam }) => !VAN_HET_SYSTEEM.test(naam))
  const uit = sortBestanden(gegeven)
  const redenen = [...Map.groupBy(uit.herkend, ({ soort }) => soort.naam).values()]
    .filter(zelfde => zelfde.length > 1)
    .map(zelfde => `${listed(zelfde.map(({ naam }) => naam))} zijn van dezelfde soort. Laat er één over.`)
  if (uit.herkend.length === 0)
    redenen.push(
      `${map === undefined ? 'Geen van deze bestanden wordt' : `In ${map} wordt geen bestand`} herkend. Een bestand heet naar wat erin staat: ${VOORBEELD.join(', ')}.`,
    )
  if (redenen.length > 0) throw refuse(redenen)
  return uit
}

const listed = (namen: readonly string[]) => `${namen.slice(0, -1).join(', ')} en ${namen.at(-1)}`

function sortBestanden<B extends { naam: string }>(gegeven: readonly B[]): Gesorteerd<B> {
  const herkend = gegeven
    .map(bestand => ({ bestand, plaats: kindOf(bestand.naam) }))
    .filter(({ plaats }) => plaats >= 0)
    .sort((a, b) => a.plaats - b.plaats)
    .flatMap(({ bestand, plaats }) => {
      const soort = BESTANDEN[plaats]?.soort
      return soort === undefined ? [] : [{ ...bestand, soort }]
    })
  return { herkend, nietGelezen: gegeven.map(({ naam }) => naam).filter(naam => kindOf(naam) < 0) }
}

/**
 * Does what files say, all of them or nothing, each by its name: `gemeenten.xlsx`, `segmenten.csv` and so on. `proef` does it and then
 * undoes it, so that a file may name what another brings. Throws 400 when a file cannot be read.
 */
export async function setUpBestanden(
  ctx: Ctx,
  gegeven: readonly Upload[],
  opties: { proef: boolean },
): Promise<Bestandsuitkomst[]> {
  const { herkend, nietGelezen } = demandBestanden(gegeven)
  if (nietGelezen.length > 0) throw new Error(`no file of a region is called ${nietGelezen.join(', ')}`)
  const bestanden = await readAll(ctx, herkend)
  // Who works for the region works for the municipalities that come with it too.
  const straks = [...ctx.wie.scope.gemeentenCijfers, ...bestanden.flatMap(newGemeenten)]
  const uitkomsten = await bringIn(ctx.namens([...new Set(straks)]), bestanden, opties)
  return bestanden.flatMap(({ naam }, i) => {
    const uitkomst = uitkomsten[i]
    return uitkomst === undefined ? [] : [{ bestand: naam, uitkomst }]
  })
}

type Herkend = Upload & { soort: Invoersoort<unknown> }

/** Reads all of them; every one that cannot be read is named. Throws 400 `onleesbaar-bestand`. */
async function readAll(ctx: Ctx, bestanden: readonly Herkend[]): Promise<Gelezen[]> {
  const gelezen: Gelezen[] = []
  const fouten: Fout[] = []
  for (const bestand of bestanden)
    try {
      gelezen.push({ ...bestand, inhoud: await bestand.soort.lees(bestand.bytes, ctx) })
    } catch (fout) {
      if (!(fout instanceof Problem) || fout.type !== 'onleesbaar-bestand') throw fout
      fouten.push({ pad: 'bestanden', melding: `${bestand.naam}: ${fout.detail ?? fout.titel}` })
    }
  if (fouten.length > 0)
    throw new Problem(
      400,
      'onleesbaar-bestand',
      'Niet elk bestand kan worden gelezen',
      fouten.map(({ melding }) => melding).join('\n'),
      fouten,
    )
  return gelezen
}

function newGemeenten({ soort, inhoud }: Gelezen): string[] {
  if (soort.naam !== GEMEENTEN.naam) return []
  const { rijen } = readRijen(GEMEENTEN, inhoud as Blad, { keuzes: {}, regel: () => [], bestaand: [] })
  return rijen.map(({ gegevens }) => String(gegevens.code))
}

const NIETS = 'Er is niets ingevoerd'

/** One of the names that a file can have, for who must give it. */
const VOORBEELD = BESTANDEN.map(({ soort, achter }) => `${soort.naam}.${achter[0]}`)

/**
 * Tries files that somebody chose together, as one folder; an archive is the files in it. Answers the number under which they are kept
 * with what they would do. Throws 400 with every reason why not: none of them is one of a region, one is for another role, one cannot be
 * read.
 */
export async function tryBestanden(ctx: Ctx, gekozen: readonly Upload[]): Promise<number> {
  if (gekozen.length === 0) throw refuse(['Kies minstens één bestand.'])
  const { herkend, nietGelezen } = demandBestanden(await unpackAll(gekozen))
  const ander = herkend.filter(({ soort }) => !ctx.wie.rechten.has(soort.recht))
  if (ander.length > 0)
    throw refuse(
      ander.map(
        ({ naam, soort }) => `${naam}: dit is voor de rol ${sayFillers(soort.recht)}. Laat dit bestand weg.`,
      ),
    )
  const gelezen = await readAll(ctx, herkend)
  return addBundel(
    ctx,
    gelezen.map(bestand => ({ ...bestand, naam: baseOf(bestand.naam) })),
    nietGelezen,
  )
}

const refuse = (redenen: readonly string[]) =>
  invalid(
    NIETS,
    redenen.map(melding => ({ pad: 'bestanden', melding })),
  )

/** Folders, and what a system puts beside each file, count in an archive too. */
const MEESTE_DELEN = 3 * MAX_BESTANDEN.aantal

/** An archive that is not itself one of the files of a region is a folder of them. */
async function unpackAll(gekozen: readonly Upload[]): Promise<Upload[]> {
  const uit: Upload[] = []
  // Of all together: what is unpacked is in memory at once, also what is left out.
  let over = MAX_BESTANDEN.bytes
  for (const bestand of gekozen)
    if (!isFolder(bestand)) uit.push(bestand)
    else {
      const delen = await unpackMap(bestand, over)
      for (const { bytes } of delen) over -= bytes.length
      uit.push(...delen)
    }
  if (uit.length > MAX_BESTANDEN.aantal) throw refuse([tooMany()])
  return uit
}

const isFolder = ({ naam }: Upload) => kindOf(naam) < 0 && naam.toLowerCase().endsWith('.zip')

async function unpackMap({ naam, bytes }: Upload, over: number): Promise<Upload[]> {
  try {
    return await unpackZip(bytes, { aantal: MEESTE_DELEN, bytes: over })
  } catch {
    const { aantal, bytes: grens } = MAX_BESTANDEN
    throw refuse([
      `${naam}: dit is geen ZIP-bestand dat wij kunnen lezen, of er is te veel: hoogstens ${aantal} bestanden, samen ${inMb(grens)}.`,
    ])
  }
}

const tooMany = () => `Kies hoogstens ${MAX_BESTANDEN.aantal} bestanden tegelijk.`

const inMb = (bytes: number) => `${bytes / 1024 / 1024} MB`

/** What may be chosen at once, in words. */
export const GRENZEN = `Hoogstens ${MAX_BESTANDEN.aantal} bestanden, elk hoogstens ${inMb(MAX_BESTAND)} en samen ${inMb(MAX_BESTANDEN.bytes)}.`

/** Files that were chosen together, each with what it would do, or did. */
export interface Bestandenstand extends Bundel {
  bestanden: (Invoer & { soort: Invoersoort<unknown>; pad: string })[]
}

/** Throws 404, also when one of them is for another role to bring in, or holds residents that are not the asker's to see. */
export async function loadBestanden(ctx: Ctx, bundelId: number): Promise<Bestandenstand> {
  const bundel = await loadBundel(ctx, bundelId)
  const bestanden = (await listVanBundel(ctx, bundelId)).map(invoer => ({
    ...invoer,
    ...mapbestandOf(invoer.register),
  }))
  if (bestanden.length < bundel.aantal || bestanden.some(({ soort }) => !ctx.wie.rechten.has(soort.recht)))
    throw notFound('Bestanden')
  return { ...bundel, bestanden }
}

function mapbestandOf(register: string): Mapbestand {
  const gevonden = BESTANDEN.find(({ soort }) => soort.naam === register)
  if (gevonden === undefined) throw new Error(`no file of a region is called ${register}`)
  return gevonden
}

/** Does what all of them say; see `processAll`. Throws 404 or 409. */
export async function processBestanden(ctx: Ctx, bundelId: number): Promise<void> {
  const { bestanden } = await loadBestanden(ctx, bundelId)
  await processAll(ctx, bestanden, bundelId)
}

/** The kinds that this person may bring in. */
export const soortenVan = (ctx: Ctx): string[] =>
  BESTANDEN.filter(({ soort }) => ctx.wie.rechten.has(soort.recht)).map(({ soort }) => soort.naam)
