import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import { expect, test } from 'vitest'
import { projectRoot } from '../src/platform/config.ts'
import { MAY_USE, READS_OF_PLATFORM, READS_OF_STURING, TABLES_OF_POLICY } from './support/may-use.ts'

/** The arrows hold for SQL as they do for code: who names a table of whom, in every file. */
const ROOT = projectRoot()
const SRC = join(ROOT, 'src')
function walk(folder: string): string[] {
  return readdirSync(folder).flatMap(name => {
    const path = join(folder, name)
    return statSync(path).isDirectory() ? walk(path) : [path]
  })
}

const sources = walk(SRC).filter(path => /\.tsx?$/.test(path) && !/\.test\.tsx?$/.test(path))
const rel = (path: string) => relative(SRC, path).replaceAll('\\', '/')
const layerOf = (path: string) => path.split('/')[0] ?? ''
const domainOf = (path: string) => (path.startsWith('domains/') ? path.split('/')[1] : undefined)

test('a domain writes only its own tables, whatever file it does so in', () => {
  const schemas = new Set([...Object.keys(MAY_USE), 'beleid', 'platform'])
  const owns = (domein: string, schema: string, tabel: string) =>
    schema === 'beleid'
      ? (TABLES_OF_POLICY[domein]?.includes(tabel) ?? false)
      : schema === domein || `${schema}.${tabel}` === 'platform.bijgewerkt'
  const writes = sources.flatMap(path => {
    const domein = domainOf(rel(path))
    if (domein === undefined) return []
    return [
      ...readFileSync(path, 'utf8').matchAll(
        /\b(?:insert into|update|delete from|merge into|copy|lock table)\s+([a-z]+)\.([a-z_]+)|\b(?:insertRow|insertNew|updateRow)\(\w+, '([a-z]+)\.([a-z_]+)'|TABEL\w* = '([a-z]+)\.([a-z_]+)'/g,
      ),
    ]
      .map(m => ({ schema: m[1] ?? m[3] ?? m[5] ?? '', tabel: m[2] ?? m[4] ?? m[6] ?? '' }))
      .filter(({ schema }) => schemas.has(schema))
      .map(({ schema, tabel }) => ({ domein, schema, tabel, path: rel(path) }))
  })
  expect(writes.length).toBeGreaterThan(80)
  const wrong = writes.filter(({ domein, schema, tabel }) => !owns(domein, schema, tabel))
  expect(wrong.map(w => `${w.path} writes ${w.schema}.${w.tabel}`)).toEqual([])
})

test('a domain reads only tables of its own and of domains it may use; the platform none', () => {
  const tables = new Set(
    walk(join(ROOT, 'db/migrations')).flatMap(path =>
      [...readFileSync(path, 'utf8').matchAll(/create (?:table|view) ([a-z]+\.[a-z_]+)/g)].map(
        ([, naam = '']) => naam,
      ),
    ),
  )
  const policy = Object.keys(TABLES_OF_POLICY)
  const ownerOf = (naam: string) => {
    const [schema = '', tabel = ''] = naam.split('.')
    return schema === 'beleid' ? policy.find(domein => TABLES_OF_POLICY[domein]?.includes(tabel)) : schema
  }
  const may = (van: string, naam: string) => {
    const naar = ownerOf(naam) ?? ''
    if (van === 'platform') return naar === 'platform' || READS_OF_PLATFORM[naam] !== undefined
    if (van === 'sturing' && READS_OF_STURING[naam] !== undefined) return true
    if (policy.includes(van) && policy.includes(naar)) return true
    return naar === van || naar === 'platform' || (MAY_USE[van]?.includes(naar) ?? false)
  }
  const reads = sources.flatMap(path => {
    const van = domainOf(rel(path)) ?? layerOf(rel(path))
    if (van === 'app' || van === 'demoregio') return []
    const bron = readFileSync(path, 'utf8').replaceAll(/^\s*(\/\/|\*|\/\*\*).*$/gm, '')
    return [...bron.matchAll(/(?<![\w'.])([a-z]+\.[a-z_]+)\b(?!\()/g)]
      .map(([, naam = '']) => naam)
      .filter(naam => tables.has(naam))
      .map(naam => ({ van, naam, path: rel(path) }))
  })
  expect(reads.length).toBeGreaterThan(300)
  const wrong = reads.filter(({ van, naam }) => !may(van, naam))
  expect([...new Set(wrong.map(({ naam, path }) => `${path} reads ${naam}`))]).toEqual([])
  const used = (van: string) => new Set(reads.filter(lees => lees.van === van).map(({ naam }) => naam))
  expect(Object.keys(READS_OF_STURING).filter(naam => !used('sturing').has(naam))).toEqual([])
  expect(Object.keys(READS_OF_PLATFORM).filter(naam => !used('platform').has(naam))).toEqual([])
})

test('every table of the schema of policy has one domain that writes it', () => {
  const all = Object.values(TABLES_OF_POLICY).flat()
  expect([...new Set(all)].sort()).toEqual([...all].sort())
  const made = walk(join(ROOT, 'db/migrations')).flatMap(path =>
    [...readFileSync(path, 'utf8').matchAll(/create table beleid\.([a-z_]+)/g)].map(([, tabel]) => tabel),
  )
  expect(made.sort()).toEqual([...all].sort())
})
