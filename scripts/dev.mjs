// A running demonstration region that restarts when the source changes.
import { spawn } from 'node:child_process'
import { watch } from 'node:fs'
import { join } from 'node:path'
import { prepare, run } from './setup.mjs'

const root = await prepare({ build: true })
let child
let timer
let stopping = false

function start() {
  child = spawn(
    join(root, 'node_modules', '.bin', 'node'),
    ['--enable-source-maps', join(root, 'dist', 'server', 'main.js')],
    {
      stdio: 'inherit',
    },
  )
  child.on('exit', () => {
    if (stopping) process.exit(0)
  })
}

watch(join(root, 'src'), { recursive: true }, () => {
  clearTimeout(timer)
  timer = setTimeout(() => {
    child.once('exit', () => {
      run('npm', ['run', '--silent', 'build'])
      start()
    })
    child.kill('SIGTERM')
  }, 200)
})
for (const signal of ['SIGINT', 'SIGTERM'])
  process.on(signal, () => {
    stopping = true
    child.kill('SIGTERM')
  })
start()
