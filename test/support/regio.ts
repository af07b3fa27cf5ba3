import { toTabellen } from '../../src/demoregio/index.ts'
import { type Inname, receiveBerichten } from '../../src/domains/berichten/index.ts'
import type {
  Bericht,
  Bericht301,
  Bericht305,
  Bericht307,
  Bericht323,
  Prestatie,
  ToegewezenProduct,
} from '../../src/domains/istandaard/model/bericht.ts'
import { writeBericht } from '../../src/domains/istandaard/xml/schrijven.ts'
import { isBsn } from '../../src/platform/crypto.ts'
import { firstOfMonth, lastOfMonth } from '../../src/platform/dates.ts'
import { clientOf } from '../../src/platform/db/database.ts'
import { makeCtx, type Omgeving, systeem } from '../../src/platform/http/ctx.ts'
import { divideRounded } from '../../src/platform/money.ts'
import { readRijen } from '../../src/platform/register/invoer/kolommen.ts'
import { rowsAsTable } from '../../src/platform/register/register.ts'
import { loadKeuzes } from '../../src/platform/register/rijen.ts'
import type { TestDatabase } from './database.ts'
import { REGISTERS } from './registers.ts'

/**
 * A tiny region that every test may stand on: two municipalities, two providers with a contract each, four products.
 * Care is given in 2025 and 2026; the clock stands at `VANDAAG` unless a test sets another.
 */

export const VANDAAG = '2026-03-16'
/** A Monday at noon. */
export const NU = new Date('2026-03-16T12:00:00+01:00')

export const GEMEENTEN = ['9101', '9102'] as const
export const [GEMEENTE_A, GEMEENTE_B] = GEMEENTEN
export const [AGB_A, AGB_B] = ['98000001', '98000002'] as const
export const AANBIEDERS = {
  [AGB_A]: 'Zorggroep Eikenrode',
  [AGB_B]: 'Stichting Waterlelie',
} as const

/** Eurocents per unit under the contract of the first provider; the second gets ten percent more. */
export const TARIEF = { '45A04': 9000, '44A07': 15_000, '45A01': 50_000, '02A16': 6000 } as const
export type Productcode = keyof typeof TARIEF

/** What a product is: `eenheid` as in code list WJ756. */
export const PRODUCT = {
  '45A04': { wet: 'jw', categorie: '45', eenheid: '04' },
  '44A07': { wet: 'jw', categorie: '44', eenheid: '14' },
  '45A01': { wet: 'jw', categorie: '45', eenheid: '82' },
  '02A16': { wet: 'wmo', categorie: '02', eenheid: '04' },
} as const satisfies Record<Productcode, { wet: 'jw' | 'wmo'; categorie: string; eenheid: string }>

/** The agreed price of a product with a provider, in eurocents. */
export function tariefVan(agb: string, code: Productcode): number {
  return agb === AGB_B ? Math.round(TARIEF[code] * 1.1) : TARIEF[code]
}

const CODES = Object.keys(TARIEF) as Productcode[]

