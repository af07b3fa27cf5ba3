import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { findChromium, startChromium } from './chromium.ts'

const folder = mkdtempSync(join(tmpdir(), 'samenhang-browser-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

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
