import { describe, expect, it } from 'vitest'
import { tellInOrder } from '../../../../test/support/verhaal.ts'
import { werkvormOpstelling, zetStaat } from '../../../../test/support/werkvorm.ts'

tellInOrder()

const t = await werkvormOpstelling()
const PAD = `/beleid/doorlopen/${t.doorloop}/risico`
const AANTALLEN = `${PAD}/aantallen`
const [hulp, sterk] = t.aanbod.map(String)
const basis = (aanbod: string | undefined, versie = 0) => ({ aanbod: aanbod ?? '', versie: String(versie) })

describe('de risicomatrix', () => {
  it('toont groepen tegen factoren, elk vakje genoemd door rij en kolom, en altijd de noot', async () => {
    const { body } = await t.get(PAD)
    expect(body).toContain('Een hoog risico is niet hetzelfde als kwetsbaar zijn.')
    expect(body.match(/type="checkbox"/g)).toHaveLength(11 * 8)
    expect(body).toMatch(/<th scope="row"[^>]*>Mantelzorgers/)
    expect(body).toMatch(/aria-labelledby="\S+-r0 \S+-k0"/)
  })

  it('bewaart de vinkjes van een aanbod en laat gaten en overlap zien', async () => {
    const vinkjes = { 'groep-ouderen': ['netwerk', 'woning'], 'groep-eenzaam': 'netwerk' }
    expect((await t.post(PAD, { ...basis(hulp), ...vinkjes })).statusCode).toBe(303)
    const tweede = { ...basis(sterk), 'groep-ouderen': 'netwerk' }
    expect((await t.post(PAD, tweede)).statusCode).toBe(303)
    expect((await t.get(`${PAD}?aanbod=${sterk}`)).body).toContain('met 1 vinkje.')
    const { body } = await t.get(`${PAD}?aanbod=${hulp}`)
    expect(body).toContain('voor 2 van de 11 groepen bedoeld, met 3 vinkjes')
    expect(body).toMatch(/Groepen<.*laaggeletterden/is)
    expect(body).toMatch(/Risicofactoren<.*Schulden, Laag inkomen/s)
    expect(body).toContain(
      'Ouderen boven de 70 en alleenstaande ouderen, klein of geen netwerk: Hulp bij het huishouden en Sterk blijven',
    )
  })

  it('laat twee mensen elkaar niet overschrijven', async () => {
    const botsing = await t.post(PAD, { ...basis(sterk, 0), 'groep-ggz': 'schulden' }, t.collega)
    expect(botsing.statusCode).toBe(409)
    expect(botsing.body).toContain('Iemand anders heeft de risicomatrix van dit aanbod intussen gewijzigd')
    expect(botsing.body).toMatch(/id="veld-groep-ggz"[^>]*checked/)
    expect(botsing.body).toContain('name="versie" value="1"')
  })

  it('is leeg zonder aanbod, bestaat niet voor een andere gemeente en is te lezen voor wie meedenkt', async () => {
    expect((await t.get(`/beleid/doorlopen/${t.leeg}/risico`)).body).toContain('Naar de inventarisatie')
    expect((await t.get(`/beleid/doorlopen/${t.vanB}/risico`, t.adviseurA)).statusCode).toBe(404)
    const { body } = await t.get(PAD, t.meedenker)
    expect(body).not.toContain('type="checkbox"')
    expect(body).toContain('Risicofactoren per groep waarvoor dit aanbod is bedoeld')
    expect((await t.post(PAD, basis(hulp, 1), t.meedenker)).statusCode).toBe(403)
  })

  it('staat stil als de doorloop gepauzeerd is', async () => {
    await zetStaat(t.db, t.doorloop, 'gepauzeerd')
    expect((await t.get(PAD)).body).not.toContain('type="checkbox"')
    expect((await t.post(PAD, basis(hulp, 1))).statusCode).toBe(409)
    await zetStaat(t.db, t.doorloop, 'loopt')
  })

  it('werkt met een andere methode', async () => {
    const pad = `/beleid/doorlopen/${t.ander}/risico`
    expect((await t.get(pad)).body.match(/type="checkbox"/g)).toHaveLength(2)
    const velden = { ...basis(String(t.anderAanbod)), 'groep-c1': 'c1' }
    expect((await t.post(pad, velden)).statusCode).toBe(303)
    expect((await t.get(pad)).body).toMatch(/>Groepen<.*Ouders<.*Elke factor wordt bereikt/s)
  })
})

