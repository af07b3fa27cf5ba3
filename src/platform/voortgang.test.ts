import { expect, test } from 'vitest'
import { testDatabase } from '../../test/support/database.ts'
import { testOmgeving } from '../../test/support/regio.ts'
import { makeCtx, systeem } from './http/ctx.ts'
import { sayStand } from './http/voortgang.tsx'
import { eachSaid, type Voortgang, withMeld, withNaam } from './voortgang.ts'

const omgeving = testOmgeving(await testDatabase())

test('long work says of which file and which row, and lets others have a turn', async () => {
  const gehoord: Voortgang[] = []
  const ctx = withMeld(makeCtx(omgeving, systeem('test', [])), v => gehoord.push(v))
  const gedaan: number[] = []
  // What waits for a turn gets one: of the loop, not of the clock, which may stand still for so few rows.
  let ander = 0
  const wacht = () => {
    ander += 1
    if (ander < 3) setImmediate(wacht)
  }
  setImmediate(wacht)
  const rijen = Array.from({ length: 1200 }, (_, i) => i)
  await eachSaid(withNaam(ctx.namens([]), 'tarieven.csv'), rijen, rij => gedaan.push(rij))
  expect(gedaan).toEqual(rijen)
  expect(gehoord).toEqual([0, 500, 1000].map(n => ({ wat: 'tarieven.csv', gedaan: n, van: 1200 })))
  expect(ander).toBe(3)
})

test.each([
  [{ gedaan: 0, van: 0 }, 'Het bestand wordt gelezen.'],
  [{ gedaan: 4000, van: 20_300 }, 'Rij 4.000 van 20.300.'],
  [{ gedaan: 20_300, van: 20_300 }, 'Alle 20.300 rijen zijn nagekeken. Nog even geduld.'],
])('%o is said as: %s', (stand, zin) => {
  expect(sayStand(stand)).toBe(zin)
})
