import { createElement, Fragment, type ReactNode } from 'react'
import { loadBeleidstart } from '../../domains/besluit/plugin.ts'
import { loadStartcijfers } from '../../domains/sturing/plugin.ts'
import { loadWegingstart } from '../../domains/uitwisseling/plugin.ts'
import { type Recht, ROL, type Rol } from '../../platform/auth/rollen.ts'
import { type Concept, forgetConcept, listConcepten } from '../../platform/http/concept.ts'
import type { Ctx, Omgeving } from '../../platform/http/ctx.ts'
import { sendPagina } from '../../platform/http/pagina.tsx'
import type { App } from '../../platform/http/server.ts'
import { readVelden } from '../../platform/http/vraag.ts'
import { Actie, formatMoment, Kop, Link, LosseLink, Tabel } from '../../platform/ui/index.ts'
import { findAlarm } from '../../platform/zegelalarm.ts'
import { countGebruikers } from '../gebruikers/store.ts'
import { countVoorstellen } from '../gebruikers/voorstellen.ts'
import { listMissing } from '../inrichten/pages.tsx'
import { sayOntbreekt } from '../ontbreekt/rules.ts'
import { countOntbreekt } from '../ontbreekt/store.ts'
import {
  BeheerDeel,
  Inrichtmelding,
  InzageDeel,
  inTeRichten,
  Ontbreekmelding,
  wachtendeVragen,
} from './beheer.tsx'
import { listActiesVandaag } from './store.ts'
import { aanbiederwerk, backofficewerk, betaalwerk, consulentwerk, type Deel, loadDubbel } from './werk.tsx'

/** The start page: what waits for this role, and the few figures that matter to it. */
export function registerStart(app: App): void {
  app.get('/', { config: { recht: 'start' }, schema: { hide: true } }, async (request, reply) => {
    const { ctx } = request
    const deel = ctx.wie.rol === 'systeem' ? LEEG : await DEEL[ctx.wie.rol](ctx, app.omgeving)
    const concepten = (await listConcepten(ctx)).filter(concept => mayOpen(app, ctx, concept.adres))
    return sendPagina(request, reply, csrf => ({
      titel: `Welkom, ${ctx.wie.naam}`,
      inleiding: deel.zin,
      children: samen(deel.inhoud, <Concepten concepten={concepten} csrf={csrf} />),
    }))
  })
  app.post(
    '/concepten/verwijder',
    { config: { recht: 'start' }, schema: { hide: true } },
    async (request, reply) => {
      await forgetConcept(request.ctx, readVelden(request).adres ?? '')
      return reply.redirect('/', 303)
    },
  )
}

/** Who lost the right to a form since, does not read its title either. */
function mayOpen({ routeLijst }: App, { wie }: Ctx, adres: string): boolean {
  const pad = adres.split('?')[0] ?? ''
  return routeLijst.some(
    route =>
      route.methode === 'POST' &&
      wie.rechten.has(route.recht as Recht) &&
      new RegExp(`^${route.pad.replaceAll(/:\w+/g, '[^/]+')}$`).test(pad),
  )
}

/** Forms that somebody left unfinished. */
function Concepten({ concepten, csrf }: { concepten: readonly Concept[]; csrf: string }) {
  if (concepten.length === 0) return null
  return (
    <>
      <Kop niveau={2}>Nog niet opgeslagen</Kop>
      <Tabel
        bijschrift="Nog niet opgeslagen"
        rijen={concepten}
        sleutel={({ adres }) => adres}
        kolommen={[
          { kop: 'Formulier', rijkop: true, cel: c => <Link href={c.adres}>{c.titel}</Link> },
          { kop: 'Uw concept van', heel: true, cel: c => formatMoment(c.op) },
          {
            kop: 'Weg ermee',
            actie: true,
            cel: c => (
              <Actie
                actie="/concepten/verwijder"
                csrf={csrf}
                velden={{ adres: c.adres }}
                soort="tweede"
                label={`Gooi het concept weg: ${c.titel}`}
              >
                Gooi weg
              </Actie>
            ),
          },
        ]}
      />
    </>
  )
}

const LEEG: Deel = { zin: 'U bent ingelogd.', inhoud: null }

