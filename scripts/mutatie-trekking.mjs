// A checker of Stryker that lets through the mutants that were drawn, and no others. A range in `mutate` cannot say this:
// it takes every mutant that lies within it, so that 150 places hold 514 of them.
import { readFileSync } from 'node:fs'

/** What one mutant is called, whoever numbers them. The place is as Stryker gives it. */
export const nameOf = ({ fileName, location: { start, end }, mutatorName, replacement }) =>
  JSON.stringify([fileName, start, end, mutatorName, replacement])

class Trekking {
  async init() {
    this.getrokken = new Set(JSON.parse(readFileSync(process.env.MUTATIE_TREKKING, 'utf8')))
  }
  async group(mutants) {
    return [mutants.map(({ id }) => id)]
  }
  async check(mutants) {
    return Object.fromEntries(mutants.map(mutant => [mutant.id, this.#judge(mutant)]))
  }
  #judge(mutant) {
    return this.getrokken.has(nameOf(mutant))
      ? { status: 'passed' }
      : { status: 'compileError', reason: 'not drawn' }
  }
}

export const strykerPlugins = [{ kind: 'Checker', name: 'trekking', injectableClass: Trekking }]
