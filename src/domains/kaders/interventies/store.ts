import { type RawBuilder, sql } from 'kysely'
import { takeTurn } from '../../../platform/db/dubbel.ts'
import type { Db, Tx } from '../../../platform/db/tables.ts'
import type { Eurocent } from '../../../platform/money.ts'
import type { Bewijs } from './rules.ts'

/** What is written of an intervention. */
export interface Interventiegegevens {
  /** Null: of the region. */
  gemeente: string | null
  naam: string
  omschrijving: string
  bewijs: Bewijs
  bewijsToelichting: string | null
  /** Where it is described: Movisie, NJi. */
  register: string | null
  doelgroep: string
  inzetbaarDoor: string
  /** Eurocents a year for one organisation; null is not known, 0 is none. */
  licentiekosten: Eurocent | null
  licentieToelichting: string | null
  bron: string | null
}

export interface Interventie extends Interventiegegevens {
  interventieId: number
  versie: number
  gewijzigdOp: Date
  gewijzigdDoor: string | null
  beeindigdOp: Date | null
  beeindigdReden: string | null
  resultaten: number
  /** The last local result. */
  laatste: { waarde: number; eenheid: string; periode: string } | null
}

export interface Filter {
  zoek: string | null
  bewijs: Bewijs | null
  register: string | null
  /** False: only those that are still in use. */
  beeindigd: boolean
}

const KOLOMMEN = sql`i.interventie_id as "interventieId", i.gemeente, i.naam, i.omschrijving, i.bewijs,
  i.bewijs_toelichting as "bewijsToelichting", i.register, i.doelgroep, i.inzetbaar_door as "inzetbaarDoor",
  i.licentiekosten, i.licentie_toelichting as "licentieToelichting", i.bron, i.versie, i.gewijzigd_op as "gewijzigdOp",
  w.naam as "gewijzigdDoor", i.beeindigd_op as "beeindigdOp", i.beeindigd_reden as "beeindigdReden",
  (select count(*) from kaders.interventie_resultaat r where r.interventie_id = i.interventie_id) as resultaten,
  (select jsonb_build_object('waarde', r.waarde, 'eenheid', r.eenheid, 'periode', r.periode)
    from kaders.interventie_resultaat r where r.interventie_id = i.interventie_id
    order by r.resultaat_id desc limit 1) as laatste`
const BRON = sql`kaders.interventie i left join platform.gebruiker w on w.gebruiker_id = i.gewijzigd_door`

const VOLGORDE: Readonly<Record<string, RawBuilder<unknown>>> = {
  naam: sql`lower(i.naam)`,
  bewijs: sql`array_position('{wetenschappelijk,praktijk,onderbouwd,onbewezen}', i.bewijs)`,
  licentiekosten: sql`i.licentiekosten`,
  resultaten: sql`resultaten`,
}
export const SORTEERBAAR: readonly string[] = Object.keys(VOLGORDE)

function conditions({ zoek, bewijs, register, beeindigd }: Filter): RawBuilder<unknown> {
  const eisen: RawBuilder<unknown>[] = [sql`true`]
  if (zoek !== null)
    eisen.push(sql`(i.naam ilike ${zoek} or i.omschrijving ilike ${zoek} or i.doelgroep ilike ${zoek}
      or i.inzetbaar_door ilike ${zoek})`)
  if (bewijs !== null) eisen.push(sql`i.bewijs = ${bewijs}`)
  if (register !== null) eisen.push(sql`i.register = ${register}`)
  if (!beeindigd) eisen.push(sql`i.beeindigd_op is null`)
  return sql.join(eisen, sql` and `)
}

export async function listInterventies(
  db: Db,
  filter: Filter,
  sortering: { kolom: string; richting: 'op' | 'af' },
  deel: { aantal: number; vanaf: number },
): Promise<Interventie[]> {
  const kolom = VOLGORDE[sortering.kolom] ?? sql`lower(i.naam)`
  const richting = sortering.richting === 'op' ? sql`asc` : sql`desc`
  const { rows } = await sql<Interventie>`
    select ${KOLOMMEN} from ${BRON} where ${conditions(filter)}
    order by ${kolom} ${richting} nulls last, i.interventie_id limit ${deel.aantal} offset ${deel.vanaf}`.execute(
    db,
  )
  return rows
}

