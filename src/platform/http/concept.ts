import { createHash } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { sql } from 'kysely'
import { gebruikerIdOf } from '../auth/gebruikers.ts'
import type { Kluis } from '../crypto.ts'
import { clientOf } from '../db/database.ts'
import { takeTurn } from '../db/dubbel.ts'
import type { Tx } from '../db/tables.ts'
import { asSelf } from '../db/zelf.ts'
import { invalid, Problem } from '../problem.ts'
import { splitAdres } from '../ui/adres.ts'
import type { Invoer } from '../velden/formulier.ts'
import { hasBsn } from '../vrijetekst.ts'
import { beforeWrites, type Ctx } from './ctx.ts'
import { numberOrNull, readVelden } from './vraag.ts'

/** What somebody typed in a form and did not save yet. */
export interface Concept {
  /** Of the form, with what it is about: the query says under which goal a new one comes. */
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

/** The field of a form that asks to keep it as it is (`bewaar`; `vanzelf` by script), or to forget what was kept (`weg`). */
export const CONCEPT = '_concept'
/** The field that says which state of the draft its page was shown with. */
export const STAND = '_stand'
/** So many forms somebody may have left; of more the oldest goes. */
const MEESTE = 20

/** A draft that this key cannot open, of before a database came back without its key, is none. */
function open(kluis: Kluis, { adres, inhoud, op }: Rij): Concept[] {
  try {
    return [{ ...(JSON.parse(kluis.ontsleutel(inhoud).toString()) as Inhoud), adres, op }]
  } catch {
    return []
  }
}

/** A longer address is of no form of ours, and one with a burgerservicenummer may stand nowhere. */
const MAX_ADRES = 500
const isKeepable = (adres: string) =>
  adres.length <= MAX_ADRES && !hasBsn([...new URLSearchParams(splitAdres(adres)[1])].flat().join(' '))

/** What this person left in the form at `adres`, and which state of it this is; of another nobody sees anything. */
export async function findConcept(
  ctx: Ctx,
  adres: string,
): Promise<{ stand: number; concept: Concept | undefined }> {
  const rij = await ctx.read(async db => {
    await asSelf(db, ctx.wie)
    const { rows } = await sql<Omit<Rij, 'inhoud'> & { inhoud: Buffer | null; stand: number }>`
      select adres, inhoud, op, stand from platform.concept
      where gebruiker_id = ${gebruikerIdOf(ctx.wie)} and adres = ${adres}`.execute(db)
    return rows[0]
  })
  // One that was saved or thrown away is none any more.
  if (rij === undefined || rij.inhoud === null) return { stand: 0, concept: undefined }
  const { stand, inhoud } = rij
  return { stand, concept: open(ctx.kluis, { ...rij, inhoud })[0] }
}

/** Every form that this person left, the last first. */
export async function listConcepten(ctx: Ctx): Promise<Concept[]> {
  const { rows } = await ctx.read(async db => {
    await asSelf(db, ctx.wie)
    return sql<Rij>`select adres, inhoud, op from platform.concept
      where gebruiker_id = ${gebruikerIdOf(ctx.wie)} and inhoud is not null
      order by op desc limit ${MEESTE}`.execute(db)
  })
  return rows.flatMap(rij => open(ctx.kluis, rij))
}

/** Which showing of a form this request comes from: its token is of one page. */
const showingOf = (request: FastifyRequest) =>
  createHash('sha256')
    .update(readVelden(request)._csrf ?? '')
    .digest()

/** The state of the draft that the page of this request was shown with. */
const standOf = (request: FastifyRequest) => numberOrNull(readVelden(request)[STAND]) ?? 0

/** Where no other window wrote in the draft since this page was shown; `c`: the draft as it stands now. */
const whereOurs = (request: FastifyRequest) => {
  const stand = standOf(request)
  return sql`(c.bladzij = ${showingOf(request)} or c.stand = ${stand} or (c.inhoud is null and ${stand} = 0))`
}

/**
 * Keeps a form as it is. Throws 400 when another window wrote in the draft since this page was shown, or saved it for good and this
 * page only sends by itself, and when nothing can be kept at this address.
 */
export async function keepConcept(request: FastifyRequest, adres: string, inhoud: Inhoud): Promise<void> {
  if (!isKeepable(adres)) throw invalid('Het concept is niet bewaard', [{ pad: '', melding: GEEN_PLAATS }])
  const { ctx } = request
  const vanzelf = readVelden(request)[CONCEPT] === 'vanzelf'
  const gebruikerId = gebruikerIdOf(ctx.wie)
  const bladzij = showingOf(request)
  const bytes = ctx.kluis.versleutel(Buffer.from(JSON.stringify(inhoud)))
  await ctx.write(async tx => {
    await asSelf(tx, ctx.wie)
    await takeTurn(tx, `concept ${gebruikerId}`)
    const { rows } = await sql`
      insert into platform.concept as c (gebruiker_id, adres, inhoud, bladzij)
      values (${gebruikerId}, ${adres}, ${bytes}, ${bladzij})
      on conflict (gebruiker_id, adres) do update
        set inhoud = excluded.inhoud, bladzij = excluded.bladzij, gesloten = false, stand = excluded.stand, op = now()
      where ${whereOurs(request)} and not (c.bladzij = ${bladzij} and c.gesloten and ${vanzelf})
      returning 1`.execute(tx)
    if (rows.length === 0) throw invalid('Het concept is niet bewaard', [{ pad: '', melding: ELDERS }])
    await sql`delete from platform.concept where concept_id in (
      select concept_id from platform.concept where gebruiker_id = ${gebruikerId} and inhoud is not null
      order by op desc, concept_id desc offset ${MEESTE})`.execute(tx)
  })
}

const GEEN_PLAATS =
  'Van een formulier op dit adres kan geen concept worden bewaard. Sla het op als het klaar is.'
const ELDERS =
  'In een ander venster is met dit formulier verder gewerkt. Wat daar staat, is bewaard. Wat u hier hebt ingevuld, staat er nog: bewaar het nog eens als dit het moet worden.'

/** Forgets what was kept of this form, unless another window wrote in it since this page was shown. */
export async function dropConcept(request: FastifyRequest, adres: string): Promise<void> {
  const { ctx } = request
  await ctx.write(async tx => {
    await asSelf(tx, ctx.wie)
    await sql`update platform.concept c
      set inhoud = null, bladzij = ${showingOf(request)}, gesloten = true, stand = default, op = now()
      where gebruiker_id = ${gebruikerIdOf(ctx.wie)} and adres = ${adres} and ${whereOurs(request)}`.execute(
      tx,
    )
  })
}

/** Forgets a form that this person left, whatever it is about. */
export async function forgetConcept(ctx: Ctx, adres: string): Promise<void> {
  await ctx.write(async tx => {
    await asSelf(tx, ctx.wie)
    await sql`delete from platform.concept
      where gebruiker_id = ${gebruikerIdOf(ctx.wie)} and adres = ${adres}`.execute(tx)
  })
}

/** In another window this draft was gone on with, or saved: what this page was shown with is not what there is. */
export class Overtaken extends Problem {
  constructor() {
    super(400, 'concept-overtaken', 'Dit is niet opgeslagen', undefined, [
      { pad: '', melding: AL_OPGESLAGEN },
    ])
  }
}

const AL_OPGESLAGEN =
  'Uw concept is in een ander venster al opgeslagen. Kijk eerst of het er staat. Wat u hier hebt ingevuld, staat er nog.'

/**
 * From here on whatever this request changes forgets what was kept of its form as well, in the same transaction: a refusal leaves
 * it as it was, and so does what another window wrote. Its writes throw `Overtaken` when another window saved the draft that this page
 * was shown with; `heel`: also when it only went on with it.
 */
export function closeConcept(request: FastifyRequest, adres: string, { heel = false } = {}): void {
  if (isKeepable(adres)) request.ctx = beforeWrites(request.ctx, tx => close(tx, request, adres, heel))
}

async function close(tx: Tx, request: FastifyRequest, adres: string, heel: boolean): Promise<void> {
  const bladzij = showingOf(request)
  await asSelf(tx, request.ctx.wie)
  const { rows } = await sql`insert into platform.concept as c (gebruiker_id, adres, bladzij, gesloten)
    values (${gebruikerIdOf(request.ctx.wie)}, ${adres}, ${bladzij}, true)
    on conflict (gebruiker_id, adres) do update
      set inhoud = null, bladzij = excluded.bladzij, gesloten = true, stand = excluded.stand, op = now()
    where ${whereOurs(request)} returning 1`.execute(tx)
  if (rows.length > 0) return
  const { rows: ander } = await sql<{ gesloten: boolean }>`
    select gesloten from platform.concept
    where gebruiker_id = ${gebruikerIdOf(request.ctx.wie)} and adres = ${adres}`.execute(tx)
  if (heel || ander[0]?.gesloten === true) throw new Overtaken()
}

/** Forgets what nobody came back for. */
export async function forgetConcepten(tx: Tx): Promise<void> {
  await clientOf(tx).query("delete from platform.concept where op < now() - interval '30 days'")
}