const REFERENTIE: Parameters<typeof toTabellen>[0] = {
  eersteJaar: 2025,
  aanbieders: Object.entries(AANBIEDERS).map(([agb, naam]) => ({
    agb,
    naam,
    kvk: agb,
    locaties: [{ postcode: '1234AB', plaats: 'Aarveld' }],
  })),
  gemeenten: GEMEENTEN.map((code, i) => ({
    code,
    naam: i === 0 ? 'Aarveld' : 'Beekdal',
    inwoners: [2025, 2026].flatMap(jaar =>
      [
        { jaar, leeftijd: '0-17', aantal: 4000 },
        { jaar, leeftijd: '18-64', aantal: 12_000 },
        { jaar, leeftijd: '65+', aantal: 4000 },
      ].map(rij => ({ ...rij, aantal: rij.aantal * (i + 1) })),
    ),
  })),
  segmenten: [
    { code: 'J-AMB', wet: 'jw', naam: 'Ambulante jeugdhulp', definitie: 'Hulp thuis', bron: 'test' },
    {
      code: 'J-VER',
      wet: 'jw',
      naam: 'Jeugdhulp met verblijf',
      definitie: 'Hulp met verblijf',
      bron: 'test',
    },
    { code: 'W-BEG', wet: 'wmo', naam: 'Begeleiding', definitie: 'Begeleiding thuis', bron: 'test' },
  ],
  producten: CODES.map(code => ({
    code,
    ...PRODUCT[code],
    naam: {
      '45A04': 'Jeugdhulp ambulant regulier',
      '44A07': 'Pleegzorg',
      '45A01': 'Jeugdhulp ambulant traject',
      '02A16': 'Begeleiding regulier',
    }[code],
    segment: { '45A04': 'J-AMB', '45A01': 'J-AMB', '44A07': 'J-VER', '02A16': 'W-BEG' }[code],
    variant: code === '45A01' ? ('outputgericht' as const) : ('inspanningsgericht' as const),
    zwaarte: 1,
  })),
  contracten: [AGB_A, AGB_B].map((agb, i) => ({
    nummer: `TEST-${i + 1}`,
    agb,
    segmenten: ['J-AMB', 'J-VER', 'W-BEG'],
    gemeenten: GEMEENTEN,
    ingang: '2025-01-01',
    einde: '2026-12-31',
  })),
  tarieven: [AGB_A, AGB_B].flatMap((agb, i) =>
    CODES.map(product => ({
      contract: `TEST-${i + 1}`,
      wet: PRODUCT[product].wet,
      product,
      ingang: '2025-01-01',
      einde: '2026-12-31',
      tarief: tariefVan(agb, product),
    })),
  ),
  aanbiederplafonds: [],
  plafonds: GEMEENTEN.flatMap(gemeente =>
    ['J-AMB', 'J-VER', 'W-BEG'].map(segment => ({ segment, gemeente, jaar: 2026, bedrag: 100_000_00 })),
  ),
}

/** The environment of a test database, with the clock at `nu`. */
export function testOmgeving({ database, kluis }: TestDatabase, nu: Date = NU): Omgeving {
  return { database, kluis, klok: () => nu }
}

/** Puts the region in an empty test database; answers the id of each provider by AGB-code. */
export async function laadTestregio(omgeving: Omgeving): Promise<Map<string, number>> {
  return omgeving.database.write(systeem('test', GEMEENTEN).scope, async tx => {
    // By the statements of the registers themselves, without the history that a file leaves.
    for (const { naam, koppen, rijen } of toTabellen(REFERENTIE, [])) {
      const register = REGISTERS.find(r => r.naam === naam)
      if (register === undefined || rijen.length === 0) continue
      const blad = {
        koppen: [...koppen],
        rijen: rijen.map((cellen, i) => ({ nummer: i + 2, cellen: [...cellen] })),
      }
      const keuzes = await loadKeuzes(tx, register)
      const gelezen = readRijen(register, blad, { keuzes, regel: () => [], bestaand: [] })
      if (gelezen.fouten.length > 0) throw new Error(`${naam}: ${gelezen.fouten[0]?.melding}`)
      await register.insert(
        tx,
        rowsAsTable(
          register.velden,
          gelezen.rijen.map(({ gegevens }) => gegevens),
        ),
      )
    }
    const { rows } = await clientOf(tx).query<{ agb: string; aanbieder_id: number }>(
      'select agb, aanbieder_id from aanbieders.aanbieder',
    )
    return new Map(rows.map(row => [row.agb, row.aanbieder_id]))
  })
}

/** Takes messages in as the system, as one batch, with the clock of `omgeving`. */
export async function lever(omgeving: Omgeving, ...berichten: readonly Bericht[]): Promise<Inname[]> {
  return receiveBerichten(
    makeCtx(omgeving, systeem('test', GEMEENTEN)),
    berichten.map(bericht => ({ bytes: toBytes(bericht), ontvangenOp: omgeving.klok() })),
  )
}

