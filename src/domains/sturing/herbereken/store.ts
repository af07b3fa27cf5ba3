import { insertBulk } from '../../../platform/db/bulk.ts'
import { clientOf } from '../../../platform/db/database.ts'
import type { Tx } from '../../../platform/db/tables.ts'
import type { ToegewezenBoeking } from '../boeken/store.ts'

interface Tabel {
  sleutel: Readonly<Record<string, string>>
  waarden: Readonly<Record<string, string>>
}

const M = Object.fromEntries(Array.from({ length: 12 }, (_, i) => [`m${i + 1}`, 'smallint']))
const MAAND = { gemeente: 'text', maand: 'date', segment_id: 'integer' }

/** The figure tables: what identifies a row and what is counted in it. */
const TABELLEN: Readonly<Record<string, Tabel>> = {
  maandcijfer: {
    sleutel: { ...MAAND, aanbieder_id: 'integer' },
    waarden: { bedrag: 'bigint', regels: 'integer', toegewezen: 'bigint' },
  },
  verwijzercijfer: {
    sleutel: { ...MAAND, verwijzer: 'text' },
    waarden: { bedrag: 'bigint', toewijzingen: 'integer' },
  },
  afkeurcijfer: {
    sleutel: { gemeente: 'text', maand: 'date', aanbieder_id: 'integer', domein: 'text', retourcode: 'text' },
    waarden: { regels: 'integer', bedrag: 'bigint' },
  },
  clientmaand: {
    sleutel: {
      gemeente: 'text',
      jaar: 'integer',
      segment_id: 'integer',
      aanbieder_id: 'integer',
      persoon: 'bigint',
    },
    waarden: M,
  },
}

/**
 * Begins a recount. `vervangen` keeps everyone else from booking until the transaction ends; without it nobody is held
 * up, and the transaction must be one that looks at one moment (`momentopname`).
 */
export async function startTelling(tx: Tx, vervangen: boolean): Promise<void> {
  const client = clientOf(tx)
  if (vervangen) {
    const namen = Object.keys(TABELLEN).map(naam => `sturing.${naam}`)
    await client.query(`lock table ${namen.join(', ')} in share row exclusive mode`)
  }
  for (const [naam, { sleutel, waarden }] of Object.entries(TABELLEN)) {
    const kolommen = [
      ...Object.entries(sleutel).map(([kolom, type]) => `${kolom} ${type} not null`),
      ...Object.keys(waarden).map(kolom => `${kolom} bigint not null default 0`),
    ]
    await client.query(`create temporary table telling_${naam} (${kolommen.join(', ')}) on commit drop`)
  }
}

/** Counts all facts that SQL can count: approved lines, findings, and the start of each toewijzing. */
export async function countFeiten(tx: Tx): Promise<void> {
  const client = clientOf(tx)
  const maand = "date_trunc('month', p.begin)::date"
  const bedrag = 'sum(case when p.debet then p.bedrag else -p.bedrag end)'
  const regels = 'sum(case when p.debet then 1 else -1 end)'
  const geboekt = 'p.goedgekeurd and p.segment_id is not null'
  await client.query(`
    insert into telling_maandcijfer (gemeente, maand, segment_id, aanbieder_id, bedrag, regels)
    select p.gemeente, ${maand}, p.segment_id, p.aanbieder_id, ${bedrag}, ${regels}
    from declaraties.prestatie p where ${geboekt} group by 1, 2, 3, 4`)
  await client.query(`
    insert into telling_verwijzercijfer (gemeente, maand, segment_id, verwijzer, bedrag)
    select p.gemeente, ${maand}, p.segment_id, coalesce(t.verwijzer, 'onbekend'), ${bedrag}
    from declaraties.prestatie p
    join toegang.toewijzing t on t.gemeente = p.gemeente and t.toewijzing_id = p.toewijzing_id
    where ${geboekt} group by 1, 2, 3, 4`)
  await client.query(`
    insert into telling_verwijzercijfer (gemeente, maand, segment_id, verwijzer, toewijzingen)
    select v.gemeente, date_trunc('month', v.ingang)::date, v.segment_id, coalesce(t.verwijzer, 'onbekend'), count(*)
    from (
      select distinct on (gemeente, toewijzing_id) gemeente, toewijzing_id, ingang, segment_id
      from toegang.toewijzing_versie w
      where not exists (select from toegang.versie_ingetrokken i
        where i.gemeente = w.gemeente and i.toewijzing_id = w.toewijzing_id and i.versie = w.versie)
      order by gemeente, toewijzing_id, versie) v
    join toegang.toewijzing t on t.gemeente = v.gemeente and t.toewijzing_id = v.toewijzing_id
    where v.segment_id is not null group by 1, 2, 3, 4`)
  await client.query(`
    insert into telling_afkeurcijfer (gemeente, maand, aanbieder_id, domein, retourcode, regels, bedrag)
    select p.gemeente, ${maand}, p.aanbieder_id, p.domein, b.retourcode, count(*),
           coalesce(sum(p.bedrag) filter (where b.volgnummer = 1), 0)
    from declaraties.bevinding b join declaraties.prestatie p using (gemeente, declaratie_id, regel)
    group by 1, 2, 3, 4, 5`)
  const maanden = Object.keys(M).map(
    (m, i) =>
      `coalesce(sum(case when p.debet then 1 else -1 end) filter (where extract(month from p.begin) = ${i + 1}), 0) as ${m}`,
  )
  await client.query(`
    insert into telling_clientmaand (gemeente, jaar, segment_id, aanbieder_id, persoon, ${Object.keys(M).join(', ')})
    select p.gemeente, extract(year from p.begin)::integer, p.segment_id, p.aanbieder_id, c.persoon, ${maanden.join(', ')}
    from declaraties.prestatie p
    join toegang.client c on c.gemeente = p.gemeente and c.client_id = p.client_id
    where ${geboekt} group by 1, 2, 3, 4, 5`)
}

