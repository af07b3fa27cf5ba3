import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { type Browser, chromium } from 'playwright-core'

const run = promisify(execFile)

/**
 * Quiet and offline: the browser itself must not call home during a test. Ours only: the flags that come with the
 * package are for serverless machines, where one process is all there is, and kill the browser in a long run.
 */
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--disable-dev-shm-usage',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** Forbids the browser of the system, so that a run proves that the one of the package works. */
const INGEPAKT = 'ingepakt'

/** A browser that can be started: its program, and what it must find in its environment. */
export interface Gevonden {
  pad: string
  env: Record<string, string>
}

/** SAMENHANG_CHROMIUM (a path, or 'ingepakt'), else the browser of the system, else the one of the package. */
export async function findChromium(env: NodeJS.ProcessEnv = process.env): Promise<Gevonden> {
  const gekozen = env.SAMENHANG_CHROMIUM || undefined
  if (gekozen === INGEPAKT) return await unpackChromium()
  const pad = gekozen ?? findOnPath('chromium', env.PATH)
  return pad === undefined ? await unpackChromium() : { pad, env: {} }
}

function findOnPath(programma: string, path = ''): string | undefined {
  return ['/usr/bin', ...path.split(delimiter)]
    .filter(Boolean)
    .map(map => join(map, programma))
    .find(existsSync)
}

/**
 * Unpacks the browser of the package in a folder of this user, once: elsewhere first and then renamed, so that nobody
 * starts one that is half there. With it come the libraries and a font that a bare machine lacks.
 */
async function unpackChromium(): Promise<Gevonden> {
  const vraag = createRequire(import.meta.url)
  const pakket = join(dirname(vraag.resolve('@sparticuz/chromium')), '../..')
  const { version } = JSON.parse(await readFile(join(pakket, 'package.json'), 'utf8')) as { version: string }
  const map = join(tmpdir(), `samenhang-chromium-${version}-${process.getuid?.() ?? 'zelf'}`)
  if (!existsSync(join(map, 'chromium'))) await unpackInto(map)
  return {
    pad: join(map, 'chromium'),
    env: {
      LD_LIBRARY_PATH: join(map, 'al2023', 'lib'),
      ...(existsSync('/etc/fonts/fonts.conf') ? {} : { FONTCONFIG_FILE: join(map, 'letters.conf') }),
    },
  }
}

async function unpackInto(map: string): Promise<void> {
  const tijdelijk = await mkdtemp(join(tmpdir(), 'samenhang-chromium-'))
  try {
    await run(
      process.execPath,
      [
        '--input-type=module',
        '--eval',
        "await (await import('@sparticuz/chromium')).default.executablePath()",
      ],
      {
        cwd: import.meta.dirname,
        // The package unpacks into the temporary folder, and its libraries only where it thinks they are needed.
        env: { ...process.env, TMPDIR: tijdelijk, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs22.x' },
      },
    )
    await writeFile(
      join(tijdelijk, 'letters.conf'),
      `<?xml version="1.0"?><fontconfig><dir>${join(map, 'fonts')}</dir></fontconfig>`,
    )
    await rename(tijdelijk, map)
  } catch (error) {
    await rm(tijdelijk, { recursive: true, force: true })
    if (!existsSync(join(map, 'chromium'))) throw error // otherwise another process was first
  }
}

/** A headless Chromium; the caller closes it. On a loaded machine one may die while it starts: it gets a second chance. */
export async function startChromium(gevonden: Gevonden): Promise<Browser> {
  const start = () =>
    chromium.launch({
      executablePath: gevonden.pad,
      args: FLAGS,
      headless: true,
      env: { ...process.env, ...gevonden.env } as Record<string, string>,
    })
  return await start().catch(error => {
    const [reden] = String(error instanceof Error ? error.message : error).split('\n')
    console.warn(`The browser died while it started, once more: ${reden}`)
    return start()
  })
}
