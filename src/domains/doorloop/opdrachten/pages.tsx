import type { FastifyReply, FastifyRequest } from 'fastify'
import { gebruikerIdOf } from '../../../platform/auth/gebruikers.ts'
import { formatDatum } from '../../../platform/dates.ts'
import type { Exportkolom } from '../../../platform/http/export.ts'
import { backTo, post } from '../../../platform/http/formulierpost.ts'
import { tellGedaan } from '../../../platform/http/gedaan.ts'
import { lijst } from '../../../platform/http/lijst.tsx'
import { sendPagina } from '../../../platform/http/pagina.tsx'
import type { App } from '../../../platform/http/server.ts'
import { readId } from '../../../platform/http/vraag.ts'
import {
  Beschrijvingslijst,
  formatMoment,
  Kop,
  LegeStaat,
  Link,
  Tijdlijn,
} from '../../../platform/ui/index.ts'
import { type Geweigerd, Invulformulier } from '../../../platform/velden/invulformulier.tsx'
import { listOpties } from '../../../platform/velden/soorten.ts'
import { moveOpdracht, readStapkeuzes } from './actions.ts'
import { KOLOMMEN, Standbadge } from './opdrachtenlijst.tsx'
import { BESTEMMINGEN, OPDRACHTSTAPPEN } from './rules.ts'
import { getOpdracht, listOpdrachtstappen, makeOpdrachten, type Opdracht } from './store.ts'
import { OPDRACHT, STAP } from './velden.ts'

/** What the conclusions became: a list to pick up from, and the page of one with where it came from (cap 10). */
export function registerOpdrachtenPages(app: App): void {
  lijst(app, '/opdrachten', {
    recht: 'beleid.lezen',
    inwoners: null,
    naam: 'opdrachten',
    bron: ({ wie }) => makeOpdrachten(wie.rechten.has('beleid.bijdragen'), gebruikerIdOf(wie)),
    orde: { kolom: 'uiterlijk', richting: 'op' },
    feiten: async () => ({}),
    filters: () => ({
      zoek: { soort: 'zoek', hulp: 'Opdracht, conclusie of dossier' },
      bestemming: {
        soort: 'keuze',
        label: 'Voor',
        opties: listOpties(BESTEMMINGEN),
      },
      staat: {
        soort: 'keuze',
        label: 'Stand',
        opties: [{ waarde: 'te-doen', naam: 'Nog te doen' }, ...listOpties(OPDRACHTSTAPPEN)],
      },
      van: {
        soort: 'keuze',
        label: 'Van wie',
        leeg: 'Iedereen',
        opties: [{ waarde: 'mij', naam: 'Van mij' }],
      },
    }),
    sleutel: o => String(o.opdrachtId),
    kolommen: () => [
      ...KOLOMMEN,
      {
        kop: 'Uit dossier',
        sorteer: 'dossier',
        cel: o => <Link href={`/beleid/dossiers/${o.dossierId}`}>{o.dossier}</Link>,
      },
    ],
    bestandsnaam: ({ ctx }) => `opdrachten-${ctx.vandaag}`,
    bestand: () => EXPORT,
    blad: (_request, { som: { open }, filter }) => {
      const selectie = Object.values(filter).some(waarde => waarde !== '') ? ' in deze selectie' : ''
      return {
        titel: 'Opdrachten uit beleid',
        inleiding:
          open === 0
            ? `Er staat niets open${selectie}.`
            : `${open === 1 ? 'Er staat 1 opdracht' : `Er staan ${open} opdrachten`} open${selectie}. Elke opdracht komt uit een conclusie van de Wegwijzer.`,
        leeg: (
          <LegeStaat kop="Er zijn nog geen opdrachten">
            Een opdracht ontstaat uit een conclusie van de Wegwijzer.
          </LegeStaat>
        ),
      }
    },
  })

  app.get(
    '/opdrachten/:id',
    { config: { recht: 'beleid.lezen' }, schema: { hide: true } },
    (request, reply) => show(request, reply),
  )
  post(
    app,
    '/opdrachten/:id',
    { recht: 'beleid.bijdragen', naam: 'stap', velden: STAP },
    backTo('/opdrachten', 'Opdracht')(moveOpdracht, 'ja'),
    show,
  )
}