/** Adds allocated value, which only the rules of toegang can compute. */
export async function addToegewezen(tx: Tx, boekingen: readonly ToegewezenBoeking[]): Promise<void> {
  await insertBulk(
    tx,
    'telling_maandcijfer',
    { ...MAAND, aanbieder_id: 'integer', toegewezen: 'bigint' },
    boekingen.map(b => [b.gemeente, b.maand, b.segmentId, b.aanbiederId, b.toegewezen]),
  )
}

export interface Verschil {
  tabel: string
  sleutel: Record<string, unknown>
  /** What the table says, and what the facts say; a row that is absent counts as zeros. */
  tabelZegt: Record<string, number>
  feitenZeggen: Record<string, number>
}

export interface Vergelijking {
  tabel: string
  rijen: number
  verschillen: number
  voorbeelden: Verschil[]
}

/** Where tables and facts differ: all counted, at most `max` per table named. Persons are not named. */
export async function compareTelling(tx: Tx, max = 20): Promise<Vergelijking[]> {
  const uit: Vergelijking[] = []
  for (const [naam, tabel] of Object.entries(TABELLEN)) {
    const sleutels = Object.keys(tabel.sleutel)
    const waarden = Object.keys(tabel.waarden)
    const json = (bron: string) =>
      `jsonb_build_object(${waarden.map(w => `'${w}', coalesce(${bron}.${w}, 0)`).join(', ')})`
    const toonbaar = sleutels.filter(s => s !== 'persoon')
    const { rows } = await clientOf(tx).query<{
      aantal: number
      sleutel: Record<string, unknown>
      oud: Record<string, number>
      nieuw: Record<string, number>
    }>(
      `with nieuw as (
         select ${sleutels.join(', ')}, ${waarden.map(w => `sum(${w})::bigint as ${w}`).join(', ')}
         from telling_${naam} group by ${sleutels.join(', ')})
       select count(*) over () as aantal, jsonb_build_object(${toonbaar.map(s => `'${s}', ${s}`).join(', ')}) as sleutel,
              ${json('oud')} as oud, ${json('nieuw')} as nieuw
       from sturing.${naam} oud full join nieuw using (${sleutels.join(', ')})
       where ${waarden.map(w => `coalesce(oud.${w}, 0) <> coalesce(nieuw.${w}, 0)`).join(' or ')}
       order by ${sleutels.join(', ')} limit ${max}`,
    )
    const { rows: tellingen } = await clientOf(tx).query<{ aantal: number }>(
      `select count(*) as aantal from sturing.${naam}`,
    )
    uit.push({
      tabel: naam,
      rijen: tellingen[0]?.aantal ?? 0,
      verschillen: rows[0]?.aantal ?? 0,
      voorbeelden: rows.map(r => ({
        tabel: naam,
        sleutel: r.sleutel,
        tabelZegt: r.oud,
        feitenZeggen: r.nieuw,
      })),
    })
  }
  return uit
}

/** Puts the recount in place of the figures. Rows that count nothing are left out. */
export async function replaceCijfers(tx: Tx): Promise<void> {
  for (const [naam, tabel] of Object.entries(TABELLEN)) {
    const sleutels = Object.keys(tabel.sleutel).join(', ')
    const waarden = Object.entries(tabel.waarden)
    await clientOf(tx).query(`delete from sturing.${naam}`)
    await clientOf(tx).query(
      `insert into sturing.${naam} (${sleutels}, ${waarden.map(([w]) => w).join(', ')})
       select ${sleutels}, ${waarden.map(([w, type]) => `sum(${w})::${type}`).join(', ')}
       from telling_${naam} group by ${sleutels}
       having ${waarden.map(([w]) => `sum(${w}) <> 0`).join(' or ')}`,
    )
  }
}
