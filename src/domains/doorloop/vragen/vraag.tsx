import type { FastifyReply, FastifyRequest } from 'fastify'
import { type Collega, listCollegas } from '../../../platform/auth/gebruikers.ts'
import { readGedaan } from '../../../platform/http/gedaan.ts'
import { sendPagina } from '../../../platform/http/pagina.tsx'
import type { App } from '../../../platform/http/server.ts'
import { formVersie, pick, readId, readVelden, readVersie, readVraag } from '../../../platform/http/vraag.ts'
import { isCorrectable, notFound, type Problem } from '../../../platform/problem.ts'
import { Melding, type Optie, Stappen } from '../../../platform/ui/index.ts'
import { getDoorloop } from '../doorloop/deel.ts'
import { doorloopKruimels, doorloopPad } from '../doorloop/kader.tsx'
import { isAf, nextNa, nextVraag, type Standen } from '../doorloop/rules.ts'
import { countAanbod, type Doorloop, findDeel, listDeelversies, mapStanden } from '../doorloop/store.ts'
import { type GeplaatsteVraag, listVragen, type Methode } from '../methode/rules.ts'
import {
  type Antwoord,
  type Antwoordinvoer,
  addBijdrage,
  answerBijdrage,
  checkOpen,
  getVraag,
  saveAntwoord,
} from './actions.ts'
import { Antwoorddeel, Antwoordformulier, Verder, Versies, Voorbeeld } from './antwoord.tsx'
import { Bijdragedeel } from './bijdragen.tsx'
import { listBijdragen } from './store.ts'

/** Earlier versions that stand on the page by themselves: an answer can be long, and be saved often. */
const VERSIES = 10

const MELDINGEN: Readonly<Record<string, string>> = {
  opgeslagen: 'Het antwoord is opgeslagen',
  bijdrage: 'Uw bijdrage is toegevoegd. U ziet op uw startpagina wat ermee gebeurt.',
  reactie: 'De reactie is opgeslagen; wie het bijdroeg ziet haar op de startpagina',
}

/** One question: the worked example beside it, the answer, and what others add (cap 3). */
export function registerVraagPages(app: App): void {
  const lezen = { config: { recht: 'beleid.bijdragen' }, schema: { hide: true } } as const
  const schrijven = { config: { recht: 'beleid.schrijven' }, schema: { hide: true } } as const
  const pad = '/beleid/doorlopen/:id/vragen/:vraag'

  app.get(pad, lezen, (request, reply) => show(request, reply, {}))

  app.post(pad, schrijven, async (request, reply) => {
    const velden = readVelden(request)
    const invoer: Antwoordinvoer = {
      staat: velden.staat ?? '',
      tekst: velden.tekst ?? '',
      reden: velden.reden ?? '',
      bronnen: velden.bronnen ?? '',
      openPunten: velden.openPunten ?? '',
      eigenaar: velden.eigenaar ?? '',
      versie: readVersie(request),
    }
    const doorloopId = readId(request, 'Doorloop')
    return orShow(request, reply, { antwoord: invoer }, async () => {
      await saveAntwoord(request.ctx, doorloopId, readCode(request), invoer)
      return 'opgeslagen'
    })
  })

  app.post(`${pad}/bijdragen`, lezen, async (request, reply) => {
    const velden = readVelden(request)
    const invoer = { soort: velden.soort ?? '', tekst: velden.bijdrage ?? '' }
    return orShow(request, reply, { bijdrage: invoer }, async () => {
      await addBijdrage(request.ctx, readId(request, 'Doorloop'), readCode(request), invoer)
      return 'bijdrage'
    })
  })

  app.post(`${pad}/bijdragen/:bijdrage`, schrijven, async (request, reply) => {
    const { bijdrage = '' } = request.params as { bijdrage?: string }
    if (!/^[1-9]\d{0,14}$/.test(bijdrage)) throw notFound('Bijdrage')
    const velden = readVelden(request)
    const invoer = {
      uitkomst: velden[`uitkomst-${bijdrage}`] ?? '',
      reactie: velden[`reactie-${bijdrage}`] ?? '',
    }
    return orShow(request, reply, { reactie: { bijdrageId: Number(bijdrage), ...invoer } }, async () => {
      await answerBijdrage(
        request.ctx,
        readId(request, 'Doorloop'),
        readCode(request),
        Number(bijdrage),
        invoer,
      )
      return 'reactie'
    })
  })
}

/** What was typed and refused, to show again. */
export interface Getypt {
  antwoord?: Antwoordinvoer
  bijdrage?: { soort: string; tekst: string }
  reactie?: { bijdrageId: number; uitkomst: string; reactie: string }
}

function readCode(request: FastifyRequest): string {
  return (request.params as { vraag?: string }).vraag ?? ''
}

async function orShow(
  request: FastifyRequest,
  reply: FastifyReply,
  getypt: Getypt,
  doe: () => Promise<keyof typeof MELDINGEN>,
) {
  try {
    const melding = await doe()
    const deel = melding === 'opgeslagen' ? '' : '#bijdragen'
    const pad = `/beleid/doorlopen/${readId(request, 'Doorloop')}/vragen/${readCode(request)}`
    return reply.redirect(`${pad}?melding=${melding}${deel}`, 303)
  } catch (problem) {
    if (!isCorrectable(problem)) throw problem
    return show(request, reply, getypt, problem)
  }
}

