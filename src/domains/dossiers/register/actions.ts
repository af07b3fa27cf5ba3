import { audit } from '../../../platform/audit.ts'
import { gebruikerIdOf, listCollegas } from '../../../platform/auth/gebruikers.ts'
import { demandRegionaal } from '../../../platform/auth/regionaal.ts'
import { changeRow } from '../../../platform/db/laatste.ts'
import { insertRow } from '../../../platform/db/rij.ts'
import type { Db, Tx } from '../../../platform/db/tables.ts'
import type { Ctx } from '../../../platform/http/ctx.ts'
import { notFound, orInTheWay, orTaken, Problem } from '../../../platform/problem.ts'
import {
  type Gegevens,
  type Invoer,
  type Keuzes,
  readGegevens,
  tryGegevens,
} from '../../../platform/velden/formulier.ts'
import { GROND } from '../grond.ts'
import { type Dossier, findDossier, listKeuzes, lockDossier, replaceSegmenten, setGesloten } from './store.ts'
import { DOSSIER, REGIO } from './velden.ts'

/** Adds a dossier; answers its id. Throws 400 with every fault. */
export async function addDossier(ctx: Ctx, invoer: Invoer): Promise<number> {
  const bewaard = ctx.write(async tx => {
    const { segmenten, ...rij } = await readDossier(tx, ctx, invoer)
    const dossierId = await insertRow(tx, TABEL, rij)
    await replaceSegmenten(tx, dossierId, segmenten)
    await audit(tx, ctx, 'dossier.toegevoegd', GROND, { dossier: dossierId })
    return dossierId
  })
  return orTaken(bewaard, 'naam', NAAM_BEZET)
}

/** Changes a dossier that is still at `versie`. Throws 400 with every fault, 404, or `Botsing` with what the other left. */
export async function changeDossier(
  ctx: Ctx,
  doel: { id: number; versie: number },
  invoer: Invoer,
): Promise<void> {
  const bewaard = ctx.write(async tx => {
    const eerder = await demandEigen(tx, doel.id)
    const { segmenten, ...rij } = await readDossier(tx, ctx, invoer)
    await changeRow(tx, ctx, { tabel: TABEL, deze: 'dit dossier' }, doel, rij, async () =>
      toGegevens((await findDossier(tx, doel.id)) ?? eerder),
    )
    await replaceSegmenten(tx, doel.id, segmenten)
    await audit(tx, ctx, 'dossier.gewijzigd', GROND, { dossier: doel.id })
  })
  return orTaken(bewaard, 'naam', NAAM_BEZET)
}

const TABEL = 'beleid.dossier'
const NAAM_BEZET = 'Er is al een open dossier met deze naam.'

/** What can be chosen on the form, by who asks. */
export async function loadKeuzes(db: Db): Promise<Keuzes> {
  const { regionaal, gemeenten, segmenten } = await listKeuzes(db)
  const collegas = await listCollegas(db, 'beleid.schrijven', undefined)
  return {
    gemeente: regionaal ? [{ waarde: REGIO, naam: 'De regio' }, ...gemeenten] : gemeenten,
    segmenten,
    eigenaar: collegas.map(c => ({ waarde: String(c.gebruikerId), naam: c.naam })),
  }
}

/** The row that what was typed becomes. Throws 400 with every fault. */
async function readDossier(tx: Tx, ctx: Ctx, invoer: Invoer) {
  const keuzes = await loadKeuzes(tx)
  const { gemeente: van = '' } = tryGegevens({ gemeente: DOSSIER.gemeente }, invoer, { keuzes }).gegevens
  const gemeente = van === REGIO ? null : van
  const bevoegd = await listCollegas(tx, 'beleid.schrijven', gemeente)
  const gegevens = readGegevens('Het dossier is niet opgeslagen', DOSSIER, invoer, {
    keuzes,
    ook: ({ eigenaar }) =>
      eigenaar === undefined || bevoegd.some(c => String(c.gebruikerId) === eigenaar)
        ? []
        : [
            {
              pad: 'eigenaar',
              melding: `Kies als eigenaar een collega die voor ${gemeente === null ? 'alle gemeenten' : 'deze gemeente'} werkt.`,
            },
          ],
  })
  return {
    ...gegevens,
    gemeente,
    eigenaar: Number(gegevens.eigenaar),
    door: gebruikerIdOf(ctx.wie),
    op: ctx.nu,
  }
}

/** A dossier as its form has it. */
export function toGegevens(d: Dossier): Gegevens<typeof DOSSIER> & { versie: number } {
  return {
    ...d,
    gemeente: d.gemeente ?? REGIO,
    eigenaar: String(d.eigenaarId),
    segmenten: d.segmenten.map(String),
  }
}

/** The dossier. Throws 404. */
export async function getDossier(db: Db, dossierId: number): Promise<Dossier> {
  const dossier = await findDossier(db, dossierId)
  if (!dossier) throw notFound('Dossier')
  return dossier
}

/** The dossier, if the asker may write it. Throws 404, or 403 for one of the region. */
export async function demandEigen(db: Db, dossierId: number): Promise<Dossier> {
  const dossier = await getDossier(db, dossierId)
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
