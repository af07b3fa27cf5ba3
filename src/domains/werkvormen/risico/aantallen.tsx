import type { FastifyReply, FastifyRequest } from 'fastify'
import type { App } from '../../../platform/http/server.ts'
import { formVersie, readVelden } from '../../../platform/http/vraag.ts'
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
import type { Geweigerd } from '../../../platform/velden/invulformulier.tsx'
import { type Deel, doorloopPad, laatstDoor } from '../../doorloop/index.ts'
import { loadDelen, mayEdit, readKeuze, registerWerkvorm, sendWerkvorm } from '../werkvorm/pagina.tsx'
import { AANTAL, type Aantalinvoer, saveAantal } from './actions.ts'
import { Aantallen, sayAantal } from './overzicht.tsx'
import type { Aantal } from './rules.ts'

/** How many residents each group of the risk matrix has. */
export function registerAantallen(app: App): void {
  registerWerkvorm(app, {
    naam: 'risico/aantallen',
    toon: show,
    async bewaar({ request, versie }, id) {
      const { groep = '' } = readVelden(request)
      await saveAantal(request.ctx, id, { groep, versie }, readInvoer(request))
      return { groep }
    },
  })
}

function readInvoer(request: FastifyRequest): Aantalinvoer {
  const { aantal = '', bron = '', jaar = '' } = readVelden(request)
  return { aantal, bron, jaar }
}

async function show(request: FastifyRequest, reply: FastifyReply, { problem }: Partial<Geweigerd> = {}) {
  const { stand, delen } = await loadDelen<Aantal>(request, null, AANTAL)
  const { doorloop } = stand
  const matrix = doorloop.methode.risicomatrix
  const code = readKeuze(request, 'groep') ?? matrix.groepen[0]?.code
  const groep = matrix.groepen.find(g => g.code === code)
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
