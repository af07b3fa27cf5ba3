import type { FastifyRequest } from 'fastify'
import type { Exportkolom } from '../../../platform/http/export.ts'
import { formPagina } from '../../../platform/http/formpagina.tsx'
import { lijst } from '../../../platform/http/lijst.tsx'
import type { App } from '../../../platform/http/server.ts'
import { readId, readVelden } from '../../../platform/http/vraag.ts'
import { formatGetal, KnopLink, type Kolom, LegeStaat, Link } from '../../../platform/ui/index.ts'
import { addDossier, changeDossier, closeDossier, demandEigen, loadKeuzes, toGegevens } from './actions.ts'
import { Afloop, Laatstedoorloop, LICHT } from './afloop.tsx'
import { STAAT, type Verkeerslicht, WETTEN, wetNamen } from './rules.ts'
import { countDringend, DOSSIERS, type Dossier, listKeuzes } from './store.ts'
import { DOSSIER, REGIO } from './velden.ts'

const LICHTEN = Object.keys(LICHT) as Verkeerslicht[]
const STATEN = ['geen', ...(Object.keys(STAAT) as (keyof typeof STAAT)[])] as const

/** The register of policy: which policy runs out when, and how far its renewal is. */
export function registerDossiersPages(app: App): void {
  lijst(app, '/beleid', {
    recht: 'beleid.lezen',
    inwoners: null,
    naam: 'dossiers',
    bron: ({ vandaag }) => DOSSIERS(vandaag),
    orde: { kolom: 'loopt_af', richting: 'op' },
    feiten: async (db, { ctx }) => ({
      dringend: await countDringend(db, ctx.vandaag),
      gemeenten: (await listKeuzes(db)).gemeenten,
    }),
    filters: ({ gemeenten }) => ({
      zoek: { soort: 'zoek', hulp: 'Naam, thema of eigenaar' },
      licht: {
        soort: 'keuze',
        label: 'Loopt af',
        opties: [
          { waarde: 'dringend', naam: 'Dringend: (bijna) verlopen, zonder doorloop' },
          ...LICHTEN.map(waarde => ({ waarde, naam: LICHT[waarde].naam })),
        ],
      },
      doorloop: {
        soort: 'keuze',
        label: 'Doorloop',
        opties: STATEN.map(waarde => ({ waarde, naam: waarde === 'geen' ? 'Nog geen' : STAAT[waarde].naam })),
      },
      wet: { soort: 'keuze', label: 'Wet', opties: WETTEN },
      gemeente: {
        soort: 'keuze',
        label: 'Van',
        opties: [{ waarde: REGIO, naam: 'De regio' }, ...gemeenten],
      },
      dossiers: {
        soort: 'keuze',
        label: 'Dossiers',
        leeg: 'Open',
        opties: [{ waarde: 'gesloten', naam: 'Gesloten' }],
      },
    }),
    sleutel: rij => String(rij.dossierId),
    kolommen: (_feiten, { ctx }) => columns(ctx.vandaag, ctx.wie.rechten.has('beleid.bijdragen')),
    bestandsnaam: ({ ctx }) => `beleidsdossiers-${ctx.vandaag}`,
    bestand: () => EXPORT,
    blad: ({ ctx }, { feiten: { dringend } }) => ({
      titel: 'Beleidsdossiers',
      inleiding:
        dringend === 0
          ? 'Geen enkel beleid loopt binnen een half jaar af zonder dat er aan wordt gewerkt.'
          : `${dringend === 1 ? 'Van 1 dossier is' : `Van ${dringend} dossiers is`} het beleid verlopen of loopt het binnen een half jaar af, zonder dat er een doorloop bezig is.`,
      acties: ctx.wie.rechten.has('beleid.schrijven') ? (
        <KnopLink href="/beleid/dossiers/nieuw" soort="hoofd">
          Dossier toevoegen
        </KnopLink>
      ) : undefined,
      leeg: (
        <LegeStaat kop="Er zijn nog geen dossiers">
          Een dossier is beleid met een eigenaar en een einddatum. Voeg er een toe, en loop daarna de
          Wegwijzer door.
        </LegeStaat>
      ),
    }),
  })
  registerFormulieren(app)
}

const BELEID = { naam: 'Beleidsdossiers', href: '/beleid' }

function registerFormulieren(app: App): void {
  const schrijven = { recht: 'beleid.schrijven', velden: DOSSIER } as const
  const idOf = (request: FastifyRequest) => readId(request, 'Dossier')
  formPagina(
    app,
    '/beleid/dossiers/nieuw',
    schrijven,
    async ({ ctx }) => {
      const keuzes = await ctx.read(loadKeuzes)
      const regionaal = keuzes.gemeente?.some(optie => optie.waarde === REGIO) === true
      return {
        titel: 'Dossier toevoegen',
        inleiding: 'Beleid met een eigenaar en een einddatum.',
        kruimels: [BELEID],
        terug: BELEID.href,
        ...(regionaal ? { nu: { gemeente: REGIO } } : {}),
        keuzes,
      }
    },
    async ({ request, invoer }) =>
      `/beleid/dossiers/${await addDossier(request.ctx, invoer)}?melding=opgeslagen`,
  )
  formPagina(
    app,
    '/beleid/dossiers/:id/wijzig',
    schrijven,
    async request => {
      const { dossier, keuzes } = await request.ctx.read(async db => ({
        dossier: await demandEigen(db, idOf(request)),
        keuzes: await loadKeuzes(db),
      }))
      const terug = `/beleid/dossiers/${dossier.dossierId}`
      return {
        titel: `Dossier wijzigen: ${dossier.naam}`,
        inleiding: 'Beleid met een eigenaar en een einddatum.',
        kruimels: [BELEID, { naam: dossier.naam, href: terug }],
        terug,
        nu: toGegevens(dossier),
        keuzes,
      }
    },
    async ({ request, invoer, versie }) => {
      await changeDossier(request.ctx, { id: idOf(request), versie }, invoer)
      return `/beleid/dossiers/${idOf(request)}?melding=opgeslagen`
    },
  )
  const config = { recht: 'beleid.schrijven' } as const
  app.post('/beleid/dossiers/:id/sluit', { config, schema: { hide: true } }, async (request, reply) => {
    const sluit = readVelden(request).sluit === 'ja'
    await closeDossier(request.ctx, idOf(request), sluit)
    return reply.redirect(`/beleid/dossiers/${idOf(request)}?melding=${sluit ? 'gesloten' : 'heropend'}`, 303)
  })
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
