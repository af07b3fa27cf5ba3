import { formatEuro } from '../../../platform/money.ts'
import type { Problem } from '../../../platform/problem.ts'
import {
  Botsingmelding,
  Formulier,
  Getalveld,
  Keuzelijst,
  Keuzerondjes,
  Knop,
  KnopLink,
  Knoppen,
  type Optie,
  Tekstveld,
} from '../../../platform/ui/index.ts'
import type { Aanbodinvoer } from './invoer.ts'
import { AARD, BEWIJS, INSTRUMENT, TOEGANG } from './rules.ts'
import type { Aanbod } from './store.ts'

const opties = (keuzes: Readonly<Record<string, string>>): Optie[] =>
  Object.entries(keuzes).map(([waarde, naam]) => ({ waarde, naam }))

export interface AanbodformulierProps {
  csrf: string
  actie: string
  terug: string
  invoer: Aanbodinvoer
  versie: number
  problem?: Problem
}

/** The form of one offer. */
export function Aanbodformulier({ csrf, actie, terug, invoer, versie, problem }: AanbodformulierProps) {
  const fouten = problem?.fouten ?? []
  return (
    <>
      <Botsingmelding<Aanbod>
        problem={problem}
        toon={nu => [
          { naam: 'Naam', waarde: nu.naam },
          { naam: 'Aard', waarde: AARD[nu.aard] },
          { naam: 'Toegang', waarde: TOEGANG[nu.toegang] },
          { naam: 'Instrument', waarde: INSTRUMENT[nu.instrument] },
          { naam: 'Voor wie', waarde: nu.doelgroep },
          { naam: 'Partners', waarde: nu.partners },
          { naam: 'Gebruikers', waarde: nu.gebruikers },
          { naam: 'Kosten', waarde: nu.kosten === null ? null : `${formatEuro(nu.kosten)} in ${nu.jaar}` },
          { naam: 'Werkt het?', waarde: BEWIJS[nu.bewijs] },
          { naam: 'Bron', waarde: nu.bron },
        ]}
      />
      <Formulier actie={actie} csrf={csrf} fouten={fouten}>
        <input type="hidden" name="versie" value={versie} />
        <Tekstveld naam="naam" label="Naam" waarde={invoer.naam} maxlengte={120} fouten={fouten} />
        <Keuzerondjes naam="aard" label="Aard" waarde={invoer.aard} opties={opties(AARD)} fouten={fouten} />
        <Keuzerondjes
          naam="toegang"
          label="Toegang"
          waarde={invoer.toegang}
          opties={opties(TOEGANG)}
          fouten={fouten}
        />
        <Keuzelijst
          naam="instrument"
          label="Hoe regelt de gemeente dit?"
          leeg="Kies een instrument"
          waarde={invoer.instrument}
          opties={opties(INSTRUMENT)}
          fouten={fouten}
        />
        <Tekstveld
          naam="doelgroep"
          label="Voor wie"
          hulp="Een groep, bijvoorbeeld: ouderen met een klein netwerk"
          verplicht={false}
          waarde={invoer.doelgroep}
          maxlengte={200}
          fouten={fouten}
        />
        <Tekstveld
          naam="partners"
          label="Partners"
          hulp="Wie biedt dit aan?"
          verplicht={false}
          waarde={invoer.partners}
          regels={2}
          maxlengte={2000}
          fouten={fouten}
        />
        <Getalveld
          naam="gebruikers"
          label="Gebruikers"
          hulp="Hoeveel inwoners per jaar?"
          verplicht={false}
          waarde={invoer.gebruikers}
          fouten={fouten}
        />
        <Getalveld
          naam="kosten"
          label="Kosten per jaar"
          eenheid="€"
          verplicht={false}
          decimalen
          waarde={invoer.kosten}
          fouten={fouten}
        />
        <Getalveld
          naam="jaar"
          label="Over welk jaar gaan de kosten?"
          verplicht={false}
          waarde={invoer.jaar}
          fouten={fouten}
        />
        <Keuzelijst
          naam="bewijs"
          label="Wat is er bekend over de werking?"
          waarde={invoer.bewijs}
          opties={opties(BEWIJS)}
          fouten={fouten}
        />
        <Tekstveld
          naam="bron"
          label="Bron"
          hulp="Waar komen de cijfers vandaan?"
          verplicht={false}
          waarde={invoer.bron}
          regels={2}
          maxlengte={1000}
          fouten={fouten}
        />
        <Knoppen>
          <Knop>Opslaan</Knop>
          <KnopLink href={terug}>Terug zonder opslaan</KnopLink>
        </Knoppen>
      </Formulier>
    </>
  )
}
