import type { FastifyReply, FastifyRequest } from 'fastify'
import { sendPagina } from '../../../platform/http/pagina.tsx'
import type { App } from '../../../platform/http/server.ts'
import { formVersie, readId, readVelden, readVersie } from '../../../platform/http/vraag.ts'
import { isCorrectable, notFound, type Problem } from '../../../platform/problem.ts'
import {
  Botsingmelding,
  bindInvoer,
  Formulier,
  Getalveld,
  Keuzelijst,
  Keuzerondjes,
  Knop,
  KnopLink,
  Knoppen,
  Tekstveld,
} from '../../../platform/ui/index.ts'
import { type Bereik, gemeenteOpties, mayWrite } from '../bereik/rules.ts'
import { readBereik } from '../bereik/store.ts'
import { addResultaat, loadInterventie, saveInterventie, setInGebruik } from './actions.ts'
import { type Geweigerd, kostenzin, showInterventie } from './blad.tsx'
import { type Invoer, toInvoer } from './invoer.ts'
import { BEWIJS, BEWIJZEN } from './rules.ts'
import type { Interventie } from './store.ts'

const VELDEN = [
  'gemeente',
  'naam',
  'omschrijving',
  'bewijs',
  'bewijsToelichting',
  'register',
  'doelgroep',
  'inzetbaarDoor',
  'licentiekosten',
  'licentieToelichting',
  'bron',
] as const satisfies readonly (keyof Invoer)[]

/** Adding, changing, ending and restoring an intervention, and adding a local result. */
export function registerInterventiesBewerken(app: App): void {
  const config = { recht: 'beleid.schrijven' } as const
  const schema = { hide: true }

  app.get('/interventies/nieuw', { config, schema }, (request, reply) =>
    showForm(request, reply, { id: null }),
  )
  app.post('/interventies/nieuw', { config, schema }, (request, reply) => save(request, reply, null))
  app.get('/interventies/:id/wijzig', { config, schema }, (request, reply) =>
    showForm(request, reply, { id: readId(request, 'Interventie') }),
  )
  app.post('/interventies/:id/wijzig', { config, schema }, (request, reply) =>
    save(request, reply, readId(request, 'Interventie')),
  )
  app.post(
    '/interventies/:id/resultaat',
    { config: { recht: 'beleid.bijdragen' }, schema },
    (request, reply) =>
      orShow(request, reply, 'resultaat', (id, velden) => addResultaat(request.ctx, id, velden)),
  )
  app.post('/interventies/:id/einde', { config, schema }, (request, reply) =>
    orShow(request, reply, 'einde', (id, velden) =>
      setInGebruik(request.ctx, { id, versie: readVersie(request) }, velden.reden ?? ''),
    ),
  )
  app.post('/interventies/:id/herstel', { config, schema }, (request, reply) =>
    orShow(request, reply, 'hersteld', id =>
      setInGebruik(request.ctx, { id, versie: readVersie(request) }, null),
    ),
  )
}

/** Does what a form on the page asks; a refusal shows the same page with what was typed. */
async function orShow(
  request: FastifyRequest,
  reply: FastifyReply,
  deel: Geweigerd['deel'],
  actie: (id: number, velden: Geweigerd['velden']) => Promise<void>,
) {
  const id = readId(request, 'Interventie')
  const velden = readVelden(request)
  try {
    await actie(id, velden)
    return reply.redirect(`/interventies/${id}?melding=${deel}`, 303)
  } catch (problem) {
    if (!isCorrectable(problem)) throw problem
    return showInterventie(request, reply, { deel, velden, problem })
  }
}

async function save(request: FastifyRequest, reply: FastifyReply, id: number | null) {
  const velden = readVelden(request)
  const invoer = Object.fromEntries(VELDEN.map(naam => [naam, velden[naam] ?? ''])) as unknown as Invoer
  const doel = id === null ? null : { id, versie: readVersie(request) }
  try {
    const nieuw = await saveInterventie(request.ctx, doel, invoer)
    return reply.redirect(`/interventies/${nieuw}?melding=opgeslagen`, 303)
  } catch (problem) {
    if (!isCorrectable(problem)) throw problem
    return showForm(request, reply, { id, invoer, problem })
  }
}

const LEEG = Object.fromEntries(VELDEN.map(naam => [naam, ''])) as unknown as Invoer

