import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { sql } from 'kysely'
import { audit } from '../audit.ts'
import { NOBODY } from '../db/database.ts'
import type { Wie } from '../http/ctx.ts'
import { Problem } from '../problem.ts'
import { cookieNaam, cookieOpties, hashSleutel, newSleutel, sessieSleutel } from './koekje.ts'
import { type Recht, ROL, type Rol, scopeOf } from './rollen.ts'

/** When a browser was last seen is written down at most this often, in milliseconds. */
const BIJHOUDEN_MS = 60_000

/** A browser that is logged in. */
export interface Sessie {
  gebruikerId: number
  /** The end that nothing puts off; by `config.sessie.rust` it may end sooner. */
  eindigtOp: Date
}

export const NIEMAND: Wie = {
  id: 'niemand',
  naam: '',
  rol: 'systeem',
  organisatie: '',
  rechten: new Set(),
  scope: NOBODY,
}

interface GebruikerRij {
  gebruiker_id: number
  naam: string
  organisatie: string
  rol: Rol
  gemeenten: string[]
  voor_aanbieder: number | null
  regio: string[] | null
  token_id: number | null
  token_rechten: string[] | null
}

interface SessieRij extends GebruikerRij {
  gezien_op: Date
  verloopt_op: Date
}

const REGIO = 'app.alle_gemeenten() as regio'

const GEBRUIKER = `g.gebruiker_id, g.naam, g.organisatie, g.rol, g.gemeenten, g.voor_aanbieder, ${REGIO},
  null::integer as token_id, null::text[] as token_rechten`

const BIJ_SESSIE = `select ${GEBRUIKER}, s.gezien_op, s.verloopt_op
  from platform.sessie s join platform.gebruiker g using (gebruiker_id)
  where s.sleutel_hash = $1 and s.verloopt_op > now() and s.gezien_op > now() - make_interval(mins => $2) and g.actief`

// What it may see is what its owner could see when it was made; when that has changed since, it is no token any more.
const BIJ_TOKEN = `select g.gebruiker_id, g.naam, t.organisatie, t.rol, t.gemeenten, t.voor_aanbieder, ${REGIO},
  t.token_id, t.rechten as token_rechten
  from platform.token t join platform.gebruiker g using (gebruiker_id, organisatie, rol, gemeenten)
  where t.sleutel_hash = $1 and t.verloopt_op > now() and t.ingetrokken_op is null and g.actief
    and g.voor_aanbieder is not distinct from t.voor_aanbieder`

export interface Toegang {
  wie: Wie
  sessie: Sessie | undefined
  /** By what the requests of this session or token are counted; undefined for who has neither. */
  sleutel: string | undefined
  /** The refusal, when a token was sent that opens nothing; for the caller to throw once this attempt was counted. */
  ongeldig: Problem | undefined
}

const BUITEN: Toegang = { wie: NIEMAND, sessie: undefined, sleutel: undefined, ongeldig: undefined }

/**
 * Who sends this request: by machine token, else by session, else nobody. One query; nothing is kept in the process, so
 * a user or token that is withdrawn is out at the next request of any web process.
 */
export async function findToegang(app: FastifyInstance, request: FastifyRequest): Promise<Toegang> {
  // The name of the scheme is the same in any case (RFC 9110 § 11.1).
  const bearer = /^bearer(?: +(.*))?$/i.exec(request.headers.authorization ?? '')
  return bearer === null ? bySessie(app, request) : byToken(app, bearer[1]?.trim() ?? '')
}

async function byToken(app: FastifyInstance, sleutel: string): Promise<Toegang> {
  const { pool } = app.omgeving.database
  const { rows } = /^[\w-]{20,200}$/.test(sleutel)
    ? await pool.query<GebruikerRij>(BIJ_TOKEN, [hashSleutel(sleutel)])
    : { rows: [] }
  if (rows[0]) return { ...BUITEN, wie: toWie(rows[0]), sleutel: `token:${rows[0].token_id}` }
  const ongeldig = new Problem(
    401,
    'token-ongeldig',
    'Dit token is niet geldig',
    'Het is verlopen, ingetrokken of verkeerd overgenomen, of de eigenaar heeft nu een andere rol.',
  )
  return { ...BUITEN, ongeldig }
}

