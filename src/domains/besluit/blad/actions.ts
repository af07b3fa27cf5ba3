import { audit } from '../../../platform/audit.ts'
import { gebruikerIdOf } from '../../../platform/auth/gebruikers.ts'
import type { Datum } from '../../../platform/dates.ts'
import { findSame, takeTurn } from '../../../platform/db/dubbel.ts'
import { insertRow } from '../../../platform/db/rij.ts'
import type { Db } from '../../../platform/db/tables.ts'
import type { Ctx } from '../../../platform/http/ctx.ts'
import { invalid, Problem } from '../../../platform/problem.ts'
import { type Invoer, readGegevens } from '../../../platform/velden/formulier.ts'
import {
  type Antwoord,
  countWachtend,
  type Doorloop,
  getDoorloop,
  listBijdragen,
  listConclusies,
  listDelen,
  listVanDoorloop,
  mapStanden,
  moveDoorloop,
  type Stapinvoer,
} from '../../doorloop/index.ts'
import {
  type Beletsel,
  blokkades,
  highlight,
  isUitgesloten,
  listZonderOpdracht,
} from '../../doorloop/rules.ts'
import { GROND, listKeuzes } from '../../dossiers/index.ts'
import { listVoorwaarden, mapVoorwaarden } from '../../werkvormen/index.ts'
import { type Blad, checkBesluit, composeBlad, listNietAangenomen } from './rules.ts'
import { type Besluit, insertBlad, listBesluiten, listBladen } from './store.ts'
import { BESLUIT } from './velden.ts'

/** The sheet of a run as it stands now. */
export async function loadBlad(db: Db, doorloop: Doorloop, vandaag: Datum): Promise<Blad> {
  const { doorloopId } = doorloop
  const antwoorden = await listDelen<Antwoord>(db, doorloopId, 'antwoord')
  const voorwaarden = await listVoorwaarden(db, doorloopId)
  const bijdragen = await listBijdragen(db, doorloopId, null)
  const opdrachten = await listVanDoorloop(db, doorloopId)
  return composeBlad({
    ...doorloop,
    vandaag,
    antwoorden: new Map(antwoorden.map(deel => [deel.sleutel, deel.inhoud])),
    conclusies: await listConclusies(db, doorloopId),
    opdrachten: opdrachten.map(o => ({ ...o, vervallen: o.staat === 'vervallen' })),
    voorwaarden: new Map(
      voorwaarden.map(deel => [
        deel.sleutel,
        { stand: deel.inhoud.stand, motivatie: deel.inhoud.motivering },
      ]),
    ),
    dilemmas: bijdragen.filter(b => b.soort === 'dilemma'),
  })
}

/** Everything that keeps this run from being laid before the college. */
export async function listBlokkades(db: Db, doorloop: Doorloop): Promise<Beletsel[]> {
  const conclusies = await listConclusies(db, doorloop.doorloopId)
  return blokkades(doorloop.methode, {
    vragen: await mapStanden(db, doorloop.doorloopId),
    voorwaarden: await mapVoorwaarden(db, doorloop.doorloopId),
    conclusies: conclusies.length,
    wachtend: [...(await countWachtend(db, doorloop.doorloopId)).values()].reduce((som, n) => som + n, 0),
    uitgesloten: conclusies.filter(c =>
      isUitgesloten(highlight({ ...c, wetten: doorloop.wetten }, doorloop.methode.juridisch)),
    ).length,
  })
}

/** Lays the run before college and raad: keeps the sheet as it is. Throws 400 with everything that stands in the way. */
export async function layBefore(ctx: Ctx, doorloopId: number, invoer: Stapinvoer): Promise<void> {
  await ctx.write(async tx => {
    const doorloop = await getDoorloop(tx, doorloopId)
    // First the step: nobody changes anything from there on, so what is checked is what is laid before.
    await moveDoorloop(tx, ctx, doorloop, 'leg-voor', invoer)
    const inDeWeg = await listBlokkades(tx, doorloop)
    if (inDeWeg.length > 0)
      throw invalid(
        'De doorloop kan nog niet worden voorgelegd',
        inDeWeg.map(({ melding }) => ({ pad: '', melding })),
      )
    await insertBlad(tx, doorloop, await loadBlad(tx, doorloop, ctx.vandaag), gebruikerIdOf(ctx.wie), ctx.nu)
  })
}

