import { afterEach, expect, test } from 'vitest'
import { testApp } from '../../../../test/support/app.ts'
import { testDatabase } from '../../../../test/support/database.ts'
import {
  AGB_A,
  declaratiebericht,
  GEMEENTE_A,
  GEMEENTE_B,
  laadTestregio,
  lever,
  startbericht,
  testOmgeving,
  toewijzingsbericht,
} from '../../../../test/support/regio.ts'
import { registerdeuren } from '../../../../test/support/registerdeuren.ts'

/**
 * A line leans on the contract whose price judged it. NAAST is for the same segment and municipality as TEST-1, and has no price of it: what
 * only NAAST covers is refused when it is claimed (TR418), so a change of TEST-1 may not leave it that.
 */
const db = await testDatabase()
const omgeving = testOmgeving(db, new Date('2026-06-16T12:00:00+02:00'))
await laadTestregio(omgeving)
const { app, login } = await testApp(db, omgeving)
const { bring, change, remove } = registerdeuren(app, await login('contractmanager'))
const clienten = Array.from({ length: 6 }, (_, n) => ({ agb: AGB_A, client: n, nummer: 11 + n }) as const)
const [partij] = clienten as [(typeof clienten)[number]]
let beurt = 0
/** How a line over this month came out. */
const claim = async (maand: string) => {
  beurt += 1
  const [referentie, dagtekening] = [`R${beurt}`, '2026-06-10']
  const kop = { ...partij, identificatie: referentie, nummer: referentie, maand, dagtekening }
  const [uit] = await lever(
    omgeving,
    declaratiebericht({ ...kop, regels: [{ ...partij, referentie, maand }] }),
  )
  return [uit?.uitkomst, uit?.bevindingen.map(({ regel }) => regel)] as const
}
for (const deel of clienten)
  await lever(
    omgeving,
    toewijzingsbericht({ ...deel, identificatie: `T${deel.nummer}` }),
    startbericht({ ...deel, identificatie: `S${deel.nummer}` }),
  )

const EERSTE = 'TEST-1~2025-01-01'
const NU = {
  geldigheidBegin: '01-01-2025',
  geldigheidEind: '31-12-2026',
  segmenten: ['J-AMB', 'J-VER', 'W-BEG'],
  gemeenten: [GEMEENTE_A, GEMEENTE_B],
}
const CONTRACT = 'Nummer;Aanbieder;Loopt: eerste dag;Loopt: laatste dag;Segmenten;Gemeenten\n'
const TARIEVEN = 'Contract;Wet;Product;Geldig: eerste dag;Geldig: laatste dag;Tarief\n'
/** A contract beside TEST-1, for the same, without a price. */
const beside = async (tot = '31-12-2026') =>
  expect(
    (
      await (
        await bring('contracten', `${CONTRACT}NAAST;${AGB_A};01-01-2025;${tot};J-AMB;${GEMEENTE_A}\n`)
      ).go()
    ).status,
  ).toBe(303)

// Each test begins with what was agreed, and with nothing claimed.
afterEach(async () => {
  await db.owner.query(`
    begin; set constraints all deferred;
    delete from declaraties.bevinding; delete from declaraties.prestatie; delete from declaraties.betaling; delete from declaraties.declaratie;
    delete from contracten.tarief t using contracten.contract c where c.contract_id = t.contract_id
      and (c.nummer not like 'TEST-_' or lower(t.geldigheid) > '2025-01-01');
    delete from contracten.contractversie v using contracten.contract c where c.contract_id = v.contract_id
      and (c.nummer not like 'TEST-_' or v.begin > '2025-01-01');
    delete from contracten.contract where nummer not like 'TEST-_';
    update contracten.contractversie set geldigheid = '[2025-01-01,2027-01-01)';
    update contracten.tarief set geldigheid = '[2025-01-01,2027-01-01)';
    update contracten.product set geldigheid = '[2025-01-01,)' where not upper_inf(geldigheid);
    commit`)
})

const VAST = expect.stringContaining('al declaratieregels goedgekeurd')
const JAN = '2026-01-01'
const MAART = '2026-03-01'

