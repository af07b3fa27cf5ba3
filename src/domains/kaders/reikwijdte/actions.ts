import { audit } from '../../../platform/audit.ts'
import { gebruikerIdOf } from '../../../platform/auth/gebruikers.ts'
import type { Tx } from '../../../platform/db/tables.ts'
import type { Ctx } from '../../../platform/http/ctx.ts'
import { Botsing, type Fout, invalid, notFound } from '../../../platform/problem.ts'
import { mayWrite, readEigenaar } from '../bereik/rules.ts'
import { readBereik } from '../bereik/store.ts'
import { type Invoer, readReikwijdte, readVanaf } from './invoer.ts'
import {
  closeVersie,
  findOnderwerp,
  insertOnderwerp,
  insertVersie,
  listVersies,
  type Onderwerp,
  replaceSegmenten,
  updateOnderwerp,
} from './store.ts'

const GROND = 'Jeugdwet art. 2.2 en Wmo 2015 art. 2.1.2: gemeentelijk plan'

/** One subject with every version. Throws 404. */
export async function loadReikwijdte(ctx: Ctx, id: number) {
  return ctx.read(async db => {
    const onderwerp = await findOnderwerp(db, id)
    if (!onderwerp) throw notFound('Onderwerp')
    return { onderwerp, versies: await listVersies(db, id), bereik: await readBereik(db) }
  })
}

/** Adds a subject with its first version. Throws 400 with every fault. Answers the id. */
export async function addReikwijdte(ctx: Ctx, invoer: Invoer): Promise<number> {
  const door = gebruikerIdOf(ctx.wie)
  return ctx.write(async tx => {
    const bereik = await readBereik(tx)
    const gemeente = readEigenaar(bereik, invoer.gemeente)
    const gelezen = readReikwijdte(invoer, bereik, [])
    const wie: Fout[] =
      gemeente === undefined ? [{ pad: 'gemeente', melding: 'Kies voor wie dit geldt.' }] : []
    const fouten = [...wie, ...('fouten' in gelezen ? gelezen.fouten : [])]
    if (fouten.length > 0 || 'fouten' in gelezen || gemeente === undefined)
      throw invalid('Het onderwerp is niet opgeslagen', fouten)
    const id = (await insertOnderwerp(tx, { gemeente, ...gelezen }, door)) ?? 0
    await insertVersie(tx, id, gelezen.versie, door)
    await replaceSegmenten(tx, id, gelezen.segmenten)
    await audit(tx, ctx, 'reikwijdte.toegevoegd', GROND, { reikwijdte: id })
    return id
  })
}

/**
 * Lays down what holds from a day on; what held until then is kept. Throws 400 with every fault, 404, or `Botsing`.
 */
export async function changeReikwijdte(
  ctx: Ctx,
  doel: { id: number; versie: number },
  invoer: Invoer,
): Promise<void> {
  const door = gebruikerIdOf(ctx.wie)
  await ctx.write(async tx => {
    const oud = await findOwn(tx, doel.id)
    const gelezen = readReikwijdte(
      { ...invoer, wet: oud.wet },
      await readBereik(tx),
      await listVersies(tx, doel.id),
    )
    // Whoever was slower hears that first: the faults may come from what the other did.
    if (oud.versie !== doel.versie) await collide(tx, doel.id)
    if ('fouten' in gelezen) throw invalid('De wijziging is niet opgeslagen', gelezen.fouten)
    if (!(await updateOnderwerp(tx, doel, gelezen.onderwerp))) await collide(tx, doel.id)
    await closeVersie(tx, doel.id, gelezen.versie.begin)
    await insertVersie(tx, doel.id, gelezen.versie, door)
    await replaceSegmenten(tx, doel.id, gelezen.segmenten)
    await audit(tx, ctx, 'reikwijdte.gewijzigd', GROND, { reikwijdte: doel.id })
  })
}

/** Ends what holds: from `vanaf` on the protocol says nothing about it any more. Throws 400, 404 or `Botsing`. */
export async function endReikwijdte(
  ctx: Ctx,
  doel: { id: number; versie: number },
  vanaf: string,
): Promise<void> {
  await ctx.write(async tx => {
    const oud = await findOwn(tx, doel.id)
    if (oud.versie !== doel.versie) await collide(tx, doel.id)
    const fouten: Fout[] = []
    const dag = readVanaf(vanaf, await listVersies(tx, doel.id), fouten)
    if (fouten.length > 0 || dag === undefined) throw invalid('Het onderwerp is niet veranderd', fouten)
    if (!(await updateOnderwerp(tx, doel, oud.onderwerp))) await collide(tx, doel.id)
    await closeVersie(tx, doel.id, dag)
    await audit(tx, ctx, 'reikwijdte.beeindigd', GROND, { reikwijdte: doel.id })
  })
}

async function findOwn(tx: Tx, id: number): Promise<Onderwerp> {
  const onderwerp = await findOnderwerp(tx, id)
  if (!onderwerp || !mayWrite(await readBereik(tx), onderwerp.gemeente)) throw notFound('Onderwerp')
  return onderwerp
}

async function collide(tx: Tx, id: number): Promise<never> {
  const nu = await findOnderwerp(tx, id)
  const [laatste] = await listVersies(tx, id)
  throw nu ? new Botsing('dit onderwerp', { ...nu, laatste }) : notFound('Onderwerp')
}
