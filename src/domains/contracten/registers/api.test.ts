import { beforeAll, describe, expect, test } from 'vitest'
import { testApp } from '../../../../test/support/app.ts'
import { testDatabase } from '../../../../test/support/database.ts'
import { laadTestregio, testOmgeving } from '../../../../test/support/regio.ts'
import { hashSleutel, newSleutel } from '../../../platform/auth/koekje.ts'

/** A register for machines, beside what `http.test.ts` says of it. */
const db = await testDatabase()
const omgeving = testOmgeving(db)
const { app, login } = await testApp(db, omgeving)
const token = newSleutel()

beforeAll(async () => {
  await laadTestregio(omgeving)
  const { gebruikerId } = await login('contractmanager')
  await db.owner.query(
    `insert into platform.token (sleutel_hash, naam, gebruiker_id, rechten, verloopt_op)
     values ($1, 'Contractsysteem', $2, '{contracten.lezen,contracten.beheren}', now() + interval '1 day')`,
    [hashSleutel(token), gebruikerId],
  )
})

const PAD = '/api/v1/inrichting/segmenten'
const SEGMENT = { code: 'zz', wet: 'jw', naam: 'Naam', omschrijving: 'x', bron: 'x', volgorde: 9 }
const ask = (
  method: 'GET' | 'PUT' | 'DELETE',
  sleutel: string,
  { inhoud, kop = {} }: { inhoud?: string; kop?: Record<string, string> } = {},
) =>
  app.inject({
    method,
    url: `${PAD}/${sleutel}`,
    headers: {
      authorization: `Bearer ${token}`,
      ...(inhoud === undefined ? {} : { 'content-type': 'application/json' }),
      ...kop,
    },
    ...(inhoud === undefined ? {} : { payload: inhoud }),
  })
const put = (gegevens: object, kop = {}, sleutel = 'zz') =>
  ask('PUT', sleutel, { inhoud: JSON.stringify(gegevens), kop })

describe('a text that no column can hold', () => {
  test.each(['\\u0000', '\\ud800', '\\udc00\\ud800'])('%s is refused by its place', async teken => {
    const inhoud = JSON.stringify(SEGMENT).replace('"Naam"', `"a${teken}b"`)
    const { statusCode, body } = await ask('PUT', 'zz', { inhoud })
    expect(statusCode).toBe(400)
    expect(JSON.parse(body).errors).toEqual([
      { pointer: '/naam', detail: expect.stringContaining('een teken in dat niet kan worden bewaard') },
    ])
  })

  test('a character that JSON writes in two is one', async () => {
    const { statusCode, body } = await ask('PUT', 'zz', {
      inhoud: JSON.stringify(SEGMENT).replace('"Naam"', '"a\\ud83d\\ude00b"'),
    })
    expect([statusCode, JSON.parse(body).gegevens.naam]).toEqual([200, 'a😀b'])
  })
})
