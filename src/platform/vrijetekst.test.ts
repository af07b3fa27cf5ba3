import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { testDatabase } from '../../test/support/database.ts'
import { testBsn } from '../../test/support/regio.ts'
import { askFor, checkTekst, hasBsn, mentionsNaam, naamdelen } from './vrijetekst.ts'

const db = await testDatabase()
const BSN = testBsn(3)

describe('checkTekst', () => {
  const fouten = (waarde: string, meer = {}) =>
    checkTekst({ pad: 'tekst', naam: 'het antwoord', waarde, ...meer }).map(fout => fout.melding)

  it('vraagt om tekst, tenzij het veld leeg mag zijn', () => {
    expect(fouten('  ')).toEqual(['Vul het antwoord in.'])
    expect(fouten('  ', { verplicht: false })).toEqual([])
  })
  it.each([
    ['wie het kan inzetten', 'Schrijf op wie het kan inzetten.'],
    ['wat er is gemeten', 'Schrijf op wat er is gemeten.'],
    ['de welkomsttekst', 'Vul de welkomsttekst in.'],
  ])('vraagt in een goede zin om %s', (naam, zin) => {
    expect(fouten('', { naam })).toEqual([zin])
    expect(fouten('aaa', { naam, max: 2 })[0]).toMatch(/^Maak de (?:tekst|welkomsttekst) korter:/)
  })
  it('vraagt om elk veld van het huis in een goede zin', () => {
    const namen = readdirSync('src', { recursive: true, encoding: 'utf8' })
      .filter(pad => /\.tsx?$/.test(pad) && !pad.includes('.test.'))
      .flatMap(pad => [
        ...readFileSync(`src/${pad}`, 'utf8').matchAll(
          /noem: '([^']+)'|checkTekst\(\{[^}]*?naam: '([^']+)'/g,
        ),
      ])
      .map(m => m[1] ?? m[2] ?? '')
    expect(namen).toContain('wie het kan inzetten')
    expect(
      namen.filter(naam => !/^(?:Schrijf op .+|Vul (?:de|het|een|uw) .+ in)\.$/.test(askFor(naam))),
    ).toEqual([])
  })
  it('noemt elke fout tegelijk', () => {
    expect(fouten(`${BSN} ${'a'.repeat(30)}`, { max: 20 })).toEqual([
      'Maak het antwoord korter: hoogstens 20 tekens, nu 40.',
      'Haal het burgerservicenummer uit het antwoord: het hoort hier niet.',
    ])
  })
})

const d = (van: number, lengte: number) => BSN.slice(van, van + lengte)
const IN_CIJFERS = (begin: number) => [...BSN].map(c => String.fromCodePoint(begin + Number(c))).join('')

async function zelfdeOordeel(tekst: string): Promise<boolean> {
  const { rows } = await db.owner.query<{ ja: boolean }>('select app.bevat_bsn($1) as ja', [tekst])
  expect(hasBsn(tekst), JSON.stringify(tekst)).toBe(rows[0]?.ja)
  return rows[0]?.ja ?? false
}

