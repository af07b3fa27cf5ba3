import type { FastifyReply, FastifyRequest } from 'fastify'
import { listCollegas } from '../../../platform/auth/gebruikers.ts'
import { readGedaan } from '../../../platform/http/gedaan.ts'
import { sendPagina } from '../../../platform/http/pagina.tsx'
import type { App } from '../../../platform/http/server.ts'
import {
  formVersie,
  pick,
  readAlle,
  readId,
  readVelden,
  readVersie,
  readVraag,
} from '../../../platform/http/vraag.ts'
import { isCorrectable, notFound, type Problem } from '../../../platform/problem.ts'
import { Actie, KnopLink, Kop, Melding } from '../../../platform/ui/index.ts'
import { listKeuzes } from '../../dossiers/index.ts'
import { getDoorloop } from '../doorloop/deel.ts'
import { Doorloopkader, doorloopKruimels, doorloopPad } from '../doorloop/kader.tsx'
import type { Opdrachtinvoer } from '../opdrachten/invoer.ts'
import { Opdrachtenlijst } from '../opdrachten/opdrachtenlijst.tsx'
import { listVanDoorloop } from '../opdrachten/store.ts'
import {
  type Conclusieinvoer,
  getConclusie,
  giveOpdracht,
  listKiesbaar,
  saveConclusie,
  strikeConclusie,
} from './actions.ts'
import { Conclusieformulier, LEEG, LEGE_OPDRACHT, Opdrachtformulier, toInvoer } from './formulier.tsx'
import { Conclusiekwadranten, Geschrapt } from './kwadranten.tsx'
import { listZonderOpdracht } from './rules.ts'
import { listConclusies } from './store.ts'

const MELDINGEN: Readonly<Record<string, string>> = {
  opgeslagen: 'De conclusie is opgeslagen',
  geschrapt: 'De conclusie is geschrapt; u kunt haar terugzetten',
  hersteld: 'De conclusie staat er weer',
  opdracht: 'De opdracht is gegeven. De eigenaar ziet haar op de startpagina.',
}

