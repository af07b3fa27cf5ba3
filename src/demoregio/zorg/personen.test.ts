import { describe, expect, it } from 'vitest'
import { isBsn } from '../../platform/crypto.ts'
import { leeftijdOp, makePersoon, Nummervoorraad, TESTREEKS } from './personen.ts'

describe('invented people', () => {
  it('BSNs are unique, valid, from the test range first and never a reserved one', () => {
    const voorraad = new Nummervoorraad()
    const nummers = Array.from({ length: 25_000 }, () => voorraad.volgend())
    expect(new Set(nummers).size).toBe(25_000)
    expect(nummers.every(isBsn)).toBe(true)
    expect(voorraad.inReeks).toBe(9091 - 100)
    expect(nummers.slice(0, voorraad.inReeks).every(n => +n >= TESTREEKS[0] && +n <= TESTREEKS[1])).toBe(true)
    expect(nummers.every(n => n.startsWith('999'))).toBe(true)
    expect(nummers.filter(n => voorraad.reserve.includes(n))).toEqual([])
  })

  it('cannot be taken for real: name, street, postcode and telephone say so', () => {
    for (let nr = 0; nr < 200; nr++) {
      const p = makePersoon(1, nr, '999900006', nr % 5, '2025-06-01', nr % 90)
      expect(p.achternaam).toMatch(/^Test/)
      expect(p.straat).toMatch(/^(Test|Voorbeeld|Demonstratie|Oefen|Proef)/)
      expect(p.postcode).toMatch(/^3\d{3}[XZ]{2}$/)
      expect(p.telefoon).toMatch(/^06000\d{5}$/)
      expect(leeftijdOp(p.geboortedatum, '2025-06-01')).toBe(nr % 90)
    }
  })
})
