import * as fc from 'fast-check'
import type { ReactElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { formatHeleEuro } from '../money.ts'
import {
  Gestapeld,
  Grensdiagram,
  type Grensstaaf,
  Lijndiagram,
  lorenz,
  Pareto,
  partiesFor,
  Staafdiagram,
} from './index.ts'
import { makeSchaal, opSchaal } from './schaal.ts'

const MAANDEN = ['jan', 'feb', 'mrt', 'apr']

const staaf = (
  <Staafdiagram
    titel="Besteed"
    lezing="A is over het plafond."
    koppen={['Gemeente', 'Besteed']}
    format={formatHeleEuro}
    csv="/besteed.csv?jaar=2026"
    staven={[
      { naam: 'A', waarde: 10_000 },
      { naam: 'B', waarde: 5_000 },
    ]}
  />
)
const grens = (
  <Grensdiagram
    titel="Tegen plafond"
    lezing="A is over het plafond."
    koppen={['Gemeente', 'Besteed', 'Plafond']}
    format={formatHeleEuro}
    staven={[
      { naam: 'A', waarde: 10_000, grens: 8_000, verwacht: 16_000, oordeel: 'over het plafond heen' },
      { naam: 'B', waarde: 500, grens: 1_000, verwacht: 1_100, oordeel: 'komt boven het plafond uit' },
      { naam: 'C', waarde: 0, grens: 1_000, verwacht: null, geheel: 700 },
    ]}
  />
)
const lijn = (
  <Lijndiagram
    titel="Per maand"
    lezing="Stijgt."
    kop="Maand"
    labels={MAANDEN}
    format={formatHeleEuro}
    lijnen={[
      { naam: '2026', waarden: [100, 200, 150, null], voorlopigVanaf: 2 },
      { naam: '2025', waarden: [90, 80, 120, 130] },
    ]}
  />
)
const gestapeld = (
  <Gestapeld
    titel="Per segment"
    lezing="Vooral ambulant."
    kop="Gemeente"
    reeksen={['Ambulant', 'Verblijf']}
    format={formatHeleEuro}
    stapels={[
      { naam: 'A', waarden: [6_000, 4_000] },
      { naam: 'B', waarden: [2_500, 2_500] },
    ]}
  />
)
const pareto = (
  <Pareto
    titel="Concentratie"
    lezing="Een grote."
    eenheid={['aanbieder', 'aanbieders']}
    format={formatHeleEuro}
    aandelen={[
      { naam: 'klein', waarde: 1_000 },
      { naam: 'groot', waarde: 9_000 },
    ]}
  />
)

/** The picture alone, without the table and the legend. */
function beeld(element: ReactElement): string {
  const markup = renderToStaticMarkup(element)
  return markup.slice(markup.indexOf('</figcaption>'), markup.indexOf('<div class="sam-grafiek-onder"'))
}

describe.each([
  ['bars', staaf],
  ['lines', lijn],
  ['stacked bars', gestapeld],
  ['concentration curve', pareto],
])('%s', (_, element) => {
  const markup = renderToStaticMarkup(element)

  it('has a name, a reading and the same data as a table', () => {
    expect(markup).toMatch(/<svg role="img" aria-label="[^"]+"/)
    expect(markup.match(/<svg (?!role="img" aria-label|[^>]*aria-hidden="true")/)).toBeNull()
    expect(markup).toMatch(/<figcaption>.*<\/figcaption>/)
    expect(markup).toContain('<table')
  })

  it('passes a strict CSP: no style attribute or element', () => {
    expect(markup).not.toMatch(/\sstyle=|<style/i)
  })

  it('draws only finite numbers', () => {
    expect(markup).not.toMatch(/NaN|Infinity|undefined/)
  })
})

describe('bars', () => {
  it('are as long as their value on a scale from zero', () => {
    const lengths = [...beeld(staaf).matchAll(/<rect class="sam-g-0"[^>]*width="([\d.]+)%"/g)].map(m => m[1])
    expect(lengths).toEqual(['100', '50'])
  })

  it('against a limit are a share of it, with the limit and what is expected at their place', () => {
    const bars = [...beeld(grens).matchAll(/<rect class="sam-g-(0|over)"[^>]*width="([\d.]+)%"/g)]
    expect(bars.map(m => [m[1], m[2]])).toEqual([
      ['over', '62.5'],
      ['0', '25'],
      ['0', '0'],
    ])
    const limits = [...beeld(grens).matchAll(/<line class="sam-g-grens" x1="([\d.]+)%"/g)].map(m => m[1])
    expect(limits).toEqual(['50', '50', '50'])
    const expected = [...beeld(grens).matchAll(/<svg x="([\d.]+)%" y="9"[^>]*><path class="([^"]+)"/g)]
    expect(expected.map(m => [m[1], m[2]])).toEqual([
      ['100', 'sam-g-ruit sam-g-over'],
      ['55', 'sam-g-ruit sam-g-over'],
    ])
  })

  it('at exactly their limit are not beyond it, and the limit itself is always in sight', () => {
    const vol = { naam: 'A', waarde: 100, grens: 100, verwacht: 100 }
    const leeg = { naam: 'B', waarde: 10, grens: 100, verwacht: null }
    const draw = (staven: Grensstaaf[]) =>
      beeld(<Grensdiagram titel="t" lezing="l" koppen={['a', 'b', 'c']} format={String} staven={staven} />)
    expect(draw([vol])).not.toContain('sam-g-over')
    // Beyond the line there is room to see that a bar stays within it.
    expect(
      [...draw([leeg]).matchAll(/<line class="sam-g-grens" x1="([\d.]+)%"/g)].map(m => Number(m[1])),
    ).toEqual([expect.closeTo(100 / 1.1, 1)])
  })

  it('far beyond their limit are cut off, so that the others stay readable', () => {
    const markup = beeld(
      <Grensdiagram
        titel="t"
        lezing="l"
        koppen={['a', 'b', 'c']}
        format={String}
        staven={[
          { naam: 'A', waarde: 900, grens: 100, verwacht: 1_000 },
          { naam: 'B', waarde: 50, grens: 100, verwacht: null },
        ]}
      />,
    )
    const bars = [...markup.matchAll(/<rect class="sam-g-(?:0|over)"[^>]*width="([\d.]+)%"/g)].map(m => m[1])
    expect(bars).toEqual(['100', '25'])
    expect(markup).toContain('900,0%')
  })

  it('say in words when they pass their limit, not in colour alone', () => {
    expect(beeld(grens)).toContain('€\u00a0100 van €\u00a080 (125,0%): over het plafond heen')
    expect(beeld(grens)).toContain('€\u00a05 van €\u00a010 (50,0%): komt boven het plafond uit')
  })

  it('say the whole where the limit covers only a part of it', () => {
    expect(beeld(grens)).toContain('€\u00a07, waarvan €\u00a00 van €\u00a010 (0,0%)')
  })

  it('say to a screen reader what the bar shows', () => {
    expect(beeld(grens)).toContain('aria-label="125,0% van plafond, verwacht 200,0%"')
    expect(beeld(grens)).toContain('aria-label="0,0% van plafond"')
    expect(beeld(staaf)).toContain('aria-label="50,0% van de langste balk"')
    expect(beeld(gestapeld)).toMatch(/aria-label="Ambulant €\u00a060, Verblijf €\u00a040"/)
  })

  it('lead to where they are worked out', () => {
    const markup = beeld(
      <Staafdiagram
        titel="t"
        lezing="l"
        koppen={['a', 'b']}
        format={String}
        staven={[{ naam: 'A', waarde: 1, href: '/aanbieders/a' }]}
      />,
    )
    expect(markup).toMatch(/<a[^>]*href="\/aanbieders\/a">A<\/a>/)
  })

  it('link to the file of the same query', () => {
    expect(renderToStaticMarkup(staaf)).toContain('href="/besteed.csv?jaar=2026"')
  })
})

describe('lines', () => {
  it('draw what is not complete apart, and say so in the table', () => {
    expect(beeld(lijn)).toContain('sam-g-voorlopig')
    expect(renderToStaticMarkup(lijn)).toContain('mrt (nog niet compleet)')
    expect(renderToStaticMarkup(lijn)).not.toContain('feb (nog niet compleet)')
  })

  it('carry their names, and differ by dash as well as colour', () => {
    expect(beeld(lijn)).toMatch(/>2026<\/text>/)
    expect(beeld(lijn)).toMatch(/>2025<\/text>/)
    expect(beeld(lijn)).toContain('sam-g-lijn-1')
  })

  it('leave a gap where a month has no figure', () => {
    const gat = beeld(
      <Lijndiagram
        titel="t"
        lezing="l"
        kop="Maand"
        labels={MAANDEN}
        format={String}
        lijnen={[{ naam: 'x', waarden: [1, null, 1, 1] }]}
      />,
    )
    const pad = /<path class="sam-g-lijn " d="([^"]*)"/.exec(gat)?.[1] ?? ''
    expect(pad.match(/M/g)).toHaveLength(2)
    expect(pad.match(/L/g)).toHaveLength(1)
  })
})

