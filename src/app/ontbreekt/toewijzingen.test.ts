import { expect, test } from 'vitest'
import {
  ALLE,
  ALLEBEI,
  BEIDE,
  contract,
  EEN,
  segment,
  testOntbreekt,
  versie,
} from '../../../test/support/ontbreekt.ts'
import { AGB_A, GEMEENTE_A, GEMEENTE_B, VANDAAG } from '../../../test/support/regio.ts'

/** What leans on the agreements: prices that end, and running toewijzingen without any. */
const listAfter = await testOntbreekt('toegang.list_ontbreekt')

/** The first contract goes on, and its prices do not. */
const VERLENGD = `update contracten.contractversie set geldigheid = '[2025-01-01,2028-01-01)' where contract_id = ${EEN};`
const wetVan = (code: string) => (code === '02A16' ? 'wmo' : 'jw')
const tarief = (code: string, geldigheid: string, nummer = 'TEST-1') => `
  insert into contracten.tarief (contract_id, aanbieder_id, wet, code, geldigheid, tarief)
  select contract_id, aanbieder_id, '${wetVan(code)}', '${code}', '${geldigheid}', 1
  from contracten.contract where nummer = '${nummer}';`
const PRIJZEN = ['45A04', '45A01', '44A07', '02A16']
const tarieven = (geldigheid: string, nummer = 'TEST-1', codes = PRIJZEN) =>
  codes.map(code => tarief(code, geldigheid, nummer)).join('')
/** Prices that end: which, and in which contract the next belongs when that is another. */
const einde = (codes: string[], gemeenten = ALLEBEI, vanaf = '2027-01-01', naar = '') => {
  const alle = codes.map(code => `${wetVan(code)}~${code}`).sort()
  const [een, meer] = codes.length === 1 ? [`${alle[0]?.replace('~', ' ')} `, ''] : ['', ` ${alle.join('+')}`]
  return [
    `tarieven-eindigen TEST-1 ${gemeenten} ${een}vanaf ${vanaf} ${codes.length} tarieven 0${naar}${meer}`,
  ]
}
const PRIJSLIJST = 'jw~44A07+jw~45A01+jw~45A04+wmo~02A16'
const DAARNA = '[2027-01-01,2028-01-01)'

test.each<[string, string, string, string[]]>([
  ['the contract ends with them: that is said already', '2026-12-01', '', []],
  ['more than six months before their last day', '2026-06-30', VERLENGD, []],
  ['within six months of it, a row for all of one day', '2026-07-01', VERLENGD, einde(PRIJZEN)],
  ['on it', '2026-12-31', VERLENGD, einde(PRIJZEN)],
  [
    'a row for each day',
    '2026-12-01',
    `${VERLENGD} update contracten.tarief set geldigheid = '[2025-01-01,2027-02-01)' where code = '44A07' and contract_id = ${EEN};`,
    [...einde(['44A07'], ALLEBEI, '2027-02-01'), ...einde(['45A04', '45A01', '02A16'])],
  ],
  ['the next ones follow', '2026-12-01', VERLENGD + tarieven(DAARNA), []],
  [
    'two were left out of them',
    '2026-12-01',
    VERLENGD + tarieven(DAARNA, 'TEST-1', ['45A04', '02A16']),
    einde(['45A01', '44A07']),
  ],
  [
    'they follow a day too late',
    '2026-12-01',
    VERLENGD + tarieven('[2027-01-02,2028-01-01)'),
    einde(PRIJZEN),
  ],
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
    einde(PRIJZEN, GEMEENTE_B),
  ],
  [
    'the next contract lacks one of them: there it belongs',
    '2026-12-01',
    contract('OP', DAARNA, ALLE, BEIDE) + tarieven(DAARNA, 'OP', ['45A04', '45A01', '44A07']),
    einde(['02A16'], ALLEBEI, '2027-01-01', ' in OP'),
  ],
  [
    'the next contract lacks two of them',
    '2026-12-01',
    contract('OP', DAARNA, ALLE, BEIDE) + tarieven(DAARNA, 'OP', ['45A04', '45A01']),
    einde(['02A16', '44A07'], ALLEBEI, '2027-01-01', ' in OP'),
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
    einde(PRIJZEN, GEMEENTE_A),
  ],
  [
    'the next version leaves their segment out',
    '2026-12-01',
    versie('TEST-1', DAARNA, "'J-VER'", BEIDE),
    einde(['44A07']),
  ],
  [
    'the product leaves the catalogue that day',
    '2026-12-01',
    `${VERLENGD} update contracten.product set geldigheid = daterange(lower(geldigheid), '2027-01-01') where code <> '44A07';`,
    einde(['44A07']),
  ],
  [
    'from that day it is paid in euros',
    '2026-12-01',
    `${VERLENGD} update contracten.product set eenheid = '83' where code <> '44A07';`,
    einde(['44A07']),
  ],
  [
    'the contract names the whole of which its segment is a part',
    '2026-12-01',
    `${VERLENGD} ${segment('J-HEEL')} update contracten.segment set ouder_id = (select segment_id from contracten.segment where code = 'J-HEEL')
       where code = 'J-AMB';
     update contracten.contract_segment set segment_id = (select segment_id from contracten.segment where code = 'J-HEEL')
       where contract_id = ${EEN} and segment_id = (select segment_id from contracten.segment where code = 'J-AMB');`,
    einde(PRIJZEN),
  ],
])('prices that end: %s', async (_, dag, wijziging, verwacht) =>
  expect(await listAfter(wijziging, dag)).toEqual(verwacht),
)

