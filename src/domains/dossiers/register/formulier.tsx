import type { Problem } from '../../../platform/problem.ts'
import {
  Botsingmelding,
  bindInvoer,
  Datumveld,
  Formulier,
  formatDatumInvoer,
  Keuzelijst,
  Knop,
  KnopLink,
  Knoppen,
  type Optie,
  Tekstveld,
  Vinkjes,
} from '../../../platform/ui/index.ts'
import { type Dossierinvoer, WETTEN, wetNamen } from './invoer.ts'
import type { Dossier } from './store.ts'

export const LEEG: Dossierinvoer = {
  naam: '',
  thema: '',
  wetten: [],
  gemeente: 'regio',
  toelichting: '',
  eigenaar: '',
  looptAf: '',
  segmenten: [],
}

export interface DossierformulierProps {
  csrf: string
  actie: string
  terug: string
  invoer: Dossierinvoer
  versie: number
  /** May write policy of the region. */
  regionaal: boolean
  gemeenten: readonly Optie[]
  segmenten: readonly Optie[]
  eigenaren: readonly Optie[]
  problem?: Problem
}

/** The form of one dossier; when somebody else was faster it shows what they left. */
export function Dossierformulier(props: DossierformulierProps) {
  const { csrf, actie, terug, invoer, versie, problem } = props
  const fouten = problem?.fouten ?? []
  const veld = bindInvoer(invoer, fouten)
  return (
    <>
      <Botsingmelding<Dossier>
        problem={problem}
        toon={nu => [
          { naam: 'Naam', waarde: nu.naam },
          { naam: 'Thema', waarde: nu.thema },
          { naam: 'Wet', waarde: wetNamen(nu.wetten) },
          { naam: 'Van', waarde: nu.gemeenteNaam ?? 'De regio' },
          { naam: 'Eigenaar', waarde: nu.eigenaar },
          { naam: 'Loopt af', waarde: formatDatumInvoer(nu.looptAf ?? '') },
          { naam: 'Segmenten', waarde: nu.segmentnamen.join(', ') },
          { naam: 'Toelichting', waarde: nu.toelichting },
        ]}
      />
      <Formulier actie={actie} csrf={csrf} fouten={fouten}>
        <input type="hidden" name="versie" value={versie} />
        <Tekstveld
          {...veld('naam')}
          label="Naam"
          hulp="Bijvoorbeeld: Huishoudelijke ondersteuning"
          maxlengte={120}
        />
        <Tekstveld
          {...veld('thema')}
          label="Thema"
          hulp="Dossiers met hetzelfde thema staan bij elkaar. Bijvoorbeeld: Langer zelfstandig thuis"
          maxlengte={120}
        />
        <Vinkjes naam="wetten" label="Wet" waarden={invoer.wetten} opties={WETTEN} fouten={fouten} />
        <Keuzelijst
          {...veld('gemeente')}
          label="Van wie is dit beleid?"
          opties={
            props.regionaal ? [{ waarde: 'regio', naam: 'De regio' }, ...props.gemeenten] : props.gemeenten
          }
          hulp="Beleid van de regio ziet iedereen in de regio. Beleid van een gemeente ziet alleen wie voor die gemeente werkt."
        />
        <Keuzelijst {...veld('eigenaar')} label="Eigenaar" leeg="Kies een collega" opties={props.eigenaren} />
        <Datumveld {...veld('looptAf')} label="Het beleid loopt af op" verplicht={false} />
        <Vinkjes
          naam="segmenten"
          label="Segmenten van de inkoop"
          hulp="Hieruit haalt de inventarisatie gebruikers, kosten en aanbieders."
          verplicht={false}
          waarden={invoer.segmenten}
          opties={props.segmenten}
          fouten={fouten}
        />
        <Tekstveld
          {...veld('toelichting')}
          label="Toelichting"
          hulp="Waar gaat dit dossier over? Noem geen inwoners."
          regels={4}
          verplicht={false}
          maxlengte={4000}
        />
        <Knoppen>
          <Knop>Opslaan</Knop>
          <KnopLink href={terug}>Terug zonder opslaan</KnopLink>
        </Knoppen>
      </Formulier>
    </>
  )
}
