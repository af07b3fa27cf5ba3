import { describe, expect, it } from 'vitest'
import type { Inlog } from '../../../../test/support/app.ts'
import { doorloopproef } from '../../../../test/support/doorloop.ts'
import { GEMEENTE_A, testBsn } from '../../../../test/support/regio.ts'

const { db, login, bea, get, post, rijen, nieuweDoorloop } = await doorloopproef()
const consulent = await login('consulent', { gemeenten: [GEMEENTE_A] })

describe('bijdragen', () => {
  it('komen van iedereen die meedenkt, met naam, ook bij een vraag die nog dicht is', async () => {
    const { pad } = await nieuweDoorloop()
    const vraag = `${pad}/vragen/p1`
    const velden = { soort: 'dilemma', bijdrage: 'Wat als iemand niet kan kiezen?' }
    const gegeven = await post(`${vraag}/bijdragen`, vraag, velden, consulent)
    expect(gegeven.statusCode).toBe(303)
    const { body } = await get(vraag, bea)
    expect(body).toContain('Wat als iemand niet kan kiezen?')
    expect(body).toContain('Test consulent')
    expect((await get(pad, bea)).body).toContain('1 bijdrage wacht')
  })

  it('krijgen een reactie; niet overnemen vraagt een reden, en twee keer reageren kan niet', async () => {
    const { pad, doorloop } = await nieuweDoorloop()
    const vraag = `${pad}/vragen/k1`
    await post(`${vraag}/bijdragen`, vraag, { soort: 'bijdrage', bijdrage: 'Denk aan X' }, consulent)
    const [rij] = await rijen('select bijdrage_id from beleid.bijdrage where doorloop_id = $1', doorloop)
    const id = rij.bijdrage_id
    const reageer = (uitkomst: string, reactie: string) =>
      post(
        `${vraag}/bijdragen/${id}`,
        vraag,
        { [`uitkomst-${id}`]: uitkomst, [`reactie-${id}`]: reactie },
        bea,
      )
    const zonder = await reageer('niet-overgenomen', '')
    expect(zonder.statusCode).toBe(400)
    expect(zonder.body).toContain('Vul de reactie in.')
    expect((await reageer('overgenomen', 'Goed punt')).statusCode).toBe(303)
    expect((await get(vraag, consulent)).body).toContain('Goed punt')
    expect((await reageer('meegewogen', '')).statusCode).toBe(409)
  })

  it('krijgen alleen een reactie bij hun eigen vraag, en zolang de doorloop loopt', async () => {
    const { pad, doorloop } = await nieuweDoorloop()
    const vraag = `${pad}/vragen/k1`
    await post(`${vraag}/bijdragen`, vraag, { soort: 'bron', bijdrage: 'Rapport X' }, consulent)
    const [{ id }] = await rijen(
      'select bijdrage_id as id from beleid.bijdrage where doorloop_id = $1',
      doorloop,
    )
    const reageer = (code: string) =>
      post(
        `${pad}/vragen/${code}/bijdragen/${id}`,
        pad,
        { [`uitkomst-${id}`]: 'overgenomen', [`reactie-${id}`]: '' },
        bea,
      )
    expect((await reageer('onzin')).statusCode).toBe(404)
    expect((await reageer('k2')).statusCode).toBe(409)
    await db.owner.query(`update beleid.doorloop set staat = 'voorgelegd' where doorloop_id = $1`, [doorloop])
    expect((await reageer('k1')).statusCode).toBe(409)
    await db.owner.query(`update beleid.doorloop set staat = 'loopt' where doorloop_id = $1`, [doorloop])
    expect((await reageer('k1')).statusCode).toBe(303)
  })

  it('staan er één keer als de knop twee keer is ingedrukt', async () => {
    const { pad, doorloop } = await nieuweDoorloop()
    const vraag = `${pad}/vragen/k1`
    const geef = (wie: Inlog) =>
      post(`${vraag}/bijdragen`, vraag, { soort: 'bron', bijdrage: 'Rapport Y' }, wie)
    const uit = await Promise.all([geef(consulent), geef(consulent), geef(bea)])
    expect(uit.map(a => a.statusCode)).toEqual([303, 303, 303])
    const wie = await rijen('select door from beleid.bijdrage where doorloop_id = $1 order by door', doorloop)
    expect(wie.map(rij => rij.door)).toEqual([bea.gebruikerId, consulent.gebruikerId].sort((a, b) => a - b))
  })

  it('bewaart wat er stond als er iets niet klopt', async () => {
    const { pad } = await nieuweDoorloop()
    const vraag = `${pad}/vragen/k1`
    const velden = { soort: 'dilemma', bijdrage: `Mevrouw met bsn ${testBsn(2)}` }
    const { body, statusCode } = await post(`${vraag}/bijdragen`, vraag, velden, consulent)
    expect(statusCode).toBe(400)
    expect(body).toContain('Haal het burgerservicenummer uit uw bijdrage')
    expect(body).toContain('Mevrouw met bsn')
  })
})
