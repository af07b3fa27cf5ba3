import { audit } from '../../../platform/audit.ts'
import { gebruikerIdOf, listCollegas } from '../../../platform/auth/gebruikers.ts'
import { findSame, takeTurn } from '../../../platform/db/dubbel.ts'
import { findLaatste } from '../../../platform/db/laatste.ts'
import type { Db } from '../../../platform/db/tables.ts'
import type { Ctx } from '../../../platform/http/ctx.ts'
import { Botsing, type Fout, invalid, notFound, Problem } from '../../../platform/problem.ts'
import { checkTekst } from '../../../platform/vrijetekst.ts'
import { type Aanbod, GROND, listAanbodVanDossier, listKeuzes } from '../../dossiers/index.ts'
import { demandLopend, getDoorloop, holdDoorloop } from '../doorloop/deel.ts'
import type { Doorloop } from '../doorloop/store.ts'
import type { Raakt } from '../methode/rules.ts'
import { type Opdrachtinvoer, readOpdracht } from '../opdrachten/invoer.ts'
import { insertOpdracht, listVanDoorloop } from '../opdrachten/store.ts'
import { RAAKT, RICHTINGEN, type Richting } from './rules.ts'
import {
  type Conclusie,
  type Conclusiegegevens,
  findConclusie,
  insertConclusie,
  listConclusies,
  setGeschrapt,
  updateConclusie,
} from './store.ts'

export interface Conclusieinvoer {
  kwadrant: string
  richting: string
  tekst: string
  aanbod: string
  raakt: string
  kenmerken: readonly string[]
}

/** The conclusion in this run, or 404. */
export async function getConclusie(db: Db, doorloopId: number, conclusieId: number): Promise<Conclusie> {
  const conclusie = await findConclusie(db, conclusieId)
  if (conclusie?.doorloopId !== doorloopId) throw notFound('Conclusie')
  return conclusie
}

/** Offers that a conclusion can be about: those in the inventory, and `huidig`, the one that it is about already. */
export async function listKiesbaar(db: Db, dossierId: number, huidig: number | null): Promise<Aanbod[]> {
  const alle = await listAanbodVanDossier(db, dossierId, true)
  return alle.filter(a => a.vervallenOp === null || a.aanbodId === huidig)
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
  doel: { conclusieId: number; versie: number } | null,
  invoer: Conclusieinvoer,
): Promise<number> {
  return ctx.write(async tx => {
    const doorloop = await holdDoorloop(tx, doorloopId)
    demandLopend(doorloop)
    const oud = doel === null ? null : await getConclusie(tx, doorloopId, doel.conclusieId)
    if (oud !== null) demandNietGeschrapt(oud, 'tekst')
    const kiesbaar = await listKiesbaar(tx, doorloop.dossierId, oud?.aanbodId ?? null)
    const gegevens = readConclusie(invoer, doorloop, kiesbaar)
    const door = gebruikerIdOf(ctx.wie)
    if (doel === null) {
      await takeTurn(tx, `beleid.conclusie ${doorloopId}`)
      const zelfde = findSame(await listConclusies(tx, doorloopId), gegevens)
      if (zelfde !== undefined) return zelfde.conclusieId
      const conclusieId = await insertConclusie(tx, doorloop, gegevens, door, ctx.nu)
      await audit(tx, ctx, 'conclusie.toegevoegd', GROND, { doorloop: doorloopId, conclusie: conclusieId })
      return conclusieId
    }
    if (!(await updateConclusie(tx, doel, gegevens, door, ctx.nu)))
      throw new Botsing<Conclusie>(
        'deze conclusie',
        await getConclusie(tx, doorloopId, doel.conclusieId),
        await findLaatste(tx, ctx, ['beleid.conclusie', { conclusieId: doel.conclusieId }]),
      )
    await audit(tx, ctx, 'conclusie.gewijzigd', GROND, { doorloop: doorloopId, conclusie: doel.conclusieId })
    return doel.conclusieId
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

/** What was typed as a conclusion. Throws 400 with every fault at once. */
function readConclusie(
  invoer: Conclusieinvoer,
  { methode }: Pick<Doorloop, 'methode'>,
  aanbod: readonly { aanbodId: number }[],
): Conclusiegegevens {
  const kwadrant = methode.kwadranten.find(k => k.code === invoer.kwadrant)
  const richting = (Object.keys(RICHTINGEN) as Richting[]).find(r => r === invoer.richting)
  const raakt = (Object.keys(RAAKT) as Raakt[]).find(r => r === invoer.raakt)
  const gekozen = aanbod.find(a => String(a.aanbodId) === invoer.aanbod)
  const fouten: Fout[] = checkTekst({
    pad: 'tekst',
    naam: 'de conclusie',
    waarde: invoer.tekst,
    max: 2000,
  })
  if (!kwadrant) fouten.push({ pad: 'kwadrant', melding: 'Kies bij welke bouwsteen de conclusie hoort.' })
  if (!richting) fouten.push({ pad: 'richting', melding: 'Kies wat u gaat doen.' })
  if (!raakt) fouten.push({ pad: 'raakt', melding: 'Kies wiens rechten dit raakt.' })
  if (!gekozen && invoer.aanbod !== '')
    fouten.push({ pad: 'aanbod', melding: 'Kies aanbod uit de inventarisatie.' })
  if (!kwadrant || !richting || !raakt || fouten.length > 0)
    throw invalid('De conclusie is niet opgeslagen', fouten)
  return {
    kwadrant: kwadrant.code,
    richting,
    raakt,
    tekst: invoer.tekst.trim(),
    aanbodId: gekozen?.aanbodId ?? null,
    kenmerken: methode.kenmerken.map(k => k.code).filter(code => invoer.kenmerken.includes(code)),
  }
}

/**
 * Makes a conclusion into something with an owner. Allowed in every state of the run but withdrawn: work goes on after
 * the decision. Throws 400 with every fault, 404, 409.
 */
export async function giveOpdracht(
  ctx: Ctx,
  doorloopId: number,
  conclusieId: number,
  invoer: Opdrachtinvoer,
): Promise<number> {
  return ctx.write(async tx => {
    const doorloop = await getDoorloop(tx, doorloopId)
    if (doorloop.staat === 'ingetrokken')
      throw new Problem(409, 'doorloop-ingetrokken', 'De doorloop is ingetrokken', 'Herstel hem eerst.')
    demandNietGeschrapt(await getConclusie(tx, doorloopId, conclusieId), 'wat')
    const collegas = await listCollegas(tx, 'beleid.bijdragen', doorloop.gemeente)
    const { segmenten } = await listKeuzes(tx)
    const gegevens = readOpdracht(invoer, {
      eigenaren: collegas.map(c => c.gebruikerId),
      segmenten: segmenten.map(s => Number(s.waarde)),
    })
    await takeTurn(tx, `beleid.opdracht ${conclusieId}`)
    const open = (await listVanDoorloop(tx, doorloopId)).filter(
      o => o.conclusieId === conclusieId && o.staat === 'open',
    )
    const zelfde = findSame(open, gegevens)
    if (zelfde !== undefined) return zelfde.opdrachtId
    const plaats = { conclusieId, dossierId: doorloop.dossierId }
    const opdrachtId = await insertOpdracht(tx, plaats, gegevens, gebruikerIdOf(ctx.wie), ctx.nu)
    await audit(tx, ctx, 'opdracht.gegeven', GROND, { conclusie: conclusieId, opdracht: opdrachtId })
    return opdrachtId
  })
}
