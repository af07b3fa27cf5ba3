import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { projectRoot } from '../../src/platform/config.ts'
import { testDatabase } from './database.ts'

/** Two runs at once, or two files of one, share nothing that is written: ports and folders are found, never named. */
const ROOT = projectRoot()
const BRONNEN = ['test', 'src'].flatMap(map =>
  readdirSync(join(ROOT, map), { recursive: true, encoding: 'utf8' })
    .filter(naam => (map === 'test' ? /\.tsx?$/ : /\.test\.tsx?$/).test(naam))
    .map(naam => ({ naam: `${map}/${naam}`, bron: readFileSync(join(ROOT, map, naam), 'utf8') })),
)
const MAY: Readonly<Record<string, string>> = {
  'test/support/chromium.ts': 'the unpacked browser: only read, and put there at once or not at all',
  'test/support/chromium.test.ts': 'the same, looked at',
  'src/app/uitleg.test.ts': 'a folder that must not exist',
}

describe('what tests use is free by construction', () => {
  it('no folder in the temporary one has a name of its own', () => {
    const fout = BRONNEN.filter(({ bron }) => /(?<!mkdtemp(?:Sync)?\()join\(tmpdir\(\)/.test(bron)).map(
      ({ naam }) => naam,
    )
    expect(fout.filter(naam => naam !== 'test/support/vrij.test.ts').sort()).toEqual(Object.keys(MAY).sort())
  })

  it('nothing listens at a port that was chosen beforehand', () => {
    const fout = BRONNEN.filter(({ bron }) => /\.listen\(\s*(?:\{\s*port:\s*)?[1-9]\d*/.test(bron)).map(
      ({ naam }) => naam,
    )
    expect(fout).toEqual([])
  })

  it('two databases at once are two: what one holds, the other does not', async () => {
    const [een, ander] = await Promise.all([testDatabase(), testDatabase()])
    expect(een.url).not.toBe(ander.url)
    await een.owner.query("insert into contracten.gemeente (code, naam) values ('0001', 'Een')")
    const aantal = async ({ owner }: typeof een) =>
      (await owner.query('select count(*)::int as n from contracten.gemeente')).rows[0].n
    expect([await aantal(een), await aantal(ander)]).toEqual([1, 0])
  })
})
