import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe } from 'vitest'

/** Folder with the files of the standard, beside the project, or undefined: they are no part of it. */
export const ISTANDAARDEN: string | undefined = [
  join(import.meta.dirname, '../../../shared/istandaarden'),
].find(map => existsSync(map))

const MAPPEN = { wmo: 'iwmo-3.2', jw: 'ijw-3.2' } as const

export const HEEFT_XMLLINT = spawnSync('xmllint', ['--version']).status === 0

/** As `describe`, skipped with a reason in its title where the files of the standard are absent. */
export function describeMetStandaard(titel: string, suite: (map: string) => void): void {
  const map = ISTANDAARDEN
  if (map === undefined)
    describe.skip(`${titel} (overgeslagen: bestanden van de standaard ontbreken)`, () => {})
  else describe(titel, () => suite(map))
}

/** As `describeMetStandaard`, skipped too where xmllint is absent. */
export function describeMetXmllint(titel: string, suite: (map: string) => void): void {
  if (HEEFT_XMLLINT) describeMetStandaard(titel, suite)
  else describe.skip(`${titel} (overgeslagen: xmllint ontbreekt)`, () => {})
}

/** Every sample message: name and bytes. */
export function listVoorbeelden(map: string): { naam: string; bytes: Buffer }[] {
  return Object.values(MAPPEN).flatMap(deel =>
    readdirSync(join(map, deel, 'voorbeeldberichten')).map(bestand => ({
      naam: bestand.replace('.xml', ''),
      bytes: readFileSync(join(map, deel, 'voorbeeldberichten', bestand)),
    })),
  )
}

/** The schema of a message ('WMO302'); the published one where there is one, else the reconstructed. */
export function schemaVan(map: string, naam: string): string {
  const deel = MAPPEN[naam.startsWith('WMO') ? 'wmo' : 'jw']
  const uitgegeven = join(map, deel, 'xsd', `${naam}.xsd`)
  return existsSync(uitgegeven) ? uitgegeven : join(map, deel, 'xsd-gereconstrueerd', `${naam}.xsd`)
}

/** The verdict of libxml2 on each document under one schema. */
export function xmllint(schema: string, documenten: readonly (string | Uint8Array)[]): boolean[] {
  const map = mkdtempSync(join(tmpdir(), 'samenhang-xmllint-'))
  try {
    const bestanden = documenten.map((document, i) => {
      const bestand = join(map, `${i}.xml`)
      writeFileSync(bestand, document)
      return bestand
    })
    const { stderr } = spawnSync('xmllint', ['--noout', '--nonet', '--schema', schema, ...bestanden], {
      encoding: 'utf8',
      maxBuffer: 1 << 28,
    })
    const goed = new Set([...stderr.matchAll(/^(\S+) validates$/gm)].map(([, bestand]) => bestand))
    return bestanden.map(bestand => goed.has(bestand))
  } finally {
    rmSync(map, { recursive: true })
  }
}