export async function countInterventies(db: Db, filter: Filter): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from kaders.interventie i where ${conditions(filter)}`.execute(db)
  return rows[0]?.n ?? 0
}

export async function findInterventie(db: Db, id: number): Promise<Interventie | undefined> {
  const { rows } = await sql<Interventie>`
    select ${KOLOMMEN} from ${BRON} where i.interventie_id = ${id}`.execute(db)
  return rows[0]
}

/** The registers that are named, for the filter. */
export async function listRegisters(db: Db): Promise<string[]> {
  const { rows } = await sql<{ register: string }>`
    select distinct register from kaders.interventie where register is not null order by 1`.execute(db)
  return rows.map(rij => rij.register)
}

export async function insertInterventie(
  tx: Tx,
  i: Interventiegegevens,
  door: number | null,
  sleutel: string | null = null,
): Promise<number | undefined> {
  const { rows } = await sql<{ id: number }>`
    insert into kaders.interventie (gemeente, naam, omschrijving, bewijs, bewijs_toelichting, register, doelgroep,
      inzetbaar_door, licentiekosten, licentie_toelichting, bron, sleutel, gemaakt_door, gewijzigd_door)
    values (${i.gemeente}, ${i.naam}, ${i.omschrijving}, ${i.bewijs}, ${i.bewijsToelichting}, ${i.register},
      ${i.doelgroep}, ${i.inzetbaarDoor}, ${i.licentiekosten}, ${i.licentieToelichting}, ${i.bron}, ${sleutel}, ${door},
      ${door})
    on conflict (coalesce(gemeente, ''), sleutel) where sleutel is not null do nothing
    returning interventie_id as id`.execute(tx)
  return rows[0]?.id
}

/** Changes an intervention if nobody else did since `versie`; whose it is stays. */
export async function updateInterventie(
  tx: Tx,
  doel: { id: number; versie: number },
  i: Interventiegegevens,
  door: number | null,
): Promise<boolean> {
  const { rows } = await sql`
    update kaders.interventie set naam = ${i.naam}, omschrijving = ${i.omschrijving}, bewijs = ${i.bewijs},
      bewijs_toelichting = ${i.bewijsToelichting}, register = ${i.register}, doelgroep = ${i.doelgroep},
      inzetbaar_door = ${i.inzetbaarDoor}, licentiekosten = ${i.licentiekosten},
      licentie_toelichting = ${i.licentieToelichting}, bron = ${i.bron}, gewijzigd_door = ${door}, gewijzigd_op = now(),
      versie = versie + 1
    where interventie_id = ${doel.id} and versie = ${doel.versie} returning 1`.execute(tx)
  return rows.length > 0
}

/** Takes an intervention out of use with its reason, or back in (`reden` null). */
export async function endInterventie(
  tx: Tx,
  doel: { id: number; versie: number },
  reden: string | null,
  door: number | null,
): Promise<boolean> {
  const { rows } = await sql`
    update kaders.interventie set beeindigd_reden = ${reden},
      beeindigd_op = case when ${reden}::text is null then null else now() end,
      beeindigd_door = case when ${reden}::text is null then null else ${door}::integer end, versie = versie + 1
    where interventie_id = ${doel.id} and versie = ${doel.versie} returning 1`.execute(tx)
  return rows.length > 0
}

export interface Resultaatgegevens {
  maat: string
  waarde: number
  eenheid: string
  /** Persons it was measured on; null when the source does not say. */
  n: number | null
  periode: string
  bron: string
}

export interface Resultaat extends Resultaatgegevens {
  resultaatId: number
  door: string | null
  op: Date
}

/** Newest first. */
export async function listResultaten(db: Db, id: number): Promise<Resultaat[]> {
  const { rows } = await sql<Resultaat>`
    select r.resultaat_id as "resultaatId", r.maat, r.waarde, r.eenheid, r.n, r.periode, r.bron, r.op, g.naam as door
    from kaders.interventie_resultaat r left join platform.gebruiker g on g.gebruiker_id = r.door
    where r.interventie_id = ${id} order by r.resultaat_id desc`.execute(db)
  return rows
}

/** Adds a result; false when this person added the same before: sent twice, and what is added cannot be taken back. */
export async function insertResultaat(
  tx: Tx,
  id: number,
  r: Resultaatgegevens,
  door: number | null,
): Promise<boolean> {
  await takeTurn(tx, `kaders.interventie_resultaat ${id}`)
  const { rows } = await sql`
    with nieuw (maat, waarde, eenheid, n, periode, bron, door) as
      (values (${r.maat}, ${r.waarde}::numeric, ${r.eenheid}, ${r.n}::integer, ${r.periode}, ${r.bron}, ${door}::integer))
    insert into kaders.interventie_resultaat (interventie_id, maat, waarde, eenheid, n, periode, bron, door)
    select ${id}::integer, w.* from nieuw w where not exists (
      select from kaders.interventie_resultaat o where o.interventie_id = ${id}
        and (o.maat, o.waarde, o.eenheid, o.n, o.periode, o.bron, o.door)
          is not distinct from (w.maat, w.waarde, w.eenheid, w.n, w.periode, w.bron, w.door))
    returning 1`.execute(tx)
  return rows.length > 0
}
