import { audit } from '../../../platform/audit.ts'
import type { Tx } from '../../../platform/db/tables.ts'
import { unpackFile } from '../../../platform/files.ts'
import type { Ctx } from '../../../platform/http/ctx.ts'
import { notFound, Problem } from '../../../platform/problem.ts'
import { checkBytes } from '../../istandaard/index.ts'
import { GROND } from '../grond.ts'
import { isSleutel } from '../post/rules.ts'
import { insertGebeurtenissen } from '../post/store.ts'
import { bestemmingVan } from '../verkeer/rules.ts'
import { type Samenvatting, summariseBericht, summariseDeclaratie } from './samenvatting.ts'
import {
  type Berichtkaart,
  type BewaardeBevinding,
  type BewaardeGebeurtenis,
  findAntwoord,
  findBericht,
  findBestand,
  findGeboekt,
  findVerwant,
  type Geboekt,
  listBevindingen,
  listGebeurtenissen,
  listToewijzingen,
  markOpgehaald,
  type Toegewezen,
  type Verwant,
} from './store.ts'

/** Larger files are not read for a page: their summary comes from what was booked. */
const LEESBAAR = 1024 * 1024
/** So much of the file stands on the page itself. */
const GETOOND = 100 * 1024

export interface Berichtinzage {
  bericht: Berichtkaart
  samenvatting: Samenvatting | undefined
  bevindingen: readonly BewaardeBevinding[]
  gebeurtenissen: readonly BewaardeGebeurtenis[]
  antwoord: Verwant | undefined
  antwoordOp: Verwant | undefined
  geboekt: Geboekt | undefined
  toewijzingen: readonly Toegewezen[]
  /** The beginning of the file; `heel` when that is all of it. */
  xml: { begin: string; heel: boolean }
}

/** Everything of one message for its page. Reads personal data, so it leaves an audit event. Throws 404. */
export async function openBericht(ctx: Ctx, gemeente: string, berichtId: string): Promise<Berichtinzage> {
  return ctx.write(async tx => {
    const { bericht, bytes } = await load(tx, ctx, gemeente, berichtId)
    await audit(tx, ctx, 'bericht.ingezien', GROND, { gemeente, berichten: [berichtId] })
    const geboekt = await findGeboekt(tx, gemeente, berichtId)
    const begin = bytes
      .subarray(0, GETOOND)
      .toString('utf8')
      .replace(/\uFFFD+$/, '')
    const samenvatting = summarise(bericht, bytes, geboekt)
    const nummers = samenvatting?.toewijzingen ?? []
    return {
      bericht,
      samenvatting,
      toewijzingen: await listToewijzingen(tx, gemeente, bericht.domein, nummers),
      bevindingen: await listBevindingen(tx, gemeente, berichtId),
      gebeurtenissen: await listGebeurtenissen(tx, gemeente, berichtId),
      antwoord: await findAntwoord(tx, gemeente, berichtId),
      antwoordOp:
        bericht.antwoordOp === null ? undefined : await findVerwant(tx, gemeente, bericht.antwoordOp),
      geboekt,
      xml: { begin, heel: bytes.length <= GETOOND },
    }
  })
}

/**
 * The file byte for byte as it came or went. When the party it is for fetches it, it is marked as fetched, once.
 * Throws 404.
 */
export async function openBestand(
  ctx: Ctx,
  gemeente: string,
  berichtId: string,
): Promise<{ bericht: Berichtkaart; bytes: Buffer }> {
  return ctx.write(async tx => {
    const { bericht, bytes } = await load(tx, ctx, gemeente, berichtId)
    await audit(tx, ctx, 'bericht.bestand-ingezien', GROND, { gemeente, berichten: [berichtId] })
    if (isOntvanger(ctx, bericht)) await fetchOnce(tx, ctx, bericht)
    return { bericht, bytes }
  })
}

/**
 * The receiver says that it has the message; saying so twice changes nothing. Throws 404; 409 for a message that came
 * in; 403 for whom it is not for.
 */
export async function collectBericht(ctx: Ctx, gemeente: string, berichtId: string): Promise<Berichtkaart> {
  return ctx.write(async tx => {
    const bericht = await get(tx, gemeente, berichtId)
    if (bericht.richting !== 'uit')
      throw new Problem(
        409,
        'geen-uitgaand-bericht',
        'Dit bericht is niet om op te halen',
        'Alleen berichten die hier zijn gemaakt, kunnen worden opgehaald.',
      )
    if (!isOntvanger(ctx, bericht))
      throw new Problem(
        403,
        'niet-de-ontvanger',
        'Dit bericht is niet voor u',
        'Alleen de ontvanger kan een bericht als opgehaald melden.',
      )
    await fetchOnce(tx, ctx, bericht)
    return get(tx, gemeente, berichtId)
  })
}

async function get(tx: Tx, gemeente: string, berichtId: string): Promise<Berichtkaart> {
  const bericht = isSleutel(gemeente, berichtId) ? await findBericht(tx, gemeente, berichtId) : undefined
  if (!bericht) throw notFound('Bericht')
  return bericht
}

async function load(tx: Tx, ctx: Ctx, gemeente: string, berichtId: string) {
  const bericht = await get(tx, gemeente, berichtId)
  const bestand = await findBestand(tx, gemeente, berichtId)
  if (!bestand) throw new Error('a message without its file')
  return { bericht, bytes: await unpackFile(ctx.kluis, bestand) }
}

async function fetchOnce(tx: Tx, ctx: Ctx, bericht: Berichtkaart): Promise<void> {
  const { gemeente, berichtId, aanbiederId } = bericht
  if (aanbiederId === null || !(await markOpgehaald(tx, gemeente, berichtId))) return
  await insertGebeurtenissen(tx, [
    { gemeente, berichtId, aanbiederId, soort: 'opgehaald', door: ctx.wie.id, op: ctx.nu },
  ])
}

/** Whether the asker acts for the party that the message is for. */
export function isOntvanger(ctx: Ctx, bericht: Berichtkaart): boolean {
  const { scope } = ctx.wie
  const bestemming = bestemmingVan(bericht)
  if (bericht.richting !== 'uit') return false
  if (bestemming.length === 4) return scope.gemeentenClient.includes(bestemming)
  return scope.aanbieder !== null && scope.aanbieder === bericht.aanbiederId
}

function summarise(
  bericht: Berichtkaart,
  bytes: Buffer,
  geboekt: Geboekt | undefined,
): Samenvatting | undefined {
  const partijen = {
    gemeente: bericht.gemeenteNaam,
    aanbieder: bericht.aanbieder ?? bericht.agb ?? 'de aanbieder',
  }
  if (bytes.length > LEESBAAR) return geboekt && summariseDeclaratie(geboekt, partijen)
  const { inhoud } = checkBytes(bytes)
  return inhoud && summariseBericht(inhoud, partijen)
}
