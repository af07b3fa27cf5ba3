import { createHash } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { clientOf } from '../db/database.ts'
import type { Tx } from '../db/tables.ts'
import { Problem } from '../problem.ts'
import { beforeWrites } from './ctx.ts'
import type { Upload } from './upload.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Which sending of a form this is, once it has begun to change anything. */
    verzending: { sleutel: Buffer; begonnen: boolean } | undefined
  }
}

/**
 * The same form was sent before, with the same in it: not done again, answered as then. No Problem: a page that shows its own refusals
 * leaves this one alone.
 */
export class AlVerzonden extends Error {
  /** What is answered when the first answer is not known. */
  readonly problem = new Problem(
    409,
    'al-verzonden',
    'Dit is al verwerkt',
    'U stuurde dit formulier twee keer. Het is één keer verwerkt: bekijk op de vorige pagina hoe het er nu voor staat.',
  )
}

/** So long the answer of the first sending is waited for, in steps. */
const WACHT_MS = 5_000
const STAP_MS = 100

/**
 * Holds what a form does to one time: a double click, a slow network, the back button and parallel posts change one thing. The
 * token of a form is of one page that was shown, so that with the path and all that was typed it says which sending this is; the
 * first transaction of the action writes that down, and is undone with it.
 */
export function onlyOnce(request: FastifyRequest): void {
  // Without a token nothing tells one sending from another: only logging in and out.
  if (typeof (request.body as { _csrf?: unknown } | undefined)?._csrf !== 'string') return
  const sleutel = keyOf(request)
  const verzending = { sleutel, begonnen: false }
  request.verzending = verzending
  request.ctx = beforeWrites(request.ctx, async tx => {
    if (!(await claim(tx, sleutel, request.id))) throw new AlVerzonden()
    verzending.begonnen = true
  })
}

type Handler = (request: FastifyRequest, reply: FastifyReply) => unknown

/**
 * The handler of a form, asked again when another sending of the same was refused meanwhile, or answered by a page of its own: it
 * refuses as then, or shows that page once more where it can.
 */
export const answerAlike = <T>(handler: T): T =>
  async function (this: unknown, request: FastifyRequest, reply: FastifyReply) {
    let nog = POGINGEN
    for (;;)
      try {
        return await (handler as Handler).call(this, request, reply)
      } catch (error) {
        if (!(error instanceof AlVerzonden) || nog === 0) throw error
        const eerder = await waitForAnswer(request)
        if (eerder === 'onbekend' || eerder?.naar) throw error
        nog = eerder === undefined ? nog - 1 : 0
      }
  } as T

/** So many sendings of one form may be refused one after the other, each seen by the next. */
const POGINGEN = 20

/** Of the address and all that was sent: each name, and each text or the bytes of each file, by their length apart. */
function keyOf({ method, url, body }: FastifyRequest): Buffer {
  const hash = createHash('sha256').update(`${method} ${url}\n`)
  for (const [naam, waarde] of Object.entries((body ?? {}) as Record<string, unknown>))
    for (const deel of [waarde].flat()) {
      const inhoud = typeof deel === 'string' ? Buffer.from(deel) : (deel as Upload).bytes
      hash.update(`${naam.length}:${naam}${inhoud.length}:`).update(inhoud)
    }
  return hash.digest()
}

/** False when another request has this sending. One that is under way is waited for: the key is unique. */
async function claim(tx: Tx, sleutel: Buffer, verzoek: string): Promise<boolean> {
  const { rowCount } = await clientOf(tx).query(
    `insert into platform.verzending as v (sleutel, verzoek) values ($1, $2)
     on conflict (sleutel) do update set op = now() where v.verzoek = excluded.verzoek`,
    [sleutel, verzoek],
  )
  return rowCount === 1
}

/** Writes down how this sending was answered; one that was refused may be sent again. */
export async function rememberAnswer(request: FastifyRequest, reply: FastifyReply): Promise<void> {
  const { verzending } = request
  if (verzending?.begonnen !== true) return
  const { pool } = request.server.omgeving.database
  const eigen = [verzending.sleutel, request.id]
  const klaar =
    reply.statusCode >= 400
      ? pool.query('delete from platform.verzending where sleutel = $1 and verzoek = $2', eigen)
      : pool.query(
          'update platform.verzending set status = $3, naar = $4 where sleutel = $1 and verzoek = $2',
          [...eigen, reply.statusCode, reply.getHeader('location') ?? null],
        )
  await klaar.catch(error =>
    request.log.error({ type: error?.name }, 'antwoord op formulier is niet bewaard'),
  )
}

/** The same, of work that went on after its request was answered: whoever sent it again goes on where it led. */
export async function finishVerzending(request: FastifyRequest, naar: string): Promise<void> {
  const { verzending } = request
  if (verzending?.begonnen !== true) return
  await request.server.omgeving.database.pool.query(
    'update platform.verzending set status = 303, naar = $3 where sleutel = $1 and verzoek = $2',
    [verzending.sleutel, request.id, naar],
  )
}

/** The answer that the first sending got, when that is a way on; undefined for anything else. */
export async function findAnswer(request: FastifyRequest, error: unknown): Promise<string | undefined> {
  if (!(error instanceof AlVerzonden)) return undefined
  const eerder = await waitForAnswer(request)
  return eerder === 'onbekend' ? undefined : (eerder?.naar ?? undefined)
}

/** How the first sending was answered; undefined when it was refused, 'onbekend' when that is not said in time. */
async function waitForAnswer({
  server,
  verzending,
}: FastifyRequest): Promise<{ naar: string | null } | 'onbekend' | undefined> {
  const { pool } = server.omgeving.database
  for (let gewacht = 0; gewacht <= WACHT_MS; gewacht += STAP_MS) {
    const { rows } = await pool.query<{ status: number | null; naar: string | null }>(
      'select status, naar from platform.verzending where sleutel = $1',
      [verzending?.sleutel],
    )
    const [eerder] = rows
    if (eerder?.status !== null) return eerder
    await setTimeout(STAP_MS)
  }
  return 'onbekend'
}

/** So long a sending is remembered: longer than any session. */
const BEWAAR = '2 days'

/** Forgets what nobody sends again. */
export async function forgetVerzendingen(tx: Tx): Promise<void> {
  await clientOf(tx).query(`delete from platform.verzending where op < now() - interval '${BEWAAR}'`)
}
