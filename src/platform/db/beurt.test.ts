import { expect, test } from 'vitest'
import { makeBeurten, nextRang } from './beurt.ts'

const LANG = 60_000

test('what began first goes first, also when it asks again later', async () => {
  const beurten = makeBeurten(1, LANG)
  const [oud, midden, jong] = [nextRang(), nextRang(), nextRang()]
  const volgorde: string[] = []
  const werk = async (naam: string, rang: number) => {
    await beurten.neem(rang)
    volgorde.push(naam)
  }
  await werk('oud', oud)
  const anderen = [werk('jong', jong), werk('midden', midden), werk('oud weer', oud)]
  for (const _ of anderen) {
    beurten.geef()
    await new Promise(setImmediate)
  }
  await Promise.all(anderen)
  expect(volgorde).toEqual(['oud', 'oud weer', 'midden', 'jong'])
})

test('no more turns at a time than there are places, and a turn that ended is free for the next', async () => {
  const beurten = makeBeurten(2, LANG)
  let bezig = 0
  let meest = 0
  await Promise.all(
    Array.from({ length: 20 }, async () => {
      await beurten.neem(nextRang())
      bezig += 1
      meest = Math.max(meest, bezig)
      await new Promise(setImmediate)
      bezig -= 1
      beurten.geef()
    }),
  )
  expect([meest, bezig]).toEqual([2, 0])
})

test('who waits longer than the patience is told so, and takes no turn from who waits on', async () => {
  const beurten = makeBeurten(1, 1)
  await beurten.neem(nextRang())
  await expect(beurten.neem(nextRang())).rejects.toThrow('timeout exceeded')
  beurten.geef()
  await beurten.neem(nextRang())
})
