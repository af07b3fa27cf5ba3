import { spawnSync } from 'node:child_process'
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { projectRoot } from '../src/platform/config.ts'

/** What `npm start` does before it starts: installs what is not there, and leaves alone what somebody installed by hand. */
const map = mkdtempSync(join(tmpdir(), 'samenhang-setup-'))
afterAll(() => rmSync(map, { recursive: true, force: true }))

/** A project of one package, and one that only another system needs; `hier`: the version that is installed, if any. */
function prepare(naam: string, hier: string | undefined, eigen = true): { npm: boolean; stempel: boolean } {
  const root = join(map, naam)
  const json = (pad: string, packages: object) => writeFileSync(join(root, pad), JSON.stringify({ packages }))
  for (const pad of ['scripts', 'node_modules', 'bin']) mkdirSync(join(root, pad), { recursive: true })
  cpSync(join(projectRoot(), 'scripts/setup.mjs'), join(root, 'scripts/setup.mjs'))
  json('package-lock.json', {
    '': { version: '1.0.0' },
    'node_modules/iets': { version: '2.0.0', dev: true },
    'node_modules/ander-systeem': { version: '3.0.0', optional: true, os: ['geen'] },
    'node_modules/eigen-systeem': { version: '4.0.0', optional: true, os: [process.platform] },
  })
  if (hier !== undefined)
    json('node_modules/.package-lock.json', {
      'node_modules/iets': { version: hier, dev: true },
      ...(eigen && { 'node_modules/eigen-systeem': { version: '4.0.0', optional: true } }),
    })
  const npm = join(root, 'bin', 'npm')
  writeFileSync(npm, '#!/bin/sh\ntouch geroepen\n')
  chmodSync(npm, 0o755)
  const { status } = spawnSync(
    process.execPath,
    ['-e', `import('${join(root, 'scripts/setup.mjs')}').then(m => m.prepare())`],
    { env: { PATH: `${join(root, 'bin')}:${process.env.PATH}` } },
  )
  expect(status).toBe(0)
  return {
    npm: existsSync(join(root, 'geroepen')),
    stempel: existsSync(join(root, 'node_modules/.samenhang-lock')),
  }
}

test.each([
  ['nothing is installed', undefined, true],
  ['an older version is installed', '1.9.0', true],
  ['all is installed, by hand', '2.0.0', false],
])('%s', (naam, hier, npm) => {
  expect(prepare(naam.replaceAll(/\W/g, ''), hier)).toEqual({ npm, stempel: true })
})

test('what this system needs was left out', () => {
  expect(prepare('zondereigen', '2.0.0', false)).toEqual({ npm: true, stempel: true })
})
