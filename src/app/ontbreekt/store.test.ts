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

/** What is missing in a region in which nothing is, with seven running toewijzingen, once one thing in it is changed; each is undone again. */
const db = await testDatabase()
const omgeving = testOmgeving(db)
beforeAll(async () => {
  await laadTestregio(omgeving)
  for (let nummer = 1; nummer <= 7; nummer++)
    await lever(omgeving, toewijzingsbericht({ identificatie: `T${nummer}`, nummer, client: nummer }))
})

type Bron = 'contracten' | 'toegang'
const OP = (bron: Bron, dag: string) => `
  select concat_ws(' ', o.soort, c.nummer, case when o.contract_id is null then a.agb end, s.code,
    array_to_string(o.gemeenten, '+'), o.wet, o.code, o.begin, case when o.vanaf <> '${dag}' then 'vanaf ' || o.vanaf end,
    o.tarieven || ' tarieven', o.toewijzingen, 'in ' || h.nummer || ' ' || o.herstel_begin) as wat
  from ${bron}.list_ontbreekt('${dag}') o
  left join contracten.contract c using (contract_id) left join contracten.contract h on h.contract_id = o.herstel_id
  left join contracten.segment s using (segment_id)
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
const ALLEBEI = `${GEMEENTE_A}+${GEMEENTE_B}`
/** That both contracts end: `gemeenten` says where the first is missing then, `naar` in which contract it can be put. */
const eindigen = (vanaf: string, gemeenten = ALLEBEI, naar = '') =>
  ['J-AMB jw', 'J-VER jw', 'W-BEG wmo']
    .flatMap(deel => [
      ['TEST-1', deel.replace(' ', ` ${gemeenten} `), naar] as const,
      ['TEST-2', deel.replace(' ', ` ${ALLEBEI} `), ''] as const,
    ])
    .map(([nummer, deel, naar]) => `contract-eindigt ${nummer} ${deel} 2025-01-01 vanaf ${vanaf}${naar}`)
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
  [
    'one that is still to come, from the day on which it does',
    product('45Z01', '[2026-04-01,)'),
    ['product-zonder-tarief J-AMB jw 45Z01 vanaf 2026-04-01'],
  ],
  [
    'one that comes on the last day that is looked at',
    product('45Z01', '[2026-09-16,)'),
    ['product-zonder-tarief J-AMB jw 45Z01 vanaf 2026-09-16'],
  ],
  ['one that comes a day later', product('45Z01', '[2026-09-17,)'), []],
  [
    'one that comes with its price',
    `${product('45Z01', '[2026-04-01,)')} insert into contracten.tarief (contract_id, aanbieder_id, wet, code, geldigheid, tarief)
     select contract_id, aanbieder_id, 'jw', '45Z01', '[2026-04-01,2027-01-01)', 1 from contracten.contract where nummer = 'TEST-1'`,
    [],
  ],
  [
    'one that goes on under another name is the same',
    `update contracten.product set geldigheid = daterange(lower(geldigheid), '2026-07-01') where code = '44A07';
     update contracten.tarief set geldigheid = daterange('2025-01-01', '2026-07-01') where code = '44A07';
     ${product('44A07', '[2026-07-01,)', 'J-VER')}`,
    [],
  ],
  [
    'one of which the segment is in a contract from a day',
    `${segment('J-NW')} ${product('45Z01', '[2026-01-01,)', 'J-NW')} ${contract('OP', '[2026-05-01,)', "'J-NW'", BEIDE)}`,
    [
      'contract-zonder-tarief OP vanaf 2026-05-01',
      'product-zonder-tarief J-NW jw 45Z01 vanaf 2026-05-01',
      ...[GEMEENTE_A, GEMEENTE_B].map(g => `segment-zonder-contract J-NW ${g} jw`),
    ],
  ],
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
    'a contract that begins without any price, once and not also as prices that end',
    contract('OP', '[2026-05-01,)', ALLE, BEIDE),
    ['contract-zonder-tarief OP vanaf 2026-05-01'],
  ],
  ['not more than six months ahead', contract('OP', '[2026-09-17,)', ALLE, BEIDE), []],
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

const ZONDER = 'contract-zonder-tarief OP vanaf 2027-01-01'
// The contracts of the region end on 31 December 2026.
test.each<[string, string, string, string[]]>([
  ['more than six months before its last day', '2026-06-30', '', []],
  ['within six months of it', '2026-07-01', '', eindigen('2027-01-01')],
  ['on it', '2026-12-31', '', eindigen('2027-01-01')],
  [
    'one provider goes on',
    '2026-12-01',
    contract('OP', '[2027-01-01,)', ALLE, BEIDE),
    [...eindigen('2027-01-01').filter(wat => wat.includes('TEST-2')), ZONDER],
  ],
  [
    'it goes on a day too late',
    '2026-12-01',
    contract('OP', '[2027-01-02,)', ALLE, BEIDE),
    [...eindigen('2027-01-01'), ZONDER.replace('01-01', '01-02')],
  ],
  [
    'it goes on in one of two municipalities: the other is said, and where it can be put',
    '2026-12-01',
    contract('OP', '[2027-01-01,)', ALLE, `'${GEMEENTE_A}'`),
    [...eindigen('2027-01-01', GEMEENTE_B, ' in OP 2027-01-01'), ZONDER],
  ],
  [
    'it goes on for one segment',
    '2026-12-01',
    contract('OP', '[2027-01-01,)', "'J-AMB'", BEIDE),
    [...eindigen('2027-01-01').filter(wat => !wat.includes('TEST-1 J-AMB')), ZONDER],
  ],
  [
    'a next version of it goes on, with all but one segment',
    '2026-12-01',
    versie('TEST-1', '[2027-01-01,)', "'J-AMB', 'W-BEG'", BEIDE),
    eindigen('2027-01-01', ALLEBEI, ' in TEST-1 2027-01-01').filter(
      wat => wat.includes('TEST-2') || wat.includes('J-VER'),
    ),
  ],
  [
    'a next version of it goes on, in one of two municipalities',
    '2026-12-01',
    versie('TEST-1', '[2027-01-01,)', ALLE, `'${GEMEENTE_A}'`),
    eindigen('2027-01-01', GEMEENTE_B, ' in TEST-1 2027-01-01'),
  ],
])('a contract that ends: %s', async (_, dag, wijziging, verwacht) =>
  expect(await listAfter(wijziging, dag)).toEqual(verwacht),
)

/** The first contract goes on, and its prices do not. */
const VERLENGD = `update contracten.contractversie set geldigheid = '[2025-01-01,2028-01-01)' where contract_id = ${EEN};`
const tarief = (code: string, geldigheid: string, nummer = 'TEST-1') => `
  insert into contracten.tarief (contract_id, aanbieder_id, wet, code, geldigheid, tarief)
  select contract_id, aanbieder_id, '${code === '02A16' ? 'wmo' : 'jw'}', '${code}', '${geldigheid}', 1
  from contracten.contract where nummer = '${nummer}';`
const PRIJZEN = ['45A04', '45A01', '44A07', '02A16']
const tarieven = (geldigheid: string, nummer = 'TEST-1', codes = PRIJZEN) =>
  codes.map(code => tarief(code, geldigheid, nummer)).join('')
const einde = (aantal: number, gemeenten = ALLEBEI, vanaf = '2027-01-01') => [
  `tarieven-eindigen TEST-1 ${gemeenten} vanaf ${vanaf} ${aantal} tarieven 0`,
]
const DAARNA = '[2027-01-01,2028-01-01)'

test.each<[string, string, string, string[]]>([
  ['the contract ends with them: that is said already', '2026-12-01', '', []],
  ['more than six months before their last day', '2026-06-30', VERLENGD, []],
  ['within six months of it, a row for all of one day', '2026-07-01', VERLENGD, einde(4)],
  ['on it', '2026-12-31', VERLENGD, einde(4)],
  [
    'a row for each day',
    '2026-12-01',
    `${VERLENGD} update contracten.tarief set geldigheid = '[2025-01-01,2027-02-01)' where code = '44A07' and contract_id = ${EEN};`,
    [...einde(3), ...einde(1, ALLEBEI, '2027-02-01')],
  ],
  ['the next ones follow', '2026-12-01', VERLENGD + tarieven(DAARNA), []],
  [
    'two were left out of them',
    '2026-12-01',
    VERLENGD + tarieven(DAARNA, 'TEST-1', ['45A04', '02A16']),
    einde(2),
  ],
  ['they follow a day too late', '2026-12-01', VERLENGD + tarieven('[2027-01-02,2028-01-01)'), einde(4)],
  [
    'they follow in another contract',
    '2026-12-01',
    VERLENGD + contract('OP', DAARNA, ALLE, BEIDE) + tarieven(DAARNA, 'OP'),
    [],
  ],
  [
    'in another contract, for one of two municipalities',
    '2026-12-01',
    VERLENGD + contract('OP', DAARNA, ALLE, `'${GEMEENTE_A}'`) + tarieven(DAARNA, 'OP'),
    einde(4, GEMEENTE_B),
  ],
  [
    'the next contract lacks one of them',
    '2026-12-01',
    contract('OP', DAARNA, ALLE, BEIDE) + tarieven(DAARNA, 'OP', ['45A04', '45A01', '44A07']),
    einde(1),
  ],
  [
    'the next contract lacks all: that is said of the contract',
    '2026-12-01',
    contract('OP', DAARNA, ALLE, BEIDE),
    [],
  ],
  [
    'the next version is for one of two municipalities',
    '2026-12-01',
    versie('TEST-1', DAARNA, ALLE, `'${GEMEENTE_A}'`),
    einde(4, GEMEENTE_A),
  ],
  [
    'the next version leaves their segment out',
    '2026-12-01',
    versie('TEST-1', DAARNA, "'J-VER'", BEIDE),
    einde(1),
  ],
  [
    'the product leaves the catalogue that day',
    '2026-12-01',
    `${VERLENGD} update contracten.product set geldigheid = daterange(lower(geldigheid), '2027-01-01') where code <> '44A07';`,
    einde(1),
  ],
  [
    'from that day it is paid in euros',
    '2026-12-01',
    `${VERLENGD} update contracten.product set eenheid = '83' where code <> '44A07';`,
    einde(1),
  ],
  [
    'the contract names the whole of which its segment is a part',
    '2026-12-01',
    `${VERLENGD} ${segment('J-HEEL')} update contracten.segment set ouder_id = (select segment_id from contracten.segment where code = 'J-HEEL')
       where code = 'J-AMB';
     update contracten.contract_segment set segment_id = (select segment_id from contracten.segment where code = 'J-HEEL')
       where contract_id = ${EEN} and segment_id = (select segment_id from contracten.segment where code = 'J-AMB');`,
    einde(4),
  ],
])('prices that end: %s', async (_, dag, wijziging, verwacht) =>
  expect(await listAfter(wijziging, dag, 'toegang')).toEqual(verwacht),
)

const TARIEF = `toewijzing-zonder-tarief TEST-1 ${GEMEENTE_A} jw 45A04 5`
const CONTRACT = `toewijzing-zonder-contract ${AGB_A} J-AMB ${GEMEENTE_A} jw 45A04 5 in TEST-1 2025-01-01`

test('running toewijzingen without a contract or a price, in steps of five', async () => {
  const toewijzingen = (wijziging: string, dag = VANDAAG) => listAfter(wijziging, dag, 'toegang')
  expect(await toewijzingen('')).toEqual([])
  const geenTarief = `delete from contracten.tarief where code = '45A04' and contract_id = ${EEN};`
  const weg = (aantal: number) => `update toegang.toewijzing set geldt = false where nummer > ${aantal};`
  expect(await toewijzingen(geenTarief)).toEqual([TARIEF])
  expect(await toewijzingen(geenTarief + weg(5))).toEqual([TARIEF])
  expect(await toewijzingen(geenTarief + weg(4))).toEqual([TARIEF.replace(/5$/, '0')])
  expect(await toewijzingen(geenTarief + weg(0))).toEqual([])
  // Where it is not yet, or no longer, running.
  expect(await toewijzingen(geenTarief, '2025-12-31')).toEqual([])
  expect(await toewijzingen(geenTarief, '2026-12-31')).toEqual([TARIEF])
  expect(await toewijzingen(geenTarief, '2027-01-01')).toEqual([])
  const elders = `delete from contracten.contract_gemeente where gemeente = '${GEMEENTE_A}' and contract_id = ${EEN};`
  expect(await toewijzingen(elders)).toEqual([CONTRACT])
  // What left the catalogue keeps its last price for who had it, as long as the contract runs.
  const uit = `update contracten.product set geldigheid = daterange(lower(geldigheid), '2026-02-01') where code = '45A04';
    update contracten.tarief set geldigheid = daterange(lower(geldigheid), '2026-02-01') where code = '45A04';`
  expect(await toewijzingen(uit)).toEqual([])
  // Without a code there is no price to miss, but a contract is.
  const categorie = 'update toegang.toewijzing_versie set code = null, product_id = null;'
  expect(await toewijzingen(geenTarief + categorie)).toEqual([])
  expect(await toewijzingen(elders + categorie)).toEqual([
    `toewijzing-zonder-contract ${AGB_A} ${GEMEENTE_A} jw 5 in TEST-1 2025-01-01`,
  ])
  // Prices that end, with how many then still lean on them: in the municipality in which they run.
  expect(await toewijzingen(VERLENGD, '2026-12-01')).toEqual(einde(4))
  const open = 'update toegang.toewijzing_versie set eind = null;'
  expect(await toewijzingen(VERLENGD + open, '2026-12-01')).toEqual([
    `tarieven-eindigen TEST-1 ${ALLEBEI} vanaf 2027-01-01 4 tarieven 5`,
  ])
  expect(await toewijzingen(VERLENGD + open + weg(4), '2026-12-01')).toEqual(einde(4))
})

test('a contract or a price: as a claim is judged, by the segment of the product', async () => {
  const weg = (wat: string) => `delete from contracten.contract_${wat} and contract_id = ${EEN};`
  const zonder = `delete from contracten.tarief where code = '45A04' and contract_id = ${EEN};`
  const segment = weg(
    "segment where segment_id = (select segment_id from contracten.segment where code = 'J-AMB')",
  )
  const toewijzingen = (wijziging: string) => listAfter(wijziging, VANDAAG, 'toegang')
  expect(await toewijzingen(segment + zonder)).toEqual([CONTRACT])
  // A price says that it was agreed, whatever else the contract covers.
  expect(await toewijzingen(segment)).toEqual([])
  // What is assigned without a code needs a contract for one of its category.
  const categorie = 'update toegang.toewijzing_versie set code = null, product_id = null;'
  expect(await toewijzingen(categorie)).toEqual([])
  expect(await toewijzingen(segment + categorie)).toEqual([
    CONTRACT.replace(' J-AMB', '').replace(' 45A04', ''),
  ])
  // A contract may name the whole of which it is a part.
  const heel = `insert into contracten.segment (code, wet, naam, omschrijving, bron, volgorde) values ('J-HEEL', 'jw', 'x', 'x', 'x', 9);
    update contracten.segment set ouder_id = (select segment_id from contracten.segment where code = 'J-HEEL') where code = 'J-AMB';
    insert into contracten.contract_segment select contract_id, aanbieder_id, segment_id, '2025-01-01'
    from contracten.contract, contracten.segment where code = 'J-HEEL' and contract_id = ${EEN};`
  expect(await toewijzingen(segment + zonder + heel)).toEqual([TARIEF])
  // Without any contract of the provider there is none in which it can be put.
  const geen = `delete from contracten.tarief where contract_id = ${EEN}; delete from contracten.contractversie where contract_id = ${EEN};`
  expect(await toewijzingen(geen)).toEqual([CONTRACT.replace(/ in .*/, '')])
})
