import {
  ADRES,
  describeRegels,
  eerste,
  fout,
  type Geval,
  goed,
  PRODUCT,
  type Product,
  relatie,
  toewijzing,
} from '../../../../test/support/inhoudsregels.ts'
import type { Bericht301 } from '../model/bericht.ts'
import { ALGEMENE_REGELS } from './algemeen.ts'
import { TOEWIJZINGSREGELS } from './toewijzing.ts'

const C = '/Bericht/Client'
const TP = `${C}/ToegewezenProducten/ToegewezenProduct[1]`
const product = (b: Bericht301) => eerste(b.client.toegewezenProducten)
const zet =
  (anders: Partial<Product>, zonder: readonly (keyof Product)[] = []) =>
  (b: Bericht301) => {
    const nieuw: Partial<Product> = { ...product(b), ...anders }
    for (const veld of zonder) delete nieuw[veld]
    b.client.toegewezenProducten = [nieuw as Product]
  }
const naast =
  (...anderen: readonly (Partial<Product> & { zonderProduct?: true })[]) =>
  (b: Bericht301) => {
    anderen.forEach(({ zonderProduct, ...anders }, i) => {
      const { product: _, ...generiek } = PRODUCT
      b.client.toegewezenProducten.push({
        ...(zonderProduct ? generiek : PRODUCT),
        toewijzingNummer: i + 2,
        ...anders,
      })
    })
  }
const wmo = (categorie: string) => (b: Bericht301) => {
  b.domein = 'wmo'
  b.bericht = 'WMO301'
  b.header.berichtCode = '414'
  zet({ product: { categorie, code: 'X1' } })(b)
  naast({ product: { categorie, code: 'X1' } })(b)
}

