import { audit } from '../../platform/audit.ts'
import { listWhere } from '../../platform/db/lijst.ts'
import type { Db } from '../../platform/db/tables.ts'
import type { Ctx } from '../../platform/http/ctx.ts'
import { notFound, Voorbij } from '../../platform/problem.ts'
import { type Invoer, readGegevens } from '../../platform/velden/formulier.ts'
import { tekst } from '../../platform/velden/soorten.ts'
import { ONTBREEKT_PAD } from './rules.ts'
import { deleteBesluit, insertBesluit, isOver, ONTBREEKT, type Ontbrekend } from './store.ts'

const GROND = 'Wmo 2015 art. 2.6.4 en Jeugdwet art. 2.18: controle en betaling'

/** What is asked of who says that something is missing on purpose. */
export const BESLUIT = {
  reden: tekst({
    label: 'Waarom is dit zo besloten?',
    kop: 'Besloten',
    noem: 'de reden',
    hulp: 'Bijvoorbeeld: dit segment wordt landelijk ingekocht',
    max: 1000,
    regels: 3,
  }),
}

/** What is missing today by what it is about; not whether that was decided. Throws 404 also when it is no longer missing. */
export async function getOntbrekend(db: Db, ctx: Ctx, over: string): Promise<Ontbrekend> {
  const [rij] = await listWhere(db, ONTBREEKT(ctx.vandaag), isOver(over))
  if (rij === undefined) throw notFound('Ontbrekende afspraak')
  return rij
}

/** The same, for a form that is about it as long as it is `besloten` or not. Throws `Voorbij` when a colleague was there first. */
export async function getOpen(db: Db, ctx: Ctx, over: string, besloten: boolean): Promise<Ontbrekend> {
  const rij = await getOntbrekend(db, ctx, over)
  if ((rij.reden !== null) !== besloten)
    throw besloten
      ? takenBack()
      : new Voorbij(
          'besloten',
          `${ONTBREEKT_PAD}?staat=besloten`,
          'Hierover is al besloten',
          'Een collega was u voor. De reden staat onder Besloten.',
        )
  return rij
}

const takenBack = () =>
  new Voorbij('teruggenomen', ONTBREEKT_PAD, 'Dit staat al bij wat nog te doen is', 'Een collega was u voor.')

/** Says that it is missing on purpose. Throws 400 without a reason, 404, `Voorbij`. */
export const decide = (ctx: Ctx, over: string, invoer: Invoer): Promise<void> =>
  ctx.write(async tx => {
    const { reden } = readGegevens('Het besluit is niet vastgelegd', BESLUIT, invoer)
    await getOpen(tx, ctx, over, false)
    await insertBesluit(tx, { over, reden: reden.trim(), door: ctx.wie.id, op: ctx.nu })
    await audit(tx, ctx, 'ontbreekt.besloten', GROND, { over })
  })

/** Takes that back: it is missing again. Throws 404, `Voorbij`. */
export const undecide = (ctx: Ctx, over: string): Promise<void> =>
  ctx.write(async tx => {
    await getOpen(tx, ctx, over, true)
    if (!(await deleteBesluit(tx, over))) throw takenBack()
    await audit(tx, ctx, 'ontbreekt.te-doen', GROND, { over })
  })
