import { describe, expect, test } from 'vitest'
import { CLIENT_ONBEKEND, checkDeclaratie, type DeclaratieFeiten } from './declaratieregels.ts'

describe('a declaratie as a whole (berichten.md § 4.5)', () => {
  const basis: DeclaratieFeiten = {
    nummer: 'D1',
    maand: '2025-03-01',
    nummerBekend: false,
    laatsteMaand: '2025-02-01',
  }
  test.each<[string, Partial<DeclaratieFeiten>]>([
    ['the month after', {}],
    ['the first ever', { laatsteMaand: undefined }],
    ['the same month again (IV090)', { laatsteMaand: '2025-03-01' }],
    ['a gap of months', { laatsteMaand: '2024-11-01' }],
  ])('%s is judged further', (_, deel) => expect(checkDeclaratie({ ...basis, ...deel })).toEqual([]))

  const GEBRUIKT = {
    regel: 'TR333',
    retourcode: '9333',
    melding: 'Dit declaratienummer is al gebruikt. Geef de declaratie een nieuw nummer.',
    feiten: [{ wat: 'Declaratienummer', gedeclareerd: 'D1', afgesproken: 'nog niet gebruikt' }],
  }
  const TE_VROEG = {
    regel: 'TR318',
    retourcode: '8214',
    melding:
      'De declaratieperiode ligt voor een eerder ingediende periode. Neem regels over een eerdere maand op in de declaratie van de laatste maand.',
    feiten: [{ wat: 'Declaratieperiode', gedeclareerd: 'maart 2025', afgesproken: 'april 2025 of later' }],
  }
  test.each([
    ['TR333: a number used before (OP349)', { nummerBekend: true }, [GEBRUIKT]],
    ['TR318: before an earlier month (OP284)', { laatsteMaand: '2025-04-01' }, [TE_VROEG]],
    ['both at once', { nummerBekend: true, laatsteMaand: '2025-04-01' }, [GEBRUIKT, TE_VROEG]],
  ])('%s', (_, deel, bevindingen) => expect(checkDeclaratie({ ...basis, ...deel })).toEqual(bevindingen))
})

test('TR304: a client that the municipality does not know is refused with 8187', () =>
  expect(CLIENT_ONBEKEND.retourcode).toBe('8187'))
