import { expect } from 'vitest'
import { type Doorloopproef, doorloopproef, type Testdoorloop } from './doorloop.ts'
import { GEMEENTE_A } from './regio.ts'

/** A conclusion as its form sends it. */
export const CONCLUSIE = {
  tekst: 'Zet in op fitheid',
  kwadrant: 'vangnet',
  richting: 'versterken',
  aanbod: '',
  raakt: 'nieuw',
  versie: '0',
}

type Velden = Readonly<Record<string, string | readonly string[]>>

/** What tests of the conclusion sheet stand on: runs that are ready, of municipality A unless said, and the steps that a sheet takes. */
export async function bladproef() {
  const proef = await doorloopproef()
  const inkoop = await proef.login('inkoopadviseur')
  const { get, post, bea } = proef
  return {
    ...proef,
    inkoop,
    raad: await proef.login('raad'),
    klareDoorloop: (gemeente: string | null = GEMEENTE_A): Promise<Testdoorloop> =>
      proef.klareDoorloop(gemeente),
    /** A conclusion; answers its id. */
    async voegToe(pad: string, velden: Velden = {}): Promise<number> {
      const van = `${pad}/conclusies/nieuw`
      const antwoord = await post(van, van, { ...CONCLUSIE, ...velden })
      expect(antwoord.statusCode, antwoord.body).toBe(303)
      return Number(/conclusies\/(\d+)/.exec(String(antwoord.headers.location))?.[1])
    },
    /** What a conclusion becomes: work for the buyer. Answers what the form got. */
    geefOpdracht(pad: string, conclusie: number): ReturnType<Doorloopproef['post']> {
      const van = `${pad}/conclusies/${conclusie}`
      return post(`${van}/opdrachten`, van, {
        bestemming: 'inkoop',
        wat: 'Neem het op in de inkoopstrategie',
        eigenaar: String(inkoop.gebruikerId),
        uiterlijk: '31-12-2026',
        segment: '',
      })
    },
    /** The next step of the sheet, such as 'leg-voor'. */
    async stap(pad: string, naam: string): ReturnType<Doorloopproef['post']> {
      const pagina = await get(`${pad}/stap/${naam}`, bea)
      const versie = /name="versie" value="(\d+)"/.exec(pagina.body)?.[1] ?? ''
      return post(`${pad}/stap/${naam}`, `${pad}/stap/${naam}`, { versie, toelichting: 'Omdat het moet' })
    },
  }
}