/** What the answers lead to: conclusions per building block, each with what it becomes (cap 10, 12). */
export function registerConclusiesPages(app: App): void {
  const lezen = { config: { recht: 'beleid.bijdragen' }, schema: { hide: true } } as const
  const schrijven = { config: { recht: 'beleid.schrijven' }, schema: { hide: true } } as const
  const lijst = '/beleid/doorlopen/:id/conclusies'

  app.get(lijst, lezen, async (request, reply) => {
    const { ctx } = request
    const { doorloop, conclusies, geschrapt, opdrachten } = await ctx.read(async db => {
      const gevonden = await getDoorloop(db, readId(request, 'Doorloop'))
      return {
        doorloop: gevonden,
        conclusies: await listConclusies(db, gevonden.doorloopId),
        geschrapt: await listConclusies(db, gevonden.doorloopId, true),
        opdrachten: await listVanDoorloop(db, gevonden.doorloopId),
      }
    })
    const schrijft = doorloop.staat === 'loopt' && ctx.wie.rechten.has('beleid.schrijven')
    const zonder = listZonderOpdracht(conclusies, opdrachten).length
    const tekst = pick(MELDINGEN, readGedaan(request).melding)
    return sendPagina(request, reply, csrf => ({
      titel: `Conclusies: ${doorloop.dossier}`,
      inleiding:
        conclusies.length === 0
          ? 'Wat betekenen de antwoorden? Trek per bouwsteen een conclusie en geef haar een eigenaar.'
          : `${conclusies.length === 1 ? '1 conclusie' : `${conclusies.length} conclusies`}${zonder === 0 ? ', alle met een opdracht.' : `, waarvan ${zonder} nog zonder opdracht.`}`,
      kruimels: doorloopKruimels(doorloop, true),
      ...(tekst === undefined ? {} : { melding: { soort: 'succes' as const, tekst } }),
      ...(schrijft
        ? {
            acties: (
              <KnopLink href={`${doorloopPad(doorloop)}/conclusies/nieuw`} soort="hoofd">
                Conclusie toevoegen
              </KnopLink>
            ),
          }
        : {}),
      children: (
        <Doorloopkader doorloop={doorloop} huidig="/conclusies">
          <Conclusiekwadranten
            doorloop={doorloop}
            conclusies={conclusies}
            opdrachten={opdrachten}
            volgbaar={ctx.wie.rechten.has('beleid.schrijven')}
          />
          <Geschrapt doorloop={doorloop} conclusies={geschrapt} csrf={csrf} mag={schrijft} />
        </Doorloopkader>
      ),
    }))
  })

  app.get(`${lijst}/nieuw`, schrijven, (request, reply) => showNieuw(request, reply, { invoer: LEEG }))

  app.post(`${lijst}/nieuw`, schrijven, async (request, reply) => {
    const invoer = readInvoer(request)
    const doorloopId = readId(request, 'Doorloop')
    try {
      const conclusieId = await saveConclusie(request.ctx, doorloopId, null, invoer)
      return reply.redirect(
        `/beleid/doorlopen/${doorloopId}/conclusies/${conclusieId}?melding=opgeslagen#opdracht`,
        303,
      )
    } catch (problem) {
      if (!isCorrectable(problem)) throw problem
      return showNieuw(request, reply, { invoer, problem })
    }
  })

  app.get(`${lijst}/:conclusie`, schrijven, (request, reply) => showEen(request, reply, {}))

  app.post(`${lijst}/:conclusie`, schrijven, async (request, reply) => {
    const invoer = readInvoer(request)
    const doorloopId = readId(request, 'Doorloop')
    try {
      const versie = readVersie(request)
      await saveConclusie(request.ctx, doorloopId, { conclusieId: readConclusieId(request), versie }, invoer)
      return reply.redirect(`/beleid/doorlopen/${doorloopId}/conclusies?melding=opgeslagen`, 303)
    } catch (problem) {
      if (!isCorrectable(problem)) throw problem
      return showEen(request, reply, { invoer, problem })
    }
  })

  app.post(`${lijst}/:conclusie/schrap`, schrijven, async (request, reply) => {
    const doorloopId = readId(request, 'Doorloop')
    const schrap = readVelden(request).schrap !== 'nee'
    await strikeConclusie(request.ctx, doorloopId, readConclusieId(request), schrap)
    return reply.redirect(
      `/beleid/doorlopen/${doorloopId}/conclusies?melding=${schrap ? 'geschrapt' : 'hersteld'}`,
      303,
    )
  })

  app.post(`${lijst}/:conclusie/opdrachten`, schrijven, async (request, reply) => {
    const velden = readVelden(request)
    const opdracht: Opdrachtinvoer = {
      bestemming: velden.bestemming ?? '',
      wat: velden.wat ?? '',
      eigenaar: velden.eigenaar ?? '',
      uiterlijk: velden.uiterlijk ?? '',
      segment: velden.segment ?? '',
    }
    const doorloopId = readId(request, 'Doorloop')
    const conclusieId = readConclusieId(request)
    try {
      await giveOpdracht(request.ctx, doorloopId, conclusieId, opdracht)
      return reply.redirect(
        `/beleid/doorlopen/${doorloopId}/conclusies/${conclusieId}?melding=opdracht#opdracht`,
        303,
      )
    } catch (problem) {
      if (!isCorrectable(problem)) throw problem
      return showEen(request, reply, { opdracht, problem })
    }
  })
}

function readConclusieId(request: FastifyRequest): number {
  const { conclusie = '' } = request.params as { conclusie?: string }
  if (!/^[1-9]\d{0,8}$/.test(conclusie)) throw notFound('Conclusie')
  return Number(conclusie)
}

function readInvoer(request: FastifyRequest): Conclusieinvoer {
  const velden = readVelden(request)
  return {
    kwadrant: velden.kwadrant ?? '',
    richting: velden.richting ?? '',
    tekst: velden.tekst ?? '',
    aanbod: velden.aanbod ?? '',
    raakt: velden.raakt ?? '',
    kenmerken: readAlle(request.body, 'kenmerken'),
  }
}

