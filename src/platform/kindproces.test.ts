import { spawn } from 'node:child_process'
import { mkdtempSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { systeem } from './http/ctx.ts'
import { toXlsx } from './http/export.ts'
import { runApart, runFile } from './kindproces.ts'
import { readBlad } from './register/bladen/bladbestand.ts'

const lees = (bytes: Uint8Array, id = 'systeem:test') => readBlad(bytes, { wie: { ...systeem('', []), id } })

const GROOT = Array.from({ length: 12_000 }, (_, i) => i)
const KOLOMMEN = [
  { kop: 'Nummer', soort: 'getal' as const, waarde: (n: number) => n },
  { kop: 'Bedrag', soort: 'bedrag' as const, waarde: (n: number) => n * 100 + 5 },
  { kop: 'Dag', soort: 'datum' as const, waarde: () => '2026-02-28' },
]

test('a large workbook is made while others are answered, and says what a small one says', async () => {
  // Counted, not timed: while the workbook is made this thread comes round again and again.
  let beurten = 0
  const tik = setInterval(() => {
    beurten += 1
  }, 1)
  const groot = await toXlsx(KOLOMMEN, GROOT)
  clearInterval(tik)
  expect(beurten).toBeGreaterThan(20)
  const blad = await lees(groot)
  expect(blad.rijen).toHaveLength(GROOT.length)
  expect(blad.rijen[7]?.cellen).toEqual((await lees(await toXlsx(KOLOMMEN, [7]))).rijen[0]?.cellen)
  expect(blad.rijen[7]?.cellen).toEqual(['7', '7,05', '28-02-2026'])
})

test('work that takes too long ends without an answer', async () => {
  const vraag = { koppen: ['x'], soorten: ['tekst'], rijen: GROOT.map(n => [String(n)]) }
  expect(await runApart('bladschrijver', vraag, { geheugenMb: 512, tijdMs: 1 })).toBeUndefined()
})

/** Work that takes all the memory it can get, in the ways in which a reader does. */
const VRETEN = {
  'cell by cell': 'const rij = []; for (;;) rij.push(null)',
  'all at once': 'const rijen = []; for (;;) rijen.push(new Array(5_000_000).fill(1.5))',
  'in texts': "const al = []; let t = 'x'; for (;;) { t += t.slice(0, 1e7); al.push([...t]) }",
}

test.each(Object.entries(VRETEN))(
  'work that takes memory without end, %s, ends only itself',
  async (_, code) => {
    const bestand = join(mkdtempSync(join(tmpdir(), 'vreten-')), 'vreten.mjs')
    writeFileSync(bestand, `process.once('message', () => { ${code} })\n`)
    const server = createServer((_vraag, antwoord) => antwoord.end('er nog')).listen(0)
    const { port } = server.address() as { port: number }
    const bezig = runFile(bestand, 'x', { geheugenMb: 128, tijdMs: 60_000 })
    const tijdens = await fetch(`http://127.0.0.1:${port}`)
    expect(await tijdens.text()).toBe('er nog')
    expect(await bezig).toBeUndefined()
    expect(await (await fetch(`http://127.0.0.1:${port}`)).text()).toBe('er nog')
    server.close()
  },
)

test('work gets none of our secrets', async () => {
  const bestand = join(mkdtempSync(join(tmpdir(), 'omgeving-')), 'omgeving.mjs')
  writeFileSync(bestand, "process.once('message', () => process.send(Object.keys(process.env)))\n")
  expect(await runFile(bestand, 'x', { geheugenMb: 64, tijdMs: 20_000 })).not.toContain('PATH')
})

test('more at once than there is memory for wait for each other, and all are answered', async () => {
  const bestanden = Array.from({ length: 5 }, (_, i) => Buffer.from(`Code\n${i}\n`))
  const gelezen = await Promise.all(bestanden.map(bytes => lees(bytes)))
  expect(gelezen.map(({ rijen }) => rijen[0]?.cellen)).toEqual([['0'], ['1'], ['2'], ['3'], ['4']])
})

/** A file that takes its reader seconds: one row without end. */
const TRAAG = Buffer.alloc(8_000_000, 'a,')
const gone = () => 'klaar'

test('who gets a file does not wait for those who send one', async () => {
  const klaar: string[] = []
  const done = (wie: string) => () => klaar.push(wie)
  const lezers = ['a', 'b', 'c'].map(id => lees(TRAAG, id).catch(gone).then(done('lezer')))
  const vraag = { koppen: ['x'], soorten: ['tekst'], rijen: [['1']] }
  const schrijver = runApart('bladschrijver', vraag, { geheugenMb: 256, tijdMs: 60_000 })
  await Promise.all([...lezers, schrijver.then(done('schrijver'))])
  expect(klaar).toEqual(['schrijver', 'lezer', 'lezer', 'lezer'])
})

test('who sends one slow file after the other holds up nobody else', async () => {
  const klaar: string[] = []
  const done = (wie: string) => () => klaar.push(wie)
  const traag = [1, 2, 3].map(() => lees(TRAAG, 'gebruiker:1').catch(gone).then(done('traag')))
  const ander = [1, 2].map(() => lees(Buffer.from('Code\n1\n'), 'gebruiker:2').then(done('ander')))
  await Promise.all([...traag, ...ander])
  expect(klaar).toEqual(['ander', 'ander', 'traag', 'traag', 'traag'])
})

test('work ends when who asked for it is gone, also in the midst of it', async () => {
  const map = mkdtempSync(join(tmpdir(), 'wees-'))
  const teken = join(map, 'teken')
  const huis = JSON.stringify(new URL('./kindproces.ts', import.meta.url).href)
  writeFileSync(
    join(map, 'kind.mjs'),
    `import { appendFileSync } from 'node:fs'
    import { answerOnce } from ${huis}
    answerOnce(() => { for (;;) appendFileSync(${JSON.stringify(teken)}, 'x') })\n`,
  )
  writeFileSync(
    join(map, 'ouder.mjs'),
    `import { runFile } from ${huis}
    runFile(${JSON.stringify(join(map, 'kind.mjs'))}, 'x', { geheugenMb: 128, tijdMs: 30_000 })\n`,
  )
  writeFileSync(teken, '')
  const ouder = spawn(process.execPath, [join(map, 'ouder.mjs')], { stdio: 'ignore' })
  const isAtWork = async () => {
    const eerst = statSync(teken).size
    await setTimeout(500)
    return statSync(teken).size > eerst
  }
  await expect.poll(isAtWork, { timeout: 20_000 }).toBe(true)
  ouder.kill('SIGKILL')
  await expect.poll(isAtWork, { timeout: 10_000 }).toBe(false)
})
