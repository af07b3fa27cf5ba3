import { ROL, ROLLEN } from '../../platform/auth/rollen.ts'
import type { Problem } from '../../platform/problem.ts'
import {
  Alinea,
  Botsingmelding,
  bindInvoer,
  Formulier,
  Keuzelijst,
  Knop,
  KnopLink,
  Knoppen,
  Link,
  Melding,
  type Optie,
  Tekstveld,
  Vinkje,
  Vinkjes,
} from '../../platform/ui/index.ts'
import type { Invoer } from './invoer.ts'
import type { Gebruiker } from './store.ts'
import { explainWijze, type Wijze } from './vierogen.ts'

export const LEEG: Invoer = {
  naam: '',
  email: '',
  organisatie: '',
  rol: '',
  gemeenten: [],
  agb: '',
  actief: true,
  loskoppelen: false,
}

/** Said wherever a beheerder gives rights: how these take effect, when that is not the usual course. */
export function Wijzemelding({ wijze }: { wijze: Wijze }) {
  const { kop, tekst } = explainWijze(wijze)
  return kop === undefined ? null : (
    <Melding soort="waarschuwing" kop={kop}>
      {tekst}
    </Melding>
  )
}

export interface GebruikersformulierProps {
  csrf: string
  actie: string
  invoer: Invoer
  nieuw: boolean
  /** Version of the user on which the form was filled; 0 for a new one. */
  versie: number
  gemeenten: readonly Optie[]
  rollen: readonly Optie[]
  demonstratie: boolean
  /** An account of the login provider is tied to this user. */
  gekoppeld: boolean
  wijze: Wijze
  problem?: Problem
}

/** The form of one user; when somebody else was faster it shows what they left. */
export function Gebruikersformulier(props: GebruikersformulierProps) {
  const { csrf, actie, invoer, nieuw, versie, gemeenten, rollen, demonstratie, gekoppeld, wijze, problem } =
    props
  const fouten = problem?.fouten ?? []
  const veld = bindInvoer(invoer, fouten)
  return (
    <>
      {demonstratie ? (
        <Melding soort="info" kop="Dit is een gebruiker van de demonstratie">
          Wie de demonstratie opent, kan als deze gebruiker rondkijken zonder wachtwoord.
        </Melding>
      ) : null}
      <Wijzemelding wijze={wijze} />
      {wijze === 'vraag-bevestiging' ? <Alinea>{explainWijze(wijze).tekst}</Alinea> : null}
      <Alinea>Rechten afnemen kan meteen.</Alinea>
      <Botsingmelding problem={problem} toon={opHetFormulier(gemeenten)} />
      <Formulier actie={actie} csrf={csrf} fouten={fouten}>
        <input type="hidden" name="versie" value={versie} />
        <Tekstveld {...veld('naam')} label="Naam" maxlengte={100} />
        <Tekstveld {...veld('email')} label="E-mailadres" soort="email" maxlengte={200} />
        <Tekstveld {...veld('organisatie')} label="Organisatie" maxlengte={100} />
        <Keuzelijst {...veld('rol')} label="Rol" leeg="Kies een rol" opties={rollen} />
        {gemeenten.length > 0 ? null : (
          <Melding soort="info" kop="Er staan nog geen gemeenten in de regio">
            Een rol die voor een gemeente werkt, kunt u nog niet geven. Zet de gemeenten er eerst in, onder{' '}
            <Link href="/inrichten">Inrichten</Link>.
          </Melding>
        )}
        <Vinkjes
          naam="gemeenten"
          label="Gemeenten"
          hulp="Backoffice, controller, consulent en toezichthouder zien inwoners van deze gemeenten. Andere rollen zien alleen het beleid van deze gemeenten en van de regio; kies niets voor wie voor de hele regio werkt."
          verplichtBij={rolesWith('gemeente')}
          waarden={invoer.gemeenten}
          opties={gemeenten}
          fouten={fouten}
        />
        <Tekstveld
          {...veld('agb')}
          label="AGB-code"
          hulp="Alleen voor de rol aanbieder: voor welke aanbieder werkt de gebruiker?"
          breedte="half"
          verplichtBij={rolesWith('aanbieder')}
          maxlengte={8}
        />
        <Vinkje
          naam="actief"
          label="Kan inloggen"
          hulp="Zet dit uit als iemand niet meer mag inloggen. Wie nu is ingelogd, is er dan meteen uit, en tokens werken niet meer."
          aan={invoer.actief}
          fouten={fouten}
        />
        {gekoppeld ? (
          <Vinkje
            naam="loskoppelen"
            label="Opnieuw koppelen"
            hulp="Kies dit als de gebruiker een ander account bij de inlogdienst heeft gekregen. Wie daarna voor het eerst inlogt met dit e-mailadres, wordt eraan gekoppeld."
            aan={invoer.loskoppelen}
            fouten={fouten}
          />
        ) : null}
        <Knoppen>
          <Knop>Opslaan</Knop>
          {nieuw ? (
            <Knop soort="tweede" naam="nog" waarde="ja">
              Opslaan en nog iemand toevoegen
            </Knop>
          ) : null}
          <KnopLink href="/beheer/gebruikers">Terug zonder opslaan</KnopLink>
        </Knoppen>
      </Formulier>
    </>
  )
}

/** The roles that see only what is of such a one, in a sentence. */
const rolesWith = (bereik: 'gemeente' | 'aanbieder') =>
  new Intl.ListFormat('nl').format(
    ROLLEN.filter(rol => ROL[rol].bereik === bereik).map(rol => ROL[rol].naam.toLowerCase()),
  )

/** A user as the form says it. */
const opHetFormulier = (gemeenten: readonly Optie[]) => (nu: Gebruiker) => [
  { naam: 'Naam', waarde: nu.naam },
  { naam: 'E-mailadres', waarde: nu.email },
  { naam: 'Organisatie', waarde: nu.organisatie },
  { naam: 'Rol', waarde: ROL[nu.rol].naam },
  {
    naam: 'Gemeenten',
    waarde: gemeenten
      .filter(g => nu.gemeenten.includes(g.waarde))
      .map(g => g.naam)
      .join(', '),
  },
  { naam: 'Kan inloggen', waarde: nu.actief ? 'Ja' : 'Nee' },
]
