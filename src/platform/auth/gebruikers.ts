import { sql } from 'kysely'
import { audit } from '../audit.ts'
import type { Db } from '../db/tables.ts'
import type { Ctx } from '../http/ctx.ts'
import { type Fout, invalid, notFound } from '../problem.ts'
import { ROL, ROLLEN, type Rol } from './rollen.ts'

const GROND = 'Beheer van de toepassing'

export interface NieuweGebruiker {
  naam: string
  email: string
  organisatie: string
  rol: string
  /** Codes of the municipalities whose residents this person works for. */
  gemeenten: readonly string[]
  /** AGB-code of the provider this person works for. */
  agb: string | undefined
}

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
    select g.gebruiker_id as "gebruikerId", g.naam, g.email, g.organisatie, g.rol, g.gemeenten, a.agb, g.actief
    from platform.gebruiker g left join aanbieders.aanbieder a on a.aanbieder_id = g.voor_aanbieder
    order by g.naam, g.gebruiker_id`.execute(db)
  return rows
}

/**
 * Gives someone access; they log in with this e-mail address at their own organisation. Throws 400 with everything that
 * does not fit, 409 when the address is in use.
 */
export async function createGebruiker(ctx: Ctx, nieuw: NieuweGebruiker): Promise<number> {
  return ctx.write(async tx => {
    const rol = ROLLEN.find(r => r === nieuw.rol)
    const bereik = rol && ROL[rol].bereik
    const { rows: aanbieders } = await sql<{ aanbieder_id: number }>`
      select aanbieder_id from aanbieders.aanbieder where agb = ${nieuw.agb ?? ''}`.execute(tx)
    const { rows: bekend } = await sql<{ code: string }>`
      select code from contracten.gemeente where code = any(${[...nieuw.gemeenten]}::text[])`.execute(tx)
    const fouten: Fout[] = []
    const eis = (goed: boolean, pad: string, melding: string) => {
      if (!goed) fouten.push({ pad, melding })
    }
    eis(nieuw.naam.trim() !== '', 'naam', 'Geef een naam.')
    eis(
      /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(nieuw.email),
      'email',
      'Geef een e-mailadres, zoals naam@gemeente.nl.',
    )
    eis(nieuw.organisatie.trim() !== '', 'organisatie', 'Geef de organisatie.')
    eis(rol !== undefined, 'rol', `Kies een rol: ${ROLLEN.join(', ')}.`)
    eis(
      bekend.length === new Set(nieuw.gemeenten).size,
      'gemeente',
      'Een van deze gemeentecodes is hier niet bekend.',
    )
    if (bereik === 'gemeente')
      eis(nieuw.gemeenten.length > 0, 'gemeente', 'Geef bij deze rol minstens één gemeentecode.')
    if (bereik === 'aanbieder')
      eis(aanbieders.length === 1, 'aanbieder', 'Geef bij deze rol de AGB-code van een bekende aanbieder.')
    else eis(nieuw.agb === undefined, 'aanbieder', 'Een AGB-code hoort alleen bij de rol aanbieder.')
    if (rol === undefined || fouten.length > 0) throw invalid('De gebruiker is niet gemaakt', fouten)
    const aanbieder = bereik === 'aanbieder' ? (aanbieders[0]?.aanbieder_id ?? null) : null
    const { rows } = await sql<{ gebruiker_id: number }>`
      insert into platform.gebruiker (naam, email, organisatie, rol, gemeenten, voor_aanbieder)
      values (${nieuw.naam.trim()}, ${nieuw.email}, ${nieuw.organisatie.trim()}, ${rol}, ${[...nieuw.gemeenten]}, ${aanbieder})
      returning gebruiker_id`.execute(tx)
    const gebruikerId = rows[0]?.gebruiker_id ?? 0
    await audit(tx, ctx, 'gebruiker.gemaakt', GROND, { gebruiker: gebruikerId, rol })
    return gebruikerId
  })
}

/** Ends someone's access at once: sessions and tokens included. Throws 404. */
export async function endGebruiker(ctx: Ctx, email: string): Promise<number> {
  return ctx.write(async tx => {
    const { rows } = await sql<{ gebruiker_id: number }>`
      update platform.gebruiker set actief = false, versie = versie + 1
      where lower(email) = lower(${email}) returning gebruiker_id`.execute(tx)
    const gebruikerId = rows[0]?.gebruiker_id
    if (gebruikerId === undefined) throw notFound('Gebruiker')
    await sql`delete from platform.sessie where gebruiker_id = ${gebruikerId}`.execute(tx)
    await audit(tx, ctx, 'gebruiker.uitgezet', GROND, { gebruiker: gebruikerId })
    return gebruikerId
  })
}
