import { expect, test } from 'vitest'
import type { AuditOordeel, Oorzaken } from '../../platform/zegel.ts'
import { explainOordeel, explainStaat } from './oordeel.ts'

const HEEL: AuditOordeel = { goed: true, zegels: 3, gebeurtenissen: 9, nietVerzegeld: 0, bekend: null }

/** One of each, and what its sentence must say. */
const OORZAKEN: { [K in keyof Required<Oorzaken>]: [Required<Oorzaken>[K], string] } = {
  gebroken: [2, 'Zegel 2 past niet'],
  oud: [{ zegels: 5, gebroken: 4 }, 'Oud zegel 4 past niet'],
  buiten: [1, 'nooit is uitgegeven'],
  sleutels: [[1, 2], 'nummer 1, 2'],
  teruggezet: [4, 'Zegel 4 van het inzagelogboek is er niet meer'],
  uitgesteld: [new Date('2026-03-16T11:00:00Z'), 'Sinds 16 maart 2026 om 12:00 zijn'],
  onleesbaar: ['Het bestand is beschadigd.', 'Het bestand is beschadigd.'],
}

test.each(Object.entries(OORZAKEN))('says what is wrong: %s', (oorzaak, [waarde, zin]) => {
  expect(explainOordeel({ ...HEEL, goed: false, [oorzaak]: waarde })).toEqual([expect.stringContaining(zin)])
})

test('what only waits for its seal was not touched', () => {
  const uitgesteld = new Date('2026-03-16T11:00:00Z')
  expect(explainStaat({ ...HEEL, goed: false, uitgesteld })).toBe('Het logboek wordt niet meer verzegeld.')
  for (const [oorzaak, [waarde]] of Object.entries(OORZAKEN))
    if (oorzaak !== 'uitgesteld')
      expect(explainStaat({ ...HEEL, goed: false, uitgesteld, [oorzaak]: waarde })).toBe(
        'Het logboek is aangetast.',
      )
})

test('says nothing of a log that is whole, also with an old chain', () => {
  expect(explainOordeel(HEEL)).toEqual([])
  expect(explainOordeel({ ...HEEL, oud: { zegels: 5 } })).toEqual([])
})
