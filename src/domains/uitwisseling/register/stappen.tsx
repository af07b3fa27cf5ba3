import type { FastifyReply, FastifyRequest } from 'fastify'
import type { ReactNode } from 'react'
import { gebruikerIdOf } from '../../../platform/auth/gebruikers.ts'
import { demandRegionaal, isRegionaal } from '../../../platform/auth/regionaal.ts'
import type { Ctx } from '../../../platform/http/ctx.ts'
import { post } from '../../../platform/http/formulierpost.ts'
import { readGedaan } from '../../../platform/http/gedaan.ts'
import { sendPagina } from '../../../platform/http/pagina.tsx'
import type { App } from '../../../platform/http/server.ts'
import { oneOf, readId, readVersie } from '../../../platform/http/vraag.ts'
import { Actie, Alinea, KnopLink, Knoppen, Lijst, LosseLink, Melding } from '../../../platform/ui/index.ts'
import type { Invoer } from '../../../platform/velden/formulier.ts'
import { type Geweigerd, Invulformulier } from '../../../platform/velden/invulformulier.tsx'
import { decideWeging, getWeging, giveAdvies, reviseWeging, takeStap, withdrawWeging } from './actions.ts'
import { WegingBlad } from './detail.tsx'
import { ADVIES, listBlokkades, listStappen, maySet, momentOf, STAPPEN, type Stap } from './rules.ts'
import { listVersies, listWegingstappen, standVan, type Weging } from './store.ts'
import { STAAT, watMag } from './teksten.ts'
import { ADVIESVELDEN, BESLUITVELDEN, REDEN } from './velden.ts'

const KRUIMELS = [{ naam: 'Gegevensuitwisseling', href: '/uitwisselingen' }]
const schema = { hide: true }

/** Steps that are one click, and the address that each is posted to. */
const KLIK = {
  'leg-voor': 'voorleggen',
  'haal-terug': 'terughalen',
  'pas-aan': 'aanpassen',
  herstel: 'herstellen',
} as const
/** Steps that ask for a text first, each a page of its own. */
const PAGINA: Partial<Record<Stap, string>> = {
  wijzig: 'wijzigen',
  adviseer: 'advies',
  besluit: 'besluit',
  'trek-in': 'intrekken',
  beeindig: 'beeindigen',
}

/** The page of one weighing and the steps that lead it from draft to decision. */
export function registerWeging(app: App): void {
  const lezen = { recht: 'uitwisseling.lezen' } as const
  app.get('/uitwisselingen/:id', { config: lezen, schema }, async (request, reply) => {
    const id = readId(request, 'Weging')
    const { ctx } = request
    const { w, mag, versies, stappen } = await ctx.read(async db => {
      const gevonden = await getWeging(db, id)
      return {
        w: gevonden,
        mag: gevonden.gemeente !== null || (await isRegionaal(db)),
        versies: await listVersies(db, gevonden.stam),
        stappen: await listWegingstappen(db, id),
      }
    })
    const mogelijk = mag ? listStappen(standVan(w), gebruikerIdOf(ctx.wie), ctx.wie.rechten) : []
    const gedaan = oneOf(readGedaan(request).gedaan, Object.keys(STAPPEN) as Stap[])
    return sendPagina(request, reply, csrf => ({
      titel: w.activiteit,
      inleiding: `Weging ${w.wegingId}${w.nummer > 1 ? `, versie ${w.nummer}` : ''}. ${STAAT[w.staat].naam}.`,
      kruimels: KRUIMELS,
      ...(gedaan === null ? {} : { melding: { soort: 'succes', tekst: `${STAPPEN[gedaan].gedaan}` } }),
      acties: <Stapknoppen w={w} stappen={mogelijk} csrf={csrf} />,
      children: (
        <WegingBlad
          w={w}
          versies={versies}
          stappen={stappen}
          wijzigbaar={mogelijk.includes('wijzig')}
          magBeleid={ctx.wie.rechten.has('beleid.lezen')}
          datum={ctx.vandaag}
        />
      ),
    }))
  })
  for (const stap of Object.keys(KLIK) as (keyof typeof KLIK)[]) {
    const config = { recht: STAPPEN[stap].recht }
    app.post(`/uitwisselingen/:id/${KLIK[stap]}`, { config, schema }, async (request, reply) => {
      const id = readId(request, 'Weging')
      await takeStap(request.ctx, id, readVersie(request), stap)
      return reply.redirect(`/uitwisselingen/${id}?gedaan=${stap}`, 303)
    })
  }
  const opstellen = { recht: 'uitwisseling.opstellen' } as const
  app.post('/uitwisselingen/:id/herzien', { config: opstellen, schema }, async (request, reply) => {
    const id = await reviseWeging(request.ctx, readId(request, 'Weging'))
    return reply.redirect(`/uitwisselingen/${id}?gedaan=herzie`, 303)
  })
  for (const stap of Object.keys(TEKSTSTAPPEN) as Tekststap[]) registerTekst(app, stap)
}

function Blokkades({ w, vandaag }: { w: Weging; vandaag: string }) {
  const blokkades = listBlokkades(w.inhoud, w.lijst, momentOf(w, vandaag))
  return blokkades.length === 0 ? null : (
    <Melding soort="waarschuwing" kop="Zo kan het niet worden toegestaan">
      <Lijst items={blokkades} />
    </Melding>
  )
}

