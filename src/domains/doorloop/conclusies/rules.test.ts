import { describe, expect, it } from 'vitest'
import { type Conclusietekst, compareConclusies, type Richting } from './rules.ts'

const c = (tekst: string, richting: Richting = 'behouden', kwadrant = 'vangnet'): Conclusietekst => ({
  tekst,
  richting,
  kwadrant,
})
const soorten = (nu: Conclusietekst[], eerder: Conclusietekst[]) =>
  compareConclusies(nu, eerder).map(v => `${v.soort} ${(v.nu ?? v.eerder)?.tekst}`)

describe('compareConclusies', () => {
  it('herkent wat bleef, ook met andere spaties en hoofdletters', () => {
    expect(soorten([c('Zet in op  fitheid')], [c('zet in op fitheid ')])).toEqual([
      'gebleven Zet in op  fitheid',
    ])
  })
  it('ziet een andere richting of ander kwadrant als verplaatst', () => {
    expect(soorten([c('A', 'loslaten')], [c('A')])).toEqual(['verplaatst A'])
    expect(soorten([c('A', 'behouden', 'partners')], [c('A')])).toEqual(['verplaatst A'])
  })
  it('noemt nieuw in de volgorde van nu en verdwenen achteraan', () => {
    expect(soorten([c('B'), c('A')], [c('A'), c('C')])).toEqual(['nieuw B', 'gebleven A', 'verdwenen C'])
  })
  it('gebruikt een oude conclusie maar één keer', () => {
    expect(soorten([c('A'), c('A')], [c('A')])).toEqual(['gebleven A', 'nieuw A'])
  })
})
