import fc from 'fast-check'
import { renderToStaticMarkup } from 'react-dom/server'
import Value from 'typebox/value'
import { describe, expect, test } from 'vitest'
import { formatEuro } from '../money.ts'
import {
  complete,
  exportColumns,
  marksOf,
  mergeInvoer,
  readInvoer,
  rowSchema,
  toInvoer,
  tryGegevens,
  describe as zeg,
} from './formulier.ts'
import { checkGroepen } from './groepen.ts'
import { Invulvelden } from './invulformulier.tsx'
import {
  agb,
  bedrag,
  bsn,
  datum,
  decimaal,
  email,
  getal,
  iban,
  jaNee,
  keuze,
  keuzes,
  kvk,
  notitie,
  periode,
  procent,
  reeks,
  tekst,
  telefoon,
  verwijzing,
  vinkje,
} from './soorten.ts'
import type { Veld } from './veld.ts'

const KLEUREN = [
  { waarde: 'rood', naam: 'Rood' },
  { waarde: 'geel', naam: 'Gééł' },
] as const
const SOORTEN = {
  tekst: tekst({ label: 'T', noem: 'de tekst', max: 5 }),
  notitie: notitie({ label: 'N', noem: 'de notitie', max: 5 }),
  reeks: reeks({
    label: 'R',
    leeg: 'Vul in.',
    hoogstens: 3,
    deel: procent({ label: 'P', leeg: 'P', min: -100, max: 500, decimalen: 1 }),
  }),
  keuze: keuze({ label: 'K', kies: 'Kies.', opties: KLEUREN }),
  keuzes: keuzes({ label: 'K', kies: 'Kies.', opties: KLEUREN }),
  jaNee: jaNee({ label: 'J', kies: 'Kies.' }),
  vinkje: vinkje({ label: 'V' }),
  bedrag: bedrag({ label: 'B', leeg: 'Vul in.', max: 1_000_00 }),
  getal: getal({ label: 'G', leeg: 'Vul in.', min: 1, max: 1200 }),
  decimaal: decimaal({ label: 'D', leeg: 'Vul in.', decimalen: 2 }),
  procent: procent({ label: 'P', leeg: 'Vul in.' }),
  datum: datum({ label: 'D', leeg: 'Vul in.' }),
  periode: periode({ label: 'P', leeg: 'Vul in.' }),
  agb: agb({ label: 'A' }),
  kvk: kvk({ label: 'K' }),
  telefoon: telefoon({ label: 'T' }),
  iban: iban({ label: 'I' }),
  bsn: bsn({ label: 'B' }),
  email: email({ label: 'E' }),
}

