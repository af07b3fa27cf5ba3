import { setTimeout } from 'node:timers/promises'
import { beforeAll, describe, expect, test } from 'vitest'
import { type Inlog, testApp } from '../../../test/support/app.ts'
import { postBestand } from '../../../test/support/bestand.ts'
import { testDatabase } from '../../../test/support/database.ts'
import { postFormulier } from '../../../test/support/formulier.ts'
import { sheet } from '../../../test/support/overnemen.ts'
import {
  AGB_A,
  AGB_B,
  GEMEENTE_A,
  GEMEENTE_B,
  GEMEENTEN,
  laadTestregio,
  lever,
  stopbericht,
  testBsn,
  testOmgeving,
  toBytes,
  toewijzingsbericht,
} from '../../../test/support/regio.ts'
import { untilSomebodyWaits, whileHeld } from '../../../test/support/wachten.ts'
import { toZip } from '../../../test/support/zip.ts'
import { holdIntake, lockPartijen } from '../../domains/toegang/index.ts'
import { clientOf, NOBODY } from '../../platform/db/database.ts'
import type { Tx } from '../../platform/db/tables.ts'
import { makeCtx, systeem } from '../../platform/http/ctx.ts'
import { takeRegisters } from '../../platform/register/rijen.ts'
import { setUpBestanden } from './bestanden.ts'

/** What is planned on what stands must still stand when it is written: who comes waits for who is under way. */
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

const SHEETS = '/toewijzingen/overnemen'
const REFERRALS = '/toewijzingen/verwijzingen'
const STACKS = '/berichten/overnemen'
const SEGMENTS = '/inrichten/segmenten/invoeren'

const messages = (tx: Tx) =>
  lockPartijen(tx, [{ gemeente: GEMEENTE_A, aanbiederId: aanbieders.get(AGB_A) ?? 0 }])
const choose = async (pad: string, inhoud: string | Buffer, wie = backoffice) => {
  const { statusCode, headers } = await postBestand(app, pad, { naam: 'x.csv', inhoud }, wie)
  expect(statusCode).toBe(303)
  return String(headers.location)
}
const post = (adres: string, wat: 'verwerk' | 'terug', wie = backoffice) =>
  postFormulier(app, `${adres}/${wat}`, adres, {}, wie)
const bring = async (pad: string, inhoud: string | Buffer, wie = backoffice) => {
  const adres = await choose(pad, inhoud, wie)
  expect((await post(adres, 'verwerk', wie)).statusCode).toBe(303)
  return adres
}
const row = (nummer: number, begin = '') =>
  sheet({
    Toewijzingnummer: String(nummer),
    BSN: testBsn(nummer),
    'Levering begonnen': begin,
    Verwijzer: '',
    'Verwezen op': '',
  })
const START = '05-01-2026'
/** A race is lost now and then: what it showed before was seen in three of ten. */
const TIMES = Array.from({ length: 10 }, (_, i) => i)
const referral = (...nummers: number[]) =>
  [
    'Gemeente;Wet;Toewijzingnummer;Verwijzer;Verwezen op',
    ...nummers.map(n => `${GEMEENTE_A};jw;${n};Huisarts;01-12-2025`),
  ].join('\n')
const allocation = (nummer: number) =>
  toewijzingsbericht({ identificatie: `T${nummer}`, nummer, client: nummer })
/** For another municipality, in the same delivery. */
const elsewhere = (nummer: number) =>
  toewijzingsbericht({ identificatie: `T${nummer}`, nummer, client: nummer, gemeente: GEMEENTE_B })
const stack = (nummer: number) => toZip({ 'a.xml': toBytes(allocation(nummer)) })
const segment = (code: string) => `Code;Wet;Naam;Omschrijving;Bron;Volgorde\n${code};jw;${code};Thuis;003;9\n`
const versionOf = async (url: string) =>
  /name="versie" value="(\d+)"/.exec((await app.inject({ url, headers: manager.headers })).body)?.[1] ?? ''
