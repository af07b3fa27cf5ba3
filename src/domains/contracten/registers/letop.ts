import { sql } from 'kysely'
import { type Datum, formatDatumKort, type Periode } from '../../../platform/dates.ts'
import type { Letopvraag } from '../../../platform/register/letop.ts'
import { asRange } from '../../../platform/register/register.ts'
import { judgeEenheidstap, judgeStap, stepOf } from '../afspraken/sprong.ts'

/** Prices that differ much from the one before, or are per another unit. */
export const findTariefsprong: Letopvraag = async (_db, wijzigingen) =>
  wijzigingen.flatMap(wijziging => {
    const { sleutel, oud, volgtOp } = wijziging
    const [stap, maat] = [stepOf(wijziging), oud === null ? volgtOp?.andereMaat?.tarief : undefined]
    const opmerking = maat
      ? judgeEenheidstap(Number(volgtOp?.gegevens.tarief), maat)
      : stap && judgeStap(stap)
    return opmerking === undefined ? [] : [{ sleutel, veld: 'tarief', ...opmerking }]
  })

/** Prices on days on which the catalogue does not know their product any more: they are for what runs, and nothing new comes. */
export const findUitCatalogus: Letopvraag = async (db, wijzigingen) => {
  const { rows } = await sql<{ wet: string; product: string; tot: Datum }>`
    select wet, code as product, max(upper(geldigheid)) as tot from contracten.product
    group by wet, code having not bool_or(upper_inf(geldigheid))`.execute(db)
  const totVan = new Map(rows.map(({ wet, product, tot }) => [`${wet}~${product}`, tot]))
  return wijzigingen.flatMap(({ sleutel, nieuw }) => {
    const { wet, product, geldigheid } = (nieuw ?? {}) as {
      wet: string
      product: string
      geldigheid: Periode
    }
    const tot = totVan.get(`${wet}~${product}`)
    if (tot === undefined || (geldigheid.eind !== null && geldigheid.eind < tot)) return []
    const melding = `Product ${product} staat vanaf ${formatDatumKort(tot)} niet meer in de catalogus. Daarna geldt dit tarief alleen voor wat toen al was toegewezen.`
    const soort =
      'Het product staat dan niet meer in de catalogus: het tarief geldt alleen voor wat al was toegewezen.'
    const verwacht = 'Dagen waarop het product in de catalogus staat'
    return [{ sleutel, veld: 'geldigheid', deel: 1, melding, soort, verwacht }]
  })
}

/** Segments that join a contract, of which it has no price: what is claimed for them is refused, unless it is in euros. */
export const findZonderTarief: Letopvraag = async (db, wijzigingen) => {
  const erbij = wijzigingen.flatMap(({ sleutel, oud, nieuw, volgtOp }) => {
    const stond = oud ?? volgtOp?.gegevens
    if (nieuw === null || stond === undefined) return []
    const had = new Set(stond.segmenten as string[])
    const { nummer, geldigheid } = nieuw as { nummer: string; geldigheid: Periode }
    return (nieuw.segmenten as string[])
      .filter(segment => !had.has(segment))
      .map(segment => ({ sleutel, nummer, segment, geldigheid: asRange(geldigheid) }))
  })
  if (erbij.length === 0) return []
  const { rows } = await sql<{ sleutel: string; segment: string }>`
    select r.sleutel, s.naam as segment
    from jsonb_to_recordset(${JSON.stringify(erbij)}::jsonb) as r (sleutel text, nummer text, segment text, geldigheid daterange)
    join contracten.segment s on s.code = r.segment
    where not exists (
      select from contracten.contract c join contracten.tarief t using (contract_id) join contracten.product p using (wet, code)
      join contracten.segmentketen k on k.segment_id = p.segment_id
      where c.nummer = r.nummer and t.geldigheid && r.geldigheid and k.boven_id = s.segment_id)
    order by 1, s.volgorde, s.code`.execute(db)
  return rows.map(({ sleutel, segment }) => ({
    sleutel,
    veld: 'segmenten',
    melding: `Voor segment ${segment} staat nog geen tarief in dit contract: wat ervoor wordt gedeclareerd, wordt afgekeurd tot dat er is.`,
    soort: 'Voor een segment dat erbij komt, staat nog geen tarief in het contract.',
    verwacht: 'Een tarief voor wat de aanbieder daarvan levert',
  }))
}