describe('what was typed', () => {
  const goed: [keyof typeof SOORTEN, string[], unknown][] = [
    ['tekst', ['  12345 '], '12345'],
    ['notitie', [' 12345 '], '12345'],
    ['notitie', [' '], ''],
    ['notitie', [], ''],
    ['reeks', ['5; 2,5;-10'], [5, 2.5, -10]],
    ['reeks', ['+2% ; 500 %'], [2, 500]],
    ['keuze', ['rood'], 'rood'],
    ['keuze', [' ROOD '], 'rood'],
    ['keuzes', ['geel', 'rood', 'rood'], ['rood', 'geel']],
    ['keuzes', ['Rood, geel'], ['rood', 'geel']],
    ['jaNee', ['Ja'], true],
    ['jaNee', ['nee'], false],
    ['bedrag', ['€ 1.000,00'], 100_000],
    ['bedrag', ['0'], 0],
    ['getal', ['1.200'], 1200],
    ['getal', ['1'], 1],
    ['decimaal', ['-1.250,75'], -1250.75],
    ['decimaal', ['1 250,5'], 1250.5],
    ['procent', ['2,5 %'], 2.5],
    ['procent', ['100'], 100],
    ['datum', ['29/2/2028'], '2028-02-29'],
    ['datum', ['2026-01-31'], '2026-01-31'],
    ['periode', ['1-1-2026', ''], { begin: '2026-01-01', eind: null }],
    ['periode', ['1-1-2026', '1-1-2026'], { begin: '2026-01-01', eind: '2026-01-01' }],
    ['agb', ['01-234567'], '01234567'],
    ['kvk', ['12345678'], '12345678'],
    ['telefoon', ['+31 (0)30 - 123 45 67'], '+31 (0)30 - 123 45 67'],
    ['telefoon', ['088 0000000 tst. 12'], '088 0000000 tst. 12'],
    ['iban', ['nl91 abna 0417 1643 00'], 'NL91ABNA0417164300'],
    ['iban', ['BE68 5390 0754 7034'], 'BE68539007547034'],
    ['bsn', ['1234.56.782'], '123456782'],
    ['email', ['a.b@voorbeeld.nl'], 'a.b@voorbeeld.nl'],
  ]
  test.each(goed)('%s %j', (soort, getypt, waarde) => {
    const veld: Veld<unknown> = SOORTEN[soort] as never
    expect(veld.read(getypt, 'x', veld.opties ?? [])).toEqual({ waarde })
    expect(Value.Check(veld.schema, waarde)).toBe(true)
  })

  test('as many values as fit in a list may be typed, however long they are', () => {
    expect(SOORTEN.reeks.max).toBeUndefined()
  })

  const fout: [keyof typeof SOORTEN, string[], unknown][] = [
    ['tekst', [''], ''],
    ['tekst', ['   '], '   '],
    ['tekst', ['123456'], '123456'],
    ['notitie', ['123456'], '123456'],
    ['reeks', [''], []],
    ['reeks', ['5;'], [5, null]],
    ['reeks', ['1;2;3;4'], [1, 2, 3, 4]],
    ['reeks', ['2,55'], [2.55]],
    ['reeks', ['501'], [501]],
    ['keuze', ['blauw'], 'blauw'],
    ['keuzes', ['blauw'], ['blauw']],
    ['keuzes', [], []],
    ['jaNee', [''], null],
    ['bedrag', ['12.50'], 12.5],
    ['bedrag', ['-1'], -100],
    ['bedrag', ['50 00'], -1],
    ['decimaal', ['4 2,5'], 1e20],
    ['bedrag', ['1.000,01'], 100_001],
    ['getal', ['1.201'], 1201],
    ['getal', ['0'], 0],
    ['getal', ['1,5'], 1.5],
    ['decimaal', ['1,255'], 1.255],
    ['procent', ['100,01'], 100.01],
    ['procent', ['-1'], -1],
    ['datum', ['31-02-2026'], '2026-02-31'],
    ['datum', ['31-12-9999'], '9999-12-31'],
    ['datum', ['31-12-1899'], '1899-12-31'],
    ['periode', ['1-1-2026', '31-12-2025'], { begin: '2026-01-01', eind: '2025-12-31' }],
    ['periode', ['', '31-12-2025'], { begin: '', eind: '2025-12-31' }],
    ['agb', ['1234567'], '1234567'],
    ['agb', ['00000000'], '00000000'],
    ['kvk', ['1234567a'], '1234567A'],
    // Nor the number of a resident, however it is written.
    ['telefoon', ['999 990 019'], '999 990 019'],
    ['telefoon', ['12345672'], '12345672'],
    ['telefoon', ['bel na vijf'], 'bel na vijf'],
    ['telefoon', ['0'], '0'],
    ['iban', ['NL91ABNA0417164301'], 'NL91ABNA0417164301'],
    ['iban', ['NL91ABNA041716430'], 'NL91ABNA041716430'],
    ['bsn', ['123456789'], '123456789'],
    ['bsn', ['000000000'], '000000000'],
    ['email', ['a b@voorbeeld.nl'], 'a b@voorbeeld.nl'],
    ['email', ['a@voorbeeld'], 'a@voorbeeld'],
  ]
  test.each(fout)('%s %j is refused, by the form and by the schema', (soort, getypt, waarde) => {
    const veld: Veld<unknown> = SOORTEN[soort] as never
    const gelezen = veld.read(getypt, 'x', veld.opties ?? [])
    expect('meldingen' in gelezen && gelezen.meldingen.every(m => m.length > 4)).toBe(true)
    expect(Value.Check(veld.schema, waarde)).toBe(false)
  })

  test.each(['Ω', '😀', 'e\u0301'])('a text is as long for the form as for the schema: %s', teken => {
    const waarde = teken.repeat(5)
    const { tekst } = SOORTEN
    expect('waarde' in tekst.read([waarde], 'x', [])).toBe(Value.Check(tekst.schema, waarde))
  })
})

