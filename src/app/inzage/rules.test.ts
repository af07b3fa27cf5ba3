import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { projectRoot } from '../../platform/config.ts'
import { actieNaam } from './rules.ts'

test('every action that the code writes to the log has a name in plain Dutch', () => {
  const src = join(projectRoot(), 'src')
  const acties = readdirSync(src, { recursive: true, encoding: 'utf8' })
    .filter(path => /\.tsx?$/.test(path) && !/\.test\.tsx?$/.test(path))
    .flatMap(path => [...readFileSync(join(src, path), 'utf8').matchAll(/audit\(\s*tx,\s*ctx,\s*'([^']+)'/g)])
    .map(([, actie = '']) => actie)
  expect(acties.length).toBeGreaterThan(10)
  expect(acties.filter(actie => actieNaam(actie) === actie)).toEqual([])
})

test('an unknown action is shown as it is', () => expect(actieNaam('iets.nieuws')).toBe('iets.nieuws'))
