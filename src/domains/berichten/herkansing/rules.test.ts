import { describe, expect, test } from 'vitest'
import { isVoorbijgaand } from '../../../platform/db/codes.ts'
import { isBotsing, makeBewaking, redenVan, redenZin, Tijdslimiet } from './rules.ts'

const fout = (code: string, tekst = 'waarde 999900006 van J. Jansen') =>
  Object.assign(new Error(tekst), { code })

describe('why judging was given up', () => {
  test.each([
    [new Tijdslimiet(), 'tijd'],
    [fout('57014'), 'tijd'],
    [fout('22008'), 'fout:Error 22008'],
    [new RangeError('Jansen'), 'fout:RangeError'],
    ['Jansen', 'fout:string'],
    [fout('J. Jansen'), 'fout:Error'],
  ])('%s: %s', (wat, reden) => {
    expect(redenVan(wat)).toBe(reden)
    expect(redenZin(reden)).toMatch(/^[A-Z].*\.$/)
    expect(redenZin(reden)).not.toContain('Jansen')
  })
})

describe('what says nothing about the message', () => {
  test.each(['08006', '53100', '55P03', '57P01', '58030', 'ECONNRESET', 'BEURT_ALLEN', 'BEURT_PERSOON'])(
    '%s is passing',
    code => expect(isVoorbijgaand(fout(code))).toBe(true),
  )
  test('so is a connection that ended', () =>
    expect(isVoorbijgaand(new Error('Connection terminated unexpectedly'))).toBe(true))
  test.each(['57014', '22008', '23505', '23503', '', 'E'])('%s is not', code =>
    expect(isVoorbijgaand(fout(code))).toBe(false),
  )
  test.each(['23503', '23505', '23P01', '40001', '40P01'])('%s is a collision', code =>
    expect(isBotsing(fout(code))).toBe(true),
  )
  test('anything else is none', () => expect(isBotsing(fout('22008'))).toBe(false))
})

test('a limit is passed after its time and not before', () => {
  let nu = 0
  const bewaak = makeBewaking(1000, () => nu)
  nu = 1000
  expect(bewaak).not.toThrow()
  nu = 1001
  expect(bewaak).toThrow(Tijdslimiet)
})
