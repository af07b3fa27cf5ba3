import { globSync } from 'node:fs'
import { reaches } from './imports.ts'

/** Rules are held by the tests that need no database: their own tables of cases. */
const REGELS = 'src/domains/{declaraties,toegang,berichten,sturing,istandaard}/**/*.test.ts'
const VRAAGT_SERVER = /inject\('serverUrl'\)|launchBrowser/

/** The tests that hold the rules: those that start without a database and without a browser, whatever they import. */
export function rulesTests(): string[] {
  return globSync(REGELS).filter(pad => !reaches(pad, VRAAGT_SERVER))
}
