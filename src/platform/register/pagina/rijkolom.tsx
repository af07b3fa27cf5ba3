import type { FastifyRequest } from 'fastify'
import { readGedaan } from '../../http/gedaan.ts'
import { pick } from '../../http/vraag.ts'
import { capital, type Kolom, Link } from '../../ui/index.ts'
import { type Keuzes, veldenVan } from '../../velden/formulier.ts'
import { bladPad, keyOf, type Register, type Registerrij, type Rijgegevens, sayKey } from '../register.ts'

export const KRUIMELS = [
  { naam: 'Start', href: '/' },
  { naam: 'Inrichten', href: '/inrichten' },
]

export const kruimelsVan = (register: Register) => [
  ...KRUIMELS,
  { naam: register.blad.titel, href: bladPad(register) },
]

/** A row by its own name if it has one, else by its key. */
export const titleOf = (register: Register, rij: Rijgegevens, keuzes: Keuzes): string =>
  typeof rij.naam === 'string' ? rij.naam : `${capital(register.een)} ${sayKey(register, rij, keuzes)}`

export const rowAddress = (pad: string, sleutel: string) => `${pad}/rij/${encodeURIComponent(sleutel)}`

export const keyIn = (request: FastifyRequest) => (request.params as { sleutel: string }).sleutel

export const mayWrite = (request: FastifyRequest, { rechten }: Pick<Register, 'rechten'>) =>
  request.ctx.wie.rechten.has(rechten.schrijven)

const MELDING: Readonly<Record<string, string>> = {
  opgeslagen: 'Het is opgeslagen',
  verwijderd: 'Het is verwijderd',
  ongedaan: 'De wijziging is ongedaan gemaakt',
}

/** What was just done, above the page. */
export function meldingOf(request: FastifyRequest) {
  const tekst = pick(MELDING, readGedaan(request).melding)
  return tekst === undefined ? {} : { melding: { soort: 'succes' as const, tekst } }
}

/** 'Alle 5' where all that can be chosen is: in a list their names say no more than that, and make every row long. */
function sayAll(waarde: unknown, opties: Keuzes[string] = []): string | undefined {
  const alle = Array.isArray(waarde) && waarde.length > 2 && waarde.length === opties.length
  return alle ? `Alle ${waarde.length}` : undefined
}

export function columnOf(
  register: Register,
  naam: string,
  keuzes: Keuzes,
  eerste: boolean,
): Kolom<Registerrij> {
  const veld = register.velden[naam]
  const toon = (rij: Registerrij) => {
    const waarde = rij[naam] ?? null
    return waarde === null ? null : (sayAll(rij[naam], keuzes[naam]) ?? veld?.zeg(waarde, keuzes[naam]))
  }
  return {
    kop: veld?.kop ?? naam,
    ...(register.bron.volgorde[naam] === undefined ? {} : { sorteer: naam }),
    ...(veld?.soort === 'bedrag' || veld?.soort === 'getal' ? { uitlijning: 'rechts' as const } : {}),
    ...(veld?.soort === 'periode' || veld?.soort === 'datum' ? { heel: true } : {}),
    ...(eerste ? { rijkop: true } : {}),
    cel: rij =>
      eerste ? (
        <Link
          href={rowAddress(bladPad(register), keyOf(register, rij))}
          label={[toon(rij), ...restOfKey(register, naam, rij, keuzes)].filter(Boolean).join(', ')}
        >
          {toon(rij) ?? '–'}
        </Link>
      ) : (
        toon(rij)
      ),
  }
}

/** What tells a row from another that is called the same in the first column: many prices are of one contract. */
function restOfKey(
  { velden, sleutel, periode }: Register,
  eerste: string,
  rij: Registerrij,
  keuzes: Keuzes,
): (string | null)[] {
  return veldenVan(velden)
    .filter(([naam]) => naam !== eerste && [...sleutel, periode].includes(naam))
    .map(([naam, veld]) => {
      const waarde = rij[naam] ?? null
      return waarde === null ? null : veld.zeg(waarde, keuzes[naam])
    })
}
