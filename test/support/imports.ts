import { readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** True when a file, or a file of ours that it imports at whatever depth, holds this text. */
export function reaches(pad: string, tekst: RegExp, gezien = new Set<string>()): boolean {
  if (gezien.has(pad) || !statSync(pad, { throwIfNoEntry: false })?.isFile()) return false
  gezien.add(pad)
  const bron = readFileSync(pad, 'utf8')
  if (tekst.test(bron)) return true
  const imports = [...bron.matchAll(/^(?:import|export)\b[^'"]*['"](\.[^'"]+)['"]/gms)]
  return imports.some(([, naar = '']) => reaches(join(dirname(pad), naar), tekst, gezien))
}
