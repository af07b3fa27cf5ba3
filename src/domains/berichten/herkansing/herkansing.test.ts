import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { testApp } from '../../../../test/support/app.ts'
import { berichtVan, MODELLEN } from '../../../../test/support/berichten.ts'
import { samenhang, samenhangKilled } from '../../../../test/support/cli.ts'
import { testDatabase } from '../../../../test/support/database.ts'
import { postFormulier } from '../../../../test/support/formulier.ts'
import {
  AGB_A,
  declaratiebericht,
  GEMEENTE_A,
  GEMEENTEN,
  laadTestregio,
  lever,
  startbericht,
  stopbericht,
  testOmgeving,
  toBytes,
  toewijzingsbericht,
} from '../../../../test/support/regio.ts'
import { tellInOrder } from '../../../../test/support/verhaal.ts'
import { makeCtx, systeem } from '../../../platform/http/ctx.ts'
import { BERICHTNUMMERS, type Bericht, checkBytes } from '../../istandaard/index.ts'
import { catchUp, judgeWaiting, receiveBerichten, receiveForLater } from '../index.ts'
import { buildDeclaratieAntwoord, buildRetour } from '../inname/antwoord.ts'
import { countPoging } from './store.ts'

tellInOrder()

/**
 * Messages that break judging itself. The database of this test is made to fail on some toewijzingnummers, as a fault in
 * the product would: numbers 6660 to 6669 are an error, 6670 and 6671 never end.
 */
const db = await testDatabase()
const omgeving = testOmgeving(db)
const { app, login } = await testApp(db, omgeving)
const ctx = makeCtx(omgeving, systeem('test', GEMEENTEN))
const map = mkdtempSync(join(tmpdir(), 'samenhang-herkansing-'))
afterAll(() => rmSync(map, { recursive: true, force: true }))

beforeAll(async () => {
  await laadTestregio(omgeving)
  await db.owner.query(`create function toegang.gif() returns trigger language plpgsql as $$ begin
      if new.nummer between 6660 and 6669 then raise exception 'Testpersoon past niet' using errcode = '22008'; end if;
      if new.nummer in (6670, 6671) then perform pg_sleep(120); end if;
      return new; end $$`)
})
beforeEach(async () => {
  await db.owner.query(
    'create or replace trigger gif before insert on toegang.toewijzing for each row execute function toegang.gif()',
  )
})
const cure = () => db.owner.query('drop trigger if exists gif on toegang.toewijzing')

let volgende = 0
function toewijzing(nummer: number, identificatie?: string) {
  volgende += 1
  return toewijzingsbericht({ identificatie: identificatie ?? `T${volgende}`, nummer, client: volgende })
}

async function stand(identificatie: string): Promise<Record<string, unknown> | undefined> {
  const { rows } = await db.owner.query(
    `select bericht_id as id, staat, reden, pogingen from berichten.bericht where identificatie = $1 and richting = 'in'`,
    [identificatie],
  )
  return rows[0]
}

/** The events of the log that say of this message that it could not be judged. */
async function vastgelegdOver(berichtId: unknown): Promise<unknown[]> {
  const { rows } = await db.owner.query(
    `select actie, onderwerp from platform.gebeurtenis
     where actie = 'bericht.niet-te-beoordelen' and onderwerp -> 'berichten' ? $1`,
    [berichtId],
  )
  return rows
}

const wait = async (bericht: Bericht) => {
  const { berichtId = '' } = await receiveForLater(ctx, {
    bytes: toBytes(bericht),
    ontvangenOp: omgeving.klok(),
  })
  return berichtId
}

