import type { FastifyReply, FastifyRequest } from 'fastify'
import { isRegionaal } from '../../../platform/auth/regionaal.ts'
import type { Ctx } from '../../../platform/http/ctx.ts'
import { type Exportkolom, sendExport } from '../../../platform/http/export.ts'
import { readFilters } from '../../../platform/http/filter.ts'
import { formPagina } from '../../../platform/http/formpagina.tsx'
import { post } from '../../../platform/http/formulierpost.ts'
import { tellGedaan } from '../../../platform/http/gedaan.ts'
import { sendPagina } from '../../../platform/http/pagina.tsx'
import type { App } from '../../../platform/http/server.ts'
import { numberOrNull, readId, readVelden } from '../../../platform/http/vraag.ts'
import { notFound } from '../../../platform/problem.ts'
import {
  Actie,
  Alinea,
  Downloadlinks,
  Inklap,
  KnopLink,
  type Kolom,
  Kop,
  LegeStaat,
  Link,
  type Sortering,
  Tabel,
} from '../../../platform/ui/index.ts'
import type { Geweigerd } from '../../../platform/velden/invulformulier.tsx'
import { getDossier } from '../register/actions.ts'
import type { Dossier } from '../register/store.ts'
import {
  acceptVoorstellen,
  addAanbod,
  changeAanbod,
  getAanbod,
  listVoorstellen,
  removeAanbod,
} from './actions.ts'
import { AARD } from './rules.ts'
import { type Aanbod, listAanbodVanDossier } from './store.ts'
import { CIJFERS, HOE, Opvallendheden, Totaalcijfers, Voorstellen } from './totaalcijfers.tsx'
import { AANBOD, BESTAND, VOORSTELLEN } from './velden.ts'

const LIJST = '/beleid/dossiers/:id/aanbod'
const STANDAARD = { kolom: 'aard', richting: 'af' } as const
const MELDINGEN: Readonly<Record<string, string>> = {
  opgeslagen: 'Het aanbod is opgeslagen',
  vervallen: 'Het aanbod is uit de inventarisatie gehaald',
  hersteld: 'Het aanbod staat weer in de inventarisatie',
  overgenomen: 'Het voorstel is overgenomen. Vul aan wat het systeem niet weet.',
  niets: 'Er was niets gekozen dat nog niet in de inventarisatie stond',
}

/** The inventory of a dossier: what is offered today, by whom, for how many and at what cost (cap 2). */
export function registerAanbodPages(app: App): void {
  const lezen = { config: { recht: 'beleid.bijdragen' }, schema: { hide: true } } as const
  const schrijven = { recht: 'beleid.schrijven' } as const

  app.get(LIJST, lezen, (request, reply) => showInventaris(request, reply))

  app.get(`${LIJST}/export`, lezen, async (request, reply) => {
    const { dossierId } = await readDossier(request)
    const rijen = await request.ctx.read(db => listAanbodVanDossier(db, dossierId))
    const kolommen: readonly Exportkolom<Aanbod>[] = BESTAND
    const gesorteerd = sorteer(rijen, sortingOf(request))
    const bron = kolommen.findIndex(({ kop }) => kop === AANBOD.bron.kop)
    const metSegment = kolommen.toSpliced(bron, 0, { kop: 'Segment', waarde: rij => rij.segment })
    return sendExport(reply, `aanbod-${dossierId}-${request.ctx.vandaag}`, metSegment, gesorteerd)
  })

  post(
    app,
    `${LIJST}/voorstellen`,
    { ...schrijven, naam: 'voorstellen', velden: VOORSTELLEN },
    async ({ request: { ctx }, request, invoer }) => {
      const gekozen = (invoer.segment ?? []).map(Number)
      const aantal = await acceptVoorstellen(ctx, idOf(request), lastYear(ctx), gekozen)
      return `${lijstPad(request)}?melding=${aantal === 0 ? 'niets' : 'overgenomen'}`
    },
    showInventaris,
  )

  const blad = (request: FastifyRequest, dossier: Dossier) => ({
    inleiding: 'Hulp of steun die er nu is, en wat daarover bekend is.',
    kruimels: [...kruimels(dossier), { naam: 'Huidig aanbod', href: lijstPad(request) }],
    terug: lijstPad(request),
  })
  formPagina(
    app,
    `${LIJST}/nieuw`,
    { ...schrijven, velden: AANBOD },
    async request => ({
      ...blad(request, await readDossier(request)),
      titel: 'Aanbod toevoegen',
      nu: { bewijs: 'onbekend' as const },
    }),
    async ({ request, invoer }) => {
      await addAanbod(request.ctx, idOf(request), invoer)
      return `${lijstPad(request)}?melding=opgeslagen`
    },
  )
  formPagina(
    app,
    `${LIJST}/:aanbod`,
    { ...schrijven, velden: AANBOD },
    async request => {
      const dossier = await readDossier(request)
      const nu = await request.ctx.read(db => getAanbod(db, dossier.dossierId, aanbodOf(request)))
      return {
        ...blad(request, dossier),
        titel: `Aanbod wijzigen: ${nu.naam}`,
        nu,
        onder: csrf => <Weghalen actie={`${lijstPad(request)}/${nu.aanbodId}/vervalt`} csrf={csrf} />,
      }
    },
    async ({ request, invoer, versie }) => {
      await changeAanbod(request.ctx, idOf(request), { id: aanbodOf(request), versie }, invoer)
      return `${lijstPad(request)}?melding=opgeslagen`
    },
  )
  post(
    app,
    `${LIJST}/:aanbod/vervalt`,
    { ...schrijven, naam: 'vervalt' },
    async ({ request }) => {
      const weg = readVelden(request).weg !== 'nee'
      await removeAanbod(request.ctx, idOf(request), aanbodOf(request), weg)
      return `${lijstPad(request)}?melding=${weg ? 'vervallen' : 'hersteld'}`
    },
    showInventaris,
  )
}

