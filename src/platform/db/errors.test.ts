import { expect, test } from 'vitest'
import { constraintProblem } from './errors.ts'

const refused = (message: string) => Object.assign(new Error(message), { code: '42501' })
const RLS = 'new row violates row-level security policy for table "aanbieder"'

test.each([
  ['a row that the asker may not write', RLS, false, 403, 'niet-toegestaan'],
  [
    'the same in a region without municipalities: no role stands in the way',
    RLS,
    true,
    400,
    'geen-gemeenten',
  ],
  [
    'a table that the application may not write, there too',
    'permission denied for table x',
    true,
    403,
    'niet-toegestaan',
  ],
])('%s', (_, message, leeg, status, type) => {
  expect(constraintProblem(refused(message), leeg)).toMatchObject({ status, type })
})