test.each([
  ['its segment', { geldigheidBegin: '01-01-2026', segmenten: ['J-VER', 'W-BEG'] }],
  ['its municipality', { geldigheidBegin: '01-01-2026', gemeenten: [GEMEENTE_B] }],
  ['its days', { geldigheidEind: '31-12-2025' }],
])(
  '%s stays in the contract by whose price a line was judged, also where another covers it',
  async (_, weg) => {
    await beside()
    expect(await claim(JAN)).toEqual(['verwerkt', []])
    const { status, tekst } = await change('contracten', EERSTE, { ...NU, ...weg })
    expect([status, tekst]).toEqual([400, VAST])
  },
)

test('another contract with the same price takes its place: nothing leans on the first', async () => {
  expect(await claim(JAN)).toEqual(['verwerkt', []])
  await (
    await change('contracten', EERSTE, { ...NU, geldigheidBegin: '01-02-2026', gemeenten: [GEMEENTE_B] })
  ).go()
  await beside()
  await (await bring('tarieven', `${TARIEVEN}NAAST;jw;45A04;01-02-2026;31-12-2026;90,00\n`)).go()
  expect(await claim(MAART)).toEqual(['verwerkt', []])
  // Of what TEST-1 covers for this municipality, only the days before it were judged by its price.
  expect((await change('contracten', EERSTE, { ...NU, geldigheidEind: '31-01-2026' })).tekst).not.toMatch(
    /declaratieregels/,
  )
  const naast = { geldigheidBegin: '01-01-2025', geldigheidEind: '31-03-2026', segmenten: ['J-AMB'] }
  const einde = await change('contracten', 'NAAST~2025-01-01', { ...naast, gemeenten: [GEMEENTE_A] })
  expect(einde.tekst).toMatch(/toewijzingen die geen contract of tarief meer hebben 5 of meer 01-04-2026/)
  expect((await einde.go()).status).toBe(303)
})

test('a toewijzing counts once: on days that are covered without a price, and on days that are not covered at all', async () => {
  await beside('30-06-2026')
  const vanaf = { ...NU, geldigheidBegin: '01-02-2026', segmenten: ['J-VER', 'W-BEG'] }
  const { status, tekst, go } = await change('contracten', EERSTE, vanaf)
  // Six: twice would be '10 of meer'.
  expect([status, tekst]).toEqual([
    400,
    expect.stringMatching(/toewijzingen die geen contract of tarief meer hebben 5 of meer 01-02-2026/),
  ])
  expect((await go()).status).toBe(303)
  expect((await claim(MAART))[1]).toEqual(['TR418'])
})

test('what stays covered and priced is not touched: a contract without prices ends without a question', async () => {
  await beside()
  expect(await claim(JAN)).toEqual(['verwerkt', []])
  const weg = await remove('contracten', 'NAAST~2025-01-01')
  expect([weg.gevraagd, weg.status]).toEqual([false, 303])
})

/** What leaves the catalogue on 1 February, with its price. */
const leave = () =>
  db.owner.query(`
    update contracten.product set geldigheid = '[2025-01-01,2026-02-01)' where code = '45A04';
    update contracten.tarief set geldigheid = '[2025-01-01,2026-02-01)' where code = '45A04'`)

test('what left the catalogue is paid at its last price while its contract covers its segment, and those days stay in it', async () => {
  await leave()
  expect(await claim(MAART)).toEqual(['verwerkt', []])
  const without = (dag: string) =>
    change('contracten', EERSTE, { ...NU, geldigheidBegin: dag, segmenten: ['J-VER', 'W-BEG'] })
  const vroeg = await without('01-03-2026')
  expect([vroeg.status, vroeg.tekst]).toEqual([400, VAST])
  const later = await without('01-05-2026')
  expect([later.status, later.tekst]).toEqual([
    400,
    expect.stringMatching(/toewijzingen die geen contract of tarief meer hebben 5 of meer 01-05-2026/),
  ])
  expect((await later.go()).status).toBe(303)
  expect(await claim('2026-04-01')).toEqual(['verwerkt', []])
  expect(await claim('2026-05-01')).toEqual(['afgekeurd', ['OP302']])
})

