import { globSync, readFileSync } from 'node:fs'
import { defineConfig } from 'vitest/config'
import basis from './vitest.config.ts'

const alleenRegels = process.env.MUTATIE_DEEL === 'regels'

/** Rules are held by the tests that need no database: their own tables of cases. */
const REGELS = 'src/domains/{declaraties,toegang,berichten,sturing,istandaard}/**/*.test.ts'
/**
 * Stores and actions by what lies beside them. Tests from afar reach them too, so that the score is rather too low than
 * too high; but a mutant that lives is asked of every test.
 */
const WERK = [
  'src/platform/zegel*.test.ts',
  'src/domains/{declaraties/controle,toegang/toewijzen,berichten/inname,berichten/herkansing}/*.test.ts',
  'src/app/cijfers*.test.ts',
]
const vraagtDatabase = (pad: string) => /testDatabase|serverUrl/.test(readFileSync(pad, 'utf8'))
const include = alleenRegels ? globSync(REGELS).filter(pad => !vraagtDatabase(pad)) : globSync(WERK)

// Not merged with mergeConfig: that would add these tests to all others.
export default defineConfig({
  ...basis,
  test: { ...basis.test, include, globalSetup: (alleenRegels ? undefined : basis.test?.globalSetup) ?? [] },
})
