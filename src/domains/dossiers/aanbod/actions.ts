import { audit } from '../../../platform/audit.ts'
import { gebruikerIdOf } from '../../../platform/auth/gebruikers.ts'
import { findLaatste } from '../../../platform/db/laatste.ts'
import type { Db, Tx } from '../../../platform/db/tables.ts'
import type { Ctx } from '../../../platform/http/ctx.ts'
import { Botsing, invalid, notFound, orInTheWay, orTaken } from '../../../platform/problem.ts'
import { listSegmentjaren } from '../../sturing/index.ts'
import { GROND } from '../grond.ts'
import { type Dossier, findDossier } from '../register/store.ts'
import { type Aanbodinvoer, readAanbod } from './invoer.ts'
import {
  type Aanbod,
  type Aanbodgegevens,
  findAanbod,
  insertAanbod,
  listAanbodVanDossier,
  setVervallen,
  updateAanbod,
} from './store.ts'

/** Fewer persons than this are not shown: they might be recognised. */
export const MINSTENS = 10

const BEZET = 'Dit aanbod staat al in de inventarisatie.'

/** Adds an offer (`doel` null) or changes one; answers its id. Throws 400, 404 or `Botsing`. */
export async function saveAanbod(
  ctx: Ctx,
  dossierId: number,
  doel: { aanbodId: number; versie: number } | null,
  invoer: Aanbodinvoer,
): Promise<number> {
  const gegevens = readAanbod(invoer)
  const bewaard = ctx.write(async tx => {
    await getDossier(tx, dossierId)
    if (doel === null) {
      const aanbodId = await add(tx, ctx, dossierId, gegevens)
      if (aanbodId === undefined) throw invalid('Dit is niet opgeslagen', [{ pad: 'naam', melding: BEZET }])
      return aanbodId
    }
    const gewijzigd = await updateAanbod(tx, { dossierId, ...doel }, gegevens, gebruikerIdOf(ctx.wie), ctx.nu)
    if (!gewijzigd) {
      const nu = await findAanbod(tx, dossierId, doel.aanbodId)
      throw nu
        ? new Botsing<Aanbod>(
            'dit aanbod',
            nu,
            await findLaatste(tx, ctx, ['beleid.aanbod', { aanbodId: doel.aanbodId }]),
          )
        : notFound('Aanbod')
    }
    await audit(tx, ctx, 'aanbod.gewijzigd', GROND, { dossier: dossierId, aanbod: doel.aanbodId })
    return doel.aanbodId
  })
  return orTaken(bewaard, 'naam', BEZET)
}

/** Takes an offer out of the inventory, or puts it back. Runs that used it keep it. Throws 409 when its name is taken. */
export async function removeAanbod(
  ctx: Ctx,
  dossierId: number,
  aanbodId: number,
  weg: boolean,
): Promise<void> {
  const bewaard = ctx.write(async tx => {
    if (!(await setVervallen(tx, dossierId, aanbodId, weg ? ctx.vandaag : null))) throw notFound('Aanbod')
    await audit(tx, ctx, weg ? 'aanbod.vervallen' : 'aanbod.hersteld', GROND, {
      dossier: dossierId,
      aanbod: aanbodId,
    })
  })
  return orInTheWay(
    bewaard,
    'Er staat al ander aanbod met deze naam in de inventarisatie. Geef dat eerst een andere naam.',
  )
}

async function getDossier(db: Db, dossierId: number): Promise<Dossier> {
  const dossier = await findDossier(db, dossierId)
  if (!dossier) throw notFound('Dossier')
  return dossier
}

/** Answers the new id; undefined when the inventory has an offer with this name. */
async function add(
  tx: Tx,
  ctx: Ctx,
  dossierId: number,
  gegevens: Aanbodgegevens,
): Promise<number | undefined> {
  const aanbodId = await insertAanbod(tx, dossierId, gegevens, gebruikerIdOf(ctx.wie), ctx.nu)
  if (aanbodId === undefined) return undefined
  await audit(tx, ctx, 'aanbod.toegevoegd', GROND, { dossier: dossierId, aanbod: aanbodId })
  return aanbodId
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
    segmentId: s.segmentId,
    naam: s.naam,
    aard: 'curatief',
    toegang: 'geindiceerd',
    instrument: 'inkoop',
    bewijs: 'onbekend',
    doelgroep: '',
    partners: s.aanbieders === 1 ? '1 aanbieder' : `${s.aanbieders} aanbieders`,
    gebruikers: s.clienten < MINSTENS ? null : s.clienten,
    kosten: s.bedrag,
    jaar,
    bron: `Goedgekeurde declaraties en contracten in dit systeem: zorg gegeven in ${jaar}, ${s.producten === 1 ? '1 product' : `${s.producten} producten`}${s.clienten < MINSTENS ? `, minder dan ${MINSTENS} gebruikers` : ''}.`,
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
    const voorstellen = await listVoorstellen(tx, await getDossier(tx, dossierId), jaar)
    const gekozen = voorstellen.filter(v => segmenten.includes(v.segmentId) && !v.aanwezig)
    let aantal = 0
    for (const voorstel of gekozen) if ((await add(tx, ctx, dossierId, voorstel)) !== undefined) aantal += 1
    return aantal
  })
}
