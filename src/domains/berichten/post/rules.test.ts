import { describe, expect, test } from 'vitest'
import { antwoord, declaratie, start, toewijzing } from '../../../../test/support/inhoudsregels.ts'
import {
  AANBIEDER_ONBEKEND,
  antwoordtermijn,
  checkKop,
  GEMEENTE_ONBEKEND,
  HEEN_VAN,
  isJudged,
  kenmerkVan,
  nummerVan,
  partijenVan,
} from './rules.ts'

describe('the Header of a message, of which the Dagtekening is 6 May 2025 (berichten.md § 3)', () => {
  test.each([
    ['of the day itself', '2025-05-06', false, []],
    ['of a day before', '2025-05-07', false, []],
    ['TR135: dated tomorrow', '2025-05-05', false, [['TR135', '8848']]],
    ['TR056: an Identificatie used before', '2025-05-06', true, [['TR056', '9056']]],
    [
      'both at once',
      '2025-05-05',
      true,
      [
        ['TR056', '9056'],
        ['TR135', '8848'],
      ],
    ],
  ])('%s', (_, vandaag, identificatieBekend, regels) =>
    expect(
      checkKop(toewijzing(), { vandaag, identificatieBekend }).map(b => [b.regel, b.retourcode]),
    ).toEqual(regels),
  )
  test('the fault is in the header, and says what to do', () =>
    expect(checkKop(toewijzing(), { vandaag: '2025-05-06', identificatieBekend: true })).toEqual([
      {
        regel: 'TR056',
        retourcode: '9056',
        pad: '/Bericht/Header',
        melding:
          'Er is al een bericht van deze soort met dezelfde identificatie. Geef elk bericht een eigen identificatie.',
      },
    ]))
  test('a party that is not known has its own code only where the standard gives one', () => {
    expect(GEMEENTE_ONBEKEND.retourcode).toBe('S300') // TR378
    expect(AANBIEDER_ONBEKEND.retourcode).toBe('') // OP254 is no technical rule
  })
})

test.each([
  ['301, of the gemeente', toewijzing(), '42420001'],
  ['305, of the aanbieder', start(), '42420001'],
  ['323, of the aanbieder', declaratie(), '65656055'],
  ['325, of the gemeente', antwoord(), '65656055'],
])('a %s lies between gemeente (four digits, IV046) and aanbieder (AGB-code, OP254)', (_, bericht, agb) =>
  expect(partijenVan(bericht)).toEqual({ gemeente: '0384', agb }),
)

test('an Identificatie is unique per kind and sender (TR056)', () =>
  expect(kenmerkVan(start())).toEqual({ soort: 'JW305', afzender: '42420001', identificatie: 'TEST1' }))

describe('per kind of message', () => {
  test.each([
    ['JW301', 301],
    ['WMO323', 323],
  ])('%s has number %i', (soort, nummer) => expect(nummerVan(soort)).toBe(nummer))

  test.each([
    [302, 301],
    [306, 305],
    [308, 307],
    [316, 315],
    [318, 317],
    [320, 319],
    [325, 323],
  ])('a %i answers a %i', (antwoordnummer, heen) => expect(HEEN_VAN[antwoordnummer]).toBe(heen))

  test.each([
    ['JW301', true],
    ['WMO305', true],
    ['JW307', true],
    ['WMO323', true],
    ['JW325', true],
    ['JW315', false],
    ['WMO317', false],
    ['JW319', false],
  ])('%s is judged here: %s', (soort, beoordeeld) => expect(isJudged(soort)).toBe(beoordeeld))

  test.each([
    [301, 3],
    [305, 3],
    [307, 3],
    [315, 3],
    [317, 3],
    [319, 3],
    [323, 10],
    [302, undefined],
    [325, undefined],
  ])('a %i is answered within %s werkdagen (OP090, OP090x4)', (nummer, dagen) =>
    expect(antwoordtermijn(nummer)).toBe(dagen),
  )
})
