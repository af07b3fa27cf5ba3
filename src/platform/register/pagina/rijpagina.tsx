import type { FastifyReply, FastifyRequest } from 'fastify'
import { findRow } from '../../db/lijst.ts'
import { post } from '../../http/formulierpost.ts'
import { sendPagina } from '../../http/pagina.tsx'
import type { App } from '../../http/server.ts'
import { notFound } from '../../problem.ts'
import {
  Beschrijvingslijst,
  Botsingmelding,
  formatMoment,
  Inklap,
  KnopLink,
  Kop,
  Link,
  Melding,
  Tabel,
} from '../../ui/index.ts'
import { describe, type Keuzes } from '../../velden/formulier.ts'
import type { Geweigerd } from '../../velden/invulformulier.tsx'
import { sayOmgekeerd } from '../omgekeerd.ts'
import {
  bladPad,
  keyOf,
  periodeOf,
  type Register,
  type Registerrij,
  type Rijgegevens,
  stemOf,
} from '../register.ts'
import { listStem, loadKeuzes, nounOf } from '../rijen.ts'
import { findUndo, undoLast } from '../terugnemen.ts'
import { removeRow } from '../weghalen.ts'
import { Geschiedenis, type Historie, listWijzigingen } from './geschiedenis.tsx'
import { formWith } from './ingevuld.ts'
import { findGeraakt, keepRaakt, readGezien } from './raaktdeel.tsx'
import { columnOf, keyIn, kruimelsVan, mayWrite, meldingOf, rowAddress, titleOf } from './rijkolom.tsx'
import { Rijstappen } from './rijstappen.tsx'

/** The page of one row, also of one that was taken out: what stands or stood there, what can be done with it, and its history. */
export function registerRijpagina(app: App, register: Register): void {
  const lijstPad = bladPad(register)
  const recht = register.rechten.schrijven
  const show = (request: FastifyRequest, reply: FastifyReply, geweigerd?: Geweigerd) =>
    showRij(register, request, reply, geweigerd)
  app.get(
    `${lijstPad}/rij/:sleutel`,
    { config: { recht: register.rechten.lezen }, schema: { hide: true } },
    (request, reply) => show(request, reply),
  )
  post(
    app,
    `${lijstPad}/rij/:sleutel/verwijder`,
    { recht, naam: 'verwijder' },
    async ({ request, versie }) => {
      const sleutel = keyIn(request)
      await keepRaakt(request, removeRow(request.ctx, register, { sleutel, versie, ...readGezien(request) }))
      return `${lijstPad}?melding=verwijderd&gedaan=${encodeURIComponent(sleutel)}`
    },
    show,
  )
  post(
    app,
    `${lijstPad}/rij/:sleutel/ongedaan`,
    { recht, naam: 'ongedaan' },
    async ({ request, versie }) => {
      const sleutel = keyIn(request)
      const staat = await keepRaakt(
        request,
        undoLast(request.ctx, register, { sleutel, versie, ...readGezien(request) }),
      )
      return `${staat ? rowAddress(lijstPad, sleutel) : lijstPad}?melding=ongedaan`
    },
    show,
  )
}

/** A row as its page needs it. */
interface Stand {
  rij: Rijgegevens
  /** Its last change. */
  versie: number
  /** Whether it is there: of one that was taken out `rij` is how it stood. */
  staat: boolean
  keuzes: Keuzes
  wijzigingen: Historie[]
  perioden: Registerrij[]
  /** What undoing its last change would do, or why that cannot be done; of who may not change it nothing. */
  terug: Awaited<ReturnType<typeof findUndo>> | undefined
}

/** Throws 404. What was taken out is for who can put it back: whether somebody else might see it stood in the row itself. */
async function loadStand(request: FastifyRequest, register: Register, sleutel: string): Promise<Stand> {
  const schrijven = mayWrite(request, register)
  return request.ctx.read(async db => {
    const nu = await findRow(db, register.bron, sleutel)
    if (nu === undefined && !schrijven) throw notFound(nounOf(register))
    const wijzigingen = await listWijzigingen(db, register.naam, sleutel)
    const [laatste] = wijzigingen
    const rij = nu ?? laatste?.oud
    if (rij == null || (nu === undefined && laatste?.nieuw !== null)) throw notFound(nounOf(register))
    return {
      rij,
      versie: nu?.versie ?? laatste?.wijzigingId ?? 0,
      staat: nu !== undefined,
      keuzes: await loadKeuzes(db, register),
      wijzigingen,
      perioden: register.periode === undefined ? [] : await listStem(db, register, stemOf(register, rij)),
      terug: schrijven ? await findUndo(db, register, sleutel) : undefined,
    }
  })
}

