import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { testDatabase } from '../../../test/support/database.ts'
import { testOmgeving } from '../../../test/support/regio.ts'
import { tellInOrder } from '../../../test/support/verhaal.ts'
import { projectRoot } from '../../platform/config.ts'
import { clientOf } from '../../platform/db/database.ts'
import { makeCtx, systeem } from '../../platform/http/ctx.ts'
import { seedKaders } from './seed.ts'

tellInOrder()

const db = await testDatabase()
const regiomap = join(projectRoot(), 'regio')
const json = (pad: string) => JSON.parse(readFileSync(join(regiomap, 'zuidoost-utrecht', pad), 'utf8'))
const gemeenten: { code: string; naam: string }[] = json('gemeenten.json').gemeenten
const ctx = makeCtx(
  testOmgeving(db),
  systeem(
    'test',
    gemeenten.map(g => g.code),
  ),
)

beforeAll(async () => {
  for (const { code, naam } of gemeenten)
    await db.owner.query('insert into contracten.gemeente (code, naam) values ($1, $2)', [code, naam])
  for (const [i, s] of json('segmenten.json').segmenten.entries())
    await db.owner.query(
      'insert into contracten.segment (code, wet, naam, omschrijving, bron, volgorde) values ($1, $2, $3, $4, $5, $6)',
      [s.code, s.wet, s.naam, s.definitie, s.bron, i + 1],
    )
  await db.owner.query(
    `insert into platform.gebruiker (naam, email, organisatie, rol, demonstratie)
     values ('Bea', 'bea@voorbeeld.example', 'Regio', 'beleidsadviseur', true)`,
  )
})

async function stand() {
  const { rows } = await db.owner.query(`
    select (select count(*)::int from kaders.doel) as doelen, (select count(*)::int from kaders.doel_koppeling) as koppelingen,
      (select count(*)::int from kaders.opgave where trekker is not null) as opgaven,
      (select count(*)::int from kaders.opgave_voortgang) as voortgang,
      (select count(*)::int from kaders.interventie) as interventies,
      (select count(*)::int from kaders.reikwijdte_versie) as versies,
      (select count(*)::int from platform.gebeurtenis) as audit`)
  return rows[0]
}

it('vult de demonstratie, en een tweede keer verandert niets', async () => {
  await seedKaders(ctx, regiomap)
  const eerst = await stand()
  for (const [wat, aantal] of Object.entries(eerst)) expect(aantal, wat).toBeGreaterThan(2)
  await seedKaders(ctx, regiomap)
  expect(await stand()).toEqual(eerst)
})

it('laat staan wat iemand intussen heeft gewijzigd', async () => {
  await db.owner.query(
    `update kaders.opgave set trekker = null, versie = 2 where sleutel = 'zorg-verplaatst'`,
  )
  await db.owner.query(`update kaders.doel set tekst = 'Anders', versie = 2 where sleutel = 'visie'`)
  await seedKaders(ctx, regiomap)
  const { rows } = await db.owner.query(`
    select trekker, (select distinct tekst from kaders.doel where sleutel = 'visie') as tekst
    from kaders.opgave where sleutel = 'zorg-verplaatst'`)
  expect(rows).toEqual([{ trekker: null, tekst: 'Anders' }])
})

describe('wat van de regio is, wijzigt de database niet voor één gemeente', () => {
  const lokaal = makeCtx(testOmgeving(db), systeem('lokaal', [gemeenten[0]?.code ?? '']))
  const poging = (opdracht: string) => lokaal.write(tx => clientOf(tx).query(opdracht))

  it.each([
    [
      'versie van een onderwerp',
      `insert into kaders.reikwijdte_versie (reikwijdte_id, geldigheid, oordeel, grond)
       select reikwijdte_id, '[2000-01-01,2000-02-01)', 'niet', 'x' from kaders.reikwijdte`,
    ],
    [
      'segment van een onderwerp',
      `insert into kaders.reikwijdte_segment
       select reikwijdte_id, segment_id from kaders.reikwijdte, contracten.segment on conflict do nothing`,
    ],
    [
      'staat van een opgave',
      `insert into kaders.opgave_staat (opgave_id, staat) select opgave_id, 'bereikt' from kaders.opgave`,
    ],
    [
      'koppeling van een doel',
      `insert into kaders.doel_koppeling (doel_id, regionaal_id)
       select a.doel_id, b.doel_id from kaders.doel a join kaders.doel b on a.doel_id < b.doel_id
       where a.gemeente is null limit 1`,
    ],
  ])('geen nieuwe %s', async (_, opdracht) => {
    await expect(poging(opdracht)).rejects.toMatchObject({ status: 403 })
  })

  it('niets weg en geen andere periode', async () => {
    for (const opdracht of [
      'delete from kaders.reikwijdte_segment where reikwijdte_id in (select reikwijdte_id from kaders.reikwijdte where gemeente is null)',
      'delete from kaders.opgave_segment where opgave_id in (select opgave_id from kaders.opgave where gemeente is null)',
      `update kaders.reikwijdte_versie set geldigheid = '[1990-01-01,)'
       where reikwijdte_id in (select reikwijdte_id from kaders.reikwijdte where gemeente is null)`,
    ])
      expect((await poging(opdracht)).rowCount, opdracht).toBe(0)
  })

  it('maar vertellen wat er gebeurde mag wel', async () => {
    const { rowCount } = await poging(
      `insert into kaders.opgave_voortgang (opgave_id, datum, verhaal)
       select opgave_id, '2026-03-01', 'Gesproken' from kaders.opgave where gemeente is null`,
    )
    expect(rowCount).toBeGreaterThan(0)
  })
})
