import { expect, test } from 'vitest'
import {
  ALLE,
  ALLEBEI,
  BEIDE,
  contract,
  EEN,
  product,
  segment,
  testOntbreekt,
  versie,
} from '../../../test/support/ontbreekt.ts'
import { GEMEENTE_A, GEMEENTE_B, VANDAAG } from '../../../test/support/regio.ts'

const listAfter = await testOntbreekt('contracten.list_ontbreekt')

/** That both contracts end: `gemeenten` says where the first is missing then, `naar` in which contract it can be put. */
const eindigen = (vanaf: string, gemeenten = ALLEBEI, naar = '') =>
  ['J-AMB jw', 'J-VER jw', 'W-BEG wmo']
    .flatMap(deel => [
      ['TEST-1', deel.replace(' ', ` ${gemeenten} `), naar] as const,
      ['TEST-2', deel.replace(' ', ` ${ALLEBEI} `), ''] as const,
    ])
    .map(([nummer, deel, naar]) => `contract-eindigt ${nummer} ${deel} 2025-01-01 vanaf ${vanaf}${naar}`)
    .sort()
/** A segment with a product, which the first contract names from a day; another contract had it, with its price. */
const erbij = (vanaf: string, segmenten = `${ALLE}, 'J-NW'`, eenheid = '04') => `
  ${segment('J-NW')} ${product('45Z01', '[2025-01-01,)', 'J-NW')} update contracten.product set eenheid = '${eenheid}' where code = '45Z01';
  ${contract('OP', '[2025-01-01,)', "'J-NW'", BEIDE)} ${prijs('OP', '[2025-01-01,)')}
  set constraints all deferred;
  update contracten.contractversie set geldigheid = '[2025-01-01,${vanaf})' where contract_id = ${EEN};
  ${versie('TEST-1', `[${vanaf},2027-01-01)`, segmenten, BEIDE)}`
const prijs = (nummer: string, geldigheid: string, code = '45Z01') => `
  insert into contracten.tarief (contract_id, aanbieder_id, wet, code, geldigheid, tarief)
  select contract_id, aanbieder_id, 'jw', '${code}', '${geldigheid}', 1 from contracten.contract where nummer = '${nummer}';`
const NIEUW = (vanaf: string) => `segment-zonder-tarief TEST-1 J-NW ${ALLEBEI} jw vanaf ${vanaf}`
const zonder = (code: string) => `delete from contracten.tarief where code = '${code}';`

