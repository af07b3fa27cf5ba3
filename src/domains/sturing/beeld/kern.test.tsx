import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { TegenPlafond } from './kern.tsx'
import type { Beeld, Stand } from './rules.ts'

const rij = (naam: string, plafond: number | null, besteed: number) =>
  ({
    sleutel: naam,
    naam,
    pad: `/cijfers/segmenten/${naam}`,
    ouder: null,
    niveau: 0,
    plafond,
    besteed,
    binnen: { besteed, doorgerekend: null },
  }) as unknown as Stand
const filter = { jaar: 2026, wet: null, segment: null, gemeente: null } as unknown as Beeld['filter']
const read = (rijen: Stand[]) =>
  renderToStaticMarkup(
    <TegenPlafond
      beeld={{ filter } as Beeld}
      adres="/cijfers"
      rijen={rijen}
      kop="Segment"
      deel="segmenten"
    />,
  )

test('only what something was spent on lacks a ceiling', () => {
  const uit = read([rij('A', 100, 50), rij('B', null, 10), rij('C', null, 0)])
  expect(uit).toContain('Zonder plafond: B.')
})

test('a ceiling of nothing is a ceiling: what is beyond it does not lack one', () => {
  const uit = read([rij('A', 100, 50), rij('Nul', 0, 500)])
  expect(uit).toContain('Van de 2 segmenten is 1 over het plafond heen.')
  expect(uit).not.toContain('Zonder plafond')
})
