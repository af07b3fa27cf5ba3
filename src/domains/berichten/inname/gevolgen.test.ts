import { beforeAll, describe, expect, test } from 'vitest'
import { testApp } from '../../../../test/support/app.ts'
import { testDatabase } from '../../../../test/support/database.ts'
import {
  AGB_B,
  declaratiebericht,
  GEMEENTE_A,
  laadTestregio,
  lever,
  type Regelbouw,
  startbericht,
  stopbericht,
  testOmgeving,
  toewijzingsbericht,
} from '../../../../test/support/regio.ts'
import { rebuildCijfers } from '../../../app/cijfers.ts'
import type { Bericht, Bericht301, Bericht323, ToegewezenProduct } from '../../istandaard/index.ts'
import { buildRetour } from './antwoord.ts'

/** What messages do to what is known: to residents, to running toewijzingen, to what may be paid. */

const db = await testDatabase()
const omgeving = testOmgeving(db)
const { app, login } = await testApp(db, omgeving)

beforeAll(async () => {
  await laadTestregio(omgeving)
  // One product in euros, in the segment of ambulante jeugdhulp; without a price in any contract.
  await db.owner.query("insert into contracten.productcode values ('jw', '45B83')")
  await db.owner.query(
    `insert into contracten.product (wet, code, categorie, naam, eenheid, variant, segment_id, geldigheid)
     select 'jw', '45B83', '45', 'Traject in euro’s', '83', 'output', segment_id, '[2025-01-01,)'
     from contracten.segment where code = 'J-AMB'`,
  )
})

async function take(bericht: Bericht): Promise<string[]> {
  const [inname] = await lever(omgeving, bericht)
  return inname?.bevindingen.map(b => b.regel) ?? []
}

async function row(sql: string, waarden: unknown[] = []): Promise<Record<string, unknown>> {
  return (await db.owner.query(sql, waarden)).rows[0]
}

let volgnummer = 0
/** A 323 over February with these lines; each call has numbers of its own. */
function claim(bouw: Omit<Parameters<typeof declaratiebericht>[0], 'identificatie' | 'nummer'>): Bericht323 {
  volgnummer += 1
  return declaratiebericht({ identificatie: `D${volgnummer}`, nummer: `N${volgnummer}`, ...bouw })
}
const regel = (deel: Partial<Regelbouw> & { nummer: number }): Regelbouw => ({
  referentie: `R${volgnummer}.${deel.nummer}.${deel.code ?? ''}${deel.volume ?? ''}`,
  ...deel,
})

describe('a 301 with corrected data of the resident', () => {
  const as = (achternaam: string, geboren: string, bericht: Bericht301): Bericht301 => ({
    ...bericht,
    client: {
      ...bericht.client,
      geboortedatum: { datum: geboren },
      naam: { ...bericht.client.naam, geslachtsnaam: { achternaam } },
    },
  })
  const NU = `select naam, geboortedatum::text as geboren from toegang.toewijzing t
    join toegang.client using (gemeente, client_id) where t.nummer = $1`

  test('changes what is known, keeps what was known, and says so on the page', async () => {
    await take(as('Jansen', '2012-04-05', toewijzingsbericht({ identificatie: 'M1', nummer: 1, client: 1 })))
    const nieuw = { identificatie: 'M2', nummer: 1, client: 1, dagtekening: '2026-03-01' }
    expect(await take(as('Janssen', '2012-05-04', toewijzingsbericht(nieuw)))).toEqual([])
    expect(await row(NU, [1])).toEqual({ naam: 'Janssen', geboren: '2012-05-04' })
    const { id } = await row('select toewijzing_id as id from toegang.toewijzing where nummer = 1')
    const wie = await login('backoffice', { gemeenten: [GEMEENTE_A] })
    const { body } = await app.inject({ url: `/toewijzingen/${GEMEENTE_A}/${id}`, headers: wie.headers })
    expect(body).toContain('De gegevens van deze cliënt zijn gecorrigeerd')
    expect(body).toContain('Volgens het bericht van 16 december 2025: Jansen, geboren 5 april 2012')
    expect(body).toContain('Volgens het bericht van 1 maart 2026: Janssen, geboren 4 mei 2012')
  })

  test('an older message that comes last changes nothing, also when a message between them said the same', async () => {
    const at = (identificatie: string, naam: string, dagtekening: string) =>
      as(naam, '2012-04-05', toewijzingsbericht({ identificatie, nummer: 2, client: 2, dagtekening }))
    await take(at('M3', 'Bos', '2026-01-01'))
    await take(at('M4', 'Bos', '2026-03-01'))
    await take(at('M5', 'Bosch', '2026-02-01'))
    expect(await row(NU, [2])).toMatchObject({ naam: 'Bos' })
  })
})

