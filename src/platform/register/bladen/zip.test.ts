import { deflateRawSync } from 'node:zlib'
import { unzipSync } from 'fflate'
import { expect, test } from 'vitest'
import { toZip } from '../../../../test/support/zip.ts'
import { repackZip, unpackZip } from './zip.ts'

const RUIM = { aantal: 10, bytes: 1000 }
const names = async (bestanden: Record<string, string>, grens = RUIM) =>
  (await unpackZip(toZip(bestanden), grens)).map(({ naam, bytes }) => [naam, bytes.toString()])

test('the files of an archive come with their names; folders do not', async () => {
  expect(await names({ 'a.xml': '<a/>', 'map/': '', 'map/b.xml': '<b/>' })).toEqual([
    ['a.xml', '<a/>'],
    ['map/b.xml', '<b/>'],
  ])
})

test.each([
  ['as many as may be', { a: 'x', b: 'y' }, { aantal: 2, bytes: 2 }, true],
  ['one more', { a: 'x', b: 'y', c: 'z' }, { aantal: 2, bytes: 10 }, false],
  ['one byte more', { a: 'x', b: 'yz' }, { aantal: 2, bytes: 2 }, false],
])('%s', async (_, bestanden, grens, goed) => {
  const uit = await names(bestanden as Record<string, string>, grens).catch(() => undefined)
  expect(uit !== undefined).toBe(goed)
})

test('what unfolds further than it may is stopped, whatever the archive says of itself', async () => {
  const zip = toZip({ bom: deflateRawSync(Buffer.alloc(100_000)) })
  // As packed parts say it: method 8, in the table at the end.
  zip.writeUInt16LE(8, zip.indexOf(Buffer.from('PK\x01\x02', 'latin1')) + 10)
  await expect(unpackZip(zip, RUIM)).rejects.toThrow()
  expect((await unpackZip(zip, { aantal: 1, bytes: 100_000 }))[0]?.bytes.length).toBe(100_000)
})

test('an archive written anew says of each part what it turned out to be', async () => {
  const zip = toZip({ a: deflateRawSync(Buffer.alloc(1000)), b: 'als tekst' })
  const deel = zip.indexOf(Buffer.from('PK\x01\x02', 'latin1'))
  zip.writeUInt16LE(8, deel + 10)
  // Much more than it is: who believes that makes room for it.
  zip.writeUInt32LE(0xf0000000, deel + 24)
  const nieuw = await repackZip(zip)
  expect(nieuw?.readUInt32LE(nieuw.indexOf(Buffer.from('PK\x01\x02', 'latin1')) + 24)).toBe(1000)
  expect(Object.entries(unzipSync(nieuw ?? zip)).map(([naam, { length }]) => [naam, length])).toEqual([
    ['a', 1000],
    ['b', 9],
  ])
})

test.each([
  ['fewer in all', 10, 0],
  ['fewer here', 8, 1],
  ['a shorter table', 12, 0],
])('an archive whose end says %s than there are is refused', async (_, plek, waarde) => {
  const zip = toZip({ a: 'x', b: 'y' })
  zip.writeUInt16LE(waarde, zip.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1')) + plek)
  await expect(repackZip(zip)).rejects.toThrow('the table is not what its end says')
  await expect(unpackZip(zip, RUIM)).rejects.toThrow('the table is not what its end says')
})

test('what is no archive is refused', async () => {
  await expect(unpackZip(Buffer.from('PK niets'), RUIM)).rejects.toThrow('no end of an archive')
})
