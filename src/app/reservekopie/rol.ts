import pg from 'pg'
import { MigratieFout } from '../../platform/db/migrate.ts'
import { GEMAAKT } from '../../platform/db/schemas.ts'

/** Reads everything and changes nothing; nobody can log in with it. */
export const KOPIEROL = 'samenhang_kopie'

/**
 * The role for backups, with the right to read what there is now. Row-level security holds for the owner too, so a backup
 * needs a role that stands outside it. Throws MigratieFout with exactly what to run when the owner cannot make it.
 */
export async function ensureKopierol(client: pg.ClientBase): Promise<void> {
  const { rows } = await client.query<{
    eigenaar: string
    magAlles: boolean
    goed: boolean | null
    lid: boolean | null
  }>(
    `select r.rolname as eigenaar, r.rolsuper as "magAlles", k.rolbypassrls and not k.rolsuper as goed,
       pg_has_role(r.oid, k.oid, 'set') as lid
     from pg_roles r left join pg_roles k on k.rolname = '${KOPIEROL}' where r.rolname = current_user`,
  )
  const { eigenaar = '', magAlles = false, goed = null, lid = null } = rows[0] ?? {}
  const wie = pg.escapeIdentifier(eigenaar)
  const nodig = [
    ...(goed === null ? [`create role ${KOPIEROL} nologin bypassrls;`] : []),
    ...(goed === false ? [`alter role ${KOPIEROL} nosuperuser bypassrls;`] : []),
    ...(lid && goed !== null ? [] : [`grant ${KOPIEROL} to ${wie};`]),
  ]
  if (nodig.length > 0) {
    if (!magAlles)
      throw new MigratieFout(
        `Voor reservekopieën is een rol nodig die de gebruiker ${eigenaar} niet kan maken. Laat de beheerder van de server ` +
          `(superuser) dit uitvoeren:\n${nodig.map(regel => `  ${regel}`).join('\n')}`,
      )
    await client.query(nodig.join(' '))
  }
  const { rows: schemas } = await client.query<{ naam: string }>(
    `select quote_ident(n.nspname) as naam from pg_namespace n where ${GEMAAKT} and pg_has_role(n.nspowner, 'usage')`,
  )
  for (const { naam } of schemas)
    await client.query(
      `grant usage on schema ${naam} to ${KOPIEROL}; grant select on all tables in schema ${naam} to ${KOPIEROL};
       grant select on all sequences in schema ${naam} to ${KOPIEROL}`,
    )
  await client.query(`grant select on public.migratie to ${KOPIEROL}`)
}
