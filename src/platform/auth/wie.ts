import { createHash, randomBytes } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { NOBODY } from '../db/database.ts'
import type { Wie } from '../http/ctx.ts'
import { Problem } from '../problem.ts'
import { type Recht, ROL, type Rol, scopeOf } from './rollen.ts'

/** A session ends eight hours after login, whatever happens: a working day. */
const SESSIE_UREN = 8

const NIEMAND: Wie = {
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

const GEBRUIKER = `g.gebruiker_id, g.naam, g.organisatie, g.rol, g.gemeenten, g.voor_aanbieder,
  (select array_agg(code order by code) from contracten.gemeente) as regio`

const BIJ_SESSIE = `select ${GEBRUIKER}, null::integer as token_id, null::text[] as token_rechten
  from platform.sessie s join platform.gebruiker g using (gebruiker_id)
  where s.sleutel_hash = $1 and s.verloopt_op > now() and g.actief`

const BIJ_TOKEN = `select ${GEBRUIKER}, t.token_id, t.rechten as token_rechten
  from platform.token t join platform.gebruiker g using (gebruiker_id)
  where t.sleutel_hash = $1 and t.verloopt_op > now() and t.ingetrokken_op is null and g.actief`

/**
 * Who sends this request: by machine token, else by session, else nobody. One query; nothing is kept in the process, so
 * a user or token that is withdrawn is out at the next request of any web process.
 * Throws 401 for a token that does not (or no longer) exist.
 */
export async function findWie(app: FastifyInstance, request: FastifyRequest): Promise<Wie> {
  const { pool } = app.omgeving.database
  const bearer = /^Bearer ([A-Za-z0-9_-]{20,200})$/.exec(request.headers.authorization ?? '')?.[1]
  if (bearer !== undefined) {
    const { rows } = await pool.query<GebruikerRij>(BIJ_TOKEN, [hashSleutel(bearer)])
    if (rows[0]) return toWie(rows[0])
    throw new Problem(
      401,
      'token-ongeldig',
      'Dit token is niet geldig',
      'Het is verlopen, ingetrokken of verkeerd overgenomen.',
    )
  }
  const sleutel = request.cookies[cookieNaam(app)]
  if (sleutel === undefined) return NIEMAND
  const { rows } = await pool.query<GebruikerRij>(BIJ_SESSIE, [hashSleutel(sleutel)])
  return rows[0] ? toWie(rows[0]) : NIEMAND
}

function toWie(row: GebruikerRij): Wie {
  const eigen = ROL[row.rol].rechten
  const rechten =
    row.token_rechten === null ? eigen : eigen.filter(recht => row.token_rechten?.includes(recht))
  return {
    id: row.token_id === null ? `gebruiker:${row.gebruiker_id}` : `token:${row.token_id}`,
    naam: row.naam,
    rol: row.rol,
    organisatie: row.organisatie,
    rechten: new Set<Recht>(rechten),
    scope: scopeOf(row.rol, { gemeenten: row.gemeenten, aanbieder: row.voor_aanbieder }, row.regio ?? []),
  }
}

/** Only the hash is stored: who reads the table cannot log in with it. */
export function hashSleutel(sleutel: string): Buffer {
  return createHash('sha256').update(sleutel).digest()
}

export function newSleutel(): string {
  return randomBytes(32).toString('base64url')
}

function cookieNaam(app: FastifyInstance): string {
  return app.config.adres.startsWith('https:') ? '__Host-samenhang' : 'samenhang'
}

/** Starts a session; a session that this browser had before ends (no fixation). */
export async function startSessie(
  app: FastifyInstance,
  request: FastifyRequest,
  reply: FastifyReply,
  gebruikerId: number,
): Promise<void> {
  await endSessie(app, request, reply)
  const sleutel = newSleutel()
  await app.omgeving.database.pool.query(
    `insert into platform.sessie (sleutel_hash, gebruiker_id, verloopt_op)
     values ($1, $2, now() + make_interval(hours => $3))`,
    [hashSleutel(sleutel), gebruikerId, SESSIE_UREN],
  )
  reply.setCookie(cookieNaam(app), sleutel, {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure: app.config.adres.startsWith('https:'),
    maxAge: SESSIE_UREN * 3600,
  })
}

export async function endSessie(
  app: FastifyInstance,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  const sleutel = request.cookies[cookieNaam(app)]
  if (sleutel === undefined) return
  await app.omgeving.database.pool.query(
    'delete from platform.sessie where sleutel_hash = $1 or verloopt_op < now()',
    [hashSleutel(sleutel)],
  )
  reply.clearCookie(cookieNaam(app), { path: '/' })
}
