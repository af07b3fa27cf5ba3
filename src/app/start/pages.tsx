import { Fragment, type ReactNode } from 'react'
import { loadStartcijfers } from '../../domains/sturing/plugin.ts'
import { ROL, type Rol } from '../../platform/auth/rollen.ts'
import type { Ctx } from '../../platform/http/ctx.ts'
import { sendPagina } from '../../platform/http/pagina.tsx'
import type { App } from '../../platform/http/server.ts'
import { Kop, LosseLink } from '../../platform/ui/index.ts'
import { BeheerDeel, InzageDeel } from './beheer.tsx'
import { countGebruikers, listActiesVandaag } from './store.ts'
import { aanbiederwerk, backofficewerk, betaalwerk, consulentwerk, type Deel } from './werk.tsx'

/** The start page: what waits for this role, and the few figures that matter to it. */
export function registerStart(app: App): void {
  app.get('/', { config: { recht: 'start' }, schema: { hide: true } }, async (request, reply) => {
    const { ctx } = request
    const deel = ctx.wie.rol === 'systeem' ? LEEG : await DEEL[ctx.wie.rol](ctx)
    return sendPagina(request, reply, {
      titel: `Welkom, ${ctx.wie.naam}`,
      inleiding: deel.zin,
      children: deel.inhoud,
    })
  })
}

const LEEG: Deel = { zin: 'U bent ingelogd.', inhoud: null }

const DEEL: Readonly<Record<Rol, (ctx: Ctx) => Promise<Deel>>> = {
  backoffice: async ctx => {
    const werk = await backofficewerk(ctx)
    const betalen = await betaalwerk(ctx)
    return { zin: werk.zin, inhoud: samen(werk.inhoud, <Kop niveau={2}>Betalingen</Kop>, betalen.inhoud) }
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
      ),
    }
  },
  consulent: consulentwerk,
  toezichthouder: async ctx => {
    const werk = await backofficewerk(ctx)
    const cijfers = await loadStartcijfers(ctx)
    return {
      zin: cijfers.zin,
      inhoud: samen(cijfers.aanbieders, werk.inhoud),
    }
  },
  contractmanager: cijferstart,
  'data-analist': cijferstart,
  beleidsadviseur: cijferstart,
  inkoopadviseur: cijferstart,
  bestuur: async ctx => {
    const cijfers = await loadStartcijfers(ctx)
    return { zin: cijfers.zin, inhoud: samen(cijfers.kern, NAAR_CIJFERS) }
  },
  raad: async ctx => {
    const cijfers = await loadStartcijfers(ctx)
    return { zin: cijfers.zin, inhoud: samen(cijfers.kern, NAAR_CIJFERS) }
  },
  aanbieder: aanbiederwerk,
  'privacy-officer': async ctx => {
    const acties = await ctx.read(db => listActiesVandaag(db, ctx.vandaag))
    const aantal = acties.reduce((som, rij) => som + rij.aantal, 0)
    return {
      zin:
        aantal === 0
          ? 'Vandaag is er nog niets ingezien of gewijzigd.'
          : `Vandaag staan er ${aantal.toLocaleString('nl-NL')} gebeurtenissen in het logboek.`,
      inhoud: <InzageDeel acties={acties} />,
    }
  },
  beheerder: async ctx => {
    const rollen = await ctx.read(countGebruikers)
    const actief = rollen.reduce((som, rij) => som + rij.actief, 0)
    return {
      zin: `${actief === 1 ? '1 gebruiker kan' : `${actief} gebruikers kunnen`} inloggen.`,
      inhoud: <BeheerDeel rollen={rollen.map(rij => ({ ...rij, naam: ROL[rij.rol].naam }))} />,
    }
  },
}

const NAAR_CIJFERS = <LosseLink href="/cijfers">Bekijk alle cijfers van de regio</LosseLink>

async function cijferstart(ctx: Ctx): Promise<Deel> {
  const cijfers = await loadStartcijfers(ctx)
  return { zin: cijfers.zin, inhoud: samen(cijfers.kern, cijfers.plafonds, cijfers.aanbieders, NAAR_CIJFERS) }
}

function samen(...delen: readonly ReactNode[]): ReactNode {
  return delen.map((deel, i) => <Fragment key={String(i)}>{deel}</Fragment>)
}
