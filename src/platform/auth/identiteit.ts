import { sql } from 'kysely'
import type { Tx } from '../db/tables.ts'
import { ROL, ROLLEN, type Rol } from './rollen.ts'

/** Why somebody did not come in, and what they are told. The words hold nothing about a person; the code is logged. */
export const WEIGERING = {
  'aanmelding-onbekend': 'De aanmelding is verlopen of in een andere browser begonnen. Begin opnieuw.',
  afgebroken: 'Het inloggen is bij de inlogdienst gestopt. Begin opnieuw.',
  'niet-bevestigd': 'De inlogdienst heeft de aanmelding niet bevestigd. Begin opnieuw.',
  'geen-email':
    'De inlogdienst geeft geen e-mailadres door. Daarmee wordt u bij de eerste keer herkend. Vraag de beheerder.',
  'email-niet-bevestigd':
    'De inlogdienst zegt niet dat uw e-mailadres is gecontroleerd. Daarom kunnen wij u er niet mee herkennen. Vraag de beheerder.',
  onbekend: 'U bent bekend bij de inlogdienst, maar hebt nog geen rol in Samenhang. Vraag de beheerder.',
  uitgezet: 'Uw toegang tot Samenhang is uitgezet. Vraag de beheerder.',
  'ander-account':
    'Bij uw e-mailadres hoort in Samenhang een ander account van de inlogdienst. Vraag de beheerder om u opnieuw te koppelen.',
  'geen-rol-doorgegeven':
    'De inlogdienst geeft u geen rol voor Samenhang. Vraag degene die bij uw organisatie de accounts beheert.',
  'rol-past-niet':
    'De rol die de inlogdienst u geeft, past niet bij hoe u in Samenhang staat. Vraag de beheerder.',
} as const
export type Oorzaak = keyof typeof WEIGERING

/** What the login provider says about who logs in. */
export interface Identiteit {
  iss: string
  sub: string
  email: string | undefined
  /** The provider vouches for the address. */
  bevestigd: boolean
  /** Roles of ours that it gives; undefined when it is not asked for them. */
  rollen: readonly Rol[] | undefined
}

type Claims = Readonly<Record<string, unknown>>

/**
 * Reads the claims of ID token and userinfo together. The standard claim `email` counts only with `email_verified`, true or
 * "true"; another claim (such as preferred_username of Entra) has no such mark: who names it says that it can be trusted.
 */
export function readIdentiteit(
  claims: Claims & { iss: string; sub: string },
  { emailClaim, rolClaim }: { emailClaim: string; rolClaim: string | undefined },
): Identiteit {
  const email = claims[emailClaim]
  const merk = claims.email_verified
  return {
    iss: claims.iss,
    sub: claims.sub,
    email: typeof email === 'string' && email.includes('@') ? email.trim() : undefined,
    bevestigd: emailClaim !== 'email' || merk === true || String(merk).toLowerCase() === 'true',
    rollen: rolClaim === undefined ? undefined : ROLLEN.filter(rol => toList(claims[rolClaim]).includes(rol)),
  }
}

function toList(waarde: unknown): string[] {
  const lijst = typeof waarde === 'string' ? waarde.split(/[\s,]+/) : [waarde ?? []].flat()
  return lijst.map(deel => String(deel).toLowerCase())
}

/** True when the ID token leaves something to ask at userinfo. */
export function needsUserinfo(
  claims: Claims,
  oidc: { emailClaim: string; rolClaim: string | undefined },
): boolean {
  const gevraagd = [
    oidc.emailClaim,
    oidc.rolClaim,
    oidc.emailClaim === 'email' ? 'email_verified' : undefined,
  ]
  return gevraagd.some(naam => naam !== undefined && claims[naam] === undefined)
}

export interface Herkend {
  gebruikerId: number
  /** This login tied the account of the provider to the user. */
  gekoppeld: boolean
  /** The role that the provider changed. */
  rol: { oud: Rol; nieuw: Rol } | undefined
}

interface Rij {
  gebruiker_id: number
  rol: Rol
  gemeenten: string[]
  voor_aanbieder: number | null
  actief: boolean
  oidc_sub: string | null
}

const KOLOMMEN = sql`gebruiker_id, rol, gemeenten, voor_aanbieder, actief, oidc_sub`

/**
 * Which user this is: by account of the provider (issuer and subject, which never change hands), and only the first time by
 * verified e-mail address. Ties the account to that user, and takes over the role when the provider gives roles.
 */
export async function recognize(
  tx: Tx,
  identiteit: Identiteit,
): Promise<Herkend | { oorzaak: Oorzaak; gebruikerId?: number }> {
  const { iss, sub } = identiteit
  const bekend = await find(tx, sql`oidc_iss = ${iss} and oidc_sub = ${sub}`)
  const rij = bekend ?? (await match(tx, identiteit))
  if (typeof rij === 'string') return { oorzaak: rij }
  const { gebruiker_id: gebruikerId } = rij
  if (!rij.actief) return { oorzaak: 'uitgezet', gebruikerId }
  if (rij.oidc_sub !== null && rij !== bekend) return { oorzaak: 'ander-account', gebruikerId }
  const rol = chooseRol(rij, identiteit.rollen)
  if (typeof rol === 'object') return { ...rol, gebruikerId }
  const gekoppeld = bekend === undefined
  if (gekoppeld)
    await sql`update platform.gebruiker set oidc_iss = ${iss}, oidc_sub = ${sub} where gebruiker_id = ${gebruikerId}`.execute(
      tx,
    )
  if (rol === rij.rol) return { gebruikerId, gekoppeld, rol: undefined }
  await sql`update platform.gebruiker set rol = ${rol}, versie = versie + 1 where gebruiker_id = ${gebruikerId}`.execute(
    tx,
  )
  return { gebruikerId, gekoppeld, rol: { oud: rij.rol, nieuw: rol } }
}

async function match(tx: Tx, { email, bevestigd }: Identiteit): Promise<Rij | Oorzaak> {
  if (email === undefined) return 'geen-email'
  if (!bevestigd) return 'email-niet-bevestigd'
  return (await find(tx, sql`lower(email) = lower(${email})`)) ?? 'onbekend'
}

async function find(tx: Tx, waar: ReturnType<typeof sql>): Promise<Rij | undefined> {
  const { rows } = await sql<Rij>`
    select ${KOLOMMEN} from platform.gebruiker where ${waar} and not demonstratie for update`.execute(tx)
  return rows[0]
}

/** The role to go on with: the one that somebody has if the provider gives it too, else the only one that it gives. */
function chooseRol(
  { rol, gemeenten, voor_aanbieder }: Rij,
  gegeven: readonly Rol[] | undefined,
): Rol | { oorzaak: Oorzaak } {
  if (gegeven === undefined || gegeven.includes(rol)) return rol
  const [nieuw, ...meer] = gegeven
  if (nieuw === undefined) return { oorzaak: 'geen-rol-doorgegeven' }
  const { bereik } = ROL[nieuw]
  const past =
    meer.length === 0 &&
    (bereik === 'aanbieder') === (voor_aanbieder !== null) &&
    (bereik !== 'gemeente' || gemeenten.length > 0)
  return past ? nieuw : { oorzaak: 'rol-past-niet' }
}