describe('aantallen per groep', () => {
  it('bewaart een aantal met bron en jaar', async () => {
    const velden = { groep: 'ouderen', versie: '0', aantal: '1.240', bron: 'CBS', jaar: '2025' }
    expect((await t.post(AANTALLEN, velden)).statusCode).toBe(303)
    const { body } = await t.get(PAD)
    expect(body).toContain('1.240')
    expect(body).toContain('CBS')
  })

  it('bewaart en toont nooit een aantal onder de tien', async () => {
    const velden = { groep: 'ggz', versie: '0', aantal: '7', bron: 'Eigen telling', jaar: '2025' }
    expect((await t.post(AANTALLEN, velden)).statusCode).toBe(303)
    expect((await t.get(`${AANTALLEN}?groep=ggz`)).body).toContain('value="minder dan 10"')
    const { rows } = await t.db.owner.query(
      "select inhoud from beleid.deel where onderdeel = 'aantal' and sleutel = 'ggz'",
    )
    expect(rows[0].inhoud.aantal).toBe('klein')
  })

  it('weigert met alle fouten tegelijk', async () => {
    const velden = { groep: 'jongeren', versie: '0', aantal: 'veel', bron: '', jaar: '1850' }
    const { body, statusCode } = await t.post(AANTALLEN, velden)
    expect(statusCode).toBe(400)
    expect(body).toContain('Er zijn 3 dingen die u moet aanpassen')
    expect(body).toContain('value="veel"')
  })

  it('gooit geen bron of jaar weg omdat het aantal ontbreekt, en haalt met een leeg formulier alles weg', async () => {
    const velden = { groep: 'eenzaam', versie: '0', aantal: '', bron: 'GGD-monitor', jaar: '2025' }
    const half = await t.post(AANTALLEN, velden)
    expect(half.statusCode).toBe(400)
    expect(half.body).toContain('Vul het aantal in, of maak ook de bron en het jaar leeg.')
    expect(half.body).toContain('value="GGD-monitor"')
    expect((await t.post(AANTALLEN, { ...velden, aantal: '30' })).statusCode).toBe(303)
    const leeg = { groep: 'eenzaam', versie: '1', aantal: '', bron: '', jaar: '' }
    expect((await t.post(AANTALLEN, leeg)).statusCode).toBe(303)
    expect((await t.get(PAD)).body).not.toContain('GGD-monitor')
  })

  it('gaat mee als bestand, met een rij per groep en nooit een aantal onder de tien', async () => {
    expect((await t.get(PAD)).body).toContain(`href="${PAD}/export?formaat=csv"`)
    const { body } = await t.get(`${PAD}/export?formaat=csv`)
    expect(body).toContain('Groep;Inwoners;Minder dan 10;Bron;Jaar;Schulden;')
    const rij = (groep: string) => body.split('\r\n').find(regel => regel.startsWith(groep)) ?? ''
    expect(rij('Ouderen boven de 70')).toContain(';1240;;CBS;2025;')
    expect(rij('Ouderen boven de 70')).toContain('Hulp bij het huishouden en Sterk blijven')
    expect(rij('Mensen met psychiatrische')).toContain(';;ja;Eigen telling;2025;')
    expect((await t.get(`/beleid/doorlopen/${t.vanB}/risico/export`, t.adviseurA)).statusCode).toBe(404)
  })

  it('kent geen groep die de methode niet kent', async () => {
    expect((await t.get(`${AANTALLEN}?groep=onzin`)).statusCode).toBe(404)
    const velden = { groep: 'onzin', versie: '0', aantal: '', bron: '', jaar: '' }
    expect((await t.post(AANTALLEN, velden)).statusCode).toBe(404)
  })
})
