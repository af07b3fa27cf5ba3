import { expect, test } from 'vitest'
import { findOptie, readNamen, readOptie, toDistinct } from './keuzenamen.ts'

const OPTIES = [
  { waarde: '99999801', naam: 'Dubbelganger Zorg' },
  { waarde: '99999802', naam: 'Dubbelganger Zorg' },
  { waarde: 'tw1', naam: 'Tweeling' },
  { waarde: 'tw2', naam: 'twééling' },
  { waarde: 'w', naam: 'Wonen' },
  { waarde: 'wz', naam: 'Wonen, zorg en zo' },
  { waarde: 'dt', naam: 'Dag, of toch' },
  { waarde: 'dag', naam: 'Dag' },
  { waarde: 'oft', naam: 'of toch' },
  { waarde: 'a,b', naam: 'Met komma in de code' },
  { waarde: '45A04', naam: '45A04 Begeleiding' },
  { waarde: 'ook', naam: 'Dagdeel (4 uur)', ook: ['Dagdeel'] },
]
const KIES = 'Kies iets.'

test.each([
  ['its code', '99999802', '99999802'],
  ['its code in other capitals', '45a04', '45A04'],
  ['its name as it is', 'twééling', 'tw2'],
  ['its name as it is, of the one that looks like it', 'Tweeling', 'tw1'],
  ['its name in another form of Unicode', 'twe\u0301e\u0301ling', 'tw2'],
  ['its name without capitals', 'wonen', 'w'],
  ['its name with its code', 'Dubbelganger Zorg (99999801)', '99999801'],
  ['the rest of its name', 'begeleiding', '45A04'],
  ['another name', 'dagdeel', 'ook'],
])('a choice is known by %s', (_, getypt, waarde) => {
  expect(readOptie(OPTIES, getypt, KIES)).toEqual({ waarde })
})

test('a name that more than one has is a fault that names them', () => {
  expect(readOptie(OPTIES, 'dubbelganger zorg', KIES)).toEqual({
    meldingen: ['Er zijn er twee die ‘dubbelganger zorg’ kunnen zijn: 99999801 en 99999802. Vul de code in.'],
  })
  expect(readOptie(OPTIES, 'TWEELING', KIES)).toMatchObject({
    meldingen: [expect.stringContaining('tw1 en tw2')],
  })
  expect(findOptie(OPTIES, 'Dubbelganger Zorg')).toBeUndefined()
  expect(readOptie(OPTIES, 'Niemand', KIES)).toEqual({
    meldingen: ['‘Niemand’ is hier niet bekend. Kies iets.'],
  })
})

test.each([
  ['names with commas between', ['Wonen, Tweeling'], ['w', 'tw1']],
  ['a name that holds a comma', ['Wonen, zorg en zo'], ['wz']],
  ['such a name between others', ['Tweeling, wonen,zorg en zo, Wonen'], ['tw1', 'wz', 'w']],
  ['a code that holds a comma', ['a,b'], ['a,b']],
  ['the boxes of a form', ['a,b', 'dt', ''], ['a,b', 'dt']],
])('of more choices in one text: %s', (_, waarden, codes) => {
  expect(readNamen(OPTIES, waarden, KIES)).toEqual({ gekozen: new Set(codes), meldingen: [] })
})

test.each([
  ['what can be read in two ways', 'Dag, of toch', 'kan één naam zijn, of meer namen'],
  ['a name of two', 'Wonen, Dubbelganger Zorg', '99999801 en 99999802'],
  ['half of a name', 'Wonen, zorg', '‘zorg’ is hier niet bekend'],
])('of more choices in one text %s is refused', (_, tekst, melding) => {
  expect(readNamen(OPTIES, [tekst], KIES).meldingen).toEqual([expect.stringContaining(melding)])
})

test('a form tells two of one name apart, and reads what it says itself', () => {
  const namen = toDistinct(OPTIES)
  expect(namen.slice(0, 5).map(({ naam }) => naam)).toEqual([
    'Dubbelganger Zorg (99999801)',
    'Dubbelganger Zorg (99999802)',
    'Tweeling (tw1)',
    'twééling (tw2)',
    'Wonen',
  ])
  for (const { naam, waarde } of namen) expect(readOptie(OPTIES, naam, KIES)).toEqual({ waarde })
})
