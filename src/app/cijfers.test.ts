import { beforeAll, describe, expect, it } from 'vitest'
import { testDatabase } from '../../test/support/database.ts'
import { tellInOrder } from '../../test/support/verhaal.ts'
import { rebuildCijfers } from './cijfers.ts'

tellInOrder()

const { database, owner } = await testDatabase()
const BERICHT = '00000000-0000-0000-0000-000000000001'

/**
 * One municipality, one provider, two segments. Toewijzing 1: 4 hours a month at € 60 over January and February 2026,
 * referred by the huisarts. Toewijzing 2: € 1.000 a month, open-ended, recorded in 2025 (so counted up to 31 December
 * 2026), nobody registered as referrer. Line 1 € 240 in January, line 2 € 180 in February credited again by line 3,
 * line 4 € 500 in January; line 5 rejected for two reasons.
 */
beforeAll(async () => {
  await owner.query(`
    insert into contracten.gemeente values ('9001', 'Aarveld');
    insert into aanbieders.aanbieder (agb, naam) values ('00000001', 'De Linde');
    insert into contracten.segment (code, wet, naam, omschrijving, bron, volgorde)
      values ('ambulant', 'jw', 'Ambulant', '', '', 1), ('groep', 'wmo', 'Groep', '', '', 2);
    insert into contracten.productcode (wet, code) values ('jw', '45A04');
    insert into contracten.product (wet, code, categorie, naam, eenheid, variant, segment_id, geldigheid)
      values ('jw', '45A04', '45', 'Begeleiding', '04', 'inspanning', 1, '[2025-01-01,)');
    insert into contracten.contract (aanbieder_id, nummer) values (1, 'C1');
    insert into contracten.contractversie values (1, 1, '[2025-01-01,)');
    insert into contracten.contract_gemeente values (1, 1, '9001', '2025-01-01');
    insert into contracten.tarief (contract_id, aanbieder_id, wet, code, geldigheid, tarief)
      values (1, 1, 'jw', '45A04', '[2025-01-01,)', 6000);
    insert into toegang.client (gemeente, bsn_hash, bsn_versleuteld, persoon, naam, geboortedatum, geslacht, testdata)
      values ('9001', 'a', 'a', 77, 'T', '2010-01-01', '1', true);
    insert into toegang.toewijzing (gemeente, domein, nummer, client_id, aanbieder_id, verwijzer)
      select '9001', d, n, client_id, 1, v from toegang.client, (values ('jw', 1, '02'), ('wmo', 2, null)) w(d, n, v);
    insert into toegang.toewijzing_versie (gemeente, toewijzing_id, versie, aanbieder_id, bericht_id, toegewezen_op,
      segment_id, code, ingang, eind, volume, eenheid, frequentie, tarief, ontvangen_op, vastgelegd_op)
    values ('9001', 1, 1, 1, '${BERICHT}', '2026-01-01', 1, '45A04', '2026-01-01', '2026-02-28', 4, '04', '4', 6000, now(), '2026-01-05'),
           ('9001', 2, 1, 1, '${BERICHT}', '2025-11-01', 2, null, '2026-01-01', null, 100000, '83', '4', null, now(), '2025-12-31 12:00+01');
  `)
  // The chain of messages behind a declaratie is not what is counted: lines and findings are put in as they are stored.
  const client = await owner.connect()
  await client.query(`set session_replication_role = replica`)
  await client.query(`
    insert into declaraties.prestatie (gemeente, declaratie_id, regel, aanbieder_id, domein, client_id, toewijzing_id,
      toewijzing_nummer, segment_id, categorie, code, begin, eind, volume, eenheid, bedrag, debet, referentie,
      houdt_referentie, goedgekeurd, keten, ontvangen_op)
    values ('9001', 1, 1, 1, 'jw', 1, 1, 1, 1, '45', 'A', '2026-01-01', '2026-01-31', 4, '04', 24000, true, 'r1', true, true, 1, now()),
           ('9001', 1, 2, 1, 'jw', 1, 1, 1, 1, '45', 'A', '2026-02-01', '2026-02-28', 3, '04', 18000, true, 'r2', true, true, 1, now()),
           ('9001', 2, 1, 1, 'jw', 1, 1, 1, 1, '45', 'A', '2026-02-01', '2026-02-28', 3, '04', 18000, false, 'r3', true, true, 1, now()),
           ('9001', 3, 1, 1, 'wmo', 1, 2, 2, 2, '07', 'B', '2026-01-15', '2026-01-31', 1, '83', 50000, true, 'r4', true, true, 1, now()),
           ('9001', 3, 2, 1, 'wmo', null, null, 9, null, '07', 'B', '2026-03-01', '2026-03-31', 1, '83', 7000, true, 'r5', false, false, 0, now());
    insert into declaraties.bevinding (gemeente, declaratie_id, regel, volgnummer, aanbieder_id, regelcode, retourcode, melding, feiten)
    values ('9001', 3, 2, 1, 1, 'TR338', '9338', 'x', '[]'), ('9001', 3, 2, 2, 1, 'TR307', '9307', 'x', '[]')`)
  await client.query(`set session_replication_role = default`)
  client.release()
})

