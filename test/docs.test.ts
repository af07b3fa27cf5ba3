import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { INSTELLINGEN, projectRoot } from '../src/platform/config.ts'
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
  const faces = readdirSync(join(ROOT, 'src/domains'))
    .flatMap(domein => [`src/domains/${domein}/index.ts`, `src/domains/${domein}/rules.ts`])
    .filter(path => existsSync(join(ROOT, path)))
  const unknown = faces.flatMap(path => {
    const exported = read(path).toLowerCase().match(dutch) ?? []
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

describe('docs/beheer.md says what works', () => {
  const tekst = read('docs/beheer.md')
  /** Every block that one would copy, with the mark before it. */
  const blokken = [...tekst.matchAll(/(?:<!-- proef: (\w+) -->\n)?```(?:sh|sql)\n([^`]+)```/g)].map(
    ([, proef, inhoud = '']) => ({ proef, eerste: inhoud.split('\n')[0] ?? '' }),
  )
  /** Blocks that no test carries out as they stand, by their first line. */
  const ANDERS: Readonly<Record<string, string>> = {
    'npm ci --include=dev && npm run build   # eenmaal, waar gebouwd mag worden':
      'installs from the network; test/e2e/deploy.test.ts does the same in the steps of the Containerfile',
    '$ bin/samenhang beleid laad regio/achterhoek': 'shows what it says; src/app/cli/beleid.test.ts runs it',
    'bin/samenhang regio inrichten MAP --proef   # zegt per bestand hoeveel er zou veranderen, en elke fout':
      'MAP is a folder of the region; src/app/cli/regio.test.ts runs both',
    'bin/samenhang audit aanvaard reservekopie-2026-03-16':
      'needs a machine that knows of a later seal; src/app/verzegelen.test.ts and src/app/cli run it',
    '$ bin/samenhang db teksten':
      'shows what it says of a text that is no longer allowed; src/app/cli runs it',
  }

  test('every block is carried out by a test, or says why not', () => {
    expect(blokken.length).toBeGreaterThan(8)
    const zonder = blokken.filter(({ proef }) => proef === undefined).map(({ eerste }) => eerste)
    expect(zonder.sort()).toEqual(Object.keys(ANDERS).sort())
  })

  test.each(blokken.flatMap(({ proef }) => (proef === undefined ? [] : [proef])))(
    'the block %s is asked for by name in a test',
    proef => {
      const proeven = [
        'test',
        'test/support',
        'test/e2e',
        'src/app',
        'src/app/cli',
        'src/app/sleutel',
      ].flatMap(map =>
        readdirSync(join(ROOT, map))
          .filter(naam => naam.endsWith('.ts'))
          .map(naam => read(join(map, naam))),
      )
      const gevraagd = new RegExp(`(?:blokVan|opdrachtenVan|walk)\\((?:\\w+, )?'${proef}'`)
      expect(proeven.some(bron => gevraagd.test(bron))).toBe(true)
    },
  )
})

describe('the settings', () => {
  const gelezen = new Set(INSTELLINGEN.keys())
  const NAAM = /\b(?:(?:SAMENHANG|OIDC|OTEL_EXPORTER)_[A-Z_]*[A-Z]|DATABASE_URL(?:_APP)?|PORT)\b(?!_)/g
  const namen = (pad: string) => [...new Set([...read(pad).matchAll(NAAM)].map(([naam]) => naam))]
  /** Of compose.yaml and its proxy; of the tests; and the name of the file in which all others may stand. */
  const ANDERE = new Set(['SAMENHANG_DOMEIN', 'SAMENHANG_CHROMIUM', 'SAMENHANG_INSTELLINGEN'])
  const UITROL = [
    ...readdirSync(join(ROOT, 'deploy')).map(naam => join('deploy', naam)),
    'docs/beheer.md',
    'README.md',
  ]

  test.each(UITROL)('that %s names, the program knows', pad => {
    expect(namen(pad).filter(naam => !gelezen.has(naam) && !ANDERE.has(naam))).toEqual([])
  })

  test('that the program reads, it knows by name: what is misspelt is refused', () => {
    const uitBron = [...read('src/platform/config.ts').matchAll(/\benv\.([A-Z_]+)|getal\('(\w+)'/g)].map(
      ([, direct, getal]) => direct ?? getal ?? '',
    )
    expect(uitBron.length).toBeGreaterThan(15)
    expect(uitBron.filter(naam => !gelezen.has(naam) && naam !== 'NODE_ENV')).toEqual([])
  })

  test('that the program knows, docs/beheer.md explains', () => {
    expect(gelezen.size).toBeGreaterThan(20)
    const uitgelegd = new Set(
      [...read('docs/beheer.md').matchAll(/^\| (`.+?) \|/gm)].flatMap(([, cel = '']) =>
        [...cel.matchAll(/`([A-Z_]+)`/g)].map(([, naam = '']) => naam),
      ),
    )
    expect([...gelezen].filter(naam => !uitgelegd.has(naam)).sort()).toEqual([])
  })

  test('that compose.yaml needs from who starts it, it says at its head, and the proxy gets the one that it asks', () => {
    const compose = read('deploy/compose.yaml')
    const nodig = [...compose.matchAll(/\$\{(\w+)(?::\?)?\}/g)].map(([, naam = '']) => naam)
    const hoofd = compose.slice(0, compose.indexOf('services:'))
    expect([...new Set(nodig)].filter(naam => !hoofd.includes(`${naam}=`))).toEqual([])
    const gevraagd = [...read('deploy/Caddyfile').matchAll(/\{\$(\w+)\}/g)].map(([, naam = '']) => naam)
    expect(gevraagd).toEqual(['SAMENHANG_DOMEIN'])
    for (const naam of gevraagd) expect(compose).toContain(`${naam}: \${${naam}:?}`)
    // What the roles are made with, the database container hands on.
    const rollen = [...read('deploy/rollen.sql').matchAll(/\b(WACHTWOORD_\w+)/g)].map(([, naam = '']) => naam)
    expect(new Set(rollen)).toEqual(new Set(['WACHTWOORD_EIGENAAR', 'WACHTWOORD_WEB']))
    for (const naam of rollen) expect(compose).toContain(`${naam}: \${${naam}:?}`)
  })
})
