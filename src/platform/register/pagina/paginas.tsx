import type { FastifyRequest } from 'fastify'
import type { ReactNode } from 'react'
import { formatDatumKort } from '../../dates.ts'
import { countRows, type Geteld, type Lijstlezer, listRows } from '../../db/lijst.ts'
import { formPagina } from '../../http/formpagina.tsx'
import { readGedaan } from '../../http/gedaan.ts'
import { lijst } from '../../http/lijst.tsx'
import type { Filterveld } from '../../http/lijstfilters.tsx'
import type { App } from '../../http/server.ts'
import { capital, KnopLink, LegeStaat, Link } from '../../ui/index.ts'
import { exportColumns, type Keuzes, readGegevens, type Velden, veldenVan } from '../../velden/formulier.ts'
import { invoerVan } from '../invoer/registerinvoer.ts'
import {
  bladPad,
  GELDT_OP,
  keyOf,
  periodeOf,
  type Register,
  type Registerrij,
  type Rijgegevens,
  sayRijen,
  stemOf,
} from '../register.ts'
import { listStem, loadKeuzes, loadRow, type Opslag, saveRow } from '../rijen.ts'
import { loadNieuw, readIngevuld } from './ingevuld.ts'
import { registerInvoerPaginas, sheetPage } from './invoerpaginas.tsx'
import { findGeraakt, GEZIEN, keepRaakt, Raaktdeel, readGezien } from './raaktdeel.tsx'
import {
  columnOf,
  KRUIMELS,
  keyIn,
  kruimelsVan,
  mayWrite,
  meldingOf,
  rowAddress,
  titleOf,
} from './rijkolom.tsx'
import { registerRijpagina } from './rijpagina.tsx'
import { registerRoutes } from './routes.ts'

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
  registerRijpagina(app, register)
}

