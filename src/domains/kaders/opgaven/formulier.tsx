import type { Collega } from '../../../platform/auth/gebruikers.ts'
import { formatDatum } from '../../../platform/dates.ts'
import type { Problem } from '../../../platform/problem.ts'
import {
  Botsingmelding,
  bindInvoer,
  Datumveld,
  Formulier,
  Keuzelijst,
  Keuzerondjes,
  Knop,
  KnopLink,
  Knoppen,
  Tekstveld,
  Vinkjes,
} from '../../../platform/ui/index.ts'
import { indicatorVan } from '../../sturing/index.ts'
import { Metingvelden } from '../bereik/meting.tsx'
import { type Bereik, gemeenteOpties, naamVanDeelgebied } from '../bereik/rules.ts'
import { ACTIENAAM, HEFBOOMNAAM, segmentnamen } from './bord.tsx'
import type { Actieinvoer, Invoer } from './invoer.ts'
import { ACTIESTATEN, HEFBOMEN } from './rules.ts'
import type { Actierij, Opgave } from './store.ts'

export const LEEG: Invoer = {
  gemeente: '',
  thema: '',
  titel: '',
  doelgroep: '',
  van: '',
  naar: '',
  metInkoop: '',
  metAnders: '',
  hefbomen: [],
  trekker: '',
  indicator: '',
  wet: '',
  richting: '',
  onderbouwing: '',
  volgendeStap: '',
  bron: '',
  segmenten: [],
}

export const LEGE_ACTIE: Actieinvoer = { hefboom: '', tekst: '', eigenaar: '', klaarOp: '', staat: 'open' }

const HEFBOOMOPTIES = HEFBOMEN.map(waarde => ({ waarde, naam: HEFBOOMNAAM[waarde] }))
const mensen = (collegas: readonly Collega[]) =>
  collegas.map(c => ({ waarde: String(c.gebruikerId), naam: c.naam }))

interface Gemeen {
  csrf: string
  actie: string
  terug: string
  versie: number
  collegas: readonly Collega[]
  problem?: Problem
}

/** The form of one change assignment. */
export function Opgaveformulier(props: Gemeen & { invoer: Invoer; nieuw: boolean; bereik: Bereik }) {
  const { csrf, actie, terug, invoer, versie, nieuw, bereik, collegas, problem } = props
  const fouten = problem?.fouten ?? []
  const veld = bindInvoer(invoer, fouten)
  const tekst = (naam: Parameters<typeof veld>[0], label: string, meer: object = {}) => (
    <Tekstveld {...veld(naam)} label={label} {...meer} />
  )
  return (
    <>
      <Botsingmelding problem={problem} toon={(nu: Opgave) => opHetFormulier(nu, bereik)} />
      <Formulier actie={actie} csrf={csrf} fouten={fouten}>
        <input type="hidden" name="versie" value={versie} />
        {nieuw ? (
          <Keuzelijst
            {...veld('gemeente')}
            label="Van wie is deze opgave?"
            leeg="Kies"
            opties={gemeenteOpties(bereik, true)}
          />
        ) : (
          <input type="hidden" name="gemeente" value={invoer.gemeente} />
        )}
        {tekst('titel', 'Titel', { maxlengte: 200 })}
        {tekst('thema', 'Thema', { hulp: 'Opgaven met hetzelfde thema staan bij elkaar', maxlengte: 100 })}
        {tekst('doelgroep', 'Voor wie', { regels: 2 })}
        {tekst('van', 'Hoe is het nu?', { regels: 4 })}
        {tekst('naar', 'Hoe moet het worden?', { regels: 4 })}
        <Vinkjes
          naam="hefbomen"
          label="Waarmee is dit te bereiken?"
          waarden={invoer.hefbomen}
          opties={HEFBOOMOPTIES}
          fouten={fouten}
        />
        {tekst('metInkoop', 'Wat kan inkoop bereiken?', { regels: 3, verplicht: false })}
        {tekst('metAnders', 'Wat vraagt iets anders?', { regels: 3, verplicht: false })}
        {tekst('volgendeStap', 'Volgende stap', { regels: 2, verplicht: false })}
        <Keuzelijst
          {...veld('trekker')}
          label="Trekker"
          leeg="Nog niemand"
          verplicht={false}
          opties={mensen(collegas)}
        />
        <Vinkjes
          naam="segmenten"
          label="Segmenten"
          hulp="Met welke segmenten van de inkoop wordt deze opgave gediend?"
          verplicht={false}
          waarden={invoer.segmenten}
          opties={bereik.segmenten.map(s => ({ waarde: String(s.segmentId), naam: s.naam }))}
          fouten={fouten}
        />
        <Metingvelden label="Waaraan ziet u het?" leeg="Nog geen indicator" veld={veld} />
        <Keuzelijst
          {...veld('wet')}
          label="Zonder segmenten: over welke hulp gaat het cijfer?"
          leeg="Jeugdhulp en Wmo"
          verplicht={false}
          opties={[
            { waarde: 'jw', naam: 'Jeugdhulp' },
            { waarde: 'wmo', naam: 'Wmo' },
          ]}
        />
        {tekst('onderbouwing', 'Onderbouwing', {
          hulp: 'Waarom denkt u dat dit werkt?',
          regels: 3,
          verplicht: false,
        })}
        {tekst('bron', 'Bron', { verplicht: false, maxlengte: 500 })}
        <Knoppen>
          <Knop>Opslaan</Knop>
          <KnopLink href={terug}>Terug zonder opslaan</KnopLink>
        </Knoppen>
      </Formulier>
    </>
  )
}

