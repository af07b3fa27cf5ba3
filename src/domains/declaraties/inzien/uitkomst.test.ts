import { describe, expect, it } from 'vitest'
import type { Omvang } from '../controle/omvang.ts'
import { PRESTATIE_REGELS } from '../controle/prestatieregels.ts'
import { findRegel, perMaand, uitkomstVan } from './uitkomst.ts'

describe('uitkomstVan', () => {
  it.each([
    [{ geldt: true, regels: 3, afgekeurd: 0 }, 'goedgekeurd'],
    [{ geldt: true, regels: 3, afgekeurd: 1 }, 'deels'],
    [{ geldt: true, regels: 3, afgekeurd: 3 }, 'afgekeurd'],
    [{ geldt: false, regels: 3, afgekeurd: 3 }, 'geweigerd'],
  ])('%j is %s', (declaratie, uitkomst) => expect(uitkomstVan(declaratie)).toBe(uitkomst))
})

it('kent van elke regel over een declaratie de titel, de grond en wat te doen', () => {
  for (const code of [...PRESTATIE_REGELS.map(regel => regel.code), 'TR333', 'TR318', 'TR304'])
    expect(findRegel(code), code).toMatchObject({
      titel: expect.stringMatching(/\w/),
      grond: expect.stringContaining(code),
      watTeDoen: expect.stringMatching(/\w/),
    })
  expect(findRegel('TR999')).toBeUndefined()
})

describe('perMaand', () => {
  const omvang: Omvang = {
    volume: 3,
    eenheid: '04',
    frequentie: '2',
    ingang: '2022-10-11',
    eind: '2022-12-28',
    variant: 'inspanning',
    domein: 'jw',
    categorie: '45',
  }

  // Worked example of the standard (IV077): 4, 5 and 5 weeks of 3 hours.
  it('zet het voorbeeld van IV077 naast wat is gedeclareerd', () => {
    const okt = { maand: '2022-10-01', geleverd: 600, goedgekeurd: 90_000, afgekeurd: 0, regels: 1 }
    expect(perMaand([okt], { ingang: omvang.ingang, eind: omvang.eind, omvang }, '2023-05-01')).toEqual([
      { ...okt, maximum: 12 * 60 },
      { maand: '2022-11-01', geleverd: 0, goedgekeurd: 0, afgekeurd: 0, regels: 0, maximum: 15 * 60 },
      { maand: '2022-12-01', geleverd: 0, goedgekeurd: 0, afgekeurd: 0, regels: 0, maximum: 15 * 60 },
    ])
  })

  it('houdt op bij vandaag, maar verzwijgt niet wat buiten de toewijzing is gedeclareerd', () => {
    const voor = { maand: '2022-09-01', geleverd: 0, goedgekeurd: 0, afgekeurd: 5000, regels: 1 }
    const maanden = perMaand([voor], { ingang: omvang.ingang, eind: omvang.eind, omvang }, '2022-10-31')
    expect(maanden.map(m => [m.maand, m.maximum])).toEqual([
      ['2022-09-01', null],
      ['2022-10-01', 720],
    ])
  })

  it('kent geen maximum per maand bij een omvang over de hele looptijd, of zonder omvang', () => {
    const totaal = { ...omvang, frequentie: '6' }
    const vraag = { ingang: omvang.ingang, eind: omvang.eind }
    expect(perMaand([], { ...vraag, omvang: totaal }, '2022-10-31')[0]?.maximum).toBeNull()
    expect(perMaand([], { ...vraag, omvang: null }, '2022-10-31')[0]?.maximum).toBeNull()
  })
})
