import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { projectRoot } from '../../src/platform/config.ts'
import { launchBrowser } from './browser.ts'
import { findChromium, startChromium } from './chromium.ts'

const folder = mkdtempSync(join(tmpdir(), 'samenhang-browser-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** The programs of the children of this process. */
function programsBelow(pid: number): string[] {
  const uit: string[] = []
  for (const kind of readdirSync('/proc').filter(naam => /^\d+$/.test(naam)))
    try {
      // After the name, which stands between brackets: state, then parent.
      const ouder = readFileSync(`/proc/${kind}/stat`, 'utf8').split(') ').at(-1)?.split(' ')[1]
      if (ouder === String(pid)) uit.push(readlinkSync(`/proc/${kind}/exe`))
    } catch {
      // It has ended meanwhile.
    }
  return uit
}

/** A browser that dies at its first start, as one does on a loaded machine, and works from the second on. */
function diesOnce(pad: string): string {
  const script = join(folder, 'chromium')
  const teken = join(folder, 'gestorven')
  writeFileSync(script, `#!/bin/sh\n[ -e ${teken} ] || { touch ${teken}; exit 1; }\nexec ${pad} "$@"\n`)
  chmodSync(script, 0o755)
  return script
}

describe('the browser of the tests', () => {
  it('is the one of the package when that of the system is forbidden, with the libraries that came with it', async () => {
    const { pad, env } = await findChromium({ SAMENHANG_CHROMIUM: 'ingepakt', PATH: process.env.PATH })
    expect(pad.startsWith(join(tmpdir(), 'samenhang-chromium-'))).toBe(true)
    expect(existsSync(join(env.LD_LIBRARY_PATH ?? '', 'libnss3.so'))).toBe(true)
  })

  it('is that one also when another stands first on the path', async () => {
    const ander = mkdtempSync(join(folder, 'pad-'))
    writeFileSync(join(ander, 'chromium'), '#!/bin/sh\nexit 1\n')
    chmodSync(join(ander, 'chromium'), 0o755)
    const { pad } = await findChromium({ SAMENHANG_CHROMIUM: 'ingepakt', PATH: ander })
    expect(pad.startsWith(join(tmpdir(), 'samenhang-chromium-'))).toBe(true)
    const zonder = await findChromium({ PATH: ander })
    expect([join(ander, 'chromium'), '/usr/bin/chromium']).toContain(zonder.pad)
  })

  it('which every test gets is the one that was found, and nothing else runs', async () => {
    const browser = await launchBrowser()
    const { pad } = await findChromium()
    expect(programsBelow(process.pid)).toContain(realpathSync(pad))
    if (process.env.SAMENHANG_CHROMIUM === 'ingepakt')
      expect(pad.startsWith(join(tmpdir(), 'samenhang-chromium-'))).toBe(true)
    await browser.close()
  })

  it('is the one of the package in CI', () => {
    // With an npm that says what it was given, and as somebody who may install nothing.
    const bin = mkdtempSync(join(folder, 'bin-'))
    const programma = (naam: string, inhoud: string) => {
      writeFileSync(join(bin, naam), `#!/bin/sh\n${inhoud}\n`)
      chmodSync(join(bin, naam), 0o755)
    }
    programma('npm', 'echo "$SAMENHANG_CHROMIUM $*"')
    programma('id', 'echo 1000')
    const { SAMENHANG_CHROMIUM: _geen, ...env } = process.env
    const { stdout, status } = spawnSync(join(projectRoot(), '.ci/run'), {
      env: { ...env, PATH: `${bin}:${process.env.PATH}` },
      encoding: 'utf8',
    })
    expect([status, stdout]).toEqual([0, 'ingepakt test\n'])
  })

  it('is a chosen one when that is named', async () => {
    expect(await findChromium({ SAMENHANG_CHROMIUM: '/ergens/chromium' })).toEqual({
      pad: '/ergens/chromium',
      env: {},
    })
  })

  it('opens thirty pages one after the other: no flag of a serverless machine kills it', async () => {
    const browser = await startChromium(await findChromium({ SAMENHANG_CHROMIUM: 'ingepakt' }))
    for (let i = 0; i < 30; i += 1) {
      const page = await browser.newPage()
      await page.setContent(`<h1>${i}</h1>`)
      expect(await page.locator('h1').innerText()).toBe(String(i))
      await page.close()
    }
    await browser.close()
  })

  it('gets a second chance when it dies while it starts, and not a third', async () => {
    const gevonden = await findChromium()
    const browser = await startChromium({ ...gevonden, pad: diesOnce(gevonden.pad) })
    expect(browser.isConnected()).toBe(true)
    await browser.close()
    await expect(startChromium({ pad: '/bin/false', env: {} })).rejects.toThrow()
  })
})
