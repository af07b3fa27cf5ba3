import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { testApp } from '../../../../test/support/app.ts'
import { berichtVan, datumsIn, MODELLEN } from '../../../../test/support/berichten.ts'
import { countTurns } from '../../../../test/support/beurten.ts'
import { testDatabase } from '../../../../test/support/database.ts'
import {
  declaratiebericht,
  GEMEENTE_A,
  laadTestregio,
  lever,
  startbericht,
  stopbericht,
  testOmgeving,
  toewijzingsbericht,
} from '../../../../test/support/regio.ts'
import { modelMetNaam } from '../../istandaard/index.ts'
import type { Bericht } from '../../istandaard/model/bericht.ts'

/** Valid for the schema: the least and the greatest, around a year without a number, leap days, and 'no end'. */
const DATUMS = [
  '-9999-12-31',
  '-0001-01-01',
  '0001-01-01',
  '1600-02-29',
  '2024-02-29',
  '2099-12-31',
  '9998-12-31',
  '9999-12-31',
  '10000-01-01',
  '5874898-01-01',
  '999999999999999999-12-31',
]

const db = await testDatabase()
const omgeving = testOmgeving(db)
const { app, login } = await testApp(db, omgeving)
let teller = 0

beforeAll(async () => {
  await laadTestregio(omgeving)
})

const nieuw = () => {
  teller += 1
  return `D${teller}`
}

/** A lawful message of each kind, on a toewijzing and a person of its own. */
const MAAK: Record<string, () => Bericht> = {
  JW301: () => {
    const bericht = toewijzingsbericht({ identificatie: nieuw(), nummer: 1000 + teller, client: teller % 80 })
    bericht.client.relaties = [
      {
        nummer: '1',
        soort: '10',
        geboortedatum: { datum: '1980-01-01' },
        naam: { geslachtsnaam: { achternaam: 'Test' }, naamGebruik: '1' },
        contact: {
          soort: '04',
          adres: { huis: { huisnummer: 1 }, postcode: '1234AB', landCode: 'NL' },
          periode: { begindatum: '2020-01-01', einddatum: '2030-01-01' },
        },
      },
    ]
    return bericht
  },
  JW305: () => startbericht({ identificatie: nieuw(), nummer: 1 }),
  JW307: () => stopbericht({ identificatie: nieuw(), nummer: 1 }),
  JW323: () => {
    const kenmerk = nieuw()
    return declaratiebericht({
      identificatie: kenmerk,
      nummer: kenmerk,
      regels: [{ nummer: 1, referentie: kenmerk }],
    })
  },
}

/**
 * What the messages of one case, one for each date, may take together. Two seconds each is the promise, and a busy machine
 * would break it while nothing is wrong: so what is bounded is the work, which is the same on every machine. Reading the bytes
 * goes around at most some 12,000 times; a loop over the months up to the year 9999 would do so 95,000 times. A toewijzing
 * without end is booked up to a horizon: 250 rows for a case, where centuries would be thousands.
 */
const MEESTE_BEURTEN = 25_000
const MEESTE_RIJEN = 400
/** The safety net, in milliseconds: a case takes some three seconds. */
const ALS_HET_HANGT = 60_000

/** How many rows there are in the whole database. */
async function countRijen(): Promise<number> {
  const { rows } = await db.owner.query<{ n: number }>(
    `select sum((xpath('/row/n/text()', query_to_xml(format('select count(*) as n from %s', oid::regclass), false, true, '')))[1]::text::int)::int as n
     from pg_class where relkind = 'r' and relnamespace::regnamespace::text not in ('pg_catalog', 'information_schema')`,
  )
  return rows[0]?.n ?? 0
}

const plekken = (naam: string, bericht: Bericht) => {
  const model = modelMetNaam(naam)
  if (model === undefined) throw new Error('geen model')
  return datumsIn(model, bericht)
}

