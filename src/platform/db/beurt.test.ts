import { afterEach, expect, test, vi } from 'vitest'
import { makeBeurten, nextRang, type Vrager } from './beurt.ts'
import { GEEN_BEURT } from './codes.ts'

const LANG = 60_000

afterEach(() => {
  vi.useRealTimers()
})

const turn = () => new Promise(setImmediate)

test('what began first goes first, also when it asks again later', async () => {
  const beurten = makeBeurten(1, LANG, 1)
  const [oud, midden, jong] = [nextRang(), nextRang(), nextRang()]
  const volgorde: string[] = []
  const einden: (() => void)[] = []
  const werk = async (naam: string, rang: number) => {
    einden.push(await beurten.neem({ rang }))
    volgorde.push(naam)
  }
  await werk('oud', oud)
  const anderen = [werk('jong', jong), werk('midden', midden), werk('oud weer', oud)]
  for (const _ of anderen) {
    einden.pop()?.()
    await turn()
  }
  await Promise.all(anderen)
  expect(volgorde).toEqual(['oud', 'oud weer', 'midden', 'jong'])
})

/** Takes a turn for each, holds it until the next moment; answers in which order they came, and how many at most at once. */
async function run(plaatsen: number, perPersoon: number, vragers: readonly Vrager[]) {
  const beurten = makeBeurten(plaatsen, LANG, perPersoon)
  const bezig = new Map<string, number>()
  const meest = new Map<string, number>()
  const volgorde: string[] = []
  const tel = (wie: string, erbij: number) => {
    bezig.set(wie, (bezig.get(wie) ?? 0) + erbij)
    meest.set(wie, Math.max(meest.get(wie) ?? 0, bezig.get(wie) ?? 0))
  }
  await Promise.all(
    vragers.map(async vrager => {
      const { persoon = 'huis' } = vrager
      const end = await beurten.neem(vrager)
      volgorde.push(persoon)
      for (const wie of [persoon, 'allen']) tel(wie, 1)
      await turn()
      for (const wie of [persoon, 'allen']) tel(wie, -1)
      end()
    }),
  )
  return { volgorde, meest: Object.fromEntries(meest) }
}
const many = (aantal: number, persoon?: string): Vrager[] =>
  Array.from({ length: aantal }, () => ({ rang: nextRang(), persoon }))

test('no more turns at a time than there are places, and a turn that ended is free for the next', async () => {
  const { meest, volgorde } = await run(2, 2, many(20))
  expect([meest.allen, volgorde.length]).toEqual([2, 20])
})

test('one person has a few turns at a time: who asked later goes before the rest of theirs', async () => {
  const { meest, volgorde } = await run(10, 3, [...many(20, 'veel'), ...many(1, 'ander'), ...many(1)])
  expect(meest).toMatchObject({ veel: 3, ander: 1, huis: 1 })
  expect(volgorde.slice(0, 5)).toEqual(['veel', 'veel', 'veel', 'ander', 'huis'])
  expect(volgorde).toHaveLength(22)
})

test('work of the house is not bounded so, and who is done may ask anew', async () => {
  expect((await run(10, 3, many(20))).meest).toEqual({ huis: 10, allen: 10 })
  const beurten = makeBeurten(2, LANG, 1)
  for (const [vrager] of [many(1, 'een'), many(1, 'een'), many(1, 'een')])
    if (vrager) (await beurten.neem(vrager))()
})

test('what another waits for too is not held up by what its first asker has under way', async () => {
  const beurten = makeBeurten(3, LANG, 1)
  const [eerste, samen, alleen] = many(3, 'veel')
  if (!eerste || !samen || !alleen) throw new Error('three')
  const end = await beurten.neem(eerste)
  const gegaan: string[] = []
  const wacht = [
    beurten.neem(alleen).then(() => gegaan.push('alleen')),
    beurten.neem(samen).then(() => gegaan.push('samen')),
  ]
  await turn()
  expect(gegaan).toEqual([])
  beurten.deel(samen)
  await turn()
  expect(gegaan).toEqual(['samen'])
  end()
  await Promise.all(wacht)
})

test('who waits longer than the patience is told so, and takes no turn from who waits on', async () => {
  const beurten = makeBeurten(1, 1, 1)
  const end = await beurten.neem({ rang: nextRang() })
  await expect(beurten.neem({ rang: nextRang() })).rejects.toMatchObject({ code: GEEN_BEURT.allen })
  end()
  await beurten.neem({ rang: nextRang() })
})

test('who waits for their own work while there is room for others is told that', async () => {
  const beurten = makeBeurten(2, 1, 1)
  const [eerste, tweede, ander] = [...many(2, 'veel'), ...many(1, 'ander')]
  if (!eerste || !tweede || !ander) throw new Error('three')
  await beurten.neem(eerste)
  await expect(beurten.neem(tweede)).rejects.toMatchObject({ code: GEEN_BEURT.persoon })
  await beurten.neem(ander)
})

test('of one piece of work, what was asked first goes first', async () => {
  const beurten = makeBeurten(1, LANG, 5)
  const rang = nextRang()
  const end = await beurten.neem({ rang })
  const gegaan: number[] = []
  const wacht = [1, 2, 3].map(async nummer => {
    const klaar = await beurten.neem({ rang })
    gegaan.push(nummer)
    klaar()
  })
  end()
  await Promise.all(wacht)
  expect(gegaan).toEqual([1, 2, 3])
})

test('who had a turn in time is not counted out when the patience would have ended, and neither is who waits then', async () => {
  vi.useFakeTimers()
  const beurten = makeBeurten(1, 100, 1)
  const endFirst = await beurten.neem({ rang: nextRang() })
  const tweede = beurten.neem({ rang: nextRang() })
  await vi.advanceTimersByTimeAsync(60)
  const derde = beurten.neem({ rang: nextRang() })
  let gegaan = false
  derde.then(() => {
    gegaan = true
  })
  endFirst()
  const endSecond = await tweede
  // The patience of the second would end here, while the third still waits.
  await vi.advanceTimersByTimeAsync(60)
  endSecond()
  await vi.advanceTimersByTimeAsync(0)
  expect(gegaan).toBe(true)
  expect(vi.getTimerCount()).toBe(0)
})

test('who may not go yet is passed by, whoever waits behind them', async () => {
  const beurten = makeBeurten(2, LANG, 1)
  const [eerste, tweede, ander] = [...many(2, 'veel'), ...many(1, 'ander')]
  if (!eerste || !tweede || !ander) throw new Error('three')
  const end = await beurten.neem(eerste)
  const gegaan: string[] = []
  const wacht = [
    beurten.neem(tweede).then(() => gegaan.push('veel')),
    beurten.neem(ander).then(() => gegaan.push('ander')),
  ]
  await turn()
  expect(gegaan).toEqual(['ander'])
  end()
  await Promise.all(wacht)
  expect(gegaan).toEqual(['ander', 'veel'])
})
