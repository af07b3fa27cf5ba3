import { unzipSync, zipSync } from 'fflate'
import { expect, test } from 'vitest'
import writeXlsxFile from 'write-excel-file/node'
import { systeem } from '../../http/ctx.ts'
import { toXlsx } from '../../http/export.ts'
import { readBlad } from './bladbestand.ts'

const lees = (bytes: Uint8Array) => readBlad(bytes, { wie: systeem('test', []) })

/** A workbook of which somebody changed the sheet by hand. */
async function withSheet(anders: (xml: string) => string, erbij: Record<string, Uint8Array> = {}) {
  const delen = unzipSync(await toXlsx([{ kop: 'Code', waarde: (w: string) => w }], ['x']))
  for (const [naam, inhoud] of Object.entries(delen))
    if (naam.includes('worksheets/sheet'))
      delen[naam] = new TextEncoder().encode(anders(new TextDecoder().decode(inhoud)))
  return Buffer.from(zipSync({ ...delen, ...erbij }))
}

const withRij = (rij: string) =>
  withSheet(xml => xml.replace(/<row r="2".*?<\/row>/s, '').replace('</sheetData>', `${rij}</sheetData>`))

const VER = '<v>1</v>'
test.each([
  ['a prefix with a dash', `<x-y:row r="1048576"><x-y:c r="XFD1048576">${VER}</x-y:c></x-y:row>`],
  ['a prefix with a point', `<x.y:row r="1048576"><x.y:c r="XFD1048576">${VER}</x.y:c></x.y:row>`],
  ['a prefix of its place', `<row r="1048576"><c r="A1048576" x:r="XFD1048576">${VER}</c></row>`],
  ['a sign in quotes', `<row r="1048576"><c a=">" r="XFD1048576">${VER}</c></row>`],
  ['another quote', `<row r='1048576'><c a='"' r='XFD1048576'>${VER}</c></row>`],
  // Read, it takes all memory that a reader may have, and is refused in other words.
])('a cell far away is seen by %s, before it is read', async (_, rij) => {
  await expect(lees(await withRij(rij))).rejects.toMatchObject({
    status: 400,
    detail: expect.stringMatching(/ver buiten de tabel|zoals geen rekenblad ze schrijft/),
  })
})

const LANG = 20_000_000
test.each([
  ['a tag without end', '<c '.repeat(LANG / 3)],
  ['a tag of spaces', `<c${' '.repeat(LANG)}`],
  ['a name', `<${'c'.repeat(LANG)}`],
  ['a text', `<row r="2"><c r="A2" t="inlineStr"><is><t>${'a'.repeat(LANG)}</t></is></c></row>`],
  ['a comment', `<!--${'a>'.repeat(LANG / 2)}-->`],
  ['an attribute', `<x a="${'a>'.repeat(LANG / 2)}"/>`],
])('%s of megabytes, that packs to nothing, is refused before the reader sees it', async (_, rij) => {
  await expect(lees(await withRij(rij))).rejects.toMatchObject({
    status: 400,
    detail: expect.stringContaining('geen goed XLSX'),
  })
})

test('a picture in it is no sheet, whatever stands in it', async () => {
  const beeld = Buffer.concat([Buffer.from('\x89PNG\r\n<c r="ZZZZZZ2"'), Buffer.alloc(2_000_000, '<c ')])
  const bestand = await withSheet(xml => xml, { 'xl/media/image1.png': beeld })
  expect((await lees(bestand)).rijen).toEqual([{ nummer: 2, cellen: ['x'] }])
})

test('of a filled second sheet after an empty first it is said which that is', async () => {
  const boek = [
    { data: [], sheet: 'Leeg' },
    { data: [[{ value: 'Code' }]], sheet: 'Tarieven 2026' },
  ]
  const bytes = await writeXlsxFile(boek).toBuffer()
  await expect(lees(bytes)).rejects.toMatchObject({
    status: 400,
    detail: expect.stringContaining('Het eerste blad is leeg; er staat iets op het blad ‘Tarieven 2026’'),
  })
})

test('of a wide CSV what is empty behind the last cell does not come over, and too many that are filled are refused', async () => {
  const leeg = Buffer.from(`Code;Naam;;;\n${`x;y${';'.repeat(255)}\n`.repeat(1000)}`)
  const blad = await lees(leeg)
  expect([blad.koppen, blad.rijen.length, blad.rijen[0]?.cellen]).toEqual([
    ['Code', 'Naam'],
    1000,
    ['x', 'y'],
  ])
  const gevuld = Buffer.from(`Code;Naam\n${`${'x;'.repeat(199)}x\n`.repeat(20_001)}`)
  await expect(lees(gevuld)).rejects.toMatchObject({
    status: 400,
    detail: 'Er staan te veel cellen in. Splits het in kleinere bestanden.',
  })
})
