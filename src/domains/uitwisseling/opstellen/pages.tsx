import { randomUUID } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import type { ReactNode } from 'react'
import { demandRegionaal } from '../../../platform/auth/regionaal.ts'
import { addMonths } from '../../../platform/dates.ts'
import { formPagina } from '../../../platform/http/formpagina.tsx'
import { MAX_LANG_FORMULIER } from '../../../platform/http/grenzen.ts'
import type { App } from '../../../platform/http/server.ts'
import { readId, readVelden, readVraag } from '../../../platform/http/vraag.ts'
import { notFound, Voorbij } from '../../../platform/problem.ts'
import { Alinea, Kop } from '../../../platform/ui/index.ts'
import {
  type Gegevens,
  type Invoer,
  type Leesregels,
  readGegevens,
} from '../../../platform/velden/formulier.ts'
import { headGroepen } from '../../../platform/velden/invulformulier.tsx'
import { getLijst } from '../gegevens/actions.ts'
import type { Gegevenslijst } from '../gegevens/lijst.ts'
import { editWeging, getWeging, makeWeging } from '../register/actions.ts'
import { ToestemmingMelding } from '../register/detail.tsx'
import type { Inhoud, Stroom } from '../register/rules.ts'
import { type Keuzes, listKeuzes, type Tekst, type Weging } from '../register/store.ts'
import { watErNuStaat } from './stand.ts'
import {
  checkPeriode,
  checkStroom,
  dpiavelden,
  fromDpia,
  fromHoofd,
  fromStroom,
  HOOFDDELEN,
  type Hoofdvelden,
  hoofdvelden,
  stroomvelden,
  toDpia,
  toHoofd,
  toStroomvelden,
  WEGHALEN,
} from './velden.ts'

/** Of many long texts. */
const LANG = { recht: 'uitwisseling.opstellen', bodyLimit: MAX_LANG_FORMULIER } as const
const JAREN_GELDIG = 2
const KRUIMELS = [{ naam: 'Gegevensuitwisseling', href: '/uitwisselingen' }]

/** A weighing has its own fields, its flows and its DPIA questions; each is a form of its own. */
export function registerOpstellen(app: App): void {
  registerNieuw(app)
  registerBewerking(app, '/uitwisselingen/:id/wijzigen', {
    titel: 'Weging wijzigen',
    knop: 'Opslaan',
    velden: (lijst, { regionaal }) => hoofdvelden(lijst, regionaal),
    nu: toHoofd,
    koppen: () => HOOFDKOPPEN,
    lees: (invoer, { lijst }, keuzes) => {
      const { inhoud, ...hoofd } = readHoofd(invoer, lijst, keuzes)
      return nu => ({ ...hoofd, inhoud: { ...nu.inhoud, ...inhoud } })
    },
  })
  registerBewerking(app, '/uitwisselingen/:id/dpia', {
    titel: 'Is een DPIA nodig?',
    knop: 'Antwoorden opslaan',
    velden: dpiavelden,
    nu: toDpia,
    lees: (invoer, { lijst }) => {
      const dpia = fromDpia(read(dpiavelden(lijst), invoer), lijst)
      return nu => ({ inhoud: { ...nu.inhoud, ...dpia } })
    },
  })
  registerBewerking(app, '/uitwisselingen/:id/stromen/nieuw', {
    titel: 'Stroom toevoegen',
    knop: 'Stroom opslaan',
    velden: stroomvelden,
    nu: () => ({}),
    koppen: stroomkoppen,
    lees: (invoer, { lijst }) => {
      const stroom = readStroom(invoer, lijst, newSleutel())
      return nu => ({ inhoud: metStromen(nu.inhoud, [...nu.inhoud.stromen, stroom]) })
    },
  })
  registerBewerking(app, '/uitwisselingen/:id/stromen/:nummer', {
    titel: 'Stroom wijzigen',
    knop: 'Stroom opslaan',
    velden: lijst => ({ ...stroomvelden(lijst), ...WEGHALEN }),
    nu: (w, request) => {
      const stroom = findStroom(w, request)
      return stroom === undefined ? {} : toStroomvelden(stroom)
    },
    koppen: stroomkoppen,
    boven: (w, request) => {
      const sleutel = readVelden(request).sleutel ?? findStroom(w, request)?.sleutel
      if (sleutel === undefined) throw notFound('Stroom')
      return <input type="hidden" name="sleutel" value={sleutel} />
    },
    lees: (invoer, { lijst }, _, request) => {
      const { sleutel = '' } = readVelden(request)
      if (sleutel === '') throw notFound('Stroom')
      if (invoer.weg?.includes('ja'))
        return nu => ({
          inhoud: metStromen(
            nu.inhoud,
            nu.inhoud.stromen.filter(s => s.sleutel !== sleutel),
          ),
        })
      const stroom = readStroom(invoer, lijst, sleutel)
      return nu => ({ inhoud: metStromen(nu.inhoud, putStroom(nu.inhoud.stromen, stroom)) })
    },
  })
}

