import type { FastifyReply, FastifyRequest } from 'fastify'
import { gebruikerIdOf, listCollegas } from '../../../platform/auth/gebruikers.ts'
import { formatDatum } from '../../../platform/dates.ts'
import { type Exportkolom, MAX_EXPORT, sendExport } from '../../../platform/http/export.ts'
import { readFilters } from '../../../platform/http/filter.ts'
import { readGedaan } from '../../../platform/http/gedaan.ts'
import { sendPagina } from '../../../platform/http/pagina.tsx'
import type { App } from '../../../platform/http/server.ts'
import { likePattern, readId, readVelden, readVersie } from '../../../platform/http/vraag.ts'
import { Botsing, isCorrectable, notFound, type Problem } from '../../../platform/problem.ts'
import {
  Badge,
  Beschrijvingslijst,
  Botsingmelding,
  bindInvoer,
  Filterkeuze,
  Filterzoek,
  Formulier,
  formatMoment,
  Keuzelijst,
  Keuzerondjes,
  Knop,
  Kop,
  LegeStaat,
  Lijstdeel,
  Link,
  Tekstveld,
  Tijdlijn,
} from '../../../platform/ui/index.ts'
import { moveOpdracht } from './actions.ts'
import { KOLOMMEN, STAATTOON } from './opdrachtenlijst.tsx'
import { BESTEMMINGEN, type Bestemming, OPDRACHTSTAPPEN, type Opdrachtstaat } from './rules.ts'
import {
  countOpdrachten,
  type Filter,
  findOpdracht,
  listOpdrachten,
  listOpdrachtstappen,
  type Opdracht,
  SORTEERBAAR,
} from './store.ts'

const PER_PAGINA = 50
const FILTERS = ['zoek', 'bestemming', 'staat', 'van']
const STANDAARD = { kolom: 'uiterlijk', richting: 'op' } as const
const STATEN = ['te-doen', ...(Object.keys(OPDRACHTSTAPPEN) as Opdrachtstaat[])] as const

/** What the conclusions became: a list to pick up from, and the page of one with where it came from (cap 10). */
export function registerOpdrachtenPages(app: App): void {
  const lezen = { config: { recht: 'beleid.lezen' }, schema: { hide: true } } as const
  const oppakken = { config: { recht: 'beleid.bijdragen' }, schema: { hide: true } } as const

  app.get('/opdrachten', lezen, async (request, reply) => {
    const { ctx } = request
    const { vraag, filter, sortering } = readSelectie(request)
    const pagina = readFilters(request).pagina()
    const werkt = ctx.wie.rechten.has('beleid.bijdragen')
    const { rijen, totaal, open } = await ctx.read(async db => ({
      rijen: await listOpdrachten(db, filter, werkt, sortering, {
        aantal: PER_PAGINA,
        vanaf: (pagina - 1) * PER_PAGINA,
      }),
      totaal: await countOpdrachten(db, filter, werkt),
      open: await countOpdrachten(db, { ...filter, staat: 'te-doen' }, werkt),
    }))
    const selectie = FILTERS.some(naam => (vraag[naam] ?? '') !== '') ? ' in deze selectie' : ''
    return sendPagina(request, reply, {
      titel: 'Opdrachten uit beleid',
      inleiding:
        open === 0
          ? `Er staat niets open${selectie}.`
          : `${open === 1 ? 'Er staat 1 opdracht' : `Er staan ${open} opdrachten`} open${selectie}. Elke opdracht komt uit een conclusie van de Wegwijzer.`,
      children: (
        <Lijstdeel
          adres={request.url}
          naam="opdrachten"
          filters={FILTERS}
          velden={
            <>
              <Filterzoek waarde={vraag.zoek} hulp="Opdracht, conclusie of dossier" />
              <Filterkeuze
                naam="bestemming"
                label="Voor"
                waarde={vraag.bestemming}
                opties={Object.entries(BESTEMMINGEN).map(([waarde, b]) => ({ waarde, naam: b.naam }))}
              />
              <Filterkeuze
                naam="staat"
                label="Stand"
                waarde={vraag.staat}
                opties={STATEN.map(waarde => ({
                  waarde,
                  naam: waarde === 'te-doen' ? 'Nog te doen' : OPDRACHTSTAPPEN[waarde].naam,
                }))}
              />
              <Filterkeuze
                naam="van"
                label="Van wie"
                waarde={vraag.van}
                leeg="Iedereen"
                opties={[{ waarde: 'mij', naam: 'Van mij' }]}
              />
            </>
          }
          kolommen={[
            ...KOLOMMEN,
            {
              kop: 'Uit dossier',
              sorteer: 'dossier',
              cel: o => <Link href={`/beleid/dossiers/${o.dossierId}`}>{o.dossier}</Link>,
            },
          ]}
          rijen={rijen}
          sleutel={o => String(o.opdrachtId)}
          sortering={sortering}
          pagina={pagina}
          perPagina={PER_PAGINA}
          totaal={totaal}
          exportPad="/opdrachten/export"
          leeg={
            <LegeStaat kop="Er zijn nog geen opdrachten">
              Een opdracht ontstaat uit een conclusie van de Wegwijzer.
            </LegeStaat>
          }
        />
      ),
    })
  })

  app.get('/opdrachten/export', lezen, async (request, reply) => {
    const { filter, sortering } = readSelectie(request)
    const rijen = await request.ctx.read(db =>
      listOpdrachten(db, filter, request.ctx.wie.rechten.has('beleid.bijdragen'), sortering, {
        aantal: MAX_EXPORT,
        vanaf: 0,
      }),
    )
    return sendExport(reply, `opdrachten-${request.ctx.vandaag}`, EXPORT, rijen)
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

function readSelectie(request: FastifyRequest) {
  const lees = readFilters(request)
  const { vraag } = lees
  const filter: Filter = {
    zoek: likePattern(vraag.zoek),
    bestemming: lees.keuze('bestemming', Object.keys(BESTEMMINGEN) as Bestemming[]),
    staat: lees.keuze('staat', STATEN),
    eigenaar: lees.keuze('van', ['mij']) === 'mij' ? gebruikerIdOf(request.ctx.wie) : null,
  }
  return { vraag, filter, sortering: lees.sortering(SORTEERBAAR, STANDAARD) }
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
