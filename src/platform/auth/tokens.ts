import { sql } from 'kysely'
import { audit } from '../audit.ts'
import type { Db, Tx } from '../db/tables.ts'
import type { Ctx } from '../http/ctx.ts'
import { notFound } from '../problem.ts'
import { type Invoer, readGegevens } from '../velden/formulier.ts'
import { keuze, keuzes, tekst } from '../velden/soorten.ts'
import { hashSleutel } from './koekje.ts'
import type { Recht } from './rollen.ts'

const GROND = 'Beheer van de toepassing'

/** What a program can be allowed to, in the words of a person. Managing tokens and pages for people are not for it. */
export const TOKENRECHT: Readonly<Partial<Record<Recht, string>>> = {
  'berichten.lezen': 'Berichten lezen en ophalen',
  'berichten.aanleveren': 'Berichten aanleveren',
  'berichten.herkansen': 'Berichten opnieuw laten beoordelen',
  'berichten.overnemen': 'Oude berichten overnemen',
  'toewijzingen.lezen': 'Toewijzingen lezen',
  'toewijzingen.overnemen': 'Inwoners en lopende toewijzingen overnemen',
  'declaraties.lezen': 'Declaraties lezen',
  'betalingen.lezen': 'Betalingen lezen',
  'cijfers.lezen': 'Cijfers lezen',
  'aanbieders.lezen': 'Aanbieders lezen',
  'contracten.lezen': 'Contracten lezen',
  'contracten.beheren': 'Contracten, tarieven en plafonds vastleggen',
  'gemeenten.beheren': 'Gemeenten vastleggen',
  'metingen.lezen': 'Metingen van deze installatie lezen',
  'uitwisseling.lezen': 'Vragen welke gegevens voor welk doel mogen worden gezien',
}

/** What is asked of a new token. */
export const TOKEN = {
  naam: tekst({
    label: 'Naam',
    noem: 'de naam',
    hulp: 'Waar u het voor gebruikt, bijvoorbeeld de naam van het programma',
    max: 80,
    breedte: 'half',
  }),
  rechten: keuzes<string>({
    label: 'Wat het programma mag',
    hulp: 'Kies niet meer dan nodig is',
    kies: 'Kies minstens één recht. Kies alleen rechten die u zelf hebt.',
  }),
  /** For how many days. */
  dagen: keuze({
    label: 'Hoe lang het geldig is',
    kies: 'Kies hoe lang het token geldig is.',
    opties: [
      { waarde: '30', naam: '30 dagen' },
      { waarde: '90', naam: '90 dagen' },
      { waarde: '180', naam: '180 dagen' },
      { waarde: '365', naam: '1 jaar' },
    ],
  }),
}

export interface Token {
  tokenId: number
  naam: string
  rechten: string[]
  organisatie: string
  eigenaar: string
  aangemaaktOp: Date
  verlooptOp: Date
  ingetrokkenOp: Date | null
}

/** The rights that this person may hand on to a program. */
export function tokenrechtOpties(ctx: Ctx): { waarde: string; naam: string }[] {
  return Object.entries(TOKENRECHT)
    .filter(([recht]) => ctx.wie.rechten.has(recht as Recht))
    .map(([waarde, naam]) => ({ waarde, naam }))
}

/** 'geldig', 'verlopen' or 'ingetrokken' at `nu`. */
export function tokenStaat(
  { verlooptOp, ingetrokkenOp }: Pick<Token, 'verlooptOp' | 'ingetrokkenOp'>,
  nu: Date,
): 'geldig' | 'verlopen' | 'ingetrokken' {
  if (ingetrokkenOp !== null) return 'ingetrokken'
  return verlooptOp <= nu ? 'verlopen' : 'geldig'
}

/** Those of the same organisation and the same side: a colleague who left must not take the only hand on a token. */
const VAN_ONS = (gebruikerId: number) => sql`
  exists (select from platform.gebruiker ik where ik.gebruiker_id = ${gebruikerId}
    and ik.organisatie = g.organisatie and ik.rol = g.rol
    and ik.voor_aanbieder is not distinct from g.voor_aanbieder and ik.gemeenten = g.gemeenten)`

