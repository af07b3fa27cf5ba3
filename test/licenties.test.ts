import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, test } from 'vitest'
import { projectRoot } from '../src/platform/config.ts'

interface Pakket {
  version: string
  license?: string
  dev?: boolean
}

/** Licences under which a part may go along with software under the EUPL-1.2, without asking anything of who runs it. */
const MAG_MEE = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'EUPL-1.2',
  'ISC',
  'MIT',
  'OFL-1.1',
  'Python-2.0',
])

/** Read by a person: what the package calls its licence elsewhere, and why it may go along. */
const GELEZEN: Readonly<Record<string, string>> = {
  'node_modules/@amsterdam/design-system-assets':
    'proprietary font and logo: asked for by the style sheets, never imported, and left out of the container image',
  'node_modules/@amsterdam/design-system-tokens':
    'its LICENSE.md speaks of proprietary assets, although it holds sizes and colours only; ours replace the colours. To be asked',
  'node_modules/@amsterdam/design-system-react-icons':
    'its LICENSE.md speaks of proprietary assets; a dependency of the components, which are under the EUPL-1.2. To be asked',
}

/** To build and test with; never goes along. */
const MAG_BIJ_BOUWEN = new Set([...MAG_MEE, 'MIT OR Apache-2.0', 'MPL-2.0', 'CC-BY-4.0', '(MIT OR CC0-1.0)'])

const lijst = JSON.parse(readFileSync(join(projectRoot(), 'package-lock.json'), 'utf8')) as {
  packages: Record<string, Pakket>
}
const pakketten = Object.entries(lijst.packages).filter(([pad]) => pad !== '')

describe('de licenties', () => {
  test('van wat meegaat zijn te verenigen met de EUPL-1.2', () => {
    const vreemd = pakketten.filter(
      ([pad, { license = 'geen', dev }]) => dev !== true && !MAG_MEE.has(license) && !(pad in GELEZEN),
    )
    expect(vreemd.map(([pad, { license }]) => `${pad}: ${license}`)).toEqual([])
  })

  test('van gereedschap staan er ook bij', () => {
    const vreemd = pakketten.filter(
      ([, { license = 'geen', dev }]) => dev === true && !MAG_BIJ_BOUWEN.has(license),
    )
    expect(vreemd.map(([pad, { license }]) => `${pad}: ${license}`)).toEqual([])
  })

  test('en niets is gelezen dat er niet meer is', () => {
    expect(Object.keys(GELEZEN).filter(pad => lijst.packages[pad] === undefined)).toEqual([])
  })
})

describe('de lijst van onderdelen', () => {
  interface Boom {
    dependencies?: Record<string, Boom & { version?: string }>
  }
  const listBoom = ({ dependencies = {} }: Boom): string[] =>
    Object.entries(dependencies).flatMap(([naam, deel]) => [
      ...(deel.version === undefined ? [] : [`${naam}@${deel.version}`]),
      ...listBoom(deel),
    ])

  async function npm<T>(...opdracht: string[]): Promise<T> {
    const { stdout } = await promisify(execFile)('npm', opdracht, {
      cwd: projectRoot(),
      maxBuffer: 64 * 1024 ** 2,
    })
    return JSON.parse(stdout) as T
  }

  // Two commands of npm that take other ways: `npm sbom --omit dev` leaves out what a tool needs as well.
  test('noemt alles wat meegaat, ook wat gereedschap ook gebruikt, en niets anders', async () => {
    const { metadata, components } = await npm<{
      metadata: { component: { name: string } }
      components: { group?: string; name: string; version: string }[]
    }>('run', '--silent', 'sbom')
    const boom = await npm<Boom>('ls', '--all', '--omit=dev', '--json', '--package-lock-only')
    const genoemd = components.map(({ group, name, version }) => [group, `${name}@${version}`].join('/'))
    expect(metadata.component.name).toBe('samenhang')
    expect(new Set(genoemd.map(naam => naam.replace(/^\//, '')))).toEqual(new Set(listBoom(boom)))
    expect(genoemd.some(naam => naam.includes('vitest'))).toBe(false)
  })
})
