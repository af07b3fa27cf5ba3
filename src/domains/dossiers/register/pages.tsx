import type { FastifyReply, FastifyRequest } from 'fastify'
import { listCollegas } from '../../../platform/auth/gebruikers.ts'
import { type Exportkolom, MAX_EXPORT, sendExport } from '../../../platform/http/export.ts'
import { readFilters } from '../../../platform/http/filter.ts'
import { sendPagina } from '../../../platform/http/pagina.tsx'
import type { App } from '../../../platform/http/server.ts'
import {
  formVersie,
  likePattern,
  readAlle,
  readId,
  readVelden,
  readVersie,
  type readVraag,
} from '../../../platform/http/vraag.ts'
import { isCorrectable, type Problem } from '../../../platform/problem.ts'
import {
  Filterkeuze,
  Filterzoek,
  formatGetal,
  KnopLink,
  type Kolom,
  LegeStaat,
  Lijstdeel,
  Link,
} from '../../../platform/ui/index.ts'
import { closeDossier, demandEigen, saveDossier } from './actions.ts'
import { Afloop, Laatstedoorloop, LICHT } from './afloop.tsx'
import { Dossierformulier, LEEG } from './formulier.tsx'
import { type Dossierinvoer, toInvoer, WETTEN, wetNamen } from './invoer.ts'
import type { Verkeerslicht } from './rules.ts'
import { STAAT } from './rules.ts'
import {
  countDossiers,
  countDringend,
  type Dossier,
  type Filter,
  findDossier,
  listDossiers,
  listKeuzes,
  SORTEERBAAR,
} from './store.ts'

const PER_PAGINA = 50
const STANDAARD = { kolom: 'loopt_af', richting: 'op' } as const
const FILTERS = ['zoek', 'wet', 'gemeente', 'licht', 'doorloop', 'dossiers']
const LICHTEN = Object.keys(LICHT) as Verkeerslicht[]
const STATEN = ['geen', ...(Object.keys(STAAT) as (keyof typeof STAAT)[])] as const

/** The register of policy: which policy runs out when, and how far its renewal is. */
export function registerDossiersPages(app: App): void {
  const lezen = { config: { recht: 'beleid.lezen' }, schema: { hide: true } } as const
  const schrijven = { config: { recht: 'beleid.schrijven' }, schema: { hide: true } } as const

  app.get('/beleid', lezen, async (request, reply) => {
    const { ctx } = request
    const { vraag, selectie, sortering } = readSelectie(request)
    const pagina = readFilters(request).pagina()
    const { rijen, totaal, dringend, keuzes } = await ctx.read(async db => ({
      rijen: await listDossiers(db, selectie, sortering, {
        aantal: PER_PAGINA,
        vanaf: (pagina - 1) * PER_PAGINA,
      }),
      totaal: await countDossiers(db, selectie),
      dringend: await countDringend(db, ctx.vandaag),
      keuzes: await listKeuzes(db),
    }))
    const volgbaar = ctx.wie.rechten.has('beleid.bijdragen')
    return sendPagina(request, reply, {
      titel: 'Beleidsdossiers',
      inleiding:
        dringend === 0
          ? 'Geen enkel beleid loopt binnen een half jaar af zonder dat er aan wordt gewerkt.'
          : `${dringend === 1 ? 'Van 1 dossier is' : `Van ${dringend} dossiers is`} het beleid verlopen of loopt het binnen een half jaar af, zonder dat er een doorloop bezig is.`,
      ...(ctx.wie.rechten.has('beleid.schrijven')
        ? {
            acties: (
              <KnopLink href="/beleid/dossiers/nieuw" soort="hoofd">
                Dossier toevoegen
              </KnopLink>
            ),
          }
        : {}),
      children: (
        <Lijstdeel
          adres={request.url}
          naam="dossiers"
          filters={FILTERS}
          velden={<Filters vraag={vraag} gemeenten={keuzes.gemeenten} />}
          kolommen={columns(ctx.vandaag, volgbaar)}
          rijen={rijen}
          sleutel={rij => String(rij.dossierId)}
          sortering={sortering}
          pagina={pagina}
          perPagina={PER_PAGINA}
          totaal={totaal}
          exportPad="/beleid/export"
          leeg={
            <LegeStaat kop="Er zijn nog geen dossiers">
              Een dossier is beleid met een eigenaar en een einddatum. Voeg er een toe, en loop daarna de
              Wegwijzer door.
            </LegeStaat>
          }
        />
      ),
    })
  })

  app.get('/beleid/export', lezen, async (request, reply) => {
    const { selectie, sortering } = readSelectie(request)
    const rijen = await request.ctx.read(db =>
      listDossiers(db, selectie, sortering, { aantal: MAX_EXPORT, vanaf: 0 }),
    )
    return sendExport(reply, `beleidsdossiers-${request.ctx.vandaag}`, EXPORT, rijen)
  })

  app.get('/beleid/dossiers/nieuw', schrijven, (request, reply) =>
    showForm(request, reply, { doel: null, invoer: LEEG }),
  )
  app.post('/beleid/dossiers/nieuw', schrijven, (request, reply) => save(request, reply, null))
  app.get('/beleid/dossiers/:id/wijzig', schrijven, async (request, reply) => {
    const doel = await request.ctx.read(db => demandEigen(db, readId(request, 'Dossier')))
    return showForm(request, reply, { doel, invoer: toInvoer(doel) })
  })
  app.post('/beleid/dossiers/:id/wijzig', schrijven, (request, reply) =>
    save(request, reply, readId(request, 'Dossier')),
  )
  app.post('/beleid/dossiers/:id/sluit', schrijven, async (request, reply) => {
    const id = readId(request, 'Dossier')
    const sluit = readVelden(request).sluit === 'ja'
    await closeDossier(request.ctx, id, sluit)
    return reply.redirect(`/beleid/dossiers/${id}?melding=${sluit ? 'gesloten' : 'heropend'}`, 303)
  })
}

