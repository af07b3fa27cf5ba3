import { expect, test } from 'vitest'
import { testApp } from '../../../../test/support/app.ts'
import { postBestand } from '../../../../test/support/bestand.ts'
import { testDatabase } from '../../../../test/support/database.ts'
import { postFormulier } from '../../../../test/support/formulier.ts'
import { sheet } from '../../../../test/support/overnemen.ts'
import {
  AGB_B,
  GEMEENTE_A,
  GEMEENTE_B,
  laadTestregio,
  testBsn,
  testOmgeving,
} from '../../../../test/support/regio.ts'
import { text } from '../../../../test/support/tekst.ts'

const db = await testDatabase()
const omgeving = testOmgeving(db)
await laadTestregio(omgeving)
// The second provider works for the other municipality only, and has no price for one of its products.
await db.owner.query(`
  delete from contracten.contract_gemeente where gemeente = '${GEMEENTE_A}'
    and contract_id = (select contract_id from contracten.contract where nummer = 'TEST-2');
  delete from contracten.tarief where code = '45A01' and contract_id = (select contract_id from contracten.contract where nummer = 'TEST-2')`)
const { app, login } = await testApp(db, omgeving)
const backoffice = await login('backoffice', { gemeenten: [GEMEENTE_A, GEMEENTE_B] })

const PAD = '/toewijzingen/overnemen'
const get = async (url: string) => text((await app.inject({ url, headers: backoffice.headers })).body)
const choose = async (...rijen: Record<string, string>[]) => {
  const bestand = { naam: 'oud.csv', inhoud: sheet(...rijen) }
  const adres = String((await postBestand(app, PAD, bestand, backoffice)).headers.location)
  return { adres, proef: await get(adres) }
}
const GEEN = { Verwijzer: '', 'Verwezen op': '' }

test('what would not work is said per row, is taken over all the same, and stays with the file', async () => {
  const { adres, proef } = await choose(
    { Toewijzingnummer: '1', BSN: testBsn(1), ...GEEN },
    { Toewijzingnummer: '2', BSN: testBsn(2), Aanbieder: AGB_B, ...GEEN },
    { Toewijzingnummer: '3', BSN: testBsn(3), Eenheid: 'Etmaal', ...GEEN },
    {
      Toewijzingnummer: '4',
      BSN: testBsn(4),
      Aanbieder: AGB_B,
      Gemeente: GEMEENTE_B,
      Productcode: '45A01',
      Eenheid: 'Stuks (output)',
      ...GEEN,
    },
    { Toewijzingnummer: '5', BSN: testBsn(5), Aanbieder: AGB_B, Productcode: '', ...GEEN },
    { Toewijzingnummer: '6', BSN: testBsn(6), Productcode: '', Productcategorie: '', ...GEEN },
    {
      Toewijzingnummer: '7',
      BSN: testBsn(7),
      'Geldig: eerste dag': '01-01-2024',
      'Levering begonnen': '',
      ...GEEN,
    },
    { Toewijzingnummer: '8', BSN: testBsn(7), Naam: 'Iemand Anders', ...GEEN },
  )
  const verwacht = [
    'Let op bij 6 rijen',
    '2 keer: Deze aanbieder heeft op de ingangsdatum in deze gemeente geen contract voor deze hulp.',
    ` 3 Aanbieder ${AGB_B} Deze aanbieder heeft op de ingangsdatum`,
    ' 4 Eenheid Etmaal Dit product wordt in een andere eenheid geleverd. Uur of Minuut',
    ' 5 Productcode 45A01 In het contract van deze aanbieder staat op de ingangsdatum geen tarief',
    ` 6 Aanbieder ${AGB_B} Deze aanbieder`,
    ' 8 Productcode 45A04 Dit product staat op de ingangsdatum niet in de catalogus.',
    ' 9 Naam Iemand Anders Onder dit BSN staat hier een andere naam.',
  ]
  for (const zin of verwacht) expect(proef).toContain(zin)
  expect(proef).toContain('Dit zou het doen: 8 nieuw.')
  expect((await postFormulier(app, `${adres}/verwerk`, adres, {}, backoffice)).statusCode).toBe(303)
  const daarna = await get(adres)
  expect(daarna).toContain('Dit is gedaan: 8 nieuw.')
  for (const zin of verwacht) expect(daarna).toContain(zin)
})

test.each(['Dagdeel', 'Dagdeel (4 uur)', '16'])('a unit may be called %s', async Eenheid => {
  const { proef } = await choose({ Toewijzingnummer: '20', BSN: testBsn(20), Eenheid, ...GEEN })
  expect(proef).toContain('Dit zou het doen: 1 nieuw.')
})
