import type { FastifyRequest } from 'fastify'
import { formatDatum, formatDatumKort } from '../../../platform/dates.ts'
import type { Exportkolom } from '../../../platform/http/export.ts'
import { readFilters } from '../../../platform/http/filter.ts'
import { formPagina } from '../../../platform/http/formpagina.tsx'
import { backTo, post } from '../../../platform/http/formulierpost.ts'
import { lijst } from '../../../platform/http/lijst.tsx'
import type { App } from '../../../platform/http/server.ts'
import { readId, readVraag } from '../../../platform/http/vraag.ts'
import { notFound } from '../../../platform/problem.ts'
import { formatGetal, KnopLink, type Kolom, LegeStaat, Link } from '../../../platform/ui/index.ts'
import { exportColumns } from '../../../platform/velden/formulier.ts'
import { type Bereik, gemeenteOpties, mayWrite, naamVanGemeente, segmentOpties } from '../bereik/rules.ts'
import { readBereik } from '../bereik/store.ts'
import {
  addReikwijdte,
  changeReikwijdte,
  endReikwijdte,
  keuzesVan,
  loadReikwijdte,
  toGegevens,
} from './actions.ts'
import { Oordeelbadge, showReikwijdte } from './detail.tsx'
import { WETNAAM } from './rules.ts'
import { PROTOCOL, type Reikwijdte } from './store.ts'
import { EINDE, NIEUW, REIKWIJDTE, VERSIE } from './velden.ts'

const KRUIMELS = [
  { naam: 'Start', href: '/' },
  { naam: 'Reikwijdte', href: '/reikwijdte' },
]
const back = backTo('/reikwijdte', 'Onderwerp')
const maySchrijven = (request: FastifyRequest) => request.ctx.wie.rechten.has('beleid.schrijven')
/** The day for which the protocol is read. */
const dagVan = (request: FastifyRequest) => readFilters(request).dag('op') ?? request.ctx.vandaag

/** The protocol as it holds on a day, the page of one subject, and every form on it. */
export function registerReikwijdte(app: App): void {
  registerProtocol(app)
  app.get(
    '/reikwijdte/:id',
    { config: { recht: 'beleid.lezen' }, schema: { hide: true } },
    (request, reply) => showReikwijdte(request, reply),
  )
  registerFormulieren(app)
}

function registerProtocol(app: App): void {
  lijst(app, '/reikwijdte', {
    recht: 'beleid.lezen',
    inwoners: null,
    naam: 'onderwerpen',
    bron: PROTOCOL,
    orde: { kolom: 'wet', richting: 'op' },
    feiten: readBereik,
    filters: (bereik, request) => ({
      zoek: { soort: 'zoek', hulp: 'Onderwerp, tekst of voorbeeld' },
      wet: { soort: 'keuze', label: 'Wet', opties: NIEUW.wet.opties ?? [] },
      oordeel: { soort: 'keuze', label: 'Oordeel', opties: REIKWIJDTE.oordeel.opties ?? [] },
      segment: { soort: 'keuze', label: 'Segment', opties: segmentOpties(bereik) },
      gemeente: { soort: 'keuze', label: 'Van wie', opties: gemeenteOpties(bereik, false) },
      op: { soort: 'datum', label: 'Geldt op', standaard: request.ctx.vandaag },
    }),
    sleutel: rij => String(rij.reikwijdteId),
    kolommen: (bereik, request) => kolommenVan(bereik, readVraag(request)),
    bestand: bestandVan,
    bestandsnaam: request => `reikwijdte-${dagVan(request)}`,
    blad: (request, { totaal }) => ({
      titel: 'Reikwijdte',
      inleiding: `Wat koopt de gemeente wel en niet in, en wat is gebruikelijke hulp? ${totaal === 1 ? '1 onderwerp geldt' : `${formatGetal(totaal)} onderwerpen gelden`} op ${formatDatum(dagVan(request))}.`,
      acties: maySchrijven(request) ? (
        <KnopLink href="/reikwijdte/nieuw" soort="hoofd">
          Onderwerp toevoegen
        </KnopLink>
      ) : null,
      leeg: (
        <LegeStaat
          kop="Er is nog niet vastgelegd wat de gemeente wel en niet inkoopt"
          stap={
            maySchrijven(request) ? (
              <KnopLink href="/reikwijdte/nieuw">Leg het eerste onderwerp vast</KnopLink>
            ) : undefined
          }
        >
          Begin met wat bij de toegang het vaakst wordt gevraagd.
        </LegeStaat>
      ),
    }),
  })
}

