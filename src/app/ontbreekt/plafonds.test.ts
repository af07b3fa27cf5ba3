import { expect, test } from 'vitest'
import { product, testOntbreekt } from '../../../test/support/ontbreekt.ts'
import { GEMEENTE_A, GEMEENTE_B } from '../../../test/support/regio.ts'

/** What is bought without a ceiling, by who has ceilings. */
const listAfter = await testOntbreekt('contracten.list_zonder_plafond')

const plafond = (segment: string, jaar: number, gemeente: string = GEMEENTE_A) => `
  insert into contracten.budgetplafond (gemeente, segment_id, jaar, versie, bedrag, vastgesteld_op)
  select '${gemeente}', segment_id, ${jaar}, 1, 100, '2025-12-01' from contracten.segment where code = '${segment}';`
const zonder = (segment: string, wet: string, jaar: number, gemeenten: string = GEMEENTE_A) =>
  `segment-zonder-plafond ${segment} ${gemeenten} ${wet} vanaf ${jaar}-01-01`
const LEEG = 'delete from contracten.budgetplafond;'

test.each<[string, string, string, string[]]>([
  ['who never set one needs none', '2026-03-16', LEEG, []],
  [
    'one of the others has one: each that is bought and has none',
    '2026-03-16',
    LEEG + plafond('J-AMB', 2026),
    [zonder('J-VER', 'jw', 2026), zonder('W-BEG', 'wmo', 2026)],
  ],
  [
    'both municipalities lack it',
    '2026-03-16',
    LEEG + ['J-AMB', 'J-VER'].map(s => plafond(s, 2026) + plafond(s, 2026, GEMEENTE_B)).join(''),
    [zonder('W-BEG', 'wmo', 2026, `${GEMEENTE_A}+${GEMEENTE_B}`)],
  ],
  [
    'a year that begins within six months, of who had them the year before',
    '2026-07-01',
    `${LEEG} update contracten.contractversie set geldigheid = '[2025-01-01,2028-01-01)';
     ${['J-AMB', 'J-VER', 'W-BEG'].map(s => plafond(s, 2026)).join('')}`,
    [zonder('J-AMB', 'jw', 2027), zonder('J-VER', 'jw', 2027), zonder('W-BEG', 'wmo', 2027)],
  ],
  [
    'and not a day earlier',
    '2026-06-30',
    `${LEEG} update contracten.contractversie set geldigheid = '[2025-01-01,2028-01-01)';
     ${['J-AMB', 'J-VER', 'W-BEG'].map(s => plafond(s, 2026)).join('')}`,
    [],
  ],
  [
    'the contracts end before it: then nothing is bought',
    '2026-12-01',
    LEEG + ['J-AMB', 'J-VER', 'W-BEG'].map(s => plafond(s, 2026)).join(''),
    [],
  ],
  [
    'what it hangs under has one',
    '2026-03-16',
    `${LEEG} ${product('45Z01', '[2026-01-01,)', 'J-VER')}
     update contracten.segment set ouder_id = (select segment_id from contracten.segment where code = 'J-AMB') where code = 'J-VER';
     ${plafond('J-AMB', 2026)} ${plafond('W-BEG', 2026)}`,
    [],
  ],
])('%s', async (_, dag, wijziging, verwacht) => expect(await listAfter(wijziging, dag)).toEqual(verwacht))
