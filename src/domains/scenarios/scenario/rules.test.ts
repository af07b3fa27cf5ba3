import * as fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import {
  bandOf,
  compare,
  explain,
  judge,
  monthsOf,
  periodOf,
  saveBy,
  type Verwachting,
  yearsOf,
} from './rules.ts'

const som = (getallen: readonly number[]) => getallen.reduce((a, b) => a + b, 0)

/** € 1.200.000 in the year before: € 100.000 a month. */
const VLAK: Verwachting = { beginjaar: 2026, basis: 120_000_000, verloop: [0, 0], marge: 50, gewichten: null }
const maanden = (bedragen: readonly number[], compleet = bedragen.length) =>
  bedragen.map((bedrag, i) => ({
    maand: `2026-${String(i + 1).padStart(2, '0')}-01`,
    bedrag: bedrag * 100,
    compleet: i < compleet,
  }))

describe('de verwachting', () => {
  test.each([
    [
      'kosten dalen niet',
      [20, 40, 60, 80, 100],
      [102_000_000, 104_000_000, 106_000_000, 108_000_000, 110_000_000],
    ],
    [
      'eerst omhoog, dan omlaag',
      [100, 50, -50, -100, -150],
      [110_000_000, 105_000_000, 95_000_000, 90_000_000, 85_000_000],
    ],
    ['loslaten', [-50, -100, -120], [95_000_000, 90_000_000, 88_000_000]],
    ['alles weg', [-1000], [0]],
  ])('%s, per jaar tegen het jaar voor het begin', (_, verloop, verwacht) => {
    const jaren = yearsOf({ ...VLAK, basis: 100_000_000, verloop })
    expect(jaren.map(j => j.verwacht)).toEqual(verwacht)
    expect(jaren[0]?.jaar).toBe(2026)
  })

  test.each([
    [100_000, 50, 95_000, 105_000],
    [101, 50, 96, 106],
    [0, 50, 0, 0],
    [100_000, 0, 100_000, 100_000],
  ])('een marge van %i op %i promille', (bedrag, marge, onder, boven) => {
    expect(bandOf(bedrag, marge)).toEqual({ onder, boven })
  })

  it('verdeelt een jaar zoals het jaar ervoor liep', () => {
    const gewichten = [2, ...Array<number>(11).fill(1)]
    const [jan, feb] = monthsOf({ ...VLAK, basis: 130_000_000, gewichten })
    expect([jan?.verwacht, feb?.verwacht]).toEqual([20_000_000, 10_000_000])
  })

  it.each([[null], [[1, 2]], [Array<number>(12).fill(0)], [[-1, ...Array<number>(11).fill(1)]]])(
    'verdeelt gelijk als het jaar ervoor niet te gebruiken is: %j',
    gewichten => {
      expect(new Set(monthsOf({ ...VLAK, gewichten }).map(m => m.verwacht))).toEqual(new Set([10_000_000]))
    },
  )

  it('loopt van januari van het eerste jaar tot en met december van het laatste', () => {
    expect(periodOf({ beginjaar: 2026, verloop: [0, 0, 0] })).toEqual({
      vanaf: '2026-01-01',
      tot: '2028-12-01',
    })
  })

  const verwachting = fc.record({
    beginjaar: fc.integer({ min: 2000, max: 2090 }),
    basis: fc.integer({ min: 1, max: 100_000_000_000 }),
    verloop: fc.array(fc.integer({ min: -1000, max: 5000 }), { minLength: 1, maxLength: 10 }),
    marge: fc.integer({ min: 0, max: 1000 }),
    gewichten: fc.option(fc.array(fc.integer({ min: 1, max: 10_000_000 }), { minLength: 12, maxLength: 12 })),
  })

  it('de maanden van een jaar zijn samen dat jaar, op de cent', () => {
    fc.assert(
      fc.property(verwachting, v => {
        const perMaand = monthsOf(v)
        for (const { jaar, verwacht } of yearsOf(v)) {
          const vanJaar = perMaand.filter(m => m.maand.startsWith(`${jaar}-`))
          expect(vanJaar).toHaveLength(12)
          expect(som(vanJaar.map(m => m.verwacht))).toBe(verwacht)
        }
      }),
    )
  })

  it('de band ligt aan weerszijden even ver, en nooit onder nul', () => {
    fc.assert(
      fc.property(verwachting, v => {
        for (const { verwacht, onder, boven } of yearsOf(v)) {
          expect(boven - verwacht).toBe(verwacht - onder)
          expect(onder).toBeGreaterThanOrEqual(0)
        }
      }),
    )
  })

  it('wie precies besteedt wat is verwacht, is op koers', () => {
    fc.assert(
      fc.property(verwachting, v => {
        const precies = monthsOf(v).map(m => ({ maand: m.maand, bedrag: m.verwacht, compleet: true }))
        expect(judge(compare(v, precies))).toMatchObject({ soort: 'op-koers', verschil: 0 })
      }),
    )
  })
})

