import { describe, expect, test } from 'vitest'
import { agb, bedrag, cijfercode, keuzes, tekst, verwijzing } from '../../velden/soorten.ts'
import { groupFouten } from '../pagina/fouten.ts'
import { listRijen } from '../rijnummers.ts'
import { readRijen } from './kolommen.ts'

const VELDEN = {
  code: cijfercode({ label: 'Wat is de code?', kop: 'Code', noem: 'de code', cijfers: 4 }),
  aanbieder: verwijzing({ label: 'Wie?', kop: 'Aanbieder', kies: 'Die staat er nog niet in.', cijfers: 8 }),
  naam: tekst({ label: 'Hoe heet het?', kop: 'Naam', noem: 'de naam' }),
  bedrag: bedrag({ label: 'Hoeveel?', kop: 'Bedrag', leeg: 'Vul een bedrag in.', verplicht: false }),
  agb: agb({ label: 'AGB?', kop: 'AGB-code', verplicht: false }),
  gemeenten: keuzes({ label: 'Waar?', kop: 'Gemeenten', kies: 'Kies.', verplicht: false, cijfers: 4 }),
}
const REGISTER = { velden: VELDEN, sleutel: ['code'] }
const KEUZES = {
  aanbieder: [
    { waarde: '07373000', naam: 'Zorg' },
    { waarde: '07373001', naam: 'Zorg 1234567' },
  ],
  gemeenten: [
    { waarde: '0060', naam: 'Ameland' },
    { waarde: '0093', naam: 'Terschelling' },
  ],
}
const RIJ = {
  code: '0001',
  aanbieder: '07373000',
  naam: 'Oud',
  bedrag: null,
  agb: null,
  gemeenten: [] as never[],
}

function read(tekst: string, bestaand: readonly (typeof RIJ)[] = []) {
  const [koppen = [], ...rijen] = tekst.split('\n').map(regel => regel.split(';'))
  const blad = { koppen, rijen: rijen.map((cellen, i) => ({ nummer: i + 2, cellen })) }
  return readRijen(REGISTER, blad, { keuzes: KEUZES, regel: () => [], bestaand })
}
const said = (tekst: string, bestaand: readonly (typeof RIJ)[] = []) =>
  read(tekst, bestaand).fouten.map(({ nummer, melding }) => (nummer === null ? melding : [nummer, melding]))

describe('headings that are not right are one fault each, all in one round', () => {
  test('of a heading that is called otherwise it is said which is meant', () => {
    const rijen = Array.from({ length: 10 }, (_, i) => `${i + 1};07373000;N`).join('\n')
    expect(said(`Code;Zorgaanbieder;Naam\n${rijen}`)).toEqual([
      'De kolom ‘Aanbieder’ ontbreekt. De kop ‘Zorgaanbieder’ wordt niet herkend: is dat deze kolom, noem die dan ‘Aanbieder’.',
    ])
  })

  test('all that are missing are said at once', () => {
    expect(said('Gemeentecode;Bedrag\n1;5')).toEqual([
      'De kolom ‘Code’ ontbreekt. De kop ‘Gemeentecode’ wordt niet herkend: is dat deze kolom, noem die dan ‘Code’.',
      'De kolom ‘Aanbieder’ ontbreekt.',
      'De kolom ‘Naam’ ontbreekt.',
    ])
  })

  test('a title above them is said with the row where they stand', () => {
    expect(said('Contracten 2026\nCode;Aanbieder;Naam\n1;07373000;N')).toEqual([
      'De koppen staan zo te zien op rij 2. Zet de koppen op de eerste rij van het eerste blad, zonder iets erboven.',
    ])
  })

  test('where none is known, it is said which there are', () => {
    expect(said('Geachte heer\nhierbij')).toEqual([
      'Geen van de koppen wordt herkend. Zet de koppen op de eerste rij van het eerste blad, zonder iets erboven. Ze heten: Code, Aanbieder, Naam.',
    ])
  })

  test('beside what stands a column may be left out; rows that are new need it, and that is one fault', () => {
    expect(said('Code;Bedrag\n1;5', [RIJ])).toEqual([])
    expect(said('Code;Bedrag\n1;5\n2;5\n3;5\n5;5', [RIJ])).toEqual([
      'De kolom ‘Aanbieder’ ontbreekt. Die is nodig voor wat nieuw is: rij 3 t/m 5.',
      'De kolom ‘Naam’ ontbreekt. Die is nodig voor wat nieuw is: rij 3 t/m 5.',
    ])
  })

  test('an empty cell is not said to be of somebody who is not there', () => {
    const velden = {
      ...VELDEN,
      aanbieder: { ...verwijzing({ label: 'Wie?', kop: 'A', kies: 'Staat er niet in.', leeg: 'Vul in.' }) },
    }
    expect(velden.aanbieder.read([''], 'x', [])).toEqual({ meldingen: ['Vul in.'] })
  })
})

describe('zeros that a spreadsheet dropped', () => {
  test.each([
    ['a code of a municipality', '60;7373000;N;;', '60', '0060'],
    ['a code in a list', '0001;07373000;N;;93, 60', '93, 60', '0093, 0060'],
    ['a code of a provider', '0001;7373000;N;;', '7373000', '07373000'],
    ['an AGB code', '0001;07373000;N;7373000;', '7373000', '07373000'],
  ])('are put back in %s, and that is said', (_, rij, van, naar) => {
    const { fouten, aangevuld } = read(`Code;Aanbieder;Naam;AGB-code;Gemeenten\n${rij}`)
    expect(fouten).toEqual([])
    expect(aangevuld).toContainEqual(
      expect.objectContaining({ nummer: 2, waarde: van, melding: `Aangevuld met nullen: ${van} → ${naar}` }),
    )
  })

  test('where more are away than it drops, it is another number', () => {
    expect(said('Code;Aanbieder;Naam;AGB-code\n1;07373000;N;12345')).toEqual([
      [2, 'Vul de AGB-code in: 8 cijfers.'],
    ])
  })

  test('a name with a number in it is a name', () => {
    const { rijen, aangevuld } = read('Code;Aanbieder;Naam\n0001;Zorg 1234567;N')
    expect(rijen[0]?.gegevens.aanbieder).toBe('07373001')
    expect(aangevuld).toEqual([])
  })
})

describe('faults as people read them', () => {
  test('those that say the same stand on one line', () => {
    const zelfde = Array.from({ length: 50 }, (_, i) => ({ nummer: i + 3, melding: 'Dit valt samen.' }))
    const cel = (nummer: number, waarde: string) => ({
      nummer,
      melding: 'Kies.',
      kolom: 'Wet',
      waarde,
      verwacht: 'wet',
    })
    expect(groupFouten([...zelfde, cel(60, 'x'), cel(62, ''), { nummer: null, melding: 'Kop.' }])).toEqual([
      { rijen: '3 t/m 52', kolom: 'de hele rij', waarde: '', melding: 'Dit valt samen.', verwacht: '' },
      { rijen: '60 en 62', kolom: 'Wet', waarde: 'x / niets', melding: 'Kies.', verwacht: 'wet' },
      { rijen: 'alle', kolom: 'het hele bestand', waarde: '', melding: 'Kop.', verwacht: '' },
    ])
  })

  test.each([
    [[7], '7'],
    [[3, 2], '2, 3'],
    [[1, 2, 3, 5], '1 t/m 3 en 5'],
    [[1, 3, 5, 7, 9, 11, 13, 14], '1, 3, 5, 7, 9 en nog 3'],
  ])('rows %j are %s', (nummers, tekst) => {
    expect(listRijen(nummers)).toBe(tekst)
  })
})
