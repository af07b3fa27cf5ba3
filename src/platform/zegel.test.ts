import { createHash, randomBytes } from 'node:crypto'
import { type KyselyPlugin, sql } from 'kysely'
import pg from 'pg'
import { beforeAll, describe, expect, test } from 'vitest'
import { testDatabase } from '../../test/support/database.ts'
import { tellInOrder } from '../../test/support/verhaal.ts'
import { audit } from './audit.ts'
import { openKluis } from './crypto.ts'
import { SLOT } from './db/sloten.ts'
import type { Tx } from './db/tables.ts'
import { makeCtx, systeem } from './http/ctx.ts'
import { type AuditOordeel, checkAudit, sealAudit } from './zegel.ts'

tellInOrder()

const { database, owner, kluis, url } = await testDatabase()
const ctx = makeCtx({ database, kluis, klok: () => new Date('2026-11-22T10:00:00Z') }, systeem('proef', []))

const note = (nummer: number) =>
  ctx.write(tx => audit(tx, ctx, 'proef', 'Beheer van de toepassing', { nummer }))
const seal = () => ctx.write(tx => sealAudit(tx, kluis))
const check = () => ctx.read(db => checkAudit(db, { kluis }))

test('sealed events check out; what came after is counted apart', async () => {
  await note(1)
  await note(2)
  expect(await seal()).toBe(2)
  expect(await seal()).toBe(0)
  await note(3)
  expect(await check()).toMatchObject({ goed: true, zegels: 1, gebeurtenissen: 2, nietVerzegeld: 1 })
})

test('an event of a transaction that is still open is sealed later, not lost, and neither is one after it', async () => {
  let verzegeld: number | undefined
  await ctx.write(async tx => {
    await audit(tx, ctx, 'proef', 'Beheer van de toepassing', { nummer: 4 })
    await note(5) // a higher number, committed before
    verzegeld = await seal()
  })
  expect(verzegeld).toBe(1) // number 3
  expect(await check()).toMatchObject({ goed: true, nietVerzegeld: 2 })
  expect(await seal()).toBe(2)
  expect((await check()).goed).toBe(true)
})

test('a writer that pretends to have announced itself slips nothing behind a seal', async () => {
  await seal()
  await ctx.write(async tx => {
    await sql`select set_config('app.schrijver', 'ja', true)`.execute(tx)
    // A lock of the same kind on a number that is still to come.
    await sql`select pg_advisory_xact_lock_shared((7264362::bigint << 40) | 1000000)`.execute(tx)
    await audit(tx, ctx, 'proef', 'Beheer van de toepassing', { nummer: 40 })
    await note(41)
    expect(await seal()).toBe(0)
  })
  expect(await seal()).toBe(2)
  expect((await check()).goed).toBe(true)
})

test('an event that was rolled back, also to a savepoint, holds nothing up', async () => {
  const leave = ctx.write(async tx => {
    await audit(tx, ctx, 'proef', 'Beheer van de toepassing', { nummer: 6 })
    throw new Error('terug')
  })
  await expect(leave).rejects.toThrow('terug')
  await ctx.write(async tx => {
    await sql`savepoint a`.execute(tx)
    await audit(tx, ctx, 'proef', 'Beheer van de toepassing', { nummer: 7 })
    await sql`rollback to savepoint a`.execute(tx)
    await audit(tx, ctx, 'proef', 'Beheer van de toepassing', { nummer: 8 })
    expect(await seal()).toBe(0)
  })
  expect(await seal()).toBe(1)
})

test('a writer that is open in another database holds nothing up', async () => {
  const elders = new pg.Client({ connectionString: url.replace(/[^/]+$/, 'postgres') })
  await elders.connect()
  await elders.query('begin')
  await elders.query('select pg_current_xact_id()')
  await elders.query('select pg_advisory_xact_lock_shared(($1::bigint << 40) | 1)', [SLOT.zegel])
  try {
    await note(9)
    expect(await seal()).toBe(1)
    expect(await check()).toMatchObject({ goed: true, nietVerzegeld: 0 })
  } finally {
    await elders.end()
  }
})

