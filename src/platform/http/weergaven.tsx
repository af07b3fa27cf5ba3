import type { FastifyRequest } from 'fastify'
import { sql } from 'kysely'
import { gebruikerIdOf } from '../auth/gebruikers.ts'
import type { Recht } from '../auth/rollen.ts'
import { takeTurn } from '../db/dubbel.ts'
import type { Db } from '../db/tables.ts'
import { asSelf } from '../db/zelf.ts'
import { type Fout, invalid, notFound } from '../problem.ts'
import { Actie, capital, LegeStaat, Link, LosseLink, splitAdres, Tabel, withQuery } from '../ui/index.ts'
import { readGegevens } from '../velden/formulier.ts'
import { tekst } from '../velden/soorten.ts'
import { hasBsn } from '../vrijetekst.ts'
import { formPagina } from './formpagina.tsx'
import { post } from './formulierpost.ts'
import type { Lijst } from './lijst.tsx'
import { sendPagina } from './pagina.tsx'
import type { App } from './server.ts'
import { readId, readVelden, readVraag } from './vraag.ts'

/** A list as one person likes to see it. */
export interface Weergave {
  weergaveId: number
  naam: string
  /** Of the list: '/interventies'. */
  pad: string
  /** What is filtered, ordered and shown, as in an address. */
  zoek: string
}

const WEERGAVE = {
  naam: tekst({ label: 'Hoe noemt u deze weergave?', noem: 'een naam', max: 60, breedte: 'half' }),
}

/** The views that somebody kept, of one list or of all, by name. */
export async function listWeergaven(db: Db, wie: { id: string }, pad: string | null): Promise<Weergave[]> {
  await asSelf(db, wie)
  const { rows } = await sql<Weergave>`
    select weergave_id as "weergaveId", naam, pad, zoek from platform.weergave
    where gebruiker_id = ${gebruikerIdOf(wie)} and (${pad}::text is null or pad = ${pad})
    order by pad, lower(naam)`.execute(db)
  return rows
}

const addressOf = ({ pad, zoek }: Pick<Weergave, 'pad' | 'zoek'>) => `${pad}?${zoek}`

/** Above a list: the views that somebody kept of it, and keeping this one when there is something to keep. */
export function Weergaven({
  adres,
  lijst,
  weergaven,
}: {
  adres: string
  lijst: Pick<Bewaarbaar, 'inwoners'>
  weergaven: readonly Weergave[]
}) {
  const nu = withQuery(adres, { pagina: undefined })
  const nieuw =
    nu.includes('?') &&
    refusalOf(splitAdres(nu)[1], lijst) === undefined &&
    !weergaven.some(weergave => addressOf(weergave) === nu)
  if (weergaven.length === 0 && !nieuw) return null
  return (
    <nav className="sam-weergaven" aria-label="Uw weergaven">
      {weergaven.length === 0 ? null : (
        <ul className="sam-chips">
          {weergaven.map(weergave => (
            <li key={weergave.weergaveId}>
              <a
                href={addressOf(weergave)}
                {...(addressOf(weergave) === nu ? { 'aria-current': 'page' as const } : {})}
              >
                {weergave.naam}
              </a>
            </li>
          ))}
        </ul>
      )}
      {nieuw ? (
        <LosseLink href={`/weergaven/nieuw?van=${encodeURIComponent(nu)}`}>Bewaar deze weergave</LosseLink>
      ) : null}
      {weergaven.length > 0 ? <LosseLink href="/weergaven">Beheer uw weergaven</LosseLink> : null}
    </nav>
  )
}

/** So many views of one list somebody can keep: more could not be told apart above it. */
const MEESTE = 20
/** A list of which views are kept: who may open it, and how it is about residents. */
interface Bewaarbaar extends Pick<Lijst<object, unknown>, 'recht' | 'inwoners'> {
  /** What an address of the list (`zoek`: behind the question mark) asks that is not there. */
  vreemd: (request: FastifyRequest, zoek: string) => Promise<readonly Fout[]>
}

/**
 * Why what an address looks for is not kept; undefined when it may be. A view of one person or case would outlive both: also of a number
 * that is looked for in a list about residents.
 */
function refusalOf(zoek: string, { inwoners }: Pick<Bewaarbaar, 'inwoners'>): string | undefined {
  const vraag = new URLSearchParams(zoek)
  const isNummer = inwoners !== null && /\d/.test(vraag.get('zoek') ?? '')
  if (isNummer || inwoners?.some(naam => vraag.has(naam)))
    return 'Een lijst van één inwoner kan niet worden bewaard.'
  if (hasBsn([...vraag].flat().join(' ')))
    return 'Alleen een lijst zonder burgerservicenummer kan worden bewaard.'
  return undefined
}

/** The addresses of lists of which a view may be kept. */
const LIJSTEN = new WeakMap<App, Map<string, Bewaarbaar>>()

/** Lets views be kept of the list at `pad`, by whoever has its right. */
export function allowViews(app: App, pad: string, lijst: Bewaarbaar): void {
  LIJSTEN.set(app, (LIJSTEN.get(app) ?? new Map()).set(pad, lijst))
}

