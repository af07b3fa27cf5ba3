import type { FastifyReply, FastifyRequest } from 'fastify'
import { formatDatum } from '../../../platform/dates.ts'
import { sendPagina } from '../../../platform/http/pagina.tsx'
import type { App } from '../../../platform/http/server.ts'
import { formVersie, readAlle, readId, readVelden, readVersie } from '../../../platform/http/vraag.ts'
import { isCorrectable, notFound, type Problem } from '../../../platform/problem.ts'
import {
  Botsingmelding,
  bindInvoer,
  Datumveld,
  Formulier,
  Keuzelijst,
  Keuzerondjes,
  Knop,
  KnopLink,
  Knoppen,
  Tekstveld,
  Vinkjes,
} from '../../../platform/ui/index.ts'
import { type Bereik, gemeenteOpties, mayWrite } from '../bereik/rules.ts'
import { readBereik } from '../bereik/store.ts'
import { addReikwijdte, changeReikwijdte, endReikwijdte, loadReikwijdte } from './actions.ts'
import { oordeelnaam, showReikwijdte, WETNAAM } from './blad.tsx'
import { type Invoer, toInvoer } from './invoer.ts'
import { OORDELEN, type Versie, WETTEN } from './rules.ts'
import type { Onderwerp } from './store.ts'

const LEEG: Invoer = {
  gemeente: '',
  wet: '',
  onderwerp: '',
  segmenten: [],
  vanaf: '',
  oordeel: '',
  wel: '',
  niet: '',
  voorbeeldenWel: '',
  voorbeeldenNiet: '',
  normaliseren: '',
  grond: '',
}

/** Adding a subject, laying down what holds from a day on, and ending it. */
export function registerReikwijdteBewerken(app: App): void {
  const config = { recht: 'beleid.schrijven' } as const
  const schema = { hide: true }

  app.get('/reikwijdte/nieuw', { config, schema }, (request, reply) => showForm(request, reply, { id: null }))
  app.post('/reikwijdte/nieuw', { config, schema }, (request, reply) => save(request, reply, null))
  app.get('/reikwijdte/:id/wijzig', { config, schema }, (request, reply) =>
    showForm(request, reply, { id: readId(request, 'Onderwerp') }),
  )
  app.post('/reikwijdte/:id/wijzig', { config, schema }, (request, reply) =>
    save(request, reply, readId(request, 'Onderwerp')),
  )
  app.post('/reikwijdte/:id/einde', { config, schema }, async (request, reply) => {
    const id = readId(request, 'Onderwerp')
    const { vanaf = '' } = readVelden(request)
    try {
      await endReikwijdte(request.ctx, { id, versie: readVersie(request) }, vanaf)
      return reply.redirect(`/reikwijdte/${id}?melding=einde`, 303)
    } catch (problem) {
      if (!isCorrectable(problem)) throw problem
      return showReikwijdte(request, reply, { vanaf, problem })
    }
  })
}

async function save(request: FastifyRequest, reply: FastifyReply, id: number | null) {
  const velden = readVelden(request)
  const veld = (naam: string) => velden[naam] ?? ''
  const invoer: Invoer = {
    gemeente: veld('gemeente'),
    wet: veld('wet'),
    onderwerp: veld('onderwerp'),
    segmenten: readAlle(request.body, 'segmenten'),
    vanaf: veld('vanaf'),
    oordeel: veld('oordeel'),
    wel: veld('wel'),
    niet: veld('niet'),
    voorbeeldenWel: veld('voorbeeldenWel'),
    voorbeeldenNiet: veld('voorbeeldenNiet'),
    normaliseren: veld('normaliseren'),
    grond: veld('grond'),
  }
  try {
    if (id === null) {
      const nieuw = await addReikwijdte(request.ctx, invoer)
      return reply.redirect(`/reikwijdte/${nieuw}?melding=opgeslagen`, 303)
    }
    await changeReikwijdte(request.ctx, { id, versie: readVersie(request) }, invoer)
    return reply.redirect(`/reikwijdte/${id}?melding=opgeslagen`, 303)
  } catch (problem) {
    if (!isCorrectable(problem)) throw problem
    return showForm(request, reply, { id, invoer, problem })
  }
}

async function showForm(
  request: FastifyRequest,
  reply: FastifyReply,
  { id, invoer, problem }: { id: number | null; invoer?: Invoer; problem?: Problem },
) {
  const { onderwerp, versies, bereik } =
    id === null
      ? { onderwerp: null, versies: [], bereik: await request.ctx.read(readBereik) }
      : await loadReikwijdte(request.ctx, id)
  if (onderwerp !== null && !mayWrite(bereik, onderwerp.gemeente)) throw notFound('Onderwerp')
  return sendPagina(
    request,
    reply,
    csrf => ({
      titel: onderwerp === null ? 'Onderwerp toevoegen' : 'Wijzigen vanaf een datum',
      inleiding:
        onderwerp === null
          ? 'Leg vast wat de gemeente wel en niet inkoopt, en vanaf wanneer.'
          : `${onderwerp.onderwerp}. Wat nu geldt, blijft bewaard als eerdere versie.`,
      kruimels: [
        { naam: 'Start', href: '/' },
        { naam: 'Reikwijdte', href: '/reikwijdte' },
        ...(onderwerp === null ? [] : [{ naam: onderwerp.onderwerp, href: `/reikwijdte/${id}` }]),
      ],
      children: (
        <Reikwijdteformulier
          csrf={csrf}
          onderwerp={onderwerp}
          invoer={invoer ?? (onderwerp === null ? LEEG : toInvoer(onderwerp, versies[0]))}
          versie={formVersie(request, onderwerp, problem)}
          bereik={bereik}
          {...(problem === undefined ? {} : { problem })}
        />
      ),
    }),
    problem?.status ?? 200,
  )
}

