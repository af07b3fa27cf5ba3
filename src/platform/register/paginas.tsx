import type { FastifyRequest } from 'fastify'
import type { ReactNode } from 'react'
import { formPagina } from '../http/formpagina.tsx'
import { post } from '../http/formulierpost.ts'
import { readGedaan } from '../http/gedaan.ts'
import { lijst } from '../http/lijst.tsx'
import type { Filterveld } from '../http/lijstfilters.tsx'
import { sendPagina } from '../http/pagina.tsx'
import type { App } from '../http/server.ts'
import { pick } from '../http/vraag.ts'
import {
  Beschrijvingslijst,
  Botsingmelding,
  capital,
  formatGetal,
  KnopLink,
  type Kolom,
  Kop,
  LegeStaat,
  Link,
  Melding,
  Tabel,
} from '../ui/index.ts'
import {
  describe,
  exportColumns,
  type Keuzes,
  readGegevens,
  type Velden,
  veldenVan,
} from '../velden/formulier.ts'
import type { Geweigerd } from '../velden/invulformulier.tsx'
import { Geschiedenis, listWijzigingen } from './geschiedenis.tsx'
import { loadNieuw } from './ingevuld.ts'
import { registerInvoerPaginas, sheetPage } from './invoerpaginas.tsx'
import { findGeraakt, GEZIEN, keepRaakt, Raaktdeel, readGezien } from './raaktdeel.tsx'
import {
  bladPad,
  keyOf,
  periodeOf,
  type Register,
  type Registerrij,
  type Rijgegevens,
  sayKey,
  stemOf,
} from './register.ts'
import { invoerVan } from './registerinvoer.ts'
import { listStem, loadKeuzes, loadRow, type Opslag, removeRow, saveRow } from './rijen.ts'
import { Rijstappen } from './rijstappen.tsx'
import { registerRoutes } from './routes.ts'
import { undoLast } from './terugnemen.ts'

const KRUIMELS = [
  { naam: 'Start', href: '/' },
  { naam: 'Inrichten', href: '/inrichten' },
]

const kruimelsVan = (register: Register) => [
  ...KRUIMELS,
  { naam: register.blad.titel, href: bladPad(register) },
]

/**
 * Every door of a register: the list and its file, the page of one row, the forms to put in, change and take out, bringing in a file,
 * and the same for machines.
 */
