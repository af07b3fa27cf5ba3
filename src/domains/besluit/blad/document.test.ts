import { strFromU8, unzipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { bladproef } from '../../../../test/support/bladproef.ts'

const { bea, get, post, klareDoorloop, voegToe, stap } = await bladproef()

describe('het blad als document', () => {
  it('zegt dat het een concept is, en over welk blad een besluit ging', async () => {
    const { pad } = await klareDoorloop()
    await voegToe(pad)
    const tekst = async () => {
      const bestanden = unzipSync((await get(`${pad}/blad/docx`, bea)).rawPayload)
      const xml = strFromU8(bestanden['word/document.xml'] ?? new Uint8Array())
      return xml.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ')
    }
    expect(await tekst()).toContain('Concept: niet voorgelegd')
    await stap(pad, 'leg-voor')
    await post(`${pad}/blad/besluiten`, `${pad}/blad`, {
      ...{ orgaan: 'raad', datum: '16-03-2026', uitkomst: 'aangehouden', kenmerk: '' },
      toelichting: 'Eerst een gesprek',
    })
    expect(await tekst()).not.toContain('Concept')
    await stap(pad, 'haal-terug')
    expect(await tekst()).toMatch(/Concept: .* Aangehouden Blad 1 /)
  })

  it('is een Word-bestand met koppen, de vakken, de keuzes en hun grond', async () => {
    const { pad } = await klareDoorloop()
    await voegToe(pad)
    const { rawPayload, headers, statusCode } = await get(`${pad}/blad/docx`, bea)
    expect(statusCode).toBe(200)
    expect(headers['content-type']).toContain('wordprocessingml')
    const bestanden = unzipSync(rawPayload)
    const xml = strFromU8(bestanden['word/document.xml'] ?? new Uint8Array())
    const tekst = xml.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ')
    for (const deel of [
      'Alle keuzes op een rij',
      'Kwetsbare inwoners',
      'Preventief versterken',
      'Zet in op fitheid',
    ])
      expect(tekst).toContain(deel)
    expect(tekst).toContain('Juridisch risico laag: De keuze geldt alleen voor nieuwe aanvragen.')
    expect(xml).toContain('w:val="Heading1"')
    expect(strFromU8(bestanden['word/styles.xml'] ?? new Uint8Array())).toContain('nl-NL')
  })
})
