import { sql } from 'kysely'
import type { Kluis } from '../../../platform/crypto.ts'
import { insertBulk, queryKeys } from '../../../platform/db/bulk.ts'
import type { Db, Tx } from '../../../platform/db/tables.ts'
import type { Keuzes } from '../../../platform/velden/formulier.ts'
import { type AfspraakVraag, afspraakSleutel, mapAfspraken } from '../../contracten/index.ts'
import type { Verwezen } from '../../sturing/index.ts'
import { clientSleutel } from '../clienten/store.ts'
import { mapMeldingen } from '../levering/store.ts'
import {
  mapToestanden,
  mapToewijzingen,
  type ToewijzingVraag,
  toewijzingSleutel,
} from '../toewijzen/store.ts'
import type { Letopfeiten } from './letop.ts'
import type { Bekend } from './rules.ts'
import type { Rij, Verwijzing } from './velden.ts'
import type { Staand } from './verschil.ts'

/** The municipalities whose residents one sees, and every provider with its number by AGB-code. */
export async function loadKeuzes(
  db: Db,
  gemeenten: readonly string[],
): Promise<{ keuzes: Keuzes; aanbieders: ReadonlyMap<string, number> }> {
  const { rows: gemeente } = await sql<{ waarde: string; naam: string }>`
    select code as waarde, naam from contracten.gemeente where code = any(${[...gemeenten]}::text[])`.execute(
    db,
  )
  const { rows: aanbieder } = await sql<{ waarde: string; naam: string; id: number }>`
    select agb as waarde, naam, aanbieder_id as id from aanbieders.aanbieder`.execute(db)
  return { keuzes: { gemeente, aanbieder }, aanbieders: new Map(aanbieder.map(a => [a.waarde, a.id])) }
}

/** What stands here of the residents, products and numbers that these rows name. */
export async function loadBekend(db: Db, kluis: Kluis, rijen: readonly Rij[]): Promise<Bekend> {
  const personen = [...new Map(rijen.map(rij => [clientSleutel(rij), rij])).entries()]
  const clienten = await queryKeys<{ nr: number; geboortedatum: string; naam: string }>(
    db,
    { nr: 'integer', gemeente: 'text', bsn_hash: 'bytea' },
    personen.map(([, rij], nr) => [nr, rij.gemeente, kluis.bsnHash(rij.bsn)]),
    'select nr, geboortedatum, naam from vraag join toegang.client using (gemeente, bsn_hash)',
  )
  const { rows: producten } = await sql<{ naam: string }>`
    select wet || '|' || code as naam from contracten.productcode`.execute(db)
  return {
    geboren: new Map(clienten.map(({ nr, geboortedatum }) => [personen[nr]?.[0] ?? '', geboortedatum])),
    namen: new Map(clienten.map(({ nr, naam }) => [personen[nr]?.[0] ?? '', naam])),
    producten: new Set(producten.map(({ naam }) => naam)),
    ...(await loadStaat(db, rijen)),
  }
}

/** Which toewijzingen there are, and who referred of what has a toewijzing or a referral already; null when nobody is known to. */
export async function loadStaat(
  db: Db,
  rijen: readonly Pick<Verwijzing, 'gemeente' | 'wet' | 'nummer'>[],
): Promise<Pick<Bekend, 'staat' | 'verwijzers'>> {
  const rows = await queryKeys<ToewijzingVraag & { verwijzer: string | null; staat: boolean }>(
    db,
    { gemeente: 'text', domein: 'text', nummer: 'bigint' },
    rijen.map(rij => [rij.gemeente, rij.wet, rij.nummer]),
    `select gemeente, domein, nummer, coalesce(t.verwijzer, w.verwijzer) as verwijzer, t.toewijzing_id is not null as staat
     from vraag left join toegang.toewijzing t using (gemeente, domein, nummer)
     left join toegang.verwijzing w using (gemeente, domein, nummer)
     where t.toewijzing_id is not null or w.verwijzer is not null`,
  )
  return {
    staat: new Set(rows.filter(rij => rij.staat).map(toewijzingSleutel)),
    verwijzers: new Map(rows.map(rij => [toewijzingSleutel(rij), rij.verwijzer])),
  }
}