describe('a message that cannot be judged', () => {
  test('stops no other in its delivery, and says why without a word of what is in it', async () => {
    const innames = await lever(
      omgeving,
      toewijzing(1),
      toewijzing(6660, 'GIF1'),
      startbericht({ identificatie: 'S1', nummer: 1, client: 1 }),
    )
    expect(innames.map(i => i.uitkomst)).toEqual(['verwerkt', 'niet-te-beoordelen', 'verwerkt'])
    const gif = await stand('GIF1')
    expect(gif).toMatchObject({ staat: 'niet-te-beoordelen', reden: 'fout:DatabaseError 22008' })
    expect(innames[1]).toEqual({
      uitkomst: 'niet-te-beoordelen',
      soort: 'JW301',
      gemeente: GEMEENTE_A,
      berichtId: gif?.id,
      niveau: null,
      bevindingen: [],
    })
    expect(await vastgelegdOver(gif?.id)).toEqual([
      { actie: 'bericht.niet-te-beoordelen', onderwerp: { berichten: [gif?.id] } },
    ])
    const { rows } = await db.owner.query(
      'select count(*)::int as n from toegang.toewijzing where nummer = 6660',
    )
    expect(rows[0].n).toBe(0)
  })

  test('is stopped when it takes too long', async () => {
    const begin = performance.now()
    const [goed, traag] = await receiveBerichten(
      ctx,
      [toewijzing(2), toewijzing(6670, 'GIF2')].map(b => ({
        bytes: toBytes(b),
        ontvangenOp: omgeving.klok(),
      })),
      { tijd: 500 },
    )
    expect(performance.now() - begin).toBeLessThan(20_000)
    expect([goed?.uitkomst, traag?.uitkomst]).toEqual(['verwerkt', 'niet-te-beoordelen'])
    expect(await stand('GIF2')).toMatchObject({ reden: 'tijd' })
  })

  test('is stopped when computing takes too long', async () => {
    const [inname] = await receiveBerichten(
      ctx,
      [{ bytes: toBytes(toewijzing(3, 'GIF3')), ontvangenOp: omgeving.klok() }],
      { tijd: 0.001 },
    )
    expect(inname?.uitkomst).toBe('niet-te-beoordelen')
    expect(await stand('GIF3')).toMatchObject({ reden: 'tijd' })
  })

  test('is passed by when a restart catches up', async () => {
    await wait(toewijzing(6661, 'GIF4'))
    await wait(toewijzing(4, 'GOED4'))
    expect(await catchUp(ctx)).toBe(2)
    expect(await stand('GIF4')).toMatchObject({ staat: 'niet-te-beoordelen' })
    expect(await stand('GOED4')).toMatchObject({ staat: 'verwerkt' })
    expect(await catchUp(ctx)).toBe(0)
  })

  test('is not the one to blame when the connection to the database goes', async () => {
    await db.owner.query(`create or replace function toegang.weg() returns trigger language plpgsql security definer as $$ begin
      perform pg_terminate_backend(pg_backend_pid()); return new; end $$`)
    await db.owner.query(
      'create or replace trigger gif before insert on toegang.toewijzing for each row execute function toegang.weg()',
    )
    const id = await wait(toewijzing(5, 'WEG5'))
    await expect(judgeWaiting(ctx, GEMEENTE_A, id)).rejects.toThrow()
    expect(await stand('WEG5')).toMatchObject({ staat: 'ontvangen', pogingen: 0 })
    await cure()
    await judgeWaiting(ctx, GEMEENTE_A, id)
    expect(await stand('WEG5')).toMatchObject({ staat: 'verwerkt' })
  })
})

describe('somebody else holds a lock on the figures', () => {
  const locked = async (fn: () => Promise<void>) => {
    const client = await db.owner.connect()
    try {
      await client.query('begin; lock table sturing.maandcijfer in share row exclusive mode')
      await fn()
    } finally {
      await client.query('rollback')
      client.release()
    }
  }

  test('a good message waits and is judged when the lock is gone', async () => {
    const id = await wait(toewijzing(7, 'SLOT7'))
    await locked(() =>
      expect(judgeWaiting(ctx, GEMEENTE_A, id, { tijd: 2000 })).rejects.toMatchObject({ code: '55P03' }),
    )
    expect(await stand('SLOT7')).toMatchObject({ staat: 'ontvangen', pogingen: 0 })
    await judgeWaiting(ctx, GEMEENTE_A, id)
    expect(await stand('SLOT7')).toMatchObject({ staat: 'verwerkt' })
  })
})

