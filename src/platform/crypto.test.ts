import { expect, test } from 'vitest'
import { isBsn, isTestBsn, openKluis } from './crypto.ts'

const kluis = openKluis(Buffer.alloc(32, 1))

test('what is encrypted comes back, and a changed byte is refused', () => {
  const bytes = kluis.versleutel(Buffer.from('999900006'))
  expect(kluis.ontsleutel(bytes).toString()).toBe('999900006')
  bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1
  expect(() => kluis.ontsleutel(bytes)).toThrow()
})

test('two encryptions of one text differ', () => {
  expect(kluis.versleutel(Buffer.from('a')).equals(kluis.versleutel(Buffer.from('a')))).toBe(false)
})

test('the key decides the hash, and the purposes cannot be joined', () => {
  const ander = openKluis(Buffer.alloc(32, 2))
  expect(kluis.bsnHash('999900006').equals(ander.bsnHash('999900006'))).toBe(false)
  expect(kluis.bsnHash('999900006').equals(kluis.vingerafdruk(Buffer.from('999900006')))).toBe(false)
  expect(Number.isSafeInteger(kluis.persoon('999900006'))).toBe(true)
})

test.each([
  ['123456782', true],
  ['999900006', true],
  ['123456789', false],
  ['000000000', false],
  ['12345678', false],
  ['12345678a', false],
])('elfproef of %s is %s', (bsn, goed) => expect(isBsn(bsn)).toBe(goed))

test.each([
  ['998999999', false],
  ['999000000', true],
  ['999900006', true],
  ['999999990', true],
  ['999999991', false],
])('%s in the test range is %s', (bsn, goed) => expect(isTestBsn(bsn)).toBe(goed))