/** What stands of the toewijzingen that these rows name, by `Bekeken.toewijzing`. */
export async function mapStaand(
  db: Db,
  rijen: readonly Pick<Verwijzing, 'gemeente' | 'wet' | 'nummer'>[],
): Promise<Map<string, Staand>> {
  const toewijzingen = await mapToewijzingen(
    db,
    rijen.map(({ gemeente, wet, nummer }) => ({ gemeente, domein: wet, nummer })),
  )
  const toestanden = await mapToestanden(db, [...toewijzingen.values()])
  const meldingen = await mapMeldingen(db, [...toewijzingen.values()])
  return new Map(
    [...toewijzingen].map(([sleutel, toewijzing]) => {
      const id = `${toewijzing.gemeente}|${toewijzing.toewijzingId}`
      return [
        sleutel,
        { toewijzing, toestanden: toestanden.get(id) ?? [], meldingen: meldingen.get(id) ?? [] },
      ]
    }),
  )
}

/** What was agreed on the first day of each row, with its provider in its municipality. */
export async function loadAgreed(
  db: Db,
  rijen: readonly Rij[],
  aanbieders: ReadonlyMap<string, number>,
): Promise<Letopfeiten['agreed']> {
  const vraagVan = (rij: Rij): AfspraakVraag => ({
    gemeente: rij.gemeente,
    aanbiederId: aanbieders.get(rij.aanbieder) ?? 0,
    domein: rij.wet,
    code: rij.product ?? '',
    op: rij.geldig.begin,
  })
  const metCode = rijen.filter(({ product }) => product !== null)
  const afspraken = await mapAfspraken(db, metCode.map(vraagVan))
  const keyVan = (rij: Rij) => `${afspraakSleutel(vraagVan(rij))}|${rij.categorie ?? ''}`
  const zonder = [...new Map(rijen.filter(({ product }) => product === null).map(rij => [keyVan(rij), rij]))]
  const contracten = await queryKeys<{ nr: number }>(
    db,
    { nr: 'integer', gemeente: 'text', aanbieder_id: 'integer', wet: 'text', categorie: 'text', op: 'date' },
    zonder.map(([, rij], nr) => {
      const { gemeente, aanbiederId, domein, op } = vraagVan(rij)
      return [nr, gemeente, aanbiederId, domein, rij.categorie, op]
    }),
    `select v.nr from vraag v where exists (
       select from contracten.contractversie c
       join contracten.contract_gemeente g on (g.contract_id, g.begin, g.gemeente) = (c.contract_id, c.begin, v.gemeente)
       join contracten.contract_segment s on (s.contract_id, s.begin) = (c.contract_id, c.begin)
       join contracten.segmentketen k on k.boven_id = s.segment_id
       join contracten.product p on p.segment_id = k.segment_id and p.wet = v.wet
       where c.aanbieder_id = v.aanbieder_id and c.geldigheid @> v.op
         and (v.categorie is null or p.categorie = v.categorie))`,
  )
  const gecontracteerd = new Set(contracten.map(({ nr }) => zonder[nr]?.[0]))
  return rij => {
    if (rij.product === null) return { product: undefined, contract: gecontracteerd.has(keyVan(rij)) }
    const product = afspraken.get(afspraakSleutel(vraagVan(rij)))
    return { product, contract: product?.gecontracteerd ?? false }
  }
}

/** Records who referred, where nobody is known to yet. */
export async function insertVerwijzingen(
  tx: Tx,
  rijen: readonly Pick<Rij, keyof Verwijzing>[],
  invoerId: number,
): Promise<void> {
  await insertBulk(
    tx,
    'toegang.verwijzing',
    {
      gemeente: 'text',
      domein: 'text',
      nummer: 'bigint',
      verwijzer: 'text',
      verwezen_op: 'date',
      probleemcluster: 'text',
      herhaald: 'boolean',
      invoer_id: 'integer',
    },
    rijen.flatMap(rij =>
      rij.verwijzer === null
        ? []
        : [
            [
              rij.gemeente,
              rij.wet,
              rij.nummer,
              rij.verwijzer,
              rij.verwezenOp,
              rij.probleemcluster,
              rij.herhaald,
              invoerId,
            ],
          ],
    ),
    'on conflict do nothing',
  )
}