test('a new resident lives here from the earliest Ingangsdatum of the message, wherever it stands in it', async () => {
  const bericht = toewijzingsbericht({
    identificatie: 'V1',
    nummer: 21,
    client: 11,
    product: { ingangsdatum: '2026-03-01' },
  })
  const eerder = toewijzingsbericht({ identificatie: 'x', nummer: 22, client: 11, code: '45A01' })
  bericht.client.toegewezenProducten.push(...eerder.client.toegewezenProducten)
  expect(await take(bericht)).toEqual([])
  for (const tabel of ['woonplaats', 'verantwoordelijkheid'])
    expect(
      await row(`select lower(geldigheid)::text as vanaf from toegang.${tabel}
        join toegang.toewijzing using (gemeente, client_id) where nummer = 21`),
    ).toEqual({ vanaf: '2026-01-01' })
})

describe('a toewijzing that runs on when its product leaves the catalogue', () => {
  const zonderCode: Partial<ToegewezenProduct> = { product: { categorie: '44' } }
  beforeAll(async () => {
    const { omvang: _, ...product } = toewijzingsbericht({ identificatie: 'x', nummer: 4, code: '44A07' })
      .client.toegewezenProducten[0] as ToegewezenProduct
    const aspecifiek = toewijzingsbericht({ identificatie: 'C2', nummer: 4, client: 4 })
    aspecifiek.client.toegewezenProducten = [{ ...product, ...zonderCode }]
    await lever(
      omgeving,
      toewijzingsbericht({ identificatie: 'C1', nummer: 3, client: 3, code: '44A07' }),
      aspecifiek,
    )
    await db.owner.query(
      `update contracten.product set geldigheid = daterange(lower(geldigheid), '2026-02-01') where code = '44A07'`,
    )
    await db.owner.query(
      `update contracten.tarief set geldigheid = daterange(lower(geldigheid), '2026-02-01') where code = '44A07'`,
    )
  })

  test('stays claimable at its last price when it names the code', async () => {
    const lijn = { nummer: 3, client: 3, code: '44A07', tarief: 15_000 } as const
    expect(await take(claim({ regels: [regel(lijn)] }))).toEqual([])
    expect(await take(claim({ regels: [regel({ ...lijn, maand: '2026-01-01' })] }))).toEqual([])
  })
  test('and its start and stop can be reported', async () => {
    const bouw = { nummer: 3, client: 3, code: '44A07', begindatum: '2026-02-02' } as const
    expect(await take(startbericht({ ...bouw, identificatie: 'S3', dagtekening: '2026-02-03' }))).toEqual([])
    expect(await take(stopbericht({ ...bouw, identificatie: 'P3' }))).toEqual([])
  })
  test('where the provider chooses the code, the catalogue of the month decides', async () => {
    const lijn = { nummer: 4, client: 4, code: '44A07' } as const
    expect(await take(claim({ regels: [regel(lijn)] }))).toContain('TR381')
    expect(await take(claim({ regels: [regel({ ...lijn, maand: '2026-01-01' })] }))).toEqual([])
  })
})

