import { sql } from 'kysely'
import type { Db } from '../../db/tables.ts'
import type { Exportkolom } from '../../http/export.ts'
import { exportColumns, veldenVan } from '../../velden/formulier.ts'
import { isSameRow } from '../gelijk.ts'
import { withMaat } from '../opgevolgd.ts'
import type { Wijziging } from '../plan.ts'
import { type Register, type Rijgegevens, stemOf } from '../register.ts'
import { kindOf } from '../voorbeelden.ts'

/** A change of a row, as a line of a file: also what it was, or what it takes over from. */
export type Regel = Pick<Wijziging<Rijgegevens>, 'oud' | 'nieuw' | 'nummer' | 'volgtOp'>

const HOE = { nieuw: 'Nieuw', gewijzigd: 'Gewijzigd', afgesloten: 'Afgesloten' } as const

const nu = ({ oud, nieuw }: Regel): Rijgegevens => nieuw ?? oud ?? {}
const was = ({ oud, volgtOp }: Regel): Rijgegevens => oud ?? volgtOp?.gegevens ?? {}
const isAndereMaat = ({ oud, volgtOp }: Regel, naam: string) =>
  oud === null && volgtOp?.andereMaat?.[naam] !== undefined

/**
 * The columns of a file of changes: those of the register itself, then of what does not say which row it is what it was, and of an amount
 * by how many percent it differs (4.96 is 4.96% more), in the same measure.
 */
export function changeColumns({
  velden,
  sleutel,
}: Pick<Register, 'velden' | 'sleutel'>): Exportkolom<Regel>[] {
  const vast = new Set(sleutel)
  const eerder = veldenVan(velden).filter(([naam]) => !vast.has(naam))
  return [
    { kop: 'Hoe', waarde: regel => HOE[kindOf({ sleutel: '', ...regel })] },
    ...exportColumns(velden).map(kolom => ({ ...kolom, waarde: (regel: Regel) => kolom.waarde(nu(regel)) })),
    ...exportColumns(Object.fromEntries(eerder)).map(kolom => ({
      ...kolom,
      kop: `${kolom.kop} was`,
      waarde: (regel: Regel) => ((regel.oud ?? regel.volgtOp) ? kolom.waarde(was(regel)) : null),
    })),
    ...eerder
      .filter(([, { soort }]) => soort === 'bedrag')
      .map(([naam, { kop }]) => ({
        kop: `${kop}: verschil in %`,
        soort: 'getal' as const,
        waarde: (regel: Regel) =>
          isAndereMaat(regel, naam) ? null : percentBetween(was(regel)[naam], nu(regel)[naam]),
      })),
  ]
}

/** To two decimals; null where there is nothing to hold it against. */
function percentBetween(van: unknown, naar: unknown): number | null {
  if (typeof van !== 'number' || typeof naar !== 'number' || van === 0) return null
  return Math.round((naar / van - 1) * 10_000) / 100
}

/**
 * What a file did to the rows of its register, each beside what it was or what it follows. A row that only got other days, because another
 * begins, was not in the file.
 */
export async function listRegels(db: Db, register: Register, invoerId: number): Promise<Regel[]> {
  const { rows } = await sql<{ oud: Rijgegevens | null; nieuw: Rijgegevens | null }>`
    select oud, nieuw from platform.wijziging
    where invoer_id = ${invoerId} and register = ${register.naam} order by wijziging_id`.execute(db)
  const stam = ({ oud, nieuw }: Pick<Regel, 'oud' | 'nieuw'>) => stemOf(register, nieuw ?? oud ?? {})
  const begint = new Set(rows.filter(({ oud }) => oud === null).map(stam))
  const eindigt = rows.filter(rij => begint.has(stam(rij)) && onlyDays(register, rij))
  const beeindigd = new Set(eindigt)
  const ervoor = new Map(eindigt.map(rij => [stam(rij), rij.nieuw]))
  const regels = rows.map((rij): Regel => {
    const vorige = rij.oud === null ? ervoor.get(stam(rij)) : undefined
    const nummer = beeindigd.has(rij) ? null : 0
    return { ...rij, nummer, ...(vorige && { volgtOp: { sleutel: '', gegevens: vorige } }) }
  })
  return withMaat(db, register, regels)
}

const onlyDays = ({ velden, periode = '' }: Register, { oud, nieuw }: Pick<Regel, 'oud' | 'nieuw'>) => {
  const { [periode]: _, ...rest } = velden
  return oud !== null && nieuw !== null && isSameRow({ velden: rest }, oud, nieuw)
}
