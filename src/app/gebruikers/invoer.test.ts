import { describe, expect, it } from 'vitest'
import { type Invoer, readGebruiker } from './invoer.ts'

const INVOER: Invoer = {
  naam: ' Bo Backhuis ',
  email: 'bo@gemeente.example',
  organisatie: 'Gemeente Aarveld',
  rol: 'backoffice',
  gemeenten: ['9101', '0000'],
  agb: '98000001',
  actief: true,
  loskoppelen: false,
}
const BEKEND = { gemeenten: ['9101', '9102'], aanbieder: 7 }
const fouten = (invoer: Partial<Invoer>, bekend = BEKEND as Parameters<typeof readGebruiker>[1]) => {
  const gelezen = readGebruiker({ ...INVOER, ...invoer }, bekend)
  return 'fouten' in gelezen ? gelezen.fouten.map(fout => fout.pad) : []
}

describe('readGebruiker', () => {
  it('bewaart gemeenten die bestaan, en een aanbieder alleen bij die rol', () => {
    expect(readGebruiker(INVOER, BEKEND)).toEqual({
      gegevens: {
        naam: 'Bo Backhuis',
        email: 'bo@gemeente.example',
        organisatie: 'Gemeente Aarveld',
        rol: 'backoffice',
        gemeenten: ['9101'],
        voorAanbieder: null,
        actief: true,
        loskoppelen: false,
      },
    })
    expect(readGebruiker({ ...INVOER, rol: 'aanbieder' }, BEKEND)).toMatchObject({
      gegevens: { gemeenten: [], voorAanbieder: 7 },
    })
    // For a role without residents the municipalities say whose policy it works on.
    expect(readGebruiker({ ...INVOER, rol: 'beheerder' }, BEKEND)).toMatchObject({
      gegevens: { gemeenten: ['9101'], voorAanbieder: null },
    })
  })

  it('noemt elke fout tegelijk', () => {
    expect(fouten({ naam: ' ', email: 'bo', organisatie: '', rol: 'koning' })).toEqual([
      'naam',
      'email',
      'organisatie',
      'rol',
    ])
    expect(fouten({ gemeenten: ['0000'] })).toEqual(['gemeenten'])
    expect(fouten({ rol: 'aanbieder' }, { ...BEKEND, aanbieder: undefined })).toEqual(['agb'])
  })
})
