import { beforeAll, expect, it } from 'vitest'
import { testApp } from '../../../test/support/app.ts'
import { testDatabase } from '../../../test/support/database.ts'
import { GEMEENTE_A, GEMEENTE_B, laadTestregio, testOmgeving } from '../../../test/support/regio.ts'

const db = await testDatabase()
const omgeving = testOmgeving(db)
const { app, login } = await testApp(db, omgeving)

beforeAll(async () => {
  await laadTestregio(omgeving)
  await db.owner.query(`insert into kaders.doel (gemeente, boom, soort, tekst, volgorde)
    values (null, 'Visie', 'visie', 'Zoekwoord in de visie', 1),
           ('${GEMEENTE_B}', 'Van B', 'visie', 'Zoekwoord van een ander', 1)`)
  await db.owner.query(`insert into kaders.doel (boom, soort, tekst, volgorde, beeindigd_op, beeindigd_reden)
    values ('Visie', 'visie', 'Zoekwoord dat voorbij is', 2, now(), 'Klaar')`)
  await db.owner.query(`insert into kaders.opgave (gemeente, thema, titel, doelgroep, van, naar, hefbomen)
    values ('${GEMEENTE_A}', 'Zoekwoord', 'Anders werken', 'Ouders', 'Nu', 'Straks', '{inkoop}')`)
  await db.owner.query(`insert into kaders.interventie (naam, omschrijving, bewijs, doelgroep, inzetbaar_door)
    values ('Zoekwoordtraining', 'x', 'praktijk', 'x', 'x')`)
  await db.owner.query(
    `insert into kaders.reikwijdte (wet, onderwerp) values ('wmo', 'Zoekwoord en traplift')`,
  )
  await db.owner.query(`insert into uitwisseling.gegevenslijst (inhoud) values ('{}')`)
  await db.owner.query(`insert into uitwisseling.weging (lijst_id, activiteit, doel, inhoud, geldig_vanaf, opstellers)
    select lijst_id, 'Zoekwoord in overleg', 'beleid', '{}', '2026-01-01', '{1}' from uitwisseling.gegevenslijst`)
})

const zoek = async (rol: 'consulent' | 'aanbieder', eigen: object) =>
  (await app.inject({ url: '/zoeken?q=zoekwoord', headers: (await login(rol, eigen)).headers })).body

it('vindt beleid van de regio en de eigen gemeente, niet dat van een ander en niet wat voorbij is', async () => {
  const body = await zoek('consulent', { gemeenten: [GEMEENTE_A] })
  for (const naam of [
    'Zoekwoord in de visie',
    'Anders werken',
    'Zoekwoordtraining',
    'Zoekwoord en traplift',
    'Zoekwoord in overleg',
  ])
    expect(body).toContain(`>${naam}</a>`)
  expect(body).toContain('5 resultaten')
  expect(body).not.toContain('van een ander')
  expect(body).not.toContain('voorbij is')
})

it('vindt geen beleid voor een aanbieder', async () => {
  const { rows } = await db.owner.query('select min(aanbieder_id) as id from aanbieders.aanbieder')
  expect(await zoek('aanbieder', { aanbieder: rows[0].id })).toContain('Niets gevonden')
})