const GEVALLEN: readonly Geval<Bericht301>[] = [
  goed('CD041', 'code met omvang', () => {}),
  goed('CD041', 'categorie zonder omvang', zet({ product: { categorie: '45' } }, ['omvang'])),
  fout('CD041', 'code zonder omvang', zet({}, ['omvang']), `${TP}/Omvang`),
  goed('CD075', 'budget met einddatum', zet({ budget: 1 }, ['omvang', 'product'])),
  fout(
    'CD075',
    'budget zonder einddatum',
    zet({ budget: 1 }, ['omvang', 'product', 'einddatum']),
    `${TP}/Einddatum`,
  ),
  goed(
    'CD076',
    'per maand zonder einddatum',
    zet({ omvang: { volume: 1, eenheid: '04', frequentie: '4' } }, ['einddatum']),
  ),
  fout('CD076', 'per week zonder einddatum', zet({}, ['einddatum']), `${TP}/Einddatum`),
  goed('CD077', 'alleen een budget', zet({ budget: 1 }, ['omvang', 'product'])),
  fout('CD077', 'omvang naast budget', zet({ budget: 1 }), `${TP}/Omvang`),
  goed('CD078', 'alleen een omvang', () => {}),
  fout('CD078', 'budget naast omvang', zet({ budget: 1 }), `${TP}/Budget`),
  goed('CD079', 'generiek: budget zonder product', zet({ budget: 1 }, ['omvang', 'product'])),
  fout('CD079', 'geen product en geen budget', zet({}, ['omvang', 'product']), `${TP}/Product`),
  goed(
    'CD080',
    'omvang zonder code die voor 2021 eindigde',
    zet({ product: { categorie: '45' }, ingangsdatum: '2020-01-01', einddatum: '2020-12-31' }),
  ),
  fout(
    'CD080',
    'omvang zonder code die in 2021 eindigde',
    zet({ product: { categorie: '45' }, ingangsdatum: '2020-01-01', einddatum: '2021-01-01' }),
    `${TP}/Omvang`,
  ),
  fout(
    'CD080',
    'omvang zonder code en zonder einddatum',
    zet({ product: { categorie: '45' } }, ['einddatum']),
    `${TP}/Omvang`,
  ),
  goed('CS335', 'verwijderd met gelijke data', zet({ redenWijziging: '13', einddatum: '2025-05-01' })),
  fout('CS335', 'verwijderd met een latere einddatum', zet({ redenWijziging: '13' }), `${TP}/RedenWijziging`),
  fout(
    'CS335',
    'verwijderd zonder einddatum',
    zet({ redenWijziging: '13' }, ['einddatum']),
    `${TP}/RedenWijziging`,
  ),
  goed('CS336', 'administratieve correctie met 14', zet({ redenWijziging: '14' })),
  fout('CS336', 'administratieve correctie met 01', zet({ redenWijziging: '01' }), `${TP}/RedenWijziging`),
  goed('CS338', 'uren per dag', zet({ omvang: { volume: 1, eenheid: '04', frequentie: '1' } })),
  goed(
    'CS338',
    'dagdelen per dag tot eind 2020',
    zet({
      omvang: { volume: 1, eenheid: '16', frequentie: '1' },
      ingangsdatum: '2020-01-01',
      einddatum: '2020-12-31',
    }),
  ),
  ...['14', '16', '83', '84'].map(eenheid =>
    fout<Bericht301>(
      'CS338',
      `eenheid ${eenheid} per dag`,
      zet({ omvang: { volume: 1, eenheid, frequentie: '1' } }),
      `${TP}/Omvang/Frequentie`,
    ),
  ),
  goed(
    'TR302',
    'aansluitende perioden van hetzelfde product',
    naast({ ingangsdatum: '2026-01-01', einddatum: '2026-06-30' }),
  ),
  goed(
    'TR302',
    'verschillende codes in dezelfde tijd',
    naast({ product: { categorie: '45', code: '45A05' } }),
  ),
  goed(
    'TR302',
    'een verwijderde toewijzing telt niet mee',
    naast({ redenWijziging: '13', einddatum: '2025-05-01' }),
  ),
  fout(
    'TR302',
    'dezelfde code met één dag overlap',
    naast({ ingangsdatum: '2025-12-31', einddatum: '2026-06-30' }),
    `${C}/ToegewezenProducten/ToegewezenProduct[2]`,
  ),
  fout(
    'TR302',
    'zonder einddatum loopt door',
    naast({ ingangsdatum: '2025-06-01' }),
    `${C}/ToegewezenProducten/ToegewezenProduct[2]`,
  ),
  fout(
    'TR302',
    'categorie zonder code naast een code daarvan',
    naast({ product: { categorie: '45' } }),
    `${C}/ToegewezenProducten/ToegewezenProduct[2]`,
  ),
  fout(
    'TR302',
    'code naast een eerdere categorie zonder code',
    naast({ product: { categorie: '45' }, ingangsdatum: '2025-04-01' }),
    TP,
  ),
  fout(
    'TR302',
    'generiek naast wat dan ook',
    naast({ zonderProduct: true }),
    `${C}/ToegewezenProducten/ToegewezenProduct[2]`,
  ),
  goed('TR302', 'een andere categorie zonder code', naast({ product: { categorie: '44' } })),
  ...['11', '12', '13', '14'].map(categorie =>
    goed<Bericht301>('TR302', `Wmo-categorie ${categorie} mag overlappen`, wmo(categorie)),
  ),
  fout(
    'TR302',
    'Wmo-categorie 10 mag niet overlappen',
    wmo('10'),
    `${C}/ToegewezenProducten/ToegewezenProduct[2]`,
  ),
  goed('CS003', 'een toewijzing van één dag', zet({ einddatum: '2025-05-01' })),
  fout('CS003', 'einde een dag voor het begin', zet({ einddatum: '2025-04-30' }), `${TP}/Einddatum`),
  fout(
    'CS003',
    'adresperiode achterstevoren',
    b => {
      b.client.contactgegevens.push({
        soort: '04',
        adres: ADRES,
        periode: { begindatum: '2025-01-02', einddatum: '2025-01-01' },
      })
    },
    `${C}/Contactgegevens/Contact[2]/Periode/Einddatum`,
  ),
  goed('TR101', 'twee adressen van verschillende soort', b => {
    b.client.contactgegevens.push({ soort: '02', adres: ADRES })
  }),
  fout(
    'TR101',
    'twee adressen van dezelfde soort',
    b => {
      b.client.contactgegevens.push({ soort: '01', adres: ADRES })
    },
    `${C}/Contactgegevens/Contact[2]`,
  ),
  fout(
    'TR101',
    'twee keer hetzelfde toewijzingnummer',
    b => {
      naast({ ingangsdatum: '2026-01-01', einddatum: '2026-01-31' })(b)
      product(b).toewijzingNummer = 2
    },
    `${C}/ToegewezenProducten/ToegewezenProduct[2]`,
  ),
  fout(
    'TR101',
    'twee relaties met hetzelfde nummer',
    b => {
      b.client.relaties = [relatie(b), structuredClone(relatie(b))]
    },
    `${C}/Relaties/Relatie[2]`,
  ),
  goed('TR134', 'toegewezen op de dagtekening', zet({ toewijzingsdatum: '2025-05-06' })),
  fout(
    'TR134',
    'toegewezen na de dagtekening',
    zet({ toewijzingsdatum: '2025-05-07' }),
    `${TP}/Toewijzingsdatum`,
  ),
  fout(
    'TR134',
    'geboren na de dagtekening',
    b => {
      b.client.geboortedatum.datum = '2025-05-07'
    },
    `${C}/Geboortedatum/Datum`,
  ),
]

describeRegels('toegewezen producten in de 301', toewijzing, GEVALLEN, [
  ...TOEWIJZINGSREGELS,
  ...ALGEMENE_REGELS.filter(({ berichten }) => berichten.includes(301)),
])
