import { describe, expect, it } from 'vitest'
import { bladproef } from '../../../../test/support/bladproef.ts'

const { db, bea, inkoop, get, post, klareDoorloop, voegToe } = await bladproef()

describe('conclusies', () => {
  it('dragen het juridische risico waar de keuze wordt gemaakt', async () => {
    const { pad } = await klareDoorloop()
    await voegToe(pad)
    await voegToe(pad, { tekst: 'Zet lopende hulp om', raakt: 'bestaand' })
    await voegToe(pad, { tekst: 'Laat inkomen meetellen', kenmerken: ['inkomen'] })
    const { body } = await get(`${pad}/conclusies`, bea)
    expect(body).toMatch(/Zet in op fitheid.*Juridisch risico laag/s)
    expect(body).toMatch(/Zet lopende hulp om.*Juridisch risico hoger/s)
    expect(body).toMatch(/Laat inkomen meetellen.*Juridisch uitgesloten.*Leusden.*1 februari 2023/s)
  })

  it('worden iets met een eigenaar, en zijn van daar terug te vinden', async () => {
    const { pad } = await klareDoorloop()
    const id = await voegToe(pad)
    const [segment] = (
      await db.owner.query(`select segment_id::text as id from contracten.segment where code = 'W-BEG'`)
    ).rows
    const van = `${pad}/conclusies/${id}`
    const opdracht = {
      bestemming: 'inkoop',
      wat: 'Neem het op in de inkoopstrategie',
      eigenaar: String(inkoop.gebruikerId),
      uiterlijk: '31-12-2026',
      segment: segment.id,
    }
    const fout = await post(`${van}/opdrachten`, van, { ...opdracht, wat: '', uiterlijk: '31-02-2026' })
    expect(fout.statusCode).toBe(400)
    expect(fout.body).toContain('Er zijn 2 dingen die u moet aanpassen')
    expect((await post(`${van}/opdrachten`, van, opdracht)).statusCode).toBe(303)
    const lijst = await get('/opdrachten?van=mij', inkoop)
    expect(lijst.body).toContain('Neem het op in de inkoopstrategie')
    const pagina = /\/opdrachten\/(\d+)/.exec(lijst.body)?.[0] ?? ''
    const een = await get(pagina, inkoop)
    expect(een.body).toContain('Zet in op fitheid')
    expect(een.body).toContain(`href="${pad}"`)
    const klaar = { staat: 'klaar', eigenaar: String(inkoop.gebruikerId), toelichting: '', versie: '1' }
    const zonder = await post(pagina, pagina, { ...klaar, resultaat: '' }, inkoop)
    expect(zonder.body).toContain('Schrijf op wat ervan is gekomen.')
    expect((await post(pagina, pagina, { ...klaar, resultaat: 'Staat erin' }, inkoop)).statusCode).toBe(303)
    expect((await post(pagina, pagina, { ...klaar, resultaat: 'Nogmaals' }, inkoop)).statusCode).toBe(409)
    expect((await get(pagina, inkoop)).body).toContain('Staat erin')
  })

  it('zijn te schrappen en terug te zetten', async () => {
    const { pad } = await klareDoorloop()
    const id = await voegToe(pad)
    await post(`${pad}/conclusies/${id}/schrap`, `${pad}/conclusies/${id}`, {})
    expect((await get(`${pad}/conclusies`, bea)).body).toContain('Geschrapte conclusies (1)')
    await post(`${pad}/conclusies/${id}/schrap`, `${pad}/conclusies`, { schrap: 'nee' })
    expect((await get(`${pad}/conclusies`, bea)).body).not.toContain('Geschrapte conclusies')
  })

  it('van een andere doorloop bestaan hier niet', async () => {
    const een = await klareDoorloop()
    const ander = await klareDoorloop()
    const id = await voegToe(een.pad)
    expect((await get(`${ander.pad}/conclusies/${id}`, bea)).statusCode).toBe(404)
  })
})
