import { readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, dirname, join, relative, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { projectRoot } from '../src/platform/config.ts'
import { MAY_USE } from './support/may-use.ts'

const ROOT = projectRoot()
const SRC = join(ROOT, 'src')
const FORBIDDEN_FOLDERS = ['utils', 'helpers', 'common', 'shared', 'types']
const MAX_LINES = 400
/** One story on a dossier that grows; whoever makes it shorter takes it from this list. */
const LONG_TESTS = ['test/e2e/wegwijzer.test.ts']
/** Their tests are the steps of one story; whoever makes them stand by themselves takes them from this list. */
const STORIES = [
  'src/app/cijfers.inname.test.ts',
  'src/app/cijfers.test.ts',
  'src/app/cli/beheer.test.ts',
  'src/app/cli/bericht-verwerk.test.ts',
  'src/app/cli/regio-laad.test.ts',
  'src/app/gebruikers/http.test.ts',
  'src/app/gebruikers/voorstel.test.ts',
  'src/app/inrichten/map.test.ts',
  'src/app/inzage/http.test.ts',
  'src/app/reservekopie/terugzetten.test.ts',
  'src/app/sleutel/openen.test.ts',
  'src/app/sleutel/wissel.test.ts',
  'src/app/verzegelen.test.ts',
  'src/domains/dossiers/aanbod/http.test.ts',
  'src/domains/werkvormen/cirkel/http.test.ts',
  'src/domains/dossiers/register/http.test.ts',
  'src/domains/werkvormen/draaiknoppen/http.test.ts',
  'src/domains/werkvormen/risico/http.test.ts',
  'src/domains/scenarios/scenario/http.test.ts',
  'src/domains/werkvormen/verschuiving/http.test.ts',
  'src/domains/werkvormen/verschuiving/kaart.browser.test.ts',
  'src/domains/werkvormen/voorwaarden/http.test.ts',
  'src/domains/berichten/aanleveren/http.test.ts',
  'src/domains/berichten/herkansing/herkansing.test.ts',
  'src/domains/berichten/inname/inname.test.ts',
  'src/domains/berichten/inname/weigeren.test.ts',
  'src/domains/berichten/inname/wijzigen.test.ts',
  'src/domains/berichten/verkeer/http.test.ts',
  'src/domains/berichten/wegschrijven/wegschrijven.test.ts',
  'src/domains/contracten/registers/http.test.ts',
  'src/domains/declaraties/betalen/http.test.ts',
  'src/domains/declaraties/inzien/http.test.ts',
  'src/domains/declaraties/samenloop/http.test.ts',
  'src/domains/declaraties/samenloop/oordeel.test.ts',
  'src/domains/kaders/interventies/http.test.ts',
  'src/domains/kaders/opgaven/http.test.ts',
  'src/domains/kaders/reikwijdte/http.test.ts',
  'src/domains/kaders/seed.test.ts',
  'src/domains/sturing/beeld/http.test.ts',
  'src/domains/uitwisseling/doelbinding/actions.test.ts',
  'src/domains/uitwisseling/register/http.test.ts',
  'src/platform/db/rollen.test.ts',
  'src/platform/zegel-oud.test.ts',
  'src/platform/zegel.test.ts',
  'test/beheer.test.ts',
  'test/e2e/crash.test.ts',
  'test/e2e/deploy.test.ts',
  'test/e2e/herstart.test.ts',
  'test/e2e/regio.test.ts',
  'test/e2e/reis.test.ts',
  'test/e2e/start.test.ts',
  'test/e2e/weging.test.ts',
  'test/e2e/wegwijzer.beeld.test.ts',
  'test/e2e/wegwijzer.samen.test.ts',
  'test/e2e/wegwijzer.test.ts',
]
const MAX_FILES = 10
/** Names that fit any feature, so that one has to open the file to know what it holds. */
const SAYS_NOTHING =
  /^(bewerken|blad|common|constants|delen|deur|dingen|diversen|functies|hand|helpers?|lib|misc|onderdelen|overig|post|slot|stuff|types?|utils?|vorm|weergave|wegen|woorden)\.tsx?$/
function walk(folder: string): string[] {
  return readdirSync(folder).flatMap(name => {
    const path = join(folder, name)
    return statSync(path).isDirectory() ? walk(path) : [path]
  })
}

const files = walk(SRC).filter(path => /\.tsx?$/.test(path))
const sources = files.filter(path => !/\.test\.tsx?$/.test(path))
const rel = (path: string) => relative(SRC, path).replaceAll('\\', '/')

interface Import {
  van: string
  naar: string
  tekst: string
}

const imports: Import[] = sources.flatMap(path =>
  [...readFileSync(path, 'utf8').matchAll(/(?:from|import\() ?'(\.[^']+)'/g)].map(([tekst, doel = '']) => ({
    van: rel(path),
    naar: rel(resolve(dirname(path), doel)),
    tekst,
  })),
)

