import { describe, expect, test } from 'vitest'
import type { Gegevens } from './velden.ts'
import { decideVierOgen, explainWijze, givesRights, type Wijze } from './vierogen.ts'

const PIET: Gegevens = {
  naam: 'Piet',
  email: 'piet@a.nl',
  organisatie: 'A',
  rol: 'consulent',
  gemeenten: ['0301', '0302'],
  voorAanbieder: null,
  actief: true,
  loskoppelen: false,
}
const RAAD: Gegevens = { ...PIET, rol: 'raad', gemeenten: [] }
const ZORG: Gegevens = { ...PIET, rol: 'aanbieder', gemeenten: [], voorAanbieder: 3 }

describe('new rights', () => {
  test.each<[string, Gegevens | null, Partial<Gegevens>, boolean]>([
    ['a new user', null, {}, true],
    ['a new user who may not log in yet', null, { actief: false }, false],
    ['another name or organisation', PIET, { naam: 'Pieter', organisatie: 'B' }, false],
    ['the same address in other case', PIET, { email: 'PIET@a.nl' }, false],
    ['another address: somebody else can come in', PIET, { email: 'jan@a.nl' }, true],
    ['another account: somebody else can come in', PIET, { loskoppelen: true }, true],
    ['a municipality less', PIET, { gemeenten: ['0301'] }, false],
    ['a municipality more', PIET, { gemeenten: ['0301', '0302', '0303'] }, true],
    ['another municipality', PIET, { gemeenten: ['0301', '0303'] }, true],
    ['no municipality: all policy', { ...RAAD, gemeenten: ['0301'] }, { gemeenten: [] }, true],
    ['one municipality of all', RAAD, { gemeenten: ['0301'] }, false],
    ['a role with more rights', PIET, { rol: 'controller' }, true],
    [
      'a role with fewer, of the same reach',
      { ...PIET, rol: 'controller' },
      { rol: 'toezichthouder' },
      false,
    ],
    ['a role with fewer rights and another reach', PIET, { rol: 'raad' }, true],
    ['beheerder', RAAD, { rol: 'beheerder' }, true],
    ['another provider', ZORG, { voorAanbieder: 4 }, true],
    ['switched off', PIET, { actief: false }, false],
    ['switched off with more rights', PIET, { actief: false, rol: 'beheerder' }, false],
    ['switched on again', { ...PIET, actief: false }, { actief: true }, true],
  ])('%s: %o', (_, oud, anders, uit) => expect(givesRights(oud, { ...(oud ?? PIET), ...anders })).toBe(uit))
})

describe('four eyes', () => {
  const NU = new Date('2026-03-10T12:00:00Z')
  const dagen = (n: number) => new Date(NU.getTime() - n * 86_400_000)
  test.each([
    ['gebruiker:1', { aantal: 1, laatsteWeg: null }, 'vraag-bevestiging'],
    ['gebruiker:1', { aantal: 2, laatsteWeg: dagen(1) }, 'vraag-bevestiging'],
    ['gebruiker:1', { aantal: 0, laatsteWeg: null }, 'enige-beheerder'],
    ['gebruiker:1', { aantal: 0, laatsteWeg: dagen(7) }, 'enige-beheerder'],
    ['gebruiker:1', { aantal: 0, laatsteWeg: dagen(6) }, { vanaf: dagen(-1) }],
    ['systeem:cli', { aantal: 2, laatsteWeg: dagen(1) }, 'opdrachtregel'],
  ] as const)('%s with %o: %o', (wie, anderen, uit) => expect(decideVierOgen(wie, anderen, NU)).toEqual(uit))
})

describe('what is said of it', () => {
  test.each<[Wijze, { kop: string | undefined; wel: RegExp; niet: RegExp }]>([
    ['vraag-bevestiging', { kop: undefined, wel: /als een andere beheerder ze bevestigt/, niet: /meteen/ }],
    [
      'enige-beheerder',
      { kop: 'U bent de enige beheerder', wel: /gaan daarom meteen in/, niet: /kort geleden/ },
    ],
    ['opdrachtregel', { kop: undefined, wel: /gaan meteen in/, niet: /bevestigt/ }],
    [
      { vanaf: new Date('2026-03-17T08:30:00Z') },
      { kop: 'U kunt nu geen nieuwe rechten geven', wel: /weer vanaf 17.*09:30/, niet: /meteen|enige/ },
    ],
  ])('%o', (wijze, { kop, wel, niet }) => {
    const gezegd = explainWijze(wijze)
    expect(gezegd.kop).toBe(kop)
    expect(gezegd.tekst).toMatch(wel)
    expect(`${gezegd.kop} ${gezegd.tekst}`).not.toMatch(niet)
  })
})
