import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { projectRoot } from '../../src/platform/config.ts'
import { freePort } from '../support/webproces.ts'

/**
 * Installed and built by one, used by another who may not write there: an ordinary user, and root on a disk that is
 * read-only. Only root can try either; a machine that lets nobody mount skips the second.
 */
const ROOT = projectRoot()
const isRoot = process.getuid?.() === 0
const DICHT = [
  '-m',
  'sh',
  '-c',
  `mount --bind "$0" "$0" && mount -o remount,ro,bind "$0" && cd "$0" && exec "$@"`,
  ROOT,
]
const magKoppelen = isRoot && spawnSync('unshare', [...DICHT, 'true']).status === 0
const NOBODY = 65534

const living = new Set<ChildProcess>()
const folders: string[] = []
afterAll(() => {
  for (const child of living) child.kill('SIGKILL')
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

const wegen = [
  { wie: 'an ordinary user', kan: isRoot, voor: [], als: { uid: NOBODY, gid: NOBODY } },
  { wie: 'root, on a disk that is read-only', kan: magKoppelen, voor: ['unshare', ...DICHT], als: {} },
]

for (const { wie, kan, voor, als } of wegen)
  describe.skipIf(!kan)(wie, () => {
    // A home each: what root keeps there is not for another.
    const folder = mkdtempSync(join(tmpdir(), 'samenhang-alleenlezen-'))
    chmodSync(folder, 0o777)
    folders.push(folder)

    function run(script: string, argumenten: readonly string[], env: Record<string, string>) {
      const [opdracht = '', ...rest] = [
        ...voor,
        process.execPath,
        join(ROOT, 'scripts', script),
        ...argumenten,
      ]
      const child = spawn(opdracht, rest, {
        ...als,
        cwd: ROOT,
        env: { PATH: process.env.PATH, HOME: folder, ...env },
      })
      living.add(child)
      let gezegd = ''
      for (const stroom of [child.stdout, child.stderr])
        stroom?.on('data', deel => {
          gezegd += deel
        })
      return { child, tekst: () => gezegd, einde: once(child, 'exit') }
    }

    test('may start it with a data folder of their own', async () => {
      const { child, tekst, einde } = run('start.mjs', [], {
        PORT: String(await freePort()),
        SAMENHANG_DATA: join(folder, 'gegevens'),
        OIDC_ISSUER: 'https://inloggen.voorbeeld.example',
        OIDC_CLIENT_ID: 'samenhang',
        OIDC_CLIENT_SECRET: 'geheim',
      })
      await Promise.race([expect.poll(tekst).toContain('Samenhang draait op'), einde])
      expect(tekst()).toContain('Samenhang draait op')
      child.kill('SIGTERM')
      expect(await einde).toEqual([0, null])
    })

    test('is told plainly that the folder in the project is not for them', async () => {
      const { tekst, einde } = run('start.mjs', [], { PORT: String(await freePort()) })
      expect(await einde).toEqual([1, null])
      expect(tekst()).toBe(
        `Deze gebruiker mag niet lezen of schrijven: ${join(ROOT, 'data')}. Geef hem rechten of noem een ander bestand; ` +
          'een andere gegevensmap kan bijvoorbeeld met SAMENHANG_DATA=/var/lib/samenhang\n',
      )
    })

    test('may run the tests, also on a machine that is set to production', async () => {
      const { tekst, einde } = run(
        'test.mjs',
        ['src/platform/dates.test.ts', 'src/platform/ui/ui.test.tsx'],
        {
          NODE_ENV: 'production',
        },
      )
      await einde
      expect(tekst()).toMatch(/\n\d+ passed, 0 failed\n$/)
    })
  })