function registerFormulieren(app: App): void {
  const schrijven = { recht: 'beleid.schrijven' } as const
  formPagina(
    app,
    '/reikwijdte/nieuw',
    { ...schrijven, velden: NIEUW },
    async request => ({
      titel: 'Onderwerp toevoegen',
      inleiding: 'Leg vast wat de gemeente wel en niet inkoopt, en vanaf wanneer.',
      kruimels: KRUIMELS,
      terug: '/reikwijdte',
      keuzes: keuzesVan(await request.ctx.read(readBereik)),
    }),
    async ({ request, invoer }) =>
      `/reikwijdte/${await addReikwijdte(request.ctx, invoer)}?melding=opgeslagen`,
  )
  formPagina(
    app,
    '/reikwijdte/:id/wijzig',
    { ...schrijven, velden: REIKWIJDTE },
    async request => {
      const { onderwerp, versies, bereik } = await loadReikwijdte(request.ctx, readId(request, 'Onderwerp'))
      const [laatste] = versies
      if (!mayWrite(bereik, onderwerp.gemeente) || !laatste) throw notFound('Onderwerp')
      const terug = `/reikwijdte/${onderwerp.reikwijdteId}`
      // The first day is for the user to choose.
      const { vanaf: _, ...nu } = toGegevens(onderwerp, laatste)
      return {
        titel: 'Wijzigen vanaf een datum',
        inleiding: `${onderwerp.onderwerp}. Wat nu geldt, blijft bewaard als eerdere versie.`,
        kruimels: [...KRUIMELS, { naam: onderwerp.onderwerp, href: terug }],
        terug,
        nu,
        keuzes: keuzesVan(bereik),
      }
    },
    back(changeReikwijdte, 'opgeslagen'),
  )
  post(
    app,
    '/reikwijdte/:id/einde',
    { ...schrijven, naam: 'einde', velden: EINDE },
    back(endReikwijdte, 'einde'),
    showReikwijdte,
  )
}

function kolommenVan(bereik: Bereik, { op = '' }: { op?: string | undefined }): Kolom<Reikwijdte>[] {
  const dag = op === '' ? '' : `?op=${encodeURIComponent(op)}`
  return [
    {
      kop: 'Onderwerp',
      rijkop: true,
      sorteer: 'onderwerp',
      cel: r => <Link href={`/reikwijdte/${r.reikwijdteId}${dag}`}>{r.onderwerp}</Link>,
    },
    { kop: 'Wet', sorteer: 'wet', cel: r => WETNAAM[r.wet] },
    { kop: 'Oordeel', heel: true, sorteer: 'oordeel', cel: r => <Oordeelbadge oordeel={r.oordeel} /> },
    { kop: 'Wel', cel: r => r.wel ?? '–' },
    { kop: 'Niet', cel: r => r.niet ?? '–' },
    { kop: 'Van', cel: r => naamVanGemeente(bereik, r.gemeente) },
    { kop: 'Geldt vanaf', heel: true, sorteer: 'begin', cel: r => formatDatumKort(r.begin) },
  ]
}

function bestandVan(bereik: Bereik): Exportkolom<Reikwijdte>[] {
  return [
    { kop: 'Van', waarde: r => naamVanGemeente(bereik, r.gemeente) },
    { kop: 'Wet', waarde: r => WETNAAM[r.wet] },
    { kop: 'Onderwerp', waarde: r => r.onderwerp },
    ...exportColumns(VERSIE),
    { kop: 'Segmenten', waarde: r => REIKWIJDTE.segmenten.zeg(r.segmenten, segmentOpties(bereik)) },
    { kop: 'Geldt vanaf', soort: 'datum', waarde: r => r.begin },
    { kop: 'Geldt tot en met', soort: 'datum', waarde: r => r.eind },
  ]
}
