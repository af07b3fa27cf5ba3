import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { findUitleg } from './serverlog.ts'

const map = mkdtempSync(join(tmpdir(), 'samenhang-serverlog-'))
afterAll(() => rmSync(map, { recursive: true, force: true }))

// A start was killed, and the server that it had begun comes up while the next start does.
const TWEE = [
  'FATAL:  lock file "postmaster.pid" already exists',
  'HINT:  Is another postmaster (PID 24211) running in data directory "/x/db"?',
  'LOG:  starting PostgreSQL 18.4',
  'LOG:  listening on IPv4 address "127.0.0.1", port 34983',
  'LOG:  database system was shut down',
  'LOG:  checkpoint complete',
  'LOG:  database system is ready to accept connections',
]

test.each([
  ['another start was first, whatever that one logs after it', TWEE, true],
  ['only its hint is left', TWEE.slice(1), true],
  ['the port was just taken', ['LOG:  could not bind IPv4 address "127.0.0.1"'], true],
  ['the folder is of another version', ['FATAL:  database files are incompatible with server'], false],
])('%s', async (_, regels, straksWeer) => {
  const path = join(map, 'server.log')
  writeFileSync(path, `eerder\n${regels.join('\n')}\n`)
  const uitleg = await findUitleg(
    map,
    { path, vanaf: 7, port: undefined },
    new Error('pg_ctl: could not start server'),
  )
  expect(uitleg.straksWeer).toBe(straksWeer)
})
