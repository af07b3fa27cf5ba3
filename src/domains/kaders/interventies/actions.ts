import { audit } from '../../../platform/audit.ts'
import { gebruikerIdOf } from '../../../platform/auth/gebruikers.ts'
import type { Tx } from '../../../platform/db/tables.ts'
import type { Ctx } from '../../../platform/http/ctx.ts'
import { Botsing, invalid, notFound } from '../../../platform/problem.ts'
import { checkTekst } from '../../../platform/vrijetekst.ts'
import { mayWrite, readEigenaar } from '../bereik/rules.ts'
import { readBereik } from '../bereik/store.ts'
import { type Invoer, readInterventie, readResultaat } from './invoer.ts'
import {
  endInterventie,
  findInterventie,
  insertInterventie,
  insertResultaat,
  listResultaten,
  updateInterventie,
} from './store.ts'

const GROND = 'Jeugdwet art. 2.2 en Wmo 2015 art. 2.1.2: gemeentelijk plan'

/** One intervention with its local results. Throws 404. */
export async function loadInterventie(ctx: Ctx, id: number) {
  return ctx.read(async db => {
    const interventie = await findInterventie(db, id)
    if (!interventie) throw notFound('Interventie')
    return { interventie, bereik: await readBereik(db), resultaten: await listResultaten(db, id) }
  })
}

/** Adds an intervention (`doel` null) or changes one. Throws 400 with every fault, 404, or `Botsing`. Answers the id. */
export async function saveInterventie(
  ctx: Ctx,
  doel: { id: number; versie: number } | null,
  invoer: Invoer,
): Promise<number> {
  const door = gebruikerIdOf(ctx.wie)
  return ctx.write(async tx => {
    const gemeente =
      doel === null ? readEigenaar(await readBereik(tx), invoer.gemeente) : await eigenaarVan(tx, doel.id)
    const gelezen = readInterventie(invoer, gemeente ?? null)
    const wie =
      gemeente === undefined ? [{ pad: 'gemeente', melding: 'Kies voor wie deze interventie is.' }] : []
    const fouten = [...wie, ...('fouten' in gelezen ? gelezen.fouten : [])]
    if (fouten.length > 0 || 'fouten' in gelezen) throw invalid('De interventie is niet opgeslagen', fouten)
    if (doel === null) {
      const id = (await insertInterventie(tx, gelezen.gegevens, door)) ?? 0
      await audit(tx, ctx, 'interventie.toegevoegd', GROND, { interventie: id })
      return id
    }
    if (!(await updateInterventie(tx, doel, gelezen.gegevens, door))) await collide(tx, doel.id)
    await audit(tx, ctx, 'interventie.gewijzigd', GROND, { interventie: doel.id })
    return doel.id
  })
}

/** Takes an intervention out of use with a reason, or back in (`reden` null). Throws 400, 404 or `Botsing`. */
export async function setInGebruik(
  ctx: Ctx,
  doel: { id: number; versie: number },
  reden: string | null,
): Promise<void> {
  const fouten =
    reden === null ? [] : checkTekst({ pad: 'reden', naam: 'de reden', waarde: reden, max: 1000 })
  if (fouten.length > 0) throw invalid('De interventie is niet veranderd', fouten)
  await ctx.write(async tx => {
    await eigenaarVan(tx, doel.id)
    const gelukt = await endInterventie(tx, doel, reden?.trim() ?? null, gebruikerIdOf(ctx.wie))
    if (!gelukt) await collide(tx, doel.id)
    const actie = reden === null ? 'interventie.hersteld' : 'interventie.beeindigd'
    await audit(tx, ctx, actie, GROND, { interventie: doel.id })
  })
}

/** Adds a local result: anyone who works on the policy may. Throws 400 or 404. */
export async function addResultaat(
  ctx: Ctx,
  id: number,
  velden: Readonly<Record<string, string | undefined>>,
): Promise<void> {
  const gelezen = readResultaat(velden)
  if ('fouten' in gelezen) throw invalid('Het resultaat is niet opgeslagen', gelezen.fouten)
  await ctx.write(async tx => {
    if (!(await findInterventie(tx, id))) throw notFound('Interventie')
    if (await insertResultaat(tx, id, gelezen.gegevens, gebruikerIdOf(ctx.wie)))
      await audit(tx, ctx, 'interventie.resultaat', GROND, { interventie: id })
  })
}

/** Whose it is, for who may write it; 404 for everyone else. */
async function eigenaarVan(tx: Tx, id: number): Promise<string | null> {
  const interventie = await findInterventie(tx, id)
  if (!interventie || !mayWrite(await readBereik(tx), interventie.gemeente)) throw notFound('Interventie')
  return interventie.gemeente
}

async function collide(tx: Tx, id: number): Promise<never> {
  const nu = await findInterventie(tx, id)
  throw nu ? new Botsing('deze interventie', nu) : notFound('Interventie')
}
