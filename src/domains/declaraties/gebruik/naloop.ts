import { sql } from 'kysely'
import type { Db, Tx } from '../../../platform/db/tables.ts'
import type { Register } from '../../../platform/register/register.ts'
import { countRaakt } from './tellen.ts'

/** Days on which what left the catalogue is paid at its last price, of one product of a provider in a municipality. */
interface Naloop {
  aanbieder: number
  agb: string
  gemeente: string
  product: number
  wet: string
  code: string
  segment: number
  /** In eurocents per unit of the product. */
  tarief: number
  /** A datemultirange. */
  dagen: string
}

/**
 * What is paid on after it left the catalogue is paid by what does not name it: by that there is no price on its days, that no older contract
 * has one, that its segment hangs where it does, that the catalogue ends when it does. Each register by which that can change looks at it before and after;
 * what was approved keeps its price (ADR 27).
 */
export const watchNaloop: NonNullable<Register['bewaakt']> = async tx => {
  const stond = await listNaloop(tx)
  return async wijzigingen => {
    if (stond.length === 0) return []
    const vragen = stond.map(rij => {
      const door =
        wijzigingen.find(({ oud, nieuw }) => names(oud, rij) || names(nieuw, rij)) ?? wijzigingen[0]
      return { ...rij, sleutel: door?.sleutel ?? '' }
    })
    return countLost(tx, vragen)
  }
}

/** Whether a row of a register is about it: about its product, or about a contract of its provider. */
function names(gegevens: object | null, { agb, wet, code }: Naloop): boolean {
  const rij = (gegevens ?? {}) as Record<string, unknown>
  const product = 'contract' in rij ? rij.product : rij.code
  return (rij.wet === wet && product === code) || rij.aanbieder === agb
}

/** On a day the lowest `rang` counts, and of that the oldest contract: of each row what those before it leave. */
const BETAALD = sql`
  select d.product_id, d.aanbieder_id, d.gemeente, d.rang, d.tarief, datemultirange(d.dagen) - coalesce(range_agg(d.dagen) over (
    partition by d.product_id, d.aanbieder_id, d.gemeente order by d.rang, d.contract_id
    groups between unbounded preceding and 1 preceding), '{}') as dagen
  from d`

async function listNaloop(db: Db): Promise<Naloop[]> {
  const { rows } = await sql<Naloop>`
    with d as materialized (
      select d.* from contracten.prijsdagen d
      where d.product_id = any (array(select product_id from contracten.product where not upper_inf(geldigheid)))
    ), betaald as materialized (${BETAALD})
    select a.aanbieder_id as aanbieder, a.agb, g.code as gemeente, p.product_id as product, p.wet, p.code, p.segment_id as segment,
      -- A price is never empty; of a column of a view that is not known.
      coalesce(b.tarief, 0) as tarief, range_agg(b.dagen)::text as dagen
    from betaald b join contracten.product p using (product_id) join aanbieders.aanbieder a using (aanbieder_id)
    join contracten.gemeente g on g.code = b.gemeente
    where b.rang = 2 and not isempty(b.dagen)
    group by 1, 2, 3, 4, 5, 6, 7, 8`.execute(db)
  return rows
}

/** Approved lines on days that are no longer paid at that price. */
const countLost = (tx: Tx, vragen: readonly (Naloop & { sleutel: string })[]) =>
  countRaakt(
    tx,
    sql`
      with stond as materialized (
        select * from jsonb_to_recordset(${JSON.stringify(vragen)}::jsonb) as r (sleutel text, aanbieder integer, gemeente text, product integer,
          wet text, code text, segment integer, tarief integer, dagen datemultirange)
      ), d as materialized (
        select d.* from contracten.prijsdagen d where d.product_id = any (array(select product from stond))
      ), betaald as materialized (${BETAALD}
      ), nu as materialized (
        select product_id as product, aanbieder_id as aanbieder, gemeente, tarief, range_agg(dagen) as dagen from betaald group by 1, 2, 3, 4
      )
      select s.sleutel, false as gaat, null::timestamptz as sinds, s.gemeente, s.aanbieder, s.wet, s.code, s.product, s.segment, s.tarief,
        '{}'::datemultirange as leeg, '{}'::datemultirange as dagen, s.dagen - coalesce(n.dagen, '{}') as weg
      from stond s left join nu n using (product, aanbieder, gemeente, tarief)
      where not s.dagen <@ coalesce(n.dagen, '{}')`,
    { hoe: 'naloop' },
  )
