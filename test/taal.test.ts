import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

/** Of two forms that are both right the house uses one: 'u hebt', in the same form as 'u bent' and 'u kunt'. */
const ANDERS = /\bu (?:[a-zé]+ ){0,5}heeft\b|\bheeft u\b/i

it('zegt overal "u hebt", nergens "u heeft"', () => {
  const lees = (map: string) =>
    readdirSync(map, { recursive: true, encoding: 'utf8' })
      .filter(naam => /\.(?:tsx?|md|json)$/.test(naam))
      .map(naam => `${map}/${naam}`)
  const fout = [...lees('src'), ...lees('docs'), ...lees('regio'), 'README.md', 'CHANGELOG.md'].filter(pad =>
    ANDERS.test(readFileSync(pad, 'utf8').replaceAll(/\s+/g, ' ')),
  )
  expect(fout).toEqual([])
})
