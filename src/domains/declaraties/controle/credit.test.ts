import { describe, expect, test } from 'vitest'
import { codes, feiten, prestatie, uitkomst } from '../../../../test/support/prestatie.ts'
import type { EerdereRegel, Feiten, Prestatie } from './rules.ts'

describe('credits are tested as credits only (IV085, IV091)', () => {
  const origineel: EerdereRegel = { ...prestatie({ referentie: 'R0' }), goedgekeurd: true, keten: 1 }
  const credit = prestatie({ debet: false, vorigeReferentie: 'R0' })
  const bekend = (deel: Partial<Feiten> = {}) => feiten({ origineel, openDebet: true, ...deel })
  const zonderLijn = ['Eerdere regel', 'R0', 'geen goedgekeurde regel met dit nummer']

  test('an exact copy of an approved line passes, also over a spent budget', () =>
    expect(codes(credit, bekend({ geleverd: 999_999 }))).toEqual([]))
  test.each<[string, Partial<Feiten>]>([
    ['no known line', { origineel: undefined }],
    ['a refused line', { origineel: { ...origineel, goedgekeurd: false } }],
    ['a credit', { origineel: { ...origineel, debet: false } }],
  ])('TR323 when it names %s', (_, f) =>
    expect(uitkomst(credit, bekend(f))).toEqual([['TR323', '8017', ...zonderLijn]]),
  )
  test.each<[keyof Prestatie, Partial<Prestatie>, string[]]>([
    ['toewijzingNummer', { toewijzingNummer: 101 }, ['Toewijzing', '101', '100']],
    ['categorie', { categorie: '44' }, ['Productcategorie', '44', '45']],
    ['code', { code: '45A05' }, ['Productcode', '45A05', '45A04']],
    ['begin', { begin: '2025-03-02' }, ['Begindatum', '02-03-2025', '01-03-2025']],
    ['eind', { eind: '2025-03-30' }, ['Einddatum', '30-03-2025', '31-03-2025']],
    ['volume', { volume: 9 }, ['Volume', '9', '10']],
    ['eenheid', { eenheid: '01' }, ['Eenheid', 'minuten', 'uur']],
    ['tarief', { tarief: null }, ['Tarief', 'geen', '€ 80,00']],
    ['bedrag', { bedrag: 79_999 }, ['Bedrag', '€ 799,99', '€ 800,00']],
  ])('TR323 when it has another %s: a credit repeats all that was approved (IV091)', (_, p, feit) =>
    expect(uitkomst({ ...credit, ...p }, bekend())).toEqual([['TR323', '8017', ...feit]]),
  )
  test('TR323 names all that differs', () =>
    expect(uitkomst({ ...credit, volume: 9, bedrag: 72_000 }, bekend()).map(rij => rij[2])).toEqual([
      'Volume',
      'Bedrag',
    ]))
  test('TR390 the second time (OP360)', () =>
    expect(uitkomst(credit, bekend({ origineelGecrediteerd: true }))).toEqual([
      ['TR390', '9390', 'Eerdere regel', 'R0', 'al gecrediteerd'],
    ]))
})
