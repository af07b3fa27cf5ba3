import { setTimeout } from 'node:timers/promises'
import { beforeAll, expect, test } from 'vitest'
import { type Inlog, testApp } from '../../../test/support/app.ts'
import { postBestand } from '../../../test/support/bestand.ts'
import { testDatabase } from '../../../test/support/database.ts'
import { openFormulier } from '../../../test/support/formulier.ts'
import {
  AGB_A,
  GEMEENTE_A,
  GEMEENTE_B,
  GEMEENTEN,
  laadTestregio,
  lever,
  testOmgeving,
  toBytes,
  toewijzingsbericht,
} from '../../../test/support/regio.ts'
import { untilSomebodyWaits, whileHeld } from '../../../test/support/wachten.ts'
import { catchUp, receiveBerichten } from '../../domains/berichten/index.ts'
import { holdIntake, lockPartijen } from '../../domains/toegang/index.ts'
import { NOBODY, openDatabase } from '../../platform/db/database.ts'
import type { Tx } from '../../platform/db/tables.ts'
import { makeCtx, systeem } from '../../platform/http/ctx.ts'
import { takeRegisters } from '../../platform/register/rijen.ts'

/** Who waits for a take-over, or for other messages of the same provider, keeps nobody else from working. */
const db = await testDatabase()
const omgeving = testOmgeving(db)
const { app, login } = await testApp(db, omgeving)
const aanbieders = await laadTestregio(omgeving)
let backoffice: Inlog
let manager: Inlog

beforeAll(async () => {
  backoffice = await login('backoffice', { gemeenten: [GEMEENTE_A, GEMEENTE_B] })
  manager = await login('contractmanager')
})

const messages = (tx: Tx) =>
  lockPartijen(tx, [{ gemeente: GEMEENTE_A, aanbiederId: aanbieders.get(AGB_A) ?? 0 }])
const allocation = (nummer: number, gemeente: string = GEMEENTE_A) =>
  toewijzingsbericht({ identificatie: `T${nummer}`, nummer, client: nummer, gemeente })
const query = async (vraag: string): Promise<unknown[]> => (await db.owner.query(vraag)).rows

test('a message that waits longer than a statement may, is asked to come again, and is judged all the same', async () => {
  const database = openDatabase(db.url, { max: 2, tijden: { tijd: 1, stilte: 10 } })
  await db.database.write(NOBODY, async tx => {
    await holdIntake(tx)
    const bezig = lever({ ...omgeving, database }, allocation(590))
    await expect(bezig).rejects.toMatchObject({ code: 'BEURT_ALLEN' })
  })
  const staat = "select staat, pogingen from berichten.bericht where identificatie = 'T590'"
  expect(await query(staat)).toEqual([{ staat: 'ontvangen', pogingen: 0 }])
  await catchUp(makeCtx({ ...omgeving, database }, systeem('test', GEMEENTEN)))
  expect(await query(staat)).toMatchObject([{ staat: 'verwerkt' }])
  await database.close()
})

test('a message that waits for a place is not given up because the same bytes come again, here or in another process', async () => {
  const database = openDatabase(db.url, { max: 6 })
  const elders = { ...omgeving, database }
  const zelfde = allocation(580)
  const opnieuw: Promise<unknown>[] = []
  const uit = await whileHeld(
    db,
    holdIntake,
    () =>
      Promise.all(
        [...[581, 582, 583, 584].map(nummer => allocation(nummer)), zelfde].map(bericht =>
          lever(omgeving, bericht),
        ),
      ),
    async () => {
      await untilSomebodyWaits(db, 4)
      await expect
        .poll(() => query("select from berichten.bericht where identificatie = 'T580'"))
        .toHaveLength(1)
      for (const waar of [omgeving, elders, omgeving, elders]) {
        opnieuw.push(lever(waar, zelfde))
        await setTimeout(1200)
      }
    },
  )
  await Promise.all(opnieuw)
  await database.close()
  expect(uit.flat().map(({ uitkomst }) => uitkomst)).toEqual(uit.map(() => 'verwerkt'))
})

test('whose party is busy holds up no message of another, and no file of a register', async () => {
  const { gebruikerId } = await login('backoffice', { gemeenten: [GEMEENTE_A] })
  const ctx = makeCtx(omgeving, { ...systeem('test', GEMEENTEN), id: `gebruiker:${gebruikerId}` })
  const deliver = (nummer: number) =>
    receiveBerichten(ctx, [{ bytes: toBytes(allocation(nummer)), ontvangenOp: omgeving.klok() }])
  await whileHeld(
    db,
    messages,
    () => Promise.all([560, 561, 562, 563, 564, 565].map(deliver)),
    async () => {
      // All of theirs are recorded; they wait to be judged.
      await expect
        .poll(() => query("select from berichten.bericht where identificatie like 'T56_'"))
        .toHaveLength(6)
      expect(await lever(omgeving, allocation(579, GEMEENTE_B))).toMatchObject([{ uitkomst: 'verwerkt' }])
      const inhoud = 'Code;Wet;Naam;Omschrijving;Bron;Volgorde\ntussendoor;jw;Tussendoor;Thuis;003;9\n'
      const gekozen = await postBestand(
        app,
        '/inrichten/segmenten/invoeren',
        { naam: 'x.csv', inhoud },
        manager,
      )
      expect(gekozen.statusCode).toBe(303)
    },
  )
})

test('while many messages wait, pages go on', async () => {
  const veel = Array.from({ length: 20 }, (_, i) => () => lever(omgeving, allocation(600 + i)))
  const uit = await whileHeld(
    db,
    holdIntake,
    () => Promise.all(veel.map(actie => actie())),
    async () => {
      // All that may wait, do; the rest waits for them, without a connection.
      await untilSomebodyWaits(db, 3)
      for (const url of ['/toewijzingen', '/', '/cijfers'])
        expect([url, (await app.inject({ url, headers: backoffice.headers })).statusCode]).toEqual([url, 200])
    },
  )
  expect(uit.flat().map(({ uitkomst }) => uitkomst)).toEqual(veel.map(() => 'verwerkt'))
})

test('while many wait for the turn of a register, pages go on, and all that waited is done', async () => {
  const PAD = '/inrichten/segmenten/nieuw'
  const mensen = await Promise.all([1, 2, 3, 4].map(() => login('contractmanager')))
  const posts = await Promise.all(
    mensen.flatMap((wie, i) =>
      [1, 2, 3].map(async nummer => {
        const send = await openFormulier(app, PAD, wie)
        const code = `w${i}${nummer}`
        return () =>
          send(PAD, { code, wet: 'jw', naam: code, omschrijving: 'Thuis', bron: '003', volgorde: '9' })
      }),
    ),
  )
  const uit = await whileHeld(
    db,
    takeRegisters,
    () => Promise.all(posts.map(post => post())),
    async () => {
      await untilSomebodyWaits(db, 3)
      for (const url of ['/toewijzingen', '/', '/klaar'])
        expect([url, (await app.inject({ url, headers: backoffice.headers })).statusCode]).toEqual([url, 200])
    },
  )
  expect(uit.map(({ statusCode }) => statusCode)).toEqual(posts.map(() => 303))
})
