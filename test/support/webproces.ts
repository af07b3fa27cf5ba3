import { type ChildProcess, spawn } from 'node:child_process'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { projectRoot } from '../../src/platform/config.ts'

/** The built program as a process of its own. */
export interface Webproces {
  child: ChildProcess
  url: string
  /** What it said on standard error until now. */
  fouten(): string
}

export interface Opstart {
  databaseUrl: string
  /** 32 bytes. */
  sleutel: Buffer
  data: string
  /** Where the program stands; the project itself unless given. */
  wortel?: string
  env?: Record<string, string>
}

export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise(resolve => server.close(resolve))
  return typeof address === 'object' && address ? address.port : 0
}

/** A web process with its worker, ready to serve. The caller ends it. */
export async function startWebproces({
  databaseUrl,
  sleutel,
  data,
  wortel = projectRoot(),
  env,
}: Opstart): Promise<Webproces> {
  const port = await freePort()
  const child = spawn(join(wortel, 'node_modules/.bin/node'), [join(wortel, 'dist/server/main.js')], {
    env: {
      ...process.env,
      DATABASE_URL: databaseUrl,
      PORT: String(port),
      SAMENHANG_DATA: data,
      SAMENHANG_SLEUTEL: sleutel.toString('base64'),
      SAMENHANG_LOG: 'error',
      NODE_ENV: 'production',
      ...(env?.OIDC_ISSUER === undefined && { SAMENHANG_MODUS: 'demonstratie' }),
      ...env,
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let gezegd = ''
  child.stderr?.on('data', deel => {
    gezegd += deel
  })
  const url = `http://127.0.0.1:${port}`
  await untilReady(url, () => {
    if (child.exitCode !== null) throw new Error(`the process stopped: ${gezegd}`)
  }).catch(error => {
    child.kill('SIGKILL')
    throw error
  })
  return { child, url, fouten: () => gezegd }
}

/** Waits until the process says that it can serve; at most half a minute. `check` may throw before each try. */
export async function untilReady(url: string, check: () => void = () => undefined): Promise<void> {
  for (let i = 0; i < 300; i += 1) {
    check()
    const ready = await fetch(`${url}/klaar`).then(
      r => r.ok,
      () => false,
    )
    if (ready) return
    await new Promise(resolve => setTimeout(resolve, 100))
  }
  throw new Error('the process did not become ready')
}