test('of a choice only what can be chosen now is read', () => {
  const velden = { kleur: SOORTEN.keuze }
  const lees = (kleur: string) =>
    tryGegevens(velden, { kleur: [kleur] }, { keuzes: { kleur: KLEUREN.slice(0, 1) } })
  expect(lees('rood').gegevens).toEqual({ kleur: 'rood' })
  expect(lees('geel').fouten).toEqual([{ pad: 'kleur', melding: 'Kies.' }])
})

describe('what is kept', () => {
  const waarden: { [K in keyof typeof SOORTEN]?: fc.Arbitrary<unknown> } = {
    reeks: fc.array(
      fc.integer({ min: -1000, max: 5000 }).map(n => n / 10),
      { minLength: 1, maxLength: 3 },
    ),
    keuze: fc.constantFrom('rood', 'geel'),
    keuzes: fc.subarray(['rood', 'geel'], { minLength: 1 }),
    jaNee: fc.boolean(),
    vinkje: fc.boolean(),
    bedrag: fc.integer({ min: 0, max: 100_000 }),
    getal: fc.integer({ min: 1, max: 1200 }),
    decimaal: fc.integer({ min: -99_999_999, max: 99_999_999 }).map(n => n / 100),
    procent: fc.integer({ min: 0, max: 10_000 }).map(n => n / 100),
    datum: fc
      .date({ min: new Date('1900-01-01'), max: new Date('9999-12-30'), noInvalidDate: true })
      .map(dag => dag.toISOString().slice(0, 10)),
  }
  test.each(Object.entries(waarden))('%s: typed back and read again it is the same', (soort, arbitrair) => {
    const veld: Veld<unknown> = SOORTEN[soort as keyof typeof SOORTEN] as never
    fc.assert(
      fc.property(arbitrair as fc.Arbitrary<unknown>, waarde => {
        expect(veld.read(veld.type(waarde), 'x', veld.opties ?? [])).toEqual({ waarde })
        expect(Value.Check(veld.schema, waarde)).toBe(true)
        expect(veld.zeg(waarde)).not.toBe('')
      }),
    )
  })
})

