import { expect, test } from 'vitest'
import { GEEN_UITKOMST } from '../../platform/register/invoer/invoer.ts'
import { BESTANDEN } from '../inrichten/registers.ts'
import { sayUitkomsten, toMachine } from './inrichtregels.ts'
import { BESTANDSNAMEN } from './regio.ts'

const goed = {
  bestand: 'tarieven.csv',
  uitkomst: { ...GEEN_UITKOMST, rijen: 2, nieuw: 2, onbekend: ['Einddatum'] },
}
const fout = {
  bestand: 'plafonds.csv',
  uitkomst: {
    ...GEEN_UITKOMST,
    rijen: 3,
    aantalFouten: 2,
    fouten: [2, 3].map(nummer => ({
      nummer,
      melding: 'Kies.',
      kolom: 'Segment',
      waarde: 'x',
      verwacht: 'code',
    })),
  },
}

test('with a fault in one file it is said of all that nothing was recorded', () => {
  const uit = sayUitkomsten({ proef: false, uitkomsten: [goed, fout], nietGelezen: ['leesmij.txt'] })
  expect(uit).toEqual([
    'tarieven.csv: Dit zou het doen: 2 nieuw.',
    '  let op, deze kolommen worden niet gelezen: Einddatum',
    'plafonds.csv: Er zijn 2 fouten. Verbeter het bestand en kies het opnieuw; er is niets veranderd.',
    '  fout, rij 2, 3, Segment, x: Kies.',
    'Niet gelezen, want zo heet geen bestand: leesmij.txt.',
    'Er is niets vastgelegd, van geen van de bestanden. Verbeter de fouten, en geef de opdracht opnieuw.',
  ])
  expect(toMachine({ proef: false, uitkomsten: [goed, fout], nietGelezen: [] })).toMatchObject([
    { bestand: 'tarieven.csv', proef: false, vastgelegd: false, nieuw: 2 },
    { bestand: 'plafonds.csv', vastgelegd: false, aantalFouten: 2 },
  ])
})

test('a trial says that it is one, and what was done that it was', () => {
  expect(sayUitkomsten({ proef: true, uitkomsten: [goed], nietGelezen: [] }).at(-1)).toBe(
    'Er is niets vastgelegd: dit is een proef.',
  )
  const gedaan = sayUitkomsten({ proef: false, uitkomsten: [goed], nietGelezen: [] })
  expect([gedaan[0], gedaan.at(-1)]).toEqual([
    'tarieven.csv: Dit is gedaan: 2 nieuw.',
    'Alles is vastgelegd.',
  ])
  expect(toMachine({ proef: true, uitkomsten: [goed], nietGelezen: [] })).toMatchObject([
    { vastgelegd: false },
  ])
})

test('of residents a program reads the words of the pages, and no 0', () => {
  const naam = ['toewijzing', 'toewijzingen'] as const
  const raakt = { rijen: 1, soorten: [{ soort: 't', naam, aantal: 0, inwoners: true, rijen: 1 }] }
  const uitkomst = { ...goed.uitkomst, raakt: raakt as never }
  const gedaan = { proef: true, uitkomsten: [{ ...goed, uitkomst }], nietGelezen: [] }
  expect(toMachine(gedaan)).toMatchObject([{ raakt: { soorten: [{ aantal: 'minder dan 5' }] } }])
  expect(sayUitkomsten(gedaan)).toContain('  raakt: minder dan 5 toewijzingen')
})

test('the help names every file that is read', () => {
  const namen = BESTANDSNAMEN.join(' ').match(/[a-z]+(?=[,. ])/g) ?? []
  for (const { soort } of BESTANDEN) expect(namen).toContain(soort.naam)
})
