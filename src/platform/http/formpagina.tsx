import type { FastifyReply, FastifyRequest } from 'fastify'
import type { ReactNode } from 'react'
import type { Recht } from '../auth/rollen.ts'
import { Problem } from '../problem.ts'
import { type Eigenschap, type PaginaProps, withQuery } from '../ui/index.ts'
import { type Gegevens, type Invoer, type Keuzes, toInvoer, veldenVan, WAS } from '../velden/formulier.ts'
import { checkGroepen, type Groep } from '../velden/groepen.ts'
import { type Geweigerd, Invulformulier } from '../velden/invulformulier.tsx'
import {
  CONCEPT,
  type Concept,
  closeConcept,
  dropConcept,
  findConcept,
  keepConcept,
  Overtaken,
} from './concept.ts'
import { post, type Verzonden } from './formulierpost.ts'
import { sendPagina } from './pagina.tsx'
import type { App } from './server.ts'
import {
  ALLES,
  addressOf,
  mergeStap,
  NIET_OPGESLAGEN,
  OVERTAKEN,
  readStap,
  STAP,
  Standveld,
  sayConcept,
  sendStap,
  sendTaken,
  TAKEN,
  takeStap,
  Weggooien,
} from './stappen.tsx'
import { readVelden } from './vraag.ts'

/** What stands around the form. */
export interface Formulierblad<V extends object> {
  titel: string
  inleiding: string
  kruimels: readonly { naam: string; href: string }[]
  /** Where to go without saving. */
  terug: string
  /** What is kept; left out for something new. */
  nu?: (Partial<Gegevens<V>> & { versie?: number }) | null
  /** With what some fields open instead of what is kept: a link says it. */
  ingevuld?: Partial<Gegevens<V>>
  /** Which of the fields are asked here; all, unless said. */
  velden?: Partial<V>
  keuzes?: Keuzes
  knop?: string
  /** Other buttons that save it. */
  knoppen?: ReactNode
  melding?: NonNullable<PaginaProps['melding']>
  /** What stands above the fields. */
  boven?: ReactNode
  /** What follows from what stands in them: below them. */
  gevolg?: (invoer: Invoer) => ReactNode
  /** Instead of the form, while nothing can be saved. */
  gesloten?: ReactNode
  /** What stands above a field, by its name. */
  koppen?: Readonly<Record<string, ReactNode>>
  /** What stands below the form: another one on the same thing. */
  onder?: (csrf: string) => ReactNode
  /** What a colleague left, where that is more than these fields. */
  toon?: (nu: never) => readonly Eigenschap[]
}

export interface Formuliersoort<V extends object> {
  recht: Recht
  /** The fields; from the request where they depend on what the form is about: its page names them too, and is then not asked twice. */
  velden: V | ((request: FastifyRequest) => Promise<V>)
  /** The most bytes that it may send, for a form of many long texts. */
  bodyLimit?: number
  /** A long form in parts, each on a page of its own; all on one page stays possible. */
  groepen?: readonly Groep<V>[]
}

/** A form of which somebody can leave the rest for later: one with texts of more than a line. */
const isLang = (velden: object) => veldenVan(velden).some(([, veld]) => (veld.regels ?? 1) > 1)

/**
 * A page that is one form: GET shows it, POST saves and goes on to the address that `save` answers. What stands in a long one is
 * kept for who left it, by itself where there is script and by a button always, until it is saved.
 */
