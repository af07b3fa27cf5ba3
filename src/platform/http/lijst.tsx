import { parse } from 'node:querystring'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { ReactNode } from 'react'
import type { Recht } from '../auth/rollen.ts'
import {
  countRows,
  type Geteld,
  type Lijstbron,
  type Lijstlezer,
  type Lijstvraag,
  listRows,
  type Orde,
} from '../db/lijst.ts'
import type { Db, Tx } from '../db/tables.ts'
import type { Fout } from '../problem.ts'
import {
  KOLOM,
  type Kolom,
  Lijstdeel,
  type PaginaProps,
  splitAdres,
  strangeColumns,
  withQuery,
} from '../ui/index.ts'
import type { Ctx } from './ctx.ts'
import { type Exportkolom, MAX_EXPORT, sendExport } from './export.ts'
import { demandFilters, type Filterlezer, readFilters } from './filter.ts'
import { activeFilters, type Filtervelden, Filtervraag, readValues } from './lijstfilters.tsx'
import { sendPagina } from './pagina.tsx'
import type { App } from './server.ts'
import { allowViews, listWeergaven, Weergaven } from './weergaven.tsx'

/** What stands around a list. */
export type Lijstblad = Pick<PaginaProps, 'titel' | 'inleiding' | 'acties' | 'kruimels' | 'melding'> & {
  /** Said when there is nothing at all, also without a filter. */
  leeg: ReactNode
  boven?: ReactNode
  onder?: ReactNode
}

type Bron<Rij extends object, Som extends Geteld> = Lijstbron<Rij> | Lijstlezer<Rij, Som>

/** A register: what is listed, how it is filtered, shown and exported. `Feiten`: what the page needs besides the rows. */
export interface Lijst<Rij extends object, Feiten, Som extends Geteld = Geteld> {
  recht: Recht
  /** Of a list about residents the filters that ask for one person or case; null where no row is about one. Of those no view is kept. */
  inwoners: readonly string[] | null
  /** What is listed, in the plural: 'interventies'. */
  naam: string
  /** A function of who asks, and when, where what is listed depends on it. */
  bron: Bron<Rij, Som> | ((ctx: Ctx) => Bron<Rij, Som>)
  orde: Orde | ((filter: Record<string, string>) => Orde)
  feiten: (db: Db, request: FastifyRequest) => Promise<Feiten>
  /** By their names in the address. */
  filters: (feiten: Feiten, request: FastifyRequest) => Filtervelden
  sleutel: (rij: Rij) => string
  kolommen: (feiten: Feiten, request: FastifyRequest) => readonly Kolom<Rij>[]
  /** What the file is called; else what is listed, and the day. */
  bestandsnaam?: (request: FastifyRequest) => string
  /** The rows of the file that one row becomes, such as one for each part of it; else itself. */
  bestandsrijen?: (rij: Rij) => readonly Rij[]
  /** The columns of the file; left out of what goes into none. */
  bestand?: (feiten: Feiten, request: FastifyRequest) => readonly Exportkolom<Rij>[]
  /** Written down with every look at rows, in one transaction with it; `bestand`: they were taken away as a file. */
  bijgehouden?: (
    tx: Tx,
    ctx: Ctx,
    rijen: readonly Rij[],
    bestand: boolean,
    filter: Lijstvraag['filter'],
  ) => Promise<void>
  /** Which looks are written down; all of them, unless said. */
  houdtBij?: (request: FastifyRequest) => boolean
  blad: (
    request: FastifyRequest,
    wat: { totaal: number; som: Som; feiten: Feiten; filter: Record<string, string>; rijen: readonly Rij[] },
  ) => Lijstblad
}

const PER_PAGINA = 50

/** The list with its filters, order and pages at `pad`, `boven` above it, and the same rows as a file at `pad`/export. */
export function lijst<Rij extends object, Feiten, Som extends Geteld = Geteld>(
  app: App,
  pad: string,
  l: Lijst<Rij, Feiten, Som>,
  boven?: (request: FastifyRequest) => (csrf: string) => ReactNode,
): void {
  const opties = { config: { recht: l.recht }, schema: { hide: true } }
  allowViews(app, pad, { ...l, vreemd: (request, zoek) => listStrange(request, l, `${pad}?${zoek}`) })
  app.get(pad, opties, (request, reply) => sendLijst(request, reply, pad, l, { boven: boven?.(request) }))
  const { bestand } = l
  if (bestand !== undefined)
    app.get(`${pad}/export`, opties, (request, reply) => sendBestand(request, reply, { ...l, bestand }))
}

