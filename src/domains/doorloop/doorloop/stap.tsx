import type { FastifyReply, FastifyRequest } from 'fastify'
import { listCollegas } from '../../../platform/auth/gebruikers.ts'
import { demandRegionaal } from '../../../platform/auth/regionaal.ts'
import type { Db } from '../../../platform/db/tables.ts'
import { sendPagina } from '../../../platform/http/pagina.tsx'
import type { App } from '../../../platform/http/server.ts'
import { formVersie, readId, readVelden, readVersie } from '../../../platform/http/vraag.ts'
import { isCorrectable, notFound, Problem } from '../../../platform/problem.ts'
import {
  Alinea,
  Botsingmelding,
  Formulier,
  Keuzelijst,
  Knop,
  KnopLink,
  Knoppen,
  Link,
  Melding,
  Tekstveld,
} from '../../../platform/ui/index.ts'
import { STAAT } from '../../dossiers/rules.ts'
import { type Stapinvoer, startDoorloop, takeStap } from './actions.ts'
import { getDoorloop } from './deel.ts'
import { doorloopKruimels, doorloopPad } from './kader.tsx'
import { type Beletsel, listStappen, PLEK, STAPNAMEN, STAPPEN, type Stap } from './rules.ts'
import type { Doorloop } from './store.ts'

/** What a step does, said before it is taken. */
const GEVOLG: Readonly<Record<Stap, string>> = {
  pauzeer: 'Niemand kan nog antwoorden wijzigen tot u de doorloop hervat. Alles blijft leesbaar.',
  hervat: 'Iedereen kan weer verder waar de doorloop was gebleven.',
  'draag-over': 'Een collega trekt de doorloop verder. Wat er staat, blijft zoals het is.',
  'leg-voor':
    'Het conclusieblad wordt vastgelegd zoals het nu is. Daarna kan er niets meer worden gewijzigd.',
  'haal-terug': 'De doorloop wordt weer bewerkbaar. Het blad dat is voorgelegd, blijft bewaard.',
  'stel-vast': 'De doorloop is daarmee af. Opdrachten lopen door.',
  'trek-in': 'De doorloop stopt. Alles blijft leesbaar, en u kunt hem later herstellen.',
  herstel: 'De doorloop gaat verder waar hij was gebleven.',
}

/** What a step means to other features. */
interface Bijzonderheid {
  doe: (request: FastifyRequest, doorloopId: number, invoer: Stapinvoer) => Promise<void>
  /** What stands in its way now, said before it is taken. */
  beletsels: (db: Db, doorloop: Doorloop) => Promise<Beletsel[]>
}

/** What the other features do when a run is laid before the college; the plain steps need nothing more. */
export type Bijzonder = Partial<Readonly<Record<Stap, Bijzonderheid>>>

/** Starting a run and moving it: pause, resume, hand over, withdraw (cap 1). */
export function registerStapPages(app: App, bijzonder: Bijzonder): void {
  const schrijven = { config: { recht: 'beleid.schrijven' }, schema: { hide: true } } as const

  app.post('/beleid/dossiers/:id/doorlopen', schrijven, async (request, reply) => {
    const velden = readVelden(request)
    const dossierId = readId(request, 'Dossier')
    const invoer = { methode: velden.methode ?? '', trekker: velden.trekker ?? '' }
    try {
      const doorloopId = await startDoorloop(request.ctx, dossierId, invoer)
      return reply.redirect(`/beleid/doorlopen/${doorloopId}`, 303)
    } catch (problem) {
      if (!isCorrectable(problem)) throw problem
      // The form stands on the page of the dossier; two choices are soon made again.
      return reply.redirect(`/beleid/dossiers/${dossierId}?melding=niet-gestart#start`, 303)
    }
  })

  app.get('/beleid/doorlopen/:id/stap/:stap', schrijven, (request, reply) =>
    show(request, reply, bijzonder, undefined),
  )

  app.post('/beleid/doorlopen/:id/stap/:stap', schrijven, async (request, reply) => {
    const velden = readVelden(request)
    const doorloopId = readId(request, 'Doorloop')
    const stap = readStap(request)
    const invoer = {
      toelichting: velden.toelichting ?? '',
      naar: velden.naar ?? '',
      versie: readVersie(request),
    }
    try {
      await (bijzonder[stap]?.doe(request, doorloopId, invoer) ??
        takeStap(request.ctx, doorloopId, stap, invoer))
      return reply.redirect(`/beleid/doorlopen/${doorloopId}`, 303)
    } catch (problem) {
      if (!isCorrectable(problem)) throw problem
      return show(request, reply, bijzonder, { invoer, problem })
    }
  })
}

