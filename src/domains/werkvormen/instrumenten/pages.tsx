import type { FastifyReply, FastifyRequest } from 'fastify'
import type { App } from '../../../platform/http/server.ts'
import { readAlle, readVelden } from '../../../platform/http/vraag.ts'
import { inSentence } from '../../../platform/tekst.ts'
import {
  Alinea,
  Beschrijvingslijst,
  Melding,
  Raster,
  Schaal,
  Tekstveld,
  Vinkjes,
} from '../../../platform/ui/index.ts'
import type { Geweigerd } from '../../../platform/velden/invulformulier.tsx'
import { laatstDoor } from '../../doorloop/index.ts'
import type { Methode } from '../../doorloop/rules.ts'
import { mayEdit, sendWerkvorm } from '../werkvorm/pagina.tsx'
import {
  Aanbodformulier,
  type Bezig,
  EenVoorEen,
  loadPerAanbod,
  registerPerAanbod,
} from '../werkvorm/peraanbod.tsx'
import {
  MEEST_MOTIVERING,
  MEEST_UITLEG,
  ONDERDEEL,
  readWeging,
  saveWeging,
  type Weginginvoer,
} from './actions.ts'
import { exportColumns, Mixbeeld, Mixoverzicht, mixnaam, Vergelijking } from './beeld.tsx'
import { describeWeging, STAPPEN, type Weging } from './rules.ts'

const LEEG: Weging = { scores: {}, uitleg: {}, mix: [], motivering: '' }

/** The mix of instruments: criteria weighed per offer, the choice made by people. */
export function registerInstrumenten(app: App): void {
  registerPerAanbod(app, {
    naam: 'instrumenten',
    toon: show,
    bewaar: (request, id, doel) => saveWeging(request.ctx, id, doel, readInvoer(request)),
    async bestand(request) {
      const geladen = await load(request)
      const { doorloop, aanbod } = geladen.stand
      return { doorloop, naam: 'instrumenten', kolommen: exportColumns(geladen), rijen: aanbod }
    },
  })
}

const load = (request: FastifyRequest) => loadPerAanbod<Weging>(request, 'instrumenten', ONDERDEEL)

function readInvoer(request: FastifyRequest): Weginginvoer {
  const velden = readVelden(request)
  return {
    score: code => velden[`score-${code}`] ?? '',
    uitleg: code => velden[`uitleg-${code}`] ?? '',
    mix: readAlle(request.body, 'mix'),
    motivering: velden.motivering ?? '',
  }
}

function toInvoer({ scores, uitleg, mix, motivering }: Weging): Weginginvoer {
  return {
    score: code => String(scores[code] ?? ''),
    uitleg: code => uitleg[code] ?? '',
    mix,
    motivering,
  }
}

async function show(request: FastifyRequest, reply: FastifyReply, { problem }: Partial<Geweigerd> = {}) {
  const geladen = await load(request)
  const { doorloop } = geladen.stand
  return sendWerkvorm(request, reply, {
    doorloop,
    huidig: '/instrumenten',
    titel: 'Mix van instrumenten',
    inleiding: doorloop.methode.instrumentmix.uitleg,
    problem,
    children: csrf => (
      <>
        <EenVoorEen geladen={geladen}>
          {gekozen => (
            <>
              <EenAanbod {...{ request, geladen, csrf, gekozen, problem }} />
              <Mixoverzicht {...geladen} />
            </>
          )}
        </EenVoorEen>
        <Vergelijking methode={doorloop.methode} />
      </>
    ),
  })
}

function EenAanbod(bezig: Bezig<Weging>) {
  const { request, geladen, gekozen, problem } = bezig
  const { stand, van } = geladen
  const deel = van(gekozen.aanbodId)
  const mix = stand.doorloop.methode.instrumentmix
  const invoer = problem === undefined ? toInvoer(deel?.inhoud ?? LEEG) : readInvoer(request)
  const weging = readWeging(mix, invoer)
  const fouten = problem?.fouten ?? []
  return (
    <>
      <Raster>
        <Mixbeeld mix={mix} scores={weging.scores} />
        <div className="sam-deel">
          <Alinea maat="groot">{describeWeging(mix, weging.scores)}</Alinea>
          <Melding soort="info">
            Dit is geen advies. De scores helpen het gesprek; welke mix het wordt, kiest en motiveert u zelf.
          </Melding>
          <Beschrijvingslijst
            items={[
              { naam: 'Gekozen mix', waarde: mixnaam(mix, weging.mix) },
              { naam: 'Motivering', waarde: weging.motivering },
            ]}
          />
          <Alinea maat="klein">{laatstDoor(deel)}</Alinea>
        </div>
      </Raster>
      {mayEdit(request, stand) ? (
        <Aanbodformulier {...bezig} knop="Bewaar de weging" toon={nu => opHetFormulier(mix, nu)}>
          {mix.criteria.map(({ code, naam, vraag, links, rechts }) => (
            <div key={code} className="sam-deel">
              <Schaal
                naam={`score-${code}`}
                label={naam}
                hulp={vraag}
                links={links}
                rechts={rechts}
                stappen={STAPPEN}
                waarde={invoer.score(code)}
                fouten={fouten}
              />
              <Tekstveld
                naam={`uitleg-${code}`}
                label={`Uitleg bij ${inSentence(naam)}`}
                maxlengte={MEEST_UITLEG}
                waarde={invoer.uitleg(code)}
                verplicht={false}
                fouten={fouten}
              />
            </div>
          ))}
          <Vinkjes
            naam="mix"
            label="Welke mix kiest u?"
            opties={mix.instrumenten.map(({ code, naam }) => ({ waarde: code, naam }))}
            waarden={invoer.mix}
            verplicht={false}
            fouten={fouten}
          />
          <Tekstveld
            naam="motivering"
            label="Motivering van de mix"
            regels={4}
            maxlengte={MEEST_MOTIVERING}
            waarde={invoer.motivering}
            verplichtBij="een mix"
            fouten={fouten}
          />
        </Aanbodformulier>
      ) : (
        <Beschrijvingslijst items={opHetFormulier(mix, weging)} />
      )}
    </>
  )
}

function opHetFormulier(mix: Methode['instrumentmix'], { scores, uitleg, mix: gekozen, motivering }: Weging) {
  return [
    ...mix.criteria.map(({ code, naam }) => ({
      naam,
      waarde: [scores[code] === undefined ? 'Nog open' : `${scores[code]} van ${STAPPEN}`, uitleg[code] ?? '']
        .filter(deel => deel !== '')
        .join('. '),
    })),
    { naam: 'Gekozen mix', waarde: mixnaam(mix, gekozen) },
    { naam: 'Motivering', waarde: motivering },
  ]
}
