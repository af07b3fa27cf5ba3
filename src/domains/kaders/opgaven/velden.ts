import { datum, decimaal, keuze, keuzes, tekst, verwijzing } from '../../../platform/velden/soorten.ts'
import { metingvelden } from '../bereik/velden.ts'
import { ACTIENAAM, ACTIESTATEN, HEFBOMEN, HEFBOOMNAAM, STAPNAMEN, STAPPEN } from './rules.ts'

const HEFBOOMOPTIES = HEFBOMEN.map(waarde => ({ waarde, naam: HEFBOOMNAAM[waarde] }))

/** Somebody who takes it on, of the people who can. */
const persoon = (label: string) =>
  verwijzing({ label, kies: 'Kies een collega uit de lijst.', geen: 'Nog niemand', verplicht: false })

/** One change assignment. */
export const OPGAVE = {
  titel: tekst({ label: 'Titel', noem: 'de titel', max: 200 }),
  thema: tekst({
    label: 'Thema',
    noem: 'het thema',
    hulp: 'Opgaven met hetzelfde thema staan bij elkaar',
    max: 100,
  }),
  doelgroep: tekst({ label: 'Voor wie', noem: 'de doelgroep', max: 1000, regels: 2 }),
  van: tekst({ label: 'Hoe is het nu?', kop: 'Nu', noem: 'de stand van nu', max: 4000, regels: 4 }),
  naar: tekst({
    label: 'Hoe moet het worden?',
    kop: 'Straks',
    noem: 'waar u naartoe wilt',
    max: 4000,
    regels: 4,
  }),
  hefbomen: keuzes({
    label: 'Waarmee is dit te bereiken?',
    kop: 'Hefbomen',
    kies: 'Kies minstens één hefboom.',
    opties: HEFBOOMOPTIES,
  }),
  metInkoop: tekst({
    label: 'Wat kan inkoop bereiken?',
    kop: 'Wat inkoop kan bereiken',
    noem: 'wat inkoop kan bereiken',
    max: 4000,
    regels: 3,
    verplicht: false,
  }),
  metAnders: tekst({
    label: 'Wat vraagt iets anders?',
    kop: 'Wat iets anders vraagt',
    noem: 'wat iets anders vraagt',
    max: 4000,
    regels: 3,
    verplicht: false,
  }),
  volgendeStap: tekst({
    label: 'Volgende stap',
    noem: 'de volgende stap',
    max: 1000,
    regels: 2,
    verplicht: false,
  }),
  trekker: persoon('Trekker'),
  segmenten: keuzes({
    label: 'Segmenten',
    hulp: 'Met welke segmenten van de inkoop wordt deze opgave gediend?',
    kies: 'Kies segmenten uit de lijst.',
    verplicht: false,
  }),
  ...metingvelden({ label: 'Waaraan ziet u het?', kop: 'Indicator', geen: 'Nog geen indicator' }),
  wet: keuze({
    label: 'Zonder segmenten: over welke hulp gaat het cijfer?',
    kop: 'Over welke hulp gaat het cijfer?',
    kies: 'Kies over welke hulp het cijfer gaat.',
    geen: 'Jeugdhulp en Wmo',
    verplicht: false,
    opties: [
      { waarde: 'jw', naam: 'Jeugdhulp' },
      { waarde: 'wmo', naam: 'Wmo' },
    ],
  }),
  onderbouwing: tekst({
    label: 'Onderbouwing',
    noem: 'de onderbouwing',
    hulp: 'Waarom denkt u dat dit werkt?',
    max: 4000,
    regels: 3,
    verplicht: false,
  }),
  bron: tekst({ label: 'Bron', noem: 'de bron', max: 500, verplicht: false }),
}

const { trekker, segmenten, ...KOLOMMEN } = OPGAVE

/** What is kept as it is typed. */
export { KOLOMMEN }

/** A new one says as well whose it is. */
export const NIEUW = {
  gemeente: verwijzing({ label: 'Van wie is deze opgave?', kies: 'Kies voor wie deze opgave is.' }),
  ...OPGAVE,
}

/** An action under an assignment. */
export const ACTIE = {
  tekst: tekst({ label: 'Actie', noem: 'de actie', max: 1000, regels: 2 }),
  hefboom: keuze({ label: 'Hefboom', kies: 'Kies een hefboom.', opties: HEFBOOMOPTIES }),
  eigenaar: persoon('Eigenaar'),
  klaarOp: datum({
    label: 'Klaar op',
    leeg: 'Vul een bestaande datum in, zoals 31-12-2027.',
    verplicht: false,
  }),
  staat: keuze({
    label: 'Hoe staat het ermee?',
    kop: 'Staat',
    kies: 'Kies hoe het met de actie staat.',
    opties: ACTIESTATEN.map(waarde => ({ waarde, naam: ACTIENAAM[waarde] })),
  }),
}

/** What happened, told by whoever was there. */
export const VOORTGANG = {
  datum: datum({ label: 'Op welke dag', leeg: 'Vul een bestaande datum in, zoals 31-12-2026.' }),
  verhaal: tekst({ label: 'Het verhaal', noem: 'het verhaal', max: 4000, regels: 4 }),
  getal: decimaal({
    label: 'Het getal',
    leeg: 'Vul een getal in, zoals 1.250 of 42,5.',
    verplicht: false,
  }),
  eenheid: tekst({
    label: 'Waarvan is dat getal?',
    noem: 'de eenheid',
    hulp: 'Bijvoorbeeld: mensen op de wachtlijst',
    max: 100,
    verplicht: false,
    verplichtBij: 'een getal',
  }),
}

/** A step in the life of an assignment. */
export const STAP = {
  stap: keuze({
    label: 'Wat gebeurt er met deze opgave?',
    kies: 'Kies wat er met de opgave gebeurt.',
    opties: STAPNAMEN.map(waarde => ({ waarde, naam: STAPPEN[waarde].naam })),
  }),
  reden: tekst({
    label: 'Waarom?',
    noem: 'de reden',
    max: 1000,
    regels: 2,
    verplicht: false,
    verplichtBij: 'stoppen',
  }),
}
