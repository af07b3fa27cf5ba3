import { beforeAll, describe, expect, test } from 'vitest'
import { type Inlog, testApp } from '../../../test/support/app.ts'
import { testDatabase } from '../../../test/support/database.ts'
import { openFormulier } from '../../../test/support/formulier.ts'
import { laadTestregio, testOmgeving } from '../../../test/support/regio.ts'

/** How many drafts somebody can have, and of which forms none. */
const db = await testDatabase()
const omgeving = testOmgeving(db)
const { app, login } = await testApp(db, omgeving)
const NIEUW = '/interventies/nieuw'
const HEEL = {
  gemeente: 'regio',
  omschrijving: 'Samen wandelen',
  bewijs: 'onbewezen',
  doelgroep: 'Ouderen',
  inzetbaarDoor: 'Wijkteams',
}
beforeAll(async () => {
  await laadTestregio(omgeving)
})

const iemand = () => login('beleidsadviseur')
const countKept = async (wie: Inlog) =>
  (
    await db.owner.query('select from platform.concept where gebruiker_id = $1 and inhoud is not null', [
      wie.gebruikerId,
    ])
  ).rowCount

describe('a draft that cannot be kept', () => {
  test.each([
    ['too long an address', `${NIEUW}?onder=${'a'.repeat(500)}`],
    ['an address with a burgerservicenummer', `${NIEUW}?onder=123456782`],
    ['the same as a name', `${NIEUW}?123456782=1`],
  ])('%s: it is said, and it is saved all the same', async (_wat, pad) => {
    const wie = await iemand()
    const send = await openFormulier(app, NIEUW, wie)
    const { statusCode, body } = await send(pad, { naam: 'Elders', _concept: 'bewaar' })
    expect([statusCode, body]).toEqual([400, expect.stringContaining('kan geen concept worden bewaard')])
    expect(await countKept(wie)).toBe(0)
    const saved = await send(pad, { ...HEEL, naam: 'Elders' })
    expect([saved.statusCode, saved.headers.location]).toEqual([
      303,
      expect.stringMatching(/interventies\/\d+/),
    ])
  })

  test('nothing is left of throwing away what was not there', async () => {
    const wie = await iemand()
    await (await openFormulier(app, NIEUW, wie))(`${NIEUW}?onzin=1`, { _concept: 'weg' })
    const { rowCount } = await db.owner.query('select from platform.concept where gebruiker_id = $1', [
      wie.gebruikerId,
    ])
    expect(rowCount).toBe(0)
  })

  test('of many at once no more than twenty stay', async () => {
    const wie = await iemand()
    const send = await openFormulier(app, NIEUW, wie)
    await Promise.all(
      Array.from({ length: 26 }, (_, i) => send(`${NIEUW}?nr=${i}`, { naam: `${i}`, _concept: 'bewaar' })),
    )
    expect(await countKept(wie)).toBe(20)
  })
})