/** Writes who referred on those of these toewijzingen that are there, of which nobody was known to; answers those. */
export async function writeVerwijzers(
  tx: Tx,
  rijen: readonly Pick<Verwijzing, 'gemeente' | 'wet' | 'nummer'>[],
): Promise<Verwezen[]> {
  const rows = await queryKeys<{ gemeente: string; toewijzing_id: number; verwijzer: string }>(
    tx,
    { gemeente: 'text', domein: 'text', nummer: 'bigint' },
    rijen.map(rij => [rij.gemeente, rij.wet, rij.nummer]),
    `update toegang.toewijzing t set verwijzer = w.verwijzer, probleemcluster = w.probleemcluster, herhaald = w.herhaald
     from vraag v join toegang.verwijzing w using (gemeente, domein, nummer)
     where t.gemeente = v.gemeente and t.domein = v.domein and t.nummer = v.nummer
     returning t.gemeente, t.toewijzing_id, t.verwijzer`,
  )
  return rows.map(({ gemeente, toewijzing_id, verwijzer }) => ({
    gemeente,
    toewijzingId: toewijzing_id,
    verwijzer,
  }))
}

/** The toewijzingen of which a state, a start or a stop came with this file. */
export async function listVanInvoer(db: Db, invoerId: number): Promise<ToewijzingVraag[]> {
  const { rows } = await sql<ToewijzingVraag>`
    select t.gemeente, t.domein, t.nummer
    from (select gemeente, toewijzing_id from toegang.toewijzing_versie where invoer_id = ${invoerId}
          union select gemeente, toewijzing_id from toegang.start_stop where invoer_id = ${invoerId}) geraakt
    join toegang.toewijzing t using (gemeente, toewijzing_id)`.execute(db)
  return rows
}

/** What was built on a toewijzing that a file brought. */
export interface Voortbouw {
  /** Of the toewijzing. */
  nummer: number
  wat: 'bericht' | 'bestand'
  /** The name of the file that builds on it; null of one that the asker may not see. */
  bestand: string | null
}

/**
 * The first thing that keeps a file from being taken back: messages before files, since those stay; undefined when it is neither, as a
 * decision.
 */
export async function findVoortbouw(db: Db, invoerId: number): Promise<Voortbouw | undefined> {
  const { rows } = await sql<Voortbouw>`
    with gezegd as not materialized (
      select gemeente, toewijzing_id, invoer_id, beantwoord, versie as volgnummer, true as staat from toegang.toewijzing_versie
      union all select gemeente, toewijzing_id, invoer_id, beantwoord, start_stop_id, false from toegang.start_stop),
    mijn as (select * from gezegd where invoer_id = ${invoerId}),
    daarna as (
      select gemeente, toewijzing_id, null::integer as invoer_id from mijn where beantwoord
      union all
      select t.gemeente, t.toewijzing_id, g.invoer_id
      from toegang.toewijzing t join gezegd g using (gemeente, toewijzing_id) where t.invoer_id = ${invoerId}
      union all
      select m.gemeente, m.toewijzing_id, later.invoer_id
      from mijn m join toegang.start_stop later using (gemeente, toewijzing_id)
      where not m.staat and later.start_stop_id > m.volgnummer
      union all
      select t.gemeente, t.toewijzing_id, t.invoer_id
      from toegang.client c join toegang.toewijzing t using (gemeente, client_id) where c.invoer_id = ${invoerId})
    select t.nummer, case when d.invoer_id is null then 'bericht' else 'bestand' end as wat, i.bestandsnaam as bestand
    from daarna d join toegang.toewijzing t using (gemeente, toewijzing_id) left join platform.invoer i on i.invoer_id = d.invoer_id
    where d.invoer_id is distinct from ${invoerId}
    order by d.invoer_id desc nulls first, t.nummer limit 1`.execute(db)
  return rows[0]
}

/** Deletes all that came with this file. Fails on a foreign key when something was built on it. */
export async function deleteVanInvoer(tx: Tx, invoerId: number): Promise<void> {
  await sql`select toegang.verwijder_overname(${invoerId})`.execute(tx)
}
