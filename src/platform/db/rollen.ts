import pg from 'pg'
import { readAdres } from './adres.ts'
import { checkVersion, MigratieFout } from './migrate.ts'
import { SLOT } from './sloten.ts'

const ROLLEN = ['samenhang_app', 'samenhang_teller']

interface Stand {
  eigenaar: string
  database: string
  magAlles: boolean
  magRollen: boolean
  magInDatabase: boolean
  magInSchema: boolean
  begonnen: boolean
  bezitsDatabase: boolean
}

/**
 * Before the migrations: whether the owner can carry them out. Roles belong to the whole server, so a DBA may have made
 * them, or another installation on the same server. Throws MigratieFout with exactly what to run otherwise.
 */
export async function checkRollen(ownerUrl: string): Promise<void> {
  await connected(ownerUrl, async client => {
    // First: an older server does not know the words that ask for the rest.
    await checkVersion(client)
    const stand = await readStand(client)
    if (stand.magAlles) return
    const wie = pg.escapeIdentifier(stand.eigenaar)
    const waar = pg.escapeIdentifier(stand.database)
    const nodig: string[] = []
    for (const rol of ROLLEN) {
      const { bestaat, lid, beheert } = await readRol(client, rol)
      if (!bestaat && !stand.magRollen) nodig.push(`create role ${rol} nologin;`)
      const genoeg = stand.begonnen ? lid : beheert || (!bestaat && stand.magRollen)
      if (!genoeg) nodig.push(`grant ${rol} to ${wie} with admin option;`)
    }
    if (!stand.magInDatabase) nodig.push(`grant create on database ${waar} to ${wie};`)
    if (!stand.magInSchema) nodig.push(`grant create on schema public to ${wie};`)
    refuse(`De gebruiker ${stand.eigenaar} kan de database ${stand.database} niet inrichten.`, nodig)
  })
}

/**
 * After the migrations: who may come in. The application role is shared by every installation on the server, so a database
 * is closed to all but its own logins. `appUrl` must be a login that can become samenhang_app and nothing else, when it is
 * another than the owner.
 */
export async function checkToegang(ownerUrl: string, appUrl: string): Promise<void> {
  const { user: login } = readAdres(appUrl)
  await connected(ownerUrl, async client => {
    await client.query('select pg_advisory_lock($1)', [SLOT.migratie])
    const { bezitsDatabase, magAlles, database, eigenaar } = await readStand(client)
    const waar = pg.escapeIdentifier(database)
    const { rows } = await client.query<{ open: boolean; anderen: boolean; binnen: boolean }>(
      `select has_database_privilege('public', current_database(), 'connect') as open,
         exists (select from pg_auth_members m join pg_roles g on g.oid = m.roleid join pg_roles l on l.oid = m.member
           where g.rolname = 'samenhang_app' and not l.rolsuper and l.rolname not in (current_user, $1)) as anderen,
         coalesce((select has_database_privilege(oid, current_database(), 'connect') from pg_roles
           where rolname = $1), true) as binnen`,
      [login],
    )
    const { open = false, anderen = false, binnen = true } = rows[0] ?? {}
    const sluit = [
      `grant temporary on database ${waar} to samenhang_app;`,
      ...(login === eigenaar || login === ''
        ? []
        : [`grant connect on database ${waar} to ${pg.escapeIdentifier(login)};`]),
      `revoke connect on database ${waar} from public;`,
    ]
    if (bezitsDatabase || magAlles) {
      if (open || !binnen) await client.query(sluit.join(' '))
    } else if (open && anderen)
      refuse(
        `Op deze server gebruiken ook anderen de rol samenhang_app, en iedereen mag verbinden met ${database}.`,
        [...sluit, `grant connect on database ${waar} to ${pg.escapeIdentifier(eigenaar)};`],
      )
  })
  if (appUrl !== ownerUrl) await checkLogin(appUrl)
}

async function checkLogin(appUrl: string): Promise<void> {
  await connected(appUrl, async client => {
    const { rows } = await client.query<{ login: string; lid: boolean; teveel: string[] | null }>(
      `select current_user as login, pg_has_role(current_user, 'samenhang_app', 'set') as lid,
         (select array_agg(rolname::text order by rolname) from pg_roles
          where pg_has_role(current_user, oid, 'set') and rolname not in (current_user, 'samenhang_app')) as teveel`,
    )
    const { login = '', lid = false, teveel } = rows[0] ?? {}
    const wie = pg.escapeIdentifier(login)
    const { rows: eigen } = await client.query<{ machtig: boolean }>(
      'select rolsuper or rolbypassrls or rolcreaterole as machtig from pg_roles where rolname = current_user',
    )
    if (eigen[0]?.machtig)
      refuse(`De gebruiker ${login} in DATABASE_URL_APP mag te veel.`, [
        `alter role ${wie} nosuperuser nobypassrls nocreaterole;`,
      ])
    if (!lid)
      refuse(`De gebruiker ${login} in DATABASE_URL_APP kan geen samenhang_app worden.`, [
        `grant samenhang_app to ${wie} with inherit false;`,
      ])
    if (teveel)
      refuse(
        `De gebruiker ${login} in DATABASE_URL_APP kan ook ${teveel.join(', ')} worden.`,
        teveel.map(rol => `revoke ${pg.escapeIdentifier(rol)} from ${wie};`),
      )
  })
}

async function readStand(client: pg.Client): Promise<Stand> {
  const { rows } = await client.query<Stand>(
    `select current_user as eigenaar, current_database() as database, rolsuper as "magAlles", rolcreaterole as "magRollen",
       has_database_privilege(current_database(), 'create') as "magInDatabase",
       has_schema_privilege('public', 'create') as "magInSchema",
       to_regclass('platform.gebeurtenis') is not null as begonnen,
       (select pg_has_role(datdba, 'usage') from pg_database where datname = current_database()) as "bezitsDatabase"
     from pg_roles where rolname = current_user`,
  )
  if (!rows[0]) throw new Error('no role')
  return rows[0]
}

async function readRol(client: pg.Client, rol: string) {
  const { rows } = await client.query<{ lid: boolean; beheert: boolean }>(
    `select pg_has_role(current_user, oid, 'set') as lid,
       pg_has_role(current_user, oid, 'member with admin option') as beheert
     from pg_roles where rolname = $1`,
    [rol],
  )
  return { bestaat: rows.length > 0, lid: rows[0]?.lid ?? false, beheert: rows[0]?.beheert ?? false }
}

function refuse(wat: string, nodig: readonly string[]): void {
  if (nodig.length > 0)
    throw new MigratieFout(
      `${wat} Laat de beheerder van de server (superuser) dit uitvoeren, en start opnieuw:\n${nodig.map(regel => `  ${regel}`).join('\n')}`,
    )
}

async function connected(url: string, fn: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: url, application_name: 'samenhang-rollen' })
  client.on('error', () => undefined)
  await client.connect()
  await fn(client).finally(() => client.end())
}
