import { audit } from '../../../platform/audit.ts'
import { gebruikerIdOf, listCollegas } from '../../../platform/auth/gebruikers.ts'
import { demandRegionaal } from '../../../platform/auth/regionaal.ts'
import { findLaatste } from '../../../platform/db/laatste.ts'
import type { Db } from '../../../platform/db/tables.ts'
import type { Ctx } from '../../../platform/http/ctx.ts'
import { Botsing, notFound, orInTheWay, orTaken, Problem } from '../../../platform/problem.ts'
import { GROND } from '../grond.ts'
import { type Dossierinvoer, readDossier } from './invoer.ts'
import {
  type Dossier,
  findDossier,
  insertDossier,
  listKeuzes,
  lockDossier,
  setGesloten,
  updateDossier,
} from './store.ts'

/**
 * Adds a dossier (`doel` null) or changes one that is still at `versie`; answers its id. Throws 400 with every fault,
 * 404, or `Botsing` with the dossier as the other left it.
 */
export async function saveDossier(
  ctx: Ctx,
  doel: { dossierId: number; versie: number } | null,
  invoer: Dossierinvoer,
): Promise<number> {
  const bewaard = ctx.write(async tx => {
    const { gemeenten, regionaal } = await listKeuzes(tx)
    if (doel !== null) await demandEigen(tx, doel.dossierId)
    const gemeente = gemeenten.find(g => g.waarde === invoer.gemeente)?.waarde ?? null
    const eigenaren = await listCollegas(tx, 'beleid.schrijven', gemeente)
    const gegevens = readDossier(invoer, {
      regionaal,
      gemeenten: gemeenten.map(g => g.waarde),
      eigenaren: eigenaren.map(e => e.gebruikerId),
    })
    const door = gebruikerIdOf(ctx.wie)
    if (doel === null) {
      const dossierId = await insertDossier(tx, gegevens, door, ctx.nu)
      await audit(tx, ctx, 'dossier.toegevoegd', GROND, { dossier: dossierId })
      return dossierId
    }
    if (!(await updateDossier(tx, doel.dossierId, doel.versie, gegevens, door, ctx.nu))) {
      const nu = await findDossier(tx, doel.dossierId)
      throw nu
        ? new Botsing<Dossier>(
            'dit dossier',
            nu,
            await findLaatste(tx, ctx, ['beleid.dossier', { dossierId: doel.dossierId }]),
          )
        : notFound('Dossier')
    }
    await audit(tx, ctx, 'dossier.gewijzigd', GROND, { dossier: doel.dossierId })
    return doel.dossierId
  })
  return orTaken(bewaard, 'naam', 'Er is al een open dossier met deze naam.')
}

/** The dossier, if the asker may write it. Throws 404, or 403 for one of the region. */
export async function demandEigen(db: Db, dossierId: number): Promise<Dossier> {
  const dossier = await findDossier(db, dossierId)
  if (!dossier) throw notFound('Dossier')
  await demandRegionaal(db, dossier.gemeente)
  return dossier
}

/** Closes a dossier, or opens it again. Throws 409 while a run is under way, or when its name is taken since. */
export async function closeDossier(ctx: Ctx, dossierId: number, sluit: boolean): Promise<void> {
  const bewaard = ctx.write(async tx => {
    await lockDossier(tx, dossierId)
    const dossier = await demandEigen(tx, dossierId)
    if ((dossier.geslotenOp !== null) === sluit) return
    if (sluit && dossier.doorloopStaat !== null && isBezig(dossier))
      throw new Problem(
        409,
        'doorloop-loopt',
        'Er loopt nog een doorloop',
        'Sluit de doorloop af of trek hem in. Daarna kunt u het dossier sluiten.',
      )
    await setGesloten(tx, dossierId, sluit ? ctx.vandaag : null)
    await audit(tx, ctx, sluit ? 'dossier.gesloten' : 'dossier.heropend', GROND, { dossier: dossierId })
  })
  return orInTheWay(
    bewaard,
    'Er is intussen een ander open dossier met dezelfde naam. Geef dat eerst een andere naam, of sluit het.',
  )
}

/** True while the last run is not finished. */
export function isBezig(dossier: Pick<Dossier, 'doorloopStaat'>): boolean {
  return ['loopt', 'gepauzeerd', 'voorgelegd'].includes(dossier.doorloopStaat ?? '')
}
