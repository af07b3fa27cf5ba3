import type { Db } from '../db/tables.ts'
import type { Wijziging } from './plan.ts'
import type { Register, Rijgegevens } from './register.ts'

type Rijwijziging = Wijziging<Rijgegevens>

/** Each with what it follows: in its own key, or the row of another that it takes over from, and what cannot be compared with that. */
export async function withOpgevolgd(
  db: Db,
  register: Pick<Register, 'neemtOver' | 'maat'>,
  wijzigingen: readonly Rijwijziging[],
): Promise<Rijwijziging[]> {
  return withMaat(db, register, await withOvergenomen(db, register, wijzigingen))
}

/** With the fields that are in another measure than in what each follows. A row that changes in its place is in its own. */
export async function withMaat<R extends Pick<Rijwijziging, 'oud' | 'nieuw' | 'volgtOp'>>(
  db: Db,
  { maat }: Pick<Register, 'maat'>,
  rijen: readonly R[],
): Promise<R[]> {
  const volgend = rijen.flatMap(rij =>
    rij.oud === null && rij.nieuw !== null && rij.volgtOp
      ? [{ rij, van: rij.volgtOp.gegevens, naar: rij.nieuw }]
      : [],
  )
  if (maat === undefined || volgend.length === 0) return [...rijen]
  const maten = await maat(db, volgend)
  const wissels = new Map(volgend.map(({ rij }, i) => [rij, maten[i]]))
  return rijen.map(rij => {
    const andereMaat = wissels.get(rij)
    return andereMaat && rij.volgtOp ? { ...rij, volgtOp: { ...rij.volgtOp, andereMaat } } : rij
  })
}

/** With the row that each takes over from, where it follows none of its own key. */
async function withOvergenomen(
  db: Db,
  { neemtOver }: Pick<Register, 'neemtOver'>,
  wijzigingen: readonly Wijziging<Rijgegevens>[],
): Promise<Wijziging<Rijgegevens>[]> {
  const nieuwe = wijzigingen.flatMap(({ sleutel, oud, nieuw, volgtOp }) =>
    oud === null && nieuw !== null && volgtOp === undefined ? [{ ...nieuw, sleutel }] : [],
  )
  const ander = nieuwe.length === 0 ? undefined : await neemtOver?.(db, nieuwe)
  return wijzigingen.map(wijziging => {
    const volgtOp = ander?.get(wijziging.sleutel)
    return volgtOp === undefined ? wijziging : { ...wijziging, volgtOp }
  })
}