/**
 * Closes the run as decided. Throws 400 with every municipality that has not adopted the sheet that lies before it, and
 * with how many conclusions nobody takes up: what is decided has an owner, else it gets lost.
 */
export async function adopt(ctx: Ctx, doorloopId: number, invoer: Stapinvoer): Promise<void> {
  await ctx.write(async tx => {
    const doorloop = await getDoorloop(tx, doorloopId)
    const inDeWeg = await listOnaf(tx, doorloop)
    if (inDeWeg.length > 0)
      throw invalid(
        'De doorloop is nog niet vastgesteld',
        inDeWeg.map(({ melding }) => ({ pad: '', melding })),
      )
    await moveDoorloop(tx, ctx, doorloop, 'stel-vast', invoer)
  })
}

/** Everything that keeps this run from being closed as decided. */
export async function listOnaf(db: Db, doorloop: Doorloop): Promise<Beletsel[]> {
  return [...(await listZonderBesluit(db, doorloop)), ...(await listZonderEigenaar(db, doorloop.doorloopId))]
}

async function listZonderBesluit(db: Db, { doorloopId, gemeente }: Doorloop): Promise<Beletsel[]> {
  const { gemeenten } = await listKeuzes(db)
  const [blad] = await listBladen(db, doorloopId)
  const besluiten = (await listBesluiten(db, doorloopId)).filter(b => b.blad === blad?.nummer)
  const eigen = gemeenten.filter(g => gemeente === null || g.waarde === gemeente)
  return listNietAangenomen(besluiten, eigen).map(
    ({ naam }): Beletsel => ({
      melding: `${naam} heeft het blad nog niet vastgesteld. Leg het besluit van college of raad vast bij het blad.`,
      waar: 'blad',
    }),
  )
}

async function listZonderEigenaar(db: Db, doorloopId: number): Promise<Beletsel[]> {
  const conclusies = await listConclusies(db, doorloopId)
  const { length } = listZonderOpdracht(conclusies, await listVanDoorloop(db, doorloopId))
  if (length === 0) return []
  const melding = `${length === 1 ? '1 conclusie heeft' : `${length} conclusies hebben`} nog geen opdracht. Geef elke conclusie bij Conclusies een opdracht met een eigenaar.`
  return [{ melding, waar: 'conclusies' }]
}

/** Records what college or raad decided about the sheet that lies before them. Throws 400, 404, 409. */
export async function recordBesluit(ctx: Ctx, doorloopId: number, invoer: Invoer): Promise<void> {
  await ctx.write(async tx => {
    const doorloop = await getDoorloop(tx, doorloopId)
    const [blad] = await listBladen(tx, doorloopId)
    if (doorloop.staat !== 'voorgelegd' || blad === undefined)
      throw new Problem(
        409,
        'niet-voorgelegd',
        'Er ligt nu geen blad voor',
        'Leg de doorloop eerst voor aan college en raad.',
      )
    const { gemeenten } = await listKeuzes(tx)
    const gelezen = readGegevens(
      'Het besluit is niet vastgelegd',
      BESLUIT,
      doorloop.gemeente === null ? invoer : { ...invoer, gemeente: [doorloop.gemeente] },
      { keuzes: { gemeente: gemeenten }, ook: gegevens => checkBesluit(gegevens, ctx.vandaag) },
    )
    const { kenmerk, toelichting } = gelezen
    const gegevens: Partial<Besluit> = {
      ...{ blad: blad.nummer, ...gelezen },
      ...{ kenmerk: kenmerk ?? '', toelichting: toelichting ?? '' },
    }
    await takeTurn(tx, `beleid.besluit ${doorloopId}`)
    const eerder = (await listBesluiten(tx, doorloopId)).filter(
      b => b.orgaan === gegevens.orgaan && b.gemeente === gegevens.gemeente,
    )
    if (findSame(eerder.slice(-1), gegevens)) return
    const { dossierId } = doorloop
    const door = { door: gebruikerIdOf(ctx.wie), op: ctx.nu }
    const besluit = await insertRow(tx, 'beleid.besluit', { doorloopId, dossierId, ...gegevens, ...door })
    await audit(tx, ctx, 'besluit.vastgelegd', GROND, { doorloop: doorloopId, besluit })
  })
}
