import type { FastifyReply, FastifyRequest } from 'fastify'
import type { ReactNode } from 'react'
import { gebruikerIdOf } from '../../../platform/auth/gebruikers.ts'
import { demandRegionaal, isRegionaal } from '../../../platform/auth/regionaal.ts'
import { readGedaan } from '../../../platform/http/gedaan.ts'
import { sendPagina } from '../../../platform/http/pagina.tsx'
import type { App } from '../../../platform/http/server.ts'
import {
  formVersie,
  oneOf,
  readId,
  readVelden,
  readVersie,
  type Vraag,
} from '../../../platform/http/vraag.ts'
import { isCorrectable, type Problem } from '../../../platform/problem.ts'
import {
  Actie,
  Alinea,
  Botsingmelding,
  Formulier,
  Keuzerondjes,
  Knop,
  KnopLink,
  Knoppen,
  Lijst,
  LosseLink,
  Melding,
  Tekstveld,
} from '../../../platform/ui/index.ts'
import { decideWeging, getWeging, giveAdvies, reviseWeging, takeStap } from './actions.ts'
import { type Advies, type Besluit, listBlokkades, listStappen, maySet, STAPPEN, type Stap } from './rules.ts'
import { listVersies, listWegingstappen, standVan, type Weging } from './store.ts'
import { WegingBlad } from './weergave.tsx'
import { ADVIES, BESLUIT, STAAT, watMag } from './woorden.ts'

const ADVIEZEN = Object.keys(ADVIES) as Advies[]
const BESLUITEN = Object.keys(BESLUIT) as Besluit[]
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
  registerReden(app, 'trek-in')
  registerReden(app, 'beeindig')
  registerTekst(app, 'adviseer', ({ velden, fouten, w, vandaag }) => ({
    knop: 'Advies opslaan',
    inhoud: (
      <>
        <Blokkades w={w} vandaag={vandaag} />
        <Keuzerondjes
          naam="advies"
          label="Wat adviseert u?"
          waarde={velden.advies ?? ''}
          opties={ADVIEZEN.map(waarde => ({ waarde, naam: ADVIES[waarde] }))}
          fouten={fouten}
        />
        <Tekstveld
          naam="tekst"
          label="Uw advies"
          hulp="Waarom? Welke voorwaarden zijn nodig?"
          waarde={velden.tekst ?? ''}
          regels={6}
          fouten={fouten}
        />
      </>
    ),
  }))
  registerTekst(app, 'besluit', ({ velden, fouten, w, vandaag }) => ({
    knop: 'Besluit opslaan',
    inhoud: (
      <>
        <Melding
          soort="info"
          kop={`Advies: ${w.advies === null ? 'geen' : ADVIES[w.advies].toLowerCase()}, van ${w.adviseur ?? 'onbekend'}`}
        >
          {w.adviesTekst}
        </Melding>
        <Blokkades w={w} vandaag={vandaag} />
        <Keuzerondjes
          naam="besluit"
          label="Wat besluit u?"
          waarde={velden.besluit ?? ''}
          opties={BESLUITEN.map(waarde => ({ waarde, naam: BESLUIT[waarde].naam }))}
          fouten={fouten}
        />
        <Tekstveld
          naam="voorwaarden"
          label="Voorwaarden"
          waarde={velden.voorwaarden ?? ''}
          regels={3}
          verplichtBij="toestaan onder voorwaarden"
          fouten={fouten}
        />
        <Tekstveld
          naam="motivering"
          label="Motivering"
          waarde={velden.motivering ?? ''}
          regels={3}
          verplichtBij="een besluit dat afwijkt van het advies"
          fouten={fouten}
        />
      </>
    ),
  }))
}