describe('vergelijken met wat is besteed', () => {
  it('telt alleen complete maanden, en niets na een gat', () => {
    const standen = compare(VLAK, maanden([100_000, 100_000, 500_000], 2))
    expect(standen.slice(0, 3).map(s => s.werkelijk)).toEqual([10_000_000, 20_000_000, null])
    const gat = maanden([100_000, 100_000, 100_000]).map((m, i) => ({ ...m, compleet: i !== 1 }))
    expect(
      compare(VLAK, gat)
        .slice(0, 3)
        .map(s => s.werkelijk),
    ).toEqual([10_000_000, null, null])
  })

  it('zegt niets zonder complete maand', () => {
    expect(judge(compare(VLAK, maanden([100_000], 0)))).toEqual({ soort: 'geen-cijfers' })
    expect(explain({ soort: 'geen-cijfers' })).toContain('nog geen complete maand')
  })

  test.each([
    ['op de bovenrand is nog op koers', [105_000], 'op-koers'],
    ['een euro erboven niet', [105_001], 'boven'],
    ['op de onderrand is nog op koers', [95_000], 'op-koers'],
    ['een euro eronder niet', [94_999], 'onder'],
    ['wie terugkomt is op koers', [110_000, 95_000], 'op-koers'],
  ])('%s', (_, bedragen, soort) => {
    expect(judge(compare(VLAK, maanden(bedragen))).soort).toBe(soort)
  })

  it('noemt sinds wanneer, van de laatste keer dat de lijn eruit ging', () => {
    // Out in January, back in February, out again from March on.
    const oordeel = judge(compare(VLAK, maanden([110_000, 95_000, 115_000, 115_000])))
    expect(oordeel).toEqual({
      soort: 'boven',
      sinds: '2026-03-01',
      tot: '2026-04-01',
      verschil: 3_500_000,
      deel: 0.0875,
    })
    expect(explain(oordeel)).toBe(
      'Opgeteld tot en met april 2026 is er € 35.000 (8,8%) meer dan verwacht uitgegeven, sinds maart 2026 boven de marge. Bijsturing is nodig, of de verwachting klopt niet meer.'.replace(
        '€ ',
        '€\u00a0',
      ),
    )
  })

  it('noemt geen percentage van niets', () => {
    const niets = { ...VLAK, verloop: [-1000] }
    const oordeel = judge(compare(niets, maanden([50_000])))
    expect(oordeel).toMatchObject({ soort: 'boven', verschil: 5_000_000, deel: null })
    expect(explain(oordeel).replaceAll('\u00a0', ' ')).toContain(
      'is er € 50.000 meer dan verwacht uitgegeven',
    )
  })

  it('vraagt bij minder dan verwacht of inwoners hulp krijgen', () => {
    expect(explain(judge(compare(VLAK, maanden([80_000]))))).toContain('de hulp krijgen die nodig is')
  })

  it('zegt ook op koers hoeveel het scheelt', () => {
    expect(explain(judge(compare(VLAK, maanden([100_000]))))).toContain('precies wat was verwacht')
    expect(explain(judge(compare(VLAK, maanden([99_000]))))).toContain('(1,0%) minder dan verwacht')
  })
})

describe('korter helpen', () => {
  it('van 12 naar 10 maanden bespaart meer dan 10% per cliënt, zoals 001 zegt', () => {
    expect(saveBy({ clienten: 40, maandenNu: 12, maandenStraks: 10, kostenMaand: 75_000 })).toEqual({
      nu: 36_000_000,
      straks: 30_000_000,
      verschil: 6_000_000,
      perClient: 150_000,
      promille: 167,
      meerDanTien: true,
    })
  })

  test.each([
    [10, 9, 100, false],
    [10, 10, 0, false],
    [10, 12, -200, false],
    [19, 17, 105, true],
  ])('van %i naar %i maanden is %i promille', (maandenNu, maandenStraks, promille, meerDanTien) => {
    const uit = saveBy({ clienten: 1, maandenNu, maandenStraks, kostenMaand: 100 })
    expect(uit).toMatchObject({ promille, meerDanTien })
  })
})