test('messages together may take as long as each of them by itself', async () => {
  await db.owner.query(`create or replace function toegang.traag() returns trigger language plpgsql as $$ begin
    perform pg_sleep(2.5); return new; end $$`)
  await db.owner.query(
    'create or replace trigger gif before insert on toegang.toewijzing for each row execute function toegang.traag()',
  )
  const innames = await receiveBerichten(
    ctx,
    [31, 32, 33].map(n => ({ bytes: toBytes(toewijzing(n)), ontvangenOp: omgeving.klok() })),
    { tijd: 6000 },
  )
  expect(innames.map(i => i.uitkomst)).toEqual(['verwerkt', 'verwerkt', 'verwerkt'])
  const { rows } = await db.owner.query(
    'select count(distinct xmin::text)::int as n from toegang.toewijzing where nummer between 31 and 33',
  )
  expect(rows[0].n).toBe(1)
})

/** A message of this kind between parties of the test region in which nothing is wrong, whatever is in it. */
function anyMessage(nummer: number): Bericht {
  const model = MODELLEN.find(m => m.naam === `JW${nummer}`)
  if (!model) throw new Error(`no model of ${nummer}`)
  const between = (bericht: Bericht) => {
    // An answer names the parties as the message that it answers.
    const [afzender, ontvanger] =
      bericht.header.afzender.length === 4 ? [GEMEENTE_A, AGB_A] : [AGB_A, GEMEENTE_A]
    const berichtIdentificatie = { identificatie: `AC${nummer}`, dagtekening: '2026-03-02' }
    return { ...bericht, header: { ...bericht.header, afzender, ontvanger, berichtIdentificatie } } as Bericht
  }
  const goed = berichtVan(model)
    .map(between)
    .filter(bericht => checkBytes(toBytes(bericht)).niveau === null)
  const [bericht] = fc.sample(goed, { numRuns: 1, seed: 7 })
  if (!bericht) throw new Error(`no ${nummer} without faults`)
  return bericht
}

describe('recorded, and then the connection went: a restart judges', () => {
  const kenmerk = { identificatie: 'K1', dagtekening: '2026-03-02' }
  const declaratie = declaratiebericht({
    identificatie: 'DC1',
    nummer: 'DC1',
    regels: [{ nummer: 41, client: 41, referentie: 'DC1.1' }],
  })
  const eerst = toewijzingsbericht({ identificatie: 'TC1', nummer: 41, client: 41 })
  const soorten: [string, Bericht][] = [
    ['301', toewijzingsbericht({ identificatie: 'TC2', nummer: 42, client: 42 })],
    ['305', startbericht({ identificatie: 'SC1', nummer: 41, client: 41 })],
    ['307', stopbericht({ identificatie: 'PC1', nummer: 41, client: 41 })],
    ['323', declaratie],
    ['302', buildRetour(eerst, kenmerk, {})],
    ['306', buildRetour(startbericht({ identificatie: 'SC1', nummer: 41, client: 41 }), kenmerk, {})],
    ['308', buildRetour(stopbericht({ identificatie: 'PC1', nummer: 41, client: 41 }), kenmerk, {})],
    ['325', buildDeclaratieAntwoord(declaratie, kenmerk, { technisch: true })],
  ]
  for (const nummer of BERICHTNUMMERS.map(String))
    if (!soorten.some(([bekend]) => bekend === nummer)) soorten.push([nummer, anyMessage(Number(nummer))])

  test('over every kind of message there is', () => {
    expect(soorten.map(([nummer]) => Number(nummer)).sort()).toEqual([...BERICHTNUMMERS].sort())
  })

  test.each(soorten)('a %s', async (nummer, bericht) => {
    await cure()
    if (nummer === '301') await lever(omgeving, eerst)
    await db.owner.query(`create or replace function berichten.weg() returns trigger language plpgsql security definer as $$ begin
      perform pg_terminate_backend(pg_backend_pid()); return new; end $$`)
    await db.owner.query(`create trigger weg before update of verwerkt_op on berichten.bericht for each row
      when (new.verwerkt_op is not null) execute function berichten.weg()`)
    await expect(lever(omgeving, bericht)).rejects.toThrow()
    await db.owner.query('drop trigger weg on berichten.bericht')
    expect(await catchUp(ctx)).toBe(1)
    const { rows } = await db.owner.query(
      `select staat, verwerkt_op is null as wacht from berichten.bericht
       where right(soort, 3) = $1 and richting = 'in' order by ontvangen_op desc, bericht_id desc limit 1`,
      [nummer],
    )
    // What is not judged here was weighed by its header, and is kept.
    const staat = ['315', '317', '319'].includes(nummer)
      ? 'ontvangen'
      : expect.not.stringMatching('ontvangen')
    expect(rows).toEqual([{ staat, wacht: false }])
    const { uitkomst } = (await lever(omgeving, bericht))[0] ?? {}
    expect(uitkomst).toBe('al-ontvangen')
  })
})