function Blokkades({ w, vandaag }: { w: Weging; vandaag: string }) {
  const moment = w.geldigVanaf > vandaag ? w.geldigVanaf : vandaag
  const blokkades = listBlokkades(w.inhoud, w.lijst, moment)
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

interface Tekstdeel {
  velden: Vraag
  fouten: Problem['fouten']
  w: Weging
  vandaag: string
}

/** A page with a form for one step; whoever may not take it now is sent to the weighing itself. */
function registerTekst(
  app: App,
  stap: Tekststap,
  deel: (stand: Tekstdeel) => { knop: string; inhoud: ReactNode },
): void {
  const config = { recht: STAPPEN[stap].recht }
  const pad = `/uitwisselingen/:id/${PAGINA[stap]}`
  const show = async (request: FastifyRequest, reply: FastifyReply, problem?: Problem) => {
    const { ctx } = request
    const w = await ctx.read(async db => {
      const gevonden = await getWeging(db, readId(request, 'Weging'))
      await demandRegionaal(db, gevonden.gemeente)
      return gevonden
    })
    const terug = `/uitwisselingen/${w.wegingId}`
    if (problem === undefined && !maySet(stap, standVan(w), gebruikerIdOf(ctx.wie)).ok)
      return reply.redirect(terug, 303)
    const velden = readVelden(request)
    const fouten = problem?.fouten ?? []
    const { knop, inhoud } = deel({ velden, fouten, w, vandaag: ctx.vandaag })
    const versie = formVersie(request, w, problem)
    return sendPagina(
      request,
      reply,
      csrf => ({
        titel: STAPPEN[stap].naam,
        inleiding: w.activiteit,
        kruimels: [...KRUIMELS, { naam: w.activiteit, href: terug }],
        children: (
          <>
            <Botsingmelding
              problem={problem}
              toon={(nu: Weging) => [
                { naam: 'Stand', waarde: STAAT[nu.staat].naam },
                { naam: 'Wat er staat', waarde: watMag(nu, ctx.vandaag).zin },
              ]}
            />
            <Alinea>{watMag(w, ctx.vandaag).zin}</Alinea>
            <LosseLink href={terug}>Lees de hele weging</LosseLink>
            <Formulier actie={`${terug}/${PAGINA[stap]}`} csrf={csrf} fouten={fouten}>
              <input type="hidden" name="versie" value={versie} />
              {inhoud}
              <Knoppen>
                <Knop>{knop}</Knop>
                <KnopLink href={terug}>Terug zonder opslaan</KnopLink>
              </Knoppen>
            </Formulier>
          </>
        ),
      }),
      problem?.status ?? 200,
    )
  }
  app.get(pad, { config, schema }, (request, reply) => show(request, reply))
  app.post(pad, { config, schema }, async (request, reply) => {
    const id = readId(request, 'Weging')
    try {
      await take(request, id, stap)
      return reply.redirect(`/uitwisselingen/${id}?gedaan=${stap}`, 303)
    } catch (problem) {
      if (!isCorrectable(problem)) throw problem
      return show(request, reply, problem)
    }
  })
}

async function take(request: FastifyRequest, id: number, stap: Tekststap): Promise<void> {
  const velden = readVelden(request)
  const versie = readVersie(request)
  const { ctx } = request
  if (stap === 'adviseer')
    return giveAdvies(ctx, id, versie, { advies: oneOf(velden.advies, ADVIEZEN), tekst: velden.tekst ?? '' })
  if (stap === 'besluit')
    return decideWeging(ctx, id, versie, {
      besluit: oneOf(velden.besluit, BESLUITEN),
      voorwaarden: velden.voorwaarden ?? '',
      motivering: velden.motivering ?? '',
    })
  return takeStap(ctx, id, versie, stap, velden.reden ?? '')
}

function registerReden(app: App, stap: 'trek-in' | 'beeindig'): void {
  registerTekst(app, stap, ({ velden, fouten }) => ({
    knop: STAPPEN[stap].naam,
    inhoud: (
      <>
        <Melding soort="info">
          {stap === 'beeindig'
            ? 'Vanaf vandaag mag er niets meer op deze weging. Zij blijft leesbaar; herzien kan altijd.'
            : 'Er wordt niet meer over deze weging besloten. Zij blijft leesbaar en kan worden hersteld.'}
        </Melding>
        <Tekstveld
          naam="reden"
          label="Waarom?"
          waarde={velden.reden ?? ''}
          regels={3}
          maxlengte={2000}
          fouten={fouten}
        />
      </>
    ),
  }))
}