/** From the first day of the contract: never on which day help of a resident began. */
const TARIEF = `toewijzing-zonder-tarief TEST-1 ${GEMEENTE_A} jw 45A04 vanaf 2025-01-01 5`
const CONTRACT = `toewijzing-zonder-contract ${AGB_A} J-AMB ${GEMEENTE_A} jw 45A04 5 in TEST-1 2025-01-01`

const CONTRACT_B = CONTRACT.replace(GEMEENTE_A, GEMEENTE_B).replace('45A04 5', '45A01 0')

test('running toewijzingen without a contract or a price, in steps of five', async () => {
  const toewijzingen = (wijziging: string, dag = VANDAAG) => listAfter(wijziging, dag)
  expect(await toewijzingen('')).toEqual([])
  const geenTarief = `delete from contracten.tarief where code = '45A04' and contract_id = ${EEN};`
  const weg = (aantal: number) => `update toegang.toewijzing set geldt = false where nummer > ${aantal};`
  expect(await toewijzingen(geenTarief)).toEqual([TARIEF])
  expect(await toewijzingen(geenTarief + weg(5))).toEqual([TARIEF])
  expect(await toewijzingen(geenTarief + weg(4))).toEqual([TARIEF.replace(/5$/, '0')])
  expect(await toewijzingen(geenTarief + weg(0))).toEqual([])
  const eerder = "update contracten.tarief set geldigheid = '[2025-01-01,2026-02-01)' where code = '45A04';"
  expect(await toewijzingen(eerder)).toEqual([TARIEF.replace('2025-01-01', '2026-02-01')])
  // Where it is not yet, or no longer, running.
  expect(await toewijzingen(geenTarief, '2025-12-31')).toEqual([])
  expect(await toewijzingen(geenTarief, '2026-12-31')).toEqual([TARIEF])
  expect(await toewijzingen(geenTarief, '2027-01-01')).toEqual([])
  const elders = `delete from contracten.contract_gemeente where gemeente = '${GEMEENTE_A}' and contract_id = ${EEN};`
  expect(await toewijzingen(elders)).toEqual([CONTRACT])
  // A row for each municipality: there it is put in the contract.
  expect(await toewijzingen(`delete from contracten.contract_gemeente where contract_id = ${EEN};`)).toEqual([
    CONTRACT,
    CONTRACT_B,
  ])
  // Where it left the contract, from the day after its last day in it.
  const verliet = `set constraints all deferred; delete from contracten.tarief where contract_id = ${EEN};
    update contracten.contractversie set geldigheid = '[2025-01-01,2026-02-01)' where contract_id = ${EEN};
    ${versie('TEST-1', '[2026-02-01,2027-01-01)', ALLE, `'${GEMEENTE_B}'`)}`
  expect(await toewijzingen(verliet)).toEqual([
    `toewijzing-zonder-contract ${AGB_A} J-AMB ${GEMEENTE_A} jw 45A04 vanaf 2026-02-01 5 in TEST-1 2026-02-01`,
    `toewijzing-zonder-tarief TEST-1 ${GEMEENTE_B} jw 45A01 vanaf 2025-01-01 0`,
  ])
  // What left the catalogue keeps its last price for who had it, as long as the contract names its segment there.
  const uit = `update contracten.product set geldigheid = daterange(lower(geldigheid), '2026-02-01') where code = '45A04';
    update contracten.tarief set geldigheid = daterange(lower(geldigheid), '2026-02-01') where code = '45A04';`
  expect(await toewijzingen(uit)).toEqual([])
  const zonderSegment = `delete from contracten.contract_segment where contract_id = ${EEN}
    and segment_id = (select segment_id from contracten.segment where code = 'J-AMB');`
  expect(await toewijzingen(uit + zonderSegment)).toEqual([
    CONTRACT.replace('45A04 5', '45A04 vanaf 2026-02-01 5'),
  ])
  // A claim for a day after that is refused (OP302): from the first day on which the segment is not in it.
  const verlietSegment = `set constraints all deferred;
    update contracten.contractversie set geldigheid = '[2025-01-01,2026-03-01)' where contract_id = ${EEN};
    ${versie('TEST-1', '[2026-03-01,2027-01-01)', "'J-VER', 'W-BEG'", BEIDE)}`
  expect(await toewijzingen(uit + verlietSegment)).toEqual([
    CONTRACT.replace('45A04 5 in TEST-1 2025-01-01', '45A04 vanaf 2026-03-01 5 in TEST-1 2026-03-01'),
  ])
  // Without a code there is no price to miss, but a contract is.
  const categorie = 'update toegang.toewijzing_versie set code = null, product_id = null;'
  expect(await toewijzingen(geenTarief + categorie)).toEqual([])
  expect(await toewijzingen(elders + categorie)).toEqual([
    `toewijzing-zonder-contract ${AGB_A} ${GEMEENTE_A} jw 5 in TEST-1 2025-01-01`,
  ])
  // Prices that end, with how many then still lean on them: in the municipality in which they run.
  expect(await toewijzingen(VERLENGD, '2026-12-01')).toEqual(einde(PRIJZEN))
  const open = 'update toegang.toewijzing_versie set eind = null;'
  expect(await toewijzingen(VERLENGD + open, '2026-12-01')).toEqual([
    `tarieven-eindigen TEST-1 ${ALLEBEI} vanaf 2027-01-01 4 tarieven 5 ${PRIJSLIJST}`,
  ])
  expect(await toewijzingen(VERLENGD + open + weg(4), '2026-12-01')).toEqual(einde(PRIJZEN))
})