export function registerPaginas(app: App, register: Register): void {
  const lijstPad = bladPad(register)
  registerLijst(app, register)
  registerFormulieren(app, register)
  registerInvoerPaginas(app, invoerVan(register), {
    ...sheetPage(`${lijstPad}/invoeren`, `${lijstPad}/export?formaat=xlsx`),
    titel: `${capital(register.naam)} invoeren`,
    kruimels: kruimelsVan(register),
  })
  registerRoutes(app, register)
  app.get(
    `${lijstPad}/rij/:sleutel`,
    { config: { recht: register.rechten.lezen }, schema: { hide: true } },
    (request, reply) => showRij(request, reply),
  )
  post(
    app,
    `${lijstPad}/rij/:sleutel/verwijder`,
    { recht: register.rechten.schrijven, naam: 'verwijder' },
    async ({ request, versie }) => {
      const doel = { sleutel: keyIn(request), versie, ...readGezien(request) }
      await keepRaakt(request, removeRow(request.ctx, register, doel))
      return `${lijstPad}?melding=verwijderd`
    },
    showRij,
  )

  post(
    app,
    `${lijstPad}/rij/:sleutel/ongedaan`,
    { recht: register.rechten.schrijven, naam: 'ongedaan' },
    async ({ request, versie }) => {
      const sleutel = keyIn(request)
      const staat = await keepRaakt(
        request,
        undoLast(request.ctx, register, { sleutel, versie, ...readGezien(request) }),
      )
      return `${staat ? rowAddress(lijstPad, sleutel) : lijstPad}?melding=ongedaan`
    },
    showRij,
  )

  async function showRij(
    request: FastifyRequest,
    reply: Parameters<typeof sendPagina>[1],
    geweigerd?: Geweigerd,
  ) {
    const sleutel = keyIn(request)
    const { rij, keuzes, wijzigingen, perioden } = await request.ctx.read(async db => {
      const rij = await loadRow(db, register, sleutel)
      return {
        rij,
        keuzes: await loadKeuzes(db, register),
        wijzigingen: await listWijzigingen(db, register.naam, sleutel),
        perioden: register.periode === undefined ? [] : await listStem(db, register, stemOf(register, rij)),
      }
    })
    const pad = rowAddress(lijstPad, sleutel)
    const schrijven = mayWrite(request, register)
    const geraakt = findGeraakt(request)
    return sendPagina(
      request,
      reply,
      csrf => ({
        titel: titleOf(register, rij, keuzes),
        kruimels: kruimelsVan(register),
        acties: schrijven ? (
          <KnopLink href={`${pad}/wijzig`} soort="hoofd">
            Wijzig
          </KnopLink>
        ) : null,
        ...meldingOf(request),
        children: (
          <>
            <Weigering
              geweigerd={geraakt === undefined ? geweigerd : undefined}
              toon={ander => describe(register.velden, ander as Registerrij, keuzes)}
            />
            <Beschrijvingslijst items={describe(register.velden, rij, keuzes)} />
            {schrijven ? (
              <Rijstappen
                {...{ request, pad, csrf, versie: rij.versie, wijzigingen }}
                deze={register.deze}
                open={geweigerd !== undefined}
              />
            ) : null}
            {perioden.length < 2 ? null : <Perioden register={register} rijen={perioden} keuzes={keuzes} />}
            <Kop niveau={2}>Geschiedenis</Kop>
            <Geschiedenis velden={register.velden} keuzes={keuzes} wijzigingen={wijzigingen} pad={lijstPad} />
          </>
        ),
      }),
      geweigerd?.problem.status ?? 200,
    )
  }
}

/** What held before and what holds after: each a row of its own. */
function Perioden({ register, rijen, keuzes }: { register: Register; rijen: Registerrij[]; keuzes: Keuzes }) {
  const { periode = '', sleutel, blad } = register
  const rest = blad.toont.filter(naam => naam !== periode && !sleutel.includes(naam))
  const beginOf = (rij: Registerrij) => periodeOf(register, rij)?.begin ?? ''
  return (
    <>
      <Kop niveau={2}>Door de tijd</Kop>
      <Tabel
        bijschrift="Wat wanneer geldt"
        rijen={rijen.toSorted((a, b) => beginOf(a).localeCompare(beginOf(b)))}
        sleutel={rij => keyOf(register, rij)}
        kolommen={[periode, ...rest].map((naam, i) => columnOf(register, naam, keuzes, i === 0))}
      />
    </>
  )
}

const MELDING: Readonly<Record<string, string>> = {
  opgeslagen: 'Het is opgeslagen',
  verwijderd: 'Het is verwijderd',
  ongedaan: 'De wijziging is ongedaan gemaakt',
}

/** What was just done, above the page. */
function meldingOf(request: FastifyRequest) {
  const tekst = pick(MELDING, readGedaan(request).melding)
  return tekst === undefined ? {} : { melding: { soort: 'succes' as const, tekst } }
}

function Weigering({
  geweigerd,
  toon,
}: {
  geweigerd: Geweigerd | undefined
  toon: (ander: object) => ReturnType<typeof describe>
}) {
  if (geweigerd === undefined) return null
  const { problem } = geweigerd
  if (problem.type === 'intussen-gewijzigd') return <Botsingmelding problem={problem} toon={toon} />
  return (
    <Melding soort="fout" kop={problem.titel}>
      {problem.detail}
    </Melding>
  )
}

