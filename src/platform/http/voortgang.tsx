import { createHash } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { sql } from 'kysely'
import { hashSleutel, newSleutel } from '../auth/koekje.ts'
import { openKluis } from '../crypto.ts'
import { NOBODY } from '../db/database.ts'
import type { Tx } from '../db/tables.ts'
import { asSelf } from '../db/zelf.ts'
import { Alinea, formatGetal, KnopLink, Knoppen, Melding } from '../ui/index.ts'
import { type Voortgang, withMeld } from '../voortgang.ts'
import type { Ctx } from './ctx.ts'
import { findAnswer, finishVerzending } from './eenmaal.ts'
import { toProblem } from './fouten.tsx'
import { sendPagina } from './pagina.tsx'
import type { App } from './server.ts'
import { readVraag } from './vraag.ts'

const PAD = '/voortgang'
/** As often it is written down how far it is, in milliseconds; and as often the page asks, in seconds. */
const STAP = 1000
const VERVERS = 2
/** Of work that was not heard of for so long, in seconds, nobody knows here whether it goes on: its process may have ended. */
const STIL = 30

/** Work that goes on after its request was answered: closing waits for it. */
const bezig = new Set<Promise<void>>()

interface Werk {
  /** What it is about, until it says so itself: 'tarieven.csv'. */
  wat: string
  /** Where one goes on when it was refused. */
  terug: string
}

/**
 * Does work and goes on to the address that it answers. What takes long goes on after the request, on a page that shows how far it is,
 * renewed by itself. Its transaction is its own: a process that ends leaves nothing half done. Throws what the work throws, as long as
 * the request waits for it.
 */
export async function goOnAfter(
  request: FastifyRequest,
  reply: FastifyReply,
  { wat, terug }: Werk,
  doe: (ctx: Ctx) => Promise<string>,
): Promise<FastifyReply> {
  let nu: Voortgang = { wat, gedaan: 0, van: 0 }
  const werk = doe(
    withMeld(request.ctx, stand => (nu = stand.wat === '' ? { ...stand, wat: nu.wat } : stand)),
  )
  const wacht = new AbortController()
  const op = setTimeout(request.server.geduld, undefined, { signal: wacht.signal }).catch(() => undefined)
  const naar = await Promise.race([werk, op]).finally(() => wacht.abort())
  if (naar !== undefined) return reply.redirect(naar, 303)
  const sleutel = newSleutel()
  const gehouden = await keep(request, sleutel, { ...nu, terug }).then(
    () => true,
    () => false,
  )
  if (!gehouden) return reply.redirect(await werk, 303)
  const klaar = follow(request, sleutel, werk, () => nu).finally(() => bezig.delete(klaar))
  bezig.add(klaar)
  return reply.redirect(`${PAD}?van=${sleutel}`, 303)
}

/** Writes down how far it is until it is done, and then what came of it. Never throws. */
async function follow(
  request: FastifyRequest,
  sleutel: string,
  werk: Promise<string>,
  nu: () => Voortgang,
): Promise<void> {
  const klok = setInterval(() => {
    const { wat, gedaan, van } = nu()
    void write(request, sleutel, { wat, gedaan, van }).catch(() => undefined)
  }, STAP)
  try {
    await conclude(request, sleutel, await werk)
  } catch (fout) {
    await refuse(request, sleutel, fout)
  } finally {
    clearInterval(klok)
  }
}

/** So often it is tried to write down what came of work, and so long between, in milliseconds: a database that is away comes back. */
const POGINGEN = 10
const TUSSEN = 3000

/** Writes down what came of it, as often as it takes within a while. Never throws. */
async function writeEnd(request: FastifyRequest, sleutel: string, einde: Nieuws): Promise<void> {
  for (let poging = 1; poging <= POGINGEN; poging += 1) {
    const gelukt = await write(request, sleutel, einde).then(
      () => true,
      () => false,
    )
    if (gelukt) break
    await setTimeout(TUSSEN, undefined, { ref: false })
  }
}

/** Writes down that it was done. It was: whatever goes wrong here, nobody may read that nothing happened. Never throws. */
async function conclude(request: FastifyRequest, sleutel: string, naar: string): Promise<void> {
  await writeEnd(request, sleutel, { naar })
  await finishVerzending(request, naar).catch(error =>
    request.log.error({ type: error?.name }, 'antwoord op formulier is niet bewaard'),
  )
}

/** Writes down why it was not done, or where one goes on when it was done before. Never throws. */
async function refuse(request: FastifyRequest, sleutel: string, fout: unknown): Promise<void> {
  const naar = await findAnswer(request, fout).catch(() => undefined)
  const problem = toProblem(request.server.omgeving.database.oorzaakOf(fout))
  if (problem.status >= 500)
    request.log.error({ type: problem.type, verzoekId: request.id }, 'werk na het verzoek mislukt')
  const bewaard = kluisVan(sleutel).versleutel(
    Buffer.from(JSON.stringify({ ...problem.toJSON(), fouten: problem.fouten })),
  )
  await writeEnd(request, sleutel, naar === undefined ? { fout: bewaard } : { naar })
}

/** What came of it is read with its address alone. */
const kluisVan = (sleutel: string) => openKluis(createHash('sha256').update(`voortgang ${sleutel}`).digest())

/** Beside the work, which has its own transaction, and holds that this form was sent until it ends. */
async function beside({ ctx, server }: FastifyRequest, fn: (tx: Tx) => Promise<unknown>): Promise<void> {
  await server.omgeving.database.write(NOBODY, async tx => {
    await asSelf(tx, ctx.wie)
    await fn(tx)
  })
}