/** What joins a version of a contract or leaves it, and does not in the next one, that stood there already: from then on it is undone. */
export const findTijdelijk: Letopvraag = async (db, wijzigingen) => {
  const nieuwe = wijzigingen.flatMap(({ sleutel, oud }) => (oud === null ? [sleutel] : []))
  const anders = wijzigingen.flatMap(({ sleutel, oud, nieuw, volgtOp }) => {
    const stond = oud ?? volgtOp?.gegevens
    if (nieuw === null || stond === undefined) return []
    const { nummer, geldigheid } = nieuw as { nummer: string; geldigheid: Periode }
    return (['segmenten', 'gemeenten'] as const).flatMap(veld => {
      const [had, heeft] = [new Set(stond[veld] as string[]), new Set(nieuw[veld] as string[])]
      const gewisseld = [...new Set([...had, ...heeft])].filter(code => had.has(code) !== heeft.has(code))
      return gewisseld.map(code => ({
        sleutel,
        nummer,
        begin: geldigheid.begin,
        veld,
        code,
        erbij: heeft.has(code),
      }))
    })
  })
  if (anders.length === 0) return []
  const { rows } = await sql<{ sleutel: string; veld: string; naam: string; vanaf: Datum; erbij: boolean }>`
    select r.sleutel, r.veld, coalesce(s.naam, g.naam) as naam, v.begin as vanaf, r.erbij
    from jsonb_to_recordset(${JSON.stringify(anders)}::jsonb)
      as r (sleutel text, nummer text, begin date, veld text, code text, erbij boolean)
    join contracten.contract c using (nummer)
    cross join lateral (
      select * from contracten.contractversie where contract_id = c.contract_id and begin > r.begin order by begin limit 1) v
    left join contracten.segment s on r.veld = 'segmenten' and s.code = r.code
    left join contracten.gemeente g on r.veld = 'gemeenten' and g.code = r.code
    where concat_ws('~', c.nummer, v.begin) <> all (${nieuwe}::text[])
      and r.erbij = (not exists (
        select from contracten.contract_segment cs join contracten.segmentketen k on k.boven_id = cs.segment_id
        where (cs.contract_id, cs.begin) = (v.contract_id, v.begin) and k.segment_id = s.segment_id)
      and not exists (
        select from contracten.contract_gemeente cg
        where (cg.contract_id, cg.begin, cg.gemeente) = (v.contract_id, v.begin, g.code)))
    order by r.sleutel, r.veld, naam`.execute(db)
  return rows.map(({ sleutel, veld, naam, vanaf, erbij }) => ({
    sleutel,
    veld,
    ...sayTijdelijk(erbij, naam, vanaf),
  }))
}

const sayTijdelijk = (erbij: boolean, naam: string, vanaf: Datum) =>
  erbij
    ? {
        melding: `De versie vanaf ${formatDatumKort(vanaf)} heeft ${naam} niet: daar eindigt het dan weer. Voeg het ook daar toe.`,
        soort: 'Wat erbij komt, staat niet in de versie van het contract die er al na komt.',
        verwacht: 'Hetzelfde in de versie erna, als het moet blijven',
      }
    : {
        melding: `De versie vanaf ${formatDatumKort(vanaf)} heeft ${naam} wel: daar begint het dan weer. Haal het ook daar weg.`,
        soort: 'Wat eruit gaat, staat wel in de versie van het contract die er al na komt.',
        verwacht: 'Hetzelfde in de versie erna, als het weg moet blijven',
      }
