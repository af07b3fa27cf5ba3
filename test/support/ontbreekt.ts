import { beforeAll } from 'vitest'
import { testDatabase } from './database.ts'
import {
  AGB_A,
  GEMEENTE_A,
  GEMEENTE_B,
  laadTestregio,
  lever,
  testOmgeving,
  toewijzingsbericht,
  VANDAAG,
} from './regio.ts'

type Bron = 'contracten.list_ontbreekt' | 'contracten.list_zonder_plafond' | 'toegang.list_ontbreekt'
const OP = (bron: Bron, dag: string) => `
  select concat_ws(' ', o.soort, c.nummer, case when o.contract_id is null then a.agb end, s.code,
    array_to_string(o.gemeenten, '+'), o.wet, o.code, o.begin, case when o.vanaf <> '${dag}' then 'vanaf ' || o.vanaf end,
    o.tarieven || ' tarieven', o.toewijzingen, 'in ' || nullif(concat_ws(' ', h.nummer, o.herstel_begin), ''),
    array_to_string(o.producten, '+')) as wat
  from ${bron}('${dag}') o
  left join contracten.contract c using (contract_id) left join contracten.contract h on h.contract_id = o.herstel_id
  left join contracten.segment s using (segment_id)
  left join aanbieders.aanbieder a on a.aanbieder_id = o.aanbieder_id order by 1`

/** A region in which nothing is missing, with seven running toewijzingen and one in the other municipality; and what is once one thing in it is changed, which is undone again. */
export async function testOntbreekt(bron: Bron) {
  const db = await testDatabase()
  const omgeving = testOmgeving(db)
  beforeAll(async () => {
    await laadTestregio(omgeving)
    for (let nummer = 1; nummer <= 7; nummer++)
      await lever(omgeving, toewijzingsbericht({ identificatie: `T${nummer}`, nummer, client: nummer }))
    const elders = { identificatie: 'T8', nummer: 8, client: 8, code: '45A01', gemeente: GEMEENTE_B } as const
    await lever(omgeving, toewijzingsbericht(elders))
  })
  return async function listAfter(wijziging: string, dag = VANDAAG): Promise<string[]> {
    const client = await db.owner.connect()
    try {
      await client.query('begin')
      if (wijziging !== '') await client.query(wijziging)
      return (await client.query<{ wat: string }>(OP(bron, dag))).rows.map(({ wat }) => wat)
    } finally {
      await client.query('rollback')
      client.release()
    }
  }
}

export const EEN = "(select contract_id from contracten.contract where nummer = 'TEST-1')"
/** A product in a segment; another of the same code is counted as that. */
export const product = (code: string, geldigheid: string, segment = 'J-AMB') => `
  insert into contracten.productcode values ('jw', '${code}') on conflict do nothing;
  insert into contracten.product (wet, code, categorie, naam, eenheid, variant, segment_id, geldigheid)
  select 'jw', '${code}', '45', 'Proef', coalesce(contracten.eenheid_op('jw', '${code}', '2025-01-01'), '04'), 'inspanning',
    segment_id, '${geldigheid}' from contracten.segment where code = '${segment}';`
export const segment = (code: string, ouder = 'null') => `
  insert into contracten.segment (code, wet, naam, omschrijving, bron, volgorde, ouder_id)
  values ('${code}', 'jw', '${code}', 'x', 'test', 9, ${ouder});`
export const contract = (nummer: string, geldigheid: string, segmenten: string, gemeenten: string) => `
  insert into contracten.contract (aanbieder_id, nummer)
  select aanbieder_id, '${nummer}' from aanbieders.aanbieder where agb = '${AGB_A}';
  ${versie(nummer, geldigheid, segmenten, gemeenten)}`
export const versie = (nummer: string, geldigheid: string, segmenten: string, gemeenten: string) => `
  insert into contracten.contractversie select contract_id, aanbieder_id, '${geldigheid}'
  from contracten.contract where nummer = '${nummer}';
  insert into contracten.contract_segment select c.contract_id, c.aanbieder_id, s.segment_id, lower('${geldigheid}'::daterange)
  from contracten.contract c, contracten.segment s where c.nummer = '${nummer}' and s.code in (${segmenten});
  insert into contracten.contract_gemeente select c.contract_id, c.aanbieder_id, g.code, lower('${geldigheid}'::daterange)
  from contracten.contract c, contracten.gemeente g where c.nummer = '${nummer}' and g.code in (${gemeenten});`
export const ALLE = "'J-AMB', 'J-VER', 'W-BEG'"
export const BEIDE = `'${GEMEENTE_A}', '${GEMEENTE_B}'`
export const ALLEBEI = `${GEMEENTE_A}+${GEMEENTE_B}`