describe('every line is held against a contract (OP302)', () => {
  /** February in euros on a toewijzing: there is no price to compare, so only the contract can say no. */
  function inEuros(bericht: Bericht323): Bericht323 {
    for (const { prestaties } of bericht.declaratie.clienten)
      for (const p of prestaties) {
        delete p.productTarief
        Object.assign(p, { productCode: '45B83', eenheid: '83', geleverdVolume: p.ingediendBedrag.bedrag })
      }
    return bericht
  }
  const geld: Record<string, Partial<ToegewezenProduct>> = {
    specifiek: {
      product: { categorie: '45', code: '45B83' },
      omvang: { volume: 1_000_000, eenheid: '83', frequentie: '6' },
    },
    generiek: { budget: 1_000_000 },
  }
  const toewijzen = (soort: string, nummer: number) => {
    const bericht = toewijzingsbericht({ identificatie: `G${nummer}`, nummer, client: nummer, agb: AGB_B })
    const [product] = bericht.client.toegewezenProducten
    if (!product) throw new Error('no product')
    const { product: _p, omvang: _o, ...rest } = product
    bericht.client.toegewezenProducten = [{ ...rest, ...geld[soort] }]
    return bericht
  }

  test.each([
    ['specifiek', 5],
    ['generiek', 6],
  ])('in euros, %s', async (soort, nummer) => {
    expect(await take(toewijzen(soort, nummer))).toEqual([])
    const make = (volume: number) =>
      inEuros(claim({ agb: AGB_B, regels: [regel({ nummer, client: nummer, volume })] }))
    expect(await take(make(1))).toEqual([])
    const weg = await without(AGB_B)
    const [inname] = await lever(omgeving, make(2))
    await weg.terug()
    expect(inname?.bevindingen.map(b => [b.regel, b.retourcode])).toContainEqual(['OP302', '0611'])
    expect(inname?.uitkomst).toBe('afgekeurd')
  })

  /** The contract of this provider no longer covers the municipality, until `terug`. */
  async function without(agb: string) {
    const { rows } = await db.owner.query(
      `delete from contracten.contract_gemeente g using contracten.contract c, aanbieders.aanbieder a
       where c.contract_id = g.contract_id and a.aanbieder_id = c.aanbieder_id and a.agb = $1 and g.gemeente = $2
       returning g.contract_id, g.aanbieder_id, g.gemeente, g.begin::text`,
      [agb, GEMEENTE_A],
    )
    const [rij] = rows
    return {
      terug: () =>
        db.owner.query('insert into contracten.contract_gemeente values ($1, $2, $3, $4)', [
          rij.contract_id,
          rij.aanbieder_id,
          rij.gemeente,
          rij.begin,
        ]),
    }
  }
})

test('a chain is one ProductPeriode: both its days (TR389, TR390)', async () => {
  const tot = (einddatum: string, toewijzingsdatum: string) =>
    toewijzingsbericht({
      identificatie: `K${einddatum}`,
      nummer: 7,
      client: 7,
      dagtekening: '2026-03-02',
      product: { einddatum, toewijzingsdatum, ...(toewijzingsdatum > '2026' && { redenWijziging: '05' }) },
    })
  await take(tot('2026-12-31', '2025-12-15'))
  const heel = claim({ regels: [{ nummer: 7, client: 7, referentie: 'K1', volume: 4 }] })
  expect(await take(heel)).toEqual([])
  await take(tot('2026-02-15', '2026-03-01'))
  const half = claim({ regels: [{ nummer: 7, client: 7, referentie: 'K2', volume: 4 }] })
  for (const { prestaties } of half.declaratie.clienten)
    for (const p of prestaties) p.productPeriode.einddatum = '2026-02-15'
  expect(await take(half)).toEqual([])
  const nogmaals = claim({ regels: [{ nummer: 7, client: 7, referentie: 'K3', volume: 4 }] })
  for (const { prestaties } of nogmaals.declaratie.clienten)
    for (const p of prestaties) p.productPeriode.einddatum = '2026-02-15'
  expect(await take(nogmaals)).toEqual(['TR389'])
})

