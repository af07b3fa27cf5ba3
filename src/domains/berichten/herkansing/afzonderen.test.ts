import { describe, expect, test } from 'vitest'
import { testDatabase } from '../../../../test/support/database.ts'
import { NOBODY } from '../../../platform/db/database.ts'
import { handleApart } from './afzonderen.ts'

const db = await testDatabase()
const POSTEN = ['a', 'b', 'c'].map(berichtId => ({ berichtId }))
type Posten = readonly { berichtId: string }[]

const fout = (code: string) => Object.assign(new Error('x'), { code })

/** Handles `posten`, of which a group fails as `faalt` says; answers what became of each, and the groups that were tried. */
async function apart(posten: Posten, faalt: (groep: string, keer: number) => Error | undefined) {
  const groepen: string[] = []
  const uit = await db.database.write(NOBODY, tx =>
    handleApart<{ berichtId: string }, string>(tx, posten, {
      handle: async groep => {
        const naam = groep.map(p => p.berichtId).join('')
        groepen.push(naam)
        const error = faalt(naam, groepen.filter(g => g === naam).length)
        if (error) throw error
        return new Map(groep.map(p => [p.berichtId, 'goed']))
      },
      giveUp: async () => 'opgegeven',
    }),
  )
  return { uit: Object.fromEntries(uit), groepen }
}

describe('messages together', () => {
  test.each([
    [1, 'goed'],
    [2, 'goed'],
    [3, 'opgegeven'],
  ])('one that collides %i times with another transaction is %s', async (keren, wat) => {
    const { uit, groepen } = await apart([{ berichtId: 'a' }], (_, keer) =>
      keer <= keren ? fout('40001') : undefined,
    )
    expect(uit).toEqual({ a: wat })
    expect(groepen).toHaveLength(Math.min(keren + 1, 3))
  })

  test('what fails by itself is given up, and the rest goes on together', async () => {
    const { uit, groepen } = await apart(POSTEN, groep => (groep.includes('b') ? fout('22008') : undefined))
    expect(uit).toEqual({ a: 'goed', b: 'opgegeven', c: 'goed' })
    expect(groepen.at(-1)).toBe('ac')
  })

  test('what can be handled alone but not together goes one after the other; none is given up', async () => {
    const { uit, groepen } = await apart(POSTEN, groep => (groep.length > 1 ? fout('22008') : undefined))
    expect(uit).toEqual({ a: 'goed', b: 'goed', c: 'goed' })
    expect(groepen).toEqual(['abc', 'a', 'b', 'c', 'a', 'b', 'c'])
  })

  test('a database that is away is nobody’s fault: it is thrown', async () => {
    await expect(apart(POSTEN, () => fout('57P01'))).rejects.toMatchObject({ code: '57P01' })
  })
})
