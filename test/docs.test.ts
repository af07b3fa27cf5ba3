import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { projectRoot } from '../src/platform/config.ts'
import { MAY_USE } from './support/may-use.ts'

const ROOT = projectRoot()
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8')

function markdown(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter(path => path.endsWith('.md'))
    .map(path => join(folder, path))
}

const pages = [
  'README.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  'CHANGELOG.md',
  ...markdown('docs'),
  ...markdown('src/domains'),
]

test('docs/architecture.md draws the arrows that the test holds', () => {
  const part = /<!-- may-use[^>]*-->(.*?)<!-- \/may-use -->/s.exec(read('docs/architecture.md'))?.[1] ?? ''
  const drawn = Object.fromEntries(
    [...part.matchAll(/^- (\w+) → (.+)$/gm)].map(([, van = '', naar = '']) => [
      van,
      naar === 'nothing' ? [] : naar.split(', '),
    ]),
  )
  expect(drawn).toEqual(MAY_USE)
})

test('every runtime dependency has its reason in docs/architecture.md', () => {
  const { dependencies } = JSON.parse(read('package.json')) as { dependencies: Record<string, string> }
  const table = read('docs/architecture.md')
  const unexplained = Object.keys(dependencies).filter(naam => {
    const groups = [naam, naam.replace(/\/.*/, '/*'), naam.replace(/-[a-z]+$/, '-*')]
    return !groups.some(group => table.includes(group))
  })
  expect(unexplained).toEqual([])
})

describe('links in the documentation', () => {
  test.each(pages)('%s leads nowhere that does not exist', page => {
    const folder = join(ROOT, page, '..')
    const broken = [...read(page).matchAll(/\]\((?!https?:|mailto:|#)([^)#]+)/g)]
      .map(([, doel = '']) => doel)
      .filter(doel => !existsSync(join(folder, doel)))
    expect(broken).toEqual([])
  })
})

test('every command of package.json that the docs name exists', () => {
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> }
  const named = pages.flatMap(page =>
    [...read(page).matchAll(/npm run ([a-z:]+)/g)].map(([, naam = '']) => naam),
  )
  expect([...new Set(named)].filter(naam => !(naam in scripts))).toEqual([])
})

test('every Dutch term in the face of a domain stands in docs/begrippen.md', () => {
  const terms = new Set(
    [...read('docs/begrippen.md').matchAll(/^\| ([a-z]+) \|/gm)].map(([, term = '']) => term),
  )
  const dutch =
    /(?:aanbieder|afkeur|afspraa?k|antwoord|bericht|betaling|bevinding|boeking|client|contract|declaratie|gemeente|inname|levering|melding|oordeel|prestatie|product|regel|segment|tarief|toewijzing|versie|verwijz(?:er|ing))/g
  const unknown = readdirSync(join(ROOT, 'src/domains')).flatMap(domein => {
    const exported = read(`src/domains/${domein}/index.ts`).toLowerCase().match(dutch) ?? []
    return exported.map(term => (term === 'afsprak' ? 'afspraak' : term)).filter(term => !terms.has(term))
  })
  expect([...new Set(unknown)]).toEqual([])
})

test('every ADR says what would make us reconsider', () => {
  for (const adr of markdown('docs/adr')) expect(read(adr).toLowerCase(), adr).toContain('reconsider')
})

test('every file that lies loose in src/app has its reason in docs/architecture.md, and what is named there exists', () => {
  const loose = readdirSync(join(ROOT, 'src/app')).filter(
    naam => /\.tsx?$/.test(naam) && !/\.test\.tsx?$/.test(naam),
  )
  const table = /What lies loose in `src\/app`(.*?)\n## /s.exec(read('docs/architecture.md'))?.[1] ?? ''
  const named = [...table.matchAll(/`([\w.]+\.tsx?)`/g)].map(([, naam = '']) => naam)
  expect(named.sort()).toEqual(loose.sort())
})
