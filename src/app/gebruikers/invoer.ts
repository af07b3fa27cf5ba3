import { ROL, ROLLEN, type Rol } from '../../platform/auth/rollen.ts'
import type { Fout } from '../../platform/problem.ts'

/** What the form of a user holds, as typed. */
export interface Invoer {
  naam: string
  email: string
  organisatie: string
  rol: string
  gemeenten: readonly string[]
  /** AGB code of the provider that someone in the role aanbieder works for. */
  agb: string
  actief: boolean
  /** The next login ties another account of the login provider to this user. */
  loskoppelen: boolean
}

/** A user as it is stored. */
export interface Gegevens {
  naam: string
  email: string
  organisatie: string
  rol: Rol
  gemeenten: readonly string[]
  voorAanbieder: number | null
  actief: boolean
  loskoppelen: boolean
}

interface Bekend {
  /** Codes of the municipalities of the installation. */
  gemeenten: readonly string[]
  /** Provider with the AGB code that was typed; undefined when there is none. */
  aanbieder: number | undefined
}

/** What was typed as a user, or every fault at once. Municipalities and provider count only where the role has them. */
export function readGebruiker(invoer: Invoer, bekend: Bekend): { gegevens: Gegevens } | { fouten: Fout[] } {
  const fouten: Fout[] = []
  const naam = invoer.naam.trim()
  const email = invoer.email.trim()
  const organisatie = invoer.organisatie.trim()
  const rol = ROLLEN.find(r => r === invoer.rol)
  const gemeenten = bekend.gemeenten.filter(code => invoer.gemeenten.includes(code))
  if (naam === '') fouten.push({ pad: 'naam', melding: 'Vul de naam in.' })
  if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email))
    fouten.push({ pad: 'email', melding: 'Vul een e-mailadres in, zoals naam@gemeente.nl.' })
  if (organisatie === '') fouten.push({ pad: 'organisatie', melding: 'Vul de organisatie in.' })
  if (rol === undefined) fouten.push({ pad: 'rol', melding: 'Kies een rol.' })
  const bereik = rol === undefined ? undefined : ROL[rol].bereik
  if (bereik === 'gemeente' && gemeenten.length === 0)
    fouten.push({
      pad: 'gemeenten',
      melding: 'Kies minstens één gemeente: deze rol werkt voor een gemeente.',
    })
  if (bereik === 'aanbieder' && bekend.aanbieder === undefined)
    fouten.push({ pad: 'agb', melding: 'Vul de AGB-code van een bekende aanbieder in (acht cijfers).' })
  if (rol === undefined || fouten.length > 0) return { fouten }
  return {
    gegevens: {
      naam,
      email,
      organisatie,
      rol,
      gemeenten: bereik === 'aanbieder' ? [] : gemeenten,
      voorAanbieder: bereik === 'aanbieder' ? (bekend.aanbieder ?? null) : null,
      actief: invoer.actief,
      loskoppelen: invoer.loskoppelen,
    },
  }
}
