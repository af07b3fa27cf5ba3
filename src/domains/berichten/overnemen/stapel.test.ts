import { expect, test } from 'vitest'
import { declaratiebericht, toBytes } from '../../../../test/support/regio.ts'
import { toZip } from '../../../../test/support/zip.ts'
import { readStapel } from './stapel.ts'

const MB = 1024 * 1024

test.each([
  ['one of 5 MB', [5 * MB], null],
  ['one of more', [5 * MB + 1], 'groter dan 5 MB'],
  ['ten of 5 MB: 50 MB together', Array(10).fill(5 * MB), null],
  ['a byte more together', [...Array(10).fill(5 * MB), 1], '50 MB'],
])('%s', async (_, groottes: number[], melding) => {
  const stapel = toZip(Object.fromEntries(groottes.map((n, i) => [`${i}.xml`, Buffer.alloc(n, ' ')])))
  const gelezen = readStapel(stapel)
  if (melding === null) expect(await gelezen).toHaveLength(groottes.length)
  else await expect(gelezen).rejects.toMatchObject({ status: 400, detail: expect.stringContaining(melding) })
})

test.each([
  ['a sheet', Buffer.from('Gemeente;Wet\n0355;jw')],
  ['nothing', Buffer.alloc(0)],
  ['a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47])],
])('%s is neither a message nor an archive, and that is said', (_, bytes) =>
  expect(readStapel(bytes)).rejects.toMatchObject({
    type: 'onleesbaar-bestand',
    detail: expect.stringContaining('geen XML en geen ZIP'),
  }),
)

test.each(['utf8', 'utf16le'] as const)(
  'a message in %s is one, with a mark in front and space',
  async soort => {
    expect(await readStapel(Buffer.from('\ufeff \n<?xml version="1.0"?><iets/>', soort))).toHaveLength(1)
  },
)

test('no month is too early for this program (CS100); five years before its message still is (TR335)', async () => {
  const bericht = declaratiebericht({
    identificatie: 'O',
    nummer: 'O',
    regels: [{ nummer: 1, referentie: 'R', maand: '2020-12-01' }],
  })
  const [{ controle } = unread()] = await readStapel(toBytes(bericht))
  expect(controle.bevindingen.map(({ regel }) => regel)).toEqual(['TR335'])
})

function unread(): never {
  throw new Error('nothing was read')
}
