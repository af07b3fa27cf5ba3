import { globSync } from 'node:fs'
import { defineConfig } from 'vitest/config'
import { rulesTests } from './test/support/mutatie.ts'
import basis from './vitest.config.ts'

const alleenRegels = process.env.MUTATIE_DEEL === 'regels'

/**
 * Stores and actions by what lies beside them. Tests from afar reach them too, so that the score is rather too low than
 * too high; but a mutant that lives is asked of every test.
 */
const WERK = [
  'src/platform/zegel*.test.ts',
  'src/domains/{declaraties/controle,toegang/toewijzen,berichten/inname,berichten/herkansing}/*.test.ts',
  'src/app/cijfers*.test.ts',
]
const include = alleenRegels ? rulesTests() : globSync(WERK).filter(pad => !pad.includes('.browser.'))

// Not merged with mergeConfig: that would add these tests to all others.
export default defineConfig({
  ...basis,
  test: { ...basis.test, include, globalSetup: (alleenRegels ? undefined : basis.test?.globalSetup) ?? [] },
})
