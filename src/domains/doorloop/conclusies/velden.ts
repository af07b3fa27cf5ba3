import { keuze, keuzes, listOpties, tekst, verwijzing } from '../../../platform/velden/soorten.ts'
import { RAAKT, RICHTINGEN } from './rules.ts'

/** What is concluded: one choice, with what it touches. Which building blocks and marks there are, the method of the run says. */
export const CONCLUSIE = {
  tekst: tekst({
    label: 'Conclusie',
    noem: 'de conclusie',
    hulp: 'Eén keuze in één of twee zinnen. Noem geen inwoners.',
    max: 2000,
    regels: 3,
  }),
  kwadrant: verwijzing({
    label: 'Bij welke bouwsteen hoort dit?',
    kop: 'Bouwsteen',
    kies: 'Kies bij welke bouwsteen de conclusie hoort.',
  }),
  richting: keuze({
    label: 'Wat gaan we doen?',
    kop: 'Wat gaan we doen',
    kies: 'Kies wat u gaat doen.',
    opties: listOpties(RICHTINGEN),
  }),
  aanbod: verwijzing({
    label: 'Over welk aanbod gaat het?',
    kop: 'Aanbod',
    kies: 'Kies aanbod uit de inventarisatie.',
    geen: 'Niet over één aanbod',
    verplicht: false,
  }),
  raakt: keuze({
    label: 'Wiens rechten raakt dit?',
    kop: 'Raakt',
    hulp: 'Alleen nieuwe aanvragen geeft een laag juridisch risico; bestaande rechten een hoger.',
    kies: 'Kies wiens rechten dit raakt.',
    opties: listOpties(RAAKT),
  }),
  kenmerken: keuzes<string>({
    label: 'Wat hoort bij deze keuze?',
    kop: 'Wat erbij hoort',
    hulp: 'Dit bepaalt het juridische risico. Inkomen laten meetellen is door rechters uitgesloten bij de Wmo en bij jeugdhulp.',
    kies: 'Kies uit wat erbij staat.',
    verplicht: false,
  }),
}
