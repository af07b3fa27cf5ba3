import { expect, test } from 'vitest'
import { openKluis } from '../crypto.ts'
import { countOnce } from './erna.ts'
import { countInSteps, type Raak, sayRaakt, signOf, sumRaakt } from './raakt.ts'

test.each([
  [1, 'minder dan 5'],
  [4, 'minder dan 5'],
  [5, '5 of meer'],
  [9, '5 of meer'],
  [10, '10 of meer'],
  [1_234, '1.230 of meer'],
])('%d is counted as %s', (aantal, tekst) => {
  expect(countInSteps(aantal)).toBe(tekst)
})

const naam = ['toewijzing', 'toewijzingen'] as const

test('of residents no exact number is said, of other things there is', () => {
  expect(sayRaakt({ naam, rijen: 1, aantal: 1, inwoners: true })).toBe('minder dan 5 toewijzingen')
  expect(sayRaakt({ naam, rijen: 1, aantal: 1 })).toBe('1 toewijzing')
  expect(sayRaakt({ naam: ['betaling', 'betalingen'], rijen: 1, aantal: 2, bedrag: 18_000 })).toMatch(
    /^2 betalingen, samen €.180,00$/,
  )
})

test.each([
  [[3, 3, 3, 3, 3], 'per rij of gemeente minder dan 5 toewijzingen'],
  [[1, 1, 1, 1, 1], 'per rij of gemeente minder dan 5 toewijzingen'],
  [[8, 8, 8], '15 of meer toewijzingen'],
  [[5, 4], '5 of meer toewijzingen'],
])('over more rows the steps are added, not the numbers: %j', (aantallen, tekst) => {
  const som = sumRaakt(aantallen.map((aantal, i) => ({ sleutel: String(i), naam, aantal, inwoners: true })))
  expect(som.map(sayRaakt)).toEqual([tekst])
})

test('what leaves with one place is told apart from what stays in others', () => {
  const raak = { sleutel: 'a', naam, inwoners: true } as const
  const som = sumRaakt([
    { ...raak, aantal: 20, waar: ['Bunnik'] },
    { ...raak, aantal: 40 },
    { ...raak, aantal: 5, waar: ['De Bilt'] },
  ])
  expect(som.map(({ aantal, waar }) => [aantal, waar])).toEqual([
    [25, ['Bunnik', 'De Bilt']],
    [40, undefined],
  ])
})

test('what leans on each of more rows is told once: of the row on which most lean, from the first day', () => {
  const raak = (sleutel: string, aantal: number, vanaf: string): Raak => ({
    ...{ sleutel, naam, aantal, vanaf },
    inwoners: true,
  })
  const rijen = [raak('a', 5, '2026-07-01'), raak('b', 12, '2026-10-01'), raak('c', 7, '2026-12-01')]
  expect(countOnce(rijen)).toEqual([raak('b', 12, '2026-07-01')])
  // Fewer than is told: each row says so, and none that it is the most.
  expect(countOnce(rijen.map(een => ({ ...een, aantal: 2 })))).toHaveLength(3)
})

test('what says that it was seen is of this change, of how much it touches, and cannot be tried without the key', () => {
  const sign = (sleutel: number, aantal: number, wat = 'x') => {
    const raakt: Raak[] = [{ sleutel: 'a', naam, aantal, inwoners: true }]
    return signOf({ kluis: openKluis(Buffer.alloc(32, sleutel)) }, { naam: 'tarieven' }, { wat }, raakt)
  }
  expect(sign(1, 2)).toBe(sign(1, 2))
  expect(new Set([sign(1, 2), sign(1, 5), sign(1, 2, 'y'), sign(2, 2)]).size).toBe(4)
  // Of no more than was told: one resident more is not seen.
  expect(sign(1, 2)).toBe(sign(1, 3))
})
