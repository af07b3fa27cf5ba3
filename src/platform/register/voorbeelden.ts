import { formatDatumKort, type Periode } from '../dates.ts'
import { formatVerschil } from '../ui/invoer.ts'
import { type Keuzes, veldenVan } from '../velden/formulier.ts'
import type { Veld } from '../velden/veld.ts'
import { TOON_WIJZIGINGEN, type Voorbeeld } from './invoer/invoer.ts'
import type { Maatwissel, Wijziging } from './plan.ts'
import { periodeOf, type Register, type Rijgegevens, sayWhich } from './register.ts'

type Gezegd = Pick<Register, 'velden' | 'sleutel' | 'periode'>

export function kindOf({ oud, nummer }: Wijziging<object>): Voorbeeld['soort'] {
  if (nummer === null) return 'afgesloten'
  return oud === null ? 'nieuw' : 'gewijzigd'
}

/** The first changes as people read them; a row that ends because another begins stands on the line of that one. */
export function toVoorbeelden(
  register: Gezegd,
  keuzes: Keuzes,
  wijzigingen: readonly Wijziging<Rijgegevens>[],
): Voorbeeld[] {
  const afgesloten = new Set(
    wijzigingen.filter(({ nummer }) => nummer === null).map(({ sleutel }) => sleutel),
  )
  const opgevolgd = new Set(
    wijzigingen.flatMap(({ oud, volgtOp }) => (oud === null && volgtOp ? [volgtOp.sleutel] : [])),
  )
  return wijzigingen
    .filter(({ sleutel }) => !afgesloten.has(sleutel) || !opgevolgd.has(sleutel))
    .slice(0, TOON_WIJZIGINGEN)
    .map(w => toVoorbeeld(register, keuzes, w, afgesloten))
}

/** Of something new all that is filled in, beside what it follows; of a change what differs. */
function toVoorbeeld(
  register: Gezegd,
  keuzes: Keuzes,
  { sleutel, nummer, oud, nieuw, volgtOp }: Wijziging<Rijgegevens>,
  afgesloten: ReadonlySet<string>,
): Voorbeeld {
  const rij = nieuw ?? oud ?? {}
  const vorige = oud === null ? volgtOp : undefined
  const wanneer = vorige && periodeOf(register, vorige.gegevens)
  // Which row it is, is said already, and is of both the same; the days are said of what it follows.
  const velden = veldenVan(register.velden).filter(([naam]) => !(vorige && register.sleutel.includes(naam)))
  const ervoor = vorige && { ...vorige.gegevens, [register.periode ?? '']: null }
  return {
    sleutel,
    wat: sayWhich(register, rij, keuzes),
    soort: kindOf({ sleutel, nummer, oud, nieuw }),
    velden: sayDifferences(Object.fromEntries(velden), withCodes(keuzes), {
      oud: oud ?? ervoor ?? null,
      nieuw,
      andereMaat: vorige?.andereMaat,
    }),
    ...(vorige &&
      wanneer && {
        volgtOp: {
          sleutel: vorige.sleutel,
          wanneer: `${sayElsewhere(register, keuzes, vorige.gegevens, rij)}${sayWhen(wanneer)}`,
          eindigt: afgesloten.has(vorige.sleutel),
        },
      }),
  }
}

/** 'Contract C-1, ' of a row of another key: by what that differs. */
const sayElsewhere = (
  { velden, sleutel }: Gezegd,
  keuzes: Keuzes,
  vorige: Rijgegevens,
  rij: Rijgegevens,
): string =>
  veldenVan(velden)
    .filter(([naam]) => sleutel.includes(naam) && vorige[naam] !== rij[naam])
    .map(([naam, { kop, zeg }]) => `${kop} ${zeg(vorige[naam], keuzes[naam])}, `)
    .join('')

/** Names with their codes: who named one by its name sees which that is. */
export const withCodes = (keuzes: Keuzes): Keuzes =>
  Object.fromEntries(
    Object.entries(keuzes).map(([naam, opties]) => [
      naam,
      opties.map(optie =>
        optie.naam.startsWith(optie.waarde) ? optie : { ...optie, naam: `${optie.naam} (${optie.waarde})` },
      ),
    ]),
  )

/**
 * What differs between two rows, as people read it, and of an amount by how much, unless it is in another measure: of something new all
 * that is filled in, since it was nothing before.
 */
export function sayDifferences(
  velden: object,
  keuzes: Keuzes,
  {
    oud,
    nieuw,
    andereMaat,
  }: { oud: object | null; nieuw: object | null; andereMaat?: Maatwissel | undefined },
): Voorbeeld['velden'] {
  return veldenVan(velden).flatMap(([naam, veld]) => {
    const [van, naar] = [contentOf(oud, naam), contentOf(nieuw, naam)]
    const zeg = (waarde: unknown) => (waarde === null ? null : veld.zeg(waarde, keuzes[naam]))
    const verschil = andereMaat?.[naam] ? undefined : differenceOf(veld, van, naar)
    const uit = { kop: veld.kop, oud: zeg(van), nieuw: zeg(naar), ...(verschil && { verschil }) }
    return uit.oud === uit.nieuw ? [] : [uit]
  })
}

const contentOf = (rij: object | null, naam: string): unknown =>
  (rij as Record<string, unknown> | null)?.[naam] ?? null

const sayWhen = ({ begin, eind }: Periode) =>
  eind === null ? `vanaf ${formatDatumKort(begin)}` : `${formatDatumKort(begin)} t/m ${formatDatumKort(eind)}`

/** How much an amount rises or falls; undefined of what is no amount, or of none before. */
function differenceOf(
  { soort }: Pick<Veld<unknown>, 'soort'>,
  van: unknown,
  naar: unknown,
): string | undefined {
  if (soort !== 'bedrag' || typeof van !== 'number' || typeof naar !== 'number') return undefined
  return van === 0 || van === naar ? undefined : formatVerschil(naar / van - 1)
}