/** A list of ours as an address says it; undefined for what leads anywhere else, and where `rechten` do not lead. */
function readLijst(app: App, van: string | undefined, rechten: ReadonlySet<Recht>) {
  if (van === undefined || !URL.canParse(van, 'http://hier')) return undefined
  const { pathname, search } = new URL(van, 'http://hier')
  const { pad, zoek } = { pad: pathname, zoek: search.slice(1) }
  const lijst = van.startsWith(pad) ? LIJSTEN.get(app)?.get(pad) : undefined
  if (lijst === undefined || !rechten.has(lijst.recht)) return undefined
  return zoek !== '' && zoek.length <= 2000 ? { pad, zoek, ...lijst } : undefined
}

/** Keeping a view, and the page of all that somebody kept. */
export function registerWeergaven(app: App): void {
  const recht = 'start' as const
  const vanOf = (request: FastifyRequest) => readVelden(request).van ?? readVraag(request).van
  const demandLijst = (request: FastifyRequest) => {
    const lijst = readLijst(app, vanOf(request), request.ctx.wie.rechten)
    if (lijst === undefined) throw notFound('Lijst')
    return lijst
  }

  formPagina(
    app,
    '/weergaven/nieuw',
    { recht, velden: WEERGAVE },
    async request => {
      const lijst = demandLijst(request)
      return {
        titel: 'Bewaar deze weergave',
        inleiding: 'U vindt de weergave terug boven de lijst. Alleen u ziet haar.',
        kruimels: [{ naam: 'Start', href: '/' }],
        terug: addressOf(lijst),
        boven: <input type="hidden" name="van" value={addressOf(lijst)} />,
      }
    },
    async ({ request, invoer }) => {
      const lijst = demandLijst(request)
      const { naam } = readGegevens('De weergave is niet bewaard', WEERGAVE, invoer)
      const weiger = refusalOf(lijst.zoek, lijst)
      if (weiger !== undefined) throw invalid('De weergave is niet bewaard', [{ pad: '', melding: weiger }])
      // It would open on a refusal, and what nobody reads can hold anything.
      const vreemd = await lijst.vreemd(request, lijst.zoek)
      if (vreemd.length > 0)
        throw invalid(
          'De weergave is niet bewaard',
          vreemd.map(fout => ({ pad: '', melding: `${fout.pad}: ${fout.melding}` })),
        )
      await request.ctx.write(async tx => {
        await takeTurn(tx, `weergave ${gebruikerIdOf(request.ctx.wie)}`)
        const eerder = await listWeergaven(tx, request.ctx.wie, lijst.pad)
        if (eerder.length >= MEESTE && !eerder.some(weergave => weergave.naam === naam))
          throw invalid('De weergave is niet bewaard', [
            { pad: '', melding: `Van één lijst kunt u ${MEESTE} weergaven bewaren. Verwijder er eerst een.` },
          ])
        await sql`insert into platform.weergave (gebruiker_id, pad, zoek, naam)
          values (${gebruikerIdOf(request.ctx.wie)}, ${lijst.pad}, ${lijst.zoek}, ${naam})
          on conflict (gebruiker_id, pad, naam) do update set zoek = excluded.zoek`.execute(tx)
      })
      return addressOf(lijst)
    },
  )

  const toon = async (request: FastifyRequest, reply: Parameters<typeof sendPagina>[1]) => {
    const weergaven = await request.ctx.read(db => listWeergaven(db, request.ctx.wie, null))
    return sendPagina(request, reply, csrf => ({
      titel: 'Uw weergaven',
      inleiding: 'Lijsten zoals u ze graag ziet. Alleen u ziet ze.',
      kruimels: [{ naam: 'Start', href: '/' }],
      children: <Weergavelijst weergaven={weergaven} csrf={csrf} />,
    }))
  }
  app.get('/weergaven', { config: { recht }, schema: { hide: true } }, toon)
  post(
    app,
    '/weergaven/:id/verwijder',
    { recht, naam: 'verwijder' },
    async ({ request }) => {
      const id = readId(request, 'Weergave')
      await request.ctx.write(async tx => {
        await asSelf(tx, request.ctx.wie)
        await sql`delete from platform.weergave
          where weergave_id = ${id} and gebruiker_id = ${gebruikerIdOf(request.ctx.wie)}`.execute(tx)
      })
      return '/weergaven'
    },
    toon,
  )
}

function Weergavelijst({ weergaven, csrf }: { weergaven: readonly Weergave[]; csrf: string }) {
  return (
    <Tabel
      bijschrift="Uw weergaven"
      rijen={weergaven}
      sleutel={({ weergaveId }) => String(weergaveId)}
      leeg={
        <LegeStaat kop="U hebt nog geen weergave bewaard">
          Filter een lijst, en kies daarboven ‘Bewaar deze weergave’.
        </LegeStaat>
      }
      kolommen={[
        { kop: 'Weergave', rijkop: true, cel: w => <Link href={addressOf(w)}>{w.naam}</Link> },
        { kop: 'Lijst', cel: w => capital(w.pad.split('/').at(-1) ?? '') },
        {
          kop: 'Weg ermee',
          actie: true,
          cel: w => (
            <Actie
              actie={`/weergaven/${w.weergaveId}/verwijder`}
              csrf={csrf}
              soort="tweede"
              label={`Verwijder ${w.naam}`}
            >
              Verwijder
            </Actie>
          ),
        },
      ]}
    />
  )
}