/** What another address of this list asks that is not there: nothing is read of what is listed. */
async function listStrange<Rij extends object, Feiten, Som extends Geteld>(
  request: FastifyRequest,
  l: Lijst<Rij, Feiten, Som>,
  adres: string,
): Promise<readonly Fout[]> {
  const gevraagd: FastifyRequest = Object.create(request, {
    method: { value: 'GET' },
    url: { value: adres },
    query: { value: parse(splitAdres(adres)[1]) },
  })
  const lees = readFilters(gevraagd)
  const feiten = await request.ctx.read(db => l.feiten(db, gevraagd))
  askOf(gevraagd, l, l.filters(feiten, gevraagd), lees, false)
  refuseColumns(l.kolommen(feiten, gevraagd), adres, lees)
  return lees.fouten
}

/** The same rows as a file. */
async function sendBestand<Rij extends object, Feiten, Som extends Geteld>(
  request: FastifyRequest,
  reply: FastifyReply,
  l: Lijst<Rij, Feiten, Som> & Required<Pick<Lijst<Rij, Feiten, Som>, 'bestand'>>,
): Promise<FastifyReply> {
  const lees = readFilters(request)
  const { rijen, feiten } = await open(request, l, async db => {
    const feiten = await l.feiten(db, request)
    const vraag = askOf(request, l, l.filters(feiten, request), lees, true)
    refuseColumns(l.kolommen(feiten, request), request.url, lees)
    // Before anything is read or written down of it: a file that is refused was not taken away.
    demandFilters(request)
    const rijen = await readerOf(l, request.ctx).rijen(db, vraag, { aantal: MAX_EXPORT, vanaf: 0 })
    await keepLook(request, l, db, rijen, { vraag, bestand: true })
    return { feiten, rijen }
  })
  const bestandsnaam = l.bestandsnaam?.(request) ?? `${l.naam.replaceAll(' ', '-')}-${request.ctx.vandaag}`
  const alle = l.bestandsrijen === undefined ? rijen : rijen.flatMap(l.bestandsrijen)
  return sendExport(reply, bestandsnaam, l.bestand(feiten, request), alle)
}

/** The page of a list; `boven` comes above it, for a page that answers a form on it. */
export async function sendLijst<Rij extends object, Feiten, Som extends Geteld>(
  request: FastifyRequest,
  reply: FastifyReply,
  pad: string,
  l: Lijst<Rij, Feiten, Som>,
  { status = 200, boven: eerst }: { status?: number; boven?: ((csrf: string) => ReactNode) | undefined } = {},
): Promise<FastifyReply> {
  const lees = readFilters(request)
  const pagina = lees.pagina()
  const { rijen, som, feiten, velden, vraag, weergaven } = await open(request, l, async db => {
    const feiten = await l.feiten(db, request)
    const velden = l.filters(feiten, request)
    const vraag = askOf(request, l, velden, lees, false)
    const bron = readerOf(l, request.ctx)
    const rijen = await bron.rijen(db, vraag, { aantal: PER_PAGINA, vanaf: (pagina - 1) * PER_PAGINA })
    await keepLook(request, l, db, rijen, { vraag, bestand: false })
    return {
      feiten,
      velden,
      vraag,
      rijen,
      som: await bron.tel(db, vraag),
      weergaven: await listWeergaven(db, request.ctx.wie, pad),
    }
  })
  const { filter, orde } = vraag
  const { totaal } = som
  const { leeg, boven, onder, ...blad } = l.blad(request, { totaal, som, feiten, filter, rijen })
  // What was named as not known goes along with no link: so it can be left.
  const vreemd = Object.keys(lees.vraag).filter(naam => !knownOf(velden).includes(naam))
  const gevraagd = request.method === 'GET' ? request.url : pad
  const adres =
    vreemd.length === 0
      ? gevraagd
      : withQuery(gevraagd, Object.fromEntries(vreemd.map(naam => [naam, undefined])))
  const kolommen = l.kolommen(feiten, request)
  refuseColumns(kolommen, adres, lees)
  const deel = (
    <Lijstdeel
      adres={adres}
      naam={l.naam}
      filters={Object.keys(velden)}
      actief={activeFilters(velden, filter)}
      velden={Object.entries(velden).map(([naam, veld]) => (
        <Filtervraag key={naam} naam={naam} veld={veld} waarde={lees.vraag[naam]} fouten={lees.fouten} />
      ))}
      kolommen={kolommen}
      rijen={rijen}
      sleutel={l.sleutel}
      sortering={orde}
      pagina={pagina}
      perPagina={PER_PAGINA}
      totaal={totaal}
      {...(l.bestand === undefined ? {} : { exportPad: `${pad}/export` })}
      leeg={leeg}
      weergaven={<Weergaven adres={adres} lijst={l} weergaven={weergaven} />}
    />
  )
  const inhoud = (csrf: string) => ({
    ...blad,
    children: (
      <>
        {eerst?.(csrf)}
        {boven}
        {deel}
        {onder}
      </>
    ),
  })
  return sendPagina(request, reply, eerst === undefined ? inhoud('') : inhoud, status)
}

