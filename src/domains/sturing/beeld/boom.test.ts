import { beforeAll, describe, expect, test } from 'vitest'
import { testApp } from '../../../../test/support/app.ts'
import { testDatabase } from '../../../../test/support/database.ts'
import { text } from '../../../../test/support/tekst.ts'

/**
 * Segments that hang under each other, and a year that still has to begin. Jeugd over Ambulant (€ 940 allocated, € 500 spent) and
 * Verblijf (€ 130, € 100); nothing is booked on Jeugd itself. Ceilings: Jeugd € 2.000, Ambulant € 1.200, and Wmo € 300 with € 50 spent.
 * Person 1 has care in both, 2 to 6 in Ambulant. Of 2027 € 700 is allocated in Ambulant, with a ceiling of € 2.500 for Jeugd.
 */
const db = await testDatabase()
const { app, login } = await testApp(db, { ...db, klok: () => new Date('2026-11-22T12:00:00Z') })
const regio = await login('contractmanager')

beforeAll(async () => {
  await db.owner.query(`
    insert into contracten.gemeente values ('9001', 'Aarveld');
    insert into aanbieders.aanbieder (agb, naam) values ('00000001', 'De Linde');
    insert into contracten.segment (code, wet, naam, omschrijving, bron, volgorde) values
      ('jeugd', 'jw', 'Jeugd', 'x', '', 1), ('ambulant', 'jw', 'Ambulant', 'x', '', 2),
      ('verblijf', 'jw', 'Verblijf', 'x', '', 3), ('wmo', 'wmo', 'Begeleiding', 'x', '', 4);
    update contracten.segment set ouder_id = 1 where code in ('ambulant', 'verblijf');
    insert into sturing.maandcijfer (gemeente, maand, segment_id, aanbieder_id, bedrag, regels, toegewezen) values
      ('9001', '2026-01-01', 2, 1, 50000, 1, 94000), ('9001', '2026-02-01', 3, 1, 10000, 1, 13000),
      ('9001', '2026-02-01', 4, 1, 5000, 1, 6000), ('9001', '2027-03-01', 2, 1, 0, 0, 70000);
    insert into contracten.budgetplafond (gemeente, segment_id, jaar, bedrag, vastgesteld_op) values
      ('9001', 1, 2026, 200000, '2025-11-01'), ('9001', 2, 2026, 120000, '2025-11-01'),
      ('9001', 4, 2026, 30000, '2025-11-01'), ('9001', 1, 2027, 250000, '2026-11-01');
    insert into sturing.clientmaand (gemeente, jaar, segment_id, aanbieder_id, persoon, m1)
      select '9001', 2026, 2, 1, n, 1 from generate_series(1, 6) n union all select '9001', 2026, 3, 1, 1, 1`)
})

const open = async (url: string) => {
  const { statusCode, body } = await app.inject({ url, headers: regio.headers })
  return {
    status: statusCode,
    body: text(body),
  }
}
interface Rij {
  code: string
  ouder: string | null
  besteed: number
  toegewezen: number
  plafond: number | null
  clienten: number | null
}
const rows = async (vraag = '') => {
  const { body } = await app.inject({
    url: `/api/v1/cijfers/segmenten${vraag}`,
    headers: { ...regio.headers, accept: 'application/json' },
  })
  return (JSON.parse(body).resultaten as Rij[]).map(
    ({ code, ouder, besteed, toegewezen, plafond, clienten }) => [
      code,
      ouder,
      besteed,
      toegewezen,
      plafond,
      clienten,
    ],
  )
}

describe('a segment with others below it', () => {
  test('has the sum of itself and all below it, its own ceiling, and each person once', async () =>
    expect(await rows()).toEqual([
      ['jeugd', null, 60_000, 107_000, 200_000, 6],
      ['ambulant', 'jeugd', 50_000, 94_000, 120_000, 6],
      ['verblijf', 'jeugd', 10_000, 13_000, null, null],
      ['wmo', null, 5_000, 6_000, 30_000, 0],
    ]))

  test('counts once in the total of the region, and its ceiling instead of those below it', async () => {
    const { body } = await open('/cijfers')
    // € 650 of € 2.000 + € 300; the € 1.200 of Ambulant lies within the € 2.000.
    expect(body).toContain('28,3% van het plafond van € 2.300')
    expect(body).toContain('Besteed in 2026 € 650')
    expect(body).toContain(
      'Met de 2 segmenten eronder. Het plafond van dit segment telt, in plaats van die eronder.',
    )
    expect(body).toContain('Valt onder Jeugd. Dit plafond telt in het totaal niet nog eens mee.')
  })

  test('has a page with the same sum, and the segments below it', async () => {
    const { body } = await open('/cijfers/segmenten/jeugd')
    expect(body).toContain('Besteed in 2026 € 600')
    expect(body).toContain('30,0% van het plafond van € 2.000')
    expect(body).toContain('Per segment')
    expect((await open('/cijfers/segmenten/verblijf')).body).not.toContain('Per segment')
    expect((await rows('?segment=verblijf')).map(([code]) => code)).toEqual(['verblijf'])
  })
})

test('of one segment in one municipality the first sentence is about what was spent there', async () => {
  const { body } = await open(`/cijfers?segment=verblijf&gemeente=9001`)
  expect(body).toMatch(/Besteed in 2026 € \d/)
  expect(body).not.toContain('nog niets gedeclareerd')
})

test('where not all has a ceiling no sentence is about all', async () => {
  await db.owner.query(`create table bewaard as select * from contracten.budgetplafond;
    delete from contracten.budgetplafond b using contracten.segment s where s.segment_id = b.segment_id and s.code = 'wmo'`)
  const { body } = await open('/cijfers')
  await db.owner.query('insert into contracten.budgetplafond select * from bewaard on conflict do nothing')
  expect(body).toContain('€ 600 daarvan heeft een plafond: 30,0% van € 2.000. € 50 heeft er geen.')
})

describe('a year that still has to begin', () => {
  test('can be chosen when something is allocated or a ceiling was set, and says that nothing was delivered yet', async () => {
    const { status, body } = await open('/cijfers?jaar=2027')
    expect(status).toBe(200)
    expect(body).toContain('2027 moet nog beginnen')
    expect(body).toContain('Er is in dat jaar nog niets geleverd.')
    // As it is counted (`prijsOp`): most of next year's prices are not agreed when one looks.
    expect(body).toContain(
      'Elke maand telt tegen het tarief dat dan geldt. Is daarvoor nog geen tarief afgesproken, dan telt het laatste ervoor.',
    )
    expect(body).toContain('Van € 700 toegewezen voor 2027')
    expect((await rows('?jaar=2027'))[0]).toEqual(['jeugd', null, 0, 70_000, 250_000, 0])
  })

  test('is not the year that is shown, and the one after it cannot be chosen', async () => {
    expect((await open('/cijfers')).body).toContain('Besteed in 2026')
    expect((await open('/cijfers?jaar=2028')).status).toBe(400)
    expect((await open('/cijfers/aanbieders?jaar=2027')).status).toBe(200)
  })
})