async function bySessie(app: FastifyInstance, request: FastifyRequest): Promise<Toegang> {
  const sleutel = sessieSleutel(request)
  if (sleutel === undefined) return BUITEN
  const { pool } = app.omgeving.database
  const hash = hashSleutel(sleutel)
  const { rows } = await pool.query<SessieRij>(BIJ_SESSIE, [hash, app.config.sessie.rust])
  const rij = rows[0]
  if (!rij) return BUITEN
  if (Date.now() - rij.gezien_op.getTime() > BIJHOUDEN_MS)
    await pool.query('update platform.sessie set gezien_op = now() where sleutel_hash = $1', [hash])
  return {
    wie: toWie(rij),
    sessie: { gebruikerId: rij.gebruiker_id, eindigtOp: rij.verloopt_op },
    sleutel: `sessie:${hash.toString('base64url')}`,
    ongeldig: undefined,
  }
}

function toWie(row: GebruikerRij): Wie {
  const eigen = ROL[row.rol].rechten
  const rechten =
    row.token_rechten === null ? eigen : eigen.filter(recht => row.token_rechten?.includes(recht))
  return {
    id: row.token_id === null ? `gebruiker:${row.gebruiker_id}` : `token:${row.token_id}`,
    eigenaar: `gebruiker:${row.gebruiker_id}`,
    naam: row.naam,
    rol: row.rol,
    organisatie: row.organisatie,
    rechten: new Set<Recht>(rechten),
    scope: scopeOf(row.rol, { gemeenten: row.gemeenten, aanbieder: row.voor_aanbieder }, row.regio ?? []),
  }
}

/** Who this user is now, for what is written down about a login; undefined for who may not log in. */
async function findWieVan(app: FastifyInstance, gebruikerId: number): Promise<Wie | undefined> {
  const { rows } = await app.omgeving.database.pool.query<GebruikerRij>(
    `select ${GEBRUIKER} from platform.gebruiker g where g.gebruiker_id = $1 and g.actief`,
    [gebruikerId],
  )
  return rows[0] && toWie(rows[0])
}

/** Whose session this browser had, also when it has ended by itself; undefined when nobody knows. */
export async function findVorige(app: FastifyInstance, request: FastifyRequest): Promise<number | undefined> {
  const sleutel = sessieSleutel(request)
  if (sleutel === undefined) return undefined
  const { rows } = await app.omgeving.database.pool.query<{ gebruiker_id: number }>(
    'select gebruiker_id from platform.sessie where sleutel_hash = $1',
    [hashSleutel(sleutel)],
  )
  return rows[0]?.gebruiker_id
}

/** Starts a session; a session that this browser had before ends (no fixation). Throws 403 for who may not log in. */
export async function startSessie(
  app: FastifyInstance,
  request: FastifyRequest,
  reply: FastifyReply,
  gebruikerId: number,
): Promise<void> {
  const wie = await findWieVan(app, gebruikerId)
  if (!wie) throw new Problem(403, 'inloggen-geweigerd', 'Inloggen is niet gelukt', 'Uw toegang is uitgezet.')
  await endSessie(app, request, reply)
  const sleutel = newSleutel()
  const { uren } = app.config.sessie
  await app.omgeving.database.write(NOBODY, async tx => {
    await sql`insert into platform.sessie (sleutel_hash, gebruiker_id, verloopt_op)
      values (${hashSleutel(sleutel)}, ${gebruikerId}, now() + make_interval(hours => ${uren}))`.execute(tx)
    await audit(tx, { ...request.ctx, wie }, 'sessie.begonnen', 'Beheer van de toepassing', {
      gebruiker: gebruikerId,
    })
  })
  reply.setCookie(cookieNaam(app), sleutel, { ...cookieOpties(app), maxAge: uren * 3600 })
}

/** Ends the session of this browser, if it has one. */
export async function endSessie(
  app: FastifyInstance,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  const sleutel = sessieSleutel(request)
  if (sleutel === undefined) return
  const { sessie, ctx } = request
  await app.omgeving.database.write(NOBODY, async tx => {
    await sql`delete from platform.sessie where sleutel_hash = ${hashSleutel(sleutel)} or verloopt_op < now() - interval '1 day'`.execute(
      tx,
    )
    if (sessie)
      await audit(tx, ctx, 'sessie.beeindigd', 'Beheer van de toepassing', { gebruiker: sessie.gebruikerId })
  })
  reply.clearCookie(cookieNaam(app), cookieOpties(app))
}
