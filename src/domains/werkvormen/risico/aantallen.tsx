import type { FastifyReply, FastifyRequest } from 'fastify'
import type { App } from '../../../platform/http/server.ts'
import { formVersie, readId, readVelden, readVersie, readVraag } from '../../../platform/http/vraag.ts'
import { notFound, type Problem } from '../../../platform/problem.ts'
import {
  Alinea,
  Botsingmelding,
  bindInvoer,
  Formulier,
  Knop,
  KnopLink,
  Knoppen,
  Kop,
  Tekstveld,
} from '../../../platform/ui/index.ts'
import { type Deel, doorloopPad, laatstDoor, listDelen } from '../../doorloop/index.ts'
import { attempt, LEZEN, mayEdit, SCHRIJVEN, sendWerkvorm } from '../werkvorm/pagina.tsx'
import { getStand } from '../werkvorm/stand.ts'
import { AANTAL, type Aantalinvoer, saveAantal } from './actions.ts'
import { Aantallen, sayAantal } from './overzicht.tsx'
import type { Aantal } from './rules.ts'

const PAD = '/beleid/doorlopen/:id/risico/aantallen'

/** How many residents each group of the risk matrix has. */
export function registerAantallen(app: App): void {
  app.get(PAD, LEZEN, (request, reply) => show(request, reply))

  app.post(PAD, SCHRIJVEN, (request, reply) => {
    const id = readId(request, 'Doorloop')
    const velden = readVelden(request)
    const doel = { groep: velden.groep ?? '', versie: readVersie(request) }
    return attempt(
      reply,
      () => saveAantal(request.ctx, id, doel, readInvoer(request)),
      `/beleid/doorlopen/${id}/risico/aantallen?groep=${encodeURIComponent(doel.groep)}&bewaard=ja`,
      problem => show(request, reply, problem),
    )
  })
}

function readInvoer(request: FastifyRequest): Aantalinvoer {
  const { aantal = '', bron = '', jaar = '' } = readVelden(request)
  return { aantal, bron, jaar }
}

async function show(request: FastifyRequest, reply: FastifyReply, problem?: Problem): Promise<FastifyReply> {
  const id = readId(request, 'Doorloop')
  const { stand, delen } = await request.ctx.read(async db => ({
    stand: await getStand(db, id, null),
    delen: await listDelen<Aantal>(db, id, AANTAL),
  }))
  const { doorloop } = stand
  const matrix = doorloop.methode.risicomatrix
  const code = (request.method === 'GET' ? readVraag(request) : readVelden(request)).groep
  const groep = matrix.groepen.find(g => g.code === (code ?? matrix.groepen[0]?.code))
  if (!groep) throw notFound('Groep')
  const deel = delen.find(d => d.sleutel === groep.code)
  const pad = `${doorloopPad(doorloop)}/risico`
  const mag = mayEdit(request, stand)
  return sendWerkvorm(request, reply, {
    doorloop,
    huidig: '/risico',
    titel: 'Aantal inwoners per groep',
    inleiding: 'Vul in wat bekend is, met de bron. Zo ziet u bij de matrix om hoeveel mensen het gaat.',
    problem,
    children: csrf => (
      <>
        {mag ? (
          <>
            <Kop niveau={2}>{groep.naam}</Kop>
            <Botsingmelding
              problem={problem}
              toon={(nu: Deel<Aantal>) => [
                { naam: 'Bewaard door', waarde: nu.door },
                { naam: 'Aantal', waarde: sayAantal(nu.inhoud.aantal) },
                { naam: 'Bron', waarde: nu.inhoud.bron },
                { naam: 'Jaar', waarde: nu.inhoud.jaar },
              ]}
            />
            <Aantalformulier
              csrf={csrf}
              actie={`${pad}/aantallen`}
              terug={pad}
              groep={groep.code}
              versie={formVersie(request, deel, problem)}
              invoer={problem === undefined ? toInvoer(deel?.inhoud) : readInvoer(request)}
              problem={problem}
            />
            <Alinea maat="klein">{laatstDoor(deel)}</Alinea>
          </>
        ) : null}
        <Aantallen
          matrix={matrix}
          delen={delen}
          wijzig={mag ? anders => `${pad}/aantallen?groep=${anders}` : undefined}
        />
      </>
    ),
  })
}

function toInvoer(inhoud: Aantal | undefined): Aantalinvoer {
  return {
    aantal: sayAantal(inhoud?.aantal) ?? '',
    bron: inhoud?.bron ?? '',
    jaar: String(inhoud?.jaar ?? ''),
  }
}

function Aantalformulier({
  csrf,
  actie,
  terug,
  groep,
  versie,
  invoer,
  problem,
}: {
  csrf: string
  actie: string
  terug: string
  groep: string
  versie: number
  invoer: Aantalinvoer
  problem: Problem | undefined
}) {
  const fouten = problem?.fouten ?? []
  const veld = bindInvoer(invoer, fouten)
  return (
    <Formulier actie={actie} csrf={csrf} fouten={fouten}>
      <input type="hidden" name="versie" value={versie} />
      <input type="hidden" name="groep" value={groep} />
      <Tekstveld
        {...veld('aantal')}
        label="Aantal inwoners"
        hulp="Is het minder dan 10? Dan bewaren we alleen ‘minder dan 10’. Maak alles leeg om het aantal weg te halen."
        breedte="half"
        maxlengte={20}
        verplicht={false}
      />
      <Tekstveld
        {...veld('bron')}
        label="Bron"
        hulp="Bijvoorbeeld: CBS, GGD-monitor, eigen registratie"
        maxlengte={300}
        verplichtBij="een aantal"
      />
      <Tekstveld
        {...veld('jaar')}
        label="Jaar waar het aantal over gaat"
        breedte="kort"
        maxlengte={4}
        verplichtBij="een aantal"
      />
      <Knoppen>
        <Knop>Bewaar het aantal</Knop>
        <KnopLink href={terug}>Terug naar de risicomatrix</KnopLink>
      </Knoppen>
    </Formulier>
  )
}
