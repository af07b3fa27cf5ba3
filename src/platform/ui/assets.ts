import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** Addresses of the files that pages load, with the hash of their content in the name. */
export interface Assets {
  stijl: string
  letter: string
  icoon: string
  /** Script of every island by its name. */
  eilanden: Readonly<Record<string, string>>
  /** Script that warns before a session ends. */
  sessie?: string
  /** Script that brings who goes back to a saved form to what was saved. */
  terug?: string
  /** Script that hides the fields of a form that are not needed. */
  formulier?: string
  /** Script that keeps a form that is not finished. */
  concept?: string
}

/** Served when nothing was built (unit tests of pages): no hash, so never to be cached. */
const ONGEBOUWD: Assets = {
  stijl: '/assets/samenhang.css',
  letter: '/assets/noto-sans.woff2',
  icoon: '/assets/icoon.svg',
  eilanden: {},
}

/**
 * The folder that holds package.json, seen from this module: the sources and the bundle lie at different
 * depths, and the command line may be started from any folder.
 */
function findRoot(start: string): string {
  let map = start
  while (!existsSync(join(map, 'package.json'))) {
    const boven = dirname(map)
    if (boven === map) return start
    map = boven
  }
  return map
}

/** Folder with the built files; to be served under `/assets/` with a long cache. */
export const assetsDir: string = join(findRoot(import.meta.dirname), 'dist', 'assets')

/** What `scripts/build-assets.mjs` wrote, or undefined when it has not run. */
export function readAssets(map: string = assetsDir): Assets | undefined {
  const bestand = join(map, 'manifest.json')
  return existsSync(bestand) ? (JSON.parse(readFileSync(bestand, 'utf8')) as Assets) : undefined
}

let gevonden: Assets | undefined

/**
 * The addresses for a page: read once, at the first page. Without a build the names have no hash; a server must
 * not start in that state (see `readAssets`), unit tests of pages may.
 */
export function findAssets(): Assets {
  gevonden ??= readAssets()
  return gevonden ?? ONGEBOUWD
}
