import type { Fout } from '../../problem.ts'
import { Actie, Formulier, Knop, KnopLink, Knoppen } from '../formulier.tsx'
import { Kop } from '../tekst.tsx'
import {
  Bestandveld,
  Datumveld,
  Getalveld,
  Keuzelijst,
  Keuzerondjes,
  Tekstveld,
  Vinkje,
  Vinkjes,
} from '../velden.tsx'

const SEGMENTEN = [
  { waarde: 'ambulant', naam: 'Ambulante jeugdhulp' },
  { waarde: 'verblijf', naam: 'Jeugdhulp met verblijf' },
  { waarde: 'begeleiding', naam: 'Begeleiding thuis' },
]

const FOUTEN: readonly Fout[] = [
  { pad: 'kvk', melding: 'Een KvK-nummer heeft 8 cijfers.' },
  { pad: 'ingang', melding: '31-02-2026 bestaat niet. Kies een dag in de maand.' },
  { pad: 'volume', melding: 'Vul een heel getal in, bijvoorbeeld 120.' },
  { pad: 'segment', melding: 'Kies een segment.' },
  { pad: 'wet', melding: 'Kies onder welke wet de hulp valt.' },
  { pad: 'gemeenten', melding: 'Kies ten minste één gemeente.' },
  { pad: 'bericht', melding: 'Dit bestand is groter dan 25 MB.' },
  { pad: 'akkoord', melding: 'Bevestig dat de gegevens kloppen.' },
]

/** Buttons and form fields, empty, filled and refused. */
export function Formulieren({ csrf }: { csrf: string }) {
  return (
    <>
      <Kop niveau={2}>Knoppen</Kop>
      <Knoppen>
        <Actie actie="/componenten" csrf={csrf}>
          Opslaan
        </Actie>
        <Actie actie="/componenten" csrf={csrf} soort="tweede">
          Bewaar als concept
        </Actie>
        <Actie actie="/componenten" csrf={csrf} soort="gevaar">
          Contract beëindigen
        </Actie>
        <KnopLink href="/componenten">Annuleren</KnopLink>
        <KnopLink href="/componenten" soort="hoofd">
          Nieuw contract
        </KnopLink>
      </Knoppen>
      <Kop niveau={2}>Formulier</Kop>
      <Formulier actie="/componenten" csrf={csrf} bestanden>
        <Velden voorvoegsel="leeg-" fouten={[]} />
        <Knoppen>
          <Knop>Verder</Knop>
          <KnopLink href="/componenten">Annuleren</KnopLink>
        </Knoppen>
      </Formulier>
      <Kop niveau={2}>Geweigerd formulier</Kop>
      <Formulier actie="/componenten" csrf={csrf} fouten={FOUTEN} bestanden voorbeeld>
        <Velden voorvoegsel="" fouten={FOUTEN} />
        <Knop>Opnieuw proberen</Knop>
      </Formulier>
    </>
  )
}

function Velden({ voorvoegsel, fouten }: { voorvoegsel: string; fouten: readonly Fout[] }) {
  const fout = fouten.length > 0
  return (
    <>
      <Tekstveld naam={`${voorvoegsel}naam`} label="Naam van de aanbieder" waarde="Zorggroep De Linde" />
      <Tekstveld
        naam={`${voorvoegsel}kvk`}
        label="KvK-nummer"
        hulp="8 cijfers, te vinden in het uittreksel van de Kamer van Koophandel."
        breedte="kort"
        waarde={fout ? '1234567' : ''}
        fouten={fouten}
      />
      <Tekstveld
        naam={`${voorvoegsel}mail`}
        label="E-mailadres"
        soort="email"
        breedte="half"
        verplicht={false}
      />
      <Datumveld
        naam={`${voorvoegsel}ingang`}
        label="Ingangsdatum"
        waarde={fout ? '31-02-2026' : '2026-01-01'}
        fouten={fouten}
      />
      <Getalveld
        naam={`${voorvoegsel}volume`}
        label="Volume"
        eenheid="uren per jaar"
        waarde={fout ? 'veel' : '1.200'}
        fouten={fouten}
      />
      <Keuzelijst
        naam={`${voorvoegsel}segment`}
        label="Segment"
        leeg="Maak een keuze"
        opties={SEGMENTEN}
        fouten={fouten}
      />
      <Keuzerondjes
        naam={`${voorvoegsel}wet`}
        label="Wet"
        opties={[
          { waarde: 'jw', naam: 'Jeugdwet' },
          { waarde: 'wmo', naam: 'Wet maatschappelijke ondersteuning 2015' },
        ]}
        {...(fout ? {} : { waarde: 'jw' })}
        fouten={fouten}
      />
      <Vinkjes
        naam={`${voorvoegsel}gemeenten`}
        label="Gemeenten"
        hulp="Voor welke gemeenten geldt het contract?"
        opties={['Aarveld', 'Bremerdam', 'Oosterhage'].map(naam => ({ waarde: naam.toLowerCase(), naam }))}
        waarden={fout ? [] : ['aarveld', 'oosterhage']}
        fouten={fouten}
      />
      <Bestandveld
        naam={`${voorvoegsel}bericht`}
        label="Berichtbestand"
        hulp="XML of ZIP, hoogstens 25 MB."
        accept=".xml,.zip"
        fouten={fouten}
      />
      <Tekstveld naam={`${voorvoegsel}toelichting`} label="Toelichting" regels={3} verplicht={false} />
      <Vinkje naam={`${voorvoegsel}akkoord`} label="De gegevens hierboven kloppen" fouten={fouten} />
    </>
  )
}
