import { expect, it } from 'vitest'
import { testDatabase } from '../../test/support/database.ts'
import {
  declaratiebericht,
  laadTestregio,
  lever,
  testOmgeving,
  toewijzingsbericht,
} from '../../test/support/regio.ts'
import { tellInOrder } from '../../test/support/verhaal.ts'
import { buildRetour } from '../domains/berichten/inname/antwoord.ts'
import type { Bericht301 } from '../domains/istandaard/model/bericht.ts'
import { rebuildCijfers } from './cijfers.ts'

tellInOrder()

const db = await testDatabase()

async function noDifferences() {
  expect((await rebuildCijfers(db.database, false)).map(t => [t.tabel, t.verschillen])).toEqual([
    ['maandcijfer', 0],
    ['verwijzercijfer', 0],
    ['afkeurcijfer', 0],
    ['clientmaand', 0],
  ])
}

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

  await noDifferences()
  // 10 hours of € 90 in each of six months, and nothing in 2027, where it was never counted.
  const { rows } = await db.owner.query(`
    select sum(m.toegewezen)::int as toegewezen, min(m.toegewezen)::int as minste
    from sturing.maandcijfer m join contracten.segment s using (segment_id) where s.code = 'J-AMB'`)
  expect(rows).toEqual([{ toegewezen: 6 * 10 * 9000, minste: 0 }])
})

it('so it is after toewijzingen that came back as not processed (OP286)', async () => {
  const in2026 = testOmgeving(db)
  const referrals = async () => {
    const { rows } = await db.owner.query(
      'select maand::text, toewijzingen as n from sturing.verwijzercijfer where toewijzingen <> 0 order by segment_id, maand',
    )
    return rows
  }
  const refuse = async (bericht: Bericht301, identificatie: string) => {
    const kenmerk = { identificatie, dagtekening: '2026-03-13' }
    const innames = await lever(in2026, buildRetour(bericht, kenmerk, { technisch: true }))
    expect(innames.map(i => i.uitkomst)).toEqual(['geweigerd'])
  }
  const before = await referrals()
  const nieuw = (ingangsdatum: string, identificatie: string) =>
    toewijzingsbericht({
      identificatie,
      nummer: 20,
      client: 5,
      dagtekening: '2026-03-11',
      product: { ingangsdatum, toewijzingsdatum: '2026-03-10', einddatum: '2026-12-31' },
    })
  // A later state of an open-ended toewijzing of 2025: what comes back counts to the end of 2026, as it did.
  const later = toewijzingsbericht({
    identificatie: 't4',
    nummer: 2,
    client: 1,
    domein: 'wmo',
    dagtekening: '2026-03-11',
    product: { toewijzingsdatum: '2026-03-10', einddatum: '2026-06-30', redenWijziging: '05' },
  })
  const fout = nieuw('2026-04-01', 'n1')
  expect((await lever(in2026, later, fout)).map(i => i.uitkomst)).toEqual(['verwerkt', 'verwerkt'])
  expect(await referrals()).not.toEqual(before)
  await refuse(later, 'r4')
  await refuse(fout, 'rn1')
  await noDifferences()
  expect(await referrals()).toEqual(before)
  const { rows } = await db.owner.query(
    "select max(maand)::text as laatste from sturing.maandcijfer where toegewezen <> 0 and segment_id in (select segment_id from contracten.segment where code = 'W-BEG')",
  )
  expect(rows).toEqual([{ laatste: '2026-12-01' }])

  expect((await lever(in2026, nieuw('2026-05-01', 'n2'))).map(i => i.uitkomst)).toEqual(['verwerkt'])
  await noDifferences()
  expect(await referrals()).toEqual(expect.arrayContaining([{ maand: '2026-05-01', n: 1 }]))
  expect(await referrals()).not.toEqual(expect.arrayContaining([{ maand: '2026-04-01', n: 1 }]))
})
