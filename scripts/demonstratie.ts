import { spawn } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { prepare } from './setup.mjs'

/** Runs `fn` on a demonstration of its own, that is gone afterwards; `fn` gets its address. */
export async function withDemonstratie(fn: (base: string) => Promise<void>): Promise<void> {
  const root = await prepare({ build: true })
  const data = mkdtempSync(join(tmpdir(), 'samenhang-demonstratie-'))
  chmodSync(data, 0o755)
  const port = await freePort()
  const server = spawn(
    join(root, 'node_modules', '.bin', 'node'),
    [join(root, 'dist', 'server', 'main.js')],
    {
      env: {
        ...process.env,
        NODE_ENV: 'production',
        SAMENHANG_DATA: data,
        PORT: String(port),
        SAMENHANG_LOG: 'error',
      },
      stdio: 'inherit',
    },
  )
  const stopped = new Promise<void>(resolve => server.on('exit', () => resolve()))
  try {
    const base = `http://localhost:${port}`
    await ready(base, () => server.exitCode !== null)
    await fn(base)
  } finally {
    server.kill('SIGTERM')
    await stopped
    rmSync(data, { recursive: true, force: true })
  }
}

/** The address answers once the region is loaded; that takes about a minute, and on a busy machine many. */
async function ready(base: string, stopped: () => boolean): Promise<void> {
  for (let i = 0; i < 4800; i += 1) {
    const ok = await fetch(`${base}/klaar`).then(
      response => response.ok,
      () => false,
    )
    if (ok) return
    if (stopped()) break
    await new Promise(resolve => setTimeout(resolve, 250))
  }
  throw new Error('the demonstration does not start')
}

async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>(resolve => probe.listen(0, '127.0.0.1', resolve))
  const address = probe.address()
  await new Promise(resolve => probe.close(resolve))
  return typeof address === 'object' && address ? address.port : 0
}