const query = async (vraag: string): Promise<unknown[]> => (await db.owner.query(vraag)).rows

describe('waits', () => {
  test.each<[string, (tx: Tx) => Promise<unknown>, () => Promise<unknown>]>([
    ['a sheet of toewijzingen, for messages', messages, () => choose(SHEETS, row(1))],
    ['a sheet of toewijzingen, for who takes over', holdIntake, () => choose(SHEETS, row(2))],
    ['a sheet of referrals, for messages', messages, () => choose(REFERRALS, referral(3))],
    ['a sheet of referrals, for who takes over', holdIntake, () => choose(REFERRALS, referral(4))],
    ['a stack, for messages', messages, () => choose(STACKS, stack(5))],
    ['a stack, for who takes over', holdIntake, () => choose(STACKS, stack(6))],
    ['a message, for who takes over', holdIntake, () => lever(omgeving, allocation(7))],
    ['a message, for one of the same provider', messages, () => lever(omgeving, allocation(9))],
    ['a file of a register, for another', takeRegisters, () => choose(SEGMENTS, segment('bestand'), manager)],
  ])('%s', async (_, hold, actie) => {
    await whileHeld(db, hold, actie)
  })

  test('no message, for one of another provider', async () => {
    await db.database.write(NOBODY, async tx => {
      await lockPartijen(tx, [{ gemeente: GEMEENTE_A, aanbiederId: aanbieders.get(AGB_B) ?? 0 }])
      const [inname] = await lever(omgeving, allocation(8))
      expect(inname?.uitkomst).toBe('verwerkt')
    })
  })

  test.each([
    ['a toewijzing', 11, ''],
    ['only a start', 12, START],
  ])('going back on a file that brought %s, for messages of its provider', async (_, nummer, begin) => {
    const eerste = await bring(SHEETS, row(nummer))
    const adres = begin === '' ? eerste : await bring(SHEETS, row(nummer, begin))
    expect((await whileHeld(db, messages, () => post(adres, 'terug'))).statusCode).toBe(303)
  })

  test('a row that is changed, one that goes, and a file that is taken back, for the registers', async () => {
    await bring(SEGMENTS, segment('rij'), manager)
    const rij = '/inrichten/segmenten/rij/rij'
    const velden = { wet: 'jw', naam: 'Anders', omschrijving: 'Thuis', bron: '003', ouder: '', volgorde: '2' }
    const send = async (actie: string, van: string, wat: Record<string, string>) => {
      const versie = await versionOf(van)
      return whileHeld(db, takeRegisters, () => postFormulier(app, actie, van, { ...wat, versie }, manager))
    }
    expect((await send(`${rij}/wijzig`, `${rij}/wijzig`, velden)).statusCode).toBe(303)
    expect((await send(`${rij}/verwijder`, rij, {})).statusCode).toBe(303)
    const adres = await bring(SEGMENTS, segment('terug'), manager)
    expect((await whileHeld(db, takeRegisters, () => post(adres, 'terug', manager))).statusCode).toBe(303)
  })
})

describe('who waited sees what came', () => {
  test('a referral is written on the toewijzing that came while it waited', async () => {
    const adres = await choose(REFERRALS, referral(21))
    let verwezen: ReturnType<typeof post> | undefined
    await whileHeld(
      db,
      tx => clientOf(tx).query('lock table sturing.maandcijfer in share row exclusive mode'),
      () => lever(omgeving, allocation(21)),
      async () => {
        verwezen = post(adres, 'verwerk')
        await untilSomebodyWaits(db, 2)
      },
    )
    expect((await verwezen)?.statusCode).toBe(303)
    expect(await query('select verwijzer from toegang.toewijzing where nummer = 21')).toEqual([
      { verwijzer: '02' },
    ])
  })

  test('a toewijzing takes the referral along that was being recorded', async () => {
    const [inname] = await whileHeld(
      db,
      holdIntake,
      () => lever(omgeving, allocation(22)),
      () =>
        query(`insert into toegang.verwijzing (gemeente, domein, nummer, verwijzer, verwezen_op)
          values ('${GEMEENTE_A}', 'jw', 22, '02', '2025-12-01')`),
    )
    expect(inname?.uitkomst).toBe('verwerkt')
    expect(
      await query("select verwijzer from toegang.toewijzing where domein = 'jw' and nummer = 22"),
    ).toEqual([{ verwijzer: '02' }])
  })
})

