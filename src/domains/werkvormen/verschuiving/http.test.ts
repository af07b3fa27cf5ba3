import { describe, expect, it } from 'vitest'
import { tellInOrder } from '../../../../test/support/verhaal.ts'
import { werkvormOpstelling, zetStaat } from '../../../../test/support/werkvorm.ts'

tellInOrder()

const t = await werkvormOpstelling()
const PAD = `/beleid/doorlopen/${t.doorloop}/verschuiving`
const [hulp, sterk] = t.aanbod

type Plek = [x: string, y: string, rol: string]
const LEEG: Plek = ['', '', '']
const velden = (id: number, versie: number, nu: Plek = LEEG, wens: Plek = LEEG) => ({
  [`versie-${id}`]: String(versie),
  ...Object.fromEntries(
    (['x', 'y', 'rol'] as const).flatMap((veld, i) => [
      [`nu-${veld}-${id}`, nu[i] ?? ''],
      [`wens-${veld}-${id}`, wens[i] ?? ''],
    ]),
  ),
})

describe('de kaart van curatief naar preventief', () => {
  it('toont zonder script een volledig formulier, en de kaart met een naam', async () => {
    const { body } = await t.get(PAD)
    expect(body).toContain('Van curatief naar preventief</h1>')
    for (const id of t.aanbod)
      for (const veld of ['nu-x', 'nu-y', 'nu-rol', 'wens-x', 'wens-y', 'wens-rol'])
        expect(body).toContain(`name="${veld}-${id}"`)
    expect(body).toMatch(/<svg[^>]*role="img"[^>]*aria-label="Kaart van 2 soorten aanbod/)
    expect(body).not.toContain('Jeugd: passend gaat voor licht')
    expect(body).not.toMatch(/\sstyle="/)
  })

  it('bewaart plek en rol, nu en gewenst, en zegt de beweging in woorden', async () => {
    const antwoord = await t.post(PAD, {
      ...velden(hulp, 0, ['2', '1', 'overnemen'], ['5', '4', 'regie']),
      ...velden(sterk, 0, ['8', '7', ''], ['8', '7', '']),
    })
    expect(antwoord.statusCode).toBe(303)
    const { body } = await t.get(PAD)
    expect(body).toContain('3 stappen naar preventief en 3 stappen naar zelfredzaam')
    expect(body).toContain('Blijft waar het is')
    expect(body).toContain('1 naar preventief, 0 naar curatief, 1 op dezelfde hoogte')
    expect(body).toContain('Regie voeren')
  })

  it('gaat mee als bestand, met plek, rol en beweging', async () => {
    expect((await t.get(PAD)).body).toContain(`href="${PAD}/export?formaat=csv"`)
    const { body } = await t.get(`${PAD}/export?formaat=csv`, t.meedenker)
    expect(body).toContain('Aanbod;Preventief nu;Zelfredzaam nu;Rol nu;Preventief gewenst;')
    expect(body).toContain('Hulp bij het huishouden;2;1;Overnemen;5;4;Regie voeren;3 stappen naar preventief')
    expect((await t.get(`/beleid/doorlopen/${t.vanB}/verschuiving/export`, t.adviseurA)).statusCode).toBe(404)
  })

  it('schrijft niets wat niet veranderde', async () => {
    const zelfde = velden(hulp, 1, ['2', '1', 'overnemen'], ['5', '4', 'regie'])
    expect((await t.post(PAD, zelfde)).statusCode).toBe(303)
    const { rows } = await t.db.owner.query(
      "select sleutel, versie from beleid.deel where onderdeel = 'verschuiving' order by sleutel",
    )
    expect(rows.map(rij => rij.versie)).toEqual([1, 1])
  })

  it('laat twee mensen verschillend aanbod verplaatsen, en hetzelfde aanbod niet ongezien', async () => {
    const sterkZelfde = velden(sterk, 1, ['8', '7', ''], ['8', '7', ''])
    const collega = { ...velden(hulp, 1, ['2', '1', 'overnemen'], ['9', '9', '']), ...sterkZelfde }
    expect((await t.post(PAD, collega, t.collega)).statusCode).toBe(303)
    // The first still has the old place of `hulp` on screen, untouched, and moves the other offer: that goes through.
    const hulpOud = velden(hulp, 1, ['2', '1', 'overnemen'], ['5', '4', 'regie'])
    const anders = { ...hulpOud, ...velden(sterk, 1, ['8', '7', ''], ['10', '7', '']) }
    expect((await t.post(PAD, anders)).statusCode).toBe(303)
    expect((await t.get(PAD)).body).toMatch(new RegExp(`name="wens-x-${hulp}"[^>]*value="9"`))
    const botsing = await t.post(PAD, { ...velden(hulp, 1, ['0', '0', ''], ['1', '1', '']) })
    expect(botsing.statusCode).toBe(409)
    expect(botsing.body).toContain(
      'Iemand anders heeft de plek van Hulp bij het huishouden intussen gewijzigd',
    )
    expect(botsing.body).toContain('9 van 10 naar preventief, 9 van 10 naar zelfredzaam')
    expect(botsing.body).toMatch(new RegExp(`name="nu-x-${hulp}"[^>]*value="0"`))
    expect(botsing.body).toContain(`name="versie-${hulp}" value="2"`)
  })

  it('overschrijft bij de tweede poging alleen het aanbod dat botste', async () => {
    const kaart = (versies: [number, number], plek1: string, plek2: string) => ({
      ...velden(hulp, versies[0], [plek1, '1', '']),
      ...velden(sterk, versies[1], [plek2, '1', '']),
    })
    expect((await t.post(PAD, kaart([2, 2], '1', '1'))).statusCode).toBe(303)
    expect((await t.post(PAD, kaart([3, 3], '2', '2'), t.collega)).statusCode).toBe(303)
    // Opened before the colleague saved; only the first offer was moved.
    const { body, statusCode } = await t.post(PAD, kaart([3, 3], '9', '1'))
    expect(statusCode).toBe(409)
    const versie = (id: number) => Number(body.match(new RegExp(`name="versie-${id}" value="(\\d+)"`))?.[1])
    expect((await t.post(PAD, kaart([versie(hulp), versie(sterk)], '9', '1'))).statusCode).toBe(303)
    const { rows } = await t.db.owner.query(
      `select inhoud -> 'nu' -> 'x' as x from beleid.deel
       where doorloop_id = $1 and onderdeel = 'verschuiving' order by aanbod_id`,
      [t.doorloop],
    )
    expect(rows).toEqual([{ x: 9 }, { x: 2 }])
  })

  it('weigert met alle fouten tegelijk en bewaart wat er stond', async () => {
    const fout = { ...velden(hulp, 2, ['12', '1', '']), ...velden(sterk, 2, ['8', '', '']) }
    const { body, statusCode } = await t.post(PAD, fout)
    expect(statusCode).toBe(400)
    expect(body).toContain('Er zijn 2 dingen die u moet aanpassen')
    expect(body).toContain(`href="#veld-nu-x-${hulp}"`)
    expect(body).toContain(`id="veld-nu-x-${hulp}"`)
    expect(body).toMatch(new RegExp(`name="nu-x-${hulp}"[^>]*value="12"`))
  })

  it('zegt bij jeugd dat passend voor licht gaat', async () => {
    const { body } = await t.get(`/beleid/doorlopen/${t.jeugd}/verschuiving`)
    expect(body).toContain('Jeugd: passend gaat voor licht')
    expect(body).toContain('betekent hier dus niet dat het beter')
  })

  it('spreekt van één aanbod als er één is', async () => {
    const pad = `/beleid/doorlopen/${t.jeugd}/verschuiving`
    const id = Number(/name="versie-(\d+)"/.exec((await t.get(pad)).body)?.[1])
    expect((await t.post(pad, velden(id, 0, ['1', '1', ''], ['2', '1', '']))).statusCode).toBe(303)
    const { body } = await t.get(pad)
    expect(body).toContain('Het aanbod heeft een plek nu en een gewenste plek: 1 naar preventief')
    expect(body).toContain('aria-label="Kaart van 1 soort aanbod')
  })

  it('is leeg zonder aanbod en bestaat niet voor een andere gemeente', async () => {
    expect((await t.get(`/beleid/doorlopen/${t.leeg}/verschuiving`)).body).toContain('Naar de inventarisatie')
    expect((await t.get(`/beleid/doorlopen/${t.vanB}/verschuiving`, t.adviseurA)).statusCode).toBe(404)
  })

  it('is alleen te lezen voor wie meedenkt, en voor iedereen als de doorloop stilstaat', async () => {
    const { body } = await t.get(PAD, t.meedenker)
    expect(body).not.toContain(`name="nu-x-${hulp}"`)
    expect(body).toContain('<svg')
    expect((await t.post(PAD, velden(hulp, 2), t.meedenker)).statusCode).toBe(403)
    await zetStaat(t.db, t.doorloop, 'gepauzeerd')
    expect((await t.get(PAD)).body).not.toContain(`name="nu-x-${hulp}"`)
    expect((await t.post(PAD, velden(hulp, 2))).statusCode).toBe(409)
    await zetStaat(t.db, t.doorloop, 'loopt')
  })

  it('werkt met een andere methode', async () => {
    const pad = `/beleid/doorlopen/${t.ander}/verschuiving`
    expect((await t.get(pad)).body).toContain('>Laten</option>')
    const gegeven = velden(t.anderAanbod, 0, ['1', '1', 'c2'], ['2', '2', 'regie'])
    expect((await t.post(pad, gegeven)).statusCode).toBe(400)
  })
})