async function show(request: FastifyRequest, reply: FastifyReply, getypt: Getypt, problem?: Problem) {
  const { ctx } = request
  const code = readCode(request)
  const { doorloop, geplaatst, standen, aanbod, mag, deel, versies, bijdragen, collegas } = await ctx.read(
    async db => {
      const gevonden = await getDoorloop(db, readId(request, 'Doorloop'))
      const plaats = getVraag(gevonden, code)
      return {
        doorloop: gevonden,
        geplaatst: plaats,
        standen: await mapStanden(db, gevonden.doorloopId),
        aanbod: await countAanbod(db, gevonden.dossierId),
        mag: await checkOpen(db, gevonden, plaats),
        deel: await findDeel<Antwoord>(db, gevonden.doorloopId, 'antwoord', code),
        versies: await listDeelversies<Antwoord>(
          db,
          gevonden.doorloopId,
          'antwoord',
          code,
          readVraag(request).versies === 'alle' ? null : VERSIES + 1,
        ),
        bijdragen: await listBijdragen(db, gevonden.doorloopId, code),
        collegas: await listCollegas(db, 'beleid.bijdragen', gevonden.gemeente),
      }
    },
  )
  const { vraag } = geplaatst
  const lopend = doorloop.staat === 'loopt'
  const schrijft = lopend && ctx.wie.rechten.has('beleid.schrijven')
  const pad = `${doorloopPad(doorloop)}/vragen/${code}`
  const eigenaren = toEigenaren(collegas, deel?.inhoud)
  const bijAntwoord = getypt.antwoord === undefined ? undefined : problem
  const melding = readGedaan(request).melding ?? ''
  const tekst = pick(MELDINGEN, melding)
  return sendPagina(
    request,
    reply,
    csrf => ({
      titel: vraag.tekst,
      inleiding: `Vraag ${nummerVan(doorloop.methode, code)} van ${listVragen(doorloop.methode).length}: ${geplaatst.kwadrant.naam.toLowerCase()}.`,
      kruimels: doorloopKruimels(doorloop, true),
      ...(tekst === undefined ? {} : { melding: { soort: 'succes' as const, tekst } }),
      children: (
        <>
          {melding === 'opgeslagen' && schrijft ? (
            <Verder
              doorloop={doorloop}
              klaar={nextVraag(doorloop.methode, standen) === undefined}
              volgende={nextNa(doorloop.methode, code, { standen, aanbod })}
            />
          ) : null}
          <Buurvragen doorloop={doorloop} standen={standen} huidig={geplaatst} />
          <div className="sam-tweeluik">
            <div>
              {!lopend || mag.ok ? null : (
                <Melding soort="info" kop="Deze vraag is nog niet aan de beurt">
                  {mag.reden}
                </Melding>
              )}
              {schrijft && mag.ok ? (
                <Antwoordformulier
                  actie={pad}
                  csrf={csrf}
                  deel={deel}
                  eigenaren={eigenaren}
                  {...(getypt.antwoord === undefined ? {} : { getypt: getypt.antwoord })}
                  {...(bijAntwoord === undefined ? {} : { problem: bijAntwoord })}
                  versie={formVersie(request, deel, getypt.antwoord && problem)}
                />
              ) : (
                <Antwoorddeel deel={deel} />
              )}
              <Versies versies={versies} allemaal={`${pad}?versies=alle`} />
            </div>
            <div>
              <Voorbeeld doorloop={doorloop} vraag={vraag} />
            </div>
          </div>
          <Bijdragedeel
            pad={`${pad}/bijdragen`}
            csrf={csrf}
            bijdragen={bijdragen}
            mag={{ toevoegen: lopend, reageren: schrijft }}
            getypt={getypt}
            {...(getypt.antwoord === undefined && problem !== undefined ? { problem } : {})}
          />
        </>
      ),
    }),
    problem?.status ?? 200,
  )
}

/** Colleagues to choose from, and who owns the answer now although they no longer work here. */
function toEigenaren(collegas: readonly Collega[], antwoord: Antwoord | undefined): Optie[] {
  const opties = collegas.map(c => ({ waarde: String(c.gebruikerId), naam: c.naam }))
  const huidig = String(antwoord?.eigenaarId ?? '')
  return huidig === '' || opties.some(optie => optie.waarde === huidig)
    ? opties
    : [
        ...opties,
        { waarde: huidig, naam: `${antwoord?.eigenaar ?? 'Onbekend'} (werkt niet meer aan dit beleid)` },
      ]
}

function nummerVan(methode: Methode, code: string): number {
  return listVragen(methode).findIndex(({ vraag }) => vraag.code === code) + 1
}

/** The questions of the same quadrant, to walk through. */
function Buurvragen({
  doorloop,
  standen,
  huidig,
}: {
  doorloop: Doorloop
  standen: Standen
  huidig: GeplaatsteVraag
}) {
  return (
    <Stappen
      eigenNummer
      label={`Vragen over ${huidig.kwadrant.naam.toLowerCase()}`}
      stappen={huidig.kwadrant.vragen.map(vraag => ({
        naam: `Vraag ${nummerVan(doorloop.methode, vraag.code)}`,
        staat: vraag === huidig.vraag ? 'nu' : isAf(standen, vraag.code) ? 'klaar' : 'straks',
        href: `${doorloopPad(doorloop)}/vragen/${vraag.code}`,
      }))}
    />
  )
}
