import type { FastifyReply, FastifyRequest } from 'fastify'
import { gebruikerIdOf, listCollegas } from '../../../platform/auth/gebruikers.ts'
import { formatDatum } from '../../../platform/dates.ts'
import type { Exportkolom } from '../../../platform/http/export.ts'
import { readGedaan } from '../../../platform/http/gedaan.ts'
import { lijst } from '../../../platform/http/lijst.tsx'
import { sendPagina } from '../../../platform/http/pagina.tsx'
import type { App } from '../../../platform/http/server.ts'
import { readId, readVelden, readVersie } from '../../../platform/http/vraag.ts'
import { Botsing, isCorrectable, notFound, type Problem } from '../../../platform/problem.ts'
import {
  Badge,
  Beschrijvingslijst,
  Botsingmelding,
  bindInvoer,
  Formulier,
  formatMoment,
  Keuzelijst,
  Keuzerondjes,
  Knop,
  Kop,
  LegeStaat,
  Link,
  Tekstveld,
  Tijdlijn,
} from '../../../platform/ui/index.ts'
import { moveOpdracht } from './actions.ts'
import { KOLOMMEN, STAATTOON } from './opdrachtenlijst.tsx'
import { BESTEMMINGEN, OPDRACHTSTAPPEN, type Opdrachtstaat } from './rules.ts'
import { findOpdracht, listOpdrachtstappen, makeOpdrachten, type Opdracht } from './store.ts'

const STATEN = ['te-doen', ...(Object.keys(OPDRACHTSTAPPEN) as Opdrachtstaat[])] as const

