import { unzipSync, zipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import { systeem } from '../../http/ctx.ts'
import { toCsv, toXlsx } from '../../http/export.ts'
import type { Keuzes } from '../../velden/formulier.ts'
import {
  agb,
  bedrag,
  cijfercode,
  datum,
  decimaal,
  jaNee,
  keuze,
  keuzes,
  periode,
  tekst,
  verwijzing,
} from '../../velden/soorten.ts'
import { readBlad } from '../bladen/bladbestand.ts'
import { readRijen } from './kolommen.ts'
import { recognise, sheetColumns } from './koppen.ts'

const lees = (bytes: Uint8Array) => readBlad(bytes, { wie: systeem('test', []) })

const VELDEN = {
  code: cijfercode({ label: 'Wat is de code?', kop: 'Code', noem: 'de code', cijfers: 4 }),
  geldig: periode({ label: 'Wanneer geldt het?', kop: 'Geldig', leeg: 'Vul een eerste dag in.' }),
  agb: agb({ label: 'AGB-code', verplicht: false }),
  bedrag: bedrag({ label: 'Bedrag', leeg: 'Vul een bedrag in.' }),
  deel: decimaal({ label: 'Deel', leeg: 'Vul een deel in.', verplicht: false }),
  naam: tekst({ label: 'Naam', noem: 'de naam', max: 20 }),
  soort: keuze({
    label: 'Soort',
    kies: 'Kies een soort.',
    opties: [
      { waarde: 'a', naam: 'Aangepast' },
      { waarde: 'b', naam: 'Gewoon' },
    ],
  }),
  kleuren: keuzes({
    label: 'Kleuren',
    kies: 'Kies een kleur.',
    verplicht: false,
    opties: [
      { waarde: 'r', naam: 'Rood' },
      { waarde: 'g', naam: 'Geel' },
    ],
  }),
  ja: jaNee({ label: 'Doet mee', kies: 'Kies ja of nee.' }),
  op: datum({ label: 'Op', leeg: 'Vul een dag in.', verplicht: false }),
  bij: verwijzing({ label: 'Hoort bij', kies: 'Kies waar het bij hoort.' }),
}
const REGISTER = { velden: VELDEN, sleutel: ['code'], periode: 'geldig' }
const KEUZES: Keuzes = { bij: [{ waarde: 'x1', naam: 'Eerste' }] }
const LEES = { keuzes: KEUZES, regel: () => [], bestaand: [] }
const RIJ = {
  code: '0355',
  geldig: { begin: '2026-01-01', eind: '2026-12-31' },
  agb: '01234567',
  bedrag: 123450,
  deel: 0.25,
  naam: '=SOM(A1)',
  soort: 'b',
  kleuren: ['r', 'g'],
  ja: true,
  op: '2026-02-28',
  bij: 'x1',
} as const

/** A file as a spreadsheet keeps it: amounts, numbers and days as themselves. */
const KOLOMMEN = sheetColumns(VELDEN).map(({ kop, veld, deel }) => ({
  kop,
  soort:
    veld === 'bedrag'
      ? ('bedrag' as const)
      : veld === 'deel' || veld === 'code' || veld === 'agb'
        ? ('getal' as const)
        : veld === 'op'
          ? ('datum' as const)
          : ('tekst' as const),
  waarde: (rij: typeof RIJ) => {
    if (veld === 'code' || veld === 'agb') return Number(rij[veld])
    if (veld === 'geldig') return deel === 0 ? '01-01-2026' : '31-12-2026'
    if (veld === 'kleuren') return 'Rood, Geel'
    if (veld === 'ja') return 'ja'
    if (veld === 'bij') return 'Eerste'
    return rij[veld as 'naam']
  },
}))

describe('a file', () => {
  test.each([
    ['XLSX', () => toXlsx(KOLOMMEN, [RIJ])],
    ['CSV', async () => Buffer.from(await toCsv(KOLOMMEN, [RIJ]))],
    ['CSV of Windows', async () => Buffer.from((await toCsv(KOLOMMEN, [RIJ])).slice(1), 'latin1')],
    [
      'CSV with commas and quotes',
      async () =>
        Buffer.from(
          `${sheetColumns(VELDEN)
            .map(k => k.kop)
            .join(
              ',',
            )}\n355,2026-01-01,2026-12-31,1234567,"1.234,50","0,25",=SOM(A1),gewoon,"rood,geel",Ja,28-2-2026,x1`,
        ),
    ],
  ] as const)('in %s says the same as the form', async (_, maak) => {
    const { rijen, fouten, onbekend } = readRijen(REGISTER, await lees(await maak()), LEES)
    expect([fouten, onbekend]).toEqual([[], []])
    expect(rijen).toEqual([{ nummer: 2, gegevens: RIJ }])
  })

  const utf16 = (tekst: string, groot: boolean) => {
    const laag = Buffer.from(`\ufeff${tekst}`, 'utf16le')
    return groot ? laag.swap16() : laag
  }
  test.each([
    ['what Excel calls Unicode', utf16('Code;Naam\n1;ë\n', false)],
    ['the same, the other way round', utf16('Code;Naam\n1;ë\n', true)],
    ['the sign between cells on top', Buffer.from('sep=;\r\nCode;Naam\r\n1;ë\r\n')],
    ['another sign on top', Buffer.from('\ufeffsep=|\nCode|Naam\n1|ë\n')],
    ['ends of lines of two kinds', Buffer.from('Code;Naam\r\n1;ë\n')],
    ['a heading with the other sign in it', Buffer.from('Code,"Naam"\n1,ë\n')],
  ])('with %s is read', async (_, bestand) => {
    expect(await lees(bestand)).toEqual({
      koppen: ['Code', 'Naam'],
      rijen: [{ nummer: 2, cellen: ['1', 'ë'] }],
    })
  })

  test('with quoted signs in its headings is read by the sign between them', async () => {
    expect((await lees(Buffer.from('"a;b;c",Naam\n1,x\n'))).koppen).toEqual(['a;b;c', 'Naam'])
  })

  test('is numbered as a spreadsheet counts, with empty rows passed by', async () => {
    const blad = await lees(Buffer.from('Code;Naam\n\n1;a\n;\n2;b\n'))
    expect(blad.rijen.map(rij => rij.nummer)).toEqual([3, 5])
    const xlsx = await toXlsx([{ kop: 'Code', waarde: (w: string) => w || null }], ['1', '', '2'])
    expect((await lees(xlsx)).rijen.map(rij => rij.nummer)).toEqual([2, 4])
  })

  test.each([
    ['nothing', Buffer.alloc(0), 'Er staat niets in het bestand.'],
    ['half a character', utf16('Code\n1\n', false).subarray(0, -1), /geen goed XLSX- of CSV-bestand/],
    ['a book for a heading', Buffer.from(`Code;${'x'.repeat(501)}\n1;y\n`), /rij 1, die van de koppen/],
    ['a PDF', Buffer.from('%PDF-1.7 Code;Naam'), /Dit is een PDF. Sla de tabel op als XLSX of CSV/],
    ['a book of an old Excel', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1]), /oud Excel- of Word-bestand/],
    ['something else', Buffer.from('Code\0\x01\x02'), 'Het is geen XLSX- of CSV-bestand.'],
    ['half an archive', Buffer.from('PK\x03\x04 en dan niets'), /geen goed XLSX- of CSV-bestand/],
  ])('that is %s is refused in words', async (_, bytes, detail) => {
    await expect(lees(bytes)).rejects.toMatchObject({
      status: 400,
      detail: expect.stringMatching(detail),
    })
  })
})

