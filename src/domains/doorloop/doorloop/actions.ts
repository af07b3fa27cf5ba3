import { audit } from '../../../platform/audit.ts'
import { gebruikerIdOf, listCollegas } from '../../../platform/auth/gebruikers.ts'
import { demandRegionaal } from '../../../platform/auth/regionaal.ts'
import { collisionOf } from '../../../platform/db/laatste.ts'
import type { Db, Tx } from '../../../platform/db/tables.ts'
import type { Ctx } from '../../../platform/http/ctx.ts'
import { invalid, notFound, Problem } from '../../../platform/problem.ts'
import { checkTekst } from '../../../platform/vrijetekst.ts'
import { findDossier, GROND, lockDossier } from '../../dossiers/index.ts'
import { listActueleMethoden } from '../methode/store.ts'
import { getDoorloop } from './deel.ts'
import { type Mag, mayHerstel, STAPPEN, type Stap } from './rules.ts'
import { type Doorloop, findDoorloop, insertDoorloop, writeStap } from './store.ts'

/**
 * Starts a run of the newest version of a method; answers its id. Throws 409 for a closed dossier or one with a run that
 * is not finished, 400 when method or leader does not exist.
 */
export async function startDoorloop(
  ctx: Ctx,
  dossierId: number,
  invoer: { methode: string; trekker: string },
): Promise<number> {
  return ctx.write(async tx => {
    await lockDossier(tx, dossierId)
    const dossier = await findDossier(tx, dossierId)
    if (!dossier) throw notFound('Dossier')
    await demandRegionaal(tx, dossier.gemeente)
    if (
      dossier.geslotenOp !== null ||
      ['loopt', 'gepauzeerd', 'voorgelegd'].includes(dossier.doorloopStaat ?? '')
    )
      throw new Problem(
        409,
        'kan-niet-starten',
        'Er kan nu geen doorloop worden gestart',
        dossier.geslotenOp === null ? 'Er is al een doorloop bezig.' : 'Het dossier is gesloten.',
      )
    const methode = (await listActueleMethoden(tx)).find(m => String(m.methodeId) === invoer.methode)
    const trekkers = await listCollegas(tx, 'beleid.schrijven', dossier.gemeente)
    const trekker = trekkers.find(c => String(c.gebruikerId) === invoer.trekker)
    if (!methode || !trekker)
      throw invalid('De doorloop is niet gestart', [
        ...(methode ? [] : [{ pad: 'methode', melding: 'Kies welke vragen u doorloopt.' }]),
        ...(trekker ? [] : [{ pad: 'trekker', melding: 'Kies wie de doorloop trekt.' }]),
      ])
    const doorloopId = await insertDoorloop(tx, {
      dossierId,
      methodeId: methode.methodeId,
      trekker: trekker.gebruikerId,
      door: gebruikerIdOf(ctx.wie),
      op: ctx.nu,
    })
    await audit(tx, ctx, 'doorloop.gestart', GROND, { dossier: dossierId, doorloop: doorloopId })
    return doorloopId
  })
}

export interface Stapinvoer {
  toelichting: string
  /** Id of the colleague that a run is handed to. */
  naar: string
  versie: number
}

/** Takes one step of the state machine. Throws 400, 404, 409 (not from this state), or `Botsing`. */
export async function takeStap(ctx: Ctx, doorloopId: number, stap: Stap, invoer: Stapinvoer): Promise<void> {
  await ctx.write(async tx => moveDoorloop(tx, ctx, await getDoorloop(tx, doorloopId), stap, invoer))
}

/** May this run be restored, as far as its dossier goes? */
export async function checkHerstel(
  db: Db,
  { dossierId, doorloopId }: Pick<Doorloop, 'dossierId' | 'doorloopId'>,
): Promise<Mag> {
  const dossier = await findDossier(db, dossierId)
  return mayHerstel({
    gesloten: dossier?.geslotenOp !== null,
    laatste: dossier?.doorloopId === doorloopId,
  })
}

/** The same within a transaction, for use cases that do more than moving. */
export async function moveDoorloop(
  tx: Tx,
  ctx: Ctx,
  doorloop: Doorloop,
  stap: Stap,
  invoer: Stapinvoer,
): Promise<void> {
  await demandRegionaal(tx, doorloop.gemeente)
  const overgang = STAPPEN[stap]
  if (!overgang.van.includes(doorloop.staat))
    throw new Problem(
      409,
      'verkeerde-stand',
      'Deze stap kan nu niet',
      'De doorloop is intussen in een andere stand. Open de doorloop opnieuw.',
    )
  if (stap === 'herstel') {
    await lockDossier(tx, doorloop.dossierId)
    const mag = await checkHerstel(tx, doorloop)
    if (!mag.ok) throw new Problem(409, 'kan-niet-herstellen', 'Deze doorloop kan niet verder', mag.reden)
  }
  const overdracht = stap === 'draag-over'
  const collegas = overdracht ? await listCollegas(tx, 'beleid.schrijven', doorloop.gemeente) : []
  const ontvanger = collegas.find(c => String(c.gebruikerId) === invoer.naar)
  const fouten = checkTekst({
    pad: 'toelichting',
    naam: overgang.reden ? 'de reden' : 'de toelichting',
    waarde: invoer.toelichting,
    verplicht: overgang.reden,
    max: 2000,
  })
  if (overdracht && (ontvanger === undefined || ontvanger.gebruikerId === doorloop.trekkerId))
    fouten.push({ pad: 'naar', melding: 'Kies een collega die de doorloop nog niet trekt.' })
  if (fouten.length > 0) throw invalid('De stap is niet gezet', fouten)
  const gezet = await writeStap(
    tx,
    { doorloopId: doorloop.doorloopId, versie: invoer.versie },
    {
      stap,
      naar: overgang.naar ?? doorloop.staat,
      trekker: ontvanger?.gebruikerId ?? doorloop.trekkerId,
      toelichting: invoer.toelichting.trim(),
      overgedragenAan: ontvanger?.gebruikerId ?? null,
      door: gebruikerIdOf(ctx.wie),
      op: ctx.nu,
    },
  )
  if (!gezet) {
    const { doorloopId } = doorloop
    const nu = await findDoorloop(tx, doorloopId)
    throw nu
      ? await collisionOf<Doorloop>(tx, ctx, 'deze doorloop', nu, ['beleid.doorloop_stap', { doorloopId }])
      : notFound('Doorloop')
  }
  await audit(tx, ctx, `doorloop.${stap}`, GROND, { doorloop: doorloop.doorloopId })
}
