import { sql } from 'kysely'
import type { Rol } from '../../platform/auth/rollen.ts'
import { gelijkEis, type Lijstbron, searchEis } from '../../platform/db/lijst.ts'
import { type Doel, insertRow, updateRow } from '../../platform/db/rij.ts'
import type { Db, Tx } from '../../platform/db/tables.ts'
import { askRaakt, type Raakvraag } from '../../platform/register/raakt.ts'
import type { Gegevens } from './velden.ts'

/**
 * Users who work for a municipality that goes. It may not: nothing would be left of what they see, and no municipality at all means the
 * whole region. Also of who cannot log in now, and of who waits for a second beheerder: that can still be turned on.
 */
export const findGemeentegebruikers: Raakvraag = async (db, rijen) => {
  const geteld = await askRaakt(
    db,
    sql`
    select r.sleutel, count(*)::integer as aantal
    from ${rijen} join (
      select gemeenten from platform.gebruiker
      union all
      select array(select jsonb_array_elements_text(gegevens -> 'gemeenten')) from platform.gebruiker_voorstel where besluit is null
    ) g on r.code = any (g.gemeenten)
    where r.gaat group by r.sleutel`,
  )
  return geteld.map(({ sleutel, aantal }) => ({
    sleutel,
    aantal,
    naam: ['gebruiker', 'gebruikers'],
    lijst: { href: '/beheer/gebruikers', recht: 'gebruikers.beheren' },
    verbod: `${aantal === 1 ? 'rekent 1 gebruiker' : `rekenen ${aantal} gebruikers`}: wat zij zien, hangt eraan. Geef hun eerst andere gemeenten.`,
  }))
}

export interface Gebruiker extends Gegevens {
  gebruikerId: number
  demonstratie: boolean
  versie: number
  /** An account of the login provider is tied to this user. */
  gekoppeld: boolean
  /** Sessions that have not ended. */
  sessies: number
}

export const GEBRUIKERS: Lijstbron<Gebruiker> = {
  kolommen: sql`g.gebruiker_id as "gebruikerId", g.naam, g.email, g.organisatie, g.rol, g.gemeenten,
    g.voor_aanbieder as "voorAanbieder", g.actief, g.demonstratie, g.versie,
    false as loskoppelen, g.oidc_sub is not null as gekoppeld,
    (select count(*) from platform.sessie s where s.gebruiker_id = g.gebruiker_id and s.verloopt_op > now()) as sessies`,
  van: sql`platform.gebruiker g`,
  sleutel: sql`g.gebruiker_id`,
  volgorde: {
    naam: sql`g.naam`,
    email: sql`lower(g.email)`,
    organisatie: sql`g.organisatie`,
    rol: sql`g.rol`,
  },
  eisen: {
    zoek: searchEis(sql`g.naam`, sql`g.email`, sql`g.organisatie`),
    rol: gelijkEis(sql`g.rol`),
    staat: staat => (staat === '' ? null : sql`g.actief = ${staat === 'aan'}`),
  },
}

export async function hasEmail(db: Db, email: string, behalve: number | null): Promise<boolean> {
  const { rows } = await sql`
    select 1 from platform.gebruiker
    where lower(email) = lower(${email}) and gebruiker_id is distinct from ${behalve}`.execute(db)
  return rows.length > 0
}

/** Adds a user. Whom a user of the demonstration adds is one as well: whoever opens that can be `door`. */
export async function insertGebruiker(tx: Tx, g: Gegevens, door: number | null): Promise<number> {
  const { loskoppelen, ...rij } = g
  const demonstratie = sql`coalesce((select demonstratie from platform.gebruiker where gebruiker_id = ${door}), false)`
  return insertRow(tx, 'platform.gebruiker', { ...rij, demonstratie })
}

/** Changes a user if nobody else did since `versie`; answers whether it did. */
export async function updateGebruiker(
  tx: Tx,
  doel: Doel,
  { loskoppelen, ...rij }: Gegevens,
  { door, op }: { door: number | null; op: Date },
): Promise<boolean> {
  const los = loskoppelen ? { oidcIss: null, oidcSub: null } : {}
  const zet = { ...rij, ...los, gewijzigdDoor: door, gewijzigdOp: op }
  return updateRow(tx, 'platform.gebruiker', doel, zet)
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

/** Users per role, and how many of them may log in. */
export async function countGebruikers(db: Db): Promise<{ rol: Rol; aantal: number; actief: number }[]> {
  const { rows } = await sql<{ rol: Rol; aantal: number; actief: number }>`
    select rol, count(*) as aantal, count(*) filter (where actief) as actief from platform.gebruiker
    group by rol order by rol`.execute(db)
  return rows
}
