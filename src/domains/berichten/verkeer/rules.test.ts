import { describe, expect, it } from 'vitest'
import {
  bestemmingVan,
  countWerkdagen,
  herkomstVan,
  isTeLaat,
  type Staat,
  soortNaam,
  termijnTekst,
} from './rules.ts'

// Good Friday 3 April and Easter Monday 6 April 2026 are no werkdagen.
describe('countWerkdagen', () => {
  it.each([
    ['2026-03-16', '2026-03-16', 0],
    ['2026-03-16', '2026-03-17', 1],
    ['2026-03-13', '2026-03-16', 1],
    ['2026-03-13', '2026-03-15', 0],
    ['2026-04-02', '2026-04-07', 1],
    ['2026-04-02', '2026-04-06', 0],
    ['2026-03-17', '2026-03-16', 0],
  ])('van %s tot en met %s: %i', (van, tot, aantal) => expect(countWerkdagen(van, tot)).toBe(aantal))
})

describe('termijnTekst', () => {
  const wacht = (antwoordVoor: string | null, staat: Staat = 'ontvangen') => ({ staat, antwoordVoor })
  it.each([
    [wacht('2026-03-16'), 'vandaag'],
    [wacht('2026-03-17'), 'nog 1 werkdag'],
    [wacht('2026-03-20'), 'nog 4 werkdagen'],
    [wacht('2026-03-13'), '1 werkdag te laat'],
    [wacht('2026-03-09'), '5 werkdagen te laat'],
    [wacht('2020-01-02'), '02-01-2020'],
    [wacht(null), undefined],
    [wacht('2026-03-09', 'niet-te-beoordelen'), '5 werkdagen te laat'],
    [wacht('2026-03-09', 'verwerkt'), undefined],
  ])('%j is %s', (bericht, tekst) => expect(termijnTekst(bericht, '2026-03-16')).toBe(tekst))

  it.each<[Staat, string | null, boolean]>([
    ['niet-te-beoordelen', '2026-03-15', true],
    ['ontvangen', '2026-03-15', true],
    ['ontvangen', '2026-03-16', false],
    ['ontvangen', null, false],
    ['verwerkt', '2026-03-01', false],
  ])('%s met antwoord voor %s: te laat is %s', (staat, voor, laat) =>
    expect(isTeLaat(staat, voor, '2026-03-16')).toBe(laat),
  )
})

describe('voor wie een bericht is', () => {
  it.each([
    ['JW301', '9101', '98000001', '98000001'],
    ['JW302', '9101', '98000001', '9101'],
    ['WMO305', '98000001', '9101', '9101'],
    ['WMO306', '98000001', '9101', '98000001'],
    ['JW323', '98000001', '9101', '9101'],
    ['JW325', '9101', '98000001', '98000001'],
  ])('%s van %s aan %s gaat naar %s', (soort, afzender, ontvanger, naar) => {
    expect(bestemmingVan({ soort, afzender, ontvanger })).toBe(naar)
    expect(herkomstVan({ soort, afzender, ontvanger })).not.toBe(naar)
  })
})

it('kent elk bericht bij naam', () => {
  expect(soortNaam('WMO323')).toBe('Declaratie')
  expect(soortNaam('XX999')).toBe('XX999')
})
