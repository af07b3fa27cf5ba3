import type { FastifyRequest } from 'fastify'
import { formPagina } from '../http/formpagina.tsx'
import { readGedaan } from '../http/gedaan.ts'
import { type Filterveld, lijst } from '../http/lijst.tsx'
import { sendPagina } from '../http/pagina.tsx'
import { post } from '../http/post.ts'
import type { App } from '../http/server.ts'
import { pick } from '../http/vraag.ts'
import {
  Actie,
  Beschrijvingslijst,
  Botsingmelding,
  capital,
  formatGetal,
  Inklap,
  KnopLink,
  type Kolom,
  Kop,
  LegeStaat,
  Link,
  Melding,
} from '../ui/index.ts'
import {
  describe,
  exportColumns,
  type Gegevens,
  type Keuzes,
  readGegevens,
  veldenVan,
} from '../velden/formulier.ts'
import type { Geweigerd } from '../velden/invulformulier.tsx'
import { Geschiedenis, listWijzigingen } from './geschiedenis.tsx'
import { registerInvoerPaginas } from './invoerpaginas.tsx'
import { keyOf, type Register, type Registerrij } from './register.ts'
import { loadKeuzes, loadRow, removeRow, saveRow } from './rijen.ts'
import { registerRoutes } from './routes.ts'

/** What stands around the pages of a register. */
export interface Registerblad<V extends object> {
  /** Address of the list: '/inrichten/segmenten'. */
  pad: string
  titel: string
  inleiding: string
  /** Of one, without an article: 'segment'. */
  een: string
  kruimels: readonly { naam: string; href: string }[]
  /** The fields that the list shows; the first leads to the row. */
  toont: readonly (keyof V & string)[]
  orde: { kolom: string; richting: 'op' | 'af' }
  /** Fields that the list can be narrowed by; each has a condition in `bron.eisen`. */
  filters?: readonly (keyof V & string)[]
}

/**
 * Every door of a register: the list and its file, the page of one row, the forms to put in, change and take out, bringing in a file,
 * and the same for machines.
 */
export function registerPaginas<V extends object, Rij extends Registerrij<V>>(
  app: App,
  register: Register<V, Rij>,
  blad: Registerblad<V>,
): void {
  registerLijst(app, register, blad)
  registerFormulieren(app, register, blad)
  registerInvoerPaginas(app, register, blad)
  registerRoutes(app, register, blad)
  app.get(
    `${blad.pad}/rij/:sleutel`,
    { config: { recht: register.rechten.lezen }, schema: { hide: true } },
    (request, reply) => showRij(request, reply),
  )
  post(
    app,
    `${blad.pad}/rij/:sleutel/verwijder`,
    { recht: register.rechten.schrijven, naam: 'verwijder' },
    async ({ request, versie }) => {
      await removeRow(request.ctx, register, { sleutel: keyIn(request), versie })
      return `${blad.pad}?melding=verwijderd`
    },
    showRij,
  )

  async function showRij(
    request: FastifyRequest,
    reply: Parameters<typeof sendPagina>[1],
    geweigerd?: Geweigerd,
  ) {
    const sleutel = keyIn(request)
    const { rij, keuzes, wijzigingen } = await request.ctx.read(async db => ({
      rij: await loadRow(db, register, sleutel),
      keuzes: await loadKeuzes(db, register),
      wijzigingen: await listWijzigingen(db, register.naam, sleutel),
    }))
    const pad = rowAddress(blad.pad, sleutel)
    const schrijven = mayWrite(request, register)
    const melding = pick(MELDING, readGedaan(request).melding)
    return sendPagina(
      request,
      reply,
      csrf => ({
        titel: titleOf(register, blad, rij, keuzes),
        kruimels: [...blad.kruimels, { naam: blad.titel, href: blad.pad }],
        acties: schrijven ? (
          <KnopLink href={`${pad}/wijzig`} soort="hoofd">
            Wijzig
          </KnopLink>
        ) : null,
        ...(melding === undefined ? {} : { melding: { soort: 'succes' as const, tekst: melding } }),
        children: (
          <>
            <Weigering
              geweigerd={geweigerd}
              toon={ander => describe(register.velden, ander as Rij, keuzes)}
            />
            <Beschrijvingslijst items={describe(register.velden, rij, keuzes)} />
            {schrijven ? (
              <Inklap kop={`Verwijder ${register.deze}`} open={geweigerd !== undefined}>
                <p>
                  Dat kan alleen zolang er niets aan hangt. Wat er stond, blijft in de geschiedenis staan.
                </p>
                <Actie
                  actie={`${pad}/verwijder`}
                  csrf={csrf}
                  velden={{ versie: String(rij.versie) }}
                  soort="tweede"
                >
                  Verwijder
                </Actie>
              </Inklap>
            ) : null}
            <Kop niveau={2}>Geschiedenis</Kop>
            <Geschiedenis velden={register.velden} keuzes={keuzes} wijzigingen={wijzigingen} pad={blad.pad} />
          </>
        ),
      }),
      geweigerd?.problem.status ?? 200,
    )
  }
}

