import { describe, expect, test } from 'vitest'
import { currentMeldingen, type Melding } from '../levering/rules.ts'
import { checkMelding, type Feiten, MELDING_REGELS, orderInBericht } from './rules.ts'

const PRODUCT = { categorie: '45', code: '45A04' }
const start = (deel: Partial<Melding> = {}): Melding => ({
  soort: 'start',
  toewijzingNummer: 1,
  product: PRODUCT,
  begindatum: '2025-01-10',
  statusAanlevering: '1',
  ...deel,
})
const stop = (deel: Partial<Melding> = {}): Melding => ({
  ...start(),
  soort: 'stop',
  einddatum: '2025-03-31',
  redenBeeindiging: '31',
  ...deel,
})
const weg = (melding: Melding): Melding => ({ ...melding, statusAanlevering: '3' })
const tijdelijk = (deel: Partial<Melding> = {}) =>
  stop({ redenBeeindiging: '20', einddatum: '2025-02-15', ...deel })

const feiten = (eerder: Melding[], deel: Partial<Feiten> = {}): Feiten => ({
  toewijzing: { ...PRODUCT, verwijderd: false },
  catalogusCategorie: '45',
  eerder,
  samen: [],
  ...deel,
})

describe('starts and stops', () => {
  const cases: [naam: string, melding: Melding, f: Feiten, regels: string[]][] = [
    ['a first start', start(), feiten([]), []],
    ['a stop after its start', stop(), feiten([start()]), []],
    ['TR019: no toewijzing', start(), feiten([], { toewijzing: undefined }), ['TR019']],
    [
      'TR019: other product than allocated',
      start({ product: { categorie: '45', code: '45A05' } }),
      feiten([]),
      ['TR019'],
    ],
    [
      'TR019: category only, on a specific toewijzing',
      start({ product: { categorie: '45' } }),
      feiten([]),
      ['TR019'],
    ],
    ['TR063: deletion of what never came', weg(start()), feiten([]), ['TR063']],
    ['a deletion of what came', weg(start()), feiten([start()]), []],
    ['TR071: deletion of a start that has a stop', weg(start()), feiten([start(), stop()]), ['TR071']],
    [
      'deletion of the start after that of the stop',
      weg(start()),
      feiten([start(), stop(), weg(stop())]),
      [],
    ],
    ['TR074: the same start again', start(), feiten([start()]), ['TR074']],
    ['the same start again after its deletion', start(), feiten([start(), weg(start())]), []],
    [
      'TR326: another start while one runs',
      start({ begindatum: '2025-02-01' }),
      feiten([start()]),
      ['TR326'],
    ],
    ['a new start after a stop', start({ begindatum: '2025-04-01' }), feiten([start(), stop()]), []],
    [
      'a new start after a temporary stop',
      start({ begindatum: '2025-04-01' }),
      feiten([start(), tijdelijk()]),
      [],
    ],
    ['TR382: stop without that start', stop({ begindatum: '2025-01-11' }), feiten([start()]), ['TR382']],
    ['a definite stop after a temporary one', stop(), feiten([start(), tijdelijk()]), []],
    [
      'TR413: a second temporary stop',
      tijdelijk({ einddatum: '2025-02-20' }),
      feiten([start(), tijdelijk()]),
      ['TR413'],
    ],
    [
      'TR414: earlier end than the stop before',
      stop({ einddatum: '2025-02-01' }),
      feiten([start(), tijdelijk()]),
      ['TR414'],
    ],
    [
      'TR415: a second definite stop',
      stop({ einddatum: '2025-04-30' }),
      feiten([start(), stop()]),
      ['TR415'],
    ],
    [
      'TR019: a toewijzing that was deleted',
      start(),
      feiten([], { toewijzing: { ...PRODUCT, verwijderd: true } }),
      ['TR019'],
    ],
    [
      'taking back what was reported on a toewijzing that was deleted later',
      weg(start()),
      feiten([start()], { toewijzing: { ...PRODUCT, verwijderd: true } }),
      [],
    ],
    [
      'OP289: deletion of a stop while a later start runs',
      weg(tijdelijk()),
      feiten([start(), tijdelijk(), start({ begindatum: '2025-02-20' })], { samen: [weg(tijdelijk())] }),
      ['OP289'],
    ],
    [
      'deletion of such a stop that the same message replaces',
      weg(tijdelijk()),
      feiten([start(), tijdelijk(), start({ begindatum: '2025-02-20' })], {
        samen: [weg(tijdelijk()), tijdelijk({ einddatum: '2025-02-14' })],
      }),
      [],
    ],
    ['TR381: code of another category', start(), feiten([], { catalogusCategorie: '44' }), ['TR381']],
  ]
  test.each(cases)('%s', (_, melding, f, regels) =>
    expect(checkMelding(melding, f, '/').map(b => b.regel)).toEqual(regels),
  )
  test('no rule is without a case', () =>
    expect(new Set(cases.flatMap(([, , , regels]) => regels))).toEqual(
      new Set(MELDING_REGELS.map(regel => regel.code)),
    ))
})

test('inside a message deletions count first, then what happened first', () => {
  const later = start({ begindatum: '2025-04-01' })
  expect(orderInBericht([later, stop(), start(), weg(stop())])).toEqual([3, 2, 1, 0])
  const eenDag = stop({ einddatum: '2025-01-10' })
  expect(orderInBericht([eenDag, start()])).toEqual([1, 0])
})

test('a deletion takes away one delivery, not its twin after it', () =>
  expect(currentMeldingen([start(), weg(start()), start()])).toEqual([start()]))
