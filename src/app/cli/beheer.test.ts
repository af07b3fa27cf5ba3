import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { samenhang } from '../../../test/support/cli.ts'
import { testDatabase } from '../../../test/support/database.ts'
import {
  GEMEENTE_A,
  laadTestregio,
  lever,
  testOmgeving,
  toewijzingsbericht,
} from '../../../test/support/regio.ts'
import { tellInOrder } from '../../../test/support/verhaal.ts'
import { NOBODY } from '../../platform/db/database.ts'
import { sealAudit } from '../../platform/zegel.ts'
import { findDatabaseId, makeZegelgeheugen } from '../../platform/zegelgeheugen.ts'

tellInOrder()

const db = await testDatabase()
const omgeving = testOmgeving(db)
await laadTestregio(omgeving)
await lever(omgeving, toewijzingsbericht({ identificatie: 'T1', nummer: 1 }))

describe('samenhang gebruiker', () => {
  const maak = (...opties: string[]) => samenhang(db, ['gebruiker', 'maak', ...opties])

  it('geeft toegang, toont haar en beëindigt haar meteen, en legt dat vast', async () => {
    const gemaakt = await maak(
      '--naam',
      'Noor de Wit',
      '--email',
      'noor@aarveld.example',
      '--organisatie',
      'Gemeente Aarveld',
      '--rol',
      'backoffice',
      '--gemeente',
      GEMEENTE_A,
    )
    expect([gemaakt.status, gemaakt.stderr]).toEqual([0, ''])
    const lijst = await samenhang(db, ['gebruiker', 'lijst'])
    expect(lijst.regels).toEqual([
      expect.objectContaining({
        email: 'noor@aarveld.example',
        rol: 'backoffice',
        gemeenten: [GEMEENTE_A],
        actief: true,
      }),
    ])
    await db.owner.query(
      `insert into platform.sessie (sleutel_hash, gebruiker_id, verloopt_op) values ('\\x01', $1, now() + interval '1 hour')`,
      [gemaakt.regels[0]?.gebruikerId],
    )
    const uit = await samenhang(db, ['gebruiker', 'uit', 'NOOR@aarveld.example'])
    expect(uit.status).toBe(0)
    expect(uit.waar).toMatch(/^Database test_\w+ op 127\.0\.0\.1:\d+, nog niet in gebruik$/)
    const { rows } = await db.owner.query(
      `select g.actief, (select count(*)::int from platform.sessie where verloopt_op > now()) as sessies,
         (select array_agg(actie order by gebeurtenis_id) from platform.gebeurtenis where actie like 'gebruiker.%') as acties
       from platform.gebruiker g`,
    )
    expect(rows).toEqual([
      { actief: false, sessies: 0, acties: ['gebruiker.toegevoegd', 'gebruiker.uitgezet'] },
    ])
    expect((await samenhang(db, ['gebruiker', 'aan', 'noor@aarveld.example'])).regels).toEqual([
      { gebruikerId: gemaakt.regels[0]?.gebruikerId, actief: true },
    ])
    expect((await samenhang(db, ['gebruiker', 'lijst'])).regels).toMatchObject([
      { email: 'noor@aarveld.example', rol: 'backoffice', actief: true },
    ])
  })

  it('zet de laatste beheerder alleen uit als dat gevraagd is, en kan terug', async () => {
    const wie = 'bea@aarveld.example'
    const bea = ['--naam', 'Bea', '--email', wie, '--organisatie', 'Regio', '--rol', 'beheerder']
    expect((await maak(...bea)).status).toBe(0)
    const geweigerd = await samenhang(db, ['gebruiker', 'uit', wie])
    expect(geweigerd).toMatchObject({ status: 2, regels: [] })
    expect(geweigerd.stderr).toContain('Dit is de laatste beheerder.')
    expect((await samenhang(db, ['gebruiker', 'uit', '--toch', wie])).regels).toMatchObject([
      { actief: false },
    ])
    expect((await samenhang(db, ['gebruiker', 'uit', wie])).status).toBe(0)
    expect((await samenhang(db, ['gebruiker', 'aan', wie])).regels).toMatchObject([{ actief: true }])
    const { rows } = await db.owner.query(
      "select actie from platform.gebeurtenis where actie like 'gebruiker.%zet' order by gebeurtenis_id desc limit 3",
    )
    expect(rows.map(row => row.actie)).toEqual([
      'gebruiker.aangezet',
      'gebruiker.uitgezet',
      'gebruiker.uitgezet',
    ])
  })

  it('maakt geen database van zichzelf naast de echte', async () => {
    const data = mkdtempSync(join(tmpdir(), 'samenhang-leeg-'))
    const noor = ['--naam', 'Noor', '--email', 'n@aarveld.example', '--organisatie', 'A', '--rol', 'raad']
    for (const opdracht of [
      ['maak', ...noor],
      ['lijst'],
      ['uit', 'n@aarveld.example'],
      ['aan', 'n@aarveld.example'],
    ]) {
      const zonder = await samenhang(db, ['gebruiker', ...opdracht], {
        DATABASE_URL: '',
        SAMENHANG_DATA: data,
      })
      expect(zonder, opdracht[0]).toMatchObject({ status: 2, stdout: '' })
      expect(zonder.stderr).toContain(`In ${data} is geen database.`)
      expect(existsSync(join(data, 'db'))).toBe(false)
    }
    rmSync(data, { recursive: true })
  })

  it('noemt alles wat niet klopt in één keer', async () => {
    const { status, stderr } = await maak('--email', 'noor', '--rol', 'koning', '--aanbieder', '12345678')
    expect(status).toBe(2)
    for (const veld of ['--naam', '--email', '--organisatie', '--rol']) expect(stderr).toContain(veld)
  })

  it.each([
    [['--rol', 'backoffice'], '--gemeente'],
    [['--rol', 'aanbieder'], '--aanbieder'],
    [['--rol', 'backoffice', '--gemeente', GEMEENTE_A, '--gemeente', '0000'], 'geen gemeente met code 0000'],
  ])('vraagt bij %j wat die rol nodig heeft', async (opties, veld) => {
    const { status, stderr } = await maak('--naam', 'A', '--email', 'a@b.nl', '--organisatie', 'B', ...opties)
    expect(status).toBe(2)
    expect(stderr).toContain(veld)
  })

  it('weigert een adres dat al in gebruik is, en een gebruiker die er niet is', async () => {
    const weer = await maak(
      '--naam',
      'N',
      '--email',
      'noor@AARVELD.example',
      '--organisatie',
      'G',
      '--rol',
      'beheerder',
    )
    expect([weer.status, weer.stderr]).toEqual([
      2,
      expect.stringContaining('Er is al een gebruiker met dit e-mailadres'),
    ])
    expect((await samenhang(db, ['gebruiker', 'uit', 'niemand@aarveld.example'])).status).toBe(2)
    expect((await samenhang(db, ['gebruiker', 'weg'])).status).toBe(2)
  })
})

