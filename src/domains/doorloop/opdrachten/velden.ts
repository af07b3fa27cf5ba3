import { datum, keuze, listOpties, tekst, verwijzing } from '../../../platform/velden/soorten.ts'
import { BESTEMMINGEN, OPDRACHTSTAPPEN } from './rules.ts'

const eigenaar = verwijzing({ label: 'Wie pakt dit op?', kop: 'Eigenaar', kies: 'Kies wie dit oppakt.' })

/** What a conclusion becomes: work, for somebody. */
export const OPDRACHT = {
  bestemming: keuze({
    label: 'Waar komt dit terecht?',
    kop: 'Voor',
    kies: 'Kies waar dit werk terechtkomt.',
    opties: listOpties(BESTEMMINGEN).map(({ waarde, naam }) => ({
      waarde,
      naam: `${naam}: ${BESTEMMINGEN[waarde].wordt.toLowerCase()}`,
    })),
  }),
  wat: tekst({
    label: 'Wat moet er gebeuren?',
    kop: 'Opdracht',
    noem: 'wat er moet gebeuren',
    max: 2000,
    regels: 3,
  }),
  eigenaar,
  uiterlijk: datum({
    label: 'Uiterlijk op',
    kop: 'Uiterlijk',
    leeg: 'Vul een bestaande datum in, zoals 31-12-2027.',
    verplicht: false,
  }),
  segment: verwijzing({
    label: 'Bij welk segment hoort het?',
    kop: 'Segment',
    hulp: 'Dan staat bij dat segment welke conclusie hiertoe leidde.',
    kies: 'Kies een segment uit de lijst.',
    geen: 'Geen segment',
    verplicht: false,
  }),
}

/** A step of an opdracht: how it stands from now on, and with whom. */
export const STAP = {
  staat: keuze({
    label: 'Hoe staat het ervoor?',
    kop: 'Stand',
    kies: 'Kies hoe het ervoor staat.',
    opties: listOpties(OPDRACHTSTAPPEN),
  }),
  eigenaar,
  resultaat: tekst({
    label: 'Wat is ervan gekomen?',
    kop: 'Wat ervan kwam',
    noem: 'wat ervan is gekomen',
    hulp: 'Een spelregel voor de toegang schrijft u hier op.',
    max: 4000,
    regels: 4,
    verplicht: false,
    verplichtBij: 'een opdracht die klaar is of vervalt',
  }),
  toelichting: tekst({
    label: 'Toelichting bij deze stap',
    noem: 'de toelichting',
    max: 2000,
    regels: 2,
    verplicht: false,
  }),
}