describe('a file that somebody is at', () => {
  /** Another has done `staat` with this file, and has not ended yet. */
  const hold = (adres: string, staat: string) => (tx: Tx) =>
    clientOf(tx).query(
      `update platform.invoer set staat = '${staat}' where invoer_id = ${adres.split('/').at(-1)}`,
    )
  const segmentRow = (code: string) => query(`select from contracten.segment where code = '${code}'`)

  test('is not done a second time', async () => {
    const adres = await choose(SEGMENTS, segment('tweemaal'), manager)
    const antwoord = await whileHeld(db, hold(adres, 'verwerkt'), () => post(adres, 'verwerk', manager))
    expect(antwoord.statusCode).toBe(409)
    expect(await segmentRow('tweemaal')).toHaveLength(0)
  })

  test('is not taken back a second time', async () => {
    const adres = await bring(SEGMENTS, segment('tweeterug'), manager)
    const antwoord = await whileHeld(db, hold(adres, 'teruggenomen'), () => post(adres, 'terug', manager))
    expect(antwoord.statusCode).toBe(409)
    expect(await segmentRow('tweeterug')).toHaveLength(1)
  })
})

describe('at the same moment', () => {
  test('a folder of several files and a delivery of several providers do not wait in a circle', async () => {
    const ctx = makeCtx(omgeving, systeem('test', GEMEENTEN))
    const van = (agb: string, nummer: number) =>
      toewijzingsbericht({ identificatie: `T${nummer}`, nummer, client: nummer, agb })
    const map = [
      { naam: 'toewijzingen.csv', bytes: Buffer.from(row(51)) },
      { naam: 'berichten.zip', bytes: toZip({ 'a.xml': toBytes(van(AGB_B, 52)) }) },
    ]
    let geleverd: ReturnType<typeof lever> | undefined
    const uit = await whileHeld(
      db,
      messages,
      () => setUpBestanden(ctx, map, { proef: false }),
      async () => {
        geleverd = lever(omgeving, van(AGB_B, 53), van(AGB_A, 54))
        await untilSomebodyWaits(db, 2)
      },
    )
    expect(uit.map(({ uitkomst: u }) => [u.nieuw, u.aantalFouten])).toEqual([
      [1, 0],
      [1, 0],
    ])
    expect((await geleverd)?.map(({ uitkomst }) => uitkomst)).toEqual(['verwerkt', 'verwerkt'])
  })

  test('of equal messages in two deliveries and in a stack one is recorded, and the others are known', async () => {
    const zelfde = [allocation(61), allocation(62)]
    const stapel = await choose(
      STACKS,
      toZip({ 'a.xml': toBytes(allocation(61)), 'b.xml': toBytes(allocation(63)) }),
    )
    const slot = await db.owner.connect()
    await slot.query('begin; lock table berichten.bestand in share mode')
    const bezig = [
      () => lever(omgeving, ...zelfde, allocation(64)),
      () => lever(omgeving, allocation(65), ...zelfde.toReversed()),
    ].map(actie => actie())
    await untilSomebodyWaits(db, 2)
    const overgenomen = post(stapel, 'verwerk')
    await untilSomebodyWaits(db, 3)
    await slot.query('commit')
    slot.release()
    const uitkomsten = (await Promise.all(bezig)).flat().map(({ uitkomst }) => uitkomst)
    expect(uitkomsten.sort()).toEqual([
      'al-ontvangen',
      'al-ontvangen',
      'verwerkt',
      'verwerkt',
      'verwerkt',
      'verwerkt',
    ])
    // One of both was known by now: that is not what the trial said.
    expect((await overgenomen).statusCode).toBe(409)
    expect((await post(stapel, 'verwerk')).statusCode).toBe(303)
    expect(
      await query(
        'select nummer::int from toegang.toewijzing where nummer between 61 and 65 order by nummer',
      ),
    ).toEqual([61, 62, 63, 64, 65].map(nummer => ({ nummer })))
  })

  test('of two that take the same file back, one does', async () => {
    const adres = await bring(SEGMENTS, segment('samen'), manager)
    const twee = await Promise.all([1, 2].map(() => post(adres, 'terug', manager)))
    expect(twee.map(({ statusCode }) => statusCode).sort()).toEqual([303, 409])
  })

  test.each(TIMES)('a stop and the going back of its start: one of both (%i)', async keer => {
    const nummer = 100 + keer
    await bring(SHEETS, row(nummer))
    const adres = await bring(SHEETS, row(nummer, START))
    const [terug, [stop]] = await Promise.all([
      post(adres, 'terug'),
      lever(omgeving, stopbericht({ identificatie: `E${nummer}`, nummer, client: nummer })),
    ])
    expect([terug.statusCode, stop?.bevindingen.length === 0]).toBeOneOf([
      [409, true],
      [303, false],
    ])
  })

  test('going back on a file while a message that says the same waits long: the message is judged', async () => {
    const adres = await bring(SHEETS, row(71))
    const zelfde = toewijzingsbericht({
      identificatie: 'T71',
      nummer: 71,
      client: 71,
      product: { toewijzingstijd: '00:00:00' },
    })
    let terug: ReturnType<typeof post> | undefined
    const [inname] = await whileHeld(
      db,
      messages,
      () => lever(omgeving, zelfde),
      async () => {
        terug = post(adres, 'terug')
        await untilSomebodyWaits(db, 2)
        // Longer than the server lets a circle stand.
        await setTimeout(1500)
      },
    )
    expect([inname?.uitkomst, (await terug)?.statusCode]).toEqual(['verwerkt', 409])
  })

  test.each(TIMES)(
    'another provider for a resident of a file, and its going back: the message counts (%i)',
    async keer => {
      const nummer = 400 + keer
      const adres = await bring(SHEETS, row(nummer))
      const ander = toewijzingsbericht({
        identificatie: `T${nummer}`,
        nummer: nummer + 100,
        client: nummer,
        agb: AGB_B,
      })
      const [terug, [inname]] = await Promise.all([post(adres, 'terug'), lever(omgeving, ander)])
      expect(terug.statusCode).toBeOneOf([303, 409])
      expect(inname?.uitkomst).toBe('verwerkt')
      expect(
        await query(
          `select nummer::int from toegang.toewijzing where nummer in (${nummer}, ${nummer + 100})`,
        ),
      ).toHaveLength(terug.statusCode === 303 ? 1 : 2)
    },
  )

  test.each(TIMES)('a referral and its toewijzing: it counts, or was refused (%i)', async keer => {
    const [nummer, ander] = [200 + keer, 300 + keer]
    // So many that recording them takes as long as judging a message.
    const vooraf = await choose(
      REFERRALS,
      referral(nummer, ...Array.from({ length: 1500 }, (_, i) => 10_000 * (keer + 1) + i)),
    )
    const [verwezen] = await Promise.all([
      post(vooraf, 'verwerk'),
      lever(omgeving, allocation(nummer), elsewhere(ander)),
    ])
    const [rij] = await query(`select t.verwijzer as telt, w.verwijzer as staat from toegang.toewijzing t
      left join toegang.verwijzing w using (gemeente, domein, nummer) where t.nummer = ${nummer}`)
    expect([verwezen.statusCode, rij]).toBeOneOf([
      [303, { telt: '02', staat: '02' }],
      [409, { telt: null, staat: null }],
    ])
  })
})