/** An assignment as the form says it. */
const opHetFormulier = (nu: Opgave, bereik: Bereik) => [
  { naam: 'Titel', waarde: nu.titel },
  { naam: 'Thema', waarde: nu.thema },
  { naam: 'Voor wie', waarde: nu.doelgroep },
  { naam: 'Hoe is het nu?', waarde: nu.van },
  { naam: 'Hoe moet het worden?', waarde: nu.naar },
  { naam: 'Hefbomen', waarde: nu.hefbomen.map(h => HEFBOOMNAAM[h]).join(', ') },
  { naam: 'Wat kan inkoop bereiken?', waarde: nu.metInkoop },
  { naam: 'Wat vraagt iets anders?', waarde: nu.metAnders },
  { naam: 'Volgende stap', waarde: nu.volgendeStap },
  { naam: 'Trekker', waarde: nu.trekkerNaam },
  { naam: 'Segmenten', waarde: segmentnamen(nu, bereik.segmenten).join(', ') },
  { naam: 'Indicator', waarde: indicatorVan(nu.indicator)?.naam },
  { naam: 'Wat is beter?', waarde: nu.richting },
  {
    naam: 'Over welke hulp gaat het cijfer?',
    waarde:
      nu.segmenten.length > 0 ? 'De segmenten' : naamVanDeelgebied(bereik, { wet: nu.wet, segmentId: null }),
  },
  { naam: 'Onderbouwing', waarde: nu.onderbouwing },
  { naam: 'Bron', waarde: nu.bron },
]

/** The form of one action under an assignment. */
export function Actieformulier(props: Gemeen & { invoer: Actieinvoer }) {
  const { csrf, actie, terug, invoer, versie, collegas, problem } = props
  const fouten = problem?.fouten ?? []
  const veld = bindInvoer(invoer, fouten)
  return (
    <>
      <Botsingmelding
        problem={problem}
        toon={(nu: Actierij) => [
          { naam: 'Actie', waarde: nu.tekst },
          { naam: 'Hefboom', waarde: HEFBOOMNAAM[nu.hefboom] },
          { naam: 'Eigenaar', waarde: nu.eigenaarNaam },
          { naam: 'Klaar op', waarde: nu.klaarOp && formatDatum(nu.klaarOp) },
          { naam: 'Staat', waarde: ACTIENAAM[nu.staat].naam },
        ]}
      />
      <Formulier actie={actie} csrf={csrf} fouten={fouten}>
        <input type="hidden" name="versie" value={versie} />
        <Tekstveld {...veld('tekst')} label="Actie" regels={2} />
        <Keuzelijst {...veld('hefboom')} label="Hefboom" leeg="Kies" opties={HEFBOOMOPTIES} />
        <Keuzelijst
          {...veld('eigenaar')}
          label="Eigenaar"
          leeg="Nog niemand"
          verplicht={false}
          opties={mensen(collegas)}
        />
        <Datumveld {...veld('klaarOp')} label="Klaar op" verplicht={false} />
        <Keuzerondjes
          {...veld('staat')}
          label="Hoe staat het ermee?"
          opties={ACTIESTATEN.map(waarde => ({ waarde, naam: ACTIENAAM[waarde].naam }))}
        />
        <Knoppen>
          <Knop>Opslaan</Knop>
          <KnopLink href={terug}>Terug zonder opslaan</KnopLink>
        </Knoppen>
      </Formulier>
    </>
  )
}
