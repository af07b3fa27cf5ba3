// Mutation testing: breaks the code one spot at a time and looks whether a test notices. Two parts, each with its own limit:
//   node scripts/mutatie.mjs regels    every mutant of the rules                      at least 90 % killed
//   node scripts/mutatie.mjs werk      150 mutants of stores and actions, by a seed   at least 80 % killed
// A second argument is the seed, a third a part of a path: only what lies there. Of stores and actions the draw stays that
// of the whole, so that runs per path add up to it.
// Not part of `npm test`: the rules take 5 minutes on two quiet cores and 11 on busy ones; of the sample, the 34 mutants of
// declaraties/controle took 6 and a half on busy ones, of which 2 went to the first run of the tests.
// A mutant that lives on a busy machine may end as one that takes too long, which counts as noticed: look at those.
// The report lies in dist/mutatie/.
import { globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Stryker } from '@stryker-mutator/core'
import { Instrumenter } from '@stryker-mutator/instrumenter'
import { nameOf } from './mutatie-trekking.mjs'
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
  'src/domains/berichten/post/*.ts',
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

const uit = join(root, 'dist', 'mutatie')
mkdirSync(uit, { recursive: true })
// Read by vitest.mutatie.config.ts, and by the checker that lets only what was drawn through.
process.env.MUTATIE_DEEL = deel
process.env.MUTATIE_TREKKING = join(uit, 'trekking.json')

const isSteekproef = deel !== 'regels'
const grens = isSteekproef ? 80 : 90
const getrokken = isSteekproef ? await sample(bestanden.filter(pad => !isRegel(pad))) : []
writeFileSync(process.env.MUTATIE_TREKKING, JSON.stringify(getrokken))

const resultaten = await new Stryker({
  mutate: gekozen.filter(pad => isRegel(pad) !== isSteekproef),
  testRunner: 'vitest',
  plugins: ['@stryker-mutator/vitest-runner', join(root, 'scripts', 'mutatie-trekking.mjs')],
  checkers: isSteekproef ? ['trekking'] : [],
  vitest: { configFile: 'vitest.mutatie.config.ts', related: !isSteekproef },
  coverageAnalysis: 'perTest',
  concurrency: 2,
  timeoutMS: 60_000,
  dryRunTimeoutMinutes: 60,
  tempDirName: `dist/mutatie/werk-${deel}`,
  ignorePatterns: ['dist', 'data', 'docs'],
  reporters: ['progress', 'clear-text', 'json', 'html'],
  clearTextReporter: { allowColor: false, logTests: false },
  jsonReporter: { fileName: join(uit, `${deel}.json`) },
  htmlReporter: { fileName: join(uit, `${deel}.html`) },
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

/** So many out of all mutants of these files, the same for the same seed, by name. */
async function sample(paden) {
  const log = { debug() {}, info() {}, isDebugEnabled: () => false }
  const { mutants } = await new Instrumenter(log).instrument(
    paden.map(pad => ({
      name: join(root, pad),
      content: readFileSync(join(root, pad), 'utf8'),
      mutate: true,
    })),
    { plugins: null, excludedMutations: [], ignorers: [], noHeader: false },
  )
  const kans = random(Number(zaad))
  return mutants
    .map(mutant => ({ naam: nameOf(mutant), kans: kans() }))
    .sort((a, b) => a.kans - b.kans)
    .slice(0, AANTAL)
    .map(({ naam }) => naam)
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
