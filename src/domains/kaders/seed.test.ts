import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, it } from 'vitest'
import { testDatabase } from '../../../test/support/database.ts'
import { testOmgeving } from '../../../test/support/regio.ts'
import { projectRoot } from '../../platform/config.ts'
import { makeCtx, systeem } from '../../platform/http/ctx.ts'
import { seedKaders } from './seed.ts'

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
