import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { STAPNAMEN as DOORLOOPSTAPPEN } from '../../domains/doorloop/doorloop/rules.ts'
import { STAPNAMEN as WEGINGSTAPPEN } from '../../domains/uitwisseling/register/rules.ts'
import { RECHTEN } from '../../platform/auth/rollen.ts'
import { projectRoot } from '../../platform/config.ts'
import { actieNaam } from './rules.ts'

const src = join(projectRoot(), 'src')
const teksten = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .filter(path => /\.tsx?$/.test(path) && !/\.test\.tsx?$/.test(path))
  .map(path => readFileSync(join(src, path), 'utf8'))
const onbenoemd = (acties: readonly string[]) => acties.filter(actie => actieNaam(actie) === actie)

test('every action that the code writes to the log has a name in plain Dutch', () => {
  // What stands between the name of the function and the ids: one name, or one of two.
  const acties = teksten
    .flatMap(tekst => [
      ...tekst.matchAll(/\b(?:audit|schrijfGebeurtenis|insert into platform\.gebeurtenis)\b[^{]{0,300}/g),
    ])
    .flatMap(([aanroep]) => [...aanroep.matchAll(/'([a-z]+\.[a-z-]+)'/g)])
    .map(([, actie = '']) => actie)
    .filter(actie => !(RECHTEN as readonly string[]).includes(actie))
  expect(acties.length).toBeGreaterThan(40)
  expect(onbenoemd(acties)).toEqual([])
})

test('and so have the steps and pieces whose name is put together', () => {
  const delen = teksten.flatMap(tekst => [
    ...[...tekst.matchAll(/(?:ONDERDEEL|AANTAL) = '([a-z]+)'/g)].map(([, deel = '']) => deel),
  ])
  expect(delen.length).toBeGreaterThan(5)
  expect(onbenoemd([...DOORLOOPSTAPPEN, ...delen, 'antwoord'].map(stap => `doorloop.${stap}`))).toEqual([])
  expect(onbenoemd(WEGINGSTAPPEN.map(stap => `weging.${stap}`))).toEqual([])
  expect(onbenoemd(['voorgenomen', 'loopt', 'bereikt', 'gestopt'].map(naar => `opgave.${naar}`))).toEqual([])
})

test('an unknown action is shown as it is', () => expect(actieNaam('iets.nieuws')).toBe('iets.nieuws'))