export function formPagina<V extends object>(
  app: App,
  pad: string,
  { recht, velden: gevraagd, bodyLimit, groepen }: Formuliersoort<V>,
  load: (request: FastifyRequest) => Promise<Formulierblad<V>>,
  save: (verzonden: Verzonden) => Promise<string>,
): void {
  const fieldsFor = async (request: FastifyRequest, { velden }: Formulierblad<V>): Promise<V> => {
    if (typeof gevraagd !== 'function') return gevraagd
    const gevonden = (velden as V | undefined) ?? (await gevraagd(request))
    if (groepen !== undefined) checkGroepen(gevonden, groepen)
    return gevonden
  }
  const lang = groepen !== undefined || typeof gevraagd === 'function' || isLang(gevraagd)
  if (groepen !== undefined && typeof gevraagd !== 'function') checkGroepen(gevraagd, groepen)

  const show = async (request: FastifyRequest, reply: FastifyReply, eerder?: Geweigerd) => {
    const blad = await load(request)
    const velden = (await fieldsFor(request, blad)) as V
    const { stand, concept } = lang ? await findConcept(request.ctx, addressOf(request)) : GEEN
    const stap = groepen && eerder === undefined ? readStap(request, groepen) : ALLES
    const staat = {
      velden: (blad.velden ?? velden) as V,
      blad,
      concept,
      stand,
      invoer: concept?.invoer ?? toInvoer(velden, blad.nu ?? null),
    }
    if (groepen && stap === undefined) return sendTaken(request, reply, { ...staat, groepen })
    if (groepen && stap !== ALLES && stap !== undefined)
      return sendStap(request, reply, { ...staat, groepen, stap })
    return sendAlles(request, reply, eerder ?? (concept && asTyped(concept)), { velden, ...blad, stand })
  }

  const sendAlles = (
    request: FastifyRequest,
    reply: FastifyReply,
    geweigerd: Geweigerd | undefined,
    {
      terug,
      nu,
      ingevuld,
      keuzes = {},
      knop = 'Opslaan',
      knoppen,
      boven,
      gevolg,
      gesloten,
      koppen = {},
      onder,
      toon,
      velden,
      stand,
      ...blad
    }: Formulierblad<V> & { velden: Partial<V>; stand: number },
  ) =>
    sendPagina(
      request,
      reply,
      csrf => ({
        ...blad,
        children: gesloten ?? (
          <>
            <Invulformulier
              naam="formulier"
              velden={velden as V}
              actie={addressOf(request)}
              csrf={csrf}
              knop={knop}
              knoppen={knoppen}
              nu={nu ?? null}
              ingevuld={ingevuld}
              keuzes={keuzes}
              geweigerd={geweigerd}
              terug={terug}
              gevolg={gevolg}
              koppen={koppen}
              {...(toon === undefined ? {} : { toon })}
              {...(lang ? { concept: CONCEPT } : {})}
            >
              {lang ? <Standveld stand={stand} /> : null}
              {boven}
            </Invulformulier>
            {geweigerd?.problem.type === 'concept' ? (
              <Weggooien adres={addressOf(request)} csrf={csrf} stand={stand} />
            ) : null}
            {onder?.(csrf)}
          </>
        ),
      }),
      geweigerd?.problem.status ?? 200,
    )

  const keep = async ({ request, versie }: Verzonden, invoer: Invoer) => {
    const { titel } = await load(request)
    const { [WAS]: was = '' } = readVelden(request)
    await keepConcept(request, addressOf(request), { titel, invoer, versie, was })
  }

  /** One part goes with the rest and on to the next; for later it is kept as it is, also when it is not right yet. */
  const takePart = async (verzonden: Verzonden, delen: readonly Groep<V>[], stap: string, later: boolean) => {
    const { request, invoer: getypt } = verzonden
    const adres = addressOf(request)
    const blad = await load(request)
    const { nu, keuzes = {} } = blad
    const velden = (await fieldsFor(request, blad)) as V
    const { concept } = await findConcept(request.ctx, adres)
    const deel = { groepen: delen, stap, eerder: concept?.invoer ?? toInvoer(velden, nu ?? null), getypt }
    if (later) {
      await keep(verzonden, mergeStap(deel).invoer)
      return adres
    }
    const { invoer, naar } = takeStap({ velden, keuzes, ...deel })
    await keep(verzonden, invoer)
    return withQuery(adres, { [STAP]: naar })
  }

  /** What the list of parts saves is what it was shown with: when that is not what there is, it is shown again. */
  const saveAll = async (verzonden: Verzonden) => {
    const { request } = verzonden
    const adres = addressOf(request)
    const heel = readVelden(request)[TAKEN] !== undefined
    closeConcept(request, adres, { heel })
    return save(verzonden).catch((fout: unknown) => {
      if (heel && fout instanceof Overtaken) return withQuery(adres, { melding: OVERTAKEN })
      throw fout
    })
  }

  /** What the form asks: forget what was kept, take one part, keep it for later, or save it. */
  const take = async (verzonden: Verzonden): Promise<string> => {
    const { request, invoer } = verzonden
    const adres = addressOf(request)
    const { [CONCEPT]: wat, [STAP]: stap } = readVelden(request)
    if (wat === 'weg') {
      await dropConcept(request, adres)
      return adres
    }
    if (groepen !== undefined && stap !== undefined)
      return takePart(verzonden, groepen, stap, wat !== undefined)
    if (wat === undefined) return saveAll(verzonden)
    await keep(verzonden, invoer)
    return groepen ? withQuery(adres, { [STAP]: ALLES }) : adres
  }

  /** A part that was refused is shown by itself; anything else with all fields. */
  const showRefused = async (request: FastifyRequest, reply: FastifyReply, geweigerd: Geweigerd) => {
    const groep = groepen?.find(({ naam }) => naam === readVelden(request)[STAP])
    if (groepen === undefined || groep === undefined) return show(request, reply, geweigerd)
    const blad = await load(request)
    const stand = await findConcept(request.ctx, addressOf(request))
    const { invoer } = geweigerd
    const velden = (blad.velden ?? (await fieldsFor(request, blad))) as V
    const staat = { velden, blad, ...stand, invoer, groepen }
    return sendStap(request, reply, { ...staat, stap: groep.naam, geweigerd })
  }

  app.get(pad, { config: { recht }, schema: { hide: true } }, (request, reply) => show(request, reply))
  post(
    app,
    pad,
    { recht, velden: gevraagd, naam: 'formulier', ...(bodyLimit === undefined ? {} : { bodyLimit }) },
    lang ? take : save,
    groepen ? showRefused : show,
  )
}

/** Of a form that is not kept. */
const GEEN = { stand: 0, concept: undefined }

/** What was left, as a form that was not handled yet. */
function asTyped(concept: Concept): Geweigerd {
  const { invoer, versie, was } = concept
  const problem = new Problem(200, 'concept', sayConcept(concept), NIET_OPGESLAGEN)
  return { naam: 'formulier', invoer, versie, was, problem }
}
