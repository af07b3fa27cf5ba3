// Prints the parts that go along with the program (CycloneDX). `npm sbom --omit dev` leaves out what a tool needs as well,
// such as @opentelemetry/api: so npm is asked over a package.json and a lock in which the tools do not stand.
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const temp = mkdtempSync(join(tmpdir(), 'samenhang-sbom-'))
// npm calls the whole after its folder.
const folder = join(temp, 'samenhang')
mkdirSync(folder)
try {
  for (const bestand of ['package.json', 'package-lock.json'])
    writeFileSync(join(folder, bestand), JSON.stringify(withoutTools(JSON.parse(read(bestand)))))
  const { status } = spawnSync('npm', ['sbom', '--sbom-format=cyclonedx', '--package-lock-only'], {
    cwd: folder,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  })
  process.exitCode = status ?? 1
} finally {
  rmSync(temp, { recursive: true })
}

function read(bestand) {
  return readFileSync(join(root, bestand), 'utf8')
}

/** Of package.json its devDependencies go; of the lock also every package that only they need. */
function withoutTools({ devDependencies, packages, ...rest }) {
  if (packages === undefined) return rest
  const blijft = Object.entries(packages).filter(([, { dev }]) => !dev)
  return {
    ...rest,
    packages: Object.fromEntries(
      blijft.map(([pad, pakket]) => [pad, pad === '' ? withoutTools(pakket) : pakket]),
    ),
  }
}
