import { beforeAll, expect, it } from 'vitest'
import { testDatabase } from '../../../test/support/database.ts'
import {
  declaratiebericht,
  GEMEENTEN,
  laadTestregio,
  lever,
  testOmgeving,
  toewijzingsbericht,
} from '../../../test/support/regio.ts'
import { systeem } from '../../platform/http/ctx.ts'
import { seedBetalingen } from './seed.ts'

const db = await testDatabase()
const omgeving = testOmgeving(db)

beforeAll(async () => {
  await laadTestregio(omgeving)
  await lever(
    omgeving,
    toewijzingsbericht({ identificatie: 'T1', nummer: 1 }),
    declaratiebericht({
      identificatie: 'D1',
      nummer: 'JAN',
      maand: '2026-01-01',
      dagtekening: '2026-02-05',
      regels: [{ nummer: 1, referentie: 'R1' }],
    }),
    declaratiebericht({ identificatie: 'D2', nummer: 'FEB', regels: [{ nummer: 1, referentie: 'R2' }] }),
  )
})

it('betaalt vier dagen voor de vervaldag, laat open wat later vervalt, en doet niets twee keer', async () => {
  const { scope } = systeem('test', GEMEENTEN)
  for (let keer = 0; keer < 2; keer += 1)
    await omgeving.database.write(scope, tx => seedBetalingen(tx, '2026-03-16'))
  const { rows } = await db.owner.query(
    `select nummer, betaald_op::text, betaald_door from declaraties.betaling
     join declaraties.declaratie using (gemeente, declaratie_id) order by nummer desc`,
  )
  expect(rows).toEqual([
    { nummer: 'JAN', betaald_op: '2026-03-03', betaald_door: 'systeem:regio' },
    { nummer: 'FEB', betaald_op: null, betaald_door: null },
  ])
  const { rows: verleden } = await db.owner.query(
    'select soort, betaald_op::text, bedrag::int from declaraties.betaling_gebeurtenis',
  )
  expect(verleden).toEqual([{ soort: 'betaald', betaald_op: '2026-03-03', bedrag: 90_000 }])
})