describe('elke datum van elk bericht eindigt in een antwoord', () => {
  it.each(
    Object.entries(MAAK).flatMap(([naam, maak]) =>
      plekken(naam, maak()).map(({ pad }) => ({ naam, maak, pad })),
    ),
  )(
    '$naam $pad',
    async ({ naam, maak, pad }) => {
      const voor = await countRijen()
      const { aantal, waar } = await countTurns(() => allen(naam, maak, pad))
      expect(aantal, waar).toBeLessThan(MEESTE_BEURTEN)
      expect((await countRijen()) - voor).toBeLessThan(MEESTE_RIJEN)
    },
    ALS_HET_HANGT,
  )

  async function allen(naam: string, maak: () => Bericht, pad: string) {
    for (const datum of DATUMS) {
      const bericht = maak()
      plekken(naam, bericht)
        .find(plek => plek.pad === pad)
        ?.zet(datum)
      const [inname] = await lever(omgeving, bericht)
      expect(['verwerkt', 'deels-afgekeurd', 'afgekeurd'], `${pad} ${datum}`).toContain(inname?.uitkomst)
      expect(inname?.antwoord?.xml, `${pad} ${datum}`).toMatch(/IdentificatieRetour|DeclaratieIdentificatie/)
    }
  }

  it('ook elk ander bericht dat zijn schema haalt wordt bewaard, wat er ook als datum staat', async () => {
    const overig = MODELLEN.filter(({ naam }) => MAAK[naam] === undefined)
    for (const model of overig) {
      const [bericht] = fc.sample(berichtVan(model), { numRuns: 1, seed: 11 })
      if (bericht === undefined) throw new Error('geen bericht')
      for (const plek of datumsIn(model, bericht)) plek.zet(DATUMS[teller % DATUMS.length] ?? '')
      bericht.header.berichtIdentificatie.identificatie = nieuw()
      await expect(lever(omgeving, bericht), model.naam).resolves.toHaveLength(1)
    }
  })

  /** A 301 of which this date is filled in at the place that ends so. */
  async function leverMet(plek: string, datum: string) {
    const bericht = MAAK.JW301?.()
    if (bericht === undefined) throw new Error('geen bericht')
    plekken('JW301', bericht)
      .find(({ pad }) => pad.endsWith(plek))
      ?.zet(datum)
    const [inname] = await lever(omgeving, bericht)
    return inname
  }

  it.each(['9998-12-31', '9999-12-31'])('een 301 die eindigt op %s wordt aangenomen', async datum => {
    expect(await leverMet('ToegewezenProduct[1]/Einddatum', datum)).toMatchObject({
      uitkomst: 'verwerkt',
      bevindingen: [],
    })
  })

  it('een einde ver weg vult geen eeuwen met maandcijfers', async () => {
    await leverMet('ToegewezenProduct[1]/Einddatum', '9998-12-31')
    const { rows } = await db.owner.query<{ laatste: string; aantal: number }>(
      'select max(maand)::text as laatste, count(*)::int as aantal from sturing.maandcijfer',
    )
    expect(rows[0]?.laatste).toBe('2037-12-01')
    expect(rows[0]?.aantal).toBeGreaterThan(10)
  })

  it('een onmogelijke dagtekening bederft lijst, bericht, bestand en API niet', async () => {
    for (const datum of ['-9999-12-31', '-0001-01-01', '10000-01-01'])
      await leverMet('BerichtIdentificatie/Dagtekening', datum)
    const { headers } = await login('backoffice', { gemeenten: [GEMEENTE_A] })
    const { rows } = await db.owner.query<{ bericht_id: string }>(
      'select bericht_id from berichten.bericht where dagtekening is null',
    )
    expect(rows.length).toBeGreaterThan(2)
    for (const url of ['/berichten', '/berichten?formaat=csv', '/api/v1/berichten'])
      expect((await app.inject({ url, headers })).statusCode, url).toBe(200)
    for (const { bericht_id } of rows.slice(0, 5)) {
      const pagina = await app.inject({ url: `/berichten/${GEMEENTE_A}/${bericht_id}`, headers })
      expect(pagina.statusCode).toBe(200)
      expect(pagina.body).toContain('geen bestaande dag')
    }
  })
})