test('while four writers and a sealer race, no event comes in behind a seal', async () => {
  let klaar = false
  const sealing = (async () => {
    while (!klaar) await seal()
  })()
  const writers = Array.from({ length: 4 }, async (_, schrijver) => {
    for (let i = 0; i < 40; i += 1)
      await ctx.write(async tx => {
        await audit(tx, ctx, 'proef', 'Beheer van de toepassing', { schrijver, i })
        await sql`select pg_sleep(${((i * 7 + schrijver) % 5) / 1000})`.execute(tx)
        if (i % 9 === 0) await audit(tx, ctx, 'proef', 'Beheer van de toepassing', { schrijver, i, nog: 1 })
      })
  })
  await Promise.all(writers)
  klaar = true
  await sealing
  await seal()
  expect(await check()).toMatchObject({ goed: true, nietVerzegeld: 0 })
})

test('what begins and ends between its two questions is not behind a seal of which an earlier one is still open', async () => {
  await seal()
  const klaar = Promise.withResolvers<void>()
  let laat: Promise<unknown> = Promise.resolve()
  let gevraagd = 0
  const between: KyselyPlugin = {
    transformQuery: ({ node }) => {
      if (/platform\.(?:laatste_nummer|grens)/.test(JSON.stringify(node))) gevraagd += 1
      return node
    },
    transformResult: async ({ result }) => {
      if (gevraagd !== 1) return result
      gevraagd += 1
      // One takes its number and stays open; the next is done at once.
      await new Promise<void>(begonnen => {
        laat = ctx.write(async tx => {
          await audit(tx, ctx, 'proef', 'Beheer van de toepassing', { nummer: 60 })
          begonnen()
          await klaar.promise
        })
      })
      await note(61)
      return result
    },
  }
  expect(await ctx.write(tx => sealAudit(tx.withPlugin(between) as unknown as Tx, kluis))).toBe(0)
  expect(gevraagd).toBe(3)
  klaar.resolve()
  await laat
  expect(await seal()).toBe(2)
  expect(await check()).toMatchObject({ goed: true, nietVerzegeld: 0 })
})

test('the application role can neither change nor remove an event, nor choose its number', async () => {
  for (const statement of [
    "update platform.gebeurtenis set actie = 'anders'",
    'delete from platform.gebeurtenis',
    `insert into platform.gebeurtenis (gebeurtenis_id, wie, rol, actie, grond, onderwerp, verzoek_id)
     overriding system value values (6, 'a', 'b', 'c', 'd', '{}', 'e')`,
    'insert into platform.sleutel select 9, zegelsleutel, zegel_begin from platform.sleutel',
    'delete from platform.zegel',
  ])
    await expect(
      ctx.write(tx => sql.raw(statement).execute(tx)),
      statement,
    ).rejects.toMatchObject({ status: 403 })
})

test('who has the application role and not the key cannot add a seal', async () => {
  const insert = (bewijs: Buffer, volgend: Buffer) =>
    ctx.write(tx =>
      sql`insert into platform.zegel (zegel_id, sleutel_nr, vanaf, tot, aantal, vorige_hash, hash, bewijs, volgend)
          select zegel_id + 1, sleutel_nr, tot, tot + 100, 0, hash, ${randomBytes(32)}, ${bewijs}, ${volgend}
          from platform.zegel order by zegel_id desc limit 1`.execute(tx),
    )
  const geheim = randomBytes(32)
  await expect(insert(geheim, createHash('sha256').update(geheim).digest())).rejects.toMatchObject({
    status: 403,
  })
  const { rows } = await owner.query(
    'select bewijs, volgend from platform.zegel order by zegel_id desc limit 1',
  )
  await expect(insert(rows[0].bewijs, rows[0].volgend)).rejects.toMatchObject({ status: 403 })
  await expect(insert(rows[0].volgend, rows[0].volgend)).rejects.toMatchObject({ status: 403 })
  await note(10)
  await expect(ctx.write(tx => sealAudit(tx, openKluis(Buffer.alloc(32, 8))))).rejects.toThrow()
  expect(await seal()).toBe(1)
})