/** A row by its own name if it has one, else by its key. */
const titleOf = (register: Register, rij: Registerrij, keuzes: Keuzes): string =>
  typeof rij.naam === 'string' ? rij.naam : `${capital(register.een)} ${sayKey(register, rij, keuzes)}`

const rowAddress = (pad: string, sleutel: string) => `${pad}/rij/${encodeURIComponent(sleutel)}`

const keyIn = (request: FastifyRequest) => (request.params as { sleutel: string }).sleutel

const mayWrite = (request: FastifyRequest, { rechten }: Pick<Register, 'rechten'>) =>
  request.ctx.wie.rechten.has(rechten.schrijven)

function registerLijst(app: App, register: Register): void {
  const { velden, bron, rechten, blad, een } = register
  const pad = bladPad(register)
  lijst<Registerrij, Keuzes>(app, pad, {
    recht: rechten.lezen,
    inwoners: null,
    naam: register.naam,
    bron,
    orde: blad.orde,
    feiten: db => loadKeuzes(db, register),
    filters: keuzes => ({
      ...(bron.eisen.zoek ? { zoek: { soort: 'zoek', hulp: 'Code of naam' } satisfies Filterveld } : {}),
      ...Object.fromEntries((blad.filters ?? []).map(naam => [naam, filterOf(velden, naam, keuzes)])),
    }),
    sleutel: rij => keyOf(register, rij),
    kolommen: keuzes => blad.toont.map((naam, i) => columnOf(register, naam, keuzes, i === 0)),
    bestand: () => exportColumns(velden),
    blad: (request, { totaal }) => ({
      titel: blad.titel,
      inleiding: blad.inleiding,
      kruimels: KRUIMELS,
      ...meldingOf(request),
      acties: mayWrite(request, register) ? (
        <>
          <KnopLink href={`${pad}/nieuw`} soort="hoofd">
            {`Voeg een ${een} toe`}
          </KnopLink>
          <KnopLink href={`${pad}/invoeren`}>Voer een bestand in</KnopLink>
        </>
      ) : null,
      boven: totaal === 0 ? null : <p>{`${formatGetal(totaal)} ${totaal === 1 ? een : register.naam}`}</p>,
      leeg: (
        <LegeStaat
          kop={`Er zijn nog geen ${register.naam}`}
          stap={
            mayWrite(request, register) ? (
              <KnopLink href={`${pad}/invoeren`}>Voer een bestand in</KnopLink>
            ) : undefined
          }
        >
          {`Begin met een bestand, of voeg zelf een ${een} toe.`}
        </LegeStaat>
      ),
    }),
  })
}

function filterOf(velden: Velden, naam: string, keuzes: Keuzes): Filterveld {
  const veld = velden[naam]
  return { soort: 'keuze', label: veld?.kop ?? naam, opties: keuzes[naam] ?? veld?.opties ?? [] }
}

function columnOf(register: Register, naam: string, keuzes: Keuzes, eerste: boolean): Kolom<Registerrij> {
  const veld = register.velden[naam]
  const toon = (rij: Registerrij) => {
    const waarde = rij[naam] ?? null
    return waarde === null ? null : veld?.zeg(waarde, keuzes[naam])
  }
  return {
    kop: veld?.kop ?? naam,
    ...(register.bron.volgorde[naam] === undefined ? {} : { sorteer: naam }),
    ...(veld?.soort === 'bedrag' || veld?.soort === 'getal' ? { uitlijning: 'rechts' as const } : {}),
    ...(veld?.soort === 'periode' || veld?.soort === 'datum' ? { heel: true } : {}),
    ...(eerste ? { rijkop: true } : {}),
    cel: rij =>
      eerste ? (
        <Link
          href={rowAddress(bladPad(register), keyOf(register, rij))}
          label={[toon(rij), ...restOfKey(register, naam, rij, keuzes)].filter(Boolean).join(', ')}
        >
          {toon(rij) ?? '–'}
        </Link>
      ) : (
        toon(rij)
      ),
  }
}

