import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { testDatabase } from '../../test/support/database.ts'
import { killHard } from '../../test/support/proces.ts'
import { TESTSLEUTEL } from '../../test/support/sleutel.ts'
import { startWebproces } from '../../test/support/webproces.ts'
import { GEDULD_MS, makeOpgeven } from './opgeven.ts'

test('a process is given up when it was unfit for long enough, without a break', () => {
  let nu = 0
  let stuk: string | undefined
  const opgeven = makeOpgeven(
    () => stuk,
    () => nu,
  )
  const na = (ms: number) => {
    nu += ms
    return opgeven()
  }
  expect(na(GEDULD_MS * 5)).toBeUndefined()
  stuk = 'kapot'
  expect(opgeven()).toBeUndefined()
  expect(na(GEDULD_MS - 1)).toBeUndefined()
  stuk = undefined
  expect(na(1)).toBeUndefined()
  stuk = 'weer kapot'
  expect(opgeven()).toBeUndefined()
  expect(na(GEDULD_MS)).toBe('weer kapot')
})

const map = await mkdtemp(join(tmpdir(), 'samenhang-opgeven-'))
afterAll(() => rm(map, { recursive: true, force: true }))

test('a process whose key was changed under it ends with code 1, so that it is started anew', async () => {
  const db = await testDatabase()
  const proces = await startWebproces({
    databaseUrl: db.url,
    sleutel: TESTSLEUTEL,
    data: map,
    env: {
      OIDC_ISSUER: 'https://inloggen.voorbeeld.example',
      OIDC_CLIENT_ID: 'samenhang',
      OIDC_CLIENT_SECRET: 'geheim',
    },
  })
  try {
    const einde = once(proces.child, 'exit')
    await db.owner.query(
      `insert into platform.sleutel (sleutel_nr, zegelsleutel, zegel_begin) select 2, zegelsleutel, zegel_begin from platform.sleutel`,
    )
    // It finds out with the first question to the database, which /klaar asks once a second.
    await expect
      .poll(
        async () => {
          await fetch(`${proces.url}/klaar`)
          return (await fetch(`${proces.url}/gezond`)).status
        },
        { timeout: 60_000, interval: 100 },
      )
      .toBe(503)
    expect(await einde).toEqual([1, null])
    expect(proces.fouten()).toContain('De sleutel van de database is gewisseld')
  } finally {
    await killHard(proces.child)
  }
}, 60_000)
