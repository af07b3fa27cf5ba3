import { describe, expect, it } from 'vitest'
import { type Invoer, readGegevens, tryGegevens } from '../../platform/velden/formulier.ts'
import { checkBereik, GEBRUIKER, toGebruiker } from './velden.ts'

const INVOER: Invoer = {
  naam: [' Bo Backhuis '],
  email: ['bo@gemeente.example'],
  organisatie: ['Gemeente Aarveld'],
  rol: ['backoffice'],
  gemeenten: ['9101'],
  agb: ['98000001'],
  actief: ['ja'],
  loskoppelen: [],
}
const regels = (aanbieder: number | undefined) => ({
  keuzes: { gemeenten: ['9101', '9102'].map(waarde => ({ waarde, naam: waarde })) },
  ook: (gegevens: Parameters<typeof checkBereik>[0]) => checkBereik(gegevens, aanbieder),
})
const fouten = (invoer: Invoer, aanbieder: number | undefined = 7) =>
  tryGegevens(GEBRUIKER, { ...INVOER, ...invoer }, regels(aanbieder)).fouten.map(fout => fout.pad)
const lees = (invoer: Invoer) =>
  toGebruiker(readGegevens('Fout', GEBRUIKER, { ...INVOER, ...invoer }, regels(7)), 7)

describe('een gebruiker', () => {
  it('heeft gemeenten die bestaan, en een aanbieder alleen bij die rol', () => {
    expect(lees({})).toEqual({
      naam: 'Bo Backhuis',
      email: 'bo@gemeente.example',
      organisatie: 'Gemeente Aarveld',
      rol: 'backoffice',
      gemeenten: ['9101'],
      voorAanbieder: null,
      actief: true,
      loskoppelen: false,
    })
    expect(lees({ rol: ['aanbieder'] })).toMatchObject({ gemeenten: [], voorAanbieder: 7 })
    // For a role without residents the municipalities say whose policy it works on.
    expect(lees({ rol: ['beheerder'] })).toMatchObject({ gemeenten: ['9101'], voorAanbieder: null })
    expect(lees({ actief: ['nee'] })).toMatchObject({ actief: false })
    expect(lees({ actief: [], loskoppelen: ['ja'] })).toMatchObject({ actief: false, loskoppelen: true })
  })

  it('noemt elke fout tegelijk', () => {
    expect(fouten({ naam: [' '], email: ['bo'], organisatie: [''], rol: ['koning'] })).toEqual([
      'naam',
      'email',
      'organisatie',
      'rol',
    ])
    expect(fouten({ gemeenten: ['0000'] })).toEqual(['gemeenten'])
    expect(fouten({ gemeenten: [] })).toEqual(['gemeenten'])
    expect(tryGegevens(GEBRUIKER, { ...INVOER, rol: ['aanbieder'] }, regels(undefined)).fouten).toMatchObject(
      [{ pad: 'agb' }],
    )
    expect(fouten({ rol: ['aanbieder'], agb: ['12'] })).toEqual(['agb'])
    expect(fouten({ agb: ['12'] })).toEqual([])
  })
})