function keep(
  request: FastifyRequest,
  sleutel: string,
  { wat, gedaan, van, terug }: Voortgang & Werk,
): Promise<void> {
  return beside(request, tx =>
    sql`
      insert into platform.voortgang (sleutel_hash, wie, wat, gedaan, van, terug)
      values (${hashSleutel(sleutel)}, ${request.ctx.wie.id}, ${wat}, ${gedaan}, ${van}, ${terug})`.execute(
      tx,
    ),
  )
}

interface Nieuws extends Partial<Voortgang> {
  naar?: string
  fout?: Buffer
}

function write(
  request: FastifyRequest,
  sleutel: string,
  { wat, gedaan, van, naar, fout }: Nieuws,
): Promise<void> {
  return beside(request, tx =>
    sql`
      update platform.voortgang set wat = coalesce(${wat ?? null}, wat), gedaan = coalesce(${gedaan ?? null}::integer, gedaan),
        van = coalesce(${van ?? null}::integer, van), naar = ${naar ?? null}, fout = ${fout ?? null}, bij_op = now()
      where sleutel_hash = ${hashSleutel(sleutel)} and naar is null and fout is null`.execute(tx),
  )
}

interface Stand extends Voortgang, Werk {
  naar: string | null
  fout: Buffer | null
  stil: boolean
}

async function findStand(ctx: Ctx, sleutel: string): Promise<Stand | undefined> {
  return ctx.read(async db => {
    await asSelf(db, ctx.wie)
    const { rows } = await sql<Stand>`
      select wat, gedaan, van, terug, naar, fout, bij_op < now() - make_interval(secs => ${STIL}) as stil
      from platform.voortgang where sleutel_hash = ${hashSleutel(sleutel)}`.execute(db)
    return rows[0]
  })
}

/** Forgets what nobody waits for any more. */
export async function forgetVoortgang(tx: Tx): Promise<void> {
  await sql`delete from platform.voortgang where begonnen_op < now() - interval '1 day'`.execute(tx)
}

/** The page of work that goes on, for who began it. */
export function registerVoortgang(app: App): void {
  app.addHook('onClose', async () => {
    await Promise.allSettled([...bezig])
  })
  app.get(PAD, { config: { recht: 'start' }, schema: { hide: true } }, async (request, reply) => {
    const { van } = readVraag(request)
    const stand = van !== undefined ? await findStand(request.ctx, van) : undefined
    if (stand === undefined) return sendNothing(request, reply)
    if (stand.naar !== null) return reply.redirect(stand.naar, 303)
    if (stand.fout !== null)
      return sendRefused(request, reply, { ...stand, sleutel: String(van) }, stand.fout)
    if (stand.stil) return sendSilent(request, reply, stand)
    return sendPagina(request, reply, {
      titel: `Bezig met ${stand.wat}`,
      inleiding: 'Deze pagina ververst zichzelf. Sluit u haar, dan gaat het werk door.',
      ververs: VERVERS,
      children: (
        <>
          <Alinea>{sayStand(stand)}</Alinea>
          <KnopLink href={request.url}>Kijk nu</KnopLink>
        </>
      ),
    })
  })
}

/** How far it is: 'Rij 4.000 van 20.300'. */
export function sayStand({ gedaan, van }: Pick<Voortgang, 'gedaan' | 'van'>): string {
  if (van === 0) return 'Het bestand wordt gelezen.'
  return gedaan < van
    ? `Rij ${formatGetal(gedaan)} van ${formatGetal(van)}.`
    : `Alle ${formatGetal(van)} rijen zijn nagekeken. Nog even geduld.`
}

function sendNothing(request: FastifyRequest, reply: FastifyReply) {
  return sendPagina(request, reply, {
    titel: 'Er is niets bezig',
    inleiding: 'Wat u hier zocht is klaar, of het is van iemand anders. Ga terug naar waar u begon.',
    children: <KnopLink href="/">Naar de startpagina</KnopLink>,
  })
}

/** Nothing was heard of it: its process ended, or has no time to say so. Which of the two, and whether it was done, is not known here. */
function sendSilent(request: FastifyRequest, reply: FastifyReply, { wat, terug }: Stand) {
  return sendPagina(request, reply, {
    titel: `Er is niets meer te horen van ${wat}`,
    inleiding: 'Het programma is misschien opnieuw gestart, of heeft het druk. Alles is gedaan, of niets.',
    children: (
      <>
        <Alinea>Kijk eerst of het er al staat. Zo niet, begin dan opnieuw.</Alinea>
        <Knoppen>
          <KnopLink href={terug} soort="hoofd">
            Kijk of het er staat
          </KnopLink>
          <KnopLink href={request.url}>Wacht nog even</KnopLink>
        </Knoppen>
      </>
    ),
  })
}

function sendRefused(
  request: FastifyRequest,
  reply: FastifyReply,
  { wat, terug, sleutel }: Stand & { sleutel: string },
  fout: Buffer,
) {
  const { status, title, detail, fouten } = JSON.parse(kluisVan(sleutel).ontsleutel(fout).toString()) as {
    status: number
    title: string
    detail?: string
    fouten: readonly { melding: string }[]
  }
  return sendPagina(
    request,
    reply,
    {
      titel: wat,
      inleiding: 'Er is niets veranderd.',
      children: (
        <>
          <Melding soort="fout" kop={title}>
            {detail ?? fouten.map(({ melding }) => melding).join(' ')}
          </Melding>
          <KnopLink href={terug}>Terug naar waar u begon</KnopLink>
        </>
      ),
    },
    status,
  )
}
