import { audit } from '../../../platform/audit.ts'
import { gebruikerIdOf } from '../../../platform/auth/gebruikers.ts'
import { changeRow } from '../../../platform/db/laatste.ts'
import { type Doel, insertNew } from '../../../platform/db/rij.ts'
import type { Db, Tx } from '../../../platform/db/tables.ts'
import type { Ctx } from '../../../platform/http/ctx.ts'
import { invalid, notFound, orInTheWay, orTaken } from '../../../platform/problem.ts'
import { complete, type Invoer, readGegevens } from '../../../platform/velden/formulier.ts'
import { listSegmentjaren } from '../../sturing/index.ts'
import { GROND } from '../grond.ts'
import { getDossier } from '../register/actions.ts'
import type { Dossier } from '../register/store.ts'
import { type Aanbod, EIGEN_NAAM, findAanbod, listAanbodVanDossier, setVervallen } from './store.ts'
import { AANBOD, type Aanbodgegevens, checkCijfers } from './velden.ts'

/** Fewer persons than this are not shown: they might be recognised. */
export const MINSTENS = 10

const TABEL = 'beleid.aanbod'
const TITEL = 'Het aanbod is niet opgeslagen'
const BEZET = 'Dit aanbod staat al in de inventarisatie.'

/** Adds an offer to the inventory of a dossier. Throws 400 with every fault, or 404. */
export async function addAanbod(ctx: Ctx, dossierId: number, invoer: Invoer): Promise<void> {
  const gegevens = readAanbod(invoer)
  await ctx.write(async tx => {
    await getDossier(tx, dossierId)
    if (!(await add(tx, ctx, dossierId, gegevens))) throw invalid(TITEL, [{ pad: 'naam', melding: BEZET }])
  })
}

/** Changes an offer. Throws 400 with every fault, 404 or `Botsing`. */
export async function changeAanbod(ctx: Ctx, dossierId: number, doel: Doel, invoer: Invoer): Promise<void> {
  const gegevens = readAanbod(invoer)
  const bewaard = ctx.write(async tx => {
    await getAanbod(tx, dossierId, doel.id)
    const rij = { ...gegevens, ...writtenBy(ctx) }
    await changeRow(tx, ctx, { tabel: TABEL, deze: 'dit aanbod' }, doel, rij, () =>
      getAanbod(tx, dossierId, doel.id),
    )
    await audit(tx, ctx, 'aanbod.gewijzigd', GROND, { dossier: dossierId, aanbod: doel.id })
  })
  return orTaken(bewaard, 'naam', BEZET)
}

/** Takes an offer out of the inventory, or puts it back. Runs that used it keep it. Throws 404, or 409 when its name is taken. */
export async function removeAanbod(ctx: Ctx, dossierId: number, id: number, weg: boolean): Promise<void> {
  const bewaard = ctx.write(async tx => {
    if (!(await setVervallen(tx, dossierId, id, weg ? ctx.vandaag : null))) throw notFound('Aanbod')
    const actie = weg ? 'aanbod.vervallen' : 'aanbod.hersteld'
    await audit(tx, ctx, actie, GROND, { dossier: dossierId, aanbod: id })
  })
  return orInTheWay(
    bewaard,
    'Er staat al ander aanbod met deze naam in de inventarisatie. Geef dat eerst een andere naam.',
  )
}

export async function getAanbod(db: Db, dossierId: number, aanbodId: number): Promise<Aanbod> {
  const aanbod = await findAanbod(db, dossierId, aanbodId)
  if (!aanbod) throw notFound('Aanbod')
  return aanbod
}

const readAanbod = (invoer: Invoer) => readGegevens(TITEL, AANBOD, invoer, { ook: checkCijfers })
const writtenBy = (ctx: Ctx) => ({ door: gebruikerIdOf(ctx.wie), op: ctx.nu })

/** Answers false when the inventory has an offer with this name: that stays as it is. */
async function add(
  tx: Tx,
  ctx: Ctx,
  dossierId: number,
  gegevens: Aanbodgegevens & { segmentId?: number },
): Promise<boolean> {
  const rij = { dossierId, ...gegevens, ...writtenBy(ctx) }
  const aanbod = await insertNew(tx, TABEL, rij, EIGEN_NAAM)
  if (aanbod === undefined) return false
  await audit(tx, ctx, 'aanbod.toegevoegd', GROND, { dossier: dossierId, aanbod })
  return true
}

export interface Voorstel extends Aanbodgegevens {
  segmentId: number
  /** True when the inventory already has an offer of this segment, or one with its name. */
  aanwezig: boolean
}

/**
 * What the system knows of the segments of a dossier, as offers to take over: costs and users of the last whole calendar
 * year, the number of providers and products, each with its source. Small numbers of persons are left out.
 */
export async function listVoorstellen(db: Db, dossier: Dossier, jaar: number): Promise<Voorstel[]> {
  const segmenten = await listSegmentjaren(db, {
    jaar,
    gemeente: dossier.gemeente,
    segmenten: dossier.segmenten,
  })
  const aanbod = await listAanbodVanDossier(db, dossier.dossierId)
  return segmenten.map(s => ({
    ...complete(AANBOD, {
      naam: s.naam,
      aard: 'curatief',
      toegang: 'geindiceerd',
      instrument: 'inkoop',
      bewijs: 'onbekend',
      partners: s.aanbieders === 1 ? '1 aanbieder' : `${s.aanbieders} aanbieders`,
      gebruikers: s.clienten < MINSTENS ? null : s.clienten,
      kosten: s.bedrag,
      jaar,
      bron: `Goedgekeurde declaraties en contracten in dit systeem: zorg gegeven in ${jaar}, ${s.producten === 1 ? '1 product' : `${s.producten} producten`}${s.clienten < MINSTENS ? `, minder dan ${MINSTENS} gebruikers` : ''}.`,
    }),
    segmentId: s.segmentId,
    aanwezig: aanbod.some(a => a.segmentId === s.segmentId || a.naam.toLowerCase() === s.naam.toLowerCase()),
  }))
}

/** Takes the chosen proposals over into the inventory; those that are there already stay as they are. Answers how many. */
export async function acceptVoorstellen(
  ctx: Ctx,
  dossierId: number,
  jaar: number,
  segmenten: readonly number[],
): Promise<number> {
  return ctx.write(async tx => {
    let aantal = 0
    for (const { aanwezig, ...gegevens } of await listVoorstellen(
      tx,
      await getDossier(tx, dossierId),
      jaar,
    )) {
      const gekozen = segmenten.includes(gegevens.segmentId) && !aanwezig
      if (gekozen && (await add(tx, ctx, dossierId, gegevens))) aantal += 1
    }
    return aantal
  })
}
