import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { firstLine, killHard, startScript } from '../../test/support/proces.ts'
import { claimMap } from '../app/startproeven.ts'
import { holdSlot, isSlotHeld } from './bestandsslot.ts'
import { readConfig } from './config.ts'

const map = await mkdtemp(join(tmpdir(), 'samenhang-slot-'))
afterAll(() => rm(map, { recursive: true, force: true }))

test('a lock is of one process at a time, and ends with it however it ends', async () => {
  const path = join(map, 'een')
  expect(isSlotHeld(path)).toBe(false)
  const ander = startScript('hold-slot.ts', [path])
  expect(await firstLine(ander)).toBe('vast')
  expect(isSlotHeld(path)).toBe(true)
  expect(holdSlot(path, 0)).toBeUndefined()
  await killHard(ander)
  const release = holdSlot(path, 0)
  expect(release).toBeDefined()
  release?.()
})

test('the number of a process that happens to live does not claim a folder', async () => {
  const config = { ...readConfig({}), data: map }
  await writeFile(join(map, 'proces'), String(process.ppid))
  const release = await claimMap(config)
  await expect(claimMap(config)).rejects.toThrow(
    `al in gebruik door een andere Samenhang (proces ${process.pid})`,
  )
  await writeFile(join(map, 'proces'), '17\nelders')
  await expect(claimMap(config)).rejects.toThrow('(proces 17 op elders)')
  await release()
  await (await claimMap(config))()
})