const layerOf = (path: string) => path.split('/')[0] ?? ''
const domainOf = (path: string) => (path.startsWith('domains/') ? path.split('/')[1] : undefined)

describe('the direction of dependencies', () => {
  test('platform uses only platform; domains never use the app or the demonstration region', () => {
    const allowed: Record<string, string[]> = {
      platform: ['platform'],
      domains: ['domains', 'platform'],
      demoregio: ['demoregio', 'domains', 'platform'],
      app: ['app', 'demoregio', 'domains', 'platform'],
    }
    const wrong = imports.filter(
      i => !i.naar.startsWith('..') && !allowed[layerOf(i.van)]?.includes(layerOf(i.naar)),
    )
    expect(wrong.map(i => `${i.van} → ${i.naar}`)).toEqual([])
  })

  test('a domain reaches another only where the table says so', () => {
    const wrong = imports.filter(i => {
      const van = domainOf(i.van)
      const naar = domainOf(i.naar)
      return van !== undefined && naar !== undefined && van !== naar && !MAY_USE[van]?.includes(naar)
    })
    expect(wrong.map(i => `${i.van} → ${i.naar}`)).toEqual([])
  })

  test('and only through its index.ts, or rules.ts for what is pure', () => {
    const wrong = imports.filter(i => {
      const naar = domainOf(i.naar)
      const zelf = domainOf(i.van) === naar
      const plugin = layerOf(i.van) === 'app' && /(plugin|seed)\.ts$/.test(i.naar)
      return naar !== undefined && !zelf && !plugin && !/^domains\/[a-z]+\/(index|rules)\.ts$/.test(i.naar)
    })
    expect(wrong.map(i => `${i.van} → ${i.naar}`)).toEqual([])
  })

  test('the table has no cycle', () => {
    const visit = (naam: string, trail: readonly string[]): void => {
      expect(trail, `cycle: ${[...trail, naam].join(' → ')}`).not.toContain(naam)
      for (const next of MAY_USE[naam] ?? []) visit(next, [...trail, naam])
    }
    for (const naam of Object.keys(MAY_USE)) visit(naam, [])
  })

  test('every domain stands in the table and has a README, and an index where another uses it', () => {
    const found = readdirSync(join(SRC, 'domains')).sort()
    expect(found).toEqual(Object.keys(MAY_USE).sort())
    for (const naam of found) {
      const here = readdirSync(join(SRC, 'domains', naam))
      expect(here, naam).toContain('README.md')
      const used = Object.values(MAY_USE).some(others => others.includes(naam))
      expect(here, naam).toContain(used ? 'index.ts' : 'plugin.ts')
    }
  })
})

test('the demonstration region goes from chance to care to messages to what comes out, and never back', () => {
  const orde = ['basis', 'zorg', 'verkeer', 'uitkomst']
  const wrong = imports.filter(i => {
    const [van, naar] = [i.van, i.naar].map(path =>
      path.startsWith('demoregio/') ? orde.indexOf(path.split('/')[1] ?? '') : -1,
    )
    return van !== undefined && naar !== undefined && van >= 0 && naar > van
  })
  expect(wrong.map(i => `${i.van} → ${i.naar}`)).toEqual([])
  const loose = readdirSync(join(SRC, 'demoregio')).filter(naam => !orde.includes(naam))
  expect(loose.sort()).toEqual(['README.md', 'index.ts', 'regio.test.ts'])
})

