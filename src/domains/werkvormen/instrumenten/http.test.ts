import { describe, expect, it } from 'vitest'
import { werkvormOpstelling, zetStaat } from '../../../../test/support/werkvorm.ts'

const t = await werkvormOpstelling()
const PAD = `/beleid/doorlopen/${t.doorloop}/instrumenten`
const [hulp, sterk] = t.aanbod
const velden = (aanbod: number, versie: number, meer: Record<string, string | string[]> = {}) => ({
  aanbod: String(aanbod),
  versie: String(versie),
  motivering: '',
  ...meer,
})

describe('de mix van instrumenten', () => {
  it('toont zeven criteria op een schaal tussen twee uitersten, en de vergelijking als tabel', async () => {
    const { body } = await t.get(PAD)
    expect(body).toContain('Mix van instrumenten</h1>')
    expect(body.match(/<fieldset class="sam-schaal"/g)).toHaveLength(7)
    expect(body).toContain('Sociale basis versterken')
    expect(body).toContain('Er is nog niets gewogen.')
    expect(body).toContain('De instrumenten vergeleken')
    expect(body).toContain('een overheidsopdracht')
    expect(body).toContain('Dit is geen advies.')
  })

  it('bewaart scores, uitleg en de gekozen mix met motivering', async () => {
    const gegeven = velden(hulp, 0, {
      ...{ 'score-effect': '1', 'score-omvang': '5', 'uitleg-effect': 'Gaat om de buurt' },
      ...{ mix: ['subsidie', 'inkoop', 'onzin'], motivering: 'Licht waar het kan' },
    })
    expect((await t.post(PAD, gegeven)).statusCode).toBe(303)
    const { body } = await t.get(`${PAD}?aanbod=${hulp}`)
    expect(body).toContain('Naar de kant van subsidie wijzen: beoogd effect.')
    expect(body).toContain('Naar de kant van inkoop (aanbesteden) wijzen: omvang van de doelgroep.')
    expect(body).toContain('Subsidie en Inkoop (aanbesteden)')
    expect(body).toContain('Licht waar het kan')
  })

  it('gaat mee als bestand, met score en uitleg per criterium', async () => {
    expect((await t.get(PAD)).body).toContain(`href="${PAD}/export?formaat=csv"`)
    const { body } = await t.get(`${PAD}/export?formaat=csv`)
    expect(body).toContain('Aanbod;Beoogd effect;Uitleg bij beoogd effect;Afdwingbaarheid;')
    expect(body).toContain('Hulp bij het huishouden;1;Gaat om de buurt;;;5;')
    expect(body).toContain(';Subsidie en Inkoop (aanbesteden);Licht waar het kan')
    const xlsx = await t.get(`${PAD}/export?formaat=xlsx`)
    expect(xlsx.headers['content-disposition']).toMatch(/filename="instrumenten-\d+-1\.xlsx"/)
    expect((await t.get(`/beleid/doorlopen/${t.vanB}/instrumenten/export`, t.adviseurA)).statusCode).toBe(404)
  })

  it('vraagt een motivering zodra er een mix is, en meldt alle fouten tegelijk', async () => {
    const fout = velden(sterk, 0, { 'score-effect': '9', mix: 'subsidie', 'uitleg-omvang': 'bsn 111222333' })
    const { body, statusCode } = await t.post(PAD, fout)
    expect(statusCode).toBe(400)
    expect(body).toContain('Er zijn 3 dingen die u moet aanpassen')
    expect(body).toContain('href="#veld-score-effect"')
    expect(body).toContain('Vul de motivering van de mix in.')
    expect(body).toContain('value="bsn 111222333"')
  })

  it('laat twee mensen elkaar niet overschrijven', async () => {
    expect((await t.post(PAD, velden(sterk, 0, { 'score-effect': '2' }), t.collega)).statusCode).toBe(303)
    const botsing = await t.post(PAD, velden(sterk, 0, { 'score-effect': '5', 'uitleg-effect': 'Van mij' }))
    expect(botsing.statusCode).toBe(409)
    expect(botsing.body).toContain('Iemand anders heeft de weging van dit aanbod intussen gewijzigd')
    expect(botsing.body).toContain('2 van 5')
    expect(botsing.body).toContain('value="Van mij"')
    expect(botsing.body).toContain('name="versie" value="1"')
  })

  it('gaat pas open als het wat af is, en is leeg zonder aanbod', async () => {
    const pad = `/beleid/doorlopen/${t.jeugd}/instrumenten`
    expect((await t.get(pad)).body).toContain('Eerst het wat, dan het hoe')
    expect((await t.get(`/beleid/doorlopen/${t.leeg}/instrumenten`)).body).toContain('Naar de inventarisatie')
  })

  it('bestaat niet voor een andere gemeente, en niet voor aanbod van een ander dossier', async () => {
    expect((await t.get(`/beleid/doorlopen/${t.vanB}/instrumenten`, t.adviseurA)).statusCode).toBe(404)
    expect((await t.post(PAD, velden(t.anderAanbod, 0))).statusCode).toBe(404)
  })

  it('is te lezen voor wie meedenkt, en staat stil met de doorloop', async () => {
    const { body } = await t.get(`${PAD}?aanbod=${hulp}`, t.meedenker)
    expect(body).not.toContain('name="score-effect"')
    expect(body).toContain('1 van 5. Gaat om de buurt')
    expect((await t.post(PAD, velden(hulp, 1), t.meedenker)).statusCode).toBe(403)
    await zetStaat(t.db, t.doorloop, 'gepauzeerd')
    expect((await t.post(PAD, velden(hulp, 1))).statusCode).toBe(409)
    await zetStaat(t.db, t.doorloop, 'loopt')
  })

  it('werkt met een andere methode, zonder vergelijking', async () => {
    const pad = `/beleid/doorlopen/${t.ander}/instrumenten`
    const { body } = await t.get(pad)
    expect(body.match(/<fieldset class="sam-schaal"/g)).toHaveLength(1)
    expect(body).not.toContain('De instrumenten vergeleken')
    expect((await t.post(pad, velden(t.anderAanbod, 0, { 'score-c1': '4' }))).statusCode).toBe(303)
    expect((await t.get(pad)).body).toContain('Naar de kant van inkoop wijzen: snelheid.')
  })
})
