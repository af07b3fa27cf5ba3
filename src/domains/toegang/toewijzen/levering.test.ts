import { beforeEach, expect, test } from 'vitest'
import { testIntake } from '../../../../test/support/intake.ts'
import { lever, toewijzingsbericht } from '../../../../test/support/regio.ts'
import type { Bericht301 } from '../../istandaard/index.ts'

/** What 301s in one delivery know of each other, and what is recorded of them together. */

const { db, omgeving } = await testIntake()

beforeEach(async () => {
  await db.owner.query('truncate berichten.bericht, toegang.client restart identity cascade')
})

const voor = (client: number, nummer: number, deel: Partial<Parameters<typeof toewijzingsbericht>[0]> = {}) =>
  toewijzingsbericht({ identificatie: `C${client}N${nummer}`, nummer, client, ...deel })

/** The rules that refused each, delivered together. */
const regels = async (...berichten: readonly Bericht301[]) =>
  (await lever(omgeving, ...berichten)).map(({ bevindingen }) => bevindingen.map(({ regel }) => regel))

test('none of three new residents of one delivery is taken for one who was known', async () => {
  await lever(omgeving, voor(0, 1))
  const { rows } = await db.owner.query('select client_id::int from toegang.client')
  // Counting up instead of down from "no id yet", the second new resident would be this one.
  expect(rows).toEqual([{ client_id: 1 }])
  const nieuw = [1, 2, 3]
  expect(
    await regels(
      ...nieuw.map(n => voor(n, 10 + n)),
      ...nieuw.map(n => voor(n, 1)),
      ...nieuw.map(n => voor(n, 11)),
    ),
  ).toEqual([
    ...[[], [], []],
    ...[['TR332'], ['TR332'], ['TR332']],
    // Of the three only the first has number 11, which it sends again.
    ...[[], ['TR332'], ['TR332']],
  ])
  const { rows: houders } = await db.owner.query(
    'select nummer::int, count(distinct client_id)::int as n from toegang.toewijzing group by 1 order by 1',
  )
  expect(houders).toEqual([1, 11, 12, 13].map(nummer => ({ nummer, n: 1 })))
})

test('a fault is named at the place of its product in the message', async () => {
  await lever(omgeving, voor(0, 1))
  const bericht = voor(1, 11)
  const [goed] = bericht.client.toegewezenProducten
  if (!goed) throw new Error('no product')
  const ander = {
    product: { categorie: '44', code: '44A07' },
    omvang: { volume: 30, eenheid: '14', frequentie: '4' },
  }
  bericht.client.toegewezenProducten = [goed, { ...goed, ...ander, toewijzingNummer: 1 }]
  const [inname] = await lever(omgeving, bericht)
  expect(inname?.bevindingen.map(({ regel, pad }) => [regel, pad])).toEqual([
    ['TR332', '/Bericht/Client/ToegewezenProducten/ToegewezenProduct[2]'],
  ])
})

test('two toewijzingen changed in one delivery each get their own new state', async () => {
  await lever(omgeving, voor(0, 1), voor(1, 11))
  const wijziging = (client: number, nummer: number, einddatum: string) =>
    voor(client, nummer, {
      identificatie: `W${nummer}`,
      dagtekening: '2026-03-02',
      product: { toewijzingsdatum: '2026-03-01', einddatum, redenWijziging: '05' },
    })
  expect(await regels(wijziging(0, 1, '2026-06-30'), wijziging(1, 11, '2026-07-31'))).toEqual([[], []])
  const { rows } = await db.owner.query(
    `select t.nummer::int, t.actuele_versie, v.eind::text from toegang.toewijzing t
     join toegang.toewijzing_versie v on v.gemeente = t.gemeente and v.toewijzing_id = t.toewijzing_id
       and v.versie = t.actuele_versie order by 1`,
  )
  expect(rows).toEqual([
    { nummer: 1, actuele_versie: 2, eind: '2026-06-30' },
    { nummer: 11, actuele_versie: 2, eind: '2026-07-31' },
  ])
})
