import type { FastifyReply, FastifyRequest } from 'fastify'
import type { App } from '../../../platform/http/server.ts'
import { readAlle } from '../../../platform/http/vraag.ts'
import { enumerate } from '../../../platform/tekst.ts'
import { Alinea, Matrix, Melding, Tabel } from '../../../platform/ui/index.ts'
import type { Geweigerd } from '../../../platform/velden/invulformulier.tsx'
import { type Deel, laatstDoor, listDelen } from '../../doorloop/index.ts'
import type { Methode } from '../../doorloop/rules.ts'
import { mayEdit, sendWerkvorm, Tabeldownload } from '../werkvorm/pagina.tsx'
import {
  Aanbodformulier,
  type Bezig,
  EenVoorEen,
  loadPerAanbod,
  type PerAanbod,
  registerPerAanbod,
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
    async bestand(request) {
      const { geladen, aantallen } = await load(request)
      const { doorloop } = geladen.stand
      const matrix = doorloop.methode.risicomatrix
      const kolommen = exportColumns(matrix, listIngevuld(geladen), aantallen)
      return { doorloop, naam: 'risicomatrix', kolommen, rijen: matrix.groepen }
    },
  })
}

async function load(request: FastifyRequest) {
  const geladen = await loadPerAanbod<Risicokeuze>(request, 'risico', ONDERDEEL)
  const { doorloopId } = geladen.stand.doorloop
  return { geladen, aantallen: await request.ctx.read(db => listDelen<Aantal>(db, doorloopId, AANTAL)) }
}

function listIngevuld({ stand, van }: PerAanbod<Risicokeuze>): Ingevuld[] {
  return stand.aanbod.flatMap(({ aanbodId, naam }) => {
    const deel = van(aanbodId)
    return deel === undefined ? [] : [{ naam, keuze: deel.inhoud }]
  })
}

async function show(request: FastifyRequest, reply: FastifyReply, { problem }: Partial<Geweigerd> = {}) {
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

function EenAanbod({ aantallen, ...bezig }: Bezig<Risicokeuze> & { aantallen: readonly Deel<Aantal>[] }) {
  const { request, geladen, gekozen, problem } = bezig
  const { stand, van } = geladen
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
      <Aanbodformulier
        {...bezig}
        knop="Bewaar de matrix"
        toon={nu =>
          matrix.groepen.map(groep => ({
            naam: groep.naam,
            waarde: enumerate(factorenVan(matrix, nu, groep.code)) || 'Geen',
          }))
        }
      >
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
      </Aanbodformulier>
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
      bijschriftZichtbaar
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
