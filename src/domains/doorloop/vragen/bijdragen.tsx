import type { Problem } from '../../../platform/problem.ts'
import {
  Alinea,
  Badge,
  Formulier,
  formatMoment,
  Keuzelijst,
  Keuzerondjes,
  Knop,
  Kop,
  Tekstveld,
} from '../../../platform/ui/index.ts'
import { SOORTEN, UITKOMSTEN } from './actions.ts'
import type { Bijdrage, Uitkomst } from './store.ts'
import type { Getypt } from './vraag.tsx'

const TOON: Readonly<Record<Uitkomst, 'succes' | 'info' | 'neutraal'>> = {
  overgenomen: 'succes',
  meegewogen: 'info',
  'niet-overgenomen': 'neutraal',
}

export interface BijdragedeelProps {
  /** Where a new contribution is posted; with an id behind it, the reaction to one. */
  pad: string
  csrf: string
  bijdragen: readonly Bijdrage[]
  mag: { toevoegen: boolean; reageren: boolean }
  getypt: Getypt
  problem?: Problem
}

/** What others add to a question, each with a name and what came of it; and room for your own. */
export function Bijdragedeel({ pad, csrf, bijdragen, mag, getypt, problem }: BijdragedeelProps) {
  const fouten = problem?.fouten ?? []
  return (
    <section id="bijdragen" className="sam-deel" aria-labelledby="bijdragen-kop">
      <Kop niveau={2} id="bijdragen-kop">
        Bijdragen en dilemma’s
      </Kop>
      {bijdragen.length === 0 ? (
        <Alinea>
          Niemand heeft nog iets toegevoegd. Loopt u in de praktijk ergens tegenaan? Schrijf het hier op.
        </Alinea>
      ) : (
        <ul className="sam-bijdragen">
          {bijdragen.map(bijdrage => (
            <li key={bijdrage.bijdrageId}>
              <p>
                <Badge toon={bijdrage.soort === 'dilemma' ? 'waarschuwing' : 'neutraal'}>
                  {SOORTEN[bijdrage.soort]}
                </Badge>{' '}
                <strong>{bijdrage.door ?? 'Het systeem'}</strong>, {formatMoment(bijdrage.op)}
              </p>
              <p className="sam-eerder">{bijdrage.tekst}</p>
              <Reactie
                bijdrage={bijdrage}
                pad={pad}
                csrf={csrf}
                mag={mag.reageren}
                {...(getypt.reactie?.bijdrageId === bijdrage.bijdrageId
                  ? { getypt: getypt.reactie, ...(problem === undefined ? {} : { problem }) }
                  : {})}
              />
            </li>
          ))}
        </ul>
      )}
      {mag.toevoegen ? (
        <Formulier actie={pad} csrf={csrf} fouten={getypt.bijdrage === undefined ? [] : fouten}>
          <Kop niveau={3}>Voeg zelf iets toe</Kop>
          <Keuzelijst
            naam="soort"
            label="Wat voegt u toe?"
            waarde={getypt.bijdrage?.soort ?? 'bijdrage'}
            opties={Object.entries(SOORTEN).map(([waarde, naam]) => ({ waarde, naam }))}
            fouten={fouten}
          />
          <Tekstveld
            naam="bijdrage"
            label="Uw bijdrage"
            hulp="Noem geen inwoners. Uw naam komt erbij te staan."
            regels={4}
            waarde={getypt.bijdrage?.tekst ?? ''}
            maxlengte={4000}
            fouten={fouten}
          />
          <Knop soort="tweede">Voeg toe</Knop>
        </Formulier>
      ) : null}
    </section>
  )
}

/** What came of a contribution, or the form to say so. */
function Reactie({
  bijdrage,
  pad,
  csrf,
  mag,
  getypt,
  problem,
}: {
  bijdrage: Bijdrage
  pad: string
  csrf: string
  mag: boolean
  getypt?: { uitkomst: string; reactie: string }
  problem?: Problem
}) {
  const { bijdrageId, uitkomst } = bijdrage
  if (uitkomst !== null)
    return (
      <p>
        <Badge toon={TOON[uitkomst]}>{UITKOMSTEN[uitkomst]}</Badge> door{' '}
        {bijdrage.afgedaanDoor ?? 'het systeem'}
        {bijdrage.afgedaanOp === null ? '' : `, ${formatMoment(bijdrage.afgedaanOp)}`}
        {bijdrage.reactie === null || bijdrage.reactie === '' ? '' : `: ${bijdrage.reactie}`}
      </p>
    )
  if (!mag) return <Alinea maat="klein">Wacht nog op een reactie.</Alinea>
  const fouten = problem?.fouten ?? []
  return (
    <details className="sam-inklap" open={problem !== undefined}>
      <summary>Reageer op {bijdrage.door ?? 'deze bijdrage'}</summary>
      <div className="sam-inklap-inhoud">
        <Formulier actie={`${pad}/${bijdrageId}`} csrf={csrf} fouten={fouten}>
          <Keuzerondjes
            naam={`uitkomst-${bijdrageId}`}
            label="Wat doet u ermee?"
            waarde={getypt?.uitkomst ?? ''}
            opties={Object.entries(UITKOMSTEN).map(([waarde, naam]) => ({ waarde, naam }))}
            fouten={fouten}
          />
          <Tekstveld
            naam={`reactie-${bijdrageId}`}
            label="Uw reactie"
            regels={2}
            verplichtBij="een bijdrage die u niet overneemt"
            waarde={getypt?.reactie ?? ''}
            maxlengte={2000}
            fouten={fouten}
          />
          <Knop soort="tweede">Stuur reactie</Knop>
        </Formulier>
      </div>
    </details>
  )
}
