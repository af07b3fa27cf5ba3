import { globSync, readFileSync } from 'node:fs'
import { defineConfig } from 'vitest/config'
import basis from './vitest.config.ts'

/** The tests of what `npm run mutatie` breaks. Rules are held by the tests that need no database: their own tables of cases. */
const tests = globSync([
  'src/platform/zegel*.test.ts',
  'src/app/inzage/*.test.ts',
  'src/domains/{declaraties,toegang,berichten,sturing,istandaard}/**/*.test.ts',
  'src/app/cijfers*.test.ts',
])
const alleenRegels = process.env.MUTATIE_DEEL === 'regels'
const vraagtDatabase = (pad: string) => /testDatabase|serverUrl/.test(readFileSync(pad, 'utf8'))
const vraagtBrowser = (pad: string) => pad.endsWith('.browser.test.ts')
const include = tests.filter(pad => !vraagtBrowser(pad) && !(alleenRegels && vraagtDatabase(pad)))

// Not merged with mergeConfig: that would add these tests to all others.
export default defineConfig({
  ...basis,
  test: { ...basis.test, include, globalSetup: (alleenRegels ? undefined : basis.test?.globalSetup) ?? [] },
})
