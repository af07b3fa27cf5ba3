import { expect, test } from 'vitest'
import { keuze, periode, tekst } from '../velden/soorten.ts'
import { type Opgemerkt, toCel, toLetOp } from './letop.ts'

const VELDEN = {
  naam: tekst({ label: 'Hoe heet het?', kop: 'Naam', noem: 'de naam', max: 50 }),
  kleur: keuze({
    label: 'Welke kleur?',
    kop: 'Kleur',
    kies: 'Kies een kleur.',
    opties: [{ waarde: 'r', naam: 'Rood', ook: ['Vermiljoen'] }],
    verplicht: false,
  }),
  geldig: periode({ label: 'Wanneer?', kop: 'Geldig', leeg: 'Vul een dag in.' }),
}
const GEGEVENS = { naam: 'Vaas', kleur: 'r', geldig: { begin: '2026-01-01', eind: null } }
const opgemerkt = (anders: Partial<Opgemerkt>): Opgemerkt => ({
  nummer: 2,
  gegevens: GEGEVENS,
  veld: 'naam',
  melding: 'Vreemd.',
  verwacht: 'iets anders',
  ...anders,
})

test.each<[Partial<Opgemerkt>, string, string]>([
  [{}, 'Naam', 'Vaas'],
  // A choice by its word.
  [{ veld: 'kleur' }, 'Kleur', 'Rood'],
  [{ veld: 'kleur', gegevens: { ...GEGEVENS, kleur: null } }, 'Kleur', ''],
  // Of a period the column that it is about.
  [{ veld: 'geldig' }, 'Geldig: eerste dag', '01-01-2026'],
  [{ veld: 'geldig', deel: 1 }, 'Geldig: laatste dag', ''],
])('a remark on %j names its cell', (anders, kolom, waarde) => {
  expect(toCel(VELDEN, opgemerkt(anders))).toEqual({
    nummer: 2,
    kolom,
    waarde,
    melding: 'Vreemd.',
    verwacht: 'iets anders',
  })
})

test('of a file the rows are counted, each remark too, and the first are kept in the order of the file', () => {
  expect(toLetOp(VELDEN, [])).toBeUndefined()
  const veel = Array.from({ length: 120 }, (_, i) => opgemerkt({ nummer: 121 - i }))
  const uit = toLetOp(VELDEN, [...veel, opgemerkt({ nummer: 2, melding: 'Ook dit.' })])
  expect([uit?.rijen, uit?.soorten]).toEqual([
    120,
    [
      { melding: 'Vreemd.', aantal: 120 },
      { melding: 'Ook dit.', aantal: 1 },
    ],
  ])
  expect(uit?.eerste.length).toBe(100)
  expect(uit?.eerste.slice(0, 3).map(c => c.nummer)).toEqual([2, 2, 3])
})

test('what each row says with its own amount is counted together', () => {
  const uit = toLetOp(VELDEN, [
    opgemerkt({ nummer: 2, melding: 'Vreemd: 12 keer.', soort: 'Vreemd veel.' }),
    opgemerkt({ nummer: 3, melding: 'Vreemd: 13 keer.', soort: 'Vreemd veel.' }),
  ])
  expect(uit?.soorten).toEqual([{ melding: 'Vreemd veel.', aantal: 2 }])
  expect(uit?.eerste.map(({ melding }) => melding)).toEqual(['Vreemd: 12 keer.', 'Vreemd: 13 keer.'])
})

test('a choice may be called by its other name too', () => {
  const lees = (woord: string) => VELDEN.kleur.read([woord], 'kleur', VELDEN.kleur.opties ?? [])
  expect(lees('vermiljoen')).toEqual(lees('Rood'))
})
