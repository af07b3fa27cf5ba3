import { datum, keuze, listOpties, tekst, verwijzing } from '../../../platform/velden/soorten.ts'
import { BESLUITEN, ORGANEN } from './rules.ts'

/** What college or raad decided about a sheet. */
export const BESLUIT = {
  orgaan: keuze({ label: 'Wie besloot?', kies: 'Kies wie besloot.', opties: listOpties(ORGANEN) }),
  gemeente: verwijzing({ label: 'Van welke gemeente?', kies: 'Kies van welke gemeente.' }),
  datum: datum({ label: 'Datum van het besluit', leeg: 'Vul een bestaande datum in, zoals 31-12-2026.' }),
  uitkomst: keuze({
    label: 'Wat is er besloten?',
    kies: 'Kies wat er is besloten.',
    opties: listOpties(BESLUITEN),
  }),
  kenmerk: tekst({
    label: 'Kenmerk',
    noem: 'het kenmerk',
    hulp: 'Nummer van het stuk',
    max: 200,
    verplicht: false,
  }),
  toelichting: tekst({
    label: 'Toelichting',
    noem: 'de toelichting',
    hulp: 'Stemverhouding, wijziging of reden. Nodig bij alles behalve vastgesteld.',
    max: 4000,
    regels: 3,
    verplicht: false,
  }),
}

const { gemeente, ...VAN_EEN_GEMEENTE } = BESLUIT

/** The same for a dossier of one municipality, of which it is known. */
export { VAN_EEN_GEMEENTE }