/** What tells a row from another that is called the same in the first column: many prices are of one contract. */
function restOfKey(
  { velden, sleutel, periode }: Register,
  eerste: string,
  rij: Registerrij,
  keuzes: Keuzes,
): (string | null)[] {
  return veldenVan(velden)
    .filter(([naam]) => naam !== eerste && [...sleutel, periode].includes(naam))
    .map(([naam, veld]) => {
      const waarde = rij[naam] ?? null
      return waarde === null ? null : veld.zeg(waarde, keuzes[naam])
    })
}

function registerFormulieren(app: App, register: Register): void {
  const { velden, sleutel, vast = [], rechten, blad, een } = register
  const recht = rechten.schrijven
  const pad = bladPad(register)
  const kruimels = kruimelsVan(register)
  formPagina(
    app,
    `${pad}/nieuw`,
    { recht, velden },
    async request => ({
      titel: `${capital(een)} toevoegen`,
      inleiding: blad.inleiding,
      kruimels,
      terug: pad,
      ...(await loadNieuw(request, register)),
      ...seeFirst(request),
    }),
    async ({ request, invoer }) => {
      const keuzes = await request.ctx.read(db => loadKeuzes(db, register))
      const gegevens = readGegevens('Dit is niet opgeslagen', velden, invoer, { keuzes })
      return save(request, gegevens)
    },
  )

  // What says which row it is, stays.
  const blijft = [...sleutel, ...vast]
  const rest = Object.fromEntries(veldenVan(velden).filter(([naam]) => !blijft.includes(naam)))
  formPagina(
    app,
    `${pad}/rij/:sleutel/wijzig`,
    { recht, velden: rest },
    async request => {
      const { rij, keuzes } = await request.ctx.read(async db => ({
        rij: await loadRow(db, register, keyIn(request)),
        keuzes: await loadKeuzes(db, register),
      }))
      return {
        titel: `Wijzig ${register.deze}`,
        inleiding: titleOf(register, rij, keuzes),
        kruimels,
        terug: rowAddress(pad, keyIn(request)),
        nu: rij,
        keuzes,
        ...seeFirst(request, register.periode === undefined ? null : <p>{DATERING}</p>),
      }
    },
    async ({ request, invoer, versie }) => {
      const { rij, keuzes } = await request.ctx.read(async db => ({
        rij: await loadRow(db, register, keyIn(request)),
        keuzes: await loadKeuzes(db, register),
      }))
      const gewijzigd = readGegevens('Dit is niet opgeslagen', rest, invoer, { keuzes })
      const gegevens = { ...rij, ...gewijzigd }
      return save(request, gegevens, { versie, van: keyIn(request) })
    },
  )

  async function save(request: FastifyRequest, gegevens: Rijgegevens, opslag: Opslag = {}): Promise<string> {
    const { sleutel } = await keepRaakt(
      request,
      saveRow(request.ctx, register, gegevens, { ...opslag, ...readGezien(request) }),
    )
    return `${rowAddress(pad, sleutel)}?melding=opgeslagen`
  }
}

/** What stands above a form, and its button: first what the change touches, when it does and that was not seen yet. */
function seeFirst(request: FastifyRequest, anders: ReactNode = null): { boven: ReactNode; knop?: string } {
  const geraakt = findGeraakt(request)
  if (geraakt === undefined) return { boven: anders }
  return {
    boven: (
      <>
        <input type="hidden" name={GEZIEN} value={geraakt.gezien} />
        <Raaktdeel request={request} problem={geraakt} />
        {anders}
      </>
    ),
    knop: 'Sla het toch op',
  }
}

const DATERING =
  'Laat de eerste dag staan om een fout te verbeteren. Kies een latere eerste dag als iets vanaf die dag anders wordt: wat er nu staat, blijft dan gelden tot die dag.'
