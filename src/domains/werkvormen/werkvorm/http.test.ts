import { expect, test } from 'vitest'
import { werkvormOpstelling } from '../../../../test/support/werkvorm.ts'

/** What holds for the form of every tool. */
const t = await werkvormOpstelling()
const GETYPT = 'Nog niet klaar'

test.each([
  ['instrumenten', { aanbod: String(t.aanbod[0]), motivering: GETYPT }],
  ['knoppen', { 'versie-verbinden': '0', 'opmerking-verbinden-0': GETYPT }],
  ['voorwaarden', { code: 'rk1', bewijs: GETYPT }],
  ['risico/aantallen', { bron: GETYPT }],
])('%s: what was typed when the session ended comes back, and is not saved yet', async (naam, velden) => {
  const pad = `/beleid/doorlopen/${t.doorloop}/${naam}`
  const count = async () => (await t.db.owner.query('select count(*) from beleid.deel')).rows
  const eerst = await count()
  const { statusCode, body } = await t.post(pad, { ...velden, versie: '0', _verder: '1' })
  expect(statusCode).toBe(200)
  expect(body).toMatch(new RegExp(`value="${GETYPT}"|>${GETYPT}</textarea>`))
  expect(body.match(/Wat u had ingevuld, staat er nog/g)).toHaveLength(1)
  expect(await count()).toEqual(eerst)
})