async function showRij(
  register: Register,
  request: FastifyRequest,
  reply: FastifyReply,
  geweigerd?: Geweigerd,
) {
  const { velden } = register
  const sleutel = keyIn(request)
  const { rij, versie, staat, keuzes, wijzigingen, perioden, terug } = await loadStand(
    request,
    register,
    sleutel,
  )
  const lijstPad = bladPad(register)
  const pad = rowAddress(lijstPad, sleutel)
  const schrijven = mayWrite(request, register)
  const geraakt = findGeraakt(request)
  return sendPagina(
    request,
    reply,
    csrf => ({
      titel: titleOf(register, rij, keuzes),
      kruimels: kruimelsVan(register),
      acties:
        schrijven && staat ? (
          <KnopLink href={`${pad}/wijzig`} soort="hoofd">
            Wijzig
          </KnopLink>
        ) : null,
      ...meldingOf(request),
      children: (
        <>
          <Weigering
            geweigerd={geraakt === undefined ? geweigerd : undefined}
            toon={ander => describe(velden, ander as Registerrij, keuzes)}
          />
          {staat ? null : <Verwijderd laatste={wijzigingen[0]} />}
          <Beschrijvingslijst items={describe(velden, rij, keuzes)} />
          {schrijven ? (
            <Rijstappen
              {...{ request, pad, csrf, versie, staat }}
              deze={register.deze}
              wordt={
                terug && 'rijen' in terug ? sayOmgekeerd(register, keuzes, terug.rijen, sleutel) : undefined
              }
              waarom={terug && 'waarom' in terug && terug.zeg ? terug.waarom : undefined}
              geweigerd={geweigerd?.problem}
            />
          ) : null}
          {schrijven && !staat && terug && 'waarom' in terug && !terug.zeg ? (
            <Opnieuw register={register} rij={rij} wijzigingen={wijzigingen} />
          ) : null}
          {perioden.length < (staat ? 2 : 1) ? null : (
            <Perioden register={register} rijen={perioden} keuzes={keuzes} />
          )}
          <Kop niveau={2}>Geschiedenis</Kop>
          <Geschiedenis velden={velden} keuzes={keuzes} wijzigingen={wijzigingen} pad={lijstPad} />
        </>
      ),
    }),
    geweigerd?.problem.status ?? 200,
  )
}

/** That it is not there any more, since when and by whom. */
function Verwijderd({ laatste }: { laatste: Historie | undefined }) {
  if (laatste === undefined) return null
  const { op, door, invoerId } = laatste
  const wie = door === null ? '' : `, door ${door}`
  const hoe = invoerId === null ? '' : `, met bestand ${invoerId}`
  return (
    <Melding soort="info" kop="Dit is verwijderd">
      {`Op ${formatMoment(op)}${wie}${hoe}. Hieronder staat hoe het was.`}
    </Melding>
  )
}

/** Why a row of which the coming itself was undone is not put back by a button, and how it comes back. */
function Opnieuw({
  register,
  rij,
  wijzigingen,
}: {
  register: Register
  rij: Rijgegevens
  wijzigingen: readonly Historie[]
}) {
  const gekomen = wijzigingen.find(({ wijzigingId }) => wijzigingId === wijzigingen[0]?.ongedaan)
  const bestand = gekomen?.invoerId
  return (
    <Inklap kop="Zet terug">
      {bestand == null ? (
        <p>Het toevoegen is ongedaan gemaakt. Moet het er toch in? Voeg het dan opnieuw toe.</p>
      ) : (
        <p>
          Dit kwam met <Link href={`${bladPad(register)}/invoeren/${bestand}`}>bestand {bestand}</Link>, en
          dat bestand is teruggenomen. Moet alles terug? Download het daar en voer het opnieuw in. Moet alleen
          dit terug? Voeg het dan opnieuw toe.
        </p>
      )}
      <KnopLink href={formWith(register, rij)}>Voeg dit opnieuw toe</KnopLink>
    </Inklap>
  )
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
    <Melding soort="fout" kop={problem.titel} weigering>
      {problem.detail}
    </Melding>
  )
}
