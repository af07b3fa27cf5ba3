import { audit } from '../../../platform/audit.ts'
import { gebruikerIdOf } from '../../../platform/auth/gebruikers.ts'
import type { Datum } from '../../../platform/dates.ts'
import { collisionOf } from '../../../platform/db/laatste.ts'
import { type Doel, insertRow, updateRow } from '../../../platform/db/rij.ts'
import type { Tx } from '../../../platform/db/tables.ts'
import type { Ctx } from '../../../platform/http/ctx.ts'
import { type Fout, notFound } from '../../../platform/problem.ts'
import { complete, type Gegevens, type Invoer, readGegevens } from '../../../platform/velden/formulier.ts'
import { type Bereik, GROND, gemeenteOpties, mayWrite, readEigenaar, segmentOpties } from '../bereik/rules.ts'
import { readBereik } from '../bereik/store.ts'
import { checkUitleg, type Versie, waaromNietVanaf } from './rules.ts'
import {
  closeVersie,
  findOnderwerp,
  insertVersie,
  listVersies,
  type Onderwerp,
  replaceSegmenten,
} from './store.ts'
import { EINDE, NIEUW, REIKWIJDTE, VERSIE } from './velden.ts'

export const TABEL = 'kaders.reikwijdte'

/** One subject with every version. Throws 404. */
export async function loadReikwijdte(ctx: Ctx, id: number) {
  return ctx.read(async db => {
    const onderwerp = await findOnderwerp(db, id)
    if (!onderwerp) throw notFound('Onderwerp')
    return { onderwerp, versies: await listVersies(db, id), bereik: await readBereik(db) }
  })
}

/** What can be chosen on the form. */
export const keuzesVan = (bereik: Bereik) => ({
  gemeente: gemeenteOpties(bereik, true),
  segmenten: segmentOpties(bereik),
})

/** Adds a subject with its first version. Throws 400 with every fault. Answers the id. */
export async function addReikwijdte(ctx: Ctx, invoer: Invoer): Promise<number> {
  const door = gebruikerIdOf(ctx.wie)
  return ctx.write(async tx => {
    const bereik = await readBereik(tx)
    const gegevens = readAll('Het onderwerp is niet opgeslagen', NIEUW, invoer, bereik, [])
    const { wet, onderwerp } = gegevens
    const gemeente = readEigenaar(bereik, gegevens.gemeente)
    const id = await insertRow(tx, TABEL, { gemeente, wet, onderwerp, gemaaktDoor: door })
    await layDown(tx, id, gegevens, door)
    await audit(tx, ctx, 'reikwijdte.toegevoegd', GROND, { reikwijdte: id })
    return id
  })
}

/** Lays down what holds from a day on; what held until then is kept. Throws 400 with every fault, 404, or `Botsing`. */
export async function changeReikwijdte(ctx: Ctx, doel: Doel, invoer: Invoer): Promise<void> {
  await ctx.write(async tx => {
    await findOwn(tx, ctx, doel)
    const eerder = await listVersies(tx, doel.id)
    const gegevens = readAll(
      'De wijziging is niet opgeslagen',
      REIKWIJDTE,
      invoer,
      await readBereik(tx),
      eerder,
    )
    if (!(await updateRow(tx, TABEL, doel, { onderwerp: gegevens.onderwerp, ...zet(ctx) })))
      await collide(tx, ctx, doel.id)
    await closeVersie(tx, doel.id, gegevens.vanaf)
    await layDown(tx, doel.id, gegevens, gebruikerIdOf(ctx.wie))
    await audit(tx, ctx, 'reikwijdte.gewijzigd', GROND, { reikwijdte: doel.id })
  })
}

/** Ends what holds: from a day on the protocol says nothing about it any more. Throws 400, 404 or `Botsing`. */
export async function endReikwijdte(ctx: Ctx, doel: Doel, invoer: Invoer): Promise<void> {
  await ctx.write(async tx => {
    const { onderwerp } = await findOwn(tx, ctx, doel)
    const eerder = await listVersies(tx, doel.id)
    const { vanaf } = readGegevens('Het onderwerp is niet veranderd', EINDE, invoer, {
      ook: ({ vanaf }) => checkVanaf(vanaf, eerder),
    })
    if (!(await updateRow(tx, TABEL, doel, { onderwerp, ...zet(ctx) }))) await collide(tx, ctx, doel.id)
    await closeVersie(tx, doel.id, vanaf)
    await audit(tx, ctx, 'reikwijdte.beeindigd', GROND, { reikwijdte: doel.id })
  })
}

type Eerder = readonly Pick<Versie, 'begin' | 'eind'>[]

/** What was typed, with the faults that the fields alone do not see. `eerder`: the versions that the subject has. */
function readAll<V extends typeof REIKWIJDTE>(
  titel: string,
  velden: V,
  invoer: Invoer,
  bereik: Bereik,
  eerder: Eerder,
): Gegevens<V> {
  const keuzes = keuzesVan(bereik)
  return readGegevens(titel, velden, invoer, {
    keuzes,
    ook: gelezen => {
      const g: Partial<Gegevens<typeof REIKWIJDTE>> = gelezen
      return [...checkUitleg(g), ...checkVanaf(g.vanaf, eerder)]
    },
  })
}

function checkVanaf(vanaf: Datum | undefined, eerder: Eerder): Fout[] {
  const melding = vanaf === undefined ? '' : waaromNietVanaf(eerder, vanaf)
  return melding === '' ? [] : [{ pad: 'vanaf', melding }]
}

async function layDown(
  tx: Tx,
  id: number,
  gegevens: Gegevens<typeof REIKWIJDTE>,
  door: number | null,
): Promise<void> {
  const { vanaf, segmenten } = gegevens
  await insertVersie(tx, id, { begin: vanaf, eind: null, ...complete(VERSIE, gegevens) }, door)
  await replaceSegmenten(tx, id, segmenten)
}

/** Theirs to change, as they opened it: whoever was slower hears that first, since faults may come from what the other did. */
async function findOwn(tx: Tx, ctx: Ctx, { id, versie }: Doel): Promise<Onderwerp> {
  const onderwerp = await findOnderwerp(tx, id)
  if (!onderwerp || !mayWrite(await readBereik(tx), onderwerp.gemeente)) throw notFound('Onderwerp')
  if (onderwerp.versie !== versie) await collide(tx, ctx, id)
  return onderwerp
}

const zet = (ctx: Ctx) => ({ gewijzigdDoor: gebruikerIdOf(ctx.wie), gewijzigdOp: ctx.nu })

async function collide(tx: Tx, ctx: Ctx, id: number): Promise<never> {
  const nu = await findOnderwerp(tx, id)
  const [laatste] = await listVersies(tx, id)
  if (!nu || !laatste) throw notFound('Onderwerp')
  throw await collisionOf(tx, ctx, 'dit onderwerp', toGegevens(nu, laatste), [TABEL, { reikwijdteId: id }])
}

/** A subject and what holds of it, as the form has them. */
export function toGegevens(onderwerp: Onderwerp, { begin, ...inhoud }: Versie) {
  return { ...onderwerp, ...inhoud, vanaf: begin }
}