test('by the month: the list of one day and the next does not tell on which of them help began or ended', async () => {
  const geenTarief = `delete from contracten.tarief where code = '45A04' and contract_id = ${EEN};`
  const runs = `${geenTarief} update toegang.toewijzing_versie set ingang = '2026-03-11', eind = '2026-03-20';`
  for (const dag of ['2026-03-01', '2026-03-10', '2026-03-11', '2026-03-20', '2026-03-21', '2026-03-31'])
    expect([dag, await listAfter(runs, dag)]).toEqual([dag, [TARIEF]])
  for (const dag of ['2026-02-28', '2026-04-01']) expect(await listAfter(runs, dag)).toEqual([])
  // Nor does how many lean on prices that end, asked of another last day.
  const ends = (dag: string) => `
    ${VERLENGD} update contracten.tarief set geldigheid = daterange('2025-01-01', '${dag}') where contract_id = ${EEN};
    update toegang.toewijzing_versie set eind = '2027-01-11';`
  for (const [dag, aantal] of [
    ['2027-01-02', 5],
    ['2027-01-12', 5],
    ['2027-01-31', 5],
    ['2027-02-01', 0],
  ] as const)
    expect(await listAfter(ends(dag), '2026-12-01')).toEqual([
      `tarieven-eindigen TEST-1 ${ALLEBEI} vanaf ${dag} 4 tarieven ${aantal} ${PRIJSLIJST}`,
    ])
})

