import { expect, test } from 'vitest'
import { runInThread } from './draad.ts'
import { toXlsx } from './http/export.ts'
import { readBlad } from './register/bladbestand.ts'

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
  const blad = await readBlad(groot)
  expect(blad.rijen).toHaveLength(GROOT.length)
  expect(blad.rijen[7]?.cellen).toEqual((await readBlad(await toXlsx(KOLOMMEN, [7]))).rijen[0]?.cellen)
  expect(blad.rijen[7]?.cellen).toEqual(['7', '7,05', '28-02-2026'])
})

test('work that takes too long ends without an answer', async () => {
  const vraag = { koppen: ['x'], soorten: ['tekst'], rijen: GROOT.map(n => [String(n)]) }
  expect(await runInThread('bladschrijver', vraag, { geheugenMb: 512, tijdMs: 1 })).toBeUndefined()
})