describe('stacked bars', () => {
  it('lay their parts end to end', () => {
    const delen = [...beeld(gestapeld).matchAll(/<rect x="([\d.]+)%" y="3" width="([\d.]+)%"/g)]
    expect(delen.map(m => [m[1], m[2]])).toEqual([
      ['0', '60'],
      ['60', '40'],
      ['0', '25'],
      ['25', '25'],
    ])
  })
})

describe('a chart without data', () => {
  it('says so and draws nothing', () => {
    const leeg = renderToStaticMarkup(
      <Staafdiagram titel="t" lezing="l" koppen={['a', 'b']} format={String} staven={[]} />,
    )
    expect(leeg).toContain('nog geen gegevens')
    expect(leeg).not.toContain('<svg')
  })
})

describe('concentration', () => {
  it('counts the fewest parties that hold a share', () => {
    const punten = lorenz([
      { naam: 'c', waarde: 20 },
      { naam: 'a', waarde: 50 },
      { naam: 'b', waarde: 30 },
      { naam: 'nul', waarde: 0 },
    ])
    expect(punten.map(p => [p.naam, p.samen])).toEqual([
      ['a', 0.5],
      ['b', 0.8],
      ['c', 1],
    ])
    expect([partiesFor(punten, 0.5), partiesFor(punten, 0.8), partiesFor(punten, 0.81)]).toEqual([1, 2, 3])
    expect(partiesFor([], 0.8)).toBe(0)
  })

  it('rises, ends at the whole, and lies on or above the line of equal shares', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 1e9 }), { minLength: 1, maxLength: 50 }), waarden => {
        const punten = lorenz(waarden.map((waarde, i) => ({ naam: String(i), waarde })))
        expect(punten.at(-1)?.samen).toBeCloseTo(1, 9)
        for (const p of punten) expect(p.samen).toBeGreaterThanOrEqual(p.partijen - 1e-9)
      }),
    )
  })
})

