import { sql } from 'kysely'
import { audit } from '../audit.ts'
import type { Db, Tx } from '../db/tables.ts'
import type { Ctx } from '../http/ctx.ts'
import { notFound, Problem } from '../problem.ts'
import { type Recht, ROL, ROLLEN, type Rol } from './rollen.ts'

const GROND = 'Beheer van de toepassing'

export interface Gebruiker {
  gebruikerId: number
  naam: string
  email: string
  organisatie: string
  rol: Rol
  gemeenten: string[]
  agb: string | null
  actief: boolean
}

/** Everyone who has ever been given access, by name. */
export async function listGebruikers(db: Db): Promise<Gebruiker[]> {
  const { rows } = await sql<Gebruiker>`
    select g.gebruiker_id as "gebruikerId", g.naam, g.email, g.organisatie, g.rol, g.gemeenten,
           app.agb_van(g.voor_aanbieder) as agb, g.actief
    from platform.gebruiker g
    order by g.naam, g.gebruiker_id`.execute(db)
  return rows
}

/**
 * Ends someone's access at once: sessions and tokens included, as the database holds. Throws 404, and 409 for the last
 * beheerder, after whom nobody could give access any more, unless that is `toch` what is meant.
 */
export async function endGebruiker(ctx: Ctx, email: string, toch: boolean): Promise<number> {
  return ctx.write(async tx => {
    await lockGebruikers(tx)
    const { rows } = await sql<{ id: number }>`
      select gebruiker_id as id from platform.gebruiker where lower(email) = lower(${email})`.execute(tx)
    if (rows[0] && !toch && (await isLaatsteBeheerder(tx, rows[0].id)))
      throw new Problem(
        409,
        'laatste-beheerder',
        'Dit is de laatste beheerder',
        'Daarna kan niemand meer toegang geven op het scherm. Voeg --toch toe als u dat wilt; met samenhang gebruiker aan draait u het terug.',
      )
    return setActief(tx, ctx, email, false)
  })
}

/** One change of users after the other, until the end of this transaction: two at once must not each leave the other as the last. */
export async function lockGebruikers(tx: Tx): Promise<void> {
  await sql`lock table platform.gebruiker in share row exclusive mode`.execute(tx)
}

/** True when nobody could give access any more without this user. Sure only under `lockGebruikers`. */
export async function isLaatsteBeheerder(tx: Tx, gebruikerId: number): Promise<boolean> {
  const { rows } = await sql<{ laatste: boolean }>`
    select rol = 'beheerder' and actief and not exists (select from platform.gebruiker b
      where b.rol = 'beheerder' and b.actief and b.gebruiker_id <> g.gebruiker_id) as laatste
    from platform.gebruiker g where gebruiker_id = ${gebruikerId}`.execute(tx)
  return rows[0]?.laatste === true
}

/** Gives someone the access back that was ended, with the role of then. Throws 404. */
export async function resumeGebruiker(ctx: Ctx, email: string): Promise<number> {
  return ctx.write(tx => setActief(tx, ctx, email, true))
}

async function setActief(tx: Tx, ctx: Ctx, email: string, actief: boolean): Promise<number> {
  const { rows } = await sql<{ gebruiker_id: number }>`
    update platform.gebruiker set actief = ${actief}, versie = versie + 1
    where lower(email) = lower(${email}) returning gebruiker_id`.execute(tx)
  const gebruikerId = rows[0]?.gebruiker_id
  if (gebruikerId === undefined) throw notFound('Gebruiker')
  await audit(tx, ctx, actief ? 'gebruiker.aangezet' : 'gebruiker.uitgezet', GROND, {
    gebruiker: gebruikerId,
  })
  return gebruikerId
}

export interface Collega {
  gebruikerId: number
  naam: string
  rol: Rol
}

/**
 * Who can take on a task in policy: active people whose role holds this right; and `nu`, who has it now, also when that person
 * has left: else a form would take the task from them in silence.
 *
 * `gemeente`: whose policy it is, null for the region. Everybody contributes to that of the region, but only who works for
 * all municipalities writes it. Undefined when that is still to be chosen: whoever writes any.
 */
export async function listCollegas(
  db: Db,
  recht: Recht,
  gemeente: string | null | undefined,
  nu: number | null = null,
): Promise<Collega[]> {
  const rollen = ROLLEN.filter(rol => ROL[rol].rechten.includes(recht))
  const iedereen = gemeente === undefined || (gemeente === null && recht !== 'beleid.schrijven')
  const { rows } = await sql<Collega>`
    select gebruiker_id as "gebruikerId", naam, rol from platform.gebruiker
    where gebruiker_id = ${nu}::integer or (actief and rol = any (${rollen}::text[])
      and (${iedereen} or gemeenten = '{}' or ${gemeente ?? null}::text = any (gemeenten)
        or cardinality(gemeenten) >= cardinality(app.alle_gemeenten())))
    order by naam, gebruiker_id`.execute(db)
  return rows
}

/** The user behind an actor, for attribution; null for the system. A token acts for nobody by name. */
export function gebruikerIdOf(wie: { id: string }): number | null {
  const nummer = /^gebruiker:(\d+)$/.exec(wie.id)?.[1]
  return nummer === undefined ? null : Number(nummer)
}
