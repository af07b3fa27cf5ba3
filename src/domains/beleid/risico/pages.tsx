import type { FastifyReply, FastifyRequest } from 'fastify'
import type { App } from '../../../platform/http/server.ts'
import { numberOrNull, readAlle, readId, readVelden, readVersie } from '../../../platform/http/vraag.ts'
import { notFound, type Problem } from '../../../platform/problem.ts'
import {
  Alinea,
  Botsingmelding,
  Formulier,
  Knop,
  Knoppen,
  Kop,
  Matrix,
  Melding,
  Tabel,
} from '../../../platform/ui/index.ts'
import type { Aanbod } from '../aanbod/store.ts'
import { doorloopPad, laatstDoor } from '../doorloop/kader.tsx'
import { type Deel, listDelen } from '../doorloop/store.ts'
import {
  Aanbodkeuze,
  attempt,
  chosenAanbod,
  formVersion,
  GeenAanbod,
  LEZEN,
  mayEdit,
  NogNiet,
  SCHRIJVEN,
  sendHulpmiddel,
  VolgendAanbod,
} from '../hulpmiddel/pagina.tsx'
import { enumerate } from '../hulpmiddel/rules.ts'
import { getStand, type Stand } from '../hulpmiddel/stand.ts'
import type { Methode } from '../methode/rules.ts'
import { AANTAL, ONDERDEEL, saveRisico } from './actions.ts'
import { Aantallen, Dekkingoverzicht, toonAantal } from './overzicht.tsx'
import { type Aantal, countCellen, hasCel, type Risicokeuze, readCellen } from './rules.ts'

const PAD = '/beleid/doorlopen/:id/risico'
const LEEG: Risicokeuze = { cellen: {} }

/** Risk matrix: for which groups at which risk factors an offer is meant. */
export function registerRisico(app: App): void {
  app.get(PAD, LEZEN, (request, reply) => show(request, reply))

  app.post(PAD, SCHRIJVEN, (request, reply) => {
    const id = readId(request, 'Doorloop')
    const velden = readVelden(request)
    const aanbodId = numberOrNull(velden.aanbod)
    if (aanbodId === null) throw notFound('Aanbod')
    const doel = { aanbodId, versie: readVersie(request) }
    return attempt(
      reply,
      () => saveRisico(request.ctx, id, doel, groep => readAlle(request.body, `groep-${groep}`)),
      `/beleid/doorlopen/${id}/risico?aanbod=${aanbodId}&bewaard=ja`,
      problem => show(request, reply, problem),
    )
  })
}

async function show(request: FastifyRequest, reply: FastifyReply, problem?: Problem): Promise<FastifyReply> {
  const id = readId(request, 'Doorloop')
  const { stand, delen, aantallen } = await request.ctx.read(async db => ({
    stand: await getStand(db, id, 'risico'),
    delen: await listDelen<Risicokeuze>(db, id, ONDERDEEL),
    aantallen: await listDelen<Aantal>(db, id, AANTAL),
  }))
  const { doorloop, aanbod } = stand
  const matrix = doorloop.methode.risicomatrix
  const vanAanbod = (aanbodId: number) => delen.find(deel => deel.aanbodId === aanbodId)
  const isIngevuld = (aanbodId: number) => vanAanbod(aanbodId) !== undefined
  const gekozen = chosenAanbod(request, stand, isIngevuld)
  const actie = `${doorloopPad(doorloop)}/risico`
  return sendHulpmiddel(request, reply, {
    doorloop,
    huidig: '/risico',
    titel: 'Risicomatrix',
    inleiding: matrix.uitleg,
    problem,
    children: csrf => (
      <>
        <Melding soort="info">{matrix.noot}</Melding>
        {gekozen === undefined ? (
          <GeenAanbod doorloop={doorloop} />
        ) : (
          <>
            <NogNiet stand={stand} />
            <Aanbodkeuze actie={actie} aanbod={aanbod} gekozen={gekozen} ingevuld={isIngevuld} />
            <Kop niveau={2}>{gekozen.naam}</Kop>
            <EenAanbod
              {...{ request, stand, csrf, actie, gekozen, problem, aantallen }}
              deel={vanAanbod(gekozen.aanbodId)}
              ingevuld={isIngevuld}
            />
            <Dekkingoverzicht
              matrix={matrix}
              ingevuld={aanbod.flatMap(({ aanbodId, naam }) => {
                const deel = vanAanbod(aanbodId)
                return deel === undefined ? [] : [{ naam, keuze: deel.inhoud }]
              })}
              nogLeeg={aanbod.filter(a => !isIngevuld(a.aanbodId)).map(a => a.naam)}
            />
          </>
        )}
        <Aantallen
          matrix={matrix}
          delen={aantallen}
          wijzig={
            mayEdit(request, { ...stand, open: { ok: true } })
              ? groep => `${actie}/aantallen?groep=${groep}`
              : undefined
          }
        />
      </>
    ),
  })
}