function Filters({
  vraag,
  gemeenten,
}: {
  vraag: ReturnType<typeof readVraag>
  gemeenten: readonly { waarde: string; naam: string }[]
}) {
  return (
    <>
      <Filterzoek waarde={vraag.zoek} hulp="Naam, thema of eigenaar" />
      <Filterkeuze
        naam="licht"
        label="Loopt af"
        waarde={vraag.licht}
        opties={[
          { waarde: 'dringend', naam: 'Dringend: (bijna) verlopen, zonder doorloop' },
          ...LICHTEN.map(waarde => ({ waarde, naam: LICHT[waarde].naam })),
        ]}
      />
      <Filterkeuze
        naam="doorloop"
        label="Doorloop"
        waarde={vraag.doorloop}
        opties={STATEN.map(waarde => ({ waarde, naam: waarde === 'geen' ? 'Nog geen' : STAAT[waarde].naam }))}
      />
      <Filterkeuze naam="wet" label="Wet" waarde={vraag.wet} opties={WETTEN} />
      <Filterkeuze
        naam="gemeente"
        label="Van"
        waarde={vraag.gemeente}
        opties={[{ waarde: 'regio', naam: 'De regio' }, ...gemeenten]}
      />
      <Filterkeuze
        naam="dossiers"
        label="Dossiers"
        waarde={vraag.dossiers}
        leeg="Open"
        opties={[{ waarde: 'gesloten', naam: 'Gesloten' }]}
      />
    </>
  )
}

function readSelectie(request: FastifyRequest) {
  const lees = readFilters(request)
  const { vraag } = lees
  const filter: Filter = {
    zoek: likePattern(vraag.zoek),
    wet: lees.keuze(
      'wet',
      WETTEN.map(wet => wet.waarde),
    ),
    gemeente: lees.code('gemeente', /^(\d{4}|regio)$/),
    licht: lees.keuze('licht', ['dringend', ...LICHTEN] as const),
    doorloop: lees.keuze('doorloop', STATEN),
    gesloten: lees.keuze('dossiers', ['gesloten']) !== null,
  }
  return {
    vraag,
    sortering: readFilters(request).sortering(SORTEERBAAR, STANDAARD),
    selectie: { filter, vandaag: request.ctx.vandaag },
  }
}

function readInvoer(request: FastifyRequest): Dossierinvoer {
  const velden = readVelden(request)
  return {
    naam: velden.naam ?? '',
    thema: velden.thema ?? '',
    wetten: readAlle(request.body, 'wetten'),
    gemeente: velden.gemeente ?? '',
    toelichting: velden.toelichting ?? '',
    eigenaar: velden.eigenaar ?? '',
    looptAf: velden.looptAf ?? '',
    segmenten: readAlle(request.body, 'segmenten'),
  }
}