test.each<[string, string, string[]]>([
  ['nothing', '', []],
  [
    'a product of today without any price, from the first day without',
    zonder('45A01'),
    ['product-zonder-tarief J-AMB jw 45A01 vanaf 2025-01-01'],
  ],
  [
    'from the day after its last price, not from the first day that it ever had none',
    `update contracten.tarief set geldigheid = '[2025-03-01,2026-02-01)' where code = '45A01'`,
    ['product-zonder-tarief J-AMB jw 45A01 vanaf 2026-02-01'],
  ],
  [
    'not from before a contract covers it',
    `${segment('J-NW')} ${product('45Z01', '[2025-01-01,)', 'J-NW')}
     set constraints all deferred;
     update contracten.contractversie set geldigheid = '[2025-01-01,2026-03-01)' where contract_id = ${EEN};
     ${versie('TEST-1', '[2026-03-01,2027-01-01)', `${ALLE}, 'J-NW'`, BEIDE)}`,
    ['product-zonder-tarief J-NW jw 45Z01 vanaf 2026-03-01', NIEUW('2026-03-01')],
  ],
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
    ['product-zonder-tarief J-AMB jw 45Z01 vanaf 2026-01-01'],
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
    ['contract-zonder-tarief TEST-1 vanaf 2025-01-01'],
  ],
  [
    'one of which the last price ended, from the day after',
    `update contracten.tarief set geldigheid = '[2025-01-01,2026-02-01)' where contract_id = ${EEN}`,
    ['contract-zonder-tarief TEST-1 vanaf 2026-02-01'],
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
    ['contract-zonder-segment TEST-1 2025-01-01 vanaf 2025-01-01'],
  ],
  [
    'a contract without municipality',
    `delete from contracten.contract_gemeente where contract_id = ${EEN}`,
    ['contract-zonder-gemeente TEST-1 2025-01-01 vanaf 2025-01-01'],
  ],
  [
    'a segment without contract in one municipality',
    `delete from contracten.contract_gemeente where gemeente = '${GEMEENTE_B}'`,
    ['J-AMB', 'J-VER', 'W-BEG'].map(
      s => `segment-zonder-contract ${s} ${GEMEENTE_B} ${s === 'W-BEG' ? 'wmo' : 'jw'}`,
    ),
  ],
  [
    'one that had a contract, from the day after it',
    `${segment('J-NW')} ${contract('OP', '[2025-01-01,2026-02-01)', "'J-NW'", `'${GEMEENTE_B}'`)}`,
    [
      `segment-zonder-contract J-NW ${GEMEENTE_A} jw`,
      `segment-zonder-contract J-NW ${GEMEENTE_B} jw vanaf 2026-02-01`,
    ],
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

const DEEL = segment('J-DEEL', "(select segment_id from contracten.segment where code = 'J-NW')")
test.each<[string, string, string[]]>([
  ['from the day on which it joined', erbij('2026-03-01'), [NIEUW('2026-03-01')]],
  ['within six months, from the day on which it will', erbij('2026-09-16'), [NIEUW('2026-09-16')]],
  ['not more than that ahead', erbij('2026-09-17'), []],
  ['it has a price', erbij('2026-03-01') + prijs('TEST-1', '[2026-03-01,2027-01-01)'), []],
  [
    'its last price ended, from the day after it',
    erbij('2026-02-01') + prijs('TEST-1', '[2026-02-01,2026-03-01)'),
    [NIEUW('2026-03-01')],
  ],
  ['what is paid in euros needs none', erbij('2026-03-01', undefined, '83'), []],
  [
    'of what left the catalogue there is nothing to price',
    `${erbij('2026-03-01')} update contracten.product set geldigheid = '[2025-01-01,2026-03-10)' where code = '45Z01';
     update contracten.tarief set geldigheid = '[2025-01-01,2026-03-10)' where code = '45Z01';`,
    ['contract-zonder-tarief OP vanaf 2026-03-10'],
  ],
  [
    'a price for a part of it is one for the whole',
    `${erbij('2026-03-01')} ${DEEL} ${product('45Z02', '[2025-01-01,)', 'J-DEEL')} ${prijs('TEST-1', '[2026-03-01,2027-01-01)', '45Z02')}`,
    [],
  ],
  [
    'and not the other way around',
    `${erbij('2026-03-01')} ${DEEL}
     ${product('45Z02', '[2025-01-01,)', 'J-DEEL')} ${prijs('OP', '[2025-01-01,)', '45Z02')} ${prijs('TEST-1', '[2026-03-01,2027-01-01)')}
     insert into contracten.contract_segment select contract_id, aanbieder_id, segment_id, '2026-03-01'
     from contracten.contract, contracten.segment where nummer = 'TEST-1' and segment.code = 'J-DEEL';`,
    [NIEUW('2026-03-01').replace('J-NW', 'J-DEEL')],
  ],
  [
    'without any price in the contract that is said, once',
    `${erbij('2026-03-01')} delete from contracten.tarief where contract_id = ${EEN};`,
    ['contract-zonder-tarief TEST-1 vanaf 2025-01-01'],
  ],
])('a segment that a contract names: %s', async (_, wijziging, verwacht) =>
  expect((await listAfter(wijziging)).filter(wat => !wat.startsWith('segment-zonder-contract'))).toEqual(
    verwacht,
  ),
)

const ZONDER = 'contract-zonder-tarief OP vanaf 2027-01-01'
// The contracts of the region end on 31 December 2026.
test.each<[string, string, string, string[]]>([
  ['more than six months before its last day', '2026-06-30', '', []],
  [
    'six months before its last day to the day',
    '2026-06-30',
    `update contracten.tarief set geldigheid = '[2025-01-01,2026-12-31)';
     update contracten.contractversie set geldigheid = '[2025-01-01,2026-12-31)'`,
    eindigen('2026-12-31'),
  ],
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
    'a next version of it leaves a segment out: that was decided',
    '2026-12-01',
    versie('TEST-1', '[2027-01-01,)', "'J-AMB', 'W-BEG'", BEIDE),
    eindigen('2027-01-01').filter(wat => wat.includes('TEST-2')),
  ],
  [
    'a next version of it leaves a municipality out: that was decided',
    '2026-12-01',
    versie('TEST-1', '[2027-01-01,)', ALLE, `'${GEMEENTE_A}'`),
    eindigen('2027-01-01').filter(wat => wat.includes('TEST-2')),
  ],
  [
    'the last version of it ends without a next one',
    '2026-12-01',
    `set constraints all deferred;
     update contracten.contractversie set geldigheid = '[2025-01-01,2026-12-15)' where contract_id = ${EEN};
     ${versie('TEST-1', '[2026-12-15,2027-01-01)', "'J-AMB'", BEIDE)}`,
    [
      `contract-eindigt TEST-1 J-AMB ${ALLEBEI} jw 2026-12-15 vanaf 2027-01-01`,
      ...eindigen('2027-01-01').filter(wat => wat.includes('TEST-2')),
    ],
  ],
])('a contract that ends: %s', async (_, dag, wijziging, verwacht) =>
  expect(await listAfter(wijziging, dag)).toEqual(verwacht),
)