function EenAanbod({
  request,
  stand,
  csrf,
  actie,
  gekozen,
  problem,
  deel,
  aantallen,
  ingevuld,
}: {
  request: FastifyRequest
  stand: Stand
  csrf: string
  actie: string
  gekozen: Aanbod
  problem: Problem | undefined
  deel: Deel<Risicokeuze> | undefined
  aantallen: readonly Deel<Aantal>[]
  ingevuld: (aanbodId: number) => boolean
}) {
  const matrix = stand.doorloop.methode.risicomatrix
  const keuze =
    problem === undefined
      ? (deel?.inhoud ?? LEEG)
      : readCellen(matrix, groep => readAlle(request.body, `groep-${groep}`))
  if (!mayEdit(request, stand))
    return (
      <>
        <Alinea maat="groot">{describe(matrix, keuze, deel !== undefined)}</Alinea>
        <Gekozen matrix={matrix} keuze={keuze} />
        <Alinea maat="klein">{laatstDoor(deel)}</Alinea>
      </>
    )
  return (
    <>
      <Alinea maat="groot">{describe(matrix, keuze, deel !== undefined)}</Alinea>
      <Botsingmelding
        problem={problem}
        toon={(nu: Deel<Risicokeuze>) => [
          { naam: 'Bewaard door', waarde: nu.door },
          ...matrix.groepen.map(groep => ({
            naam: groep.naam,
            waarde: enumerate(factorenVan(matrix, nu.inhoud, groep.code)) || 'Geen',
          })),
        ]}
      />
      <Formulier actie={actie} csrf={csrf} fouten={problem?.fouten ?? []}>
        <input type="hidden" name="versie" value={formVersion(request, problem, deel)} />
        <input type="hidden" name="aanbod" value={gekozen.aanbodId} />
        <Matrix
          bijschrift={`Voor welke groepen en risicofactoren is ${gekozen.naam}?`}
          hoek="Groep"
          soort="meer"
          rijen={matrix.groepen.map(({ code, naam }) => ({
            naam: `groep-${code}`,
            kop: <Groepskop naam={naam} aantal={aantallen.find(d => d.sleutel === code)?.inhoud} />,
          }))}
          kolommen={matrix.factoren.map(({ code, naam }) => ({ waarde: code, kop: naam }))}
          gekozen={(rij, factor) => hasCel(keuze, rij.slice('groep-'.length), factor)}
        />
        <Alinea maat="klein">{laatstDoor(deel)}</Alinea>
        <Knoppen>
          <Knop>Bewaar de matrix</Knop>
          {deel === undefined ? null : (
            <VolgendAanbod actie={actie} aanbod={stand.aanbod} gekozen={gekozen} ingevuld={ingevuld} />
          )}
        </Knoppen>
      </Formulier>
    </>
  )
}

/** A group with how many residents it has, where that is known. */
function Groepskop({ naam, aantal }: { naam: string; aantal: Aantal | undefined }) {
  const tekst = toonAantal(aantal?.aantal)
  return (
    <>
      {naam}
      {tekst === undefined ? null : <span className="sam-matrix-noot">{tekst} inwoners</span>}
    </>
  )
}

function describe(matrix: Methode['risicomatrix'], keuze: Risicokeuze, ingevuld: boolean): string {
  if (!ingevuld) return 'Voor dit aanbod is nog niets aangevinkt.'
  const groepen = matrix.groepen.filter(g => (keuze.cellen[g.code] ?? []).length > 0).length
  const vinkjes = countCellen(matrix, keuze)
  return `Dit aanbod is voor ${groepen} van de ${matrix.groepen.length} groepen bedoeld, met ${vinkjes === 1 ? '1 vinkje' : `${vinkjes} vinkjes`}.`
}

function factorenVan(matrix: Methode['risicomatrix'], keuze: Risicokeuze, groep: string): string[] {
  return matrix.factoren.filter(f => hasCel(keuze, groep, f.code)).map(f => f.naam)
}

function Gekozen({ matrix, keuze }: { matrix: Methode['risicomatrix']; keuze: Risicokeuze }) {
  return (
    <Tabel
      bijschrift="Risicofactoren per groep waarvoor dit aanbod is bedoeld"
      rijen={matrix.groepen}
      sleutel={groep => groep.code}
      kolommen={[
        { kop: 'Groep', rijkop: true, cel: groep => groep.naam },
        {
          kop: 'Risicofactoren',
          cel: groep => enumerate(factorenVan(matrix, keuze, groep.code)) || 'Geen',
        },
      ]}
    />
  )
}