/** What the conclusions became: a list to pick up from, and the page of one with where it came from (cap 10). */
export function registerOpdrachtenPages(app: App): void {
  const lezen = { config: { recht: 'beleid.lezen' }, schema: { hide: true } } as const
  const oppakken = { config: { recht: 'beleid.bijdragen' }, schema: { hide: true } } as const

  lijst(app, '/opdrachten', {
    recht: 'beleid.lezen',
    naam: 'opdrachten',
    bron: ({ wie }) => makeOpdrachten(wie.rechten.has('beleid.bijdragen'), gebruikerIdOf(wie)),
    orde: { kolom: 'uiterlijk', richting: 'op' },
    feiten: async () => ({}),
    filters: () => ({
      zoek: { soort: 'zoek', hulp: 'Opdracht, conclusie of dossier' },
      bestemming: {
        soort: 'keuze',
        label: 'Voor',
        opties: Object.entries(BESTEMMINGEN).map(([waarde, b]) => ({ waarde, naam: b.naam })),
      },
      staat: {
        soort: 'keuze',
        label: 'Stand',
        opties: STATEN.map(waarde => ({
          waarde,
          naam: waarde === 'te-doen' ? 'Nog te doen' : OPDRACHTSTAPPEN[waarde].naam,
        })),
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

  app.get('/opdrachten/:id', lezen, (request, reply) => show(request, reply, undefined))

  app.post('/opdrachten/:id', oppakken, async (request, reply) => {
    const velden = readVelden(request)
    const invoer = {
      staat: velden.staat ?? '',
      eigenaar: velden.eigenaar ?? '',
      resultaat: velden.resultaat ?? '',
      toelichting: velden.toelichting ?? '',
      versie: readVersie(request),
    }
    const id = readId(request, 'Opdracht')
    try {
      await moveOpdracht(request.ctx, id, invoer)
      return reply.redirect(`/opdrachten/${id}?melding=ja`, 303)
    } catch (problem) {
      if (!isCorrectable(problem)) throw problem
      return show(request, reply, { invoer, problem })
    }
  })
}

interface Getypt {
  staat: string
  eigenaar: string
  resultaat: string
  toelichting: string
  versie: number
}

async function show(
  request: FastifyRequest,
  reply: FastifyReply,
  geweigerd: { invoer: Getypt; problem: Problem } | undefined,
) {
  const { ctx } = request
  const werkt = ctx.wie.rechten.has('beleid.bijdragen')
  const { opdracht, stappen, collegas } = await ctx.read(async db => {
    const gevonden = await findOpdracht(db, readId(request, 'Opdracht'), werkt)
    if (!gevonden) throw notFound('Opdracht')
    return {
      opdracht: gevonden,
      stappen: await listOpdrachtstappen(db, gevonden.opdrachtId),
      collegas: await listCollegas(db, 'beleid.bijdragen', gevonden.gemeente),
    }
  })
  return sendPagina(
    request,
    reply,
    csrf => ({
      titel: 'Opdracht uit beleid',
      inleiding: opdracht.wat,
      kruimels: [{ naam: 'Opdrachten uit beleid', href: '/opdrachten' }],
      ...(readGedaan(request).melding === 'ja'
        ? { melding: { soort: 'succes' as const, tekst: 'De opdracht is bijgewerkt' } }
        : {}),
      children: (
        <>
          <Herkomst opdracht={opdracht} werkt={werkt} />
          {werkt ? (
            <Voortgangformulier
              opdracht={opdracht}
              csrf={csrf}
              collegas={collegas.map(c => ({ waarde: String(c.gebruikerId), naam: c.naam }))}
              {...(geweigerd === undefined ? {} : { geweigerd })}
            />
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
  const doorloop = `Doorloop ${opdracht.doorloop} van ${opdracht.dossier}`
  return (
    <Beschrijvingslijst
      items={[
        {
          naam: 'Stand',
          waarde: <Badge toon={STAATTOON[opdracht.staat]}>{OPDRACHTSTAPPEN[opdracht.staat].naam}</Badge>,
        },
        {
          naam: 'Voor',
          waarde: `${BESTEMMINGEN[opdracht.bestemming].naam}: ${BESTEMMINGEN[opdracht.bestemming].wordt.toLowerCase()}`,
        },
        { naam: 'Eigenaar', waarde: opdracht.eigenaar },
        { naam: 'Uiterlijk', waarde: opdracht.uiterlijk === null ? null : formatDatum(opdracht.uiterlijk) },
        { naam: 'Segment', waarde: opdracht.segment },
        {
          naam: 'Uit conclusie',
          waarde: opdracht.geschrapt ? `${opdracht.conclusie} (later geschrapt)` : opdracht.conclusie,
        },
        {
          naam: 'Uit doorloop',
          waarde: (
            <Link
              href={
                werkt
                  ? `/beleid/doorlopen/${opdracht.doorloopId}`
                  : `/beleid/doorlopen/${opdracht.doorloopId}/blad`
              }
            >
              {doorloop}
            </Link>
          ),
        },
        { naam: 'Wat ervan kwam', waarde: <span className="sam-eerder">{opdracht.resultaat}</span> },
      ]}
    />
  )
}

function Voortgangformulier({
  opdracht,
  csrf,
  collegas,
  geweigerd,
}: {
  opdracht: Opdracht
  csrf: string
  collegas: readonly { waarde: string; naam: string }[]
  geweigerd?: { invoer: Getypt; problem: Problem }
}) {
  const problem = geweigerd?.problem
  const fouten = problem?.fouten ?? []
  const waarde = geweigerd?.invoer ?? {
    staat: opdracht.staat,
    eigenaar: String(opdracht.eigenaarId),
    resultaat: opdracht.resultaat,
    toelichting: '',
    versie: opdracht.versie,
  }
  const versie = problem instanceof Botsing ? (problem.nu as Opdracht).versie : waarde.versie
  const veld = bindInvoer(waarde, fouten)
  const keuzes = [opdracht.staat, ...OPDRACHTSTAPPEN[opdracht.staat].naar]
  return (
    <>
      <Kop niveau={2}>Werk de opdracht bij</Kop>
      <Botsingmelding<Opdracht>
        problem={problem}
        toon={nu => [
          { naam: 'Stand', waarde: OPDRACHTSTAPPEN[nu.staat].naam },
          { naam: 'Eigenaar', waarde: nu.eigenaar },
          { naam: 'Wat ervan kwam', waarde: nu.resultaat },
        ]}
      />
      <Formulier actie={`/opdrachten/${opdracht.opdrachtId}`} csrf={csrf} fouten={fouten}>
        <input type="hidden" name="versie" value={versie} />
        <Keuzerondjes
          {...veld('staat')}
          label="Hoe staat het ervoor?"
          opties={keuzes.map(staat => ({ waarde: staat, naam: OPDRACHTSTAPPEN[staat].naam }))}
        />
        <Keuzelijst
          {...veld('eigenaar')}
          label="Wie pakt dit op?"
          {...(collegas.some(c => c.waarde === waarde.eigenaar) ? {} : { leeg: 'Kies een collega' })}
          opties={collegas}
        />
        <Tekstveld
          {...veld('resultaat')}
          label="Wat is ervan gekomen?"
          hulp="Een spelregel voor de toegang schrijft u hier op."
          regels={4}
          verplichtBij="een opdracht die klaar is of vervalt"
          maxlengte={4000}
        />
        <Tekstveld
          {...veld('toelichting')}
          label="Toelichting bij deze stap"
          regels={2}
          verplicht={false}
          maxlengte={2000}
        />
        <Knop>Werk bij</Knop>
      </Formulier>
    </>
  )
}

const EXPORT: readonly Exportkolom<Opdracht>[] = [
  { kop: 'Opdracht', waarde: o => o.wat },
  { kop: 'Voor', waarde: o => BESTEMMINGEN[o.bestemming].naam },
  { kop: 'Eigenaar', waarde: o => o.eigenaar },
  { kop: 'Uiterlijk', soort: 'datum', waarde: o => o.uiterlijk },
  { kop: 'Stand', waarde: o => OPDRACHTSTAPPEN[o.staat].naam },
  { kop: 'Segment', waarde: o => o.segment },
  { kop: 'Conclusie', waarde: o => o.conclusie },
  { kop: 'Dossier', waarde: o => o.dossier },
  { kop: 'Wat ervan kwam', waarde: o => o.resultaat },
]
