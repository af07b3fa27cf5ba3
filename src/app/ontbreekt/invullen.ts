import { sql } from 'kysely'
import { PLAFONDS, TARIEVEN } from '../../domains/contracten/index.ts'
import { addDays, type Datum, type Periode } from '../../platform/dates.ts'
import { type Filter, listRows } from '../../platform/db/lijst.ts'
import type { Db } from '../../platform/db/tables.ts'
import type { Ctx } from '../../platform/http/ctx.ts'
import { type Exportkolom, MAX_EXPORT } from '../../platform/http/export.ts'
import { exportColumns } from '../../platform/velden/formulier.ts'
import type { Soort } from './rules.ts'
import { ONTBREEKT, type Ontbrekend } from './store.ts'

/** What is missing as rows of the register in which it is mended: filled in and brought in at once. */
interface Invulbaar {
  /** Of the register, and of the address of its file. */
  naam: string
  soorten: readonly Soort[]
  kolommen: readonly Exportkolom<object>[]
  /** What is in it, to be read after 'om in te vullen: '. */
  wat: string
  list: (db: Db, ontbreekt: readonly Ontbrekend[]) => Promise<readonly object[]>
}

const columnsOf = (velden: object) => exportColumns(velden) as readonly Exportkolom<object>[]

export const INVULBAAR: readonly Invulbaar[] = [
  {
    naam: 'tarieven',
    soorten: [
      'toewijzing-zonder-tarief',
      'product-zonder-tarief',
      'tarief-buiten-catalogus',
      'contract-zonder-tarief',
      'segment-zonder-tarief',
      'tarieven-eindigen',
    ],
    kolommen: columnsOf(TARIEVEN.velden),
    wat: 'een rij per tarief, met wat erover bekend is',
    list: listTariefrijen,
  },
  {
    naam: 'plafonds',
    soorten: ['segment-zonder-plafond'],
    kolommen: columnsOf(PLAFONDS.velden),
    wat: 'een rij per segment, gemeente en jaar, met het bedrag van het jaar ervoor',
    list: listPlafondrijen,
  },
]

/** The file of one kind of what is missing; undefined of what is mended one by one. */
export const invulbaar = (soort: string | undefined) =>
  INVULBAAR.find(({ soorten }) => soorten.includes(soort as Soort))

/** The rows of such a file for what the list has with this filter, in its order. */
export async function listInvulrijen(
  db: Db,
  { vandaag }: Pick<Ctx, 'vandaag'>,
  filter: Filter,
  { soorten, list }: Invulbaar,
): Promise<readonly object[]> {
  const orde = { kolom: 'soort', richting: 'op' } as const
  const rijen = await listRows(db, ONTBREEKT(vandaag), filter, orde, { aantal: MAX_EXPORT, vanaf: 0 })
  return list(
    db,
    rijen.filter(({ soort }) => soorten.includes(soort)),
  )
}

/** A row of the register of prices, as far as it is known. */
interface Invulrij {
  contract: string | null
  wet: string | null
  product: string | null
  geldigheid: Periode
  /** What held last, where anything did. */
  tarief: number | null
}

/** A ceiling for each municipality, with what it was the year before; the day of the decision is for who fills it in. */
async function listPlafondrijen(db: Db, ontbreekt: readonly Ontbrekend[]): Promise<object[]> {
  const gevraagd = ontbreekt.flatMap(({ segmentcode, gemeenten, vanaf }) =>
    (gemeenten ?? []).map(gemeente => ({
      segment: segmentcode,
      gemeente,
      jaar: Number(vanaf.slice(0, 4)),
    })),
  )
  const { rows } = await sql<object>`
    select r.segment, r.gemeente, r.jaar, null as "vastgesteldOp", (
      select b.bedrag from contracten.budgetplafond b join contracten.segment s using (segment_id)
      where (s.code, b.gemeente, b.jaar) = (r.segment, r.gemeente, r.jaar - 1) order by b.versie desc limit 1) as bedrag
    from jsonb_to_recordset(${JSON.stringify(gevraagd.map((rij, nr) => ({ nr, ...rij })))}::jsonb)
      as r (nr integer, segment text, gemeente text, jaar integer)
    order by r.nr`.execute(db)
  return rows
}

/** A price for each; of prices that end together each of them. */
async function listTariefrijen(db: Db, ontbreekt: readonly Ontbrekend[]): Promise<Invulrij[]> {
  const gevraagd = ontbreekt.flatMap(toVragen).map((vraag, nr) => ({ nr, ...vraag }))
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