test('a contract or a price: as a claim is judged, by the segment of the product', async () => {
  const weg = (wat: string) => `delete from contracten.contract_${wat} and contract_id = ${EEN};`
  const zonder = `delete from contracten.tarief where code = '45A04' and contract_id = ${EEN};`
  const segment = weg(
    "segment where segment_id = (select segment_id from contracten.segment where code = 'J-AMB')",
  )
  const toewijzingen = (wijziging: string) => listAfter(wijziging)
  expect(await toewijzingen(segment + zonder)).toEqual([CONTRACT])
  // A price says that it was agreed, whatever else the contract covers.
  expect(await toewijzingen(segment)).toEqual([])
  // What is assigned without a code needs a contract for one of its category.
  const categorie = 'update toegang.toewijzing_versie set code = null, product_id = null;'
  expect(await toewijzingen(categorie)).toEqual([])
  expect(await toewijzingen(segment + categorie)).toEqual([
    `toewijzing-zonder-contract ${AGB_A} ${GEMEENTE_A} jw 5 in TEST-1 2025-01-01`,
    `toewijzing-zonder-contract ${AGB_A} ${GEMEENTE_B} jw 0 in TEST-1 2025-01-01`,
  ])
  // A contract may name the whole of which it is a part.
  const heel = `insert into contracten.segment (code, wet, naam, omschrijving, bron, volgorde) values ('J-HEEL', 'jw', 'x', 'x', 'x', 9);
    update contracten.segment set ouder_id = (select segment_id from contracten.segment where code = 'J-HEEL') where code = 'J-AMB';
    insert into contracten.contract_segment select contract_id, aanbieder_id, segment_id, '2025-01-01'
    from contracten.contract, contracten.segment where code = 'J-HEEL' and contract_id = ${EEN};`
  expect(await toewijzingen(segment + zonder + heel)).toEqual([TARIEF])
  // Without any contract of the provider there is none in which it can be put.
  const geen = `delete from contracten.tarief where contract_id = ${EEN}; delete from contracten.contractversie where contract_id = ${EEN};`
  expect(await toewijzingen(geen)).toEqual([CONTRACT, CONTRACT_B].map(wat => wat.replace(/ in .*/, '')))
})

/** 45A04 is counted in minutes from July, while its prices run to the end of the year. */
const WISSEL = `
  update contracten.product set geldigheid = '[2025-01-01,2026-07-01)' where code = '45A04';
  insert into contracten.product (wet, code, geldigheid, categorie, naam, segment_id, eenheid, variant, zwaarte)
  select wet, code, '[2026-07-01,)', categorie, naam, segment_id, '01', variant, zwaarte from contracten.product where code = '45A04';`
/** The price of a minute, in the first contract. */
const MINUUT = `
  update contracten.tarief set geldigheid = '[2025-01-01,2026-07-01)' where code = '45A04' and contract_id = ${EEN};
  insert into contracten.tarief (contract_id, aanbieder_id, wet, code, geldigheid, tarief)
  select contract_id, aanbieder_id, wet, code, '[2026-07-01,2027-01-01)', 150 from contracten.tarief where code = '45A04' and contract_id = ${EEN};`

const wasWissel = (begin: string, tot: string, eenheid: string) => `
  insert into contracten.product (wet, code, geldigheid, categorie, naam, segment_id, eenheid, variant, zwaarte)
  select wet, code, '[${begin},${tot})', categorie, naam, segment_id, '${eenheid}', variant, zwaarte
  from contracten.product where code = '45A04' and lower(geldigheid) = '2025-01-01';`
const wissel = (contract: string) =>
  `tarieven-eindigen ${contract} ${ALLEBEI} jw 45A04 vanaf 2026-07-01 1 tarieven 0`
test.each<[string, string, string, string[]]>([
  ['each contract', '2026-03-16', WISSEL, [wissel('TEST-1'), wissel('TEST-2')]],
  ['of which one has a price in it: the other', '2026-03-16', WISSEL + MINUUT, [wissel('TEST-2')]],
  ['not further ahead than six months', '2025-12-29', WISSEL, []],
  [
    'also where the catalogue has none for a while',
    '2026-03-16',
    `${WISSEL} update contracten.product set geldigheid = '[2025-01-01,2026-06-01)' where code = '45A04' and eenheid = '04';`,
    [wissel('TEST-1'), wissel('TEST-2')],
  ],
  [
    'not where it is the unit of the price again',
    '2026-03-16',
    `update contracten.product set geldigheid = '[2025-01-01,2026-02-01)' where code = '45A04';
     ${wasWissel('2026-02-01', '2026-07-01', '01')} ${wasWissel('2026-07-01', '', '04')}`,
    [],
  ],
  [
    'once, also where it ends later in that time',
    '2026-03-16',
    `${WISSEL} update contracten.tarief set geldigheid = '[2025-01-01,2026-08-01)' where code = '45A04';`,
    [wissel('TEST-1'), wissel('TEST-2')],
  ],
  // What then begins is found at its first toewijzing.
  ['not once it is so', '2026-07-01', WISSEL, []],
  [
    'what is paid in euros has no price',
    '2026-03-16',
    `${WISSEL} update contracten.product set eenheid = '83' where code = '45A04' and eenheid = '01';`,
    [],
  ],
])('another unit ends a price for what begins then: %s', async (_, dag, wijziging, verwacht) =>
  expect((await listAfter(wijziging, dag)).filter(rij => rij.includes('45A04'))).toEqual(verwacht),
)
