// Plain JavaScript, no packages: installs what is missing and builds what is out of date.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  accessSync,
  constants,
  existsSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const stamp = join(root, 'node_modules', '.samenhang-lock')

/** Brings the folder in order; answers its path. Ends the process with a message when it cannot. */
export async function prepare({ build = false } = {}) {
  const [major] = process.versions.node.split('.').map(Number)
  if (major < 20) fail(`Samenhang heeft Node 20 of hoger nodig om te beginnen; dit is ${process.version}.`)
  install()
  if (build) buildWhenOld()
  return root
}

function install() {
  const lock = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return
  if (isComplete()) {
    if (isWritable()) writeFileSync(stamp, lock)
    return
  }
  demandWritable('geïnstalleerd')
  console.log('Bezig met installeren…')
  // Also with NODE_ENV=production what builds and tests is needed.
  run('npm', ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'])
  writeFileSync(stamp, lock)
}

/** False for what only another machine needs. Of what may be missing and names no machine, or a C library, nobody can tell. */
function isForHere({ optional, os, cpu, libc }) {
  if (optional === true && ((os === undefined && cpu === undefined) || libc !== undefined)) return false
  return (os?.includes(process.platform) ?? true) && (cpu?.includes(process.arch) ?? true)
}

/** True when somebody installed it by hand: all that the lock names is there, but for what other machines need. */
function isComplete() {
  const own = join(root, 'node_modules', '.package-lock.json')
  if (!existsSync(own)) return false
  const packagesOf = path => JSON.parse(readFileSync(path, 'utf8')).packages
  const here = packagesOf(own)
  return Object.entries(packagesOf(join(root, 'package-lock.json'))).every(
    ([name, wanted]) => name === '' || !isForHere(wanted) || here[name]?.version === wanted.version,
  )
}

function isWritable() {
  try {
    accessSync(root, constants.W_OK)
    return true
  } catch {
    return false
  }
}

function buildWhenOld() {
  const made = join(root, 'dist', 'server', 'main.js')
  const made2 = join(root, 'dist', 'assets', 'manifest.json')
  const sources = ['src', 'scripts', 'regio', 'package-lock.json', 'vite.config.ts']
  const newest = Math.max(...sources.map(source => newestIn(join(root, source))))
  if (
    existsSync(made) &&
    existsSync(made2) &&
    Math.min(statSync(made).mtimeMs, statSync(made2).mtimeMs) >= newest
  )
    return
  demandWritable('gebouwd')
  console.log('Bezig met bouwen…')
  run('npm', ['run', '--silent', 'build'])
}

/** A folder that this user may not write in is fine once everything is there. */
function demandWritable(wat) {
  if (!isWritable())
    fail(
      `De map ${root} is niet beschrijfbaar, en Samenhang is daar nog niet ${wat} voor deze versie. ` +
        'Voer als eigenaar van de map eenmaal uit: npm ci --include=dev && npm run build',
    )
}

function newestIn(path) {
  const info = statSync(path)
  if (!info.isDirectory()) return info.mtimeMs
  return Math.max(info.mtimeMs, ...readdirSync(path).map(name => newestIn(join(path, name))))
}

export function run(command, args, options = {}) {
  const done = spawnSync(command, args, {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
    ...options,
  })
  if (done.error) fail(`${command} kan niet worden uitgevoerd: ${done.error.message}`)
  if (done.status !== 0) process.exit(done.status ?? 1)
}

function fail(message) {
  console.error(message)
  process.exit(1)
}
