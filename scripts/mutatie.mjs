// Mutation testing: breaks the code one spot at a time and looks whether a test notices. Two parts, each with its own limit:
//   node scripts/mutatie.mjs regels    every mutant of the rules                      at least 90 % killed
//   node scripts/mutatie.mjs werk      150 mutants of stores and actions, by a seed   at least 80 % killed
// A second argument is the seed, a third a part of a path: only that file.
// Not part of `npm test`: it takes the better part of an hour. The report lies in dist/mutatie/.
import { globSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Stryker } from '@stryker-mutator/core'
import { createInstrumenter } from '@stryker-mutator/instrumenter'
import { prepare } from './setup.mjs'

const root = await prepare({ build: true })
const [deel = 'regels', zaad = '2026', alleen = ''] = process.argv.slice(2)

/** The folders where a wrong cent, a lost event or a missing permission does most harm. */
const PLEKKEN = [
  'src/platform/audit.ts',
  'src/platform/zegel.ts',
  'src/platform/zegel-oud.ts',
  'src/domains/declaraties/controle/*.ts',
  'src/domains/toegang/toewijzen/*.ts',
  'src/domains/sturing/boeken/*.ts',
  'src/domains/berichten/inname/*.ts',
]
const REGELS = /\/(rules|\w*regels|omvang)\.ts$/
const AANTAL = 150

const bestanden = PLEKKEN.flatMap(plek => {
  const gevonden = globSync(plek, { cwd: root }).filter(pad => !pad.endsWith('.test.ts'))
  if (gevonden.length === 0) throw new Error(`nothing to break at ${plek}: has it moved?`)
  return gevonden
})
const gekozen = bestanden.filter(pad => pad.includes(alleen))
const isRegel = pad => REGELS.test(pad)

// Read by vitest.mutatie.config.ts.
process.env.MUTATIE_DEEL = deel

const grens = deel === 'regels' ? 90 : 80
const mutate =
  deel === 'regels' ? gekozen.filter(isRegel) : await sample(gekozen.filter(pad => !isRegel(pad)))
const uit = join(root, 'dist', 'mutatie')
mkdirSync(uit, { recursive: true })

const resultaten = await new Stryker({
  mutate,
  testRunner: 'vitest',
  plugins: ['@stryker-mutator/vitest-runner'],
  vitest: { configFile: 'vitest.mutatie.config.ts', related: deel === 'regels' },
  coverageAnalysis: 'perTest',
  concurrency: 2,
  timeoutMS: 60_000,
  dryRunTimeoutMinutes: 60,
  tempDirName: 'dist/mutatie/werk',
  ignorePatterns: ['dist', 'data', 'docs'],
  reporters: ['progress', 'clear-text', 'json', 'html'],
  clearTextReporter: { allowColor: false, logTests: false },
  jsonReporter: { fileName: join(uit, `${deel}.json`) },
  htmlReporter: { fileName: join(uit, `${deel}.html`) },
  checkers: [],
  // It would be read with the compiler as a library, which TypeScript 7 is not.
  tsconfigFile: 'geen.json',
  disableTypeChecks: false,
  cleanTempDir: 'always',
}).runMutationTest()

const telt = status => resultaten.filter(r => r.status === status).length
const gedood = telt('Killed') + telt('Timeout')
const geteld = gedood + telt('Survived') + telt('NoCoverage')
const score = geteld === 0 ? 0 : (100 * gedood) / geteld
console.log(`\n${deel}: ${gedood} of ${geteld} mutants noticed, ${score.toFixed(1)} % (limit ${grens} %)`)
process.exit(score >= grens ? 0 : 1)

/** So many places out of all mutants of these files, the same for the same seed, as ranges that Stryker understands. */
async function sample(paden) {
  const plekken = []
  const log = { debug() {}, info() {}, warn() {}, error() {}, trace() {}, fatal() {} }
  const { mutants } = await createInstrumenter({ logger: log }).instrument(
    paden.map(name => ({ name, content: readFileSync(join(root, name), 'utf8'), mutate: true })),
    { plugins: null, excludedMutations: [], ignorers: [], noHeader: false },
  )
  for (const { fileName, location } of mutants)
    plekken.push(
      `${fileName}:${location.start.line + 1}:${location.start.column}-${location.end.line + 1}:${location.end.column}`,
    )
  const kans = random(Number(zaad))
  return plekken
    .map(plek => ({ plek, kans: kans() }))
    .sort((a, b) => a.kans - b.kans)
    .slice(0, AANTAL)
    .map(({ plek }) => plek)
}

/** mulberry32: numbers from 0 to 1 that follow from a seed. */
function random(seed) {
  let stand = seed >>> 0
  return () => {
    stand = (stand + 0x6d2b79f5) >>> 0
    let t = Math.imul(stand ^ (stand >>> 15), 1 | stand)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}