describe('een BSN in elke schrijfwijze, door de code en door de database hetzelfde beoordeeld', () => {
  it.each<[string, boolean]>([
    [`bsn ${BSN}.`, true],
    [BSN, true],
    [`${d(0, 3)} ${d(3, 3)} ${d(6, 3)}`, true],
    [`${d(0, 4)}.${d(4, 2)}.${d(6, 3)}`, true],
    [`${d(0, 3)}-${d(3, 3)}-${d(6, 3)}`, true],
    [`${d(0, 3)}\u2011${d(3, 3)}\u2013${d(6, 3)}`, true],
    [`${d(0, 3)}/${d(3, 3)}/${d(6, 3)}`, true],
    [`${d(0, 3)},${d(3, 3)},${d(6, 3)}`, true],
    [`${d(0, 3)}_${d(3, 3)}_${d(6, 3)}`, true],
    [`${d(0, 4)}. ${d(4, 2)} - ${d(6, 3)}`, true],
    [[...BSN].join(' '), true],
    [[...BSN].join('\u200b'), true],
    [[...BSN].join('\u00a0'), true],
    [[...BSN].join('\ufeff'), true],
    [`x${BSN}y`, true],
    [`jan${BSN}`, true],
    [IN_CIJFERS(0xff10), true],
    [IN_CIJFERS(0x660), true],
    [IN_CIJFERS(0x966), true],
    [IN_CIJFERS(0x1d7ce), true],
    [[...BSN].map(c => `${c}\ufe0f\u20e3`).join(''), true],
    [`BSN: ${d(0, 3)} ${d(3, 3)} ${d(6, 3)} 15 kinderen`, true],
    [`burgerservicenummer is ${BSN}15`, true],
    [`geboren 15-03-2012, ${d(0, 3)}.${d(3, 3)}.${d(6, 3)}`, true],
    [`in 2024 ${d(0, 3)} ${d(3, 3)} ${d(6, 3)}`, true],
    [`06 12345678 ${d(0, 3)} ${d(3, 3)} ${d(6, 3)}`, true],
    [`120 ${d(0, 3)} ${d(3, 3)} ${d(6, 3)} 135`, true],
    [`1 ${d(0, 3)} ${d(3, 3)} ${d(6, 3)}`, true],
    [`${d(0, 4)}.${d(4, 2)}.${d(6, 3)}.2024`, true],
    [`${d(0, 3)}    ${d(3, 3)}    ${d(6, 3)}`, true],
    [`${d(0, 3)}:${d(3, 3)}:${d(6, 3)}`, true],
    [`${d(0, 3)}*${d(3, 3)}*${d(6, 3)}`, true],
    [`${d(0, 3)}\\${d(3, 3)}\\${d(6, 3)}`, true],
    [[...BSN].join('\u3164'), true],
    [[...BSN].join('\u{e0100}'), true],
    ['BSN 12345672', true],
    ...[
      ';',
      '=',
      '~',
      ')',
      '(',
      ') (',
      '\n',
      '\r\n',
      ' \r\n ',
      '"',
      '#',
      '&',
      '@',
      '[',
      '] [',
      '{',
      '^',
      '`',
      '<',
      '>',
      '?',
      '!',
      '»',
      '×',
      '→',
      '…',
      '\u2028',
      '\v',
      '·',
      ' = ',
      '€',
      '$',
      '%',
      '°',
      '😀',
      ' 😀 ',
      '👩‍👩‍👧',
      '✅✅',
      '🇳🇱',
      '“',
      '§',
      ' ———— ',
      ' en ',
      '\nen ',
    ].map((teken): [string, boolean] => [`${d(0, 3)}${teken}${d(3, 3)}${teken}${d(6, 3)}`, true]),
    [[...BSN].join('\n'), true],
    [`${d(0, 4)}(${d(4, 2)})${d(6, 3)}`, true],
    [`bsn:\n${d(0, 3)};${d(3, 3)}, ${d(6, 3)}`, true],
    ['1234,56; 789', false],
    ['€ 1.234,56; € 789; 12', false],
    [`€ ${d(0, 3)}\n€ ${d(3, 3)}\n€ ${d(6, 3)}`, false],
    [`${d(0, 3)}% ${d(3, 3)}% ${d(6, 3)}%`, false],
    [`${d(0, 3)}; ${d(3, 3)}; ${d(6, 3)}`, false],
    [`120;${d(0, 3)};${d(3, 3)};${d(6, 3)}`, false],
    [`120\n${d(0, 3)}\n${d(3, 3)}\n${d(6, 3)}`, false],
    [`${d(0, 3)} en ${d(3, 3)} en ${d(6, 3)} en 120`, false],
    [`${d(0, 3)}% en ${d(3, 3)}% en ${d(6, 3)}%`, false],
    [`€${d(0, 3)}, €${d(3, 3)} en €${d(6, 3)}`, false],
    [`€ ${d(0, 3)} € ${d(3, 3)} € ${d(6, 3)}`, false],
    [`${d(0, 3)} ben ${d(3, 3)} ben ${d(6, 3)}`, false],
    [`bsn € ${d(0, 3)} 😀 € ${d(3, 3)} % ${d(6, 3)}`, true],
    [`jaar;aantal\n2024;120\n2025;135\n2026;150`, false],
    ['01-01-2026\n31-12-2026\n1-3-2027', false],
    ['2024-01-01;2025-01-01;2026-01-01', false],
    ['(030) 123 45 67\n06-12345678\n(0344) 12 34 56', false],
    ['+31 (0)30 123 45 67; +31 6 12345678', false],
    ['45A04\n50B02\n43A01', false],
    ['(1) wonen (2) werken (3) zorg (4) school (5) sport', false],
    ['ons nummer 12345672', false],
    [`1${BSN}`, false],
    ['123456789', false],
    ['000000000', false],
    ['€ 12.345.678,90 in 2026', false],
    [`€ ${d(0, 3)}.${d(3, 3)}.${d(6, 3)}`, false],
    [`${d(0, 3)}, ${d(3, 3)}, ${d(6, 3)}`, false],
    ['van 01-01-2026 tot en met 31-12-2026, 5 gezinnen', false],
    ['bel 030 123 45 67 of 06-12345678', false],
    ['in 2024, 2025 en 2026', false],
    ['', false],
    [`volgens de directeur ${d(0, 3)}.${d(3, 3)}.${d(6, 3)}`, true],
    [`eur ${d(0, 3)}.${d(3, 3)}.${d(6, 3)}`, false],
    [`bsn € ${d(0, 3)}.${d(3, 3)}.${d(6, 3)}`, true],
  ])('%j: %s', async (tekst, verwacht) => expect(await zelfdeOordeel(tekst)).toBe(verwacht))

  // With time that grows with the square of the length the first of these would take an hour.
  it.each([
    ['digits', '1'],
    ['digits with a sign between', '1;'],
    ['digits with many signs between', '12 . - '],
    ['a word that promises a number', 'bsn '],
    ['digits with a sign of any kind between', '1 😀'],
    ['digits with the word that joins', '1 en '],
    ['dates', '01-01-'],
    ['amounts', '€ 111.'],
  ])(
    'een lange tekst van %s is zo bekeken',
    (_, deel) => {
      expect(hasBsn(deel.repeat(400_000 / deel.length))).toBe(false)
    },
    60_000,
  )

  it('ook in teksten die niemand bedacht', async () => {
    const stuk = fc.oneof(
      fc.constantFrom(BSN, d(0, 3), d(3, 3), d(6, 3), ...BSN),
      fc.constantFrom(
        ' ',
        '.',
        '-',
        '/',
        ',',
        ', ',
        '\u200b',
        '\u2013',
        '_',
        'x',
        'BSN ',
        '€ ',
        '\n',
        '15-03-2012',
        '1',
        'é',
      ),
      fc.constantFrom(
        IN_CIJFERS(0xff10),
        IN_CIJFERS(0x6f0),
        '①',
        '²',
        '½',
        '…',
        '\u3164',
        '\u{e0100}',
        ':',
        '*',
        '+',
        ';',
        '; ',
        '=',
        ')',
        '(',
        '~',
        '\r\n',
        '%',
        '€',
        '»',
        '→',
        '\u2028',
        '\u0085',
        '\\',
        '2024',
        '120',
        '😀',
        ' en ',
        '$',
        '“',
        '\u20e3',
        'ª',
        'ⅷ',
        '\u0903',
      ),
    )
    const teksten = fc.sample(
      fc.array(stuk, { maxLength: 14 }).map(delen => delen.join('')),
      { numRuns: 2000, seed: 7 },
    )
    const { rows } = await db.owner.query<{ tekst: string; ja: boolean }>(
      'select t as tekst, app.bevat_bsn(t) as ja from unnest($1::text[]) as t',
      [teksten],
    )
    expect(rows.filter(({ tekst, ja }) => hasBsn(tekst) !== ja)).toEqual([])
    expect(new Set(rows.map(row => row.ja)).size).toBe(2)
  })

  it('elk teken dat geen letter en geen cijfer is, staat tussen de groepen, in code en database', async () => {
    const tekens: string[] = []
    for (let code = 0x20; code < 0x1ffff; code += 1) {
      const teken = String.fromCodePoint(code)
      if (/[\p{P}\p{S}\p{Z}\p{Cf}\p{Cc}]/u.test(teken)) tekens.push(teken)
    }
    const tussen = (teken: string) => `${d(0, 3)}${teken}${d(3, 3)}${teken}${d(6, 3)}`
    const { rows } = await db.owner.query<{ teken: string; ja: boolean }>(
      'select u.teken, app.bevat_bsn(u.tekst) as ja from unnest($1::text[], $2::text[]) u(teken, tekst)',
      [tekens, tekens.map(tussen)],
    )
    expect(rows.filter(({ teken, ja }) => hasBsn(tussen(teken)) !== ja)).toEqual([])
    // What becomes letters or digits when it is written out (™, ⒈, ㏂), or is one, is another word between them.
    const geenTeken = (teken: string) => /[\p{Alphabetic}\p{N}]/u.test(teken.normalize('NFKC'))
    expect(rows.filter(({ teken, ja }) => !ja && !geenTeken(teken))).toEqual([])
  }, 60_000)

  it('van getallen die niemand als BSN bedoelt, wordt er hoogstens één op de elf geweigerd, en van bedragen geen', () => {
    const drie = fc.integer({ min: 100, max: 999 })
    const reeksen = fc.sample(fc.tuple(drie, drie, drie), { numRuns: 3000, seed: 11 })
    const geweigerd = (vorm: (a: number, b: number, c: number) => string) =>
      reeksen.filter(([a, b, c]) => hasBsn(vorm(a, b, c))).length / reeksen.length
    for (const vorm of [
      (a: number, b: number, c: number) => `${a} en ${b} en ${c}`,
      (a: number, b: number, c: number) => `${a} 😀 ${b} 😀 ${c}`,
      (a: number, b: number, c: number) => `${a}€${b}€${c}`,
    ]) {
      expect(geweigerd(vorm)).toBeGreaterThan(0.07)
      expect(geweigerd(vorm)).toBeLessThan(0.11)
    }
    for (const vorm of [
      (a: number, b: number, c: number) => `€ ${a}, € ${b} en € ${c}`,
      (a: number, b: number, c: number) => `€ ${a}\n€ ${b}\n€ ${c}`,
      (a: number, b: number, c: number) => `${a}% van ${b}, ${c}%`,
      (a: number, b: number, c: number) => `${a}, ${b} en ${c} gezinnen`,
      (a: number, b: number, c: number) => `van ${a} naar ${b} en dan ${c}`,
      (a: number, b: number, c: number) => `${a}; ${b}; ${c}`,
      (a: number, b: number, c: number) => `2024 😀 ${a} 😀 ${b} 😀 ${c}`,
    ])
      expect(geweigerd(vorm)).toBe(0)
  })

  it('elk cijfer van elk schrift telt als cijfer', () => {
    const laatste = Number(BSN.at(-1))
    const gemist: string[] = []
    for (let code = 0x80, n = 0; code < 0x1ffff; code += 1) {
      const teken = String.fromCodePoint(code)
      if (!/\p{Nd}/u.test(teken)) continue
      // Digits come in tens; the mathematical ones follow each other too.
      const waarde = n % 10
      n += 1
      if (waarde === laatste && !hasBsn(`${BSN.slice(0, -1)}${teken}`)) gemist.push(code.toString(16))
    }
    expect(gemist).toEqual([])
  })
})

