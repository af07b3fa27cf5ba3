import { formatEuro } from '../../../platform/money.ts'
import type { Problem } from '../../../platform/problem.ts'
import {
  Botsingmelding,
  bindInvoer,
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
  const veld = bindInvoer(invoer, fouten)
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
        <Tekstveld {...veld('naam')} label="Naam" maxlengte={120} />
        <Keuzerondjes {...veld('aard')} label="Aard" opties={opties(AARD)} />
        <Keuzerondjes {...veld('toegang')} label="Toegang" opties={opties(TOEGANG)} />
        <Keuzelijst
          {...veld('instrument')}
          label="Hoe regelt de gemeente dit?"
          leeg="Kies een instrument"
          opties={opties(INSTRUMENT)}
        />
        <Tekstveld
          {...veld('doelgroep')}
          label="Voor wie"
          hulp="Een groep, bijvoorbeeld: ouderen met een klein netwerk"
          verplicht={false}
          maxlengte={200}
        />
        <Tekstveld
          {...veld('partners')}
          label="Partners"
          hulp="Wie biedt dit aan?"
          verplicht={false}
          regels={2}
          maxlengte={2000}
        />
        <Getalveld
          {...veld('gebruikers')}
          label="Gebruikers"
          hulp="Hoeveel inwoners per jaar?"
          verplicht={false}
        />
        <Getalveld {...veld('kosten')} label="Kosten per jaar" eenheid="€" verplicht={false} decimalen />
        <Getalveld {...veld('jaar')} label="Over welk jaar gaan de kosten?" verplichtBij="kosten" />
        <Keuzelijst {...veld('bewijs')} label="Wat is er bekend over de werking?" opties={opties(BEWIJS)} />
        <Tekstveld
          {...veld('bron')}
          label="Bron"
          hulp="Waar komen de cijfers vandaan?"
          verplichtBij="gebruikers of kosten"
          regels={2}
          maxlengte={1000}
        />
        <Knoppen>
          <Knop>Opslaan</Knop>
          <KnopLink href={terug}>Terug zonder opslaan</KnopLink>
        </Knoppen>
      </Formulier>
    </>
  )
}