const DEEL: Readonly<Record<Rol, (ctx: Ctx, omgeving: Omgeving) => Promise<Deel>>> = {
  backoffice: async ctx => {
    const werk = await backofficewerk(ctx)
    const betalen = await betaalwerk(ctx)
    return {
      zin: [werk.zin, betalen.alarm].filter(Boolean).join(' '),
      inhoud: samen(werk.inhoud, <Kop niveau={2}>Betalingen</Kop>, betalen.inhoud),
    }
  },
  controller: async ctx => {
    const betalen = await betaalwerk(ctx)
    const cijfers = await loadStartcijfers(ctx)
    return {
      zin: `${betalen.zin} ${cijfers.zin}`,
      inhoud: samen(
        betalen.inhoud,
        <Kop niveau={2}>Budget</Kop>,
        cijfers.kern,
        cijfers.plafonds,
        NAAR_CIJFERS,
        (await loadBeleidstart(ctx)).inhoud,
      ),
    }
  },
  consulent: async ctx => metBeleid(ctx, await consulentwerk(ctx)),
  toezichthouder: async ctx => {
    const werk = await backofficewerk(ctx)
    const dubbel = await loadDubbel(ctx)
    const cijfers = await loadStartcijfers(ctx)
    return {
      zin: [werk.alarm, dubbel.alarm, cijfers.zin].filter(Boolean).join(' '),
      inhoud: werk.alarm
        ? samen(werk.inhoud, dubbel.inhoud, cijfers.plafonds, cijfers.aanbieders)
        : samen(dubbel.inhoud, cijfers.plafonds, cijfers.aanbieders, werk.inhoud),
    }
  },
  contractmanager: async ctx => metInrichten(ctx, await metBeleid(ctx, await cijferstart(ctx))),
  'data-analist': async ctx => metBeleid(ctx, await cijferstart(ctx)),
  beleidsadviseur: beleidseerst,
  inkoopadviseur: beleidseerst,
  bestuur: bestuurstart,
  raad: bestuurstart,
  aanbieder: aanbiederwerk,
  'privacy-officer': async ctx => {
    const acties = await ctx.read(db => listActiesVandaag(db, ctx.vandaag))
    const wegingen = await loadWegingstart(ctx)
    const beleid = await loadBeleidstart(ctx)
    const aantal = acties.reduce((som, rij) => som + rij.aantal, 0)
    return {
      zin:
        wegingen.aantal > 0
          ? wegingen.zin
          : aantal === 0
            ? 'Vandaag is er nog niets ingezien of gewijzigd.'
            : `Vandaag staan er ${aantal.toLocaleString('nl-NL')} gebeurtenissen in het logboek.`,
      inhoud: samen(wegingen.inhoud, <InzageDeel acties={acties} vandaag={ctx.vandaag} />, beleid.inhoud),
    }
  },
  beheerder: async (ctx, { zegelgeheugen }) => {
    const { rollen, wachtend, alarm } = await ctx.read(async db => ({
      rollen: await countGebruikers(db),
      wachtend: await countVoorstellen(db),
      alarm: await findAlarm(db, zegelgeheugen, ctx.nu),
    }))
    const ontbreekt = ctx.wie.rechten.has('inrichten') ? await listMissing(ctx) : []
    const actief = rollen.reduce((som, rij) => som + rij.actief, 0)
    return {
      zin: [
        alarm === undefined ? '' : 'Het inzagelogboek wordt niet meer verzegeld: dat gaat voor.',
        wachtend === 0 ? '' : `${wachtendeVragen(wachtend)}.`,
        ontbreekt.length === 0 ? '' : `${inTeRichten(ontbreekt)}.`,
        `${actief === 1 ? '1 gebruiker kan' : `${actief} gebruikers kunnen`} inloggen.`,
      ]
        .filter(Boolean)
        .join(' '),
      inhoud: (
        <BeheerDeel
          alarm={alarm}
          wachtend={wachtend}
          ontbreekt={ontbreekt}
          rollen={rollen.map(rij => ({ ...rij, naam: ROL[rij.rol].naam }))}
        />
      ),
    }
  },
}

const NAAR_CIJFERS = <LosseLink href="/cijfers">Bekijk alle cijfers van de regio</LosseLink>

/** What is still to be put in goes before what this role comes for: figures without it say nothing. */
async function metInrichten(ctx: Ctx, deel: Deel): Promise<Deel> {
  const ontbreekt = await listMissing(ctx)
  if (ontbreekt.length === 0) {
    const aantal = await countOntbreekt(ctx)
    if (aantal === 0) return deel
    return {
      zin: `${sayOntbreekt(aantal)}. ${deel.zin}`,
      inhoud: samen(<Ontbreekmelding aantal={aantal} />, deel.inhoud),
    }
  }
  return {
    zin: `${inTeRichten(ontbreekt)}. ${deel.zin}`,
    inhoud: samen(<Inrichtmelding ontbreekt={ontbreekt} />, deel.inhoud),
  }
}

/** Work from policy below what this role comes for first. */
async function metBeleid(ctx: Ctx, deel: Deel): Promise<Deel> {
  const beleid = await loadBeleidstart(ctx)
  return { zin: [deel.zin, beleid.zin].filter(Boolean).join(' '), inhoud: samen(deel.inhoud, beleid.inhoud) }
}

/** For who works on policy: that first, the figures of the region below. */
async function beleidseerst(ctx: Ctx): Promise<Deel> {
  const beleid = await loadBeleidstart(ctx)
  const cijfers = await loadStartcijfers(ctx)
  return {
    zin: beleid.zin === '' ? cijfers.zin : beleid.zin,
    inhoud: samen(
      beleid.inhoud,
      <Kop niveau={2}>De regio in cijfers</Kop>,
      cijfers.kern,
      cijfers.plafonds,
      NAAR_CIJFERS,
    ),
  }
}

/** College and raad: how the region stands, and what lies before them. */
async function bestuurstart(ctx: Ctx): Promise<Deel> {
  const cijfers = await loadStartcijfers(ctx)
  const beleid = await loadBeleidstart(ctx)
  const wegingen = await loadWegingstart(ctx)
  return {
    zin: [beleid.zin, wegingen.zin, cijfers.zin].filter(Boolean).join(' '),
    inhoud: samen(cijfers.kern, cijfers.plafonds, NAAR_CIJFERS, beleid.inhoud, wegingen.inhoud),
  }
}

async function cijferstart(ctx: Ctx): Promise<Deel> {
  const cijfers = await loadStartcijfers(ctx)
  return { zin: cijfers.zin, inhoud: samen(cijfers.kern, cijfers.plafonds, cijfers.aanbieders, NAAR_CIJFERS) }
}

function samen(...delen: readonly ReactNode[]): ReactNode {
  return createElement(Fragment, null, ...delen)
}
