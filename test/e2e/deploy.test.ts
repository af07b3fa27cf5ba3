import { execFile, spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { projectRoot } from '../../src/platform/config.ts'
import { blokVan } from '../support/beheer.ts'
import { testDatabase } from '../support/database.ts'
import { killHard } from '../support/proces.ts'
import { TESTSLEUTEL } from '../support/sleutel.ts'
import { tellInOrder } from '../support/verhaal.ts'
import { startWebproces, type Webproces } from '../support/webproces.ts'

tellInOrder()

/**
 * What deploy/Containerfile says, done: in a container where there is a tool for it, else its last stage step by step in an
 * empty folder. So the program is proven to run on what is installed without the tools to build it.
 */
const run = promisify(execFile)
const ROOT = projectRoot()
const regels = readFileSync(join(ROOT, 'deploy/Containerfile'), 'utf8')
  .split('\n')
  .filter(regel => regel !== '' && !regel.startsWith('#'))
const laatste = regels.slice(regels.findLastIndex(regel => regel.startsWith('FROM ')))
const DATA = /SAMENHANG_DATA=(\S+)/.exec(laatste.join('\n'))?.[1] ?? ''
const ECHT = {
  OIDC_ISSUER: 'https://inloggen.voorbeeld.example',
  OIDC_CLIENT_ID: 'samenhang',
  OIDC_CLIENT_SECRET: 'geheim',
}

const db = await testDatabase()
const map = mkdtempSync(join(tmpdir(), 'samenhang-deploy-'))
let proces: Webproces | undefined

afterAll(async () => {
  if (proces) await killHard(proces.child)
  rmSync(map, { recursive: true, force: true })
})

/** The steps of the last stage that put something in the image. */
async function follow(regel: string): Promise<void> {
  const [woord = '', ...rest] = regel.split(' ')
  // The folder that outlives the container is made by whoever starts it here.
  if (woord === 'RUN' && !regel.includes(DATA))
    await run('sh', ['-c', rest.join(' ')], { cwd: map, env: { ...process.env, NODE_ENV: '' } })
  if (woord !== 'COPY') return
  const delen = rest.filter(deel => !deel.startsWith('--from='))
  const doel = delen.pop() ?? '.'
  for (const bron of delen) {
    const van = bron.startsWith('/samenhang/') ? bron.slice('/samenhang/'.length) : bron
    cpSync(join(ROOT, van), join(map, doel === './' ? van : doel), { recursive: true })
  }
}

beforeAll(async () => {
  for (const regel of laatste) await follow(regel)
}, 600_000)

describe('wat meegaat in het beeld', () => {
  test('is geen gereedschap en niet wat wij niet mogen doorgeven', () => {
    for (const weg of ['vite', 'vitest', '@biomejs/biome', '@amsterdam/design-system-assets'])
      expect(existsSync(join(map, 'node_modules', weg)), weg).toBe(false)
    expect(existsSync(join(map, 'node_modules', 'fastify'))).toBe(true)
    expect(existsSync(join(map, 'src'))).toBe(false)
  })

  test('start, migreert een lege database, en laat haar bladzijden en stijl zien', async () => {
    const { host } = new URL(db.url)
    const naam = `deploy_${Date.now()}`
    const beheer = new pg.Client({ connectionString: db.url.replace(/[^/]+$/, 'postgres') })
    await beheer.connect()
    await beheer.query(`create database ${naam}`)
    try {
      proces = await startWebproces({
        wortel: map,
        databaseUrl: db.url.replace(/[^/]+$/, naam),
        sleutel: TESTSLEUTEL,
        data: join(map, 'gegevens'),
        env: ECHT,
      })
      const pagina = await fetch(`${proces.url}/inloggen`, { headers: { accept: 'text/html' } })
      expect(pagina.status).toBe(200)
      const html = await pagina.text()
      const stijl = /href="(\/assets\/samenhang[^"]+)"/.exec(html)?.[1] ?? ''
      expect((await fetch(`${proces.url}${stijl}`)).status, `${host} ${stijl}`).toBe(200)
      const { stdout } = await run(
        join(map, 'node_modules/.bin/node'),
        [join(map, 'dist/server/cli.js'), 'bericht', '--help'],
        { cwd: tmpdir() },
      )
      expect(stdout).toContain('samenhang bericht controleer')
    } finally {
      if (proces) await killHard(proces.child)
      proces = undefined
      await beheer.query(`drop database ${naam} with (force)`)
      await beheer.end()
    }
  }, 600_000)
})