async function showNieuw(
  request: FastifyRequest,
  reply: FastifyReply,
  { invoer, problem }: { invoer: Conclusieinvoer; problem?: Problem },
) {
  const { doorloop, aanbod } = await request.ctx.read(async db => {
    const gevonden = await getDoorloop(db, readId(request, 'Doorloop'))
    return { doorloop: gevonden, aanbod: await listKiesbaar(db, gevonden.dossierId, null) }
  })
  const pad = `${doorloopPad(doorloop)}/conclusies`
  const kwadrant = readVraag(request).kwadrant
  return sendPagina(
    request,
    reply,
    csrf => ({
      titel: 'Conclusie toevoegen',
      kruimels: [...doorloopKruimels(doorloop, true), { naam: 'Conclusies', href: pad }],
      children:
        doorloop.staat === 'loopt' ? (
          <Conclusieformulier
            actie={`${pad}/nieuw`}
            terug={pad}
            csrf={csrf}
            doorloop={doorloop}
            aanbod={aanbod}
            invoer={kwadrant === undefined ? invoer : { ...invoer, kwadrant }}
            versie={0}
            {...(problem === undefined ? {} : { problem })}
          />
        ) : (
          <Doorloopkader doorloop={doorloop} huidig="/conclusies">
            <KnopLink href={pad}>Terug naar de conclusies</KnopLink>
          </Doorloopkader>
        ),
    }),
    problem?.status ?? 200,
  )
}

async function showEen(
  request: FastifyRequest,
  reply: FastifyReply,
  geweigerd: { invoer?: Conclusieinvoer; opdracht?: Opdrachtinvoer; problem?: Problem },
) {
  const { doorloop, conclusie, aanbod, opdrachten, collegas, keuzes } = await request.ctx.read(async db => {
    const gevonden = await getDoorloop(db, readId(request, 'Doorloop'))
    const conclusie = await getConclusie(db, gevonden.doorloopId, readConclusieId(request))
    return {
      doorloop: gevonden,
      conclusie,
      aanbod: await listKiesbaar(db, gevonden.dossierId, conclusie.aanbodId),
      opdrachten: await listVanDoorloop(db, gevonden.doorloopId),
      collegas: await listCollegas(db, 'beleid.bijdragen', gevonden.gemeente),
      keuzes: await listKeuzes(db),
    }
  })
  const pad = `${doorloopPad(doorloop)}/conclusies`
  const { invoer, opdracht, problem } = geweigerd
  const geschrapt = conclusie.geschraptOp !== null
  const schrap = `${pad}/${conclusie.conclusieId}/schrap`
  const eigen = opdrachten.filter(o => o.conclusieId === conclusie.conclusieId)
  const versie = formVersie(request, conclusie, opdracht === undefined ? problem : undefined)
  const tekst = pick(MELDINGEN, readGedaan(request).melding)
  return sendPagina(
    request,
    reply,
    csrf => ({
      titel: 'Conclusie',
      inleiding: conclusie.tekst,
      kruimels: [...doorloopKruimels(doorloop, true), { naam: 'Conclusies', href: pad }],
      ...(tekst === undefined ? {} : { melding: { soort: 'succes' as const, tekst } }),
      children: (
        <>
          {geschrapt ? (
            <Melding soort="waarschuwing" kop="Deze conclusie is geschrapt">
              Zij staat niet op het blad.
              {doorloop.staat === 'loopt' ? (
                <Actie actie={schrap} csrf={csrf} velden={{ schrap: 'nee' }} soort="tweede">
                  Zet terug
                </Actie>
              ) : null}
            </Melding>
          ) : null}
          {doorloop.staat === 'loopt' && (!geschrapt || invoer !== undefined) ? (
            <>
              <Conclusieformulier
                actie={`${pad}/${conclusie.conclusieId}`}
                terug={pad}
                csrf={csrf}
                doorloop={doorloop}
                aanbod={aanbod}
                invoer={invoer ?? toInvoer(conclusie)}
                versie={versie}
                {...(problem === undefined || opdracht !== undefined ? {} : { problem })}
              />
              {geschrapt ? null : (
                <Actie actie={schrap} csrf={csrf} soort="tweede">
                  Schrap deze conclusie
                </Actie>
              )}
            </>
          ) : null}
          <Kop niveau={2} id="opdracht">
            Wat wordt hiervan?
          </Kop>
          <Opdrachtenlijst opdrachten={eigen} leeg="Van deze conclusie is nog geen opdracht gemaakt." />
          {doorloop.staat !== 'ingetrokken' && (!geschrapt || opdracht !== undefined) ? (
            <Opdrachtformulier
              actie={`${pad}/${conclusie.conclusieId}/opdrachten`}
              csrf={csrf}
              collegas={collegas.map(c => ({ waarde: String(c.gebruikerId), naam: c.naam }))}
              segmenten={keuzes.segmenten}
              invoer={opdracht ?? LEGE_OPDRACHT}
              {...(problem === undefined || opdracht === undefined ? {} : { problem })}
            />
          ) : null}
        </>
      ),
    }),
    problem?.status ?? 200,
  )
}