/** A message as the file that a party would send. */
export function toBytes(bericht: Bericht): Buffer {
  return Buffer.from(writeBericht(bericht))
}

/** The n-th test BSN (from 0); all pass the elfproef and lie in the range that is never issued. */
export function testBsn(n: number): string {
  for (let nummer = 999_900_000, rest = n; nummer < 999_999_990; nummer += 1) {
    if (!isBsn(String(nummer))) continue
    if (rest === 0) return String(nummer)
    rest -= 1
  }
  throw new Error('no more test BSNs')
}

const VERSIES = { basisschemaXsdVersie: '1.0.0', berichtXsdVersie: '1.0.0' }

/** What each message builder may be told; the rest is lawful by default. */
interface Bouw {
  identificatie: string
  domein?: 'jw' | 'wmo'
  gemeente?: string
  agb?: string
  /** n of `testBsn`. */
  client?: number
  dagtekening?: string
}

const CODE = {
  jw: { 301: '436', 305: '438', 307: '440', 323: '490' },
  wmo: { 301: '414', 305: '418', 307: '420', 323: '484' },
} as const

function kop(bouw: Bouw, nummer: 301 | 305 | 307 | 323, dagtekening: string) {
  const { identificatie, domein = 'jw', gemeente = GEMEENTE_A, agb = AGB_A } = bouw
  const vanGemeente = nummer === 301
  return {
    berichtCode: CODE[domein][nummer],
    berichtVersie: 3,
    berichtSubversie: 2,
    afzender: vanGemeente ? gemeente : agb,
    ontvanger: vanGemeente ? agb : gemeente,
    berichtIdentificatie: { identificatie, dagtekening: bouw.dagtekening ?? dagtekening },
    xsdVersie: VERSIES,
  }
}

const naam = <N extends 301 | 305 | 307 | 323>(domein: 'jw' | 'wmo' | undefined, nummer: N) =>
  `${domein === 'wmo' ? 'WMO' : 'JW'}${nummer}` as const

const persoon = (client = 0) => ({
  bsn: testBsn(client),
  geboortedatum: { datum: '2012-04-05' },
  geslacht: '2',
  naam: { geslachtsnaam: { achternaam: `Testpersoon${client}` } },
})

/** A 301 with one toewijzing: 20 units a month of `code` over 2026, unless `product` says otherwise. */
export function toewijzingsbericht(
  bouw: Bouw & { nummer: number; code?: Productcode; product?: Partial<ToegewezenProduct> },
): Bericht301 {
  const { domein = 'jw', client, nummer, code = domein === 'jw' ? '45A04' : '02A16', product } = bouw
  const { categorie, eenheid } = PRODUCT[code]
  return {
    bericht: naam(domein, 301),
    domein,
    header: kop(bouw, 301, '2025-12-16'),
    client: {
      ...persoon(client),
      naam: { ...persoon(client).naam, naamGebruik: '1' },
      contactgegevens: [
        { soort: '01', adres: { huis: { huisnummer: 1 }, postcode: '1234AB', landCode: 'NL' } },
      ],
      toegewezenProducten: [
        {
          toewijzingNummer: nummer,
          product: { categorie, code },
          toewijzingsdatum: '2025-12-15',
          toewijzingstijd: '12:00:00',
          ingangsdatum: '2026-01-01',
          einddatum: '2026-12-31',
          omvang: { volume: 20, eenheid, frequentie: '4' },
          ...product,
        },
      ],
    },
  }
}

interface Levering extends Bouw {
  /** Number of the toewijzing. */
  nummer: number
  code?: Productcode
  begindatum?: string
  status?: '1' | '3'
}

