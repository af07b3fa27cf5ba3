import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it, test } from 'vitest'
import { INSTELLINGEN, projectRoot } from './config.ts'
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

test('elke instelling staat in de lijst, en met uitleg in docs/beheer.md', () => {
  const bron = readFileSync(join(projectRoot(), 'src/platform/config.ts'), 'utf8')
  const gelezen = new Set(
    [...bron.matchAll(/\benv\.([A-Z][A-Z_0-9]+)|(?:getal|readUrl|readSleutel)\('([A-Z_]+)'/g)].map(
      ([, a, b]) => a ?? b,
    ),
  )
  expect([...gelezen].filter(naam => naam !== undefined && !INSTELLINGEN.has(naam))).toEqual([])
  const docs = readFileSync(join(projectRoot(), 'docs/beheer.md'), 'utf8')
  const tabel = docs.slice(0, docs.indexOf('## Productie'))
  expect([...INSTELLINGEN].filter(naam => !tabel.includes(`\`${naam}\``))).toEqual([])
})