test('the price of what left the catalogue does not go while toewijzingen are paid at it; how that ends is said', async () => {
  await leave()
  const weg = await (await remove('tarieven', 'TEST-1~jw~45A04~2025-01-01')).go()
  expect([weg.status, weg.tekst]).toEqual([
    409,
    expect.stringMatching(
      /niet meer in de catalogus.* Haal dat segment of die gemeente dan vanaf een dag uit het contract/,
    ),
  ])
})

test('a file with prices of what left the catalogue says so in its trial', async () => {
  await leave()
  const { tekst } = await bring('tarieven', `${TARIEVEN}TEST-1;jw;45A04;01-02-2026;31-12-2026;90,00\n`)
  expect(tekst).toContain('Let op')
  expect(tekst).toContain('Product 45A04 staat vanaf 01-02-2026 niet meer in de catalogus.')
  const eenDag = await bring('tarieven', `${TARIEVEN}TEST-1;jw;45A04;01-06-2025;01-02-2026;90,00\n`)
  expect(eenDag.tekst).toContain('niet meer in de catalogus')
  const op = await bring('tarieven', `${TARIEVEN}TEST-1;jw;45A04;01-06-2025;31-01-2026;90,00\n`)
  expect(op.tekst).not.toContain('niet meer in de catalogus')
})

test('a next price of what left the catalogue is refused from a day that was claimed at the one before', async () => {
  // The price itself goes on, and would be the last one in the catalogue too: that it is paid by another from then on counts.
  await db.owner.query(
    "update contracten.product set geldigheid = '[2025-01-01,2026-02-01)' where code = '45A04'",
  )
  expect(await claim(MAART)).toEqual(['verwerkt', []])
  const vroeg = await bring('tarieven', `${TARIEVEN}TEST-1;jw;45A04;01-03-2026;31-12-2026;95,00\n`)
  expect(vroeg.tekst).toEqual(VAST)
  const later = await bring('tarieven', `${TARIEVEN}TEST-1;jw;45A04;01-04-2026;31-12-2026;95,00\n`)
  expect(later.tekst).not.toEqual(VAST)
})

test('a version that names its segment no more pays nothing of what left the catalogue: nothing leans on it', async () => {
  await leave()
  const zonder = { ...NU, segmenten: ['J-VER', 'W-BEG'] }
  const weg = await change('contracten', EERSTE, { ...zonder, geldigheidBegin: '01-04-2026' })
  expect((await weg.go()).status).toBe(303)
  const kleiner = { ...zonder, geldigheidBegin: '01-05-2026', gemeenten: [GEMEENTE_B] }
  expect((await change('contracten', 'TEST-1~2026-04-01', kleiner)).tekst).not.toMatch(
    /toewijzingen (minder|\d)/,
  )
})

test.each(['TEST-1', 'NAAST'])(
  'a price in %s from the day after the catalogue does not make untrue what was approved at the last one in it',
  async contract => {
    await leave()
    await beside()
    expect(await claim(MAART)).toEqual(['verwerkt', []])
    const prijs = await bring('tarieven', `${TARIEVEN}${contract};jw;45A04;01-02-2026;31-12-2026;95,00\n`)
    expect(prijs.tekst).toEqual(VAST)
    // After what was approved it can, and says whom it is for.
    const later = await bring('tarieven', `${TARIEVEN}${contract};jw;45A04;01-04-2026;31-12-2026;95,00\n`)
    expect(later.tekst).toContain('5 of meer toewijzingen die een ander tarief krijgen (vanaf 01-04-2026)')
    expect((await later.go()).status).toBe(303)
    expect((await claim('2026-04-01'))[1]).toEqual(['TR418'])
  },
)

test('the same price from the day after the catalogue takes no place', async () => {
  await leave()
  expect(await claim(MAART)).toEqual(['verwerkt', []])
  const prijs = await bring('tarieven', `${TARIEVEN}TEST-1;jw;45A04;01-02-2026;31-12-2026;90,00\n`)
  expect(prijs.tekst).not.toEqual(VAST)
})

