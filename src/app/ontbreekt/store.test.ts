import { beforeAll, expect, test } from 'vitest'
import { testDatabase } from '../../../test/support/database.ts'
import {
  AGB_A,
  GEMEENTE_A,
  GEMEENTE_B,
  laadTestregio,
  lever,
  testOmgeving,
  toewijzingsbericht,
  VANDAAG,
} from '../../../test/support/regio.ts'

/** What is missing in a region in which nothing is, once one thing in it is changed; each is undone again. */
const db = await testDatabase()
const omgeving = testOmgeving(db)
beforeAll(() => laadTestregio(omgeving))

type Bron = 'contracten' | 'toegang'
const OP = (bron: Bron, dag: string) => `
  select concat_ws(' ', o.soort, c.nummer, case when o.contract_id is null then a.agb end, s.code, o.gemeente, o.wet, o.code, o.begin,
    case when o.vanaf <> '${dag}' then 'vanaf ' || o.vanaf end, o.toewijzingen) as wat
  from ${bron}.list_ontbreekt('${dag}') o
  left join contracten.contract c using (contract_id) left join contracten.segment s using (segment_id)
  left join aanbieders.aanbieder a on a.aanbieder_id = o.aanbieder_id order by 1`

async function listAfter(wijziging: string, dag = VANDAAG, bron: Bron = 'contracten'): Promise<string[]> {
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

const EEN = "(select contract_id from contracten.contract where nummer = 'TEST-1')"
const product = (code: string, geldigheid: string, segment = 'J-AMB') => `
  insert into contracten.productcode values ('jw', '${code}') on conflict do nothing;
  insert into contracten.product (wet, code, categorie, naam, eenheid, variant, segment_id, geldigheid)
  select 'jw', '${code}', '45', 'Proef', '04', 'inspanning', segment_id, '${geldigheid}' from contracten.segment where code = '${segment}';`
const segment = (code: string, ouder = 'null') => `
  insert into contracten.segment (code, wet, naam, omschrijving, bron, volgorde, ouder_id)
  values ('${code}', 'jw', '${code}', 'x', 'test', 9, ${ouder});`
const contract = (nummer: string, geldigheid: string, segmenten: string, gemeenten: string) => `
  insert into contracten.contract (aanbieder_id, nummer)
  select aanbieder_id, '${nummer}' from aanbieders.aanbieder where agb = '${AGB_A}';
  ${versie(nummer, geldigheid, segmenten, gemeenten)}`
const versie = (nummer: string, geldigheid: string, segmenten: string, gemeenten: string) => `
  insert into contracten.contractversie select contract_id, aanbieder_id, '${geldigheid}'
  from contracten.contract where nummer = '${nummer}';
  insert into contracten.contract_segment select c.contract_id, c.aanbieder_id, s.segment_id, lower('${geldigheid}'::daterange)
  from contracten.contract c, contracten.segment s where c.nummer = '${nummer}' and s.code in (${segmenten});
  insert into contracten.contract_gemeente select c.contract_id, c.aanbieder_id, g.code, lower('${geldigheid}'::daterange)
  from contracten.contract c, contracten.gemeente g where c.nummer = '${nummer}' and g.code in (${gemeenten});`
const ALLE = "'J-AMB', 'J-VER', 'W-BEG'"
const BEIDE = `'${GEMEENTE_A}', '${GEMEENTE_B}'`
const eindigen = (laatste: string) =>
  ['J-AMB jw', 'J-VER jw', 'W-BEG wmo']
    .flatMap(deel =>
      ['TEST-1', 'TEST-2'].map(nummer => `contract-eindigt ${nummer} ${deel} 2025-01-01 vanaf ${laatste}`),
    )
    .sort()
const zonder = (code: string) => `delete from contracten.tarief where code = '${code}';`

test.each<[string, string, string[]]>([
  ['nothing', '', []],
  ['a product of today without any price', zonder('45A01'), ['product-zonder-tarief J-AMB jw 45A01']],
  [
    'what is paid in euros needs none',
    `${zonder('45A01')} update contracten.product set eenheid = '83' where code = '45A01';`,
    [],
  ],
  [
    'one provider with a price is enough',
    `delete from contracten.tarief where code = '45A01' and contract_id = ${EEN}`,
    [],
  ],
  [
    'a price that ended yesterday is none',
    `update contracten.tarief set geldigheid = daterange('2025-01-01', '${VANDAAG}') where code = '45A01'`,
    ['product-zonder-tarief J-AMB jw 45A01'],
  ],
  [
    'one that begins today is one',
    `update contracten.tarief set geldigheid = daterange('${VANDAAG}', '2027-01-01') where code = '45A01'`,
    [],
  ],
  [
    'a product that came into the catalogue',
    product('45Z01', '[2026-01-01,)'),
    ['product-zonder-tarief J-AMB jw 45Z01'],
  ],
  ['one that is still to come', product('45Z01', '[2026-04-01,)'), []],
  ['one that has left it', product('45Z01', '[2025-01-01,2026-03-16)'), []],
  [
    'a product in a segment without contract: it is the contract that is missing',
    segment('J-NW') + product('45Z01', '[2026-01-01,)', 'J-NW'),
    [GEMEENTE_A, GEMEENTE_B].map(g => `segment-zonder-contract J-NW ${g} jw`),
  ],
  [
    'a price that lasts longer than its product, from the day after it',
    `update contracten.product set geldigheid = daterange(lower(geldigheid), '2026-07-01') where code = '44A07'`,
    ['TEST-1', 'TEST-2'].map(c => `tarief-buiten-catalogus ${c} jw 44A07 2025-01-01 vanaf 2026-07-01`),
  ],
  [
    'a price with a hole in the catalogue',
    `update contracten.product set geldigheid = daterange(lower(geldigheid), '2026-07-01') where code = '44A07';
     ${product('44A07', '[2026-08-01,)', 'J-VER')}`,
    ['TEST-1', 'TEST-2'].map(c => `tarief-buiten-catalogus ${c} jw 44A07 2025-01-01 vanaf 2026-07-01`),
  ],
  [
    'not when the next version follows at once',
    `update contracten.product set geldigheid = daterange(lower(geldigheid), '2026-07-01') where code = '44A07';
     ${product('44A07', '[2026-07-01,)', 'J-VER')}`,
    [],
  ],
  [
    'nor when what was missing has passed',
    `update contracten.product set geldigheid = daterange('2026-01-01', null) where code = '44A07'`,
    [],
  ],
  [
    'a contract that runs without any price',
    `delete from contracten.tarief where contract_id = ${EEN}`,
    ['contract-zonder-tarief TEST-1'],
  ],
  [
    'a contract without segment',
    `delete from contracten.contract_segment where contract_id = ${EEN}`,
    ['contract-zonder-segment TEST-1 2025-01-01'],
  ],
  [
    'a contract without municipality',
    `delete from contracten.contract_gemeente where contract_id = ${EEN}`,
    ['contract-zonder-gemeente TEST-1 2025-01-01'],
  ],
  [
    'a segment without contract in one municipality',
    `delete from contracten.contract_gemeente where gemeente = '${GEMEENTE_B}'`,
    ['J-AMB', 'J-VER', 'W-BEG'].map(
      s => `segment-zonder-contract ${s} ${GEMEENTE_B} ${s === 'W-BEG' ? 'wmo' : 'jw'}`,
    ),
  ],
  [
    'a part of a segment of which the whole is in a contract',
    segment('J-DEEL', "(select segment_id from contracten.segment where code = 'J-AMB')"),
    [],
  ],
  [
    'what only holds others, which are in a contract',
    `${segment('J-HEEL')} update contracten.segment set ouder_id = (select segment_id from contracten.segment where code = 'J-HEEL')
     where code in ('J-AMB', 'J-VER')`,
    [],
  ],
])('%s', async (_, wijziging, verwacht) => expect(await listAfter(wijziging)).toEqual(verwacht))

// The contracts of the region end on 31 December 2026.
test.each<[string, string, string, string[]]>([
  ['more than six months before its last day', '2026-06-30', '', []],
  ['within six months of it', '2026-07-01', '', eindigen('2027-01-01')],
  ['on it', '2026-12-31', '', eindigen('2027-01-01')],
  [
    'one provider goes on',
    '2026-12-01',
    contract('OP', '[2027-01-01,)', ALLE, BEIDE),
    eindigen('2027-01-01').filter(wat => wat.includes('TEST-2')),
  ],
  [
    'it goes on a day too late',
    '2026-12-01',
    contract('OP', '[2027-01-02,)', ALLE, BEIDE),
    eindigen('2027-01-01'),
  ],
  [
    'it goes on in one of two municipalities',
    '2026-12-01',
    contract('OP', '[2027-01-01,)', ALLE, `'${GEMEENTE_A}'`),
    eindigen('2027-01-01'),
  ],
  [
    'it goes on for one segment',
    '2026-12-01',
    contract('OP', '[2027-01-01,)', "'J-AMB'", BEIDE),
    eindigen('2027-01-01').filter(wat => !wat.includes('TEST-1 J-AMB')),
  ],
  [
    'a next version of it goes on, with all but one segment',
    '2026-12-01',
    versie('TEST-1', '[2027-01-01,)', "'J-AMB', 'W-BEG'", BEIDE),
    eindigen('2027-01-01').filter(wat => wat.includes('TEST-2') || wat.includes('J-VER')),
  ],
  [
    'a next version of it goes on, in one of two municipalities',
    '2026-12-01',
    versie('TEST-1', '[2027-01-01,)', ALLE, `'${GEMEENTE_A}'`),
    eindigen('2027-01-01'),
  ],
])('a contract that ends: %s', async (_, dag, wijziging, verwacht) =>
  expect(await listAfter(wijziging, dag)).toEqual(verwacht),
)

test('running toewijzingen without a contract or a price, in steps of five', async () => {
  for (let nummer = 1; nummer <= 7; nummer++)
    await lever(omgeving, toewijzingsbericht({ identificatie: `T${nummer}`, nummer, client: nummer }))
  const toewijzingen = (wijziging: string, dag = VANDAAG) => listAfter(wijziging, dag, 'toegang')
  expect(await toewijzingen('')).toEqual([])
  const geenTarief = `delete from contracten.tarief where code = '45A04' and contract_id = ${EEN};`
  const weg = (aantal: number) => `update toegang.toewijzing set geldt = false where nummer > ${aantal};`
  expect(await toewijzingen(geenTarief)).toEqual([`toewijzing-zonder-tarief ${AGB_A} jw 45A04 5`])
  expect(await toewijzingen(geenTarief + weg(5))).toEqual([`toewijzing-zonder-tarief ${AGB_A} jw 45A04 5`])
  expect(await toewijzingen(geenTarief + weg(4))).toEqual([`toewijzing-zonder-tarief ${AGB_A} jw 45A04 0`])
  expect(await toewijzingen(geenTarief + weg(0))).toEqual([])
  // Where it is not yet, or no longer, running.
  expect(await toewijzingen(geenTarief, '2025-12-31')).toEqual([])
  expect(await toewijzingen(geenTarief, '2026-12-31')).toEqual([
    `toewijzing-zonder-tarief ${AGB_A} jw 45A04 5`,
  ])
  expect(await toewijzingen(geenTarief, '2027-01-01')).toEqual([])
  const elders = `delete from contracten.contract_gemeente where gemeente = '${GEMEENTE_A}' and contract_id = ${EEN};`
  expect(await toewijzingen(elders)).toEqual([`toewijzing-zonder-contract ${AGB_A} jw 45A04 5`])
  // What left the catalogue keeps its last price for who had it, as long as the contract runs.
  const uit = `update contracten.product set geldigheid = daterange(lower(geldigheid), '2026-02-01') where code = '45A04';
    update contracten.tarief set geldigheid = daterange(lower(geldigheid), '2026-02-01') where code = '45A04';`
  expect(await toewijzingen(uit)).toEqual([])
  // Without a code there is no price to miss, but a contract is.
  const categorie = 'update toegang.toewijzing_versie set code = null, product_id = null;'
  expect(await toewijzingen(geenTarief + categorie)).toEqual([])
  expect(await toewijzingen(elders + categorie)).toEqual([`toewijzing-zonder-contract ${AGB_A} jw 5`])
})
