import { afterEach, expect, test } from 'vitest'
import { testDatabase } from '../../../test/support/database.ts'
import {
  AGB_A,
  declaratiebericht,
  GEMEENTE_A,
  GEMEENTEN,
  laadTestregio,
  lever,
  testBsn,
  testOmgeving,
  toewijzingsbericht,
} from '../../../test/support/regio.ts'
import { TOEWIJZINGEN } from '../../domains/toegang/index.ts'
import { makeCtx, systeem } from '../../platform/http/ctx.ts'
import { addInvoer, processInvoer, undoInvoer } from '../../platform/register/invoer/doorvoeren.ts'
import { rebuildCijfers } from '../cijfers.ts'

const db = await testDatabase()
const omgeving = testOmgeving(db)
const ctx = makeCtx(omgeving, systeem('test', GEMEENTEN))
await laadTestregio(omgeving)

/** Whatever was taken over or taken back: the figures are those of the facts. */
afterEach(async () => {
  expect((await rebuildCijfers(db.database, false)).filter(v => v.verschillen > 0)).toEqual([])
})

const KOP =
  'Gemeente;Wet;Toewijzingnummer;Toewijzingsdatum;BSN;Naam;Geboortedatum;Geslacht;Aanbieder;Productcategorie;Productcode;Geldig: eerste dag;Geldig: laatste dag;Volume;Eenheid;Frequentie;Verwijzer;Verwezen op'
const row = (nummer: number, volume: number, dag = '15-12-2025', eind = '31-12-2026', verwijzer = ';') =>
  `${GEMEENTE_A};jw;${nummer};${dag};${testBsn(nummer)};Sem;05-04-2012;Man;${AGB_A};45;45A04;01-01-2026;${eind};${volume};Uur;4;${verwijzer}`
const bring = async (...rijen: string[]) => {
  const bytes = Buffer.from([KOP, ...rijen].join('\n'))
  const id = await addInvoer(ctx, TOEWIJZINGEN, { naam: 'oud.csv', bytes })
  await processInvoer(ctx, TOEWIJZINGEN, id)
  const { rows } = await db.owner.query('select staat from platform.invoer where invoer_id = $1', [id])
  expect(rows).toEqual([{ staat: 'verwerkt' }])
  return id
}
const value = async () =>
  Number(
    (await db.owner.query('select coalesce(sum(toegewezen), 0) as n from sturing.maandcijfer')).rows[0].n,
  )

test('states of one moment and of another, an end without a day, and a referrer', async () => {
  await bring(
    row(1, 20),
    row(2, 20, '15-12-2025', ''),
    row(2, 30, '10-02-2026', ''),
    row(3, 4, '15-12-2025', '30-06-2026', 'Huisarts;01-12-2025'),
  )
})

test('a correction that is taken back, but not after a message was judged by it', async () => {
  await bring(row(11, 20))
  const voor = await value()
  const id = await bring(row(11, 10))
  expect(await value()).toBe(voor - 12 * 10 * 9000)
  await undoInvoer(ctx, TOEWIJZINGEN, id)
  expect(await value()).toBe(voor)
  const weer = await bring(row(11, 5, '01-02-2026'))
  await lever(omgeving, toewijzingsbericht({ identificatie: 'T11', nummer: 11, client: 11 }))
  await expect(undoInvoer(ctx, TOEWIJZINGEN, weer)).rejects.toMatchObject({ status: 409 })
  expect(await value()).toBeLessThan(voor)
})

test('what is claimed and credited on it', async () => {
  await bring(row(21, 20))
  const regel = { nummer: 21, client: 21 }
  await lever(
    omgeving,
    declaratiebericht({ identificatie: 'D1', nummer: 'D1', regels: [{ ...regel, referentie: 'R1' }] }),
    declaratiebericht({
      identificatie: 'D2',
      nummer: 'D2',
      regels: [{ ...regel, referentie: 'R2', crediteert: 'R1' }],
    }),
  )
})
