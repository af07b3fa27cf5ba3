import fc from 'fast-check'
import { expect, test } from 'vitest'
import { localPath } from './terug.ts'

const ADRES = 'https://samenhang.voorbeeld.nl'

test.each<[unknown, string]>([
  ['/cijfers', '/cijfers'],
  ['/cijfers?jaar=2026&gemeente=0355', '/cijfers?jaar=2026&gemeente=0355'],
  ['/zoeken?q=a%2Fb', '/zoeken?q=a%2Fb'],
  ['/a/../cijfers', '/cijfers'],
  [undefined, '/'],
  ['', '/'],
  ['cijfers', '/'],
  [['/cijfers', '/beleid'], '/'],
  [{ a: 1 }, '/'],
  ['/inloggen', '/'],
  ['/inloggen?naar=/x', '/'],
  ['/./inloggen', '/'],
  ['/uitgelogd', '/'],
  ['//elders.example', '/'],
  ['///elders.example', '/'],
  ['/\\elders.example', '/'],
  ['\\\\elders.example', '/'],
  ['/\t/elders.example', '/'],
  ['/\r/elders.example', '/'],
  ['/\n\\elders.example', '/'],
  ['\t//elders.example', '/'],
  ['/.//elders.example', '/'],
  ['/x/..//elders.example', '/'],
  ['/%2e/\\elders.example', '/'],
  ['/\u2215elders.example', '/%E2%88%95elders.example'],
  ['/\uFF0Felders.example', '/%EF%BC%8Felders.example'],
  ['//elders\u3002example', '/'],
  ['https://elders.example', '/'],
  ['https://samenhang.voorbeeld.nl/cijfers', '/'],
  ['https://samenhang.voorbeeld.nl@elders.example', '/'],
  ['javascript:alert(1)', '/'],
  ['/javascript:alert(1)', '/javascript:alert(1)'],
  ['java\tscript:alert(1)', '/'],
  ['data:text/html,x', '/'],
])('after login %j leads to %s', (naar, uit) => expect(localPath(naar, ADRES)).toBe(uit))

test('whatever is asked for, the browser stays here', () => {
  const deel = fc.constantFrom(
    '/',
    '\\',
    '.',
    '..',
    '\t',
    '\r',
    '\n',
    '@',
    ':',
    '%2f',
    '%5c',
    'elders.example',
    'https:',
    '?',
    '#',
    '\u3002',
  )
  fc.assert(
    fc.property(
      fc.oneof(
        fc.array(deel, { maxLength: 12 }).map(d => d.join('')),
        fc.string(),
        fc.webUrl(),
      ),
      naar => {
        const uit = localPath(naar, ADRES)
        expect(uit.startsWith('/')).toBe(true)
        expect(new URL(uit, ADRES).origin).toBe(ADRES)
        // And as a browser reads it from the header of a redirect.
        expect(new URL(uit, `${ADRES}/inloggen/terug`).origin).toBe(ADRES)
      },
    ),
    { numRuns: 500 },
  )
})