const MELDING: Readonly<Record<string, string>> = {
  opgeslagen: 'Het is opgeslagen',
  verwijderd: 'Het is verwijderd',
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
function titleOf<V extends object, Rij extends Registerrij<V>>(
  register: Register<V, Rij>,
  { een }: Pick<Registerblad<V>, 'een'>,
  rij: Rij,
  keuzes: Keuzes,
): string {
  const { naam } = rij as { naam?: unknown }
  if (typeof naam === 'string') return naam
  const sleutel = veldenVan(register.velden)
    .filter(([veld]) => (register.sleutel as readonly string[]).includes(veld))
    .map(([veld, { zeg }]) => zeg((rij as Record<string, unknown>)[veld], keuzes[veld]))
  return `${capital(een)} ${sleutel.join(', ')}`
}

const rowAddress = (pad: string, sleutel: string) => `${pad}/rij/${encodeURIComponent(sleutel)}`

const keyIn = (request: FastifyRequest) => (request.params as { sleutel: string }).sleutel

const mayWrite = (request: FastifyRequest, { rechten }: Pick<Register<object>, 'rechten'>) =>
  request.ctx.wie.rechten.has(rechten.schrijven)

function registerLijst<V extends object, Rij extends Registerrij<V>>(
  app: App,
  register: Register<V, Rij>,
  blad: Registerblad<V>,
): void {
  const { velden, bron, rechten } = register
  lijst<Rij, Keuzes>(app, blad.pad, {
    recht: rechten.lezen,
    naam: register.naam,
    bron,
    orde: blad.orde,
    feiten: db => loadKeuzes(db, register),
    filters: keuzes => ({
      ...(bron.eisen.zoek ? { zoek: { soort: 'zoek', hulp: 'Code of naam' } satisfies Filterveld } : {}),
      ...Object.fromEntries((blad.filters ?? []).map(naam => [naam, filterOf(velden, naam, keuzes)])),
    }),
    sleutel: rij => keyOf(register, rij),
    kolommen: keuzes => blad.toont.map((naam, i) => columnOf(register, blad, naam, keuzes, i === 0)),
    bestand: () => exportColumns(velden) as never,
    blad: (request, { totaal }) => ({
      titel: blad.titel,
      inleiding: blad.inleiding,
      kruimels: blad.kruimels,
      ...(readGedaan(request).melding === 'verwijderd'
        ? { melding: { soort: 'succes' as const, tekst: MELDING.verwijderd ?? '' } }
        : {}),
      acties: mayWrite(request, register) ? (
        <>
          <KnopLink href={`${blad.pad}/nieuw`} soort="hoofd">
            {`Voeg een ${blad.een} toe`}
          </KnopLink>
          <KnopLink href={`${blad.pad}/invoeren`}>Voer een bestand in</KnopLink>
        </>
      ) : null,
      boven:
        totaal === 0 ? null : <p>{`${formatGetal(totaal)} ${totaal === 1 ? blad.een : register.naam}`}</p>,
      leeg: (
        <LegeStaat
          kop={`Er zijn nog geen ${register.naam}`}
          stap={
            mayWrite(request, register) ? (
              <KnopLink href={`${blad.pad}/invoeren`}>Voer een bestand in</KnopLink>
            ) : undefined
          }
        >
          {`Begin met een bestand, of voeg zelf een ${blad.een} toe.`}
        </LegeStaat>
      ),
    }),
  })
}

function filterOf(velden: object, naam: string, keuzes: Keuzes): Filterveld {
  const veld = (velden as Record<string, { kop: string; opties?: Keuzes[string] }>)[naam]
  return { soort: 'keuze', label: veld?.kop ?? naam, opties: keuzes[naam] ?? veld?.opties ?? [] }
}

function columnOf<V extends object, Rij extends Registerrij<V>>(
  register: Register<V, Rij>,
  { pad }: Registerblad<V>,
  naam: string,
  keuzes: Keuzes,
  eerste: boolean,
): Kolom<Rij> {
  const veld = (register.velden as Record<string, never>)[naam] as unknown as {
    kop: string
    soort: string
    zeg(waarde: unknown, opties?: Keuzes[string]): string | null
  }
  const toon = (rij: Rij) => {
    const waarde = (rij as Record<string, unknown>)[naam] ?? null
    return waarde === null ? null : veld.zeg(waarde, keuzes[naam])
  }
  return {
    kop: veld.kop,
    ...(register.bron.volgorde[naam] === undefined ? {} : { sorteer: naam }),
    ...(veld.soort === 'bedrag' || veld.soort === 'getal' ? { uitlijning: 'rechts' as const } : {}),
    ...(veld.soort === 'periode' || veld.soort === 'datum' ? { heel: true } : {}),
    ...(eerste ? { rijkop: true } : {}),
    cel: rij =>
      eerste ? (
        <Link
          href={rowAddress(pad, keyOf(register, rij))}
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
function restOfKey<V extends object, Rij extends Registerrij<V>>(
  { velden, sleutel, periode }: Register<V, Rij>,
  eerste: string,
  rij: Rij,
  keuzes: Keuzes,
): (string | null)[] {
  return veldenVan(velden)
    .filter(([naam]) => naam !== eerste && [...(sleutel as readonly string[]), periode].includes(naam))
    .map(([naam, veld]) => {
      const waarde = (rij as Record<string, unknown>)[naam] ?? null
      return waarde === null ? null : veld.zeg(waarde, keuzes[naam])
    })
}

function registerFormulieren<V extends object, Rij extends Registerrij<V>>(
  app: App,
  register: Register<V, Rij>,
  blad: Registerblad<V>,
): void {
  const { velden, sleutel, rechten } = register
  const recht = rechten.schrijven
  const kruimels = [...blad.kruimels, { naam: blad.titel, href: blad.pad }]
  formPagina<V>(
    app,
    `${blad.pad}/nieuw`,
    { recht, velden },
    async request => ({
      titel: `${capital(blad.een)} toevoegen`,
      inleiding: blad.inleiding,
      kruimels,
      terug: blad.pad,
      keuzes: await request.ctx.read(db => loadKeuzes(db, register)),
    }),
    // A version only after a collision: then what is there is changed on purpose.
    async ({ request, invoer, versie }) => {
      const keuzes = await request.ctx.read(db => loadKeuzes(db, register))
      const gegevens = readGegevens('Dit is niet opgeslagen', velden, invoer, { keuzes })
      return `${rowAddress(blad.pad, await saveRow(request.ctx, register, gegevens, versie || undefined))}?melding=opgeslagen`
    },
  )

  // What says which row it is, stays.
  const rest = Object.fromEntries(
    Object.entries(velden).filter(([naam]) => !sleutel.includes(naam as never)),
  ) as Partial<V>
  formPagina<Partial<V>>(
    app,
    `${blad.pad}/rij/:sleutel/wijzig`,
    { recht, velden: rest },
    async request => {
      const { rij, keuzes } = await request.ctx.read(async db => ({
        rij: await loadRow(db, register, keyIn(request)),
        keuzes: await loadKeuzes(db, register),
      }))
      return {
        titel: `Wijzig ${register.deze}`,
        inleiding: titleOf(register, blad, rij, keuzes),
        kruimels,
        terug: rowAddress(blad.pad, keyIn(request)),
        nu: rij as never,
        keuzes,
        boven: register.periode === undefined ? null : <p>{DATERING}</p>,
      }
    },
    async ({ request, invoer, versie }) => {
      const { rij, keuzes } = await request.ctx.read(async db => ({
        rij: await loadRow(db, register, keyIn(request)),
        keuzes: await loadKeuzes(db, register),
      }))
      const gewijzigd = readGegevens('Dit is niet opgeslagen', rest, invoer, { keuzes })
      const gegevens = { ...rij, ...gewijzigd } as unknown as Gegevens<V>
      return `${rowAddress(blad.pad, await saveRow(request.ctx, register, gegevens, versie))}?melding=opgeslagen`
    },
  )
}

const DATERING =
  'Laat de eerste dag staan om een fout te verbeteren. Kies een latere eerste dag als iets vanaf die dag anders wordt: wat er nu staat, blijft dan gelden tot die dag.'
