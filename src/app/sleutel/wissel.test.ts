import { once } from 'node:events'
import { describe, expect, it } from 'vitest'
import { samenhang, startSamenhang } from '../../../test/support/cli.ts'
import { testDatabase } from '../../../test/support/database.ts'
import { killHard } from '../../../test/support/proces.ts'
import {
  AGB_B,
  declaratiebericht,
  GEMEENTE_A,
  GEMEENTE_B,
  laadTestregio,
  lever,
  testBsn,
  testOmgeving,
  toewijzingsbericht,
} from '../../../test/support/regio.ts'
import { TESTSLEUTEL } from '../../../test/support/sleutel.ts'
import { tellInOrder } from '../../../test/support/verhaal.ts'
import { GEMEENTEN } from '../../domains/contracten/index.ts'
import { mapClienten } from '../../domains/toegang/clienten/store.ts'
import { openKluis } from '../../platform/crypto.ts'
import { NOBODY, openDatabase } from '../../platform/db/database.ts'
import { makeCtx, systeem } from '../../platform/http/ctx.ts'
import { addInvoer } from '../../platform/register/invoer/doorvoeren.ts'
import { invoerVan } from '../../platform/register/invoer/registerinvoer.ts'
import { checkAudit, sealAudit } from '../../platform/zegel.ts'
import { VAN_DE_SLEUTEL } from './kolommen.ts'

tellInOrder()

const db = await testDatabase()
const omgeving = testOmgeving(db)
const NIEUW = Buffer.alloc(32, 9)
const tekst = (sleutel: Buffer) => sleutel.toString('base64')
const BEIDE = { SAMENHANG_SLEUTEL: tekst(NIEUW), SAMENHANG_SLEUTEL_OUD: tekst(TESTSLEUTEL) }
const ALLEEN_NIEUW = { SAMENHANG_SLEUTEL: tekst(NIEUW) }
const beide = { ...omgeving, kluis: openKluis(NIEUW, TESTSLEUTEL) }
const alleenNieuw = { ...omgeving, kluis: openKluis(NIEUW) }
const bericht = toewijzingsbericht({ identificatie: 'T1', nummer: 1 })

const start = (sleutels: Record<string, string>) => samenhang(db, ['gebruiker', 'lijst'], sleutels)
const wissel = (sleutels: Record<string, string>) => samenhang(db, ['sleutel', 'wissel'], sleutels)
const one = async (vraag: string) => Number((await db.owner.query(vraag)).rows[0]?.n)
const uniek = () => one('select count(distinct persoon) as n from sturing.clientmaand')
const oudProces = openDatabase(db.url, { max: 2, sleutelNr: 1 })

await laadTestregio(omgeving)
await lever(omgeving, bericht)
await lever(
  omgeving,
  toewijzingsbericht({ identificatie: 'T2', nummer: 2, gemeente: GEMEENTE_B, agb: AGB_B }),
)
await lever(omgeving, toewijzingsbericht({ identificatie: 'T3', nummer: 3, client: 1 }))
await lever(
  omgeving,
  declaratiebericht({ identificatie: 'D1', nummer: 'D1', regels: [{ nummer: 1, referentie: 'R1' }] }),
  declaratiebericht({
    identificatie: 'D2',
    nummer: 'D2',
    gemeente: GEMEENTE_B,
    agb: AGB_B,
    regels: [{ nummer: 2, referentie: 'R2' }],
  }),
)
const CONCEPT = '{"titel":"Half af"}'
const tekstbestand = { naam: 'gemeenten.csv', bytes: Buffer.from('Code;Naam\n0355;Zeist\n') }
await addInvoer(makeCtx(omgeving, systeem('test', [GEMEENTE_A])), invoerVan(GEMEENTEN), tekstbestand)

// What somebody left in a form, and a form that was saved: of that nothing is kept.
await db.owner.query(
  `with u as (insert into platform.gebruiker (naam, email, organisatie, rol)
     values ('Bea', 'bea@voorbeeld.nl', 'Regio', 'beleidsadviseur') returning gebruiker_id)
   insert into platform.concept (gebruiker_id, adres, inhoud, bladzij) select gebruiker_id, adres, inhoud, sha256('') from u,
     (values ('/interventies/nieuw', $1::bytea), ('/opgaven/nieuw', null)) x (adres, inhoud)`,
  [omgeving.kluis.versleutel(Buffer.from(CONCEPT))],
)

