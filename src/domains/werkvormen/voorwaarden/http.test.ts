import { describe, expect, it } from 'vitest'
import { openSessie } from '../../../../test/support/app.ts'
import { tellInOrder } from '../../../../test/support/verhaal.ts'
import { werkvormOpstelling, zetStaat } from '../../../../test/support/werkvorm.ts'
import { mapVoorwaarden } from './store.ts'

tellInOrder()

const t = await werkvormOpstelling()
const PAD = `/beleid/doorlopen/${t.doorloop}/voorwaarden`
const velden = (code: string, versie: number, stand: string, meer: Record<string, string> = {}) => ({
  ...{ code, versie: String(versie), stand, bewijs: '', motivering: '', eigenaar: '' },
  ...meer,
})
const een = (code: string) => `${PAD}?code=${code}`
/** The form stands on the page of one precondition. */
const bewaar = (gegeven: Record<string, string>, wie = t.adviseur) => t.post(PAD, gegeven, wie)

describe('randvoorwaarden', () => {
  it('toont per kwadrant wat vaststellen tegenhoudt', async () => {
    const { body } = await t.get(PAD)
    expect(body).toContain('Randvoorwaarden</h1>')
    expect(body).toContain('0 van de 22 randvoorwaarden zijn voldaan of gemotiveerd.')
    expect(body).toContain('22 randvoorwaarden houden vaststellen tegen')
    expect(body).toContain('Omvang van het vangnet')
  })

  it('bewaart stand, bewijs en eigenaar', async () => {
    const eigenaar = String(t.meedenker.gebruikerId)
    const gegeven = velden('rk1', 0, 'voldaan', { bewijs: 'Vastgesteld op 3 maart', eigenaar })
    expect((await bewaar(gegeven)).statusCode).toBe(303)
    const { body } = await t.get(PAD)
    expect(body).toContain('1 van de 22')
    expect(body).toContain('Vastgesteld op 3 maart')
    expect(body).toContain('Test contractmanager')
    const kaart = await t.omgeving.database.read(
      { gemeentenClient: [], gemeentenCijfers: [], gemeentenBeleid: ['9101'], aanbieder: null },
      db => mapVoorwaarden(db, t.doorloop),
    )
    expect([...kaart]).toEqual([['rk1', 'voldaan']])
  })

  it('vraagt bij voldaan waar dat uit blijkt', async () => {
    const { body, statusCode } = await bewaar(velden('rk2', 0, 'voldaan'))
    expect(statusCode).toBe(400)
    expect(body).toContain('Vul het bewijs in.')
  })

  it('vraagt bij gemotiveerd een motivering en een eigenaar, en meldt alle fouten tegelijk', async () => {
    const gegeven = velden('rk2', 0, 'gemotiveerd', { bewijs: 'BSN 111222333', eigenaar: '999999' })
    const { body, statusCode } = await bewaar(gegeven)
    expect(statusCode).toBe(400)
    expect(body).toContain('Er zijn 3 dingen die u moet aanpassen')
    expect(body).toContain('Vul de motivering in.')
    expect(body).toContain('BSN 111222333')
    const niemand = await bewaar(velden('rk2', 0, 'gemotiveerd', { motivering: 'Volgt in mei' }))
    expect(niemand.statusCode).toBe(400)
    expect(niemand.body).toContain('Kies wie zorgt dat hieraan later wordt voldaan.')
    const eigenaar = String(t.meedenker.gebruikerId)
    const goed = velden('rk2', 0, 'gemotiveerd', { motivering: 'Volgt in mei', eigenaar })
    expect((await bewaar(goed)).statusCode).toBe(303)
    expect((await t.get(PAD)).body).toContain('20 randvoorwaarden houden vaststellen tegen')
  })

  it('gaan mee als bestand, met bewijs, motivering en eigenaar', async () => {
    expect((await t.get(PAD)).body).toContain(`href="${PAD}/export?formaat=csv"`)
    const { body } = await t.get(`${PAD}/export?formaat=csv`, t.meedenker)
    expect(body).toContain('Bouwsteen;Randvoorwaarde;Stand;Bewijs;Motivering;Eigenaar')
    expect(body).toContain(';Voldaan;Vastgesteld op 3 maart;;Test contractmanager')
    expect(body).toContain(';Gemotiveerd;;Volgt in mei;')
    expect(body.trim().split('\r\n')).toHaveLength(1 + 22)
    expect((await t.get(`/beleid/doorlopen/${t.vanB}/voorwaarden/export`, t.adviseurA)).statusCode).toBe(404)
  })

  it('laat twee mensen elkaar niet overschrijven', async () => {
    expect(
      (await bewaar(velden('rk3', 0, 'voldaan', { bewijs: 'Van de ander' }), t.collega)).statusCode,
    ).toBe(303)
    const botsing = await bewaar(velden('rk3', 0, 'niet-voldaan', { bewijs: 'Van mij' }))
    expect(botsing.statusCode).toBe(409)
    expect(botsing.body).toContain('Iemand anders heeft deze randvoorwaarde intussen gewijzigd')
    expect(botsing.body).toContain('Van de ander')
    expect(botsing.body).toContain('Van mij</textarea>')
    expect(botsing.body).toContain('name="versie" value="1"')
  })

  it('houdt een eigenaar vast die er niet meer werkt', async () => {
    await t.db.owner.query('update platform.gebruiker set actief = false where gebruiker_id = $1', [
      t.meedenker.gebruikerId,
    ])
    expect((await t.get(een('rk1'))).body).toContain('Test contractmanager (werkt hier niet meer)')
    const gegeven = velden('rk1', 1, 'voldaan', { bewijs: 'Nota', eigenaar: String(t.meedenker.gebruikerId) })
    expect((await bewaar(gegeven)).statusCode).toBe(303)
    await t.db.owner.query('update platform.gebruiker set actief = true where gebruiker_id = $1', [
      t.meedenker.gebruikerId,
    ])
    await openSessie(t.db, t.meedenker)
  })

  it('kent geen randvoorwaarde die de methode niet kent, en geen doorloop van een ander', async () => {
    expect((await t.get(een('onzin'))).statusCode).toBe(404)
    expect((await bewaar(velden('onzin', 0, 'voldaan'))).statusCode).toBe(404)
    expect((await t.get(`/beleid/doorlopen/${t.vanB}/voorwaarden`, t.adviseurA)).statusCode).toBe(404)
  })

  it('is te lezen voor wie meedenkt, en staat stil met de doorloop', async () => {
    const lezen = await t.get(een('rk1'), t.meedenker)
    expect(lezen.statusCode).toBe(200)
    expect(lezen.body).not.toContain('name="stand"')
    expect((await bewaar(velden('rk4', 0, 'voldaan'), t.meedenker)).statusCode).toBe(403)
    await zetStaat(t.db, t.doorloop, 'gepauzeerd')
    expect((await bewaar(velden('rk4', 0, 'voldaan'))).statusCode).toBe(409)
    await zetStaat(t.db, t.doorloop, 'loopt')
  })

  it('werkt met een andere methode', async () => {
    const pad = `/beleid/doorlopen/${t.ander}/voorwaarden`
    expect((await t.get(pad)).body).toContain('1 randvoorwaarde houdt vaststellen tegen')
    expect((await t.post(pad, velden('r1', 0, 'voldaan', { bewijs: 'Nota' }))).statusCode).toBe(303)
    expect((await t.get(pad)).body).toContain('De randvoorwaarden staan vaststellen niet in de weg')
  })
})