test('attempts at one moment are one, and that moment runs from the first: coming back at once is counted', async () => {
  const berichtId = await wait(toewijzing(8, 'TEL8'))
  const sleutel = { gemeente: GEMEENTE_A, berichtId }
  const begin = () => ctx.write(tx => countPoging(tx, sleutel, ctx.nu))
  const past = (ms: number) =>
    db.owner.query(
      `update berichten.bericht set poging_op = poging_op - $2 * interval '1 ms' where bericht_id = $1`,
      [berichtId, ms],
    )
  expect([await begin(), await begin()]).toEqual([1, 1])
  await past(700)
  expect(await begin()).toBe(1)
  await past(700)
  expect([await begin(), await begin()]).toEqual([2, 2])
  await past(1400)
  expect(await begin()).toBe(3)
})

test.each([
  ['within the hour', 59, [1, 1, 1, 1, 1]],
  ['later', 61, [2, 3, 4, 5, 6]],
])('attempts that the server cut off, %s of receipt', async (_, minuten, verwacht) => {
  const berichtId = await wait(toewijzing(9, `DOOD${minuten}`))
  const sleutel = { gemeente: GEMEENTE_A, berichtId }
  const nu = new Date(omgeving.klok().getTime() + minuten * 60_000)
  await ctx.write(tx => countPoging(tx, sleutel, nu))
  const geteld: (number | undefined)[] = []
  for (const _keer of verwacht) {
    // As it is found after the server died with the process that judged.
    await db.owner.query(
      `update berichten.bericht set poging_op = pg_postmaster_start_time() - interval '1 second', pogingen = greatest(pogingen, 1)
       where bericht_id = $1`,
      [berichtId],
    )
    geteld.push(await ctx.write(tx => countPoging(tx, sleutel, nu)))
  }
  expect(geteld).toEqual(verwacht)
})

