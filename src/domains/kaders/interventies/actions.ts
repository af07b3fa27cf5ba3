import { audit } from '../../../platform/audit.ts'
import { gebruikerIdOf } from '../../../platform/auth/gebruikers.ts'
import { changeRow } from '../../../platform/db/laatste.ts'
import { findRow } from '../../../platform/db/lijst.ts'
import { type Doel, insertRow, type Rij } from '../../../platform/db/rij.ts'
import type { Tx } from '../../../platform/db/tables.ts'
import type { Ctx } from '../../../platform/http/ctx.ts'
import { notFound } from '../../../platform/problem.ts'
import { EINDE, endColumns } from '../../../platform/velden/einde.ts'
import { type Invoer, readGegevens } from '../../../platform/velden/formulier.ts'
import { GROND, gemeenteOpties, mayWrite, readEigenaar } from '../bereik/rules.ts'
import { readBereik } from '../bereik/store.ts'
import { INTERVENTIES, listResultaten } from './store.ts'
import { INTERVENTIE, NIEUW, RESULTAAT } from './velden.ts'

export const TABEL = 'kaders.interventie'
export const RESULTATEN = 'kaders.interventie_resultaat'

/** One intervention with its local results. Throws 404. */
export async function loadInterventie(ctx: Ctx, id: number) {
  return ctx.read(async db => {
    const interventie = await findRow(db, INTERVENTIES, id)
    if (!interventie) throw notFound('Interventie')
    return { interventie, bereik: await readBereik(db), resultaten: await listResultaten(db, id) }
  })
}

/** Adds an intervention for the region or one municipality. Throws 400 with every fault. Answers the id. */
export async function addInterventie(ctx: Ctx, invoer: Invoer): Promise<number> {
  const door = gebruikerIdOf(ctx.wie)
  return ctx.write(async tx => {
    const bereik = await readBereik(tx)
    const gegevens = readGegevens('De interventie is niet opgeslagen', NIEUW, invoer, {
      keuzes: { gemeente: gemeenteOpties(bereik, true) },
    })
    const gemeente = readEigenaar(bereik, gegevens.gemeente)
    const id = await insertRow(tx, TABEL, { ...gegevens, gemeente, gemaaktDoor: door, gewijzigdDoor: door })
    await audit(tx, ctx, 'interventie.toegevoegd', GROND, { interventie: id })
    return id
  })
}

/** Throws 400 with every fault, 404, or `Botsing`. */
export async function changeInterventie(ctx: Ctx, doel: Doel, invoer: Invoer): Promise<void> {
  const gegevens = readGegevens('De interventie is niet opgeslagen', INTERVENTIE, invoer)
  await ctx.write(tx => change(tx, ctx, doel, 'interventie.gewijzigd', gegevens))
}

/** Takes an intervention out of use with a reason. Throws 400, 404 or `Botsing`. */
export async function endInterventie(ctx: Ctx, doel: Doel, invoer: Invoer): Promise<void> {
  const { reden } = readGegevens('De interventie is niet veranderd', EINDE, invoer)
  await ctx.write(tx =>
    change(tx, ctx, doel, 'interventie.beeindigd', endColumns(reden, gebruikerIdOf(ctx.wie))),
  )
}

/** Takes it back into use. Throws 404 or `Botsing`. */
export async function restoreInterventie(ctx: Ctx, doel: Doel): Promise<void> {
  await ctx.write(tx => change(tx, ctx, doel, 'interventie.hersteld', endColumns(null, null)))
}

/** Adds a local result: anyone who works on the policy may. Throws 400 or 404. */
export async function addResultaat(ctx: Ctx, { id }: Pick<Doel, 'id'>, invoer: Invoer): Promise<void> {
  const gegevens = readGegevens('Het resultaat is niet opgeslagen', RESULTAAT, invoer)
  await ctx.write(async tx => {
    if (!(await findRow(tx, INTERVENTIES, id))) throw notFound('Interventie')
    await insertRow(tx, RESULTATEN, { interventieId: id, ...gegevens, door: gebruikerIdOf(ctx.wie) })
    await audit(tx, ctx, 'interventie.resultaat', GROND, { interventie: id })
  })
}

async function change(tx: Tx, ctx: Ctx, doel: Doel, actie: string, rij: Rij): Promise<void> {
  const nieuw = { ...rij, gewijzigdDoor: gebruikerIdOf(ctx.wie), gewijzigdOp: ctx.nu }
  const nu = await findRow(tx, INTERVENTIES, doel.id)
  if (!nu || !mayWrite(await readBereik(tx), nu.gemeente)) throw notFound('Interventie')
  await changeRow(
    tx,
    ctx,
    { tabel: TABEL, deze: 'deze interventie' },
    doel,
    nieuw,
    async () => (await findRow(tx, INTERVENTIES, doel.id)) ?? nu,
  )
  await audit(tx, ctx, actie, GROND, { interventie: doel.id })
}