/** What the check says of what the owner did; it is undone. */
async function checkAfter(...opdrachten: readonly string[]) {
  let oordeel: AuditOordeel | undefined
  const undo = new Error('undo')
  const bezig = ctx.write(async tx => {
    const vooraf = [
      'set local role none',
      'alter table platform.zegel drop constraint zegel_sleutel_nr_fkey, drop constraint zegel_check',
      'alter table platform.zegel disable trigger user',
    ]
    for (const opdracht of [...vooraf, ...opdrachten]) await sql.raw(opdracht).execute(tx)
    oordeel = await checkAudit(tx, { kluis })
    throw undo
  })
  await expect(bezig).rejects.toBe(undo)
  return oordeel
}

const { rows: columns } = await owner.query<{ tabel: string; kolom: string; soort: string }>(
  `select attrelid::regclass::text as tabel, attname as kolom, format_type(atttypid, null) as soort
   from pg_attribute where attrelid in ('platform.zegel'::regclass, 'platform.gebeurtenis'::regclass)
     and attnum > 0 and not attisdropped order by attrelid, attnum`,
)

describe('the owner changes one column', () => {
  /** Another value of the same type. */
  const ANDERS: Readonly<Record<string, string>> = {
    bigint: '$ + 1000000',
    integer: '$ + 1000',
    text: "$ || 'x'",
    jsonb: `$ || '{"erbij": 1}'`,
    bytea: "sha256($ || 'x')",
    'timestamp with time zone': "$ + interval '1 microsecond'",
    xid8: "coalesce(($::text::bigint + 1)::text, '1')::xid8",
  }
  beforeAll(async () => {
    for (const nummer of [50, 51, 52]) {
      await note(nummer)
      await note(nummer)
      await seal()
    }
    expect((await check()).goed).toBe(true)
  })

  test.each(columns)(
    '$kolom of $tabel: reported, of the first, one in between and the last',
    async ({ tabel, kolom, soort }) => {
      const sleutel = `${tabel.replace('platform.', '')}_id`
      const { rows } = await owner.query(`select max(${sleutel}) as n from ${tabel}`)
      const anders = ANDERS[soort]?.replaceAll('$', kolom)
      expect(anders, soort).toBeDefined()
      for (const waar of [1, 2, rows[0].n]) {
        // A column that is generated always cannot be updated: the row is put in anew.
        const oordeel = await checkAfter(
          `create temp table rij on commit drop as select * from ${tabel} where ${sleutel} = ${waar}`,
          `delete from ${tabel} where ${sleutel} = ${waar}`,
          `update rij set ${kolom} = ${anders}`,
          `insert into ${tabel} overriding system value select * from rij`,
        )
        expect(oordeel, `${sleutel} ${waar}`).toMatchObject({ goed: false })
        if (tabel === 'platform.zegel' && kolom !== 'zegel_id')
          expect([waar, waar + 1]).toContain(oordeel?.gebroken)
      }
    },
  )

  test.each([
    ['tot', '9223372036854775807'],
    ['vanaf', '-9223372036854775808'],
    ['op', "'infinity'"],
  ])('%s of the last seal becomes %s: reported, not thrown', async (kolom, waarde) => {
    const oordeel = await checkAfter(
      `update platform.zegel set ${kolom} = ${waarde} where zegel_id = (select max(zegel_id) from platform.zegel)`,
    )
    expect(oordeel).toMatchObject({ goed: false, gebroken: oordeel?.zegels })
  })

  test.each(['zegelsleutel', 'zegel_begin'])('%s of a key: reported, not thrown', async kolom =>
    expect(await checkAfter(`update platform.sleutel set ${kolom} = sha256('anders')`)).toMatchObject({
      goed: false,
      sleutels: [1],
    }),
  )
})

