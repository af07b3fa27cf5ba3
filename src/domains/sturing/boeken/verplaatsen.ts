import { queryKeys } from '../../../platform/db/bulk.ts'
import type { Tx } from '../../../platform/db/tables.ts'

/** A toewijzing of which it became known who referred. */
export interface Verwezen {
  gemeente: string
  toewijzingId: number
  verwijzer: string
}

/** Of whom nobody knew, as the figures call it. */
const ONBEKEND = 'onbekend'

/**
 * Moves what counted under nobody to who referred: the start of each toewijzing and what was approved on it. It counts what
 * `countFeiten` counts, so that counting all anew finds no difference.
 */
export async function moveVerwijzingen(tx: Tx, verwezen: readonly Verwezen[]): Promise<void> {
  await queryKeys(
    tx,
    { gemeente: 'text', toewijzing_id: 'bigint', verwijzer: 'text' },
    verwezen.map(v => [v.gemeente, v.toewijzingId, v.verwijzer]),
    `, eerste as (
       select distinct on (w.gemeente, w.toewijzing_id) w.gemeente, w.ingang, w.segment_id, v.verwijzer
       from vraag v join toegang.toewijzing_versie w on w.gemeente = v.gemeente and w.toewijzing_id = v.toewijzing_id
       where not exists (select from toegang.versie_ingetrokken i
         where i.gemeente = w.gemeente and i.toewijzing_id = w.toewijzing_id and i.versie = w.versie)
       order by w.gemeente, w.toewijzing_id, w.versie
     ), feit as (
       select gemeente, date_trunc('month', ingang)::date as maand, segment_id, verwijzer, 1 as toewijzingen, 0::bigint as bedrag
       from eerste where segment_id is not null
       union all
       select p.gemeente, date_trunc('month', p.begin)::date, p.segment_id, v.verwijzer, 0,
         case when p.debet then p.bedrag else -p.bedrag end
       from vraag v join declaraties.prestatie p on p.gemeente = v.gemeente and p.toewijzing_id = v.toewijzing_id
       where p.goedgekeurd and p.segment_id is not null
     ), boeking as (
       select gemeente, maand, segment_id, verwijzer, toewijzingen, bedrag from feit
       union all
       select gemeente, maand, segment_id, '${ONBEKEND}', -toewijzingen, -bedrag from feit
     )
     insert into sturing.verwijzercijfer as doel (gemeente, maand, segment_id, verwijzer, toewijzingen, bedrag)
     select gemeente, maand, segment_id, verwijzer, sum(toewijzingen), sum(bedrag) from boeking group by 1, 2, 3, 4
     order by 1, 2, 3, 4
     on conflict (gemeente, maand, segment_id, verwijzer) do update
     set toewijzingen = doel.toewijzingen + excluded.toewijzingen, bedrag = doel.bedrag + excluded.bedrag`,
  )
}
