import { expect, test } from 'vitest'
import { testApp } from '../../test/support/app.ts'
import { testDatabase } from '../../test/support/database.ts'
import { testOmgeving } from '../../test/support/regio.ts'

const db = await testDatabase()
const omgeving = testOmgeving(db)

test('whom to tell about a weakness comes from the settings (RFC 9116)', async () => {
  const { app } = await testApp(db, omgeving, {
    contact: 'mailto:beveiliging@voorbeeld.nl',
    adres: 'https://samenhang.voorbeeld.nl',
  })
  const { statusCode, headers, body } = await app.inject({ url: '/.well-known/security.txt' })
  expect(statusCode).toBe(200)
  expect(headers['content-type']).toBe('text/plain; charset=utf-8')
  expect(body).toBe(
    'Contact: mailto:beveiliging@voorbeeld.nl\nExpires: 2026-09-12T11:00:00.000Z\nPreferred-Languages: nl, en\nCanonical: https://samenhang.voorbeeld.nl/.well-known/security.txt\n',
  )
})

test('without one nothing is said', async () => {
  const { app } = await testApp(db, omgeving)
  expect((await app.inject({ url: '/.well-known/security.txt' })).statusCode).toBe(404)
})