describe('trying again', () => {
  test('by the button: the backoffice sees an alarm, tries again, and it is judged', async () => {
    const backoffice = await login('backoffice', { gemeenten: [GEMEENTE_A] })
    await lever(omgeving, toewijzing(6662, 'GIF6'))
    const { id } = (await stand('GIF6')) ?? {}
    const start = await app.inject({ url: '/', headers: backoffice.headers })
    expect(start.body).toMatch(/berichten kunnen niet worden beoordeeld.*staat=niet-te-beoordelen/s)
    // The sentence on top begins with what stands in red below it, also for who only looks on.
    const toezicht = await login('toezichthouder', { gemeenten: [GEMEENTE_A] })
    const { body: gezien } = await app.inject({ url: '/', headers: toezicht.headers })
    for (const html of [start.body, gezien])
      expect(html).toMatch(/<\/h1>.{0,300}>\d+ berichten kunnen niet worden beoordeeld\. /s)
    const pad = `/berichten/${GEMEENTE_A}/${id}`
    const { body } = await app.inject({ url: pad, headers: backoffice.headers })
    expect(body).toContain('Dit bericht kan niet worden beoordeeld')
    expect(body).toContain('In het programma ging iets mis bij het beoordelen (DatabaseError 22008).')
    await cure()
    const antwoord = await postFormulier(app, `${pad}/opnieuw`, pad, {}, backoffice)
    expect([antwoord.statusCode, antwoord.headers.location]).toEqual([303, `${pad}?opnieuw=ja`])
    const daarna = async () =>
      (await app.inject({ url: `${pad}?opnieuw=ja`, headers: backoffice.headers })).body
    expect(await daarna()).toContain('Het bericht wordt opnieuw beoordeeld.')
    await judgeWaiting(ctx, GEMEENTE_A, String(id))
    expect(await stand('GIF6')).toMatchObject({ staat: 'verwerkt', reden: null })
    expect(await daarna()).toContain('Het bericht is opnieuw beoordeeld.')
    const nogmaals = await postFormulier(app, `${pad}/opnieuw`, '/', {}, backoffice)
    expect(nogmaals.statusCode).toBe(409)
    const { rows } = await db.owner.query(
      `select wie from platform.gebeurtenis where actie = 'bericht.opnieuw' and onderwerp -> 'berichten' ? $1`,
      [id],
    )
    expect(rows).toEqual([{ wie: `gebruiker:${backoffice.gebruikerId}` }])
  })

  test('others have no button and may not', async () => {
    await lever(omgeving, toewijzing(6663, 'GIF7'))
    const { id } = (await stand('GIF7')) ?? {}
    const pad = `/berichten/${GEMEENTE_A}/${id}`
    const controller = await login('controller', { gemeenten: [GEMEENTE_A] })
    const { body } = await app.inject({ url: pad, headers: controller.headers })
    expect(body).toContain('kan niet worden beoordeeld')
    expect(body).not.toContain('Probeer het opnieuw')
    expect((await postFormulier(app, `${pad}/opnieuw`, '/', {}, controller)).statusCode).toBe(403)
  })
})

test('a message that ends the process is begun three times and no more; the command line tries it again', async () => {
  const bestand = join(map, 'gif.xml')
  writeFileSync(bestand, toBytes(toewijzing(6671, 'GIF8')))
  // Attempts within a second of each other are one (those who bring the same bytes at once).
  const hangs = async () => {
    const { rows } = await db.owner.query(
      `select from pg_stat_activity
       where wait_event = 'PgSleep' and datname = current_database() and exists (
         select from berichten.bericht where identificatie = 'GIF8' and poging_op < now() - interval '1 second')`,
    )
    return rows.length > 0
  }
  const opdracht = ['bericht', 'verwerk', bestand, '--uit', map]
  for (let keer = 0; keer < 3; keer += 1) {
    await samenhangKilled(db, opdracht, hangs)
    // Only now: a process that still lives sees its connection go, and takes that for a passing fault, which is no attempt. Until it is
    // gone: else the next round takes it for its own, and kills a process that has begun nothing.
    await db.owner.query(
      `select pg_terminate_backend(pid, 60000) from pg_stat_activity
       where wait_event = 'PgSleep' and datname = current_database()`,
    )
  }
  expect(await stand('GIF8')).toMatchObject({ staat: 'ontvangen', pogingen: 3 })
  await samenhang(db, opdracht)
  expect(await stand('GIF8')).toMatchObject({ staat: 'niet-te-beoordelen', reden: 'proces' })
  await cure()
  const { id } = (await stand('GIF8')) ?? {}
  const { status, regels } = await samenhang(db, ['bericht', 'opnieuw', GEMEENTE_A, 'GIF8'])
  expect([status, regels]).toEqual([0, [{ gemeente: GEMEENTE_A, bericht: id, staat: 'verwerkt' }]])
  expect((await samenhang(db, ['bericht', 'opnieuw', GEMEENTE_A, String(id)])).status).toBe(2)
}, 600_000)
