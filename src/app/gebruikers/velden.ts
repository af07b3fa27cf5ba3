import { ROL, ROLLEN } from '../../platform/auth/rollen.ts'
import type { Fout } from '../../platform/problem.ts'
import type { Gegevens as Ingevuld } from '../../platform/velden/formulier.ts'
import { agb, email, keuze, keuzes, tekst, vinkje } from '../../platform/velden/soorten.ts'

/** The roles that see only what is of such a one, in a sentence. */
const rolesWith = (bereik: 'gemeente' | 'aanbieder') =>
  new Intl.ListFormat('nl').format(
    ROLLEN.filter(rol => ROL[rol].bereik === bereik).map(rol => ROL[rol].naam.toLowerCase()),
  )

/** One user. */
export const GEBRUIKER = {
  naam: tekst({ label: 'Naam', noem: 'de naam', max: 100 }),
  email: email({ label: 'E-mailadres' }),
  organisatie: tekst({ label: 'Organisatie', noem: 'de organisatie', max: 100 }),
  rol: keuze({
    label: 'Rol',
    kies: 'Kies een rol.',
    opties: ROLLEN.map(waarde => ({ waarde, naam: ROL[waarde].naam })),
  }),
  gemeenten: keuzes({
    label: 'Gemeenten',
    hulp: 'Backoffice, controller, consulent en toezichthouder zien inwoners van deze gemeenten. Andere rollen zien alleen het beleid van deze gemeenten en van de regio; kies niets voor wie voor de hele regio werkt.',
    kies: 'Kies gemeenten uit de lijst.',
    geen: 'Geen gekozen',
    verplicht: false,
    verplichtBij: rolesWith('gemeente'),
  }),
  /** Of the provider that someone in the role aanbieder works for. */
  agb: agb({
    label: 'AGB-code',
    hulp: 'Alleen voor de rol aanbieder: voor welke aanbieder werkt de gebruiker?',
    verplicht: false,
    verplichtBij: rolesWith('aanbieder'),
    alleenBij: { veld: 'rol', waarden: ROLLEN.filter(rol => ROL[rol].bereik === 'aanbieder') },
  }),
  actief: vinkje({
    label: 'Kan inloggen',
    hulp: 'Zet dit uit als iemand niet meer mag inloggen. Wie nu is ingelogd, is er dan meteen uit, en tokens werken niet meer.',
  }),
  /** The next login ties another account of the login provider to this user. */
  loskoppelen: vinkje({
    label: 'Opnieuw koppelen',
    hulp: 'Kies dit als de gebruiker een ander account bij de inlogdienst heeft gekregen. Wie daarna voor het eerst inlogt met dit e-mailadres, wordt eraan gekoppeld.',
  }),
}
type Formulier = Ingevuld<typeof GEBRUIKER>

/** A user as it is stored. */
export interface Gegevens extends Omit<Formulier, 'agb'> {
  voorAanbieder: number | null
}

/** What a role asks besides: a municipality, or a provider. `aanbieder`: with the AGB code that was typed. */
export function checkBereik(
  { rol, gemeenten, agb }: Partial<Formulier>,
  aanbieder: number | undefined,
): Fout[] {
  const bereik = rol === undefined ? undefined : ROL[rol].bereik
  if (bereik === 'gemeente' && gemeenten?.length === 0)
    return [{ pad: 'gemeenten', melding: 'Kies minstens één gemeente: deze rol werkt voor een gemeente.' }]
  if (bereik === 'aanbieder' && agb !== undefined && aanbieder === undefined)
    return [{ pad: 'agb', melding: 'Vul de AGB-code van een bekende aanbieder in (acht cijfers).' }]
  return []
}

/** What was filled in as it is stored: a provider only where the role has one, and then no municipalities. */
export function toGebruiker({ agb: _, ...rest }: Formulier, aanbieder: number | undefined): Gegevens {
  if (ROL[rest.rol].bereik !== 'aanbieder') return { ...rest, voorAanbieder: null }
  return { ...rest, gemeenten: [], voorAanbieder: aanbieder ?? null }
}
