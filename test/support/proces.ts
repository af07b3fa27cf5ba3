import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

/** Runs a script of this folder as a process of its own. */
export function startScript(naam: string, argumenten: readonly string[]): ChildProcess {
  return spawn(process.execPath, [join(import.meta.dirname, naam), ...argumenten], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
}

/** The first thing it says. */
export async function firstLine(proces: ChildProcess): Promise<string> {
  if (!proces.stdout) throw new Error('no output to read')
  const [deel] = await once(proces.stdout, 'data')
  return String(deel).trim()
}

/** Ends it at once, as a power cut would. */
export async function killHard(proces: ChildProcess): Promise<void> {
  if (proces.exitCode !== null || proces.signalCode !== null) return
  const weg = once(proces, 'exit')
  proces.kill('SIGKILL')
  await weg
}
