import { describe, expect, it } from 'vitest'
import { testDatabase } from '../../test/support/database.ts'
import { testBsn } from '../../test/support/regio.ts'
import { bevatBsn, checkTekst } from './vrijetekst.ts'

const db = await testDatabase()
const BSN = testBsn(3)

describe('checkTekst', () => {
  const fouten = (waarde: string, meer = {}) =>
    checkTekst({ pad: 'tekst', naam: 'het antwoord', waarde, ...meer }).map(fout => fout.melding)

  it('vraagt om tekst, tenzij het veld leeg mag zijn', () => {
    expect(fouten('  ')).toEqual(['Vul het antwoord in.'])
    expect(fouten('  ', { verplicht: false })).toEqual([])
  })
  it('noemt elke fout tegelijk', () => {
    expect(fouten(`${BSN} ${'a'.repeat(30)}`, { max: 20 })).toEqual([
      'Maak het antwoord korter: hoogstens 20 tekens, nu 40.',
      'Haal het burgerservicenummer uit het antwoord: hier schrijft u over beleid, niet over één inwoner.',
    ])
  })
})

describe.each([
  [`bsn ${BSN}.`, true],
  [BSN, true],
  [`1${BSN}`, false],
  ['123456789', false],
  ['000000000', false],
  ['€ 12.345.678,90 in 2026', false],
])('%s', (tekst, verwacht) => {
  it('wordt door de code en door de database hetzelfde beoordeeld', async () => {
    expect(bevatBsn(tekst)).toBe(verwacht)
    const { rows } = await db.owner.query<{ ja: boolean }>('select app.bevat_bsn($1) as ja', [tekst])
    expect(rows[0]?.ja).toBe(verwacht)
  })
})
