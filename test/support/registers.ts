import { tryBestanden } from '../../src/app/inrichten/bestanden.ts'
import { INRICHTINGEN } from '../../src/app/inrichten/registers.ts'
import { ONTBREEKT } from '../../src/app/ontbreekt/store.ts'
import { BERICHTEN } from '../../src/domains/berichten/index.ts'
import { TOEWIJZINGEN, VERWIJZINGEN } from '../../src/domains/toegang/index.ts'
import { listWhere } from '../../src/platform/db/lijst.ts'
import type { Ctx } from '../../src/platform/http/ctx.ts'
import { addInvoer } from '../../src/platform/register/invoer/doorvoeren.ts'
import { invoerVan } from '../../src/platform/register/invoer/registerinvoer.ts'
import { keyOf } from '../../src/platform/register/register.ts'
import { listAll } from '../../src/platform/register/rijen.ts'
import type { TestDatabase } from './database.ts'

/** Every register there is, in an order in which a region can be filled. */
export const REGISTERS = INRICHTINGEN.map(({ register }) => register)

const PROEF = { naam: 'proef.csv', bytes: Buffer.from('Iets;Anders\n1;2\n') }

/** One of the files of a region that whoever asks may bring in. */
const fileFor = ({ wie }: Ctx) =>
  wie.rechten.has(
    INRICHTINGEN.find(({ register }) => register.naam === 'aanbieders')?.register.rechten.schrijven ??
      'start',
  )
    ? 'aanbieders.csv'
    : 'gemeenten.csv'

/** What stands for the parameter of this path of a register: the keys of its rows, or a file that was brought in. */
export async function valuesOf(ctx: Ctx, pad: string): Promise<string[] | undefined> {
  const delen = pad.replace('/api/v1/inrichting/', '/inrichten/').split('/')
  const [, inrichten, naam, deel] = delen
  const register = REGISTERS.find(r => r.naam === naam)
  // What is missing is known by what it is about: of nothing is also a page, that says so.
  if (pad.startsWith('/inrichten/ontbreekt/:over'))
    return (await ctx.read(db => listWhere(db, ONTBREEKT(ctx.vandaag)))).slice(0, 1).map(({ over }) => over)
  if (pad.startsWith('/inrichten/bestanden/'))
    return [String(await tryBestanden(ctx, [{ ...PROEF, naam: fileFor(ctx) }]))]
  if (/^\/(toewijzingen|api\/v1\/overnames)\/verwijzingen\//.test(pad))
    return [String(await addInvoer(ctx, VERWIJZINGEN, PROEF))]
  if (/^\/(toewijzingen\/overnemen|api\/v1\/overnames\/toewijzingen)\//.test(pad))
    return [String(await addInvoer(ctx, TOEWIJZINGEN, PROEF))]
  if (/^\/(berichten\/overnemen|api\/v1\/overnames\/berichten)\//.test(pad))
    return [String(await addInvoer(ctx, BERICHTEN, { naam: 'proef.xml', bytes: Buffer.from('<iets/>') }))]
  if (inrichten !== 'inrichten' || register === undefined) return undefined
  if (deel !== 'invoeren') {
    const rijen = await ctx.read(db => listAll(db, register))
    return rijen.map(rij => encodeURIComponent(keyOf(register, rij)))
  }
  return [String(await addInvoer(ctx, invoerVan(register), PROEF))]
}

/** A ceiling of its own for this provider: of most there is none. */
export async function givePlafond(db: TestDatabase, aanbieder: number): Promise<void> {
  await db.owner.query(
    `insert into contracten.aanbiederplafond (aanbieder_id, segment_id, gemeente, jaar, bedrag, vastgesteld_op)
     select $1, segment_id, gemeente, 2026, 10000000, '2026-01-15'
     from contracten.budgetplafond order by gemeente, segment_id limit 1 on conflict do nothing`,
    [aanbieder],
  )
}
