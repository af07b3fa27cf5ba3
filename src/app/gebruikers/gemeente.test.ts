import { expect, test } from 'vitest'
import { testApp } from '../../../test/support/app.ts'
import { testDatabase } from '../../../test/support/database.ts'
import { testOmgeving } from '../../../test/support/regio.ts'
import { registerdeuren } from '../../../test/support/registerdeuren.ts'

const db = await testDatabase()
const { app, login } = await testApp(db, testOmgeving(db))
const { bring, remove } = registerdeuren(app, await login('beheerder'))

test('a municipality that users work for does not go, by hand or with its file: without any they would see the whole region', async () => {
  const bestand = await bring('gemeenten', 'Code;Naam\n0093;Terschelling\n0096;Vlieland\n')
  expect((await bestand.go()).status).toBe(303)
  const { rows } = await db.owner.query(`
    insert into platform.gebruiker (naam, email, organisatie, rol, gemeenten, actief)
    values ('Anna', 'anna@regio.example', 'Regio', 'beleidsadviseur', '{0093}', false) returning gebruiker_id`)
  const weg = await (await remove('gemeenten', '0093')).go()
  expect([weg.status, weg.tekst]).toEqual([409, expect.stringContaining('gemeente 0093 rekent 1 gebruiker')])
  const terug = await bestand.back()
  expect([terug.status, terug.tekst]).toEqual([
    409,
    expect.stringContaining('gemeente 0093 rekent 1 gebruiker'),
  ])
  const wacht = await db.owner.query(
    `insert into platform.gebruiker_voorstel (versie, gegevens, alleen_login, door)
     select 0, '{"gemeenten": ["0096"]}', false, gebruiker_id from platform.gebruiker limit 1 returning voorstel_id`,
  )
  expect((await (await remove('gemeenten', '0096')).go()).tekst).toContain('gemeente 0096 rekent 1 gebruiker')
  await db.owner.query(`update platform.gebruiker_voorstel set besluit = 'vervallen', besloten_op = now()
    where voorstel_id = ${wacht.rows[0].voorstel_id}`)
  expect((await (await remove('gemeenten', '0096')).go()).status).toBe(303)

  await db.owner.query(`update platform.gebruiker set gemeenten = '{}' where gebruiker_id = $1`, [
    rows[0].gebruiker_id,
  ])
  expect((await (await remove('gemeenten', '0093')).go()).status).toBe(303)
})
