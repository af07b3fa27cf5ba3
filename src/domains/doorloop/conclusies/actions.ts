import { audit } from '../../../platform/audit.ts'
import { gebruikerIdOf } from '../../../platform/auth/gebruikers.ts'
import { findSame, takeTurn } from '../../../platform/db/dubbel.ts'
import { changeRow } from '../../../platform/db/laatste.ts'
import { type Doel, insertRow } from '../../../platform/db/rij.ts'
import type { Db } from '../../../platform/db/tables.ts'
import type { Ctx } from '../../../platform/http/ctx.ts'
import { invalid, notFound, Problem } from '../../../platform/problem.ts'
import { type Invoer, readGegevens } from '../../../platform/velden/formulier.ts'
import { GROND, listAanbodVanDossier } from '../../dossiers/index.ts'
import { naamMetStand } from '../../dossiers/rules.ts'
import { demandLopend, getDoorloop, holdDoorloop } from '../doorloop/deel.ts'
import type { Doorloop } from '../doorloop/store.ts'
import { readKeuzes as readOpdrachtkeuzes } from '../opdrachten/actions.ts'
import { insertOpdracht, listVanDoorloop } from '../opdrachten/store.ts'
import { OPDRACHT } from '../opdrachten/velden.ts'
import { type Conclusie, findConclusie, listConclusies, setGeschrapt } from './store.ts'
import { CONCLUSIE } from './velden.ts'

const TABEL = 'beleid.conclusie'

/** The conclusion in this run, or 404. */
export async function getConclusie(db: Db, doorloopId: number, conclusieId: number): Promise<Conclusie> {
  const conclusie = await findConclusie(db, conclusieId)
  if (conclusie?.doorloopId !== doorloopId) throw notFound('Conclusie')
  return conclusie
}

/** What can be chosen for a conclusion: what the method knows, and the inventory with the offer that it is about already. */
export async function readKeuzes(db: Db, { dossierId, methode }: Doorloop, conclusie: Conclusie | null) {
  const toOptie = ({ code, naam }: { code: string; naam: string }) => ({ waarde: code, naam })
  const aanbod = await listAanbodVanDossier(db, dossierId, true)
  return {
    kwadrant: methode.kwadranten.map(toOptie),
    kenmerken: methode.kenmerken.map(toOptie),
    aanbod: aanbod
      .filter(a => a.vervallenOp === null || String(a.aanbodId) === conclusie?.aanbod)
      .map(a => ({ waarde: String(a.aanbodId), naam: naamMetStand(a) })),
  }
}

/** Throws 400 at the field `pad` for a conclusion that was struck out: it is put back before anything else. */
function demandNietGeschrapt({ geschraptOp }: Conclusie, pad: string): void {
  if (geschraptOp === null) return
  throw invalid('Deze conclusie is geschrapt', [
    { pad, melding: 'Deze conclusie is geschrapt. Zet haar eerst terug.' },
  ])
}

/** Adds a conclusion (`doel` null) or changes one; answers its id. Throws 400, 404, 409 or `Botsing`. */
export async function saveConclusie(
  ctx: Ctx,
  doorloopId: number,
  doel: Doel | null,
  invoer: Invoer,
): Promise<number> {
  return ctx.write(async tx => {
    const doorloop = await holdDoorloop(tx, doorloopId)
    demandLopend(doorloop)
    const oud = doel && (await getConclusie(tx, doorloopId, doel.id))
    if (oud !== null) demandNietGeschrapt(oud, 'tekst')
    const keuzes = await readKeuzes(tx, doorloop, oud)
    const gegevens = readGegevens('De conclusie is niet opgeslagen', CONCLUSIE, invoer, { keuzes })
    const { aanbod: aanbodId, ...getypt } = gegevens
    const rij = { ...getypt, aanbodId, door: gebruikerIdOf(ctx.wie), op: ctx.nu }
    if (doel === null) {
      await takeTurn(tx, `${TABEL} ${doorloopId}`)
      const zelfde = findSame(await listConclusies(tx, doorloopId), gegevens)
      if (zelfde !== undefined) return zelfde.conclusieId
      const conclusie = await insertRow(tx, TABEL, { doorloopId, dossierId: doorloop.dossierId, ...rij })
      await audit(tx, ctx, 'conclusie.toegevoegd', GROND, { doorloop: doorloopId, conclusie })
      return conclusie
    }
    await changeRow(tx, ctx, { tabel: TABEL, deze: 'deze conclusie' }, doel, rij, () =>
      getConclusie(tx, doorloopId, doel.id),
    )
    await audit(tx, ctx, 'conclusie.gewijzigd', GROND, { doorloop: doorloopId, conclusie: doel.id })
    return doel.id
  })
}

/** Strikes a conclusion out, or puts it back: its opdrachten keep pointing at it. */
export async function strikeConclusie(
  ctx: Ctx,
  doorloopId: number,
  conclusieId: number,
  schrap: boolean,
): Promise<void> {
  await ctx.write(async tx => {
    demandLopend(await holdDoorloop(tx, doorloopId))
    await getConclusie(tx, doorloopId, conclusieId)
    await setGeschrapt(tx, conclusieId, schrap ? ctx.nu : null)
    await audit(tx, ctx, schrap ? 'conclusie.geschrapt' : 'conclusie.hersteld', GROND, {
      doorloop: doorloopId,
      conclusie: conclusieId,
    })
  })
}

/**
 * Makes a conclusion into something with an owner. Allowed in every state of the run but withdrawn: work goes on after
 * the decision. Throws 400 with every fault, 404, 409.
 */
export async function giveOpdracht(
  ctx: Ctx,
  doorloopId: number,
  conclusieId: number,
  invoer: Invoer,
): Promise<number> {
  return ctx.write(async tx => {
    const doorloop = await getDoorloop(tx, doorloopId)
    if (doorloop.staat === 'ingetrokken')
      throw new Problem(409, 'doorloop-ingetrokken', 'De doorloop is ingetrokken', 'Herstel hem eerst.')
    demandNietGeschrapt(await getConclusie(tx, doorloopId, conclusieId), 'wat')
    const gegevens = readGegevens('De opdracht is niet gegeven', OPDRACHT, invoer, {
      keuzes: await readOpdrachtkeuzes(tx, doorloop.gemeente),
    })
    await takeTurn(tx, `beleid.opdracht ${conclusieId}`)
    const open = (await listVanDoorloop(tx, doorloopId)).filter(
      o => o.conclusieId === conclusieId && o.staat === 'open',
    )
    const zelfde = findSame(open, gegevens)
    if (zelfde !== undefined) return zelfde.opdrachtId
    const plaats = { conclusieId, dossierId: doorloop.dossierId }
    const opdracht = await insertOpdracht(tx, plaats, gegevens, gebruikerIdOf(ctx.wie), ctx.nu)
    await audit(tx, ctx, 'opdracht.gegeven', GROND, { conclusie: conclusieId, opdracht })
    return opdracht
  })
}
