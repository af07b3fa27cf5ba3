import { expect, test } from 'vitest'
import { rulesTests } from './support/mutatie.ts'

test('the tests that hold the rules against mutants need no database, also not by what they import', () => {
  const gekozen = rulesTests()
  for (const map of ['declaraties/controle', 'toegang/toewijzen', 'berichten/post'])
    expect(gekozen).toContain(`src/domains/${map}/rules.test.ts`)
  // These reach one through a support file.
  for (const pad of ['declaraties/samenloop/oordeel.test.ts', 'declaraties/samenloop/pages.browser.test.ts'])
    expect(gekozen).not.toContain(`src/domains/${pad}`)
})