test('the features of a domain use each other in one direction', () => {
  for (const domein of Object.keys(MAY_USE)) {
    const uses = new Map<string, Set<string>>()
    for (const i of imports) {
      const [van, naar] = [i.van, i.naar].map(path => path.split('/'))
      if (van?.[0] !== 'domains' || van[1] !== domein || naar?.[1] !== domein) continue
      // What lies loose in the domain is a room of its own: a circle does not hide behind it.
      const [feature = '', ander = ''] = [van[2], naar[2]]
      if (feature !== ander) uses.set(feature, (uses.get(feature) ?? new Set()).add(ander))
    }
    const reaches = (feature: string, gezien = new Set<string>()): Set<string> => {
      for (const ander of uses.get(feature) ?? []) if (!gezien.has(ander)) reaches(ander, gezien.add(ander))
      return gezien
    }
    const rond = [...uses.keys()].filter(feature => reaches(feature).has(feature)).sort()
    expect([domein, rond]).toEqual([domein, []])
  }
})

/** Of a function that others call, the verb is English, as all code is; nouns of law and standard stay Dutch. */
const DUTCH_VERBS =
  /^(beoordeel|bevat|boek|bouw|controleer|decodeer|draai|geef|haal|heeft|herbereken|herstel|inricht|kies|koppel|krijgt|laad|lees|leg|lever|ligt|maak|markeer|meet|neem|noemt|omschrijf|ontleed|ontvang|probeer|richt|rond|schrijf|stuur|tel|toets|toon|trek|vat|verandert|verdeel|vergelijk|verwerk|verwijder|voeg|wijzig|wissel|wordt|zet|zoek)(?=[A-Z]|$)/