test('a municipality that joins a contract with a price after the catalogue makes nothing untrue there', async () => {
  await leave()
  const ginds = `${CONTRACT}NAAST;${AGB_A};01-01-2025;31-12-2026;J-AMB;${GEMEENTE_B}\n`
  await (await bring('contracten', ginds)).go()
  await (await bring('tarieven', `${TARIEVEN}NAAST;jw;45A04;01-02-2026;31-12-2026;95,00\n`)).go()
  expect(await claim(MAART)).toEqual(['verwerkt', []])
  const naast = {
    geldigheidBegin: '01-02-2026',
    geldigheidEind: '31-12-2026',
    segmenten: ['J-AMB'],
    gemeenten: [GEMEENTE_A, GEMEENTE_B],
  }
  expect((await change('contracten', 'NAAST~2025-01-01', naast)).tekst).toEqual(VAST)
  const later = await change('contracten', 'NAAST~2025-01-01', { ...naast, geldigheidBegin: '01-04-2026' })
  expect(later.tekst).toMatch(/toewijzingen die een ander tarief krijgen 5 of meer 01-04-2026/)
})

test('nor does another contract for its segment pay it, that has no price of it', async () => {
  await leave()
  await beside()
  expect(await claim(MAART)).toEqual(['verwerkt', []])
  const weg = { ...NU, geldigheidBegin: '01-03-2026', segmenten: ['J-VER', 'W-BEG'] }
  expect((await change('contracten', EERSTE, weg)).tekst).toEqual(VAST)
  expect(
    (await (await change('contracten', EERSTE, { ...weg, geldigheidBegin: '01-04-2026' })).go()).status,
  ).toBe(303)
  expect((await claim('2026-05-01'))[1]).toEqual(['TR418'])
})

test('a municipality that joins: how many toewijzingen it begins to cover is asked first, in steps', async () => {
  const eerst = await change('contracten', EERSTE, {
    ...NU,
    geldigheidBegin: '01-02-2026',
    gemeenten: [GEMEENTE_B],
  })
  await eerst.go()
  const versie = 'TEST-1~2026-02-01'
  const erbij = await change('contracten', versie, { ...NU, geldigheidBegin: '01-04-2026' })
  expect([erbij.status, erbij.tekst]).toEqual([
    400,
    expect.stringMatching(/toewijzingen die eronder gaan vallen 5 of meer/),
  ])
  expect((await erbij.go()).status).toBe(303)
  // What another contract covers already does not begin to be covered, nor what was.
  const langer = await change('contracten', EERSTE, { ...NU, geldigheidEind: '31-01-2026' })
  expect(langer.tekst).not.toContain('eronder')
})

test('a segment that joins counts what it covers, and says so where it has no price', async () => {
  const weg = { ...NU, geldigheidBegin: '01-02-2026', segmenten: ['J-VER', 'W-BEG'] }
  await (await change('contracten', EERSTE, weg)).go()
  const erbij = await change('contracten', 'TEST-1~2026-02-01', { ...NU, geldigheidBegin: '01-04-2026' })
  expect([erbij.status, erbij.tekst]).toEqual([
    400,
    expect.stringContaining('Voor segment Ambulante jeugdhulp staat nog geen tarief in dit contract'),
  ])
  expect(erbij.tekst).toMatch(/toewijzingen die eronder gaan vallen 5 of meer/)
  expect((await erbij.go()).status).toBe(303)
  const prijs = await bring('tarieven', `${TARIEVEN}TEST-1;jw;45A04;01-04-2026;31-12-2026;90,00\n`)
  expect(prijs.tekst).toContain('5 of meer toewijzingen die een tarief krijgen (vanaf 01-04-2026)')
  expect((await prijs.go()).status).toBe(303)
  // One that follows another gives none of them a first price.
  const later = await bring('tarieven', `${TARIEVEN}TEST-1;jw;45A04;01-06-2026;31-12-2026;95,00\n`)
  expect(later.tekst).toContain('toewijzingen')
  expect(later.tekst).not.toContain('een tarief krijgen')
})