test('a seal before the first is reported', async () => {
  const oordeel = await checkAfter(
    `insert into platform.zegel select -5, sleutel_nr, -10, -1, aantal, sha256('a'), hash, bewijs, volgend, op
     from platform.zegel where zegel_id = 1`,
  )
  expect(oordeel).toMatchObject({ goed: false, gebroken: -5 })
})

test.each(['-9223372036854775808', '-9007199254740993', '-1', '0', '5000000', '9223372036854775807'])(
  'an event with number %s, which was never given out, is reported',
  async nummer => {
    const oordeel = await checkAfter(
      `insert into platform.gebeurtenis (gebeurtenis_id, wie, rol, actie, grond, onderwerp, verzoek_id)
       overriding system value values (${nummer}, 'a', 'b', 'c', 'd', '{}', 'e')`,
    )
    expect(oordeel).toMatchObject({ goed: false, buiten: 1 })
  },
)

test.each(['first', 'middle'])(
  'a seal of the %s that the owner removed with all its events is reported',
  async plek => {
    for (const nummer of [60, 61, 62]) {
      await note(nummer)
      await seal()
    }
    const { rows } = await owner.query('select zegel_id, vanaf, tot from platform.zegel order by zegel_id')
    const { zegel_id, vanaf, tot } = rows.at(plek === 'first' ? 0 : -2)
    const volgende = rows[rows.findIndex(rij => rij.zegel_id === zegel_id) + 1]
    await owner.query(`
    create table weg_zegel as select * from platform.zegel where zegel_id = ${zegel_id};
    create table weg as select * from platform.gebeurtenis where gebeurtenis_id > ${vanaf} and gebeurtenis_id <= ${tot};
    delete from platform.zegel where zegel_id = ${zegel_id};
    delete from platform.gebeurtenis where gebeurtenis_id in (select gebeurtenis_id from weg)`)
    expect(await check()).toMatchObject({ goed: false, gebroken: volgende?.zegel_id })
    await owner.query(`
    insert into platform.gebeurtenis overriding system value select * from weg;
    alter table platform.zegel disable trigger toets_zegel;
    insert into platform.zegel select * from weg_zegel;
    alter table platform.zegel enable trigger toets_zegel;
    drop table weg, weg_zegel`)
    expect((await check()).goed).toBe(true)
  },
)

test('more events than fit in one seal or one page', async () => {
  await owner.query(`insert into platform.gebeurtenis (wie, rol, actie, grond, onderwerp, verzoek_id)
    select 'systeem:proef', 'systeem', 'proef', 'Beheer van de toepassing', jsonb_build_object('nummer', n), 'v'
    from generate_series(1, 120000) n`)
  const voor = await check()
  expect(await seal()).toBe(120_000)
  const na = await check()
  expect(na).toMatchObject({ goed: true, nietVerzegeld: 0, gebeurtenissen: voor.gebeurtenissen + 120_000 })
  expect(na.zegels).toBe(voor.zegels + 2)
})

test.each([
  [
    'changed',
    "update platform.gebeurtenis set actie = 'anders' where gebeurtenis_id = 2",
    "update platform.gebeurtenis set actie = 'proef' where gebeurtenis_id = 2",
  ],
  ['removed', 'delete from platform.gebeurtenis where gebeurtenis_id = 2', undefined],
])('an event %s by the owner breaks the chain', async (_, tamper, restore) => {
  expect((await check()).goed).toBe(true)
  await owner.query(tamper)
  expect((await check()).gebroken).toBe(1)
  if (restore) await owner.query(restore)
})

test('an owner without the key cannot seal over what was changed', async () => {
  const { rows } = await owner.query('select hash from platform.zegel where zegel_id = 1')
  await owner.query('alter table platform.zegel disable trigger toets_zegel')
  await owner.query('update platform.zegel set aantal = 1, hash = $1 where zegel_id = 1', [
    createHash('sha256').update(rows[0].hash).digest(),
  ])
  expect((await check()).gebroken).toBe(1)
})
