import type { Groep } from '../../../platform/velden/groepen.ts'
import { bedrag, decimaal, getal, keuze, tekst, verwijzing } from '../../../platform/velden/soorten.ts'
import { BEWIJS, BEWIJZEN } from './rules.ts'

/** What is written of an intervention: the form, its page, the file, the preset and what somebody else left all follow. */
export const INTERVENTIE = {
  naam: tekst({ label: 'Naam', noem: 'de naam', max: 200 }),
  omschrijving: tekst({
    label: 'Wat is het?',
    kop: 'Omschrijving',
    noem: 'de omschrijving',
    max: 4000,
    regels: 4,
  }),
  bewijs: keuze({
    label: 'Hoe sterk is het bewijs?',
    kop: 'Bewijs',
    kies: 'Kies hoe sterk het bewijs is.',
    opties: BEWIJZEN.map(waarde => ({ waarde, naam: BEWIJS[waarde].naam })),
  }),
  bewijsToelichting: tekst({
    label: 'Waar blijkt dat uit?',
    kop: 'Toelichting op het bewijs',
    noem: 'de toelichting op het bewijs',
    max: 4000,
    regels: 3,
    verplicht: false,
  }),
  register: tekst({
    label: 'Register',
    noem: 'het register',
    hulp: 'Bijvoorbeeld: Movisie of NJi',
    max: 200,
    breedte: 'half',
    verplicht: false,
  }),
  doelgroep: tekst({
    label: 'Voor welke inwoners?',
    kop: 'Voor wie',
    noem: 'de doelgroep',
    max: 1000,
    regels: 2,
  }),
  inzetbaarDoor: tekst({
    label: 'Wie kan het inzetten?',
    kop: 'In te zetten door',
    noem: 'wie het kan inzetten',
    max: 1000,
    regels: 2,
  }),
  licentiekosten: bedrag({
    label: 'Licentiekosten per jaar',
    kop: 'Licentiekosten',
    hulp: 'Voor één organisatie; 0 als er geen zijn, leeg als het niet bekend is',
    leeg: 'Vul de kosten in als bedrag, zoals 1.250 of 99,50; 0 als er geen kosten zijn.',
    verplicht: false,
  }),
  licentieToelichting: tekst({
    label: 'Toelichting op de kosten',
    noem: 'de toelichting op de kosten',
    max: 1000,
    verplicht: false,
  }),
  bron: tekst({ label: 'Bron', noem: 'de bron', max: 500, verplicht: false }),
}

/** What was measured with an intervention here. */
export const RESULTAAT = {
  maat: tekst({
    label: 'Wat is gemeten?',
    noem: 'wat er is gemeten',
    hulp: 'Bijvoorbeeld: doorverwijzingen naar zwaardere jeugdhulp',
    max: 500,
  }),
  waarde: decimaal({ label: 'Uitkomst', leeg: 'Vul een getal in, zoals 1.250 of 42,5.' }),
  eenheid: tekst({
    label: 'Eenheid',
    noem: 'de eenheid',
    hulp: 'Bijvoorbeeld: leerlingen, of procent',
    max: 100,
    breedte: 'half',
  }),
  n: getal({
    label: 'Bij hoeveel mensen is dit gemeten?',
    leeg: 'Vul een heel aantal mensen in tot 20.000.000, of laat dit leeg.',
    max: 20_000_000,
    verplicht: false,
  }),
  periode: tekst({
    label: 'Periode',
    noem: 'de periode',
    hulp: 'Bijvoorbeeld: schooljaar 2025-2026',
    max: 100,
    breedte: 'half',
  }),
  bron: tekst({ label: 'Bron', noem: 'de bron', max: 500 }),
}

/** A new one says as well for whom it is. */
export const NIEUW = {
  gemeente: verwijzing({
    label: 'Voor wie is deze interventie beschikbaar?',
    kies: 'Kies voor wie deze interventie is.',
  }),
  ...INTERVENTIE,
}

/** A new one is long: it is asked by subject. */
export const ONDERDELEN: readonly Groep<typeof NIEUW>[] = [
  { naam: 'wat', kop: 'Wat is het?', velden: ['gemeente', 'naam', 'omschrijving'] },
  { naam: 'bewijs', kop: 'Werkt het?', velden: ['bewijs', 'bewijsToelichting', 'register'] },
  { naam: 'inzet', kop: 'Voor wie, en door wie?', velden: ['doelgroep', 'inzetbaarDoor'] },
  { naam: 'kosten', kop: 'Kosten en bron', velden: ['licentiekosten', 'licentieToelichting', 'bron'] },
]
