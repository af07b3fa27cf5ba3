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
