import { chmodSync, globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it, test } from 'vitest'
import { INSTELLINGEN, projectRoot, readConfig } from './config.ts'
import { loadConfig, readInstellingen } from './instellingen.ts'

const map = mkdtempSync(join(tmpdir(), 'samenhang-instellingen-'))
afterAll(() => rmSync(map, { recursive: true, force: true }))
let nummer = 0

function bestand(inhoud: string, rechten = 0o600): { SAMENHANG_INSTELLINGEN: string } {
  nummer += 1
  const pad = join(map, `${nummer}.toml`)
  writeFileSync(pad, inhoud)
  chmodSync(pad, rechten)
  return { SAMENHANG_INSTELLINGEN: pad }
}

describe('de instellingen', () => {
  it('staan in een bestand, met dezelfde namen als in de omgeving', () => {
    const config = loadConfig(
      bestand('# regio\nPORT = 9000\nSAMENHANG_REGIO = "Achterhoek"\nSAMENHANG_LOG = "warn"\n'),
    )
    expect(config).toMatchObject({ port: 9000, regio: 'Achterhoek', log: 'warn' })
  })

  it('van de omgeving gaan voor, behalve lege', () => {
    const env = {
      ...bestand('PORT = 9000\nSAMENHANG_REGIO = "Achterhoek"\n'),
      PORT: '9001',
      SAMENHANG_REGIO: '',
    }
    expect(loadConfig(env)).toMatchObject({ port: 9001, regio: 'Achterhoek' })
  })

  it('met een naam in de omgeving die niet bestaat worden geweigerd, en geen andere', () => {
    expect(() => loadConfig({ SAMENHANG_SESIE_RUST: '5' })).toThrow(/SAMENHANG_SESIE_RUST is geen instelling/)
    expect(loadConfig({ SAMENHANG_CHROMIUM: 'ingepakt', HOME: '/' }).port).toBe(8080)
  })

  it.each([
    ['een naam die niet bestaat', 'SAMENHANG_RGEIO = "x"\n', /SAMENHANG_RGEIO is geen instelling/],
    ['een waarde die er geen is', 'PORT = [1, 2]\n', /PORT: verwacht een tekst/],
    ['iets dat geen TOML is', 'PORT = 9000\nzomaar iets\n', /regel 2 is geen TOML/],
    ['een verkeerde waarde', 'PORT = 99999\n', /PORT=99999/],
  ])('met %s worden geweigerd', (_, inhoud, reden) =>
    expect(() => loadConfig(bestand(inhoud))).toThrow(reden),
  )

  it('noemen alles wat niet klopt tegelijk, zonder de waarden', () => {
    expect(() => loadConfig(bestand('A = "geheim1"\nB = "geheim2"\n'))).toThrow(/A is geen.*\n.*B is geen/)
    expect(() => loadConfig(bestand('A = "geheim1"\n'))).not.toThrow(/geheim1/)
  })

  it('met geheimen mogen anderen niet lezen', () => {
    const inhoud = `SAMENHANG_SLEUTEL = "${Buffer.alloc(32).toString('base64')}"\n`
    expect(() => loadConfig(bestand(inhoud, 0o644))).toThrow(/anderen op deze computer/)
    expect(loadConfig(bestand(inhoud, 0o640)).sleutel).toBeDefined()
    expect(loadConfig(bestand('PORT = 9000\n', 0o644)).port).toBe(9000)
  })

  it('in een bestand dat genoemd is en er niet is, worden gemist', () =>
    expect(() => readInstellingen({ SAMENHANG_INSTELLINGEN: join(map, 'weg.toml') })).toThrow(/is er niet/))
})

/** What the source says it reads by that name; a test that lists settings does not read them. */
const BRONNEN = globSync('src/**/*.{ts,tsx}', { cwd: projectRoot() })
  .filter(pad => !/\.test\.tsx?$/.test(pad))
  .map(pad => ({ pad, bron: readFileSync(join(projectRoot(), pad), 'utf8') }))