async function show(request: FastifyRequest, reply: FastifyReply, geweigerd?: Geweigerd) {
  const { ctx } = request
  const werkt = ctx.wie.rechten.has('beleid.bijdragen')
  const { opdracht, stappen, keuzes } = await ctx.read(async db => {
    const opdracht = await getOpdracht(db, readId(request, 'Opdracht'), werkt)
    return {
      opdracht,
      stappen: await listOpdrachtstappen(db, opdracht.opdrachtId),
      keuzes: await readStapkeuzes(db, opdracht),
    }
  })
  return sendPagina(
    request,
    reply,
    csrf => ({
      titel: 'Opdracht uit beleid',
      inleiding: opdracht.wat,
      kruimels: [{ naam: 'Opdrachten uit beleid', href: '/opdrachten' }],
      ...tellGedaan(request, { ja: 'De opdracht is bijgewerkt' }),
      children: (
        <>
          <Herkomst opdracht={opdracht} werkt={werkt} />
          {werkt ? (
            <>
              <Kop niveau={2}>Werk de opdracht bij</Kop>
              <Invulformulier
                naam="stap"
                velden={STAP}
                nu={opdracht}
                keuzes={keuzes}
                actie={`/opdrachten/${opdracht.opdrachtId}`}
                csrf={csrf}
                knop="Werk bij"
                geweigerd={geweigerd}
                toon={(nu: Opdracht) => [
                  { naam: STAP.staat.kop, waarde: OPDRACHTSTAPPEN[nu.staat].naam },
                  { naam: STAP.eigenaar.kop, waarde: nu.eigenaarNaam },
                  { naam: STAP.resultaat.kop, waarde: nu.resultaat },
                ]}
              />
            </>
          ) : null}
          <Kop niveau={2}>Wat er gebeurde</Kop>
          <Tijdlijn
            label="Geschiedenis van de opdracht, nieuwste bovenaan"
            gebeurtenissen={stappen.map(stap => ({
              op: stap.op.toISOString(),
              moment: formatMoment(stap.op),
              kop: OPDRACHTSTAPPEN[stap.staat].naam,
              ...(stap.door === null ? {} : { door: stap.door }),
              ...(stap.toelichting === '' ? {} : { toelichting: stap.toelichting }),
            }))}
          />
        </>
      ),
    }),
    geweigerd?.problem.status ?? 200,
  )
}

function Herkomst({ opdracht, werkt }: { opdracht: Opdracht; werkt: boolean }) {
  const doorloop = `/beleid/doorlopen/${opdracht.doorloopId}`
  return (
    <Beschrijvingslijst
      items={[
        { naam: 'Stand', waarde: <Standbadge opdracht={opdracht} /> },
        { naam: 'Voor', waarde: OPDRACHT.bestemming.zeg(opdracht.bestemming) },
        { naam: 'Eigenaar', waarde: opdracht.eigenaarNaam },
        { naam: 'Uiterlijk', waarde: opdracht.uiterlijk === null ? null : formatDatum(opdracht.uiterlijk) },
        { naam: 'Segment', waarde: opdracht.segmentNaam },
        {
          naam: 'Uit conclusie',
          waarde: opdracht.geschrapt ? `${opdracht.conclusie} (later geschrapt)` : opdracht.conclusie,
        },
        {
          naam: 'Uit doorloop',
          waarde: (
            <Link href={werkt ? doorloop : `${doorloop}/blad`}>
              {`Doorloop ${opdracht.doorloop} van ${opdracht.dossier}`}
            </Link>
          ),
        },
        { naam: 'Wat ervan kwam', waarde: <span className="sam-eerder">{opdracht.resultaat}</span> },
      ]}
    />
  )
}

const EXPORT: readonly Exportkolom<Opdracht>[] = [
  { kop: 'Opdracht', waarde: o => o.wat },
  { kop: 'Voor', waarde: o => BESTEMMINGEN[o.bestemming].naam },
  { kop: 'Eigenaar', waarde: o => o.eigenaarNaam },
  { kop: 'Uiterlijk', soort: 'datum', waarde: o => o.uiterlijk },
  { kop: 'Stand', waarde: o => OPDRACHTSTAPPEN[o.staat].naam },
  { kop: 'Segment', waarde: o => o.segmentNaam },
  { kop: 'Conclusie', waarde: o => o.conclusie },
  { kop: 'Dossier', waarde: o => o.dossier },
  { kop: 'Wat ervan kwam', waarde: o => o.resultaat },
]
