import {
  CREDIT,
  declaratie,
  describeRegels,
  eerste,
  fout,
  type Geval,
  goed,
  REGEL,
  type Regel,
} from '../../../../test/support/inhoudsregels.ts'
import type { Bericht323 } from '../model/bericht.ts'
import { listInhoudsregels } from './toetsen.ts'

const D = '/Bericht/Declaratie'
const P1 = `${D}/Clienten/Client[1]/Prestaties/Prestatie[1]`
const P2 = `${D}/Clienten/Client[1]/Prestaties/Prestatie[2]`
const P3 = `${D}/Clienten/Client[1]/Prestaties/Prestatie[3]`
const regels = (b: Bericht323) => eerste(b.declaratie.clienten).prestaties
const regel = (b: Bericht323, anders: Partial<Regel>) => {
  regels(b)[0] = { ...REGEL, ...anders }
}
const extra =
  (anders: Partial<Regel>, basis = REGEL) =>
  (b: Bericht323) => {
    regels(b).push({
      ...basis,
      productReferentie: { ...basis.productReferentie, referentieNummer: 'R3' },
      ...anders,
    })
  }
const periode = (begindatum: string, einddatum: string) => ({ begindatum, einddatum })

const GEVALLEN_323: readonly Geval<Bericht323>[] = [
  goed('CD060', 'debet zonder en credit met vorig nummer', () => {}),
  fout(
    'CD060',
    'debet met vorig nummer',
    b => regel(b, { productReferentie: { referentieNummer: 'R1', vorigReferentieNummer: 'R9' } }),
    `${P1}/ProductReferentie/VorigReferentieNummer`,
  ),
  fout(
    'CD060',
    'credit zonder vorig nummer',
    b => {
      regels(b)[1] = { ...CREDIT, productReferentie: { referentieNummer: 'R2' } }
    },
    `${P2}/ProductReferentie/VorigReferentieNummer`,
  ),
  goed('CD087', 'euro’s zonder tarief', b => {
    const { productTarief: _, ...zonder } = REGEL
    regels(b)[0] = { ...zonder, eenheid: '83', geleverdVolume: 5000 }
  }),
  fout(
    'CD087',
    'euro’s met tarief',
    b => regel(b, { eenheid: '83', geleverdVolume: 5000 }),
    `${P1}/ProductTarief`,
  ),
  fout(
    'CD087',
    'uren zonder tarief',
    b => {
      const { productTarief: _, ...zonder } = REGEL
      regels(b)[0] = zonder
    },
    `${P1}/ProductTarief`,
  ),
  goed('CS002', 'bsn dat de elfproef haalt', () => {}),
  fout(
    'CS002',
    'bsn met een verkeerd cijfer',
    b => {
      eerste(b.declaratie.clienten).bsn = '123456789'
    },
    `${D}/Clienten/Client[1]/Bsn`,
  ),
  goed('CS100', 'januari 2021', b => regel(b, { productPeriode: periode('2021-01-01', '2021-01-31') })),
  fout(
    'CS100',
    'december 2020',
    b => {
      regel(b, { productPeriode: periode('2020-12-01', '2020-12-31') })
      b.declaratie.declaratiePeriode = periode('2020-12-01', '2020-12-31')
    },
    [`${D}/DeclaratiePeriode`, `${P1}/ProductPeriode`],
  ),
  goed(
    'CS100',
    'eerder in een demonstratieregio',
    b => regel(b, { productPeriode: periode('2018-01-01', '2018-01-31') }),
    { eersteDeclaratieDatum: '2018-01-01' },
  ),
  fout(
    'CS100',
    'te vroeg in een demonstratieregio',
    b => regel(b, { productPeriode: periode('2017-12-01', '2017-12-31') }),
    `${P1}/ProductPeriode`,
    { eersteDeclaratieDatum: '2018-01-01' },
  ),
  goed('CS325', 'nul als debet', b => regel(b, { ingediendBedrag: { bedrag: 0, debetCredit: 'D' } })),
  fout(
    'CS325',
    'nul als credit',
    b => {
      regels(b)[1] = { ...CREDIT, ingediendBedrag: { bedrag: 0, debetCredit: 'C' } }
      b.declaratie.totaalIngediendBedrag = { totaalBedrag: 0, debetCredit: 'C' }
    },
    [`${D}/TotaalIngediendBedrag/DebetCredit`, `${P2}/IngediendBedrag/DebetCredit`],
  ),
  goed('CS337', 'een deel van de maand', b =>
    regel(b, { productPeriode: periode('2025-04-10', '2025-04-20') }),
  ),
  fout(
    'CS337',
    'over de maandgrens',
    b => regel(b, { productPeriode: periode('2025-03-31', '2025-04-01') }),
    `${P1}/ProductPeriode/Einddatum`,
  ),
  fout(
    'CS337',
    'dezelfde maand een jaar later',
    b => regel(b, { productPeriode: periode('2024-04-01', '2025-04-30') }),
    `${P1}/ProductPeriode/Einddatum`,
  ),
  goed('CS339', 'uren: bedrag mag van volume verschillen', () => {}),
  fout(
    'CS339',
    'euro’s: bedrag is niet het volume',
    b => regel(b, { eenheid: '83', geleverdVolume: 4999 }),
    `${P1}/IngediendBedrag`,
  ),
  goed('CS340', 'februari in een schrikkeljaar', b => {
    b.declaratie.declaratiePeriode = periode('2024-02-01', '2024-02-29')
  }),
  fout(
    'CS340',
    'februari zonder schrikkeldag',
    b => {
      b.declaratie.declaratiePeriode = periode('2024-02-01', '2024-02-28')
    },
    `${D}/DeclaratiePeriode`,
  ),
  fout(
    'CS340',
    'twee maanden',
    b => {
      b.declaratie.declaratiePeriode = periode('2025-03-01', '2025-04-30')
    },
    `${D}/DeclaratiePeriode`,
  ),
  goed('TR101', 'een ander nummer', () => {}),
  fout(
    'TR101',
    'twee keer dezelfde referentie',
    b => {
      regels(b).push(structuredClone(REGEL))
    },
    P3,
  ),
  fout(
    'TR101',
    'twee keer dezelfde cliënt',
    b => {
      b.declaratie.clienten.push(structuredClone(eerste(b.declaratie.clienten)))
    },
    `${D}/Clienten/Client[2]`,
  ),
  goed('TR134', 'begonnen op de dagtekening', b =>
    regel(b, { productPeriode: periode('2025-05-06', '2025-05-06') }),
  ),
  fout(
    'TR134',
    'begonnen na de dagtekening',
    b => {
      regel(b, { productPeriode: periode('2025-05-07', '2025-05-31') })
      b.declaratie.declaratiePeriode = periode('2025-06-01', '2025-06-30')
    },
    [`${D}/DeclaratiePeriode/Begindatum`, `${P1}/ProductPeriode/Begindatum`],
  ),
  goed('TR137', 'geëindigd op de dagtekening', b =>
    regel(b, { productPeriode: periode('2025-05-01', '2025-05-06') }),
  ),
  fout(
    'TR137',
    'de maand is nog niet voorbij',
    b => {
      regel(b, { productPeriode: periode('2025-05-01', '2025-05-07') })
      b.declaratie.declaratiePeriode = periode('2025-05-01', '2025-05-31')
    },
    [`${D}/DeclaratiePeriode/Einddatum`, `${P1}/ProductPeriode/Einddatum`],
  ),
  fout(
    'TR137',
    'achterstevoren',
    b => regel(b, { productPeriode: periode('2025-04-30', '2025-04-01') }),
    `${P1}/ProductPeriode/Einddatum`,
  ),
  goed(
    'TR315',
    'twee credits van verschillende regels',
    extra({ productReferentie: { referentieNummer: 'R3', vorigReferentieNummer: 'R8' } }, CREDIT),
  ),
  fout(
    'TR315',
    'twee credits van dezelfde regel',
    extra({}, CREDIT),
    `${P3}/ProductReferentie/VorigReferentieNummer`,
  ),
  goed('TR316', 'credit van een regel uit een eerder bericht', () => {}),
  fout(
    'TR316',
    'credit van een regel uit dit bericht',
    b => {
      regels(b)[1] = { ...CREDIT, productReferentie: { referentieNummer: 'R2', vorigReferentieNummer: 'R1' } }
    },
    `${P2}/ProductReferentie/VorigReferentieNummer`,
  ),
  goed('TR335', 'precies vijf jaar geleden', b =>
    regel(b, { productPeriode: periode('2020-05-01', '2020-05-06') }),
  ),
  fout(
    'TR335',
    'vijf jaar en een dag geleden',
    b => regel(b, { productPeriode: periode('2020-05-01', '2020-05-05') }),
    `${P1}/ProductPeriode/Einddatum`,
  ),
  goed('TR358', 'debet min credit', () => {}),
  fout(
    'TR358',
    'credit meegeteld als debet',
    b => {
      b.declaratie.totaalIngediendBedrag.totaalBedrag = 7000
    },
    `${D}/TotaalIngediendBedrag`,
  ),
  fout(
    'TR358',
    'een cent verschil',
    b => {
      b.declaratie.totaalIngediendBedrag.totaalBedrag = 3001
    },
    `${D}/TotaalIngediendBedrag`,
  ),
  fout(
    'TR358',
    'het teken omgedraaid',
    b => {
      b.declaratie.totaalIngediendBedrag.debetCredit = 'C'
    },
    `${D}/TotaalIngediendBedrag`,
  ),
  goed('TR416', 'debet en credit voor dezelfde periode', () => {}),
  goed('TR416', 'een andere productcode', extra({ productCode: '45A05' })),
  goed('TR416', 'een andere periode', extra({ productPeriode: periode('2025-03-01', '2025-03-31') })),
  fout('TR416', 'twee debetregels voor dezelfde periode', extra({}), P3),
]

describeRegels('regels van de 323', declaratie, GEVALLEN_323, listInhoudsregels(323))
