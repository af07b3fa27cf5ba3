import {
  ADRES,
  describeRegels,
  eerste,
  fout,
  type Geval,
  goed,
  relatie,
  toewijzing,
} from '../../../../test/support/inhoudsregels.ts'
import type { Bericht301 } from '../model/bericht.ts'
import { ADRESREGELS } from './adres.ts'
import { PERSOONSREGELS } from './persoon.ts'

const C = '/Bericht/Client'
const contact = (b: Bericht301) => eerste(b.client.contactgegevens)

const GEVALLEN: readonly Geval<Bericht301>[] = [
  goed('CD005', 'postcode met land', () => {}),
  fout(
    'CD005',
    'postcode zonder land',
    b => {
      contact(b).adres = { postcode: '1234AB', huis: { huisnummer: 1 } }
    },
    `${C}/Contactgegevens/Contact[1]/Adres/LandCode`,
  ),
  fout(
    'CD005',
    'land zonder postcode',
    b => {
      contact(b).adres = { landCode: 'BE' }
    },
    `${C}/Contactgegevens/Contact[1]/Adres/LandCode`,
  ),
  goed('CD007', 'tolk met taal', b => {
    b.client.communicatie = { vorm: '1', taal: 'Pools' }
  }),
  goed('CD007', 'doventolk zonder taal', b => {
    b.client.communicatie = { vorm: '2' }
  }),
  fout(
    'CD007',
    'tolk zonder taal',
    b => {
      b.client.communicatie = { vorm: '1' }
    },
    `${C}/Communicatie/Taal`,
  ),
  fout(
    'CD007',
    'doventolk met taal',
    b => {
      b.client.communicatie = { vorm: '2', taal: 'Pools' }
    },
    `${C}/Communicatie/Taal`,
  ),
  goed('CD009', 'tijdelijk adres met periode', b => {
    b.client.contactgegevens.push({ soort: '04', adres: ADRES, periode: { begindatum: '2025-01-01' } })
  }),
  fout(
    'CD009',
    'BRP-adres met periode',
    b => {
      contact(b).periode = { begindatum: '2025-01-01' }
    },
    `${C}/Contactgegevens/Contact[1]/Periode`,
  ),
  goed('CD025', 'buitenlands adres zonder huis', b => {
    contact(b).adres = { landCode: 'BE', postcode: '2000' }
  }),
  fout(
    'CD025',
    'Nederlands adres zonder huis',
    b => {
      contact(b).adres = { landCode: 'NL', postcode: '1234AB' }
    },
    `${C}/Contactgegevens/Contact[1]/Adres/Huis`,
  ),
  goed('CD034', 'correspondentieadres zonder postcode', b => {
    b.client.contactgegevens.push({ soort: '02', adres: { plaatsnaam: 'X' } })
  }),
  fout(
    'CD034',
    'BRP-adres zonder postcode',
    b => {
      contact(b).adres = { huis: { huisnummer: 1 } }
    },
    `${C}/Contactgegevens/Contact[1]/Adres/Postcode`,
  ),
  fout(
    'CD034',
    'verblijfadres zonder adres bij een relatie',
    b => {
      relatie(b).contact = { soort: '03' }
    },
    `${C}/Relaties/Relatie[1]/Contact/Adres/Postcode`,
  ),
  goed('CS002', 'bsn dat de elfproef haalt', () => {}),
  fout(
    'CS002',
    'bsn met een verkeerd cijfer',
    b => {
      b.client.bsn = '999900007'
    },
    `${C}/Bsn`,
  ),
  goed('CS050', 'partnernaam met naamgebruik 3', b => {
    b.client.naam = { geslachtsnaam: { achternaam: 'A' }, partnernaam: { achternaam: 'B' }, naamGebruik: '3' }
  }),
  fout(
    'CS050',
    'naamgebruik 3 zonder partnernaam',
    b => {
      b.client.naam.naamGebruik = '3'
    },
    `${C}/Naam/NaamGebruik`,
  ),
  fout(
    'CS050',
    'pseudoniem bij een relatie',
    b => {
      relatie(b).naam.naamGebruik = '5'
    },
    `${C}/Relaties/Relatie[1]/Naam/NaamGebruik`,
  ),
  goed('CS089', 'postcode met kleine letters', b => {
    contact(b).adres = { ...ADRES, postcode: '1234ab' }
  }),
  goed('CS089', 'buitenlandse postcode', b => {
    contact(b).adres = { ...ADRES, landCode: 'BE', postcode: '2000' }
  }),
  fout(
    'CS089',
    'postcode met spatie',
    b => {
      contact(b).adres = { ...ADRES, postcode: '1234 AB' }
    },
    `${C}/Contactgegevens/Contact[1]/Adres/Postcode`,
  ),
  fout(
    'CS089',
    'postcode die met 0 begint',
    b => {
      contact(b).adres = { ...ADRES, postcode: '0234AB' }
    },
    `${C}/Contactgegevens/Contact[1]/Adres/Postcode`,
  ),
  goed('CS139', 'onbekende dag op de eerste', b => {
    b.client.geboortedatum = { datum: '2010-05-01', datumGebruik: '1' }
  }),
  fout(
    'CS139',
    'onbekende dag op de tweede',
    b => {
      b.client.geboortedatum = { datum: '2010-05-02', datumGebruik: '1' }
    },
    `${C}/Geboortedatum/DatumGebruik`,
  ),
  fout(
    'CS139',
    'onbekende maand niet op 1 januari',
    b => {
      b.client.geboortedatum = { datum: '2010-05-01', datumGebruik: '2' }
    },
    `${C}/Geboortedatum/DatumGebruik`,
  ),
  fout(
    'CS139',
    'onbekende datum niet op 1 januari 1900',
    b => {
      b.client.geboortedatum = { datum: '2010-01-01', datumGebruik: '3' }
    },
    `${C}/Geboortedatum/DatumGebruik`,
  ),
  goed('CS318', 'een organisatie als relatie', b => {
    relatie(b).naam.naamGebruik = '6'
  }),
  fout(
    'CS318',
    'een organisatie als cliënt',
    b => {
      b.client.naam.naamGebruik = '6'
    },
    `${C}/Naam/NaamGebruik`,
  ),
  goed('TR002', 'precies 120 jaar oud', b => {
    b.client.geboortedatum.datum = '1905-05-06'
  }),
  goed('TR002', 'geboortedatum onbekend', b => {
    b.client.geboortedatum = { datum: '1900-01-01', datumGebruik: '3' }
  }),
  fout(
    'TR002',
    'een dag ouder dan 120 jaar',
    b => {
      b.client.geboortedatum.datum = '1905-05-05'
    },
    `${C}/Geboortedatum/Datum`,
  ),
  goed('TR006', 'alleen telefoon', b => {
    b.client.contactgegevens.push({
      soort: '02',
      telefoon: { telefoon01: { telefoonnummer: '0612345678', landnummer: '31' } },
    })
  }),
  fout(
    'TR006',
    'postcode zonder huis en zonder telefoon',
    b => {
      b.client.contactgegevens.push({ soort: '02', adres: { postcode: '2000', landCode: 'BE' } })
    },
    `${C}/Contactgegevens/Contact[2]`,
  ),
  goed('TR061', 'alleen een correspondentieadres', b => {
    contact(b).soort = '02'
  }),
  fout(
    'TR061',
    'alleen een tijdelijk adres',
    b => {
      contact(b).soort = '04'
    },
    C,
  ),
]

describeRegels('personen en adressen in de 301', toewijzing, GEVALLEN, [...PERSOONSREGELS, ...ADRESREGELS])