/** The names that `readConfig` asks of the environment, whatever the words it asks them in. */
function askedByConfig(env: NodeJS.ProcessEnv = {}): Set<string> {
  const gevraagd = new Set<string>()
  readConfig(
    new Proxy(env, {
      get: (doel, naam) => {
        gevraagd.add(String(naam))
        return Reflect.get(doel, naam)
      },
    }),
  )
  return gevraagd
}

const OIDC = { OIDC_ISSUER: 'https://inloggen.voorbeeld.nl', OIDC_CLIENT_ID: 'a', OIDC_CLIENT_SECRET: 'b' }

test('elke instelling in de lijst wordt gelezen, en wat gelezen wordt staat in de lijst', () => {
  expect(new Set([...askedByConfig(), ...askedByConfig(OIDC)])).toEqual(INSTELLINGEN)
})

test('wat gelezen is, wordt ook gebruikt: elk veld, ook in een groep, buiten het lezen zelf', () => {
  const velden = ([naam, waarde]: [string, unknown]): string[] =>
    typeof waarde === 'object' && waarde !== null && !Array.isArray(waarde)
      ? [naam, ...Object.keys(waarde).map(deel => `${naam}.${deel}`)]
      : [naam]
  const gebruik = BRONNEN.filter(({ pad }) => pad !== 'src/platform/config.ts')
    .map(({ bron }) => bron)
    .join('\n')
  const isGebruikt = (veld: string) => {
    const [groep, deel] = veld.split('.')
    return new RegExp(
      deel === undefined
        ? `\\b(?:config|instellingen)\\.${groep}\\b|\\{[^{}]*\\b${groep}\\b[^{}]*\\}(?: = |: )(?:\\w+\\.)?[cC]onfig`
        : `\\b${groep}\\??\\.${deel}\\b|\\{[^{}]*\\b${deel}\\b[^{}]*\\}(?: = |: )`,
    ).test(gebruik)
  }
  expect(
    Object.entries(readConfig(OIDC))
      .flatMap(velden)
      .filter(veld => !isGebruikt(veld)),
  ).toEqual([])
})

/** Read from the environment beside the settings, and why. */
const BUITEN_DE_LIJST = new Map([
  ['src/platform/instellingen.ts', 'says where the settings are'],
  ['src/platform/config.ts', 'is held by the test above'],
])

test('buiten de instellingen leest niemand een variabele uit de omgeving', () => {
  const lezers = BRONNEN.filter(({ bron }) => /\bprocess\.env\b|\benv\.[A-Z]|\benv\[/.test(bron)).map(
    ({ pad }) => pad,
  )
  expect(lezers.filter(pad => !BUITEN_DE_LIJST.has(pad))).toEqual([])
})

test('elke instelling staat met uitleg in docs/beheer.md', () => {
  const docs = readFileSync(join(projectRoot(), 'docs/beheer.md'), 'utf8')
  const tabel = docs.slice(0, docs.indexOf('## Productie'))
  expect([...INSTELLINGEN].filter(naam => !tabel.includes(`\`${naam}\``))).toEqual([])
})

test('elke instelling met grenzen zegt ze in docs/beheer.md', () => {
  const config = readFileSync(join(projectRoot(), 'src/platform/config.ts'), 'utf8')
  const docs = readFileSync(join(projectRoot(), 'docs/beheer.md'), 'utf8').split('\n')
  const grenzen = [...config.matchAll(/getal\('(\w+)', [\w.]+, ([\d_]+), ([\d_]+)\)/g)].map(m => ({
    naam: m[1] ?? '',
    grens: `${m[2]} tot en met ${m[3]?.replaceAll('_', '')}`,
  }))
  expect(grenzen.length).toBeGreaterThan(5)
  expect(
    grenzen.filter(
      ({ naam, grens }) => !docs.some(regel => regel.includes(`\`${naam}\``) && regel.includes(grens)),
    ),
  ).toEqual([])
})
