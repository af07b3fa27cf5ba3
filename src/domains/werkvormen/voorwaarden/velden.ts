import { keuze, tekst, verwijzing } from '../../../platform/velden/soorten.ts'
import { STAND, STANDEN } from './rules.ts'

/** How a precondition stands: with what shows it, or why going on is justified all the same. */
export const VOORWAARDE = {
  stand: keuze({
    label: 'Hoe staat het ermee?',
    kop: 'Stand',
    kies: 'Kies hoe het met deze randvoorwaarde staat.',
    opties: STANDEN.map(waarde => ({
      waarde,
      naam:
        waarde === 'gemotiveerd'
          ? 'Gemotiveerd: niet voldaan, en uitgelegd waarom we toch verder kunnen'
          : STAND[waarde].naam,
    })),
  }),
  bewijs: tekst({
    label: 'Bewijs',
    noem: 'het bewijs',
    hulp: 'Waar blijkt het uit? Noem het stuk, de datum of waar het staat.',
    max: 4000,
    regels: 3,
    verplicht: false,
    verplichtBij: '‘voldaan’',
  }),
  motivering: tekst({
    label: 'Motivering',
    noem: 'de motivering',
    max: 4000,
    regels: 3,
    verplicht: false,
    verplichtBij: '‘gemotiveerd’',
  }),
  eigenaar: verwijzing({
    label: 'Eigenaar',
    hulp: 'Wie zorgt dat hieraan wordt voldaan?',
    kies: 'Kies een eigenaar uit de lijst.',
    geen: 'Nog niemand',
    verplicht: false,
    verplichtBij: '‘gemotiveerd’',
  }),
}