// More residents than fit on a page, and enough files for a few.
const velen = Array.from({ length: 12_000 }, (_, i) => String(100_000_000 + i))
await db.owner.query(
  `insert into toegang.client (gemeente, bsn_hash, bsn_versleuteld, persoon, naam, geboortedatum, geslacht, testdata)
   select $1, h, v, p, 'Testpersoon', '2012-04-05', '1', true from unnest($2::bytea[], $3::bytea[], $4::bigint[]) x (h, v, p)`,
  [
    GEMEENTE_A,
    velen.map(bsn => omgeving.kluis.bsnHash(bsn)),
    velen.map(bsn => omgeving.kluis.versleutel(Buffer.from(bsn))),
    velen.map(bsn => omgeving.kluis.persoon(bsn)),
  ],
)

await db.owner.query(`
  with nieuw as (
    insert into berichten.bericht (gemeente, richting, soort, domein, afzender, ontvanger, identificatie, dagtekening, geldt,
      staat, vingerafdruk, ontvangen_op)
    select b.gemeente, 'uit', b.soort, b.domein, b.afzender, b.ontvanger, b.identificatie || n, b.dagtekening, false, 'klaar',
      b.vingerafdruk, b.ontvangen_op
    from berichten.bericht b, generate_series(1, 2500) n where b.identificatie = 'T1' returning gemeente, bericht_id)
  insert into berichten.bestand (gemeente, bericht_id, inhoud, grootte)
  select n.gemeente, n.bericht_id, f.inhoud, f.grootte from nieuw n,
    (select f.* from berichten.bestand f join berichten.bericht b using (gemeente, bericht_id) where b.identificatie = 'T1') f`)

/** Every value that a column has, per column that depends on the key. */
async function listWaarden(): Promise<Map<string, Set<string>>> {
  const waarden = new Map<string, Set<string>>()
  for (const kolom of VAN_DE_SLEUTEL) {
    const [schema, tabel, naam] = kolom.split('.')
    const { rows } = await db.owner.query(
      `select distinct ${naam}::text as waarde from ${schema}.${tabel} where ${naam} is not null`,
    )
    waarden.set(kolom, new Set(rows.map(row => row.waarde)))
  }
  return waarden
}
const waardenVooraf = await listWaarden()

describe('a database and its key', () => {
  it('refuses another key, and says what to do', async () => {
    const { status, stderr, stdout } = await start(ALLEEN_NIEUW)
    expect([status, stdout]).toEqual([2, ''])
    expect(stderr).toContain(
      'De sleutel hoort niet bij deze database. Zet de sleutel terug waarmee zij is begonnen',
    )
    expect(stderr).toContain('Maak geen nieuwe')
  })

  it('refuses to start with both keys before the change', async () => {
    const { status, stderr } = await start(BEIDE)
    expect([status, stderr]).toEqual([
      2,
      expect.stringContaining('Voer eerst uit: bin/samenhang sleutel wissel'),
    ])
  })

  it.each([
    ['the new key only', ALLEEN_NIEUW, 'Geef de oude sleutel erbij'],
    [
      'two strange keys',
      { SAMENHANG_SLEUTEL: tekst(NIEUW), SAMENHANG_SLEUTEL_OUD: tekst(Buffer.alloc(32, 3)) },
      'Geen van beide sleutels hoort bij deze database',
    ],
    [
      'twice the same key',
      { SAMENHANG_SLEUTEL: tekst(TESTSLEUTEL), SAMENHANG_SLEUTEL_OUD: tekst(TESTSLEUTEL) },
      'zijn gelijk',
    ],
  ])('changes nothing with %s', async (_, sleutels, reden) => {
    const { status, stderr } = await wissel(sleutels)
    expect([status, stderr]).toEqual([2, expect.stringContaining(reden)])
    expect((await start({})).status).toBe(0)
  })
})

