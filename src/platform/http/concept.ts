import { createHash } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { sql } from 'kysely'
import { gebruikerIdOf } from '../auth/gebruikers.ts'
import type { Kluis } from '../crypto.ts'
import { clientOf } from '../db/database.ts'
import type { Tx } from '../db/tables.ts'
import { asSelf } from '../db/zelf.ts'
import type { Invoer } from '../velden/formulier.ts'
import { beforeWrites, type Ctx } from './ctx.ts'
import { readVelden } from './vraag.ts'

/** What somebody typed in a form and did not save yet. */
export interface Concept {
  /** Of the form: '/interventies/nieuw'. */
  adres: string
  /** What the form is for, as its page says. */
  titel: string
  invoer: Invoer
  /** The version that the form was opened at. */
  versie: number
  /** How its fields stood then (`marksOf`). */
  was: string
  op: Date
}

type Inhoud = Omit<Concept, 'adres' | 'op'>
interface Rij {
  adres: string
  inhoud: Buffer
  op: Date
}

/** The field of a form that asks to keep it as it is (`bewaar`), or to forget what was kept (`weg`). */
export const CONCEPT = '_concept'

/** A draft that this key cannot open, of before a database came back without its key, is none. */
function open(kluis: Kluis, { adres, inhoud, op }: Rij): Concept[] {
  try {
    return [{ ...(JSON.parse(kluis.ontsleutel(inhoud).toString()) as Inhoud), adres, op }]
  } catch {
    return []
  }
}

/** What this person left in the form at `adres`; of another nobody sees anything. */
export async function findConcept(ctx: Ctx, adres: string): Promise<Concept | undefined> {
  return (await listConcepten(ctx, adres))[0]
}

/** Every form that this person left, the last first; of one address when it is given. */
export async function listConcepten(ctx: Ctx, adres: string | null = null): Promise<Concept[]> {
  const { rows } = await ctx.read(async db => {
    await asSelf(db, ctx.wie)
    return sql<Rij>`select adres, inhoud, op from platform.concept
      where gebruiker_id = ${gebruikerIdOf(ctx.wie)} and inhoud is not null
        and (${adres}::text is null or adres = ${adres})
      order by op desc limit 20`.execute(db)
  })
  return rows.flatMap(rij => open(ctx.kluis, rij))
}

/** Which showing of a form this request comes from: its token is of one page. */
const showingOf = (request: FastifyRequest) =>
  createHash('sha256')
    .update(readVelden(request)._csrf ?? '')
    .digest()

/** Keeps a form as it is, unless this showing of it was saved for good already. */
export async function keepConcept(request: FastifyRequest, adres: string, inhoud: Inhoud): Promise<void> {
  const { ctx } = request
  const bytes = ctx.kluis.versleutel(Buffer.from(JSON.stringify(inhoud)))
  await ctx.write(async tx => {
    await asSelf(tx, ctx.wie)
    await sql`insert into platform.concept as c (gebruiker_id, adres, inhoud)
      values (${gebruikerIdOf(ctx.wie)}, ${adres}, ${bytes})
      on conflict (gebruiker_id, adres) do update set inhoud = excluded.inhoud, op = now()
      where c.gesloten is distinct from ${showingOf(request)}`.execute(tx)
  })
}

/** Forgets what was kept of this form. */
export async function dropConcept(request: FastifyRequest, adres: string): Promise<void> {
  await request.ctx.write(tx => close(tx, request, adres))
}

/**
 * From here on whatever this request changes forgets what was kept of its form as well, in the same transaction: a refusal leaves
 * it as it was.
 */
export function closeConcept(request: FastifyRequest, adres: string): void {
  request.ctx = beforeWrites(request.ctx, tx => close(tx, request, adres))
}

async function close(tx: Tx, request: FastifyRequest, adres: string): Promise<void> {
  await asSelf(tx, request.ctx.wie)
  await sql`insert into platform.concept (gebruiker_id, adres, gesloten)
    values (${gebruikerIdOf(request.ctx.wie)}, ${adres}, ${showingOf(request)})
    on conflict (gebruiker_id, adres) do update set inhoud = null, gesloten = excluded.gesloten, op = now()`.execute(
    tx,
  )
}

/** Forgets what nobody came back for. */
export async function forgetConcepten(tx: Tx): Promise<void> {
  await clientOf(tx).query("delete from platform.concept where op < now() - interval '30 days'")
}