function Stapknoppen({ w, stappen, csrf }: { w: Weging; stappen: readonly Stap[]; csrf: string }) {
  const pad = `/uitwisselingen/${w.wegingId}`
  return (
    <Knoppen>
      {stappen.map((stap, i) => {
        const soort = i === 0 ? 'hoofd' : 'tweede'
        const { naam } = STAPPEN[stap]
        const pagina = PAGINA[stap]
        if (pagina !== undefined)
          return (
            <KnopLink key={stap} href={`${pad}/${pagina}`} soort={soort}>
              {naam}
            </KnopLink>
          )
        const actie = stap in KLIK ? KLIK[stap as keyof typeof KLIK] : 'herzien'
        return (
          <Actie
            key={stap}
            actie={`${pad}/${actie}`}
            csrf={csrf}
            velden={{ versie: String(w.versie) }}
            soort={soort}
          >
            {naam}
          </Actie>
        )
      })}
    </Knoppen>
  )
}

type Tekststap = 'adviseer' | 'besluit' | 'trek-in' | 'beeindig'

interface Teksten {
  velden: object
  knop: string
  /** What is shown above the fields. */
  boven: (w: Weging, vandaag: string) => ReactNode
  take: (ctx: Ctx, id: number, versie: number, invoer: Invoer) => Promise<void>
}

const TEKSTSTAPPEN: Readonly<Record<Tekststap, Teksten>> = {
  adviseer: {
    velden: ADVIESVELDEN,
    knop: 'Advies opslaan',
    boven: (w, vandaag) => <Blokkades w={w} vandaag={vandaag} />,
    take: giveAdvies,
  },
  besluit: {
    velden: BESLUITVELDEN,
    knop: 'Besluit opslaan',
    boven: (w, vandaag) => (
      <>
        <Melding
          soort="info"
          kop={`Advies: ${w.advies === null ? 'geen' : ADVIES[w.advies].toLowerCase()}, van ${w.adviseur ?? 'onbekend'}`}
        >
          {w.adviesTekst}
        </Melding>
        <Blokkades w={w} vandaag={vandaag} />
      </>
    ),
    take: decideWeging,
  },
  'trek-in': withReden(
    'trek-in',
    'Er wordt niet meer over deze weging besloten. Zij blijft leesbaar en kan worden hersteld.',
  ),
  beeindig: withReden(
    'beeindig',
    'Vanaf vandaag mag er niets meer op deze weging. Zij blijft leesbaar; herzien kan altijd.',
  ),
}

function withReden(stap: 'trek-in' | 'beeindig', gevolg: string): Teksten {
  return {
    velden: REDEN,
    knop: STAPPEN[stap].naam,
    boven: () => <Melding soort="info">{gevolg}</Melding>,
    take: (ctx, id, versie, invoer) => withdrawWeging(ctx, id, versie, stap, invoer),
  }
}

/** A page with a form for one step; whoever may not take it now is sent to the weighing itself. */
function registerTekst(app: App, stap: Tekststap): void {
  const { recht, naam } = STAPPEN[stap]
  const { velden, knop, boven, take } = TEKSTSTAPPEN[stap]
  const pad = `/uitwisselingen/:id/${PAGINA[stap]}`
  const show = async (request: FastifyRequest, reply: FastifyReply, geweigerd?: Geweigerd) => {
    const { ctx } = request
    const w = await ctx.read(async db => {
      const gevonden = await getWeging(db, readId(request, 'Weging'))
      await demandRegionaal(db, gevonden.gemeente)
      return gevonden
    })
    const terug = `/uitwisselingen/${w.wegingId}`
    if (geweigerd === undefined && !maySet(stap, standVan(w), gebruikerIdOf(ctx.wie)).ok)
      return reply.redirect(terug, 303)
    return sendPagina(
      request,
      reply,
      csrf => ({
        titel: naam,
        inleiding: w.activiteit,
        kruimels: [...KRUIMELS, { naam: w.activiteit, href: terug }],
        children: (
          <>
            <Alinea>{watMag(w, ctx.vandaag).zin}</Alinea>
            <LosseLink href={terug}>Lees de hele weging</LosseLink>
            <Invulformulier
              naam="formulier"
              velden={velden}
              nu={{ versie: w.versie }}
              actie={`${terug}/${PAGINA[stap]}`}
              csrf={csrf}
              knop={knop}
              geweigerd={geweigerd}
              toon={(nu: Weging) => [
                { naam: 'Stand', waarde: STAAT[nu.staat].naam },
                { naam: 'Wat er staat', waarde: watMag(nu, ctx.vandaag).zin },
              ]}
              terug={terug}
            >
              {boven(w, ctx.vandaag)}
            </Invulformulier>
          </>
        ),
      }),
      geweigerd?.problem.status ?? 200,
    )
  }
  app.get(pad, { config: { recht }, schema }, (request, reply) => show(request, reply))
  post(
    app,
    pad,
    { recht, naam: 'formulier', velden },
    async ({ request, invoer, versie }) => {
      const id = readId(request, 'Weging')
      await take(request.ctx, id, versie, invoer)
      return `/uitwisselingen/${id}?gedaan=${stap}`
    },
    show,
  )
}
