import { type RawBuilder, sql } from 'kysely'
import type { Rol } from '../../platform/auth/rollen.ts'
import type { Db, Tx } from '../../platform/db/tables.ts'
import type { Gegevens } from './invoer.ts'

export interface Gebruiker extends Gegevens {
  gebruikerId: number
  demonstratie: boolean
  versie: number
  /** An account of the login provider is tied to this user. */
  gekoppeld: boolean
  /** Sessions that have not ended. */
  sessies: number
}

export interface Filter {
  zoek: string | null
  rol: Rol | null
  actief: boolean | null
}

const KOLOMMEN = sql`g.gebruiker_id as "gebruikerId", g.naam, g.email, g.organisatie, g.rol, g.gemeenten,
  g.voor_aanbieder as "voorAanbieder", g.actief, g.demonstratie, g.versie,
  false as loskoppelen, g.oidc_sub is not null as gekoppeld,
  (select count(*) from platform.sessie s where s.gebruiker_id = g.gebruiker_id and s.verloopt_op > now()) as sessies`

const VOLGORDE: Readonly<Record<string, RawBuilder<unknown>>> = {
  naam: sql`g.naam`,
  email: sql`lower(g.email)`,
  organisatie: sql`g.organisatie`,
  rol: sql`g.rol`,
}
export const SORTEERBAAR: readonly string[] = Object.keys(VOLGORDE)

function conditions({ zoek, rol, actief }: Filter): RawBuilder<unknown> {
  const eisen: RawBuilder<unknown>[] = [sql`true`]
  if (zoek !== null)
    eisen.push(sql`(g.naam ilike ${zoek} or g.email ilike ${zoek} or g.organisatie ilike ${zoek})`)
  if (rol !== null) eisen.push(sql`g.rol = ${rol}`)
  if (actief !== null) eisen.push(sql`g.actief = ${actief}`)
  return sql.join(eisen, sql` and `)
}

export async function listGebruikers(
  db: Db,
  filter: Filter,
  sortering: { kolom: string; richting: 'op' | 'af' },
  deel: { aantal: number; vanaf: number },
): Promise<Gebruiker[]> {
  const kolom = VOLGORDE[sortering.kolom] ?? sql`g.naam`
  const richting = sortering.richting === 'op' ? sql`asc` : sql`desc`
  const { rows } = await sql<Gebruiker>`
    select ${KOLOMMEN} from platform.gebruiker g where ${conditions(filter)}
    order by ${kolom} ${richting}, g.gebruiker_id limit ${deel.aantal} offset ${deel.vanaf}`.execute(db)
  return rows
}

export async function countGebruikers(db: Db, filter: Filter): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from platform.gebruiker g where ${conditions(filter)}`.execute(db)
  return rows[0]?.n ?? 0
}

export async function findGebruiker(db: Db, id: number): Promise<Gebruiker | undefined> {
  const { rows } = await sql<Gebruiker>`
    select ${KOLOMMEN} from platform.gebruiker g where g.gebruiker_id = ${id}`.execute(db)
  return rows[0]
}

export async function hasEmail(db: Db, email: string, behalve: number | null): Promise<boolean> {
  const { rows } = await sql`
    select 1 from platform.gebruiker
    where lower(email) = lower(${email}) and gebruiker_id is distinct from ${behalve}`.execute(db)
  return rows.length > 0
}

/** Adds a user. Whom a user of the demonstration adds is one as well: whoever opens that can be `door`. */
export async function insertGebruiker(tx: Tx, g: Gegevens, door: number | null): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    insert into platform.gebruiker (naam, email, organisatie, rol, gemeenten, voor_aanbieder, actief, demonstratie)
    values (${g.naam}, ${g.email}, ${g.organisatie}, ${g.rol}, ${[...g.gemeenten]}::text[], ${g.voorAanbieder}, ${g.actief},
      coalesce((select demonstratie from platform.gebruiker where gebruiker_id = ${door}), false))
    returning gebruiker_id as id`.execute(tx)
  return rows[0]?.id ?? 0
}

/** Changes a user if nobody else did since `versie`; answers whether it did. */
export async function updateGebruiker(
  tx: Tx,
  { id, versie }: { id: number; versie: number },
  g: Gegevens,
  zet: { door: number | null; op: Date },
): Promise<boolean> {
  const { rows } = await sql`
    update platform.gebruiker set naam = ${g.naam}, email = ${g.email}, organisatie = ${g.organisatie}, rol = ${g.rol},
      gemeenten = ${[...g.gemeenten]}::text[], voor_aanbieder = ${g.voorAanbieder}, actief = ${g.actief},
      oidc_iss = case when ${g.loskoppelen}::boolean then null else oidc_iss end,
      oidc_sub = case when ${g.loskoppelen}::boolean then null else oidc_sub end,
      versie = versie + 1, gewijzigd_door = ${zet.door}, gewijzigd_op = ${zet.op}
    where gebruiker_id = ${id} and versie = ${versie} returning 1`.execute(tx)
  return rows.length > 0
}

/** Tokens of a user that would end with a change of role, organisation, municipalities, provider or access. */
export async function listGeldigeTokens(db: Db, gebruikerId: number): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    select token_id as id from platform.token
    where gebruiker_id = ${gebruikerId} and ingetrokken_op is null and verloopt_op > now() order by 1`.execute(
    db,
  )
  return rows.map(rij => rij.id)
}

export async function listGemeenten(db: Db): Promise<{ waarde: string; naam: string }[]> {
  const { rows } = await sql<{ waarde: string; naam: string }>`
    select code as waarde, naam from contracten.gemeente order by naam`.execute(db)
  return rows
}

/** AGB code of a provider, within the scope of the asker. */
export async function findAgb(db: Db, aanbiederId: number): Promise<string | undefined> {
  const { rows } = await sql<{ agb: string }>`
    select agb from aanbieders.aanbieder where aanbieder_id = ${aanbiederId}`.execute(db)
  return rows[0]?.agb
}
