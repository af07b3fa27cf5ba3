import { readFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { expect, inject, test } from 'vitest'
import { explainFault } from './uitleg.ts'

const metCode = (code: string) => Object.assign(new Error('x'), { code })
const van = (fout: () => Promise<unknown>) => fout().then(() => undefined, explainFault)

test('a full disk is said the same way, whoever is out of room', () => {
  expect(explainFault(metCode('ENOSPC'))).toBe(explainFault(metCode('53100')))
  expect(explainFault(metCode('ENOSPC'))).toContain('De schijf is vol')
})

test('a file that is not there, and a folder that takes none', async () => {
  const weg = join(tmpdir(), 'samenhang-is-er-niet', 'bestand')
  expect(await van(() => readFile(weg))).toContain(weg)
  // What a disk that is read-only answers to who makes a folder with all above it.
  const dicht = Object.assign(metCode('ENOENT'), { path: '/var/x', syscall: 'mkdir' })
  expect(explainFault(dicht)).toBe(explainFault(Object.assign(metCode('EROFS'), { path: '/var/x' })))
  for (const code of ['EACCES', 'EPERM', 'EROFS'])
    expect(explainFault(Object.assign(metCode(code), { path: '/var/x' })), code).toContain('/var/x')
})

test('a port that is taken, with its number', async () => {
  const eerste = createServer().listen(0, '127.0.0.1')
  await new Promise(klaar => eerste.once('listening', klaar))
  const adres = eerste.address()
  const port = typeof adres === 'object' && adres ? adres.port : 0
  const tweede = createServer().listen(port, '127.0.0.1')
  const fout = await new Promise(gemeld => tweede.once('error', gemeld))
  expect(explainFault(fout)).toContain(`Poort ${port} is al in gebruik`)
  await new Promise(dicht => eerste.close(dicht))
})

test.each([
  ['a database that is not there', 'bestaat_niet', 'laat ons niet binnen'],
  ['a server that does not answer', undefined, 'antwoordt niet'],
])('%s', async (_, naam, tekst) => {
  const url = naam ? `${inject('serverUrl')}${naam}` : 'postgresql://a:b@127.0.0.1:1/c'
  const client = new pg.Client({ connectionString: url })
  expect(await van(() => client.connect())).toContain(tekst)
})

test('our own server that stopped is not looked for in a setting', () => {
  expect(explainFault(metCode('ECONNREFUSED'), true)).toContain('De meegeleverde database is gestopt')
  expect(explainFault(metCode('57P01'), true)).not.toContain('DATABASE_URL')
})

test('anything else is a bug, and stays what it is', () => {
  expect(explainFault(new TypeError('x'))).toBeUndefined()
  expect(explainFault('x')).toBeUndefined()
})

test('a server that is there and takes nobody is not called away', () => {
  for (const [code, tekst] of [
    ['53300', 'geen plaats voor nog een verbinding'],
    ['57P03', 'nog aan het opstarten'],
  ] as const) {
    expect(explainFault(metCode(code))).toContain(tekst)
    expect(explainFault(metCode(code))).not.toContain('DATABASE_URL')
  }
})