describe('mentionsNaam', () => {
  it.each([
    ['Het gaat goed met Janssen.', ['Janssen'], ['Janssen']],
    ['het gaat goed met JANSSEN', ['Janssen'], ['Janssen']],
    ['Zoë komt niet', ['Zoe'], ['Zoe']],
    ['met de familie van den Berg', ['van den Berg'], ['van den Berg']],
    ['de berg werk', ['van den Berg'], []],
    ['Janssens bellen', ['Janssen'], []],
    ['', ['Janssen'], []],
    ['a b', ['a'], []],
  ])('%j', (tekst, namen, gevonden) => expect(mentionsNaam(tekst, namen)).toEqual(gevonden))
})

describe('naamdelen', () => {
  it.each([
    ['Jan van den Berg', ['Jan', 'Berg']],
    ['J. Öztürk-Smit', ['Öztürk-Smit']],
    ['', []],
  ])('%s', (naam, delen) => expect(naamdelen(naam)).toEqual(delen))
})

it.each(['\u200b', '\u2060 \u00ad', '\u3164', '\u2800', '\u115f\u202e', ' \n '])(
  'a text of nothing that is seen is empty: %j',
  waarde =>
    expect(checkTekst({ pad: 'x', naam: 'de reden', waarde }).map(f => f.melding)).toEqual([
      'Vul de reden in.',
    ]),
)