describe('a scale', () => {
  it.each([
    [
      [0, 37],
      [0, 10, 20, 30, 40],
    ],
    [[3.42e8], [0, 1e8, 2e8, 3e8, 4e8]],
    [[], [0, 1]],
    [
      [0, 0],
      [0, 1],
    ],
    [
      [-5, 10],
      [-5, 0, 5, 10],
    ],
    [[0.3], [0, 0.1, 0.2, 0.3]],
  ])('of %j has the steps %j', (waarden, stappen) => {
    expect(makeSchaal(waarden).stappen).toEqual(stappen)
  })

  it('contains zero and every value, in few steps', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.double({ min: -1e12, max: 1e12, noNaN: true }).filter(x => x === 0 || Math.abs(x) > 1e-6),
          {
            minLength: 1,
          },
        ),
        waarden => {
          const schaal = makeSchaal(waarden)
          expect(schaal.stappen.length).toBeLessThanOrEqual(8)
          for (const waarde of [0, ...waarden]) {
            expect(opSchaal(schaal, waarde)).toBeGreaterThanOrEqual(-1e-9)
            expect(opSchaal(schaal, waarde)).toBeLessThanOrEqual(1 + 1e-9)
          }
        },
      ),
    )
  })
})

describe('lines with a margin', () => {
  const markup = renderToStaticMarkup(
    <Lijndiagram
      titel="Scenario"
      lezing="Binnen de marge."
      kop="Maand"
      labels={Array.from({ length: 24 }, (_, i) => `m${i + 1}`)}
      format={formatHeleEuro}
      lijnen={[{ naam: 'Besteed', waarden: [100] }]}
      marge={{
        naam: 'Marge',
        onder: Array<number>(24).fill(9_000),
        boven: Array<number>(24).fill(11_000),
      }}
    />,
  )

  it('draws the margin as one closed area, with both sides in the table and a sign in the legend', () => {
    expect(markup.match(/class="sam-g-marge" d="M[^"]+Z"/)).not.toBeNull()
    expect(markup).toContain('Marge: onderkant')
    expect(markup).toContain('Marge: bovenkant')
    expect(markup.match(/sam-g-marge/g)).toHaveLength(2)
  })

  it('writes at most twelve labels below the axis, and all of them in the table', () => {
    expect(markup.match(/>m\d+<\/text>/g)).toHaveLength(12)
    expect(markup.match(/>m\d+<\/th>/g)).toHaveLength(24)
  })
})
