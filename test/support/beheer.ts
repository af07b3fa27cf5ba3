import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { projectRoot } from '../../src/platform/config.ts'

/** The block in docs/beheer.md that is marked with this name, as an administrator would copy it. */
export function blokVan(naam: string): string {
  const tekst = readFileSync(join(projectRoot(), 'docs/beheer.md'), 'utf8')
  const blok = new RegExp(`<!-- proef: ${naam} -->\n\`\`\`(?:sh|sql)\n([^\`]+)\`\`\``).exec(tekst)?.[1]
  if (blok === undefined) throw new Error(`docs/beheer.md has no block ${naam}`)
  return blok
}

/** Runs such a block in a shell that stops at the first fault; answers what it printed, or throws with what went wrong. */
export async function runBlok(tekst: string, omgeving: Readonly<Record<string, string>>): Promise<string> {
  const proces = spawn('sh', ['-eu', '-c', tekst], {
    cwd: projectRoot(),
    env: { PATH: process.env.PATH, ...omgeving },
  })
  let uit = ''
  let fout = ''
  proces.stdout.on('data', deel => {
    uit += deel
  })
  proces.stderr.on('data', deel => {
    fout += deel
  })
  const [status] = await once(proces, 'close')
  if (status !== 0) throw new Error(`${status}: ${uit}${fout}`)
  return uit
}