const sortingOf = (request: FastifyRequest) =>
  readFilters(request).sortering(Object.keys(VERGELIJK), STANDAARD)
const idOf = (request: FastifyRequest) => readId(request, 'Dossier')
const readDossier = (request: FastifyRequest) => request.ctx.read(db => getDossier(db, idOf(request)))
const lijstPad = (request: FastifyRequest) => `/beleid/dossiers/${idOf(request)}/aanbod`
/** The last whole year, of which the system knows the figures. */
const lastYear = ({ vandaag }: Ctx) => Number(vandaag.slice(0, 4)) - 1

function aanbodOf(request: FastifyRequest): number {
  const id = numberOrNull((request.params as { aanbod?: string }).aanbod)
  if (id === null) throw notFound('Aanbod')
  return id
}

const kruimels = ({ naam, dossierId }: Dossier) => [
  { naam: 'Beleidsdossiers', href: '/beleid' },
  { naam, href: `/beleid/dossiers/${dossierId}` },
]

/** The inventory; `geweigerd` is what was chosen of the proposals and is not taken over yet. */
async function showInventaris(request: FastifyRequest, reply: FastifyReply, geweigerd?: Geweigerd) {
  const { ctx } = request
  const schrijft = ctx.wie.rechten.has('beleid.schrijven')
  const { dossier, alles, voorstellen, eigen } = await ctx.read(async db => {
    const dossier = await getDossier(db, idOf(request))
    return {
      dossier,
      alles: await listAanbodVanDossier(db, dossier.dossierId, true),
      voorstellen: schrijft ? await listVoorstellen(db, dossier, lastYear(ctx)) : [],
      eigen: dossier.gemeente !== null || (await isRegionaal(db)),
    }
  })
  const aanbod = alles.filter(rij => rij.vervallenOp === null)
  const vervallen = alles.filter(rij => rij.vervallenOp !== null)
  const sortering = sortingOf(request)
  const pad = lijstPad(request)
  return sendPagina(
    request,
    reply,
    csrf => ({
      titel: `Huidig aanbod: ${dossier.naam}`,
      inleiding: 'Wat bieden we nu? Alleen wat hier staat, gaat door de Wegwijzer.',
      kruimels: kruimels(dossier),
      ...tellGedaan(request, MELDINGEN),
      acties: schrijft ? (
        <KnopLink href={`${pad}/nieuw`} soort="hoofd">
          Aanbod toevoegen
        </KnopLink>
      ) : null,
      children: (
        <>
          {aanbod.length === 0 ? (
            <LegeStaat kop="Er staat nog geen aanbod in de inventarisatie">
              {dossier.segmenten.length > 0
                ? 'Begin met wat het systeem weet, hieronder. Voeg daarna toe wat het niet kan weten: subsidies, vrijwilligers en eigen diensten.'
                : 'Koppel eerst segmenten aan het dossier, dan vult het systeem in wat het weet. Of voeg zelf aanbod toe.'}
            </LegeStaat>
          ) : (
            <>
              <Totaalcijfers aanbod={aanbod} />
              <Opvallendheden van={[{ aanbod }]} />
              <Downloadlinks
                naam="aanbod"
                csv={`${pad}/export?formaat=csv`}
                xlsx={`${pad}/export?formaat=xlsx`}
              />
              <Tabel
                bijschrift="Huidig aanbod"
                adres={request.url}
                sortering={sortering}
                rijen={sorteer(aanbod, sortering)}
                sleutel={rij => String(rij.aanbodId)}
                kolommen={columns(pad, schrijft)}
                onder={rij => (rij.bron === '' ? undefined : <small>Bron: {rij.bron}</small>)}
              />
            </>
          )}
          {schrijft ? (
            <Voorstellen
              voorstellen={voorstellen}
              jaar={lastYear(ctx)}
              actie={`${pad}/voorstellen`}
              csrf={csrf}
              geweigerd={geweigerd?.naam === 'voorstellen' ? geweigerd : undefined}
              wijzig={eigen ? `/beleid/dossiers/${dossier.dossierId}/wijzig` : undefined}
            />
          ) : null}
          {vervallen.length === 0 ? null : (
            <Inklap kop={`Uit de inventarisatie gehaald (${vervallen.length})`}>
              <Tabel
                bijschrift="Vervallen aanbod"
                rijen={vervallen}
                sleutel={rij => String(rij.aanbodId)}
                kolommen={[
                  { kop: 'Aanbod', rijkop: true, cel: rij => rij.naam },
                  { kop: 'Aard', cel: rij => AARD[rij.aard] },
                  {
                    kop: 'Terugzetten',
                    cel: rij =>
                      schrijft ? (
                        <Actie
                          actie={`${pad}/${rij.aanbodId}/vervalt`}
                          csrf={csrf}
                          velden={{ weg: 'nee' }}
                          soort="tweede"
                          label={`Zet ${rij.naam} terug`}
                        >
                          Zet terug
                        </Actie>
                      ) : null,
                  },
                ]}
              />
            </Inklap>
          )}
        </>
      ),
    }),
    geweigerd?.problem.status ?? 200,
  )
}