describe('a 301 that came back with 0001 counts as not sent (OP286)', () => {
  const fout = toewijzingsbericht({ identificatie: 'Z1', nummer: 8, client: 8 })
  const beter = toewijzingsbericht({ identificatie: 'Z1', nummer: 8, client: 8, code: '45A01' })
  const allocated = async () => {
    const { waarde } = await row(
      'select coalesce(sum(toegewezen), 0)::text as waarde from sturing.maandcijfer where gemeente = $1',
      [GEMEENTE_A],
    )
    return Number(waarde)
  }

  test('its state and value are gone, it cannot be started or claimed on, and the corrected one is taken', async () => {
    const before = await allocated()
    await take(fout)
    expect(await allocated()).toBeGreaterThan(before)
    const retour = buildRetour(fout, { identificatie: 'ZR1', dagtekening: '2026-03-02' }, { technisch: true })
    const [inname] = await lever(omgeving, retour)
    expect(inname?.uitkomst).toBe('geweigerd')
    expect(await allocated()).toBe(before)
    expect(await take(startbericht({ identificatie: 'ZS', nummer: 8, client: 8 }))).toContain('TR019')
    expect(await take(claim({ regels: [regel({ nummer: 8, client: 8 })] }))).toContain('TR338')
    expect(await take(beter)).toEqual([])
    expect(
      await row(`select v.code from toegang.toewijzing t join toegang.toewijzing_versie v
        on v.gemeente = t.gemeente and v.toewijzing_id = t.toewijzing_id and v.versie = t.actuele_versie where nummer = 8`),
    ).toEqual({ code: '45A01' })
  })

  test('the state before it is the current one again', async () => {
    await take(toewijzingsbericht({ identificatie: 'Z2', nummer: 9, client: 9 }))
    const korter = toewijzingsbericht({
      identificatie: 'Z3',
      nummer: 9,
      client: 9,
      product: { toewijzingsdatum: '2026-01-15', einddatum: '2026-03-31', redenWijziging: '05' },
      dagtekening: '2026-03-01',
    })
    await take(korter)
    await lever(
      omgeving,
      buildRetour(korter, { identificatie: 'ZR3', dagtekening: '2026-03-02' }, { technisch: true }),
    )
    expect(
      await row(`select v.eind::text, t.geldt from toegang.toewijzing t join toegang.toewijzing_versie v
        on v.gemeente = t.gemeente and v.toewijzing_id = t.toewijzing_id and v.versie = t.actuele_versie where nummer = 9`),
    ).toEqual({ eind: '2026-12-31', geldt: true })
  })

  test('sent and withdrawn twice, from another month, it leaves no count of a referrer behind', async () => {
    const counted = async () =>
      (
        await db.owner.query(
          `select maand::text, segment_id, verwijzer, toewijzingen from sturing.verwijzercijfer
          where gemeente = $1 and toewijzingen <> 0 order by 1, 2, 3`,
          [GEMEENTE_A],
        )
      ).rows
    const before = await counted()
    for (const [naam, ingangsdatum] of [
      ['Z5', '2026-01-01'],
      ['Z6', '2026-03-01'],
    ] as const) {
      const bericht = toewijzingsbericht({
        identificatie: naam,
        nummer: 12,
        client: 12,
        product: { ingangsdatum },
      })
      expect(await take(bericht)).toEqual([])
      const kenmerk = { identificatie: `${naam}R`, dagtekening: '2026-03-02' }
      await lever(omgeving, buildRetour(bericht, kenmerk, { technisch: true }))
    }
    expect(await counted()).toEqual(before)
  })

  test('one that was never right counts nowhere', async () => {
    const before = await allocated()
    const nooit = toewijzingsbericht({ identificatie: 'Z4', nummer: 10, client: 10 })
    await take(nooit)
    await lever(
      omgeving,
      buildRetour(nooit, { identificatie: 'ZR4', dagtekening: '2026-03-02' }, { technisch: true }),
    )
    expect(await allocated()).toBe(before)
  })
})

test('what the intake booked is what the facts say', async () => {
  const gevonden = await rebuildCijfers(db.database, false)
  expect(gevonden.map(t => [t.tabel, t.verschillen])).toEqual(gevonden.map(t => [t.tabel, 0]))
})