interface Bewerking {
  titel: string
  knop: string
  velden: (lijst: Gegevenslijst, keuzes: Keuzes) => object
  /** What is kept, as the fields have it. */
  nu: (w: Weging, request: FastifyRequest) => object
  koppen?: (lijst: Gegevenslijst) => Readonly<Record<string, ReactNode>>
  boven?: (w: Weging, request: FastifyRequest) => ReactNode
  /** Reads the form; answers the change. Throws 400 with every fault. */
  lees: (invoer: Invoer, w: Weging, keuzes: Keuzes, request: FastifyRequest) => (nu: Weging) => Partial<Tekst>
}

/** One form on a draft; what is no draft is shown, not edited. */
function registerBewerking(app: App, pad: string, b: Bewerking): void {
  formPagina<object>(
    app,
    pad,
    {
      ...LANG,
      velden: async request => {
        const { w, keuzes } = await load(request)
        return b.velden(w.lijst, keuzes)
      },
    },
    async request => {
      const { w, keuzes } = await load(request)
      const terug = `/uitwisselingen/${w.wegingId}`
      if (w.staat !== 'concept' && request.method === 'GET')
        throw new Voorbij('vastgelegd', terug, 'Deze weging is geen concept meer', 'Wijzigen kan niet meer.')
      return {
        titel: b.titel,
        inleiding: w.activiteit,
        kruimels: [...KRUIMELS, { naam: w.activiteit, href: terug }],
        terug,
        velden: b.velden(w.lijst, keuzes),
        nu: { versie: w.versie, ...b.nu(w, request) },
        keuzes: toOpties(keuzes),
        koppen: b.koppen?.(w.lijst) ?? {},
        boven: b.boven?.(w, request),
        toon: watErNuStaat,
        knop: b.knop,
      }
    },
    async ({ request, invoer, versie }) => {
      const { w, keuzes } = await load(request)
      const anders = b.lees(invoer, w, keuzes, request)
      await editWeging(request.ctx, w.wegingId, versie, anders, nu => b.nu(nu, request))
      return `/uitwisselingen/${w.wegingId}?gedaan=wijzig`
    },
  )
}