async function save(request: FastifyRequest, reply: FastifyReply, id: number | null) {
  const invoer = readInvoer(request)
  const versie = readVersie(request)
  try {
    const dossierId = await saveDossier(request.ctx, id === null ? null : { dossierId: id, versie }, invoer)
    return reply.redirect(`/beleid/dossiers/${dossierId}?melding=opgeslagen`, 303)
  } catch (problem) {
    if (!isCorrectable(problem)) throw problem
    const doel = id === null ? undefined : await request.ctx.read(db => findDossier(db, id))
    return showForm(request, reply, { doel: doel ?? null, invoer, problem })
  }
}

async function showForm(
  request: FastifyRequest,
  reply: FastifyReply,
  stand: { doel: Dossier | null; invoer: Dossierinvoer; problem?: Problem },
) {
  const { doel, invoer, problem } = stand
  const { keuzes, collegas } = await request.ctx.read(async db => ({
    keuzes: await listKeuzes(db),
    collegas: await listCollegas(db, 'beleid.schrijven', undefined),
  }))
  const versie = formVersie(request, doel, problem)
  const terug = doel === null ? '/beleid' : `/beleid/dossiers/${doel.dossierId}`
  return sendPagina(
    request,
    reply,
    csrf => ({
      titel: doel === null ? 'Dossier toevoegen' : `Dossier wijzigen: ${doel.naam}`,
      kruimels: [
        { naam: 'Beleidsdossiers', href: '/beleid' },
        ...(doel === null ? [] : [{ naam: doel.naam, href: terug }]),
      ],
      children: (
        <Dossierformulier
          csrf={csrf}
          actie={doel === null ? '/beleid/dossiers/nieuw' : `/beleid/dossiers/${doel.dossierId}/wijzig`}
          terug={terug}
          invoer={invoer}
          versie={versie}
          regionaal={keuzes.regionaal}
          gemeenten={keuzes.gemeenten}
          segmenten={keuzes.segmenten}
          eigenaren={collegas.map(c => ({ waarde: String(c.gebruikerId), naam: c.naam }))}
          {...(problem === undefined ? {} : { problem })}
        />
      ),
    }),
    problem?.status ?? 200,
  )
}

function columns(vandaag: string, volgbaar: boolean): Kolom<Dossier>[] {
  return [
    {
      kop: 'Dossier',
      rijkop: true,
      sorteer: 'naam',
      cel: rij => <Link href={`/beleid/dossiers/${rij.dossierId}`}>{rij.naam}</Link>,
    },
    { kop: 'Loopt af', sorteer: 'loopt_af', cel: rij => <Afloop dossier={rij} vandaag={vandaag} /> },
    { kop: 'Thema', sorteer: 'thema', cel: rij => rij.thema },
    { kop: 'Wet', cel: rij => wetNamen(rij.wetten) },
    { kop: 'Van', sorteer: 'gemeente', cel: rij => rij.gemeenteNaam ?? 'De regio' },
    { kop: 'Eigenaar', sorteer: 'eigenaar', cel: rij => rij.eigenaar },
    { kop: 'Aanbod', uitlijning: 'rechts', cel: rij => formatGetal(rij.aanbod) },
    { kop: 'Doorloop', actie: true, cel: rij => <Laatstedoorloop dossier={rij} volgbaar={volgbaar} /> },
  ]
}

const EXPORT: readonly Exportkolom<Dossier>[] = [
  { kop: 'Dossier', waarde: rij => rij.naam },
  { kop: 'Thema', waarde: rij => rij.thema },
  { kop: 'Wet', waarde: rij => wetNamen(rij.wetten) },
  { kop: 'Van', waarde: rij => rij.gemeenteNaam ?? 'De regio' },
  { kop: 'Eigenaar', waarde: rij => rij.eigenaar },
  { kop: 'Loopt af', soort: 'datum', waarde: rij => rij.looptAf },
  { kop: 'Segmenten', waarde: rij => rij.segmentnamen.join(', ') },
  { kop: 'Aanbod', soort: 'getal', waarde: rij => rij.aanbod },
  { kop: 'Doorloop', soort: 'getal', waarde: rij => rij.doorloopNummer },
  {
    kop: 'Stand van de doorloop',
    waarde: rij => (rij.doorloopStaat === null ? '' : STAAT[rij.doorloopStaat].naam),
  },
  { kop: 'Vragen af', soort: 'getal', waarde: rij => rij.vragenAf },
]
