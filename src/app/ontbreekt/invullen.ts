import { sql } from 'kysely'
import { TARIEVEN } from '../../domains/contracten/index.ts'
import { addDays, type Datum, type Periode } from '../../platform/dates.ts'
import { type Filter, listRows } from '../../platform/db/lijst.ts'
import type { Db } from '../../platform/db/tables.ts'
import type { Ctx } from '../../platform/http/ctx.ts'
import { type Exportkolom, MAX_EXPORT } from '../../platform/http/export.ts'
import { exportColumns } from '../../platform/velden/formulier.ts'
import type { Soort } from './rules.ts'
import { ONTBREEKT, type Ontbrekend } from './store.ts'

/** What is mended in the register of prices: as many rows of it as are missing, to be filled in and brought in at once. */
const IN_TARIEVEN: ReadonlySet<string> = new Set<Soort>([
  'toewijzing-zonder-tarief',
  'product-zonder-tarief',
  'tarief-buiten-catalogus',
  'contract-zonder-tarief',
  'segment-zonder-tarief',
  'tarieven-eindigen',
])
export const isInTarieven = (soort: string | undefined) => soort !== undefined && IN_TARIEVEN.has(soort)

/** A row of the register of prices, as far as it is known. */
interface Invulrij {
  contract: string | null
  wet: string | null
  product: string | null
  geldigheid: Periode
  /** What held last, where anything did. */
  tarief: number | null
}

export const INVULKOLOMMEN = exportColumns(TARIEVEN.velden) as readonly Exportkolom<object>[]

/** A price for each of what the list has with this filter, in its order; of prices that end together each of them. */
export async function listInvulrijen(
  db: Db,
  { vandaag }: Pick<Ctx, 'vandaag'>,
  filter: Filter,
): Promise<Invulrij[]> {
  const orde = { kolom: 'soort', richting: 'op' } as const
  const rijen = await listRows(db, ONTBREEKT(vandaag), filter, orde, { aantal: MAX_EXPORT, vanaf: 0 })
  const gevraagd = rijen
    .filter(({ soort }) => isInTarieven(soort))
    .flatMap(toVragen)
    .map((vraag, nr) => ({ nr, ...vraag }))
  // Until its contract ends, or another price begins. What it was: the price that ended just before, or the one that it is about.
  const { rows } = await sql<Invulrij>`
    select r.contract, r.wet, r.product, jsonb_build_object('begin', r.begin, 'eind', coalesce(r.eind, least(c.eind, v.begin - 1))) as geldigheid,
      t.tarief
    from jsonb_to_recordset(${JSON.stringify(gevraagd)}::jsonb) as r (
      nr integer, contract text, van text, wet text, product text, begin date, eind date)
    left join lateral (
      select case when not bool_or(upper_inf(v.geldigheid)) then max(upper(v.geldigheid)) - 1 end as eind
      from contracten.contract c join contracten.contractversie v using (contract_id) where c.nummer = r.contract) c on true
    left join lateral (
      select min(lower(t.geldigheid)) as begin from contracten.contract c join contracten.tarief t using (contract_id)
      where c.nummer = r.contract and (t.wet, t.code) = (r.wet, r.product) and lower(t.geldigheid) > r.begin) v on true
    left join lateral (
      select t.tarief from contracten.contract c join contracten.tarief t using (contract_id)
      where c.nummer = r.van and (t.wet, t.code) = (r.wet, r.product) and r.begin in (lower(t.geldigheid), upper(t.geldigheid))
      order by lower(t.geldigheid) desc limit 1) t on true
    order by r.nr`.execute(db)
  return rows
}

interface Vraag {
  contract: string | null
  van: string | null
  wet: string | null
  product: string | null
  begin: Datum
  eind: Datum | null
}

function toVragen(rij: Ontbrekend): Vraag[] {
  const { soort, contract, herstel, wet, product, vanaf, begin, tariefEind = null } = rij
  const vraag = { contract: herstel ?? contract, van: contract, wet, product, begin: vanaf, eind: null }
  if (soort === 'tarief-buiten-catalogus' && begin !== null)
    return [{ ...vraag, begin, eind: vanaf > begin ? addDays(vanaf, -1) : tariefEind }]
  if (soort !== 'tarieven-eindigen') return [vraag]
  return rij.tarieflijst.map(sleutel => {
    const [welke = null, code = null] = sleutel.split('~')
    return { ...vraag, wet: welke, product: code }
  })
}