function registerLijst(app: App, register: Register): void {
  const { velden, bron, rechten, blad, een } = register
  const pad = bladPad(register)
  lijst<Registerrij, Keuzes, Rijensom>(app, pad, {
    recht: rechten.lezen,
    inwoners: null,
    naam: blad.deelVan === undefined ? register.naam : `${blad.deelVan.naam[1]} van ${register.naam}`,
    bestandsnaam: ({ ctx }) => `${register.naam}-${ctx.vandaag}`,
    bron: readerOf(register),
    orde: blad.orde,
    feiten: db => loadKeuzes(db, register),
    filters: keuzes => ({
      ...(bron.eisen.zoek ? { zoek: { soort: 'zoek', hulp: 'Code of naam' } satisfies Filterveld } : {}),
      ...Object.fromEntries((blad.filters ?? []).map(naam => [naam, filterOf(velden, naam, keuzes)])),
      ...(bron.eisen[GELDT_OP]
        ? { [GELDT_OP]: { soort: 'datum', label: 'Geldt op' } satisfies Filterveld }
        : {}),
    }),
    sleutel: rij => keyOf(register, rij),
    kolommen: keuzes => blad.toont.map((naam, i) => columnOf(register, naam, keuzes, i === 0)),
    bestand: () => exportColumns(velden),
    blad: (request, { totaal, som }) => ({
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
      boven: (
        <>
          <Weggehaald request={request} pad={pad} />
          {totaal === 0 ? null : <p>{sayRijen(register, totaal, som.aantal)}</p>}
        </>
      ),
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

/** How many rows, and of how many things. */
interface Rijensom extends Geteld {
  aantal: number
}

const readerOf = ({ bron, blad }: Register): Lijstlezer<Registerrij, Rijensom> => ({
  volgorde: Object.keys(bron.volgorde),
  rijen: (db, { filter, orde }, deel) => listRows(db, bron, filter, orde, deel),
  async tel(db, { filter }) {
    const totaal = await countRows(db, bron, filter)
    return {
      totaal,
      aantal: blad.deelVan === undefined ? totaal : await countRows(db, bron, filter, blad.deelVan.kolom),
    }
  },
})

/** Where what was just taken out can be seen, and put back. */
function Weggehaald({ request, pad }: { request: FastifyRequest; pad: string }) {
  const { melding, gedaan } = readGedaan(request)
  if (melding !== 'verwijderd' || gedaan === undefined) return null
  return (
    <p>
      <Link href={rowAddress(pad, gedaan)}>Bekijk wat er stond, of zet het terug</Link>
    </p>
  )
}

function filterOf(velden: Velden, naam: string, keuzes: Keuzes): Filterveld {
  const veld = velden[naam]
  return { soort: 'keuze', label: veld?.kop ?? naam, opties: keuzes[naam] ?? veld?.opties ?? [] }
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
    async request => {
      const { keuzes, nu } = await loadNieuw(request, register)
      return {
        titel: `${capital(een)} toevoegen`,
        inleiding: blad.inleiding,
        kruimels,
        terug: pad,
        keuzes,
        nu,
        ...seeFirst(request, <Ingevuld velden={velden} ingevuld={nu} gedaan="toegevoegd" />),
      }
    },
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
      const { rij, keuzes, andere } = await request.ctx.read(async db => {
        const rij = await loadRow(db, register, keyIn(request))
        return {
          rij,
          keuzes: await loadKeuzes(db, register),
          andere: register.aaneen === true ? await listStem(db, register, stemOf(register, rij)) : [],
        }
      })
      const ingevuld = readIngevuld(request, rest, keuzes)
      return {
        titel: `Wijzig ${register.deze}`,
        inleiding: titleOf(register, rij, keuzes),
        kruimels,
        terug: rowAddress(pad, keyIn(request)),
        nu: rij,
        ingevuld,
        keuzes,
        ...seeFirst(
          request,
          <>
            <Ingevuld velden={rest} ingevuld={ingevuld} gedaan="gewijzigd" />
            {register.periode === undefined ? null : (
              <>
                <p>{DATERING}</p>
                <Aansluiting register={register} rij={rij} andere={andere} />
              </>
            )}
          </>,
        ),
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

interface IngevuldProps {
  velden: Velden
  ingevuld: Partial<Rijgegevens>
  gedaan: 'toegevoegd' | 'gewijzigd'
}

/** What a link filled in, and what is to be done with it. */
function Ingevuld({ velden, ingevuld, gedaan }: IngevuldProps) {
  const koppen = Object.keys(ingevuld).map(naam => (velden[naam]?.kop ?? naam).toLowerCase())
  if (koppen.length === 0) return null
  return <p>{`Al ingevuld: ${koppen.join(', ')}. Er is nog niets ${gedaan}. Kijk het na en sla het op.`}</p>
}

interface Aansluitend {
  register: Register
  rij: Rijgegevens
  andere: readonly Registerrij[]
}

/** What stands before and after a row of what must follow on each other: what ends with it, and where it ends before it. */
function Aansluiting({ register, rij, andere }: Aansluitend) {
  const beginOf = (een: Rijgegevens) => periodeOf(register, een)?.begin ?? ''
  const begin = beginOf(rij)
  const ervoor = andere
    .filter(een => beginOf(een) < begin)
    .sort((a, b) => (beginOf(a) < beginOf(b) ? 1 : -1))[0]
  const erna = andere.filter(een => beginOf(een) > begin).sort((a, b) => (beginOf(a) < beginOf(b) ? -1 : 1))
  const link = (een: Registerrij) => (
    <Link key={beginOf(een)} href={rowAddress(bladPad(register), keyOf(register, een))}>
      vanaf {formatDatumKort(beginOf(een))}
    </Link>
  )
  return (
    <>
      {erna.length === 0 ? null : (
        <p>
          Hierna komt wat apart staat: {erna.flatMap((een, i) => (i === 0 ? [link(een)] : [', ', link(een)]))}
          . Moet {register.deze} eerder eindigen? Geef het hier die laatste dag. Wat erna komt, vervalt dan; u
          ziet dat eerst.
        </p>
      )}
      {ervoor === undefined ? null : (
        <p>
          Ervoor geldt wat er {link(ervoor)} staat. Moet {register.deze} al vóór {formatDatumKort(begin)}{' '}
          eindigen? Geef dan wat ervoor staat die laatste dag: dit deel vervalt mee.
        </p>
      )}
    </>
  )
}

const DATERING =
  'Laat de eerste dag staan om een fout te verbeteren. Kies een latere eerste dag als iets vanaf die dag anders wordt: wat er nu staat, blijft dan gelden tot die dag.'
