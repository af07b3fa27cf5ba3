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

/** Names of standards that are written so. */
const EIGENNAMEN = ['iWmo', 'iJw']

it('shows nobody a name of the code between words', () => {
  const paginas = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter(
    naam => naam.endsWith('.tsx') && !naam.includes('.test.'),
  )
  const gezien = paginas.flatMap(naam => {
    const bron = readFileSync(`src/${naam}`, 'utf8')
    const teksten = bron.match(/`(?:[^`\\]|\\.)*`|'(?:[^'\\\n])*'|"[^"\n]*"/g) ?? []
    return teksten
      .map(tekst => tekst.replaceAll(/\$\{[^}]*\}/g, ''))
      .filter(tekst => tekst.includes(' ') && !tekst.includes('{') && !tekst.includes('select'))
      .flatMap(tekst => tekst.match(/\b[a-z]+[A-Z][a-z]+\w*/g) ?? [])
      .filter(woord => !EIGENNAMEN.includes(woord))
      .map(woord => `${naam}: ${woord}`)
  })
  expect(gezien).toEqual([])
})
