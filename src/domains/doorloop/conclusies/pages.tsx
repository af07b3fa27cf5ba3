import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Doel } from '../../../platform/db/rij.ts'
import { type Formulierblad, formPagina } from '../../../platform/http/formpagina.tsx'
import { post } from '../../../platform/http/formulierpost.ts'
import { tellGedaan } from '../../../platform/http/gedaan.ts'
import { sendPagina } from '../../../platform/http/pagina.tsx'
import type { App } from '../../../platform/http/server.ts'
import { readId, readVelden, readVraag } from '../../../platform/http/vraag.ts'
import { KnopLink } from '../../../platform/ui/index.ts'
import type { Invoer } from '../../../platform/velden/formulier.ts'
import { getDoorloop } from '../doorloop/deel.ts'
import { Doorloopkader, doorloopKruimels, doorloopPad } from '../doorloop/kader.tsx'
import { listVanDoorloop } from '../opdrachten/store.ts'
import { OPDRACHT } from '../opdrachten/velden.ts'
import { giveOpdracht, readKeuzes, saveConclusie, strikeConclusie } from './actions.ts'
import { kruimelsVan, MELDINGEN, readConclusieId, showConclusie, showRisico } from './detail.tsx'
import { Conclusiekwadranten, Geschrapt } from './kwadranten.tsx'
import { listZonderOpdracht } from './rules.ts'
import { listConclusies } from './store.ts'
import { CONCLUSIE } from './velden.ts'

const PAD = '/beleid/doorlopen/:id/conclusies'
const doorloopIdOf = (request: FastifyRequest) => readId(request, 'Doorloop')
const lijstPad = (doorloopId: number) => `${doorloopPad({ doorloopId })}/conclusies`

/** What the answers lead to: conclusions per building block, each with what it becomes (cap 10, 12). */
export function registerConclusiesPages(app: App): void {
  const recht = 'beleid.schrijven'
  const schema = { hide: true }
  app.get(PAD, { config: { recht: 'beleid.bijdragen' }, schema }, showLijst)
  formPagina(app, `${PAD}/nieuw`, { recht, velden: CONCLUSIE }, loadNieuw, async ({ request, invoer }) => {
    const id = doorloopIdOf(request)
    const conclusie = await saveConclusie(request.ctx, id, null, invoer)
    return `${lijstPad(id)}/${conclusie}?melding=opgeslagen#opdracht`
  })

  app.get(`${PAD}/:conclusie`, { config: { recht }, schema }, (request, reply) =>
    showConclusie(request, reply),
  )
  const form = (pad: string, naam: string, velden: object, save: Opslag) =>
    post(
      app,
      `${PAD}/:conclusie${pad}`,
      { recht, naam, velden },
      async ({ request, invoer, versie }) => {
        const [id, doel] = [doorloopIdOf(request), { id: readConclusieId(request), versie }]
        return `${lijstPad(id)}${await save(request, id, doel, invoer)}`
      },
      showConclusie,
    )
  form('', 'conclusie', CONCLUSIE, async ({ ctx }, id, doel, invoer) => {
    await saveConclusie(ctx, id, doel, invoer)
    return '?melding=opgeslagen'
  })
  form('/schrap', 'schrap', {}, async (request, id, conclusie) => {
    const schrap = readVelden(request).schrap !== 'nee'
    await strikeConclusie(request.ctx, id, conclusie.id, schrap)
    return `?melding=${schrap ? 'geschrapt' : 'hersteld'}`
  })
  form('/opdrachten', 'opdracht', OPDRACHT, async ({ ctx }, id, conclusie, invoer) => {
    await giveOpdracht(ctx, id, conclusie.id, invoer)
    return `/${conclusie.id}?melding=opdracht#opdracht`
  })
}

/** What a form on the page of a conclusion does; answers where to go on, below the conclusions of the run. */
type Opslag = (request: FastifyRequest, doorloopId: number, doel: Doel, invoer: Invoer) => Promise<string>

async function showLijst(request: FastifyRequest, reply: FastifyReply) {
  const { ctx } = request
  const { doorloop, conclusies, geschrapt, opdrachten } = await ctx.read(async db => {
    const doorloop = await getDoorloop(db, doorloopIdOf(request))
    return {
      doorloop,
      conclusies: await listConclusies(db, doorloop.doorloopId),
      geschrapt: await listConclusies(db, doorloop.doorloopId, true),
      opdrachten: await listVanDoorloop(db, doorloop.doorloopId),
    }
  })
  const volgbaar = ctx.wie.rechten.has('beleid.schrijven')
  const schrijft = volgbaar && doorloop.staat === 'loopt'
  const zonder = listZonderOpdracht(conclusies, opdrachten).length
  return sendPagina(request, reply, csrf => ({
    titel: `Conclusies: ${doorloop.dossier}`,
    inleiding:
      conclusies.length === 0
        ? 'Wat betekenen de antwoorden? Trek per bouwsteen een conclusie en geef haar een eigenaar.'
        : `${conclusies.length === 1 ? '1 conclusie' : `${conclusies.length} conclusies`}${zonder === 0 ? ', alle met een opdracht.' : `, waarvan ${zonder} nog zonder opdracht.`}`,
    kruimels: doorloopKruimels(doorloop, true),
    ...tellGedaan(request, MELDINGEN),
    acties: schrijft ? (
      <KnopLink href={`${lijstPad(doorloop.doorloopId)}/nieuw`} soort="hoofd">
        Conclusie toevoegen
      </KnopLink>
    ) : null,
    children: (
      <Doorloopkader doorloop={doorloop} huidig="/conclusies">
        <Conclusiekwadranten {...{ doorloop, conclusies, opdrachten, volgbaar }} />
        <Geschrapt doorloop={doorloop} conclusies={geschrapt} csrf={csrf} mag={schrijft} />
      </Doorloopkader>
    ),
  }))
}

/** The form of a new one; `?kwadrant=` says over which building block. */
async function loadNieuw(request: FastifyRequest): Promise<Formulierblad<typeof CONCLUSIE>> {
  const { doorloop, keuzes } = await request.ctx.read(async db => {
    const doorloop = await getDoorloop(db, doorloopIdOf(request))
    return { doorloop, keuzes: await readKeuzes(db, doorloop, null) }
  })
  const terug = lijstPad(doorloop.doorloopId)
  return {
    titel: 'Conclusie toevoegen',
    inleiding: 'Wat betekenen de antwoorden? Daarna geeft u de conclusie een eigenaar.',
    kruimels: kruimelsVan(doorloop),
    terug,
    nu: { kwadrant: readVraag(request).kwadrant ?? '' },
    keuzes,
    knop: 'Bewaar conclusie',
    gevolg: showRisico(doorloop),
    gesloten:
      doorloop.staat === 'loopt' ? null : (
        <Doorloopkader doorloop={doorloop} huidig="/conclusies">
          <KnopLink href={terug}>Terug naar de conclusies</KnopLink>
        </Doorloopkader>
      ),
  }
}
