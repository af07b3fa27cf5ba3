import { datum, keuze, keuzes, regels, tekst, verwijzing } from '../../../platform/velden/soorten.ts'
import { OORDEELNAAM, OORDELEN, type Oordeel, WETNAAM, WETTEN } from './rules.ts'

const KORT = 4000

const atOordeel = (...oordelen: Oordeel[]) => oordelen.map(o => `‘${OORDEELNAAM[o]}’`).join(' en ')

/** What the gemeente does and does not buy, from a day on. */
export const VERSIE = {
  oordeel: keuze({
    label: 'Koopt de gemeente dit in?',
    kop: 'Oordeel',
    kies: 'Kies of de gemeente dit inkoopt.',
    opties: OORDELEN.map(waarde => ({ waarde, naam: OORDEELNAAM[waarde] })),
  }),
  wel: tekst({
    label: 'Wat koopt de gemeente wel in?',
    kop: 'Wel',
    noem: 'wat de gemeente wel inkoopt',
    max: KORT,
    regels: 3,
    verplicht: false,
    verplichtBij: atOordeel('wel', 'soms'),
  }),
  voorbeeldenWel: regels({
    label: 'Voorbeelden van wel',
    noem: 'de voorbeelden van wel',
    hulp: 'Eén voorbeeld op een regel; nooit over een echte inwoner',
    verplicht: false,
  }),
  niet: tekst({
    label: 'Wat koopt de gemeente niet in?',
    kop: 'Niet',
    noem: 'wat de gemeente niet inkoopt',
    max: KORT,
    regels: 3,
    verplicht: false,
    verplichtBij: atOordeel('soms', 'niet'),
  }),
  voorbeeldenNiet: regels({
    label: 'Voorbeelden van niet',
    noem: 'de voorbeelden van niet',
    hulp: 'Eén voorbeeld op een regel',
    verplicht: false,
  }),
  normaliseren: tekst({
    label: 'Wat kan eerst in het gewone leven?',
    kop: 'Eerst in het gewone leven',
    noem: 'wat eerst kan',
    max: KORT,
    regels: 3,
    verplicht: false,
  }),
  grond: tekst({
    label: 'Grond',
    noem: 'de grond',
    hulp: 'De wet, de verordening of het besluit waar dit op rust',
    max: 1000,
    regels: 2,
  }),
}

const EERSTE_DAG = 'Vul een bestaande datum in, zoals 01-01-2027.'

/** A subject, and what holds of it from a day on. */
export const REIKWIJDTE = {
  onderwerp: tekst({ label: 'Onderwerp', noem: 'het onderwerp', max: 200 }),
  vanaf: datum({ label: 'Geldt vanaf', leeg: EERSTE_DAG }),
  ...VERSIE,
  segmenten: keuzes({
    label: 'Segmenten',
    hulp: 'Bij welke segmenten moet dit te vinden zijn?',
    kies: 'Kies segmenten uit de lijst.',
    verplicht: false,
  }),
}

/** A new one says as well for whom it holds, and under which law. */
export const NIEUW = {
  gemeente: verwijzing({ label: 'Voor wie geldt dit?', kies: 'Kies voor wie dit geldt.' }),
  wet: keuze({
    label: 'Wet',
    kies: 'Kies bij welke wet dit hoort.',
    opties: WETTEN.map(waarde => ({ waarde, naam: WETNAAM[waarde] })),
  }),
  ...REIKWIJDTE,
}

export const EINDE = { vanaf: datum({ label: 'Geldt niet meer vanaf', leeg: EERSTE_DAG }) }
