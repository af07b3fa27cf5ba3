import { formatEuro } from '../../../platform/money.ts'
import type { Problem } from '../../../platform/problem.ts'
import {
  Alinea,
  Botsingmelding,
  bindInvoer,
  Formulier,
  Getalveld,
  Keuzelijst,
  Knop,
  KnopLink,
  Knoppen,
  Kop,
  Lijst,
  Tekstveld,
  Vinkjes,
} from '../../../platform/ui/index.ts'
import { formatPromille, type Velden } from './invoer.ts'
import type { Keuzes, Scenario, Scenariomethode } from './store.ts'

interface ScenarioformulierProps {
  csrf: string
  actie: string
  velden: Velden
  gekozen: readonly string[]
  /** Version on which the form was filled; 0 for a new one. */
  versie: number
  methode: Scenariomethode
  keuzes: Keuzes
  /** What was spent in the year before, for the segments that are ticked at the start; null when not known. */
  voorjaar: { jaar: number; bedrag: number } | null
  terug: string
  problem: Problem | undefined
}

/** How a pattern runs, in words: '+2% · +4% · …'. */
export function verloopTekst(verloop: readonly number[]): string {
  return verloop.map(v => `${v > 0 ? '+' : ''}${formatPromille(v)}%`).join(' · ')
}

/** Everything of one scenario in one form. */
export function Scenarioformulier(props: ScenarioformulierProps) {
  const { csrf, actie, velden: v, gekozen, versie, methode, keuzes, voorjaar, terug, problem } = props
  const fouten = problem?.fouten ?? []
  const veld = bindInvoer(v, fouten)
  const groepen = [...new Set(methode.patronen.flatMap(p => p.groepen))]
  const route = (plek: number) => methode.financiering[plek]
  return (
    <>
      <Botsingmelding problem={problem} toon={watErNuStaat} />
      <Formulier actie={actie} csrf={csrf} fouten={fouten}>
        <input type="hidden" name="versie" value={versie} />
        <Tekstveld {...veld('naam')} label="Naam" maxlengte={200} />
        <Keuzelijst
          {...veld('groepKeuze')}
          label="Groep inwoners"
          leeg="Een andere groep: schrijf hem hieronder"
          opties={groepen.map(groep => ({ waarde: groep, naam: groep }))}
          verplicht={false}
        />
        <Tekstveld {...veld('groep')} label="Andere groep" maxlengte={200} verplichtBij="een andere groep" />
        <Kop niveau={2}>Hoe lopen de kosten?</Kop>
        <Keuzelijst
          {...veld('patroon')}
          label="Patroon"
          leeg="Kies een patroon"
          opties={methode.patronen.map(p => ({ waarde: p.code, naam: p.naam }))}
        />
        <Lijst
          items={methode.patronen.map(p => (
            <>
              <b>{p.naam}</b>: {verloopTekst(p.verloop)}, marge {formatPromille(p.marge)}%. {p.uitleg}
            </>
          ))}
        />
        <Tekstveld
          {...veld('verloop')}
          label="Eigen percentages per jaar"
          hulp="Tegen het jaar voor het begin, per jaar gescheiden door een puntkomma. Bijvoorbeeld: 5; 2,5; -10. Leeg: zoals het patroon."
          verplicht={false}
          breedte="half"
        />
        <Getalveld
          {...veld('marge')}
          label="Eigen marge"
          eenheid="procent"
          hulp="Zo ver mag de werkelijkheid afwijken. Leeg: zoals het patroon."
          decimalen
          verplicht={false}
        />
        <Kop niveau={2}>Waarmee vergelijkt u?</Kop>
        <Vinkjes
          naam="segmenten"
          label="Segmenten"
          waarden={gekozen}
          opties={keuzes.segmenten}
          fouten={fouten}
        />
        <Keuzelijst
          {...veld('gemeente')}
          label="Gemeente"
          leeg="Alle gemeenten"
          opties={keuzes.gemeenten}
          verplicht={false}
        />
        <Getalveld {...veld('beginjaar')} label="Eerste jaar" />
        <Getalveld
          {...veld('basis')}
          label="Kosten in het jaar ervoor"
          eenheid="euro"
          hulp={`Leeg: wat er in dat jaar is besteed in deze segmenten.${
            voorjaar === null ? '' : ` In ${voorjaar.jaar} was dat ${formatEuro(voorjaar.bedrag)}.`
          }`}
          decimalen
          verplicht={false}
        />
        <Tekstveld
          {...veld('basisReden')}
          label="Waar komt dit bedrag vandaan?"
          verplichtBij="een ander bedrag dan is besteed"
        />
        <Kop niveau={2}>Waar komt het geld vandaan?</Kop>
        {(['kort', 'middellang', 'lang'] as const).map((naam, plek) => {
          const uit = route(plek)
          return (
            <Tekstveld
              key={naam}
              {...veld(naam)}
              label={TERMIJN[naam]}
              {...(uit === undefined ? {} : { hulp: `De methode zegt: ${uit.route}` })}
              regels={2}
              verplicht={false}
            />
          )
        })}
        <Tekstveld
          {...veld('aannames')}
          label="Aannames"
          hulp="Waar rekent u op? Wat moet waar zijn?"
          regels={4}
          verplicht={false}
        />
        <Kop niveau={2}>Rekenvoorbeeld: korter helpen</Kop>
        <Alinea>Vul alle vier de velden in, of geen.</Alinea>
        <Getalveld {...veld('clienten')} label="Aantal cliënten" verplichtBij="een rekenvoorbeeld" />
        <Getalveld
          {...veld('maandenNu')}
          label="Duur nu"
          eenheid="maanden"
          verplichtBij="een rekenvoorbeeld"
        />
        <Getalveld
          {...veld('maandenStraks')}
          label="Duur straks"
          eenheid="maanden"
          verplichtBij="een rekenvoorbeeld"
        />
        <Getalveld
          {...veld('kostenMaand')}
          label="Kosten per cliënt per maand"
          eenheid="euro"
          decimalen
          verplichtBij="een rekenvoorbeeld"
        />
        <Knoppen>
          <Knop>Opslaan</Knop>
          <KnopLink href={terug}>Terug zonder opslaan</KnopLink>
        </Knoppen>
      </Formulier>
    </>
  )
}

export const TERMIJN = {
  kort: 'Korte termijn',
  middellang: 'Middellange termijn',
  lang: 'Lange termijn',
} as const

export const watErNuStaat = (nu: Scenario) => [
  { naam: 'Naam', waarde: nu.naam },
  { naam: 'Groep', waarde: nu.groep },
  { naam: 'Patroon', waarde: nu.methode.patronen.find(p => p.code === nu.patroon)?.naam ?? nu.patroon },
  { naam: 'Eerste jaar', waarde: String(nu.beginjaar) },
  { naam: 'Kosten in het jaar ervoor', waarde: formatEuro(nu.basis) },
  { naam: 'Segmenten', waarde: nu.segmentNamen.join(', ') },
  { naam: 'Aannames', waarde: nu.aannames },
]
