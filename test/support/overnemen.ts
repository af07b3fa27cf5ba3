import { AGB_A, GEMEENTE_A, testBsn } from './regio.ts'

const KOPPEN = [
  'Gemeente',
  'Wet',
  'Toewijzingnummer',
  'Toewijzingsdatum',
  'BSN',
  'Naam',
  'Geboortedatum',
  'Geslacht',
  'Aanbieder',
  'Productcategorie',
  'Productcode',
  'Geldig: eerste dag',
  'Geldig: laatste dag',
  'Volume',
  'Eenheid',
  'Frequentie',
  'Budget',
  'Levering begonnen',
  'Levering gestopt',
  'Reden van de stop',
  'Verwijzer',
  'Verwezen op',
  'Probleemcluster',
  'Herhaald beroep',
]
const RIJ: Readonly<Record<string, string>> = {
  Gemeente: GEMEENTE_A,
  Wet: 'Jeugdwet',
  Toewijzingnummer: '1',
  Toewijzingsdatum: '15-12-2025',
  BSN: testBsn(1),
  Naam: 'Sem Jansen',
  Geboortedatum: '05-04-2012',
  Geslacht: 'Man',
  Aanbieder: AGB_A,
  Productcategorie: '45',
  Productcode: '45A04',
  'Geldig: eerste dag': '01-01-2026',
  'Geldig: laatste dag': '31-12-2026',
  Volume: '20',
  Eenheid: 'Uur',
  Frequentie: '4',
  'Levering begonnen': '05-01-2026',
  Verwijzer: 'Huisarts',
  'Verwezen op': '01-12-2025',
}

/** A sheet of toewijzingen of an older system: lawful rows, each with what is given. */
export const sheet = (...rijen: Record<string, string>[]) =>
  [KOPPEN, ...rijen.map(rij => KOPPEN.map(kop => ({ ...RIJ, ...rij })[kop] ?? ''))]
    .map(cellen => cellen.join(';'))
    .join('\n')