describe('samenhang audit controleer', () => {
  it('is goed zolang niets is veranderd, en ziet het als dat wel zo is', async () => {
    await omgeving.database.write(NOBODY, tx => sealAudit(tx, omgeving.kluis))
    const goed = await samenhang(db, ['audit', 'controleer'])
    expect(goed.status).toBe(0)
    expect(goed.regels[0]).toMatchObject({ goed: true, zegels: 1 })
    expect(Number(goed.regels[0]?.gebeurtenissen)).toBeGreaterThan(0)
    await db.owner.query(`update platform.gebeurtenis set wie = 'niemand' where gebeurtenis_id = 1`)
    const fout = await samenhang(db, ['audit', 'controleer'])
    expect(fout.status).toBe(1)
    expect(fout.regels[0]).toMatchObject({ goed: false, gebroken: 1 })
    expect((await samenhang(db, ['audit'])).status).toBe(2)
  })
})

describe('samenhang db', () => {
  it('migreert', async () => {
    const { status, regels } = await samenhang(db, ['db', 'migreer'])
    expect([status, regels]).toEqual([0, [{ gemigreerd: true }]])
  })

  const berichten = async () =>
    (await db.owner.query('select count(*)::int as n from berichten.bericht')).rows[0]?.n

  it('gooit niets weg zonder --ja, en nooit in een database die voor echt is', async () => {
    const zonderJa = await samenhang(db, ['db', 'leeg'])
    expect([zonderJa.status, zonderJa.stderr]).toEqual([
      2,
      expect.stringMatching(/^Dit gooit alle gegevens weg van de database test_\w+ op 127\.0\.0\.1:\d+\. /),
    ])
    const productie = {
      SAMENHANG_MODUS: 'productie',
      OIDC_ISSUER: 'https://inloggen.example',
      OIDC_CLIENT_ID: 'a',
      OIDC_CLIENT_SECRET: 'b',
    }
    expect((await samenhang(db, ['db', 'leeg', '--ja'], productie)).status).toBe(2)
    await db.owner.query(`insert into platform.instelling (sleutel, waarde) values ('modus', '"productie"')`)
    const { status, stderr } = await samenhang(db, ['db', 'leeg', '--ja'])
    expect([status, stderr]).toEqual([2, expect.stringContaining('voor echt gebruikt')])
    expect(await berichten()).toBe(2)
    await db.owner.query(`delete from platform.instelling where sleutel = 'modus'`)
  })

  it('begint met --ja opnieuw', async () => {
    const data = mkdtempSync(join(tmpdir(), 'samenhang-leeg-'))
    const geheugen = makeZegelgeheugen(data, db.url, await findDatabaseId(db.owner))
    await geheugen.write({ nummer: 7, hash: 'ab'.repeat(32) })
    const { status, stderr } = await samenhang(db, ['db', 'leeg', '--ja'], { SAMENHANG_DATA: data })
    expect([status, stderr]).toEqual([0, ''])
    // Else the new log would look as if seals had been taken off.
    expect(await geheugen.read()).toEqual([])
    rmSync(data, { recursive: true })
    expect(await berichten()).toBe(0)
    expect((await samenhang(db, ['gebruiker', 'lijst'])).stdout).toBe('')
  })
})