test('exported functions have English verbs', () => {
  const wrong = sources.flatMap(path =>
    [
      ...readFileSync(path, 'utf8').matchAll(
        /export (?:async )?function\*? (\w+)|export const (\w+) = (?:async )?\(/g,
      ),
    ]
      .map(([, functie, pijl]) => functie ?? pijl ?? '')
      .filter(naam => DUTCH_VERBS.test(naam))
      .map(naam => `${rel(path)}: ${naam}`),
  )
  expect(wrong).toEqual([])
})

describe('what a file may do', () => {
  const inFile = (naam: RegExp) =>
    imports.filter(i => naam.test(basename(i.van)) && i.van.startsWith('domains/'))

  test('rules.ts imports no I/O: only rules, the standard, dates, money and what an error code says', () => {
    const wrong = sources
      .filter(path => /(^|\/)rules\.ts$/.test(rel(path)))
      .flatMap(path =>
        [...readFileSync(path, 'utf8').matchAll(/from '([^']+)'/g)]
          .map(([, doel = '']) => doel)
          .filter(
            doel =>
              !/(dates|money|platform\/tekst)\.ts$|platform\/db\/codes\.ts$|istandaard\/index\.ts$|^\.\/[a-z-]+\.ts$|rules\.ts$|^node:assert/.test(
                doel,
              ) || /store|actions|routes|pages/.test(doel),
          )
          .map(doel => `${rel(path)} → ${doel}`),
      )
    expect(wrong).toEqual([])
  })

  test('rules.ts reads no clock', () => {
    const wrong = sources.filter(
      path => rel(path).endsWith('rules.ts') && /new Date\(\)|Date\.now\(/.test(readFileSync(path, 'utf8')),
    )
    expect(wrong.map(rel)).toEqual([])
  })

  test('store.ts knows no HTTP and actions.ts no HTML', () => {
    expect(inFile(/^store\.ts$/).filter(i => /platform\/(http|ui)\//.test(i.naar))).toEqual([])
    expect(inFile(/^actions\.ts$/).filter(i => /platform\/ui\//.test(i.naar))).toEqual([])
  })

  test('pages and routes hold no SQL', () => {
    const wrong = sources.filter(
      path =>
        /\/(pages|routes)\.tsx?$/.test(path) &&
        /\bsql`|\.selectFrom\(|\.insertInto\(|\.query\(/.test(readFileSync(path, 'utf8')),
    )
    expect(wrong.map(rel).filter(path => path.startsWith('domains/'))).toEqual([])
  })

  test('a loop over months or days runs over an iterator of dates.ts, which ends', () => {
    const wrong = sources.filter(
      path =>
        rel(path) !== 'platform/dates.ts' &&
        /\b(for \(let|while \()[^\n]*(addDays|addMonths|lastOfMonth)\(/.test(readFileSync(path, 'utf8')),
    )
    expect(wrong.map(rel)).toEqual([])
  })

  test('pages use our components, never the design system itself', () => {
    const wrong = sources.filter(
      path =>
        !rel(path).startsWith('platform/ui/') && /@amsterdam\/design-system/.test(readFileSync(path, 'utf8')),
    )
    expect(wrong.map(rel)).toEqual([])
  })

  test('XML is read and written in one place', () => {
    const wrong = sources.filter(
      path =>
        /^(domains|app)\//.test(rel(path)) &&
        !rel(path).startsWith('domains/istandaard/') &&
        /<\?xml|xmlns:/.test(readFileSync(path, 'utf8')),
    )
    expect(wrong.map(rel)).toEqual([])
  })
})

/** The files of tests, and what they stand on, whose text is so. */
const testsWith = (isSo: (tekst: string) => boolean) =>
  [...files.filter(path => !sources.includes(path)), ...walk(join(ROOT, 'test'))]
    .filter(path => path.endsWith('.ts') && isSo(readFileSync(path, 'utf8')))
    .map(path => relative(ROOT, path).replaceAll('\\', '/'))
    .sort()

describe('size and place', () => {
  test(`no source file has more than ${MAX_LINES} lines`, () => {
    const long = sources.filter(path => readFileSync(path, 'utf8').split('\n').length > MAX_LINES + 1)
    expect(long.map(rel)).toEqual([])
  })

  test(`nor has a test, but for one`, () => {
    expect(testsWith(tekst => tekst.split('\n').length > MAX_LINES + 1)).toEqual([...LONG_TESTS].sort())
  })

  test('tests stand by themselves, in any order, but for these', () => {
    expect(testsWith(tekst => /^tellInOrder\(\)$/m.test(tekst))).toEqual([...STORIES].sort())
  })

  test('none is a name without a body: it would be green whatever became of what it names', () => {
    const leeg = /\b(?:test|it)\b[^\n]*=> \{\s*\}\)/
    expect('test(`x`, async () => {})').toMatch(leeg)
    expect(testsWith(tekst => leeg.test(tekst))).toEqual(['test/architecture.test.ts'])
  })

  test('nothing lies deeper than a feature folder, and no folder is a drawer', () => {
    expect(sources.filter(path => rel(path).split('/').length > 4).map(rel)).toEqual([])
    const drawers = sources.filter(path =>
      rel(path)
        .split('/')
        .some(part => FORBIDDEN_FOLDERS.includes(part)),
    )
    expect(drawers.map(rel)).toEqual([])
  })

  test('a file is called after its kind or after what it holds', () => {
    const nothing = [...sources, ...walk(join(ROOT, 'test'))]
      .filter(path => SAYS_NOTHING.test(basename(path)))
      .map(path => relative(ROOT, path).replaceAll('\\', '/'))
    expect(nothing).toEqual([])
  })

  test(`a feature folder has at most ${MAX_FILES} files`, () => {
    const perFolder = new Map<string, number>()
    for (const path of sources)
      if (domainOf(rel(path))) perFolder.set(dirname(rel(path)), (perFolder.get(dirname(rel(path))) ?? 0) + 1)
    // The model of the standard is one feature: its parts are the steps of reading and writing.
    const many = [...perFolder].filter(
      ([folder, n]) => n > MAX_FILES && folder !== 'domains/istandaard/model',
    )
    expect(many).toEqual([])
  })
})

test('what stands in an address is read in one way: a query is no list of texts by saying so', () => {
  const raw = sources
    .filter(path => basename(path) !== 'routes.ts')
    .filter(path =>
      /Querystring: |request\.query as Record|\} = request\.query\n/.test(readFileSync(path, 'utf8')),
    )
  expect(raw.map(rel)).toEqual([])
})

test('what is read together is read by a function of its module, which knows nothing of who asks but the question', () => {
  const calls = sources.flatMap(path => {
    const bron = readFileSync(path, 'utf8')
    return [...bron.matchAll(/\b(?:ctx|database)\.readTogether\(([^,]*),/g)].map(([, fn = '']) => ({
      path: rel(path),
      bron,
      fn,
    }))
  })
  const own = calls.filter(({ path }) => path.startsWith('domains/'))
  expect(own.length).toBeGreaterThan(0)
  expect(
    own.filter(({ bron, fn }) => !new RegExp(`^(?:export )?async function ${fn}\\(`, 'm').test(bron)),
  ).toEqual([])
})