function registerNieuw(app: App): void {
  const load = (request: FastifyRequest) =>
    request.ctx.read(async db => ({ lijst: await getLijst(db), keuzes: await listKeuzes(db) }))
  formPagina<Hoofdvelden>(
    app,
    '/uitwisselingen/nieuw',
    {
      ...LANG,
      groepen: HOOFDDELEN,
      velden: async request => {
        const { lijst, keuzes } = await load(request)
        return hoofdvelden(lijst.inhoud, keuzes.regionaal)
      },
    },
    async request => {
      const { lijst, keuzes } = await load(request)
      const { vandaag } = request.ctx
      // From the page of a dossier it is about that dossier.
      const { dossier = null } = readVraag(request)
      return {
        titel: 'Nieuwe weging',
        inleiding: 'Eerst het doel en wie het raakt. Daarna beschrijft u wie welke gegevens geeft aan wie.',
        kruimels: KRUIMELS,
        terug: '/uitwisselingen',
        velden: hoofdvelden(lijst.inhoud, keuzes.regionaal),
        nu: { geldigVanaf: vandaag, geldigTot: addMonths(vandaag, 12 * JAREN_GELDIG), dossier },
        keuzes: toOpties(keuzes),
        koppen: HOOFDKOPPEN,
      }
    },
    async ({ request, invoer }) => {
      const { lijst, keuzes } = await load(request)
      const { inhoud, ...hoofd } = readHoofd(invoer, lijst.inhoud, keuzes)
      const leeg = { stromen: [], dpia: {}, dpiaVerwijzing: '' }
      const tekst = { ...hoofd, lijstId: lijst.lijstId, inhoud: { ...inhoud, ...leeg } }
      return `/uitwisselingen/${await makeWeging(request.ctx, tekst)}?gedaan=maak`
    },
  )
}

const HOOFDKOPPEN = { ...headGroepen(HOOFDDELEN), beveiliging: <ToestemmingMelding /> }

const stroomkoppen = ({ gegevens }: Gegevenslijst) => ({
  [`waarom-${gegevens[0]?.code}`]: (
    <>
      <Kop niveau={2}>Welke gegevens zijn noodzakelijk?</Kop>
      <Alinea>
        Schrijf bij elk gegeven dat nodig is waarom het niet zonder kan. Wat leeg blijft, wordt niet
        uitgewisseld. Hoe minder, hoe beter.
      </Alinea>
    </>
  ),
  bewaarMaanden: <Kop niveau={2}>Bewaren</Kop>,
})

async function load(request: FastifyRequest): Promise<{ w: Weging; keuzes: Keuzes }> {
  const id = readId(request, 'Weging')
  return request.ctx.read(async db => {
    const w = await getWeging(db, id)
    await demandRegionaal(db, w.gemeente)
    return { w, keuzes: await listKeuzes(db, w.dossierId) }
  })
}

const toOpties = ({ gemeenten, dossiers }: Keuzes) => ({ gemeente: gemeenten, dossier: dossiers })

function read<V extends object>(velden: V, invoer: Invoer, regels: Leesregels<V> = {}): Gegevens<V> {
  return readGegevens('De weging is niet opgeslagen', velden, invoer, regels)
}

const readHoofd = (invoer: Invoer, lijst: Gegevenslijst, keuzes: Keuzes) =>
  fromHoofd(
    read(hoofdvelden(lijst, keuzes.regionaal), invoer, { keuzes: toOpties(keuzes), ook: checkPeriode }),
  )

const readStroom = (invoer: Invoer, lijst: Gegevenslijst, sleutel: string) =>
  fromStroom(read(stroomvelden(lijst), invoer, { ook: stroom => checkStroom(stroom, lijst) }), lijst, sleutel)

/** Eight characters: a whole UUID can hold nine digits in a row that pass for a BSN, which the database refuses. */
const newSleutel = () => randomUUID().slice(0, 8)

/** Whoever took the flow out meanwhile does not take the words of who was still writing: then it comes back. */
function putStroom(stromen: readonly Stroom[], stroom: Stroom): Stroom[] {
  const plek = stromen.findIndex(s => s.sleutel === stroom.sleutel)
  return plek < 0 ? [...stromen, { ...stroom, sleutel: newSleutel() }] : stromen.with(plek, stroom)
}

const metStromen = (inhoud: Inhoud, stromen: readonly Stroom[]): Inhoud => ({ ...inhoud, stromen })

/** The flow that a form is about: by what was sent, else by its place in the address. */
function findStroom({ inhoud: { stromen } }: Weging, request: FastifyRequest): Stroom | undefined {
  const { sleutel } = readVelden(request)
  if (sleutel !== undefined) return stromen.find(s => s.sleutel === sleutel)
  const { nummer = '' } = request.params as { nummer?: string }
  return /^[1-9]\d?$/.test(nummer) ? stromen[Number(nummer) - 1] : undefined
}
