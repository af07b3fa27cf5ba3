import { beforeAll, describe, expect, test } from 'vitest'
import { type Inlog, type Koppeling, machine, testApp } from '../../../../test/support/app.ts'
import { testDatabase } from '../../../../test/support/database.ts'
import { laadTestregio, testOmgeving } from '../../../../test/support/regio.ts'

/** A register for machines, beside what `http.test.ts` says of it. */
const db = await testDatabase()
const omgeving = testOmgeving(db)
const { app, login } = await testApp(db, omgeving)
let manager: Inlog
let koppeling: Koppeling

beforeAll(async () => {
  await laadTestregio(omgeving)
  manager = await login('contractmanager')
  koppeling = await machine(db, manager)
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
      ...koppeling,
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

describe('what a program starts from', () => {
  const nieuw = { ...SEGMENT, code: 'etag' }
  const save = (gegevens: object, kop = {}) => put(gegevens, kop, 'etag')

  test('a row is put in once, changed as it was read, and not when it was changed since', async () => {
    expect((await save(nieuw, { 'if-match': '"1"' })).statusCode).toBe(412)
    expect((await save(nieuw, { 'if-none-match': '*' })).statusCode).toBe(200)
    expect((await save(nieuw, { 'if-none-match': '*' })).statusCode).toBe(412)
    const gelezen = (await ask('GET', 'etag')).headers.etag as string
    const gewijzigd = await save({ ...nieuw, naam: 'Twee' }, { 'if-match': gelezen })
    expect([gewijzigd.statusCode, gewijzigd.headers.etag !== gelezen]).toEqual([200, true])
    const laat = await save({ ...nieuw, naam: 'Drie' }, { 'if-match': gelezen })
    expect([laat.statusCode, laat.headers['content-type']]).toEqual([
      412,
      expect.stringContaining('application/problem+json'),
    ])
    expect((await ask('GET', 'etag')).json().gegevens.naam).toBe('Twee')
    expect((await ask('DELETE', 'etag', { kop: { 'if-match': gelezen } })).statusCode).toBe(412)
    const nu = String(gewijzigd.headers.etag)
    expect((await ask('DELETE', 'etag', { kop: { 'if-match': `"9", ${nu}` } })).statusCode).toBe(204)
  })

  test('of four programs that put the same new row at once one does, and one of four that change it', async () => {
    const statuses = async (kop: Record<string, string>, namen: readonly string[]) => {
      const samen = await Promise.all(namen.map(naam => put({ ...nieuw, code: 'samen', naam }, kop, 'samen')))
      expect((await ask('GET', 'samen')).json().gegevens.naam).toBe(
        namen[samen.findIndex(a => a.statusCode === 200)],
      )
      return samen.map(a => a.statusCode).sort()
    }
    expect(await statuses({ 'if-none-match': '*' }, ['Een', 'Twee', 'Drie', 'Vier'])).toEqual([
      200, 412, 412, 412,
    ])
    // By what they read: `*` only asks that it is there, so that one that comes late may change it again. And all something new: what is
    // there already changes nothing, and keeps nobody out.
    const gelezen = (await ask('GET', 'samen')).headers.etag as string
    expect(await statuses({ 'if-match': gelezen }, ['Vijf', 'Zes', 'Zeven', 'Acht'])).toEqual([
      200, 412, 412, 412,
    ])
  })

  test('what cannot be asked is refused, and not passed over', async () => {
    for (const kop of [
      { 'if-none-match': '"1"' },
      { 'if-unmodified-since': 'Mon, 16 Mar 2026 12:00:00 GMT' },
    ])
      expect((await save(nieuw, kop)).statusCode).toBe(400)
    const bericht = await app.inject({
      method: 'POST',
      url: '/api/v1/overnames/toewijzingen',
      headers: { ...koppeling, 'if-match': '"1"' },
    })
    expect(bericht.statusCode).toBe(403)
  })
})

test('every fault is at its place in the message, in one notation', async () => {
  const kop = koppeling
  const lijst = '/api/v1/inrichting/tarieven'
  const [{ sleutel, gegevens }] = (await app.inject({ url: lijst, headers: kop })).json().resultaten
  const pad = `${lijst}/${encodeURIComponent(sleutel)}`
  const send = async (anders: object) => {
    const payload = { ...gegevens, ...anders }
    const { errors } = (await app.inject({ method: 'PUT', url: pad, headers: kop, payload })).json()
    return errors.map(({ pointer }: { pointer: string }) => pointer)
  }
  expect(await send({ tarief: -1 })).toEqual(['/tarief'])
  // What is no number is not made one: nothing at all would be a price of € 0.
  for (const tarief of [null, true, '', ' ', '9000', '1e5', [5], {}])
    expect(await send({ tarief })).toEqual(['/tarief'])
  expect(await send({ tarief: undefined })).toEqual(['/tarief'])
  expect(await send({ bedrag: 1, geldigheid: null })).toEqual(['/bedrag', '/geldigheid'])
  expect(await send({ contract: 'C-9' })).toEqual(['/contract'])
  expect(await send({ geldigheid: { begin: '2026-01-01', eind: '2025-01-01' } })).toEqual([
    expect.stringMatching(/^\/geldigheid\/(?:begin|eind)$/),
  ])
})

test('the history of a row says with whose token it was changed', async () => {
  expect((await put(SEGMENT)).statusCode).toBe(200)
  const { body } = await app.inject({ url: '/inrichten/segmenten/rij/zz', headers: manager.headers })
  expect(body).toContain('token ‘Koppeling’ van Test contractmanager')
})

test('a version of a contract that would leave days without an answer is refused by that, at each door', async () => {
  const at = (sleutel: string) => `/api/v1/inrichting/contracten/${encodeURIComponent(sleutel)}`
  const [eerste, tweede] = ['TEST-1~2025-01-01', 'TEST-1~2026-07-01']
  const { gegevens } = (await app.inject({ url: at(eerste), headers: koppeling })).json()
  const save = async (sleutel: string, begin: string, eind: string) => {
    const payload = { ...gegevens, geldigheid: { begin, eind } }
    return app.inject({ method: 'PUT', url: at(sleutel), headers: koppeling, payload })
  }
  expect((await save(tweede, '2026-07-01', '2026-12-31')).statusCode).toBe(200)
  // A price stands on both sides of the gap.
  const { errors } = (await save(eerste, '2025-01-01', '2026-03-31')).json()
  expect(errors[0]).toEqual({
    pointer: '/geldigheid/eind',
    detail: expect.stringContaining('Dit sluit niet aan: een deel van dit contract eindigt op 31-03-2026'),
  })
  expect((await save('TEST-1~2026-10-01', '2026-10-01', '2026-12-31')).statusCode).toBe(200)
  const weg = await app.inject({ method: 'DELETE', url: at(tweede), headers: koppeling })
  expect([weg.statusCode, weg.json().detail]).toEqual([409, expect.stringContaining('Dit sluit niet aan')])
})