describe('a file that was made to do harm', () => {
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes)
  const bytes = (tekst: string) => new TextEncoder().encode(tekst)

  test('by unfolding without end is refused before it unfolds', async () => {
    const leeg = new Uint8Array(60 * 1024 * 1024)
    const delen = Object.fromEntries(Array.from({ length: 5 }, (_, i) => [`xl/deel${i}.xml`, leeg]))
    await expect(lees(zipSync(delen, { level: 1 }))).rejects.toMatchObject({
      status: 400,
      detail: expect.stringContaining('uitgepakt te groot'),
    })
  })

  test('by saying two things of how much is in it is refused', async () => {
    const xlsx = Buffer.from(await toXlsx([{ kop: 'Code', waarde: (w: string) => w }], ['x']))
    // The count on this disk stays; the count in all, by which it was measured, is none.
    xlsx.writeUInt16LE(0, xlsx.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1')) + 10)
    await expect(lees(xlsx)).rejects.toMatchObject({
      status: 400,
      detail: expect.stringContaining('geen goed XLSX'),
    })
  })

  test('by one text that very many cells share is refused: each would hold it whole', async () => {
    const delen = unzipSync(await toXlsx([{ kop: 'Code', waarde: (w: string) => w }], ['x']))
    const gedeeld = Array.from(
      { length: 5000 },
      (_, i) => `<row r="${i + 2}"><c r="A${i + 2}" t="s"><v>0</v></c></row>`,
    ).join('')
    for (const [naam, inhoud] of Object.entries(delen)) {
      if (naam.includes('worksheets/sheet'))
        delen[naam] = bytes(text(inhoud).replace(/<row r="2".*?<\/row>/s, gedeeld))
      if (naam.endsWith('sharedStrings.xml'))
        delen[naam] = bytes(text(inhoud).replace(/<si>.*?<\/si>/s, `<si><t>${'a'.repeat(9_990)}</t></si>`))
    }
    await expect(lees(Buffer.from(zipSync(delen)))).rejects.toMatchObject({
      status: 400,
      detail: expect.stringContaining('te veel tekst'),
    })
  })

  const withCel = async (cel: string, rij = '2') => {
    const delen = unzipSync(await toXlsx([{ kop: 'Code', waarde: (w: string) => w }], ['x']))
    for (const [naam, inhoud] of Object.entries(delen))
      if (naam.includes('worksheets/sheet'))
        delen[naam] = bytes(
          text(inhoud)
            .replace('</sheetData>', `<row r="${rij}">${cel}</row></sheetData>`)
            .replace(/<row r="2".*?<\/row>/s, ''),
        )
    return Buffer.from(zipSync(delen))
  }

  test.each([
    [
      'further than any column',
      '<c r="ZZZZZZ2"><v>1</v></c>',
      '2',
      /cel ZZZZZZ2, en die kan een rekenblad niet hebben/,
    ],
    [
      'further than any column or row',
      '<c r="ZZZZZZZ999999999"><v>1</v></c>',
      '999999999',
      /rekenblad niet hebben/,
    ],
    ['in a row that no sheet has', '<c r="A1048577"><v>1</v></c>', '1048577', /rekenblad niet hebben/],
    ['without a column', '<c r="2"><v>1</v></c>', '2', /rekenblad niet hebben/],
    ['written in another way', "<c t='n' r = '&#90;ZZZZ2'><v>1</v></c>", '2', /rekenblad niet hebben/],
    ['in the last row and column', '<c r="XFD1048576"><v>1</v></c>', '1048576', /ver buiten de tabel/],
  ])('by a cell %s is refused before it is read, and the next file is read', async (_, cel, rij, detail) => {
    await expect(lees(await withCel(cel, rij))).rejects.toMatchObject({
      status: 400,
      detail: expect.stringMatching(detail),
    })
    expect((await lees(Buffer.from('Code\n1\n'))).rijen).toHaveLength(1)
  })

  test.each([
    ['in the last row', '<c r="A1048576"><v>1</v></c>', '1048576'],
    ['that only has a colour, in the last column', '<c r="A2"><v>1</v></c><c r="XFD2" s="0"/>', '2'],
  ])('a cell %s is one', async (_, cel, rij) => {
    const { rijen } = await lees(await withCel(cel, rij))
    expect(rijen).toEqual([{ nummer: Number(rij), cellen: ['1'] }])
  })
})

