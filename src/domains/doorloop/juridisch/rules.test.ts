import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { tweedeMethode, WEGWIJZER } from '../../../../test/support/beleid.ts'
import { readMethode } from '../methode/actions.ts'
import { highlight, isUitgesloten, type Keuze, listUitgesloten } from './rules.ts'

const methode = readMethode(readFileSync(WEGWIJZER, 'utf8'))
const KEUZE: Keuze = { raakt: 'niets', kenmerken: [], wetten: ['wmo'] }

describe('what the law says of a choice', () => {
  it.each<[string, Partial<Keuze>, string[]]>([
    ['nothing of a resident', {}, []],
    ['only new applications', { raakt: 'nieuw' }, ['laag']],
    ['existing rights', { raakt: 'bestaand' }, ['hoger']],
    ['income in the Wmo', { raakt: 'nieuw', kenmerken: ['inkomen'] }, ['uitgesloten', 'laag']],
    ['income of parents, youth', { kenmerken: ['inkomen-ouders'], wetten: ['jw'] }, ['uitgesloten']],
    ['income, youth', { kenmerken: ['inkomen'], wetten: ['jw'] }, ['uitgesloten']],
    ['income of parents without youth', { kenmerken: ['inkomen-ouders'] }, []],
    ['income without a matching law', { kenmerken: ['inkomen'], wetten: ['pw'] }, []],
    [
      'a dossier of the Participatiewet, existing rights',
      { raakt: 'bestaand', kenmerken: ['inkomen'], wetten: ['pw'] },
      ['hoger'],
    ],
    ['two laws, one excluded', { kenmerken: ['inkomen'], wetten: ['pw', 'wmo'] }, ['uitgesloten']],
    ['data between domains', { kenmerken: ['gegevens-domeinen'] }, ['hoger']],
    [
      'all at once, worst first',
      { raakt: 'nieuw', kenmerken: ['keuze-sturen', 'inkomen', 'gegevens-domeinen'], wetten: ['wmo', 'jw'] },
      ['uitgesloten', 'uitgesloten', 'hoger', 'hoger', 'laag'],
    ],
    ['supportive policy outside the duty of care', { kenmerken: ['ondersteunend'] }, ['laag']],
  ])('%s', (_, keuze, risico) => {
    const merken = highlight({ ...KEUZE, ...keuze }, methode.juridisch)
    expect(merken.map(merk => merk.risico)).toEqual(risico)
    expect(isUitgesloten(merken)).toBe(risico.includes('uitgesloten'))
    for (const merk of merken) {
      expect(merk.uitleg).not.toBe('')
      expect(merk.bron).not.toBe('')
      expect(merk.datum).toMatch(/^\d{4}-\d{2}-\d{2}$/)
    }
  })
})

describe('what is excluded whatever is chosen', () => {
  it.each([
    ['wmo' as const, ['j-inkomen-wmo']],
    ['jw' as const, ['j-inkomen-jw', 'j-ouders-jw']],
    ['pw' as const, []],
  ])('%s', (wet, codes) =>
    expect(listUitgesloten(methode, [wet]).flatMap(({ merken }) => merken.map(m => m.code))).toEqual(codes),
  )
  it('is nothing for a method without legal rules', () =>
    expect(listUitgesloten({ ...tweedeMethode(), juridisch: [] }, ['wmo', 'jw'])).toEqual([]))
})
