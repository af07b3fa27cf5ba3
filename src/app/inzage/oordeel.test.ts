import { expect, test } from 'vitest'
import type { AuditOordeel, Oorzaken } from '../../platform/zegel.ts'
import { explainOordeel } from './oordeel.ts'

const HEEL: AuditOordeel = { goed: true, zegels: 3, gebeurtenissen: 9, nietVerzegeld: 0, bekend: null }

/** One of each, and what its sentence must say. */
const OORZAKEN: { [K in keyof Required<Oorzaken>]: [Required<Oorzaken>[K], string] } = {
  gebroken: [2, 'Zegel 2 past niet'],
  oud: [{ zegels: 5, gebroken: 4 }, 'Oud zegel 4 past niet'],
  buiten: [1, 'nooit is uitgegeven'],
  sleutels: [[1, 2], 'nummer 1, 2'],
  teruggezet: [4, 'Zegel 4 van het inzagelogboek is er niet meer'],
  onleesbaar: ['Het bestand is beschadigd.', 'Het bestand is beschadigd.'],
}

test.each(Object.entries(OORZAKEN))('says what is wrong: %s', (oorzaak, [waarde, zin]) => {
  expect(explainOordeel({ ...HEEL, goed: false, [oorzaak]: waarde })).toEqual([expect.stringContaining(zin)])
})

test('says nothing of a log that is whole, also with an old chain', () => {
  expect(explainOordeel(HEEL)).toEqual([])
  expect(explainOordeel({ ...HEEL, oud: { zegels: 5 } })).toEqual([])
})