function refuseColumns<Rij>(kolommen: readonly Kolom<Rij>[], adres: string, lees: Filterlezer): void {
  for (const naam of strangeColumns(kolommen, adres))
    lees.weiger(KOLOM, `‘${naam.slice(0, 100)}’ is hier geen kolom.`)
}

const isBijgehouden = (
  request: FastifyRequest,
  { bijgehouden, houdtBij = () => true }: Pick<Lijst<never, unknown>, 'bijgehouden' | 'houdtBij'>,
): boolean => bijgehouden !== undefined && houdtBij(request)

/** Rows of which this look is written down are read where that is written. */
function open<T>(
  request: FastifyRequest,
  l: Pick<Lijst<never, unknown>, 'bijgehouden' | 'houdtBij'>,
  lees: (db: Db) => Promise<T>,
): Promise<T> {
  return isBijgehouden(request, l) ? request.ctx.write(lees) : request.ctx.read(lees)
}

async function keepLook<Rij extends object>(
  request: FastifyRequest,
  l: Pick<Lijst<Rij, unknown>, 'bijgehouden' | 'houdtBij'>,
  db: Db,
  rijen: readonly Rij[],
  { vraag, bestand }: { vraag: Lijstvraag; bestand: boolean },
): Promise<void> {
  if (isBijgehouden(request, l)) await l.bijgehouden?.(db as Tx, request.ctx, rijen, bestand, vraag.filter)
}

function readerOf<Rij extends object, Feiten, Som extends Geteld>(
  l: Lijst<Rij, Feiten, Som>,
  ctx: Ctx,
): Lijstlezer<Rij, Som> {
  const bron = typeof l.bron === 'function' ? l.bron(ctx) : l.bron
  if ('tel' in bron) return bron
  return {
    volgorde: Object.keys(bron.volgorde),
    rijen: (db, { filter, orde }, deel) => listRows(db, bron, filter, orde, deel),
    tel: async (db, { filter }) => ({ totaal: await countRows(db, bron, filter) }) as Som,
  }
}

/** What every list reads of an address beside its filters. */
const VAN_ELKE_LIJST = [KOLOM, 'sorteer', 'pagina', 'formaat']
const knownOf = (velden: Filtervelden): string[] => [...VAN_ELKE_LIJST, ...Object.keys(velden)]

function askOf<Rij extends object, Feiten, Som extends Geteld>(
  { ctx }: FastifyRequest,
  l: Lijst<Rij, Feiten, Som>,
  velden: Filtervelden,
  lees: Filterlezer,
  bestand: boolean,
): Lijstvraag {
  lees.alleen(knownOf(velden))
  const filter = readValues(velden, lees)
  const standaard = typeof l.orde === 'function' ? l.orde(filter) : l.orde
  const { volgorde } = readerOf(l, ctx)
  const { vandaag, wie } = ctx
  return { filter, orde: lees.sortering(volgorde, standaard), scope: wie.scope, vandaag, bestand }
}