function readStap(request: FastifyRequest): Stap {
  const gevraagd = (request.params as { stap?: string }).stap
  const stap = STAPNAMEN.find(s => s === gevraagd)
  if (!stap) throw notFound('Stap')
  return stap
}

async function show(
  request: FastifyRequest,
  reply: FastifyReply,
  bijzonder: Bijzonder,
  geweigerd: { invoer: Stapinvoer; problem: Problem } | undefined,
) {
  const stap = readStap(request)
  const { doorloop, collegas, beletsels } = await request.ctx.read(async db => {
    const gevonden = await getDoorloop(db, readId(request, 'Doorloop'))
    await demandRegionaal(db, gevonden.gemeente)
    return {
      doorloop: gevonden,
      collegas: await listCollegas(db, 'beleid.schrijven', gevonden.gemeente),
      beletsels: (await bijzonder[stap]?.beletsels(db, gevonden)) ?? [],
    }
  })
  if (geweigerd === undefined && !listStappen(doorloop.staat).includes(stap))
    throw new Problem(409, 'verkeerde-stand', 'Deze stap kan nu niet', 'Open de doorloop opnieuw.')
  // What stands in the way is no fault of a field; it is said above the form, with where it is put right.
  const alle = geweigerd?.problem.fouten ?? []
  const fouten = beletsels.length === 0 ? alle : alle.filter(({ pad }) => pad !== '')
  const overgang = STAPPEN[stap]
  return sendPagina(
    request,
    reply,
    csrf => ({
      titel: `${overgang.naam}: ${doorloop.dossier}`,
      inleiding: GEVOLG[stap],
      kruimels: doorloopKruimels(doorloop, true),
      children: (
        <>
          <Botsingmelding<Doorloop>
            problem={geweigerd?.problem}
            toon={nu => [
              { naam: 'Stand', waarde: STAAT[nu.staat].naam },
              { naam: 'Trekker', waarde: nu.trekker },
            ]}
          />
          <Beletsels beletsels={beletsels} pad={doorloopPad(doorloop)} weigering={geweigerd !== undefined} />
          <Formulier actie={`${doorloopPad(doorloop)}/stap/${stap}`} csrf={csrf} fouten={fouten}>
            <input type="hidden" name="versie" value={formVersie(request, doorloop, geweigerd?.problem)} />
            {stap === 'draag-over' ? (
              <Keuzelijst
                naam="naar"
                label="Aan wie?"
                leeg="Kies een collega"
                waarde={geweigerd?.invoer.naar ?? ''}
                opties={collegas
                  .filter(c => c.gebruikerId !== doorloop.trekkerId)
                  .map(c => ({ waarde: String(c.gebruikerId), naam: c.naam }))}
                fouten={fouten}
              />
            ) : null}
            <Tekstveld
              naam="toelichting"
              label={overgang.reden ? 'Waarom?' : 'Toelichting'}
              regels={3}
              verplicht={overgang.reden}
              waarde={geweigerd?.invoer.toelichting ?? ''}
              maxlengte={2000}
              fouten={fouten}
            />
            <Knoppen>
              <Knop soort={stap === 'trek-in' ? 'gevaar' : 'hoofd'}>{overgang.naam}</Knop>
              <KnopLink href={doorloopPad(doorloop)}>Terug</KnopLink>
            </Knoppen>
          </Formulier>
          <Alinea maat="klein">Nu: {STAAT[doorloop.staat].naam.toLowerCase()}.</Alinea>
        </>
      ),
    }),
    geweigerd?.problem.status ?? 200,
  )
}

/** What must be done before a step can be taken, each with where. */
export function Beletsels({
  beletsels,
  pad,
  kop = 'Dit kan nog niet. Doe eerst het volgende:',
  weigering = false,
}: {
  beletsels: readonly Beletsel[]
  pad: string
  kop?: string
  weigering?: boolean
}) {
  if (beletsels.length === 0) return null
  return (
    <Melding soort={weigering ? 'fout' : 'waarschuwing'} kop={kop} weigering={weigering}>
      <ul>
        {beletsels.map(({ melding, waar }) => (
          <li key={melding}>
            {`${melding} `}
            <Link href={`${pad}${PLEK[waar].pad}`}>{PLEK[waar].naam}</Link>
          </li>
        ))}
      </ul>
    </Melding>
  )
}
