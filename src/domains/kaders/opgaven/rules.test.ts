import { describe, expect, it } from 'vitest'
import { tryGegevens } from '../../../platform/velden/formulier.ts'
import { checkVoortgang, countActies, perThema, STATEN, stappenVan } from './rules.ts'
import { VOORTGANG } from './velden.ts'

describe('het leven van een opgave', () => {
  it.each([
    ['voorgenomen', ['begin', 'stop']],
    ['loopt', ['bereik', 'stop']],
    ['bereikt', ['heropen']],
    ['gestopt', ['heropen']],
  ] as const)('vanuit %s kan alleen %j', (staat, stappen) => {
    expect(stappenVan(staat).map(s => s.stap)).toEqual(stappen)
  })

  it('heeft alleen bij stoppen een reden nodig', () => {
    const stappen = STATEN.flatMap(staat => stappenVan(staat))
    expect(new Set(stappen.filter(s => s.redenNodig).map(s => s.stap))).toEqual(new Set(['stop']))
  })
})

it('telt acties; op de dag zelf is een actie nog niet te laat', () => {
  const acties = [
    { staat: 'klaar', klaarOp: '2026-01-01' },
    { staat: 'open', klaarOp: '2026-03-16' },
    { staat: 'open', klaarOp: '2026-03-15' },
    { staat: 'open', klaarOp: null },
    { staat: 'vervallen', klaarOp: '2026-01-01' },
  ] as const
  expect(countActies(acties, '2026-03-16')).toEqual({ klaar: 1, open: 3, teLaat: 1 })
})

it('houdt per thema de volgorde aan', () => {
  expect(perThema([{ thema: 'B' }, { thema: 'A' }, { thema: 'B' }]).map(([t, o]) => [t, o.length])).toEqual([
    ['B', 2],
    ['A', 1],
  ])
})

describe('voortgang', () => {
  const readVoortgang = (getypt: Record<string, string>) =>
    tryGegevens(
      VOORTGANG,
      Object.fromEntries(Object.entries(getypt).map(([naam, tekst]) => [naam, [tekst]])),
      {
        ook: gegevens => checkVoortgang(gegevens, '2026-03-16'),
      },
    )

  it.each([
    ['1.250', 1250],
    ['42,5', 42.5],
    ['-3', -3],
    ['12.5', undefined],
    ['veel', undefined],
  ])('leest %s', (tekst, getal) => {
    expect(readVoortgang({ getal: tekst }).gegevens.getal).toBe(getal)
  })

  it('weigert met alle fouten tegelijk', () => {
    const { fouten } = readVoortgang({ datum: '17-03-2026', verhaal: '', getal: '5' })
    expect(fouten.map(f => f.pad)).toEqual(['verhaal', 'datum', 'eenheid'])
  })

  it('mag een verhaal zonder getal zijn', () => {
    expect(readVoortgang({ datum: '16-03-2026', verhaal: 'Begonnen' })).toEqual({
      gegevens: { datum: '2026-03-16', verhaal: 'Begonnen', getal: null, eenheid: null },
      fouten: [],
    })
  })
})
