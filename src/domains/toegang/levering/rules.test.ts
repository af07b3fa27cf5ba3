import { describe, expect, test } from 'vitest'
import { gestopteDagen, type Melding } from './rules.ts'

const start = (begindatum: string): Melding => ({ soort: 'start', begindatum, statusAanlevering: '1' })
const stop = (begindatum: string, einddatum: string, redenBeeindiging = '31'): Melding => ({
  ...start(begindatum),
  soort: 'stop',
  einddatum,
  redenBeeindiging,
})
const weg = (melding: Melding): Melding => ({ ...melding, statusAanlevering: '3' })
const JAN = '2026-01-01'
const JUN = '2026-06-30'

describe('the days after a stop on which no help is given', () => {
  test.each<[string, Melding[], [string, string | null][]]>([
    ['nothing was reported', [], []],
    ['only a start', [start(JAN)], []],
    ['a stop: for good', [start(JAN), stop(JAN, JUN)], [['2026-07-01', null]]],
    ['a temporary stop as well', [start(JAN), stop(JAN, JUN, '20')], [['2026-07-01', null]]],
    [
      'a temporary stop and then a last one: the last day counts',
      [start(JAN), stop(JAN, '2026-03-31', '20'), stop(JAN, JUN)],
      [['2026-07-01', null]],
    ],
    [
      'a new start ends it',
      [start(JAN), stop(JAN, JUN), start('2026-09-01')],
      [['2026-07-01', '2026-08-31']],
    ],
    [
      'and can be stopped again',
      [start(JAN), stop(JAN, JUN), start('2026-09-01'), stop('2026-09-01', '2026-10-31')],
      [
        ['2026-07-01', '2026-08-31'],
        ['2026-11-01', null],
      ],
    ],
    ['a new start on the next day: none', [start(JAN), stop(JAN, JUN), start('2026-07-01')], []],
    [
      'two stops of one start: the last day counts, in whatever order they come',
      [start(JAN), stop(JAN, JUN), stop(JAN, '2026-03-31', '20')],
      [['2026-07-01', null]],
    ],
    [
      'what is taken back for another reason leaves this stop',
      [start(JAN), stop(JAN, JUN, '20'), weg(stop(JAN, JUN))],
      [['2026-07-01', null]],
    ],
    ['a stop that was taken back', [start(JAN), stop(JAN, JUN), weg(stop(JAN, JUN))], []],
    ['beside it another delivery goes on', [start(JAN), stop(JAN, JUN), start('2026-02-01')], []],
    ['a stop without a start, as an older system may leave', [stop(JAN, JUN)], [['2026-07-01', null]]],
    ['a stop on the last day there is', [start(JAN), stop(JAN, '9999-12-31')], []],
  ])('%s', (_, meldingen, dagen) =>
    expect(gestopteDagen(meldingen).map(({ begin, eind }) => [begin, eind])).toEqual(dagen),
  )
})
