// Installs what is missing, then runs everything: types, lint, tests on a real database and in a real browser.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { prepare } from './setup.mjs'

const root = await prepare({ build: true })
const bin = join(root, 'node_modules', '.bin')
const env = { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH}` }
// What a machine is set to is not what a test runs in.
delete env.NODE_ENV
const folder = mkdtempSync(join(tmpdir(), 'samenhang-uitslag-'))
const report = join(folder, 'uitslag.json')

function step(naam, command, args) {
  console.log(`\n— ${naam}`)
  return spawnSync(join(bin, command), args, { cwd: root, env, stdio: 'inherit' }).status === 0
}

const types = step('types', 'tsc', ['--noEmit'])
const lint = step('lint', 'biome', ['check', '.'])
const tests = step('tests', 'vitest', [
  'run',
  // Read as it is: the other way writes a copy into the project, which may be read-only.
  '--configLoader=native',
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${report}`,
  // `npm test -- src/platform` runs the tests of that folder only.
  ...process.argv.slice(2),
])
const { passed, failed } = readReport()
rmSync(folder, { recursive: true, force: true })
if (!types) console.log('De types kloppen niet.')
if (!lint) console.log('De opmaak of de lint klopt niet.')
const extra = (types ? 0 : 1) + (lint ? 0 : 1)
console.log(`\n${passed} passed, ${failed + extra} failed`)
process.exit(types && lint && tests && passed > 0 ? 0 : 1)

/** A run that crashed leaves no report: then nothing passed and the run itself failed. */
function readReport() {
  try {
    const { numPassedTests, numFailedTests, success } = JSON.parse(readFileSync(report, 'utf8'))
    // A file that does not load fails without a failed test.
    return { passed: numPassedTests, failed: success ? 0 : Math.max(1, numFailedTests) }
  } catch {
    return { passed: 0, failed: 1 }
  }
}