interface FormulierProps {
  csrf: string
  onderwerp: Onderwerp | null
  invoer: Invoer
  versie: number
  bereik: Bereik
  problem?: Problem
}

function Reikwijdteformulier({ csrf, onderwerp, invoer, versie, bereik, problem }: FormulierProps) {
  const fouten = problem?.fouten ?? []
  const veld = bindInvoer(invoer, fouten)
  const pad = onderwerp === null ? '/reikwijdte' : `/reikwijdte/${onderwerp.reikwijdteId}`
  const lang = (naam: Exclude<keyof Invoer, 'segmenten'>, label: string, hulp?: string) => (
    <Tekstveld
      {...veld(naam)}
      label={label}
      regels={3}
      verplicht={false}
      {...(hulp === undefined ? {} : { hulp })}
    />
  )
  return (
    <>
      <Botsingmelding problem={problem} toon={opHetFormulier(bereik)} />
      <Formulier
        actie={onderwerp === null ? '/reikwijdte/nieuw' : `${pad}/wijzig`}
        csrf={csrf}
        fouten={fouten}
      >
        <input type="hidden" name="versie" value={versie} />
        {onderwerp === null ? (
          <>
            <Keuzelijst
              {...veld('gemeente')}
              label="Voor wie geldt dit?"
              leeg="Kies"
              opties={gemeenteOpties(bereik, true)}
            />
            <Keuzelijst
              {...veld('wet')}
              label="Wet"
              leeg="Kies"
              opties={WETTEN.map(waarde => ({ waarde, naam: WETNAAM[waarde] }))}
            />
          </>
        ) : null}
        <Tekstveld {...veld('onderwerp')} label="Onderwerp" maxlengte={200} />
        <Datumveld {...veld('vanaf')} label="Geldt vanaf" />
        <Keuzerondjes
          {...veld('oordeel')}
          label="Koopt de gemeente dit in?"
          opties={OORDELEN.map(waarde => ({ waarde, naam: oordeelnaam(waarde) }))}
        />
        {lang('wel', 'Wat koopt de gemeente wel in?')}
        {lang(
          'voorbeeldenWel',
          'Voorbeelden van wel',
          'Eén voorbeeld op een regel; nooit over een echte inwoner',
        )}
        {lang('niet', 'Wat koopt de gemeente niet in?')}
        {lang('voorbeeldenNiet', 'Voorbeelden van niet', 'Eén voorbeeld op een regel')}
        {lang('normaliseren', 'Wat kan eerst in het gewone leven?')}
        <Tekstveld
          {...veld('grond')}
          label="Grond"
          hulp="De wet, de verordening of het besluit waar dit op rust"
          regels={2}
        />
        <Vinkjes
          naam="segmenten"
          label="Segmenten"
          hulp="Bij welke segmenten moet dit te vinden zijn?"
          verplicht={false}
          waarden={invoer.segmenten}
          opties={bereik.segmenten.map(s => ({ waarde: String(s.segmentId), naam: s.naam }))}
          fouten={fouten}
        />
        <Knoppen>
          <Knop>Opslaan</Knop>
          <KnopLink href={pad}>Terug zonder opslaan</KnopLink>
        </Knoppen>
      </Formulier>
    </>
  )
}

/** What the other laid down, as the form says it. */
const opHetFormulier = (bereik: Bereik) => (nu: Onderwerp & { laatste: Versie | undefined }) => [
  { naam: 'Onderwerp', waarde: nu.onderwerp },
  ...(nu.laatste === undefined
    ? []
    : [
        { naam: 'Geldt vanaf', waarde: formatDatum(nu.laatste.begin) },
        { naam: 'Oordeel', waarde: oordeelnaam(nu.laatste.oordeel) },
        { naam: 'Wel', waarde: nu.laatste.wel },
        { naam: 'Voorbeelden van wel', waarde: nu.laatste.voorbeeldenWel.join('; ') },
        { naam: 'Niet', waarde: nu.laatste.niet },
        { naam: 'Voorbeelden van niet', waarde: nu.laatste.voorbeeldenNiet.join('; ') },
        { naam: 'Eerst in het gewone leven', waarde: nu.laatste.normaliseren },
        { naam: 'Grond', waarde: nu.laatste.grond },
      ]),
  {
    naam: 'Segmenten',
    waarde: bereik.segmenten
      .filter(s => nu.segmenten.includes(s.segmentId))
      .map(s => s.naam)
      .join(', '),
  },
]