describe('a form', () => {
  const VELDEN = {
    naam: tekst({ label: 'Naam', noem: 'de naam', max: 10 }),
    soort: keuze({ label: 'Soort', kop: 'Wat', kies: 'Kies een soort.', opties: KLEUREN }),
    tint: tekst({ label: 'Welke tint?', noem: 'de tint', alleenBij: { veld: 'soort', waarden: ['geel'] } }),
    duur: periode({ label: 'Duur', leeg: 'Vul een eerste dag in.' }),
    aanbieder: verwijzing({ label: 'Aanbieder', kies: 'Kies een aanbieder.', verplicht: false }),
    bedrag: bedrag({ label: 'Bedrag', leeg: 'Vul een bedrag in.', verplicht: false }),
  }
  const keuzes = { aanbieder: [{ waarde: '12', naam: 'Zórg & Co' }] }
  const body = {
    naam: ' A ',
    soort: 'rood',
    tint: 'licht',
    duurBegin: '1-1-2026',
    duurEind: '',
    aanbieder: 'zorg & co',
  }

  test('is read with everything at once; what was not asked is empty', () => {
    const { gegevens } = tryGegevens(VELDEN, readInvoer(VELDEN, body), { keuzes })
    expect(gegevens).toEqual({
      naam: 'A',
      soort: 'rood',
      tint: null,
      duur: { begin: '2026-01-01', eind: null },
      aanbieder: '12',
      bedrag: null,
    })
  })

  test('asks a field that hangs on a choice that was left open, and says so', () => {
    const velden = {
      groep: verwijzing({ label: 'Groep', kies: 'Kies.', verplicht: false, geen: 'Een andere' }),
      welke: tekst({ label: 'Welke?', noem: 'de groep', alleenBij: { veld: 'groep', waarden: [''] } }),
    }
    const groepen = { groep: [{ waarde: 'een', naam: 'Een' }] }
    const lees = (invoer: Record<string, string[]>) => tryGegevens(velden, invoer, { keuzes: groepen })
    for (const groep of [[], ['']]) {
      expect(lees({ groep, welke: [''] }).fouten).toEqual([{ pad: 'welke', melding: 'Vul de groep in.' }])
      expect(lees({ groep, welke: ['X'] }).gegevens).toEqual({ groep: null, welke: 'X' })
    }
    expect(lees({ groep: ['een'], welke: ['X'] }).gegevens).toEqual({ groep: 'een', welke: null })
    const vragen = Invulvelden({ velden, invoer: {}, fouten: [] })
    expect(renderToStaticMarkup(vragen)).toContain('Alleen bij ‘Groep’: Een andere')
  })

  test('says every fault, at the field that was typed in', () => {
    const fout = {
      naam: '',
      soort: 'geel',
      duurBegin: '',
      duurEind: 'x',
      aanbieder: 'Niemand',
      bedrag: '1.5',
    }
    expect(tryGegevens(VELDEN, readInvoer(VELDEN, fout), { keuzes }).fouten).toEqual([
      { pad: 'naam', melding: 'Vul de naam in.' },
      { pad: 'tint', melding: 'Vul de tint in.' },
      { pad: 'duurBegin', melding: 'Vul een eerste dag in.' },
      { pad: 'duurEind', melding: 'Vul een bestaande datum in, zoals 31-01-2026.' },
      { pad: 'aanbieder', melding: '‘Niemand’ is hier niet bekend. Kies een aanbieder.' },
      { pad: 'bedrag', melding: 'Vul een bedrag in.' },
    ])
  })

  const kept = complete(VELDEN, {
    naam: 'A',
    soort: 'geel',
    tint: 'licht',
    duur: { begin: '2026-01-01', eind: '2026-12-31' },
    bedrag: 1250,
  })
  test('takes over what somebody else left, but where somebody typed', () => {
    const nu = {
      naam: 'A',
      soort: 'geel' as const,
      tint: 'licht',
      duur: { begin: '2026-01-01', eind: null },
      aanbieder: null,
      bedrag: 500,
    }
    const was = marksOf(VELDEN, toInvoer(VELDEN, nu), keuzes)
    const ander = toInvoer(VELDEN, {
      ...nu,
      tint: '',
      duur: { begin: '2026-02-01', eind: null },
      bedrag: 900,
    })
    const merge = (anders: object) => {
      const getypt = { ...body, naam: 'A', soort: 'geel', aanbieder: '', bedrag: '5', ...anders }
      return mergeInvoer(VELDEN, { invoer: readInvoer(VELDEN, getypt), was }, ander, keuzes)
    }
    // Written otherwise than it is shown, it is what stood there.
    expect(merge({})).toMatchObject({
      invoer: { ...ander, aanbieder: [''] },
      gevolgd: ['Welke tint?', 'Duur', 'Bedrag'],
    })
    expect(merge({ naam: 'B', duurEind: '31-3-2026', bedrag: 'veel' })).toMatchObject({
      invoer: { naam: ['B'], duur: ['01-02-2026', '31-3-2026'], bedrag: ['veel'], tint: ander.tint },
      gevolgd: ['Welke tint?', 'Duur'],
    })
    // Of a period each day by itself; and what was typed keeps what it hangs on.
    expect(merge({ duurEind: '31-03-2026' }).invoer.duur).toEqual(['01-02-2026', '31-03-2026'])
    const zonder = toInvoer(VELDEN, { ...nu, soort: 'rood' as const, tint: '' })
    const mijn = readInvoer(VELDEN, {
      ...body,
      naam: 'A',
      soort: 'geel',
      tint: 'diep',
      aanbieder: '',
      bedrag: '5',
    })
    expect(mergeInvoer(VELDEN, { invoer: mijn, was }, zonder, keuzes).invoer).toMatchObject({
      soort: ['geel'],
      tint: ['diep'],
    })
    expect(merge({ aanbieder: 'Zórg & Co' }).invoer.aanbieder).toEqual(['Zórg & Co'])
  })

  test('is typed back, said, and put into a file', () => {
    expect(toInvoer(VELDEN, kept)).toMatchObject({
      naam: ['A'],
      duur: ['01-01-2026', '31-12-2026'],
      bedrag: ['12,50'],
    })
    expect(toInvoer(VELDEN, null)).toMatchObject({ naam: [], duur: [] })
    expect(zeg(VELDEN, { ...kept, aanbieder: '12' }, keuzes)).toEqual([
      { naam: 'Naam', waarde: 'A' },
      { naam: 'Wat', waarde: 'Gééł' },
      { naam: 'Welke tint?', waarde: 'licht' },
      { naam: 'Duur', waarde: '01-01-2026 tot en met 31-12-2026' },
      { naam: 'Aanbieder', waarde: 'Zórg & Co' },
      { naam: 'Bedrag', waarde: formatEuro(1250) },
    ])
    const leeg = {
      trekker: verwijzing({ label: 'Trekker', kies: 'Kies.', verplicht: false, geen: 'Niemand' }),
    }
    expect(zeg(leeg, { trekker: null })).toEqual([{ naam: 'Trekker', waarde: 'Niemand' }])
    expect(exportColumns(VELDEN).map(kolom => [kolom.kop, kolom.soort, kolom.waarde(kept)])).toEqual([
      ['Naam', undefined, 'A'],
      ['Wat', undefined, 'Gééł'],
      ['Welke tint?', undefined, 'licht'],
      ['Duur: eerste dag', undefined, '01-01-2026'],
      ['Duur: laatste dag', undefined, '31-12-2026'],
      ['Aanbieder', undefined, null],
      ['Bedrag', 'bedrag', 1250],
    ])
  })

  test('has the same form as a message: its own fields and no other', () => {
    const schema = rowSchema(VELDEN, {})
    expect(Value.Check(schema, kept)).toBe(true)
    expect(Value.Check(schema, { ...kept, meer: 1 })).toBe(false)
    expect(Value.Check(schema, { ...kept, naam: 'x'.repeat(11) })).toBe(false)
  })
})

describe('the parts of a form', () => {
  const velden = {
    naam: SOORTEN.tekst,
    kleur: SOORTEN.keuze,
    waarom: tekst({ label: 'W', noem: 'waarom', alleenBij: { veld: 'kleur', waarden: ['rood'] } }),
  }
  const deel = (naam: string, ...van: (keyof typeof velden)[]) => ({ naam, kop: naam, velden: van })

  test('hold every field once, and what hangs together', () => {
    expect(() => checkGroepen(velden, [deel('a', 'naam'), deel('b', 'waarom', 'kleur')])).not.toThrow()
    expect(() => checkGroepen(velden, [deel('a', 'naam'), deel('b', 'kleur')])).toThrow(
      'it has naam, kleur, waarom',
    )
    expect(() =>
      checkGroepen(velden, [deel('a', 'naam', 'kleur'), deel('b', 'naam', 'kleur', 'waarom')]),
    ).toThrow()
    expect(() => checkGroepen(velden, [deel('a', 'naam', 'kleur'), deel('b', 'waarom')])).toThrow(
      'waarom hangs on kleur',
    )
  })
})
