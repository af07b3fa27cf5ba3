import { describe, expect, it } from 'vitest'
import { tellInOrder } from '../../../../test/support/verhaal.ts'
import { werkvormOpstelling, zetStaat } from '../../../../test/support/werkvorm.ts'

tellInOrder()

const t = await werkvormOpstelling()
const PAD = `/beleid/doorlopen/${t.doorloop}/knoppen`
/** What the form says of one knob; one post may hold several. */
const velden = (knop: string, versie: number, stand: string, opmerkingen: string[] = []) => ({
  [`versie-${knop}`]: String(versie),
  [`stand-${knop}`]: stand,
  ...Object.fromEntries(opmerkingen.map((tekst, i) => [`opmerking-${knop}-${i}`, tekst])),
})

describe('de knoppen', () => {
  it('toont per knop wat het oplevert en wat het voor iedereen betekent', async () => {
    const { body } = await t.get(PAD)
    expect(body).toContain('Knoppen</h1>')
    expect(body.match(/value="stevig"/g)).toHaveLength(4)
    expect(body).toContain('Minder te kiezen')
    expect(body).toContain('Er is nog aan geen knop gedraaid.')
  })

  it('zegt dat een rechter het meewegen van inkomen heeft uitgesloten, voor de wet van het dossier', async () => {
    const { body } = await t.get(PAD)
    expect(body).toContain('Dit kan juridisch niet')
    expect(body).toContain('Het inkomen of vermogen van de inwoner telt mee')
    expect(body).toContain('Leusden')
    expect(body).not.toContain('inkomen van ouders')
    const jeugd = await t.get(`/beleid/doorlopen/${t.jeugd}/knoppen`)
    expect(jeugd.body).toContain('Het inkomen van ouders telt mee')
  })

  it('bewaart een keuze met eigen opmerkingen, en zet alle gevolgen naast elkaar', async () => {
    const een = velden('verbinden', 0, 'stevig', ['Tafel vraagt 0,2 fte', '', 'Vaste contactpersoon'])
    expect((await t.post(PAD, { ...een, ...velden('minder', 0, 'beetje') })).statusCode).toBe(303)
    const { body } = await t.get(PAD)
    expect(body).toContain('U draait aan 2 van de 4 knoppen.')
    const samen = body.slice(body.indexOf('Alle gevolgen naast elkaar'))
    expect(samen).toContain('Inkoop en subsidie verbinden (stevig draaien)')
    expect(samen).toContain('Minder inkooppartners (een beetje draaien)')
    expect(samen).toContain('Vaste contactpersoon')
    expect(samen).not.toContain('Geen individueel traject')
  })

  it('gaan mee als bestand, met wat elke knop voor iedereen betekent', async () => {
    expect((await t.get(PAD)).body).toContain(`href="${PAD}/export?formaat=csv"`)
    const { body } = await t.get(`${PAD}/export?formaat=csv`)
    expect(body).toContain('Knop;Keuze;Levert op;Gevolgen voor ')
    expect(body).toMatch(/Inkoop en subsidie verbinden;Stevig draaien;.*Vaste contactpersoon/)
    expect(body).toMatch(/Minder inkooppartners;Een beetje draaien;.*Minder te kiezen/)
    expect((await t.get(`/beleid/doorlopen/${t.vanB}/knoppen/export`, t.adviseurA)).statusCode).toBe(404)
  })

  it('laat twee mensen elkaar niet overschrijven', async () => {
    expect((await t.post(PAD, velden('breed', 0, 'niet', ['Van de ander']), t.collega)).statusCode).toBe(303)
    const botsing = await t.post(PAD, velden('breed', 0, 'stevig', ['Van mij']))
    expect(botsing.statusCode).toBe(409)
    expect(botsing.body).toContain(
      'Iemand anders heeft de knop ‘Geen individueel traject waar breed aanbod is’',
    )
    expect(botsing.body).toContain('Van de ander')
    expect(botsing.body).toContain('Van mij</textarea>')
    expect(botsing.body).toContain('name="versie-breed" value="1"')
  })

  it('laat met rust wat alleen een ander aanraakte, ook bij een tweede poging', async () => {
    const formulier = { ...velden('minder', 1, 'beetje'), ...velden('preventie', 0, 'stevig', ['Van mij']) }
    expect(
      (await t.post(PAD, velden('minder', 1, 'stevig', ['Ook van de ander']), t.collega)).statusCode,
    ).toBe(303)
    expect((await t.post(PAD, formulier)).statusCode).toBe(303)
    const { body } = await t.get(PAD)
    expect(body).toContain('Ook van de ander</textarea>')
    expect(body).toContain('Van mij</textarea>')
    expect(body).toContain('Minder inkooppartners (stevig draaien)')
  })

  it('weigert zonder keuze en bewaart wat er stond', async () => {
    const formulier = {
      ...velden('preventie', 1, '', ['Iets']),
      ...velden('minder', 2, 'niet', ['Nog iets']),
    }
    const { body, statusCode } = await t.post(PAD, formulier)
    expect(statusCode).toBe(400)
    expect(body).toContain('href="#veld-stand-preventie"')
    expect(body).toContain('Iets</textarea>')
    expect(body).toContain('Nog iets</textarea>')
    // A knob that this method does not have is no knob: nothing is kept.
    expect((await t.post(PAD, velden('onzin', 0, 'niet'))).statusCode).toBe(303)
    const { rows } = await t.db.owner.query(`select from beleid.deel where sleutel = 'onzin'`)
    expect(rows).toEqual([])
  })

  it('laat een knop waar niets is ingevuld voor later', async () => {
    const pad = `/beleid/doorlopen/${t.ander}/knoppen`
    expect((await t.post(pad, velden('een', 0, ''))).statusCode).toBe(303)
    expect((await t.get(pad)).body).toContain('Nog niet gekozen')
  })

  it('gaat pas open als het wat af is', async () => {
    const pad = `/beleid/doorlopen/${t.jeugd}/knoppen`
    const { body } = await t.get(pad)
    expect(body).toContain('Dit is nog niet aan de beurt')
    expect(body).toContain('Eerst het wat, dan het hoe')
    expect(body).not.toContain('name="stand-minder"')
    expect((await t.post(pad, velden('minder', 0, 'niet'))).statusCode).toBe(409)
  })

  it('is leeg zonder aanbod, en bestaat niet voor een andere gemeente', async () => {
    expect((await t.get(`/beleid/doorlopen/${t.leeg}/knoppen`)).body).toContain('Naar de inventarisatie')
    expect((await t.get(`/beleid/doorlopen/${t.vanB}/knoppen`, t.adviseurA)).statusCode).toBe(404)
  })

  it('is te lezen voor wie meedenkt, en staat stil met de doorloop', async () => {
    const { body } = await t.get(PAD, t.meedenker)
    expect(body).not.toContain('name="stand-minder"')
    expect(body).toContain('Vaste contactpersoon')
    expect((await t.post(PAD, velden('minder', 1, 'niet'), t.meedenker)).statusCode).toBe(403)
    await zetStaat(t.db, t.doorloop, 'gepauzeerd')
    expect((await t.post(PAD, velden('minder', 1, 'niet'))).statusCode).toBe(409)
    await zetStaat(t.db, t.doorloop, 'loopt')
  })

  it('werkt met een andere methode, waar geen vraag naar de knoppen wijst', async () => {
    const pad = `/beleid/doorlopen/${t.ander}/knoppen`
    expect((await t.post(pad, velden('een', 0, 'stevig'))).statusCode).toBe(303)
    expect((await t.get(pad)).body).toContain('Enige knop (stevig draaien)')
  })
})