const tool = ['podman', 'docker'].find(naam => spawnSync(naam, ['info']).status === 0)

describe.skipIf(tool === undefined)('het beeld zelf', () => {
  test('wordt gebouwd, en draait zonder schrijfrechten', async () => {
    await run(tool ?? '', ['build', '-f', 'deploy/Containerfile', '-t', 'samenhang-proef', '.'], {
      cwd: ROOT,
    })
    const { stdout } = await run(tool ?? '', [
      'run',
      '--rm',
      '--read-only',
      '--tmpfs',
      '/tmp',
      'samenhang-proef',
      'node',
      'dist/server/cli.js',
      'bericht',
      '--help',
    ])
    expect(stdout).toContain('samenhang bericht controleer')
  }, 900_000)
})

describe('de dienst, de proxy en compose', () => {
  const lees = (naam: string) => readFileSync(join(ROOT, 'deploy', naam), 'utf8')

  test('noemen alleen instellingen en bestanden die er zijn', async () => {
    const { INSTELLINGEN } = await import('../../src/platform/config.ts')
    for (const naam of ['compose.yaml', 'samenhang.service', 'Containerfile', 'samenhang.env.voorbeeld']) {
      const genoemd = [...lees(naam).matchAll(/\b((?:SAMENHANG|OIDC)_[A-Z_]+|DATABASE_URL(?:_APP)?)\b/g)]
      for (const [, instelling = ''] of genoemd)
        if (!['SAMENHANG_DOMEIN'].includes(instelling)) expect(INSTELLINGEN, naam).toContain(instelling)
    }
  })

  test('bewaren de gegevensmap, van de gebruiker van het beeld: daarin staat het laatste zegel', () => {
    const compose = lees('compose.yaml')
    const tijdelijk = /tmpfs: \[(.*)\]/.exec(compose)?.[1]?.split(', ') ?? []
    expect(tijdelijk.filter(pad => DATA.startsWith(pad))).toEqual([])
    const [, volume = ''] = new RegExp(`volumes: \\["(\\w+):${DATA}"\\]`).exec(compose) ?? []
    expect(compose.slice(compose.lastIndexOf('\nvolumes:'))).toContain(`\n  ${volume}:\n`)
    expect(laatste).toContain(`RUN install -d -o 10001 -g 10001 -m 0700 ${DATA}`)
    expect(laatste).toContain('USER 10001:10001')
    expect(lees('samenhang.env.voorbeeld')).toContain(`SAMENHANG_DATA=${DATA}\n`)
    expect(`/var/lib/${/^StateDirectory=(.*)/m.exec(lees('samenhang.service'))?.[1]}`).toBe(DATA)
    expect(/^Environment=.*/m.exec(lees('samenhang.service'))?.[0]).not.toContain('SAMENHANG_DATA')
  })

  test('maken in een nieuwe database de rollen van docs/beheer.md, met de wachtwoorden van compose', () => {
    const zonderUitleg = lees('rollen.sql')
      .split('\n')
      .filter(regel => !/^(--|$)/.test(regel))
    const wachtwoord = new Map(
      zonderUitleg.flatMap(regel => {
        const [, naam, instelling] = /^\\getenv (\w+) (\w+)$/.exec(regel) ?? []
        return naam && instelling ? [[naam, instelling] as const] : []
      }),
    )
    expect([...wachtwoord.keys()]).toEqual(['wachtwoord_eigenaar', 'wachtwoord_web'])
    let n = 0
    const sql = zonderUitleg
      .filter(regel => !regel.startsWith('\\'))
      .map(regel =>
        regel.replace(/:'(\w+)'/, (_, naam) => (wachtwoord.has(naam) ? `'KIES-ZELF-${++n}'` : '?')),
      )
    expect(sql.join('\n')).toBe(blokVan('rollen').trim())
    const compose = lees('compose.yaml')
    expect(compose).toContain('./rollen.sql:/docker-entrypoint-initdb.d/rollen.sql:ro')
    for (const instelling of wachtwoord.values()) {
      expect(compose).toContain(`${instelling}: \${${instelling}:?}`)
      expect(compose).toContain(`:\${${instelling}}@database:5432/samenhang`)
    }
  })

  test('het programma dat de dienst start is dat van het beeld', () => {
    const opdracht = /CMD \["node", (.*)\]/.exec(laatste.at(-1) ?? '')?.[1]?.replaceAll(/[",]/g, '')
    expect(lees('samenhang.service')).toContain(`/opt/samenhang/node_modules/.bin/node ${opdracht}`)
  })
})
