import { expect, test } from 'vitest'
import { testApp } from '../../../test/support/app.ts'
import { postBestand } from '../../../test/support/bestand.ts'
import { testDatabase } from '../../../test/support/database.ts'
import { postFormulier } from '../../../test/support/formulier.ts'
import { AGB_B, laadTestregio, testOmgeving } from '../../../test/support/regio.ts'

/** A file does what its trial showed, or nothing. */
const db = await testDatabase()
const omgeving = testOmgeving(db)
const { app, login } = await testApp(db, omgeving)
await laadTestregio(omgeving)
const manager = await login('contractmanager')
const PAD = '/inrichten/locaties/invoeren'
const tryOut = async (inhoud: string) => {
  const { headers } = await postBestand(app, PAD, { naam: 'l.csv', inhoud }, manager)
  const adres = String(headers.location)
  return () => postFormulier(app, `${adres}/verwerk`, adres, {}, manager)
}
const bring = async (inhoud: string) => (await (await tryOut(inhoud))()).statusCode
const rij = (nr: number, naam: string) => `${AGB_B};${nr};${naam};3701 AB;Zeist`
const KOP = 'Aanbieder;Volgnummer;Naam;Postcode;Plaats\n'
const alle = (naam: string) => KOP + Array.from({ length: 130 }, (_, i) => rij(i + 1, naam)).join('\n')
const names = async () =>
  (
    await db.owner.query(
      `
      select l.naam, count(*)::int as n from aanbieders.locatie l join aanbieders.aanbieder a using (aanbieder_id)
      where a.agb = $1 group by 1 order by 1`,
      [AGB_B],
    )
  ).rows

test('not when a row was changed since, also beyond the rows that are shown', async () => {
  expect(await bring(alle('Oud'))).toBe(303)
  const verwerk = await tryOut(alle('Nieuw'))
  expect(await bring(KOP + rij(125, 'Met de hand'))).toBe(303)
  expect((await verwerk()).statusCode).toBe(409)
  expect(await names()).toEqual([
    { naam: 'Met de hand', n: 1 },
    { naam: 'Oud', n: 129 },
  ])
  // What it would do now was kept, to be shown: then it goes.
  expect((await verwerk()).statusCode).toBe(303)
  expect(await names()).toEqual([{ naam: 'Nieuw', n: 130 }])
})