/** All tokens of the organisation of the asker, the newest first. */
export async function listTokens(db: Db, ctx: Ctx): Promise<Token[]> {
  const { rows } = await sql<Token>`
    select t.token_id as "tokenId", t.naam, t.rechten, g.organisatie, g.naam as eigenaar,
      t.aangemaakt_op as "aangemaaktOp", t.verloopt_op as "verlooptOp", t.ingetrokken_op as "ingetrokkenOp"
    from platform.token t join platform.gebruiker g using (gebruiker_id)
    where ${VAN_ONS(gebruikerVan(ctx))} order by t.token_id desc`.execute(db)
  return rows
}

export interface NieuwToken {
  naam: string
  sleutel: string
  verlooptOp: Date
}

/** The token that this sending of the form made within the minute: so long who sent it twice is shown the same key again. */
async function findZojuist(ctx: Ctx, sleutel: string): Promise<NieuwToken | undefined> {
  const { rows } = await ctx.read(db =>
    sql<Omit<NieuwToken, 'sleutel'>>`
      select naam, verloopt_op as "verlooptOp" from platform.token
      where sleutel_hash = ${hashSleutel(sleutel)} and gebruiker_id = ${gebruikerVan(ctx)}
        and ingetrokken_op is null and aangemaakt_op > now() - interval '1 minute'`.execute(db),
  )
  return rows[0] && { ...rows[0], sleutel }
}

/**
 * Makes a token; its key is in the answer and nowhere else. `verzending`: which sending of the form asks it; of it and the key of the
 * server the token is made, so that the second click of a double click shows the same one. Throws 400 for a name that is missing, no
 * rights or rights that the asker does not have, or a term that is not offered.
 */
export async function createToken(ctx: Ctx, invoer: Invoer, verzending: Uint8Array): Promise<NieuwToken> {
  const { naam, rechten, dagen } = readGegevens('Het token is niet gemaakt', TOKEN, invoer, {
    keuzes: { rechten: tokenrechtOpties(ctx) },
  })
  const sleutel = ctx.kluis.geheim(verzending)
  const zojuist = await findZojuist(ctx, sleutel)
  if (zojuist !== undefined) return zojuist
  return ctx.write(async tx => {
    const { rows } = await sql<{ token_id: number; verloopt_op: Date }>`
      insert into platform.token (sleutel_hash, naam, gebruiker_id, rechten, verloopt_op)
      values (${hashSleutel(sleutel)}, ${naam}, ${gebruikerVan(ctx)}, ${rechten}, now() + make_interval(days => ${dagen}::integer))
      returning token_id, verloopt_op`.execute(tx)
    const rij = rows[0]
    if (!rij) throw new Error('insert returned nothing')
    await audit(tx, ctx, 'token.gemaakt', GROND, { token: rij.token_id, rechten })
    return { naam, sleutel, verlooptOp: rij.verloopt_op }
  })
}

/** One token of the organisation of the asker. Throws 404. */
export async function getToken(db: Db, ctx: Ctx, tokenId: number): Promise<Token> {
  const token = (await listTokens(db, ctx)).find(t => t.tokenId === tokenId)
  if (!token) throw notFound('Token')
  return token
}

/** From now on the token opens nothing; withdrawing twice changes nothing. Throws 404. */
export async function withdrawToken(ctx: Ctx, tokenId: number): Promise<void> {
  await ctx.write(async (tx: Tx) => {
    await getToken(tx, ctx, tokenId)
    const { rows } = await sql`
      update platform.token set ingetrokken_op = now()
      where token_id = ${tokenId} and ingetrokken_op is null returning token_id`.execute(tx)
    if (rows.length > 0) await audit(tx, ctx, 'token.ingetrokken', GROND, { token: tokenId })
  })
}

/** The person who asks; a program has no tokens of its own. */
function gebruikerVan(ctx: Ctx): number {
  return Number(/^gebruiker:(\d+)$/.exec(ctx.wie.id)?.[1] ?? 0)
}