const geleverd = ({ domein, nummer, code, begindatum = '2026-01-05', status = '1' }: Levering) => {
  const product = code ?? (domein === 'wmo' ? '02A16' : '45A04')
  return {
    toewijzingNummer: nummer,
    product: { categorie: PRODUCT[product].categorie, code: product },
    begindatum,
    statusAanlevering: status,
  }
}

/** A 305: care under this toewijzing began on 5 January 2026. */
export function startbericht(bouw: Levering): Bericht305 {
  return {
    bericht: naam(bouw.domein, 305),
    domein: bouw.domein ?? 'jw',
    header: kop(bouw, 305, '2026-01-06'),
    client: { ...persoon(bouw.client), startProducten: [geleverd(bouw)] },
  }
}

/** A 307: that care ended on 27 February 2026, as planned. */
export function stopbericht(bouw: Levering & { einddatum?: string; reden?: string }): Bericht307 {
  const { einddatum = '2026-02-27', reden = '31' } = bouw
  return {
    bericht: naam(bouw.domein, 307),
    domein: bouw.domein ?? 'jw',
    header: kop(bouw, 307, '2026-03-02'),
    client: {
      ...persoon(bouw.client),
      stopProducten: [{ ...geleverd(bouw), redenBeeindiging: reden, einddatum }],
    },
  }
}

export interface Regelbouw {
  /** Number of the toewijzing. */
  nummer: number
  referentie: string
  client?: number
  code?: Productcode
  volume?: number
  /** Eurocents; the contract price unless given. */
  tarief?: number
  /** The price per hour, in eurocents, of a line in minutes. */
  perUur?: number
  /** First day of the month; the period of the declaratie unless given. */
  maand?: string
  /** References of the line that this one credits. */
  crediteert?: string
}

/** A 323 over one month (February 2026 unless given); totals follow from the lines. */
export function declaratiebericht(
  bouw: Bouw & { nummer: string; maand?: string; regels: readonly Regelbouw[] },
): Bericht323 {
  const { domein = 'jw', agb = AGB_A, nummer, maand = '2026-02-01', regels } = bouw
  const clienten = new Map<number, Prestatie[]>()
  let totaal = 0
  for (const regel of regels) {
    const code = regel.code ?? (domein === 'jw' ? '45A04' : '02A16')
    const { volume = 10, perUur, client = 0 } = regel
    const { tarief = perUur ? divideRounded(perUur, 60) : tariefVan(agb, code) } = regel
    const bedrag = perUur ? divideRounded(perUur * volume, 60) : volume * tarief
    const begin = firstOfMonth(regel.maand ?? maand)
    const debet = regel.crediteert === undefined
    totaal += debet ? bedrag : -bedrag
    const prestaties = clienten.get(client) ?? []
    prestaties.push({
      productReferentie: {
        referentieNummer: regel.referentie,
        ...(regel.crediteert === undefined ? {} : { vorigReferentieNummer: regel.crediteert }),
      },
      toewijzingNummer: regel.nummer,
      productCategorie: PRODUCT[code].categorie,
      productCode: code,
      productPeriode: { begindatum: begin, einddatum: lastOfMonth(begin) },
      geleverdVolume: volume,
      eenheid: perUur ? '01' : PRODUCT[code].eenheid,
      productTarief: tarief,
      ingediendBedrag: { bedrag, debetCredit: debet ? 'D' : 'C' },
    })
    clienten.set(client, prestaties)
  }
  return {
    bericht: naam(domein, 323),
    domein,
    header: kop(bouw, 323, '2026-03-05'),
    declaratie: {
      declaratieNummer: nummer,
      declaratiePeriode: { begindatum: firstOfMonth(maand), einddatum: lastOfMonth(maand) },
      declaratieDagtekening: bouw.dagtekening ?? '2026-03-05',
      totaalIngediendBedrag: { totaalBedrag: Math.abs(totaal), debetCredit: totaal < 0 ? 'C' : 'D' },
      clienten: [...clienten].map(([client, prestaties]) => ({ bsn: testBsn(client), prestaties })),
    },
  }
}
