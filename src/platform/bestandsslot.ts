import { existsSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'

const BUSY = 5

/**
 * Holds a lock of the operating system on this file; answers what lets it go, or undefined when another process still has
 * it after `geduld` milliseconds. It ends with the process, whatever ends that, also in another container on the same
 * disk: no number of a process is ever trusted. SQLite's own file lock is used since Node has no other.
 */
export function holdSlot(path: string, geduld: number): (() => void) | undefined {
  const slot = new DatabaseSync(path, { timeout: geduld })
  try {
    slot.exec('begin exclusive')
    return () => slot.close()
  } catch (error) {
    slot.close()
    if (error instanceof Error && 'errcode' in error && error.errcode === BUSY) return undefined
    throw error
  }
}

/** Whether another process holds it now. */
export function isSlotHeld(path: string): boolean {
  if (!existsSync(path)) return false
  const release = holdSlot(path, 0)
  release?.()
  return release === undefined
}
