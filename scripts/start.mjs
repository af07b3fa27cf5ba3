// Plain JavaScript: runs before anything is installed, on whatever Node there is.
import { spawn } from 'node:child_process'
import { prepare } from './setup.mjs'

const root = await prepare({ build: true })
const node = `${root}/node_modules/.bin/node`
const child = spawn(
  node,
  ['--enable-source-maps', '--max-semi-space-size=64', `${root}/dist/server/main.js`],
  {
    stdio: 'inherit',
    env: { ...process.env, NODE_ENV: process.env.NODE_ENV ?? 'production' },
  },
)
// Ctrl-C reaches the child by itself (same group); other signals are passed on. We wait for it to drain.
process.on('SIGINT', () => {})
process.on('SIGTERM', () => child.kill('SIGTERM'))
// `npm` passes a signal on to its shell, which does not pass it on to us: we see that we were left behind.
const ouder = process.ppid
setInterval(() => {
  if (process.ppid !== ouder) child.kill('SIGTERM')
}, 500).unref()
child.on('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 0)))