describe('a change of key', () => {
  it('that is killed among the files leaves everything to be found', async () => {
    const voor = await uniek()
    expect(voor).toBe(1) // one person, at two municipalities
    await omgeving.database.write(NOBODY, tx => sealAudit(tx, omgeving.kluis))
    const proces = startSamenhang(db, ['sleutel', 'wissel'], BEIDE)
    for (
      let gezien = '';
      !gezien.includes('"bestanden"');
      gezien += (await once(proces.stdout, 'data')).join()
    );
    await killHard(proces)
    expect(await one('select count(klaar_op) as n from platform.sleutel where sleutel_nr = 2')).toBe(0)

    expect(await uniek()).toBe(voor)
    expect(
      await one(
        'select count(*) as n from sturing.clientmaand where persoon not in (select persoon from toegang.client)',
      ),
    ).toBe(0)
    const opnieuw = await lever(beide, bericht)
    expect(opnieuw[0]?.uitkomst).toBe('al-ontvangen')
    await lever(beide, toewijzingsbericht({ identificatie: 'T4', nummer: 4 }))
    expect(await one('select count(*) as n from toegang.client')).toBe(3 + velen.length)
  })

  it('shuts out a process that still works with the old key', async () => {
    await expect(oudProces.read(NOBODY, async () => 1)).rejects.toMatchObject({
      status: 503,
      type: 'sleutel-gewisseld',
    })
    expect(oudProces.isSleutelGewisseld()).toBe(true)
    await oudProces.close()
    const { status, stderr } = await start({})
    expect([status, stderr]).toEqual([2, expect.stringContaining('De sleutel hoort niet bij deze database')])
  })

  it('wants the old key as long as it is not done', async () => {
    const { status, stderr } = await start(ALLEEN_NIEUW)
    expect([status, stderr]).toEqual([2, expect.stringContaining('De wisseling van sleutel is nog niet af')])
    expect((await start(BEIDE)).status).toBe(0)
  })

  it('goes on where it was, tells how far it is, and is then done without the old key', async () => {
    const eerder = await one(
      `select (voortgang ->> 'gedaan')::integer as n from platform.sleutel where sleutel_nr = 2`,
    )
    expect(eerder).toBeGreaterThan(0)
    const { status, regels, waar } = await wissel(BEIDE)
    expect(status).toBe(0)
    expect(waar).toMatch(/^Database \w+ op 127\.0\.0\.1:\d+, (?:in gebruik voor \w+|nog niet in gebruik)$/)
    expect(regels[0]).toMatchObject({ stap: 'bestanden', gedaan: eerder + 200 })
    expect(regels.at(-1)).toMatchObject({ stap: 'klaar' })
    expect((await start(ALLEEN_NIEUW)).status).toBe(0)
    const { rows } = await db.owner.query(
      'select inhoud as bytes from berichten.bestand union all select bsn_versleuteld from toegang.client',
    )
    expect(rows.length).toBeGreaterThan(2500 + velen.length)
    for (const { bytes } of rows) alleenNieuw.kluis.ontsleutel(bytes)
    const opnieuw = await lever(alleenNieuw, bericht)
    expect(opnieuw[0]?.uitkomst).toBe('al-ontvangen')
    const { rows: bekend } = await db.owner.query(
      'select bsn_hash, persoon::text, bsn_versleuteld from toegang.client',
    )
    for (const { bsn_hash, persoon, bsn_versleuteld } of bekend) {
      const bsn = alleenNieuw.kluis.ontsleutel(bsn_versleuteld).toString()
      if (
        !alleenNieuw.kluis.bsnHash(bsn).equals(bsn_hash) ||
        String(alleenNieuw.kluis.persoon(bsn)) !== persoon
      )
        throw new Error('a resident was left under the old key')
    }
    const gevonden = await omgeving.database.read(systeem('proef', [GEMEENTE_A, GEMEENTE_B]).scope, tx =>
      mapClienten(tx, alleenNieuw.kluis, [{ gemeente: GEMEENTE_B, bsn: testBsn(0) }]),
    )
    expect(gevonden.size).toBe(1)
  })

  it('names afterwards the key of now, not the one it began with', async () => {
    const { status, stderr } = await start({})
    expect(status).toBe(2)
    expect(stderr).toMatch(/Zet de sleutel van na de laatste wisseling, op \d\d-\d\d-\d{4} \(nummer 2\)/)
    expect(stderr).not.toContain('is begonnen')
  })

  it('leaves no value of before in any column that depends on the key', async () => {
    for (const [kolom, nu] of await listWaarden()) {
      const vooraf = waardenVooraf.get(kolom)
      expect(vooraf?.size, kolom).toBeGreaterThan(0)
      expect([...nu].filter(waarde => vooraf?.has(waarde)).length, kolom).toBe(0)
    }
  })

  it('and what somebody left in a form can still be read', async () => {
    const { rows } = await db.owner.query('select inhoud from platform.concept where inhoud is not null')
    expect(rows.map(({ inhoud }) => alleenNieuw.kluis.ontsleutel(inhoud).toString())).toEqual([CONCEPT])
  })

  it('keeps the log provable, before and after, and seals on with the new key', async () => {
    expect(await omgeving.database.write(NOBODY, tx => sealAudit(tx, alleenNieuw.kluis))).toBeGreaterThan(0)
    const oordeel = await omgeving.database.read(NOBODY, tx => checkAudit(tx, alleenNieuw))
    expect(oordeel).toMatchObject({ goed: true, nietVerzegeld: 0 })
    await expect(omgeving.database.write(NOBODY, tx => sealAudit(tx, omgeving.kluis))).rejects.toThrow()
    const { rows } = await db.owner.query(
      `select actie from platform.gebeurtenis where actie like 'sleutel.%' order by gebeurtenis_id`,
    )
    expect(rows.map(row => row.actie)).toEqual(['sleutel.gewisseld', 'sleutel.wissel-klaar'])
  })
})
