import { expect, it } from 'vitest'
import { testDatabase } from '../../test/support/database.ts'
import {
  declaratiebericht,
  laadTestregio,
  lever,
  testOmgeving,
  toewijzingsbericht,
} from '../../test/support/regio.ts'
import type { Bericht301 } from '../domains/istandaard/model/bericht.ts'
import { herbereken } from './cijfers.ts'

const db = await testDatabase()

/** The same toewijzing without an end. */
function zonderEinde(bericht: Bericht301): Bericht301 {
  const { client } = bericht
  const toegewezenProducten = client.toegewezenProducten.map(({ einddatum: _, ...product }) => product)
  return { ...bericht, client: { ...client, toegewezenProducten } }
}

it('what the intake books is what the facts say, also for a toewijzing that changes in a later year', async () => {
  const in2025 = testOmgeving(db, new Date('2025-12-20T12:00:00+01:00'))
  const in2026 = testOmgeving(db)
  await laadTestregio(in2025)
  const genomen = [
    ...(await lever(
      in2025,
      zonderEinde(toewijzingsbericht({ identificatie: 't1', nummer: 1 })),
      zonderEinde(toewijzingsbericht({ identificatie: 't2', nummer: 2, client: 1, domein: 'wmo' })),
    )),
    ...(await lever(
      in2026,
      toewijzingsbericht({
        identificatie: 't3',
        dagtekening: '2026-03-11',
        nummer: 1,
        product: {
          toewijzingsdatum: '2026-03-10',
          einddatum: '2026-06-30',
          redenWijziging: '05',
          omvang: { volume: 10, eenheid: '04', frequentie: '4' },
        },
      }),
    )),
    ...(await lever(
      in2026,
      declaratiebericht({
        identificatie: 'd1',
        nummer: 'D1',
        regels: [
          { nummer: 1, referentie: 'r1' },
          { nummer: 99, referentie: 'r2' },
        ],
      }),
    )),
    ...(await lever(
      in2026,
      declaratiebericht({
        identificatie: 'd2',
        nummer: 'D2',
        regels: [{ nummer: 1, referentie: 'r3', crediteert: 'r1' }],
      }),
    )),
  ]
  expect(genomen.map(g => g.uitkomst)).toEqual([
    'verwerkt',
    'verwerkt',
    'verwerkt',
    'deels-afgekeurd',
    'verwerkt',
  ])

  expect((await herbereken(db.database, false)).map(t => [t.tabel, t.verschillen])).toEqual([
    ['maandcijfer', 0],
    ['verwijzercijfer', 0],
    ['afkeurcijfer', 0],
    ['clientmaand', 0],
  ])
  // 10 hours of € 90 in each of six months, and nothing in 2027, where it was never counted.
  const { rows } = await db.owner.query(`
    select sum(m.toegewezen)::int as toegewezen, min(m.toegewezen)::int as minste
    from sturing.maandcijfer m join contracten.segment s using (segment_id) where s.code = 'J-AMB'`)
  expect(rows).toEqual([{ toegewezen: 6 * 10 * 9000, minste: 0 }])
})