const tel = async (sql: string) => (await owner.query(sql)).rows

describe('samenhang cijfers herbereken', () => {
  it('only looking names every difference and writes nothing', async () => {
    const uit = await rebuildCijfers(database, false)
    expect(uit.map(v => [v.tabel, v.rijen, v.verschillen])).toEqual([
      ['maandcijfer', 0, 14],
      ['verwijzercijfer', 0, 2],
      ['afkeurcijfer', 0, 2],
      ['clientmaand', 0, 2],
    ])
    expect(uit[0]?.voorbeelden[0]).toEqual({
      tabel: 'maandcijfer',
      sleutel: { gemeente: '9001', maand: '2026-01-01', segment_id: 1, aanbieder_id: 1 },
      tabelZegt: { bedrag: 0, regels: 0, toegewezen: 0 },
      feitenZeggen: { bedrag: 24000, regels: 1, toegewezen: 24000 },
    })
    expect(JSON.stringify(uit)).not.toContain('77')
    expect(await tel('select count(*)::int as n from sturing.maandcijfer')).toEqual([{ n: 0 }])
  })

  it('rebuilding gives the figures one can count by hand', async () => {
    await rebuildCijfers(database, true)
    expect(
      await tel(`select maand::text, segment_id, bedrag::int, regels, toegewezen::int from sturing.maandcijfer
                 where maand < '2026-04-01' order by 1, 2`),
    ).toEqual([
      { maand: '2026-01-01', segment_id: 1, bedrag: 24000, regels: 1, toegewezen: 24000 },
      { maand: '2026-01-01', segment_id: 2, bedrag: 50000, regels: 1, toegewezen: 100000 },
      { maand: '2026-02-01', segment_id: 1, bedrag: 0, regels: 0, toegewezen: 24000 },
      { maand: '2026-02-01', segment_id: 2, bedrag: 0, regels: 0, toegewezen: 100000 },
      { maand: '2026-03-01', segment_id: 2, bedrag: 0, regels: 0, toegewezen: 100000 },
    ])
    expect(await tel('select max(maand)::text as m from sturing.maandcijfer')).toEqual([{ m: '2026-12-01' }])
    expect(
      await tel(
        'select segment_id, verwijzer, bedrag::int, toewijzingen from sturing.verwijzercijfer order by 1, maand',
      ),
    ).toEqual([
      { segment_id: 1, verwijzer: '02', bedrag: 24000, toewijzingen: 1 },
      { segment_id: 2, verwijzer: 'onbekend', bedrag: 50000, toewijzingen: 1 },
    ])
    expect(
      await tel(
        'select maand::text, domein, retourcode, regels, bedrag::int from sturing.afkeurcijfer order by 3',
      ),
    ).toEqual([
      { maand: '2026-03-01', domein: 'wmo', retourcode: '9307', regels: 1, bedrag: 0 },
      { maand: '2026-03-01', domein: 'wmo', retourcode: '9338', regels: 1, bedrag: 7000 },
    ])
    expect(
      await tel('select jaar, segment_id, persoon::int, m1, m2, maanden from sturing.clientmaand order by 2'),
    ).toEqual([
      { jaar: 2026, segment_id: 1, persoon: 77, m1: 1, m2: 0, maanden: 1 },
      { jaar: 2026, segment_id: 2, persoon: 77, m1: 1, m2: 0, maanden: 1 },
    ])
  })

  it('after that all is equal, and one cent of difference is found', async () => {
    expect((await rebuildCijfers(database, false)).every(v => v.verschillen === 0)).toBe(true)
    await owner.query(
      `update sturing.maandcijfer set bedrag = bedrag + 1 where segment_id = 2 and maand = '2026-01-01'`,
    )
    const uit = await rebuildCijfers(database, false)
    expect(uit.map(v => v.verschillen)).toEqual([1, 0, 0, 0])
    expect(uit[0]?.voorbeelden[0]?.tabelZegt.bedrag).toBe(50001)
    await rebuildCijfers(database, true)
    expect((await rebuildCijfers(database, false)).every(v => v.verschillen === 0)).toBe(true)
  })
})
