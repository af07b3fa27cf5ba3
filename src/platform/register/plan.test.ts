import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, type Datum, fromDayNumber, overlaps, type Periode } from '../dates.ts'
import { getal, periode, tekst } from '../velden/soorten.ts'
import { type Gewenst, planChanges } from './plan.ts'

const PRIJS = {
  sleutel: ['product'],
  periode: 'geldig',
  velden: {
    product: tekst({ label: 'Product', noem: 'het product' }),
    geldig: periode({ label: 'Geldig', leeg: 'Vul in.' }),
    prijs: getal({ label: 'Prijs', leeg: 'Vul in.', max: 100 }),
  },
}
interface Prijs {
  product: string
  geldig: Periode
  prijs: number
}
const prijs = (begin: Datum, eind: Datum | null, bedrag: number, product = 'A'): Prijs => ({
  product,
  geldig: { begin, eind },
  prijs: bedrag,
})
const rijen = (...gegevens: Prijs[]): Gewenst<Prijs>[] =>
  gegevens.map((g, i) => ({ nummer: i + 2, gegevens: g }))
const kort = (nu: readonly Prijs[], ...wil: Prijs[]) => {
  const { wijzigingen, gelijk, fouten } = planChanges(PRIJS, nu, rijen(...wil))
  return {
    wordt: wijzigingen.map(({ sleutel, nummer, oud, nieuw }) => [
      sleutel,
      nummer,
      oud?.geldig.eind,
      nieuw?.geldig.eind,
      nieuw?.prijs,
    ]),
    gelijk,
    fouten: fouten.map(f => [f.nummer, f.melding]),
  }
}

describe('rows that follow each other in time', () => {
  const nu = [prijs('2025-01-01', null, 10)]
  test('a new row ends the one that has no last day', () => {
    expect(kort(nu, prijs('2026-01-01', null, 12))).toEqual({
      wordt: [
        ['A~2025-01-01', null, null, '2025-12-31', 10],
        ['A~2026-01-01', 2, undefined, null, 12],
      ],
      gelijk: 0,
      fouten: [],
    })
  })

  test('two rows of one file do the same, in any order', () => {
    const uit = kort([], prijs('2026-01-01', null, 12), prijs('2025-01-01', null, 10))
    expect(uit.wordt).toEqual([
      ['A~2026-01-01', 2, undefined, null, 12],
      ['A~2025-01-01', 3, undefined, '2025-12-31', 10],
    ])
  })

  test('what stood there with a last day gives way to what takes the rest of its time', () => {
    const heel = [prijs('2025-01-01', '2028-12-31', 10)]
    expect(kort(heel, prijs('2027-01-01', '2028-12-31', 12)).wordt).toEqual([
      ['A~2025-01-01', null, '2028-12-31', '2026-12-31', 10],
      ['A~2027-01-01', 2, undefined, '2028-12-31', 12],
    ])
    expect(kort(heel, prijs('2027-01-01', '2027-12-31', 12)).fouten).toEqual([
      [
        2,
        'Deze periode valt samen met die van wat er al staat, vanaf 01-01-2025. Laat het doorlopen tot en met 31-12-2028, of wijzig eerst wat er al staat.',
      ],
    ])
  })

  test('a row before what is there ends the day before it', () => {
    expect(kort(nu, prijs('2024-01-01', null, 9)).wordt).toEqual([
      ['A~2024-01-01', 2, undefined, '2024-12-31', 9],
    ])
  })

  test('what has a last day and goes on past the beginning of the next is said', () => {
    expect(kort(nu, prijs('2024-01-01', '2025-06-30', 9)).fouten).toEqual([
      [
        2,
        'Deze periode valt samen met die van wat er al staat, vanaf 01-01-2025. Kies een laatste dag vóór die dag, of verwijder eerst wat er vanaf die dag staat.',
      ],
    ])
    expect(kort([], prijs('2024-01-01', '2025-06-30', 9), prijs('2025-01-01', null, 8)).fouten).toEqual([
      [3, 'Deze periode valt samen met die van rij 2, vanaf 01-01-2024.'],
    ])
  })

  test.each<[string, Prijs[], Prijs[], [string, string, string | null, number][]]>([
    [
      'the one that it ends',
      nu,
      [prijs('2026-01-01', null, 12)],
      [['A~2026-01-01', 'A~2025-01-01', '2025-12-31', 10]],
    ],
    [
      'the one that had ended already, and not the one after it',
      [prijs('2025-01-01', '2025-06-30', 10), prijs('2027-01-01', null, 14)],
      [prijs('2026-01-01', '2026-12-31', 12)],
      [['A~2026-01-01', 'A~2025-01-01', '2025-06-30', 10]],
    ],
    [
      'the one of its own file, as that will stand',
      nu,
      [prijs('2026-01-01', null, 12), prijs('2025-01-01', null, 11)],
      [['A~2026-01-01', 'A~2025-01-01', '2025-12-31', 11]],
    ],
    ['none: the first', nu, [prijs('2024-01-01', null, 9)], []],
    ['none: another product', nu, [prijs('2026-01-01', null, 9, 'B')], []],
  ])('a row knows which it follows: %s', (_, staat, wil, verwacht) => {
    const volgt = planChanges(PRIJS, staat, rijen(...wil)).wijzigingen.flatMap(({ sleutel, volgtOp: v }) =>
      v === undefined ? [] : [[sleutel, v.sleutel, v.gegevens.geldig.eind, v.gegevens.prijs]],
    )
    expect(volgt).toEqual(verwacht)
  })

  test('another product is left alone', () => {
    const ander = [...nu, prijs('2025-01-01', null, 5, 'B')]
    expect(kort(ander, prijs('2026-01-01', null, 12)).wordt.map(([sleutel]) => sleutel)).toEqual([
      'A~2025-01-01',
      'A~2026-01-01',
    ])
  })

  test('the same key twice is a fault, unless it says the same', () => {
    expect(kort(nu, prijs('2026-01-01', null, 12), prijs('2026-01-01', null, 13)).fouten).toEqual([
      [3, 'Dit staat ook op rij 2, en daar staat het anders.'],
    ])
    expect(kort([], prijs('2026-01-01', null, 12), prijs('2026-01-01', null, 12)).fouten).toEqual([])
  })
})

