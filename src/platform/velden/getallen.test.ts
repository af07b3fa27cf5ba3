import { expect, test } from 'vitest'
import { bedrag } from './getallen.ts'

const VELD = bedrag({ label: 'B', leeg: 'Vul een bedrag in.' })

// A sheet works out a price to more digits than it shows; who put it in is told what to do with them.
test.each([
  ['36,284672', true],
  ['€ 1.036,285', true],
  ['36,28 4672', false],
  ['36.284672', false],
  ['x,284672', false],
  // Too large is another fault.
  ['90.000.000.000.000', false],
  ['-1,00', false],
])('of an amount of %s is %s that it is to be rounded', (getypt, afronden) => {
  const gelezen = VELD.read([getypt], 'x', [])
  expect('meldingen' in gelezen && gelezen.meldingen.join().includes('Rond het bedrag af')).toBe(afronden)
})
