import { describe, expect, it } from 'vitest'
import { maakDoorloop } from '../../../../test/support/beleid.ts'
import { bladproef } from '../../../../test/support/bladproef.ts'

const { db, bea, methodeId, get, klareDoorloop, voegToe } = await bladproef()

describe('vergelijken met een vorige doorloop', () => {
  it('zegt wat nieuw is, wat bleef en wat verdween', async () => {
    const eerste = await klareDoorloop()
    await voegToe(eerste.pad)
    await voegToe(eerste.pad, { tekst: 'Houd de klussendienst' })
    await db.owner.query(`update beleid.doorloop set staat = 'vastgesteld' where doorloop_id = $1`, [
      eerste.doorloop,
    ])
    const tweede = await maakDoorloop(db, eerste.dossier, methodeId, bea.gebruikerId)
    const pad = `/beleid/doorlopen/${tweede}`
    await voegToe(pad)
    await voegToe(pad, { tekst: 'Begin een gesprek' })
    const { body } = await get(`${pad}/vergelijk`, bea)
    expect(body).toContain('2 conclusies zijn anders dan in doorloop 1.')
    expect(body).toMatch(
      /Gebleven<.*Zet in op fitheid.*Nieuw<.*Begin een gesprek.*Verdwenen<.*Houd de klussendienst/s,
    )
    expect((await get(`${eerste.pad}/vergelijk`, bea)).statusCode).toBe(404)
  })
})
