import { expect, test } from 'vitest'
import { testDatabase } from '../../test/support/database.ts'
import { testOmgeving } from '../../test/support/regio.ts'
import { readConfig } from '../platform/config.ts'
import type { Werkplek } from './omgeving.ts'
import { checkModus } from './startproeven.ts'

const db = await testDatabase()
const check = (env: Record<string, string>) =>
  checkModus({ ...testOmgeving(db), config: readConfig({ DATABASE_URL: db.url, ...env }) } as Werkplek)

test('a database that somebody brought is for nothing until they say for what: never a demonstration by itself', async () => {
  await expect(check({})).rejects.toThrow('Deze database is nog niet in gebruik. Stel OIDC_ISSUER')
  await check({ SAMENHANG_MODUS: 'demonstratie' })
  await check({})
  const OIDC = { OIDC_ISSUER: 'https://x.example', OIDC_CLIENT_ID: 'x', OIDC_CLIENT_SECRET: 'x' }
  await expect(check(OIDC)).rejects.toThrow('in gebruik genomen voor demonstratie')
})
