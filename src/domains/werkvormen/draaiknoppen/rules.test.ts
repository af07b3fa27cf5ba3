import { describe, expect, it } from 'vitest'
import { type Knopkeuze, listActoren, sideBySide } from './rules.ts'

const KNOPPEN = [
  {
    code: 'een',
    naam: 'Een',
    levertOp: ['Rust'],
    gevolgen: [
      { actor: 'Scholen', punten: ['a'] },
      { actor: 'Ouders', punten: ['b'] },
    ],
  },
  { code: 'twee', naam: 'Twee', levertOp: ['Geld'], gevolgen: [{ actor: 'Scholen', punten: ['c', 'd'] }] },
]

describe('the consequences of all turned knobs', () => {
  const keuze = (stand: Knopkeuze['stand'], opmerkingen = {}): Knopkeuze => ({ stand, opmerkingen })
  it('stand together per actor, with the own remark', () => {
    const keuzes = new Map([
      ['een', keuze('beetje', { Ouders: 'Let op' })],
      ['twee', keuze('stevig')],
    ])
    expect(sideBySide(KNOPPEN, keuzes)).toEqual([
      {
        actor: 'Scholen',
        gevolgen: [
          { knop: 'Een', stand: 'beetje', punten: ['a'], opmerking: '' },
          { knop: 'Twee', stand: 'stevig', punten: ['c', 'd'], opmerking: '' },
        ],
      },
      { actor: 'Ouders', gevolgen: [{ knop: 'Een', stand: 'beetje', punten: ['b'], opmerking: 'Let op' }] },
    ])
  })
  it.each([
    ['nothing chosen', new Map<string, Knopkeuze>()],
    ['not turned', new Map([['een', keuze('niet')]])],
  ])('are none with %s', (_, keuzes) =>
    expect(sideBySide(KNOPPEN, keuzes).flatMap(kolom => kolom.gevolgen)).toEqual([]),
  )
  it('name every actor once', () => expect(listActoren(KNOPPEN)).toEqual(['Scholen', 'Ouders']))
})
