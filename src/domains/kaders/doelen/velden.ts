import { datum, decimaal, getal, keuze, keuzes, tekst, verwijzing } from '../../../platform/velden/soorten.ts'
import { metingvelden } from '../bereik/velden.ts'
import { SOORTEN, SOORTNAAM } from './rules.ts'

/** Only an indicator is measured. */
const GEMETEN = { veld: 'soort', waarden: ['indicator'] }

const STREEFWAARDE = decimaal({
  label: 'Streefwaarde',
  hulp: 'In euro’s, personen of procenten, zoals de indicator zelf; laat leeg als er geen is',
  leeg: 'Vul de streefwaarde in als getal, zoals 1.250 of 42,5.',
  min: 0,
  decimalen: 2,
  verplicht: false,
  alleenBij: GEMETEN,
})

/** One goal as its form has it; `streefwaarde` in euros, persons or percents. */
export const DOEL = {
  soort: keuze({
    label: 'Wat is het?',
    kop: 'Soort',
    kies: 'Kies wat voor doel dit is.',
    opties: SOORTEN.map(waarde => ({ waarde, naam: SOORTNAAM[waarde] })),
  }),
  tekst: tekst({ label: 'Tekst', noem: 'het doel', max: 500, regels: 2 }),
  toelichting: tekst({ label: 'Toelichting', noem: 'de toelichting', regels: 3, verplicht: false }),
  bron: tekst({
    label: 'Bron',
    noem: 'de bron',
    hulp: 'Het besluit of document waar dit in staat, met de paragraaf',
    max: 500,
    verplicht: false,
  }),
  ouder: verwijzing({
    label: 'Hangt onder',
    hulp: 'Kies iets anders om het doel, met alles eronder, te verplaatsen',
    kies: 'Kies waar dit doel onder hangt.',
    geen: 'Bovenaan de boom',
    verplicht: false,
  }),
  volgorde: getal({
    label: 'Plek in de rij',
    hulp: '1 staat bovenaan',
    leeg: 'Vul bij plek een getal in vanaf 1.',
    min: 1,
    max: 9999,
    aaneen: true,
  }),
  over: verwijzing({ label: 'Gaat over', kies: 'Kies waar dit over gaat.' }),
  ...metingvelden({
    label: 'Wat wordt gemeten?',
    kop: 'Wat wordt gemeten',
    geen: 'Nog niet te meten',
    alleenBij: GEMETEN,
  }),
  streefwaarde: {
    ...STREEFWAARDE,
    /** Its unit may stand beside it. */
    read: ([waarde = '']: readonly string[], pad: string) =>
      STREEFWAARDE.read([waarde.replaceAll(/[€%\s]/g, '')], pad, []),
  },
  streefOp: datum({
    label: 'Te bereiken op',
    leeg: 'Vul een bestaande datum in, zoals 31-12-2027.',
    verplicht: false,
    alleenBij: GEMETEN,
  }),
  ontbreekt: tekst({
    label: 'Welke gegevens ontbreken nog?',
    kop: 'Ontbreekt',
    noem: 'wat er ontbreekt',
    hulp: 'Voor wat nog niet te meten is',
    regels: 2,
    verplicht: false,
    alleenBij: GEMETEN,
  }),
  koppelingen: keuzes({
    label: 'Aan welke doelen van de regio draagt dit bij?',
    kop: 'Doelen van de regio',
    hulp: 'Alleen voor een doel van een gemeente',
    kies: 'Kies doelen van de regio uit de lijst.',
    verplicht: false,
  }),
}

const { ouder, over, streefwaarde, koppelingen, ...KOLOMMEN } = DOEL

/** What is kept as it is typed. */
export { KOLOMMEN }

/** A new one says as well in whose tree it stands. */
export const NIEUW = {
  gemeente: verwijzing({ label: 'Van wie is deze boom?', kies: 'Kies voor wie dit doel is.' }),
  boom: tekst({
    label: 'Naam van de boom',
    noem: 'de naam van de boom',
    hulp: 'Bijvoorbeeld: Visie sociaal domein 2026',
    max: 100,
  }),
  ...DOEL,
}

export const EINDE = {
  reden: tekst({
    label: 'Waarom stopt dit doel?',
    noem: 'de reden',
    hulp: 'Het doel blijft bewaard en kan later weer worden hersteld.',
    max: 1000,
    regels: 2,
  }),
}