describe('columns', () => {
  test('are known by heading, question or name, in any order', () => {
    const { plaats, onbekend } = recognise(VELDEN, {
      koppen: ['NAAM', 'wat is de code', 'geldigEind', 'Geldig: eerste dag', '', 'Opmerking'],
    })
    expect(Object.fromEntries(plaats)).toEqual({ 'naam.0': 0, 'code.0': 1, 'geldig.1': 2, 'geldig.0': 3 })
    expect(onbekend).toEqual(['Opmerking'])
  })

  test('that say which row is meant must be there; of others what stood there stays', () => {
    const zonder = readRijen(REGISTER, { koppen: ['Naam'], rijen: [] }, LEES)
    expect(zonder.fouten.map(f => f.melding)).toEqual([
      'De kolom ‘Code’ ontbreekt.',
      'De kolom ‘Geldig: eerste dag’ ontbreekt.',
      'De kolom ‘Bedrag’ ontbreekt.',
      'De kolom ‘Soort’ ontbreekt.',
      'De kolom ‘Doet mee’ ontbreekt.',
      'De kolom ‘Hoort bij’ ontbreekt.',
    ])
    const blad = {
      koppen: ['Code', 'Geldig: eerste dag', 'Naam'],
      rijen: [{ nummer: 2, cellen: ['0355', '01-01-2026', 'Nieuw'] }],
    }
    const { rijen, fouten } = readRijen(REGISTER, blad, {
      ...LEES,
      bestaand: [{ ...RIJ, kleuren: [...RIJ.kleuren] }],
    })
    expect(fouten).toEqual([])
    expect(rijen[0]?.gegevens).toEqual({ ...RIJ, naam: 'Nieuw' })
  })

  test('every fault has its row, column, value and what is expected, all at once', () => {
    const koppen = sheetColumns(VELDEN).map(k => k.kop)
    const cellen = ['12', '31-02-2026', '', 'x', 'veel', '', '', 'anders', '', 'misschien', '', 'x9']
    const { fouten } = readRijen(REGISTER, { koppen, rijen: [{ nummer: 7, cellen }] }, LEES)
    expect(fouten.map(f => ('kolom' in f ? [f.nummer, f.kolom, f.waarde] : [f.nummer]))).toEqual([
      [7, 'Geldig: eerste dag', '31-02-2026'],
      [7, 'AGB-code', 'x'],
      [7, 'Bedrag', 'veel'],
      [7, 'Naam', ''],
      [7, 'Soort', 'anders'],
      [7, 'Doet mee', 'misschien'],
      [7, 'Hoort bij', 'x9'],
    ])
    expect(fouten[2]).toMatchObject({
      melding: 'Vul een bedrag in.',
      verwacht: 'bedrag in euro’s, zoals 1.250 of 99,50',
    })
  })
})