async function showForm(
  request: FastifyRequest,
  reply: FastifyReply,
  { id, invoer, problem }: { id: number | null; invoer?: Invoer; problem?: Problem },
) {
  const { interventie, bereik } =
    id === null
      ? { interventie: null, bereik: await request.ctx.read(readBereik) }
      : await loadInterventie(request.ctx, id)
  if (interventie !== null && !mayWrite(bereik, interventie.gemeente)) throw notFound('Interventie')
  return sendPagina(
    request,
    reply,
    csrf => ({
      titel: interventie === null ? 'Interventie toevoegen' : 'Interventie wijzigen',
      inleiding: interventie?.naam ?? 'Een aanpak die werkt, of die u wilt proberen.',
      kruimels: [
        { naam: 'Start', href: '/' },
        { naam: 'Interventies', href: '/interventies' },
        ...(interventie === null ? [] : [{ naam: interventie.naam, href: `/interventies/${id}` }]),
      ],
      children: (
        <Interventieformulier
          csrf={csrf}
          id={id}
          invoer={invoer ?? (interventie === null ? LEEG : toInvoer(interventie))}
          versie={formVersie(request, interventie, problem)}
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
  id: number | null
  invoer: Invoer
  versie: number
  bereik: Bereik
  problem?: Problem
}

function Interventieformulier({ csrf, id, invoer, versie, bereik, problem }: FormulierProps) {
  const fouten = problem?.fouten ?? []
  const veld = bindInvoer(invoer, fouten)
  const tekst = (naam: keyof Invoer, label: string, meer: object = {}) => (
    <Tekstveld {...veld(naam)} label={label} {...meer} />
  )
  const pad = id === null ? '/interventies' : `/interventies/${id}`
  return (
    <>
      <Botsingmelding problem={problem} toon={opHetFormulier} />
      <Formulier actie={id === null ? `${pad}/nieuw` : `${pad}/wijzig`} csrf={csrf} fouten={fouten}>
        <input type="hidden" name="versie" value={versie} />
        {id === null ? (
          <Keuzelijst
            {...veld('gemeente')}
            label="Voor wie is deze interventie beschikbaar?"
            leeg="Kies"
            opties={gemeenteOpties(bereik, true)}
          />
        ) : (
          <input type="hidden" name="gemeente" value={invoer.gemeente} />
        )}
        {tekst('naam', 'Naam', { maxlengte: 200 })}
        {tekst('omschrijving', 'Wat is het?', { regels: 4 })}
        <Keuzerondjes
          {...veld('bewijs')}
          label="Hoe sterk is het bewijs?"
          opties={BEWIJZEN.map(waarde => ({ waarde, naam: BEWIJS[waarde].naam }))}
        />
        {tekst('bewijsToelichting', 'Waar blijkt dat uit?', { regels: 3, verplicht: false })}
        {tekst('register', 'Register', {
          hulp: 'Bijvoorbeeld: Movisie of NJi',
          breedte: 'half',
          verplicht: false,
        })}
        {tekst('doelgroep', 'Voor welke inwoners?', { regels: 2 })}
        {tekst('inzetbaarDoor', 'Wie kan het inzetten?', { regels: 2 })}
        <Getalveld
          {...veld('licentiekosten')}
          label="Licentiekosten per jaar"
          eenheid="€"
          decimalen
          hulp="Voor één organisatie; 0 als er geen zijn, leeg als het niet bekend is"
          verplicht={false}
        />
        {tekst('licentieToelichting', 'Toelichting op de kosten', { verplicht: false })}
        {tekst('bron', 'Bron', { verplicht: false, maxlengte: 500 })}
        <Knoppen>
          <Knop>Opslaan</Knop>
          <KnopLink href={pad}>Terug zonder opslaan</KnopLink>
        </Knoppen>
      </Formulier>
    </>
  )
}

/** An intervention as the form says it. */
const opHetFormulier = (nu: Interventie) => [
  { naam: 'Naam', waarde: nu.naam },
  { naam: 'Wat is het?', waarde: nu.omschrijving },
  { naam: 'Bewijs', waarde: BEWIJS[nu.bewijs].naam },
  { naam: 'Waar blijkt dat uit?', waarde: nu.bewijsToelichting },
  { naam: 'Register', waarde: nu.register },
  { naam: 'Voor welke inwoners?', waarde: nu.doelgroep },
  { naam: 'Wie kan het inzetten?', waarde: nu.inzetbaarDoor },
  { naam: 'Licentiekosten', waarde: kostenzin(nu) },
  { naam: 'Bron', waarde: nu.bron },
]