/** Takes an offer out of the inventory. */
function Weghalen({ actie, csrf }: { actie: string; csrf: string }) {
  return (
    <>
      <Kop niveau={2}>Bestaat dit aanbod niet meer?</Kop>
      <Alinea>
        Haal het uit de inventarisatie. Doorlopen waarin het is gebruikt, houden het. U kunt het later
        terugzetten.
      </Alinea>
      <Actie actie={actie} csrf={csrf} soort="gevaar">
        Haal uit de inventarisatie
      </Actie>
    </>
  )
}

const VERGELIJK: Readonly<Record<string, (a: Aanbod, b: Aanbod) => number>> = {
  naam: (a, b) => a.naam.localeCompare(b.naam, 'nl'),
  aard: (a, b) => a.aard.localeCompare(b.aard),
  gebruikers: (a, b) => (a.gebruikers ?? -1) - (b.gebruikers ?? -1),
  kosten: (a, b) => (a.kosten ?? -1) - (b.kosten ?? -1),
}

function sorteer(aanbod: readonly Aanbod[], { kolom, richting }: Sortering): Aanbod[] {
  const vergelijk = VERGELIJK[kolom] ?? VERGELIJK.aard
  const teken = richting === 'op' ? 1 : -1
  // The rows come by name, and stay so where the column makes no difference.
  return aanbod.toSorted((a, b) => teken * (vergelijk?.(a, b) ?? 0))
}

const columns = (pad: string, schrijft: boolean): Kolom<Aanbod>[] => [
  {
    kop: 'Aanbod',
    rijkop: true,
    sorteer: 'naam',
    cel: rij => (schrijft ? <Link href={`${pad}/${rij.aanbodId}`}>{rij.naam}</Link> : rij.naam),
  },
  { kop: 'Aard', sorteer: 'aard', cel: rij => AARD[rij.aard] },
  HOE,
  { kop: 'Voor wie', cel: rij => rij.doelgroep },
  { kop: 'Partners', cel: rij => rij.partners },
  ...CIJFERS,
]