test('nothing hangs under itself, however many steps that takes', () => {
  const BOOM = {
    sleutel: ['code'],
    ouder: 'onder',
    velden: {
      code: tekst({ label: 'Code', noem: 'de code' }),
      onder: tekst({ label: 'Onder', noem: 'wat erboven staat', verplicht: false }),
    },
  }
  const tak = (code: string, onder: string | null) => ({ code, onder })
  const gewenst = [tak('a', 'c'), tak('d', 'd')].map((gegevens, i) => ({ nummer: i + 2, gegevens }))
  const { fouten } = planChanges(BOOM, [tak('b', 'a'), tak('c', 'b')], gewenst)
  expect(fouten).toEqual(
    [2, 3].map(nummer => ({ nummer, melding: 'Dit zou onder zichzelf komen te hangen.' })),
  )
})

const DAG = fc.integer({ min: 20_000, max: 20_060 }).map(fromDayNumber)
const PRIJZEN = fc.array(
  fc
    .tuple(
      fc.constantFrom('A', 'B'),
      DAG,
      fc.option(fc.integer({ min: 0, max: 40 })),
      fc.integer({ min: 0, max: 3 }),
    )
    .map(([product, begin, duur, bedrag]) =>
      prijs(begin, duur === null ? null : addDays(begin, duur), bedrag, product),
    ),
  { maxLength: 8 },
)
/** What stands after a plan that has no faults. */
const after = (nu: readonly Prijs[], wil: readonly Prijs[]): Prijs[] | undefined => {
  const { wijzigingen, fouten } = planChanges(PRIJS, nu, rijen(...wil))
  if (fouten.length > 0) return undefined
  const straks = new Map(nu.map(p => [`${p.product}~${p.geldig.begin}`, p]))
  for (const { sleutel, nieuw } of wijzigingen) if (nieuw) straks.set(sleutel, nieuw)
  return [...straks.values()]
}

test('law: after a plan without faults nothing overlaps, and the same rows again change nothing', () => {
  let zonderFout = 0
  fc.assert(
    fc.property(PRIJZEN, PRIJZEN, (eerste, tweede) => {
      const nu = after([], eerste)
      const straks = nu && after(nu, tweede)
      if (straks === undefined) return
      zonderFout += 1
      for (const a of straks)
        for (const b of straks)
          if (a !== b && a.product === b.product) expect(overlaps(a.geldig, b.geldig)).toBe(false)
      expect(planChanges(PRIJS, straks, rijen(...tweede)).wijzigingen).toEqual([])
    }),
    { numRuns: 2000 },
  )
  expect(zonderFout).toBeGreaterThan(200)
})

describe('what people read as one', () => {
  const nu = [prijs('2026-01-01', null, 10, '45A04')]
  const plan = (...wil: Prijs[]) => planChanges(PRIJS, nu, rijen(...wil))

  test.each(['45a04', '45Á04', '４５A04', '45 A04'])('%j beside what is there is a fault', product => {
    expect(plan(prijs('2027-01-01', null, 12, product)).fouten).toEqual([
      {
        nummer: 2,
        melding: `‘${product}’ lijkt te veel op ‘45A04’ dat er al staat. Schrijf het net zo, of kies een andere code.`,
      },
    ])
  })

  test('and beside another row of the file', () => {
    const { fouten } = plan(prijs('2026-01-01', null, 1, 'B'), prijs('2026-01-01', null, 1, 'b'))
    expect(fouten).toEqual([
      { nummer: 3, melding: expect.stringContaining('‘b’ lijkt te veel op ‘B’ op rij 2') },
    ])
  })

  test('what is written the same is no fault, nor is what was there before', () => {
    expect(plan(prijs('2027-01-01', null, 12, '45A04')).fouten).toEqual([])
    const beide = [...nu, prijs('2026-01-01', null, 10, '45a04')]
    expect(planChanges(PRIJS, beide, rijen(prijs('2026-01-01', null, 9, '45a04'))).fouten).toEqual([])
  })

  test('the same row twice is counted once, and said', () => {
    const nieuw = prijs('2026-01-01', null, 1, 'B')
    const { wijzigingen, gelijk, dubbel } = plan(nieuw, nieuw, ...nu, ...nu, ...nu)
    expect([wijzigingen.length, gelijk, dubbel]).toEqual([1, 1, 3])
  })
})
