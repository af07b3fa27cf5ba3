import type { FastifyReply, FastifyRequest } from 'fastify'
import type { App } from '../../../platform/http/server.ts'
import { formVersie, readAlle } from '../../../platform/http/vraag.ts'
import type { Problem } from '../../../platform/problem.ts'
import { enumerate } from '../../../platform/tekst.ts'
import {
  Alinea,
  Botsingmelding,
  Formulier,
  Knop,
  Knoppen,
  Matrix,
  Melding,
  Tabel,
} from '../../../platform/ui/index.ts'
import { type Deel, laatstDoor, listDelen } from '../../doorloop/index.ts'
import type { Methode } from '../../doorloop/rules.ts'
import type { Aanbod } from '../../dossiers/index.ts'
import { mayEdit, sendTabel, sendWerkvorm, Tabeldownload } from '../werkvorm/pagina.tsx'
import {
  EenVoorEen,
  loadPerAanbod,
  type PerAanbod,
  registerPerAanbod,
  VolgendAanbod,
} from '../werkvorm/peraanbod.tsx'
import { AANTAL, ONDERDEEL, saveRisico } from './actions.ts'
import { Aantallen, Dekkingoverzicht, exportColumns, sayAantal } from './overzicht.tsx'
import { type Aantal, countCellen, hasCel, type Ingevuld, type Risicokeuze, readCellen } from './rules.ts'

const LEEG: Risicokeuze = { cellen: {} }

/** Risk matrix: for which groups at which risk factors an offer is meant. */
export function registerRisico(app: App): void {
  registerPerAanbod(app, {
    naam: 'risico',
    toon: show,
    bewaar: (request, id, doel) =>
      saveRisico(request.ctx, id, doel, groep => readAlle(request.body, `groep-${groep}`)),
    async exporteer(request, reply) {
      const { geladen, aantallen } = await load(request)
      const { doorloop } = geladen.stand
      const matrix = doorloop.methode.risicomatrix
      const kolommen = exportColumns(matrix, listIngevuld(geladen), aantallen)
      return sendTabel(request, reply, doorloop, 'risicomatrix', kolommen, matrix.groepen)
    },
  })
}

function load(request: FastifyRequest) {
  return request.ctx.read(async db => {
    const geladen = await loadPerAanbod<Risicokeuze>(request, db, 'risico', ONDERDEEL)
    return { geladen, aantallen: await listDelen<Aantal>(db, geladen.stand.doorloop.doorloopId, AANTAL) }
  })
}

function listIngevuld({ stand, van }: PerAanbod<Risicokeuze>): Ingevuld[] {
  return stand.aanbod.flatMap(({ aanbodId, naam }) => {
    const deel = van(aanbodId)
    return deel === undefined ? [] : [{ naam, keuze: deel.inhoud }]
  })
}

async function show(request: FastifyRequest, reply: FastifyReply, problem?: Problem): Promise<FastifyReply> {
  const { geladen, aantallen } = await load(request)
  const { stand, actie, van } = geladen
  const { doorloop, aanbod } = stand
  const matrix = doorloop.methode.risicomatrix
  return sendWerkvorm(request, reply, {
    doorloop,
    huidig: '/risico',
    titel: 'Risicomatrix',
    inleiding: matrix.uitleg,
    problem,
    children: csrf => (
      <>
        <Melding soort="info">{matrix.noot}</Melding>
        <EenVoorEen geladen={geladen}>
          {gekozen => (
            <>
              <EenAanbod {...{ request, geladen, csrf, gekozen, problem, aantallen }} />
              <Dekkingoverzicht
                matrix={matrix}
                ingevuld={listIngevuld(geladen)}
                nogLeeg={aanbod.filter(a => van(a.aanbodId) === undefined).map(a => a.naam)}
              />
            </>
          )}
        </EenVoorEen>
        <Aantallen
          matrix={matrix}
          delen={aantallen}
          wijzig={
            mayEdit(request, { ...stand, open: { ok: true } })
              ? groep => `${actie}/aantallen?groep=${groep}`
              : undefined
          }
        />
        <Tabeldownload naam="de risicomatrix" actie={actie} />
      </>
    ),
  })
}

function EenAanbod({
  request,
  geladen,
  csrf,
  gekozen,
  problem,
  aantallen,
}: {
  request: FastifyRequest
  geladen: PerAanbod<Risicokeuze>
  csrf: string
  gekozen: Aanbod
  problem: Problem | undefined
  aantallen: readonly Deel<Aantal>[]
}) {
  const { stand, actie, van } = geladen
  const deel = van(gekozen.aanbodId)
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
        <input type="hidden" name="versie" value={formVersie(request, deel, problem)} />
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
          <VolgendAanbod geladen={geladen} />
        </Knoppen>
      </Formulier>
    </>
  )
}

/** A group with how many residents it has, where that is known. */
function Groepskop({ naam, aantal }: { naam: string; aantal: Aantal | undefined }) {
  const tekst = sayAantal(aantal?.aantal)
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
